"""Where a sentence, or what counts as one, starts: there a capital letter is no sign of a name."""

from typing import Final

import numpy as np

from factcheck.text.columns import Flags, Rows, few
from factcheck.text.dash import Dashes, dashes
from factcheck.text.lex import Tokens
from factcheck.text.marks import OPENING_BRACKETS, table
from factcheck.text.quote import Quotations
from factcheck.text.segment import Sentences
from factcheck.text.tape import is_digit

_OPENING: Final = table(OPENING_BRACKETS | {":"})
_NEAR: Final = 3
"""Marks before a first word that are gone over one by one."""
_ENTRY: Final = table(frozenset(".)"))


def starts(tokens: Tokens, sentences: Sentences, quotations: Quotations, dash: Dashes | None = None) -> Flags:
    """For each token: is a capital letter here no sign of a name?

    So it is for a sentence's first token and first word, and for the first word after an opening quotation mark, an
    opening bracket, a colon, the number of a list entry (`2.`) or the dash of a dateline (`LAGOS (Wire) -`).
    """
    found = np.zeros(len(tokens), np.bool_)
    if not len(tokens):
        return found
    opening = (
        sentences.first,
        tokens.marks(_OPENING),
        few(quotations.opening),
        _entries(tokens, sentences),
    )
    dash = dashes(tokens, sentences) if dash is None else dash
    found[sentences.first] = True
    found[_first_words(tokens, sentences, np.concatenate(opening))] = True
    found[dash.end[dash.dateline]] = True
    return found


def _first_words(tokens: Tokens, sentences: Sentences, rows: Rows) -> Rows:
    """Rows of the first word at or after each of `rows`, where its sentence has one."""
    stop = sentences.end_of(rows)
    far = (~tokens.word.take(rows)).nonzero()[0]
    for _ in range(_NEAR):
        near = rows.take(far) + 1
        rows[far] = near
        far = far[~tokens.word.take(near, mode="clip") & (near < stop.take(far))]
        if not len(far):
            return rows[rows < stop]
    words = np.append(tokens.word.nonzero()[0], len(tokens))
    rows[far] = words.take(words.searchsorted(rows.take(far)))
    return rows[rows < stop]


def _entries(tokens: Tokens, sentences: Sentences) -> Rows:
    """Rows of the marks after the numbers that sentences begin with: `2.` and `2)`."""
    row = sentences.first
    row = row[is_digit(tokens.lead.take(row)) & (row + 1 < sentences.end)]
    row = row[_ENTRY.take(tokens.lead.take(row + 1))]
    return row[tokens.is_decimal(row)] + 1 if len(row) else row
