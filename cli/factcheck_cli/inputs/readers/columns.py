"""Columns of a page the lines of which are drawn right across it: the gutters are found, and the columns put in order.

A gutter is a wide gap behind which many lines go on at the same place. So has a table; but lines of prose fill their
column, and cells do not.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import mean
from typing import Final, NamedTuple

from factcheck_cli.inputs.readers.pdf_line import Boxes, Line, around

_GAP: Final = 0.8  # of the height of letters; blanks of justified lines are narrower
_INDENT: Final = 3.0  # heights of letters by which the first line of a paragraph may be moved in
_NEAR: Final = 2.0  # points by which lines of a column may begin beside each other
_WIDE: Final = 0.6  # of the width of all; lines that are wider may hold more than one column
_ASKED: Final = 2  # lines that are looked at before all are
_TRIED: Final = 12  # places where lines most often go on behind a gap
_LINES: Final = 4  # of a column, at least
_WORDS: Final = 3.0  # in a line of a column, at least
_FULL, _MOST = 0.7, 0.5  # so much of the longest line have most of them, and so many are most


class Drawn(NamedTuple):
    """A line as it is drawn, and the number of its first character on the page."""

    line: Line
    first: int


class _Gap(NamedTuple):
    """A gap in a line: behind how many of its characters, and from where to where."""

    at: int
    left: float
    right: float


class _Row(NamedTuple):
    """A line, and what of it stands in each column; nothing where it goes across them."""

    line: Line
    pieces: dict[int, Line]


def in_columns(drawn: Sequence[Drawn], box: Boxes) -> list[Line]:
    """The lines, those of columns column by column; `box` tells where their characters stand."""
    lines = [line for line, _ in drawn]
    if not _may_be(drawn, box):
        return lines
    gaps = [_gaps(one, box) for one in drawn]
    starts = Counter(round(gap.right / _NEAR) for found in gaps for gap in found)
    often = [start * _NEAR for start, _ in starts.most_common(_TRIED) if starts[start] + starts[start + 1] >= _LINES]
    gutters: list[float] = []
    for start in sorted(often):
        if gutters and start - gutters[-1] <= _NEAR:
            continue
        cut = [_cut(one, found, start, box) for one, found in zip(drawn, gaps, strict=True)]
        if _is_prose([pair for pair in cut if pair]):
            gutters.append(start)
    if not gutters:
        return lines
    rows = [_row(one, found, gutters, box) for one, found in zip(drawn, gaps, strict=True)]
    return list(_ordered(rows, len(gutters) + 1))


def _may_be(drawn: Sequence[Drawn], box: Boxes) -> bool:
    """Whether one of a few wide lines has gaps: to look for them in all takes as long as reading the page."""
    if len(drawn) < _LINES:
        return False
    width = max(line.right for line, _ in drawn) - min(line.left for line, _ in drawn)
    wide = [one for one in drawn if one.line.right - one.line.left > _WIDE * width]
    step = len(wide) // _ASKED
    return len(wide) >= _LINES and any(_gaps(one, box, 4) for one in wide[step // 2 :: step])


def _gaps(drawn: Drawn, box: Boxes, parts: int = 0) -> list[_Gap]:
    """The gaps of a line that are wider than a blank; those in the outer two of so many `parts` are passed over."""
    (line, first), found = drawn, list[_Gap]()
    outer = len(line.text) // parts if parts else 0
    at, end = outer, len(line.text) - outer
    least = _GAP * line.size
    while (at := line.text.find(" ", at + 1, end)) >= 0:
        left, right = box(first + at - 1)[2], box(first + at + 1)[0]
        if right - left > least:
            found.append(_Gap(at, left, right))
    return found


def _at(gaps: Sequence[_Gap], start: float, size: float) -> _Gap | None:
    """The gap behind which the column begins that begins there."""
    return next(
        (gap for gap in gaps if gap.left < start - _NEAR and -_NEAR <= gap.right - start < _INDENT * size), None
    )


def _cut(drawn: Drawn, gaps: Sequence[_Gap], start: float, box: Boxes) -> tuple[Line, Line] | None:
    gap = _at(gaps, start, drawn.line.size)
    if not gap:
        return None
    (line, first), last = drawn, drawn.first + len(drawn.line.text) - 1
    left = Line(line.text[: gap.at], around(box(first), box(first + gap.at - 1)))
    return left, Line(line.text[gap.at + 1 :], around(box(first + gap.at + 1), box(last)))


def _is_prose(pairs: Sequence[tuple[Line, Line]]) -> bool:
    """Whether what stands on either side of a gap is lines of prose."""
    return len(pairs) >= _LINES and all(_fills(side) for side in zip(*pairs, strict=True))


def _fills(side: Sequence[Line]) -> bool:
    widths = [line.right - line.left for line in side]
    full = sum(width >= _FULL * max(widths) for width in widths)
    return full > _MOST * len(side) and mean(line.text.count(" ") + 1 for line in side) >= _WORDS


def _row(drawn: Drawn, gaps: Sequence[_Gap], gutters: Sequence[float], box: Boxes) -> _Row:
    pieces: dict[int, Line] = {}
    line, first = drawn
    rest = drawn
    for number, start in enumerate(gutters):
        moved = [gap._replace(at=gap.at - rest.first + first) for gap in gaps if gap.at > rest.first - first]
        if cut := _cut(rest, moved, start, box):
            pieces[number] = cut[0]
            rest = Drawn(cut[1], rest.first + len(cut[0].text) + 1)
    column = sum(rest.line.left >= start - _NEAR for start in gutters)
    across = column < len(gutters) and rest.line.right > gutters[column]
    return _Row(line, {} if across else {**pieces, column: rest.line})


def _ordered(rows: Sequence[_Row], columns: int) -> Iterator[Line]:
    """Column by column what stands between lines that go across them."""
    block: list[_Row] = []
    for row in rows:
        if row.pieces:
            block.append(row)
        else:
            yield from _down(block, columns)
            yield row.line
            block = []
    yield from _down(block, columns)


def _down(block: Sequence[_Row], columns: int) -> Iterator[Line]:
    for column in range(columns):
        yield from (row.pieces[column] for row in block if column in row.pieces)
