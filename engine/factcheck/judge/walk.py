"""One automaton over all tokens at once: from each token a walk, all walks in lockstep."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.cells import Numbers
from factcheck.judge.dfa import ENDS, FLAGS, STARTS, STOP, Dfa, Full
from factcheck.judge.rows import rows_of
from factcheck.judge.state import ACCEPTS, TAKES, WAITS
from factcheck.language.measure import MAX_SPAN
from factcheck.text.article import Article
from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.segment import Sentences

Bits = NDArray[np.uint8]


class Ways(NamedTuple):
    """What walks need to know of an article, one row a token."""

    before: Bits
    """Bits of the place before the token."""
    after: Bits
    """Bits of the place after it, in its own sentence."""
    first: Flags
    """Whether its sentence begins with it."""
    last: Flags
    """Whether its sentence ends with it."""


def windows(sentences: Sentences) -> Iterator[range]:
    """The numbers of the sentences in runs of about a window, so that what is made of a run soon makes room."""
    at = 0
    while at < len(sentences):
        stop = int(np.searchsorted(sentences.end, sentences.first[at] + WINDOW, side="right"))
        yield range(at, max(stop, at + 1))
        at = max(stop, at + 1)


class Matches(NamedTuple):
    """What was matched, one row each."""

    state: Numbers
    first: Numbers
    """Row of the first token."""
    end: Numbers
    """Row after the last one."""


def ways(article: Article) -> Ways:
    """Read them off an article."""
    tokens, sentences = article.tokens, article.sentences
    size = len(tokens)
    first, last = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    first[sentences.first] = last[sentences.end - 1] = True
    before = article.starts * np.uint8(STARTS)
    # A sentence's end may stand before its last marks, as long as a match could reach over all of them.
    word = np.maximum.accumulate(np.where(tokens.word, np.arange(size), -1)) if size else np.zeros(0, np.intp)
    closing = np.maximum(word.take(sentences.end - 1) + 1, sentences.first)
    closing = np.maximum(closing, sentences.end - MAX_SPAN + 1)
    length = sentences.end - closing
    rows = np.repeat(closing - np.append(0, np.cumsum(length)[:-1]), length) + np.arange(length.sum())
    before[rows] |= ENDS
    after = np.append(before[1:], np.uint8(0))[:size]
    after[last] = ENDS
    return Ways(before, after, first, last)


WINDOW: Final = 1 << 17
"""Tokens from which walks start at once: more of them are no faster, and take more memory."""


def walk_all(dfa: Dfa, symbols: Column, way: Ways, rows: range, *, backwards: bool) -> Iterator[Matches]:
    """All matches of the automaton's patterns from these rows on, no empty ones, in pieces.

    A state's number holds within its piece.
    """
    at, size = rows.start, WINDOW
    while at < rows.stop:
        knows = dfa.knows
        try:
            yield walk(dfa, symbols, way, range(at, min(at + size, rows.stop)), backwards=backwards)
            at += size
        except Full:
            dfa.forget()
            if not knows:  # these tokens are too many at once; one alone never is
                size //= 2


def walk(dfa: Dfa, symbols: Column, way: Ways, rows: range, *, backwards: bool) -> Matches:
    """All matches of the automaton's patterns that start in these rows (or end, backwards), no empty ones."""
    step, ahead, behind, begins = (
        (-1, way.before, way.after, way.last) if backwards else (1, way.after, way.before, way.first)
    )
    near = slice(max(rows.start - MAX_SPAN, 0), rows.stop + MAX_SPAN)
    columns = np.append(dfa.columns(symbols[near]), np.int32(STOP))  # that is also the one before the first
    later, ahead = columns.copy(), ahead[near]
    later[rows_of(begins[near])] = STOP  # no walk enters another sentence
    origin = at = np.arange(rows.start - near.start, rows.stop - near.start)
    state = behind[rows.start : rows.stop].astype(np.int32) << np.int32(FLAGS)
    columns = columns[origin[0] : origin[-1] + 1]
    found: list[Matches] = []
    for length in range(1, MAX_SPAN + 1):
        state = dfa.step(state, columns)
        if (state & (WAITS | ACCEPTS)).any():
            _cross(dfa, state, at, ahead)
            hit = (state & ACCEPTS > 0).nonzero()[0]
            first = origin.take(hit) + (near.start - backwards * (length - 1))
            found.append(Matches(state.take(hit) >> FLAGS, first, first + length))
        on = (state & TAKES > 0).nonzero()[0]
        if not len(on):
            break
        if 2 * len(on) < len(state):  # those that have ended stay as they are
            state, origin = state.take(on), origin.take(on)
        at = origin + step * length
        columns = later.take(at, mode="wrap")
    return Matches(*map(np.concatenate, zip(*found, strict=True))) if found else Matches(*[np.zeros(0, np.int64)] * 3)


def _cross(dfa: Dfa, state: Column, at: Rows, ahead: Bits) -> None:
    """Takes walks over the sentence edges that they wait for and that lie ahead."""
    waiting = (state & WAITS > 0).nonzero()[0]
    places = ahead.take(at.take(waiting))
    waiting, places = waiting[places > 0], places[places > 0]
    if len(waiting):
        state[waiting] = dfa.step(state.take(waiting), places.astype(np.int32))
