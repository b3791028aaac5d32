"""Hits: where patterns matched, one row each; the value every matcher returns and `resolve` narrows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.language.program import KINDS
from factcheck.text.columns import Column, Rows

GIVEN: Final = ("", *KINDS)
"""What a capture may say of the kind of its source; the first says nothing: the kind is to be found."""
SOURCE: Final = "source"
"""The capture that says who vouches for a claim."""


class Role(IntEnum):
    """What a hit is for: a rule's `match`, its `except`, or its `unless`."""

    MATCH = 0
    EXCEPT = 1
    UNLESS = 2


class Captured(NamedTuple):
    """What a capture took: tokens `first` … `end` - 1, and the kind of source given (empty: to be found)."""

    name: str
    first: int
    end: int
    kind: str


class Hit(NamedTuple):
    """One row. `owned` has bit k set when token `first` + k is spelt out by the pattern and not skipped by a gap."""

    role: Role
    rule: int
    sentence: int
    first: int
    end: int
    owned: int
    captures: tuple[Captured, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Captures:
    """Columns over what hits captured, in the order of the hits."""

    hit: Column
    """Row of the hit."""
    name: Column
    """Which of `names`."""
    first: Column
    end: Column
    kind: NDArray[np.uint8]
    """Which of `GIVEN`."""
    names: tuple[str, ...]
    """The names of captures, each once; the first is `SOURCE`."""

    def __len__(self) -> int:
        return len(self.hit)

    def rows(self) -> list[Captured]:
        """The captures one by one."""
        columns = (self.name, self.first, self.end, self.kind)
        numbers = zip(*(column.tolist() for column in columns), strict=True)
        return [Captured(self.names[name], first, end, GIVEN[kind]) for name, first, end, kind in numbers]

    def sources(self) -> Rows:
        """Rows of those that say who vouches."""
        return np.flatnonzero(self.name == 0)

    def of(self, hits: Rows, count: int) -> "Captures":
        """Those of the `hits`, of `count`, with these rows, which are then hits 0, 1, 2 …; in the order of these."""
        if not len(self):
            return self
        begin = np.searchsorted(self.hit, np.arange(count + 1))
        size = np.diff(begin).take(hits)
        rows = np.repeat(begin.take(hits) - (np.cumsum(size) - size), size) + np.arange(size.sum())
        hit = np.repeat(np.arange(len(hits), dtype=np.int32), size)
        return Captures(
            hit, self.name.take(rows), self.first.take(rows), self.end.take(rows), self.kind.take(rows), self.names
        )


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Columns over hits, ordered by sentence, first token, end, rule and role. Tokens and sentences count from 0."""

    role: NDArray[np.uint8]
    rule: Column
    sentence: Column
    first: Column
    end: Column
    owned: NDArray[np.uint64]
    captures: Captures

    @classmethod
    def of(cls, rows: Sequence[Hit]) -> "Hits":
        """The rows in order, as columns."""
        rows = sorted(rows, key=lambda h: (h.sentence, h.first, h.end, h.rule, h.role))
        role, rule, sentence, first, end, owned, captures = zip(*rows, strict=True) if rows else ((),) * 7
        return cls(
            np.array(role, np.uint8),
            np.array(rule, np.int32),
            np.array(sentence, np.int32),
            np.array(first, np.int32),
            np.array(end, np.int32),
            np.array(owned, np.uint64),
            _columns(captures),
        )

    def __len__(self) -> int:
        return len(self.rule)

    def take(self, rows: Rows) -> "Hits":
        """The hits with these row numbers, in the order of these."""
        return Hits(
            self.role.take(rows),
            self.rule.take(rows),
            self.sentence.take(rows),
            self.first.take(rows),
            self.end.take(rows),
            self.owned.take(rows),
            self.captures.of(rows, len(self)),
        )

    def of_sentence(self, sentence: int) -> "Hits":
        """The hits in one sentence."""
        first, end = np.searchsorted(self.sentence, (sentence, sentence + 1)).tolist()
        return self.take(np.arange(first, end))

    def rows(self) -> list[Hit]:
        """The hits one by one."""
        columns = (self.role, self.rule, self.sentence, self.first, self.end, self.owned)
        numbers = (column.tolist() for column in columns)
        captured = self.captures.rows()
        edges = np.searchsorted(self.captures.hit, np.arange(len(self) + 1)).tolist()
        captures = (tuple(captured[a:b]) for a, b in pairwise(edges))
        return [Hit(Role(role), *rest) for role, *rest in zip(*numbers, captures, strict=True)]


def _columns(captures: Sequence[tuple[Captured, ...]]) -> Captures:
    names: dict[str, int] = {SOURCE: 0}
    rows = [
        (hit, names.setdefault(one.name, len(names)), one.first, one.end, GIVEN.index(one.kind))
        for hit, own in enumerate(captures)
        for one in own
    ]
    hit, name, first, end, kind = zip(*rows, strict=True) if rows else ((),) * 5
    return Captures(
        np.array(hit, np.int32),
        np.array(name, np.int32),
        np.array(first, np.int32),
        np.array(end, np.int32),
        np.array(kind, np.uint8),
        tuple(names),
    )
