"""What an automaton waits for, as rows of whole numbers and back, so that it can be kept on disk.

An item is a row of five: what it is, then its fields. Tables that none of these functions made are a DamagedError.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from factcheck.judge.hits import Role
from factcheck.judge.nfa import AT_BITS, REST_BITS, Goal, Item, Side, Skip, Whole, Word
from factcheck.language.pattern import RUNS
from factcheck.tables import DamagedError, Table, check

_SIDES: Final = ("start", "end")
_FIELDS: Final = 4
_LONGEST: Final = 1 << 16
"""Of a gap, with room to spare."""


class Limits(NamedTuple):
    """How many there are of what items name."""

    leaves: int
    rests: int
    rules: int


def coded_items(items: Iterable[Item]) -> Table:
    """The items, a row each."""
    return np.array([_coded(item) for item in items], np.int32).reshape(-1, 1 + _FIELDS)


def decoded_items(rows: Table) -> list[Item]:
    """The items back, from rows that are sound."""
    return [_decoded(*row) for row in rows.tolist()]


def decoded_words(rows: Table) -> tuple[list[tuple[int, int]], list[Item]]:
    """The same: of those that wait for a leaf that leaf and the rest, and the others."""
    words, others = [], []
    for row in rows.tolist():
        if row[0]:
            others.append(_decoded(*row))
        else:
            words.append((row[1], row[2]))
    return words, others


def check_items(rows: Table, limits: Limits) -> None:
    """DamagedError unless these are rows of items."""
    check(rows, (None, 1 + _FIELDS), 0, 1 << 31)
    bounds = _bounds(limits)
    check(rows[:, 0], (None,), 0, len(bounds))
    if (rows[:, 1:] >= bounds.take(rows[:, 0], axis=0)).any():
        raise DamagedError


def decoded_rests(rests: Table, lengths: Sequence[int], rules: int) -> list[int]:
    """What is left to match, packed, when it is sound; `lengths` are those of the sequences."""
    check(rests, (None,), 0, 1 << 63)
    rests = rests.astype(np.int64)
    sequence, at = rests >> AT_BITS + REST_BITS, rests >> REST_BITS & (1 << AT_BITS) - 1
    rest = rests & (1 << REST_BITS) - 1
    check(sequence, (None,), 0, len(lengths) + 1)
    goal = sequence == 0
    # What is left after a part was left before it was: so no rest leads back to itself.
    most = np.array([len(Role), *lengths], np.int64).take(sequence)
    if (at >= most).any() or (rest >= np.where(goal, rules, np.arange(len(rests)))).any():
        raise DamagedError
    found: list[int] = rests.tolist()
    return found


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
