"""The weights of rules, learnt from sentences that people have labelled.

A signal says that one or more of its findings are right, each with the chance that its rule's weight says, independent
of the others (`judge/signal.py`). So are the weights fitted: what makes the labels the likeliest, by expectation and
maximisation. The weight that a rule has counts for as much as `STRENGTH` cases: one that fires rarely stays near it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from factcheck.evaluate.evidence import Evidence, Hits, Numbers
from factcheck.evaluate.quality import Quality, quality
from factcheck.evaluate.usual import LEAST_CASES, STRENGTH
from factcheck.judge.rank import COUNTS_FROM
from factcheck.judge.rows import rows_of
from factcheck.judge.signal import DECIMALS
from factcheck.language.program import NOTE, Rule
from factcheck.text.columns import Flags, Rows

LEAST: Final = 0.01
MOST: Final = 0.99
"""No rule is always wrong, and none always right."""

LITTLE: Final = 0.02
"""A change of a weight by less is not worth a line."""
_DECIMALS: Final = 2
_STEPS: Final = 500
_STILL: Final = 1e-5
"""A change of weights that is none."""
_ROUNDS: Final = 10
"""How often weights are fitted anew because other findings are the stronger ones now; one or two do."""


class Bounds(NamedTuple):
    """Between what each weight may be, by the number of its rule."""

    low: Numbers
    high: Numbers


def bounds(prior: Numbers, *, keep_levels: bool = False) -> Bounds:
    """From LEAST to MOST; with `keep_levels` only as far as findings set levels, or set none, as they do now."""
    low, high = np.full(len(prior), LEAST), np.full(len(prior), MOST)
    if keep_levels:
        counts = prior >= COUNTS_FROM
        low[counts] = COUNTS_FROM
        high[~counts] = COUNTS_FROM - 10.0**-_DECIMALS
    return Bounds(low, high)


def fit(  # noqa: PLR0913, PLR0917 -- columns, and how to read them
    rule: Rows, sentence: Rows, labelled: Flags, prior: Numbers, within: Bounds, strength: float = STRENGTH
) -> Numbers:
    """The weight of each rule that makes the labels the likeliest, given the findings' rules and sentences.

    In a sentence without the label all findings are wrong; in one that has it each is right with the chance that its
    weight gives it, now that at least one is. This tells how often each rule is right, and that how probable the
    findings are; and so on until nothing changes. The likelihood has one peak, wherever one starts.
    """
    cases = np.bincount(rule, minlength=len(prior)) + strength
    weights = np.clip(prior, within.low, within.high)
    rows = rows_of(labelled.take(sentence))
    rule, sentence = rule.take(rows), sentence.take(rows)
    for _ in range(_STEPS):
        own = weights.take(rule)
        missed = np.bincount(sentence, np.log1p(-own), minlength=len(labelled)).take(sentence)
        right = np.bincount(rule, own / -np.expm1(missed), minlength=len(prior))
        last, weights = weights, np.clip((right + strength * prior) / cases, within.low, within.high)
        if np.abs(weights - last).max(initial=0.0) < _STILL:
            break
    return weights


def probability(hits: Hits, weights: Numbers, size: int) -> Numbers:
    """The signal of each of so many sentences, as the engine has it, if the rules had these weights."""
    rows = hits.heard(weights)
    missed = np.ones(size)
    np.multiply.at(missed, hits.sentence.take(rows), 1 - weights.take(hits.rule.take(rows)))
    return np.round(1 - missed, DECIMALS)


# What is learnt -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the weight by which a rule raises a signal was and is to be, and what tells: its findings that count.

    Of these so many stand in a sentence that is `labelled` so, which weights are fitted to; they are `right` where they
    are on one of its marked words, too, as far as people have marked any.
    """

    rule: Rule
    signal: str
    before: float
    after: float
    cases: int
    labelled: int
    right: int

    @property
    def weight(self) -> float | None:
        """What the rule's `weight` is to be; None where it stays.

        A rule may raise the signal of its own pack by a `signal` line, too: the higher of the two counts, so that one
        is to be what was learnt, and the other no higher.
        """
        own = self.rule.weight
        return self.after if self.rule.pack == self.signal and (own >= self.before or own > self.after) else None

    @property
    def line(self) -> float | None:
        """What the `signal` line of the rule is to say; None where it stays, or there is none."""
        own = dict(self.rule.signals).get(self.signal, 0.0)
        return self.after if own and (own >= self.before or own > self.after) else None

    @property
    def moves_levels(self) -> bool:
        """Whether findings set a level from now on, or set none any more."""
        weight = self.rule.weight if self.weight is None else self.weight
        return self.rule.level != NOTE and (self.rule.weight >= COUNTS_FROM) != (weight >= COUNTS_FROM)


@dataclass(frozen=True, eq=False)
class Weighing:
    """The weights learnt for one signal: `weights` has those of all rules, `evidence` what they were learnt from."""

    evidence: Evidence
    weights: Numbers
    least: int = LEAST_CASES
    """Rules with fewer cases keep their weights."""

    @property
    def signal(self) -> str:
        """What they are for."""
        return self.evidence.corpus.signal

    @cached_property
    def heard(self) -> Hits:
        """The findings that count."""
        return self.evidence.hits.take(self.evidence.hits.heard(self.weights))

    def weight_of(self, rule: Rule) -> float:
        """The weight of a rule of the program."""
        return self.weights[self.evidence.program.rules.index(rule)].item()

    @cached_property
    def learnt(self) -> tuple[Learnt, ...]:
        """Of each rule that fires, in the order of the program."""
        heard = self.heard
        cases = np.bincount(heard.rule, minlength=len(self.weights))
        right, labelled = (
            np.bincount(heard.rule, column, minlength=len(self.weights))
            for column in (heard.right, self.evidence.corpus.labelled.take(heard.sentence))
        )
        signal, rules = self.signal, self.evidence.program.rules
        before, after = self.evidence.weights.tolist(), self.weights.tolist()
        return tuple(
            Learnt(rules[n], signal, before[n], after[n], int(cases[n]), int(labelled[n]), int(right[n]))
            for n in rows_of(cases).tolist()
        )

    @property
    def few(self) -> int:
        """How many rules fire, but have too few cases for a weight."""
        return sum(one.cases < self.least for one in self.learnt)

    @property
    def before(self) -> Quality:
        """How well the signal agrees with the labels as it is."""
        return self._quality(self.evidence.weights)

    @property
    def after(self) -> Quality:
        """The same with the weights that were learnt."""
        return self._quality(self.weights)

    def _quality(self, weights: Numbers) -> Quality:
        corpus, hits = self.evidence.corpus, self.evidence.hits
        found = probability(hits, weights, len(corpus.sentences)).take(corpus.measured)
        labelled = corpus.labelled.take(corpus.measured)
        return quality(found, labelled)


def weigh(
    evidence: Evidence,
    strength: float = STRENGTH,
    *,
    keep_levels: bool = False,
    least: int = LEAST_CASES,
    priors: Mapping[str, float] | None = None,
) -> Weighing:
    """Learns the weights by which the rules of a program raise a signal; those of rules with few cases stay.

    `priors` are what the weights of some rules, by their ids, are taken to be beforehand in place of what is written;
    these never stay.
    """
    corpus, priors = evidence.corpus, priors or {}
    own = zip(evidence.program.rules, evidence.weights.tolist(), strict=True)
    prior = np.array([priors.get(rule.id, weight) for rule, weight in own], np.float64)
    hits = evidence.hits
    within, weights = bounds(prior, keep_levels=keep_levels), prior
    new = np.array([rule.id in priors for rule in evidence.program.rules], np.bool_)
    kept = np.clip(prior, LEAST, MOST)  # as far as the fit can have it
    for _ in range(_ROUNDS):
        heard = hits.take(hits.heard(weights))
        cases = np.bincount(heard.rule, minlength=len(prior))
        stays = cases < np.where(new, 1, least)
        bounded = Bounds(*(np.where(stays, kept, side) for side in within))
        found = fit(heard.rule, heard.sentence, corpus.labelled, prior, bounded, strength).round(_DECIMALS)
        stays |= ~new & (np.abs(found - prior).round(DECIMALS) < LITTLE)
        last, weights = weights, np.where(stays, prior, found)
        if np.array_equal(weights, last):
            break
    return Weighing(evidence, weights, least)
