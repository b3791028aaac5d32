"""Cues: the words of a finding as people are shown them, and where they stand in their sentence."""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from factcheck.render import visible, width
from factcheck_cli.style import BOLD, LEVELS, UNDERLINE, WORDS, Style, clean, cut, lines

if TYPE_CHECKING:
    from factcheck import Finding, Sentence

RUNS = re.compile(rb"\x00+|\x01+|\x02+")
"""Runs of characters that are marked alike."""

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
    text, faces = sentence.text, ("", UNDERLINE, f"{UNDERLINE};{LEVELS[sentence.level] or BOLD}")
    parts = [(_part(text[slice(*run.span())]), marks[run.start()]) for run in RUNS.finditer(marks, start, stop)]
    return "".join(style.paint(part, faces[mark]) for part, mark in parts), sum(width(part) for part, _ in parts)


def in_place(sentence: "Sentence", marks: bytearray, style: Style, indent: int) -> Iterator[str]:
    """The sentence, wrapped, its cues underlined: in colour as the pages are, else by a line of carets below."""
    text, margin = sentence.text, " " * indent
    for a, b in lines(text, max(20, style.columns - indent)):
        if style.color:
            yield margin + painted(sentence, a, b, marks, style)[0]
            continue
        yield margin + clean(text[a:b])
        carets = "".join(
            ("^" if marks[at] and not text[at].isspace() else " ") * width(visible(text[at]))
            for at in range(a, b)
            if not (text[at].isspace() and at > a and text[at - 1].isspace())
        ).rstrip()
        if carets:
            yield margin + carets


def _part(text: str) -> str:
    """A part of a line, white space as single spaces; at the edge of a part it parts two words."""
    inside = clean(text)
    return " " * text[0].isspace() + inside + " " * (text[-1].isspace() and bool(inside))


def _trimmed(text: str) -> tuple[int, int]:
    words = WORDS.search(text)
    return words.span() if words else (0, len(text))
