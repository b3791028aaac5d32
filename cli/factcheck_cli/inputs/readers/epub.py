"""EPUB books: the chapters in the order of reading, as one text."""

import posixpath
from collections.abc import Iterator
from functools import partial
from urllib.parse import unquote

from factcheck_cli.inputs.readers.article import Article, Asked, Builder, UnreadableError
from factcheck_cli.inputs.readers.decoded import decoded
from factcheck_cli.inputs.readers.elements import Attributes, Said, parse, value
from factcheck_cli.inputs.readers.html import Page
from factcheck_cli.inputs.readers.packed import Packed


def read(data: bytes, asked: Asked) -> Iterator[Article]:
    """The one article."""
    packed = Packed(data)
    if "META-INF/encryption.xml" in packed.names and b"EncryptedData" in packed.part("META-INF/encryption.xml"):
        asked.note("parts of this book are locked; what is not is read")
    book = _Book(packed)
    if not book.chapters:
        raise UnreadableError("this book has no chapters; save it anew with the program it comes from")
    builder = Builder()
    for chapter, name in enumerate(book.chapters, 1):
        paragraph = 0
        page = Page(decoded(packed.part(name), asked))
        for block in page.blocks:
            if block.text():
                paragraph += 1
                block.write(builder, partial(dict, chapter=chapter, paragraph=paragraph))
        for text, at in page.comments:
            builder.comment(text, at)
    yield builder.article(about=book.about)


class _Book:
    """The order of reading, and what the book says of itself."""

    def __init__(self, packed: Packed) -> None:
        said = Said({"title": "title", "creator": "byline", "date": "date", "language": "language"})
        self.about, self.chapters = said.about, list[str]()
        self._package = ""
        self._items: dict[str, str] = {}
        self._order: list[str] = []
        if part := packed.part("META-INF/container.xml"):
            parse(part, {"rootfile": self._container}, {})
        if part := packed.part(self._package):
            parse(part, {**said.begins, "item": self._item, "itemref": self._itemref}, said.ends, said.text)
        folder = posixpath.dirname(self._package)
        named = (self._items[one] for one in self._order if one in self._items)
        paths = (posixpath.normpath(posixpath.join(folder, unquote(name.partition("#")[0]))) for name in named)
        self.chapters = [path for path in dict.fromkeys(paths) if path in packed.names]

    def _container(self, attributes: Attributes) -> None:
        self._package = self._package or value(attributes, "full-path")

    def _item(self, attributes: Attributes) -> None:
        if "html" in value(attributes, "media-type") and "nav" not in value(attributes, "properties").split():
            self._items[value(attributes, "id")] = value(attributes, "href")

    def _itemref(self, attributes: Attributes) -> None:
        if value(attributes, "linear") != "no":
            self._order.append(value(attributes, "idref"))
