"""Explained sentences for people: the cues in place, what counted, what did not, what was silenced, who vouches."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from factcheck_cli.terminal.cues import cue, in_place, marked
from factcheck_cli.terminal.reason import decisive
from factcheck_cli.terminal.style import BOLD, DIM, LEVELS, Style, clean, hanging

if TYPE_CHECKING:
    from factcheck import Sentence
    from factcheck.document import Explanation, Silenced, Speaker, Weighed
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.quiet.hush import Hush

_INDENT = 4  # columns before the text
_LABEL = 13  # columns: the longest level or label and two spaces
_SILENCERS = {
    "except": "an `except`",
    "unless": "an `unless`",
    "when": "its `when`, which does not hold here",
    "longer": "a longer match",
    "later": "a later rule on the same words",
}


def account(text: "Text", explanations: Sequence["Explanation"], style: Style) -> str:
    """All of those of a text, a blank line between two."""
    return "\n".join("\n".join(_one(text.called, each, style, text.title)) + "\n" for each in explanations)


def heading(name: str, line: int, sentence: "Sentence", style: Style) -> str:
    """Where a sentence stands, and its level."""
    confidence = "" if sentence.confidence is None else f", confidence {sentence.confidence:.3f}"
    polarity = ", polarity negative" if sentence.polarity == "negative" else ""
    place = style.paint(f"{clean(name)}:{line}:", BOLD)
    return f"{place} {style.paint(sentence.level, _color(sentence.level))}{confidence}{polarity}"


def row(label: str, text: str, style: Style) -> Iterator[str]:
    """A label, and a text wrapped beside it."""
    first, *rest = hanging(f"  {label}", text, style.columns, _LABEL + 2)
    yield f"  {style.paint(label, _color(label))}{first[2 + len(label) :]}"
    yield from rest


def silencer(one: "Silenced") -> str:
    """What took a hit away, and where that is written."""
    by = f" on “{clean(one.by_text)}”" if one.by_text else ""
    rule = f" of {one.by_rule}" if one.silencer in ("longer", "later") else ""
    place = f" ({one.line})" if one.line else ""
    return f"{_SILENCERS[one.silencer]}{by}{rule}{place}"


def _one(name: str, one: "Explanation", style: Style, title: str) -> Iterator[str]:
    sentence = one.sentence
    yield heading(name, one.line, sentence, style)
    yield ""
    marks = marked(sentence, [weighed.finding for weighed in one.weighed], decisive(sentence))
    yield from in_place(sentence, marks, style, _INDENT)
    yield ""
    counting = [w for w in one.weighed if not w.fate]
    if one.quoted or not counting:
        yield from row(one.base, _base(one), style)
    for weighed in sorted(counting, key=lambda w: w.level != sentence.level):
        yield from row(weighed.level, _finding(weighed), style)
    for weighed in one.weighed:
        if weighed.fate:
            label = "note" if weighed.level == "note" else "no effect"
            yield from row(label, f"{_finding(weighed)} ({weighed.fate})", style)
    for silenced in one.silenced:
        yield from row("silenced", _hushed(silenced), style)
    if one.quiet:
        yield from _left(one.quiet, sentence, style)
    if sentence.source:
        where = f" in {title} {one.source_line}" if one.source_line != one.line else ""
        yield from row("source", _source(sentence.source) + where, style)
    for words, level in one.without:
        named = " and ".join(f"“{cue(word)}”" for word in dict.fromkeys(words))
        yield from row("without", f"{named} it would be {level}", style)
    raised = [f"{pack} {value:.2f}" for pack, value in sentence.signals.items() if value]
    if raised:
        yield from row("signals", ", ".join(raised), style)


def _left(left: "Hush", sentence: "Sentence", style: Style) -> Iterator[str]:
    """What is suppressed of a sentence, and what is left to report."""
    for note in left.suppressed:
        yield from row("suppressed", f"{', '.join(note.rules) or 'all rules'}: {note.told()}", style)
    if left.level != sentence.level:
        yield from row("reported", f"as {left.level}" if left.level else "not at all", style)


def _color(label: str) -> str:
    """The colour of a level; other labels, and levels without one, stand back."""
    return LEVELS.get(label) or DIM


def _base(one: "Explanation") -> str:
    if not one.quoted:
        return "no cue counts: the writer's own statement"
    source = one.sentence.source
    return f"a quotation of {clean(source.text)}" if source else "a quotation whose speaker was not found"


def _finding(weighed: "Weighed") -> str:
    found = weighed.finding
    level = f" {found.level}" if found.level not in (weighed.level, "note") else ""
    unnamed = f" (written{level}, but its source is unnamed)" if level and not weighed.fate else ""
    said = f"{clean(found.message)} {clean(found.suggest)}".rstrip()
    return f"“{cue(found.text)}” {found.rule}, weight {found.weight:g}{unnamed}: {said}"


def _hushed(one: "Silenced") -> str:
    return f"“{cue(one.text)}” {one.rule}: by {silencer(one)}"


def _source(source: "Speaker") -> str:
    text = f"{clean(source.text)} ({source.kind})"
    text += f", {clean(source.beside)}" if source.beside else ""
    return text + (f"; stands for {clean(source.refers)}" if source.refers else "")
