"""Runs of tokens: what names and shapes are kept as."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from factcheck.text.columns import Column, Flags, Rows

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


_NONE: Final = runs(())


def leftmost(first: Rows, end: Rows) -> Runs:
    """Of runs in order of their first rows those that, read from the left, begin where the last one kept has ended."""
    if not len(first):
        return _NONE
    doubtful = (first[1:] < np.maximum.accumulate(end)[:-1]).nonzero()[0] if len(first) > 1 else first[:0]
    if len(doubtful):
        doubtful = doubtful + 1
        kept = _apart(first, end, doubtful)
        first, end = first[kept], end[kept]
    return Runs(first.astype(np.int32), end.astype(np.int32), np.zeros(len(first), np.bool_))


def _apart(first: Rows, end: Rows, doubtful: Rows) -> Flags:
    """Which runs are kept; only the `doubtful` begin before all that stand before them have ended."""
    kept = np.ones(len(first), np.bool_)
    kept[doubtful] = False
    begins, ends = first.take(doubtful).tolist(), end.take(doubtful).tolist()
    before = np.where(kept, end, 0).take(doubtful - 1).tolist()
    done = 0
    for number, row in enumerate(doubtful.tolist()):
        done = max(done, before[number])
        if begins[number] >= done:
            kept[row] = True
            done = ends[number]
    return kept
