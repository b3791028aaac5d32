"""Quotation marks to what each one does: open, close or neither, by what it touches and what follows."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.text.columns import Column, Flags, Rows
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
    opens_elision,
    table,
)
from factcheck.text.segment import Sentences
from factcheck.text.tape import Tape, code, fold_tape, is_digit

NEITHER, OPENS, CLOSES = range(3)
"""What a mark does."""

STAYS, TURNS, TAKES_UP = range(3)
"""Where a mark stands: in the paragraph of the mark before it; in another; at the start of the very next one, as a mark
does that takes up again what was left open."""

_FAMILIES: Final = (DOUBLE, SINGLE, GUILLEMETS, SINGLE_GUILLEMETS, CORNERS)
"""Marks of one family pair with each other; of each family at most one quotation is open at a time."""
_FAMILY: Final = np.array([table(marks) for marks in _FAMILIES]).argmax(axis=0).astype(np.int32)
"""By the code of the mark."""
_DOUBLE: Final = 0
_SINGLE: Final = 1

_QUOTATION_MARKS: Final = table(QUOTATION_MARKS)
_NOT_BEFORE: Final = table(OPENING_BRACKETS | DASHES)
"""A mark that touches one of these on its left does not close for it."""
_NOT_AFTER: Final = table(CLOSING_BRACKETS | DASHES | frozenset(".,;:!?…"))
"""A mark that touches one of these on its right does not open for it."""

# The shapes: an apostrophe, a typographic one included, does not show which way it faces.
_STRAIGHT, _OPENING, _CLOSING = range(3)
_SHAPE: Final = (
    table(QUOTATION_MARKS & OPENERS - frozenset("\"'")) * _OPENING
    + table(QUOTATION_MARKS & CLOSERS - frozenset("\"'’")) * _CLOSING
)
_O, _C = OPENS, CLOSES
# What a mark of each shape does, where it touches nothing, what is on its right, what is on its left, or both.
_ALONE: Final = np.array([(_O, _O, _C, _O), (_O, _O, _O, _O), (_C, _O, _C, _C)], np.int32).ravel()
_WITHIN: Final = np.array([(_C, _O, _C, _C), (_O, _O, _C, _O), (_C, _C, _C, _C)], np.int32).ravel()
_LEFT, _SIDES = 2, 4
_CASE: Final = np.uint8(0x20)


class Facing(NamedTuple):
    """The quotation marks, one row each, in order; two single marks that touch are one double mark."""

    row: Rows
    """Row of the mark, or of its first half."""
    end: Rows
    """Row after it."""
    family: Column
    page_end: Rows
    """Row after the last token of its paragraph."""
    page: Column
    """One of `STAYS`, `TURNS`, `TAKES_UP`."""
    alone: Column
    """What it does where none of its family is open."""
    within: Column
    """What it does where one is."""


class _Marks(NamedTuple):
    """What is known of each mark before it is asked what it does."""

    row: Rows
    lead: Tape
    left: Flags
    """Whether it touches, on its left, words that it could close for."""
    right: Flags
    """Whether it touches, on its right, words that it could open for."""
    starts: Flags
    """Whether it is the first token of its paragraph."""
    page_end: Rows

    def take(self, rows: Rows) -> "_Marks":
        row, lead, left, right, starts, page_end = self
        return _Marks(
            row.take(rows), lead.take(rows), left.take(rows), right.take(rows), starts.take(rows), page_end.take(rows)
        )


def facing(tokens: Tokens, sentences: Sentences) -> Facing:
    """Find what each does; apostrophes are among them, most of which do nothing."""
    row = tokens.marks(_QUOTATION_MARKS)
    chained = _chained(tokens, row)
    marks = _marks(tokens, sentences, row, chained)
    family, end = _FAMILY.take(marks.lead), row + 1
    if np.count_nonzero(chained):
        twin = _twins(marks.lead, chained)
        family[:-1][twin[1:]] = _DOUBLE
        end[:-1] += twin[1:]
        first = (~twin).nonzero()[0]
        marks, family, end = marks.take(first), family.take(first), end.take(first)
    alone, within = _by_shape(tokens, marks)
    single = (family == _SINGLE).nonzero()[0]
    if len(single):
        alone[single], within[single] = _as_single(tokens, marks.take(single))
    return Facing(marks.row, end, family, marks.page_end, _pages(tokens, marks), alone, within)


def _marks(tokens: Tokens, sentences: Sentences, row: Rows, chained: Flags) -> _Marks:
    opens = sentences.first[1:][sentences.paragraph[1:] > sentences.paragraph[:-1]]
    edges = np.concatenate((sentences.first[:1], opens, [len(tokens)]))
    after = edges.searchsorted(row, side="right")
    return _Marks(
        row=row,
        lead=tokens.lead.take(row),
        left=_touches_left(tokens, row, chained),
        right=_touches_right(tokens, row, chained),
        starts=edges.take(after - 1) == row,
        page_end=edges.take(after),
    )


def _chained(tokens: Tokens, row: Rows) -> Flags:
    """For each mark: does it touch the one before it?"""
    chained: Flags = ~tokens.gap.take(row)
    chained[:1] = False
    chained[1:] &= row[1:] - row[:-1] == 1
    return chained


def _touches_left(tokens: Tokens, row: Rows, chained: Flags) -> Flags:
    """For each mark: does it touch something on its left that it could close for?

    A quotation mark that touches another one touches what that one touches.
    """
    touches: Flags = ~(tokens.gap.take(row) | _NOT_BEFORE.take(tokens.lead.take(row - 1)))
    return (
        touches.take(np.maximum.accumulate(np.where(chained, 0, np.arange(len(row)))))
        if np.count_nonzero(chained)
        else touches
    )


def _touches_right(tokens: Tokens, row: Rows, chained: Flags) -> Flags:
    """The same on its right, and that it could open for."""
    touches: Flags = ~(tokens.gap.take(row + 1) | _NOT_AFTER.take(tokens.lead.take(row + 1, mode="clip")))
    if not np.count_nonzero(chained):
        return touches
    last = np.where(np.append(chained[1:], False), len(row), np.arange(len(row)))
    return touches.take(np.minimum.accumulate(last[::-1])[::-1])


def _twins(lead: Tape, chained: Flags) -> Flags:
    """Which single marks make one double mark with the mark before them: in a row of like ones every second."""
    lead = fold_tape(lead)
    alike = chained & (_FAMILY.take(lead) == _SINGLE)
    alike[1:] &= lead[1:] == lead[:-1]
    number = np.arange(len(lead))
    return (number - np.maximum.accumulate(np.where(alike, 0, number))) % 2 == 1


def _pages(tokens: Tokens, marks: _Marks) -> Column:
    row, before = marks.row[1:], marks.page_end[:-1]
    page = np.full(len(marks.row), STAYS, np.int32)
    page[1:] = np.where(marks.page_end[1:] == before, STAYS, TURNS)
    near = ((row == before) & marks.right[1:] & (_SHAPE.take(marks.lead[1:]) != _CLOSING)).nonzero()[0]
    page[near[~tokens.opens_document(row.take(near))] + 1] = TAKES_UP
    return page


def _by_shape(tokens: Tokens, marks: _Marks) -> tuple[Column, Column]:
    """What any mark but a single one does, alone and within a quotation of its family."""
    shape = _SHAPE.take(marks.lead)
    case = shape * _SIDES + marks.left * _LEFT + marks.right
    alone, within = _ALONE.take(case), _WITHIN.take(case)
    behind = ((shape == _STRAIGHT) & marks.left).nonzero()[0]
    inches = is_digit(_ending(tokens, marks.row.take(behind) - 1)[1])
    alone[behind[inches]] = NEITHER
    return alone, within


def _as_single(tokens: Tokens, marks: _Marks) -> tuple[Column, Column]:
    """The same for single marks, each of which is an apostrophe unless it pairs with another."""
    opens = marks.right & ~marks.left & ~opens_elision(tokens, marks.row)
    apart = ~(marks.right & tokens.word.take(marks.row - 1))
    closes = marks.left & apart & (_SHAPE.take(marks.lead) != _OPENING)
    sure = closes & ((marks.page_end == marks.row + 1) | ~_is_possessive(tokens, marks.row))
    closable = _is_next(closes, opens | closes, marks.page_end)
    surely = _is_next(sure, opens | sure, marks.page_end)
    alone = np.where(opens & (closable | marks.starts), np.int32(OPENS), np.int32(NEITHER))
    return alone, np.where(closes & (sure | ~surely), np.int32(CLOSES), alone)


def _is_next(good: Flags, event: Flags, page_end: Rows) -> Flags:
    """For each mark: is the next event in its paragraph a good one?"""
    events = event.nonzero()[0]
    near = np.append(events, len(event)).take(events.searchsorted(np.arange(len(event)), side="right"))
    return np.append(good, False).take(near) & (np.append(page_end, -1).take(near) == page_end)


def _is_possessive(tokens: Tokens, row: Rows) -> Flags:
    """Whether each mark may be the apostrophe of `the officials' claims`: so the words on both its sides look."""
    before, last = (codes | _CASE for codes in _ending(tokens, row - 1))
    found: Flags = (last == ord("s")) | (last == ord("x")) | (last == ord("z"))
    found |= (before == ord("i")) & (last == ord("n"))
    return found & tokens.word.take(row - 1) & tokens.word.take(row + 1, mode="clip")


def _ending(tokens: Tokens, row: Rows) -> tuple[Tape, Tape]:
    """Codes of the last two characters of each of these tokens, combining marks among them."""
    end = tokens.at.take(row) + tokens.length.take(row)
    before, last = tokens.tape.take(end - 2), tokens.tape.take(end - 1)
    marked = tokens.end.take(row) - tokens.start.take(row) != tokens.length.take(row)
    for number in marked.nonzero()[0].tolist():
        stop = tokens.end[row[number]]
        before[number], last[number] = map(code, tokens.text[stop - 2 : stop])
    return before, last
