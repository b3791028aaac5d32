"""What a state of an automaton waits for, sorted by what can bring it on."""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from factcheck.judge.alphabet import Part
from factcheck.judge.nfa import Goal, Item, Items, Rest, Side, Skip, Whole, Word

ACCEPTS, TAKES, WAITS = 1, 2, 4
"""Flags of a state: a pattern has matched; more tokens can follow; a sentence edge can follow."""


class Node(NamedTuple):
    """What a part of a state waits for."""

    leaves: int
    """A bit for each leaf in `words`."""
    words: dict[int, list[Rest]]
    skips: list[Skip]
    runs: list[Whole]
    sides: list[Side]
    goals: list[Goal]
    flags: int


class State(NamedTuple):
    """A state taken apart."""

    nodes: list[Node]
    leaves: int
    skips: list[Skip]
    runs: list[Whole]
    ways: dict[tuple[int, str, tuple[Part, ...]], int]
    """Where it leads: by which of its leaves a symbol has and, if that matters to it, what else the symbol is."""


def told_apart(items: Items) -> tuple[list[tuple[int, Rest]], list[Item]]:
    """Of the items that wait for a leaf that leaf and the rest, and the others."""
    words = [(item.leaf, item.rest) for item in items if isinstance(item, Word)]
    return words, [item for item in items if not isinstance(item, Word)]


def sorted_out(pairs: Iterable[tuple[int, Rest]], others: Sequence[Item]) -> Node:
    """The items by what they wait for."""
    words: dict[int, list[Rest]] = {}
    for leaf, rest in pairs:
        words.setdefault(leaf, []).append(rest)
    skips = [i for i in others if isinstance(i, Skip)]
    runs = [i for i in others if isinstance(i, Whole)]
    sides = [i for i in others if isinstance(i, Side)]
    goals = [i for i in others if isinstance(i, Goal)]
    return Node(
        leaves=reduce(or_, (1 << leaf for leaf in words), 0),
        words=words,
        skips=skips,
        runs=runs,
        sides=sides,
        goals=goals,
        flags=ACCEPTS * bool(goals) | TAKES * bool(words or skips or runs) | WAITS * bool(sides),
    )


def longer(skips: Iterable[Skip], passed: str) -> list[Skip]:
    """The gaps after one more token, which they pass as a word, as a mark or not at all."""
    if not passed:
        return []
    word, mark = int(passed == "word"), int(passed == "mark")
    grown = [Skip(limit, words + word, marks + mark, rest) for limit, words, marks, rest in skips]
    return [skip for skip in grown if skip.words <= skip.limit and skip.marks <= skip.limit]
