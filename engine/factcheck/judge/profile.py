"""What each pattern costs: counts of what its walks do on texts, each pattern followed by itself. The same every time.

A walk begins at each token that a pattern may begin with, or end with where that is rarer, and goes on while there is
hope. The patterns of a direction are followed by the same walks: whichever of them still hope share a step.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.dfa import COLUMNS, DEAD, FLAGS, PLACES, Dfa, Full
from factcheck.judge.match import Matcher
from factcheck.judge.nfa import Goal
from factcheck.judge.rows import changes, rows_of, spread
from factcheck.judge.walk import Ways, Wide, follow, lane, ways
from factcheck.language.measure import MAX_SPAN
from factcheck.text.article import Article
from factcheck.text.columns import Column, Rows

_TOGETHER: Final = 1 << 17
"""Tokens from which walks start at once."""
_NAMED: Final = 3
"""Words that walks begin with, named."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What the pattern with this number among those of a role of a rule costs."""

    goal: Goal
    number: int
    backwards: bool
    """Whether it is read from its end."""
    places: int
    """Tokens that walks begin at,"""
    steps: int
    """and tokens that they visit."""
    share: float
    """Its part in all that walks visit: a step that several patterns share is split among them."""
    spares: int
    """Steps that nobody would take if the pattern were gone."""
    states: int
    """Sets of parts that may come next which it brings up."""
    hits: int
    crowded: bool
    """Whether it was given up: it brings up so many states that they are not counted further."""
    starts: tuple[tuple[str, int], ...]
    """The most frequent words that its walks begin with, and how often each does."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The costs of all patterns in texts of so many words and marks, the highest first."""

    tokens: int
    steps: int
    """Those of all patterns together, each taken once."""
    costs: tuple[Cost, ...]


def profile(matcher: Matcher, articles: Iterable[Article]) -> Profile:
    """What the patterns of a matcher cost in these articles."""
    text = _Text.of(matcher, articles)
    sides = (_Side(text, backwards=False), _Side(text, backwards=True))
    numbers: Counter[Goal] = Counter()
    found: list[tuple[Goal, int, bool, _Walked]] = []
    for pattern, goal, backwards in matcher.directed():
        one = sides[backwards].walked(matcher.alone(pattern, goal, backwards=backwards), len(found))
        found.append((goal, numbers[goal], backwards, one))
        numbers[goal] += 1
    shared = sum(side.shared(len(found)) for side in sides)
    steps = sum(side.steps for side in sides)
    costs = (
        Cost(
            goal=goal,
            number=number,
            backwards=backwards,
            places=one.places,
            steps=one.steps,
            share=split / max(steps, 1),
            spares=round(only),
            states=one.states,
            hits=one.hits,
            crowded=one.crowded,
            starts=one.starts,
        )
        for (goal, number, backwards, one), (split, only) in zip(found, np.asarray(shared).T.tolist(), strict=True)
    )
    return Profile(len(text.columns), steps, tuple(sorted(costs, key=lambda cost: (-cost.share, cost.goal))))


class _Text(NamedTuple):
    """All tokens of the articles, as walks see them."""

    symbols: Column
    """Those there are; an automaton that is asked for them first numbers their columns in this order."""
    columns: Column
    ways: Ways
    numbers: Column
    """Of the words that some rule names; 0 for all others."""
    words: Sequence[str]
    """Those with these numbers, from 1 on."""

    @classmethod
    def of(cls, matcher: Matcher, articles: Iterable[Article]) -> "_Text":
        """What the matcher reads of the articles."""
        lexicon = matcher.symbols.lexicon
        read = [(matcher.symbols.of(one), one.tokens.numbered(lexicon), *ways(one)) for one in articles]
        kinds = (np.int32, np.int32, np.uint8, np.uint8, np.bool_, np.bool_)
        none = [tuple(np.zeros(0, kind) for kind in kinds)]
        all_symbols, numbers, *way = (np.concatenate(column) for column in zip(*none, *read, strict=True))
        symbols, rank = np.unique(all_symbols, return_inverse=True)
        return cls(symbols, COLUMNS + rank.astype(np.int32), Ways(*way), numbers, lexicon.words)


class _Walked(NamedTuple):
    """What the walks of a pattern by itself do."""

    places: int
    steps: int
    states: int
    hits: int
    crowded: bool
    starts: tuple[tuple[str, int], ...]


class _Side:
    """The tokens as walks of one direction see them, and how far each pattern's walks go from each of them."""

    def __init__(self, text: _Text, *, backwards: bool) -> None:
        self._text = text
        self._lane = lane(text.columns, text.ways, slice(None), backwards=backwards)
        self._places = text.ways.after if backwards else text.ways.before
        code = text.columns * np.int32(PLACES) + self._places
        self._order = np.argsort(code, kind="stable")
        code = code.take(self._order)
        self._first = rows_of(changes(code))
        """Of tokens with the same column and place, which are the same to all walks, the first in their order,"""
        self._count = np.diff(self._first, append=len(code))
        """and how many they are."""
        self._reached = np.zeros(len(code), np.uint8)
        self._walks: list[tuple[int, Rows, NDArray[np.uint8]]] = []
        """Of each pattern its number, where its walks begin, and how many tokens each visits."""

    @property
    def steps(self) -> int:
        """Tokens that walks visit which follow all patterns at once."""
        return int(self._farthest.sum())

    @cached_property
    def _farthest(self) -> Rows:
        """Of each token how many the longest walk from it visits."""
        found = np.zeros(len(self._reached), np.uint8)
        for _, begins, steps in self._walks:
            found[begins] = np.maximum(found.take(begins), steps)
        return found.astype(np.intp)

    def shared(self, patterns: int) -> NDArray[np.float64]:
        """For each pattern by its number its part in these steps, and in a second row those that only it takes."""
        end = np.cumsum(self._farthest)
        begin = end - self._farthest
        # For each step of the longest walk from a token: how many patterns are still followed there.
        ends = np.zeros(self.steps + 1, np.intp)
        for _, begins, steps in self._walks:
            np.add.at(ends, begin.take(begins) + steps - 1, 1)
        total = np.cumsum(ends[::-1])[::-1]
        beyond = total.take(end)  # of the tokens behind
        followed = total[:-1] - np.repeat(beyond, self._farthest)
        parts = np.concatenate(([0.0], np.cumsum(1 / followed)))
        only = np.concatenate(([0], np.cumsum(followed == 1)))
        found = np.zeros((2, patterns))
        for number, begins, steps in self._walks:
            first = begin.take(begins)
            last = first + steps
            found[0, number] = (parts.take(last) - parts.take(first)).sum()
            found[1, number] = (only.take(last) - only.take(first)).sum()
        return found

    def walked(self, dfa: Dfa, number: int) -> _Walked:
        """Follows a pattern, which has this number, from wherever it may begin."""
        dfa.columns(self._text.symbols)
        begins = self._begins(dfa)
        hits, crowded = 0, False
        for first in range(0, len(begins), _TOGETHER):
            some = begins[first : first + _TOGETHER]
            columns, places = self._text.columns.take(some), self._places.take(some)
            try:
                found, _ = follow(dfa, self._lane, some, columns, places, reached=self._reached)
            except (Full, Wide):
                crowded = True
                break
            hits += sum(len(np.unique(origins)) for _, origins in found)
        steps = np.minimum(self._reached.take(begins) + 1, MAX_SPAN)
        self._reached[begins] = 0
        self._walks.append((number, begins, steps))
        return _Walked(
            len(begins),
            int(steps.sum(dtype=np.int64)),
            dfa.size - PLACES - 1,  # those before any token and the dead one cost nothing
            hits,
            crowded,
            self._starts(begins),
        )

    def _begins(self, dfa: Dfa) -> Rows:
        """The tokens after which there is hope."""
        one = self._order.take(self._first)
        states = dfa.step(self._places.take(one).astype(np.int32) << FLAGS, self._text.columns.take(one))
        alive = rows_of(states != DEAD)
        return self._order.take(spread(self._first.take(alive), self._count.take(alive)).row)

    def _starts(self, begins: Rows) -> tuple[tuple[str, int], ...]:
        counts = np.bincount(self._text.numbers.take(begins), minlength=1)
        counts[0] = 0
        most = np.argsort(-counts, kind="stable")[:_NAMED]
        return tuple((self._text.words[row - 1], int(counts[row])) for row in most.tolist() if counts[row])
