"""Runs of tokens: what names and shapes are kept as."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from factcheck.text.columns import Column, Flags

Run = tuple[int, int, bool]
"""Row of the first token, row after the last, possessive or not."""


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """Runs of tokens, one row each, in order; no two overlap and none crosses a sentence's edge."""

    first: Column
    """Row of the first token."""
    end: Column
    """Row after the last token."""
    possessive: Flags

    def __len__(self) -> int:
        return len(self.first)


def runs(found: Iterable[Run]) -> Runs:
    """The columns of `found`."""
    rows = list(found)
    return Runs(
        first=np.array([row[0] for row in rows], np.int32),
        end=np.array([row[1] for row in rows], np.int32),
        possessive=np.array([row[2] for row in rows], np.bool_),
    )
