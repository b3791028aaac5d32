"""Small charts as SVG: the share of each level, and the confidence along a text."""

from collections import Counter
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

_CROWD: Final = 4  # sentences of a column from which on the weakest would be all that is seen


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
    """The levels along the text; of a very long one the share that each has of every part."""
    crowded = len(blocks) > _CROWD * slots
    boxes = _stacks(blocks, slots) if crowded else _bars(blocks, slots)
    parts = [
        f'<rect class="l{level}" data-s="{number}" x="{a:.1f}" width="{max(b - a - 0.6, 0.8):.1f}"'
        f' y="{_HIGH - top:.4g}" height="{high:.4g}"/>'
        for number, level, a, b, top, high in boxes
    ]
    told = "the share of each level, the weakest at the ground" if crowded else "the higher, the weaker the wording"
    return _svg("strip", f"Confidence along the text: {told}", "".join(parts))


_Box = tuple[int, int, float, float, float, float]
"""A sentence and a level, edges, the top above the ground, and the height."""


def _bars(blocks: Sequence[Block], slots: int) -> Iterator[_Box]:
    for number, level, a, b in _columns(blocks, slots):
        yield number, level, a, b, _HEIGHTS[level], _HEIGHTS[level]


def _stacks(blocks: Sequence[Block], slots: int) -> Iterator[_Box]:
    """Of each column the levels in it, the weakest at the ground and last, each with the first sentence that has it."""
    for slot, found in enumerate(_slotted(blocks, slots)):
        counts = Counter(block.level for block in found)
        first = {block.level: block.number for block in reversed(found)}
        top = float(_HIGH)
        for level in sorted(counts, reverse=True):
            high = _HIGH * counts[level] / len(found)
            yield first[level], level, slot * _WIDE / slots, (slot + 1) * _WIDE / slots, top, high
            top -= high


def track(blocks: Sequence[Block], slots: int) -> list[int]:
    """The same in few numbers: of each column its level, and where it ends."""
    return [round(one) for _, level, _, end in _columns(blocks, slots) for one in (level, end)]


def spark(track: Sequence[int]) -> str:
    """The same, small and of few elements, as `report.js` draws it, too."""
    paths: dict[int, list[str]] = {}
    start = 0
    for level, end in zip(track[::2], track[1::2], strict=True):
        high = _HEIGHTS[level]
        paths.setdefault(level, []).append(f"M{start} {_HIGH}v-{high}h{max(end - start - 3, 1)}v{high}z")
        start = end
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
    for slot, found in enumerate(_slotted(blocks, slots)):
        weakest = min(found, key=lambda block: block.level)
        yield weakest.number, weakest.level, slot * _WIDE / slots, (slot + 1) * _WIDE / slots


def _slotted(blocks: Sequence[Block], slots: int) -> Iterator[Sequence[Block]]:
    """The sentences in each column; one that goes beyond it is in the next, too."""
    length, at = blocks[-1].end, 0
    for slot in range(slots):
        edge = length * (slot + 1) / slots
        first = at
        while at < len(blocks) - 1 and blocks[at].end < edge:
            at += 1
        yield blocks[first : at + 1]


def _svg(name: str, label: str, inside: str) -> str:
    says = f'role="img" aria-label="{text(label)}"' if label else 'aria-hidden="true"'
    return f'<svg class="{name}" viewBox="0 0 {_WIDE} {_HIGH}" preserveAspectRatio="none" {says}>{inside}</svg>'
