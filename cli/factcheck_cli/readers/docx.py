"""Word documents: paragraphs in order, with headings, captions and code by the names of their styles."""

import re
from collections.abc import Iterator
from typing import Any, Final

from factcheck_cli.readers.article import About, Article, Asked, Builder, UnreadableError
from factcheck_cli.readers.packed import Attributes, Packed, parse

_BODY: Final = "word/document.xml"
_HEADING: Final = re.compile(r"(?:heading \d|title|subtitle)$", re.IGNORECASE)
_CODE: Final = re.compile(r"code|preformatted|macro text|plain text", re.IGNORECASE)
_SKIPPED: Final = frozenset(("del", "Fallback", "moveFrom", "instrText", "pict"))
"""What was struck out, and what stands for something that stands there, too."""
_NOTES: Final = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))


def read(data: bytes, _asked: Asked) -> Iterator[Article]:
    """The one article."""
    packed = Packed(data)
    styles = _Styles()
    if part := packed.part("word/styles.xml"):
        parse(part, styles.start, styles.end, lambda _text: None)
    builder, about = Builder(), _about(packed)
    body = packed.part(_BODY)
    if not body:
        raise UnreadableError("there is no text part in it; save it anew with Word")
    _Body(builder, styles).read(body, "paragraph")
    for name, what in _NOTES:
        if part := packed.part(name):
            _Body(builder, styles).read(part, what)
    about.keep("language", styles.language)
    yield builder.article(about=about)


def _about(packed: Packed) -> About:
    about = About()
    if part := packed.part("docProps/core.xml"):
        element = [""]
        names = {"title": "title", "creator": "byline", "created": "date"}

        def begin(name: str, _attributes: Attributes) -> None:
            element[0] = name

        parse(
            part,
            begin,
            lambda _name: element.__setitem__(0, ""),
            lambda text: about.keep(names[element[0]], text) if element[0] in names else None,
        )
    return about


class _Styles:
    """What the styles of paragraphs are, by their ids."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.language = ""
        self._id, self._parent, self._name = "", "", ""
        self._outline = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "style":
            self._id, self._name, self._outline, self._parent = attributes.get("styleId", ""), "", False, ""
        elif name == "name":
            self._name = attributes.get("val", "")
        elif name == "basedOn":
            self._parent = attributes.get("val", "")
        elif name == "outlineLvl":
            self._outline = attributes.get("val", "9") != "9"
        elif name == "lang" and not self.language and not self._id:
            self.language = attributes.get("val", "")

    def end(self, name: str) -> None:
        if name != "style":
            return
        low = self._name.lower()
        if self._outline or _HEADING.match(low):
            self.kinds[self._id] = "heading"
        elif low == "caption":
            self.kinds[self._id] = "caption"
        elif _CODE.search(low):
            self.kinds[self._id] = "code"
        elif self._parent in self.kinds:
            self.kinds[self._id] = self.kinds[self._parent]
        self._id = ""

    def kind(self, style: str) -> str:
        """What paragraphs of a style are; where styles are not told by their names, by the id that Word gives."""
        if style in self.kinds:
            return self.kinds[style]
        if style.lower().startswith("heading") or style in {"Title", "Subtitle"}:
            return "heading"
        return "caption" if style == "Caption" else ""


class _Body:
    """Writes the paragraphs of a part."""

    def __init__(self, builder: Builder, styles: _Styles) -> None:
        self._builder, self._styles = builder, styles
        self._number = 0
        self._what = ""
        self._texts: list[tuple[list[str], str]] = []  # paragraphs that are open, as text boxes stand in others
        self._cells = self._skipped = 0
        self._listed = self._in_text = False

    def read(self, data: bytes, what: str) -> None:
        self._what = what
        parse(data, self._start, self._end, self._text)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name in _SKIPPED or self._skipped:
            self._skipped += 1
        elif name == "p":
            self._texts.append(([], ""))
            self._listed = False
        elif name == "pStyle" and self._texts:
            self._texts[-1] = (self._texts[-1][0], self._styles.kind(attributes.get("val", "")))
        elif name == "outlineLvl" and self._texts and attributes.get("val", "9") != "9":
            self._texts[-1] = (self._texts[-1][0], "heading")
        elif name == "numPr":
            self._listed = True
        elif name == "tc":
            self._cells += 1
        elif name == "t":
            self._in_text = True
        elif self._texts and name in {"tab", "br", "cr", "noBreakHyphen"}:
            self._texts[-1][0].append({"tab": "\t", "noBreakHyphen": "\u2011"}.get(name, "\n"))

    def _end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif name == "t":
            self._in_text = False
        elif name == "tc":
            self._cells -= 1
        elif name == "p" and self._texts:
            self._write(*self._texts.pop())

    def _text(self, text: str) -> None:
        if self._in_text and self._texts and not self._skipped:
            self._texts[-1][0].append(text)

    def _write(self, texts: list[str], kind: str) -> None:
        text = "".join(texts)
        if not text.strip():
            return
        self._number += 1
        kinds = [kind] if kind else ["block"] if self._cells or self._listed else []
        label: dict[str, Any] = {self._what: self._number}
        self._builder.begin(kinds, lambda: label)
        for number, line in enumerate(text.split("\n")):
            if number:
                self._builder.blank("\n")
            self._builder.write(line)
        self._builder.close()
