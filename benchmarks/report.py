"""The newest record as tables and plots: what `docs/make.py` puts on the page on speed."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import memory
import peers
import scaling
import startup
import worst
from record import FOLDER
from tool import Column, Row, Table

BENCH: Final = Table(
    (
        Column("benchmark", "name"),
        Column("KB", "kilobytes", ",.0f"),
        Column("ms", "ms", ",.3f"),
        Column("ms/MB", "cost", ",.1f"),
    )
)
TABLES: Final[dict[str, Table]] = {
    **peers.TABLES, **scaling.TABLES, **worst.TABLES, **memory.TABLES, **startup.TABLES, "bench": BENCH,
}  # fmt: skip
PLOTS: Final = ("peers", "sizes", "rules", "texts")
"""The tables that have a plot beside them."""
_STYLE: Final = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "factcheck",  # the same file from the same figures
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
}
_BLUE, _GREY, _RED = "#0b61a4", "#8a8f98", "#b3261e"


class Report:
    """A record, read for a page."""

    def __init__(self, path: Path) -> None:
        """Raises OSError and ValueError when there is no record at `path`."""
        data = path.read_bytes()
        self.record: Mapping[str, Any] = json.loads(data)
        self.stamp: Final = f"{path.stem} {hashlib.sha256(data).hexdigest()[:16]}"
        """What tells whether a plot was made from this very record."""

    def rows(self, table: str) -> Sequence[Row]:
        """The rows of a table; none when it was not measured."""
        return self.record["figures"].get(table, [])

    def parts(self) -> dict[str, Callable[[], str]]:
        """The made parts of the page, by name."""
        return {f"speed-{name.replace(' ', '-')}": self._maker(name) for name in TABLES} | {"speed-about": self.about}

    def _maker(self, name: str) -> Callable[[], str]:
        return lambda: TABLES[name].markdown(self.rows(name)) if self.rows(name) else "Not measured for this record."

    def about(self) -> str:
        """Where and with what the figures were measured."""
        machine, packages = self.record["machine"], self.record["packages"]
        versions = ", ".join(f"{name} {version}" for name, version in packages.items())
        quick = " These figures come from a trial run on tiny texts and say little." if self.record["quick"] else ""
        place = f"{machine['processor']} ({machine['cores']} cores, {machine['system']})"
        when = f"Measured on {self.record['date'][:10]} at commit `{self.record['commit']}`, on {place}"
        return f"{when}, with {versions}. The text: {self.record['corpus']}.{quick}"

    def draw(self, folder: Path) -> None:
        """Write the plots as `speed-NAME.svg`. ImportError: Matplotlib, of the extra `bench`, is not installed."""
        import matplotlib as mpl
        from matplotlib.figure import Figure

        with mpl.rc_context(_STYLE):
            for name in PLOTS:
                if rows := self.rows(name):
                    figure = Figure(figsize=_size(name, rows), layout="constrained")
                    _DRAWN[name](figure.add_subplot(), rows)
                    about = {"Date": None, "Title": f"factcheck: {name}", "Source": self.stamp}
                    figure.savefig(folder / f"speed-{name}.svg", metadata=about)


def newest(folder: Path = FOLDER) -> Report:
    """The newest record of the folder. FileNotFoundError: there is none."""
    paths = list(folder.glob("*.json"))
    if not paths:
        raise FileNotFoundError(f"{folder} holds no record: run `python benchmarks/record.py`")
    return Report(max(paths, key=lambda path: str(json.loads(path.read_text("utf-8"))["date"])))


# Plots ----------------------------------------------------------------------------------------------------------------


def _size(name: str, rows: Sequence[Row]) -> tuple[float, float]:
    """Inches: bars need room for each."""
    return 8, 0.8 + 0.22 * len(rows) if name in {"peers", "texts"} else 4


def _peers(axes: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401 -- Matplotlib is not installed everywhere
    tools = [str(row["tool"]) for row in rows]
    bars = axes.barh(tools, [row["speed"] for row in rows], color=[_color("factcheck" in tool) for tool in tools])
    axes.bar_label(bars, fmt="%.3g", padding=3)
    _logarithmic(axes, "MB/s of one core, logarithmic")
    axes.invert_yaxis()
    axes.margins(x=0.15)


def _logarithmic(axes: Any, label: str) -> None:  # noqa: ANN401 -- the same
    """Powers of ten below, as plain numbers."""
    axes.set(xscale="log", xlabel=label)
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_formatter("")


def _color(ours: bool) -> str:  # noqa: FBT001 -- which of two
    return _BLUE if ours else _GREY


def _sizes(axes: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401 -- the same
    for form, color in (("one text", _BLUE), ("articles", _GREY)):
        points = [(row["kilobytes"], row["cost"]) for row in rows if row["form"] == form]
        axes.plot(*zip(*points, strict=True), marker="o", color=color, label=form)
    _logarithmic(axes, "KB of text, logarithmic")
    axes.margins(y=0.2)
    axes.set(ylabel="ms a MB", ylim=(0, None))
    axes.legend()


def _rules(axes: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401 -- the same
    for key, label, color in (("first", "first pass", _GREY), ("later", "later ones", _BLUE)):
        points = [(row["rules"], row[key]) for row in rows]
        axes.plot(*zip(*points, strict=True), marker="o", color=color, label=label)
    axes.margins(y=0.2)
    axes.set(xlabel="rules", ylabel="ms a MB", xlim=(0, None), ylim=(0, None))
    axes.legend()


def _texts(axes: Any, rows: Sequence[Row]) -> None:  # noqa: ANN401 -- the same
    by_cost = sorted(rows, key=lambda row: float(row["times"] or 0), reverse=True)
    colors = [_RED if float(row["times"] or 0) > worst.MOST_TIMES else _BLUE for row in by_cost]
    axes.barh([str(row["kind"]) for row in by_cost], [row["times"] for row in by_cost], color=colors)
    axes.axvline(1, color=_GREY, linewidth=1)
    axes.axvline(worst.MOST_TIMES, color=_RED, linewidth=1, linestyle="--")
    axes.set(xlabel="cost of a byte, times that of news")
    axes.invert_yaxis()
    axes.margins(y=0.01)


_DRAWN: Final = {"peers": _peers, "sizes": _sizes, "rules": _rules, "texts": _texts}
