"""Tables of figures: columns below their heads, as many as there is room for, and bars beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Final

from factcheck.render import width
from factcheck_cli.terminal.style import DIM, Style, clean

NOTHING: Final = "–"
"""What stands where nothing can be said."""

_INDENT: Final = 2
_GAP: Final = 2
_NAME: Final = 21  # columns of a name that are worth more than another column
_LEAST: Final = 8  # columns of one, however narrow the terminal
_BAR: Final = 40  # columns of a bar, where there is room
_SHORTEST: Final = 8
_FULL, _EMPTY, _MARK = "█", "·", "│"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of cells. Where there is no room for all, those of the highest `spare` go first, but none of 0."""

    head: str
    cells: Sequence[str]
    spare: int = 0
    left: bool = False
    """Whether it is text, which begins where that of the others does."""


def table(columns: Sequence[Column], style: Style, name: int = _NAME) -> list[str]:
    """The head and a line a row. The first column has names, the others figures.

    Of names longer than `name` columns the rest is cut off before another column goes.
    """
    names, *others = fitting(columns, style, name)
    room, longest = style.columns - _INDENT, _wide(names)
    space = min(longest, max(_LEAST, room - sum(_GAP + _wide(one) for one in others)))
    margin = " " * _INDENT
    head = margin + _left(names.head, space) + _figures([one.head for one in others], others)
    rows = zip(names.cells, *(one.cells for one in others), strict=True)
    lines = [margin + _left(name, space) + _figures(cells, others) for name, *cells in rows]
    return [style.paint(head.rstrip(), DIM), *(line.rstrip() for line in lines)]


def fitting(columns: Sequence[Column], style: Style, name: int = _NAME) -> list[Column]:
    """Those of the columns that a table has room for."""
    names, *others = columns
    room, longest = style.columns - _INDENT, min(_wide(names), name)
    while others and longest + sum(_GAP + _wide(one) for one in others) > room:
        last = max(others, key=lambda one: one.spare)
        if not last.spare:
            break
        others.remove(last)
    return [names, *others]


def barred(lines: Sequence[str], bars: Sequence["Bar"], style: Style) -> list[str]:
    """A table with a bar at the end of each row, if there is room for them."""
    longest = max(width(line) for line in lines[1:])
    room = min(_BAR, style.columns - longest - _GAP)
    if room < _SHORTEST:
        return list(lines)
    head, *rows = lines
    padded = (row + " " * (longest - width(row) + _GAP) for row in rows)
    return [head, *((row + bar.drawn(room, style)).rstrip() for row, bar in zip(padded, bars, strict=True))]


@dataclass(frozen=True, slots=True)
class Bar:
    """A share as a bar, and a mark at another one that it is to be compared with."""

    share: float
    mark: float | None = None
    color: str = ""

    def drawn(self, room: int, style: Style) -> str:
        """The bar on so many columns."""
        full = round(self.share * room)
        cells = [_FULL] * full + [_EMPTY] * (room - full)
        if self.mark is None:
            return style.paint("".join(cells).rstrip(_EMPTY), self.color)
        at = min(room - 1, int(self.mark * room))
        before, after = "".join(cells[:at]), "".join(cells[at + 1 :])
        return style.paint(before, self.color) + _MARK + style.paint(after, self.color)


def _wide(column: Column) -> int:
    return max(width(clean(text)) for text in (column.head, *column.cells))


def _left(text: str, space: int) -> str:
    """A name in its space; of one that is longer the end, which tells more."""
    shown = clean(text)
    if width(shown) > space:
        # Walked from its end: it may be as long as a whole text. A sign that is cut off makes room for the dots.
        fits = takewhile(lambda columns: columns < space, accumulate(map(width, reversed(shown[2:]))))
        shown = "…" + shown[len(shown) - sum(1 for _ in fits) :]
    return shown + " " * (space - width(shown))


def _figures(cells: Sequence[str], columns: Sequence[Column]) -> str:
    found = []
    for cell, one in zip(cells, columns, strict=True):
        rest = " " * (_wide(one) - width(cell))
        found.append(" " * _GAP + (cell + rest if one.left else rest + cell))
    return "".join(found)
