"""PDF: the text of each page, lines put together to paragraphs, words that a line end parts made whole."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain, pairwise
from typing import Any, Final, NamedTuple

from factcheck_cli.readers.article import About, Article, Asked, Builder, UnreadableError

_HYPHENS: Final = ("\u00ad", "\ufffe", "\x02")
"""What PDFium writes for a hyphen at the end of a line."""
_DATE: Final = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_NUMBER: Final = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_ENDS: Final = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_SHORT: Final = 0.8  # of the usual length; a line as short as this ends a paragraph
_FEW: Final = 3  # pages from which on a line that all have is none of the article
_GAP: Final = 1.3  # distance of two lines that parts paragraphs, beside the least one
_CLOSE, _WIDE = 1.4, 2.2  # distances of lines of a paragraph beside the height of letters: usual, and at most
_BESIDE: Final = 0.8  # of the height of letters; lines that are no farther apart stand beside each other
_UNLIKE: Final = 0.1  # by how much letters differ in height that belong to different paragraphs
_LARGE: Final = 1.15  # height of a heading's letters beside the usual one


def read(data: bytes, _asked: Asked) -> Iterator[Article]:
    """The one article."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise UnreadableError("it is locked with a password; save it without") from error
        raise UnreadableError("it is damaged, or no PDF; print it to a new PDF") from error
    about = About()
    told = document.get_metadata_dict()
    about.keep("title", told.get("Title"))
    about.keep("byline", told.get("Author"))
    if found := _DATE.match(told.get("CreationDate") or ""):
        about.keep("date", "-".join(part for part in found.groups() if part))
    pages = [_lines(document[number]) for number in range(len(document))]
    if pages and not any(pages):
        raise UnreadableError("there is no text in it, perhaps pictures of text; run it through text recognition first")
    yield _article(pages, about)


class _Line:
    """A line of a page: its text, where it stands, and how large its letters are."""

    __slots__ = ("bottom", "left", "right", "size", "text", "top")

    def __init__(self, text: str, box: Sequence[float]) -> None:
        self.text = text
        self.left, self.bottom, self.right, self.top = box
        self.size = self.top - self.bottom


def _lines(page: Any) -> list[_Line]:  # noqa: ANN401 - the library has no types
    """The lines of a page in the order that the file has them."""
    text = page.get_textpage()
    found: list[_Line] = []
    whole = text.get_text_range()
    at = 0
    for part in re.findall(r"[^\r\n]*(?:\r\n?|\n|$)", whole):
        line = part.strip("\r\n")
        if line.strip():
            found.append(_Line(line, _box(text, at, line)))
        at += len(part)
    text.close()
    page.close()
    return found


def _box(text: Any, at: int, line: str) -> tuple[float, float, float, float]:  # noqa: ANN401 - the same
    """The box around a line, by its first letter and its last."""
    count = text.count_chars()
    places = {at + len(line) - len(line.lstrip()), at + len(line.rstrip()) - 1}
    boxes = [text.get_charbox(place, loose=True) for place in places if place < count]
    boxes = [box for box in boxes if any(box)]
    if not boxes:
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = zip(*boxes, strict=True)
    return (min(left), min(bottom), max(right), max(top))


def _article(pages: Sequence[Sequence[_Line]], about: About) -> Article:
    repeated = _repeated(pages)
    builder = Builder()
    kept = [[line for line in page if line.text.strip() not in repeated] for page in pages]
    sizes: Counter[float] = Counter()
    for line in chain.from_iterable(kept):
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    before: _Line | None = None
    for number, page in enumerate(kept, 1):
        width = max((line.right - line.left for line in page), default=0.0)
        on_page = _Usual(usual, _usual_gap(page), width)
        builder.label({"page": number})
        for place, line in enumerate(page):
            if before is None or _begins(before, line, on_page, first=place == 0):
                kinds = ["heading"] if usual and line.size > usual * _LARGE else []
                builder.begin(kinds, partial(dict, page=number))
            elif not before.text.rstrip().endswith(_HYPHENS):
                builder.blank("\n")
            builder.write(line.text.strip().rstrip("".join(_HYPHENS)))
            before = line
    return builder.article(about=about)


class _Usual(NamedTuple):
    """What is usual on a page: the height of letters, the distance of lines, and the length of the longest."""

    size: float
    gap: float
    width: float


def _begins(before: _Line, line: _Line, usual: _Usual, *, first: bool) -> bool:
    """Whether a line begins a paragraph. The `first` of a page goes on with the one before if that is open."""
    ended = bool(_ENDS.search(before.text.rstrip()))
    if abs(before.size - line.size) > _UNLIKE * max(usual.size, 1.0):
        return True
    if first:
        return ended
    distance = before.top - line.top
    if usual.gap and (distance > usual.gap * _GAP or distance < 0):
        return True
    short = before.right - before.left < usual.width * _SHORT
    return ended and (short or line.left - before.left > usual.size)


def _usual_gap(page: Sequence[_Line]) -> float:
    """The least distance of two lines on the page, unless it is so large that no two belong together."""
    gaps = [(a.top - b.top, a.size) for a, b in pairwise(page) if a.top - b.top > _BESIDE * a.size > 0]
    gap, size = min(gaps, default=(0.0, 0.0))
    return gap if gap <= _WIDE * size else _CLOSE * size


def _repeated(pages: Sequence[Sequence[_Line]]) -> set[str]:
    """Lines at the top or the foot of most pages, and page numbers: none of the article."""
    edges = [page[place] for page in pages if page for place in {0, len(page) - 1}]
    counts = Counter(line.text.strip() for line in edges)
    most = max(_FEW, len(pages) // 2)
    found = {text for text, count in counts.items() if count >= most}
    if len(pages) > 1:
        found |= {line.text.strip() for line in edges if _NUMBER.fullmatch(line.text)}
    return found
