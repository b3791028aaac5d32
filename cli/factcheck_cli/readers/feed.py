"""RSS and Atom feeds: an article for each item, its HTML read where the feed holds it."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from factcheck_cli.readers.article import About, Article, Asked, Builder, Lines, on_a_line
from factcheck_cli.readers.decoded import decoded
from factcheck_cli.readers.elements import Attributes, Begins, Ends, parse, value
from factcheck_cli.readers.html import Page
from factcheck_cli.readers.mapped import Mapped, Piece

_ITEMS: Final = frozenset(("item", "entry"))
_PARTS: Final = ("image", "textInput", "textinput")
"""Parts of a feed, which have titles of their own."""
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
    feed.read()
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
        self._data, self._is_ascii = source.encode(), source.isascii()
        self._reached = 0, 0  # byte and character
        self._parser: Any = None
        self._item: Item | None = None
        self._field, self._depth = "", 0  # the element of the item that is open, and how many of its name
        self._in_language = self._in_title = self._in_part = False

    def read(self) -> None:
        """Reads the source."""
        begins: Begins = {
            **dict.fromkeys(("rss", "feed", "RDF", "channel"), self._lang),
            **dict.fromkeys(_ITEMS, self._begin_item),
            **dict.fromkeys(_BLOCKS, self._block),
            **{name: partial(self._begin, name) for name in (*_BODIES, *_ABOUT)},
            "language": partial(self._language, True),
            "title": self._begin_title,
            **dict.fromkeys(_PARTS, self._begin_part),
        }
        ends: Ends = {
            **dict.fromkeys(_ITEMS, self._end_item),
            **{name: partial(self._end, name) for name in (*_BODIES, *_ABOUT)},
            "language": partial(self._language, False),
            "title": self._end_title,
            **dict.fromkeys(_PARTS, self._end_part),
        }
        parse(self._data, begins, ends, self._text, use=partial(setattr, self, "_parser"))

    def _lang(self, attributes: Attributes) -> None:
        self.language = self.language or value(attributes, "lang")

    def _language(self, begins: bool, _attributes: Attributes | None = None) -> None:
        self._in_language = begins

    def _begin_title(self, attributes: Attributes) -> None:
        self._in_title = not self._in_part
        self._begin("title", attributes)

    def _end_title(self) -> None:
        self._in_title = False
        self._end("title")

    def _begin_part(self, _attributes: Attributes) -> None:
        self._in_part = True

    def _end_part(self) -> None:
        self._in_part = False

    def _begin_item(self, _attributes: Attributes) -> None:
        self._item = {}
        self.items.append(self._item)

    def _end_item(self) -> None:
        self._item, self._field = None, ""

    def _begin(self, name: str, _attributes: Attributes) -> None:
        if self._item is None:
            return
        if not self._field:
            self._field, self._depth = name, 1
            self._item.setdefault(name, [])
        elif name == self._field:
            self._depth += 1

    def _end(self, name: str) -> None:
        if name == self._field:
            self._depth -= 1
            if not self._depth:
                self._field = ""

    def _block(self, _attributes: Attributes) -> None:
        if self._item is not None and self._field:
            self._item[self._field].append(("\n\n", self._at(), 1))

    def _text(self, text: str) -> None:
        if self._item is None:
            if self._in_language:
                self.language += text.strip()
            elif self._in_title and not self.items:
                self.title += text
        elif self._field:
            at = self._at()
            same = self._source.startswith(text, at)
            size = 0 if same else max(self._source.find(";", at, at + 40) - at + 1, 1)
            self._item[self._field].append((text, at, size))

    def _at(self) -> int:
        """The character of the source that the parser has come to; it counts bytes, and never goes back."""
        index = int(self._parser.CurrentByteIndex)
        if self._is_ascii:
            return index
        byte, at = self._reached
        at += len(self._data[byte:index].decode())
        self._reached = index, at
        return at


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
