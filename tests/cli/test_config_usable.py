"""`factcheck config check`: whether what a configuration names can be used, and what in it is idle."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
CONFIG = "factcheck.toml"
ANEW = "`factcheck baseline create --force` makes it anew"
FINE = f"{CONFIG}: no problems\n"


def put(path: Path, content: str) -> Path:
    """The file with this content, in folders that are made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def said(result: Result) -> list[str]:
    """What standard error says, without the name of the program."""
    return [line.removeprefix("factcheck: ") for line in result.stderr.splitlines()]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            'baseline = "gone.jsonl"',
            "1: there is no baseline gone.jsonl; `factcheck baseline create PATH` makes it, --no-baseline does without",
        ),
        ('baseline = "desk"', "1: `baseline`: desk: this is a folder; name the file in it"),
        (
            'baseline = "article.txt"',
            "1: `baseline`: article.txt:1: this is no baseline, which would begin by saying so; name another file",
        ),
        (
            'baseline = "torn.jsonl"',
            "1: `baseline`: torn.jsonl:2: this is no entry of a baseline; remove the line, or " + ANEW,
        ),
        ('jobs = 1\ndb = "desk"', "2: `db`: desk: this is a folder; name a file"),
        ('db = "gone/desk.db"', "1: `db`: gone/desk.db: there is no folder gone to write to; make it first"),
        ('db = "article.txt"', "1: `db`: article.txt: this is no archive; name another file"),
        ('db = "other.db"', "1: `db`: other.db: this is a database of another program; name another file"),
        (
            'jobs = 1\nbuiltin = false\nfail-at = "possible"',
            "2: `builtin` is false, and there are no `rules` and no `packs`: nothing is ever found; name some",
        ),
    ],
)
def test_what_cannot_be_used(run: Run, folder: Path, content: str, message: str) -> None:
    """The line of the configuration, what is wrong with what it names, and the remedy; status 2."""
    put(folder / "desk" / "a.txt", "The mill closed.\n")
    assert run("baseline", "create", "article.txt", "-o", "torn.jsonl").exit_code == 0
    lines = (folder / "torn.jsonl").read_text("utf-8").splitlines()
    put(folder / "torn.jsonl", f'{lines[0]}\n{{"path": 3}}\n')
    with sqlite3.connect("other.db") as database:
        database.execute("CREATE TABLE boats (name)")
    database.close()
    before = sorted(folder.rglob("*"))
    put(folder / CONFIG, content)
    result = run("config", "check")
    assert (result.exit_code, result.stdout, said(result)) == (2, "", [f"{CONFIG}:{message}"])
    assert sorted(folder.rglob("*")) == sorted([*before, folder / CONFIG])


def test_all_that_cannot_be_used_is_told_at_once(run: Run, folder: Path) -> None:
    """With the file that says so, where it is one that is extended."""
    put(folder / "house" / "base.toml", 'baseline = "known.jsonl"\n')
    put(folder / CONFIG, 'extends = "house/base.toml"\ndb = "house"\nbuiltin = false\n')
    result = run("config", "check")
    assert [line.partition(" ")[0] for line in said(result)] == ["house/base.toml:1:", f"{CONFIG}:2:", f"{CONFIG}:3:"]


def test_mistakes_of_all_kinds_are_told_at_once(run: Run, folder: Path) -> None:
    """Keys, rules that are wrong or gone, names, baseline and archive: by line, and then the rules."""
    put(folder / "quay" / "a.fact", "pack quay\n    titel 'x'\n")
    put(folder / "mill.fact", "pack mill\n    titel 'x'\n")
    put(
        folder / CONFIG,
        'fail_at = "possible"\nrules = [\n    "quay",\n    "gone.fact"]\nbaseline = "gone.jsonl"\ndb = "quay"\n'
        '[[overrides]]\npaths = ["article.txt"]\nrules = "mill.fact"\nat-most = "low"\n',
    )
    result = run("config", "check")
    assert [line.partition(" ")[0] for line in said(result) if line.startswith(CONFIG)] == [
        f"{CONFIG}:{line}:" for line in (1, 4, 5, 6, 10)
    ]
    assert result.stderr.count("unknown field `titel`") == 2
    assert "          named by factcheck.toml:3\n" in result.stderr
    assert "          named by factcheck.toml:9\n" in result.stderr
    assert "FC001" not in result.stderr
    assert (result.exit_code, result.stdout) == (2, "")


def test_mistakes_are_told_beside_what_is_idle(run: Run, folder: Path) -> None:
    """A name that nothing has, what cannot be used, and a pattern that fits nothing."""
    put(folder / CONFIG, 'ignore = ["hegde"]\ndb = "gone/a.db"\nexclude = ["drafts/"]\n')
    assert [line.partition(": ")[0] for line in said(run("config", "check"))] == [f"{CONFIG}:{n}" for n in (1, 2, 3)]


def test_wrong_rules_say_who_names_them(run: Run, folder: Path) -> None:
    """A scan tells the line of the configuration, once a file; rules of the command line are named by nobody."""
    put(folder / "desk" / "quay.fact", "pack quay\n    titel 'x'\n    titel 'y'\n")
    put(folder / "desk" / CONFIG, 'rules = "."\n')
    put(folder / "desk" / "a.txt", "The mill closed.\n")
    put(folder / "desk" / "gold.jsonl", '{"text": "It may sink.", "hedge": true}\n')
    put(folder / "desk" / "drafts" / "own.fact", "pack own\n")
    of_authors = (("weigh", "desk/gold.jsonl"), ("rules", "test", "desk/drafts/own.fact"))
    for command in (("scan", "desk/a.txt"), ("stats", "desk/a.txt"), *of_authors):
        assert run(*command).stderr.count("named by desk/factcheck.toml:1\n") == 1, command
    assert "named by" not in run("scan", "desk/a.txt", "--rules", "desk/quay.fact").stderr


def test_what_can_be_used(run: Run, folder: Path) -> None:
    """A baseline that is there, an archive that is there or is going to be, rules that only overrides name."""
    assert run("baseline", "create", "article.txt").exit_code == 0
    put(folder / CONFIG, 'baseline = "factcheck-baseline.jsonl"\ndb = "desk.db"\n')
    assert run("config", "check").stdout == FINE
    assert not (folder / "desk.db").exists()
    assert run("scan", "article.txt").exit_code == 0
    assert run("config", "check").stdout == FINE
    put(folder / CONFIG, 'builtin = false\n[[overrides]]\npaths = ["article.txt"]\nrules = ["house.fact"]\n')
    result = run("config", "check")
    assert (result.stdout, result.stderr) == (FINE, "")
    put(folder / "base.toml", "builtin = false\n")
    assert run("config", "check", "base.toml").stdout == "base.toml: no problems\n"


def test_overrides_that_leave_no_rules(run: Run, folder: Path) -> None:
    """Files without rules are scanned, and nothing is found: a note tells what was meant instead."""
    put(folder / CONFIG, '[[overrides]]\npaths = ["article.txt"]\nbuiltin = false\n')
    result = run("config", "check")
    note = "note: no rules are left for these files; `exclude` leaves out what is not scanned"
    assert (result.exit_code, result.stdout, said(result)) == (0, FINE, [f"{CONFIG}:3: {note}"])


def test_a_table_of_the_project_that_is_hidden(run: Run, folder: Path) -> None:
    """Of two configurations in a folder one does nothing: it is named. A project without our table is none."""
    put(folder / CONFIG, "jobs = 1\n")
    put(folder / "pyproject.toml", '[project]\nname = "factcheck"\n')
    assert run("config", "check").stderr == ""
    put(folder / "pyproject.toml", "[tool.factcheck]\njobs = 2\n")
    result = run("config", "check")
    note = "note: pyproject.toml has a table [tool.factcheck], which this file hides; keep one of them"
    assert (result.exit_code, result.stdout, said(result)) == (0, FINE, [f"{CONFIG}: {note}"])


IDLE = """\
exclude = [
    "drafts/",
    "*.rst",
    "!late.txt",
    "article.txt",
]

[[overrides]]
paths = ["opinon/", "opinion/"]
fail-at = "possible"
"""


def test_patterns_that_fit_nothing(run: Run, folder: Path) -> None:
    """Each is told with its line, as a note; a scan says nothing of them."""
    put(folder / "opinion" / "a.txt", "The mill closed.\n")
    put(folder / "old" / "b.md", "The mill closed.\n")
    put(folder / ".gitignore", "old/\n")
    put(folder / CONFIG, IDLE)
    result = run("config", "check")
    remedy = "fits nothing to scan in this folder; mend it, or remove it"
    assert said(result) == [
        f"{CONFIG}:9: note: `paths`: `opinon/` {remedy}",
        f"{CONFIG}:2: note: `exclude`: `drafts/` {remedy}",
        f"{CONFIG}:3: note: `exclude`: `*.rst` {remedy}",
        f"{CONFIG}:4: note: `exclude`: `!late.txt` {remedy}",
    ]
    assert (result.exit_code, result.stdout) == (0, FINE)
    assert "fits" not in run("scan", "opinion").stderr


def test_overrides_of_nothing_but_exceptions(run: Run, folder: Path) -> None:
    """What is taken out of nothing leaves nothing."""
    put(folder / "a.txt", "The mill closed.\n")
    put(folder / CONFIG, '[[overrides]]\npaths = ["!a.txt"]\nignore = ["hedge"]\n')
    told = "these take files out, and none is in; write first what they are taken out of"
    assert said(run("config", "check")) == [f"{CONFIG}:2: note: `paths`: {told}"]


def test_patterns_of_what_is_scanned_where_it_is_named(run: Run, folder: Path) -> None:
    """Tables, texts of any name, and what an ignore file leaves out of folders have settings, too."""
    put(folder / "wire" / "rows.jsonl", '{"text": "The mill closed."}\n')
    put(folder / "quay.csv", "text\nThe mill closed.\n")
    put(folder / "tide.log", "The mill closed.\n")
    put(folder / "old" / "a.txt", "The mill closed.\n")
    put(folder / ".gitignore", "old/\n")
    put(folder / "mill.png", "\0\0")
    fitting = ["wire/*.jsonl", "*.csv", "*.log", "old/", "rows.*"]
    put(folder / CONFIG, f'[[overrides]]\npaths = {fitting}\nat-most = "possible"\n')
    result = run("config", "check")
    assert (result.stdout, result.stderr) == (FINE, "")
    put(folder / CONFIG, 'exclude = ["*.parquet", "*.png", "factcheck.toml"]\n')
    assert [line.split("`")[3] for line in said(run("config", "check"))] == ["*.parquet", "*.png", "factcheck.toml"]
    put(folder / "article.txt", "").unlink()
    put(folder / CONFIG, 'exclude = ["*.md"]\n')
    assert "`*.md` fits nothing to scan" in run("config", "check").stderr


def test_patterns_of_files_that_another_configuration_holds_for(run: Run, folder: Path) -> None:
    """They change nothing there; the one that does is named. What is extended is told where it stands."""
    put(folder / "wire" / "a.txt", "The mill closed.\n")
    put(folder / "wire" / CONFIG, 'extends = "../factcheck.toml"\n')
    put(folder / CONFIG, 'exclude = ["article.*"]\n\n[[overrides]]\npaths = ["wire/"]\nat-most = "possible"\n')
    result = run("config", "check")
    where = "wire/factcheck.toml holds there; write it there, or remove it"
    assert said(result) == [f"{CONFIG}:4: note: `paths`: `wire/` changes nothing, for {where}"]
    result = run("config", "check", "wire/a.txt")
    assert (result.stdout, result.stderr) == ("wire/factcheck.toml: no problems\n", "")


def test_where_nothing_can_be_said_of_patterns(run: Run, folder: Path) -> None:
    """A folder without an article, and a configuration that holds only where it is named or extended."""
    put(folder / "new" / CONFIG, 'exclude = ["drafts/"]\n')
    put(folder / "house" / "a.txt", "The mill closed.\n")
    put(folder / "house" / "base.toml", 'exclude = ["drafts/"]\n')
    for name in ("new/factcheck.toml", "house/base.toml"):
        result = run("config", "check", name)
        assert (result.stdout, result.stderr) == (f"{name}: no problems\n", "")


def test_wrong_names_are_told_with_all_else(run: Run, folder: Path) -> None:
    """Names that no rule has, which are known once rules are loaded, and whatever is wrong before that."""
    put(folder / CONFIG, 'fail_at = "possible"\nignore = ["hegde"]\n\n[severity]\ndoubt = "fatal"\nwaesel = "note"\n')
    told = [
        f"{CONFIG}:1: there is no key `fail_at`: did you mean `fail-at`?",
        f"{CONFIG}:2: `ignore` names `hegde`, and no pack, rule or tag is called so: did you mean `hedge`?",
        f'{CONFIG}:5: `doubt` is "fatal": it is one of `note`, `warning`, `error`',
        f"{CONFIG}:6: `severity` names `waesel`, and no level, pack or rule is called so: did you mean `weasel`?",
    ]
    for command in (("config", "check"), ("scan", "article.txt"), ("scan", "article.txt", "--no-cache")):
        result = run(*command)
        assert (result.exit_code, said(result)) == (2, told)


def test_a_folder_is_no_configuration(run: Run, folder: Path) -> None:
    """The file in it is named, which is that of the project where there is no other."""
    put(folder / "desk" / "a.txt", "The mill closed.\n")
    (folder / "mill").mkdir()
    put(folder / "mill" / "pyproject.toml", "[tool.factcheck]\njobs = 1\n")
    for name, inner in (("desk", "desk/factcheck.toml"), ("mill", "mill/pyproject.toml")):
        result = run("scan", "article.txt", "--config", name)
        assert said(result) == [f"{name}: this is a folder; name the file in it, such as {inner}"]
        assert result.exit_code == 2


def test_a_pack_that_there_is_not(run: Run, folder: Path) -> None:
    """It is told with its line, and once."""
    put(folder / CONFIG, 'jobs = 1\npacks = ["ipc"]\n')
    result = run("config", "check")
    (line,) = said(result)
    assert line.startswith("factcheck.toml:2: ")
    assert "did you mean `ipcc`?" in line
    assert result.exit_code == 2
