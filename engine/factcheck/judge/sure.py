"""What is known of the tokens that a rule's patterns own without reading any match."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.hits import Role
from factcheck.judge.reference import rule_patterns
from factcheck.language.measure import MAX_SPAN
from factcheck.language.pattern import Alt, Capture, Edge, Gap, Lists, Maybe, Pattern, Ref, Seq, parts
from factcheck.language.program import Program
from factcheck.tables import Tables, check
from factcheck.text.columns import Flags

ROLES: Final = len(Role)

Counts = NDArray[np.uint8]


class Sure(NamedTuple):
    """Facts of the patterns of each role of each rule; of rule r and role k they stand in row r * ROLES + k."""

    plain: Flags
    """All that they match is owned."""
    simple: Flags
    """And nothing is captured."""
    leads: Counts
    """So many tokens at the beginning of what they match are owned, if there are as many."""
    trails: Counts
    """So many at its end."""

    @classmethod
    def of(cls, program: Program) -> "Sure":
        """Work them out."""
        lists = program.lists
        own = [rule_patterns(rule, role) for rule in program.rules for role in Role]
        plain = np.array([not any(_has(one, lists, Gap) for one in patterns) for patterns in own], np.bool_)
        captures = np.array([any(_has(one, lists, Capture) for one in patterns) for patterns in own], np.bool_)
        leads, trails = (
            np.array(
                [min([_lead(one, lists, step) for one in patterns], default=MAX_SPAN) for patterns in own], np.uint8
            )
            for step in (1, -1)
        )
        return cls(plain, plain & ~captures, leads, trails)

    @classmethod
    def restored(cls, program: Program, tables: Tables) -> "Sure":
        """Those that were worked out before; KeyError or DamagedError where `tables` are not of such a program."""
        columns = [tables[name] for name in cls._fields]
        for column, most in zip(columns, (1, 1, MAX_SPAN, MAX_SPAN), strict=True):
            check(column, (len(program.rules) * ROLES,), 0, most + 1)
        plain, simple, leads, trails = columns
        return cls(plain.astype(np.bool_), simple.astype(np.bool_), leads.astype(np.uint8), trails.astype(np.uint8))


def _has(pattern: Pattern, lists: Lists, *kinds: type) -> bool:
    return any(isinstance(part, kinds) for part in parts(pattern, lists=lists))


def _lead(pattern: Pattern, lists: Lists, step: int, rest: int = MAX_SPAN) -> int:
    """How many tokens a pattern surely owns from its beginning on (step 1), or from its end back (step -1).

    `rest` is what surely follows it; where a match ends, nothing that is not owned follows.
    """
    match pattern:
        case Seq():
            for item in reversed(pattern.items[::step]):
                rest = _lead(item, lists, step, rest)
        case Alt():
            rest = min(_lead(option, lists, step, rest) for option in pattern.options)
        case Maybe():
            rest = min(rest, _lead(pattern.item, lists, step, rest))
        case Ref() | Capture():
            item = lists[pattern.key] if isinstance(pattern, Ref) else pattern.item
            rest = _lead(item, lists, step, rest)
        case Gap():
            rest = 0
        case _:
            rest = min(rest + (not isinstance(pattern, Edge)), MAX_SPAN)
    return rest
