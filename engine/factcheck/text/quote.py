"""Tokens to quotations: pair the marks, paragraph by paragraph."""

from dataclasses import dataclass

import numpy as np

from factcheck.text.columns import Column, Flags
from factcheck.text.facing import CLOSES, OPENS, Facing, facing
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
    walk = _Walk()
    walk.run(marks)
    does = np.array(walk.does, np.int32)
    spans = np.array(walk.spans, np.int32).reshape(-1, 2)
    return Quotations(
        mark=_flagged(marks, does > 0, len(tokens)),
        opening=_flagged(marks, does == OPENS, len(tokens)),
        inside=_inside(spans, len(tokens)),
        first=spans[:, 0],
        end=spans[:, 1],
    )


def _flagged(marks: Facing, which: Flags, size: int) -> Flags:
    """For each of `size` tokens: is it one of these marks, or half of one?"""
    found = np.zeros(size, np.bool_)
    found[marks.row[which]] = found[marks.end[which] - 1] = True
    return found


def _inside(spans: Column, size: int) -> Column:
    """For each of `size` tokens the row of the span that holds it, or -1."""
    number = np.full(2 * len(spans) + 1, -1, np.int32)
    number[1::2] = np.arange(len(spans))
    edges = np.concatenate(([0], spans.ravel(), [size]))
    return np.repeat(number, edges[1:] - edges[:-1])


class _Walk:
    """One walk over the quotation marks; what it remembers is the families that are open, outermost first."""

    def __init__(self) -> None:
        self.does: list[int] = []
        """What each mark does, as the walk has found out."""
        self.spans: list[tuple[int, int]] = []
        self.open: list[int] = []
        self.since = 0
        """Row of the mark that opened the outermost quotation."""

    def run(self, marks: Facing) -> None:
        page_end = 0  # of the paragraph at hand
        columns = (column.tolist() for column in marks)
        for row, end, family, ends, resumes, alone, within in zip(*columns, strict=True):
            if self.open and ends != page_end:
                self._turn_page(page_end, goes_on=resumes and row == page_end and family == self.open[0])
            page_end = ends
            does = within if family in self.open else alone
            self.does.append(does)
            if does == OPENS:
                self._open(row, family)
            elif does == CLOSES and family in self.open:  # if not, it closes what no mark opened
                del self.open[self.open.index(family) :]
                if not self.open:
                    self.spans.append((self.since, end))
        if self.open:
            self._turn_page(page_end, goes_on=False)

    def _turn_page(self, page_end: int, *, goes_on: bool) -> None:
        """Leave a paragraph: what is open there ends, unless the outermost quotation goes on in the next one."""
        if goes_on:
            del self.open[1:]
        else:
            self.spans.append((self.since, page_end))
            self.open.clear()

    def _open(self, row: int, family: int) -> None:
        if family in self.open:
            del self.open[self.open.index(family) + 1 :]
            return
        if not self.open:
            self.since = row
        self.open.append(family)
