"""What a matcher has learnt, kept and restored: checked, and never a reason to fail."""

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


@pytest.fixture(scope="module")
def learnt() -> Tables:
    """The tables of the built-in packs, after an article."""
    matcher = Matcher(PROGRAM)
    matcher.hits(read(ARTICLE, lexicon=matcher.symbols.lexicon))
    return matcher.tables()


def test_what_was_learnt_is_known_again(learnt: Tables) -> None:
    """Nothing has to be worked out for the same article, and the same is found."""
    fresh, restored = Matcher(PROGRAM), Matcher(PROGRAM, tables.load(tables.dump(learnt)))
    article = read(ARTICLE, lexicon=restored.symbols.lexicon)
    hits = restored.hits(article).rows()
    again = restored.tables()
    assert hits == fresh.hits(read(ARTICLE, lexicon=fresh.symbols.lexicon)).rows()
    assert {name: len(table) for name, table in again.items()} == {n: len(table) for n, table in learnt.items()}


@given(st.data())
def test_damage_is_found_or_does_no_harm(learnt: Tables, data: st.DataObject) -> None:
    """A number changed anywhere: the tables are refused, or matching goes on, if with other hits."""
    name = data.draw(st.sampled_from(sorted(learnt)))
    table = learnt[name].copy()
    if not table.size:
        return
    limits = np.iinfo(table.dtype) if table.dtype.kind != "b" else np.iinfo(np.uint8)
    numbers = st.one_of(st.integers(-3, 300), st.integers(int(limits.min), int(limits.max)))
    for _ in range(data.draw(st.integers(1, 5))):
        where = data.draw(st.integers(0, table.size - 1))
        table.flat[where] = min(max(data.draw(numbers), limits.min), limits.max)
    try:
        restored = Matcher(PROGRAM, {**learnt, name: table})
    except (KeyError, DamagedError):
        return
    restored.hits(read(ARTICLE, lexicon=restored.symbols.lexicon))


@pytest.mark.parametrize("name", ["symbols", "lexicon.slots", "forwards.keys", "backwards.items"])
def test_a_missing_or_misshapen_table_is_refused(learnt: Tables, name: str) -> None:
    """Each table is asked for, and must have its shape."""
    without = {other: table for other, table in learnt.items() if other != name}
    for bad in (without, {**learnt, name: np.zeros((2, 2, 2), np.int32)}):
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
