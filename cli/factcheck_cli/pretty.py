"""The format for people: each sentence with its level in the margin, and beneath it the cues that explain it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck import Finding, Sentence, Span
    from factcheck_cli.tally import Tally

_LEVELS = {
    "unverified": "1;31",
    "possible": "33",
    "probable": "33",
    "attributed": "36",
    "asserted": "",
    "established": "32",
    "no-claim": "2",
}
"""The levels as the summary lists them, each with its colour as an ANSI code."""

_DIM, _BOLD, _UNDERLINE = "2", "1", "4"
_MARGIN = 13  # columns: the longest level and two spaces
_NARROWEST = 20  # columns of text beside the margin, whatever the terminal
_LONGEST_CUE = 24  # columns; a cue that skips words can be a whole sentence
_BAR = 24  # columns of the longest bar
_NAMED = 6  # unnamed sources in the summary


@dataclass(frozen=True, slots=True)
class Style:
    """How to draw: columns of the terminal, and whether it shows colour."""

    width: int = 80
    color: bool = False

    @property
    def room(self) -> int:
        """Columns beside the margin."""
        return max(_NARROWEST, self.width - _MARGIN)

    def paint(self, text: str, code: str) -> str:
        """The text in a colour."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and code and text else text


def page(name: str, sentences: Sequence["Sentence"], style: Style) -> bytes:
    """The sentences of the document called `name`, a blank line between paragraphs."""
    blocks = [style.paint(_clean(name), _BOLD)]
    for _, paragraph in groupby(sentences, key=lambda s: s.paragraph):
        blocks.append("\n".join(_sentence(sentence, style) for sentence in paragraph))
    return ("\n\n".join(blocks) + "\n\n").encode() if sentences else b""


def summary(tally: "Tally", style: Style) -> bytes:
    """How many sentences there are at each level, and which sources nobody could ask."""
    if not tally.sentences:
        return b""
    what = _count(tally.sentences, "sentence")
    if tally.documents > 1:
        what += f" in {_count(tally.documents, 'document')}"
    lines = [style.paint(what, _BOLD), *_bars(tally.levels, style)]
    if tally.unnamed:
        lines += ["", *_wrapped("", f"Sources without a name: {_most(tally.unnamed)}", style.width, "  ")]
    return ("\n".join(lines) + "\n").encode()


def _sentence(sentence: "Sentence", style: Style) -> str:
    margin = style.paint(f"{sentence.level:<{_MARGIN}}", _LEVELS[sentence.level])
    text = _marked(sentence, style)
    lines = [(" " * _MARGIN if n else margin) + line for n, line in enumerate(text)]
    return "\n".join([*lines, *_reasons(sentence, style)])


def _marked(sentence: "Sentence", style: Style) -> list[str]:
    """The sentence wrapped beside the margin, its cues underlined where the terminal can."""
    cues = bytearray(len(sentence.text))
    for finding in sentence.findings:
        start, end = (max(0, at - sentence.span.start) for at in finding.span)
        cues[start:end] = b"\1" * (min(end, len(cues)) - min(start, len(cues)))
    lines = []
    for words in _lines(sentence.text, style.room):
        first, last = words[0].start, words[-1].end
        shown = [sentence.text[w.start : w.end] for w in words]
        lines.append(_underlined(first, last, cues, sentence.text, style))
    return lines
