"""Readings: which tokens a match owns. Matches that no pattern can tell apart are read once."""

from collections.abc import Iterator
from dataclasses import replace
from threading import RLock
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.hits import Hits, Masks, Matched, Owned, Role, captured
from factcheck.judge.opening import Openings, QuickReader
from factcheck.judge.reference import Reader, Reading, rule_patterns
from factcheck.judge.rows import rows_of, spread
from factcheck.judge.sure import ROLES, Sure
from factcheck.judge.walk import Ways
from factcheck.language.measure import MAX_SPAN
from factcheck.language.program import Program
from factcheck.text.article import Article
from factcheck.text.columns import Column, Rows

_KEPT: Final = 200_000
"""Readings that are kept; then they are forgotten together."""
_ALL: Final = np.array([(1 << length) - 1 for length in range(MAX_SPAN + 1)], np.uint64)
"""For each length of a match the mask of one that owns all its tokens."""
_FIRST: Final = np.uint64(0x9E3779B97F4A7C15)
_SECOND: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_HALF: Final = np.uint64(32)

Keys = NDArray[np.uint64]


class Ground(NamedTuple):
    """What matching needs to know of an article, one row a token."""

    symbols: Column
    ways: Ways
    edges: NDArray[np.uint8]
    """Bits of the place before the token and, four bits up, of the place after it."""

    @classmethod
    def of(cls, symbols: Column, ways: Ways) -> "Ground":
        """Put the columns together."""
        return cls(symbols, ways, (ways.before | ways.after << 4).astype(np.uint8))


class Readings:
    """The readings of a program's patterns, as they are met."""

    def __init__(self, program: Program, sure: Sure) -> None:
        self._program, self._sure = program, sure
        self._openings = Openings(program.lists)
        self._learning = RLock()
        self._forget()

    def _forget(self) -> None:
        self._numbers: dict[int, int] = {}
        self._owned = np.zeros(0, np.uint64)

    def sure(self, at: Matched) -> Owned:
        """Tokens that the matches surely own: so many at the beginning and at the end as all their patterns do."""
        codes, length = _codes(at), np.minimum(at.end - at.first, MAX_SPAN)
        leads = np.minimum(self._sure.leads.take(codes), length)
        trails = np.minimum(self._sure.trails.take(codes), length)
        return _ALL.take(leads) | _ALL.take(trails) << (length - trails).astype(np.uint64)

    def owned(self, article: Article, ground: Ground, at: Matched) -> Owned:
        """Which tokens the matches own."""
        found = _ALL.take(np.minimum(at.end - at.first, MAX_SPAN))
        rows = rows_of(~self._sure.plain.take(_codes(at)))
        if len(rows):
            with self._learning:
                numbers = self._read(article, ground, at.take(rows))
                found[rows] = self._owned.take(numbers)
        return found

    def first_owned(self, article: Article, ground: Ground, at: Matched) -> Rows:
        """The first token that each match owns."""
        found: Rows = at.first.astype(np.int64)
        rows = rows_of(self._sure.leads.take(_codes(at)) == 0)
        if len(rows):
            some = at.take(rows)
            masks = Masks(some.first, self.owned(article, ground, some))
            found[rows] = masks.first_owned(np.arange(len(rows)))
        return found

    def counted(self, article: Article, at: Matched, steps: int) -> tuple[Hits, int]:
        """The matches as hits, each of them read anew, and what is left of `steps` then.

        `reference.Exhausted` is raised when they do not suffice.
        """
        rows = rows_of(~self._sure.simple.take(_codes(at)))
        some = at.take(rows)
        reader = QuickReader(article, self._openings, self._program.lists, steps, _sentences(some))
        read = list(readings(self._program, reader, some))
        owned = _ALL.take(np.minimum(at.end - at.first, MAX_SPAN))
        owned[rows] = np.array([one.owned for one in read], np.uint64)
        own = captured([one.captures for one in read])
        captures = replace(own, hit=rows.astype(np.int32).take(own.hit))
        return Hits(at, captures, Masks(at.first, owned)), steps if reader.steps is None else reader.steps

    def _read(self, article: Article, ground: Ground, at: Matched) -> Rows:
        """The number of each match's reading; those not known are read, each as if its tokens were the first."""
        keys = _keys(ground, at).tolist()
        if len(self._numbers) > _KEPT:
            self._forget()
        known = self._numbers
        numbers = [*map(known.get, keys)]
        if None in numbers:
            new = {key: row for row, key in enumerate(keys) if key not in known}
            self._learn(article, at.take(np.array(list(new.values()), np.intp)), list(new))
            numbers = [*map(known.get, keys)]
        return np.array(numbers, np.intp)

    def _learn(self, article: Article, at: Matched, keys: list[int]) -> None:
        reader = QuickReader(article, self._openings, self._program.lists, None, _sentences(at))
        number = len(self._owned)
        self._numbers.update(zip(keys, range(number, number + len(keys)), strict=True))
        owned = [one.owned for one in readings(self._program, reader, at)]
        self._owned = np.append(self._owned, np.array(owned, np.uint64))


def readings(program: Program, reader: Reader, at: Matched) -> Iterator[Reading]:
    """How the patterns take the tokens of each match."""
    columns = (at.role, at.rule, at.sentence, at.first, at.end)
    for role, rule, *place in zip(*(column.tolist() for column in columns), strict=True):
        found = reader.reading(rule_patterns(program.rules[rule], Role(role)), *place)
        assert found, "the automaton matches what the patterns do not"  # noqa: S101 -- a fault of ours, never of a text
        yield found


def _sentences(at: Matched) -> list[int]:
    return sorted(set(at.sentence.tolist()))


def _codes(at: Matched) -> Rows:
    return at.rule * np.int32(ROLES) + at.role


def _keys(ground: Ground, at: Matched) -> Keys:
    """A number for each match, equal for those between which no pattern can tell.

    Two that differ share one with a chance of 1 to 2**64 or so. It is the sum of numbers made of the tokens' symbols
    and edges, each times an odd number that stands for its place.
    """
    if not len(at):
        return np.zeros(0, np.uint64)
    length = at.end - at.first
    rows, which, begin = spread(at.first, length)
    mixed = _mixed(ground.symbols.take(rows).astype(np.uint64) << np.uint64(8) | ground.edges.take(rows))
    mixed *= _PLACES.take(rows - at.first.take(which))
    keys: Keys = np.add.reduceat(mixed, begin)
    keys += _mixed(_codes(at).astype(np.uint64) << _HALF | length.astype(np.uint64))
    return keys


def _mixed(numbers: Keys) -> Keys:
    """Numbers in which every bit hangs on every bit of those given."""
    for factor in (_FIRST, _SECOND):
        numbers ^= numbers >> _HALF
        numbers *= factor
    numbers ^= numbers >> _HALF
    return numbers


_PLACES: Final = _mixed(np.arange(1, MAX_SPAN + 1).astype(np.uint64)) | np.uint64(1)
