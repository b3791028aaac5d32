"""Tokens that no match begins with: most of a text, so that most walks need not be begun."""

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.rows import rows_of
from factcheck.text.columns import Column, Rows

Bits = NDArray[np.uint8]


class Futile:
    """Of each column of an automaton a bit for each place at which no match begins with it, as far as that is known."""

    def __init__(self) -> None:
        self._bits = np.zeros(0, np.uint8)

    def make_room(self, size: int) -> None:
        """There are so many columns from now on."""
        self._bits = np.append(self._bits, np.zeros(size - len(self._bits), np.uint8))

    def others(self, columns: Column, places: Bits) -> Rows:
        """The rows of the tokens that a match may begin with."""
        return rows_of(self._bits.take(columns) >> places & 1 == 0)

    def add(self, columns: Column, places: Bits) -> None:
        """No match begins with these columns at these places."""
        for place in set(places.tolist()):
            self._bits[columns[places == place]] |= 1 << place
