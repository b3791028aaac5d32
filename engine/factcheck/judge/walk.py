"""One automaton over all tokens at once: from each token a walk, all walks in lockstep."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.cells import Numbers
from factcheck.judge.dfa import DEAD, ENDS, FLAGS, STARTS, STOP, Dfa, Full
from factcheck.judge.futile import Bits
from factcheck.judge.rows import both, rows_of, spread, then
from factcheck.judge.state import ACCEPTS, TAKES, WAITS
from factcheck.language.measure import MAX_SPAN
from factcheck.text.article import Article
from factcheck.text.columns import Column, Flags, Rows, distinct
from factcheck.text.segment import Sentences


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
    end = sentences.end
    closing = np.maximum(word.take(end - 1) + 1, sentences.first)
    closing = np.maximum(closing, end - (MAX_SPAN - 1))
    before[spread(closing, end - closing).row] |= ENDS
    after = np.empty(size, np.uint8)
    after[:-1] = before[1:]
    after[end - 1] = ENDS
    return Ways(before, after, first, last)


_STATE_BITS: Final = 32
_FEW: Final = 64
"""Walks that may as well go on together when some have ended."""
WINDOW: Final = 1 << 17
"""Tokens from which walks start at once: more of them are no faster, and take more memory."""
MAX_ROWS: Final = 1 << 20
"""Walks that go on at once when states are taken apart."""


class Wide(Exception):  # noqa: N818 -- it ends a bounded search and is no mistake
    """Too many walks go on at once."""


def walk_all(dfa: Dfa, symbols: Column, way: Ways, rows: range, *, backwards: bool) -> Iterator[Matches]:
    """All matches of the automaton's patterns from these rows on, no empty ones, in pieces.

    A state's number holds within its piece.
    """
    at, size = rows.start, WINDOW
    while at < rows.stop:
        knows, dfa.bounded = dfa.knows, size > 1
        try:
            yield walk(dfa, symbols, way, range(at, min(at + size, rows.stop)), backwards=backwards)
            at += size
        except Wide:
            size //= 2
        except Full:
            dfa.forget()
            if not knows:  # these tokens are too many at once; one alone never is
                size = max(size // 2, 1)


class Lane(NamedTuple):
    """Where walks go: the next column behind each token, in their direction, and what lies ahead of it."""

    step: int
    later: Column
    """The columns of tokens, those that no walk may enter replaced, and one for what lies before the first."""
    ahead: Bits


def lane(columns: Column, way: Ways, near: slice, *, backwards: bool) -> Lane:
    """The lane of the tokens `near`, which have these columns."""
    ahead, entered = (way.before, way.last) if backwards else (way.after, way.first)
    later = then(columns, STOP)  # that is also the one before the first
    later[:-1][entered[near]] = STOP  # no walk enters another sentence
    return Lane(-1 if backwards else 1, later, ahead[near])


def walk(dfa: Dfa, symbols: Column, way: Ways, rows: range, *, backwards: bool) -> Matches:
    """All matches of the automaton's patterns that start in these rows (or end, backwards), no empty ones."""
    near = slice(max(rows.start - MAX_SPAN, 0), rows.stop + MAX_SPAN)
    columns = dfa.columns(symbols[near])
    there = lane(columns, way, near, backwards=backwards)
    behind = way.after if backwards else way.before
    columns, places = columns[rows.start - near.start : rows.stop - near.start], behind[rows.start : rows.stop]
    begins = dfa.futile.others(columns, places)
    columns, places = columns.take(begins), places.take(begins)
    found, lengths = follow(dfa, there, begins + (rows.start - near.start), columns, places, narrow=len(rows) == 1)
    return _matches(found, lengths, near.start, backwards=backwards)


def follow(  # noqa: PLR0913 - what walks need to go
    dfa: Dfa,
    there: Lane,
    origin: Rows,
    columns: Column,
    places: Bits,
    *,
    narrow: bool = False,
    reached: NDArray[np.uint8] | None = None,
) -> tuple[list[tuple[Column, Rows]], list[int]]:
    """Walks from the rows `origin` on, whose tokens have these columns and stand behind these places.

    What they match: for each length the states and origins. In `reached`, if given, stands then for each origin after
    how many tokens its walk could still go on. `narrow` says that there is no other way than to follow all at once.
    """
    step, later, ahead = there
    at = origin
    state = places.astype(np.int32) << np.int32(FLAGS)
    found: list[tuple[Column, Rows]] = []
    lengths: list[int] = []
    for length in range(1, MAX_SPAN + 1):
        if dfa.is_full:
            state, origin, at = _joined(origin, at, *dfa.step_apart(state, columns), narrow=narrow)
        else:
            state = dfa.step(state, columns)
            if length == 1:
                futile = rows_of(state == DEAD)
                dfa.futile.add(columns.take(futile), places.take(futile))
        flags = flags_in(state)
        if flags & WAITS and cross(dfa, state, at, ahead):
            flags = flags_in(state)
        if flags & ACCEPTS:
            hit = rows_of(state & ACCEPTS > 0)
            found.append((state.take(hit), origin.take(hit)))
            lengths.append(length)
        if reached is not None:
            reached[origin[state & TAKES > 0]] = length
        if not flags & TAKES:
            break
        if len(state) > _FEW:
            on = rows_of(state & TAKES > 0)
            if 2 * len(on) < len(state):  # those that have ended stay as they are
                state, origin = state.take(on), origin.take(on)
        at = origin + step * length
        columns = later.take(at, mode="wrap")
    return found, lengths


def _matches(found: list[tuple[Column, Rows]], lengths: list[int], start: int, *, backwards: bool) -> Matches:
    """The matches of each length: their states, and where, counted from `start`, their walks began."""
    if not found:
        return Matches(*[np.zeros(0, np.int64)] * 3)
    states, first = map(np.concatenate, zip(*found, strict=True))
    long = np.array(lengths).repeat([len(own) for own, _ in found])
    first += start
    if backwards:
        first -= long - 1
    return Matches(states >> FLAGS, first, first + long)


def _joined(  # noqa: PLR0913 - walks, and those beside them
    origin: Rows, at: Rows, state: Column, which: Rows, more: Column, *, narrow: bool
) -> tuple[Column, Rows, Rows]:
    """The walks, and those that go on beside them from the rows `which`, each state once for each origin."""
    if len(which):
        key, number = distinct(origin.take(which).astype(np.int64) << _STATE_BITS | more)
        some = np.empty(len(key), np.intp)
        some[number] = np.arange(len(which))
        which, more = which.take(some), more.take(some)
        state, origin, at = both(state, more), both(origin, origin.take(which)), both(at, at.take(which))
    if len(state) > MAX_ROWS and not narrow:
        raise Wide
    return state, origin, at


def flags_in(state: Column) -> int:
    """The flags that any of the states has."""
    return int(np.bitwise_or.reduce(state))


def cross(dfa: Dfa, state: Column, at: Rows, ahead: Bits) -> bool:
    """Takes walks over the sentence edges that they wait for and that lie ahead, if any does."""
    waiting = rows_of(state & WAITS > 0)
    places = ahead.take(at.take(waiting))
    met = rows_of(places)
    if not len(met):
        return False
    waiting = waiting.take(met)
    state[waiting] = dfa.step(state.take(waiting), places.take(met).astype(np.int32))
    return True
