"""What is known of the tokens that a rule's patterns own without reading any match."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.judge.hits import Role
from factcheck.judge.reference import rule_patterns
from factcheck.language.pattern import Alt, Capture, Edge, Gap, Lists, Maybe, Pattern, Ref, Seq, parts
from factcheck.language.program import Program
from factcheck.tables import Tables, check
from factcheck.text.columns import Flags

ROLES: Final = len(Role)


class Sure(NamedTuple):
    """Facts of the patterns of each role of each rule; of rule r and role k they stand in row r * ROLES + k."""

    plain: Flags
    """All that they match is owned."""
    simple: Flags
    """And nothing is captured."""
    leads: Flags
    """The first token of what they match is owned."""
    trails: Flags
    """The last one is."""

    @classmethod
    def of(cls, program: Program) -> "Sure":
        """Work them out."""
        lists = program.lists
        own = [rule_patterns(rule, role) for rule in program.rules for role in Role]
        plain = np.array([not any(_has(one, lists, Gap) for one in patterns) for patterns in own], np.bool_)
        captures = np.array([any(_has(one, lists, Capture) for one in patterns) for patterns in own], np.bool_)
        leads, trails = (
            np.array([not any(_may_skip(one, lists, step) for one in patterns) for patterns in own], np.bool_)
            for step in (1, -1)
        )
        return cls(plain, plain & ~captures, plain | leads, plain | trails)

    @classmethod
    def restored(cls, program: Program, tables: Tables) -> "Sure":
        """Those that were worked out before; KeyError or DamagedError where `tables` are not of such a program."""
        columns = [tables[name] for name in cls._fields]
        for column in columns:
            check(column, (len(program.rules) * ROLES,), 0, 2)
        return cls(*(column.astype(np.bool_) for column in columns))


def _has(pattern: Pattern, lists: Lists, *kinds: type) -> bool:
    return any(isinstance(part, kinds) for part in parts(pattern, lists=lists))


def _may_skip(pattern: Pattern, lists: Lists, step: int) -> bool:
    """Whether a match may begin (step 1) or end (step -1) with a token that is not owned; rather yes than no."""
    match pattern:
        case Seq():
            items = pattern.items[::step]
            first = next((n for n, item in enumerate(items) if not _is_optional(item, lists)), len(items))
            return any(_may_skip(item, lists, step) for item in items[: first + 1])
        case Ref():
            return _may_skip(lists[pattern.key], lists, step)
        case Alt():
            return any(_may_skip(option, lists, step) for option in pattern.options)
        case Capture() | Maybe():
            return _may_skip(pattern.item, lists, step)
    return isinstance(pattern, Gap)


def _is_optional(pattern: Pattern, lists: Lists) -> bool:
    """Whether it can match without a token."""
    match pattern:
        case Seq():
            return all(_is_optional(item, lists) for item in pattern.items)
        case Ref():
            return _is_optional(lists[pattern.key], lists)
        case Alt():
            return any(_is_optional(option, lists) for option in pattern.options)
        case Capture():
            return _is_optional(pattern.item, lists)
    return isinstance(pattern, Maybe | Gap | Edge)
