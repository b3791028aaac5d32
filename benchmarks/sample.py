"""Random findings of each pack in their sentences, for a person to read and judge.

Run as `python benchmarks/sample.py TEXTS.jsonl [--packs doubt hedge] [--number 100] [--seed 1]`. A seed always draws
the same findings. docs/quality.md tells how the built-in packs were judged.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from corpus import corpus
from factcheck import Finding, Scanner, Sentence
from factcheck.packs import optional_files

MEGABYTE = 1_000_000


class Drawn(NamedTuple):
    """A finding and the sentence it stands in."""

    sentence: Sentence
    finding: Finding


def main() -> None:
    """Print the findings, pack by pack, rule by rule."""
    parser = argparse.ArgumentParser(description="Draw random findings of each pack, to be read and judged.")
    parser.add_argument("corpus", type=Path, help="a .jsonl file with `text`, or a text file")
    parser.add_argument("--packs", nargs="+", default=(), help="these packs only, built-in or opt-in ones")
    parser.add_argument("--number", type=int, default=100, help="of findings a pack (100)")
    parser.add_argument("--size", type=float, default=3, help="megabytes of the corpus to draw from (3)")
    parser.add_argument("--seed", type=int, default=1, help="(1)")
    options = parser.parse_args()
    for pack, found in sorted(findings(options.corpus, options.size, options.packs).items()):
        if not options.packs or pack in options.packs:
            drawn = random.Random(options.seed).sample(found, min(options.number, len(found)))  # noqa: S311 -- a sample
            print(f"\n== {pack}: {len(drawn)} of {len(found):,}")
            for one in sorted(drawn, key=lambda one: one.finding.rule):
                print(line(one))


def findings(path: Path, size: float, packs: Collection[str]) -> dict[str, list[Drawn]]:
    """All findings in the first `size` megabytes, by pack; opt-in packs among `packs` are loaded, too."""
    scanner = Scanner(packs=optional_files().keys() & packs)
    found: dict[str, list[Drawn]] = defaultdict(list)
    for text in corpus(path, int(size * MEGABYTE)):
        for sentence in scanner.scan(text).sentences:
            for finding in sentence.findings:
                found[finding.rule.partition("/")[0]].append(Drawn(sentence, finding))
    return found


def line(one: Drawn) -> str:
    """The rule, the level of the sentence, its source, and the words of the finding in it."""
    sentence, finding = one
    start, end = (at - sentence.span.start for at in (finding.span.start, finding.span.end))
    text = f"{sentence.text[:start]}[[{sentence.text[start:end]}]]{sentence.text[end:]}"
    source = f"{sentence.source.text} ({sentence.source.kind})" if sentence.source else "-"
    return " | ".join((finding.rule, sentence.level, " ".join(source.split()), " ".join(text.split())))


if __name__ == "__main__":
    main()
