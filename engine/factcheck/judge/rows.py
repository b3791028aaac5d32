"""Small steps over columns, each as few calls of NumPy as it can be: for a short text it is the calls that cost."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from factcheck.text.columns import Column, Flags, Rows

_Kind = TypeVar("_Kind", bound=np.generic)


class Spread(NamedTuple):
    """The tokens of phrases one after the other."""

    row: Rows
    phrase: Rows
    """Which of the phrases holds the token."""
    begin: Rows
    """For each phrase: how many tokens stand here before it."""


def spread(first: Rows, count: Rows) -> Spread:
    """The tokens of phrases of `count` tokens from `first` on; fewer than none are none."""
    count = np.maximum(count, 0).astype(np.intp, copy=False)
    begin = np.add.accumulate(count)
    begin -= count
    phrase = np.arange(len(first)).repeat(count)
    row = np.arange(len(phrase))
    row += (first - begin).take(phrase)
    return Spread(row, phrase, begin)


def none(size: int) -> Rows:
    """So many rows of nothing."""
    found = np.empty(size, np.intp)
    found.fill(-1)
    return found


def first_of(rows: Rows, values: Rows, size: int) -> Rows:
    """For each of `size` rows the first of the `values` given for it, else -1."""
    found = none(size)
    found[rows[::-1]] = values[::-1]  # of several values for one row the last given stays
    return found


def rows_of(flags: NDArray[np.generic]) -> Rows:
    """The rows where something is set."""
    return flags.nonzero()[0]


def changes(values: Rows) -> Flags:
    """For each value: does it differ from the one before? The first does."""
    found = np.empty(len(values), np.bool_)
    found[:1] = True
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def then(column: NDArray[_Kind], value: float) -> NDArray[_Kind]:
    """The column and one more value, which row -1 stands for."""
    found = np.empty(len(column) + 1, column.dtype)
    found[:-1] = column
    found[-1] = value
    return found


def before(column: NDArray[_Kind], value: float) -> NDArray[_Kind]:
    """For each row what stands in the row before it; `value` for the first."""
    found = np.empty_like(column)
    found[:1] = value
    found[1:] = column[:-1]
    return found


def both(one: NDArray[_Kind], other: NDArray[_Kind]) -> NDArray[_Kind]:
    """One column after the other."""
    return np.concatenate((one, other))


class Growing:
    """A column that grows at its end."""

    def __init__(self) -> None:
        self._room, self._size = np.zeros(64, np.int32), 0

    def __len__(self) -> int:
        return self._size

    @property
    def column(self) -> Column:
        """All there is of it."""
        return self._room[: self._size]

    def extend(self, more: Sequence[int] | Column) -> None:
        """Adds values at its end."""
        size = self._size + len(more)
        if size > len(self._room):
            self._room = np.append(self.column, np.zeros(size, np.int32))
        self._room[self._size : size] = more
        self._size = size
