"""A known sentence, and one that a scan has found: whether the one stands for the other."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from factcheck.language.program import LADDER

RANKS: Final[dict[str, int]] = {level: rank for rank, level in enumerate(LADDER)}
"""The lower a level the weaker."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A known sentence: its file, relative to the baseline's folder, and its words; how it was graded, and why.

    `rules` are those that its level stands on, `also` the others that weaken it. `text` is how it begins, for people.
    """

    path: str
    words: str
    level: str
    rules: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    text: str = ""

    def covers(self, other: "Entry") -> bool:
        """Whether it stands for a sentence like it: one at no lower level, for no other rule."""
        return RANKS[other.level] >= RANKS[self.level] and set(other.rules) <= {*self.rules, *self.also}


class Found(NamedTuple):
    """A sentence that a scan has found: as an entry, and which one it is of which document of the file."""

    entry: Entry
    file: str
    document: int
    sentence: int
