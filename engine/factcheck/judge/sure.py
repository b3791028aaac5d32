"""What is known of the tokens that a rule's patterns own without reading any match."""

from collections.abc import Sequence
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
                [min([_lead(one, lists, step).owned for one in patterns], default=0) for patterns in own], np.uint8
            )
            for step in (1, -1)
        )
        leads[plain] = trails[plain] = MAX_SPAN
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


class _Lead(NamedTuple):
    """How a pattern begins: at least so many owned tokens, and then perhaps a gap."""

    owned: int
    may_skip: bool


def _lead(pattern: Pattern, lists: Lists, step: int) -> _Lead:
    """How a pattern begins (step 1), or ends (step -1)."""
    match pattern:
        case Seq():
            lead = _lead_of_all(pattern.items[::step], lists, step)
        case Ref():
            lead = _lead(lists[pattern.key], lists, step)
        case Alt():
            leads = [_lead(option, lists, step) for option in pattern.options]
            lead = _Lead(min(one.owned for one in leads), any(one.may_skip for one in leads))
        case Capture():
            lead = _lead(pattern.item, lists, step)
        case Maybe():
            lead = _Lead(0, _lead(pattern.item, lists, step).may_skip)
        case _:
            lead = _Lead(int(not isinstance(pattern, Gap | Edge)), isinstance(pattern, Gap))
    return lead


def _lead_of_all(items: Sequence[Pattern], lists: Lists, step: int) -> _Lead:
    owned = 0
    for item in items:
        lead = _lead(item, lists, step)
        owned = min(owned + lead.owned, MAX_SPAN)
        if lead.may_skip:
            return _Lead(owned, may_skip=True)
    return _Lead(owned, may_skip=False)
