"""What one rule does on a sentence, for people: its patterns, its hits, what takes them away, and the level."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from factcheck.trace import PLACES
from factcheck_cli.terminal.account import heading, row, silencer
from factcheck_cli.terminal.cues import cue, in_place, marked, quoted
from factcheck_cli.terminal.style import BOLD, Style, clean, cut, hanging

if TYPE_CHECKING:
    from factcheck.language.program import Rule
    from factcheck.trace import Attempt, Trace, Traced
    from factcheck_cli.inputs.text import Text

_INDENT: Final = 4  # columns before the sentence
_LONG: Final = 60  # columns of a pattern; its line is named for the rest
_BETWEEN: Final = " · "
"""What stands between words, which may hold any other mark themselves."""


def page(text: "Text", traces: "Sequence[Trace]", rule: "Rule", style: Style) -> str:
    """All of those of a text, a blank line between two."""
    return "\n".join("\n".join(_one(text.called, each, rule, style)) + "\n" for each in traces)


def _one(name: str, one: "Trace", rule: "Rule", style: Style) -> Iterator[str]:
    yield heading(name, one.line, one.sentence, style)
    yield ""
    yield from in_place(one.sentence, _marks(one), style, _INDENT)
    yield ""
    about = f"{rule.id}: {rule.level}, weight {rule.weight:g}: {clean(rule.message)}"
    first, *rest = hanging("", about, style.columns, 2)
    yield first.replace(rule.id, style.paint(rule.id, BOLD), 1)
    yield from rest
    yield ""
    yield from row("words", _BETWEEN.join(map(clean, one.words)), style)
    if one.runs:
        yield from row("shapes", ", ".join(f"<{kind}> {quoted(text)}" for kind, text in one.runs), style)
    yield from _patterns(one, style)
    for hit in one.hits:
        yield from _hit(hit, style)
    yield from row("level", _level(one), style)


def _marks(one: "Trace") -> bytearray:
    """The hits: those that are findings, and those that were taken away."""
    findings = [hit.weighed.finding for hit in one.hits if hit.weighed]
    marks = marked(one.sentence, findings)
    for hit in one.hits:
        start, end = hit.words.span.shifted(-one.sentence.span.start)
        marks[start:end] = b"\1" * (end - start)
    return marks


# Patterns ------------------------------------------------------------------------------------------------------------


def _patterns(one: "Trace", style: Style) -> Iterator[str]:
    """What each pattern finds: of a `match` that finds nothing how near it comes, of others only those that do."""
    if not any(attempt.field == "match" for attempt in one.attempts):
        yield from row("match", "none: the rule looks at its conditions alone", style)
    for field in ("match", "except", "unless"):
        own = [attempt for attempt in one.attempts if attempt.field == field]
        told = [attempt for attempt in own if attempt.matches or attempt.nearest]
        for attempt in told:
            yield from row(field, _attempt(attempt), style)
        if len(told) < len(own) and (field == "match" or one.hits):
            yield from row(field, _silent([attempt for attempt in own if attempt not in told], of=len(own)), style)


def _attempt(one: "Attempt") -> str:
    pattern = f"`{cut(one.pattern, _LONG)}` ({one.line})"
    if not one.matches:
        return f"{pattern} {one.nearest}"
    return f"{pattern} finds {', '.join(dict.fromkeys(quoted(words.text) for words in one.matches))}"


def _silent(silent: "Sequence[Attempt]", *, of: int) -> str:
    """The patterns of which nothing stands there."""
    if len(silent) == 1:
        return f"`{cut(silent[0].pattern, _LONG)}` ({silent[0].line}) finds nothing"
    return f"none of its {'other ' if len(silent) < of else ''}{len(silent)} lines finds anything"


# Hits ----------------------------------------------------------------------------------------------------------------


def _hit(hit: "Traced", style: Style) -> Iterator[str]:
    """Where a hit stands, its conditions there, and what becomes of it."""
    words = quoted(hit.words.text)
    if hit.places:
        yield from row("scope", f"{words} stands {' and '.join(PLACES[place] for place in hit.places)}", style)
    for one in hit.conditions:
        verb = "holds" if one.holds else "does not hold"
        yield from row("when", f"`{clean(one.text)}` ({one.line}) {verb} at {words}", style)
    yield from row("finding" if hit.weighed else "silenced", f"{words} {_fate(hit)}", style)


def _fate(hit: "Traced") -> str:
    if hit.silenced:
        return f"is taken away by {silencer(hit.silenced)}"
    assert hit.weighed  # noqa: S101 - what is not silenced is a finding
    if hit.weighed.fate:
        return f"stays, but counts for no level: {hit.weighed.fate}"
    return f"stays, and stands for {hit.weighed.level}"


def _level(one: "Trace") -> str:
    level, setting = one.sentence.level, one.sentence.setting
    sets = f", which this rule sets by {quoted(cue(setting.text))}" if setting and setting.rule == one.rule else ""
    if one.without == level:
        return f"{level}{sets}; without this rule it would be the same"
    return f"{level}{sets}; without this rule it would be {one.without}"
