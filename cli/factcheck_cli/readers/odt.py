"""OpenDocument texts: paragraphs in order, with headings, captions and code by the names of their styles."""

import re
from collections.abc import Iterator
from typing import Final

from factcheck_cli.readers.article import About, Article, Asked, Builder, UnreadableError
from factcheck_cli.readers.packed import Attributes, Packed, parse

_TITLE: Final = re.compile(r"(?:title|subtitle)$", re.IGNORECASE)
_CAPTION: Final = re.compile(r"(?:caption|illustration|figure|drawing|table)$", re.IGNORECASE)
_CODE: Final = re.compile(r"preformatted|source|code", re.IGNORECASE)
_SKIPPED: Final = frozenset(
    ("tracked-changes", "annotation", "note-citation", "sequence-decls", "forms", "table-of-content")
)


def read(data: bytes, _asked: Asked) -> Iterator[Article]:
    """The one article."""
    packed = Packed(data)
    body = packed.part("content.xml")
    if not body:
        raise UnreadableError("there is no text part in it; save it anew with the program it comes from")
    if b"manifest:encryption-data" in packed.part("META-INF/manifest.xml"):
        raise UnreadableError("it is locked with a password; save it without")
    content = _Content(Builder())
    parse(body, content.start, content.end, content.text)
    yield content.builder.article(about=_about(packed))


def _about(packed: Packed) -> About:
    about, element = About(), [""]
    names = {
        "title": "title",
        "initial-creator": "byline",
        "creator": "byline",
        "creation-date": "date",
        "date": "date",
        "language": "language",
    }
    if part := packed.part("meta.xml"):
        parse(
            part,
            lambda name, _attributes: element.__setitem__(0, name),
            lambda _name: element.__setitem__(0, ""),
            lambda text: about.keep(names[element[0]], text) if element[0] in names else None,
        )
    return about


class _Content:
    """Writes the paragraphs of the part with the text."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self._parents: dict[str, str] = {}
        self._texts: list[tuple[list[str], str]] = []
        self._number = self._skipped = self._cells = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""
        if self._skipped or name in _SKIPPED:
            self._skipped += 1
        elif name == "style":
            self._parents[attributes.get("name", "")] = attributes.get("parent-style-name", "")
        elif name in {"p", "h"}:
            self._texts.append(([], self._kind(name, attributes.get("style-name", ""))))
        elif name in {"table-cell", "list-item"}:
            self._cells += 1
        elif self._texts and name in {"s", "tab", "line-break"}:
            self._texts[-1][0].append("\n" if name == "line-break" else " ")

    def end(self, name: str) -> None:
        """An element ends."""
        if self._skipped:
            self._skipped -= 1
        elif name in {"table-cell", "list-item"}:
            self._cells -= 1
        elif name in {"p", "h"} and self._texts:
            texts, kind = self._texts.pop()
            self._write("".join(texts), kind)

    def text(self, text: str) -> None:
        """Text."""
        if self._texts and not self._skipped:
            self._texts[-1][0].append(text)

    def _kind(self, name: str, style: str) -> str:
        names = [style, self._parents.get(style, "")]
        if name == "h" or any(_TITLE.match(one) for one in names):
            return "heading"
        if any(_CAPTION.match(one) for one in names):
            return "caption"
        return "code" if any(_CODE.search(one) for one in names) else ""

    def _write(self, text: str, kind: str) -> None:
        if not text.strip():
            return
        self._number += 1
        label = {"paragraph": self._number}
        self.builder.begin([kind] if kind else ["block"] if self._cells else [], lambda: label)
        for number, line in enumerate(text.split("\n")):
            if number:
                self.builder.blank("\n")
            self.builder.write(line)
        self.builder.close()
