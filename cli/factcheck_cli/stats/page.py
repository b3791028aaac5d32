"""Statistics for people: tables of levels, sources, rules and groups."""

from collections.abc import Iterator, Sequence
from typing import Final, Literal

from factcheck.language.program import KINDS
from factcheck_cli.stats.groups import WITHIN
from factcheck_cli.stats.totals import Counts, Stats, Used, share
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import BOLD, LEVELS, Style, hanging
from factcheck_cli.terminal.table import NOTHING, Bar, Column, barred, fitting, table

_KINDS: Final = {
    "person": "a person by name",
    "institution": "an institution",
    "publication": "a publication",
    "document": "a document",
    "collective": "a named group",
    "anonymous": "nobody by name",
    "pronoun": "he, she, they",
}
"""The kinds of sources in words."""

_SAYS: Final = {
    "source": "the sentences that rest on it",
    "kind": "the sentences that rest on such a source",
    "rule": "the sentences in which it found something",
    "pack": "the sentences in which a rule of it found something",
}
"""What is told of groups of sentences."""
_SPARE: Final = {"unverified": 0, "possible": 3, "probable": 4, "attributed": 6, "asserted": 7, "established": 8}
"""The levels that groups are told of; where there is no room those of the highest number go first."""
_NAME: Final = 34  # columns of a name that are worth more than another column


def page(stats: Stats, top: int, style: Style) -> str:
    """All of it."""
    whole = stats.whole
    lines = [style.paint(whole.told, BOLD)]
    if not whole.sentences:
        return "\n".join([*lines, ""])
    lines += ["", *_levels(whole, style), "", *_sources(whole, style)]
    if stats.groups:
        lines += ["", *(_within(stats, top, style) if stats.by in WITHIN else _groups(stats, style))]
    for title, names in (("Named sources", stats.named), ("Sources without a name", stats.unnamed)):
        most = names.most_common(top or None)
        if most and stats.by != "source":  # those are told above
            lines += ["", *_names(title, most, len(names), stats, style)]
    for title, used in (("Rule", stats.rules), ("Pack", stats.packs)):
        if used:
            lines += ["", *_used(title, used, top, style)]
    return "\n".join([*lines, ""])


def _percent(number: float | None) -> str:
    """A share; of one that rounds to nothing or to all, that it does."""
    if number is None:
        return NOTHING
    rounded = f"{number:.0%}"
    if number and rounded == "0%":
        return "<1%"
    return ">99%" if number < 1 and rounded == "100%" else rounded


def _between(one: Counts) -> str:
    low, high = one.interval
    return f"{100 * low:.0f}–{100 * high:.0f}%" if one.sourced else NOTHING


def _levels(whole: Counts, style: Style) -> list[str]:
    counts = whole.levels
    shares = [share(count, whole.claims) if level != "no-claim" else None for level, count in counts.items()]
    columns = [
        Column("Level", list(counts)),
        Column("sentences", [f"{count:,}" for count in counts.values()]),
        Column("of claims", [_percent(one) for one in shares]),
    ]
    bars = [Bar(one or 0.0, color=LEVELS[level]) for level, one in zip(counts, shares, strict=True)]
    return barred(table(columns, style), bars, style)


def _sources(whole: Counts, style: Style) -> list[str]:
    if not whole.sourced:
        return ["No sentence rests on a source."]
    kinds = [kind for kind in KINDS if whole.kinds[kind]]
    shares = [whole.kinds[kind] / whole.sourced for kind in kinds]
    columns = [
        Column("Source", [_KINDS[kind] for kind in kinds]),
        Column("sentences", [f"{whole.kinds[kind]:,}" for kind in kinds]),
        Column("of sourced", [_percent(one) for one in shares]),
    ]
    verb = "rests" if whole.sourced == 1 else "rest"
    said = (
        f"{counted(whole.sourced, 'sentence')} {verb} on a source; the source has no name in "
        f"{_percent(share(whole.unnamed, whole.sourced))} of them (95 % interval {_between(whole)})."
    )
    bars = [Bar(one) for one in shares]
    return [*barred(table(columns, style), bars, style), "", *hanging("", said, style.columns, 0)]


def _groups(stats: Stats, style: Style) -> Iterator[str]:
    found = list(stats.groups.values())
    columns = [
        *_counted(stats, list(stats.groups), "claims", 5),
        Column("sourced", [f"{one.sourced:,}" for one in found], 2),
        Column("unnamed", [_percent(share(one.unnamed, one.sourced)) for one in found]),
        Column("95 %", [_between(one) for one in found]),
    ]
    said = "unnamed: the share of sourced sentences whose source has no name, and where it lies, 95 % sure."
    yield from _tabled(stats, columns, said, style)


def _within(stats: Stats, top: int, style: Style) -> Iterator[str]:
    names = list(stats.groups)[: top or None]
    columns = _counted(stats, names, "sentences", 0)
    if stats.by == "source":
        columns.insert(1, Column("kind", [stats.groups[name].kind for name in names], 1, left=True))
    yield from _tabled(stats, columns, f"Levels are those of {_SAYS[stats.by]}.", style)
    if more := len(stats.groups) - len(names):
        yield f"  and {counted(more, f'more {stats.by}')}; --top 0 shows all"


def _counted(stats: Stats, names: Sequence[str], what: Literal["claims", "sentences"], spare: int) -> list[Column]:
    """Groups by name: how much there is in them, as far as there is room, and the levels of that."""
    found = [stats.groups[name] for name in names]
    marks = [f"{stats.called(name)}{' *' if stats.is_few(one) else ''}" for name, one in zip(names, found, strict=True)]
    return [
        Column(f"By {stats.by}", marks),
        Column("documents", [f"{one.documents:,}" for one in found]),
        Column(what, [f"{getattr(one, what):,}" for one in found], spare),
        *(
            Column(level, [_percent(share(one.levels[level], one.claims)) for one in found], going)
            for level, going in _SPARE.items()
        ),
    ]


def _tabled(stats: Stats, columns: Sequence[Column], said: str, style: Style) -> Iterator[str]:
    """The table, and below it what is to be said of it."""
    yield from table(columns, style, _NAME)
    if any(map(stats.is_few, stats.groups.values())):
        said += f" * fewer than {counted(stats.few, 'document')}: the shares say little."
    shown = fitting(columns, style, _NAME)
    if left := [one.head for one in columns if one not in shown]:
        said += f" No room here for {', '.join(left)}; --format csv has all."
    yield from hanging("", said, style.columns, 0)


def _names(title: str, most: Sequence[tuple[str, int]], many: int, stats: Stats, style: Style) -> Iterator[str]:
    columns = [Column(title, [name for name, _ in most]), Column("sentences", [f"{count:,}" for _, count in most])]
    yield from table(columns, style, style.columns)
    if many > len(most):
        more = counted(many - len(most), "more name")
        yield f"  and {more}{', and rare ones that were not kept' if stats.dropped else ''}"


def _used(title: str, used: Sequence[Used], top: int, style: Style) -> Iterator[str]:
    shown = used[: top or None]
    columns = [
        Column(title, [one.name for one in shown]),
        Column("findings", [f"{one.findings:,}" for one in shown]),
        Column("decides", [f"{one.decides:,}" for one in shown]),
    ]
    yield from table(columns, style, style.columns)
    if len(used) > len(shown):
        yield f"  and {counted(len(used) - len(shown), f'more {title.lower()}')}"
