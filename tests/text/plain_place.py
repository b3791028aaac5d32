"""Starts and asides, read token by token: what the columns are held to."""

from collections.abc import Iterator
from itertools import chain
from typing import Final

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Flags
from factcheck.text.lex import Tokens
from factcheck.text.marks import CLOSING_BRACKETS, DASHES, OPENING_BRACKETS, touches_next, touches_previous
from factcheck.text.quote import Quotations
from factcheck.text.segment import Sentences

Span = tuple[int, int]
"""Rows of the first token and after the last."""

_LONGEST_DATELINE: Final = 10
"""In tokens, its dash included."""

_ENDS: Final = frozenset((".", "!", "?"))
_RELATIVES: Final = tables.RELATIVES


def starts(tokens: Tokens, sentences: Sentences, quotations: Quotations) -> Flags:
    """For each token: is a capital letter here no sign of a name?

    So it is for a sentence's first token and first word, and for the first word after an opening quotation mark, an
    opening bracket, a colon, the number of a list entry (`2.`) or the dash of a dateline (`LAGOS (Wire) -`).
    """
    found = np.zeros(len(tokens), np.bool_)
    for first, end in zip(sentences.first.tolist(), sentences.end.tolist(), strict=True):
        found[first] = True
        fresh = True
        for row in range(first, end):
            form = tokens.form[row]
            if tokens.word[row]:
                found[row] |= fresh
                fresh = row == first and form.isdecimal() and row + 1 < end and tokens.form[row + 1] in {".", ")"}
            elif form == ":" or form in OPENING_BRACKETS or quotations.opening[row]:
                fresh = True
        dash = _dateline(tokens, range(first, end))
        if dash is not None:
            found[dash[1]] = True
    return found


def _dateline(tokens: Tokens, rows: range) -> Span | None:
    """The dash after a place in capitals that opens a report: `LAGOS (Wire) - The mayor`."""
    if len(tokens.form[rows.start]) == 1 or not tokens.form[rows.start].isupper():
        return None
    for row in rows[:_LONGEST_DATELINE]:
        dash = _dash(tokens, row, rows)
        if dash:
            return dash if dash[1] in rows and tokens.form[dash[1]][0].isupper() else None
    return None


def asides(tokens: Tokens, sentences: Sentences, quotations: Quotations) -> Flags:
    """For each token: does it stand in brackets, between two dashes, or in a relative clause after a comma?"""
    quotation = quotations.inside.copy()
    quotation[quotations.end - 1] = -1  # the closing mark: no aside of the quotation takes it in
    for first, end in zip(quotations.first.tolist(), quotations.end.tolist(), strict=True):
        if end - 2 >= first and tokens.form[end - 2] == "," and quotations.mark[end - 1]:
            quotation[end - 2] = -1  # the comma is that of the words around
    inside: list[int] = quotation.tolist()
    # Spans may nest a thousandfold: count how many are open at each token instead of painting each.
    change = np.zeros(len(tokens) + 1, np.int32)
    for sentence in zip(sentences.first.tolist(), sentences.end.tolist(), strict=True):
        rows = range(*sentence)
        spans = (_brackets(tokens, rows), _dashes(tokens, rows, inside), _relatives(tokens, rows, inside))
        for first, end in chain(*spans):
            change[first] += 1
            change[end] -= 1
    return np.cumsum(change[:-1]) > 0


def _brackets(tokens: Tokens, rows: range) -> Iterator[Span]:
    """Pairs of brackets of any kind, with what stands between them; a sentence all in brackets is no aside."""
    opened: list[int] = []
    whole = rows.stop - (tokens.form[rows.stop - 1] in _ENDS)
    for row in rows:
        form = tokens.form[row]
        if form in OPENING_BRACKETS:
            opened.append(row)
        elif form in CLOSING_BRACKETS and opened:
            first = opened.pop()
            if first > rows.start or row + 1 < whole:
                yield first, row + 1


def _dashes(tokens: Tokens, rows: range, inside: list[int]) -> Iterator[Span]:
    """Pairs of dashes, neither in a quotation that the other is not in, with what stands between them."""
    dateline = _dateline(tokens, rows)
    opened: Span | None = None
    for row in rows:
        dash = _dash(tokens, row, rows)
        if dash is None or dash == dateline:
            continue
        if opened and inside[opened[0]] == inside[dash[0]]:
            yield opened[0], dash[1]
            opened = None
        else:
            opened = dash


def _dash(tokens: Tokens, row: int, rows: range) -> Span | None:
    """The dash that begins at `row`, inside the sentence: one mark, or hyphens that touch (`--`)."""
    form = tokens.form[row]
    if form not in DASHES or row == rows.start:
        return None
    before, after = touches_previous(tokens, row), touches_next(tokens, row)
    if form == "—" or (form == "–" and not (before and after)):
        return row, row + 1
    if form == "–" or (before and tokens.form[row - 1] == "-"):
        return None  # from one to another (Paris–London), or a hyphen that the first of its dash took
    end = row + 1
    while end in rows and tokens.form[end] == "-" and touches_previous(tokens, end):
        end += 1
    return (row, end) if end > row + 1 or not (before or after) else None


def _relatives(tokens: Tokens, rows: range, inside: list[int]) -> Iterator[Span]:
    """From a comma before `who` and its like to the next comma or `;` beside it, or the end of what holds it."""
    opened, depth, level = -1, 0, 0
    for row in rows:
        form = tokens.form[row]
        depth += (form in OPENING_BRACKETS) - (form in CLOSING_BRACKETS)
        left = opened >= 0 and (depth < level or (inside[opened] >= 0 and inside[row] != inside[opened]))
        stop = form in {",", ";"} and (opened < 0 or left or (depth == level and inside[row] == inside[opened]))
        if opened >= 0 and (left or stop):
            yield opened, row
            opened = -1
        if stop and form == "," and row + 1 in rows and tokens.fold[row + 1] in _RELATIVES:
            opened, level = row, depth
    if opened >= 0:
        yield opened, rows.stop
