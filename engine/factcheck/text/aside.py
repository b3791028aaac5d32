"""Which tokens stand in an aside: in brackets, between two dashes, or in a relative clause after a comma."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.dash import dashes
from factcheck.text.lex import Tokens
from factcheck.text.marks import CLOSING_BRACKETS, OPENING_BRACKETS, table
from factcheck.text.quote import Quotations
from factcheck.text.segment import Sentences
from factcheck.text.tape import flags_of

_ENDS: Final = table(frozenset(".!?"))
_OPENING: Final = table(OPENING_BRACKETS)
_BRACKETS: Final = table(OPENING_BRACKETS | CLOSING_BRACKETS)
_COMMA: Final = flags_of(ord(","))

_Spans = tuple[Rows, Rows]
"""Rows of the first tokens and after the last."""


def asides(tokens: Tokens, sentences: Sentences, quotations: Quotations) -> Flags:
    """For each token: does it stand in brackets, between two dashes, or in a relative clause after a comma?"""
    size = len(tokens)
    inside = quotations.inside.copy()
    inside[quotations.end - 1] = -1  # the closing mark: no aside of the quotation takes it in
    brackets = _brackets(tokens)
    first, end = map(
        np.concatenate,
        zip(
            _paired_brackets(tokens, sentences, brackets),
            _paired_dashes(tokens, sentences, inside),
            _relatives(tokens, sentences, _Quoted(inside, quotations.end), brackets),
            strict=True,
        ),
    )
    # Spans may nest a thousandfold: count how many are open at each token instead of painting each.
    change = np.bincount(first, minlength=size + 1) - np.bincount(end, minlength=size + 1)
    return np.cumsum(change[:size]) > 0


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
        return closed.take(np.searchsorted(self.row, rows))


def _brackets(tokens: Tokens) -> _Brackets:
    row = tokens.marks(_BRACKETS)
    opens = _OPENING.take(tokens.lead.take(row))
    return _Brackets(row, opens, np.cumsum(np.where(opens, 1, -1)) + ~opens)


def _paired_brackets(tokens: Tokens, sentences: Sentences, brackets: _Brackets) -> _Spans:
    """Pairs of brackets of any kind, with what stands between them; a sentence all in brackets is no aside."""
    order = np.argsort(brackets.level, kind="stable")
    row, opens, level = brackets.row.take(order), brackets.opens.take(order), brackets.level.take(order)
    pair = np.flatnonzero(opens[:-1] & ~opens[1:] & (level[:-1] == level[1:]))
    first, last = row.take(pair), row.take(pair + 1)
    begin, stop = sentences.each(sentences.first).take(first), sentences.each(sentences.end).take(first)
    whole = stop - _ENDS.take(tokens.lead.take(stop - 1))
    kept = (last < stop) & ((first > begin) | (last + 1 < whole))
    return first[kept], last[kept] + 1


def _paired_dashes(tokens: Tokens, sentences: Sentences, inside: Column) -> _Spans:
    """Pairs of dashes, neither in a quotation that the other is not in, with what stands between them."""
    found = dashes(tokens, sentences)
    row, end = found.row[~found.dateline], found.end[~found.dateline]
    sentence, quotation = sentences.each(sentences.first).take(row), inside.take(row)
    parted = np.append(True, (sentence[1:] != sentence[:-1]) | (quotation[1:] != quotation[:-1]))[: len(row)]
    number = np.arange(len(row))
    since = number - np.maximum.accumulate(np.where(parted, number, 0))
    closes = np.flatnonzero(since % 2)
    return row.take(closes - 1), end.take(closes)


class _Quoted(NamedTuple):
    inside: Column
    """For each token: number of the quotation that holds it, its last mark aside; -1 outside."""
    end: Column
    """For each quotation: row after its last token."""


def _relatives(tokens: Tokens, sentences: Sentences, quoted: _Quoted, brackets: _Brackets) -> _Spans:
    """From a comma before `who` and its like to the next comma beside it, or the end of the sentence or quotation.

    A comma stands beside another in the same brackets and the same quotation. The bracket that closes around it ends
    the clause, too. In a clause no other begins.
    """
    size = len(tokens)
    commas = tokens.marks(_COMMA)
    stop = sentences.each(sentences.end).take(commas)
    quotation, depth = quoted.inside.take(commas), brackets.depth(commas)
    relative = np.flatnonzero((commas + 1 < stop) & tokens.among(tables.RELATIVES, commas + 1))
    closing = ~brackets.opens
    # Of another quotation's comma it does not matter that it is taken for one beside: this one's end is nearer.
    beside = 2 * depth + (quotation >= 0)
    first = commas.take(relative)
    ends = (
        stop.take(relative),
        np.append(quoted.end - 1, size).take(quotation.take(relative)),
        _next(first, depth.take(relative), brackets.row[closing], brackets.level[closing], size),
        _next(first, beside.take(relative), commas, beside, size),
    )
    return _in_turn(first, np.minimum.reduce(ends))


def _next(rows: Rows, kind: Rows, among: Rows, kinds: Rows, size: int) -> Rows:
    """For each of `rows` the next one `among` those that is of its kind, `size` where there is none."""
    known = np.append(np.sort(kinds * size + among), size * (2 * size + 2))  # more than any kind can be
    near = known.take(np.searchsorted(known, kind * size + rows, side="right"))
    return np.minimum(near - kind * size, size)


def _in_turn(first: Rows, end: Rows) -> _Spans:
    """Of spans in order those that begin in no other one, the leftmost kept."""
    kept = np.zeros(len(first), np.bool_)
    done = 0
    for number, (begin, stop) in enumerate(zip(first.tolist(), end.tolist(), strict=True)):
        if begin >= done:
            kept[number], done = True, stop
    return first[kept], end[kept]
