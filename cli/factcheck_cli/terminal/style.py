"""How people's formats are drawn: the width, the colours, and text wrapped into it."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from factcheck.render import visible, width
from factcheck_cli.terminal.console import colored

if TYPE_CHECKING:
    from factcheck_cli.options import Color

BOLD, DIM, UNDERLINE, REVERSE = "1", "2", "4", "7"

LEVELS = {
    "unverified": "31",
    "possible": "35",
    "probable": "33",
    "attributed": "36",
    "asserted": "",
    "established": "32",
    "no-claim": "",
}
"""The levels, the weakest first, and their colours: those of the terminal's own eight that show on light and dark."""

_UNSEEN = {ord(char): None for char in "\u00ad\u200b\u2060\ufeff"}
_JOINERS = re.compile("([\u200c\u200d])")

WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)
"""A cue without the marks at its ends."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Style:
    """How to draw: columns there are, whether colour is shown, and how much: `full` all, `brief` a row a document.

    What one of the `packs` finds is shown in any case: somebody asked for them. `at_most` is the level that sentences
    are wanted up to, if one is named, `severities` those of levels, packs and rules that have others than their own;
    `suppressed` says that what is suppressed is shown, too. `signals` are those that have a column, where rules of some
    texts have other ones. `terminal` says that people look at it on one.
    """

    columns: int = 80
    color: bool = False
    full: bool = False
    brief: bool = False
    packs: tuple[str, ...] = ()
    at_most: str = ""
    severities: tuple[tuple[str, str], ...] = ()
    suppressed: bool = False
    signals: tuple[str, ...] = ()
    terminal: bool = False

    def paint(self, text: str, code: str) -> str:
        """The text in an ANSI colour or face, such as `1;31`."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code and text else text


def style_for(stream: TextIO, color: "Color") -> Style:
    """How pages are drawn that go to the stream: as wide as a terminal, elsewhere always the same."""
    return Style(columns=shutil.get_terminal_size().columns if stream.isatty() else 80, color=colored(stream, color))


def clean(text: str) -> str:
    """The text on one line: white space as single spaces, control characters as visible signs.

    What has no width and no effect is left out (soft hyphens, marks of byte order); joiners stay, for words of some
    languages and some emoji are not the same without.
    """
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return "".join(part if _JOINERS.match(part) else visible(part) for part in _JOINERS.split(text.translate(_UNSEEN)))


def cut(text: str, room: int) -> str:
    """The beginning of the text, on one line of at most `room` columns, with an ellipsis where more follows."""
    if len(text) <= room and text.isascii() and text.isprintable():  # most are, and need no measuring
        return clean(text)
    spans = lines(text, room)
    if len(spans) > 1:
        (start, stop), *_ = lines(text, max(1, room - 2))
        return clean(text[start:stop]) + " …"
    return clean(text)


def lines(text: str, room: int) -> list[tuple[int, int]]:
    """Where to break the text: start and end of each line of at most `room` columns. Longer words are cut."""
    found: list[tuple[int, int]] = []
    first = last = used = 0
    for start, end, columns in _pieces(text, room):
        gap = int(start > last)
        # `last` and not `used` tells whether the line has something on it: a combining mark takes no column.
        if last and used + gap + columns <= room:
            used += gap + columns
        else:
            if last:
                found.append((first, last))
            first, used = start, columns
        last = end
    return [*found, (first, last)] if last else found


def _pieces(text: str, room: int) -> Iterator[tuple[int, int, int]]:
    """The words, start, end and columns of each; of words wider than the room, pieces that fit."""
    for word in _WORD.finditer(text):
        start, end = word.span()
        columns = width(word[0])
        if columns <= room:
            yield start, end, columns
            continue
        used = 0
        for at in range(start, end):
            step = width(text[at])
            if used and used + step > room:
                yield start, at, used
                start, used = at, 0
            used += step
        yield start, end, used


def hanging(head: str, text: str, columns: int, indent: int) -> list[str]:
    """`head` and the text after it, wrapped, with all lines but the first indented."""
    room = max(20, columns - indent)
    broken = [clean(text[a:b]) for a, b in lines(text, room)]
    return [(head if n == 0 else "").ljust(indent) + line for n, line in enumerate(broken)]
