"""The format for people: each sentence with its level in the margin, its cues underlined, and the reason beside it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from factcheck.render import width
from factcheck_cli.formats.summary import short_bar, summary, weak_row
from factcheck_cli.tally import WEAK, numbers, weakest
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.cues import is_whole, marked, painted
from factcheck_cli.terminal.reason import account, asked, decisive, reason, rests_on_source, voice
from factcheck_cli.terminal.style import BOLD, DIM, LEVELS, REVERSE, Style, clean, lines

if TYPE_CHECKING:
    from factcheck import Document, Finding, Sentence
    from factcheck_cli.quiet.hush import Hush
    from factcheck_cli.tally import Tally

SUPPRESSED = True
"""What is suppressed can be told as such."""
SUMMED = True
"""The summary needs all that a tally counts."""

MANY = 4
"""Documents from which on each has a row instead of a page, unless all is wanted."""

_LONG = 60  # sentences of a page; beyond, those that somebody stands behind are counted and not shown
_GAP = 3  # sentences that are worth leaving out
_LEVEL = 12  # columns: the longest level and a space
_MARGIN = _LEVEL + 2  # columns: the level, its colour, and a space
_STACKED = 50  # columns below which the level stands above its sentence
_WIDE = 110  # columns from which on the reason stands beside its sentence
_TEXT = 90  # columns of a line that is read with ease
_REASON = 70
_INDENT = 2  # columns before a reason that stands below its sentence
_SLIT = 3  # columns between a sentence and its reason
_LEAST = 20  # columns of text, however narrow the terminal
_WEAKEST = 2  # sentences below the row of a document
_NAME = 60  # columns of a document's name in its row, where there is room
_COUNT = 38  # columns of what stands behind it


def page(document: "Document", sentences: Sequence["Sentence"], style: Style, /) -> bytes:
    """These sentences of the document, a blank line between paragraphs; of one document of many only a row."""
    if not sentences:
        return b""
    if style.brief:
        return ("\n".join(_row(document, sentences, style)) + "\n").encode()
    blocks = [style.paint(clean(document.name), BOLD)]
    short = not style.full and len(sentences) > _LONG
    told = _Told(document, style)
    for is_shown, run in groupby(sentences, key=lambda sentence: not short or _is_worth_reading(sentence, style)):
        group = list(run)
        if is_shown or len(group) < _GAP:
            for _, paragraph in groupby(group, key=lambda sentence: sentence.paragraph):
                blocks.append("\n".join(line for one in paragraph for line in _sentence(one, told.of(one), style)))
        else:
            blocks.append(style.paint(_left_out(group, style), DIM))
    return ("\n\n".join(blocks) + "\n\n").encode()


def end(tally: "Tally", style: Style, /) -> bytes:
    """The summary of all documents."""
    gap = "\n" if style.brief else ""
    return (gap + "".join(f"{line}\n" for line in summary(tally, style))).encode() if tally.sentences else b""


class _Told:
    """What is said of each sentence of a page. Who says several sentences of a paragraph is named at the first."""

    def __init__(self, document: "Document", style: Style) -> None:
        self._full, self._place = style.full, numbers(document)
        self._packs = style.packs
        self._quiet: Mapping[int, Hush] = (document.quiet or {}) if style.suppressed else {}
        self._last = (-1, "")

    def of(self, sentence: "Sentence") -> list[str]:
        """The reasons, one line of any length each, and what of it is suppressed and why."""
        left = self._quiet.get(sentence.index)
        return [*self._reasons(sentence), *(f"Suppressed: {note.told()}" for note in (left.suppressed if left else ()))]

    def _reasons(self, sentence: "Sentence") -> list[str]:
        if self._full:
            confidence = "" if sentence.confidence is None else f", confidence {sentence.confidence:.3f}"
            title, number = self._place(sentence.span.start)
            return [f"{title.capitalize()} {number:,}{confidence}", *account(sentence)]
        last, self._last = self._last, (sentence.paragraph, voice(sentence.source) if sentence.source else "")
        said = "" if last == self._last and rests_on_source(sentence) else reason(sentence, self._packs)
        return [*([said] if said else []), *asked(sentence, self._packs)]


def _sentence(sentence: "Sentence", reasons: list[str], style: Style) -> Iterator[str]:
    """The lines of one sentence: its level, its words, and the reasons below or, in a wide terminal, beside them."""
    color = LEVELS[sentence.level]
    stacked = style.columns < _STACKED
    level = style.paint(sentence.level.ljust(0 if stacked else _LEVEL), color or DIM)
    face = color if sentence.level in WEAK else DIM
    # A blank in colour: the eye sees an edge, a screen reader and a message that it is pasted into have nothing.
    edge = (style.paint(" ", f"{REVERSE};{color}") if color else " ") + " "
    margin = " " * _LEVEL
    if stacked:
        yield level
        level = margin = ""
    room = max(_LEAST, style.columns - len(margin) - 2)
    beside = style.columns >= _WIDE
    text_room = min(_TEXT, room * 3 // 5) if beside else room
    text = list(_text(sentence, text_room, style)) or [("", 0)]
    reason_room = min(_REASON, room - text_room - _SLIT) if beside else room - _INDENT
    said = [clean(one[a:b]) for one in reasons for a, b in lines(one, reason_room)]
    for number in range(max(len(text), len(said)) if beside else len(text)):
        line, columns = text[number] if number < len(text) else ("", 0)
        if beside and number < len(said):
            line += " " * (text_room + _SLIT - columns) + style.paint(said[number], face)
        yield (margin if number else level) + edge + line
    if not beside:
        yield from (f"{margin}{edge}{' ' * _INDENT}{style.paint(line, face)}" for line in said)


def _text(sentence: "Sentence", room: int, style: Style) -> Iterator[tuple[str, int]]:
    """The lines of the sentence, cues underlined, and the columns that each takes."""
    findings = [one for one in sentence.findings if style.full or _is_marked(sentence, one, style)]
    marks = marked(sentence, findings, decisive(sentence))
    for start, stop in lines(sentence.text, room):
        yield painted(sentence, start, stop, marks, style)


def _is_worth_reading(sentence: "Sentence", style: Style) -> bool:
    """Whether a long page shows the sentence, for its level or for what packs that were asked for find in it."""
    return sentence.level in WEAK or any(asked(sentence, style.packs))


def _is_marked(sentence: "Sentence", finding: "Finding", style: Style) -> bool:
    """Whether the finding is about some words of the sentence that a short page tells of."""
    told = finding.level != "note" or finding.rule.partition("/")[0] in style.packs
    return told and not is_whole(sentence, finding)


def _left_out(sentences: Sequence["Sentence"], style: Style) -> str:
    """What stands in the place of sentences that are not shown."""
    found = Counter(sentence.level for sentence in sentences)
    levels = ", ".join(f"{found[level]:,} {level}" for level in LEVELS if found[level])
    indent = "" if style.columns < _STACKED else " " * _MARGIN
    return f"{indent}({counted(len(sentences), 'sentence')}: {levels})"


def _row(document: "Document", sentences: Sequence["Sentence"], style: Style) -> Iterator[str]:
    """One line for the document, with the share of each level, and the weakest of the sentences shown."""
    name, levels = clean(document.name), Counter(sentence.level for sentence in document.sentences)
    count = f"{levels['unverified']:>5,} unverified of {levels.total():<5,}  {short_bar(levels, style)}"
    room = min(_NAME, style.columns - _COUNT)
    if width(name) > room:
        yield style.paint(name, BOLD)
        name = ""
    yield style.paint(name, BOLD) + " " * (room - width(name)) + count
    reported = {one.index for one in document.sentences}
    weak = weakest(document, [one for one in sentences if one.index in reported], _WEAKEST)
    yield from (weak_row(one, style) for one in weak)
