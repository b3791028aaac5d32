"""The sequences and leaves of a program by number, so that what is known of them can be kept without the patterns.

How many of them each pattern holds is known at once. The pattern itself is taken up when one of them is asked for: of
a stored program most patterns are never decoded.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

import numpy as np

from factcheck.judge.hits import Role
from factcheck.judge.reference import rule_patterns
from factcheck.language.pattern import Affix, Any, Mark, Pattern, Quote, Seq, Words, parts
from factcheck.language.program import Program
from factcheck.tables import DamagedError, Tables, check, sealed, unsealed

Leaf = Words | Affix | Mark | Quote | Any
"""A pattern of one token."""
_LEAF: Final = (Words, Affix, Mark, Quote, Any)
_ROLES: Final = len(Role)


class More(NamedTuple):
    """Sequences that are asked for beside those of the program, numbered behind them."""

    lengths: Sequence[int]
    items: Callable[[int], tuple[Pattern, ...]]


class Numbered:
    """The sequences and leaves of all rules and lists of a program, each with a number; equal leaves share one."""

    def __init__(self, program: Program, tables: Tables | None = None) -> None:
        """With the `tables` of the same program nothing is looked through; DamagedError where they are no such."""
        self.program = program
        counts = [len(rule_patterns(rule, role)) for rule in program.rules for role in Role]
        self._begin = list(accumulate(counts, initial=0))
        """The first pattern of each role of each rule; those of lists stand behind them all."""
        self._lists = {key: number for number, key in enumerate(program.lists, self._begin[-1])}
        self._keys = list(self._lists)
        self._tables = unsealed(tables) if tables else sealed(_counted(program))
        for name, size in (("sequence ends", len(self)), ("leaf ends", len(self)), ("lengths", None), ("leaves", None)):
            check(self._tables[name], (size,), 0, 1 << 31)
        self._sequence_ends, self._leaf_ends, self.lengths, self._leaves = (
            self._tables[name].tolist() for name in ("sequence ends", "leaf ends", "lengths", "leaves")
        )
        self.width = 1 + max(self._leaves, default=-1)
        """How many leaves there are."""
        self.numbers: dict[int, int] = {}
        """Of each sequence and leaf of the patterns taken up.

        By address, for to hash a pattern is to walk it; the program keeps them, so no address is used twice.
        """
        self._sequences: dict[int, Seq] = {}
        self._taken: set[int] = set()

    def __len__(self) -> int:
        """How many patterns there are."""
        return self._begin[-1] + len(self._lists)

    def tables(self) -> Tables:
        """What was counted, to be kept."""
        return self._tables

    def listed(self, key: str) -> Pattern:
        """A list of the program, taken up."""
        return self._take(self._lists[key])

    def patterns(self, role: int) -> list[Pattern]:
        """The patterns of a role of a rule, by the number of the rule times that of roles, and that of the role."""
        return [self._take(number) for number in range(self._begin[role], self._begin[role + 1])]

    def items(self, sequence: int) -> tuple[Pattern, ...]:
        """The items of a sequence."""
        if sequence not in self._sequences:
            self._take(bisect_right(self._sequence_ends, sequence))
        return self._sequences[sequence].items

    def leaves(self) -> list[Leaf]:
        """All leaves by their numbers."""
        found: dict[int, Leaf] = {}
        for number in range(len(self)):
            for part in parts(self._take(number)):
                if isinstance(part, _LEAF):
                    found.setdefault(self.numbers[id(part)], part)
        return [found[number] for number in range(self.width)]

    def _take(self, number: int) -> Pattern:
        """The pattern with this number, its sequences and leaves numbered."""
        pattern = self._pattern(number)
        if number not in self._taken:
            sequence = self._sequence_ends[number - 1] if number else 0
            leaf = self._leaf_ends[number - 1] if number else 0
            for part in parts(pattern):
                if isinstance(part, Seq):
                    self.numbers[id(part)], self._sequences[sequence] = sequence, part
                    sequence += 1
                elif isinstance(part, _LEAF):
                    self.numbers[id(part)] = self._leaves[leaf]
                    leaf += 1
            if (sequence, leaf) != (self._sequence_ends[number], self._leaf_ends[number]):
                raise DamagedError
            self._taken.add(number)
        return pattern

    def _pattern(self, number: int) -> Pattern:
        if number >= self._begin[-1]:
            return self.program.lists[self._keys[number - self._begin[-1]]]
        role = bisect_right(self._begin, number) - 1
        return rule_patterns(self.program.rules[role // _ROLES], Role(role % _ROLES))[number - self._begin[role]]


def _counted(program: Program) -> Tables:
    """What all patterns hold: how long their sequences are and which leaves they have, in the order written."""
    numbers: dict[Leaf, int] = {}
    lengths, leaves, sequence_ends, leaf_ends = [], [], [], []
    for pattern in program.patterns:
        for part in parts(pattern):
            if isinstance(part, Seq):
                lengths.append(len(part.items))
            elif isinstance(part, _LEAF):
                leaves.append(numbers.setdefault(part, len(numbers)))
        sequence_ends.append(len(lengths))
        leaf_ends.append(len(leaves))
    columns = {"lengths": lengths, "leaves": leaves, "sequence ends": sequence_ends, "leaf ends": leaf_ends}
    return {name: np.array(column, np.int32) for name, column in columns.items()}
