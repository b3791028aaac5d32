"""`factcheck rules why`, which is `factcheck explain`: with --rule one rule is followed on a line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

TEXT = """\
Officials say the wharf (it may be old) could sink on May Day.
Ada Moss, the harbour's pilot, knows the wall. May day it is, they may say.
It may rain on Monday, or the State could act. “It may,” said Ada Moss.
"""
MORE = """\
pack more

rule could-sink : possible
    "It may go under."
    match   could sink | it could {{house.nobody}} sink
    match   source:(<name>) could [not] sink
    flag    "It could sink."
    pass    "It sank."

amend house/chance
    match   state ...3 act
    when    outside quote
"""


@pytest.fixture(autouse=True)
def text(folder: Path) -> Path:
    """A folder with a text to follow rules on, and a rule file that amends the house style."""
    (folder / "wharf.txt").write_text(TEXT, "utf-8")
    (folder / "more.fact").write_text(MORE.format(), "utf-8")
    return folder


@pytest.fixture
def why(run: Run) -> Run:
    """Return `why(*arguments)`: what `factcheck rules why` says with the house rules and those that amend them."""

    def invoke(*arguments: str) -> Result:
        return run("rules", "why", "--no-builtin", "--rules", "house.fact", "--rules", "more.fact", *arguments)

    return invoke


@pytest.mark.parametrize("line", [1, 2, 3])
def test_pages(why: Run, golden: Golden, line: int) -> None:
    """Words, patterns, hits, what takes them away, where they stand, and the level with the rule and without."""
    found = [why(f"wharf.txt:{line}", "--rule", rule) for rule in ("house/chance", "house/named", "could-sink")]
    assert [(result.stderr, result.exit_code) for result in found] == [("", 0)] * 3
    golden(f"cli/why-{line}.txt", "\n".join(result.stdout for result in found))


def test_both_names_say_the_same(why: Run, run: Run) -> None:
    """With --rule and without it, of a line and of a rule, as page and as JSON."""
    for arguments in (["wharf.txt:1", "--rule", "chance"], ["wharf.txt:1"], ["house/chance"], ["wharf.txt", "--json"]):
        plain = run("explain", "--no-builtin", "--rules", "house.fact", "--rules", "more.fact", *arguments)
        assert why(*arguments).stdout == plain.stdout
        assert plain.stdout


def test_json(why: Run) -> None:
    """A JSON line for each sentence: that of a scan, and what the rule does."""
    rows = [json.loads(line) for line in why("wharf.txt:3", "--rule", "chance", "--json").stdout.splitlines()]
    assert [row["text"] for row in rows] == [
        "It may rain on Monday, or the State could act.",
        "“It may,” said Ada Moss.",
    ]
    assert {"level", "findings", "words", "runs", "patterns", "hits", "without_rule"} <= rows[0].keys()
    assert [hit["silenced"] and hit["silenced"]["silencer"] for row in rows for hit in row["hits"]] == [
        None,
        None,
        "when",
    ]
    assert rows[1]["hits"][0]["silenced"]["by"]["line"] == "more.fact:12"


def test_colours(why: Run) -> None:
    """Hits are underlined, and no carets are needed."""
    page = why("wharf.txt:3", "--rule", "chance", "--color", "always").stdout
    assert "It \x1b[4mmay\x1b[0m rain" in page
    assert "\x1b[1mhouse/chance\x1b[0m: possible, weight 0.8" in page
    assert "^" not in page


def test_rows(why: Run, folder: Path) -> None:
    """In a file of rows a row is a document."""
    (folder / "rows.jsonl").write_text('{"text": "It rained."}\n{"text": "It may rain.", "id": "b"}\n', "utf-8")
    assert why("rows.jsonl:2", "--rule", "chance").stdout.startswith("rows.jsonl: b:1: possible")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["wharf.txt:1", "--rule", "house/chanse"], "there is no rule `house/chanse`: did you mean `house/chance`?"),
        (
            ["wharf.txt:1", "--rule", "more"],
            "there is no rule `more`, but a pack; name one of its rules: more/could-sink",
        ),
        (
            ["house/chance", "--rule", "chance"],
            "--rule follows a rule on a line of an article: factcheck explain article.txt:12 --rule chance",
        ),
        (
            ["wharf.txt:1", "--rule", "house.fact"],
            "--rule follows a rule, such as pack/rule; a rule file is loaded with --rules house.fact",
        ),
        (["wharf.txt:9", "--rule", "chance"], "wharf.txt: there is no sentence on line 9: the file has 3 lines"),
    ],
)
def test_wrong_usage(why: Run, arguments: list[str], said: str) -> None:
    """What is wrong, and what to do; status 2."""
    result = why(*arguments)
    assert (result.stdout, result.stderr, result.exit_code) == ("", f"factcheck: {said}\n", 2)


@pytest.mark.parametrize("what", ["house/chance", "house"])
def test_rule_that_is_switched_off(why: Run, folder: Path, what: str) -> None:
    """It cannot be followed, for it does nothing; the line that switches it off is named."""
    (folder / "off.fact").write_text(f"# not here\ndisable {what}\n", "utf-8")
    result = why("wharf.txt:1", "--rule", "chance", "--rules", "off.fact")
    said = "rule `house/chance` is switched off in off.fact:2, and finds nothing"
    assert (result.stderr, result.exit_code) == (f"factcheck: {said}\n", 2)


def test_text_that_cannot_be_read(why: Run) -> None:
    """It is named; status 3."""
    result = why("gone.txt:1", "--rule", "chance")
    assert result.stderr == "factcheck: gone.txt: there is no such file or folder; check the path\n"
    assert result.exit_code == 3
