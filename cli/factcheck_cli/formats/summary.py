"""The end of what people read: the share of each level, what to read first, and on whom the text rests."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from factcheck_cli.quiet.counts import summed
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import BOLD, DIM, LEVELS, Style, cut, hanging

if TYPE_CHECKING:
    from factcheck_cli.tally import Tally, Weak

GLYPHS = {
    "unverified": "█",
    "possible": "▓",
    "probable": "▒",
    "attributed": "░",
    "asserted": "·",
    "established": "·",
    "no-claim": "·",
}
"""What the bar of a level is drawn with: the weaker the darker, so that shares can be told without colour."""

_LEVEL = 12  # columns: the longest level and a space
_BAR = 40  # columns of the bars together, where there is room
_BAR_FROM = 26  # columns of a row before its bar
_SHORT_BAR = 10  # columns; a screen reader may read each aloud
_FIRST = 3  # sentences to be read first
_NAMED = 6  # names of one kind that the summary has
_MANY = 1_000  # names of which nobody wants the number
_IN_VIEW = 10  # sentences that are read at a glance, without a list of what to read first


def summary(tally: "Tally", style: Style) -> Iterator[str]:
    """The lines of the summary."""
    what = counted(tally.sentences, "sentence")
    if tally.documents > 1:
        what += f" in {counted(tally.documents, 'document')}"
    if tally.quiet and tally.quiet.silent:
        what += f" ({summed(tally.quiet.silent)})"
    if tally.findings:
        what += f", {counted(tally.findings, 'finding')}"
    hint = "" if style.full or not (tally.findings or tally.sentences > _IN_VIEW) else "; --full shows all"
    yield style.paint(what, BOLD) + hint
    yield from _bars(tally.reported, style)
    if tally.sentences > _IN_VIEW and tally.weakest:
        yield ""
        yield style.paint("Read first", BOLD)
        yield from (weak_row(weak, style, named=tally.documents > 1) for weak in tally.weakest[:_FIRST])
    lists = {
        "Sources without a name": tally.unnamed,
        "Named sources": tally.named,
        "Weakened by": tally.rules,
    }
    told = [hanging("", f"{label}: {_most(names)}", style.columns, 0) for label, names in lists.items() if names]
    yield from chain([""] if told else [], *told)


def weak_row(weak: "Weak", style: Style, *, named: bool = False) -> str:
    """A weak sentence on one line: its level, where it stands, and as much of it as fits."""
    room = max(20, style.columns - _LEVEL - 2)
    name = weak.document if len(weak.document) <= room // 2 else f"…{weak.document[1 - room // 2 :]}"
    title, number = weak.place
    place = f"{name}, {title} {number:,}" if named else f"{title} {number:,}"
    level = style.paint(weak.level.ljust(_LEVEL), LEVELS[weak.level])
    return f"  {level}{cut(f'{place}: {weak.text}', room)}"


def short_bar(levels: Counter[str], style: Style) -> str:
    """One bar for all levels, the weakest first."""
    parts = shares({level: levels[level] for level in LEVELS}, _SHORT_BAR, least=1)
    return "".join(style.paint(GLYPHS[level] * part, LEVELS[level] or DIM) for level, part in parts.items())


def shares(counts: Mapping[str, int], whole: int, *, least: int = 0) -> dict[str, int]:
    """`whole` shared out in proportion; the parts add up to it, and none that is counted gets fewer than `least`.

    Of nothing there are no parts.
    """
    total = sum(counts.values())
    if not total:  # nothing is left that is not silent
        return {}
    due = {name: count * whole / total for name, count in counts.items() if count}
    parts = {name: max(least, int(share)) for name, share in due.items()}
    while sum(parts.values()) < whole:
        parts[max(due, key=lambda name: due[name] - parts[name])] += 1
    while sum(parts.values()) > whole:
        parts[min((n for n in parts if parts[n] > least), key=lambda name: due[name] - parts[name])] -= 1
    return parts


def _bars(levels: Counter[str], style: Style) -> Iterator[str]:
    """A row for each level there is: how often, its share, and its part of the bar."""
    counts = {level: levels[level] for level in LEVELS if levels[level]}
    room = max(len(LEVELS), min(_BAR, style.columns - _BAR_FROM))
    for level, part in shares(counts, room, least=1).items():
        rounded = f"{counts[level] / levels.total():.0%}"
        share = "<1%" if rounded == "0%" else rounded
        bar = style.paint(GLYPHS[level] * part, LEVELS[level])
        yield f"{level:<{_LEVEL}}{counts[level]:>6,} {share:>5}  {bar}"


def _most(names: Counter[str]) -> str:
    """The most frequent of the names, and how many more there are."""
    shown = [f"{name} ({count:,})" if count > 1 else name for name, count in names.most_common(_NAMED)]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f", and {more if more < _MANY else 'many'} more" if more else "")
