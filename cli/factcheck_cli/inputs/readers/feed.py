"""RSS and Atom feeds: an article for each item, its HTML read where the feed holds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from factcheck_cli.inputs.readers.article import About, Article, Asked, Builder, on_a_line
from factcheck_cli.inputs.readers.decoded import decoded
from factcheck_cli.inputs.readers.elements import Attributes, Begins, Ends, parse, value
from factcheck_cli.inputs.readers.html import Page
from factcheck_cli.inputs.readers.mapped import Mapped, Piece
from factcheck_cli.lines import Lines

_ITEMS: Final = frozenset(("item", "entry"))
_PARTS: Final = ("image", "textInput", "textinput")
"""Parts of a feed, which have titles of their own."""
_BODIES: Final = ("encoded", "content", "description", "summary")
"""What the text of an item may be in, the fullest first."""
_ABOUT: Final = {
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


@dataclass(slots=True)
class Item:
    """The pieces of an item's elements, by their names, and whether its title may be HTML, written as text."""

    fields: dict[str, list[Piece]] = field(default_factory=dict)
    is_marked_up: bool = False

    def title(self) -> list[Piece]:
        """The pieces of what the title shows."""
        return _shown(self.fields.get("title", [])) if self.is_marked_up else self.fields.get("title", [])


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
        self._in_language = self._in_title = self._in_part = self._is_marked_up = self._is_atom = False

    def read(self) -> None:
        """Reads the source."""
        begins: Begins = {
            **dict.fromkeys(("rss", "RDF", "channel"), self._lang),
            "feed": self._begin_atom,
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
        if self._is_marked_up:
            self.title = "".join(text for text, _, _ in _shown([(self.title, 0, 0)]))

    def _begin_atom(self, attributes: Attributes) -> None:
        self._is_atom = True
        self._lang(attributes)

    def _lang(self, attributes: Attributes) -> None:
        self.language = self.language or value(attributes, "lang")

    def _language(self, begins: bool, _attributes: Attributes | None = None) -> None:
        self._in_language = begins

    def _begin_title(self, attributes: Attributes) -> None:
        self._in_title = not self._in_part
        is_marked_up = value(attributes, "type", "text" if self._is_atom else "html") == "html"
        if self._item is None:
            self._is_marked_up = self._is_marked_up or (self._in_title and is_marked_up)
        elif not self._field:
            if "title" in self._item.fields:
                return  # that of a picture
            self._item.is_marked_up = is_marked_up
        self._begin("title", attributes)

    def _end_title(self) -> None:
        self._in_title = False
        self._end("title")

    def _begin_part(self, _attributes: Attributes) -> None:
        self._in_part = True

    def _end_part(self) -> None:
        self._in_part = False

    def _begin_item(self, _attributes: Attributes) -> None:
        self._item = Item()
        self.items.append(self._item)

    def _end_item(self) -> None:
        self._item, self._field = None, ""

    def _begin(self, name: str, _attributes: Attributes) -> None:
        if self._item is None:
            return
        if not self._field:
            self._field, self._depth = name, 1
            self._item.fields.setdefault(name, [])
        elif name == self._field:
            self._depth += 1

    def _end(self, name: str) -> None:
        if name == self._field:
            self._depth -= 1
            if not self._depth:
                self._field = ""

    def _block(self, _attributes: Attributes) -> None:
        if self._item is not None and self._field:
            self._item.fields[self._field].append(("\n\n", self._at(), 1))

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
            self._item.fields[self._field].append((text, at, size))

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
    title, fields = item.title(), item.fields
    about.keep("title", "".join(text for text, _, _ in title))
    for name, key in _ABOUT.items():
        if name in fields:
            about.keep(key, "".join(text for text, _, _ in fields[name]))
    builder.begin(["heading"])
    _running(builder, title)
    builder.close()
    body = next((fields[name] for name in _BODIES if any(text.strip() for text, _, _ in fields.get(name, ()))), [])
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


def _shown(title: list[Piece]) -> list[Piece]:
    """What a title shows where it holds HTML."""
    mapped = Mapped(title)
    if not _MARKUP.search(mapped.text):
        return title
    return [piece for block in Page(mapped.text).blocks for piece in mapped.moved(block.pieces)]


def _running(builder: Builder, pieces: "Iterator[Piece] | list[Piece]") -> None:
    for text, at, size in pieces:
        if text.isspace():
            builder.blank(" ", at)
        elif size:
            builder.put(text, at, size)
        else:
            builder.write(text, at)
