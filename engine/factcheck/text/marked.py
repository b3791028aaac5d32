"""Marks on texts: what a format knows of spans of them, as columns over all documents of an article."""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from factcheck.text.columns import Column, Flags, Rows

Kind = Literal["heading", "caption", "code", "mail", "block"]
"""`mail` is what a letter quotes of an earlier one; a `block` is a span of its own, such as an entry or a cell."""

KINDS: Final[tuple[str, ...]] = get_args(Kind)

_HEADING: Final = KINDS.index("heading")


class Mark(NamedTuple):
    """A span of a text, in code points, and what it is. Sentences neither begin before its edges nor go on behind."""

    start: int
    end: int
    kind: Kind


class Marks(NamedTuple):
    """The marks on the documents of an article, one row each; offsets are those of its text."""

    start: Column
    end: Column
    kind: NDArray[np.uint8]

    def opened(self, opens: Flags, start: Column) -> Flags:
        """The flags of tokens that start there and open a paragraph, with those at the edges of marks."""
        rows = start.searchsorted(np.concatenate((self.start, self.end)))
        found = opens.copy()
        found[rows[rows < len(found)]] = True
        return found

    def hold(self, starts: Column, kind: str = "") -> Flags:
        """Whether what starts there stands in a mark of this kind, or in any."""
        rows = np.arange(len(self.kind)) if not kind else (self.kind == KINDS.index(kind)).nonzero()[0]
        depth = np.zeros(len(starts) + 1, np.int32)
        np.add.at(depth, starts.searchsorted(self.start.take(rows)), 1)
        np.add.at(depth, starts.searchsorted(self.end.take(rows)), -1)
        return depth[:-1].cumsum() > 0

    def heads(self, documents: Rows) -> Flags:
        """For each of the documents, which start there: whether a heading is marked in it."""
        starts = self.start[self.kind == _HEADING]
        found = np.zeros(len(documents), np.bool_)
        found[documents.searchsorted(starts, side="right") - 1] = True
        return found


def marks_on(marks: Sequence[Sequence[Mark]], documents: Rows) -> Marks | None:
    """The marks of documents that start there; None where there are none."""
    if not any(marks):
        return None
    count = [len(one) for one in marks]
    start, end, kind = zip(*(mark for one in marks for mark in one), strict=True)
    base = documents.repeat(count).astype(np.int32)
    kinds = np.array([KINDS.index(one) for one in kind], np.uint8)
    return Marks(base + np.array(start, np.int32), base + np.array(end, np.int32), kinds)


def checked(marks: Sequence[tuple[int, int, str]], text: str) -> tuple[Mark, ...]:
    """The marks, if they fit the text. Raises ValueError where one does not."""
    found = []
    for start, end, kind in marks:
        if kind not in KINDS:
            raise ValueError(f"a mark is a {', '.join(KINDS[:-1])} or {KINDS[-1]}, not {kind!r}")
        if not 0 <= start <= end <= len(text):
            raise ValueError(f"a mark from {start:,} to {end:,} does not fit a text of {len(text):,} characters")
        found.append(Mark(start, end, kind))  # type: ignore[arg-type]
    return tuple(found)


def within(marks: Sequence[Mark], start: int, end: int) -> tuple[Mark, ...]:
    """The marks on a piece of a text."""
    return tuple(
        Mark(max(a, start) - start, min(b, end) - start, kind) for a, b, kind in marks if a < end and b > start
    )
