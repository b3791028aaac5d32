"""Patterns as one automaton without determinism: what may come next, and what is left to match after it.

An item is a part of a pattern that takes tokens, with the rest of the pattern. Lists are entered when they are met, so
only what texts lead to is ever built. Read backwards, patterns are entered by their last parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from factcheck.judge.hits import Role
from factcheck.language.pattern import (
    Affix,
    Alt,
    Any,
    Capture,
    Edge,
    Gap,
    Lists,
    Mark,
    Maybe,
    Pattern,
    Quote,
    Ref,
    Run,
    Seq,
    Words,
)

Leaf = Words | Affix | Mark | Quote | Any
"""A pattern of one token."""

Rest = int
"""The number of what is left to match."""


@dataclass(frozen=True, slots=True, order=True)
class Goal:
    """Nothing is left: a pattern of this rule has matched."""

    role: Role
    rule: int


class Word(NamedTuple):
    """One token that satisfies a leaf."""

    leaf: int
    rest: Rest


class Skip(NamedTuple):
    """A gap of which this many words and marks are used up."""

    limit: int
    words: int
    marks: int
    rest: Rest


class Whole(NamedTuple):
    """A run of a kind: its first token, or (`inside`) one of the others."""

    kind: str
    possessive: bool
    inside: bool
    rest: Rest


class Side(NamedTuple):
    """A sentence edge; it takes no token."""

    side: str
    rest: Rest


Item = Word | Skip | Whole | Side | Goal
Items = frozenset[Item]


class Nfa:
    """The patterns entered so far. `leaves` numbers the patterns of one token."""

    def __init__(self, lists: Lists, leaves: Mapping[Leaf, int], *, backwards: bool) -> None:
        self._lists, self._leaves, self.backwards = lists, leaves, backwards
        self._rests: list[Goal | tuple[Sequence[Pattern], int, Rest]] = []
        self._numbers: dict[Goal | tuple[int, int, Rest], Rest] = {}
        self._turned: dict[int, Sequence[Pattern]] = {}
        self._known: dict[Rest, Items] = {}

    def start(self, patterns: Sequence[tuple[Pattern, Goal]]) -> Items:
        """What any of the patterns may begin with."""
        return self._entered([(pattern, self._goal(goal)) for pattern, goal in patterns])

    def after(self, rest: Rest) -> Items:
        """What may come next when `rest` is left."""
        if rest not in self._known:
            self._known[rest] = self._entered([(None, rest)])
        return self._known[rest]

    def _goal(self, goal: Goal) -> Rest:
        if goal not in self._numbers:
            self._numbers[goal] = len(self._rests)
            self._rests.append(goal)
        return self._numbers[goal]

    def _rest(self, items: Sequence[Pattern], at: int, rest: Rest) -> Rest:
        """What is left when `items` from `at` on are, and then `rest`."""
        if at == len(items):
            return rest
        key = (id(items), at, rest)
        if key not in self._numbers:
            self._numbers[key] = len(self._rests)
            self._rests.append((items, at, rest))
        return self._numbers[key]

    def _items(self, pattern: Seq) -> Sequence[Pattern]:
        """The items in the order of reading, always the same object: it is known by its address."""
        if not self.backwards:
            return pattern.items
        return self._turned.setdefault(id(pattern), pattern.items[::-1])

    def _entered(self, todo: list[tuple[Pattern | None, Rest]]) -> Items:
        """The items that stand first in what is to do: patterns, each with what is left after it, or None and that."""
        found: set[Item] = set()
        seen: set[tuple[int, Rest]] = set()
        while todo:
            pattern, rest = todo.pop()
            if (id(pattern), rest) in seen:
                continue
            seen.add((id(pattern), rest))
            if pattern is None:
                left = self._rests[rest]
                if isinstance(left, Goal):
                    found.add(left)
                else:
                    items, at, after = left
                    todo.append((items[at], self._rest(items, at + 1, after)))
            else:
                item, parts = self._open(pattern, rest)
                todo += parts
                if item:
                    found.add(item)
        return frozenset(found)

    def _open(self, pattern: Pattern, rest: Rest) -> tuple[Item | None, list[tuple[Pattern | None, Rest]]]:
        """The item that the pattern is, and what else stands first in it."""
        item: Item | None = None
        parts: list[tuple[Pattern | None, Rest]] = []
        match pattern:
            case Seq():
                parts = [(None, self._rest(self._items(pattern), 0, rest))]
            case Alt():
                parts = [(option, rest) for option in pattern.options]
            case Maybe():
                parts = [(pattern.item, rest), (None, rest)]
            case Capture():
                parts = [(pattern.item, rest)]
            case Ref():
                parts = [(self._lists[pattern.key], rest)]
            case Gap():
                item, parts = Skip(pattern.limit, 0, 0, rest), [(None, rest)]
            case Run():
                item = Whole(pattern.kind, pattern.possessive, inside=False, rest=rest)
            case Edge():
                item = Side(pattern.side, rest)
            case _:
                item = Word(self._leaves[pattern], rest)
        return item, parts
