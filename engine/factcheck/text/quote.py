"""Tokens to quotations: pair the marks, paragraph by paragraph."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.facing import CLOSES, NEITHER, OPENS, STAYS, TAKES_UP, TURNS, Facing, facing
from factcheck.text.lex import Tokens
from factcheck.text.segment import Sentences

_MANY: Final = 100
"""Marks that are too many to walk over them all."""


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
    does, first, last, closed = _paired(marks) if len(marks.row) > _MANY else _walked(marks)
    first = marks.row.take(first)
    end = np.where(closed, marks.end.take(last), marks.page_end.take(last))
    return Quotations(
        mark=_flagged(marks, does != NEITHER, len(tokens)),
        opening=_flagged(marks, does == OPENS, len(tokens)),
        inside=_inside(first, end, len(tokens)),
        first=first.astype(np.int32),
        end=end.astype(np.int32),
    )


_Paired = tuple[Column, Rows, Rows, Flags]
"""What each mark does; of each quotation its first mark, the last mark in it, and whether that closes it."""


def _walked(marks: Facing) -> _Paired:
    walk = _Walk(marks)
    first, last, closed = np.array(walk.first, np.intp), np.array(walk.last, np.intp), np.array(walk.closed, np.bool_)
    return np.frombuffer(walk.does, np.uint8), first, last, closed


def _paired(marks: Facing) -> _Paired:
    """The same, where only few paragraphs are walked over: in the others one mark opens, the next one closes.

    That only holds where nothing is taken up from a paragraph that is walked over.
    """
    size = len(marks.row)
    begins = marks.page != STAYS
    begins[0] = True
    first = begins.nonzero()[0]
    page = begins.cumsum() - 1
    closes = (np.arange(size) - first.take(page)) % 2 == 1
    fits = np.where(closes, marks.within == CLOSES, marks.alone == OPENS)
    fits[1:] &= ~closes[1:] | (marks.family[1:] == marks.family[:-1])
    odd = np.zeros(len(first), np.bool_)
    odd[page[~fits]] = True
    odd |= ~closes.take(np.append(first[1:], size) - 1)
    taken_up = marks.page.take(first) == TAKES_UP
    number = np.arange(len(first))
    odd = np.maximum.accumulate(np.where(odd, number, -1)) >= np.maximum.accumulate(np.where(taken_up, 0, number))
    walked = odd.take(page)
    pairs = (~walked).nonzero()[0]
    # A mark like the one before it changes nothing, if it does the same alone and within.
    same = ~begins & (marks.alone == marks.within)
    same[1:] &= same[:-1] & (marks.alone[1:] == marks.alone[:-1]) & (marks.family[1:] == marks.family[:-1])
    same[0] = False
    rows = (walked & ~same).nonzero()[0]
    turns = marks.page.copy()
    turns[first[1:][~odd[:-1] & taken_up[1:]]] = TURNS
    does = np.where(walked, marks.alone, np.where(closes, CLOSES, OPENS))
    does[rows], since, until, closed = _walked(Facing(*(column.take(rows) for column in marks._replace(page=turns))))
    since = np.concatenate((pairs[::2], rows.take(since)))
    until = np.concatenate((pairs[1::2], rows.take(until)))
    closed = np.concatenate((np.ones(len(pairs) // 2, np.bool_), closed))
    order = since.argsort(kind="stable")
    return does, since.take(order), until.take(order), closed.take(order)


def _flagged(marks: Facing, which: Flags, size: int) -> Flags:
    """For each of `size` tokens: is it one of these marks, or half of one?"""
    found = np.zeros(size, np.bool_)
    near = which.nonzero()[0]
    found[marks.row.take(near)] = found[marks.end.take(near) - 1] = True
    return found


def _inside(first: Rows, end: Rows, size: int) -> Column:
    """For each of `size` tokens the row of the span that holds it, or -1."""
    number = np.full(2 * len(first) + 1, -1, np.int32)
    number[1::2] = np.arange(len(first))
    edges = np.zeros(2 * len(first) + 2, np.intp)
    edges[1:-1:2], edges[2::2], edges[-1] = first, end, size
    return number.repeat(edges[1:] - edges[:-1])


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
            if family in opened:
                self.does[mark] = within
                if within == OPENS:
                    del opened[opened.index(family) + 1 :]
                elif within == CLOSES:
                    del opened[opened.index(family) :]
                    if not opened:
                        self._end(mark, closed=True)
                continue
            self.does[mark] = alone  # if that is to close, it closes what no mark opened
            if alone == OPENS:
                if not opened:
                    self.since = mark
                opened.append(family)
        if opened:
            self._turn_page(len(marks.row) - 1, goes_on=False)

    def _turn_page(self, last: int, *, goes_on: bool) -> None:
        """Leave the paragraph: what is open there ends, unless the outermost quotation goes on in the next one."""
        if goes_on:
            del self.open[1:]
        else:
            self.open.clear()
            self._end(last, closed=False)

    def _end(self, last: int, *, closed: bool) -> None:
        self.first.append(self.since)
        self.last.append(last)
        self.closed.append(closed)
