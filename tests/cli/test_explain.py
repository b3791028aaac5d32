"""`factcheck explain`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck.catalogue import CATALOGUE

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

AMEND = """\
amend house/unnamed
    weight 0.8
    except say no
    "Who?"

amend list house.nobody + insiders

disable house/chance
"""


def explained(run: Run, *arguments: str) -> Result:
    """What is said with the house rules alone."""
    return run("explain", "--no-builtin", "--rules", "house.fact", *arguments)


def test_card_of_a_rule(run: Run, golden: Golden) -> None:
    """A rule is shown with its fields, its patterns and their lines, its lists and its examples."""
    result = explained(run, "house/unnamed")
    assert result.exit_code == 0
    golden("cli/explain.txt", result.stdout)


def test_card_tells_amendments(run: Run, folder: Path, golden: Golden) -> None:
    """A rule is shown as it is after amendments, with the files that changed it or a list it uses."""
    (folder / "mine.fact").write_text(AMEND, "utf-8")
    unnamed, chance = (explained(run, name, "--rules", "mine.fact").stdout for name in ("unnamed", "chance"))
    golden("cli/explain-amended.txt", unnamed)
    assert chance.startswith("house/chance: possible, weight 0.8 (switched off)\n")
    assert "switched off in mine.fact:8\n" in chance


def test_name_alone_is_enough_when_only_one_pack_has_it(run: Run, folder: Path) -> None:
    """A bare name stands for its rule; one that several packs have is refused with all of them."""
    assert explained(run, "named").stdout == explained(run, "house/named").stdout
    other = (folder / "house.fact").read_text("utf-8").replace("pack house", "pack other")
    (folder / "other.fact").write_text(other, "utf-8")
    result = explained(run, "named", "--rules", "other.fact")
    assert result.stderr == "factcheck: several rules are called `named`: house/named, other/named\n"
    assert result.exit_code == 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("house/namd", "there is no rule `house/namd`: did you mean `house/named`?"),
        (
            "house",
            "there is no rule `house`, but a pack; name one of its rules: house/unnamed, house/chance, house/named",
        ),
        ("fc22", "there is no diagnostic FC22: did you mean FC022?"),
        ("FC70000000", "there is no diagnostic FC70000000: codes are written like FC001"),
        ("FC999", "there is no diagnostic FC999: did you mean FC109?"),
    ],
)
def test_unknown_names_get_a_hint(run: Run, name: str, said: str) -> None:
    """What does not exist is answered by what is meant, with status 2."""
    result = explained(run, name)
    assert result.stderr.startswith(f"factcheck: {said}")
    assert (result.stdout, result.exit_code) == ("", 2)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_code_is_explained(run: Run, code: str) -> None:
    """Each code of the catalogue has its title and meaning, however it is typed."""
    result = run("explain", code.lower())
    assert result.stdout == f"{code}: {CATALOGUE[code].title}\n\n{CATALOGUE[code].meaning}\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [("pack bad\n\nrle x : note\n", "FC011"), ('pack bad\n\nrule x : note\n    "M."\n    match {gone}\n', "FC021")],
)
def test_wrong_rule_files_are_told(run: Run, folder: Path, text: str, code: str) -> None:
    """A rule file that cannot be loaded is shown with its problems, as by every other command."""
    (folder / "bad.fact").write_text(text, "utf-8")
    result = explained(run, "named", "--rules", "bad.fact")
    assert f"error[{code}]" in result.stderr
    assert result.exit_code == 2


def test_built_in_rules_are_known(run: Run) -> None:
    """Every built-in rule has a card."""
    assert run("explain", "hedge/could").stdout.startswith("hedge/could: possible, weight ")


def test_sentences_of_a_line(run: Run, golden: Golden) -> None:
    """An article's line is explained: cues in place, what counted, who vouches, what would change the level."""
    result = explained(run, "article.txt:1")
    assert result.exit_code == 0
    golden("cli/explain-line.txt", result.stdout)
    assert explained(run, "article.txt").stdout.startswith(result.stdout)
    assert "“We moved the boats,”" in explained(run, "article.txt:3-4").stdout


def test_sentences_in_colour(run: Run) -> None:
    """Cues are underlined and levels painted as on pages, and no carets are needed."""
    result = explained(run, "article.txt:1", "--color", "always")
    assert "    \x1b[4;31mOfficials say\x1b[0m it \x1b[4mcould\x1b[0m sink" in result.stdout
    assert "  \x1b[31munverified\x1b[0m   “Officials say” house/unnamed" in result.stdout
    assert "^" not in result.stdout


def test_sentences_as_json(run: Run) -> None:
    """Each explained sentence is a JSON line with the keys of a scan and those that explain it."""
    rows = [json.loads(line) for line in explained(run, "article.txt:4", "--json").stdout.splitlines()]
    assert [row["source"]["text"] for row in rows] == ["Ada Moss", "Ada Moss"]
    assert {"level", "base", "quoted", "silenced", "without", "line", "source_line"} <= rows[0].keys()


@pytest.mark.parametrize(
    ("what", "said", "status"),
    [
        ("article.txt:40", "article.txt: there is no sentence on line 40: the file has 4 lines", 2),
        ("article.txt:3", "article.txt: there is no sentence on line 3, which is empty; name line 2 or 4", 2),
        ("article.txt:3-3", "article.txt: there is no sentence on line 3, which is empty; name line 2 or 4", 2),
        ("article.txt:8-9", "article.txt: there is no sentence on these lines: the file has 4 lines", 2),
        ("artikle.txt:1", "artikle.txt: there is no such file or folder; check the path", 3),
        ("artikle.txt", "artikle.txt: there is no such file or folder; check the path", 3),
        ("article.txt:3-1", "article.txt:3-1: this range ends before it begins; write article.txt:1-3", 2),
        ("article.txt:0", "article.txt:0: lines are counted from 1; write article.txt:1", 2),
        (
            "article.txt:x",
            "article.txt:x: `x` is no number of a line; write article.txt:12, or article.txt:3-7 for several",
            2,
        ),
        (".:1", ".: this is a folder; name one of its files", 2),
        ("rows.jsonl", "rows.jsonl: each row of it is a document; name one, as in rows.jsonl:1", 2),
        ("rows.jsonl:7", "rows.jsonl: there is no sentence in row 7: the file has 2 rows", 2),
    ],
)
def test_line_that_is_not_there(run: Run, folder: Path, what: str, said: str, status: int) -> None:
    """A file or line that does not exist is named, and a place that is none."""
    (folder / "rows.jsonl").write_text('{"text": "It may rain."}\n{"text": "It rained."}\n', "utf-8")
    result = explained(run, what)
    assert (result.stderr, result.exit_code) == (f"factcheck: {said}\n", status)


def test_a_row_is_a_document(run: Run, folder: Path) -> None:
    """Of rows the number is that of the row, and all its sentences are told."""
    (folder / "rows.jsonl").write_text('{"body": "x"}\n{"body": "It may rain. It rained.", "id": "wet"}\n', "utf-8")
    result = explained(run, "rows.jsonl:2", "--text-field", "body")
    assert result.exit_code == 0
    told = [line for line in result.stdout.splitlines() if line.startswith("rows")]
    assert [line.partition(",")[0] for line in told] == ["rows.jsonl: wet:1: possible", "rows.jsonl: wet:1: asserted"]
