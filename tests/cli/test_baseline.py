"""A baseline: made, looked at, and a scan that reports only what is not in it."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from baselines import MILL, NAME, WEIR, entries, new
from factcheck import Scanner
from factcheck_cli.work.nurse import DeadWorkerError

Run = Callable[..., Result]
RULES = ("--no-builtin", "--rules", "house.fact")


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
    (note,) = [line for line in result.stderr.splitlines() if "note" in line]
    assert note.startswith(f"factcheck: {NAME}: note: it was made with other rules, by factcheck ")
    said = "what the rules of this scan find and those did not is new here"
    assert note.endswith(f": {said}; look at it, then `factcheck baseline update --add` takes it in")
    assert run("scan", "articles", "--rules", "house.fact", "--baseline", made.name, "--quiet").stderr == ""


def test_what_is_said_of_rules_makes_no_others(run: Run, folder: Path, articles: Path) -> None:
    """A remark, a blank, another message or example leaves a baseline as it is; what finds something else does not."""
    rules = folder / "house.fact"
    written = rules.read_text("utf-8")
    options = ("--rules", rules.name)
    run("baseline", "create", articles.name, *options)

    def is_noted(text: str) -> bool:
        rules.write_text(text, "utf-8")
        return "other rules" in run("scan", articles.name, *options, "--baseline", NAME).stderr

    message = next(line for line in written.splitlines() if line.strip().startswith('"'))
    said = written.replace(message, '    "Said in other words."').replace("\n\nrule", "\n\n# A remark.\n\n\nrule", 1)
    assert said != written
    assert [is_noted(written), is_noted(said), is_noted(f"{written}\n# The end.\n")] == [False, False, False]
    assert is_noted(f'{written}\nrule quay : note\n    "A quay."\n    match   quay\n    flag    "A quay."\n')
    assert is_noted(written.replace("match   ", "match   nobody | ", 1))


def test_hash_of_an_older_baseline(run: Run, made: Path) -> None:
    """It was made of the texts of the rule files, and tells the same rules still."""
    texts = [*(source.text for source in Scanner("house.fact", builtin=False).sources), "-"]
    older = hashlib.sha256("".join(f"{text}\0" for text in texts).encode()).hexdigest()[:16]
    made.write_text(re.sub(r'"rules":"\w+"', f'"rules":"{older}"', made.read_text("utf-8"), count=1), "utf-8")
    assert "other rules" not in run("scan", "articles", *RULES, "--baseline", NAME).stderr
    made.write_text(made.read_text("utf-8").replace(older, older[::-1]), "utf-8")
    assert "other rules" in run("scan", "articles", *RULES, "--baseline", NAME).stderr


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
    monkeypatch.setattr("factcheck_cli.work.pool.shared", _dead)
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
    assert f"{NAME}: note: 1 entry stale: `factcheck baseline update` drops it" in result.stderr


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
            '{HEAD}\n{"path":"a\\u0000b","words":"3mc3","level":"possible","rules":[]}\n',
            f"{NAME}:2: this is no entry of a baseline; remove the line",
        ),
        (
            '{"factcheck":"baseline","format":1,"rules":"x","at_most":"probable","paths":["\\u0000"],"version":"1"}\n',
            f"{NAME}:1: the first line of this baseline is damaged; bring it back",
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
    ids=[
        "missing",
        "empty",
        "foreign",
        "no JSON",
        "no entry",
        "no object",
        "merge",
        "no path",
        "no path in head",
        "later",
        "head",
    ],
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


@pytest.mark.parametrize("path", ["x" * 5_000, "../articles", "/", "", ".", "a\nb", "C:\\x"])
def test_odd_paths_are_of_files_that_are_not_there(scan: Run, baseline: Run, made: Path, path: str) -> None:
    """Nobody has made these entries, and no program ends for them."""
    head, *lines = made.read_text("utf-8").splitlines()
    odd = [json.dumps({**json.loads(line), "path": path, "words": "3mc3"}) for line in lines]
    made.write_text("\n".join([head, *lines, *odd]) + "\n", "utf-8")
    assert f"{NAME}: 3 known, 0 new" in scan("articles", "--baseline", NAME).stderr
    assert "6 sentences of 3 files" in baseline("show").stdout
    assert f"{NAME}: 3 entries: 3 dropped" in baseline("update").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Unix")
def test_no_scan_waits_for_a_pipe_that_was_read_once(made: Path, articles: Path) -> None:
    """Sentences may have come from another file, and nobody writes to this."""
    os.mkfifo(articles.parent / "pipe")
    made.write_text(made.read_text("utf-8").replace("articles/weir.txt", "pipe"), "utf-8")
    command = [sys.executable, "-m", "factcheck_cli.app", "scan", "articles", "--baseline", NAME, *RULES]
    done = subprocess.run(command, capture_output=True, timeout=60, text=True, check=True)
    assert done.stderr.endswith(f"factcheck: {NAME}: 2 known, 1 new\n")


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_names_that_are_no_text_harm_nothing(scan: Run, baseline: Run, articles: Path) -> None:
    """Of their bytes the file has what can be shown."""
    name = os.fsdecode(b"m\xfchle")
    articles.rename(articles.parent / name)
    assert "3 sentences of 2 files" in baseline("create", name).stdout
    assert scan(name, "--baseline", NAME).stderr == f"factcheck: {NAME}: 3 known, 0 new\n"
    assert baseline("show").stdout.endswith("1  m\ufffdhle/weir.txt\n")  # none is stale
    assert baseline("update", name).stdout == f"{NAME}: 3 entries: 0 dropped, 0 added\n"
    result = baseline("update")
    assert "m\ufffdhle: there is no such file or folder" in result.stderr
    assert (result.stdout, result.exit_code) == (f"{NAME}: 3 entries: 0 dropped, 0 added\n", 3)


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


def test_show_commands_no_terminal(baseline: Run, made: Path) -> None:
    """Whatever has been written into the first line."""
    made.write_text(made.read_text("utf-8").replace('["articles"]', '["\\u001b[2J"]'), "utf-8")
    assert baseline("show").stdout.splitlines()[0].endswith(" of ␛[2J")
