"""Small charts as SVG: the share of each level, and the confidence along a text."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from factcheck_cli.html_report.levels import MEANINGS, rank, told
from factcheck_cli.html_report.markup import text

_WIDE: Final = 1000
"""Units that a chart is wide; the style says how wide that is."""
_HIGH: Final = 100
_HEIGHTS: Final = (100, 78, 56, 32, 14, 14, 5)
"""How high each level stands in the strip: the weaker the higher, so that weak places can be told without colour."""
SLOTS: Final = 300
"""Columns of a strip; sentences of a longer text share them, and the weakest of a column is drawn."""


class Block(NamedTuple):
    """A sentence in the strip: its number, its level, and where in the text it ends."""

    number: int
    level: int
    end: int


def shares(counts: Mapping[str, int], name: str = "bar") -> str:
    """One bar for all levels, the weakest first."""
    return _svg(name, told(counts), blocks(counts))


def blocks(counts: Mapping[str, int]) -> str:
    """What such a bar consists of, 1000 units wide and 100 high."""
    total = sum(counts.values()) or 1
    parts, at = [], 0.0
    for level in MEANINGS:
        wide = counts.get(level, 0) * _WIDE / total
        if wide:
            parts.append(f'<rect class="l{rank(level)}" x="{at:.0f}" width="{max(wide - 3, 2):.0f}" height="100"/>')
        at += wide
    return "".join(parts)


def strip(blocks: Sequence[Block], slots: int = SLOTS) -> str:
    """The levels along the text."""
    parts = [
        f'<rect class="l{level}" data-s="{index}" x="{a:.1f}" width="{max(b - a - 0.6, 0.8):.1f}"'
        f' y="{_HIGH - _HEIGHTS[level]}" height="{_HEIGHTS[level]}"/>'
        for index, level, a, b in _columns(blocks, slots)
    ]
    return _svg("strip", "Confidence along the text: the higher, the weaker the wording", "".join(parts))


def spark(blocks: Sequence[Block], slots: int) -> str:
    """The same, small and of few elements."""
    paths: dict[int, list[str]] = {}
    for _, level, a, b in _columns(blocks, slots):
        path = f"M{a:.0f} {_HIGH}v-{_HEIGHTS[level]}h{max(b - a - 3, 1):.0f}v{_HEIGHTS[level]}z"
        paths.setdefault(level, []).append(path)
    parts = "".join(f'<path class="l{level}" d="{"".join(found)}"/>' for level, found in sorted(paths.items()))
    return _svg("spark", "", parts)


def _columns(blocks: Sequence[Block], slots: int) -> Iterator[tuple[int, int, float, float]]:
    """Of each column the sentence and the level that are drawn, and its edges."""
    length = blocks[-1].end if blocks else 1
    if len(blocks) <= slots:
        start = 0
        for block in blocks:
            yield block.number, block.level, start * _WIDE / length, block.end * _WIDE / length
            start = block.end
        return
    at = 0
    for slot in range(slots):
        edge = length * (slot + 1) / slots
        first = at
        while at < len(blocks) - 1 and blocks[at].end < edge:
            at += 1
        weakest = min(blocks[first : at + 1], key=lambda block: block.level)
        yield weakest.number, weakest.level, slot * _WIDE / slots, (slot + 1) * _WIDE / slots


def _svg(name: str, label: str, inside: str) -> str:
    says = f'role="img" aria-label="{text(label)}"' if label else 'aria-hidden="true"'
    return f'<svg class="{name}" viewBox="0 0 {_WIDE} {_HIGH}" preserveAspectRatio="none" {says}>{inside}</svg>'
