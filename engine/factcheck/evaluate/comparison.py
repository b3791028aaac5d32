"""Two rule sets on the same sentences: what changes, for better or worse, and whether that may be chance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from factcheck.evaluate.case import Case, cases
from factcheck.evaluate.measures import interval, sign_test
from factcheck.evaluate.row import figure
from factcheck.evaluate.trials import Tried


class Shift(NamedTuple):
    """A figure with the one rules and with the others, and by how much it differs, with an interval."""

    now: float | None
    against: float | None
    difference: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Flip:
    """A sentence of which the two say different things."""

    now: Case
    against: Case

    def to_record(self) -> dict[str, Any]:
        """As JSON has it."""
        return {**self.now.labelled(), "now": self.now.called(), "against": self.against.called()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the one rules do that the others do not. A sentence is better where it is nearer to its label."""

    measures: Mapping[str, Shift]
    better: tuple[Flip, ...]
    worse: tuple[Flip, ...]
    """Those that change most come first."""
    otherwise: int
    """How many sentences are called something else, and are as right or wrong as before."""
    chance: float
    """How probable it is that changes are as one-sided as these if rules make no difference: a sign test."""

    def to_record(self, most: int | None = None) -> dict[str, Any]:
        """As JSON has it, with as many of the changes, or all."""
        return {
            "measures": {name: one._asdict() for name, one in self.measures.items()},
            "better": len(self.better),
            "worse": len(self.worse),
            "otherwise": self.otherwise,
            "chance": figure(self.chance),
            "changes_for_better": [change.to_record() for change in self.better[:most]],
            "changes_for_worse": [change.to_record() for change in self.worse[:most]],
        }


def comparison(now: Tried, against: Tried) -> Comparison:
    """What changes from the one to the other; both are drawn alike."""
    one, other = now.trial, against.trial
    gain = other.distance - one.distance
    changed = one.called != other.called
    moved = np.abs(one.errors - other.errors)
    order = np.argsort(-moved, kind="stable")
    better, worse = order[(changed & (gain > 0))[order]].tolist(), order[(changed & (gain < 0))[order]].tolist()
    return Comparison(
        measures={name: _difference(now, against, name) for name in now.figures},
        better=_changes(now, against, better),
        worse=_changes(now, against, worse),
        otherwise=int(changed.sum()) - len(better) - len(worse),
        chance=sign_test(len(better), len(worse)),
    )


def _changes(now: Tried, against: Tried, rows: list[int]) -> tuple[Flip, ...]:
    return tuple(map(Flip, cases(now.trial, rows), cases(against.trial, rows)))


def _difference(now: Tried, against: Tried, name: str) -> Shift:
    low, high = interval(now.drawn[name] - against.drawn[name]) if now.drawn else (np.nan, np.nan)
    mine, theirs = now.figures[name], against.figures[name]
    return Shift(*(figure(value) for value in (mine, theirs, mine - theirs, low, high)))
