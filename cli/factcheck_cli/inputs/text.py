"""What is scanned: a text, the part of the input that it is in, and how that is read."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from factcheck_cli.lines import Lines

if TYPE_CHECKING:
    from factcheck_cli.inputs.origin import Origin
    from factcheck_cli.work.settings import Settings

STDIN = "-"
"""The path that stands for standard input, and the name its document has."""

EVERY_ROW = range(1, sys.maxsize)
"""Rows are counted from 1, as lines are."""


class Among(NamedTuple):
    """Which of the texts in a file one is, counted from 1; `is_line` where that is the number of a line, too."""

    file: str
    number: int
    is_line: bool = False


class Comment(NamedTuple):
    """A comment in the source that is meant for us.

    It stands there in the text (-1: in nothing that is read), perhaps `inside` a paragraph that has begun; in the
    source on this line and column, 0 where it has none.
    """

    at: int
    inside: bool
    text: str
    line: int = 0
    column: int = 0


class Left(NamedTuple):
    """A passage of the source that is not in the text: its words, where it stands, and why it was left out."""

    text: str
    place: dict[str, Any]
    why: str


@dataclass(frozen=True)  # without slots, for its lines are looked for once
class Text:
    """A document to scan: its name in the output, and its text as read, line ends and all.

    Of one in a format there are marks, and what is known of its source; what was `left` out where that is asked for.
    Its row has `told` what an archive is to keep of it, and nobody else is to know.
    """

    name: str
    text: str
    marks: Sequence[tuple[int, int, str]] = ()
    origin: "Origin | None" = None
    among: Among | None = None
    comments: Sequence[Comment] = ()
    left: Sequence[Left] = ()
    told: tuple[tuple[str, str], ...] = ()

    @property
    def called(self) -> str:
        """Its name, with the file where it is one of many and the name does not tell which it is in."""
        file = self.among.file if self.among else ""
        return self.name if self.name.startswith(file) else f"{file}: {self.name}"

    @property
    def numbering(self) -> Callable[[int], int] | None:
        """What tells the line, page or paragraph of a character in the source, where that is not the text itself."""
        return self.origin.where.number if self.origin else None

    @property
    def title(self) -> str:
        """What these numbers count."""
        return self.origin.where.title() if self.origin else "line"

    def number(self, at: int) -> int:
        """The line, or what else the source counts by, that a character stands on."""
        return (self.numbering or self._lines.number)(at)

    @cached_property
    def _lines(self) -> Lines:
        return Lines(self.text)


KEPT: Final = tuple((name, name) for name in ("title", "byline", "date", "outlet"))
"""What an archive keeps of rows beside their texts, each with the field that says it."""


@dataclass(frozen=True, slots=True)
class How:
    """How inputs are read: the fields of rows that hold text and name, and the type, as far as they are named.

    `whole_page` takes all that a page shows for its article, `any_language` texts that are in none of the `languages`,
    too, which rules are for; English is always read. `facts` are what rows are asked to say of their documents, such as
    the date, each with the field that says it; `kept` are the same where only an archive is to know. What is `left` out
    of pages is told where it is wanted.
    """

    text: str | None = None
    id: str | None = None
    type: str | None = None
    whole_page: bool = False
    any_language: bool = False
    languages: frozenset[str] = frozenset(("en",))
    facts: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    left: bool = False

    @property
    def has_fields(self) -> bool:
        """Whether a field of rows is named."""
        return bool(self.text or self.id)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the input: a whole file, or of rows the bytes from `start` on, the first of them row number `row`.

    `name` is what its path is called to people, `settings` are those it has of its own. A `stream` can be read only
    once, if it is not in `data` already; an `error` is what came when its bounds were looked for.
    """

    path: str
    name: str
    size: int = 0
    start: int = 0
    row: int = 0
    stream: bool = False
    data: bytes | None = None
    error: OSError | None = None
    settings: "Settings | None" = None
