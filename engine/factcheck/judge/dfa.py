"""The automaton made deterministic step by step: a state is all that may come next, a cell where a symbol leads.

Only what texts bring is made, and kept for the next text. Where there is no room for more, all is forgotten and made
anew as it is needed: memory is bounded, and a token never costs more than its own walk.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from factcheck.judge.alphabet import Symbol
from factcheck.judge.cells import LEFT, Cells, Numbers
from factcheck.judge.coded import Limits, coded_items, coded_rests, decoded_items
from factcheck.judge.nfa import Goal, Item, Items, Nfa, Rest, Side, Skip, Whole, Word
from factcheck.language.measure import MAX_SPAN
from factcheck.tables import DamagedError, Tables, check
from factcheck.text.columns import Rows, distinct

ACCEPTS, TAKES, WAITS = 1, 2, 4
"""Flags of a state: a pattern has matched; more tokens can follow; a sentence edge can follow."""
STARTS, ENDS = 1, 2
"""Bits of a place between tokens: a sentence starts, or ends, here."""
PLACES: Final = 4
"""The first states are those before any token, one for each value of these bits."""

MAX_ITEMS: Final = 2_000_000
"""Of all states together; they take some fifty bytes each."""
MAX_CELLS: Final = 1_000_000
_ONE_WALK: Final = 2 * MAX_SPAN + PLACES
"""States and cells that a walk from one token can make: so many there is always room for."""


class Full(Exception):  # noqa: N818 -- it ends a bounded search and is no mistake
    """No room for more states or cells."""


Make = Callable[[int, int], Items]
_MASK: Final = (1 << LEFT) - 1


class _State(NamedTuple):
    """The items of a state by what they wait for."""

    words: dict[int, list[Rest]]
    skips: list[Skip]
    runs: list[Whole]
    sides: list[Side]
    goals: tuple[Goal, ...]


class Dfa:
    """The states and cells met so far."""

    def __init__(self, nfa: Nfa, symbols: Sequence[Symbol]) -> None:
        """One that knows no state."""
        self._nfa, self._symbols, self._cells = nfa, symbols, Cells()
        self._items: list[Items] = []
        self._numbers: dict[Items, int] = {}
        self._states: dict[int, _State] = {}
        self._held = 0  # items of all states but the first ones, which nothing can spare
        self.flags = np.zeros(1024, np.uint8)
        self.initial = np.arange(PLACES)

    @classmethod
    def begin(cls, nfa: Nfa, symbols: Sequence[Symbol], start: Items) -> "Dfa":
        """One that has read nothing yet."""
        dfa = cls(nfa, symbols)
        dfa._begin([_passed(nfa, start, place) for place in range(PLACES)])
        return dfa

    @classmethod
    def restored(cls, nfa: Nfa, symbols: Sequence[Symbol], tables: Tables, limits: Limits) -> "Dfa":
        """The one that gave these tables; DamagedError when none did."""
        states = decoded_items(tables, limits)
        keys, values = tables["keys"], tables["values"]
        check(keys, (None,), 0, len(states) << LEFT)
        check(keys & _MASK, (None,), 0, PLACES + len(symbols))
        check(values, (len(keys),), 0, len(states))
        check(tables["flags"], (len(states),), 0, (ACCEPTS | TAKES | WAITS) + 1)
        if len(states) < PLACES:
            raise DamagedError
        dfa = cls(nfa, symbols)
        dfa._items, dfa._numbers = states, {items: number for number, items in enumerate(states)}
        dfa._held = sum(map(len, states[PLACES:]))
        dfa._cells = Cells(keys.astype(np.int64), values.astype(np.int64))
        dfa.flags = tables["flags"].astype(np.uint8)
        return dfa

    def tables(self) -> Tables:
        """What is known so far, to be kept."""
        keys, values = self._cells.pairs()
        return {
            "rests": coded_rests(self._nfa.rests),
            **coded_items(self._items),
            "flags": self.flags[: len(self._items)],
            "keys": keys,
            "values": values.astype(np.int32),
        }

    def forget(self) -> None:
        """Starts anew, to make room."""
        self._begin(self._items[:PLACES])

    @property
    def knows(self) -> bool:
        """Whether it knows more than where it begins."""
        return bool(len(self._cells))

    def goals(self, state: int) -> tuple[Goal, ...]:
        """The rules whose patterns have matched where this state is reached."""
        return self._state(state).goals

    def step(self, states: Numbers, symbols: Rows) -> Numbers:
        """The states after one more token each."""
        return self._look_up(states, symbols + PLACES, self._after)

    def cross(self, states: Numbers, places: Numbers) -> Numbers:
        """The states after the places between tokens, which are no plain ones."""
        return self._look_up(states, places, self._across)

    def _look_up(self, states: Numbers, columns: Rows, make: Make) -> Numbers:
        found = self._cells.find(states, columns)
        missing = np.flatnonzero(found < 0)
        if len(missing):
            pairs, which = distinct(states.take(missing) << LEFT | columns.take(missing))
            made = [self._make(pair >> LEFT, pair & _MASK, make) for pair in pairs.tolist()]
            found[missing] = np.array(made, np.int64).take(which)
        return found

    def _begin(self, states: Sequence[Items]) -> None:
        self._items, self._numbers, self._states, self._cells = [], {}, {}, Cells()
        for items in states:
            self._add(items)
        self._held = 0

    def _make(self, state: int, column: int, make: Make) -> int:
        if len(self._cells) >= max(MAX_CELLS, _ONE_WALK):
            raise Full
        items = make(state, column)
        number = self._numbers.get(items)
        if number is None:
            number = self._add(items)
        self._cells.add(state, column, number)
        return number

    def _add(self, items: Items) -> int:
        number = len(self._items)
        if self._held + len(items) > MAX_ITEMS and number >= _ONE_WALK:
            raise Full
        self._held += len(items)
        self._numbers[items] = number
        self._items.append(items)
        state = self._state(number)
        if number >= len(self.flags):
            self.flags = np.append(self.flags, np.zeros_like(self.flags))
        takes = TAKES * bool(state.words or state.skips or state.runs)
        self.flags[number] = ACCEPTS * bool(state.goals) + takes + WAITS * bool(state.sides)
        return number

    def _state(self, number: int) -> _State:
        if number not in self._states:
            self._states[number] = _sorted(self._items[number])
        return self._states[number]

    def _after(self, number: int, column: int) -> Items:
        """What may come after a token."""
        state, symbol = self._state(number), self._symbols[column - PLACES]
        rests: set[Rest] = set()
        found: set[Item] = set()
        for leaf in symbol.leaves if len(symbol.leaves) < len(state.words) else state.words:
            if leaf in state.words and leaf in symbol.leaves:
                rests.update(state.words[leaf])
        longer = _longer(state.skips, symbol.passed)
        rests.update(skip.rest for skip in longer)
        for run in state.runs if symbol.parts else ():
            for part in symbol.parts:
                enters, leaves = (part.ends, part.begins) if self._nfa.backwards else (part.begins, part.ends)
                if part[:2] == run[:2] and enters != run.inside:
                    if leaves:
                        rests.add(run.rest)
                    else:
                        found.add(run._replace(inside=True))
        found.update(*map(self._nfa.after, rests))
        # A gap that begins here can go on wherever one begun before can: of each gap only the last is followed.
        found.update(skip for skip in longer if Skip(skip.limit, 0, 0, skip.rest) not in found)
        return frozenset(found)

    def _across(self, number: int, place: int) -> Items:
        """What may come after a place between tokens."""
        return _passed(self._nfa, self._items[number], place)


def _longer(skips: Iterable[Skip], passed: str) -> list[Skip]:
    """The gaps after one more token, which they pass as a word, as a mark or not at all."""
    if not passed:
        return []
    word, mark = int(passed == "word"), int(passed == "mark")
    grown = [Skip(limit, words + word, marks + mark, rest) for limit, words, marks, rest in skips]
    return [skip for skip in grown if skip.words <= skip.limit and skip.marks <= skip.limit]


def _passed(nfa: Nfa, items: Items, place: int) -> Items:
    """The items, and those behind the sentence edges among them that the place is."""
    here = {side for side, bit in (("start", STARTS), ("end", ENDS)) if place & bit}
    found, todo = set(items), [i for i in items if isinstance(i, Side)]
    while todo:
        edge = todo.pop()
        if edge.side in here:
            new = nfa.after(edge.rest) - found
            found |= new
            todo += [i for i in new if isinstance(i, Side)]
    return frozenset(found)


def _sorted(items: Items) -> _State:
    words: dict[int, list[Rest]] = defaultdict(list)
    others: list[Item] = []
    for item in items:
        if isinstance(item, Word):
            words[item.leaf].append(item.rest)
        else:
            others.append(item)
    return _State(
        words=dict(words),
        skips=[i for i in others if isinstance(i, Skip)],
        runs=[i for i in others if isinstance(i, Whole)],
        sides=[i for i in others if isinstance(i, Side)],
        goals=tuple(sorted(i for i in others if isinstance(i, Goal))),
    )
