"""How much memory `factcheck scan` takes at most, on JSON lines of several sizes and on one very long line.

Run as `python benchmarks/memory.py [--help]`, on Linux or macOS. Memory that grows with the number of articles would
show between the sizes, that of a single article with the length of the line.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from child import FACTCHECK, usage
from corpus import BETWEEN, stream
from tool import MEGABYTE, Column, Measured, Table, options, show

TABLES: Final = {
    "memory": Table(
        (
            Column("`factcheck scan` of", "text"),
            Column("MB", "size", ",.1f"),
            Column("jobs", "jobs", "d"),
            Column("peak, MB", "peak", ",.0f"),
            Column("seconds", "seconds", ",.1f"),
            Column("MB/s", "speed", ",.2f"),
        )
    )
}


def main() -> None:
    """Print the table."""
    parser = options("Measure the peak of memory of factcheck scan.")
    parser.add_argument("--sizes", nargs="*", type=float, default=(18, 360), metavar="MB", help="of articles (18 360)")
    parser.add_argument("--line", type=float, default=50, metavar="MB", help="of one article in one line (50), 0: none")
    parser.add_argument("--jobs", nargs="+", type=int, default=(1, 2), help="(1 2)")
    given = parser.parse_args()
    show(TABLES, measured(given), given.json)


def measured(given: argparse.Namespace) -> Measured:
    """A row a size, kind of text and number of jobs; the smallest first of all, so that rules come from the cache."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "texts.jsonl"
        cache = {"FACTCHECK_CACHE": str(Path(folder) / "cache")}
        path.write_text('{"text": "It may."}\n', "utf-8")
        usage([FACTCHECK, "scan", str(path)], cache)
        for name, texts in _inputs(given):
            size = _written(texts, path) / MEGABYTE
            for jobs in given.jobs:
                used = usage([FACTCHECK, "scan", str(path), "--jobs", str(jobs), "--no-progress"], cache)
                yield (
                    "memory",
                    {
                        "text": name,
                        "size": size,
                        "jobs": jobs,
                        "peak": used.peak / MEGABYTE,
                        "seconds": used.seconds,
                        "speed": size / used.seconds,
                    },
                )


def _inputs(given: argparse.Namespace) -> Iterator[tuple[str, Iterator[str]]]:
    for size in given.sizes:
        yield "articles, JSON lines", stream(given.corpus, int(size * MEGABYTE))
    if given.line:
        text = BETWEEN.join(stream(given.corpus, int(given.line * MEGABYTE)))
        yield "one article in one line", iter([" ".join(text.split())])


def _written(texts: Iterator[str], path: Path) -> int:
    """The bytes of the file with a row a text."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    return path.stat().st_size


if __name__ == "__main__":
    main()
