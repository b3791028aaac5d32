"""PDF: the text of each page, lines put together to paragraphs, words that a line end parts made whole."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, pairwise
from struct import Struct
from typing import Any, Final, NamedTuple

from factcheck_cli.readers.article import About, Article, Asked, Builder, UnreadableError

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_HYPHENS: Final = ("\u00ad", "\ufffe", "\x02")
"""What PDFium writes for a hyphen at the end of a line."""
_ANY_HYPHEN: Final = "".join(_HYPHENS)
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
    about.keep("title", document.get_metadata_value("Title"))
    about.keep("byline", document.get_metadata_value("Author"))
    if found := _DATE.match(document.get_metadata_value("CreationDate")):
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
        self.left, self.top, self.right, self.bottom = box
        self.size = self.top - self.bottom


def _lines(page: Any) -> list[_Line]:  # noqa: ANN401 - the library has no types
    """The lines of a page in the order that the file has them."""
    text = page.get_textpage()
    found: list[_Line] = []
    whole = text.get_text_range()
    box = _boxes(text) if whole else None
    at = 0
    for part in _LINE.findall(whole):
        line = part.strip("\r\n")
        if box and (kept := line.strip()):
            first = at + line.find(kept[0])
            found.append(_Line(kept, box(first, first + len(kept) - 1)))
        at += len(part)
    page.close()  # and with it the text
    return found


Box = tuple[float, ...]
"""Left, top, right, bottom: as the library's struct has them."""
_RECT: Final = Struct("4f")
_NOWHERE: Final = (0.0, 0.0, 0.0, 0.0)


def _boxes(text: Any) -> Callable[[int, int], Box]:  # noqa: ANN401 - the same
    """Tells the box around a line by its first letter and its last.

    These are most of the calls that a page takes, and what the library wraps them in takes longer than they do.
    """
    from pypdfium2 import PdfiumError
    from pypdfium2.raw import FS_RECTF, FPDFText_GetLooseCharBox

    handle, count, rect = text.raw, text.count_chars(), FS_RECTF()

    def one(place: int) -> Box:
        if place >= count:
            return _NOWHERE
        if not FPDFText_GetLooseCharBox(handle, place, rect):
            raise PdfiumError("Failed to get charbox.")
        return _RECT.unpack(rect)

    def box(first: int, last: int) -> Box:
        begin, end = one(first), one(last)
        if _NOWHERE in {begin, end}:
            return end if begin == _NOWHERE else begin
        (left, top, right, bottom), (left2, top2, right2, bottom2) = begin, end
        return min(left, left2), max(top, top2), max(right, right2), min(bottom, bottom2)

    return box


def _article(pages: Sequence[Sequence[_Line]], about: About) -> Article:
    repeated = _repeated(pages)
    builder = Builder()
    kept = [[line for line in page if line.text not in repeated] for page in pages]
    usual = _usual_size(chain.from_iterable(kept))
    before: _Line | None = None
    for number, page in enumerate(kept, 1):
        width = max((line.right - line.left for line in page), default=0.0)
        on_page = _Usual(usual, _usual_gap(page), width)
        builder.label({"page": number})
        for place, line in enumerate(page):
            if before is None or _begins(before, line, on_page, first=place == 0):
                kinds = ["heading"] if usual and line.size > usual * _LARGE else []
                builder.begin(kinds, partial(dict, page=number))
            elif not before.text.endswith(_HYPHENS):
                builder.blank("\n")
            builder.write(line.text.rstrip(_ANY_HYPHEN) if line.text.endswith(_HYPHENS) else line.text)
            before = line
    return builder.article(about=about)


def _usual_size(lines: Iterable[_Line]) -> float:
    """The height of most letters."""
    exact: Counter[float] = Counter()
    for line in lines:
        exact[line.size] += len(line.text)
    sizes: Counter[float] = Counter()
    for size, letters in exact.items():
        sizes[round(size, 1)] += letters
    return sizes.most_common(1)[0][0] if sizes else 0.0


class _Usual(NamedTuple):
    """What is usual on a page: the height of letters, the distance of lines, and the length of the longest."""

    size: float
    gap: float
    width: float


def _begins(before: _Line, line: _Line, usual: _Usual, *, first: bool) -> bool:
    """Whether a line begins a paragraph. The `first` of a page goes on with the one before if that is open."""
    if abs(before.size - line.size) > _UNLIKE * max(usual.size, 1.0):
        return True
    if first:
        return _ends(before)
    distance = before.top - line.top
    if usual.gap and (distance > usual.gap * _GAP or distance < 0):
        return True
    short = before.right - before.left < usual.width * _SHORT
    return (short or line.left - before.left > usual.size) and _ends(before)


def _ends(line: _Line) -> bool:
    """Whether a line ends as a paragraph does."""
    return bool(_ENDS.search(line.text))


def _usual_gap(page: Sequence[_Line]) -> float:
    """The least distance of two lines on the page, unless it is so large that no two belong together."""
    gaps = [(a.top - b.top, a.size) for a, b in pairwise(page) if a.top - b.top > _BESIDE * a.size > 0]
    gap, size = min(gaps, default=(0.0, 0.0))
    return gap if gap <= _WIDE * size else _CLOSE * size


def _repeated(pages: Sequence[Sequence[_Line]]) -> set[str]:
    """Lines at the top or the foot of most pages, and page numbers: none of the article."""
    edges = [page[place] for page in pages if page for place in {0, len(page) - 1}]
    counts = Counter(line.text for line in edges)
    most = max(_FEW, len(pages) // 2)
    found = {text for text, count in counts.items() if count >= most}
    if len(pages) > 1:
        found |= {line.text for line in edges if _NUMBER.fullmatch(line.text)}
    return found
