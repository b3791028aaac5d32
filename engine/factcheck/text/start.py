"""Where a sentence, or what counts as one, starts: there a capital letter is no sign of a name."""

from typing import Final

import numpy as np

from factcheck.text.columns import Flags, Rows
from factcheck.text.dash import dashes
from factcheck.text.lex import Tokens
from factcheck.text.marks import OPENING_BRACKETS, table
from factcheck.text.quote import Quotations
from factcheck.text.segment import Sentences
from factcheck.text.tape import is_digit

_OPENING: Final = table(OPENING_BRACKETS | {":"})
_ENTRY: Final = table(frozenset(".)"))


def starts(tokens: Tokens, sentences: Sentences, quotations: Quotations) -> Flags:
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
        np.flatnonzero(quotations.opening),
        _entries(tokens, sentences),
    )
    dash = dashes(tokens, sentences)
    found[sentences.first] = True
    found[_first_words(tokens, sentences, np.concatenate(opening))] = True
    found[dash.end[dash.dateline]] = True
    return found


def _first_words(tokens: Tokens, sentences: Sentences, rows: Rows) -> Rows:
    """Rows of the first word at or after each of `rows`, where its sentence has one."""
    words = np.append(np.flatnonzero(tokens.word), len(tokens))
    word = words.take(np.searchsorted(words, rows))
    return word[word < sentences.end_of.take(rows)]


def _entries(tokens: Tokens, sentences: Sentences) -> Rows:
    """Rows of the marks after the numbers that sentences begin with: `2.` and `2)`."""
    row = sentences.first
    row = row[is_digit(tokens.lead.take(row)) & (row + 1 < sentences.end)]
    row = row[_ENTRY.take(tokens.lead.take(row + 1))]
    number = [tokens.text[tokens.start[k] : tokens.end[k]].isdecimal() for k in row.tolist()]
    return row[np.array(number, np.bool_)] + 1
