"""PDF: the text of each page, lines put together to paragraphs, words that a line end parts made whole."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, pairwise
from struct import Struct
from typing import Any, Final, NamedTuple

from factcheck_cli.inputs.readers.article import About, Article, Asked, Builder, UnreadableError
from factcheck_cli.inputs.readers.columns import Drawn, in_columns
from factcheck_cli.inputs.readers.hyphens import Hyphens, is_parted
from factcheck_cli.inputs.readers.margins import without_margins
from factcheck_cli.inputs.readers.pdf_line import NOWHERE, Box, Boxes, Line, around

_LINE: Final = re.compile(r"[^\r\n\ufffe\x02]*(?:\r\n?|\n|[\ufffe\x02]|$)")
"""PDFium goes on in the same line of its text where a hyphen ends one of the page, with a sign for that."""
_DATE: Final = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")
_UNSAID: Final = re.compile(r"\W*(?:untitled|anonymous|unspecified|unknown)\W*", re.IGNORECASE)
"""What programs write where nobody gave a title or an author."""
_ENDS: Final = re.compile(r"[.!?…:;][\"'”’)\]]*$")
_SHORT: Final = 0.8  # of the usual length; a line as short as this ends a paragraph
_GAP: Final = 1.3  # distance of two lines that parts paragraphs, beside the least one
_CLOSE, _WIDE = 1.4, 2.2  # distances of lines of a paragraph beside the height of letters: usual, and at most
_BESIDE: Final = 0.8  # of the height of letters; lines that are no farther apart stand beside each other
_UNLIKE: Final = 0.1  # by how much letters differ in height that belong to different paragraphs
_LARGE: Final = 1.15  # height of a heading's letters beside the usual one
_MARGIN: Final = "at the top or foot of the page, as on others, or the page's number"
_HEADLINE: Final = 1.4  # distance of the lines of one heading beside the height of its letters


def read(data: bytes, asked: Asked) -> Iterator[Article]:
    """The one article."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise UnreadableError("it is locked with a password; save it without") from error
        raise UnreadableError("it is damaged, or no PDF; print it to a new PDF") from error
    about = About()
    for name, key in (("title", "Title"), ("byline", "Author")):
        if not _UNSAID.fullmatch(told := document.get_metadata_value(key)):
            about.keep(name, told)
    if found := _DATE.match(document.get_metadata_value("CreationDate")):
        about.keep("date", "-".join(part for part in found.groups() if part))
    pages = [_lines(document[number]) for number in range(len(document))]
    if pages and not any(pages):
        raise UnreadableError("there is no text in it, perhaps pictures of text; run it through text recognition first")
    yield _article(pages, about, asked)


def _lines(page: Any) -> list[Line]:  # noqa: ANN401 - the library has no types
    """The lines of a page in the order that the file has them, those of columns column by column."""
    text = page.get_textpage()
    found: list[Drawn] = []
    whole = text.get_text_range()
    box = _boxes(text) if whole else None
    at = 0
    for part in _LINE.findall(whole):
        line = part.strip("\r\n")
        if box and (kept := line.strip()):
            first = at + line.find(kept[0])
            last = first + len(kept) - (2 if is_parted(kept) else 1)  # a hyphen may have the height of no letter
            found.append(Drawn(Line(kept, around(box(first), box(last))), first))
        at += len(part)
    lines = in_columns(found, box) if box else []
    page.close()  # and with it the text
    return lines


_RECT: Final = Struct("4f")


def _boxes(text: Any) -> Boxes:  # noqa: ANN401 - the same
    """Tells the box of a letter.

    These are most of the calls that a page takes, and what the library wraps them in takes longer than they do.
    """
    from pypdfium2 import PdfiumError
    from pypdfium2.raw import FS_RECTF, FPDFText_GetLooseCharBox

    handle, count, rect = text.raw, text.count_chars(), FS_RECTF()

    def box(place: int) -> Box:
        if place >= count:
            return NOWHERE
        if not FPDFText_GetLooseCharBox(handle, place, rect):
            raise PdfiumError("Failed to get charbox.")
        return _RECT.unpack(rect)

    return box


def _article(pages: Sequence[Sequence[Line]], about: About, asked: Asked) -> Article:
    usual = _usual_size(chain.from_iterable(pages))
    kept = without_margins(pages, usual * _LARGE)
    if asked.left:
        for number, (page, rest) in enumerate(zip(pages, kept, strict=True), 1):
            taken = {id(line) for line in rest}
            for line in page:
                if id(line) not in taken:
                    asked.left(line.text, {"page": number}, _MARGIN)
    hyphens = Hyphens(line.text for line in chain.from_iterable(kept))
    builder = Builder()
    before: Line | None = None
    for number, page in enumerate(kept, 1):
        width = max((line.right - line.left for line in page), default=0.0)
        on_page = _Usual(usual, _usual_gap(page), width)
        builder.label({"page": number})
        for place, line in enumerate(page):
            if before is None or _begins(before, line, on_page, first=place == 0):
                _end(builder, before)
                kinds = ["heading"] if usual and line.size > usual * _LARGE else []
                builder.begin(kinds, partial(dict, page=number))
            elif is_parted(before.text):
                builder.put(hyphens.between(before.text, line.text))
            else:
                builder.blank("\n")
            builder.write(line.text[:-1] if is_parted(line.text) else line.text)
            before = line
    _end(builder, before)
    return builder.article(about=about)


def _end(builder: Builder, last: Line | None) -> None:
    """Ends a paragraph with this line, the hyphen of which has not been written yet."""
    if last and is_parted(last.text):
        builder.put("-")


def _usual_size(lines: Iterable[Line]) -> float:
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


def _begins(before: Line, line: Line, usual: _Usual, *, first: bool) -> bool:
    """Whether a line begins a paragraph. The `first` of a page goes on with the one before if that is open."""
    if abs(before.size - line.size) > _UNLIKE * max(usual.size, 1.0):
        return True
    distance = before.top - line.top
    if first or (line.text[0].islower() and (distance < 0 or is_parted(before.text))):  # in the next column, or a word
        return _ends(before)
    if line.size > usual.size * _LARGE and 0 < distance <= _HEADLINE * line.size:
        return _ends(before)
    if usual.gap and (distance > usual.gap * _GAP or distance < 0):
        return True
    short = before.right - before.left < usual.width * _SHORT
    return (short or line.left - before.left > usual.size) and _ends(before)


def _ends(line: Line) -> bool:
    """Whether a line ends as a paragraph does."""
    return bool(_ENDS.search(line.text))


def _usual_gap(page: Sequence[Line]) -> float:
    """The least distance of two lines on the page, unless it is so large that no two belong together."""
    gaps = [(a.top - b.top, a.size) for a, b in pairwise(page) if a.top - b.top > _BESIDE * a.size > 0]
    gap, size = min(gaps, default=(0.0, 0.0))
    return gap if gap <= _WIDE * size else _CLOSE * size
