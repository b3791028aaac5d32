"""The lines of a text, to tell which one a character stands on."""

import re
from bisect import bisect_right
from functools import cached_property


class Lines:
    """The lines of a text; where they begin is looked for once, when the first place is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self._text))]

    def number(self, offset: int) -> int:
        """The line of a character, from 1."""
        return bisect_right(self._starts, offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, from 1."""
        line = self.number(offset)
        return line, offset - self._starts[line - 1] + 1
