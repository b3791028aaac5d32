"""The automaton made deterministic step by step: a state is all that may come next, a cell where a symbol leads.

Only what texts bring is made, and kept for the next text. Where too much has come together, all is forgotten.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from factcheck.judge.cells import Cells, Numbers
from factcheck.judge.nfa import Goal, Item, Items, Nfa, Rest, Side, Skip, Whole, Word
from factcheck.judge.symbol import Symbol
from factcheck.language.pattern import Pattern

ACCEPTS, TAKES, WAITS = 1, 2, 4
"""Flags of a state: a pattern has matched; more tokens can follow; a sentence edge can follow."""
STARTS, ENDS = 1, 2
"""Bits of a place between tokens: a sentence starts, or ends, here."""
PLACES: Final = 4

MAX_STATES: Final = 100_000
MAX_CELLS: Final = 2_000_000


class Full(Exception):  # noqa: N818 -- it ends a bounded search and is no mistake
    """Too many states or cells, or too much work for what was allowed."""


Make = Callable[[int, int], Items]
_SHIFT: Final = 32
_MASK: Final = (1 << _SHIFT) - 1


class _State(NamedTuple):
    """The items of a state by what they wait for."""

    words: dict[int, list[Rest]]
    skips: list[Skip]
    runs: list[Whole]
    sides: list[Side]
    goals: tuple[Goal, ...]


class Dfa:
    """The states and cells met so far. `work` is how many items may still be looked at, None for any number."""

    def __init__(self, nfa: Nfa, patterns: Sequence[tuple[Pattern, Goal]], symbols: Sequence[Symbol]) -> None:
        self._nfa, self._symbols = nfa, symbols
        self.work: int | None = None
        self._numbers: dict[Items, int] = {}
        self._states: list[_State] = []
        self._items: list[Items] = []
        self._cells = Cells()
        self.flags = np.zeros(1024, np.uint8)
        start = nfa.start(patterns)
        self.initial = np.array([self._number(self._passed(start, place)) for place in range(PLACES)], np.int64)

    def goals(self, state: int) -> tuple[Goal, ...]:
        """The rules whose patterns have matched where this state is reached."""
        return self._states[state].goals

    def step(self, states: Numbers, symbols: Numbers) -> Numbers:
        """The states after one more token each."""
        return self._look_up(states, symbols + PLACES, self._after)

    def cross(self, states: Numbers, places: Numbers) -> Numbers:
        """The states after the places between tokens, which are no plain ones."""
        return self._look_up(states, places, self._across)

    def _look_up(self, states: Numbers, columns: Numbers, make: Make) -> Numbers:
        found = self._cells.find(states, columns)
        missing = np.flatnonzero(found < 0)
        if len(missing):
            pairs, which = np.unique(states.take(missing) << _SHIFT | columns.take(missing), return_inverse=True)
            made = [self._make(pair >> _SHIFT, pair & _MASK, make) for pair in pairs.tolist()]
            found[missing] = np.array(made, np.int64).take(which)
        return found

    def _make(self, state: int, column: int, make: Make) -> int:
        if len(self._cells) >= MAX_CELLS:
            raise Full
        number = self._number(make(state, column))
        self._cells.add(state, column, number)
        return number

    def _number(self, items: Items) -> int:
        if items in self._numbers:
            return self._numbers[items]
        number = len(self._states)
        if number >= MAX_STATES:
            raise Full
        self._spend(len(items))
        state = _sorted(items)
        self._numbers[items] = number
        self._states.append(state)
        self._items.append(items)
        if number == len(self.flags):
            self.flags = np.append(self.flags, np.zeros_like(self.flags))
        takes = TAKES * bool(state.words or state.skips or state.runs)
        self.flags[number] = ACCEPTS * bool(state.goals) + takes + WAITS * bool(state.sides)
        return number

    def _after(self, number: int, column: int) -> Items:
        """What may come after a token."""
        state, symbol = self._states[number], self._symbols[column - PLACES]
        rests: set[Rest] = set()
        found: set[Item] = set()
        for leaf in symbol.leaves if len(symbol.leaves) < len(state.words) else state.words:
            if leaf in state.words and leaf in symbol.leaves:
                rests.update(state.words[leaf])
        for skip in state.skips if symbol.passed else ():
            more = (
                skip._replace(words=skip.words + 1) if symbol.passed == "word" else skip._replace(marks=skip.marks + 1)
            )
            if max(more.words, more.marks) <= skip.limit:
                found.add(more)
                rests.add(skip.rest)
        for run in state.runs if symbol.parts else ():
            for part in symbol.parts:
                enters, leaves = (part.ends, part.begins) if self._nfa.backwards else (part.begins, part.ends)
                if part[:2] == run[:2] and enters != run.inside:
                    if leaves:
                        rests.add(run.rest)
                    else:
                        found.add(run._replace(inside=True))
        self._spend(len(symbol.leaves) + len(state.skips) + len(state.runs) + len(rests))
        return frozenset(found.union(*map(self._nfa.after, rests)))

    def _across(self, number: int, place: int) -> Items:
        """What may come after a place between tokens."""
        return self._passed(self._items[number], place)

    def _passed(self, items: Items, place: int) -> Items:
        """The items, and those behind the sentence edges among them that the place is."""
        here = {side for side, bit in (("start", STARTS), ("end", ENDS)) if place & bit}
        found, todo = set(items), [i for i in items if isinstance(i, Side)]
        while todo:
            edge = todo.pop()
            if edge.side in here:
                new = self._nfa.after(edge.rest) - found
                found |= new
                todo += [i for i in new if isinstance(i, Side)]
        return frozenset(found)

    def _spend(self, work: int) -> None:
        if self.work is not None:
            self.work -= work
            if self.work < 0:
                raise Full


def _sorted(items: Items) -> _State:
    words: dict[int, list[Rest]] = defaultdict(list)
    for item in items:
        if isinstance(item, Word):
            words[item.leaf].append(item.rest)
    return _State(
        words=dict(words),
        skips=[i for i in items if isinstance(i, Skip)],
        runs=[i for i in items if isinstance(i, Whole)],
        sides=[i for i in items if isinstance(i, Side)],
        goals=tuple(sorted(i for i in items if isinstance(i, Goal))),
    )
