"""Each pattern is read from the end from which walks visit fewer tokens of news."""

from pathlib import Path

import pytest

from factcheck import Scanner
from factcheck.judge.match import Matcher

RULES = """\
pack house

list many = {many}
list some = mill | quay | ferry

rule one : note
    "One."
    match   {pattern}
    match   zebra
    flag    "A zebra."
    pass    "It is."
"""
MANY = " | ".join(f"{a}{b}{c}" for a in "bdfghklmnp" for b in "aeiou" for c in "bdgklmnprt")
"""Five hundred words, all of them rare."""


@pytest.mark.parametrize(
    ("pattern", "backwards"),
    [
        ("mill of the", False),
        ("of the mill", True),
        ("{many} to <word>", False),  # a long list is of rare words: any word is more frequent
        ("({many} | *ed | *ing) to <word>", False),
        ("the {many}", True),
        ("only {some} ...12 zebras", True),  # a walk that waits for the end of a gap visits all of it
        ("<start> <name> ...9 said", True),  # sentences begin with names
        ("mill ...8 <end>", False),  # from the end of each sentence a gap is open
    ],
)
def test_a_pattern_is_read_from_its_rarer_end(tmp_path: Path, pattern: str, *, backwards: bool) -> None:
    """However it is written."""
    file = tmp_path / "house.fact"
    file.write_text(RULES.format(many=MANY, pattern=pattern), "utf-8")
    first, *_ = Matcher(Scanner(file, builtin=False, cache=False).program).directed()
    assert first[2] is backwards


def test_very_many_ways_on_are_not_all_looked_at(tmp_path: Path) -> None:
    """Edges that may be crossed or not double the ways each time."""
    edges = " ".join(f"[<start> <end> | q{number}]" for number in range(40))
    file = tmp_path / "house.fact"
    file.write_text(RULES.format(many=MANY, pattern=f"{edges} mill"), "utf-8")
    first, *_ = Matcher(Scanner(file, builtin=False, cache=False).program).directed()
    assert first[2]
