"""What matches capture, for all of them at once.

A capture splits the pattern that it stands in: into what comes before it, what it takes, and what comes after. Where
each of the three can match is asked of automata, and told in masks: one bit for each token of the match. Of all ways to
read a match the leftmost capture of a name is kept, of those the longest, then the one written first.
"""

from collections.abc import Iterator
from threading import RLock
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.coded import Limits, decoded_rests
from factcheck.judge.dfa import FLAGS, PLACES, Dfa, Full
from factcheck.judge.hits import GIVEN, SOURCE, Captures, Matched, Role
from factcheck.judge.nfa import Goal, Nfa
from factcheck.judge.numbered import More, Numbered
from factcheck.judge.readings import Ground
from factcheck.judge.rows import rows_of
from factcheck.judge.state import ACCEPTS, TAKES, WAITS
from factcheck.judge.sure import ROLES
from factcheck.judge.symbol import Symbols
from factcheck.language.measure import MAX_SPAN
from factcheck.language.pattern import Alt, Capture, Maybe, Pattern, Ref, Seq
from factcheck.tables import Tables, check, from_json, named, sealed, to_json, under, unsealed
from factcheck.text.columns import Column, Rows

Masks = NDArray[np.uint64]

_ONE: Final = np.uint64(1)
_HALF: Final = np.uint64(32)
_UNKNOWN: Final = -1
_AHEAD: Final = "ahead."
_BEHIND: Final = "behind."
_SPLITS: Final = "splits."
_TOKEN_BITS: Final = 7


class Split(NamedTuple):
    """A pattern split by a capture."""

    capture: Capture
    before: tuple[Pattern, ...]
    after: tuple[Pattern, ...]


class Splits:
    """Splits patterns of a program; each list is looked through once."""

    def __init__(self, numbered: Numbered) -> None:
        self._numbered = numbered
        self._known: dict[str, tuple[Split, ...]] = {}

    def of(self, pattern: Pattern) -> Iterator[Split]:
        """All splits of a pattern in the order written, an outer capture before those within it."""
        match pattern:
            case Seq():
                for number, item in enumerate(pattern.items):
                    for capture, before, after in self.of(item):
                        yield Split(capture, pattern.items[:number] + before, after + pattern.items[number + 1 :])
            case Alt():
                for option in pattern.options:
                    yield from self.of(option)
            case Capture():
                yield Split(pattern, (), ())
                yield from self.of(pattern.item)
            case Maybe():
                yield from self.of(pattern.item)
            case Ref():
                if pattern.key not in self._known:
                    self._known[pattern.key] = tuple(self.of(self._numbered.listed(pattern.key)))
                yield from self._known[pattern.key]


class _Pairs(NamedTuple):
    """Matches, each with one of the splits of its patterns."""

    hit: Rows
    split: Rows
    first: Rows
    end: Rows

    def take(self, rows: Rows) -> "_Pairs":
        return _Pairs(*(column.take(rows) for column in self))


class Capturer:
    """Finds what matches of a program's rules capture."""

    def __init__(self, numbered: Numbered, symbols: Symbols, tables: Tables | None = None) -> None:
        """With the `tables` of one for the same program it knows what that knew; KeyError or DamagedError if not."""
        self._numbered, self._splits = numbered, Splits(numbered)
        self._known: dict[int, list[Split]] = {}
        self._told = unsealed(under(_SPLITS, tables)) if tables else sealed(self._counted())
        roles = len(numbered.program.rules) * ROLES
        check(self._told["count"], (roles,), 0, 1 << 31)
        self._count = self._told["count"].astype(np.intp)
        """For each role of each rule: how many splits its patterns have,"""
        self._begin = np.cumsum(self._count) - self._count
        """and the first of them."""
        size = int(self._count.sum())
        self.names = tuple(to_json(self._told["names"]))
        for name, end in (("name", len(self.names)), ("kind", len(GIVEN)), ("before", 1 << 31), ("after", 1 << 31)):
            check(self._told[name], (size,), 0, end)
        self._name, self._kind = self._told["name"].astype(np.int32), self._told["kind"].astype(np.uint8)
        before, after = self._told["before"].tolist(), self._told["after"].tolist()
        ahead, behind = More([*before, *([1] * size)], self._read_ahead), More(after, self._read_behind)
        self._ahead = _Side(numbered, symbols, ahead, tables and under(_AHEAD, tables), backwards=False)
        self._behind = _Side(numbered, symbols, behind, tables and under(_BEHIND, tables), backwards=True)
        self._learning = RLock()

    def tables(self) -> Tables:
        """What matches have taught it so far, to be kept."""
        return {
            **named(_SPLITS, self._told),
            **named(_AHEAD, self._ahead.tables()),
            **named(_BEHIND, self._behind.tables()),
        }

    def _counted(self) -> Tables:
        """What is known of the splits of all patterns."""
        found = [self._of(role) for role in range(len(self._numbered.program.rules) * ROLES)]
        every = [split for own in found for split in own]
        names = (SOURCE, *sorted({split.capture.name for split in every} - {SOURCE}))
        return {
            "count": np.array([len(own) for own in found], np.int32),
            "names": from_json(names),
            "name": np.array([names.index(split.capture.name) for split in every], np.int32),
            "kind": np.array([GIVEN.index(split.capture.kind) for split in every], np.uint8),
            "before": np.array([len(split.before) for split in every], np.int32),
            "after": np.array([len(split.after) for split in every], np.int32),
        }

    def _of(self, role: int) -> list[Split]:
        """The splits of a role of a rule."""
        if role not in self._known:
            patterns = self._numbered.patterns(role)
            self._known[role] = [split for pattern in patterns for split in self._splits.of(pattern)]
        return self._known[role]

    def _split(self, number: int) -> Split:
        role = int(self._begin.searchsorted(number, side="right")) - 1
        return self._of(role)[number - int(self._begin[role])]

    def _read_ahead(self, number: int) -> tuple[Pattern, ...]:
        """What is read ahead: before the capture of each split, then within it."""
        inside, split = divmod(number, len(self._name))
        return (self._split(split).capture.item,) if inside else self._split(split).before

    def _read_behind(self, number: int) -> tuple[Pattern, ...]:
        return self._split(number).after

    def captures(self, ground: Ground, at: Matched) -> Captures:
        """What the matches capture, in their order, of each from left to right."""
        code = at.rule * np.int32(ROLES) + at.role
        count = self._count.take(code)
        hit = np.repeat(np.arange(len(at)), count)
        split = np.arange(len(hit)) + np.repeat(self._begin.take(code) - (np.cumsum(count) - count), count)
        pairs = _Pairs(hit, split, at.first.take(hit), at.end.take(hit))
        with self._learning:
            pairs, start, stop = self._spans(ground, pairs)
        return self._best(pairs, start, stop)

    def _spans(self, ground: Ground, pairs: _Pairs) -> tuple[_Pairs, Rows, Rows]:
        """Which pairs capture, and from which token to which of their match: the leftmost, then the longest span.

        Bit k of `before` is set when token k can be the first one captured, of `after` when it can be the last.
        """
        nothing, masks = self._behind.reached(ground, pairs.split, pairs.end, pairs.end - pairs.first)
        after = masks | nothing << (pairs.end - pairs.first - 1).astype(np.uint64)
        kept = rows_of(after > 0)
        pairs, after = pairs.take(kept), after.take(kept)
        nothing, masks = self._ahead.reached(ground, pairs.split, pairs.first, pairs.end - pairs.first - 1)
        before = masks << _ONE | nothing
        inside = pairs.split + len(self._name)
        todo = rows_of(before > 0)
        found: list[tuple[Rows, Rows, Rows]] = []
        while len(todo):
            some, start = pairs.take(todo), _highest(_lowest(before.take(todo)))
            begin = some.first + start
            _, masks = self._ahead.reached(ground, inside.take(todo), begin, some.end - begin)
            last = masks << start.astype(np.uint64) & after.take(todo)
            done = rows_of(last > 0)
            found.append((todo.take(done), start.take(done), _highest(last.take(done)) + 1))
            todo = todo[last == 0]
            before[todo] ^= _lowest(before.take(todo))
            todo = todo[before.take(todo) > 0]
        rows, start, stop = map(np.concatenate, zip(*found, strict=True)) if found else (todo, todo, todo)
        return pairs.take(rows), start, stop

    def _best(self, pairs: _Pairs, start: Rows, stop: Rows) -> Captures:
        """Of each name of each match the leftmost capture, then the longest, then the one written first."""
        name = self._name.take(pairs.split)
        span = start << _TOKEN_BITS | MAX_SPAN - stop
        order = np.lexsort((pairs.split, span, name, pairs.hit))
        hit, named = pairs.hit.take(order), name.take(order)
        new = np.ones(len(order), np.bool_)
        new[1:] = (hit[1:] != hit[:-1]) | (named[1:] != named[:-1])
        order = order[new]
        if len(self.names) > 1:
            order = order.take(np.lexsort((name.take(order), span.take(order), pairs.hit.take(order))))
        first = pairs.first.take(order)
        return Captures(
            pairs.hit.take(order).astype(np.int32),
            name.take(order),
            (first + start.take(order)).astype(np.int32),
            (first + stop.take(order)).astype(np.int32),
            self._kind.take(pairs.split.take(order)),
            self.names,
        )


class _Side:
    """Where some sequences match when they are read in one direction."""

    def __init__(
        self, numbered: Numbered, symbols: Symbols, asked: More, tables: Tables | None, *, backwards: bool
    ) -> None:
        self._backwards = backwards
        self._first, size = len(numbered.lengths), len(asked.lengths)
        rests = decoded_rests(tables["rests"], [*numbered.lengths, *asked.lengths], size) if tables else ()
        self._nfa = Nfa(numbered, rests, asked, backwards=backwards)
        if tables:
            limits = Limits(numbered.width, len(rests), size)
            self._dfa = Dfa.restored(self._nfa, symbols.table, tables, limits)
        else:
            self._dfa = Dfa.begin(self._nfa, symbols.table, frozenset())
        self._entries = np.full((size, PLACES), _UNKNOWN, np.int32)
        """The states before any token of each sequence, for each value of a place."""
        if tables:
            check(tables["entries"], (size, PLACES), _UNKNOWN, self._dfa.size)
            states = tables["entries"].astype(np.int32)
            known = states != _UNKNOWN
            self._entries[known] = self._dfa.flagged(states[known])

    def tables(self) -> Tables:
        entries = np.where(self._entries == _UNKNOWN, _UNKNOWN, self._entries >> FLAGS)
        return {**self._dfa.tables(), "entries": entries}

    def reached(self, ground: Ground, which: Rows, origin: Rows, room: Rows) -> tuple[Masks, Masks]:
        """Where each of these sequences matches, at most `room` tokens, from token `origin` on, or backwards before it.

        Whether it takes no token, 1 or 0; and a mask: bit k is set when it takes all tokens to the k-th from the left
        or, backwards, all after the k-th.
        """
        nothing, masks = np.zeros((2, len(which)), np.uint64)
        at, size = 0, max(len(which), 1)
        while at < len(which):
            some = slice(at, at + size)
            try:
                nothing[some], masks[some] = self._walk(ground, which[some], origin[some], room[some])
                at += size
            except Full:  # one walk alone never fills it
                self._dfa.forget()
                self._entries[:] = _UNKNOWN
                size = max(size // 2, 1)
        return nothing, masks

    def _walk(self, ground: Ground, which: Rows, origin: Rows, room: Rows) -> tuple[Masks, Masks]:
        dfa, ways = self._dfa, ground.ways
        step, behind, ahead = (-1, ways.after, ways.before) if self._backwards else (1, ways.before, ways.after)
        nearest = origin - self._backwards
        state = self._entered(which, behind.take(nearest, mode="clip"))
        nothing = (state & ACCEPTS > 0).astype(np.uint64)
        masks = np.zeros(len(which), np.uint64)
        rows = np.arange(len(which))
        for count in range(MAX_SPAN):
            on = rows_of((state & TAKES > 0) & (room.take(rows) > count))
            if not len(on):
                break
            rows = rows.take(on)
            at = nearest.take(rows) + step * count
            state = dfa.step(state.take(on), dfa.columns(ground.symbols.take(at)))
            waiting = rows_of(state & WAITS > 0)
            places = ahead.take(at.take(waiting))
            waiting, places = waiting[places > 0], places[places > 0]
            if len(waiting):
                state[waiting] = dfa.step(state.take(waiting), places.astype(np.int32))
            hit = rows[state & ACCEPTS > 0]
            if self._backwards:  # what takes all leaves no token to be the last one captured
                hit = hit[room.take(hit) > count + 1]
                masks[hit] |= _ONE << (room.take(hit) - (count + 2)).astype(np.uint64)
            else:
                masks[hit] |= _ONE << np.uint64(count)
        return nothing, masks

    def _entered(self, which: Rows, places: NDArray[np.uint8]) -> Column:
        """The state of each of these sequences before any token."""
        cells = which * PLACES + places
        entries = self._entries.reshape(-1)
        found = entries.take(cells)
        for cell in set(cells[found == _UNKNOWN].tolist()):
            sequence, place = divmod(cell, PLACES)
            rest = self._nfa.entry(self._first + sequence, Goal(Role.MATCH, sequence))
            entries[cell] = self._dfa.entered(rest, place)
        return entries.take(cells)


def _lowest(masks: Masks) -> Masks:
    """The lowest bit of each mask, alone."""
    return masks & (~masks + _ONE)


def _highest(masks: Masks) -> Rows:
    """The number of the highest bit of each mask."""
    upper = masks >> _HALF
    some = np.where(upper > 0, upper, masks).astype(np.float64)  # of 32 bits: no float rounds them up
    return np.frexp(some)[1].astype(np.intp) - 1 + 32 * (upper > 0)
