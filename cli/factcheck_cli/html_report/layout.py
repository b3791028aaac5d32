"""How a text of a format stands on its page: what holds its paragraphs, where pages begin, and who wrote it when."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING, Final

from factcheck_cli.html_report.markup import text
from factcheck_cli.inputs.readers.types import TYPES
from factcheck_cli.terminal.style import clean

if TYPE_CHECKING:
    from factcheck_cli.inputs.origin import Label
    from factcheck_cli.inputs.text import Text

HOLDERS: Final = {
    "mail": ('<blockquote class="mail">', "</blockquote>"),
    "caption": ('<div class="caption">', "</div>"),
    "code": ('<div class="code">', "</div>"),
}
"""What holds paragraphs of these kinds, the outermost first."""

_TURNS: Final = ("chapter", "page")
"""Labels of the source that are shown where they begin."""
_DATE: Final = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?(?!\d)")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_NEAR: Final = 600  # characters at the beginning of a text, where it may say itself who wrote it
_LINE: Final = 120  # characters of a line that does


class Layout:
    """Tells of a text that is written from its beginning to its end."""

    def __init__(self, source: "Text") -> None:
        origin = source.origin
        spans = {kind: [(a, b) for a, b, of in source.marks if of == kind] for kind in HOLDERS}
        self._held = {kind: _Spans(found) for kind, found in spans.items() if found}
        self._turns = list(_turns(origin.where.labels)) if origin else []
        self.pages = len({place["page"] for _, place in origin.where.labels if "page" in place}) if origin else 0
        self._turned = 0
        self.title = clean(origin.title) if origin else ""
        self.kind = _capital(TYPES[origin.type].title) if origin and origin.type in TYPES else ""
        self.told = [clean(one) for one in (origin.byline, origin.date) if one] if origin else []
        self.credits = _credits(origin.byline, origin.date, source.text[:_NEAR]) if origin else ()
        self.language = origin.language if origin and _LANGUAGE.fullmatch(origin.language) else ""

    def holders(self, at: int) -> tuple[str, ...]:
        """The kinds of what holds the paragraph that begins there, the outermost first."""
        return tuple(kind for kind, spans in self._held.items() if spans.hold(at))

    def turns(self, end: int) -> list[tuple[int, str]]:
        """Where pages and chapters begin before `end`, of those that have not been asked for yet, and their marks."""
        left = self._turns[self._turned :] if self._turned < len(self._turns) else []
        found = list(takewhile(lambda turn: turn[0] < end, left))
        self._turned += len(found)
        return [(at, f'<span class="turn">{text(said)}</span>') for at, said in found]

    def byline(self) -> str:
        """Who wrote it and when, as far as the source says so and the text's beginning does not."""
        if not self.credits:
            return ""
        return f'<p class="by">{" <i>·</i> ".join(self.credits)}</p>'


class _Spans:
    """Spans that may lie within one another."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._ends = list(accumulate((end for _, end in ordered), max))

    def hold(self, at: int) -> bool:
        number = bisect_right(self._starts, at) - 1
        return number >= 0 and self._ends[number] > at


def _turns(labels: "Iterable[Label]") -> Iterator[tuple[int, str]]:
    """Where pages and chapters begin, but for a first one at the text's beginning, which goes without saying."""
    before: tuple[str, object] | None = None
    for at, place in labels:
        title = next((one for one in _TURNS if one in place), "")
        now = (title, place.get(title))
        if title and now != before:
            if at or place[title] != 1:
                yield at, f"{title.title()} {place[title]}"
            before = now


def _credits(byline: str, when: str, beginning: str) -> tuple[str, ...]:
    """The byline and the date as HTML."""
    found = []
    lines = [line.lower() for line in beginning.split("\n") if len(line) <= _LINE]
    if byline and not any(byline.lower() in line for line in lines):
        by = "" if byline.lower().startswith("by ") else "By "
        found.append(f"{by}<bdi>{text(clean(byline))}</bdi>")
    if when and not any(when.lower() in line for line in lines):
        found.append(_dated(when))
    return tuple(found)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _dated(when: str) -> str:
    """A date as readers write it, where it is one as machines or letters do."""
    from email.utils import parsedate

    parts, letter = _DATE.match(when), parsedate(when)
    numbers = [int(one) for one in parts.groups("1")] if parts else list(letter[:3]) if letter else []
    try:
        day = date(*numbers) if numbers else None
    except ValueError:
        day = None
    if not day:
        return f"<span>{text(clean(when))}</span>"
    exact = not parts or parts[3]
    machine = day.isoformat() if exact else day.isoformat()[:7]
    written = f"{day.day} {day:%B} {day.year}" if exact else f"{day:%B} {day.year}"
    return f'<time datetime="{machine}" title="{text(clean(when))}">{written}</time>'
