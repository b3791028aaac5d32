"""Word documents: paragraphs in order, with headings, captions and code by the names of their styles."""

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from factcheck_cli.inputs.readers.article import Article, Asked, Builder, UnreadableError
from factcheck_cli.inputs.readers.elements import Attributes, Begins, Ends, Said, parse, value
from factcheck_cli.inputs.readers.packed import Packed

_BODY: Final = "word/document.xml"
_HEADING: Final = re.compile(r"(?:heading \d|title|subtitle)$", re.IGNORECASE)
_CODE: Final = re.compile(r"code|preformatted|macro text|plain text", re.IGNORECASE)
_SKIPPED: Final = ("del", "Fallback", "moveFrom", "instrText", "pict", "rPrChange", "pPrChange")
"""What was deleted, what stands for something that stands there, too, and how things looked before."""
_STRUCK: Final = ("strike", "dstrike", "vanish")
"""How a run looks that is struck out, or hidden."""
_OFF: Final = ("0", "false", "off", "none")
_NOTES: Final = (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote"))
_SIGNS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
"""Elements that stand for a character."""
_LARGE: Final = 1 << 20  # bytes of styles that are not kept


def read(data: bytes, _asked: Asked) -> Iterator[Article]:
    """The one article."""
    packed = Packed(data)
    styles = _styles(packed.part("word/styles.xml"))
    said = Said({"title": "title", "creator": "byline", "created": "date"})
    said.read(packed.part("docProps/core.xml"))
    body = packed.part(_BODY)
    if not body:
        raise UnreadableError("there is no text part in it; save it anew with Word")
    builder = Builder()
    _Body(builder, styles, "paragraph").read(body)
    for name, what in _NOTES:
        if part := packed.part(name):
            _Body(builder, styles, what).read(part)
    said.about.keep("language", styles.language)
    yield builder.article(about=said.about)


def _styles(part: bytes) -> "_Styles":
    """The styles of a document; those of many that are made from one template are read once."""
    return _kept_styles(part) if len(part) < _LARGE else _Styles(part)


class _Styles:
    """What the styles of paragraphs are, by their ids."""

    def __init__(self, part: bytes) -> None:
        self.kinds: dict[str, str] = {}
        self.struck: set[str] = set()
        self.language = ""
        self._id, self._parent, self._name = "", "", ""
        self._outline = False
        begins = {
            "style": self._begin,
            "name": self._named,
            "basedOn": self._based,
            "outlineLvl": self._outlined,
            "lang": self._lang,
            **dict.fromkeys(_STRUCK, self._strike),
        }
        if part:
            parse(part, begins, {"style": self._end})

    def _begin(self, attributes: Attributes) -> None:
        self._id, self._name, self._outline, self._parent = value(attributes, "styleId"), "", False, ""

    def _named(self, attributes: Attributes) -> None:
        self._name = value(attributes, "val")

    def _based(self, attributes: Attributes) -> None:
        self._parent = value(attributes, "val")

    def _outlined(self, attributes: Attributes) -> None:
        self._outline = _is_outline(attributes)

    def _lang(self, attributes: Attributes) -> None:
        if not self.language and not self._id:
            self.language = value(attributes, "val")

    def _strike(self, attributes: Attributes) -> None:
        if _is_on(attributes):
            self.struck.add(self._id)

    def _end(self) -> None:
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


_kept_styles = lru_cache(maxsize=8)(_Styles)


def _is_outline(attributes: Attributes) -> bool:
    """Whether a level of the outline is that of a heading; 9 is that of the text below."""
    return value(attributes, "val", "9") != "9"


def _is_on(attributes: Attributes) -> bool:
    """Whether a property that is named is not taken back."""
    return value(attributes, "val", "1") not in _OFF


class _Body:
    """Writes the paragraphs of a part."""

    def __init__(self, builder: Builder, styles: _Styles, what: str) -> None:
        self._builder, self._styles, self._what = builder, styles, what
        self._number = self._cells = 0
        self._texts: list[list[str]] = []  # of paragraphs that are open, as text boxes stand in others
        self._kinds: list[str] = []
        self._listed = self._struck = False

    def read(self, data: bytes) -> None:
        """Reads the part."""
        begins: Begins = {
            "p": self._begin,
            "pStyle": self._styled,
            "outlineLvl": self._outlined,
            "numPr": self._in_list,
            "tc": partial(self._cell, 1),
            "rStyle": self._run_styled,
            **dict.fromkeys(_STRUCK, self._strike),
            **{name: partial(self._sign, sign) for name, sign in _SIGNS.items()},
        }
        ends: Ends = {"p": self._end, "tc": partial(self._cell, -1), "r": self._end_run, "pPr": self._end_run}
        parse(data, begins, ends, self._text, inside="t", skipped=_SKIPPED)

    def _begin(self, _attributes: Attributes) -> None:
        self._texts.append([])
        self._kinds.append("")
        self._listed = False

    def _styled(self, attributes: Attributes) -> None:
        if self._kinds:
            self._kinds[-1] = self._styles.kind(value(attributes, "val"))

    def _outlined(self, attributes: Attributes) -> None:
        if self._kinds and _is_outline(attributes):
            self._kinds[-1] = "heading"

    def _run_styled(self, attributes: Attributes) -> None:
        self._struck = value(attributes, "val") in self._styles.struck

    def _strike(self, attributes: Attributes) -> None:
        self._struck = self._struck or _is_on(attributes)

    def _end_run(self) -> None:
        self._struck = False

    def _in_list(self, _attributes: Attributes) -> None:
        self._listed = True

    def _cell(self, more: int, _attributes: Attributes | None = None) -> None:
        self._cells += more

    def _sign(self, sign: str, _attributes: Attributes) -> None:
        self._text(sign)

    def _text(self, text: str) -> None:
        if self._texts and not self._struck:
            self._texts[-1].append(text)

    def _end(self) -> None:
        text, kind = "".join(self._texts.pop()), self._kinds.pop()
        if text.strip():
            self._number += 1
            kind = kind or ("block" if self._cells or self._listed else "")
            self._builder.paragraph(text, kind, {self._what: self._number})
