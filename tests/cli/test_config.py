"""Configurations: found from the file, merged with what they extend, overruled by options, shown with their places."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck.language import rule
from factcheck_cli.config.find import Finder
from factcheck_cli.config.limit import Limit
from factcheck_cli.config.locate import lines
from factcheck_cli.config.schema import schema
from factcheck_cli.options import Severity

Run = Callable[..., Result]
CONFIG = "factcheck.toml"
HEDGED = "The quay could sink.\n"


def put(path: Path, content: str) -> Path:
    """The file with this content, in folders that are made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def rows(result: Result) -> list[dict[str, Any]]:
    """The records of a scan."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def value(run: Run, path: str, key: str, *options: str) -> tuple[Any, str, int | None]:
    """What holds for the path, the file that says so and the line in it."""
    found = json.loads(run("config", "show", path, "--json", *options).stdout)["values"][key]
    return found["value"], found["from"], found["line"]


# Found ---------------------------------------------------------------------------------------------------------------


def test_the_nearest_configuration_holds_wherever_one_stands(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked for from the scanned file upwards, not from the working directory."""
    put(folder / CONFIG, 'at-most = "possible"\n')
    put(folder / "desk" / CONFIG, 'at-most = "probable"\n')
    for path in ("a.txt", "desk/a.txt", "desk/late/a.txt"):
        put(folder / path, HEDGED)
    assert value(run, "a.txt", "at-most") == ("possible", CONFIG, 1)
    assert value(run, "desk/late/a.txt", "at-most") == ("probable", "desk/factcheck.toml", 1)
    monkeypatch.chdir(folder / "desk" / "late")
    assert value(run, "a.txt", "at-most") == ("probable", "../factcheck.toml", 1)
    assert value(run, "../../a.txt", "at-most") == ("possible", "../../factcheck.toml", 1)


def test_a_repository_is_the_end_of_the_search(run: Run, folder: Path) -> None:
    """What stands above the folder with .git is another project's; that of this folder itself counts."""
    put(folder / CONFIG, 'at-most = "possible"\n')
    (folder / "checkout" / ".git").mkdir(parents=True)
    put(folder / "checkout" / "news" / "a.txt", HEDGED)
    assert value(run, "checkout/news/a.txt", "at-most") == (None, "default", None)
    put(folder / "checkout" / CONFIG, 'at-most = "probable"\n')
    assert value(run, "checkout/news/a.txt", "at-most") == ("probable", "checkout/factcheck.toml", 1)


def test_a_file_of_its_own_beats_the_table_of_a_project(run: Run, folder: Path) -> None:
    """In one folder; a project without our table is no configuration, and the search goes on."""
    put(folder / "pyproject.toml", '[tool.other]\nx = 1\n\n[tool.factcheck]\nat-most = "possible"\n')
    put(folder / "news" / "pyproject.toml", '[project]\nname = "factcheck-of-the-harbour"\n')
    assert value(run, "news/a.txt", "at-most") == ("possible", "pyproject.toml", 5)
    put(folder / CONFIG, 'at-most = "probable"\n')
    assert value(run, "news/a.txt", "at-most") == ("probable", CONFIG, 1)


def test_standard_input_has_that_of_the_working_directory(run: Run, folder: Path) -> None:
    """There is no file to start from."""
    put(folder / CONFIG, 'builtin = false\nrules = ["house.fact"]\nfail-at = "possible"\n')
    assert run("scan", text=HEDGED).exit_code == 1
    assert run("scan", "-", "--no-config", text=HEDGED).exit_code == 0


def test_each_folder_is_looked_into_once(folder: Path) -> None:
    """Thousands of files in a folder cost one search."""
    put(folder / "a" / "b" / "x.txt", HEDGED)
    finder = Finder()
    assert finder.of("a/b/x.txt") is None
    put(folder / "a" / CONFIG, "jobs = 1\n")
    assert finder.of("a/b/y.txt") is None
    assert Finder().of("a/b/y.txt") == folder / "a" / CONFIG


def test_a_named_configuration_holds_for_all_files(run: Run, folder: Path) -> None:
    """--config leaves no other one, and --no-config none."""
    put(folder / CONFIG, 'at-most = "possible"\n')
    put(folder / "strict.toml", 'at-most = "established"\n')
    assert value(run, "a.txt", "at-most", "--config", "strict.toml") == ("established", "strict.toml", 1)
    assert value(run, "a.txt", "at-most", "--no-config") == (None, "default", None)


# Merged --------------------------------------------------------------------------------------------------------------


def test_later_values_win_and_tables_are_merged(run: Run, folder: Path) -> None:
    """A configuration over what it extends, the last of these over the first; each value keeps its place."""
    put(
        folder / "bases" / "one.toml",
        'at-most = "possible"\nsegment = "lines"\n\n[severity]\nhedge = "note"\ndoubt = "note"\n',
    )
    put(folder / "bases" / "two.toml", 'extends = "three.toml"\nat-most = "probable"\n')
    put(folder / "bases" / "three.toml", 'id-field = "slug"\nat-most = "asserted"\n')
    put(folder / CONFIG, 'extends = ["bases/one.toml", "bases/two.toml"]\n\n[severity]\ndoubt = "error"\n')
    assert value(run, "a.txt", "at-most") == ("probable", "bases/two.toml", 2)
    assert value(run, "a.txt", "segment") == ("lines", "bases/one.toml", 2)
    assert value(run, "a.txt", "id-field") == ("slug", "bases/three.toml", 1)
    severity = value(run, "a.txt", "severity")[0]
    assert severity == {
        "hedge": {"value": "note", "from": "bases/one.toml", "line": 5},
        "doubt": {"value": "error", "from": CONFIG, "line": 4},
    }


def test_paths_are_relative_to_the_file_that_names_them(run: Run, folder: Path) -> None:
    """Wherever one stands, and also of what is extended."""
    put(folder / "desk" / CONFIG, 'extends = "../shared/base.toml"\nbaseline = "known.json"\n')
    put(folder / "shared" / "base.toml", 'rules = ["../house.fact"]\nbuiltin = false\n')
    put(folder / "desk" / "a.txt", HEDGED)
    assert value(run, "desk/a.txt", "rules")[0] == ["house.fact"]
    assert value(run, "desk/a.txt", "baseline")[0] == "desk/known.json"
    said = "factcheck: desk/factcheck.toml:2: there is no baseline desk/known.json; `factcheck baseline create PATH`"
    assert run("scan", "desk/a.txt").stderr.startswith(said)
    assert run("baseline", "create", "desk/a.txt").stdout.startswith("desk/known.json: 1 sentence of 1 file")
    assert run("baseline", "show").stderr.startswith("factcheck: factcheck-baseline.jsonl: there is no such baseline")
    (folder / "desk" / "a.txt").write_text("The quay could burn before anybody has seen it.\n", "utf-8")
    assert rows(run("scan", "desk/a.txt"))[0]["findings"][0]["rule"] == "house/chance"


def test_overrides_hold_for_the_files_that_their_patterns_fit(run: Run, folder: Path) -> None:
    """Later ones win; what they do not say stays."""
    put(
        folder / CONFIG,
        'at-most = "possible"\n\n[[overrides]]\npaths = ["opinion/", "*.md"]\n'
        'at-most = "probable"\nsegment = "lines"\n\n'
        '[[overrides]]\npaths = "opinion/guests/**"\nat-most = "asserted"\n',
    )
    assert value(run, "news/a.txt", "at-most") == ("possible", CONFIG, 1)
    assert value(run, "opinion/a.txt", "at-most") == ("probable", CONFIG, 5)
    assert value(run, "news/a.md", "at-most") == ("probable", CONFIG, 5)
    assert value(run, "opinion/guests/a.txt", "at-most") == ("asserted", CONFIG, 10)
    assert value(run, "opinion/guests/a.txt", "segment") == ("lines", CONFIG, 6)


def test_options_win_over_files(run: Run, folder: Path) -> None:
    """The command line is the last word, option by option."""
    put(folder / CONFIG, 'builtin = false\nrules = ["house.fact"]\nat-most = "possible"\nselect = ["house/unnamed"]\n')
    assert [row["level"] for row in rows(run("scan", "article.txt"))] == ["unverified"]
    wide = rows(run("scan", "article.txt", "--at-most", "established", "--select", "house"))
    assert [row["level"] for row in wide] == ["asserted", "unverified", "attributed", "attributed"]


LIMITS = (
    *("0%", "10%", "12.5 %", "100%", "100.0%", "099.9%", "100.1%", "101%", "110%"),
    *("0", "3", "1.5", "-1", "", "x", "1e3", "%", "٣%"),
)


@given(st.sampled_from(LIMITS))
def test_limits_are_read_alike_everywhere(text: str) -> None:
    """A share or a whole number; what the schema takes and what the program takes are one."""
    try:
        jsonschema.validate({"max-unverified": text}, schema())
    except jsonschema.ValidationError:
        assert not Limit.of(text)
    else:
        assert Limit.of(text)


# Scanned -------------------------------------------------------------------------------------------------------------


def mixed(folder: Path) -> None:
    """Texts of which some have other rules than the others."""
    put(
        folder / CONFIG,
        'builtin = false\nrules = ["house.fact"]\n\n[severity]\npossible = "note"\n\n'
        '[[overrides]]\npaths = ["b/"]\nignore = ["house/chance"]\n\n[[overrides]]\npaths = ["c/"]\n'
        'rules = []\nbuiltin = true\nseverity.possible = "error"\n',
    )
    for number in range(30):
        put(folder / "texts" / "abc"[number % 3] / f"{number:02}.txt", HEDGED)
    (folder / "texts" / CONFIG).write_text('extends = "../factcheck.toml"\n', "utf-8")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_files_in_one_run_have_settings_of_their_own(run: Run, folder: Path, jobs: str) -> None:
    """The output is in the order of the files, whoever scans them and by which rules."""
    mixed(folder)
    result = run("scan", "texts", "--jobs", jobs, "--format", "jsonl")
    found = [(row["doc"], [(one["rule"], one["severity"]) for one in row["findings"]]) for row in rows(result)]
    assert [doc for doc, _ in found] == sorted(f"texts/{'abc'[n % 3]}/{n:02}.txt" for n in range(30))
    assert {tuple(rules) for doc, rules in found if "/a/" in doc} == {(("house/chance", "note"),)}
    assert {tuple(rules) for doc, rules in found if "/b/" in doc} == {()}
    assert {tuple(rules) for doc, rules in found if "/c/" in doc} == {(("hedge/could", "error"),)}


def test_a_found_configuration_says_nothing(run: Run, folder: Path) -> None:
    """Standard error is for what is wrong, or left out."""
    put(folder / "news" / CONFIG, 'at-most = "possible"\n')
    put(folder / "news" / "a.txt", HEDGED)
    assert run("scan", "news").stderr == ""


def test_files_are_excluded_and_told(run: Run, folder: Path) -> None:
    """By patterns as in a .gitignore; also files that are named, as a hook names them. The line is told once."""
    put(
        folder / CONFIG,
        'builtin = false\nrules = ["house.fact"]\nexclude = [\n'
        '    "*.md",\n    "drafts/",\n    "!drafts/kept.txt",\n]\n',
    )
    for path in ("news/a.txt", "news/b.md", "news/drafts/c.txt", "news/drafts/d.txt", "drafts/kept.txt"):
        put(folder / path, HEDGED)
    result = run("scan", "news", "drafts/kept.txt", "news/b.md")
    assert [row["doc"] for row in rows(result)] == ["news/a.txt", "drafts/kept.txt"]
    assert result.stderr.splitlines() == [
        "factcheck: factcheck.toml:4: note: 1 file left out by `*.md`: news/b.md",
        "factcheck: factcheck.toml:5: note: 2 files left out by `drafts/`: news/drafts/c.txt, news/drafts/d.txt",
    ]
    assert run("scan", "news", "-q").stderr == ""
    assert "It is not scanned: factcheck.toml:4 leaves out *.md" in run("config", "show", "news/b.md").stdout


def test_what_folders_hold_beside_articles_is_included(run: Run, folder: Path) -> None:
    """By patterns; what ignore files leave out stays out, what is ours is no article, and broken ones include none."""
    put(folder / CONFIG, 'include = ["wire/*.jsonl", "*.fact", "*.log"]\nexclude = ["wire/old*"]\n')
    put(folder / ".factcheckignore", "late.log\n")
    for path in ("wire/a.jsonl", "wire/old.jsonl", "desk/b.jsonl"):
        put(folder / path, json.dumps({"text": HEDGED}) + "\n")
    for path in ("desk/c.txt", "desk/d.log", "desk/late.log"):
        put(folder / path, HEDGED)
    (folder / "article.txt").unlink()
    result = run("scan", ".")
    assert [row["doc"] for row in rows(result)] == ["desk/c.txt", "desk/d.log", "wire/a.jsonl:1"]
    assert "1 file left out, no articles by their names (1 .jsonl)" in result.stderr
    assert run("baseline", "create", ".").stdout.endswith("3 sentences of 3 files at probable or below\n")
    assert "left out by `wire/old*`" in result.stderr
    put(folder / "wire" / CONFIG, "include = 3\n")
    result = run("scan", ".")
    assert [row["doc"] for row in rows(result)] == ["desk/c.txt", "desk/d.log"]
    assert result.stderr.count("`include` is 3") == 0  # it holds for no article


def test_names_may_be_meant_for_other_files(run: Run, folder: Path) -> None:
    """A severity or a rule to ignore whose pack is loaded by path only is no mistake elsewhere."""
    put(
        folder / CONFIG,
        'builtin = false\nignore = ["house/named"]\n\n[severity]\n"house/chance" = "error"\n\n'
        '[[overrides]]\npaths = ["b/"]\nrules = ["house.fact"]\n',
    )
    put(folder / "a" / "a.txt", HEDGED)
    put(folder / "b" / "b.txt", HEDGED)
    result = run("scan", "a", "b", "--format", "jsonl")
    assert [[one["severity"] for one in row["findings"]] for row in rows(result)] == [[], ["error"]]
    assert (result.stderr, result.exit_code) == ("", 0)
    assert run("scan", "b", "--rules", "house.fact", "--no-builtin").exit_code == 0


def test_rows_and_pages_are_read_as_the_configuration_says(run: Run, folder: Path) -> None:
    """Keys about reading hold per file, too."""
    put(
        folder / CONFIG,
        'text-field = "body"\n\n[[overrides]]\npaths = ["old.jsonl"]\ntext-field = "words"\nid-field = "slug"\n',
    )
    put(folder / "new.jsonl", json.dumps({"body": HEDGED}) + "\n")
    put(folder / "old.jsonl", json.dumps({"words": HEDGED, "slug": "quay"}) + "\n")
    result = run("scan", "new.jsonl", "old.jsonl", "--format", "jsonl")
    assert [row["doc"] for row in rows(result)] == ["new.jsonl:1", "quay"]
    assert result.stderr == ""


def test_without_a_configuration_none_is_read(folder: Path) -> None:
    """No reader of TOML is loaded for nothing."""
    command = [sys.executable, "-X", "importtime", "-m", "factcheck_cli.app", "scan", "article.txt", "--no-builtin"]
    given_ = {"capture_output": True, "text": True, "cwd": folder}
    _, warm = (subprocess.run([*command, "--rules", "house.fact"], check=True, **given_) for _ in range(2))  # type: ignore[call-overload]
    found = {line.rpartition("|")[2].strip() for line in warm.stderr.splitlines()}
    assert found & {"tomllib", "pathspec", "factcheck_cli.config.read", "factcheck_cli.config.keys"} == set()


# What tells of rules -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("try", "could sink", "wire.jsonl"), "The quay could sink."),
        (("lint", "house.fact", "--on", "wire.jsonl"), "1 pack"),
        (("profile", "house.fact", "--on", "wire.jsonl"), "house.fact:18"),
        (("diff", "builtin", "house.fact", "--on", "wire.jsonl"), "1 sentence"),
    ],
)
def test_texts_for_rules_are_read_as_a_scan_reads_them(
    run: Run, folder: Path, command: tuple[str, ...], said: str
) -> None:
    """The field of rows is that of the configuration; without it none would be found."""
    put(folder / CONFIG, 'text-field = "body"\n')
    put(folder / "wire.jsonl", json.dumps({"id": 1, "body": HEDGED}) + "\n")
    result = run("rules", *command)
    assert (result.exit_code, said in result.stdout) == (0, True), result.output
    assert run("rules", *command, "--no-config").exit_code == 3


def test_what_a_scan_finds_is_explained_without_options(run: Run, folder: Path) -> None:
    """Rules, what is ignored, severities and ways to read are those of the configuration, whatever the command."""
    put(
        folder / CONFIG,
        'builtin = false\nrules = ["house.fact"]\nignore = ["house/chance"]\n\n'
        '[severity]\n"house/unnamed" = "error"\n\n[[overrides]]\npaths = ["notes.txt"]\nsegment = "lines"\n',
    )
    (found,) = [row for row in rows(run("scan", "article.txt")) if row["level"] == "unverified"]
    told = [json.loads(line) for line in run("explain", "article.txt:1", "--json").stdout.splitlines()][1]
    assert told["text"] == found["text"]
    assert [one["rule"] for one in told["findings"]] == [one["rule"] for one in found["findings"]] == ["house/unnamed"]
    put(folder / "notes.txt", "It sank. It rose.\n")
    assert len(rows(run("scan", "notes.txt"))) == len(run("explain", "notes.txt", "--json").stdout.splitlines()) == 1
    assert "severity   error" in run("explain", "house/unnamed").stdout
    assert "severity   error" in run("rules", "show", "unnamed").stdout
    listed = json.loads(run("rules", "list", "--json").stdout)
    assert {row["name"]: row["severity"] for row in listed} == {
        "unnamed": "error",
        "chance": "warning",
        "named": "warning",
    }
    assert "1 pack, 1 list, 3 rules" in run("rules", "check", "house.fact").stdout
    assert run("rules", "test", "house.fact").exit_code == 0
    assert "sink" in run("rules", "try", "{house.nobody} say~ it", "article.txt").stdout
    assert run("rules", "show", "unnamed", "--no-config").exit_code == 2


def test_other_rules_of_the_configuration_stand_behind_those_that_are_checked(run: Run, folder: Path) -> None:
    """A file that amends another is checked with it, which then need not be named."""
    put(folder / CONFIG, 'builtin = false\nrules = ["house.fact", "calm.fact"]\n')
    put(folder / "calm.fact", 'amend house/chance\n    except could not\n    pass "It could not sink."\n')
    for command in ("check", "test", "lint"):
        assert run("rules", command, "calm.fact").exit_code == 0, command
        assert "house/chance" not in run("rules", command, "calm.fact").stderr
    assert "house/chance" in run("rules", "check", "calm.fact", "--no-config", "--no-builtin").stderr


# Runs -----------------------------------------------------------------------------------------------------------------


def test_nothing_scanned_replaces_nothing(run: Run, folder: Path) -> None:
    """A broken configuration keeps its status beside `-o`, and earlier results stay."""
    put(folder / "bad" / CONFIG, "fail-at = 1\n")
    put(folder / "bad" / "a.txt", HEDGED)
    put(folder / "out.jsonl", "{}\n")
    put(folder / CONFIG, 'exclude = ["left.txt"]\n')
    put(folder / "left.txt", HEDGED)
    result = run("scan", "left.txt", "bad", "-o", "out.jsonl")
    assert result.exit_code == 2
    assert "nothing was scanned; out.jsonl is left as it was" in result.stderr
    assert (folder / "out.jsonl").read_text("utf-8") == "{}\n"


def test_a_scan_without_rules_says_so(run: Run, folder: Path) -> None:
    """Whoever takes the built-in packs out may have meant to add some; a note tells, and no more."""
    note = "factcheck: note: there are no rules, so nothing is found; --rules and --pack add some\n"
    put(folder / "a.txt", HEDGED)
    assert (run("scan", "a.txt", "--no-builtin").stderr, run("scan", "a.txt", "--no-builtin").exit_code) == (note, 0)
    assert run("scan", "a.txt", "--no-builtin", "--quiet").stderr == ""
    put(folder / CONFIG, 'builtin = false\n[[overrides]]\npaths = ["b.txt"]\nrules = ["house.fact"]\n')
    put(folder / "b.txt", HEDGED)
    assert run("scan", "a.txt").stderr == note
    assert run("scan", "a.txt", "b.txt").stderr == run("scan", "b.txt").stderr == ""


def test_a_configuration_and_none_is_wrong_usage(run: Run) -> None:
    """The options say the opposite of each other."""
    result = run("scan", "article.txt", "--config", "x.toml", "--no-config")
    assert result.exit_code == 2
    assert "give one of them" in result.stderr


def test_one_run_without_the_baseline_or_the_archive(run: Run, folder: Path) -> None:
    """The rest of the configuration holds; each option excludes the one that names a file."""
    put(folder / "a.txt", HEDGED)
    put(folder / CONFIG, 'baseline = "known.jsonl"\ndb = "desk.db"\nat-most = "possible"\nbuiltin = true\n')
    result = run("scan", "a.txt")
    assert result.exit_code == 2
    assert result.stderr == (
        "factcheck: factcheck.toml:1: there is no baseline known.jsonl; "
        "`factcheck baseline create PATH` makes it, --no-baseline does without\n"
    )
    result = run("scan", "a.txt", "--no-baseline", "--no-db")
    assert (result.exit_code, result.stderr, len(rows(result))) == (0, "", 1)
    assert not (folder / "desk.db").exists()
    assert "kept as run 1" in run("scan", "a.txt", "--no-baseline").stderr
    put(folder / "other.jsonl", "")
    for key, said in (("baseline", "a baseline"), ("db", "an archive")):
        result = run("scan", "a.txt", f"--{key}", "other.jsonl", f"--no-{key}")
        assert result.stderr == f"factcheck: --{key} names {said}, and --no-{key} wants none; give one of them\n"
        assert result.exit_code == 2
    spared = ("scan", "a.txt", "--no-baseline", "--no-db", "--rules", "house.fact")
    assert run(*spared, "--no-config").exit_code == 0
    packs = {one["rule"].partition("/")[0] for row in rows(run(*spared, "--no-builtin")) for one in row["findings"]}
    assert packs == {"house"}


def test_severities_are_those_of_rules() -> None:
    """Written out in two places, for each has to load fast."""
    assert get_args(Severity) == get_args(rule.Severity)


# Lines ---------------------------------------------------------------------------------------------------------------

_KEY = st.sampled_from(["a", "b-c", "d", '"e f"', "'g/h'"])
_SCALAR = st.sampled_from(
    ["1", "1.5", "true", '"x # [y]"', "'it = \"z\"'", "2026-01-02 03:04:05", '"""two\nlines = 1\n"""']
)
_VALUE = st.recursive(
    _SCALAR,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda each: "[" + ", # ]\n".join(each) + "\n]")
        | st.lists(inner, max_size=2).map(
            lambda each: "{" + ", ".join(f"k{n} = {one}" for n, one in enumerate(each)) + "}"
        )
    ),
    max_leaves=5,
)


@given(st.lists(st.tuples(_KEY, _VALUE), max_size=6, unique_by=lambda pair: pair[0]))
def test_lines_of_keys_are_those_where_they_stand(pairs: list[tuple[str, str]]) -> None:
    """Whatever stands around them: comments, texts of several lines, brackets in texts, nested lists and tables."""
    text, expected = "# first\n\n", {}
    for key, written in pairs:
        expected[key.strip("\"'")] = text.count("\n") + 1
        text += f"{key} = {written}\n"
    found = lines(text)
    assert {path[0]: line for path, line in found.items() if len(path) == 1} == expected


def test_lines_of_tables_and_entries() -> None:
    """Tables, arrays of tables, dotted keys, entries of lists."""
    found = lines("[a]\nb.c = [\n  1,\n\n  2]\n[[d]]\ne = 1\n[d.f]\ng = 1\n[[d]]\n[h.i]\n")
    assert found == {
        ("a",): 1,
        ("a", "b"): 2,
        ("a", "b", "c"): 2,
        ("a", "b", "c", 0): 3,
        ("a", "b", "c", 1): 5,
        ("d",): 6,
        ("d", 0): 6,
        ("d", 0, "e"): 7,
        ("d", 0, "f"): 8,
        ("d", 0, "f", "g"): 9,
        ("d", 1): 10,
        ("h",): 11,
        ("h", "i"): 11,
    }


def test_rules_of_several_sets_are_told_of_once(run: Run, folder: Path) -> None:
    """What is wrong with a file, or doubtful, is the same for all files that are scanned by it."""
    (folder / "x").mkdir()
    for name in ("a.txt", "x/b.txt"):
        (folder / name).write_text("It could sink.", "utf-8")
    (folder / "factcheck.toml").write_text('rules = ["h.fact"]\n[[overrides]]\npaths = ["x/"]\nignore = ["weasel"]\n')
    (folder / "h.fact").write_text("pack h\nrule a : bogus\n    match x\n", "utf-8")
    assert run("scan", ".").stderr.count("unknown level `bogus`") == 1
    (folder / "h.fact").write_text('pack h\nrule a : possible\n    "It may."\n    match sinks\n    flag "It sinks."\n')
    assert run("scan", ".").stderr.count("`factcheck rules check h.fact` shows it") == 1
