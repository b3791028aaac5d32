"""`factcheck rules diff`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck.render import width

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

OLD = """\
pack desk

list nobody = officials | experts

rule unnamed : unverified
    "Nobody who can be named stands behind this."
    match   source.anonymous:({nobody}) say~
    weight  0.9
    flag    "Officials say the quay is safe."
    pass    "The officials left by boat."

rule chance : possible
    "Only a possibility."
    match   could | may
    flag    "The quay could sink."
    pass    "The quay sank."

rule told : attributed
    "The claim rests on this source."
    match   source:(<name>) say~
    except  say~ nothing
    flag    "Ada Moss said it sank."
    pass    "It sank."

rule old : note
    "An old word."
    match   wharf
    flag    "The wharf sank."
    pass    "The quay sank."
"""
NEW = (
    OLD.replace("could | may\n", "could | may\n    except  may day\n    weight  0.7\n")
    .replace("    except  say~ nothing\n", "")
    .partition("rule old")[0]
    + """\
rule fresh : note
    "A new word."
    match   quay
    flag    "The quay sank."
    pass    "The wharf sank."
"""
)
TEXT = """\
Officials say the quay could sink. Ada Moss said nothing.
Zebras may come. May day it is on the wharf.

The wall is old. The mayor spoke.
"""


@pytest.fixture(autouse=True)
def versions(folder: Path) -> Path:
    """A folder with two versions of a pack, a text, and a file that switches something off."""
    for name, text in (("old.fact", OLD), ("new.fact", NEW), ("text.txt", TEXT)):
        (folder / name).write_text(text, "utf-8")
    (folder / "off.fact").write_text(f"{OLD}\ndisable desk/chance\n", "utf-8")
    return folder


@pytest.fixture
def diff(run: Run) -> Run:
    """Return `diff(old, new, *arguments)`: what `factcheck rules diff` says without the built-in packs."""

    def invoke(*arguments: str, text: bytes | str | None = None) -> Result:
        return run("rules", "diff", *arguments, "--no-builtin", text=text)

    return invoke


def test_page(diff: Run, golden: Golden) -> None:
    """How many change, a matrix of levels, a table of rules, and the changes with what brought them about."""
    there, back = diff("old.fact", "new.fact", "--on", "text.txt"), diff("new.fact", "old.fact", "--on", "text.txt")
    assert [(result.stderr, result.exit_code) for result in (there, back)] == [("", 0)] * 2
    golden("cli/diff.txt", there.stdout)
    golden("cli/diff-back.txt", back.stdout)


def test_rule_that_is_switched_off(diff: Run) -> None:
    """The line that does it is named, on whichever side it is."""
    page = diff("old.fact", "off.fact", "--on", "text.txt").stdout
    assert "no more: “may” desk/chance, weight 0.8; its rule is switched off in\n    off.fact:31\n" in page
    back = diff("off.fact", "old.fact", "--on", "text.txt").stdout
    assert "new: “could” desk/chance, weight 0.8; its rule was switched off in\n    off.fact:31\n" in back


def test_nothing_changes(diff: Run) -> None:
    """Which is said, and is no failure."""
    result = diff("old.fact", "old.fact", "--on", "text.txt", "--check")
    assert result.stdout == "From old.fact to old.fact (1 document)\nNothing changes in 6 sentences.\n"
    assert (result.stderr, result.exit_code) == ("", 0)


def test_check(diff: Run) -> None:
    """With --check a change is a failure; the page is the same."""
    plain, checked = (diff("old.fact", "new.fact", "--on", "text.txt", *more) for more in ((), ("--check",)))
    assert (checked.stdout, checked.stderr, checked.exit_code) == (plain.stdout, "", 1)


def test_most(diff: Run) -> None:
    """Not more changes than wanted are shown, those that matter most first."""
    page = diff("old.fact", "new.fact", "--on", "text.txt", "--most", "1").stdout
    assert "Changes (1 of 4; --most shows more)\n\n  text.txt:2: " in page
    assert page.count("text.txt:") == 1
    assert "Changes" not in diff("old.fact", "new.fact", "--on", "text.txt", "--most", "0").stdout


def test_colours_and_width(diff: Run) -> None:
    """Words that findings come and go on are underlined."""
    page = diff("old.fact", "new.fact", "--on", "text.txt", "--color", "always").stdout
    assert "\x1b[4mwharf\x1b[0m" in page
    assert "^" not in page
    assert max(map(width, diff("old.fact", "new.fact", "--on", "text.txt").stdout.splitlines())) <= 80


def test_json(diff: Run) -> None:
    """All of it as an object."""
    record = json.loads(diff("old.fact", "new.fact", "--on", "text.txt", "--json").stdout)
    assert {key: record[key] for key in ("old", "new", "documents", "sentences", "changed", "sources")} == {
        "old": "old.fact",
        "new": "new.fact",
        "documents": 1,
        "sentences": 6,
        "changed": 4,
        "sources": 1,
    }
    assert {"old": "asserted", "new": "attributed", "sentences": 1} in record["levels"]
    assert record["rules"][0].keys() == {"rule", "come", "gone", "altered", "levels"}
    (first, *_) = record["changes"]
    assert len(record["changes"]) == 4
    assert first.keys() == {"doc", "index", "start", "end", "text", "old", "new", "gone", "come", "altered"}
    assert TEXT[first["start"] : first["end"]] == first["text"]
    assert first["gone"][0]["why"] == "it is taken away by an `except` on “May day” (new.fact:15)"
    assert (
        len(json.loads(diff("old.fact", "new.fact", "--on", "text.txt", "--json", "--most", "2").stdout)["changes"])
        == 2
    )


def test_built_in_packs(run: Run, folder: Path) -> None:
    """Each version stands beside them; they alone are `builtin`; selection and folders as everywhere."""
    (folder / "rules").mkdir()
    (folder / "rules" / "off.fact").write_text("disable hedge/could\n", "utf-8")
    result = run("rules", "diff", "builtin", "rules", "--on", "text.txt")
    assert "  hedge/could    0        1          0       0\n" in result.stdout
    assert "no more: “could” hedge/could" in result.stdout
    assert "its rule is switched off in\n    rules/off.fact:1\n" in result.stdout
    assert "Nothing changes" in run("rules", "diff", "builtin", "rules", "--on", "text.txt", "--ignore", "hedge").stdout


def test_names_that_one_version_has(run: Run, folder: Path) -> None:
    """What is selected need be known to one of the versions alone; the rest of both is left out."""
    result = run("rules", "diff", "builtin", "new.fact", "--on", "text.txt", "--select", "desk")
    assert result.exit_code == 0
    record = json.loads(
        run("rules", "diff", "builtin", "new.fact", "--on", "text.txt", "--select", "desk", "--json").stdout
    )
    assert record["rules"]
    assert {row["rule"].partition("/")[0] for row in record["rules"]} == {"desk"}
    (folder / "off.fact").write_text(f"{OLD}\ndisable desk/chance\n", "utf-8")
    page = run("rules", "diff", "new.fact", "off.fact", "--on", "text.txt", "--select", "desk/chance").stdout
    assert "its rule is switched off in" in page


def test_texts_from_everywhere(diff: Run) -> None:
    """Standard input, rows, several at once, each line a sentence."""
    assert "1 document" in diff("old.fact", "new.fact", "--on", "-", text=TEXT).stdout
    rows = '{"body": "Ada Moss said nothing."}\n{"body": "It sank."}\n'
    page = diff("old.fact", "new.fact", "--on", "-", "--text-field", "body", text=rows).stdout
    assert page.startswith("From old.fact to new.fact (2 documents)\n1 of 2 sentences changes: ")
    assert "  -:1:1: asserted, now attributed\n" in page
    assert "(2 documents)" in diff("old.fact", "new.fact", "--on", "text.txt", "--on", "article.txt").stdout
    assert "of 3 sentences" in diff("old.fact", "new.fact", "--on", "text.txt", "--segment", "lines").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["old.fact", "new.fact"], "there is nothing to compare on; name texts with --on, as in --on articles/"),
        (
            ["builtin", "new.fact", "--on", "text.txt"],
            "`builtin` stands for the built-in packs, which --no-builtin leaves out; leave one of the two out",
        ),
        (
            ["old.fact", "new.fact", "--on", "text.txt", "--select", "dask"],
            "no pack, rule or tag is called `dask`",
        ),
    ],
)
def test_wrong_usage(diff: Run, arguments: list[str], said: str) -> None:
    """What is wrong, and what to do; status 2."""
    result = diff(*arguments)
    assert result.stderr.startswith(f"factcheck: {said}")
    assert (result.stdout, result.exit_code) == ("", 2)


def test_wrong_rules(diff: Run, folder: Path) -> None:
    """Of either version they are shown with their problems; status 2."""
    (folder / "bad.fact").write_text("pack bad\n\nrle x : note\n", "utf-8")
    for versions in (("bad.fact", "new.fact"), ("old.fact", "bad.fact"), ("old.fact", "gone.fact")):
        result = diff(*versions, "--on", "text.txt")
        assert "error[FC0" in result.stderr
        assert (result.stdout, result.exit_code) == ("", 2)


def test_warnings_on_rules(diff: Run, folder: Path) -> None:
    """Files with warnings are named."""
    (folder / "odd.fact").write_text(
        'pack odd\n\nrule r : note\n    "M."\n    match quay\n    flag "A quay."\n', "utf-8"
    )
    result = diff("old.fact", "odd.fact", "--on", "text.txt")
    assert result.stderr == ("factcheck: odd.fact: 1 warning; `factcheck rules check odd.fact --no-builtin` shows it\n")
    assert result.exit_code == 0


def test_unreadable_texts(diff: Run) -> None:
    """They are named, all others are compared; status 3, also with --check."""
    result = diff("old.fact", "new.fact", "--on", "gone.txt", "--on", "text.txt", "--check")
    assert result.stderr == (
        "factcheck: gone.txt: there is no such file or folder; check the path\n"
        "factcheck: 1 could not be read, 1 compared\n"
    )
    assert result.exit_code == 3
    assert "4 of 6 sentences change" in result.stdout
    assert diff("old.fact", "new.fact", "--on", "gone.txt").stdout == ""
