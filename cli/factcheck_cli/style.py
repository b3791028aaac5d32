"""How people's formats are drawn: the width, the colours, and text wrapped into it."""

import re
from dataclasses import dataclass

from factcheck.render import visible, width

BOLD, DIM, UNDERLINE = "1", "2", "4"

WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)
"""A cue without the marks at its ends."""


@dataclass(frozen=True, slots=True)
class Style:
    """How to draw: columns there are, and whether colour is shown."""

    columns: int = 80
    color: bool = False

    def paint(self, text: str, code: str) -> str:
        """The text in an ANSI colour or face, such as `1;31`."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code and text else text


def clean(text: str) -> str:
    """The text on one line: white space as single spaces, control characters as visible signs."""
    return visible(" ".join(text.split()))


def lines(text: str, room: int) -> list[tuple[int, int]]:
    """Where to break the text: start and end of each line of at most `room` columns. Longer words are cut."""
    found: list[tuple[int, int]] = []
    first = last = used = 0
    for piece in re.finditer(rf"\S{{1,{max(1, room)}}}", text):
        start, end = piece.span()
        columns = width(piece[0])
        gap = int(start > last)
        # `last` and not `used` tells whether the line has something on it: a combining mark takes no column.
        if last and used + gap + columns <= room:
            used += gap + columns
        else:
            if last:
                found.append((first, last))
            first, used = start, columns
        last = end
    return [*found, (first, last)] if last else found


def hanging(head: str, text: str, columns: int, indent: int) -> list[str]:
    """`head` and the text after it, wrapped, with all lines but the first indented."""
    room = max(20, columns - indent)
    broken = [clean(text[a:b]) for a, b in lines(text, room)]
    return [(head if n == 0 else "").ljust(indent) + line for n, line in enumerate(broken)]
