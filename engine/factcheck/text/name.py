"""Tokens to names: runs of capitalised words."""

from typing import Final

import numpy as np

from factcheck.english import tables
from factcheck.text.capital import Capitalised, capitalised
from factcheck.text.columns import Flags, Rows
from factcheck.text.lex import Tokens
from factcheck.text.marks import table
from factcheck.text.part import ends_in_s
from factcheck.text.quote import Quotations
from factcheck.text.runs import Runs
from factcheck.text.segment import Sentences
from factcheck.text.tape import is_digit, is_folded, is_small

_INSIDE: Final = tables.CONNECTORS | tables.PARTICLES
_APOSTROPHES: Final = table(frozenset("'"))


def names(tokens: Tokens, sentences: Sentences, quotations: Quotations, starts: Flags) -> Runs:
    """Maximal runs of capitalised words, with connectors and particles of family names inside.

    A possessive ends its run. The apostrophe of `Reuters'` belongs to the run; no other mark but `&` does.
    """
    words = capitalised(tokens, starts)
    part = words.name | _are_surnames(tokens, words, sentences.end_of.take(words.row))
    part &= ~sentences.spread(_in_capitals(tokens, sentences)).take(words.row)
    kept = np.flatnonzero(part)
    row, possessive = words.row.take(kept), words.possessive.take(kept)
    goes_on = ~possessive
    goes_on[:-1] &= _is_joined(tokens, row, sentences.end_of.take(row))
    goes_on[-1:] = False
    last = np.flatnonzero(~goes_on)
    first = np.append(0, last + 1)[: len(last)]
    end, possessive = row.take(last) + 1, possessive.take(last)
    apostrophe = ~possessive & _is_apostrophe(tokens, quotations, end)
    return Runs(
        first=row.take(first).astype(np.int32),
        end=(end + apostrophe).astype(np.int32),
        possessive=possessive | apostrophe,
    )


def _in_capitals(tokens: Tokens, sentences: Sentences) -> Flags:
    """Whether the sentence is all in capitals: there they tell nothing."""
    if not len(sentences):
        return np.zeros(0, np.bool_)
    found = ~np.logical_or.reduceat(is_small(tokens.tail), sentences.first)
    for k in np.flatnonzero(found).tolist():
        text = tokens.text[sentences.start[k] : sentences.stop[k]]
        found[k] = text.upper() == text
    return found


def _are_surnames(tokens: Tokens, words: Capitalised, stop: Rows) -> Flags:
    """Whether a month is the family name of the given name right before it: Theresa May, not `by London May 3`."""
    row = words.row
    dated = (row + 1 < stop) & is_digit(tokens.lead.take(row + 1, mode="clip"))
    follows = words.month & ~dated
    follows[1:] &= (row[1:] - row[:-1] == 1) & (stop[1:] == stop[:-1]) & ~words.possessive[:-1]
    follows[:1] = False
    # Months may follow each other: what decides is the word before the first.
    given = np.maximum.accumulate(np.where(follows, 0, np.arange(len(row))))
    return follows & words.name.take(given)


def _is_joined(tokens: Tokens, row: Rows, stop: Rows) -> Flags:
    """For each row but the last: does only what can stand inside a name part it from the next, in its sentence?"""
    joined = stop[1:] == stop[:-1]
    after, apart = row[:-1] + 1, row[1:] - row[:-1] - 1
    parted = np.flatnonzero(joined & (apart > 0))
    joined[parted] = _can_stand_inside(tokens, after.take(parted))
    parted = parted[joined[parted] & (apart.take(parted) > 1)]  # few: only here all that stands between is looked at
    length = apart.take(parted)
    at = np.cumsum(length) - length
    between = np.repeat(after.take(parted) - at, length) + np.arange(length.sum())
    joined[parted] = np.logical_and.reduceat(_can_stand_inside(tokens, between), at)
    return joined


def _can_stand_inside(tokens: Tokens, rows: Rows) -> Flags:
    """Whether the token is a connector or particle in lower case."""
    return tokens.among(_INSIDE, rows) & is_folded(tokens.tape, tokens.at.take(rows), tokens.length.take(rows))


def _is_apostrophe(tokens: Tokens, quotations: Quotations, rows: Rows) -> Flags:
    """Whether the token is the apostrophe of a possessive whose word ends in s."""
    # What touches a word is of its sentence.
    found = _APOSTROPHES.take(tokens.lead.take(rows, mode="clip")) & ~tokens.gap.take(rows)
    found[found] = ~quotations.mark.take(rows[found]) & ends_in_s(tokens, rows[found] - 1)
    return found
