"""Tokens to capitalised words: which of them can be part of a name."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Flags, Rows
from factcheck.text.fold import plain
from factcheck.text.lex import Tokens
from factcheck.text.part import Joints, joints, parts
from factcheck.text.tape import LOWER, flags_of, is_small, is_upper

_NEVER: Final = tables.WEEKDAYS | tables.MONTHS | frozenset(f"{month}." for month in tables.SHORT_MONTHS)
_ARTICLES: Final = ("al-", "el-", "an-", "ar-", "as-", "ash-")
_ARTICLE_LETTERS: Final = flags_of(*(ord(article[0]) for article in _ARTICLES))
_LONGEST_ARTICLE: Final = max(map(len, _ARTICLES))
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
    found = joints(tokens)
    begins = _begins_with_capital(tokens)
    begins[_with_article(tokens, found)] = True
    row = np.flatnonzero(begins)
    part = parts(tokens, row, found)
    flags = tokens.lexicon.flags
    common = flags(tables.common())
    common_start = starts.take(row) & (common.take(part.base) | common.take(part.before_hyphen))
    other = common_start | flags(tables.PRONOUNS).take(part.before_apostrophe)
    doubtful = np.flatnonzero(other)
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
    for row in np.flatnonzero((tokens.lead >= _ASCII) & (tokens.lead < LOWER) & tokens.word).tolist():
        found[row] = tokens.text[tokens.start[row]].isupper()
    return found


def _with_article(tokens: Tokens, found: Joints) -> Rows:
    """Rows of the family names with their Arabic article: al-Assad."""
    likely = ~found.apostrophe & (found.offset < _LONGEST_ARTICLE)
    likely &= _ARTICLE_LETTERS.take(tokens.lead.take(found.word))
    likely &= ~is_small(tokens.tape.take(tokens.at.take(found.word) + found.offset + 1))
    rows = found.word[likely].tolist()
    words = (plain(tokens.text[tokens.start[row] : tokens.end[row]]) for row in rows)
    sure = [word.startswith(_ARTICLES) and word.partition("-")[2][:1].isupper() for word in words]
    return np.array(rows, np.intp)[np.array(sure, np.bool_)]


def _is_acronym(tokens: Tokens, rows: Rows) -> Flags:
    """Whether the word is in capitals throughout: US and WHO are no pronouns."""
    found = ~is_small(tokens.tail.take(rows)) & (tokens.end.take(rows) - tokens.start.take(rows) > 1)
    for k in np.flatnonzero(found).tolist():
        word = plain(tokens.text[tokens.start[rows[k]] : tokens.end[rows[k]]])
        found[k] = word.upper() == word and not word.startswith("I'")
    return found
