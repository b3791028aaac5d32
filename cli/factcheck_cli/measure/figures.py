"""Figures of an evaluation as people read them: measures, tables, confusion, reliability."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from factcheck.evaluate.gold import Kind
from factcheck_cli.terminal.style import BOLD, LEVELS, Style, hanging
from factcheck_cli.terminal.table import NOTHING, Bar, Column, barred, table

if TYPE_CHECKING:
    from factcheck.evaluate.comparison import Comparison
    from factcheck.evaluate.evaluation import Evaluation
    from factcheck.evaluate.row import Figure, Row
    from factcheck.evaluate.trial import Confusion

NAMES: Final = {
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "mcc": "correlation (MCC)",
    "macro_f1": "macro-F1",
    "macro_f1_five": "macro-F1 of five",
    "accuracy": "accuracy",
    "weighted_kappa": "weighted kappa",
    "source_f1": "right sources",
    "source_f1_found": "right, where found",
    "ece": "calibration error",
    "ece_fired": "where it speaks",
    "brier_skill": "Brier skill",
    "spearman": "rank correlation",
    "spearman_all": "the same of all",
}
"""What people call the measures."""

_MEANINGS: Final = {
    "precision": "of what it marks, labelled so",
    "recall": "of what is labelled so, marked",
    "f1": "both in one",
    "mcc": "beyond chance; 1 all, 0 none",
    "macro_f1": "mean F1 of all labels",
    "macro_f1_five": "the nearest levels as one",
    "accuracy": "the level that people give",
    "weighted_kappa": "beyond chance; far misses more",
    "source_f1": "of all with a labelled source",
    "source_f1_found": "of those that are marked",
    "ece": "how far probabilities are off",
    "ece_fired": "the same from 0.05 on",
    "brier_skill": "1 perfect, 0 as the base rate",
    "spearman": "1 the order of people, 0 none",
    "spearman_all": "with what is called no claim",
}
_HEADS: Final = {
    "hits": "hits",
    "right": "right",
    "precision": "precision",
    "interval": "95 %",
    "weight": "weight",
    "alone": "alone",
    "alone_wrong": "wrong",
    "tp": "right",
    "fp": "false",
    "fn": "missed",
    "recall": "recall",
    "f1": "F1",
    "ece": "off by",
    "sentences": "sentences",
    "called": "called",
    "labelled": "labelled",
    "share": "share",
    "certainty": "certainty",
}
_SPARE: Final = {"interval": 9, "ece": 8, "alone_wrong": 7, "alone": 6, "weight": 5, "f1": 4, "fn": 3, "fp": 3}
"""Columns that go first where there is no room."""
_PAIRED: Final = {"low", "high"}
_BESIDE: Final = {*_PAIRED, "tn"}
"""Figures without a column of their own."""
_RULES: Final = 15  # rows of the table of rules, unless it is asked for


def heading(text: str, beside: str, style: Style) -> Iterator[str]:
    """Lines that say what stands below; only the first words stand out."""
    first, *rest = hanging("", f"{text} {beside}", style.columns, 0)
    yield style.paint(first[: len(text)], BOLD) + first[len(text) :]
    yield from rest


def shown(value: "Figure") -> str:
    """A figure with three decimals."""
    return NOTHING if value is None else f"{value:.3f}"


def more(value: "Figure") -> str:
    """A difference with its sign."""
    return f"{value:+.3f}" if value else shown(value)


def between(low: float | None, high: float | None, decimals: int = 3) -> str:
    """An interval."""
    if low is None or high is None:
        return NOTHING
    return f"{low:.{decimals}f}{' to ' if low < 0 else '–'}{high:.{decimals}f}"


# Measures ------------------------------------------------------------------------------------------------------------


def figures(one: "Evaluation", style: Style) -> Iterator[str]:
    """All measures with their intervals and what they mean."""
    names, rows = [NAMES[name] for name in one.measures], list(one.measures.items())
    yield from table(
        [
            Column("", names),
            Column("value", [shown(measure.value) for _, measure in rows]),
            Column("95 %", [between(measure.low, measure.high) for _, measure in rows], 1),
            Column("", [_MEANINGS[name] for name, _ in rows], 2, left=True),
        ],
        style,
    )


def differences(one: "Comparison", style: Style) -> Iterator[str]:
    """The measures with both rule sets, and by how much they differ."""
    rows = list(one.measures.values())
    yield from table(
        [
            Column("", [NAMES[name] for name in one.measures]),
            Column("now", [shown(row.now) for row in rows]),
            Column("against", [shown(row.against) for row in rows]),
            Column("difference", [more(row.difference) for row in rows]),
            Column("95 %", [f"{more(row.low)} to {more(row.high)}" for row in rows], 1),
        ],
        style,
    )


# Tables --------------------------------------------------------------------------------------------------------------


def packs(one: "Evaluation", style: Style) -> Iterator[str]:
    """A row a pack."""
    yield from heading("Packs", _SAID_OF_PACKS[one.kind], style)
    yield from _table("", one.packs, style)


def rules(one: "Evaluation", style: Style, *, every: bool) -> Iterator[str]:
    """A row a rule; the first ones, or all."""
    kept = one.rules if every else one.rules[:_RULES]
    more = len(one.rules) - len(kept)
    yield from these_rules(kept, one.kind, style)
    if more:
        yield f"  and {more:,} more; --per rule shows all"


def these_rules(found: "Sequence[Row]", kind: Kind, style: Style) -> Iterator[str]:
    """A row for each of these rules in a set of the kind."""
    yield from heading("Rules", _SAID_OF_RULES[kind], style)
    yield from _table("", found, style)


def levels(one: "Evaluation", style: Style) -> Iterator[str]:
    """A row a level, and a bar of how many are labelled so."""
    key = "f1" if one.kind is Kind.LEVEL else "share"
    drawn = list(_table("", one.levels, style))
    yield from heading("Levels", _SAID_OF_LEVELS[one.kind], style)
    if one.kind is Kind.CERTAINTY:
        yield from drawn
    else:
        yield from barred(drawn, [Bar(row.figures[key] or 0.0, color=LEVELS[row.name]) for row in one.levels], style)


_SAID_OF_PACKS: Final = {
    Kind.SIGNAL: "(as if the signal of each alone were measured)",
    Kind.SENSE: "(as if the signal of each alone were measured)",
    Kind.ATTRIBUTION: "(as if the signal of each alone were measured)",
    Kind.LEVEL: "(the levels that each has set)",
    Kind.CERTAINTY: "(how sure people are where each finds something)",
}
_SAID_OF_RULES: Final = {
    Kind.SIGNAL: "(that raise the signal, the most often wrong first)",
    Kind.SENSE: "(that raise the signal on the marked word, the most often wrong first)",
    Kind.ATTRIBUTION: "(that raise the signal, the most often wrong first)",
    Kind.LEVEL: "(the levels that each has set, the most often wrong first)",
    Kind.CERTAINTY: "(how sure people are where each finds something)",
}
_SAID_OF_LEVELS: Final = {
    Kind.SIGNAL: "(how many of the sentences at each are labelled uncertain)",
    Kind.SENSE: "(how many of the words in sentences at each are labelled uncertain)",
    Kind.ATTRIBUTION: "(how many of the sentences at each are labelled attributed)",
    Kind.LEVEL: "(bars: F1)",
    Kind.CERTAINTY: "(how sure people are of the sentences at each)",
}


def _table(head: str, rows: "Sequence[Row]", style: Style) -> list[str]:
    """The rows with a column a figure; the edges of intervals stand in one."""
    if not rows:
        return ["  none"]
    keys = [key for key in rows[0].figures if key not in _BESIDE]
    if rows[0].figures.keys() >= _PAIRED:
        keys.insert(1 + max(keys.index(key) for key in ("precision", "share") if key in keys), "interval")
    columns = [Column(_HEADS[key], [_cell(row.figures, key) for row in rows], _SPARE.get(key, 0)) for key in keys]
    return table([Column(head, [row.name for row in rows]), *columns], style)


def _cell(row: "Mapping[str, Figure]", key: str) -> str:
    if key == "interval":
        low, high = (None if row[side] is None else float(row[side] or 0) for side in ("low", "high"))
        return between(low, high, 2)
    value = row[key]
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.2f}" if key in {"weight", "certainty"} and value is not None else shown(value)


# Confusion and reliability -------------------------------------------------------------------------------------------


def confusion(one: "Evaluation", style: Style) -> Iterator[str]:
    """What labels are called."""
    found = one.confusion
    if not found:
        return
    yield from heading("Confusion", "(a row a label, a column what it is called)", style)
    yield from crossed(found, style)


def crossed(found: "Confusion", style: Style) -> list[str]:
    """A table of how often what stands before a row is called what stands above a column."""
    room = style.columns - max(map(len, found.labels)) - 2
    short = sum(len(said) + 2 for said in found.said) > room
    columns = [
        Column(said[:_SHORT] if short else said, [f"{row[k]:,}" for row in found.counts])
        for k, said in enumerate(found.said)
    ]
    return table([Column("", found.labels), *columns], style)


_SHORT: Final = 5  # letters of a level where there is no room for all


def reliability(one: "Evaluation", style: Style) -> Iterator[str]:
    """Bars: of the sentences of which the signal says this much, how many are labelled so."""
    if not one.bins:
        return
    yield from heading("Reliability", "(bars: the share labelled so; │ what the signal says)", style)
    rows = one.bins
    drawn = table(
        [
            Column("signal", [between(row.low, row.high, 2) for row in rows]),
            Column("sentences", [f"{row.sentences:,}" for row in rows]),
            Column("says", [f"{row.signal:.0%}" for row in rows]),
            Column("labelled", [f"{row.labelled:.0%}" for row in rows]),
        ],
        style,
    )
    yield from barred(drawn, [Bar(row.labelled, row.signal) for row in rows], style)


TABLES: Final[Mapping[str, Callable[..., Iterator[str]]]] = {"pack": packs, "rule": rules, "level": levels}
"""The tables that `--per` names."""
