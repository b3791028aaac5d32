"""What a reader makes of a file: a text, marks on it, and where it stands in the source."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from factcheck_cli.lines import Lines

MOST: Final = 20_000_000
"""Characters of a document: a shelf of books. What is longer is no article."""

_OURS: Final = re.compile(r"\s*factcheck\s*:", re.IGNORECASE)
_NEARLY: Final = re.compile(r"\W*f\w{1,6}[\s_-]*\w{2,8}\W", re.IGNORECASE)
_TOO_LONG: Final = f"its text has more than {MOST:,} characters; scan parts of it"
_SURROGATE: Final = re.compile("[\ud800-\udfff\0]")
_LETTER_DATE: Final = re.compile(r"\s*(?:[A-Za-z]{3,9},\s*)?\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2,4}\s+\d{1,2}:\d\d")
_LONG: Final = 300  # characters
_BLANKS: Final = re.compile(r"[ \t\n\r\f\v\xa0]*[\t\n\r\f\v][ \t\n\r\f\v]*|  +")


def is_ours(comment: str) -> bool:
    """Whether a comment in a source is meant for us, or seems to be."""
    if _OURS.match(comment):
        return True
    if not _NEARLY.match(comment):
        return False
    from factcheck_cli.quiet.nearly import meant

    return bool(meant(comment))


def _is_plain(text: str) -> bool:
    """Whether a text, most likely, has no white space but single blanks, and no character that must not stand in it."""
    return text.isprintable() and "  " not in text


class UnreadableError(Exception):
    """A file cannot be read; says why, and what to do."""


@dataclass(slots=True)
class Article:
    """A text with what its format knows of it. `name` tells it from others in the same file: a number, an address."""

    text: str
    marks: list[tuple[int, int, str]] = field(default_factory=list)
    runs: list[tuple[int, int, int, int]] = field(default_factory=list)
    labels: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    title: str = ""
    byline: str = ""
    date: str = ""
    language: str = ""
    outlet: str = ""
    name: str = ""
    comments: list[tuple[int, bool, str, int, int]] = field(default_factory=list)
    """Comments that are meant for us: where in the text each stands (-1: in nothing that is read), whether within a
    paragraph, what it says, and its line and column in the source, 0 where there are none."""


@dataclass(slots=True)
class About:
    """What a source says of itself."""

    title: str = ""
    byline: str = ""
    date: str = ""
    language: str = ""
    outlet: str = ""

    def keep(self, name: str, value: str | None) -> None:
        """Takes the value on a single line, unless there is one already; dates of letters as ISO 8601 has them."""
        if value and not getattr(self, name):
            setattr(self, name, on_a_line(_iso(value) if name == "date" else value))


def _iso(value: str) -> str:
    """A date as `Mon, 2 Mar 2026 10:00:00 +0100` in ISO 8601; others as they are."""
    if not _LETTER_DATE.match(value):
        return value
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(value).isoformat()
    except (ValueError, TypeError, OverflowError):
        return value


def on_a_line(value: str) -> str:
    """What a source says of itself, on one line, and no more of it than anybody reads."""
    return _SURROGATE.sub("\ufffd", " ".join(value.split())[:_LONG])


def said(value: object) -> str:
    """What a field of a row says of a document, in words; of a list all; nothing where it says nothing in words."""
    if isinstance(value, list):
        return on_a_line(", ".join(filter(None, map(said, value))))
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        return ""
    return on_a_line(str(value))


def facts(row: Mapping[str, object], asked: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """What a row says of its document: what it is asked for, each with the field that says it."""
    return {about: words for about, name in asked if name in row and (words := said(row[name]))}


class Builder:
    """Puts an article together, paragraph by paragraph.

    Paragraphs are parted by empty lines. What is written with an offset into the source keeps its place there.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._size = 0
        self._runs: list[tuple[int, int, int]] = []  # where in the text, where in the source, characters there or 0
        self._next = -1  # where in the source the last run goes on, if it does
        self._marks: list[tuple[int, int, str]] = []
        self._labels: list[tuple[int, dict[str, Any]]] = []
        self._comments: list[tuple[int, bool, str, int]] = []
        self._kinds: Sequence[str] = ()
        self._label: Callable[[], dict[str, Any]] | None = None
        self._begun = 0
        self._empty = True
        self._blank: tuple[str, int, bool] | None = None

    def begin(self, kinds: Sequence[str] = (), label: Callable[[], dict[str, Any]] | None = None) -> None:
        """Begins a paragraph of these kinds; the label is asked for when anything is written."""
        self.close()
        self._kinds, self._label = kinds, label

    def label(self, place: dict[str, Any]) -> None:
        """What follows has another place, in the midst of the paragraph."""
        if not self._empty:
            self._labels.append((self._size, place))

    def close(self) -> None:
        """Ends the paragraph."""
        if self._kinds and not self._empty:
            self._marks += [(self._begun, self._size, kind) for kind in self._kinds]
        self._kinds, self._label, self._empty, self._blank = (), None, True, None

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written in this paragraph."""
        return self._empty

    def write(self, text: str, at: int = -1) -> None:
        """Writes running text, in which white space of any length is a blank; `at` is where it stands in the source."""
        if _is_plain(text):
            if text and text[0] != " " != text[-1]:
                self.put(text, at)
            else:
                self._running(text, at)
            return
        last = 0
        for found in _BLANKS.finditer(text):
            self._running(text[last : found.start()], at + last if at >= 0 else -1)
            self.blank(" ", at + found.start() if at >= 0 else -1)
            last = found.end()
        self._running(text[last:] if last else text, at + last if at >= 0 else -1)

    def _running(self, text: str, at: int) -> None:
        if text[:1] == " ":
            self.blank(" ", at, plain=True)
            text, at = text[1:], at + 1 if at >= 0 else -1
        if not text:
            return
        ends = text[-1] == " "
        self.put(text[:-1] if ends else text, at)
        if ends:
            self.blank(" ", at + len(text) - 1 if at >= 0 else -1, plain=True)

    def blank(self, text: str = " ", at: int = -1, *, plain: bool = False) -> None:
        """White space, if anything is written behind it in the same paragraph; `plain` is a blank and nothing else."""
        if not self._blank or (text == "\n" and self._blank[0] == " "):
            self._blank = (text, at, plain)

    def put(self, text: str, at: int = -1, size: int = 0) -> None:
        """Writes text as it is; `size` says that so many other characters of the source stand for it."""
        if not text:
            return
        if self._empty:
            self._open()
        elif self._blank:
            blank, origin, plain = self._blank
            self._add(blank, origin)
            if not plain:
                self._next = -1  # a run stays in one line of the source
        self._blank = None
        self._add(text, at, size)

    def comment(self, text: str, at: int, *, read: bool = True) -> None:
        """A comment stands here, in the source at `at`; unless it is `read`, in what the text leaves out."""
        if is_ours(text):
            self._comments.append((self._size if read else -1, not self._empty, _SURROGATE.sub("\ufffd", text), at))

    def paragraph(self, text: str, kind: str, place: dict[str, Any]) -> None:
        """Writes a whole paragraph, of this kind if any, that has no place in the source but this one."""
        if not _is_plain(text):
            lines = (_BLANKS.sub(" ", line).strip(" ") for line in _SURROGATE.sub("\ufffd", text).split("\n"))
            text = "\n".join(filter(None, lines))
        text = text.strip(" ")
        if not text:
            return
        self.close()
        if self._size:
            self._parts.append("\n\n")
            self._size += 2
        begun, self._size = self._size, self._size + len(text)
        self._parts.append(text)
        self._labels.append((begun, place))
        if kind:
            self._marks.append((begun, self._size, kind))
        if self._size > MOST:
            raise UnreadableError(_TOO_LONG)

    def _open(self) -> None:
        if self._size:
            self._parts.append("\n\n")
            self._size, self._next = self._size + 2, -1
        self._empty, self._begun = False, self._size
        if self._label:
            self._labels.append((self._size, self._label()))

    def _add(self, text: str, at: int = -1, size: int = 0) -> None:
        if not text.isprintable():
            text = _SURROGATE.sub("\ufffd", text)
        if at < 0:
            self._next = -1
        else:
            if size or at != self._next:
                self._runs.append((self._size, at, size))
            self._next = -1 if size else at + len(text)
        self._parts.append(text)
        self._size += len(text)
        if self._size > MOST:
            raise UnreadableError(_TOO_LONG)

    def article(self, lines: Lines | None = None, about: About | None = None) -> Article:
        """The article; `lines` are those of the source."""
        self.close()
        runs = [(at, *lines.place(origin), size) for at, origin, size in self._runs] if lines else []
        places = [lines.place(one[3]) if lines else (0, 0) for one in self._comments]
        told = about or About()
        return Article(
            text="".join(self._parts),
            marks=self._marks,
            runs=runs,
            labels=self._labels,
            title=told.title,
            byline=told.byline,
            date=told.date,
            language=told.language,
            outlet=told.outlet,
            comments=[
                (at, inside, text, *place) for (at, inside, text, _), place in zip(self._comments, places, strict=True)
            ],
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be read, and who is told what is worth knowing about it."""

    name: str
    whole_page: bool = False
    note: Callable[[str], object] = lambda _said: None
    text_field: str = "text"
    id_field: str = "id"
    path: str = ""
    """Of a file that is too large to be in memory as a whole; there is no data then."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """The fields of rows that say of a document what `About` holds."""
    left: Callable[[str, dict[str, Any], str], object] | None = None
    """Who is told what is left out, if anybody wants to know: the words, their place, and why."""


@dataclass(frozen=True, slots=True)
class Lost:
    """One of many articles in a file that cannot be read, and why."""

    why: str


Reader = Callable[[bytes, Asked], Iterable[Article | Lost | None]]
"""None says that something was passed over, and that it goes on. Raises UnreadableError."""
