"""What a matcher has learnt, kept and restored: checked, and never a reason to fail."""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import tables
from factcheck.judge.match import Matcher
from factcheck.load import load
from factcheck.tables import DamagedError, Tables
from factcheck.text.article import read

ARTICLE = (Path(__file__).parents[2] / "docs" / "examples" / "harbour.txt").read_text("utf-8")
PROGRAM = load(cached=False).program


@cache
def learnt() -> Tables:
    """The tables of the built-in packs, after an article."""
    matcher = Matcher(PROGRAM)
    matcher.hits(read(ARTICLE, lexicon=matcher.symbols.lexicon))
    return matcher.tables()


def test_what_was_learnt_is_known_again() -> None:
    """Nothing has to be worked out for the same article, and the same is found."""
    fresh, restored = Matcher(PROGRAM), Matcher(PROGRAM, tables.load(tables.dump(learnt())))
    article = read(ARTICLE, lexicon=restored.symbols.lexicon)
    hits = restored.hits(article).rows()
    again = restored.tables()
    assert hits == fresh.hits(read(ARTICLE, lexicon=fresh.symbols.lexicon)).rows()
    assert {name: len(table) for name, table in again.items()} == {n: len(table) for n, table in learnt().items()}


NUMBERS = st.one_of(st.integers(-3, 300), st.integers(-(1 << 63), (1 << 64) - 1))


@given(st.integers(0, 1_000), st.lists(st.tuples(st.integers(0, 1_000_000), NUMBERS), min_size=1, max_size=5))
def test_damage_is_found_or_does_no_harm(which: int, changes: list[tuple[int, int]]) -> None:
    """Numbers changed anywhere: the tables are refused, or matching goes on, if with other hits."""
    filled = [name for name, table in learnt().items() if table.size]
    name = filled[which % len(filled)]
    table = learnt()[name].copy()
    limits = np.iinfo(np.uint8 if table.dtype.kind == "b" else table.dtype)
    for where, number in changes:
        table.flat[where % table.size] = min(max(number, int(limits.min)), int(limits.max))
    try:
        restored = Matcher(PROGRAM, {**learnt(), name: table})
    except (KeyError, DamagedError):
        return
    restored.hits(read(ARTICLE, lexicon=restored.symbols.lexicon))


MISSING = [
    "symbols.leaves",
    "lexicon.slots",
    "forwards.keys",
    "backwards.parts",
    "forwards.waits",
    "backwards.items",
    "captures.ahead.entries",
    "captures.splits.count",
    "numbered.lengths",
    "words.low.ends",
]


@pytest.mark.parametrize("name", MISSING)
def test_a_missing_or_misshapen_table_is_refused(name: str) -> None:
    """Each table is asked for, and must have its shape."""
    without = {other: table for other, table in learnt().items() if other != name}
    for bad in (without, {**learnt(), name: np.zeros((2, 2, 2), np.int32)}):
        with pytest.raises((KeyError, DamagedError)):
            Matcher(PROGRAM, bad)


@given(st.binary(max_size=300))
def test_any_bytes_are_tables_or_damaged(data: bytes) -> None:
    """Reading tables ends with tables or DamagedError."""
    whole = tables.dump({"a": np.arange(3), "b": np.zeros((2, 2), np.int32)})
    for damaged in (data, whole[: len(data)], whole[:40] + data, data + whole):
        try:
            tables.load(damaged)
        except DamagedError:
            continue
