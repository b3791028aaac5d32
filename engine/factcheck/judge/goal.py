"""Which rules have matched where a state of an automaton is reached."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.hits import Role
from factcheck.judge.nfa import Goal
from factcheck.tables import DamagedError, Tables, check
from factcheck.text.columns import Column


class Accepted(NamedTuple):
    """The goals of all states, sorted: those of state n are the rows from `offsets[n]` to before `offsets[n + 1]`."""

    offsets: Column
    code: NDArray[np.int64]
    """Rule and role in one number."""


class Goals:
    """Those of all states so far, one state behind the other."""

    def __init__(self) -> None:
        self._roles: list[int] = []
        self._rules: list[int] = []
        self._ends: list[int] = []
        self._accepted: Accepted | None = None

    def add(self, goals: Iterable[Goal]) -> None:
        """Adds those of one more state."""
        for goal in goals:
            self._roles.append(goal.role)
            self._rules.append(goal.rule)
        self._ends.append(len(self._roles))

    def accepted(self) -> Accepted:
        """All of them as columns."""
        if self._accepted is None or len(self._accepted.offsets) <= len(self._ends):
            self._accepted = Accepted(
                np.array([0, *self._ends], np.int32),
                np.array(self._rules, np.int64) * len(Role) + np.array(self._roles, np.int64),
            )
        return self._accepted

    def tables(self) -> Tables:
        """They as tables, to be kept."""
        return {
            "goal role": np.array(self._roles, np.int8),
            "goal rule": np.array(self._rules, np.int32),
            "goal ends": np.array(self._ends, np.int32),
        }

    def restore(self, tables: Tables, states: int, rules: int) -> None:
        """Those that gave these tables; DamagedError when none of as many states and rules did."""
        role, rule, ends = tables["goal role"], tables["goal rule"], tables["goal ends"]
        check(role, (None,), 0, len(Role))
        check(rule, (len(role),), 0, rules)
        check(ends, (states,), 0, len(role) + 1)
        if (ends[1:] < ends[:-1]).any():
            raise DamagedError
        self._roles, self._rules, self._ends = role.tolist(), rule.tolist(), ends.tolist()
