"""Readings kept: tokens that are alike to all patterns are read alike, so each run of them is read once."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.hits import Role
from factcheck.judge.reference import Reading
from factcheck.judge.walk import Ways
from factcheck.text.columns import Column

_KEPT: Final = 100_000
"""Readings that are kept; then they are forgotten together."""

Key = tuple[Role, int, bytes]
"""Which patterns of which rule, and the tokens they match."""


class Ground(NamedTuple):
    """What matching needs to know of an article, one row a token."""

    symbols: Column
    ways: Ways
    edges: NDArray[np.int8]
    """Bits of the place before the token and, four bits up, of the place after it."""

    @classmethod
    def of(cls, symbols: Column, ways: Ways) -> "Ground":
        """Put the columns together."""
        return cls(symbols, ways, (ways.before | ways.after << 4).astype(np.int8))

    def alike(self, first: int, end: int) -> bytes:
        """The same for any two runs of tokens between which no pattern can tell."""
        return self.symbols[first:end].tobytes() + self.edges[first:end].tobytes()


class Recall:
    """The readings of a program's patterns so far, each as if its tokens were the first of a text."""

    def __init__(self) -> None:
        self._known: dict[Key, Reading] = {}

    def get(self, key: Key, first: int) -> Reading | None:
        """The reading of these tokens where they stand at `first`; None where it is not known."""
        known = self._known.get(key)
        return _moved(known, first) if known else None

    def keep(self, key: Key, first: int, reading: Reading | None) -> Reading | None:
        """Takes note of a reading of tokens that stand at `first`, and hands it back."""
        if reading:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = _moved(reading, -first)
        return reading


def _moved(reading: Reading, by: int) -> Reading:
    if not reading.captures:
        return reading
    captures = (one._replace(first=one.first + by, end=one.end + by) for one in reading.captures)
    return Reading(reading.owned, tuple(captures))
