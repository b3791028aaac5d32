"""The plain quotations, mark by mark as they are written: what the quotations of `quote.py` are held to."""

from typing import Final

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Column
from factcheck.text.lex import Tokens
from factcheck.text.marks import (
    CLOSERS,
    CLOSING_BRACKETS,
    CORNERS,
    DASHES,
    DOUBLE,
    GUILLEMETS,
    OPENERS,
    OPENING_BRACKETS,
    QUOTATION_MARKS,
    SINGLE,
    SINGLE_GUILLEMETS,
    touches_next,
    touches_previous,
)
from factcheck.text.segment import Sentences

_FAMILIES: Final = (DOUBLE, SINGLE, GUILLEMETS, SINGLE_GUILLEMETS, CORNERS)
"""Marks of one family pair with each other; of each family at most one quotation is open at a time."""

_FAMILY: Final = {mark: number for number, marks in enumerate(_FAMILIES) for mark in marks}
_DOUBLE: Final = 0
_SINGLE: Final = 1
_OPENING: Final = QUOTATION_MARKS & OPENERS - frozenset("\"'")
_CLOSING: Final = QUOTATION_MARKS & CLOSERS - frozenset("\"'")
_NOT_BEFORE: Final = OPENING_BRACKETS | DASHES
"""A mark that touches one of these on its left does not close for it."""
_NOT_AFTER: Final = CLOSING_BRACKETS | DASHES | frozenset(".,;:!?…")
"""A mark that touches one of these on its right does not open for it."""


Plain = tuple[list[bool], list[bool], list[tuple[int, int]]]
"""Which tokens open or close a quotation, which of them open one, and the spans of the quotations."""


def quote(tokens: Tokens, sentences: Sentences) -> Plain:
    """Find the quotations."""
    pairing = _Pairing(tokens, np.repeat(sentences.paragraph, sentences.end - sentences.first))
    pairing.run()
    return pairing.mark.tolist(), pairing.opening.tolist(), pairing.spans


class _Pairing:
    """One walk over the quotation marks; what it remembers is the families that are open, outermost first."""

    def __init__(self, tokens: Tokens, paragraph: Column) -> None:
        self.tokens, self.form = tokens, tokens.form
        self.paragraph: list[int] = paragraph.tolist()
        self.document: list[int] = tokens.document.tolist()
        self.page_end = np.cumsum(np.bincount(paragraph)).tolist()
        """For each paragraph: the row after its last token."""
        marks = [row for row, form in enumerate(tokens.form) if form in QUOTATION_MARKS]
        self.left, self.right = _touching(tokens, marks)
        self.twins = _twins(tokens, marks)
        """Rows of the second of two single marks that touch: together they are one double mark."""
        self.rows = [row for row in marks if row not in self.twins]
        self.closable: dict[int, bool] = {}
        """For each single mark: does one that closes follow in its paragraph, before another opens?"""
        self.surely: dict[int, bool] = {}
        """The same for one that is no plural's apostrophe."""
        self.mark = np.zeros(len(tokens), np.bool_)
        self.opening = np.zeros(len(tokens), np.bool_)
        self.spans: list[tuple[int, int]] = []
        self.open: list[int] = []
        self.since = 0
        """Row of the mark that opened the outermost quotation."""

    def run(self) -> None:
        self._look_ahead()
        page = -1
        for row in self.rows:
            if self.open and self.paragraph[row] != page:
                self._turn_page(row, page)
            page = self.paragraph[row]
            family = self._family(row)
            opens = self._opens_single(row) if family == _SINGLE else self._opens(row, family)
            if opens:
                self._open(row, family)
            elif opens is not None:
                self._close(row, family)
        if self.open:
            self._end(self.page_end[page])

    def _family(self, row: int) -> int:
        return _DOUBLE if row + 1 in self.twins else _FAMILY[self.form[row]]

    def _end_of(self, row: int) -> int:
        """The row after the mark at `row`."""
        return row + 1 + (row + 1 in self.twins)

    def _turn_page(self, row: int, page: int) -> None:
        """Leave paragraph `page`, to which the open quotation belongs, for that of the mark at `row`."""
        end = self.page_end[page]
        same = row == end and self.document[row] == self.document[row - 1]
        if same and self._family(row) == self.open[0] and self.right[row] and self.form[row] not in _CLOSING:
            del self.open[1:]
        else:
            self._end(end)

    def _end(self, row: int) -> None:
        self.spans.append((self.since, row))
        self.open.clear()

    def _open(self, row: int, family: int) -> None:
        self.mark[row : self._end_of(row)] = self.opening[row : self._end_of(row)] = True
        if family in self.open:
            del self.open[self.open.index(family) + 1 :]
            return
        if not self.open:
            self.since = row
        self.open.append(family)

    def _close(self, row: int, family: int) -> None:
        self.mark[row : self._end_of(row)] = True
        if family not in self.open:
            return  # it closes what no mark opened
        del self.open[self.open.index(family) :]
        if not self.open:
            self._end(self._end_of(row))

    def _opens(self, row: int, family: int) -> bool | None:
        """Whether a mark of any family but the single one opens (or else closes) something; None for neither."""
        form, left, right, is_open = self.form[row], self.left[row], self.right[row], family in self.open
        if form in _OPENING:
            return not (is_open and left and not right)
        if form in _CLOSING:
            return right and not left and not is_open
        if not is_open and left and self.form[row - 1][-1].isdecimal():
            return None  # inches
        return right if left != right else not is_open

    def _opens_single(self, row: int) -> bool | None:
        """The same for a single mark, which is an apostrophe unless it pairs with another."""
        if self._looks_opening(row):
            starts = row == 0 or self.paragraph[row] != self.paragraph[row - 1]
            return True if self.closable[row] or starts else None
        closes = _SINGLE in self.open and self._looks_closing(row) and (self._is_sure(row) or not self.surely[row])
        return False if closes else None

    def _looks_opening(self, row: int) -> bool:
        shaped = self.right[row] and not self.left[row] and self.form[row] != "’"
        return shaped and not _opens_elision(self.tokens, row)

    def _looks_closing(self, row: int) -> bool:
        apart = not self.right[row] or not self.tokens.word[row - 1]
        return self.left[row] and apart and self.form[row] not in _OPENING

    def _is_sure(self, row: int) -> bool:
        """Whether a closing single mark cannot be the apostrophe of `the officials' claims`."""
        if not self.tokens.word[row - 1] or not self.tokens.fold[row - 1].endswith(("s", "x", "z", "in")):
            return True
        after = row + 1
        return after == len(self.form) or not self.tokens.word[after] or self.paragraph[after] != self.paragraph[row]

    def _look_ahead(self) -> None:
        closable = surely = False
        page = -1
        for row in reversed(self.rows):
            if self._family(row) != _SINGLE:
                continue
            if self.paragraph[row] != page:
                closable = surely = False
                page = self.paragraph[row]
            self.closable[row], self.surely[row] = closable, surely
            if self._looks_opening(row):
                closable = surely = False
            elif self._looks_closing(row):
                closable, surely = True, surely or self._is_sure(row)


def _twins(tokens: Tokens, rows: list[int]) -> set[int]:
    """Rows of single marks that make one double mark with the mark before them."""
    twins: set[int] = set()
    for row in rows:
        alike = row > 0 and tokens.form[row] in SINGLE and tokens.form[row] == tokens.form[row - 1]
        if alike and row - 1 not in twins and touches_previous(tokens, row):
            twins.add(row)
    return twins


def _touching(tokens: Tokens, rows: list[int]) -> tuple[dict[int, bool], dict[int, bool]]:
    """For each mark: does it touch words that it could close for, on its left, and open for, on its right?

    A quotation mark that touches another one touches what that one touches.
    """
    left: dict[int, bool] = {}
    right: dict[int, bool] = {}
    for row in rows:
        left[row] = touches_previous(tokens, row) and left.get(row - 1, tokens.form[row - 1] not in _NOT_BEFORE)
    for row in reversed(rows):
        touches = row + 1 < len(tokens) and touches_previous(tokens, row + 1)
        right[row] = touches and right.get(row + 1, tokens.form[row + 1] not in _NOT_AFTER)
    return left, right


def _opens_elision(tokens: Tokens, row: int) -> bool:
    """Whether the token is the apostrophe of a shortened word: 'tis, '90s."""
    if tokens.form[row] not in SINGLE or not touches_next(tokens, row):
        return False
    word = tokens.fold[row + 1]
    return word in tables.ELISIONS or (word[:2].isdecimal() and word[2:] in {"", "s"})
