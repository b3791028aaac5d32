"""What an automaton waits for, as rows of whole numbers and back, so that it can be kept on disk.

An item is a row of five: what it is, then its fields. Tables that none of these functions made are a DamagedError.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from factcheck.judge.hits import Role
from factcheck.judge.nfa import GOAL, Goal, Item, Items, Left, Side, Skip, Whole, Word
from factcheck.language.pattern import RUNS
from factcheck.tables import DamagedError, Table, Tables, check

_SIDES: Final = ("start", "end")
_FIELDS: Final = 4
_LONGEST: Final = 1 << 16
"""Of a gap, with room to spare."""


class Limits(NamedTuple):
    """How many there are of what items name."""

    leaves: int
    rests: int
    rules: int


def coded_items(states: Sequence[Items]) -> Tables:
    """The different items of all states, the numbers of those of each state in a row, and where each state ends."""
    numbers: dict[Item, int] = {}
    held = [[numbers.setdefault(item, len(numbers)) for item in items] for items in states]
    return {
        "items": np.array([_coded(item) for item in numbers], np.int32).reshape(-1, 1 + _FIELDS),
        "held": np.array([number for one in held for number in one], np.int32),
        "ends": np.cumsum([len(one) for one in held], dtype=np.int32),
    }


def decoded_items(tables: Tables, limits: Limits) -> list[Items]:
    """The items of each state."""
    rows, held, ends = tables["items"], tables["held"], tables["ends"]
    check(rows, (None, 1 + _FIELDS), 0, 1 << 31)
    bounds = _bounds(limits)
    check(rows[:, 0], (None,), 0, len(bounds))
    if (rows[:, 1:] >= bounds.take(rows[:, 0], axis=0)).any():
        raise DamagedError
    check(held, (None,), 0, len(rows))
    check(ends, (None,), 0, len(held) + 1)
    items = [_decoded(*row) for row in rows.tolist()]
    numbers, starts = held.tolist(), [0, *ends.tolist()]
    return [frozenset(items[n] for n in numbers[a:b]) for a, b in pairwise(starts)]


def coded_rests(rests: Sequence[Left]) -> Table:
    """What is left to match, a row each."""
    return np.array(rests, np.int32).reshape(-1, len(Left._fields))


def decoded_rests(rows: Table, lengths: Sequence[int], rules: int) -> list[Left]:
    """The same back; `lengths` are those of the sequences."""
    check(rows, (None, len(Left._fields)), GOAL, 1 << 31)
    sequence, at, rest = rows.T
    check(sequence, (None,), GOAL, len(lengths))
    goal = sequence == GOAL
    # What is left after a part was left before it was: so no rest leads back to itself.
    most = np.where(goal, len(Role), np.append(np.array(lengths, np.int64), 0).take(sequence))
    if (rows[:, 1:] < 0).any() or (at >= most).any() or (rest >= np.where(goal, rules, np.arange(len(rows)))).any():
        raise DamagedError
    return [Left(*row) for row in rows.tolist()]


def _bounds(limits: Limits) -> Table:
    """For each kind of item what each of its fields is less than."""
    leaves, rests, rules = limits
    return np.array(
        [
            (leaves, rests, 1, 1),
            (_LONGEST, _LONGEST, _LONGEST, rests),
            (len(RUNS), 2, 2, rests),
            (len(_SIDES), rests, 1, 1),
            (len(Role), rules, 1, 1),
        ]
    )


def _coded(item: Item) -> tuple[int, ...]:
    match item:
        case Word(leaf, rest):
            return (0, leaf, rest, 0, 0)
        case Skip():
            return (1, *item)
        case Whole(kind, possessive, inside, rest):
            return (2, RUNS.index(kind), possessive, inside, rest)
        case Side(side, rest):
            return (3, _SIDES.index(side), rest, 0, 0)
        case Goal(role, rule):
            return (4, role, rule, 0, 0)


def _decoded(what: int, first: int, second: int, third: int, fourth: int) -> Item:
    match what:
        case 0:
            item: Item = Word(first, second)
        case 1:
            item = Skip(first, second, third, fourth)
        case 2:
            item = Whole(RUNS[first], bool(second), bool(third), fourth)
        case 3:
            item = Side(_SIDES[first], second)
        case _:
            item = Goal(Role(first), second)
    return item
