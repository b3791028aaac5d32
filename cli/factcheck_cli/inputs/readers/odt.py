"""OpenDocument texts: paragraphs in order, with headings, captions and code by the names of their styles."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from factcheck_cli.inputs.readers.article import Article, Asked, Builder, UnreadableError
from factcheck_cli.inputs.readers.elements import Attributes, Begins, Ends, Said, parse, value
from factcheck_cli.inputs.readers.packed import Packed

_TITLE: Final = re.compile(r"(?:title|subtitle)$", re.IGNORECASE)
_CAPTION: Final = re.compile(r"(?:caption|illustration|figure|drawing|table)$", re.IGNORECASE)
_CODE: Final = re.compile(r"preformatted|source|code", re.IGNORECASE)
_SKIPPED: Final = ("tracked-changes", "annotation", "note-citation", "sequence-decls", "forms", "table-of-content")
_STRIKES: Final = re.compile(rb"text-line-through-(?:style|type)|:display=[\"']none")
_SIGNS: Final = {"s": " ", "tab": " ", "line-break": "\n"}
"""Elements that stand for white space."""
_ABOUT: Final = {
    "title": "title",
    "initial-creator": "byline",
    "creator": "byline",
    "creation-date": "date",
    "date": "date",
    "language": "language",
}


def read(data: bytes, _asked: Asked) -> Iterator[Article]:
    """The one article."""
    packed = Packed(data)
    body = packed.part("content.xml")
    if not body:
        raise UnreadableError("there is no text part in it; save it anew with the program it comes from")
    if b"manifest:encryption-data" in packed.part("META-INF/manifest.xml"):
        raise UnreadableError("it is locked with a password; save it without")
    builder = Builder()
    _Content(builder).read(body)
    said = Said(_ABOUT)
    said.read(packed.part("meta.xml"))
    yield builder.article(about=said.about)


class _Content:
    """Writes the paragraphs of the part with the text."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._parents: dict[str, str] = {}
        self._kinds: dict[str, str] = {}  # by styles
        self._texts: list[tuple[list[str], str]] = []
        self._number = self._cells = 0
        self._style_name = ""
        self._struck: set[str] = set()  # styles of what is struck out, or hidden
        self._unread: list[bool] = []  # of paragraphs and spans that are open

    def read(self, data: bytes) -> None:
        """Reads the part."""
        strikes = _STRIKES.search(data) is not None
        begins: Begins = {
            "style": self._style,
            "p": self._begin,
            "h": self._heading,
            **dict.fromkeys(("table-cell", "list-item"), partial(self._cell, 1)),
            **{name: partial(self._sign, sign) for name, sign in _SIGNS.items()},
            **({"text-properties": self._looks, "span": self._span} if strikes else {}),
        }
        ends: Ends = {
            **({"span": self._end_span, "style": self._end_style} if strikes else {}),
            **dict.fromkeys(("p", "h"), self._end),
            **dict.fromkeys(("table-cell", "list-item"), partial(self._cell, -1)),
        }
        parse(data, begins, ends, self._text, skipped=_SKIPPED)

    def _style(self, attributes: Attributes) -> None:
        self._style_name = value(attributes, "name")
        self._parents[self._style_name] = value(attributes, "parent-style-name")

    def _end_style(self) -> None:
        self._style_name = ""

    def _looks(self, attributes: Attributes) -> None:
        through = (value(attributes, f"text-line-through-{what}", "none") for what in ("style", "type"))
        hidden = value(attributes, "display") == "none" or any(one != "none" for one in through)
        if hidden and self._style_name:
            self._struck.add(self._style_name)

    def _begin(self, attributes: Attributes) -> None:
        self._texts.append(([], self._kind(value(attributes, "style-name"))))
        self._span(attributes)

    def _heading(self, attributes: Attributes) -> None:
        self._texts.append(([], "heading"))
        self._span(attributes)

    def _span(self, attributes: Attributes) -> None:
        self._unread.append(bool(self._struck) and value(attributes, "style-name") in self._struck)

    def _end_span(self) -> None:
        self._unread.pop()

    def _cell(self, more: int, _attributes: Attributes | None = None) -> None:
        self._cells += more

    def _sign(self, sign: str, _attributes: Attributes) -> None:
        self._text(sign)

    def _text(self, text: str) -> None:
        if self._texts and True not in self._unread:
            self._texts[-1][0].append(text)

    def _kind(self, style: str) -> str:
        if style not in self._kinds:
            self._kinds[style] = _kind(style, self._parents.get(style, ""))
        return self._kinds[style]

    def _end(self) -> None:
        if not self._texts:
            return
        texts, kind = self._texts.pop()
        self._end_span()
        text = "".join(texts)
        if text.strip():
            self._number += 1
            self._builder.paragraph(text, kind or ("block" if self._cells else ""), {"paragraph": self._number})


def _kind(*styles: str) -> str:
    """What a paragraph is whose style is called so, or is made from one that is."""
    if any(_TITLE.match(one) for one in styles):
        return "heading"
    if any(_CAPTION.match(one) for one in styles):
        return "caption"
    return "code" if any(_CODE.search(one) for one in styles) else ""
