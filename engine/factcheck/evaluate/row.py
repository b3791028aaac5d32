"""A row of a table: a pack, a rule or a level, and its figures by name."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from math import isnan
from typing import Any, Final, SupportsFloat, TypeVar

from factcheck.evaluate.measures import wilson

Figure = float | int | None
"""A number; None where nothing can be said."""

DECIMALS: Final = 4
"""Of figures that are shown."""
_One = TypeVar("_One")
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of what has the name."""

    name: str
    figures: Mapping[str, Figure]

    def to_record(self, key: str) -> dict[str, Any]:
        """As JSON has it; `key` is what the name is one of."""
        return {key: self.name, **self.figures}


def figure(value: SupportsFloat) -> float | None:
    """The value as people and JSON are shown it."""
    number = float(value)
    return None if isnan(number) else round(number, DECIMALS)


def share(part: float, whole: float, name: str) -> dict[str, Figure]:
    """A share and where it lies with 95 % confidence."""
    if not whole:
        return {name: None, "low": None, "high": None}
    low, high = wilson(part, whole)
    return {name: figure(part / whole), "low": figure(low), "high": figure(high)}


def grouped(many: Iterable[_One], key: Callable[[_One], _Key]) -> dict[_Key, list[_One]]:
    """Those of each key, in order."""
    found: dict[_Key, list[_One]] = defaultdict(list)
    for one in many:
        found[key(one)].append(one)
    return found
