"""The format for people: each sentence with its level in the margin, and beneath it the cues that explain it."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from factcheck.render import visible, width
from factcheck_cli.console import counted
from factcheck_cli.cues import cue, marked
from factcheck_cli.style import BOLD, DIM, UNDERLINE, Style, clean, hanging, lines

if TYPE_CHECKING:
    from factcheck import Finding, Sentence
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
"""The levels in the order of the summary, each with its colour."""

_MARGIN = 13  # columns: the longest level and two spaces
_LEAST_ROOM = 20  # columns of text beside the margin, however narrow the terminal
_LONGEST_CUE = 24  # columns; a cue that skips words can be a whole sentence
_BAR = 40  # columns of the bar of all sentences, where there is room
_BAR_FROM = 27  # columns of a row before its bar
_NAMED = 6  # unnamed sources that the summary names


def page(name: str, sentences: Sequence["Sentence"], style: Style, /) -> bytes:
    """The sentences of the document called `name`, a blank line between paragraphs."""
    if not sentences:
        return b""
    blocks = [style.paint(clean(name), BOLD)]
    for _, paragraph in groupby(sentences, key=lambda sentence: sentence.paragraph):
        blocks.append("\n".join(line for sentence in paragraph for line in _sentence(sentence, style)))
    return ("\n\n".join(blocks) + "\n\n").encode()


def end(tally: "Tally", style: Style, /) -> bytes:
    """How many sentences there are at each level, and which sources nobody could ask."""
    if not tally.sentences:
        return b""
    what = counted(tally.sentences, "sentence")
    if tally.documents > 1:
        what += f" in {tally.documents:,} documents"
    parts = [style.paint(what, BOLD), *_bars(tally.levels, style)]
    if tally.unnamed:
        parts += ["", *hanging("", f"Sources without a name: {_most(tally.unnamed)}", style.columns, 0)]
    return ("\n".join(parts) + "\n").encode()


def _sentence(sentence: "Sentence", style: Style) -> list[str]:
    """The lines of one sentence."""
    room = max(_LEAST_ROOM, style.columns - _MARGIN)
    cues = marked(sentence, sentence.findings)
    text = [_line(sentence.text, a, b, cues, style) for a, b in lines(sentence.text, room)] or [""]
    level = style.paint(sentence.level.ljust(_MARGIN), _LEVELS[sentence.level])
    return [(" " * _MARGIN if n else level) + line for n, line in enumerate(text)] + _reasons(sentence, room, style)


def _line(text: str, start: int, stop: int, cues: bytearray, style: Style) -> str:
    """The characters from `start` to `stop` on one line, cues underlined."""
    parts = []
    for is_cue, group in groupby(range(start, stop), key=cues.__getitem__):
        places = list(group)
        part = text[places[0] : places[-1] + 1]
        # One space for any run of white space; at the edge of a part it parts two words.
        squeezed = " ".join(part.split())
        shown = " " * part[0].isspace() + visible(squeezed) + " " * (part[-1].isspace() and bool(squeezed))
        parts.append(style.paint(shown, UNDERLINE if is_cue else ""))
    return "".join(parts)


def _reasons(sentence: "Sentence", room: int, style: Style) -> list[str]:
    """Why the sentence has its level: who vouches, then its cues, the one that decided before the others."""
    found = []
    if sentence.source:
        found.append(("source", f"{sentence.source.text} ({sentence.source.kind})"))
    decisive = [sentence.setting] if sentence.setting else []
    # A rule that finds the same words twice says so once.
    for words, rule, message in dict.fromkeys(map(_reason, [*decisive, *sentence.findings])):
        found.append((words, f"{rule} — {message}"))
    indent = max((width(head) for head, _ in found), default=0) + 2
    wrapped = [line for head, text in found for line in hanging(head, text, room - 2, indent)]
    return [" " * (_MARGIN + 2) + style.paint(line, DIM) for line in wrapped]


def _reason(finding: "Finding") -> tuple[str, str, str]:
    words = cue(finding.text)
    if width(words) > _LONGEST_CUE:
        (_, first), *_ = lines(words, _LONGEST_CUE - 2)
        words = words[:first] + " …"
    return words, finding.rule, finding.message


def _bars(levels: Counter[str], style: Style) -> list[str]:
    total, room = levels.total(), max(1, min(_BAR, style.columns - _BAR_FROM))
    rows = []
    for level, color in _LEVELS.items():
        count = levels[level]
        bar = "█" * max(int(count > 0), round(room * count / total))
        row = f"{level:<{_MARGIN}}{count:>6,} {count / total:>5.0%}"
        rows.append(f"{row}  {style.paint(bar, color)}" if bar else row)
    return rows


def _most(names: Counter[str]) -> str:
    """The most frequent of the names, and how many more there are."""
    shown = [f"{name} ({count:,})" if count > 1 else name for name, count in names.most_common(_NAMED)]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f", and {more:,} more" if more else "")
