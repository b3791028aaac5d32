"""Statistics as a picture: SVG, the share of each level over time or group by group, and of sources without a name."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from factcheck_cli.html_report.charts import blocks
from factcheck_cli.html_report.levels import MEANINGS, rank, told
from factcheck_cli.html_report.markup import text
from factcheck_cli.html_report.shell import asset
from factcheck_cli.stats.groups import NONE, TIMES, WITHIN
from factcheck_cli.stats.periods import periods
from factcheck_cli.stats.sourced import OF_SENTENCES
from factcheck_cli.stats.totals import Counts, Stats
from factcheck_cli.terminal.console import counted, fail
from factcheck_cli.terminal.style import clean

_WIDE: Final = 960
_LEFT, _RIGHT = 64, 32
_TOP: Final = 110
_PERIODS: Final = 400
"""Columns that can be told apart."""
_A_YEAR: Final = {"week": 53, "month": 12, "quarter": 4, "year": 1}
_GROUPS: Final = 40
"""Rows that somebody reads."""
_ROW: Final = 26
_BAR_X, _BAR_WIDE = 236, 380
_SHARE_X, _SHARE_WIDE = 660, 170
_NAME: Final = 30  # characters of a group's name
_LABEL: Final = 64  # units between two labels on the axis of time
_STEPS: Final = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Where the axis of shares may end."""
_UNNAMED: Final = "sourced sentences whose source has no name, with 95 % intervals"


def drawing(stats: Stats) -> str:
    """The picture of all groups; the end of the program where they are too many to be told apart."""
    inside, height = _over_time(stats) if stats.by in TIMES else _by_group(stats)
    whole = stats.whole
    title = f"Levels by {stats.by}" if stats.by else "Levels"
    facts = whole.told
    says = f"{facts}: {told(whole.levels)}. {whole.unnamed:,} of {whole.sourced:,} {_UNNAMED.partition(',')[0]}."
    size = f'viewBox="0 0 {_WIDE} {height}" width="{_WIDE}" height="{height}"'
    labels = 'role="img" aria-labelledby="factcheck-title factcheck-desc"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {labels}>',
        f'<title id="factcheck-title">{text(title)}</title>',
        f'<desc id="factcheck-desc">{text(says)}</desc>',
        f"<style>{_style()}</style>",
        f'<rect class="paper" width="{_WIDE}" height="{height}"/>',
        _words(24, 34, title, "title"),
        _words(24, 54, facts, "soft"),
        *_legend(),
        *inside,
        "</svg>",
        "",
    ]
    return "\n".join(lines)


def _style() -> str:
    """The look, with the colours of the report: by day and by night."""
    day, night = re.findall(r":root \{(.*?)\}", asset("report.css"), re.DOTALL)[:2]
    font = "font:12px -apple-system,'Segoe UI',Ubuntu,'Noto Sans',Roboto,'Liberation Sans','DejaVu Sans',sans-serif"
    look = (
        f"text{{{font}}}.title{{font-weight:600;font-size:17px}}.soft,.tick{{font-size:11px}}.head{{font-weight:600}}"
        ".line{stroke-width:1}.reach{stroke-width:1.5}.dot{stroke-width:1.5}.l4{fill-opacity:.45}"
        ".few rect,.few path,.few circle{opacity:.5}"
    )
    return f"{look}{_colors(day)}@media (prefers-color-scheme:dark){{{_colors(night)}}}"


def _colors(root: str) -> str:
    found = dict(re.findall(r"--(\w+): ([^;]+);", root))
    levels = "".join(f".l{rank(level)}{{fill:rgb({found[f'l{rank(level)}']})}}" for level in OF_SENTENCES)
    ink, soft, line, paper = (found[name] for name in ("ink", "soft", "line", "paper"))
    return (
        f"{levels}.paper{{fill:{paper}}}text{{fill:{ink}}}.soft,.tick{{fill:{soft}}}.line{{stroke:{line}}}"
        f".reach{{stroke:{soft}}}.dot{{fill:{ink};stroke:{ink}}}.few .dot{{fill:{paper}}}.count{{fill:{soft}}}"
    )


def _legend() -> Iterator[str]:
    at = 24.0
    for level in MEANINGS:
        if level != "no-claim":
            yield f'<rect class="l{rank(level)}" x="{at:g}" y="70" width="12" height="12"/>'
            yield _words(at + 17, 80, level)
            at += 34 + 6.6 * len(level)


# Over time ------------------------------------------------------------------------------------------------------------


def _over_time(stats: Stats) -> tuple[list[str], int]:
    """A column a period, one below the other: levels, sources without a name, and how many documents there are."""
    told_of = [name for name in stats.groups if name != NONE]
    if not told_of:
        return [_words(_LEFT, _TOP + 30, "No document tells its date.", "soft")], _TOP + 60
    names = list(periods(told_of[0], told_of[-1], stats.by, _PERIODS))
    if len(names) > _PERIODS:
        fail(f"--by {stats.by}: more than {_PERIODS} are too many for a chart; {_fitting(stats.by, told_of)}take csv")
    found = [(name, stats.groups.get(name)) for name in names]
    wide = (_WIDE - _LEFT - _RIGHT) / len(found)
    gap = min(wide * 0.2, 8)
    levels, shares, documents = (_TOP + 22, 240), (_TOP + 308, 90), (_TOP + 444, 44)
    lines = [_words(_LEFT, levels[0] - 10, "Share of claims at each level", "head")]
    lines += _grid(levels, [0, 0.25, 0.5, 0.75, 1], 1)
    lines += [_words(_LEFT, shares[0] - 12, f"Share of {_UNNAMED}", "head")]
    most = _end([one for _, one in found if one])
    lines += _grid(shares, [0, most / 2, most], most)
    lines += [_words(_LEFT, documents[0] - 10, "Documents", "head")]
    lines += _grid(documents, [], 1)
    full = max(one.documents for _, one in found if one) or 1
    lines.append(_words(_LEFT - 8, documents[0] + 4, f"{full:,}", "tick", "end"))
    for number, (name, one) in enumerate(found):
        if one:
            x = _LEFT + number * wide
            lines.append(f"<g{_few(stats, one)}><title>{text(_says(stats, name, one))}</title>")
            bottom, high = sum(levels), levels[1]
            size = f"scale({high / 1000:.4g} {(wide - gap) / 100:.4g})"
            turned = f"translate({x + gap / 2:.2f} {bottom}) rotate(-90) {size}"
            lines.append(f'<g transform="{turned}">{blocks(one.claimed)}</g>')
            lines += _reach(x + wide / 2, one, shares, most)
            tall = max(documents[1] * one.documents / full, 1)
            place = f'x="{x + gap / 2:.2f}" y="{sum(documents) - tall:.2f}" width="{wide - gap:.2f}"'
            lines.append(f'<rect class="count" {place} height="{tall:.2f}"/></g>')
    every = max(1, -(-_LABEL // max(wide, 1)))
    for number, name in enumerate(names):
        if number % every == 0:
            lines.append(_words(_LEFT + (number + 0.5) * wide, sum(documents) + 18, name, "tick", "middle"))
    height = sum(documents) + 36
    notes = _notes(stats, (one for _, one in found if one))
    if lost := stats.groups.get(NONE):
        notes.append(f"{counted(lost.documents, 'document')} without a date left out.")
    if notes:
        lines.append(_words(_LEFT, height + 10, " ".join(notes), "soft"))
        height += 30
    return lines, height


def _fitting(by: str, told_of: Sequence[str]) -> str:
    """A longer period of which a chart has room for all, as far as years tell."""
    years = int(told_of[-1][:4]) - int(told_of[0][:4]) + 1
    longer = TIMES[TIMES.index(by) + 1 :]
    fits = next((one for one in longer if years * _A_YEAR[one] <= _PERIODS), "")
    return f"draw it --by {fits}, or " if fits else ""


def _grid(panel: tuple[int, int], ticks: Sequence[float], most: float) -> Iterator[str]:
    """Lines across the panel at shares, the lowest first, and what they stand for."""
    top, high = panel
    for tick in ticks or [0]:
        y = top + high * (1 - tick / most)
        yield f'<path class="line" d="M{_LEFT} {y:g}H{_WIDE - _RIGHT}"/>'
        if ticks:
            yield _words(_LEFT - 8, y + 4, f"{100 * tick:g}%", "tick", "end")


def _reach(x: float, one: Counts, panel: tuple[int, int], most: float) -> Iterator[str]:
    """The share of sources without a name, and where it lies."""
    if one.sourced:
        top, high = panel
        low, upper = (top + high * (1 - min(share, most) / most) for share in one.interval)
        y = top + high * (1 - one.unnamed / one.sourced / most)
        yield f'<path class="reach" d="M{x:.2f} {low:.2f}V{upper:.2f}"/>'
        yield f'<circle class="dot" cx="{x:.2f}" cy="{y:.2f}" r="3.5"/>'


# Group by group -------------------------------------------------------------------------------------------------------


def _by_group(stats: Stats) -> tuple[list[str], int]:
    """A row a group: its name, its levels, its sources without a name, and how many documents it has."""
    groups = stats.groups if stats.by else {NONE: stats.whole}
    shown = list(groups.items())[:_GROUPS]
    named = stats.by not in WITHIN  # groups of sentences tell by themselves who has a name
    wide = _BAR_WIDE if named else _SHARE_X + _SHARE_WIDE - _BAR_X
    lines = [
        _words(_BAR_X, _TOP + 6, "Share of claims at each level", "head"),
        _words(_WIDE - 24, _TOP + 6, "Documents", "head", "end"),
    ]
    top, bottom = _TOP + 18, _TOP + 22 + len(shown) * _ROW
    lines += _columns((_BAR_X, wide), (top, bottom), (0, 0.25, 0.5, 0.75, 1), 1)
    most = _end([one for _, one in shown])
    if named:
        lines.append(_words(_SHARE_X, _TOP + 6, "Sources without a name", "head"))
        lines += _columns((_SHARE_X, _SHARE_WIDE), (top, bottom), (0, most / 2, most), most)
    for number, (name, one) in enumerate(shown):
        y = top + 4 + number * _ROW
        mark = " *" if stats.is_few(one) else ""
        lines.append(f"<g{_few(stats, one)}><title>{text(_says(stats, name, one))}</title>")
        lines.append(_words(_BAR_X - 12, y + 15, _cut(stats.called(name)) + mark, "", "end"))
        size = f"translate({_BAR_X} {y + 3}) scale({wide / 1000:.4g} {(_ROW - 8) / 100:.4g})"
        lines.append(f'<g transform="{size}">{blocks(one.claimed)}</g>')
        if one.sourced and named:
            low, high = (_SHARE_X + _SHARE_WIDE * min(share, most) / most for share in one.interval)
            x, middle = _SHARE_X + _SHARE_WIDE * one.unnamed / one.sourced / most, y + _ROW / 2 - 1
            lines.append(f'<path class="reach" d="M{low:.2f} {middle:g}H{high:.2f}"/>')
            lines.append(f'<circle class="dot" cx="{x:.2f}" cy="{middle:g}" r="3.5"/>')
        lines.append(_words(_WIDE - 24, y + 15, f"{one.documents:,}", "", "end") + "</g>")
    notes = [f"Sources without a name: share of {_UNNAMED}."] if named else []
    notes += _notes(stats, (one for _, one in shown))
    if left := len(groups) - len(shown):
        notes.append(f"{counted(left, 'smaller group')} left out.")
    lines.append(_words(24, bottom + 44, " ".join(notes), "soft"))
    return lines, bottom + 64


def _columns(across: tuple[int, int], down: tuple[int, int], ticks: Sequence[float], most: float) -> Iterator[str]:
    """Lines down the rows at shares, and what they stand for."""
    for tick in ticks:
        x = across[0] + across[1] * tick / most
        yield f'<path class="line" d="M{x:g} {down[0]}V{down[1]}"/>'
        yield _words(x, down[1] + 14, f"{100 * tick:g}%", "tick", "middle")


# Small things ---------------------------------------------------------------------------------------------------------


def _end(found: Sequence[Counts]) -> float:
    """Where the axis of shares ends: beyond all of them, and the intervals of most."""
    shares = [one.unnamed / one.sourced for one in found if one.sourced]
    upper = sorted(one.interval[1] for one in found if one.sourced)
    reach = max([*shares, *upper[: -(-3 * len(upper) // 4)]], default=1.0)
    return next((step for step in _STEPS if step >= reach), 1.0)


def _few(stats: Stats, one: Counts) -> str:
    return ' class="few"' if stats.is_few(one) else ""


def _notes(stats: Stats, shown: Iterable[Counts]) -> list[str]:
    if not any(map(stats.is_few, shown)):
        return []
    star = "" if stats.by in TIMES else "* "
    return [f"{star}Pale: fewer than {counted(stats.few, 'document')}, so the shares say little."]


def _says(stats: Stats, name: str, one: Counts) -> str:
    """All of a group in words."""
    low, high = one.interval
    unnamed = f"{one.unnamed:,} of {counted(one.sourced, 'source')} without a name"
    if one.sourced:
        unnamed += f" ({100 * low:.0f} to {100 * high:.0f} %)"
    return f"{clean(stats.called(name))}: {counted(one.documents, 'document')}; {told(one.levels)}; {unnamed}"


def _cut(name: str) -> str:
    name = clean(name)
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def _words(x: float, y: float, words: str, kind: str = "", anchor: str = "") -> str:
    own = f' class="{kind}"' if kind else ""
    place = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text{own} x="{x:g}" y="{y:g}"{place}>{text(words)}</text>'
