"""A baseline: made, kept up to date, looked at, and a scan that reports only what is not in it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck_cli.lock import locked
from factcheck_cli.nurse import DeadWorkerError

Run = Callable[..., Result]
NAME = "factcheck-baseline.jsonl"
RULES = ("--no-builtin", "--rules", "house.fact")

MILL = """\
The mill quay closed on Monday. Officials say the wall could fall before the winter.

Ruth Abara moved the boats. The rope on the old crane may have been cut by hand.
"""
WEIR = """\
The weir was built by the council. Experts say it could flood the mill and the lower town.
"""


@pytest.fixture
def articles(folder: Path) -> Path:
    """Two articles in a folder."""
    place = folder / "articles"
    place.mkdir()
    (place / "mill.txt").write_text(MILL, "utf-8")
    (place / "weir.txt").write_text(WEIR, "utf-8")
    return place


@pytest.fixture
def baseline(run: Run) -> Run:
    """Return `baseline(command, *arguments)`: `factcheck baseline` with the house rules alone, where it takes any."""

    def invoke(command: str, *arguments: str) -> Result:
        return run("baseline", command, *(() if command == "show" else RULES), *arguments)

    return invoke


@pytest.fixture
def made(baseline: Run, articles: Path) -> Path:
    """The baseline of the articles."""
    assert baseline("create", str(articles.name)).exit_code == 0
    return articles.parent / NAME


def new(result: Result) -> list[str]:
    """The texts of the sentences that a scan has printed as JSON lines."""
    return [json.loads(line)["text"] for line in result.stdout.splitlines()]


def entries(path: Path) -> list[dict[str, object]]:
    """The lines of a baseline behind the first."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]


# Making one ----------------------------------------------------------------------------------------------------------


def test_create_has_a_line_a_sentence(baseline: Run, articles: Path) -> None:
    """Sorted, with what people need to know the sentence by, behind a line that says what it is."""
    result = baseline("create", "articles")
    assert result.stdout == f"{NAME}: 3 sentences of 2 files at probable or below\n"
    head = json.loads((articles.parent / NAME).read_text("utf-8").splitlines()[0])
    assert (head["factcheck"], head["format"], head["at_most"], head["paths"]) == (
        "baseline",
        1,
        "probable",
        ["articles"],
    )
    found = entries(articles.parent / NAME)
    assert [one["path"] for one in found] == ["articles/mill.txt", "articles/mill.txt", "articles/weir.txt"]
    assert sorted(str(one["level"]) for one in found) == ["possible", "unverified", "unverified"]
    (weir,) = [one for one in found if one["path"] == "articles/weir.txt"]
    assert weir["rules"] == ["house/unnamed"]
    assert weir["also"] == ["house/chance"]
    assert weir["text"] == "Experts say it could flood the mill and the lower town."


def test_create_keeps_no_text_where_none_is_wanted(baseline: Run, articles: Path) -> None:
    """Not a word of the articles is in the file; an update adds none."""
    baseline("create", "articles", "--no-text")
    (articles / "mill.txt").write_text(MILL.replace("winter", "spring"), "utf-8")
    baseline("update")
    data = (articles.parent / NAME).read_text("utf-8")
    assert "text" in json.loads(data.splitlines()[0])
    assert "wall" not in data
    assert "flood" not in data
    assert all("text" not in one for one in entries(articles.parent / NAME))


def test_create_is_the_same_whatever_the_order(baseline: Run, made: Path, articles: Path) -> None:
    """A paragraph that moves changes no line, nor do several processes."""
    before = made.read_bytes()
    (articles / "mill.txt").write_text("\n\n".join(reversed(MILL.strip().split("\n\n"))) + "\n", "utf-8")
    baseline("create", "articles", "--force", "--jobs", "2")
    assert made.read_bytes() == before


def test_create_replaces_none(baseline: Run, made: Path) -> None:
    """Without --force, which makes it anew."""
    before = made.read_bytes()
    result = baseline("create", "articles")
    remedy = "`factcheck baseline update` brings it up to date, --force makes it anew"
    assert result.stderr == f"factcheck: {NAME}: there is a baseline already; {remedy}\n"
    assert (result.exit_code, made.read_bytes()) == (2, before)
    made.write_text("<<<<<<< ours\n", "utf-8")
    assert baseline("create", "articles", "--force").exit_code == 0
    assert made.read_bytes() == before


def test_create_replaces_nothing_else(baseline: Run, articles: Path) -> None:
    """A file that is no baseline stays, whatever is said."""
    result = baseline("create", "articles", "--force", "-o", "articles/weir.txt")
    assert (
        result.stderr
        == "factcheck: articles/weir.txt: this is no baseline, and would be replaced; give -o another name\n"
    )
    assert (articles / "weir.txt").read_text("utf-8") == WEIR


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("nowhere",), 3, f"nothing could be scanned; no {NAME} is made"),
        (("articles", "-o", "no/such.jsonl"), 2, "no/such.jsonl: there is no folder no to write to; make it first"),
    ],
)
def test_create_that_cannot_be_says_why(
    baseline: Run, articles: Path, arguments: tuple[str, ...], status: int, said: str
) -> None:
    """With the remedy, and makes nothing."""
    result = baseline("create", *arguments)
    assert result.stderr.splitlines()[-1] == f"factcheck: {said}"
    assert result.exit_code == status
    assert not (articles.parent / NAME).exists()


# Scanning against it -------------------------------------------------------------------------------------------------


def test_nothing_is_new_at_first(scan: Run, made: Path) -> None:
    """All is known, and no gate is reached."""
    result = scan("articles", "--baseline", made.name, "--fail-at", "unverified")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr == f"factcheck: {NAME}: 3 known, 0 new\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_new_is_reported(scan: Run, made: Path, articles: Path, jobs: str) -> None:
    """One more claim fails the build and is named; its level is as ever."""
    with (articles / "weir.txt").open("a", encoding="utf-8") as file:
        file.write("\nOfficials say the bridge is safe.\n")
    result = scan("articles", "--baseline", made.name, "--fail-at", "unverified", "--jobs", jobs)
    assert new(result) == ["Officials say the bridge is safe."]
    assert json.loads(result.stdout)["level"] == "unverified"
    assert result.exit_code == 1
    assert f"factcheck: {NAME}: 3 known, 1 new\n" in result.stderr


def test_moved_paragraphs_are_known(scan: Run, made: Path, articles: Path) -> None:
    """Within a file, to another file, and with a file that has got another name."""
    first, second = MILL.strip().split("\n\n")
    (articles / "mill.txt").write_text(f"{second}\n", "utf-8")
    (articles / "weir.txt").rename(articles / "flood.txt")
    with (articles / "flood.txt").open("a", encoding="utf-8") as file:
        file.write(f"\n{first}\n")
    result = scan("articles", "--baseline", made.name)
    assert (result.stdout, result.stderr) == ("", f"factcheck: {NAME}: 3 known, 0 new\n")


def test_a_copy_is_new(scan: Run, made: Path, articles: Path) -> None:
    """Two copies need two entries, wherever the second one is."""
    (articles / "again.txt").write_text(WEIR, "utf-8")
    assert new(scan("articles", "--baseline", made.name)) == ["Experts say it could flood the mill and the lower town."]
    assert len(new(scan("articles/again.txt", "--baseline", made.name))) == 1


def test_rows_of_a_table_are_known_in_any_order(scan: Run, baseline: Run, folder: Path) -> None:
    """Rows are of one file, in whatever order, and in however many processes they are read."""
    texts = [f"Quay {'abcdefghij'[n % 10] * (n // 10 + 1)} could sink in the {n} storm." for n in range(50)]
    rows = [json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)]
    (folder / "rows.jsonl").write_text("".join(rows), "utf-8")
    baseline("create", "rows.jsonl")
    rows.append(json.dumps({"id": "new", "text": "The lighthouse could fall."}) + "\n")
    (folder / "rows.jsonl").write_text("".join(reversed(rows)), "utf-8")
    for jobs in ("1", "2"):
        assert new(scan("rows.jsonl", "--baseline", NAME, "--jobs", jobs)) == ["The lighthouse could fall."]


def test_standard_input_can_be_scanned_against_one(scan: Run, made: Path) -> None:
    """It is read once, and scanned twice; what a file holds that was not read is new there."""
    result = scan("-", "--baseline", made.name, text="The wall could fall soon. It is wet.")
    assert new(result) == ["The wall could fall soon."]
    assert len(new(scan("-", "--baseline", NAME, text=WEIR))) == 1


def test_what_has_moved_is_known_where_only_its_new_file_is_scanned(scan: Run, made: Path, articles: Path) -> None:
    """The file that it is gone from is looked into: where it still is there, this one is a copy."""
    text = MILL.rstrip().rpartition("\n")[2]
    (articles / "quay.txt").write_text(f"The tide was out.\n\n{text}\n", "utf-8")
    assert new(scan("articles/quay.txt", "--baseline", made.name)) != []
    (articles / "mill.txt").write_text(MILL.replace(text, ""), "utf-8")
    result = scan("articles/quay.txt", "--baseline", made.name)
    assert (new(result), "mill.txt" in result.stderr) == ([], False)


def test_edits(scan: Run, made: Path, articles: Path) -> None:
    """A light edit is known, one that makes a sentence weaker is new."""
    (articles / "mill.txt").write_text(MILL.replace("the winter", "this winter"), "utf-8")
    assert new(scan("articles", "--baseline", made.name)) == []
    weaker = MILL.replace("The rope on", "Officials say the rope on")
    (articles / "mill.txt").write_text(weaker, "utf-8")
    assert [text[:18] for text in new(scan("articles", "--baseline", made.name))] == ["Officials say the "]


def test_other_rules_are_noted(run: Run, made: Path) -> None:
    """What they find elsewhere is new, and why is said."""
    result = run("scan", "articles", "--rules", "house.fact", "--baseline", made.name)
    note = "it was made with other rules, by factcheck"
    assert f"factcheck: {NAME}: note: {note}" in result.stderr
    assert run("scan", "articles", "--rules", "house.fact", "--baseline", made.name, "--quiet").stderr == ""


def test_rules_of_a_part_are_no_other_rules(run: Run, folder: Path, articles: Path) -> None:
    """Of files with rules of their own each is scanned by what the baseline was made with, alone, too."""
    (folder / "other").mkdir()
    (folder / "other" / "quay.txt").write_text(MILL, "utf-8")
    (folder / "factcheck.toml").write_text('[[overrides]]\npaths = ["other/"]\nignore = ["hedge"]\n', "utf-8")
    run("baseline", "create", "articles", "other")
    for paths in (["articles"], ["other"], ["other/quay.txt"], ["articles", "other"]):
        assert "other rules" not in run("scan", *paths, "--baseline", NAME).stderr
    run("baseline", "update", "other")
    assert "other rules" not in run("scan", articles.name, "other", "--baseline", NAME).stderr


def test_workers_that_cannot_start_empty_no_baseline(
    baseline: Run, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they have not read is known still."""
    before = made.read_bytes()
    monkeypatch.setattr("factcheck_cli.pool.shared", _dead)
    result = baseline("update", "--jobs", "2")
    assert "what is left: worker processes die as soon as they start" in result.stderr
    assert result.exit_code == 3
    assert made.read_bytes() == before


def _dead(*_: object) -> None:
    raise DeadWorkerError


def test_a_level_that_it_does_not_hold_is_noted(scan: Run, made: Path) -> None:
    """Gates and limits above that of the baseline make all in between new."""
    result = scan("articles", "--baseline", made.name, "--fail-at", "asserted")
    assert "note: it holds sentences up to probable, so all between that and asserted are new" in result.stderr
    assert result.exit_code == 1


def test_what_is_stale_is_noted(scan: Run, made: Path, articles: Path) -> None:
    """Entries whose sentences are gone are counted."""
    (articles / "weir.txt").unlink()
    result = scan("articles", "--baseline", made.name)
    assert f"{NAME}: note: 1 entry stale: `factcheck baseline update` drops them" in result.stderr


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, f"{NAME}: there is no such baseline; `factcheck baseline create PATH` makes one"),
        ("", f"{NAME}:1: this is no baseline, which would begin by saying so; name another file"),
        ('{"doc":"a.txt"}\n', f"{NAME}:1: this is no baseline, which would begin by saying so; name another file"),
        ("{HEAD}\n{\n", f"{NAME}:2: this line is not JSON (unexpected end of data, character 2)"),
        ("{HEAD}\n\n{}\n", f"{NAME}:3: this is no entry of a baseline; remove the line"),
        ("{HEAD}\n[]\n", f"{NAME}:2: this is no entry of a baseline; remove the line"),
        (
            "{HEAD}\n<<<<<<< ours\n",
            f"{NAME}:2: a merge has left its marks here; keep the lines of both sides without the marks, and run",
        ),
        (
            '{"factcheck":"baseline","format":9}\n',
            f"{NAME}:1: this baseline is in format 9, of a later factcheck than this one",
        ),
        (
            '{"factcheck":"baseline","format":1,"rules":3}\n',
            f"{NAME}:1: the first line of this baseline is damaged; bring it back, or `factcheck baseline create",
        ),
    ],
    ids=["missing", "empty", "foreign", "no JSON", "no entry", "no object", "merge", "later", "head"],
)
def test_a_damaged_baseline_is_named_with_its_line(
    scan: Run, baseline: Run, folder: Path, data: str | None, said: str
) -> None:
    """By all who read it, with the remedy."""
    head = '{"factcheck":"baseline","format":1,"rules":"x","at_most":"probable","paths":["article.txt"],"version":"1"}'
    if data is not None:
        (folder / NAME).write_text(data.replace("{HEAD}", head), "utf-8")
    for result in (scan("article.txt", "--baseline", NAME), baseline("update"), baseline("show")):
        assert result.stderr.startswith(f"factcheck: {said}")
        assert result.exit_code == 2


def test_a_merge_of_two_baselines_is_read(scan: Run, made: Path) -> None:
    """Whoever keeps the lines of both sides has two first lines, and some twice; order is no matter."""
    lines = made.read_text("utf-8").splitlines()
    made.write_text("\n".join([lines[0], lines[0], *reversed(lines[1:])]) + "\n", "utf-8")
    assert scan("articles", "--baseline", NAME).stdout == ""


def test_output_replaces_no_baseline(scan: Run, made: Path) -> None:
    """What is read is not to be written."""
    result = scan("articles", "--baseline", NAME, "-o", NAME)
    assert "-o would replace it; give -o another name" in result.stderr
    assert made.read_text("utf-8").startswith('{"factcheck"')


# Keeping it up to date -----------------------------------------------------------------------------------------------


def test_update_drops_what_is_gone_and_adds_when_told(baseline: Run, made: Path, articles: Path) -> None:
    """What goes is listed, what is new is told, and taken in with --add."""
    (articles / "weir.txt").write_text("The bridge could sink. The weir was built by the council.\n", "utf-8")
    result = baseline("update")
    assert result.stdout.splitlines() == [
        "- articles/weir.txt: unverified “Experts say it could flood the mill and the lower town.” (house/unnamed)",
        "? articles/weir.txt: possible “The bridge could sink.” (house/chance)",
        f"{NAME}: 2 entries: 1 dropped, 0 added",
        "1 is new and not added; --add takes what is new in",
    ]
    assert baseline("update", "--add").stdout.splitlines() == [
        "+ articles/weir.txt: possible “The bridge could sink.” (house/chance)",
        f"{NAME}: 3 entries: 0 dropped, 1 added",
    ]
    assert len(entries(made)) == 3


def test_update_follows_moves_and_edits(baseline: Run, scan: Run, made: Path, articles: Path) -> None:
    """Entries are as their sentences are now, so that many light edits, one after the other, stay known."""
    (articles / "weir.txt").rename(articles / "flood.txt")
    text = WEIR
    for word, other in (("lower", "upper"), ("flood", "drown"), ("town", "village")):
        text = text.replace(word, other)
        (articles / "flood.txt").write_text(text, "utf-8")
        assert scan("articles", "--baseline", NAME).stdout == ""
        assert "1 moved or edited" in baseline("update").stdout
    assert {one["path"] for one in entries(made)} == {"articles/mill.txt", "articles/flood.txt"}


def test_update_of_some_paths_keeps_the_others(baseline: Run, made: Path, articles: Path) -> None:
    """What was not read is not gone."""
    (articles / "weir.txt").write_text("All is well.\n", "utf-8")
    assert "0 dropped" in baseline("update", "articles/mill.txt").stdout
    assert "1 dropped" in baseline("update", "articles/weir.txt").stdout
    assert len(entries(made)) == 2


def test_update_keeps_what_cannot_be_read(baseline: Run, made: Path, articles: Path) -> None:
    """A file that is damaged today has lost no sentence."""
    (articles / "weir.txt").write_bytes(b"PK\x03\x04 damaged")
    result = baseline("update")
    assert result.exit_code == 3
    assert "0 dropped" in result.stdout
    assert len(entries(made)) == 3


def test_update_that_changes_nothing_leaves_the_file(baseline: Run, made: Path) -> None:
    """Not even its time changes."""
    os.utime(made, (1, 1))
    assert baseline("update").stdout == f"{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert made.stat().st_mtime == 1


def test_update_works_from_anywhere(run: Run, made: Path, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are relative to the baseline's folder, wherever one stands."""
    monkeypatch.chdir(articles)
    before = made.read_bytes()
    rules = ("--no-builtin", "--rules", "../house.fact")
    result = run("baseline", "update", *rules, "--baseline", f"../{NAME}")
    assert (result.stdout, result.stderr) == (f"../{NAME}: 3 entries: 0 dropped, 0 added\n", "")
    assert made.read_bytes() == before
    result = run("scan", "mill.txt", *rules, "--baseline", f"../{NAME}")
    assert (result.stdout, result.stderr) == ("", f"factcheck: ../{NAME}: 2 known, 0 new\n")


@pytest.mark.skipif(sys.platform == "win32", reason="locks of Unix")
def test_two_updates_take_turns(made: Path, folder: Path) -> None:
    """The second waits, says so, and builds on what the first has made."""
    command = [sys.executable, "-m", "factcheck_cli.app", "baseline", "update", *RULES]
    with locked(folder):
        waiting = subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        assert waiting.stderr
        said = waiting.stderr.readline().decode()
        assert said == f"factcheck: {NAME}: another factcheck is at work on it; this one waits\n"
        head, *lines = made.read_bytes().splitlines(keepends=True)
        made.write_bytes(head + b"".join(lines[:2]))
    output, _ = waiting.communicate(timeout=60)
    assert b"2 entries: 0 dropped" in output


# Looking at it -------------------------------------------------------------------------------------------------------


def test_show_counts(baseline: Run, made: Path, articles: Path) -> None:
    """By level, rule and file, and what is stale."""
    (articles / "weir.txt").unlink()
    shown = baseline("show").stdout.splitlines()
    assert shown[0].startswith(f"{NAME}: 3 sentences of 2 files, made by factcheck ")
    assert shown[0].endswith(" of articles")
    assert shown[1:] == [
        "",
        "      2  unverified",
        "      1  possible",
        "",
        "Rules",
        "      2  house/unnamed",
        "      1  house/chance",
        "",
        "Files",
        "      2  articles/mill.txt",
        "      1  articles/weir.txt",
        "",
        "1 entry stale, of files that are gone: articles/weir.txt",
    ]
    record = json.loads(baseline("show", str(made), "--json").stdout)
    assert record["entries"] == 3
    assert record["levels"] == {"unverified": 2, "possible": 1}
    assert record["stale"] == {"articles/weir.txt": 1}


# Where it is, and how much is said of it ------------------------------------------------------------------------------


def nothing_above(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """A folder below, to stand in, of a repository."""
    (folder / ".git").mkdir()
    below = folder / "desk" / "copy"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    return below


def test_it_is_found_from_below(run: Run, made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the repository's folder, as configurations are; which one it is, is said."""
    nothing_above(monkeypatch, folder)
    rules = ("--no-builtin", "--rules", "../../house.fact")
    assert run("baseline", "update", *rules).stdout == f"../../{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert run("baseline", "show").stdout.startswith(f"../../{NAME}: 3 sentences of 2 files")
    assert json.loads(run("baseline", "show", "--json").stdout)["file"] == f"../../{NAME}"
    (folder / "articles" / "weir.txt").write_text("All is well.\n", "utf-8")
    assert "1 dropped" in run("baseline", "update", *rules, "../../articles/weir.txt").stdout
    assert len(entries(made)) == 2


def test_the_nearest_one_is_taken_and_the_configured_one_before(
    run: Run, made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is made below is noted to be found first."""
    below = nothing_above(monkeypatch, folder)
    (below / "quay.txt").write_text("The quay may sink.\n", "utf-8")
    result = run("baseline", "create", "quay.txt")
    said = f"{NAME}: note: in this folder it is found before ../../{NAME}, which is a baseline, too"
    assert result.stderr == f"factcheck: {said}\n"
    assert run("baseline", "show").stdout.startswith(f"{NAME}: 1 sentence of 1 file")
    (folder / "factcheck.toml").write_text(f'baseline = "{NAME}"\n', "utf-8")
    assert run("baseline", "show").stdout.startswith(f"../../{NAME}: 3 sentences of 2 files")
    made.unlink()
    remedy = "`factcheck baseline create PATH` makes it"
    for command in ("show", "update"):
        result = run("baseline", command)
        assert result.stderr == f"factcheck: ../../factcheck.toml:1: there is no baseline ../../{NAME}; {remedy}\n"
        assert result.exit_code == 2


def test_where_there_is_none_it_is_said_how_far_it_was_looked_for(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One outside of the repository is none of its."""
    (folder / "repository").mkdir()
    (folder / NAME).write_text("", "utf-8")
    nothing_above(monkeypatch, folder / "repository")
    said = f"{NAME}: there is no such baseline; `factcheck baseline create PATH` makes one"
    for command in ("show", "update"):
        result = run("baseline", command)
        assert result.stderr == f"factcheck: {said} (looked for up to {folder / 'repository'})\n"
        assert result.exit_code == 2


def test_a_baseline_below_is_of_what_is_above(scan: Run, baseline: Run, made: Path, articles: Path) -> None:
    """Its folder is where its paths start, not what it is about."""
    (articles.parent / "desk").mkdir()
    place = made.rename(articles.parent / "desk" / "known.jsonl")
    baseline("create", "articles", "--force", "-o", "desk/known.jsonl")
    assert {str(one["path"]) for one in entries(place)} == {"../articles/mill.txt", "../articles/weir.txt"}
    (articles / "weir.txt").write_text("All is well.\n", "utf-8")
    result = scan(".", "--baseline", "desk/known.jsonl", "--ignore", "house/named")
    assert "other rules" in result.stderr
    assert "stale" not in result.stderr
    assert "desk/known.jsonl: note: 1 entry stale" in scan("articles", "--baseline", "desk/known.jsonl").stderr
    assert "1 dropped" in baseline("update", "--baseline", "desk/known.jsonl").stdout


def test_quiet_prints_nothing_but_errors(baseline: Run, made: Path, articles: Path) -> None:
    """No line for what has come and gone, and no count; the status tells, and what cannot be read."""
    (articles / "weir.txt").write_text("The bridge could sink.\n", "utf-8")
    result = baseline("update", "-q")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 0)
    assert len(entries(made)) == 2
    result = baseline("create", "articles", "--force", "-q")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 0)
    (articles / "weir.txt").write_bytes(b"PK\x03\x04 damaged")
    result = baseline("update", "-q")
    assert (result.stdout, result.exit_code) == ("", 3)
    assert "articles/weir.txt" in result.stderr


# What is no longer scanned --------------------------------------------------------------------------------------------

DROPPED = "- articles/weir.txt: unverified “Experts say it could flood the mill and the lower town.” (house/unnamed)"


LEAVING = {
    "articles/.gitignore": "weir.txt\n",
    ".factcheckignore": "weir.txt\n",
    "factcheck.toml": 'exclude = ["articles/weir.txt"]\n',
}


@pytest.mark.parametrize("name", LEAVING)
def test_what_is_left_out_is_dropped_by_a_whole_update(
    scan: Run, baseline: Run, made: Path, articles: Path, name: str
) -> None:
    """A file that is there, and that no scan reads, has entries that nobody can report; it is said what they are of."""
    (articles.parent / ".git").mkdir()
    (articles / "quay.txt").write_text("The quay closed.\n", "utf-8")
    (articles.parent / name).write_text(LEAVING[name], "utf-8")
    assert f"{NAME}: note: 1 entry stale" in scan("articles", "--baseline", NAME).stderr
    result = baseline("update", "articles/mill.txt", "articles/quay.txt")
    assert result.stdout == f"{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert baseline("update").stdout.splitlines() == [
        DROPPED,
        f"{NAME}: 2 entries: 1 dropped, 0 added",
        "1 dropped of 1 file no longer scanned: articles/weir.txt",
    ]
    assert len(entries(made)) == 2
    assert "stale" not in scan("articles", "--baseline", NAME).stderr


def test_an_update_of_a_part_keeps_what_is_left_out_and_says_so(baseline: Run, articles: Path) -> None:
    """It may be read with other paths; an update of all paths by their names is a whole one."""
    (articles.parent / "article.txt").write_text("The ferry may sink.\n", "utf-8")
    baseline("create", "articles", "article.txt")
    (articles / ".factcheckignore").write_text("weir.txt\n", "utf-8")
    assert baseline("update", "articles").stdout.splitlines() == [
        f"{NAME}: 4 entries: 0 dropped, 0 added",
        "1 entry kept of 1 file no longer scanned: articles/weir.txt; an update without PATH drops what is",
    ]
    assert baseline("update", "article.txt", ".").stdout.splitlines()[-1].startswith("1 dropped of 1 file")


def test_what_is_of_no_path_any_more_is_dropped(baseline: Run, made: Path, articles: Path) -> None:
    """Whoever takes a path out of the first line does not want it looked into."""
    (articles.parent / "other").mkdir()
    (articles / "weir.txt").rename(articles.parent / "other" / "weir.txt")
    baseline("update", "other", "--add")
    assert "0 dropped" in baseline("update").stdout
    made.write_text(made.read_text("utf-8").replace('["articles","other"]', '["articles"]'), "utf-8")
    assert baseline("update").stdout.splitlines()[-1] == "1 dropped of 1 file no longer scanned: other/weir.txt"


def test_what_may_not_be_looked_into_is_not_gone(
    baseline: Run, made: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that cannot be listed today keeps its entries, and is told."""
    (articles / "old").mkdir()
    (articles / "weir.txt").rename(articles / "old" / "weir.txt")
    baseline("update")
    lstat, scandir = os.lstat, os.scandir

    def closed(call: Callable[..., object]) -> Callable[..., object]:
        def asked(path: "str | os.PathLike[str]" = ".", **more: object) -> object:
            if "old" in Path(path).parts:
                raise PermissionError(13, "Permission denied", str(path))
            return call(path, **more)

        return asked

    monkeypatch.setattr(os, "lstat", closed(lstat))
    monkeypatch.setattr(os, "scandir", closed(scandir))
    result = baseline("update")
    assert result.exit_code == 3
    assert "factcheck: articles/old/: this may not be read; check its permissions\n" in result.stderr
    assert result.stdout == f"{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert len(entries(made)) == 3


# A configuration that cannot be used ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("at-mots = 3\n", "factcheck: articles/factcheck.toml:1: "),
        ('select = ["hegde"]\n', "`hegde`"),
    ],
    ids=["key", "rules"],
)
def test_a_broken_configuration_is_wrong_usage(
    baseline: Run, made: Path, articles: Path, content: str, said: str
) -> None:
    """Status 2, not that of what cannot be read, which is the higher of both; what is known there stays."""
    (articles / "factcheck.toml").write_text(content, "utf-8")
    before = made.read_bytes()
    paths = ("article.txt", "articles")
    result = baseline("create", *paths, "-o", "other.jsonl")
    assert said in result.stderr
    assert result.exit_code == 2
    assert {str(one["path"]) for one in entries(articles.parent / "other.jsonl")} == {"article.txt"}
    result = baseline("update", *paths)
    assert said in result.stderr
    assert result.exit_code == 2
    assert made.read_bytes() == before
    assert baseline("create", *paths, "nowhere.txt", "-o", "third.jsonl").exit_code == 3
    assert baseline("update", *paths, "nowhere.txt").exit_code == 3
    assert baseline("create", "articles", "-o", "none.jsonl").exit_code == 2
    result = baseline("create", "nowhere.txt", "articles", "-o", "none.jsonl")
    assert result.stderr.endswith("factcheck: nothing could be scanned; no none.jsonl is made\n")
    assert result.exit_code == 3
    assert not (articles.parent / "none.jsonl").exists()


# What a scan tells of it ----------------------------------------------------------------------------------------------


def test_a_scan_of_a_part_calls_nothing_stale(scan: Run, made: Path, articles: Path) -> None:
    """An update may find it in another file, so only a scan of all that it was made of can tell."""
    text = MILL.strip().rpartition("\n\n")[2]
    (articles / "mill.txt").write_text(MILL.replace(text, "").rstrip() + "\n", "utf-8")
    (articles / "quay.txt").write_text(f"{text}\n", "utf-8")
    assert "stale" not in scan("articles/mill.txt", "--baseline", NAME).stderr
    assert "stale" not in scan("articles", "--baseline", NAME).stderr
    (articles / "quay.txt").unlink()
    assert "stale" not in scan("articles/mill.txt", "--baseline", NAME).stderr
    for paths in (("articles",), (".",), (str(articles), "article.txt")):
        assert "note: 1 entry stale" in scan(*paths, "--baseline", NAME).stderr
    assert made.is_file()


def test_what_is_counted_new_is_what_is_printed(scan: Run, made: Path, articles: Path) -> None:
    """Up to the level of the scan, which is told where it is another one than that of the baseline."""
    with (articles / "weir.txt").open("a", encoding="utf-8") as file:
        file.write("\nOfficials say the bridge is safe. The bridge may sink. It is high.\n")
    for at_most, number, said in (
        ((), 2, "3 known, 2 new\n"),
        (("--at-most", "probable"), 2, "3 known, 2 new\n"),
        (("--at-most", "unverified"), 1, "3 known, 1 new at or below unverified\n"),
        (("--at-most", "asserted"), 6, "3 known, 6 new at or below asserted\n"),
    ):
        result = scan("articles", "--baseline", made.name, *at_most)
        assert len(new(result)) == number
        assert result.stderr.endswith(f"{NAME}: {said}")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_is_new_is_counted_by_the_limit_of_each_file(run: Run, made: Path, articles: Path, jobs: str) -> None:
    """Where a configuration says that some files are read more strictly; a gate is counted beside it."""
    lines = ['builtin = false\nrules = ["house.fact"]\nat-most = "unverified"\nfail-at = "unverified"\n']
    lines.append('[[overrides]]\npaths = ["articles/weir.txt"]\nat-most = "possible"\n')
    (articles.parent / "factcheck.toml").write_text("\n".join(lines), "utf-8")
    for name in ("mill.txt", "weir.txt"):
        with (articles / name).open("a", encoding="utf-8") as file:
            file.write("\nOfficials say the bridge is safe. The bridge may sink.\n")
    result = run("scan", "articles", "--baseline", made.name, "--jobs", jobs)
    assert len(new(result)) == 3
    assert f"factcheck: {NAME}: 3 known, 3 new\n" in result.stderr
    assert "2 of 10 sentences are at or below unverified" in result.stderr
    (articles.parent / "factcheck.toml").write_text("\n".join(lines).replace('fail-at = "unverified"\n', ""), "utf-8")
    result = run("scan", "articles", "--baseline", made.name, "--jobs", jobs)
    assert (result.stderr, result.exit_code) == (f"factcheck: {NAME}: 3 known, 3 new\n", 0)


def test_a_level_of_the_configuration_that_it_does_not_hold_is_noted(run: Run, made: Path, articles: Path) -> None:
    """By the line that asks for it, of whichever file."""
    place = articles.parent / "factcheck.toml"
    remedy = "`factcheck baseline create PATH --at-most {0} --force` takes them in"
    note = f"{NAME}: note: it holds sentences up to probable, so all between that and {{0}} are new"
    base = 'builtin = false\nrules = ["house.fact"]\nfail-at = "possible"\n\n'
    base += '[[overrides]]\npaths = ["articles/weir.txt"]\n'
    place.write_text(f'{base}fail-at = "attributed"\n', "utf-8")
    scanned = ("scan", "articles", "--baseline", made.name)
    said = f"{note}, by factcheck.toml:7; {remedy}".format("attributed")
    assert f"factcheck: {said}\n" in run(*scanned).stderr
    place.write_text(f'{base}at-most = "asserted"\n', "utf-8")
    said = f"{note}, by factcheck.toml:7; {remedy}".format("asserted")
    assert f"factcheck: {said}\n" in run(*scanned).stderr
    assert note.format("asserted") not in run(*scanned[:1], "articles/mill.txt", *scanned[2:]).stderr
    said = f"{note}; {remedy}".format("established")
    assert f"factcheck: {said}\n" in run(*scanned, "--fail-at", "established").stderr
    place.write_text(base.partition("\n\n")[0], "utf-8")
    assert "note: it holds" not in run(*scanned).stderr


# What git and editors make of it --------------------------------------------------------------------------------------


def test_line_ends_of_windows_stay(baseline: Run, scan: Run, made: Path, articles: Path) -> None:
    """Of the baseline and of articles: a checkout changes them, and nothing is new or rewritten for that."""
    for path in (made, *articles.iterdir()):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    os.utime(made, (1, 1))
    assert scan("articles", "--baseline", NAME).stdout == ""
    assert baseline("update").stdout == f"{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert made.stat().st_mtime == 1
    (articles / "weir.txt").unlink()
    baseline("update")
    data = made.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 3


def test_a_merge_keeps_the_paths_and_rules_of_both(scan: Run, baseline: Run, articles: Path) -> None:
    """Two people have added files; whoever keeps the lines of both sides has all of them."""
    folder = articles.parent
    (folder / "wire").mkdir()
    (folder / "wire" / "a.txt").write_text("The ferry may sink.\n", "utf-8")
    baseline("create", "articles")
    baseline("create", "wire", "--no-text", "--at-most", "attributed", "-o", "wire.jsonl")
    ours, theirs = ((folder / name).read_text("utf-8") for name in (NAME, "wire.jsonl"))
    (folder / NAME).write_text(ours + theirs, "utf-8")
    assert scan("articles", "wire/a.txt", "--baseline", NAME).stderr == f"factcheck: {NAME}: 4 known, 0 new\n"
    result = baseline("update")
    assert result.stdout == f"{NAME}: 4 entries: 0 dropped, 0 added\n"
    head, *lines = map(json.loads, (folder / NAME).read_text("utf-8").splitlines())
    assert (head["paths"], head["at_most"], head["text"]) == (["articles", "wire"], "attributed", False)
    assert len(lines) == 4
    assert all("text" not in one for one in lines)


def test_an_article_in_the_middle_of_a_merge_keeps_what_is_known_of_it(
    baseline: Run, made: Path, articles: Path
) -> None:
    """Its sentences are those of neither side yet; others are brought up to date."""
    (articles / "quay.txt").write_text("The tide was out.\n", "utf-8")
    first, second = WEIR.strip().split(". ")
    merge = f"{first}.\n\n<<<<<<< HEAD\n{second}\n=======\nThe weir may burst.\n>>>>>>> ruth\n"
    (articles / "weir.txt").write_text(merge, "utf-8")
    (articles / "mill.txt").write_text(MILL.partition("\n\n")[0] + "\n", "utf-8")
    for more in ((), ("--add",)):
        result = baseline("update", *more)
        said = "a merge has left its marks here, so what is known of it is kept; mend it, and update again"
        assert result.stderr == f"factcheck: articles/weir.txt: {said}\n"
        assert result.exit_code == 3
        assert "weir" not in result.stdout
        assert len(entries(made)) == 2
    (articles / "weir.txt").write_text(WEIR, "utf-8")
    assert baseline("update").stdout == f"{NAME}: 2 entries: 0 dropped, 0 added\n"


def test_marks_that_were_always_there_harm_nothing(baseline: Run, folder: Path) -> None:
    """An article about merges, of which nothing has changed, is as any other."""
    (folder / "git.txt").write_text("Git may write this:\n\n<<<<<<< HEAD\n\n>>>>>>> main\n", "utf-8")
    baseline("create", "git.txt", "article.txt")
    (folder / "article.txt").write_text("The ferry may sink.\n", "utf-8")
    assert baseline("update").exit_code == 0


def test_a_baseline_that_has_moved_is_brought_up_to_date_by_the_paths(
    baseline: Run, scan: Run, made: Path, articles: Path
) -> None:
    """Its paths are relative to its folder, so none is there; naming them mends that."""
    (articles.parent / "desk").mkdir()
    made.rename(articles.parent / "desk" / NAME)
    place = ("--baseline", f"desk/{NAME}")
    assert scan("articles", *place).stdout == ""
    assert scan("articles/mill.txt", *place).stderr == f"factcheck: desk/{NAME}: 2 known, 0 new\n"
    result = baseline("update", *place)
    said = "none of the paths that it was made of is there, from its folder (articles); name others"
    assert result.stderr == f"factcheck: desk/{NAME}: {said}\n"
    assert result.exit_code == 2
    assert baseline("update", "articles", *place).stdout == (
        f"desk/{NAME}: 3 entries: 0 dropped, 0 added, 3 moved or edited\n"
    )
    assert baseline("update", *place).stdout == f"desk/{NAME}: 3 entries: 0 dropped, 0 added\n"


def test_show_names_the_first_files_that_are_gone(run: Run, baseline: Run, folder: Path) -> None:
    """And counts the others."""
    (folder / "many").mkdir()
    for number in range(5):
        (folder / "many" / f"{number}.txt").write_text("The ferry may sink.\n", "utf-8")
    baseline("create", "many")
    for path in (folder / "many").iterdir():
        path.unlink()
    said = "5 entries stale, of files that are gone: many/0.txt, many/1.txt, many/2.txt and 2 more\n"
    assert run("baseline", "show").stdout.endswith(said)


def test_the_first_line_of_the_other_side_may_be_damaged(baseline: Run, made: Path) -> None:
    """Its line is named."""
    made.write_text(made.read_text("utf-8") + '{"factcheck":"baseline","format":1}\n', "utf-8")
    result = baseline("update")
    assert result.stderr.startswith(f"factcheck: {NAME}:5: the first line of this baseline is damaged; bring it back")
    assert result.exit_code == 2
