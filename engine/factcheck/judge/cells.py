"""A growing table from pairs of numbers to numbers, asked for many pairs at once: rows of an array, or else hashed.

The left numbers up to a limit, which are the first that come and so the most frequent, have a row each; pairs of the
others are hashed.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.rows import rows_of
from factcheck.text.columns import Column, Rows

Numbers = NDArray[np.int64]

LEFT: Final = 32
"""Bits of a pair's right number; the left one stands above it."""
MAX_DENSE: Final = 1 << 22
"""Numbers in all rows together."""
_WIDTH: Final = 1 << 11
"""Right numbers there is room for from the beginning: to make more is to copy all rows."""
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_MASK: Final = (1 << LEFT) - 1
_FREE: Final = -1
_ROOM: Final = 4
"""Slots for each pair that is hashed."""
_SMALLEST: Final = 10


class Cells:
    """From a pair to the number it leads to, which is never 0."""

    def __init__(self) -> None:
        self._width, self._height = 1, 0
        self._stride = np.int32(1)
        self._dense = np.zeros(0, np.int32)
        self._hashed = Hashed()

    def __len__(self) -> int:
        """How many pairs are hashed: the others only take room that is bounded."""
        return len(self._hashed)

    def make_room(self, left: int, right: int) -> None:
        """The numbers of pairs are less than these from now on."""
        if right <= self._width:
            return
        width = max(_WIDTH, 1 << right.bit_length())
        height = MAX_DENSE // width
        dense = np.zeros((height, width), np.int32)  # rows take no memory until they are written
        kept = min(height, self._height, left)
        dense[:kept, : self._width] = self._dense.reshape(self._height, self._width)[:kept]
        self._dense, self._width, self._height = dense.reshape(-1), width, height
        self._stride = np.int32(width)

    def fill(self, left: int, value: int) -> None:
        """All pairs with this left number lead to the same."""
        self._dense[left * self._width : (left + 1) * self._width] = value

    def find(self, left: Column, right: Column) -> Column:
        """What each pair leads to, 0 where that is not known."""
        at = left * self._stride
        at += right
        found = self._dense.take(at, mode="clip")
        rows = rows_of(left >= self._height)
        if len(rows):
            found[rows] = self._hashed.find(left.take(rows).astype(np.int64) << LEFT | right.take(rows))
        return found

    def put(self, pairs: Numbers, values: Column) -> None:
        """Keeps more pairs, each as one number and each once, which are not in the table."""
        left = pairs >> LEFT
        here = left < self._height
        at = left * self._width + (pairs & _MASK)
        self._dense[at[here]] = values[here]
        if not here.all():
            self._hashed.put(pairs[~here], values[~here])

    def pairs(self) -> tuple[Numbers, Column]:
        """All pairs, each as one number, and what they lead to."""
        held = rows_of(self._dense)
        pairs, values = self._hashed.pairs()
        dense = held // self._width << LEFT | held % self._width
        return np.concatenate((dense, pairs)), np.concatenate((self._dense.take(held), values))


class Hashed:
    """An open-addressing hash table."""

    def __init__(self) -> None:
        self._bits, self._count = _SMALLEST, 0
        self._clear()

    def __len__(self) -> int:
        return self._count

    def pairs(self) -> tuple[Numbers, Column]:
        """All keys, and what they lead to."""
        held = rows_of(self._keys != _FREE)
        return self._keys.take(held), self._values.take(held)

    def find(self, keys: Numbers) -> Column:
        """What each key leads to, 0 where that is not known."""
        slot = self._home(keys)
        met = self._keys.take(slot)
        rows = rows_of(met != keys)
        while len(rows):
            rows = rows[met.take(rows) != _FREE]
            slot[rows] = slot.take(rows) + 1 & self._mask
            met[rows] = self._keys.take(slot.take(rows))
            rows = rows[met.take(rows) != keys.take(rows)]
        return self._values.take(slot)

    def put(self, keys: Numbers, values: Column) -> None:
        """Keeps more keys, each once, which are not in the table."""
        if (self._count + len(keys)) * _ROOM > len(self._keys):
            old = self.pairs()
            while (self._count + len(keys)) * _ROOM > 1 << self._bits:
                self._bits += 2
            self._clear()
            self._add(*old)
        self._add(keys, values)
        self._count += len(keys)

    def _clear(self) -> None:
        self._mask = (1 << self._bits) - 1
        self._keys = np.full(1 << self._bits, _FREE, np.int64)
        self._values = np.zeros(1 << self._bits, np.int32)

    def _add(self, keys: Numbers, values: Column) -> None:
        slot, rows = self._home(keys), np.arange(len(keys))
        while len(rows):  # of those that share a free slot one stays, the others go on to the next
            free = rows[self._keys.take(slot.take(rows)) == _FREE]
            self._keys[slot.take(free)] = keys.take(free)
            self._values[slot.take(free)] = values.take(free)
            rows = rows[self._keys.take(slot.take(rows)) != keys.take(rows)]
            slot[rows] = slot.take(rows) + 1 & self._mask

    def _home(self, keys: Numbers) -> Rows:
        mixed = keys.view(np.uint64) * _FACTOR
        mixed >>= np.uint64(64 - self._bits)
        return mixed.view(np.int64)
