"""Sets with levels: does a sentence get the level that people give it?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from factcheck.document import Finding, Sentence
from factcheck.evaluate import measures
from factcheck.evaluate.measures import Numbers, Ranks
from factcheck.evaluate.row import Figure, Row, figure, share
from factcheck.evaluate.trial import Confusion, Hit, Trial
from factcheck.judge.rank import COUNTS_FROM
from factcheck.language.program import LADDER, NOTE, Level

NAMES: Final = tuple(level.value for level in Level)
"""Labels by number: the levels, the lowest first, and no claim."""

_RANK: Final = {name: rank for rank, name in enumerate(NAMES)}
_NO_CLAIM: Final = _RANK[Level.NO_CLAIM]
_ALIKE: Final = ((Level.POSSIBLE, Level.PROBABLE), (Level.ASSERTED, Level.ESTABLISHED))
_TRUST: Final = 0.1
"""How much of a step a finding's weight is worth where two errors are equally far off."""


def _five() -> Ranks:
    """For each label which of five it is when those are taken for one that are most alike."""
    first = {name: alike[0].value for alike in _ALIKE for name in alike}
    names = list(dict.fromkeys(first.get(Level(name), name) for name in NAMES))
    return np.array([names.index(first.get(Level(name), name)) for name in NAMES], np.intp)


_FIVE: Final = _five()


@dataclass(frozen=True, eq=False)
class Ladder(Trial):
    """Sentences labelled with levels. Of findings those matter that set the level that a sentence gets."""

    @cached_property
    def labelled(self) -> Ranks:
        """The number of each label."""
        return np.array([_RANK[pair.gold.label] for pair in self.pairs], np.intp)

    @cached_property
    def said(self) -> Ranks:
        """The number of the level that each sentence gets."""
        return np.array([_RANK[pair.sentence.level] for pair in self.pairs], np.intp)

    def table(self, weights: Numbers) -> Numbers:
        """How often each label, by row, is called each level, by column."""
        return measures.confusion(self.labelled, self.said, len(NAMES), weights)

    def figures(self, weights: Numbers) -> dict[str, Numbers]:
        """How often it is that level, over all sentences and the mean of all levels, and how far off it is."""
        table = self.table(weights)
        return {
            "accuracy": measures.accuracy(table),
            "macro_f1": measures.macro_f1(table),
            "macro_f1_five": measures.macro_f1(measures.merged(table, _FIVE)),
            "weighted_kappa": measures.weighted_kappa(table),
        }

    def exact(self) -> dict[str, tuple[float, float]]:
        """The interval of accuracy, from counts alone."""
        return {"accuracy": measures.wilson(float((self.said == self.labelled).sum()), len(self.pairs))}

    @property
    def errors(self) -> Numbers:
        """How many steps of the ladder off, and a little more the more its finding weighs.

        What is wrongly called no claim is passed; to find a claim where there is none is an alarm.
        """
        off = self.distance
        trust = np.array([pair.sentence.setting.weight if pair.sentence.setting else 0.0 for pair in self.pairs])
        off = np.where(off > 0, off + _TRUST * trust, 0.0)
        return np.where((self.said > self.labelled) & (self.labelled != _NO_CLAIM), -off, off)

    @property
    def distance(self) -> Numbers:
        """How many steps of the ladder off; where there is no claim, the more the lower the level that is found."""
        steps = np.zeros((len(NAMES), len(NAMES)))
        steps[:-1] = measures.distances(len(LADDER))
        steps[-1, :-1] = np.maximum(1, len(LADDER) - 1 - np.arange(len(LADDER)))
        return steps[self.labelled, self.said]

    @property
    def confusion(self) -> Confusion:
        """Which labels are called which levels."""
        table = self.table(self.ones).astype(int).tolist()
        return Confusion(NAMES, NAMES, tuple(tuple(row) for row in table))

    @property
    def called(self) -> Numbers:
        """The number of the level."""
        return self.said.astype(np.float64)

    def find(self) -> Iterator[Hit]:
        """The findings that set levels; alone is one beside which nothing else says the same."""
        for row, pair in enumerate(self.pairs):
            setting = pair.sentence.setting
            if setting:
                labelled = pair.gold.label == pair.sentence.level
                right = pair.right(setting, labelled=labelled)
                yield Hit(row, setting, setting.weight, right, not _supported(pair.sentence, setting))

    def levels(self) -> tuple[Row, ...]:
        """How often each level is given, and how often rightly."""
        found = measures.of_labels(self.table(self.ones))
        return tuple(_level(name, measures.Counts(*(column[k] for column in found))) for k, name in enumerate(NAMES))

    def of_level(self, rows: Sequence[int]) -> Mapping[str, Figure]:
        """How many are labelled with the level they get."""
        right = int((self.said == self.labelled)[rows].sum())
        return {"right": right, **share(right, len(rows), "precision")}


def _level(name: str, found: measures.Counts) -> Row:
    counted: dict[str, Figure] = {
        "labelled": int(found.tp + found.fn),
        "called": int(found.tp + found.fp),
        "right": int(found.tp),
    }
    told = {"precision": found.precision, "recall": found.recall, "f1": found.f1}
    return Row(name, counted | {key: figure(value) for key, value in told.items()})


def _supported(sentence: Sentence, setting: Finding) -> bool:
    """Whether a finding of another rule has the sentence's level, too, or counts on the same words."""
    (start, end), level = setting.span, sentence.level
    return any(
        one.level == level or (one.span.start < end and start < one.span.end)
        for one in sentence.findings
        if one.rule != setting.rule and one.level != NOTE and one.weight >= COUNTS_FROM
    )
