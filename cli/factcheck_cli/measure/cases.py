"""Labelled sentences that are called something else, in context: their cues marked, and which rules said it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from factcheck.evaluate.gold import SOURCE, Kind
from factcheck.render import width
from factcheck_cli.measure.figures import heading
from factcheck_cli.terminal.cues import in_place, marked, quoted
from factcheck_cli.terminal.style import DIM, Style, clean, cut, hanging

if TYPE_CHECKING:
    from factcheck.evaluate.case import Case
    from factcheck.evaluate.comparison import Comparison, Flip
    from factcheck.evaluate.evaluation import Evaluation
    from factcheck.evaluate.trial import Hit

_INDENT: Final = 4  # columns before a sentence
_GAP: Final = 2  # columns before its name, and behind it
_WITH_CONTEXT: Final = frozenset({Kind.LEVEL, Kind.ATTRIBUTION})
"""Kinds of sets in which the sentence before may decide."""

_SURER: Final = {
    Kind.LEVEL: ("Worst of those taken for less sure", "Worst of those taken for surer"),
    Kind.CERTAINTY: ("Farthest below people's order", "Farthest above people's order"),
}
_PLAIN: Final = ("Worst false alarms", "Worst misses")


def worst(one: "Evaluation", most: int, style: Style) -> Iterator[Iterator[str]]:
    """Blocks: false alarms, misses, and wrong sources, as many of each."""
    alarms, misses = _SURER.get(one.kind, _PLAIN)
    for head, found in ((alarms, one.false_alarms), (misses, one.misses), ("Other sources", one.wrong_sources)):
        if found and most:
            yield _block(head, found[:most], len(found), one, style)


def _block(head: str, found: "Sequence[Case]", number: int, one: "Evaluation", style: Style) -> Iterator[str]:
    yield from heading(head, _of(len(found), number), style)
    for case in found:
        yield ""
        yield from _case(case, one.kind, style)


def _of(few: int, number: int) -> str:
    return f"({few:,} of {number:,}; --worst shows more)" if few < number else f"({number:,})"


def _case(case: "Case", kind: Kind, style: Style) -> Iterator[str]:
    yield from _head(case, f"{_label(case)}, {_called(case)}", style)
    if case.pair.before and kind in _WITH_CONTEXT:
        yield " " * _INDENT + style.paint(cut(f"… {case.pair.before}", max(20, style.columns - _INDENT)), DIM)
    marks = marked(case.pair.sentence, [hit.finding for hit in case.hits])
    for cue in () if case.hits else case.pair.gold.marks:
        start, end = case.pair.place(cue)
        marks[start:end] = b"\1" * (end - start)
    yield from in_place(case.pair.sentence, marks, style, _INDENT)
    for hit in case.hits:
        yield from _row(_said(hit), style)
    if told := _marked(case):
        yield from _row(told, style)
    if told := _sources(case, kind):
        yield from _row(told, style)


def _head(case: "Case", text: str, style: Style) -> Iterator[str]:
    """The name of a sentence, and what is said of it behind or, where there is no room, below."""
    name = clean(case.pair.gold.id)
    if 2 * _GAP + width(name) + width(text) <= style.columns:
        yield f"  {style.paint(name, DIM)}  {text}"
    else:
        yield f"  {style.paint(name, DIM)}"
        yield from _row(text, style)


def _label(case: "Case") -> str:
    return f"labelled {case.label if isinstance(case.label, str) else f'{case.label:g}'}"


def _called(case: "Case") -> str:
    """The level, and what the signal says."""
    level = case.pair.sentence.level
    return f"called {level}" if case.signal is None else f"signal {case.signal:.2f} ({level})"


def _said(hit: "Hit") -> str:
    return f"{quoted(hit.finding.text)} {hit.finding.rule}, weight {hit.weight:.2f}"


def _marked(case: "Case") -> str:
    """The words that people have marked."""
    text = case.pair.gold.text
    words = [quoted(text[cue.start : cue.end]) for cue in case.pair.gold.marks]
    return f"people marked {', '.join(dict.fromkeys(words))}" if words else ""


def _sources(case: "Case", kind: Kind) -> str:
    """The source that is named, and those that people have marked."""
    if kind is not Kind.ATTRIBUTION:
        return ""
    people, said = _people(case), case.pair.sentence.source
    if not people and not said:
        return ""
    return f"source {quoted(said.text) if said else 'none'}, people have {people or 'none'}"


def _people(case: "Case") -> str:
    """The sources that people have marked."""
    text = case.pair.gold.text
    found = (quoted(text[cue.start : cue.end]) for cue in case.pair.gold.cues if cue.type == SOURCE)
    return ", ".join(dict.fromkeys(found))


def _row(text: str, style: Style) -> list[str]:
    """A remark below a sentence."""
    return hanging("", text, style.columns, _INDENT)


# Two rule sets -------------------------------------------------------------------------------------------------------


def changes(one: "Comparison", most: int, style: Style) -> Iterator[Iterator[str]]:
    """Blocks: sentences that change for better, and for worse."""
    for head, found in (("Better", one.better), ("Worse", one.worse)):
        if found and most:
            yield _changed(head, found[:most], len(found), style)


def _changed(head: str, found: "Sequence[Flip]", number: int, style: Style) -> Iterator[str]:
    yield from heading(head, _of(len(found), number), style)
    for change in found:
        yield ""
        yield from _change(change, style)


def _change(change: "Flip", style: Style) -> Iterator[str]:
    now, against = change.now, change.against
    yield from _head(now, f"{_label(now)}, {_called(against)}, now {_called(now)}", style)
    sentence = now.pair.sentence
    marks = marked(sentence, [hit.finding for hit in (*against.hits, *now.hits)])
    yield from in_place(sentence, marks, style, _INDENT)
    gone, new = _without(against.hits, now.hits), _without(now.hits, against.hits)
    for what, hits in (("no more", gone), ("new", new)):
        for hit in hits:
            yield from _row(f"{what}: {_said(hit)}", style)
    before, after = (one.pair.sentence.source for one in (against, now))
    if (people := _people(now)) and before != after:
        named = [quoted(one.text) if one else "none" for one in (before, after)]
        yield from _row(f"source {named[0]}, now {named[1]}; people have {people}", style)


def _without(some: "Sequence[Hit]", others: "Sequence[Hit]") -> "list[Hit]":
    """Those that the others do not have; weights count, too."""
    known = {(one.finding.rule, one.finding.span, one.weight) for one in others}
    return [one for one in some if (one.finding.rule, one.finding.span, one.weight) not in known]
