"""Tokens to names: runs of capitalised words."""

from typing import Final

import numpy as np

from factcheck.english import tables
from factcheck.text.capital import Capitalised, capitalised
from factcheck.text.columns import Column, Flags, Rows
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
    part = words.name | _are_surnames(tokens, words, sentences)
    row, possessive = words.row[part], words.possessive[part]
    shouted = _in_capitals(tokens, sentences, row)
    if len(shouted):
        calm = np.ones(len(sentences), np.bool_)
        calm[shouted] = False
        kept = calm.take(sentences.of.take(row))
        row, possessive = row[kept], possessive[kept]
    goes_on = ~possessive
    goes_on[:-1] &= _is_joined(tokens, row, sentences.of.take(row))
    goes_on[-1:] = False
    last = (~goes_on).nonzero()[0]
    first = np.zeros(len(last), np.intp)
    np.add(last[:-1], 1, out=first[1:])
    end, possessive = row.take(last) + 1, possessive.take(last)
    apostrophe = ~possessive & _is_apostrophe(tokens, quotations, end)
    return Runs(
        first=row.take(first).astype(np.int32),
        end=(end + apostrophe).astype(np.int32),
        possessive=possessive | apostrophe,
    )


def _in_capitals(tokens: Tokens, sentences: Sentences, rows: Rows) -> list[int]:
    """The sentences, among those that hold `rows`, that are all in capitals: there they tell nothing."""
    holds = np.zeros(len(sentences), np.bool_)
    holds[sentences.of.take(rows)] = True
    near = holds.nonzero()[0]
    if not len(near):
        return []
    small = np.zeros(len(tokens) + 1, np.int32)
    is_small(tokens.tail).cumsum(out=small[1:])
    near = near[small.take(sentences.first.take(near)) == small.take(sentences.end.take(near))]
    spans = zip(near.tolist(), sentences.start.take(near).tolist(), sentences.stop.take(near).tolist(), strict=True)
    return [k for k, start, stop in spans if (text := tokens.text[start:stop]).upper() == text]


def _are_surnames(tokens: Tokens, words: Capitalised, sentences: Sentences) -> Flags:
    """Whether a month is the family name of the given name right before it: Theresa May, not `by London May 3`."""
    found = np.zeros(len(words.row), np.bool_)
    month = words.month.nonzero()[0]
    month = month[month > 0]  # nothing stands before the first
    if not len(month):
        return found
    row = words.row.take(month)
    stop = sentences.end_of(row)
    dated = (row + 1 < stop) & is_digit(tokens.lead.take(row + 1, mode="clip"))
    follows = ~dated & (words.row.take(month - 1) == row - 1) & (sentences.first_of(row) < row)
    month = month[follows & ~words.possessive.take(month - 1)]
    # Months may follow each other: what decides is the word before the first.
    new = np.ones(len(month), np.bool_)
    np.not_equal(month[1:], month[:-1] + 1, out=new[1:])
    given = month[new].take(new.cumsum() - 1) - 1
    found[month] = words.name.take(given)
    return found


def _is_joined(tokens: Tokens, row: Rows, sentence: Column) -> Flags:
    """For each row but the last: does only what can stand inside a name part it from the next, in its sentence?"""
    joined: Flags = sentence[1:] == sentence[:-1]
    after, apart = row[:-1] + 1, row[1:] - row[:-1] - 1
    parted = (joined & (apart > 0)).nonzero()[0]
    joined[parted] = _can_stand_inside(tokens, after.take(parted))
    parted = parted[joined[parted] & (apart.take(parted) > 1)]  # few: only here all that stands between is looked at
    length = apart.take(parted)
    at = length.cumsum() - length
    between = (after.take(parted) - at).repeat(length) + np.arange(length.sum())
    joined[parted] = np.logical_and.reduceat(_can_stand_inside(tokens, between), at)
    return joined


def _can_stand_inside(tokens: Tokens, rows: Rows) -> Flags:
    """Whether the token is a connector or particle in lower case."""
    found = tokens.among(_INSIDE, rows)
    near = found.nonzero()[0]
    rows = rows.take(near)
    found[near] = is_folded(tokens.tape, tokens.at.take(rows), tokens.length.take(rows))
    return found


def _is_apostrophe(tokens: Tokens, quotations: Quotations, rows: Rows) -> Flags:
    """Whether the token is the apostrophe of a possessive whose word ends in s."""
    # What touches a word is of its sentence.
    found = _APOSTROPHES.take(tokens.lead.take(rows, mode="clip")) & ~tokens.gap.take(rows)
    found[found] = ~quotations.mark.take(rows[found]) & ends_in_s(tokens, rows[found] - 1)
    return found
