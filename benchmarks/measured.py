"""Measures the built-in rules on labelled sentences, and keeps the counts beside them, where `explain` finds them.

Run as `python benchmarks/measured.py NAME[:SIGNAL]=GOLD.jsonl …`; a name says what the sentences are, such as
"encyclopaedia". What is kept are numbers, no sentence. `docs/make.py` makes the tables on quality from them.
`--stay` prints the measures and keeps the file as it is.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from factcheck import Scanner
from factcheck.evaluate.evaluation import Evaluation, evaluation
from factcheck.evaluate.gold import Kind
from factcheck.evaluate.trials import trial, tried
from factcheck.evaluate.usual import HEDGE
from factcheck.measured import FILE
from factcheck_cli.log import Log
from factcheck_cli.measure.gold_file import read

SHOWN: Final = (
    *("precision", "recall", "f1", "ece", "ece_fired", "source_f1"),
    *("accuracy", "macro_f1_five", "weighted_kappa", "spearman"),
)
"""The measures that are kept, as far as a set has them."""


class Asked(NamedTuple):
    """A set: what it is called, the signals it measures, and its file."""

    name: str
    signals: tuple[str, ...]
    path: Path


def main() -> None:
    """Measure, print, and keep."""
    parser = argparse.ArgumentParser(description="Measure the built-in rules on labelled sentences.")
    parser.add_argument("sets", nargs="+", type=asked, metavar="NAME[:SIGNAL]=GOLD.jsonl")
    parser.add_argument("--stay", action="store_true", help="leave the data file as it is")
    given = parser.parse_args()
    found = dict(measured(given.sets))
    for name, one in found.items():
        figures = {key: one.measures[key].value for key in SHOWN if key in one.measures}
        print(f"{name} ({one.sentences:,} sentences): {figures}")
    if not given.stay:
        FILE.write_text(json.dumps(kept(found), indent=1, ensure_ascii=False) + "\n", "utf-8")


def asked(text: str) -> Asked:
    """What an argument asks for."""
    name, _, path = text.rpartition("=")
    name, _, signals = name.partition(":")
    if not name:
        raise argparse.ArgumentTypeError(f"{text} has no name; write NAME=GOLD.jsonl")
    return Asked(name, tuple(signals.split("+")) if signals else (HEDGE,), Path(path))


def measured(sets: list[Asked]) -> Iterator[tuple[str, Evaluation]]:
    """What each set tells of the rules."""
    scanner, log = Scanner(), Log()
    for one in sets:
        for found in read([str(one.path)], log):
            (result,) = tried(trial(scanner, found.sentences, one.signals))
            yield one.name, evaluation(one.name, found.sentences, result)
    if log.failures:
        sys.exit("measured.py: some rows could not be read, so nothing is kept")


def kept(found: dict[str, Evaluation]) -> dict[str, Any]:
    """The data file: measures of sets, and counts of rules."""
    rules: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for name, one in found.items():
        for row in one.rules:
            if row.figures["hits"] and one.kind is not Kind.CERTAINTY:
                rules[row.name][name] = [int(row.figures["hits"]), int(row.figures["right"] or 0)]
    sets = [
        {
            "name": name,
            "signals": list(one.signals),
            "kind": one.kind.value,
            "sentences": one.sentences,
            "measures": {key: one.measures[key].value for key in SHOWN if key in one.measures},
        }
        for name, one in found.items()
    ]
    return {"sets": sets, "rules": dict(sorted(rules.items()))}


if __name__ == "__main__":
    main()
