"""Patterns as one automaton without determinism: what may come next, and what is left to match after it.

An item is a part of a pattern that takes tokens, with the rest of the pattern. Lists are entered when they are met, so
only what texts lead to is ever built. Read backwards, patterns are entered by their last parts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from factcheck.judge.hits import Role
from factcheck.judge.numbered import More, Numbered
from factcheck.language.pattern import (
    Alt,
    Capture,
    Edge,
    Gap,
    Maybe,
    Pattern,
    Ref,
    Run,
    Seq,
)

Rest = int
"""The number of what is left to match."""


@dataclass(frozen=True, slots=True, order=True)
class Goal:
    """Nothing is left: a pattern of this rule has matched."""

    role: Role
    rule: int


class Left(NamedTuple):
    """What is left to match: a sequence from its part `at` on and then `rest`; or only a goal, its role and rule."""

    sequence: int
    at: int
    rest: int


GOAL: Final = -1
"""The `sequence` of a goal."""
AT_BITS, REST_BITS = 16, 26
"""Of `at` and `rest` where all three stand in one number."""


def packed(left: Left) -> int:
    """What is left as one number."""
    return (left.sequence + 1 << AT_BITS | left.at) << REST_BITS | left.rest


def unpacked(number: int) -> Left:
    """And back."""
    sequence, at = number >> AT_BITS + REST_BITS, number >> REST_BITS & (1 << AT_BITS) - 1
    return Left(sequence - 1, at, number & (1 << REST_BITS) - 1)


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
    """The patterns entered so far, and `more` sequences beside those of the program."""

    def __init__(
        self, numbered: Numbered, rests: Iterable[int] = (), more: More | None = None, *, backwards: bool
    ) -> None:
        """`rests` are those of an automaton over the same patterns, packed."""
        self._numbered, self._more, self.backwards = numbered, more, backwards
        self.width = numbered.width
        """How many leaves there are."""
        self._lengths = [*numbered.lengths, *(more.lengths if more else ())]
        self._items: dict[int, tuple[Pattern, ...]] = {}
        self.rests = list(rests)
        """What is left, packed, by its number."""

    @cached_property
    def _numbers(self) -> dict[int, Rest]:
        """Their numbers; made only where there is a new one."""
        return {number: rest for rest, number in enumerate(self.rests)}

    def start(self, patterns: Iterable[tuple[Pattern, Goal]]) -> Items:
        """What any of the patterns may begin with."""
        return self._entered([(pattern, self._rest(Left(GOAL, goal.role, goal.rule))) for pattern, goal in patterns])

    def entry(self, sequence: int, goal: Goal) -> Rest:
        """What is left where nothing of this sequence is read."""
        return self._from(sequence, 0, self._rest(Left(GOAL, goal.role, goal.rule)))

    def after(self, rest: Rest) -> Items:
        """What may come next when `rest` is left."""
        return self._entered([(None, rest)])

    def _rest(self, left: Left) -> Rest:
        number = packed(left)
        if number not in self._numbers:
            self._numbers[number] = len(self.rests)
            self.rests.append(number)
        return self._numbers[number]

    def _from(self, sequence: int, at: int, rest: Rest) -> Rest:
        """What is left when a sequence is left from its part `at` on, and then `rest`."""
        return rest if at == self._lengths[sequence] else self._rest(Left(sequence, at, rest))

    def _item(self, sequence: int, at: int) -> Pattern:
        """A part of a sequence, as they are read."""
        if sequence not in self._items:
            own = len(self._numbered.lengths)
            more = self._more if sequence >= own else None
            items = more.items(sequence - own) if more else self._numbered.items(sequence)
            self._items[sequence] = items[::-1] if self.backwards else items
        return self._items[sequence][at]

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
                sequence, at, after = unpacked(self.rests[rest])
                if sequence == GOAL:
                    found.add(Goal(Role(at), after))
                else:
                    todo.append((self._item(sequence, at), self._from(sequence, at + 1, after)))
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
                first = pattern.items[-1 if self.backwards else 0] if pattern.items else None
                parts = [(first, self._from(self._numbered.numbers[id(pattern)], min(1, len(pattern.items)), rest))]
            case Alt():
                parts = [(option, rest) for option in pattern.options]
            case Maybe():
                parts = [(pattern.item, rest), (None, rest)]
            case Capture():
                parts = [(pattern.item, rest)]
            case Ref():
                parts = [(self._numbered.listed(pattern.key), rest)]
            case Gap():
                item, parts = Skip(pattern.limit, 0, 0, rest), [(None, rest)]
            case Run():
                item = Whole(pattern.kind, pattern.possessive, inside=False, rest=rest)
            case Edge():
                item = Side(pattern.side, rest)
            case _:
                item = Word(self._numbered.numbers[id(pattern)], rest)
        return item, parts
