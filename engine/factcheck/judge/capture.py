"""What matches capture, for all of them at once.

A capture splits the pattern that it stands in: into what comes before it, what it takes, and what comes after. Where
each of the three can match is asked of automata, and told in masks: one bit for each token of the match. Of all ways to
read a match the leftmost capture of a name is kept, of those the longest, then the one written first.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Final, NamedTuple
from weakref import WeakMethod

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.coded import Limits, decoded_rests
from factcheck.judge.dfa import FLAGS, PLACES, Dfa, Full
from factcheck.judge.hits import GIVEN, SOURCE, Captures, Matched, Role
from factcheck.judge.nfa import Goal, Nfa
from factcheck.judge.numbered import More, Numbered
from factcheck.judge.readings import Ground
from factcheck.judge.rows import changes, rows_of, spread
from factcheck.judge.state import ACCEPTS, TAKES, WAITS
from factcheck.judge.sure import ROLES
from factcheck.judge.symbol import Symbols
from factcheck.judge.walk import cross, flags_in
from factcheck.language.measure import MAX_SPAN
from factcheck.language.pattern import Alt, Capture, Maybe, Pattern, Ref, Seq
from factcheck.tables import Tables, check, from_json, named, sealed, to_json, under, unsealed
from factcheck.text.columns import Column, Rows

Masks = NDArray[np.uint64]
_Pairs = NDArray[np.intp]
"""Matches, each with one of the splits of its patterns: rows of hits, splits, first tokens, and where they end."""

_ONE: Final = np.uint64(1)
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


class Capturer:
    """Finds what matches of a program's rules capture."""

    def __init__(
        self, numbered: Numbered, symbols: Symbols, learning: AbstractContextManager[object], tables: Tables | None
    ) -> None:
        """`learning` is held while what is shared with others, as the symbols are, may be taught.

        With the `tables` of one for the same program it knows what that knew; KeyError or DamagedError if not.
        """
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
        ahead = More([*before, *([1] * size)], _unowned(self._read_ahead))
        behind = More(after, _unowned(self._read_behind))
        self._ahead = _Side(numbered, symbols, ahead, tables and under(_AHEAD, tables), backwards=False)
        self._behind = _Side(numbered, symbols, behind, tables and under(_BEHIND, tables), backwards=True)
        self._learning = learning

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
        split, hit, _ = spread(self._begin.take(code), self._count.take(code))
        pairs = np.array((hit, split, at.first.take(hit), at.end.take(hit)))
        with self._learning:
            pairs, start, stop = self._spans(ground, pairs)
        return self._best(pairs, start, stop)

    def _spans(self, ground: Ground, pairs: _Pairs) -> tuple[_Pairs, Rows, Rows]:
        """Which pairs capture, and from which token to which of their match: the leftmost, then the longest span.

        Bit k of `before` is set when token k can be the first one captured, of `after` when it can be the last.
        """
        _, split, first, end = pairs
        room = end - first
        nothing, masks = self._behind.reached(ground, split, end, room)
        after = masks | nothing << (room - 1).view(np.uint64)
        kept = rows_of(after > 0)
        pairs, after = pairs.take(kept, axis=1), after.take(kept)
        _, split, first, end = pairs
        nothing, masks = self._ahead.reached(ground, split, first, end - first - 1)
        before = masks << _ONE | nothing
        todo = rows_of(before > 0)
        found: list[tuple[Rows, Rows, Rows]] = []
        while len(todo):
            left = before.take(todo)
            rest = left & (left - _ONE)
            start = np.bitwise_count((left ^ rest) - _ONE)
            begin = first.take(todo) + start
            inside = split.take(todo) + len(self._name)
            _, masks = self._ahead.reached(ground, inside, begin, end.take(todo) - begin)
            last = masks << start & after.take(todo)
            done = rows_of(last > 0)
            found.append((todo.take(done), start.take(done), _highest(last.take(done)) + 1))
            if len(done) == len(todo):
                break
            before[todo] = rest
            todo = todo[(last == 0) & (rest > 0)]
        if not found:
            return pairs[:, :0], todo, todo
        rows, start, stop = found[0] if len(found) == 1 else map(np.concatenate, zip(*found, strict=True))
        return pairs.take(rows, axis=1), start.astype(np.intp), stop

    def _best(self, pairs: _Pairs, start: Rows, stop: Rows) -> Captures:
        """Of each name of each match the leftmost capture, then the longest, then the one written first."""
        hit, split, first, _ = pairs
        name = self._name.take(split)
        span = start << _TOKEN_BITS | MAX_SPAN - stop
        order = np.lexsort((split, span, name, hit))
        order = order[changes(hit.take(order) * len(self.names) + name.take(order))]
        if len(self.names) > 1:
            order = order.take(np.lexsort((name.take(order), span.take(order), hit.take(order))))
        hit, split, first, start, stop = np.array((hit, split, first, first + start, first + stop)).take(order, axis=1)
        columns = (hit.astype(np.int32), name.take(order), start.astype(np.int32), stop.astype(np.int32))
        return Captures(*columns, self._kind.take(split), self.names)


def _unowned(method: Callable[[int], tuple[Pattern, ...]]) -> Callable[[int], tuple[Pattern, ...]]:
    """The same for those whom its object holds: it holds them alone, so all goes at once when nobody needs it."""
    held = WeakMethod(method)

    def asked(number: int) -> tuple[Pattern, ...]:
        found = held()
        assert found  # noqa: S101 -- whoever asks is held by it
        return found(number)

    return asked


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
        found: list[tuple[Masks, Masks]] = []
        at, size = 0, max(len(which), 1)
        while at < len(which) or not found:
            some = slice(at, at + size)
            self._dfa.bounded = size > 1
            try:
                found.append(self._walk(ground, which[some], origin[some], room[some]))
                at += size
            except Full:  # one walk alone never fills it
                self._dfa.forget()
                self._entries[:] = _UNKNOWN
                size = max(size // 2, 1)
        if len(found) == 1:
            return found[0]
        nothing, masks = map(np.concatenate, zip(*found, strict=True))
        return nothing, masks

    def _walk(self, ground: Ground, which: Rows, origin: Rows, room: Rows) -> tuple[Masks, Masks]:
        dfa, ways = self._dfa, ground.ways
        step, behind, ahead = (-1, ways.after, ways.before) if self._backwards else (1, ways.before, ways.after)
        nearest = origin - self._backwards
        state = self._entered(which, behind.take(nearest, mode="clip"))
        nothing = (state & ACCEPTS > 0).astype(np.uint64)
        masks = np.zeros(len(which), np.uint64)
        rows, left, at = np.arange(len(which)), room, nearest.copy()
        for count in range(MAX_SPAN):
            on = rows_of((state & TAKES > 0) & (left > count))
            if not len(on):
                break
            if len(on) < len(rows):
                rows, left, state, at = rows.take(on), left.take(on), state.take(on), at.take(on)
            state = dfa.step(state, dfa.columns(ground.symbols.take(at)))
            flags = flags_in(state)
            if flags & WAITS and cross(dfa, state, at, ahead):
                flags = flags_in(state)
            if flags & ACCEPTS:
                hit = rows[state & ACCEPTS > 0]
                if self._backwards:  # what takes all leaves no token to be the last one captured
                    hit = hit[room.take(hit) > count + 1]
                    masks[hit] |= _ONE << (room.take(hit) - (count + 2)).astype(np.uint64)
                else:
                    masks[hit] |= _ONE << np.uint64(count)
            if not flags & TAKES:
                break
            at += step
        return nothing, masks

    def _entered(self, which: Rows, places: NDArray[np.uint8]) -> Column:
        """The state of each of these sequences before any token."""
        cells = which * PLACES + places
        entries = self._entries.reshape(-1)
        found = entries.take(cells)
        unknown = cells[found == _UNKNOWN]
        if not len(unknown):
            return found
        for cell in set(unknown.tolist()):
            sequence, place = divmod(cell, PLACES)
            rest = self._nfa.entry(self._first + sequence, Goal(Role.MATCH, sequence))
            entries[cell] = self._dfa.entered(rest, place)
        return entries.take(cells)


def _highest(masks: Masks) -> Rows:
    """The number of the highest bit of each mask."""
    some = masks & ~(masks >> _ONE)  # without the bit after it no float rounds them up
    return np.frexp(some.astype(np.float64))[1].astype(np.intp) - 1
