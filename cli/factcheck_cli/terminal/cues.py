"""Cues: the words of a finding as people are shown them, and where they stand in their sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck.render import visible, width
from factcheck_cli.terminal.style import BOLD, LEVELS, UNDERLINE, WORDS, Style, clean, cut, lines

if TYPE_CHECKING:
    from factcheck import Finding, Sentence

RUNS = re.compile(rb"\x00+|\x01+|\x02+")
"""Runs of characters that are marked alike."""

_WHOLE = 8  # lines of a text that is shown whole
_LONGEST = 40  # columns; a cue that skips words can be a whole sentence


def cue(text: str) -> str:
    """The words found, without the marks at their ends."""
    return clean(text[slice(*_trimmed(text))])


def quoted(text: str) -> str:
    """The cue in quotation marks, as much of it as is read at a glance."""
    return f"“{cut(cue(text), _LONGEST)}”"


def is_whole(sentence: "Sentence", finding: "Finding") -> bool:
    """Whether the finding is about all of the sentence, and no word of it more than the others."""
    return cue(finding.text) == cue(sentence.text)


def marked(sentence: "Sentence", findings: Iterable["Finding"], decisive: "Finding | None" = None) -> bytearray:
    """For each character of the sentence 1 where it belongs to a cue, 2 where to the decisive one, else 0."""
    marks = bytearray(len(sentence.text))
    for finding in sorted(findings, key=lambda one: one == decisive):
        at = finding.span.start - sentence.span.start
        first, stop = (min(max(0, at + edge), len(marks)) for edge in _trimmed(finding.text))
        marks[first:stop] = (b"\2" if finding == decisive else b"\1") * (stop - first)
    return marks


def painted(sentence: "Sentence", start: int, stop: int, marks: bytearray, style: Style) -> tuple[str, int]:
    """A line of the sentence, its characters from `start` to `stop`, with cues underlined; and the columns it takes."""
    return _painted(sentence.text, (start, stop), marks, LEVELS[sentence.level], style)


def in_place(sentence: "Sentence", marks: bytearray, style: Style, indent: int) -> Iterator[str]:
    """The sentence, wrapped, its cues underlined: in colour as the pages are, else by a line of carets below."""
    return in_text(sentence.text, marks, style, indent, LEVELS[sentence.level])


def in_text(text: str, marks: bytearray, style: Style, indent: int, color: str = "") -> Iterator[str]:
    """The text, wrapped, what is marked underlined in the same way; what is marked 2 is in the colour, or bold."""
    for a, b in lines(text, max(20, style.columns - indent)):
        yield from _line(text, (a, b), marks, color, style, indent)


def around(text: str, marks: bytearray, style: Style, indent: int) -> Iterator[str]:
    """The same; of a long text only the lines around what is marked."""
    margin, broken = " " * indent, lines(text, max(20, style.columns - indent))
    shown = _near([any(marks[a:b]) for a, b in broken]) if len(broken) > _WHOLE else list(range(len(broken)))
    for number, before in zip(shown, (-1, *shown), strict=False):
        if number > before + 1:
            yield margin + "…"
        yield from _line(text, broken[number], marks, "", style, indent)
    if shown[-1] < len(broken) - 1:
        yield margin + "…"


def _line(  # noqa: PLR0913, PLR0917 - as `in_text` has it
    text: str, part: tuple[int, int], marks: bytearray, color: str, style: Style, indent: int
) -> Iterator[str]:
    """A line of the text, and the line of carets below it."""
    margin, (a, b) = " " * indent, part
    if style.color:
        yield margin + _painted(text, part, marks, color, style)[0]
        return
    yield margin + clean(text[a:b])
    carets = "".join(
        ("^" if marks[at] and not text[at].isspace() else " ") * width(visible(text[at]))
        for at in range(a, b)
        if not (text[at].isspace() and at > a and text[at - 1].isspace())
    ).rstrip()
    if carets:
        yield margin + carets


def _near(marked: Sequence[bool]) -> list[int]:
    """The numbers of the lines that have a mark, and of those next to one."""
    return [number for number in range(len(marked)) if any(marked[max(0, number - 1) : number + 2])]


def _painted(text: str, part: tuple[int, int], marks: bytearray, color: str, style: Style) -> tuple[str, int]:
    faces = ("", UNDERLINE, f"{UNDERLINE};{color or BOLD}")
    parts = [(_part(text[slice(*run.span())]), marks[run.start()]) for run in RUNS.finditer(marks, *part)]
    return "".join(style.paint(text, faces[mark]) for text, mark in parts), sum(width(text) for text, _ in parts)


def _part(text: str) -> str:
    """A part of a line, white space as single spaces; at the edge of a part it parts two words."""
    inside = clean(text)
    return " " * text[0].isspace() + inside + " " * (text[-1].isspace() and bool(inside))


def _trimmed(text: str) -> tuple[int, int]:
    words = WORDS.search(text)
    return words.span() if words else (0, len(text))
