"""What the worst texts and the worst rules cost beside news with the built-in packs, and whether that stays linear.

Run as `python benchmarks/worst.py [--help]`. A byte of any text may cost at most six times a byte of news; whatever the
rules, a text of twice the size takes twice the time, and memory stays bounded. What breaks a bound is marked.
"""

import argparse
from functools import partial
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from child import FACTCHECK, usage
from corpus import BETWEEN, bytes_of, corpus
from factcheck import Scanner
from hostile import KINDS, hostile
from hostile_rules import RULES
from measure import best, seconds_of
from stages import findings_in, scan_all
from tool import KILOBYTE, MEGABYTE, Column, Measured, Row, Table, options, show

MOST_TIMES: Final = 6.0
"""A byte of a hostile text may cost so many times one of news."""
MOST_GROWTH: Final = 1.25
"""How much dearer a byte of the larger text may be."""
TABLES: Final = {
    "texts": Table(
        (
            Column("hostile text", "kind"),
            Column("ms/MB", "cost", ",.0f"),
            Column("times news", "times", ",.2f"),
            Column("growth", "growth", ",.2f"),
            Column("", "mark"),
        )
    ),
    "hostile rules": Table(
        (
            Column("hostile rules", "kind"),
            Column("load, s", "load", ",.1f"),
            Column("times news, on news", "news", ",.2f"),
            Column("on their own words", "own", ",.2f"),
            Column("findings a KB", "findings", ",.0f"),
            Column("growth", "growth", ",.2f"),
            Column("peak, MB, small", "small", ",.0f"),
            Column("large", "large", ",.0f"),
            Column("", "mark"),
        )
    ),
}
PARTS: Final = tuple(TABLES)


def main() -> None:
    """Print the tables asked for."""
    parser = options("Measure the worst texts and the worst rules.")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--sizes", nargs=2, type=int, default=(64, 256), metavar="KB", help="of hostile texts (64 256)")
    parser.add_argument("--news", type=int, default=256, metavar="KB", help="of news (256)")
    parser.add_argument("--own", nargs=2, type=int, default=(32, 64), metavar="KB", help="of rules' own words (32 64)")
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS), metavar="KIND", help="of texts")
    parser.add_argument("--rules", nargs="+", choices=RULES, default=list(RULES), metavar="KIND", help="of rules")
    parser.add_argument("--rounds", type=int, default=3, help="of which the best counts (3)")
    parser.add_argument("--again", type=int, default=5, help="further rounds of what seems to grow (5)")
    given = parser.parse_args()
    show(TABLES, measured(given), given.json)


def measured(given: argparse.Namespace) -> Measured:
    """The rows of all tables asked for."""
    scanner = Scanner()
    news = BETWEEN.join(corpus(given.corpus, given.news * KILOBYTE))
    plain = _costs(scanner, [news], given)[0]
    if "texts" in given.only:
        yield from (("texts", _text(scanner, kind, plain, given)) for kind in given.kinds)
    if "hostile rules" in given.only:
        yield from (("hostile rules", _rules(kind, news, plain, given)) for kind in given.rules)


def _text(scanner: Scanner, kind: str, plain: float, given: argparse.Namespace) -> Row:
    small, large = _costs(scanner, [hostile(kind, size * KILOBYTE) for size in given.sizes], given)
    times, growth = large / plain, large / small
    broken = mark({"too dear": times > MOST_TIMES, "not linear": growth > MOST_GROWTH})
    return {"kind": kind, "cost": large, "times": times, "growth": growth, "mark": broken}


def _rules(kind: str, news: str, plain: float, given: argparse.Namespace) -> Row:
    """Rules beside the built-in packs, on news and on two sizes of their own words."""
    made = RULES[kind]()
    texts = [made.text(size * KILOBYTE) for size in given.own]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "hostile.fact"
        path.write_text(made.file, "utf-8")
        load, scanner = seconds_of(partial(Scanner, [path], cache=False))
        on_news = _costs(scanner, [news], given)[0]
        small, large = _costs(scanner, texts, given)
        _peak(path, "It may.")  # the rules are in the cache then
        peaks = [_peak(path, text) for text in texts]
    growth = large / small
    share = peaks[0] * len(texts[1]) / len(texts[0])
    return {
        "kind": kind,
        "load": load,
        "news": on_news / plain,
        "own": large / plain,
        "findings": findings_in(scan_all(scanner, texts[:1])) / bytes_of(texts[:1]) * KILOBYTE,
        "growth": growth,
        "small": peaks[0],
        "large": peaks[1],
        "mark": mark({"not linear": growth > MOST_GROWTH, "much memory": peaks[1] > share}),
    }


def _costs(scanner: Scanner, texts: list[str], given: argparse.Namespace) -> list[float]:
    """Milliseconds a megabyte of each text, the best of some rounds in turns; what seems to grow is measured again."""
    found = [inf] * len(texts)
    for number in range(given.rounds + given.again):
        if number >= given.rounds and found[-1] <= MOST_GROWTH * found[0]:
            break
        seconds = best({str(n): partial(scan_all, scanner, [text]) for n, text in enumerate(texts)}, 1)
        for n, text in enumerate(texts):
            found[n] = min(found[n], seconds[str(n)] * 1e3 / bytes_of([text]) * MEGABYTE)
    return found


def _peak(path: Path, text: str) -> float:
    """Megabytes that the command takes at most for this text with these rules."""
    article = path.with_name("text.txt")
    article.write_text(text, "utf-8")
    cache = {"FACTCHECK_CACHE": str(path.with_name("cache"))}
    return usage([FACTCHECK, "scan", str(article), "--rules", str(path), "--quiet"], cache).peak / MEGABYTE


def mark(bounds: dict[str, bool]) -> str:
    """The names of those bounds that are broken."""
    return ", ".join(f"**{name}**" for name, broken in bounds.items() if broken)


if __name__ == "__main__":
    main()
