"""How long the program takes to start, beside an interpreter that does nothing, and rules to load.

Run as `python benchmarks/startup.py [--help]`. The commands take turns, of each the best run counts. What is loaded is
loaded in a process of its own: cold from the sources, every example run, then from the cache.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from child import FACTCHECK
from corpus import ARTICLE
from measure import best
from tool import Column, Measured, Table, options, show

NOTHING: Final = "python -c pass"
TABLES: Final = {
    "startup": Table(
        (
            Column("command", "command"),
            Column("ms", "ms", ",.1f"),
            Column(f"times `{NOTHING}`", "ratio", ",.1f"),
        )
    ),
    "load": Table(
        (
            Column("the built-in packs", "source"),
            Column("rules", "rules", ",d"),
            Column("ms", "ms", ",.1f"),
            Column("ms a rule", "each", ",.2f"),
        )
    ),
}
_LOADING: Final = """
import time
from factcheck.load import load
started = time.process_time()
loaded = load(cached={cached})
print(time.process_time() - started, len(loaded.program.rules))
"""


def main() -> None:
    """Print both tables."""
    parser = options("Measure how long factcheck takes to start, and rules to load.")
    parser.add_argument("--rounds", type=int, default=15, help="of which the best counts (15)")
    given = parser.parse_args()
    show(TABLES, measured(given), given.json)


def measured(given: argparse.Namespace) -> Measured:
    """A row a command, and a row a way to load."""
    with TemporaryDirectory() as folder:
        line = Path(folder) / "line.txt"
        line.write_text("The boat may sink.\n", "utf-8")
        environment = {**os.environ, "FACTCHECK_CACHE": str(Path(folder) / "cache")}
        commands = {
            NOTHING: [sys.executable, "-c", "pass"],
            "factcheck --version": [FACTCHECK, "--version"],
            "factcheck --help": [FACTCHECK, "--help"],
            "factcheck scan, one line": [FACTCHECK, "scan", str(line)],
            "factcheck scan, one article": [FACTCHECK, "scan", str(ARTICLE)],
        }
        run = partial(subprocess.run, env=environment, check=True, capture_output=True, encoding="utf-8")
        run(commands["factcheck scan, one line"])  # fills the cache
        seconds = best({name: partial(run, command) for name, command in commands.items()}, given.rounds, perf_counter)
        for name, each in seconds.items():
            yield "startup", {"command": f"`{name}`", "ms": each * 1e3, "ratio": each / seconds[NOTHING]}
        for source, cached in (("from their files", False), ("from the cache", True)):
            yield "load", {"source": source, **_loaded(run, given.rounds, cached=cached)}


def _loaded(
    run: Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"], rounds: int, *, cached: bool
) -> dict[str, float]:
    """The best of some runs."""
    script = [sys.executable, "-c", _LOADING.format(cached=cached)]
    seconds, rules = min(tuple(map(float, run(script).stdout.split())) for _ in range(rounds))
    return {"rules": int(rules), "ms": seconds * 1e3, "each": seconds * 1e3 / rules}


if __name__ == "__main__":
    main()
