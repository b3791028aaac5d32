"""Whether every stage is linear: its time per byte on a large text over that on a small one.

Run as `python benchmarks/scaling.py [--help]` with the engine on the path. Prints tables in Markdown; a row that grows
faster than its bound is marked. News is measured as one text of many articles, and as a batch of articles.
"""

import argparse
from collections.abc import Iterator, Sequence
from math import inf
from pathlib import Path
from typing import Final, NamedTuple

from corpus import BETWEEN, bytes_of, corpus
from factcheck import Scanner
from hostile import KINDS, hostile
from stages import STAGES, timed

MEGABYTE: Final = 1_000_000
KILOBYTE: Final = 1_000


class Bound(NamedTuple):
    """How much dearer a byte of the large text may be, and the share of the time below which a stage is too small."""

    most: float
    share: float


NEWS: Final = Bound(1.10, 0.0)
HOSTILE: Final = Bound(1.25, 0.05)

Costs = dict[str, float]
"""Milliseconds a megabyte, by stage."""


def main() -> None:
    """Print the tables asked for."""
    options = _options()
    scanner = Scanner()
    if "news" in options.only:
        for form, together in (("one text", True), ("a batch of articles", False)):
            _print_all(news(scanner, options, form, together=together))
    if "hostile" in options.only:
        _print_all(against(scanner, options))


def news(scanner: Scanner, options: argparse.Namespace, form: str, *, together: bool) -> Iterator[str]:
    """A row a stage."""
    small, large = options.sizes
    yield f"\n| stage, {form} | ms/MB at {small:g} MB | at {large:g} MB | ratio | |\n| --- | ---: | ---: | ---: | --- |"
    sizes = (corpus(options.corpus, int(size * MEGABYTE)) for size in (small, large))
    texts = [[BETWEEN.join(each)] if together else each for each in sizes]
    costs = _compared(scanner, texts, options, NEWS)
    for name in (*options.stages, "all of these"):
        before, after = (_of(each, name) for each in costs)
        yield _row(name, f"{before:,.1f}", f"{after:,.1f}", after / before, NEWS)


def against(scanner: Scanner, options: argparse.Namespace) -> Iterator[str]:
    """A row a hostile text."""
    small, large = options.hostile_sizes
    made = [[BETWEEN.join(corpus(options.corpus, large * KILOBYTE))]]
    (plain,) = map(_all, _compared(scanner, made, options, HOSTILE))
    yield f"\n| hostile text | ms/MB at {large} KB | times news | ratio to {small} KB | | the stage that grows most |"
    yield "| --- | ---: | ---: | ---: | --- | --- |"
    for kind in options.kinds:
        texts = [[hostile(kind, size * KILOBYTE)] for size in (small, large)]
        costs = _compared(scanner, texts, options, HOSTILE)
        before, after = map(_all, costs)
        row = _row(kind, f"{after:,.0f}", f"{after / plain:.2f}", after / before, HOSTILE)
        ratio, name = _worst(costs, HOSTILE)
        yield f"{row} {name} {ratio:.2f} |"


def _worst(costs: Sequence[Costs], bound: Bound) -> tuple[float, str]:
    """How much the stage grows that grows most, of those that take their share of the time."""
    before, after = costs[0], costs[-1]
    least = bound.share * _all(after)
    return max((after[name] / before[name], name) for name in after if after[name] >= least)


def _compared(
    scanner: Scanner, texts: Sequence[Sequence[str]], options: argparse.Namespace, bound: Bound
) -> list[Costs]:
    """The costs of each of several lists of texts, the best of some runs, all in turns.

    A machine that others use may be twice as slow for minutes. In turns all are slowed, and what looks as if it grew
    is measured again.
    """
    last = max(options.stages, key=list(STAGES).index)
    found: list[Costs] = [{} for _ in texts]
    counts: list[list[list[int]]] = [[] for _ in texts]
    for run in range(options.runs + options.again):
        if run >= options.runs and _worst(found, bound)[0] <= bound.most:
            break
        for costs, count, each in zip(found, counts, texts, strict=True):
            timings = timed(scanner, each, last)
            size = bytes_of(each) / MEGABYTE
            costs |= {n: min(timings[n].seconds * 1e3 / size, costs.get(n, inf)) for n in options.stages}
            count.append([timing.found for timing in timings.values()])
            assert count[-1] == count[0], "a second run found something else"
    return found


def _all(costs: Costs) -> float:
    return sum(costs.values())


def _of(costs: Costs, name: str) -> float:
    return costs.get(name) or _all(costs)


def _row(name: str, first: str, second: str, ratio: float, bound: Bound) -> str:
    return f"| {name} | {first} | {second} | {ratio:.2f} | {'**not linear**' if ratio > bound.most else ''} |"


def _print_all(lines: Iterator[str]) -> None:
    for line in lines:
        print(line, flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how the time of each stage grows with the text.")
    parser.add_argument("--only", nargs="+", choices=("news", "hostile"), default=("news", "hostile"))
    parser.add_argument("--corpus", type=Path, help="a .jsonl file with `text`, or a text file; made news without")
    parser.add_argument("--sizes", nargs=2, type=float, default=(1, 4), metavar="MB", help="of news (1 4)")
    parser.add_argument("--hostile-sizes", nargs=2, type=int, default=(64, 256), metavar="KB", help="(64 256)")
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=list(STAGES))
    parser.add_argument(
        "--kinds", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND", help="of hostile text"
    )
    parser.add_argument("--runs", type=int, default=3, help="of which the best counts (3)")
    parser.add_argument("--again", type=int, default=5, help="further runs of what seems to grow (5)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
