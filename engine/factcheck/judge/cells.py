"""A growing table from pairs of numbers to numbers, asked for many pairs at once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_FREE: Final = -1
_ROOM: Final = 4
"""Slots for each pair."""
_SMALLEST: Final = 12
_LEFT: Final = 32
"""Bits of the right number."""


class Cells:
    """An open-addressing hash table; both numbers of a pair are from 0 to 2**31."""

    def __init__(self) -> None:
        self._bits = _SMALLEST
        self._clear()

    def __len__(self) -> int:
        return self._count

    def find(self, left: Numbers, right: Numbers) -> Numbers:
        """What each pair leads to, -1 where that is not known."""
        keys = left << _LEFT | right
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
            self._grow()
        self._put(left << _LEFT | right, value)
        self._count += 1

    def _clear(self) -> None:
        self._count, self._mask = 0, (1 << self._bits) - 1
        self._keys = np.full(1 << self._bits, _FREE, np.int64)
        self._values = np.full(1 << self._bits, -1, np.int64)

    def _home(self, keys: Numbers) -> Numbers:
        mixed = keys.view(np.uint64) * _FACTOR
        mixed >>= np.uint64(64 - self._bits)
        return mixed.view(np.int64)

    def _put(self, key: int, value: int) -> None:
        slot = key * int(_FACTOR) % (1 << 64) >> 64 - self._bits
        while self._keys[slot] != _FREE:
            slot = slot + 1 & self._mask
        self._keys[slot], self._values[slot] = key, value

    def _grow(self) -> None:
        keys, values, count = self._keys, self._values, self._count
        self._bits += 2
        self._clear()
        held = np.flatnonzero(keys != _FREE)
        for key, value in zip(keys[held].tolist(), values[held].tolist(), strict=True):
            self._put(key, value)
        self._count = count
