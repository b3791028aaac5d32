"""Where a text comes from: the places of its characters in the source, and what the source says of itself."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

_TITLES: Final = ("line", "page", "chapter", "paragraph", "element")
"""What a place may be numbered by, the one that people count by first."""
_FOUND: Final = ("findings", "matches", "hits", "gone", "come")
"""What records have of words that are found in sentences."""


class Run(NamedTuple):
    """Characters that stand in one line of the source as they are, or for `size` characters that are written there."""

    at: int
    line: int
    column: int
    size: int = 0


class Label(NamedTuple):
    """What the source calls the place of all that follows: `{"page": 3}`."""

    at: int
    place: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Where:
    """The places of a text in its source: `runs` where that is text, `labels` where it has pages or paragraphs."""

    runs: Sequence[Run] = ()
    labels: Sequence[Label] = ()

    def place(self, start: int, end: int) -> dict[str, Any]:
        """Where some characters of the text stand: lines and columns from 1, the last one not included; labels."""
        found: dict[str, Any] = {}
        if self.runs:
            line, column, _ = self._point(start)
            end_line, end_column, size = self._point(max(start, end - 1))
            end_column += size if end > start else 0
            found = {"line": line, "column": column, "end_line": end_line, "end_column": end_column}
        return found | self._label(start)

    def number(self, at: int) -> int:
        """The line, page, chapter or paragraph of a character."""
        if self.runs:
            return self._point(at)[0]
        label = self._label(at)
        return next((label[title] for title in _TITLES if title in label), 1)

    def title(self) -> str:
        """What these numbers count: `line`, `page` and so on."""
        if self.runs or not self.labels:
            return "line"
        return next((title for title in _TITLES if title in self.labels[0].place), "line")

    def told(self, at: int) -> str:
        """The place of a character in words: `line 12`, `page 3`, `chapter 2, paragraph 5`; else nothing."""
        if self.runs:
            return f"line {self.number(at)}"
        return ", ".join(f"{title} {number}" for title, number in self._label(at).items())

    def _point(self, at: int) -> tuple[int, int, int]:
        """Line and column of a character, and how many characters of the source it takes."""
        run = self.runs[max(bisect_right(self.runs, at, key=_at) - 1, 0)]
        if run.size:
            return run.line, run.column, run.size
        return run.line, run.column + max(at - run.at, 0), 1

    def _label(self, at: int) -> dict[str, Any]:
        return self.labels[max(bisect_right(self.labels, at, key=_at) - 1, 0)].place if self.labels else {}


def _at(one: Run | Label) -> int:
    return one.at


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a document's source: the places in it, and what it says of itself, as far as it does."""

    type: str
    where: Where
    title: str = ""
    byline: str = ""
    date: str = ""
    language: str = ""
    outlet: str = ""

    def about(self) -> dict[str, str]:
        """The type, and what the source says of itself."""
        told = {name: getattr(self, name) for name in ("title", "byline", "date", "language", "outlet")}
        return {"type": self.type, **{name: value for name, value in told.items() if value}}


def placed(records: Iterable[dict[str, Any]], origin: Origin) -> Iterator[dict[str, Any]]:
    """The records of a document's sentences with their places in the source; the first says what that is."""
    for number, record in enumerate(records):
        about = {} if number else {"about": origin.about()}
        yield {**in_source(record, origin), **about}


def in_source(record: dict[str, Any], origin: Origin) -> dict[str, Any]:
    """The record of some words with their place in the source, and of what was found in them."""
    found: dict[str, Any] = {key: [in_source(one, origin) for one in record[key]] for key in _FOUND if key in record}
    return {**record, **found, "place": origin.where.place(record["start"], record["end"])}
