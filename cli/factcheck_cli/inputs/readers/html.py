"""HTML: the article in a page, as trafilatura finds it, every character at its place in the source."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any, Final

from factcheck_cli.inputs.readers.aligned import choose, lacking
from factcheck_cli.inputs.readers.article import About, Article, Asked, Builder, UnreadableError, is_ours
from factcheck_cli.inputs.readers.decoded import decoded
from factcheck_cli.inputs.readers.mapped import Piece
from factcheck_cli.lines import Lines

_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_INLINE: Final = frozenset(
    (  # noqa: SIM905 - words read best in lines
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp "
        "small span strike strong sub sup time tt u var wbr"
    ).split()
)
_SILENT: Final = frozenset(
    "head script style template noscript iframe object svg math canvas select textarea audio video datalist".split()  # noqa: SIM905 - words read best in a line
)
"""What a reader of the page does not see as text."""
_HIDING: Final = frozenset(("del", "s", "strike", "noscript", "template"))
_INVISIBLE: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_ASIDE: Final = frozenset(("nav", "aside", "footer", "header", "form", "button", "menu"))
_CLOSED_BY: Final = {
    "li": frozenset(("li",)),
    "dt": frozenset(("dt", "dd")),
    "dd": frozenset(("dt", "dd")),
    "tr": frozenset(("tr", "td", "th")),
    "td": frozenset(("td", "th")),
    "th": frozenset(("td", "th")),
    "option": frozenset(("option",)),
}
"""Which open elements the beginning of another ends."""
_KINDS: Final = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "figcaption": "caption",
    "caption": "caption",
    "pre": "code",
    "li": "block",
    "td": "block",
    "th": "block",
    "dt": "block",
}
_TELLING: Final = frozenset(("html", "time", "blockquote", "div"))
"""Elements whose attributes say something."""
_NO_ARTICLE: Final = "not in the article that was found in the page; --whole-page reads it"
_HIDDEN: Final = "struck out, or not shown on the page"
_DEEPEST: Final = 32  # elements of a path
_QUOTED: Final = re.compile(r"\b(?:gmail_quote|moz-cite-prefix|yahoo_quoted)\b|\bcite\b", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """A paragraph of a page, and its pieces."""

    path: str
    kinds: tuple[str, ...]
    aside: bool
    pieces: list[Piece] = field(default_factory=list)
    comments: list[tuple[int, str, int]] = field(default_factory=list)
    """Those meant for us: behind how many pieces each stands, what it says, and where."""

    def text(self) -> str:
        """Its characters, white space as single blanks."""
        return " ".join("".join(piece for piece, _, _ in self.pieces).split())

    def write(self, builder: Builder, label: Callable[[], dict[str, Any]] | None = None) -> None:
        """Writes it as a paragraph."""
        builder.begin(self.kinds, label)
        code = "code" in self.kinds
        for number, (text, at, size) in enumerate(self.pieces):
            self._comment(builder, number)
            if size == 0 and not code:
                builder.write(text, at)
            elif size == 0:
                _lines(builder, text, at)
            elif text.isspace():
                builder.blank("\n" if text == "\n" else " ", at)
            else:
                builder.put(text, at, size)
        self._comment(builder, len(self.pieces))
        builder.close()

    def _comment(self, builder: Builder, number: int) -> None:
        """Writes the comments before the piece with this number."""
        for before, text, at in self.comments:
            if before == number:
                builder.comment(text, at)


def _lines(builder: Builder, text: str, at: int) -> None:
    """Writes code, which keeps its lines."""
    for found in re.finditer(r"[^\r\n]+|[\r\n]+", text):
        if found[0].isspace():
            builder.blank("\n" if found[0][0] in "\r\n" else " ", at + found.start())
        else:
            builder.put(found[0], at + found.start())


class Page(HTMLParser):
    """The paragraphs of a page, or of a fragment of one, and what its head says of it."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.blocks: list[Block] = []
        self.about = About()
        self._source = source
        self._here = 0
        self._open: list[str] = []
        self._paths: list[str] = [""]
        self._counts: list[dict[str, int]] = [{}]  # of elements of a name in each that is open
        self._held: dict[str, int] = {}
        self._silent, self._hides = 0, False  # how many are open down to one that is not seen, and if that hides text
        self._block: Block | None = None
        self._waiting: list[tuple[int, Block | None]] = []  # paragraphs that go on behind a button
        self.hidden: list[str] = []
        """Text that is struck out, or that the page does not show."""
        self.hidden_at: list[tuple[int, list[str]]] = []
        """The same, element by element, and where each stands."""
        self.comments: list[tuple[str, int]] = []
        """Those meant for us that stand behind the last paragraph, or until then before the next one."""
        self._title: list[str] = []
        self._mails = 0
        self.feed(source)
        self.close()
        self.about.keep("title", "".join(self._title))

    def updatepos(self, i: int, j: int) -> int:
        """Is called by the library wherever it goes on; it would count lines, which is done but once here."""
        self._here += max(j - i, 0)
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element, and ends those that cannot hold it."""
        if tag in _VOID:
            self._void(tag, attrs)
            return
        if self._silent and self._open[-1] == "head" and tag not in _SILENT and tag != "title":
            self._close("head")  # whose end may be left out
        if not self._silent or self._open[self._silent - 1] not in _SILENT:
            self._end_before(tag)
        if self._silent:
            self._enter(tag)
        else:
            self._begin(tag, attrs)

    def _end_before(self, tag: str) -> None:
        """Ends the elements that cannot hold this one; a paragraph goes on behind one that is not seen or a button."""
        if tag == "button" and not self._silent:
            self._waiting.append((len(self._open), self._block))
        if tag not in _INLINE and tag not in _SILENT:
            if not self._silent:
                self._block = None
            if "p" in self._held and tag != "button":
                self._close("p")
        for closed in _CLOSED_BY.get(tag, ()):
            if self._open and self._open[-1] == closed:
                self._close(closed)

    def _begin(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element among what is seen."""
        self._enter(tag)
        hides = tag in _HIDING or bool(attrs and _hides(tag, attrs))
        if hides or tag in _SILENT:
            self._silent, self._hides = len(self._open), hides
            if hides:
                self.hidden_at.append((self._here, []))
        if tag in _TELLING:
            self._tell(tag, dict(attrs))

    def _void(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that holds nothing."""
        if tag == "meta":
            self._meta(dict(attrs))
        elif tag == "br":
            self._piece("\n", self._here, 4)
        elif tag == "hr" and not self._silent:
            self._block = None

    def _enter(self, tag: str) -> None:
        """Goes down into an element, whose path is that of the one around it where it is but a part of a line."""
        counts, path = self._counts[-1], self._paths[-1]
        number = counts[tag] = counts.get(tag, 0) + 1
        deep = len(self._open) >= _DEEPEST
        if tag not in _INLINE and not deep:
            path = f"{path}/{tag}" + (f"[{number}]" if number > 1 else "")
        self._open.append(tag)
        self._paths.append(path)
        self._counts.append(counts if deep else {})
        self._held[tag] = self._held.get(tag, 0) + 1

    def _tell(self, tag: str, named: dict[str, str | None]) -> None:
        """Takes what the attributes of an element say."""
        if tag == "html":
            self.about.keep("language", named.get("lang") or named.get("xml:lang"))
        elif tag == "time":
            self.about.keep("date", named.get("datetime"))
        elif not self._mails and _QUOTED.search(f"{named.get('class') or ''} {named.get('type') or ''}"):
            self._mails = len(self._open)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element without anything in it."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._close(tag)

    def handle_endtag(self, tag: str) -> None:
        """Closes the element, and those in it that are open."""
        if tag in self._held:
            self._close(tag)

    def _close(self, tag: str) -> None:
        if tag not in _INLINE and not self._silent:
            self._block = None
        if tag not in self._held:
            return
        while self._open:
            one = self._open.pop()
            self._paths.pop()
            self._counts.pop()
            self._held[one] -= 1
            if not self._held[one]:
                del self._held[one]
            depth = len(self._open)
            if one not in _INLINE and not self._silent:
                self._block = None
            if self._silent > depth:
                self._silent, self._hides = 0, False
            if self._mails > depth:
                self._mails = 0
            if self._waiting and self._waiting[-1][0] == depth:
                self._block = self._waiting.pop()[1]
            if one == tag:
                return

    def handle_data(self, data: str) -> None:
        """Text."""
        if self._held.get("title") and not self._held.get("svg") and not self._held.get("body"):
            self._title.append(data)
        self._piece(data, self._here, 0)

    def handle_entityref(self, name: str) -> None:
        """`&eacute;`."""
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        """`&#233;`."""
        self._reference(f"&#{name}")

    def _reference(self, written: str) -> None:
        at = self._here
        written += ";" if self._source.startswith(";", at + len(written)) else ""
        text = unescape(written)
        if self._held.get("title") and not self._held.get("body"):
            self._title.append(text)
        self._piece(text, at, len(written) if text != written else 0)

    def _piece(self, text: str, at: int, size: int) -> None:
        if self._hides:
            self.hidden.append(text)
            self.hidden_at[-1][1].append(text)
        if self._silent or (self._block is None and text.isspace()):
            return
        if self._block is None:
            kinds = {_KINDS[one] for one in self._held if one in _KINDS}
            if self._mails:
                kinds.add("mail")
            aside = not self._held.keys().isdisjoint(_ASIDE)
            self._block = Block(self._paths[-1] or "/", tuple(sorted(kinds)), aside)
            self._block.comments = [(0, *comment) for comment in self.comments]
            self.comments = []
            self.blocks.append(self._block)
        elif text == "\n" and size and self._block.pieces and self._block.pieces[-1][0] == "\n":
            self._block = None  # two line breaks part paragraphs
            return
        self._block.pieces.append((text, at, size))

    def handle_comment(self, data: str) -> None:
        """A comment, which may be meant for us."""
        if not is_ours(data):
            return
        if self._block is None:
            self.comments.append((data, self._here))
        else:
            self._block.comments.append((len(self._block.pieces), data, self._here))

    def _meta(self, named: dict[str, str | None]) -> None:
        name = (named.get("property") or named.get("name") or named.get("itemprop") or "").lower()
        kept = {
            "og:title": "title",
            "author": "byline",
            "byl": "byline",
            "article:published_time": "date",
            "datepublished": "date",
            "date": "date",
            "dc.date": "date",
            "og:site_name": "outlet",
        }
        if name in kept:
            self.about.keep(kept[name], named.get("content"))


def _hides(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    """Whether an element is not shown; that all of a page is not is undone by a script."""
    return tag not in {"html", "body"} and any(
        (name == "hidden" and value != "until-found") or (name == "style" and value and _INVISIBLE.search(value))
        for name, value in attrs
    )


def read(data: bytes, asked: Asked) -> Iterator[Article]:
    """The one article."""
    yield page_article(decoded(declared(data), asked), asked)


_TAG: Final = re.compile(r"<[a-zA-Z/!?]")
_EMPTY: Final = re.compile(r"\n[ \t\r]*\n")
_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


def declared(data: bytes) -> bytes:
    """The bytes of a page in UTF-8, where it says what else it is in and is."""
    found = _CHARSET.search(data[:4096])
    if not found or b"utf" in found[1].lower():
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(found[1].decode("ascii")).encode("utf-8", "surrogatepass")
        except (LookupError, UnicodeError):
            return data
    return data


def page_article(source: str, asked: Asked) -> Article:
    """The article in a page, or all of it."""
    if not _TAG.search(source):
        return _untagged(source, asked)
    page = Page(source)
    blocks = page.blocks if asked.whole_page else _main(source, page, asked)
    builder = Builder()
    for block in blocks:
        block.write(builder, lambda block=block: {"element": block.path})  # type: ignore[misc]
    for text, at in page.comments:
        builder.comment(text, at)
    taken = {id(block) for block in blocks}
    for _, text, at in (one for block in page.blocks if id(block) not in taken for one in block.comments):
        builder.comment(text, at, read=False)
    lines = Lines(source)
    if asked.left:
        for text, at, why in _left(page, taken):
            asked.left(text, dict(zip(("line", "column"), lines.place(at), strict=True)), why)
    return builder.article(lines, page.about)


def _left(page: Page, taken: Collection[int]) -> Iterator[tuple[str, int, str]]:
    """What is left out of a page, in its order: the words, where they stand, and why."""
    blocks = ((one.text(), one.pieces[0][1], _NO_ARTICLE) for one in page.blocks if id(one) not in taken)
    hidden = ((" ".join("".join(pieces).split()), at, _HIDDEN) for at, pieces in page.hidden_at)
    return (one for one in sorted((*blocks, *hidden), key=lambda one: one[1]) if one[0])


def _untagged(source: str, asked: Asked) -> Article:
    """All of a text without a tag, whose paragraphs would be one as HTML has it."""
    if _EMPTY.search(source.strip()):
        asked.note("there is no tag in it, so empty lines part its paragraphs")
    builder, at = Builder(), 0
    for end in (*(found.end() for found in _EMPTY.finditer(source)), len(source)):
        write_fragment(builder, source[at:end], at)
        at = end
    return builder.article(Lines(source))


def write_fragment(builder: Builder, source: str, start: int) -> None:
    """Writes a piece of HTML that stands there in another source."""
    page = Page(source)
    for block in page.blocks:
        block.pieces = [(text, at + start, size) for text, at, size in block.pieces]
        block.comments = [(number, text, at + start) for number, text, at in block.comments]
        block.write(builder)
    for text, at in page.comments:
        builder.comment(text, at + start)


def _main(source: str, page: Page, asked: Asked) -> Sequence[Block]:
    """The paragraphs of the article in a page: those that trafilatura finds, and headings, captions and code in it."""
    blocks, texts = page.blocks, [block.text() for block in page.blocks]
    taken, lost = choose(_found(source), texts, [_is_cell(block) for block in blocks])
    if not any(taken):
        if any(texts):
            asked.note("no article was found in this page, so all of it is read")
        return blocks
    first, last = taken.index(True), len(taken) - taken[::-1].index(True)
    title = max((n for n in range(first) if "heading" in blocks[n].kinds and not _is_nav(blocks[n])), default=first)
    chosen = [
        number
        for number, block in enumerate(blocks)
        if taken[number]
        or number == title
        or (first < number < last and not block.aside and not {"block", "mail"} & set(block.kinds) and block.kinds)
    ]
    if count := lacking(lost, [*(texts[number] for number in chosen), *page.hidden]):
        passages = "1 passage" if count == 1 else f"{count:,} passages"
        asked.note(f"{passages} of the article could not be found in the page; --whole-page reads all of it")
    return [blocks[number] for number in chosen]


def _is_cell(block: Block) -> bool:
    return "/table" in block.path


def _is_nav(block: Block) -> bool:
    return any(f"/{tag}" in block.path for tag in ("nav", "aside", "footer", "form"))


def _found(source: str) -> str:
    """The text of the article in the page."""
    import trafilatura

    try:
        found = trafilatura.extract(
            source, output_format="txt", include_comments=False, include_tables=True, favor_recall=True
        )
    except RecursionError as error:
        raise UnreadableError("its elements are nested too deeply; --whole-page may read it") from error
    return found or ""
