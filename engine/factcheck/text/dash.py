"""Tokens to dashes: the marks that part a sentence as a dash does, and those that close a dateline."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.lex import Tokens
from factcheck.text.marks import DASHES, table
from factcheck.text.segment import Sentences
from factcheck.text.tape import EM_DASH, is_small

_DASHES: Final = table(DASHES)
_HYPHENS: Final = table(frozenset("-"))
_LONGEST_DATELINE: Final = 10
"""In tokens, its dash included."""


@dataclass(frozen=True, slots=True, eq=False)
class Dashes:
    """The dashes of a text, one row each, in order: one mark, or hyphens that touch (`--`)."""

    row: Rows
    """Of the first mark."""
    end: Rows
    """Row after the last mark."""
    dateline: Flags
    """Whether it closes the place in capitals that opens a report: `LAGOS (Wire) - The mayor`."""

    def __len__(self) -> int:
        return len(self.row)


def dashes(tokens: Tokens, sentences: Sentences) -> Dashes:
    """Find them: no mark that begins a sentence, leads from one to another (Paris–London) or ends a word (left-)."""
    row = tokens.marks(_DASHES)
    if not len(row):
        return Dashes(row, row, np.zeros(0, np.bool_))
    first = sentences.first_of(row)
    hyphen = _HYPHENS.take(tokens.lead.take(row))
    joins = hyphen & ~tokens.gap.take(row)
    joins[1:] &= hyphen[:-1] & (row[1:] - row[:-1] == 1)
    joins[:1] = False
    head = (~joins).nonzero()[0]  # no sentence begins with a mark that touches a hyphen
    edges = np.append(head, len(row))
    size = edges[1:] - edges[:-1]
    row, first, hyphen = row.take(head), first.take(head), hyphen.take(head)
    before, after = ~tokens.gap.take(row), ~tokens.gap.take(row + 1)
    apart = np.where(hyphen, (size > 1) | ~(before | after), ~(before & after))
    kept = (row > first) & (apart | (tokens.lead.take(row) == EM_DASH))
    row, end = row[kept], (row + size)[kept]
    return Dashes(row, end, _close_datelines(tokens, row, end, first[kept], sentences.end_of(row)))


def _close_datelines(tokens: Tokens, row: Rows, end: Rows, first: Column, stop: Column) -> Flags:
    """Whether the dash is the first of its sentence, near its start, after a word in capitals and before a capital."""
    found = (row - first < _LONGEST_DATELINE) & (end < stop)
    found[1:] &= first[1:] != first[:-1]
    found &= ~(is_small(tokens.tail.take(first)) | is_small(tokens.lead.take(end, mode="clip")))
    for k in found.nonzero()[0].tolist():  # few: what is no letter of ASCII only the text can tell
        place = tokens.text[tokens.start[first[k]] : tokens.end[first[k]]]
        found[k] = len(place) > 1 and place.isupper() and tokens.text[tokens.start[end[k]]].isupper()
    return found
