"""What `factcheck eval` shows people of a set: a summary in plain words, figures, tables, and the worst errors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from factcheck.evaluate.gold import ATTRIBUTED, UNCERTAIN, Kind
from factcheck_cli.loaded import Choice
from factcheck_cli.measure.cases import changes, worst
from factcheck_cli.measure.figures import (
    NAMES,
    between,
    confusion,
    differences,
    figures,
    heading,
    levels,
    packs,
    reliability,
    rules,
    shown,
)
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import Style, clean, lines
from factcheck_cli.terminal.table import Column, table

if TYPE_CHECKING:
    from factcheck.evaluate.comparison import Comparison
    from factcheck.evaluate.evaluation import Evaluation
    from factcheck.evaluate.trials import Measure

MAIN: Final = {
    Kind.SIGNAL: "f1",
    Kind.SENSE: "f1",
    Kind.ATTRIBUTION: "f1",
    Kind.LEVEL: "accuracy",
    Kind.CERTAINTY: "spearman",
}
"""The figure of each kind of set that is told first."""

_KINDS: Final = {
    Kind.SIGNAL: "uncertain or certain",
    Kind.SENSE: "senses of a word",
    Kind.ATTRIBUTION: "attributed or none",
    Kind.LEVEL: "levels",
    Kind.CERTAINTY: "numbers",
}
_PLAIN: Final = Choice().told((), builtin=True)
_WIDE: Final = 90  # columns of a line that is read with ease
_CHANCE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Shown:
    """Which tables are shown, whether of all rules, how many of the worst errors, and what the rule sets are called."""

    per: tuple[str, ...]
    every_rule: bool
    worst: int
    now: str
    against: str


def overview(found: "Sequence[Evaluation]", style: Style) -> str:
    """The sets below one another."""
    measures = [one.measures[MAIN[one.kind]] for one in found]
    columns = [
        Column("set", [one.name for one in found]),
        Column("labels", [_KINDS[one.kind] for one in found], 2, left=True),
        Column("sentences", [f"{one.sentences:,}" for one in found]),
        Column("figure", [NAMES[MAIN[one.kind]] for one in found], left=True),
        Column("", [shown(one.value) for one in measures]),
        Column("95 %", [between(one.low, one.high) for one in measures], 1),
    ]
    return "\n".join(table(columns, style)) + "\n"


def page(one: "Evaluation", compared: "Comparison | None", wanted: Shown, style: Style) -> str:
    """All that is shown of a set."""
    blocks: list[Iterator[str]] = [
        _head(one, "" if compared else wanted.now, style),
        _wrapped(_summary(one), style),
        figures(one, style),
    ]
    if compared:
        blocks += [_compared(compared, wanted, style), differences(compared, style)]
        blocks += changes(compared, wanted.worst, style)
    if "pack" in wanted.per:
        blocks.append(packs(one, style))
    if "rule" in wanted.per:
        blocks.append(rules(one, style, every=wanted.every_rule))
    if "level" in wanted.per:
        blocks.append(levels(one, style))
    blocks += [reliability(one, style), confusion(one, style), *worst(one, wanted.worst, style)]
    texts = ["\n".join(block) for block in blocks]
    return "\n\n".join(text for text in texts if text) + "\n"


def _head(one: "Evaluation", rules: str, style: Style) -> Iterator[str]:
    """The set, what is not measured of it, and the rules if they are others than one would think."""
    labels = ", ".join(f"{number:,} {label}" for label, number in sorted(one.labels.items(), key=lambda own: -own[1]))
    sentences = f"{counted(one.sentences, 'sentence')} in {counted(one.documents, 'document')}"
    yield from heading(clean(one.name), f"({sentences}{f': {labels}' if labels else ''})", style)
    if one.left_out:
        left = ", ".join(f"{number:,} {what}" for what, number in one.left_out.items())
        yield from _wrapped([f"Not measured: {left}."], style)
    if rules and rules != _PLAIN:
        yield from _wrapped([f"Rules: {clean(rules)}."], style)


def _wrapped(paragraphs: Iterator[str] | list[str], style: Style) -> Iterator[str]:
    for text in paragraphs:
        yield from (text[a:b] for a, b in lines(text, max(20, min(style.columns, _WIDE))))


# In plain words ------------------------------------------------------------------------------------------------------


def _summary(one: "Evaluation") -> Iterator[str]:
    """What the figures say, a sentence a line."""
    if one.kind is Kind.LEVEL:
        yield from _of_levels(one)
    elif one.kind is Kind.CERTAINTY:
        yield from _of_certainty(one)
    else:
        yield from _of_signals(one)
    main = one.measures[MAIN[one.kind]]
    if one.documents == 1:
        yield "All sentences are of one document: whether others are like it cannot be told."
    elif main.low is not None and main.high is not None:
        many = counted(one.sentences, "such sentence")
        yield f"In brackets: what 95 of 100 other sets of {many} would give."


def _of_signals(one: "Evaluation") -> Iterator[str]:
    assert one.confusion  # noqa: S101 - two labels always have one
    (tp, fn), (fp, _) = one.confusion.counts
    label = ATTRIBUTED if one.kind is Kind.ATTRIBUTION else UNCERTAIN
    noun = "word" if one.kind is Kind.SENSE else "sentence"
    signal, found = " or ".join(one.signals), one.measures
    if tp + fp:
        verb = "is" if tp == 1 else "are"
        yield (
            f"Of {counted(tp + fp, noun)} that {signal} marks, {tp:,} {verb} labelled {label}: "
            f"precision {_percent(found['precision'])}."
        )
    else:
        yield f"No {noun} is marked by {signal}."
    if tp + fn:
        verb = "is" if tp == 1 else "are"
        yield (
            f"Of {counted(tp + fn, noun)} labelled {label}, {tp:,} {verb} marked: recall {_percent(found['recall'])}. "
            f"Both in one, F1: {_percent(found['f1'])}."
        )
    else:
        yield f"No {noun} is labelled {label}."
    off = found["ece_fired"].value
    if off is not None:
        points = counted(round(100 * off), "point")
        yield f"Where {signal} says anything, its probability is off by {points} on average."
    if "source_f1" in found and found["source_f1"].value is not None:
        yield f"The right source is named for {_percent(found['source_f1'])} of those with a labelled one."


def _of_levels(one: "Evaluation") -> Iterator[str]:
    right = one.sentences - len(one.false_alarms) - len(one.misses)
    yield (
        f"Of {counted(one.sentences, 'sentence')}, {right:,} {'gets' if right == 1 else 'get'} the level they are "
        f"labelled with: accuracy {_percent(one.measures['accuracy'])}."
    )
    less, surer = len(one.false_alarms), len(one.misses)
    if less:
        yield f"Taken for less sure than labelled, or for a claim where there is none: {less:,}."
    if surer:
        yield f"Taken for surer than labelled, or for no claim: {surer:,}."
    kappa = one.measures["weighted_kappa"]
    yield f"Agreement beyond chance, far misses counting more: kappa {shown(kappa.value)}."


def _of_certainty(one: "Evaluation") -> Iterator[str]:
    found = one.measures["spearman"]
    reach = "" if found.low is None else f" ({between(found.low, found.high)})"
    yield f"Rank correlation of confidence with people's numbers: {shown(found.value)}{reach}."
    yield "1 would be the same order, 0 none."
    claims = next((row.figures["sentences"] for row in one.levels if row.name == "no-claim"), 0)
    if claims:
        yield f"{counted(int(claims), 'sentence')} called no claim, which has no confidence, left out of it."


def _percent(measure: "Measure") -> str:
    """A share, and in brackets where it may lie."""
    if measure.value is None:
        return "–"
    if measure.low is None or measure.high is None:
        return f"{measure.value:.0%}"
    return f"{measure.value:.0%} ({100 * measure.low:.0f}–{100 * measure.high:.0f})"


def _compared(one: "Comparison", wanted: Shown, style: Style) -> Iterator[str]:
    """What changes, and whether that may be chance."""
    yield from heading("Against", f"{wanted.against}; now {wanted.now}", style)
    better, worse = len(one.better), len(one.worse)
    if not (better or worse or one.otherwise):
        yield from _wrapped(["Nothing changes."], style)
        return
    also = f", {one.otherwise:,} otherwise" if one.otherwise else ""
    changed = counted(better + worse + one.otherwise, "sentence")
    text = f"{changed} changed: {better:,} for better, {worse:,} for worse{also}."
    if better + worse:
        may = "which may well be chance" if one.chance > _CHANCE else "which is hardly chance"
        text += f" By chance alone they would be as one-sided in {_often(one.chance)}, {may} (sign test)."
    yield from _wrapped([text], style)


def _often(chance: float) -> str:
    """How often, in numbers that are seen before the eye."""
    if chance < 1 / 1_000:
        return "fewer than 1 of 1,000 cases"
    if chance < 1 / 10:
        return f"{max(1, round(1_000 * chance)):,} of 1,000 cases"
    return f"{round(100 * chance):,} of 100 cases"
