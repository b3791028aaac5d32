"""What was measured of the built-in rules: for each how often its hits were right, set by set, and each set's measures.

The data file beside the rules is made by `benchmarks/measured.py`. It holds counts alone, of rules as they were then.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import factcheck_rules

FILE: Final = Path(factcheck_rules.__file__).with_name("measured.json")


@dataclass(frozen=True, slots=True)
class Measured:
    """How many hits of a rule there were in a set of labelled sentences, and how many of them were right."""

    set: str
    hits: int
    right: int

    @property
    def precision(self) -> float:
        """The share of right ones."""
        return self.right / self.hits

    def __str__(self) -> str:
        return f"{self.right:,} of {self.hits:,} right in {self.set}"


def measured(rule: str) -> tuple[Measured, ...]:
    """What was measured of the rule `pack/rule`: most hits first, nothing for a rule that no set has met."""
    found = (Measured(name, hits, right) for name, (hits, right) in known()["rules"].get(rule, {}).items())
    return tuple(sorted(found, key=lambda one: -one.hits))


def in_all(found: Sequence[Measured]) -> Measured | None:
    """The counts of several sets in one; None where there is none."""
    hits, right = sum(one.hits for one in found), sum(one.right for one in found)
    return Measured("all sets", hits, right) if hits else None


@cache
def known() -> dict[str, Any]:
    """The whole file: `sets`, each with its name and measures, and `rules`; empty where there is none."""
    try:
        found: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    except FileNotFoundError:
        return {"sets": [], "rules": {}}
    return found
