"""Which tokens stand in an aside: in brackets, between two dashes, or in a relative clause after a comma."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.dash import Dashes, dashes
from factcheck.text.lex import Tokens
from factcheck.text.marks import CLOSING_BRACKETS, OPENING_BRACKETS, table
from factcheck.text.quote import Quotations
from factcheck.text.runs import leftmost
from factcheck.text.segment import Sentences
from factcheck.text.tape import flags_of

_ENDS: Final = table(frozenset(".!?"))
_OPENING: Final = table(OPENING_BRACKETS)
_BRACKETS: Final = table(OPENING_BRACKETS | CLOSING_BRACKETS)
_COMMA: Final = flags_of(ord(","))
_STOPS: Final = flags_of(ord(","), ord(";"))

_Spans = tuple[Rows, Rows]
"""Rows of the first tokens and after the last."""


def asides(tokens: Tokens, sentences: Sentences, quotations: Quotations, found: Dashes | None = None) -> Flags:
    """For each token: does it stand in brackets, between two dashes, or in a relative clause after a comma?"""
    quoted, ends = quotations.inside, quotations.end - 1
    if len(ends):
        quoted = quoted.copy()
        quoted[ends] = -1  # the closing mark: no aside of the quotation takes it in
        last = np.maximum(ends - 1, quotations.first)
        ends = np.where(_COMMA.take(tokens.lead.take(last)) & quotations.mark.take(ends), last, ends)
        quoted[ends] = -1  # `“a sad day,”` has the comma of the words around it
    brackets = _brackets(tokens)
    spans = (
        _paired_brackets(tokens, sentences, brackets),
        _paired_dashes(dashes(tokens, sentences) if found is None else found, sentences, quoted),
        _relatives(tokens, sentences, brackets, quoted, ends),
    )
    first, end = (np.concatenate(rows) for rows in zip(*spans, strict=True))
    return _painted(first, end, len(tokens))


def _painted(first: Rows, end: Rows, size: int) -> Flags:
    """Which of `size` tokens stand in any of the spans, which may nest a thousandfold."""
    if not len(first):
        return np.zeros(size, np.bool_)
    order = first.argsort(kind="stable")
    first, reach = first.take(order), np.maximum.accumulate(end.take(order))
    apart = np.ones(len(first) + 1, np.bool_)
    np.greater(first[1:], reach[:-1], out=apart[1:-1])
    edges = np.zeros(2 * np.count_nonzero(apart), np.intp)
    edges[1:-1:2], edges[2::2] = first[apart[:-1]], reach[apart[1:]]
    edges[-1] = size
    return (np.arange(len(edges) - 1) % 2 == 1).repeat(edges[1:] - edges[:-1])


class _Brackets(NamedTuple):
    """Brackets of any kind, one row each, in order."""

    row: Rows
    opens: Flags
    level: Rows
    """How many are open with the bracket. It may fall below 0, for what closes nothing counts, too.

    From an opening bracket on, the next of its level is the one that closes it, if that stands in its sentence.
    """

    def depth(self, rows: Rows) -> Rows:
        """How many are open at each of `rows`, which are no brackets."""
        closed = np.append(0, self.level - ~self.opens)
        return closed.take(self.row.searchsorted(rows))


def _brackets(tokens: Tokens) -> _Brackets:
    row = tokens.marks(_BRACKETS)
    opens = _OPENING.take(tokens.lead.take(row))
    return _Brackets(row, opens, (np.where(opens, np.int32(1), np.int32(-1))).cumsum(dtype=np.int32) + ~opens)


def _paired_brackets(tokens: Tokens, sentences: Sentences, brackets: _Brackets) -> _Spans:
    """Pairs of brackets of any kind, with what stands between them; a sentence all in brackets is no aside."""
    if not len(brackets.row):
        return brackets.row, brackets.row
    order = brackets.level.argsort(kind="stable")
    opens, level = brackets.opens.take(order), brackets.level.take(order)
    pair = (opens[:-1] & ~opens[1:] & (level[:-1] == level[1:])).nonzero()[0]
    first, last = brackets.row.take(order.take(pair)), brackets.row.take(order.take(pair + 1))
    stop = sentences.end_of(first)
    text_stop = stop - _ENDS.take(tokens.lead.take(stop - 1))
    kept = (last < stop) & ((first > sentences.first_of(first)) | (last + 1 < text_stop))
    return first[kept], last[kept] + 1


def _paired_dashes(found: Dashes, sentences: Sentences, quoted: Column) -> _Spans:
    """Pairs of dashes, neither in a quotation that the other is not in, with what stands between them."""
    if not len(found):
        return found.row, found.end
    row, end = found.row[~found.dateline], found.end[~found.dateline]
    sentence, quotation = sentences.first_of(row), quoted.take(row)
    follows = np.zeros(len(row), np.bool_)
    follows[1:] = (sentence[1:] == sentence[:-1]) & (quotation[1:] == quotation[:-1])
    # Of those that follow each other every second one closes.
    number = np.arange(len(row))
    closes = ((number - np.maximum.accumulate(np.where(follows, 0, number))) % 2).nonzero()[0]
    return row.take(closes - 1), end.take(closes)


def _relatives(
    tokens: Tokens, sentences: Sentences, brackets: _Brackets, quoted: Column, quotation_ends: Column
) -> _Spans:
    """From a comma before `who` and its like to the next comma or `;` beside it, or its sentence's or quotation's end.

    A comma stands beside another in the same brackets and the same quotation. The bracket that closes around it ends
    the clause, too. In a clause no other begins.
    """
    stops = tokens.marks(_STOPS)
    relative = tokens.among(tables.RELATIVES, stops + 1)
    likely = relative.nonzero()[0]
    first = stops.take(likely)
    relative[likely] = _COMMA.take(tokens.lead.take(first)) & (first + 1 < sentences.end_of(first))
    first = stops[relative]
    if not len(first):
        return first, first
    # Only the stops of these sentences matter.
    holds = np.zeros(len(sentences), np.bool_)
    holds[sentences.of.take(first)] = True
    near = holds.take(sentences.of.take(stops)).nonzero()[0]
    stops, begins = stops.take(near), relative.take(near).nonzero()[0]
    depth, quotation = brackets.depth(stops), quoted.take(stops)
    # A comma in another quotation may pass for one beside: the end of its own is nearer.
    beside = 2 * depth + (quotation >= 0)
    size = len(tokens)
    ends = (
        sentences.end_of(first),
        np.append(quotation_ends, size).take(quotation.take(begins)),
        _next(first, depth.take(begins), brackets.row[~brackets.opens], brackets.level[~brackets.opens], size),
        _next(first, beside.take(begins), stops, beside, size),
    )
    apart = leftmost(first, np.minimum.reduce(ends))
    return apart.first, apart.end


def _next(rows: Rows, kind: Rows, among: Rows, kinds: Rows, size: int) -> Rows:
    """For each of `rows` the next one `among` those that is of its kind, `size` where there is none."""
    begin = kind.astype(np.int64) * size
    known = np.sort(kinds.astype(np.int64) * size + among)
    known = np.append(known, size * (2 * size + 2))  # more than any of them can be
    return np.minimum(known.take(known.searchsorted(begin + rows, side="right")) - begin, size)
