"""A picture of how probabilities compare with labels: SVG, a panel a set."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING, Final

from factcheck.evaluate.measures import wilson
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import clean

if TYPE_CHECKING:
    from factcheck.evaluate.evaluation import Evaluation
    from factcheck.evaluate.trial import Bin

_SIDE: Final = 320  # of the square that is drawn in
_LEFT, _TOP, _RIGHT, _BOTTOM = 64, 56, 24, 116
_WIDTH, _HEIGHT = _LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BOTTOM
_ACROSS: Final = 3  # panels beside one another
_COUNTS: Final = 44  # of the strip below, which has bars for how many sentences there are
_LEAST, _LARGEST = 2.5, 8.0  # radius of a point
_TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_NAME: Final = 44  # characters of a title
_STYLE: Final = """\
text{font:12px system-ui,'DejaVu Sans',sans-serif;fill:#222}
.title{font-weight:600;font-size:13px}
.small{font-size:10px;fill:#555}
.grid{stroke:#ddd}
.frame{fill:none;stroke:#888}
.ideal{stroke:#888;stroke-dasharray:5 4}
.reach{stroke:#1f6fb2;stroke-opacity:.45;stroke-width:2}
.bin{fill:#1f6fb2;fill-opacity:.85}
.count{fill:#9bbfdd}"""
SAYS: Final = "Reliability diagram: how often the label holds where the signal says so"
"""What every picture tells to those who do not see it, which tells ours from others, too."""


def drawing(found: "Sequence[Evaluation]") -> str:
    """The picture of all sets that have probabilities."""
    panels = [one for one in found if one.bins]
    across = min(len(panels), _ACROSS)
    width, height = across * _WIDTH, -(-len(panels) // _ACROSS) * _HEIGHT
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{SAYS}">',
        f"<style>{_STYLE}</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for number, one in enumerate(panels):
        row, column = divmod(number, _ACROSS)
        lines.append(f'<g transform="translate({column * _WIDTH + _LEFT} {row * _HEIGHT + _TOP})">')
        lines += _panel(one)
        lines.append("</g>")
    return "\n".join([*lines, "</svg>", ""])


def _panel(one: "Evaluation") -> Iterator[str]:
    """A set: title, axes, the diagonal, a point a bin with its 95 % interval, and below how many sentences it holds."""
    signals = " or ".join(one.signals)
    label = next(iter(one.confusion.labels)) if one.confusion else ""
    name = clean(one.name)
    yield _text(0, -32, name if len(name) <= _NAME else f"…{name[1 - _NAME :]}", "title")
    off = one.measures["ece"].value
    yield _text(0, -14, f"{counted(one.sentences, 'sentence')}, off by {off:.3f} on average", "small")
    for tick in _TICKS:
        x, y = _x(tick), _y(tick)
        yield f'<path class="grid" d="M{x} 0V{_SIDE}M0 {y}H{_SIDE}"/>'
        yield _text(x, _SIDE + 16, f"{tick:g}", "small", "middle")
        yield _text(-8, y + 4, f"{tick:g}", "small", "end")
    yield f'<rect class="frame" width="{_SIDE}" height="{_SIDE}"/>'
    yield f'<path class="ideal" d="M0 {_SIDE}L{_SIDE} 0"/>'
    most = max(bin_.sentences for bin_ in one.bins)
    for bin_ in one.bins:
        x, y = _x(bin_.signal), _y(bin_.labelled)
        low, high = wilson(bin_.labelled * bin_.sentences, bin_.sentences)
        yield f'<path class="reach" d="M{x} {_y(low)}V{_y(high)}"/>'
        said = f"says {bin_.signal:.2f}, {bin_.labelled:.0%} of {counted(bin_.sentences, 'sentence')} labelled {label}"
        yield f'<circle class="bin" cx="{x}" cy="{y}" r="{_radius(bin_, most)}"><title>{escape(said)}</title></circle>'
    yield _text(_SIDE / 2, _SIDE + 34, f"what {signals} says", "", "middle")
    yield f'<g transform="rotate(-90)">{_text(-_SIDE / 2, -42, f"share labelled {label}", "", "middle")}</g>'
    yield from _sizes(one.bins)


def _sizes(bins: "Sequence[Bin]") -> Iterator[str]:
    """A strip with a bar a bin, as high as the root of how many sentences it holds, and the number."""
    floor, most = _SIDE + _BOTTOM - 16, max(bin_.sentences for bin_ in bins)
    yield _text(-8, floor, "sentences", "small", "end")
    for bin_ in bins:
        height = round(_COUNTS * _root(bin_, most), 1)
        left, right = _x(bin_.low), _x(bin_.high)
        place = f'x="{left + 1:.1f}" y="{floor - height:.1f}" width="{right - left - 2:.1f}" height="{height}"'
        yield f'<rect class="count" {place}/>'
        yield _text((left + right) / 2, floor + 11, f"{bin_.sentences:,}", "small", "middle")


def _radius(one: "Bin", most: int) -> float:
    return round(_LEAST + (_LARGEST - _LEAST) * _root(one, most), 1)


def _root(one: "Bin", most: int) -> float:
    """The root of how many sentences there are beside the fullest bin, so that few can still be seen beside many."""
    return float((one.sentences / most) ** 0.5)


def _x(share: float) -> float:
    return round(share * _SIDE, 1)


def _y(share: float) -> float:
    return round((1 - share) * _SIDE, 1)


def _text(x: float, y: float, text: str, kind: str, anchor: str = "start") -> str:
    own = f' class="{kind}"' if kind else ""
    return f'<text{own} x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'
