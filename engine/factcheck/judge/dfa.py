"""The automaton made deterministic step by step: a state is all that may come next, a cell where a symbol leads.

Only what texts bring is made, and kept for the next text. Where there is no room for more, all is forgotten and made
anew as it is needed: memory is bounded, and a token never costs more than its own walk.
"""

from array import array
from collections.abc import Iterable
from functools import reduce
from itertools import pairwise
from operator import or_
from os import urandom
from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.alphabet import Alphabet, Part
from factcheck.judge.cells import LEFT, Cells, Hashed
from factcheck.judge.coded import Limits, check_items, coded_items, decoded_items, decoded_words
from factcheck.judge.futile import Futile
from factcheck.judge.goal import Goals
from factcheck.judge.nfa import Item, Items, Nfa, Rest, Skip
from factcheck.judge.rows import Growing, rows_of, spread
from factcheck.judge.state import Node, State, apart, longer, sorted_out
from factcheck.tables import DamagedError, Table, Tables, check
from factcheck.text.columns import Column, Flags, Rows, distinct

FLAGS: Final = 3
"""Bits that flags take: walks know a state by its number, shifted by these, and its flags."""
STARTS, ENDS = 1, 2
"""Bits of a place between tokens: a sentence starts, or ends, here."""
PLACES: Final = 4
"""The first states are those before any token, one for each value of these bits."""
_DEAD: Final = PLACES
"""The state from which nothing follows."""
DEAD: Final = _DEAD << FLAGS
"""The same, as walks know it."""
STOP: Final = PLACES
"""The column of a token that no walk may reach; before it are those of places, after it those of symbols."""
COLUMNS: Final = STOP + 1
"""The column of the first symbol."""

MAX_ITEMS: Final = 1_000_000
"""Of what states and their parts hold together; when there are more, no more are put together of parts."""
MOST_ITEMS: Final = 2_000_000
"""At most; they take some fifty bytes each. When there are more, all is forgotten."""
MAX_CELLS: Final = 1_000_000
_PART_BYTES: Final = array("i").itemsize
_START: Final = -1
"""The part of a state that stands for all patterns."""
_ITEM_BYTES: Final = 50
_MEMO: Final = 3
"""What a known way out of a state takes, in items."""


_STATES, _KINDS = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


class Full(Exception):  # noqa: N818 -- it ends a bounded search and is no mistake
    """No room for more states or cells."""


_MASK: Final = (1 << LEFT) - 1


Keys = NDArray[np.uint64]


class Dfa:
    """The states and cells met so far.

    A state is made of parts: what is left to match (a rest, by its number), or an item that has begun (a gap, a run).
    """

    def __init__(self, nfa: Nfa, symbols: Alphabet, start: Items) -> None:
        """One that has read nothing yet."""
        self._nfa, self._symbols, self._start = nfa, symbols, start
        self._begun: list[Item] = []
        self._begun_numbers: dict[Item, int] = {}
        """Gaps and runs: the first is part -2."""
        self._leaves: dict[int, int] = {}
        """Of symbols, a bit each."""
        self._salt = np.frombuffer(urandom(8 * nfa.width), np.uint64)
        """Of each leaf a number such that the sums of no two sets of them are equal."""
        self._kept: dict[int, Table] = {}
        """Of parts that were taken apart before: the rows of their items."""
        self.bounded = True
        """Whether there is an end to what it may learn; for a single walk there need not be one."""
        self._clear()

    def _clear(self) -> None:
        self._nodes: dict[int, Node] = {}
        self._states: dict[int, State] = {}
        self._parts: list[bytes] = []
        self._numbers: dict[bytes, int] = {}
        self._held = 0
        self._flags: list[int] = []
        self.goals = Goals()
        self._waits = np.zeros((64, self._nfa.width // 8 + 1), np.uint8)
        """Of states that were taken apart a bit for each leaf that they wait for."""
        self._open = np.zeros(64, np.bool_)
        """Of the same, whether they wait for more than leaves."""
        self._told = 0
        """Of states before this one all that is known without taking them apart."""
        self._column = np.zeros(0, np.int32)
        """Of each symbol, or 0."""
        self._met = np.zeros(0, np.int32)
        """The symbol of each column."""
        self.futile = Futile()
        self._cells = Cells()
        self._size = Growing()
        """Of states, as far as that was asked: how many parts they have."""
        self._apart: dict[int, Column] = {}
        """Of states that were taken apart their parts, as states of their own."""
        self._known = Hashed()
        """Where ways out lead, by what tells them apart."""

    @classmethod
    def begin(cls, nfa: Nfa, symbols: Alphabet, start: Items) -> "Dfa":
        """One that has read nothing yet."""
        dfa = cls(nfa, symbols, start)
        dfa.forget()
        return dfa

    @classmethod
    def restored(cls, nfa: Nfa, symbols: Alphabet, tables: Tables, limits: Limits) -> "Dfa":
        """The one that gave these tables; DamagedError when none did."""
        dfa = cls(nfa, symbols, frozenset())
        check_items(tables["begun"], limits)
        dfa._begun = decoded_items(tables["begun"])
        dfa._begun_numbers = {item: _START - number for number, item in enumerate(dfa._begun, 1)}
        parts, ends, flags = tables["parts"], tables["part ends"], tables["flags"]
        size = len(ends)
        check(parts, (None,), _START - len(dfa._begun), limits.rests)
        _check_ends(ends, len(parts))
        check(flags, (size,), 0, 1 << FLAGS)
        check(tables["keys"], (None,), 0, size << LEFT)
        check(tables["met"], (None,), 0, len(symbols))
        check(tables["keys"] & _MASK, (None,), 0, COLUMNS + len(tables["met"]))
        check(tables["values"], (len(tables["keys"]),), _DEAD, size)
        if size <= _DEAD:
            raise DamagedError
        data, width = parts.astype(np.intc).tobytes(), np.dtype(np.intc).itemsize
        bounds = [0, *(ends.astype(np.int64) * width).tolist()]
        dfa._parts = [data[a:b] for a, b in pairwise(bounds)]
        dfa._numbers = dict(zip(dfa._parts, range(size), strict=True))
        dfa._held = _MEMO * size + len(parts)
        dfa._flags = flags.tolist()
        dfa.goals.restore(tables, size, limits.rules)
        dfa._met = tables["met"].astype(np.int32)
        dfa._column = np.zeros(len(symbols), np.int32)
        dfa._column[dfa._met] = COLUMNS + np.arange(len(dfa._met))
        dfa._make_room()
        values = tables["values"].astype(np.int32)
        dfa._cells.put(tables["keys"].astype(np.int64), values << FLAGS | flags.take(values))
        dfa._restore_parts(tables, limits)
        dfa._restore_ways(tables, size)
        return dfa

    def _restore_parts(self, tables: Tables, limits: Limits) -> None:
        """What the parts of states wait for, as rows."""
        items, ends, numbers = tables["items"], tables["item ends"], tables["item parts"]
        check_items(items, limits)
        _check_ends(ends, len(items))
        check(numbers, (len(ends),), _START, limits.rests)
        bounds = pairwise([0, *ends.tolist()])
        self._kept = {number: items[a:b] for number, (a, b) in zip(numbers.tolist(), bounds, strict=True)}

    def _restore_ways(self, tables: Tables, size: int) -> None:
        """What states wait for, and where ways out lead."""
        check(tables["salt"], (self._nfa.width,), 0, 1 << 64)
        check(tables["waits"], (size, self._waits.shape[1]), 0, 256)
        check(tables["open"], (size,), 0, 2)
        check(tables["ways"], (None,), -(1 << 63), 1 << 63)
        check(tables["led"], (len(tables["ways"]),), _DEAD, size)
        self._salt = tables["salt"].astype(np.uint64)
        self._waits, self._open = tables["waits"].astype(np.uint8), tables["open"].astype(np.bool_)
        self._told = size
        led = tables["led"].astype(np.int32)
        self._known.put(tables["ways"].astype(np.int64), led << FLAGS | tables["flags"].take(led))

    def tables(self) -> Tables:
        """What is known so far, to be kept."""
        for number in range(len(self._parts)):
            self._state(number)
        known = {part for part in {*self._nodes, *self._kept} if part >= _START}
        nodes = {part: self._items(part) for part in sorted(known)}
        ways, led = self._known.pairs()
        keys, values = self._cells.pairs()
        kept = keys >> LEFT != _DEAD
        keys, values = keys[kept], values[kept]
        return {
            "rests": np.array(self._nfa.rests, np.int64),
            "item parts": np.array(list(nodes), np.int32),
            "item ends": np.cumsum([len(items) for items in nodes.values()], dtype=np.int32),
            "items": np.concatenate([coded_items(()), *map(coded_items, nodes.values())]),
            "salt": self._salt,
            "waits": self._waits[: len(self._parts)],
            "open": self._open[: len(self._parts)],
            "ways": ways,
            "led": led >> FLAGS,
            "begun": coded_items(self._begun),
            "parts": np.frombuffer(b"".join(self._parts), np.intc),
            "part ends": np.cumsum([len(_parts(key)) for key in self._parts], dtype=np.int32),
            "flags": np.array(self._flags, np.uint8),
            **self.goals.tables(),
            "met": self._met,
            "keys": keys,
            "values": values >> FLAGS,
        }

    def forget(self) -> None:
        """Starts anew, to make room."""
        self._clear()
        bounded, self.bounded = self.bounded, False
        for place in range(PLACES):
            self._new(_key(self._passed([_START], place)))
        self._new(b"")
        self._held, self.bounded = 0, bounded  # these nothing can spare

    @property
    def knows(self) -> bool:
        """Whether it knows more than where it begins."""
        return len(self._parts) > PLACES + 1 or bool(len(self._cells))

    @property
    def size(self) -> int:
        """How many states there are."""
        return len(self._parts)

    def flagged(self, states: Column) -> Column:
        """The states with their flags, as walks know them."""
        return states << FLAGS | np.array(self._flags, np.int32).take(states)

    def entered(self, rest: Rest, place: int) -> int:
        """The state, with its flags, before any token and at this place, where only `rest` is left to match."""
        number = self._add(_key(self._passed([rest], place)))
        return number << FLAGS | self._flags[number]

    def columns(self, symbols: Column) -> Column:
        """The columns of symbols: they are numbered as texts bring them, for of all that can be most are rare."""
        more = len(self._symbols) - len(self._column)
        if more:
            self._column = np.append(self._column, np.zeros(more, np.int32))
        found = self._column.take(symbols)
        if np.count_nonzero(found) < len(found):
            new = distinct(symbols[found == 0].astype(np.int64))[0].astype(np.int32)
            self._column[new] = COLUMNS + len(self._met) + np.arange(len(new))
            self._met = np.append(self._met, new)
            found = self._column.take(symbols)
            self._make_room()
        return found

    def _make_room(self) -> None:
        self.futile.make_room(COLUMNS + len(self._met))
        self._cells.make_room(len(self._parts), COLUMNS + len(self._met))
        self._cells.fill(_DEAD, _DEAD << FLAGS)

    def step(self, states: Column, columns: Column) -> Column:
        """The states with their flags after one more token each, or after a place between tokens."""
        numbers = states >> FLAGS
        found = self._cells.find(numbers, columns)
        if np.count_nonzero(found) < len(found):
            rows = rows_of(found == 0)
            found[rows] = self._learnt(numbers.take(rows), columns.take(rows))
        return found

    @property
    def is_full(self) -> bool:
        """Whether it should learn no more of states of several parts; walks then go on with `step_apart`."""
        return self._held > MAX_ITEMS

    def step_apart(self, states: Column, columns: Column) -> tuple[Column, Rows, Column]:
        """The same, but where states of several parts lead is not learnt: who is there goes on as several, a part each.

        The states, dead for those; and of the others that there are instead the rows they come from and their states.
        How states of one part go on is learnt: these are few, however many ways there are to put them together.
        """
        numbers = states >> FLAGS
        found = self._cells.find(numbers, columns)
        rows = rows_of(found == 0)
        some = rows[self._is_single(numbers.take(rows)) | (columns.take(rows) < COLUMNS)]
        if len(some):
            found[some] = self._learnt(numbers.take(some), columns.take(some))
        rows = rows[found.take(rows) == 0]
        if not len(rows):
            return found, rows, found[:0]
        found[rows] = _DEAD << FLAGS
        which, alone = self._alone(numbers.take(rows))
        which = rows.take(which)
        more = self.step(alone << FLAGS, columns.take(which))
        alive = more & (1 << FLAGS) - 1 > 0
        return found, which[alive], more[alive]

    def _is_single(self, numbers: Column) -> Flags:
        """Which states have one part."""
        if len(self._size) < len(self._parts):
            new = self._parts[len(self._size) :]
            self._size.extend([len(key) // _PART_BYTES for key in new])
        return self._size.column.take(numbers) == 1

    def _alone(self, numbers: Column) -> tuple[Rows, Column]:
        """The parts of states as states of their own: for each the row of the state it is of, and its number."""
        different, which = distinct(numbers.astype(np.int64))
        own = []
        for number in different.tolist():
            if number not in self._apart:
                parts = _parts(self._parts[number])
                self._apart[number] = np.array([self._add(_key((part,))) for part in parts], np.int32)
            own.append(self._apart[number])
        size = np.array([len(one) for one in own], np.intp)
        parts_of = spread((size.cumsum() - size).take(which), size.take(which))
        return parts_of.phrase, np.concatenate(own).take(parts_of.row)

    def _learnt(self, numbers: Column, columns: Column) -> Column:
        """Where columns lead from states, for pairs of which that is not known."""
        pairs, which = distinct(numbers.astype(np.int64) << LEFT | columns)
        numbers, columns = (pairs >> LEFT).astype(np.int32), (pairs & _MASK).astype(np.int32)
        made = np.full(len(pairs), _DEAD << FLAGS, np.int32)
        rows = rows_of(columns >= COLUMNS)
        states, symbols = numbers.take(rows), self._met.take(columns.take(rows) - COLUMNS)
        ways = self._ways(states, symbols)
        rows, states, symbols, ways = rows[ways > 0], states[ways > 0], symbols[ways > 0], ways[ways > 0]
        made[rows] = self._known.find(ways.view(np.int64))
        new = made.take(rows) == 0
        rows, states, symbols = rows[new], states[new], symbols[new]
        different, whose = distinct(ways[new].view(np.int64))
        some = np.zeros(whose.max(initial=-1) + 1, np.intp)
        some[whose] = np.arange(len(whose))  # of the pairs with the same way any one
        todo = zip(states.take(some).tolist(), symbols.take(some).tolist(), strict=True)
        led = np.array([self._after(*one) for one in todo], np.int32)
        self._known.put(different, led)
        made[rows] = led.take(whose)
        for row in rows_of(columns < STOP).tolist():
            made[row] = self._across(int(numbers[row]), int(columns[row]))
        self._cells.put(pairs, made)
        self._cells.make_room(len(self._parts), COLUMNS + len(self._met))
        if self.bounded and len(self._cells) > MAX_CELLS:
            raise Full
        return made.take(which)

    def _ways(self, numbers: Column, symbols: Column) -> Keys:
        """A number for each pair: the same for pairs of which one way out is known to serve, 0 where nothing follows.

        That is where the state is the same, the leaves of the symbol that it waits for, and if anything but a leaf can
        go on, the symbol's kind.
        """
        for number in set(numbers.tolist()):
            if number >= self._told:
                self._state(number)
        first, count, leaves = self._symbols.told()
        held = spread(first.take(symbols), count.take(symbols))
        pair, leaf = held.phrase, leaves.take(held.row)
        byte = self._waits.take(numbers.take(pair).astype(np.intp) * self._waits.shape[1] + (leaf >> 3))
        met = rows_of(byte >> (leaf & 7).astype(np.uint8) & 1 > 0)
        found = np.zeros(len(symbols), np.uint64)
        np.add.at(found, pair.take(met), self._salt.take(leaf.take(met)))
        opened = self._open.take(numbers)
        going = rows_of(found.astype(np.bool_) | opened)
        found[going] += _STATES * (numbers.take(going) + 1).astype(np.uint64)
        going = rows_of(opened)
        found[going] += _KINDS * self._symbols.kind.take(symbols.take(going)).astype(np.uint64)
        return found

    def _across(self, number: int, place: int) -> int:
        """The state after a place between tokens."""
        led = self._add(_key(self._passed(_parts(self._parts[number]), place)))
        return led << FLAGS | self._flags[led]

    def _after(self, number: int, symbol: int) -> int:
        """The state after a token."""
        if symbol not in self._leaves:
            self._leaves[symbol] = reduce(or_, (1 << leaf for leaf in self._symbols[symbol].leaves), 0)
        state = self._state(number)
        _, passed, parts = self._symbols[symbol]
        way = (state.leaves & self._leaves[symbol], passed if state.skips else "", parts if state.runs else ())
        if way not in state.ways:
            if self.bounded and self._held > MOST_ITEMS:
                raise Full
            self._held += _MEMO
            led = self._add(_key(self._next(state, *way))) if any(way) else _DEAD
            state.ways[way] = led << FLAGS | self._flags[led]
        return state.ways[way]

    def _next(self, state: State, leaves: int, passed: str, parts: tuple[Part, ...]) -> set[int]:
        """The parts of the state that follows."""
        found: set[int] = set()
        for node in state.nodes if leaves else ():
            own = node.leaves & leaves
            while own:
                leaf = own.bit_length() - 1
                found.update(node.words[leaf])
                own ^= 1 << leaf
        for run in state.runs if parts else ():
            for part in parts:
                enters, ends = (part.ends, part.begins) if self._nfa.backwards else (part.begins, part.ends)
                if part[:2] == run[:2] and enters != run.inside:
                    found.add(run.rest if ends else self._part(run._replace(inside=True)))
        grown = longer(state.skips, passed)
        found.update(skip.rest for skip in grown)
        # A gap that begins here can go on wherever one begun before can: of each gap only the last is followed.
        fresh = {skip for part in found for skip in self._node(part).skips} if grown else set()
        found.update(self._part(skip) for skip in grown if Skip(skip.limit, 0, 0, skip.rest) not in fresh)
        return found

    def _passed(self, parts: Iterable[int], place: int) -> set[int]:
        """The parts of a state, and those behind the sentence edges among them that the place is."""
        here = {side for side, bit in (("start", STARTS), ("end", ENDS)) if place & bit}
        found = set(parts)
        todo = [side for part in found for side in self._node(part).sides]
        while todo:
            edge = todo.pop()
            if edge.side in here and edge.rest not in found:
                found.add(edge.rest)
                todo += self._node(edge.rest).sides
        return found

    def _add(self, key: bytes) -> int:
        number = self._numbers.get(key)
        return self._new(key) if number is None else number

    def _new(self, key: bytes) -> int:
        number = len(self._parts)
        if self.bounded and self._held > MOST_ITEMS:
            raise Full
        nodes = [self._node(part) for part in _parts(key)]
        self._held += _MEMO + len(nodes)
        self._numbers[key] = number
        self._parts.append(key)
        self._flags.append(reduce(or_, (node.flags for node in nodes), 0))
        self.goals.add(sorted({goal for node in nodes for goal in node.goals}))
        return number

    def _state(self, number: int) -> State:
        if number not in self._states:
            nodes = [self._node(part) for part in _parts(self._parts[number])]
            self._states[number] = State(
                nodes=nodes,
                leaves=reduce(or_, (node.leaves for node in nodes), 0),
                skips=list(dict.fromkeys(skip for node in nodes for skip in node.skips)),
                runs=list(dict.fromkeys(run for node in nodes for run in node.runs)),
                ways={},
            )
            if number >= self._told:
                self._wait_for(number, self._states[number].leaves)
        return self._states[number]

    def _wait_for(self, number: int, leaves: int) -> None:
        """Keeps the leaves of a state where they are looked up for many at once."""
        height, width = self._waits.shape
        if number >= height:
            self._waits = np.concatenate((self._waits, np.zeros((max(height, number + 1 - height), width), np.uint8)))
            self._open = np.append(self._open, np.zeros(len(self._waits) - height, np.bool_))
        state = self._states[number]
        self._open[number] = bool(state.skips or state.runs)
        self._held += width // _ITEM_BYTES
        self._waits[number] = np.frombuffer(leaves.to_bytes(width, "little"), np.uint8)

    def _node(self, part: int) -> Node:
        if part not in self._nodes:
            kept = self._kept.get(part)
            words, others = decoded_words(kept) if kept is not None else apart(self._items(part))
            self._nodes[part] = sorted_out(words, others)
            self._held += len(words) + len(others)
        return self._nodes[part]

    def _part(self, item: Item) -> int:
        """The number of a gap or run as a part of states."""
        if item not in self._begun_numbers:
            self._begun.append(item)
            self._begun_numbers[item] = _START - len(self._begun)
        return self._begun_numbers[item]

    def _items(self, part: int) -> Items:
        """What a part of a state waits for."""
        if part in self._kept:
            return frozenset(decoded_items(self._kept[part]))
        if part >= 0:
            return self._nfa.after(part)
        return self._start if part == _START else frozenset((self._begun[_START - 1 - part],))


def _key(parts: Iterable[int]) -> bytes:
    """Parts of a state as one value to tell states apart by."""
    return array("i", sorted(parts)).tobytes()


def _parts(key: bytes) -> "array[int]":
    return array("i", key)


def _check_ends(ends: Table, size: int) -> None:
    """DamagedError unless these are where `size` rows are cut."""
    check(ends, (None,), 0, size + 1)
    if (ends[1:] < ends[:-1]).any():
        raise DamagedError
