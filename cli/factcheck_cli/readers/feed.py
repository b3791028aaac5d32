"""RSS and Atom feeds: an article for each item, its HTML read where the feed holds it."""

import re
from array import array
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from factcheck_cli.readers.article import About, Article, Asked, Builder, Lines, on_a_line
from factcheck_cli.readers.decoded import decoded
from factcheck_cli.readers.html import Page
from factcheck_cli.readers.mapped import Mapped, Piece
from factcheck_cli.readers.packed import Attributes, parse

if TYPE_CHECKING:
    from xml.parsers import expat

_ITEMS: Final = frozenset(("item", "entry"))
_TITLES: Final = (["channel", "title"], ["feed", "title"])
_BODIES: Final = ("encoded", "content", "description", "summary")
"""What the text of an item may be in, the fullest first."""
_ABOUT: Final = {
    "title": "title",
    "creator": "byline",
    "name": "byline",
    "author": "byline",
    "pubDate": "date",
    "published": "date",
    "date": "date",
    "updated": "date",
}
_BLOCKS: Final = frozenset(
    "p div li ul ol h1 h2 h3 h4 h5 h6 blockquote br table tr td figure figcaption pre".split()  # noqa: SIM905 - words read best in a line
)
_MARKUP: Final = re.compile(r"<[a-zA-Z!/]|&[#\w]+;")


def read(data: bytes, asked: Asked) -> Iterator[Article]:
    """The items in their order."""
    source = decoded(data, asked)
    feed = _Feed(source)
    parse(source.encode(), feed.start, feed.end, feed.text, feed.use)
    lines = Lines(source)
    for number, item in enumerate(feed.items, 1):
        article = _article(item, lines, About(language=feed.language, outlet=on_a_line(feed.title)))
        article.name = f"{asked.name}:{number}"
        yield article


Item = dict[str, list[Piece]]


class _Feed:
    """The items, each with the pieces of its elements."""

    def __init__(self, source: str) -> None:
        self.items: list[Item] = []
        self.language = self.title = ""
        self._source = source
        self._points = None if source.isascii() else _points(source)
        self._parser: Any = None
        self._path: list[str] = []
        self._item: Item | None = None
        self._field = ""

    def use(self, parser: "expat.XMLParserType") -> None:
        """Is given the parser, which knows where it stands."""
        self._parser = parser

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if not self._path or name == "channel":
            self.language = self.language or attributes.get("lang", "")
        self._path.append(name)
        if name in _ITEMS:
            self._item = {}
            self.items.append(self._item)
        elif self._item is not None:
            if not self._field and (name in _BODIES or name in _ABOUT):
                self._field = name
                self._item.setdefault(name, [])
            elif self._field and name in _BLOCKS:
                self._item[self._field].append(("\n\n", self._at(), 1))

    def end(self, name: str) -> None:
        """An element ends."""
        if self._path:
            self._path.pop()
        if name in _ITEMS:
            self._item, self._field = None, ""
        elif name == self._field and name not in self._path:
            self._field = ""

    def text(self, text: str) -> None:
        """Text."""
        if self._item is None:
            if self._path and self._path[-1] == "language":
                self.language += text.strip()
            elif self._path[-2:] in _TITLES:
                self.title += text
            return
        if self._field:
            at = self._at()
            same = self._source.startswith(text, at)
            size = 0 if same else max(self._source.find(";", at, at + 40) - at + 1, 1)
            self._item[self._field].append((text, at, size))

    def _at(self) -> int:
        index = int(self._parser.CurrentByteIndex)
        return index if self._points is None else self._points[index]


def _points(source: str) -> "array[int]":
    """For each byte of a source in UTF-8 the number of its character."""
    found = array("I")
    for number, size in enumerate(map(len, map(str.encode, source))):
        found.extend([number] * size)
    return found


def _article(item: Item, lines: Lines, about: About) -> Article:
    builder = Builder()
    for name, key in _ABOUT.items():
        if name in item:
            about.keep(key, "".join(text for text, _, _ in item[name]))
    if "title" in item:
        builder.begin(["heading"])
        _running(builder, item["title"])
        builder.close()
    body = next((item[name] for name in _BODIES if any(text.strip() for text, _, _ in item.get(name, ()))), [])
    mapped = Mapped(body)
    if _MARKUP.search(mapped.text):
        for block in Page(mapped.text).blocks:
            block.pieces = list(mapped.moved(block.pieces))
            block.write(builder)
    else:
        at = 0
        for part in [*re.finditer(r"\n\s*\n", mapped.text), None]:
            builder.begin()
            _running(builder, mapped.cut(at, part.start() if part else len(mapped.text)))
            builder.close()
            at = part.end() if part else at
    return builder.article(lines, about)


def _running(builder: Builder, pieces: "Iterator[Piece] | list[Piece]") -> None:
    for text, at, size in pieces:
        if text.isspace():
            builder.blank(" ", at)
        elif size:
            builder.put(text, at, size)
        else:
            builder.write(text, at)
