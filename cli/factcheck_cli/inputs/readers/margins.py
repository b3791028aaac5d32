"""What stands at the top and the foot of pages and is none of the article: running heads, page numbers, prints' notes.

It is told by where it stands on the page; the order in which a file draws its lines says nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from factcheck_cli.inputs.readers.pdf_line import Line

_NUMBER: Final = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_NUMBERED: Final = {
    re.compile(r"(?P<number>\d{1,4})\b(?P<text>\D.*)"): False,
    re.compile(r"(?P<text>.*?\D)(?P<number>\d{1,4})(?:\s*(?:/|of)\s*\d{1,4})?\W*"): True,
}
"""Lines that begin or end with a number, and whether others may be the same with another text."""
_Key = tuple[str, int, int | None]
"""What lines of pages have in common: a text, a height, and by how much a number is above that of the page."""
_PRINTED: Final = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d(?:\s?[AP]M)?(?: .*)?")
_ADDRESS: Final = re.compile(r"(?:https?|file)://\S+(?: ?\d+/\d+)?")
"""What browsers print at the top and the foot."""
_SENTENCE: Final = re.compile(r"[.!?][\"'”’)\]]*$")
_EDGE: Final = 3  # lines at the top and as many at the foot that may be none of the article
_FEW, _MANY = 2, 3  # pages that have the same line: of a short document, and of any
_SHORT: Final = 4  # pages of a short document
_APART: Final = 1.8  # heights of a line between it and the next one, where it is set apart from the text


def without_margins(pages: Sequence[Sequence[Line]], large: float) -> list[list[Line]]:
    """The lines of the article, page by page; lines of `large` letters are headings, though a number ends them."""
    furniture = _repeated(pages, large)
    if len(pages) > 1:
        furniture |= {id(line) for page in pages for line in _outer(page) if _NUMBER.fullmatch(line.text)}
    furniture |= {id(line) for page in pages for line in _print(page)}
    kept = [[line for line in page if id(line) not in furniture] for page in pages]
    return kept if any(kept) else [list(page) for page in pages]  # else the pages are one and the same


def _down(page: Sequence[Line]) -> list[Line]:
    return sorted(page, key=lambda line: -line.top)


def _outer(page: Sequence[Line]) -> list[Line]:
    """The uppermost line and the lowest."""
    return [max(page, key=lambda line: line.top), min(page, key=lambda line: line.top)] if page else []


def _repeated(pages: Sequence[Sequence[Line]], large: float) -> set[int]:
    """Lines that stand at the same place of so many pages, with the same text but for the number of the page."""
    if len(pages) < _FEW:
        return set()
    found: dict[_Key, list[int]] = defaultdict(list)
    for number, page in enumerate(pages):
        for line in _edges(page):
            found[line.text, round(line.top), None].append(id(line))
        for line in _set_apart(page):
            if line.size <= large:
                for key in _numbered(line, number):
                    found[key].append(id(line))
    least = _FEW if len(pages) <= _SHORT else _MANY
    return {one for key, same in found.items() if len(same) >= (least if key[0] else _MANY) for one in same}


def _edges(page: Sequence[Line]) -> list[Line]:
    """The first lines and the last ones from above, each once."""
    down = _down(page)
    return down if len(down) <= 2 * _EDGE else down[:_EDGE] + down[-_EDGE:]


def _set_apart(page: Sequence[Line]) -> Iterator[Line]:
    """The outermost lines, as far as there is a gap between them and the text."""
    down = _down(page)
    if len(down) > 1:
        if down[0].top - down[1].top > _APART * down[0].size:
            yield down[0]
        if down[-2].top - down[-1].top > _APART * down[-1].size:
            yield down[-1]


def _numbered(line: Line, page: int) -> Iterator[_Key]:
    """The line but for its number, which may count the pages; heads of chapters may have all but that in common."""
    if not _SENTENCE.search(line.text):
        for form, any_text in _NUMBERED.items():
            if found := form.fullmatch(line.text):
                key = round(line.top), int(found["number"]) - page
                yield found["text"], *key
                if any_text:
                    yield "", *key


def _print(page: Sequence[Line]) -> list[Line]:
    """The head and the foot that a browser prints, if the page has both; perhaps the head is two lines."""
    if len(page) <= 1:
        return []
    top, foot = _outer(page)
    if not (_PRINTED.fullmatch(top.text) and _ADDRESS.match(foot.text)):
        return []
    beside = (round(top.bottom), round(foot.bottom))
    return [line for line in page if round(line.bottom) in beside]
