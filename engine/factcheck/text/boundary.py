"""Stops and the like: which of them end a sentence, by the words before and after."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Flags, Rows, distinct, few
from factcheck.text.lex import Tokens
from factcheck.text.marks import CLOSERS, DASHES, OPENERS, QUOTATION_MARKS, TERMINATORS, WIDE, table
from factcheck.text.tape import BULLET, DEGREE, MIDDLE_DOT, PICTOGRAPH, SIGN, flags_of, is_letter, is_lower, is_upper

_STOP: Final = ord(".")
_WIDE: Final = table(WIDE)
_TERMINATORS: Final = table(TERMINATORS)
_RUN: Final = _TERMINATORS | table(CLOSERS) | flags_of(PICTOGRAPH)
_QUOTATION_MARKS: Final = table(QUOTATION_MARKS)
_BEFORE_WORD: Final = table(OPENERS | DASHES | frozenset("$#@*")) | flags_of(BULLET, MIDDLE_DOT, SIGN, PICTOGRAPH)
_PICTOGRAPHS: Final = flags_of(PICTOGRAPH)
_NO_STOP_AFTER: Final = flags_of(ord("["), DEGREE)
_BRACKET: Final = flags_of(ord("["))
_DOUBTFUL: Final = flags_of(ord("?"), ord("!"))
_REACH: Final = 4
"""Marks and words looked at after a terminator."""
_PICTURES_REACH: Final = 12
"""The same where pictographs are among the marks: one that is seen as a whole may be several."""

_PLACE_TITLES: Final = frozenset({"st", "mt"})
"""Titles that are also the end of a street's or the start of a mountain's name."""
_TITLES: Final = frozenset(f"{title}." for title in tables.TITLES - _PLACE_TITLES)
_WITHIN: Final = frozenset({"e.g.", "i.e."}) | _TITLES
"""Abbreviations that end no sentence."""
_LAST: Final = frozenset({"etc."})
_CLOCK: Final = frozenset({"a.m.", "p.m."})
_AFTER_CLOCK: Final = tables.OPENERS | tables.WEEKDAYS | tables.MONTHS | tables.TIME_ZONES
"""Words after a time of day that decide by themselves whether a sentence starts with them."""


class Ends(NamedTuple):
    """The ends of sentences found, one row each, in order."""

    after: Rows
    """Row of the next sentence's first token."""
    stop: Rows
    """Row of the first of the marks that end the sentence, or of the word that has its stop."""
    clock: Flags
    """Whether it ends after a time of day (`5 a.m.`), which may also open a sentence."""


def ends(tokens: Tokens) -> Ends:
    """Find them; those of paragraphs are left out."""
    if not len(tokens):
        none = np.zeros(0, np.intp)
        return Ends(none, none, none > 0)
    row, stop = _runs(tokens)
    touching = ~tokens.gap.take(row)
    wide = touching & _WIDE.take(tokens.lead.take(row - 1))
    apart = (wide | ~touching).nonzero()[0]
    row, stop, wide = row.take(apart), stop.take(apart), wide.take(apart)
    word = _next_word(tokens, row)
    begins = wide | ((word >= 0) & ~_is_lower(tokens, word))
    begins &= wide | ~(_NO_STOP_AFTER.take(tokens.lead.take(stop - 1, mode="clip")) | _is_ellipsis(tokens, stop, row))
    sure = begins.nonzero()[0]
    row, stop, word, wide = row.take(sure), stop.take(sure), word.take(sure), wide.take(sure)
    short = ~wide & tokens.word.take(stop) & ~_TERMINATORS.take(tokens.lead.take(row - 1))
    kept = wide | ~_is_asked(tokens, stop, row)
    clock = np.zeros(len(row), np.bool_)
    near = short.nonzero()[0]
    if len(near):
        clock[near], kept[near] = _after_abbreviations(tokens, stop.take(near), word.take(near))
    return Ends(row[kept], stop[kept], clock[kept])


def _runs(tokens: Tokens) -> tuple[Rows, Rows]:
    """The rows after runs of marks that may end a sentence, inside a paragraph, and the rows of the runs' first marks.

    To a run belong the closing marks that touch it, spaced stops, and a note's number in brackets.
    """
    notes = _notes(tokens)
    stopped = few((tokens.tail == _STOP) & tokens.word)
    row = np.concatenate((tokens.marks(_RUN), stopped))
    row.sort(kind="stable")  # of two that are in order
    row = distinct(np.append(row, notes))[0] if len(notes) else row
    lead, gap = tokens.lead.take(row), tokens.gap.take(row)
    stops = lead == _STOP
    ends = _TERMINATORS.take(lead) | (tokens.tail.take(row) == _STOP)
    goes_on = ~gap & _RUN.take(lead)
    goes_on[1:] |= gap[1:] & stops[1:] & stops[:-1]
    if len(notes):
        goes_on |= np.isin(row, notes)
    goes_on &= ~tokens.opens.take(row)
    goes_on[1:] &= row[1:] - row[:-1] == 1
    goes_on[:1] = False
    count = np.arange(len(row))
    within = ends.take(np.maximum.accumulate(np.where(ends | ~goes_on, count, 0)))
    begins = ends.copy()
    begins[1:] &= ~(goes_on[1:] & within[:-1])
    first = np.maximum.accumulate(np.where(begins, count, 0))
    last = within
    last[:-1] &= ~goes_on[1:]
    last &= ~_ends_paragraph(tokens, row)
    kept = last.nonzero()[0]
    return row.take(kept) + 1, row.take(first.take(kept))


def _notes(tokens: Tokens) -> Rows:
    """Rows of the references in brackets: `They left. [12] We stayed.`."""
    opening = tokens.marks(_BRACKET)
    opening = opening[opening + 2 < len(tokens)]
    if not len(opening):
        return opening
    opening = opening[(tokens.lead.take(opening + 2) == ord("]")) & tokens.word.take(opening + 1)]
    return (opening[tokens.is_decimal(opening + 1)][:, None] + np.arange(3)).ravel()


def _is_ellipsis(tokens: Tokens, first: Rows, end: Rows) -> Flags:
    """Whether the marks are three spaced stops; a fourth would be the sentence's own."""
    found: Flags = end - first == 3  # noqa: PLR2004
    near = found.nonzero()[0]
    if len(near):
        first = first.take(near)
        found[near] = tokens.gap.take(first) & tokens.gap.take(first + 2)
        for k in range(3):
            found[near] &= tokens.lead.take(first + k) == _STOP
    return found


def _next_word(tokens: Tokens, row: Rows) -> Rows:
    """Row of the word at `row`, or after the few marks that may stand before a first word; -1 if there is none."""
    found = np.where(tokens.word.take(row), row, -1)
    alive = (found < 0).nonzero()[0]
    near = row.take(alive)
    for step in range(1, _PICTURES_REACH):
        if step >= _REACH:
            pictures = _PICTOGRAPHS.take(tokens.lead.take(near - 1))
            alive, near = alive[pictures], near[pictures]
        if not len(alive):
            break
        goes_on = _BEFORE_WORD.take(tokens.lead.take(near)) & ~_ends_paragraph(tokens, near)
        alive, near = alive[goes_on], near[goes_on] + 1
        word = tokens.word.take(near)
        found[alive[word]] = near[word]
        alive, near = alive[~word], near[~word]
    return found


def _ends_paragraph(tokens: Tokens, row: Rows) -> Flags:
    """Whether no token of its paragraph stands after each of these."""
    return (row + 1 >= len(tokens)) | tokens.opens.take(row + 1, mode="clip")


def _is_lower(tokens: Tokens, row: Rows) -> Flags:
    """Whether the words have letters in lower case and none in upper case; -1 is no word."""
    lead = tokens.lead.take(row, mode="clip")
    found: Flags = (row >= 0) & is_lower(lead)
    single = tokens.length.take(row, mode="clip") == 1
    for k in ((row >= 0) & ~single & ~is_upper(lead)).nonzero()[0].tolist():
        found[k] = tokens.text[tokens.start[row[k]] : tokens.end[row[k]]].islower()
    return found


def _after_abbreviations(tokens: Tokens, stop: Rows, word: Rows) -> tuple[Flags, Flags]:
    """Whether the abbreviations at `stop` are times of day that may end a sentence before the words at `word`.

    And whether they, or any others, do so.
    """
    letter = is_letter(tokens.lead.take(word))
    clock = letter & tokens.among(_CLOCK, stop) & ~tokens.among(_AFTER_CLOCK, word)
    ends = tokens.among(_LAST, stop) | tokens.among(tables.OPENERS, word)
    return clock, clock | (ends & letter & ~tokens.among(_WITHIN, stop))


def _is_asked(tokens: Tokens, stop: Rows, row: Rows) -> Flags:
    """Whether a quotation's question or exclamation mark stands before the words around it: `Ruth Abara asked.`."""
    found = np.zeros(len(row), np.bool_)
    asked = _DOUBTFUL.take(tokens.lead.take(stop)).nonzero()[0]
    asked = asked[_QUOTATION_MARKS.take(tokens.lead.take(row.take(asked) - 1))]
    for step in range(_REACH):
        if not len(asked):
            break
        near = row.take(asked) + step
        verb = tokens.among(tables.REPORTING, near)
        after = np.minimum(near + 1, len(tokens) - 1)
        alone = ~(tokens.word.take(after) & (after > near))
        found[asked] = verb & (step > 0) & (alone | tokens.among(tables.ADJUNCTS, after))
        asked = asked[~verb & tokens.word.take(near) & ~_ends_paragraph(tokens, near)]
    return found
