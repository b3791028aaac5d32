"""Tokens to quotations: pair the marks, paragraph by paragraph."""

from dataclasses import dataclass

import numpy as np

from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.facing import CLOSES, NEITHER, OPENS, TAKES_UP, Facing, facing
from factcheck.text.lex import Tokens
from factcheck.text.segment import Sentences


@dataclass(frozen=True, slots=True, eq=False)
class Quotations:
    """The quotations of a text; a quotation within a quotation is part of the outer one."""

    mark: Flags
    """For each token: does it open or close a quotation?"""
    opening: Flags
    """For each token: does it open one, or take one up again in a new paragraph?"""
    inside: Column
    """For each token: row of the quotation that holds it, its marks included; -1 outside."""
    first: Column
    """For each quotation: row of its first token."""
    end: Column
    """For each quotation: row after its last token."""

    def __len__(self) -> int:
        return len(self.first)


def quote(tokens: Tokens, sentences: Sentences) -> Quotations:
    """Find the quotations.

    One that is not closed ends with its paragraph, unless the next paragraph opens with a mark: it goes on there.
    """
    marks = facing(tokens, sentences)
    walk = _Walk(marks)
    does = np.frombuffer(walk.does, np.uint8)
    first = marks.row.take(np.array(walk.first, np.intp))
    last = np.array(walk.last, np.intp)
    end = np.where(np.array(walk.closed, np.bool_), marks.end.take(last), marks.page_end.take(last))
    return Quotations(
        mark=_flagged(marks, does != NEITHER, len(tokens)),
        opening=_flagged(marks, does == OPENS, len(tokens)),
        inside=_inside(first, end, len(tokens)),
        first=first.astype(np.int32),
        end=end.astype(np.int32),
    )


def _flagged(marks: Facing, which: Flags, size: int) -> Flags:
    """For each of `size` tokens: is it one of these marks, or half of one?"""
    found = np.zeros(size, np.bool_)
    found[marks.row[which]] = found[marks.end[which] - 1] = True
    return found


def _inside(first: Rows, end: Rows, size: int) -> Column:
    """For each of `size` tokens the row of the span that holds it, or -1."""
    number = np.full(2 * len(first) + 1, -1, np.int32)
    number[1::2] = np.arange(len(first))
    edges = np.concatenate(([0], np.column_stack((first, end)).ravel(), [size]))
    return np.repeat(number, edges[1:] - edges[:-1])


class _Walk:
    """One walk over the quotation marks, by number; what it remembers is the families open, outermost first."""

    def __init__(self, marks: Facing) -> None:
        self.does = bytearray(len(marks.row))
        """What each mark does, as the walk has found out."""
        self.first: list[int] = []
        """For each quotation its first mark,"""
        self.last: list[int] = []
        """the last mark in it,"""
        self.closed: list[bool] = []
        """and whether that closes it, or the end of the paragraph."""
        self.open: list[int] = []
        self.since = 0
        """The mark that opened the outermost quotation."""
        self._run(marks)

    def _run(self, marks: Facing) -> None:
        opened = self.open
        columns = (column.tolist() for column in (marks.family, marks.page, marks.alone, marks.within))
        for mark, (family, page, alone, within) in enumerate(zip(*columns, strict=True)):
            if page and opened:
                self._turn_page(mark - 1, goes_on=page == TAKES_UP and family == opened[0])
            self.does[mark] = does = within if family in opened else alone
            if does == OPENS:
                self._open(mark, family)
            elif does == CLOSES and family in opened:  # if not, it closes what no mark opened
                del opened[opened.index(family) :]
                if not opened:
                    self._end(mark, closed=True)
        if opened:
            self._turn_page(len(marks.row) - 1, goes_on=False)

    def _turn_page(self, last: int, *, goes_on: bool) -> None:
        """Leave the paragraph: what is open there ends, unless the outermost quotation goes on in the next one."""
        if goes_on:
            del self.open[1:]
        else:
            self.open.clear()
            self._end(last, closed=False)

    def _open(self, mark: int, family: int) -> None:
        if family in self.open:
            del self.open[self.open.index(family) + 1 :]
            return
        if not self.open:
            self.since = mark
        self.open.append(family)

    def _end(self, last: int, *, closed: bool) -> None:
        self.first.append(self.since)
        self.last.append(last)
        self.closed.append(closed)
