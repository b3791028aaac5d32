"""Hits: where patterns matched, one row each; the value every matcher returns and `resolve` narrows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.rows import rows_of, spread
from factcheck.language.program import KINDS
from factcheck.text.columns import Column, Rows

Owned = NDArray[np.uint64]
"""For each hit a mask: bit k is set when it owns its k-th token, that is, spells it out and skips it in no gap."""

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


def owned_tokens(hit: Hit) -> list[int]:
    """The tokens a hit owns."""
    return [hit.first + k for k in range(hit.owned.bit_length()) if hit.owned >> k & 1]


def first_owned(hit: Hit) -> int:
    """The first token a hit owns; conditions are tested there."""
    return hit.first + (hit.owned & -hit.owned).bit_length() - 1


@dataclass(frozen=True, slots=True, eq=False)
class Matched:
    """Columns over where patterns matched. Tokens and sentences count from 0."""

    role: NDArray[np.uint8]
    rule: Column
    sentence: Column
    first: Column
    end: Column

    def __len__(self) -> int:
        return len(self.rule)

    def take(self, rows: Rows) -> "Matched":
        """Those with these row numbers, in the order of these."""
        columns = (self.rule, self.sentence, self.first, self.end)
        return Matched(self.role.take(rows), *(column.take(rows) for column in columns))


class Owning(Protocol):
    """Says which tokens matches own; to read them takes time, so it is asked only of some."""

    def sure_of(self, rows: Rows) -> Owned:
        """Tokens that those with these row numbers surely own, all or some, told without reading."""

    def owned_of(self, rows: Rows) -> Owned:
        """Which tokens those with these row numbers own."""

    def first_owned(self, rows: Rows) -> Rows:
        """The first token that each of them owns; conditions are tested there."""


class Unresolved(Owning, Protocol):
    """What findings are chosen from: matches, ordered as hits are."""

    @property
    def matched(self) -> Matched:
        """Where they are."""

    def hits(self, rows: Rows) -> "Hits":
        """Those with these row numbers as hits."""


@dataclass(frozen=True, slots=True, eq=False)
class Masks:
    """Which tokens matches own, all of them read."""

    first: Column
    owned: Owned

    def sure_of(self, rows: Rows) -> Owned:
        """Tokens that those with these row numbers surely own: all that they own."""
        return self.owned.take(rows)

    def owned_of(self, rows: Rows) -> Owned:
        """Which tokens those with these row numbers own."""
        return self.owned.take(rows)

    def first_owned(self, rows: Rows) -> Rows:
        """The first token that each of them owns, the one before its first where it owns none."""
        first, owned = self.first.take(rows).astype(np.int64), self.owned.take(rows)
        later = rows_of(owned & np.uint64(1) == 0)
        if len(later):
            bit = owned.take(later)
            first[later] += np.frexp((bit & (~bit + np.uint64(1))).astype(np.float64))[1] - 1
        return first


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
        return rows_of(self.name == 0)

    def others(self) -> "Captures":
        """Those that do not say who vouches, of the same hits."""
        rows = rows_of(self.name > 0)
        hit, name, first, end = (column.take(rows) for column in (self.hit, self.name, self.first, self.end))
        return Captures(hit, name, first, end, self.kind.take(rows), self.names)

    def of(self, hits: Rows, count: int) -> "Captures":
        """Those of the `hits`, of `count`, with these rows, which are then hits 0, 1, 2 …; in the order of these."""
        if not len(self):
            return self
        begin = np.searchsorted(self.hit, np.arange(count + 1))
        rows, hit, _ = spread(begin.take(hits), np.diff(begin).take(hits))
        return Captures(
            hit.astype(np.int32),
            self.name.take(rows),
            self.first.take(rows),
            self.end.take(rows),
            self.kind.take(rows),
            self.names,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Columns over hits, ordered by sentence, first token, end, rule and role."""

    matched: Matched
    captures: Captures
    owning: Owning

    @classmethod
    def of(cls, rows: Sequence[Hit]) -> "Hits":
        """The rows in order, as columns."""
        rows = sorted(rows, key=lambda h: (h.sentence, h.first, h.end, h.rule, h.role))
        role, rule, sentence, first, end, owned, captures = zip(*rows, strict=True) if rows else ((),) * 7
        columns = (np.array(column, np.int32) for column in (rule, sentence, first, end))
        at = Matched(np.array(role, np.uint8), *columns)
        return cls(at, captured(captures), Masks(at.first, np.array(owned, np.uint64)))

    def __len__(self) -> int:
        return len(self.matched)

    @property
    def rule(self) -> Column:
        """For each hit the number of its rule."""
        return self.matched.rule

    @property
    def sentence(self) -> Column:
        """For each hit the number of its sentence."""
        return self.matched.sentence

    @property
    def first(self) -> Column:
        """For each hit its first token."""
        return self.matched.first

    @property
    def end(self) -> Column:
        """For each hit the token after its last."""
        return self.matched.end

    def hits(self, rows: Rows) -> "Hits":
        """The hits with these row numbers, in the order of these."""
        at = self.matched.take(rows)
        return Hits(at, self.captures.of(rows, len(self)), Masks(at.first, self.owned_of(rows)))

    def unread(self, rows: Rows) -> "Hits":
        """The same, as if they owned nothing: to read what they own takes time."""
        at = self.matched.take(rows)
        return Hits(at, self.captures.of(rows, len(self)), Masks(at.first, np.zeros(len(at), np.uint64)))

    def sure_of(self, rows: Rows) -> Owned:
        """Tokens that those with these row numbers surely own, all or some."""
        return self.owning.sure_of(rows)

    def owned_of(self, rows: Rows) -> Owned:
        """Which tokens those with these row numbers own."""
        return self.owning.owned_of(rows)

    def first_owned(self, rows: Rows) -> Rows:
        """The first token that each of them owns."""
        return self.owning.first_owned(rows)

    def rows(self) -> list[Hit]:
        """The hits one by one."""
        at = self.matched
        columns = (at.role, at.rule, at.sentence, at.first, at.end, self.owned_of(np.arange(len(self))))
        numbers = (column.tolist() for column in columns)
        own = self.captures.rows()
        edges = np.searchsorted(self.captures.hit, np.arange(len(self) + 1)).tolist()
        captures = (tuple(own[a:b]) for a, b in pairwise(edges))
        return [Hit(Role(role), *rest) for role, *rest in zip(*numbers, captures, strict=True)]


def captured(captures: Sequence[tuple[Captured, ...]], names: tuple[str, ...] = (SOURCE,)) -> Captures:
    """What hits captured, hit by hit, as columns; `names` are those that are known to occur."""
    numbers = {name: number for number, name in enumerate(names)}
    rows = [
        (hit, numbers.setdefault(one.name, len(numbers)), one.first, one.end, GIVEN.index(one.kind))
        for hit, own in enumerate(captures)
        for one in sorted(own, key=lambda one: (one.first, -one.end, one.name != SOURCE, one.name))
    ]
    hit, name, first, end, kind = zip(*rows, strict=True) if rows else ((),) * 5
    rows32 = [np.array(column, np.int32) for column in (hit, name, first, end)]
    return Captures(rows32[0], rows32[1], rows32[2], rows32[3], np.array(kind, np.uint8), tuple(numbers))
