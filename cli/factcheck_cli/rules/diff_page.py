"""What `factcheck rules diff` shows people: how many sentences change, by level and by rule, and those that matter."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from factcheck.evaluate.trial import Confusion
from factcheck.language.program import Level
from factcheck_cli.inputs.text import Text
from factcheck_cli.measure.figures import crossed, heading
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.cues import in_place, marked, quoted
from factcheck_cli.terminal.reason import named
from factcheck_cli.terminal.style import BOLD, Style, clean, hanging, lines
from factcheck_cli.terminal.table import Column, table

if TYPE_CHECKING:
    from factcheck import Finding, Sentence
    from factcheck.difference import Change, Difference
    from factcheck_cli.rules.diff import Reasons

_INDENT: Final = 4  # columns before a sentence
_WIDE: Final = 90  # columns of a line that is read with ease
_RULES: Final = 15  # rows of the table of rules


def page(
    found: "Difference", shown: "Sequence[tuple[Change, Reasons]]", versions: tuple[str, str], style: Style
) -> str:
    """The whole page."""
    blocks = [_head(found, versions, style)]
    if found.changed:
        blocks += [_levels(found, style), _rules(found, style), *_changes(found, shown, style)]
    texts = ["\n".join(block) for block in blocks]
    return "\n\n".join(text for text in texts if text) + "\n"


def _head(found: "Difference", versions: tuple[str, str], style: Style) -> Iterator[str]:
    old, new = map(clean, versions)
    yield from heading(f"From {old} to {new}", f"({counted(found.documents, 'document')})", style)
    sentences = counted(found.sentences, "sentence")
    text = f"Nothing changes in {sentences}."
    if found.changed:
        levels = sum(found.levels.values())
        verb = "changes" if found.changed == 1 else "change"
        text = f"{found.changed:,} of {sentences} {verb}: {levels:,} the level, {found.sources:,} the source."
    yield from (text[a:b] for a, b in lines(text, max(20, min(style.columns, _WIDE))))


def _levels(found: "Difference", style: Style) -> Iterator[str]:
    """How many sentences went from which level to which."""
    if not found.levels:
        return
    yield from heading("Levels", "(a row what it was, a column what it is)", style)
    were, are = map(set, zip(*found.levels, strict=True))
    rows, columns = ([level.value for level in Level if level in side] for side in (were, are))
    counts = tuple(tuple(found.levels[row, column] for column in columns) for row in rows)
    yield from crossed(Confusion(tuple(rows), tuple(columns), counts), style)


def _rules(found: "Difference", style: Style) -> Iterator[str]:
    """How many findings of which rule came or went."""
    every = found.by_rule()
    rows = every[:_RULES]
    yield from heading("Rules", "(findings that are new, are no more, or weigh otherwise)", style)
    figures = (("new", "come", 0), ("no more", "gone", 0), ("otherwise", "altered", 1), ("levels", "levels", 0))
    columns = [Column(head, [f"{counts[key]:,}" for _, counts in rows], spare) for head, key, spare in figures]
    yield from table([Column("", [rule for rule, _ in rows]), *columns], style)
    if len(every) > len(rows):
        yield f"  and {len(every) - len(rows):,} more; --json shows all"


def _changes(found: "Difference", shown: "Sequence[tuple[Change, Reasons]]", style: Style) -> Iterator[Iterator[str]]:
    """The changes that matter most, in context."""
    if not shown:
        return
    few = len(shown) < found.changed
    beside = f"({len(shown):,} of {found.changed:,}; --most shows more)" if few else f"({found.changed:,})"
    yield heading("Changes", beside, style)
    for change, reasons in shown:
        yield _change(change, reasons, style)


def _change(change: "Change", reasons: "Reasons", style: Style) -> Iterator[str]:
    old, new = change.old, change.new
    text = Text(change.document, change.text, change.marks, change.origin)
    place = f"{clean(text.name)}:{text.number(new.span.start)}:"
    level = f"{_level(old)}, now {_level(new)}" if change.level else f"{_level(new)} as before"
    first, *rest = hanging("", f"{place} {level}", style.columns, 2)
    yield first.replace(place, style.paint(place, BOLD), 1)
    yield from rest
    yield from in_place(
        new, marked(new, [*change.gone, *change.come, *(one for _, one in change.altered)]), style, _INDENT
    )
    for what, findings in (("no more", change.gone), ("new", change.come)):
        for finding in findings:
            yield from _row(f"{what}: {_said(finding)}; {reasons[finding]}", style)
    for before, finding in change.altered:
        yield from _row(f"otherwise: {quoted(finding.text)} {finding.rule}: {_altered(before, finding)}", style)
    if change.source:
        yield from _row(f"source: {_source(old)}, now {_source(new)}", style)


def _level(sentence: "Sentence") -> str:
    return f"{sentence.level}{', polarity negative' if sentence.polarity == 'negative' else ''}"


def _said(finding: "Finding") -> str:
    return f"{quoted(finding.text)} {finding.rule}, weight {finding.weight:g}"


def _altered(before: "Finding", now: "Finding") -> str:
    """What is different about a finding."""
    pairs = {
        "weight": (f"{before.weight:g}", f"{now.weight:g}"),
        "level": (before.level, now.level),
        "severity": (before.severity, now.severity),
    }
    return ", ".join(f"{what} {old}, now {new}" for what, (old, new) in pairs.items() if old != new)


def _source(sentence: "Sentence") -> str:
    source = sentence.source
    return f"{quoted(named(source))} ({source.kind})" if source else "none"


def _row(text: str, style: Style) -> list[str]:
    """A remark below a sentence."""
    return hanging("", text, style.columns, _INDENT)
