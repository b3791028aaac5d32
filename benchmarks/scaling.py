"""What a byte costs as texts grow, stage by stage, and as rules get more.

Run as `python benchmarks/scaling.py [--help]`. A scan is linear when a byte costs the same whatever the size of the
text; a stage that grows faster is marked. Rules get more by `copies.py`; the first pass over a text, when the automata
know only the rules' own examples, is told apart from the later ones.
"""

import argparse
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from copies import SYLLABLES, Copies
from corpus import BETWEEN, bytes_of, corpus
from factcheck import Scanner
from hostile import KINDS, hostile
from measure import best, seconds_of
from stages import STAGES, findings_in, scan_all, timed
from tool import KILOBYTE, MEGABYTE, Column, Measured, Row, Table, options, show

MOST: Final = 1.10
"""How much dearer a byte of the larger text may be."""
_SHORTEST: Final = 200 * KILOBYTE
"""Shorter texts are scanned several times, so that a clock can tell."""
TABLES: Final = {
    "sizes": Table(
        (
            Column("text", "form"),
            Column("KB", "kilobytes", ",.0f"),
            Column("ms", "ms", ",.2f"),
            Column("ms/MB", "cost", ",.1f"),
            Column("MB/s", "speed", ",.2f"),
        )
    ),
    "stages": Table(
        (
            Column("stage", "stage"),
            Column("text", "form"),
            Column("ms/MB, small", "small", ",.1f"),
            Column("ms/MB, large", "large", ",.1f"),
            Column("ratio", "ratio", ",.2f"),
            Column("", "mark"),
        )
    ),
    "rules": Table(
        (
            Column("times the packs", "times", "d"),
            Column("rules", "rules", ",d"),
            Column("load from files, s", "load", ",.1f"),
            Column("from the cache, ms", "cached", ",.0f"),
            Column("first pass, ms/MB", "first", ",.1f"),
            Column("later ones, ms/MB", "later", ",.1f"),
            Column("ratio", "ratio", ",.2f"),
            Column("findings a MB", "findings", ",.0f"),
        )
    ),
}
PARTS: Final = tuple(TABLES)

Costs = dict[str, float]
"""Milliseconds a megabyte, by stage."""


def main() -> None:
    """Print the tables asked for."""
    parser = options("Measure how the time grows with the text and with the rules.")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument(
        "--sizes", nargs="+", type=float, default=(5, 50, 500, 1_000, 4_000), metavar="KB", help="(5 50 500 1000 4000)"
    )
    parser.add_argument("--stage-sizes", nargs=2, type=float, default=(1, 4), metavar="MB", help="of news (1 4)")
    parser.add_argument("--hostile", choices=KINDS, metavar="KIND", help="look at the stages on this hostile text")
    parser.add_argument("--times", nargs="+", type=int, default=(1, 2, 5, 10), help="the packs (1 2 5 10)")
    parser.add_argument("--rules-size", type=float, default=1, metavar="MB", help="of text for many rules (1)")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts (3)")
    parser.add_argument("--again", type=int, default=5, help="further rounds of what seems to grow (5)")
    given = parser.parse_args()
    if max(given.times) > len(SYLLABLES) + 1:
        parser.error(f"there are at most {len(SYLLABLES)} copies of the packs")
    show(TABLES, measured(given), given.json)


def measured(given: argparse.Namespace) -> Measured:
    """The rows of all tables asked for."""
    made = {"sizes": sizes, "stages": stages, "rules": rules}
    for name in given.only:
        yield from ((name, row) for row in made[name](given))


# Sizes of texts -------------------------------------------------------------------------------------------------------


def sizes(given: argparse.Namespace) -> Iterator[Row]:
    """A row a size and form: one text of many articles, and a batch of articles."""
    scanner = Scanner()
    parts = [corpus(given.corpus, int(size * KILOBYTE)) for size in given.sizes]
    texts = {("one text", n): [BETWEEN.join(part)] for n, part in enumerate(parts)}
    texts |= {("articles", n): part for n, part in enumerate(parts)}
    keys = {f"{form} {n}": (form, n) for form, n in texts}
    tasks = {key: partial(_again, scanner, texts[each]) for key, each in keys.items()}
    seconds = best(tasks, given.rounds)
    for key, each in keys.items():
        size = bytes_of(texts[each]) / MEGABYTE
        cost = seconds[key] / _repeats(texts[each]) * 1e3
        yield {
            "form": each[0],
            "kilobytes": size * MEGABYTE / KILOBYTE,
            "ms": cost,
            "cost": cost / size,
            "speed": size / cost * 1e3,
        }


def _again(scanner: Scanner, texts: Sequence[str]) -> None:
    for _ in range(_repeats(texts)):
        scan_all(scanner, texts)


def _repeats(texts: Sequence[str]) -> int:
    return max(1, _SHORTEST // bytes_of(texts))


# Stages ---------------------------------------------------------------------------------------------------------------


def stages(given: argparse.Namespace) -> Iterator[Row]:
    """A row a stage and form."""
    scanner = Scanner()
    if given.hostile:
        pair = [[hostile(given.hostile, int(size * MEGABYTE))] for size in given.stage_sizes]
        yield from _stages(scanner, pair, given.hostile, given)
        return
    parts = [corpus(given.corpus, int(size * MEGABYTE)) for size in given.stage_sizes]
    yield from _stages(scanner, [[BETWEEN.join(part)] for part in parts], "one text", given)
    yield from _stages(scanner, parts, "articles", given)


def _stages(scanner: Scanner, texts: Sequence[Sequence[str]], form: str, given: argparse.Namespace) -> Iterator[Row]:
    small, large = _compared(scanner, texts, given)
    small["all of these"], large["all of these"] = sum(small.values()), sum(large.values())
    for name, cost in small.items():
        ratio = large[name] / cost
        mark = "**not linear**" if ratio > MOST else ""
        yield {"stage": name, "form": form, "small": cost, "large": large[name], "ratio": ratio, "mark": mark}


def _compared(scanner: Scanner, texts: Sequence[Sequence[str]], given: argparse.Namespace) -> list[Costs]:
    """The costs of a smaller and a larger list of texts, of each stage the best of some rounds.

    They take turns, so that a machine that others use slows both, and what looks as if it grew is measured again.
    """
    found: list[Costs] = [dict.fromkeys(STAGES, inf) for _ in texts]
    counts: list[list[list[int]]] = [[] for _ in texts]
    for number in range(given.rounds + given.again):
        if number >= given.rounds and all(found[-1][name] <= MOST * found[0][name] for name in STAGES):
            break
        for costs, count, each in zip(found, counts, texts, strict=True):
            timings = timed(scanner, each)
            size = bytes_of(each) / MEGABYTE
            costs |= {name: min(costs[name], one.seconds * 1e3 / size) for name, one in timings.items()}
            count.append([one.found for one in timings.values()])
            assert count[-1] == count[0], "a second round found something else"
    return found


# Numbers of rules -----------------------------------------------------------------------------------------------------


def rules(given: argparse.Namespace) -> Iterator[Row]:
    """A row a number of copies of the packs."""
    texts = corpus(given.corpus, int(given.rules_size * MEGABYTE))
    dealt = {times: Copies(times).dealt(texts) for times in given.times}
    rows: dict[int, dict[str, float]] = {}
    with TemporaryDirectory() as folder, _cache_in(Path(folder) / "cache"):
        for number in range(given.rounds):
            for times in given.times:
                place = Path(folder) / str(times)
                if number == 0:
                    rows[times] = {"times": times, **_prepared(Copies(times), place)}
                for name, value in _scanned(dealt[times], place).items():
                    rows[times][name] = min(value, rows[times].get(name, inf))
    for row in rows.values():
        yield {**row, "ratio": row["later"] / rows[given.times[0]]["later"]}


def _prepared(copies: Copies, place: Path) -> dict[str, float]:
    """Their files in the folder, loaded once so that the cache has them."""
    place.mkdir()
    copies.write(place)
    seconds, scanner = seconds_of(partial(_scanner, place))
    return {"rules": len(scanner.program.rules), "load": seconds}


def _scanner(place: Path) -> Scanner:
    return Scanner([place] if any(place.iterdir()) else [])


def _scanned(texts: Sequence[str], place: Path) -> dict[str, float]:
    """A new scanner's first pass over the texts, and its second."""
    megabytes = bytes_of(texts) / MEGABYTE
    cached, scanner = seconds_of(partial(_scanner, place))
    first, scans = seconds_of(partial(scan_all, scanner, texts))
    later, _ = seconds_of(partial(scan_all, scanner, texts))
    return {
        "cached": cached * 1e3,
        "first": first * 1e3 / megabytes,
        "later": later * 1e3 / megabytes,
        "findings": findings_in(scans) / megabytes,
    }


@contextmanager
def _cache_in(place: Path) -> Iterator[None]:
    """Compiled rules are kept here."""
    before = os.environ.get("FACTCHECK_CACHE")
    os.environ["FACTCHECK_CACHE"] = str(place)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FACTCHECK_CACHE"]
        else:
            os.environ["FACTCHECK_CACHE"] = before


if __name__ == "__main__":
    main()
