"""What learnt weights are worth on texts that they were not learnt from, beside the weights that are written.

Run as `python benchmarks/folds.py GOLD.jsonl … [--help]`. Each row of a file has a `fold`. Weights are learnt without
one fold, written as a rule file, and scored on that fold; so for each. Files about one signal are learnt from together,
as one pack has to serve all of them, unless `--apart`.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import numpy as np

from factcheck import Scanner
from factcheck.evaluate.evidence import Corpus, Numbers
from factcheck.evaluate.gold import Gold, Kind
from factcheck.evaluate.learning import Settings, learn
from factcheck.evaluate.quality import Quality, quality
from factcheck.evaluate.review import review
from factcheck.evaluate.usual import ATTRIBUTION, HEDGE, STRENGTH
from factcheck.text.columns import Flags
from factcheck_cli.log import Log
from factcheck_cli.measure.gold_file import GoldSet, read
from tool import Column, Measured, Row, Table, show

_DRAWS: Final = 200
_BUILTIN: Final = "written"

TABLES: Final = {
    "folds": Table(
        (
            Column("set", "set"),
            Column("weights", "weights"),
            *(
                Column(title, f"{key}{part}", ".4f")
                for key, title in (("f1", "F1"), ("ece", "ece"), ("ece_fired", "ece fired"), ("log_loss", "log loss"))
                for part, title in (("", title), ("_spread", "±"))
            ),
            Column("ece by chance", "chance", ".4f"),
            Column("ece of all folds at once", "ece_all", ".4f"),
            Column("fired", "ece_fired_all", ".4f"),
        )
    )
}


class Scored(NamedTuple):
    """What a signal says of the sentences of a fold, and what people do."""

    probability: Numbers
    labelled: Flags


def main() -> None:
    """Print a row for each set and its weights."""
    parser = argparse.ArgumentParser(description="Score learnt weights fold by fold.")
    parser.add_argument("gold", nargs="+", help="files of labelled sentences with folds")
    parser.add_argument("--signal", default=HEDGE, help=f"what labels uncertain and certain speak of ({HEDGE})")
    parser.add_argument(
        "--strength", type=float, default=STRENGTH, help=f"cases a written weight is worth ({STRENGTH:g})"
    )
    parser.add_argument("--keep-levels", action="store_true", help="let no weight cross 0.5")
    parser.add_argument("--propose", action="store_true", help="learn exceptions and rules, too; takes long")
    parser.add_argument("--weak-signs", action="store_true", help="and words that are marked only now and then")
    parser.add_argument("--apart", action="store_true", help="learn from each file for itself")
    parser.add_argument("--rules", nargs="+", default=(), metavar="PATH", help="beside the built-in packs")
    parser.add_argument(
        "--sentences", type=int, metavar="N", help="learn from so many, drawn at random, instead of all"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the rows here, too")
    given = parser.parse_args()
    show(TABLES, measured(given), given.json)


def measured(given: argparse.Namespace) -> Measured:
    """The rows of the table."""
    settings = Settings(given.strength, keep_levels=given.keep_levels, propose=given.propose, weak=given.weak_signs)
    sets = read(given.gold, Log())
    groups: dict[str, list[GoldSet]] = {}
    for one in sets:
        signal = ATTRIBUTION if one.kind is Kind.ATTRIBUTION else given.signal
        groups.setdefault(f"{signal} {one.name}" if given.apart else signal, []).append(one)
    for key, group in groups.items():
        yield from (("folds", row) for row in rows(key.split()[0], group, settings, given.rules, given.sentences))


def rows(
    signal: str, group: Sequence[GoldSet], settings: Settings, rules: Sequence[str] = (), most: int | None = None
) -> Iterator[Row]:
    """Two rows for each set of the group, which is learnt from together, from `most` sentences of each or all."""
    written = Scanner(rules)
    found: dict[tuple[str, str], list[Scored]] = {}
    for fold in sorted({one.fold for own in group for one in own.sentences if one.fold is not None}):
        others = [_drawn([one for one in own.sentences if one.fold != fold], most) for own in group]
        learnt = _learnt(written, Corpus(signal, tuple(others)), settings, rules)
        for own in group:
            corpus = Corpus(signal, (tuple(one for one in own.sentences if one.fold == fold),))
            for name, scanner in ((_BUILTIN, written), ("learnt", learnt)):
                found.setdefault((Path(own.name).stem, name), []).append(_scored(corpus, scanner))
    for (title, name), scores in found.items():
        yield {"set": title, "weights": name, **summed(scores)}


def _drawn(sentences: Sequence[Gold], most: int | None) -> tuple[Gold, ...]:
    """So many of them, in order."""
    if most is None or most >= len(sentences):
        return tuple(sentences)
    chosen = np.random.default_rng(0).choice(len(sentences), most, replace=False)
    return tuple(sentences[row] for row in np.sort(chosen).tolist())


def _learnt(scanner: Scanner, corpus: Corpus, settings: Settings, rules: Sequence[str]) -> Scanner:
    """The rules with what the corpus teaches, read from the file that says so."""
    text = review(learn(scanner, [corpus], settings), [])
    if not text:
        return scanner
    with TemporaryDirectory() as folder:
        path = Path(folder, "learnt.fact")
        path.write_text(text, "utf-8")
        return Scanner([*rules, path], cache=False)


def _scored(corpus: Corpus, scanner: Scanner) -> Scored:
    measured = corpus.measured
    return Scored(corpus.scanned(scanner).probability.take(measured), corpus.labelled.take(measured))


def summed(scores: Sequence[Scored]) -> Mapping[str, float]:
    """Mean and spread over the folds, and the calibration of all of them at once.

    `chance` is the mean ece that the folds would have if each signal were exactly right wherever it says anything: of
    some hundred sentences, each labelled with the chance that its signal says, a bin is never labelled just so often.
    """
    found: dict[str, float] = {}
    each = [quality(*one)._asdict() for one in scores]
    for name in Quality._fields:
        values = [one[name] for one in each]
        found[name], found[f"{name}_spread"] = float(np.mean(values)), float(np.std(values))
    whole = Scored(*(np.concatenate(columns) for columns in zip(*scores, strict=True)))
    every = quality(*whole)
    found |= {"ece_all": every.ece, "ece_fired_all": every.ece_fired}
    return found | {"chance": float(np.mean([_by_chance(one) for one in scores]))}


def _by_chance(one: Scored) -> float:
    """The ece that is to be expected of a signal that is exactly right wherever it says anything."""
    draw = np.random.default_rng(0)
    silent = one.probability == 0
    labels = (np.where(silent, one.labelled, draw.random(len(silent)) < one.probability) for _ in range(_DRAWS))
    return float(np.mean([quality(one.probability, own).ece for own in labels]))


if __name__ == "__main__":
    main()
