"""A set put to the rules: its sentences beside what is said of them, and what that is to be measured by."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from factcheck.document import Finding
from factcheck.evaluate.aligned import Pair
from factcheck.evaluate.gold import Kind
from factcheck.evaluate.measures import Numbers, Ranks
from factcheck.evaluate.row import Figure, Row, figure, grouped, share
from factcheck.language.program import Level, Program


class Hit(NamedTuple):
    """A finding that says of a sentence what the set asks for.

    `row` is the sentence's number, `weight` what the rule gives to what is asked. It is `right` where the sentence is
    labelled so and, if people have marked words there, it is on some of them. It is `alone` where without its rule the
    sentence would be called something else.
    """

    row: int
    finding: Finding
    weight: float
    right: bool = False
    alone: bool = False


class Confusion(NamedTuple):
    """How often each label, by row, is called what, by column."""

    labels: tuple[str, ...]
    said: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


class Bin(NamedTuple):
    """Sentences of which signals say much the same, from `low` to `high`: the mean of it, and the share labelled so."""

    low: float
    high: float
    sentences: int
    signal: float
    labelled: float


@dataclass(frozen=True, eq=False)
class Trial(ABC):
    """The measured sentences of a set beside what the rules of a program say of them."""

    kind: Kind
    program: Program
    pairs: Sequence[Pair]

    @abstractmethod
    def figures(self, weights: Numbers) -> dict[str, Numbers]:
        """The measures of the set, by name; `weights` as all measures take them."""

    def exact(self) -> dict[str, tuple[float, float]]:
        """Where those of them lie that are shares, as far as counts alone tell."""
        return {}

    @property
    @abstractmethod
    def errors(self) -> Numbers:
        """How wrong each sentence is called: above 0 it is taken for less sure than its label has it, below for surer.

        The farther from 0 the worse.
        """

    @property
    def distance(self) -> Numbers:
        """How far off each sentence is, whichever way: what a change makes smaller is better for it."""
        return np.abs(self.errors)

    @property
    @abstractmethod
    def called(self) -> Numbers:
        """What each sentence is called: two rule sets differ where this does."""

    @property
    def confusion(self) -> Confusion | None:
        """What labels are called, where these are names."""
        return None

    def bins(self) -> tuple[Bin, ...]:
        """How probabilities compare with shares, where there are probabilities."""
        return ()

    @cached_property
    def hits(self) -> tuple[Hit, ...]:
        """The findings that matter, sentence by sentence."""
        return tuple(self.find())

    @cached_property
    def hits_by_row(self) -> Mapping[int, Sequence[Hit]]:
        """The same, those of each sentence together."""
        return grouped(self.hits, key=lambda hit: hit.row)

    @abstractmethod
    def find(self) -> Iterator[Hit]:
        """Finds them."""

    @cached_property
    def documents(self) -> Ranks:
        """For each sentence the number of its document; one without a document is one of its own."""
        numbers: dict[object, int] = {}
        own = (pair.gold.doc or row for row, pair in enumerate(self.pairs))
        return np.array([numbers.setdefault(name, len(numbers)) for name in own], np.intp)

    @property
    def ones(self) -> Numbers:
        """Weights by which each sentence counts once."""
        return np.ones(len(self.pairs))

    # Tables ----------------------------------------------------------------------------------------------------------

    def rules(self) -> tuple[Row, ...]:
        """A row for each rule with a hit, those that are wrong most often first."""
        own = grouped(self.hits, key=lambda hit: hit.finding.rule)
        rows = [Row(rule, {"weight": figure(hits[0].weight), **self.of_rule(hits)}) for rule, hits in own.items()]
        return tuple(sorted(rows, key=_wrong_first))

    def packs(self) -> tuple[Row, ...]:
        """A row for each pack that has a share in what is measured."""
        own = grouped(self.hits, key=lambda hit: hit.finding.rule.split("/")[0])
        return tuple(Row(pack, self.of_hits(own[pack])) for pack in sorted(own, key=lambda pack: -len(own[pack])))

    def levels(self) -> tuple[Row, ...]:
        """A row for each level that sentences get."""
        own = grouped(range(len(self.pairs)), key=lambda row: self.pairs[row].sentence.level)
        there = [level.value for level in Level if level.value in own]
        return tuple(Row(level, {"sentences": len(own[level]), **self.of_level(own[level])}) for level in there)

    def of_rule(self, hits: Sequence[Hit]) -> Mapping[str, Figure]:
        """How often its hits are right, and what it does alone."""
        alone = {hit.row for hit in hits if hit.alone}
        errors = self.errors
        return {**self.of_hits(hits), "alone": len(alone), "alone_wrong": sum(bool(errors[row]) for row in alone)}

    def of_hits(self, hits: Sequence[Hit]) -> Mapping[str, Figure]:
        """How often the hits are right."""
        right = sum(hit.right for hit in hits)
        return {"hits": len(hits), "right": right, **share(right, len(hits), "precision")}

    @abstractmethod
    def of_level(self, rows: Sequence[int]) -> Mapping[str, Figure]:
        """What the labels say of these sentences, which all get one level."""


def _wrong_first(row: Row) -> tuple[float, float, str]:
    hits, right = row.figures["hits"] or 0, row.figures.get("right") or 0
    return right - hits, -hits, row.name
