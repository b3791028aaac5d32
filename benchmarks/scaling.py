"""Whether every stage is linear: its time per byte on a large text over that on a small one.

Run as `python benchmarks/scaling.py [--help]` with the engine on the path. Prints tables in Markdown; a row that grows
faster than its bound is marked. News is measured as one text of many articles, and as a batch of articles.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from corpus import BETWEEN, bytes_of, corpus
from factcheck import Scanner
from hostile import KINDS, hostile
from stages import STAGES, Timing, best

MEGABYTE: Final = 1_000_000
KILOBYTE: Final = 1_000
MOST_NEWS: Final = 1.10
MOST_HOSTILE: Final = 1.25
SHARE: Final = 0.05
"""Of hostile texts only a stage that takes at least this share of the time is named."""

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
    found = []
    for size in (small, large):
        texts = corpus(options.corpus, int(size * MEGABYTE))
        found.append(_costs(scanner, [BETWEEN.join(texts)] if together else texts, options))
    for name in (*options.stages, "all of these"):
        before, after = (_of(costs, name) for costs in found)
        yield _row(name, f"{before:,.1f}", f"{after:,.1f}", after / before, MOST_NEWS)


def against(scanner: Scanner, options: argparse.Namespace) -> Iterator[str]:
    """A row a hostile text."""
    small, large = options.hostile_sizes
    plain = _of(_costs(scanner, [BETWEEN.join(corpus(options.corpus, large * KILOBYTE))], options), "all of these")
    yield f"\n| hostile text | ms/MB at {large} KB | times news | ratio to {small} KB | | the stage that grows most |"
    yield "| --- | ---: | ---: | ---: | --- | --- |"
    for kind in options.kinds:
        costs = [_costs(scanner, [hostile(kind, size * KILOBYTE)], options) for size in (small, large)]
        before, after = (_of(each, "all of these") for each in costs)
        row = _row(kind, f"{after:,.0f}", f"{after / plain:.2f}", after / before, MOST_HOSTILE)
        yield f"{row} {_worst(*costs)} |"


def _worst(before: Costs, after: Costs) -> str:
    """The stage whose time grows most, of those that take a share of it."""
    least = SHARE * sum(after.values())
    ratio, name = max((after[name] / before[name], name) for name in after if after[name] >= least)
    return f"{name} {ratio:.2f}"


def _costs(scanner: Scanner, texts: Sequence[str], options: argparse.Namespace) -> Costs:
    timings: dict[str, Timing] = best(scanner, texts, max(options.stages, key=list(STAGES).index), options.runs)
    size = bytes_of(texts) / MEGABYTE
    return {name: timings[name].seconds * 1e3 / size for name in options.stages}


def _of(costs: Costs, name: str) -> float:
    return costs.get(name) or sum(costs.values())


def _row(name: str, first: str, second: str, ratio: float, most: float) -> str:
    return f"| {name} | {first} | {second} | {ratio:.2f} | {'**not linear**' if ratio > most else ''} |"


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
    return parser.parse_args()


if __name__ == "__main__":
    main()
