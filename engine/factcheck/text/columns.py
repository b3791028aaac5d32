"""The columns that the stages hand on."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int32]
"""One whole number a row."""

Flags = NDArray[np.bool_]
"""One truth value a row."""

Rows = NDArray[np.signedinteger]
"""Row numbers, or positions on the tape."""


def distinct(values: NDArray[np.int64]) -> tuple[NDArray[np.int64], Rows]:
    """The different values in order, and for each value which of them it is.

    As `np.unique` has them, which takes 20 ms for its imports when it is first called.
    """
    order = values.argsort(kind="stable")
    ordered = values.take(order)
    new = np.append(True, ordered[1:] != ordered[:-1])[: len(values)]
    which = np.empty(len(values), np.intp)
    which[order] = new.cumsum() - 1
    return ordered[new], which


class Breaks(NamedTuple):
    """Line breaks that only blanks part, one row each, in order."""

    row: Rows
    """Row of the token after them."""
    size: Rows
    """How many they are: two of them part paragraphs."""


def holders(first: Rows, size: int) -> Column:
    """For each of `size` rows the number of the span that holds it; each span ends where the next one begins."""
    count = np.empty(len(first), np.intp)
    np.subtract(first[1:], first[:-1], out=count[:-1])
    count[-1:] = size - first[-1:]
    return np.arange(len(first), dtype=np.int32).repeat(count)


_EIGHT: Final = 8
_SHORT: Final = 1 << 12


def few(flags: Flags) -> Rows:
    """The rows of the flags that are set, as `np.flatnonzero` has them, at half its price where few are."""
    size = len(flags)
    if size < _SHORT or 10 * np.count_nonzero(flags) > size:
        return flags.nonzero()[0]
    whole = size & -_EIGHT
    near = (flags[:whole].view(np.uint64) > 0).nonzero()[0]
    found = flags[:whole].reshape(-1, _EIGHT).take(near, axis=0).ravel().nonzero()[0]
    rows: Rows = near.take(found >> 3)
    rows <<= 3
    rows += found & (_EIGHT - 1)
    rest = flags[whole:].nonzero()[0]
    return np.concatenate((rows, rest + whole)) if len(rest) else rows
