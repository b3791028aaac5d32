"""Tokens to capitalised words: which of them can be part of a name."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Flags, Rows
from factcheck.text.fold import plain
from factcheck.text.lex import Tokens
from factcheck.text.part import parts
from factcheck.text.tape import LOWER, flags_of, is_small, is_upper

_NEVER: Final = (
    tables.WEEKDAYS | tables.MONTHS | tables.HEARSAY | frozenset(f"{month}." for month in tables.SHORT_MONTHS)
)
_ARTICLES: Final = ("al-", "el-", "an-", "ar-", "as-", "ash-")
_ARTICLE_LETTERS: Final = flags_of(*(ord(article[0]) for article in _ARTICLES))
_ARTICLE_SIZES: Final = sorted({len(article) - 1 for article in _ARTICLES})
_SHORT: Final = 8
"""Letters of a word that are looked at together."""
_ASCII: Final = 0x80
"""Codes from this one on are shared by several characters."""


class Capitalised(NamedTuple):
    """Capitalised words, one row each, in order, be they names or not."""

    row: Rows
    possessive: Flags
    """Whether the word ends in `'s`."""
    name: Flags
    """Whether it can be part of a name."""
    month: Flags
    """Whether it is a month that people are called by."""


def capitalised(tokens: Tokens, starts: Flags) -> Capitalised:
    """Find them; a family name with its Arabic article (al-Assad) is one.

    No part of a name is a weekday, a month, a pronoun, or a common word where words begin with a capital anyway.
    """
    begins = _begins_with_capital(tokens)
    begins[_with_article(tokens)] = True
    row = begins.nonzero()[0]
    part = parts(tokens, row)
    flags = tokens.lexicon.flags
    common = flags(tables.common())
    common_start = starts.take(row) & (common.take(part.base) | common.take(part.before_hyphen))
    other = common_start | flags(tables.PRONOUNS).take(part.before_apostrophe)
    doubtful = other.nonzero()[0]
    if len(doubtful):
        other[doubtful] = ~_is_acronym(tokens, row.take(doubtful))
    return Capitalised(
        row=row,
        possessive=part.possessive,
        name=~(other | flags(_NEVER).take(part.base)),
        month=flags(tables.MONTH_NAMES).take(part.base),
    )


def _begins_with_capital(tokens: Tokens) -> Flags:
    """Whether the token is a word that begins with a capital letter."""
    found = is_upper(tokens.lead) & tokens.word
    for row in ((tokens.lead >= _ASCII) & (tokens.lead < LOWER) & tokens.word).nonzero()[0].tolist():
        found[row] = tokens.text[tokens.start[row]].isupper()
    return found


def _with_article(tokens: Tokens) -> Rows:
    """Rows of the family names with their Arabic article: al-Assad."""
    at = tokens.joints
    likely = ~is_small(tokens.tape.take(at + 1))
    likely &= np.logical_or.reduce([_ARTICLE_LETTERS.take(tokens.tape.take(at - size)) for size in _ARTICLE_SIZES])
    rows = (tokens.at.searchsorted(at[likely], side="right") - 1).tolist()
    words = (plain(tokens.text[tokens.start[row] : tokens.end[row]]) for row in rows)
    sure = [word.startswith(_ARTICLES) and word.partition("-")[2][:1].isupper() for word in words]
    return np.array(rows, np.intp)[np.array(sure, np.bool_)]


def _is_acronym(tokens: Tokens, rows: Rows) -> Flags:
    """Whether the word is in capitals throughout: US and WHO are no pronouns."""
    found = ~is_small(tokens.tail.take(rows)) & (tokens.end.take(rows) - tokens.start.take(rows) > 1)
    near = found.nonzero()[0]
    if not len(near):
        return found
    at, length = tokens.at.take(rows.take(near)), tokens.length.take(rows.take(near))
    # Of a short word of ASCII the tape tells, of any other one only its text.
    place = np.arange(_SHORT)
    codes = tokens.tape.take(at[:, None] + place)
    codes[place >= length[:, None]] = 0
    found[near] = ~(is_small(codes).any(axis=1) | ((codes[:, 0] == ord("I")) & (codes[:, 1] == ord("'"))))
    odd = (codes >= _ASCII).any(axis=1) | (length > _SHORT)
    for k in near[odd & found.take(near)].tolist():
        word = plain(tokens.text[tokens.start[rows[k]] : tokens.end[rows[k]]])
        found[k] = word.upper() == word and not word.startswith("I'")
    return found
