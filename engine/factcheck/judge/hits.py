"""Hits: where patterns matched, one row each; the value every matcher returns and `resolve` narrows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Role(IntEnum):
    """What a hit is for: a rule's `match`, its `except`, or its `unless`."""

    MATCH = 0
    EXCEPT = 1
    UNLESS = 2


class Captured(NamedTuple):
    """What a capture took: tokens `first` … `end` - 1, and the kind of source given (empty: to be found)."""

    name: str
    first: int
    end: int
    kind: str


class Hit(NamedTuple):
    """One row. `owned` has bit k set when token `first` + k is spelt out by the pattern and not skipped by a gap."""

    role: Role
    rule: int
    sentence: int
    first: int
    end: int
    owned: int
    captures: tuple[Captured, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Columns over hits, ordered by sentence, first token, end, rule and role. Tokens and sentences count from 0."""

    role: NDArray[np.uint8]
    rule: NDArray[np.int32]
    sentence: NDArray[np.int32]
    first: NDArray[np.int32]
    end: NDArray[np.int32]
    owned: NDArray[np.uint64]
    captures: tuple[tuple[Captured, ...], ...]

    @classmethod
    def of(cls, rows: Sequence[Hit]) -> "Hits":
        """The rows in order, as columns."""
        rows = sorted(rows, key=lambda h: (h.sentence, h.first, h.end, h.rule, h.role))
        role, rule, sentence, first, end, owned, captures = zip(*rows, strict=True) if rows else ((),) * 7
        return cls(
            np.array(role, np.uint8),
            np.array(rule, np.int32),
            np.array(sentence, np.int32),
            np.array(first, np.int32),
            np.array(end, np.int32),
            np.array(owned, np.uint64),
            tuple(captures),
        )

    @classmethod
    def together(cls, parts: Sequence["Hits"]) -> "Hits":
        """Those of several runs of sentences, which follow each other."""
        if not parts:
            return cls.of(())
        names = ("role", "rule", "sentence", "first", "end", "owned")
        columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
        return cls(**columns, captures=tuple(chain.from_iterable(part.captures for part in parts)))

    def __len__(self) -> int:
        return len(self.captures)

    def rows(self) -> list[Hit]:
        """The hits one by one."""
        columns = (self.role, self.rule, self.sentence, self.first, self.end, self.owned)
        numbers = (column.tolist() for column in columns)
        return [Hit(Role(role), *rest) for role, *rest in zip(*numbers, self.captures, strict=True)]
