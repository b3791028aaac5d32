"""A growing table from pairs of numbers to numbers, asked for many pairs at once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.text.columns import Rows

Numbers = NDArray[np.int64]

LEFT: Final = 32
"""Bits of a pair's right number; the left one stands above it."""
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_FREE: Final = -1
_ROOM: Final = 4
"""Slots for each pair."""
_SMALLEST: Final = 12


class Cells:
    """An open-addressing hash table; both numbers of a pair are from 0 to 2**31."""

    def __init__(self, keys: Numbers | None = None, values: Numbers | None = None) -> None:
        """Of these pairs, each as one number, and what they lead to; or empty."""
        self._bits = _SMALLEST
        self._clear()
        if keys is not None and values is not None:
            self._fill(keys, values)

    def __len__(self) -> int:
        return self._count

    def pairs(self) -> tuple[Numbers, Numbers]:
        """All pairs, each as one number, and what they lead to."""
        held = np.flatnonzero(self._keys != _FREE)
        return self._keys.take(held), self._values.take(held)

    def find(self, left: Numbers, right: Rows) -> Numbers:
        """What each pair leads to, -1 where that is not known."""
        keys = left << LEFT | right
        slot = self._home(keys)
        met = self._keys.take(slot)
        rows = np.flatnonzero(met != keys)
        while len(rows):
            rows = rows[met.take(rows) != _FREE]
            slot[rows] = slot.take(rows) + 1 & self._mask
            met[rows] = self._keys.take(slot.take(rows))
            rows = rows[met.take(rows) != keys.take(rows)]
        return self._values.take(slot)

    def add(self, left: int, right: int, value: int) -> None:
        """Keeps one more pair, which is not in the table."""
        if (self._count + 1) * _ROOM > len(self._keys):
            self._fill(*self.pairs(), more=1)
        key = left << LEFT | right
        slot = key * int(_FACTOR) % (1 << 64) >> 64 - self._bits
        while self._keys[slot] != _FREE:
            slot = slot + 1 & self._mask
        self._keys[slot], self._values[slot] = key, value
        self._count += 1

    def _clear(self) -> None:
        self._count, self._mask = 0, (1 << self._bits) - 1
        self._keys = np.full(1 << self._bits, _FREE, np.int64)
        self._values = np.full(1 << self._bits, -1, np.int64)

    def _fill(self, keys: Numbers, values: Numbers, more: int = 0) -> None:
        """Starts anew with these pairs and room for `more`."""
        while (len(keys) + more) * _ROOM > 1 << self._bits:
            self._bits += 2
        self._clear()
        slot, rows = self._home(keys), np.arange(len(keys))
        while len(rows):  # of those that share a free slot one stays, the others go on to the next
            free = rows[self._keys.take(slot.take(rows)) == _FREE]
            self._keys[slot.take(free)] = keys.take(free)
            self._values[slot.take(free)] = values.take(free)
            rows = rows[self._keys.take(slot.take(rows)) != keys.take(rows)]
            slot[rows] = slot.take(rows) + 1 & self._mask
        self._count = len(keys)

    def _home(self, keys: Numbers) -> Numbers:
        mixed = keys.view(np.uint64) * _FACTOR
        mixed >>= np.uint64(64 - self._bits)
        return mixed.view(np.int64)
