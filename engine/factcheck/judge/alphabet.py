"""The symbols met so far, by number: what patterns can tell about a token. Stored ones are decoded when asked for."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple, overload

import numpy as np

from factcheck.judge.rows import Growing, rows_of
from factcheck.language.pattern import RUNS
from factcheck.tables import DamagedError, Tables, check
from factcheck.text.columns import Column

BEGINS, ENDS, INSIDE, POSSESSIVE = 1, 2, 4, 8
"""Where in a run a token stands; only a name can be possessive."""
SHIFTS: Final = {kind: 3 * number + (number > 0) for number, kind in enumerate(RUNS)}
"""Where the bits of each kind of run stand in those of a token."""
BITS: Final = 3 * len(RUNS) + 1
_PASSED: Final = ("", "word", "mark")


class Part(NamedTuple):
    """A token of a run: is it the first, is it the last?"""

    kind: str
    possessive: bool
    begins: bool
    ends: bool


class Symbol(NamedTuple):
    """What patterns can tell about a token."""

    leaves: tuple[int, ...]
    """Those it satisfies."""
    passed: str
    """How a gap passes it: as a `word`, as a `mark`, or (empty) not at all."""
    parts: tuple[Part, ...]
    """The runs it is part of."""


class Alphabet(Sequence[Symbol]):
    """All symbols: those outside of runs, each once, and those that tokens of runs have instead."""

    def __init__(self, tables: Tables | None = None, leaves: int = 0) -> None:
        """Empty, or the one that gave these tables; DamagedError when none did."""
        self._symbols: list[Symbol | None] = []
        self._first, self._count, self._flat = (Growing() for _ in range(3))
        self._kind = Growing()
        self._kinds: dict[tuple[str, int], int] = {}
        self._base: list[int] = []
        self._bits: list[int] = []
        self._numbers: dict[tuple[tuple[int, ...], str], int] = {}
        """Of those outside of runs, by their leaves and how gaps pass them."""
        self._unread = bool(tables)
        """Whether those stored are still to be taken up there."""
        self._leaves: list[int] = []
        self._ends: list[int] = []
        self._passed: list[int] = []
        if tables:
            self._restore(tables, leaves)

    def __len__(self) -> int:
        return len(self._symbols)

    @overload
    def __getitem__(self, number: int) -> Symbol: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Symbol]: ...
    def __getitem__(self, number: int | slice) -> Symbol | Sequence[Symbol]:
        """What the symbol with this number tells."""
        if isinstance(number, slice):
            return [self[n] for n in range(*number.indices(len(self)))]
        symbol = self._symbols[number]
        if symbol is None:
            self._symbols[number] = symbol = self._stored(number)
        return symbol

    def number(self, leaves: tuple[int, ...], passed: str) -> int:
        """The number of a symbol outside of runs."""
        if self._unread:
            self._numbers = {self._told(n): n for n in range(len(self._ends)) if not self._bits[n]}
            self._unread = False
        if (leaves, passed) not in self._numbers:
            self._numbers[leaves, passed] = len(self)
            self._add(Symbol(leaves, passed, ()), len(self), 0)
        return self._numbers[leaves, passed]

    def within(self, base: int, bits: int) -> int:
        """One more symbol: what the token of the symbol `base` is inside of runs, as the bits say."""
        self._add(self[base]._replace(parts=_parts(bits)), base, bits)
        return len(self) - 1

    def runs(self) -> tuple[Column, Column, Column]:
        """The symbols inside of runs: number, base and bits of each."""
        bits = np.array(self._bits, np.int32)
        rows = rows_of(bits).astype(np.int32)
        return rows, np.array(self._base, np.int32).take(rows), bits.take(rows)

    def told(self) -> tuple[Column, Column, Column]:
        """For each symbol where its first leaf stands and how many it has; and the leaves of all."""
        self._tell()
        return self._first.column, self._count.column, self._flat.column

    @property
    def kind(self) -> Column:
        """The same number for any two symbols that differ in their leaves alone."""
        self._tell()
        return self._kind.column

    def _tell(self) -> None:
        new = [self[number] for number in range(len(self._first), len(self))]
        if new:
            count = [len(symbol.leaves) for symbol in new]
            self._first.extend([len(self._flat), *(len(self._flat) + np.cumsum(count)[:-1])])
            self._count.extend(count)
            self._flat.extend([leaf for symbol in new for leaf in symbol.leaves])
            kinds = [(symbol.passed, bits) for symbol, bits in zip(new, self._bits[-len(new) :], strict=True)]
            self._kind.extend([self._kinds.setdefault(kind, len(self._kinds)) for kind in kinds])

    def tables(self) -> Tables:
        """All symbols, to be kept."""
        leaves = [symbol.leaves for symbol in self]
        return {
            "leaves": np.array([leaf for own in leaves for leaf in own], np.int32),
            "ends": np.cumsum([len(own) for own in leaves], dtype=np.int32),
            "passed": np.array([_PASSED.index(symbol.passed) for symbol in self], np.uint8),
            "base": np.array(self._base, np.int32),
            "bits": np.array(self._bits, np.int32),
        }

    def _add(self, symbol: Symbol, base: int, bits: int) -> None:
        self._symbols.append(symbol)
        self._base.append(base)
        self._bits.append(bits)

    def _restore(self, tables: Tables, leaves: int) -> None:
        ends, base, bits = tables["ends"], tables["base"], tables["bits"]
        check(tables["leaves"], (None,), 0, leaves)
        check(ends, (None,), 0, len(tables["leaves"]) + 1)
        check(tables["passed"], (len(ends),), 0, len(_PASSED))
        check(base, (len(ends),), 0, len(ends))
        check(bits, (len(ends),), 0, 1 << BITS)
        if (np.diff(ends.astype(np.int64), prepend=0) < 0).any() or bits.take(base).any():
            raise DamagedError
        self._symbols = [None] * len(ends)
        self._base, self._bits = base.tolist(), bits.tolist()
        self._leaves, self._ends, self._passed = tables["leaves"].tolist(), ends.tolist(), tables["passed"].tolist()
        self._first.extend(np.append(0, ends[:-1])[: len(ends)].astype(np.int32))
        self._count.extend(np.diff(ends, prepend=0).astype(np.int32))
        self._flat.extend(tables["leaves"].astype(np.int32))
        kinds = zip(map(_PASSED.__getitem__, self._passed), self._bits, strict=True)
        self._kind.extend([self._kinds.setdefault(kind, len(self._kinds)) for kind in kinds])

    def _stored(self, number: int) -> Symbol:
        return Symbol(*self._told(number), _parts(self._bits[number]))

    def _told(self, number: int) -> tuple[tuple[int, ...], str]:
        """The leaves of a stored symbol, and how gaps pass it."""
        first = self._ends[number - 1] if number else 0
        return tuple(self._leaves[first : self._ends[number]]), _PASSED[self._passed[number]]


@lru_cache
def _parts(bits: int) -> tuple[Part, ...]:
    """The runs that the bits of a token say it is part of."""
    found = []
    for kind, shift in SHIFTS.items():
        own = bits >> shift & (_NAME if kind == RUNS[0] else _OTHER)
        if own & INSIDE:
            found.append(Part(kind, bool(own & POSSESSIVE), bool(own & BEGINS), bool(own & ENDS)))
    return tuple(found)


_NAME: Final = BEGINS | ENDS | INSIDE | POSSESSIVE
_OTHER: Final = BEGINS | ENDS | INSIDE
