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

_FAMILIES: Final = (DOUBLE, SINGLE, GUILLEMETS, SINGLE_GUILLEMETS, CORNERS)
"""Marks of one family pair with each other; of each family at most one quotation is open at a time."""
_FAMILY: Final = np.array([table(marks) for marks in _FAMILIES]).argmax(axis=0).astype(np.int32)
"""By the code of the mark."""
_DOUBLE: Final = 0
_SINGLE: Final = 1

_QUOTATION_MARKS: Final = table(QUOTATION_MARKS)
_SINGLES: Final = table(SINGLE)
# The shape of an apostrophe, a typographic one included, does not tell which way it faces.
_OPENING: Final = table(QUOTATION_MARKS & OPENERS - frozenset("\"'"))
_CLOSING: Final = table(QUOTATION_MARKS & CLOSERS - frozenset("\"'’"))
_NOT_BEFORE: Final = table(OPENING_BRACKETS | DASHES)
"""A mark that touches one of these on its left does not close for it."""
_NOT_AFTER: Final = table(CLOSING_BRACKETS | DASHES | frozenset(".,;:!?…"))
"""A mark that touches one of these on its right does not open for it."""
_CASE: Final = np.uint8(0x20)


class Facing(NamedTuple):
    """The quotation marks, one row each, in order; two single marks that touch are one double mark."""

    row: Rows
    """Row of the mark, or of its first half."""
    end: Rows
    """Row after it."""
    family: Column
    paragraph: Rows
    """0, 1, 2 …: that of the mark."""
    resumes: Flags
    """Whether it stands first in its paragraph and may take up what the one before left open."""
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
    ends: Flags
    """Whether it is the last one."""
    paragraph: Rows

    def take(self, rows: Rows) -> "_Marks":
        return self._make(column.take(rows) for column in self)


def paragraphs(sentences: Sentences) -> Rows:
    """Row of the first token of each paragraph."""
    return sentences.first[np.diff(sentences.paragraph, prepend=-1) > 0]


def facing(tokens: Tokens, sentences: Sentences) -> Facing:
    """Tell them for all quotation marks, apostrophes included."""
    row = tokens.marks(_QUOTATION_MARKS)
    twin = _twins(tokens, row)
    marks = _marks(tokens, sentences, row)
    family = np.where(np.append(twin, False)[1:], _DOUBLE, _FAMILY.take(marks.lead))
    first = np.flatnonzero(~twin)
    marks, family = marks.take(first), family.take(first)
    alone, within = _by_shape(tokens, marks)
    single = np.flatnonzero(family == _SINGLE)
    alone[single], within[single] = _as_single(tokens, marks.take(single))
    resumes = marks.starts & marks.right & ~_CLOSING.take(marks.lead)
    resumes &= tokens.document.take(marks.row) == tokens.document.take(marks.row - 1, mode="clip")
    end = row[np.append(~twin, True)[1:]] + 1
    return Facing(marks.row, end, family, marks.paragraph, resumes, alone, within)


def _marks(tokens: Tokens, sentences: Sentences, row: Rows) -> _Marks:
    opens = paragraphs(sentences)
    paragraph = np.searchsorted(opens, row, side="right") - 1
    starts = opens.take(paragraph) == row
    ends = np.append(opens, len(tokens)).take(paragraph + 1) == row + 1
    return _Marks(row, tokens.lead.take(row), *_touching(tokens, row), starts, ends, paragraph)


def _touching(tokens: Tokens, row: Rows) -> tuple[Flags, Flags]:
    """For each mark: does it touch words that it could close for, on its left, and open for, on its right?

    A quotation mark that touches another one touches what that one touches.
    """
    before, after = ~tokens.gap.take(row), ~tokens.gap.take(row + 1)
    chained = before & (np.diff(row, prepend=-2) == 1)
    left = before & ~_NOT_BEFORE.take(tokens.lead.take(row - 1))
    right = after & ~_NOT_AFTER.take(tokens.lead.take(row + 1, mode="clip"))
    number = np.arange(len(row))
    first = np.maximum.accumulate(np.where(chained, 0, number))
    last = np.minimum.accumulate(np.where(np.append(chained, False)[1:], len(row), number)[::-1])[::-1]
    return left.take(first), right.take(last)


def _twins(tokens: Tokens, row: Rows) -> Flags:
    """Which single marks make one double mark with the mark before them: in a row of like ones every second."""
    lead = fold_tape(tokens.lead.take(row))
    alike = ~tokens.gap.take(row) & _SINGLES.take(lead)
    alike[:1] = False
    alike[1:] &= (np.diff(row) == 1) & (lead[1:] == lead[:-1])
    number = np.arange(len(row))
    first = np.maximum.accumulate(np.where(alike, 0, number))
    return (number - first) % 2 == 1


def _by_shape(tokens: Tokens, marks: _Marks) -> tuple[Column, Column]:
    """What any mark but a single one does, alone and within a quotation of its family."""
    opening, closing = _OPENING.take(marks.lead), _CLOSING.take(marks.lead)
    straight = ~(opening | closing)
    forwards, backwards = marks.right & ~marks.left, marks.left & ~marks.right
    alone, within = np.full((2, len(straight)), CLOSES, np.int32)
    alone[opening | (closing & forwards) | (straight & ~backwards)] = OPENS
    within[(opening & ~backwards) | (straight & forwards)] = OPENS
    behind = np.flatnonzero(straight & marks.left)
    inches = is_digit(_ending(tokens, marks.row.take(behind) - 1)[1])
    alone[behind[inches]] = NEITHER
    return alone, within


def _as_single(tokens: Tokens, marks: _Marks) -> tuple[Column, Column]:
    """The same for single marks, each of which is an apostrophe unless it pairs with another."""
    opens = marks.right & ~marks.left & ~opens_elision(tokens, marks.row)
    apart = ~marks.right | ~tokens.word.take(marks.row - 1)
    closes = marks.left & apart & ~_OPENING.take(marks.lead)
    sure = closes & (marks.ends | ~_is_possessive(tokens, marks.row))
    closable = _is_next(closes, opens | closes, marks.paragraph)
    surely = _is_next(sure, opens | sure, marks.paragraph)
    alone, within = np.full((2, len(opens)), NEITHER, np.int32)
    alone[opens & (closable | marks.starts)] = OPENS
    within[opens & (closable | marks.starts)] = OPENS
    within[closes & (sure | ~surely)] = CLOSES
    return alone, within


def _is_next(good: Flags, event: Flags, paragraph: Rows) -> Flags:
    """For each mark: is the next event in its paragraph a good one?"""
    events = np.flatnonzero(event)
    near = np.append(events, len(event)).take(np.searchsorted(events, np.arange(len(event)), side="right"))
    return np.append(good, False).take(near) & (np.append(paragraph, -1).take(near) == paragraph)


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
    for number in np.flatnonzero(marked).tolist():
        stop = tokens.end[row[number]]
        before[number], last[number] = map(code, tokens.text[stop - 2 : stop])
    return before, last
