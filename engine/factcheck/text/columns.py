"""The columns that the stages hand on."""

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
    which[order] = np.cumsum(new) - 1
    return ordered[new], which
