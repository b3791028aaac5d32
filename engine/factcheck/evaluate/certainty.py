"""Sets with numbers: is a sentence the firmer the surer people find it?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from factcheck.evaluate import measures
from factcheck.evaluate.measures import Flags, Numbers
from factcheck.evaluate.row import Figure, figure
from factcheck.evaluate.trial import Hit, Trial

_WITHOUT: Final = 0.9
"""The confidence that stands for that of no claim where it is to have one: it is the writer's own flat wording."""


@dataclass(frozen=True, eq=False)
class Certainty(Trial):
    """Sentences with a number each, the higher the surer, beside their confidence."""

    @cached_property
    def labelled(self) -> Numbers:
        """The numbers."""
        return np.array([pair.gold.certainty for pair in self.pairs], np.float64)

    @cached_property
    def confidence(self) -> Numbers:
        """What each sentence gets; NaN where it is called no claim."""
        return np.array([pair.sentence.confidence for pair in self.pairs], np.float64)

    @property
    def claims(self) -> Flags:
        """Which sentences are called a claim."""
        return ~np.isnan(self.confidence)

    def figures(self, weights: Numbers) -> dict[str, Numbers]:
        """Rank correlation, of what is called a claim, and of all."""
        kept = self.claims
        return {
            "spearman": measures.spearman(self.confidence[kept], self.labelled[kept], weights[..., kept]),
            "spearman_all": measures.spearman(self.every, self.labelled, weights),
        }

    @property
    def every(self) -> Numbers:
        """The confidence of all, also of what is called no claim."""
        return np.nan_to_num(self.confidence, nan=_WITHOUT)

    @property
    def errors(self) -> Numbers:
        """By which part of all sentences each stands too low in their order, or below 0 too high; 0 without a claim."""
        return np.where(self.claims, self._off, 0.0)

    @property
    def distance(self) -> Numbers:
        """How far each is off, also what is called no claim: that is no way to be right."""
        return np.abs(self._off)

    @property
    def _off(self) -> Numbers:
        off = measures.ranks(self.labelled, self.ones) - measures.ranks(self.every, self.ones)
        return off / max(1, len(self.pairs))

    @property
    def called(self) -> Numbers:
        """The confidence, no claim below all."""
        return np.nan_to_num(self.confidence, nan=-1.0)

    def find(self) -> Iterator[Hit]:
        """All findings; no label says which are right."""
        for row, pair in enumerate(self.pairs):
            for finding in pair.sentence.findings:
                yield Hit(row, finding, finding.weight)

    def of_rule(self, hits: Sequence[Hit]) -> Mapping[str, Figure]:
        """The same as of any hits."""
        return self.of_hits(hits)

    def of_hits(self, hits: Sequence[Hit]) -> Mapping[str, Figure]:
        """How sure people are on average of the sentences that are hit."""
        return {"hits": len(hits), **self.of_level(list({hit.row for hit in hits}))}

    def of_level(self, rows: Sequence[int]) -> Mapping[str, Figure]:
        """How sure people are on average of these."""
        return {"certainty": figure(self.labelled[rows].mean())}
