"""Whatever a rule file holds, loading it ends soon and in diagnostics that can be drawn."""

import os
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from damaged import PIECES, VALID, WORDS, damaged
from factcheck.diagnostic import Diagnostic
from factcheck.load import check
from factcheck.render import render
from factcheck.span import Source
from hostile_files import KINDS

_DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"


def loaded(*texts: str) -> list[Diagnostic]:
    """Every problem in these rule files."""
    problems: list[Diagnostic] = []
    check([Source(f"{number}.fact", text) for number, text in enumerate(texts)], problems)
    return problems


def check_problems(problems: list[Diagnostic]) -> None:
    """Each diagnostic can be drawn, is JSON data, and points into its file."""
    for one in problems:
        assert one.code in render(one)
        assert one.title
        for label in one.labels:
            assert 0 <= label.span.start <= label.span.end <= len(one.source.text)
        one.to_record()


@given(st.text())
def test_any_text(text: str) -> None:
    """Any text at all loads or is refused with diagnostics."""
    check_problems(loaded(text))


@given(st.lists(st.sampled_from([*PIECES, *WORDS, *VALID.split()]), max_size=60), st.sampled_from(["", " "]))
def test_any_pieces(pieces: list[str], between: str) -> None:
    """So does any row of pieces of the language."""
    check_problems(loaded("pack house\n\nlist soft = " + between.join(pieces)))
    check_problems(loaded("pack house\n\nrule a : possible\n    match " + between.join(pieces)))


@given(damaged())
def test_damaged_file(text: str) -> None:
    """A damaged file loads or is refused with diagnostics, and with a second file beside it as well."""
    check_problems(loaded(text))
    check_problems(loaded(text, VALID))


# The deep run tries files of the largest size there is.
SIZE, LIMIT = (490_000, 60) if _DEEP else (8_000, 5)


def _time(text: str) -> float:
    start = process_time()
    problems = loaded(text)
    check_problems(problems[:100])
    return process_time() - start


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_hostile_file(kind: str) -> None:
    """Twice as long a file takes about twice as long to load, and the largest one not much longer than a minute."""
    make = KINDS[kind]
    loaded(make(500))  # what is made once, grammars and tables, is none of the file's time
    once, twice = _time(make(SIZE)), _time(make(2 * SIZE))
    assert twice < LIMIT
    # What else the machine does can only add time: the shortest of a few measurements is nearest to the file's own.
    for _ in range(3):
        if twice < 3 * once + 0.3:
            break
        once, twice = min(once, _time(make(SIZE))), min(twice, _time(make(2 * SIZE)))
    assert twice < 3 * once + 0.3
