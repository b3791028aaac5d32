"""One canonical form: it says the same, is the same when formatted again, and keeps each comment where it belongs."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given

from damaged import damaged
from factcheck.language import format as laying_out
from factcheck.language.fill import LONG
from factcheck.language.format import UnfaithfulError, formatted
from factcheck.language.parse import parse
from factcheck.language.syntax import Written
from factcheck.load import builtin_sources, check, optional_sources
from factcheck.packs import optional_files
from factcheck.span import Source
from hostile_files import KINDS
from odd_file import made

if TYPE_CHECKING:
    from factcheck.diagnostic import Diagnostic

GOLDEN = Path(__file__).parents[1] / "golden" / "format"


def canonical(text: str) -> str:
    """The text in its canonical form, which is held to all that is asked of one."""
    problems: list[Diagnostic] = []
    found = formatted(Source("made.fact", text), problems)
    assert found is not None, problems
    assert plain(found) == plain(text)
    assert formatted(Source("made.fact", found), []) == found
    return found


def plain(text: str) -> list[object]:
    """What a file says: its statements, of each the values of each field in order, without any place."""
    file, problems = parse(Source("made.fact", text))
    assert not problems
    found: list[object] = []
    for one in file.statements:
        values = defaultdict(list)
        for field in one.fields:
            values[field.name].append(_value(field.name, field.value))
        head = (one.kind, one.name.text, one.level.text if one.level else None, one.sign, _value("", one.body))
        found.append((*head, dict(values)))
    return found


def _value(name: str, value: object) -> str:
    if isinstance(value, Written):
        value = value.value
    shown = re.sub(r"span=Span\(start=\d+, end=\d+\)", "", repr(value))
    if name == "tags" and isinstance(value, tuple):
        return ",".join(part.strip() for part in " ".join(atom.text for atom in value).split(","))
    return shown


def _neighbours(text: str) -> dict[str, str]:
    """For each comment the numbered word, or the statement, that it belongs to."""
    marks = re.findall(r"\b(?:w\d+_\d+|(?<=# )[abez]\d+)\b", text)
    found = {}
    for at, mark in enumerate(marks):
        before = [one for one in marks[:at] if one[0] == "w"]
        after = [one for one in marks[at:] if one[0] == "w"]
        if mark[0] == "b":
            found[mark] = before[-1]
        elif mark[0] == "z":
            found[mark] = before[-1].partition("_")[0]
        elif mark[0] == "a":
            found[mark] = after[0] if after else ""
        elif mark[0] == "e":
            found[mark] = "end"
    return found


@given(made())
def test_made_file(text: str) -> None:
    """A made file says the same afterwards, is as it should be then, and has each comment where it was."""
    assume(not parse(Source("made.fact", text))[1])
    found = canonical(text)
    assert _neighbours(found) == _neighbours(text)


@given(damaged())
def test_damaged_file(text: str) -> None:
    """So does a damaged one that still has no errors of form; of any other what is wrong is told."""
    problems: list[Diagnostic] = []
    if formatted(Source("made.fact", text), problems) is None:
        assert problems
    else:
        canonical(text)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_hostile_file(kind: str) -> None:
    """One made to be slow takes about as long as it takes to be read, and has a form if it has no errors."""
    text = KINDS[kind](4_000)
    before = process_time()
    right = not parse(Source("made.fact", text))[1]
    reading = process_time() - before
    assert (formatted(Source("made.fact", text), []) is not None) == right
    assert process_time() - before < 8 * reading + 1
    if right:
        canonical(text)


# By hand --------------------------------------------------------------------------------------------------------------


def test_odd_file(golden: Callable[[str, str], None]) -> None:
    """A file that is untidy in every way."""
    text = (GOLDEN / "odd.fact").read_text("utf-8")
    golden("format/odd-formatted.fact", canonical(text))


@pytest.mark.parametrize("source", [*builtin_sources(), *optional_sources(optional_files())], ids=lambda one: one.name)
def test_packs_stay_as_they_should_be(source: Source) -> None:
    """The packs that come with factcheck are in canonical form: `factcheck rules fmt rules` writes them so."""
    assert formatted(source, []) == source.text


@pytest.mark.parametrize("path", sorted((GOLDEN.parent / "diagnostics").glob("*.fact")), ids=lambda path: path.stem)
def test_problems_stay_what_they_are(path: Path) -> None:
    """Of a file that can be read the same is said afterwards: nothing is hidden, and nothing is new."""
    text = path.read_text("utf-8")
    if parse(Source("made.fact", text))[1]:
        return
    found = []
    for one in (text, canonical(text)):
        problems: list[Diagnostic] = []
        check([Source("made.fact", one)], problems)
        found.append(sorted((problem.code, problem.message) for problem in problems))
    assert found[0] == found[1]


CASES = {
    "a list that fits": ("list a=x|y", "list a = x | y"),
    "a bracket that fits": ("list a = (x\n | y)", "list a = (x | y)"),
    "tags": ("rule r : note\n tags a,b ,  c", "rule r : note\n    tags    a, b, c"),
    "a tag that is missing": ("rule r : note\n tags a,,b  c", "rule r : note\n    tags    a,,b c"),
    "no value": ("rule r : note\n weight  # later", "rule r : note\n    weight  # later"),
    "no message": ("rule r : note\n message", "rule r : note\n    message"),
    "a message by name": ('rule r : note\n message "So."', 'rule r : note\n    "So."'),
    "fields of one name keep their order": (
        'rule r : note\n flag "b"\n match y\n flag "a"\n match x',
        'rule r : note\n    match   y\n    match   x\n    flag    "b"\n    flag    "a"',
    ),
    "fields of a pack alone": ('pack p\n title "P"', 'pack p\n    title   "P"'),
    "a comment keeps its bar before it": ("list a = x | # c\n  y", "list a = x |  # c\n    y"),
    "a comment on its own line": ("list a = (x\n# c\n| y)", "list a = (\n    x\n    # c\n    | y\n)"),
    "a comment after the equals sign": ("list a = # c\n  y", "list a = # c\n    y"),
    "statements of a line": ("disable a\n\n\n\ndisable b\ndisable c", "disable a\n\ndisable b\ndisable c"),
    "an apostrophe": ("list a = boats' owners' | 'No' x", "list a = boats' owners' | 'No' x"),
    "marks lean where they did": ("list a = 5% ,x , y", "list a = 5% ,x , y"),
    "a comma stays on its word": ("list a = x, y", "list a = x, y"),
    "forms": ("list a = lie~( lie,lies ,)", "list a = lie~(lie, lies)"),
    "only comments": ("\n\n # a\n\n\n#b  ", "# a\n\n#b"),
    "nothing": ("\n \n", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    """One rule of the form at a time."""
    text, wanted = CASES[case]
    assert canonical(text) == (wanted and f"{wanted}\n")


def test_lines_are_short_where_they_can_break() -> None:
    """A pattern of 10,000 words is wrapped, in time that is linear in it, and one word that is too long sticks out."""
    words = " | ".join(f"word{number}" for number in range(10_000))
    found = canonical(f"list a = {words} | {'x' * 150} | y")
    assert sorted(map(len, found.splitlines()))[-2] <= LONG
    assert max(map(len, found.splitlines())) == 156


def test_breaks_stand_as_far_outside_as_they_can() -> None:
    """An alternative that fits on a line of its own is not broken inside, and lines inside a bracket are further in."""
    inner = " | ".join(["harbour"] * 8)
    rule = f"rule r : note\n match the ferry at the end of the pier | ({inner}) sank | ({inner} | {inner}) sank"
    assert canonical(rule) == (
        "rule r : note\n"
        "    match   the ferry at the end of the pier\n"
        f"            | ({inner}) sank\n"
        "            | (harbour | harbour | harbour | harbour | harbour | harbour | harbour | harbour\n"
        "              | harbour | harbour | harbour | harbour | harbour | harbour | harbour | harbour) sank\n"
    )


def test_a_condition_breaks_in_its_brackets_alone() -> None:
    """Before `and` and `or`; where there is no bracket it is as long as it is."""
    row = " or ".join(["in quote"] * 12)
    bare = f"rule r : note\n    when    {row}\n"
    assert canonical(bare) == bare
    assert canonical(f"rule r : note\n    when    in aside and ({row})\n") == (
        "rule r : note\n"
        f"    when    in aside and ({' or '.join(['in quote'] * 6)}\n"
        f"              {' '.join(['or in quote'] * 6)})\n"
    )


def test_a_file_with_errors_has_no_form() -> None:
    """What is wrong is told, as a check tells it."""
    problems: list[Diagnostic] = []
    assert formatted(Source("made.fact", "rule r\n    match (x\n"), problems) is None
    assert [one.code for one in problems] == ["FC010", "FC013"]


def test_a_wrong_value_has_a_form() -> None:
    """What a field does not take, and names that are not there, do not keep a file from being laid out."""
    assert canonical("rule r : sure\n match {gone}\n weight 3") == (
        "rule r : sure\n    match   {gone}\n    weight  3\n"
    )


@pytest.mark.parametrize("lost", ["meaning", "comment", "form"])
def test_a_text_that_says_something_else_is_refused(lost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is wrong with the laying out: no text comes of it that reads otherwise, or lacks a comment."""
    wrong = {"meaning": "list a = y  # c", "comment": "list a = x", "form": "list a = (x  # c"}[lost]
    monkeypatch.setattr(laying_out, "_file", lambda *_: [wrong])
    with pytest.raises(UnfaithfulError, match=r"made\.fact"):
        formatted(Source("made.fact", "list a=x # c"), [])
