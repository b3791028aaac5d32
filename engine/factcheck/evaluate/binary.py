"""Sets with two labels: does a signal fire where it should, and only there?"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from factcheck.document import Finding
from factcheck.evaluate import measures
from factcheck.evaluate.agreement import agree
from factcheck.evaluate.aligned import Pair
from factcheck.evaluate.gold import ATTRIBUTED, CERTAIN, NONE, SOURCE, UNCERTAIN, Kind
from factcheck.evaluate.measures import FIRES, Flags, Numbers
from factcheck.evaluate.row import DECIMALS, Figure, Row, figure, share
from factcheck.evaluate.trial import Bin, Confusion, Hit, Trial
from factcheck.judge.signal import noisy_or

VERBS = ("may", "might", "could")
"""Modal verbs whose senses are measured: of the others the epistemic one is no hedge, as in `must`."""

Raising = tuple[Finding, Mapping[str, float]]
"""A finding, and the signals that it raises by which weight."""


@dataclass(frozen=True, eq=False)
class Binary(Trial):
    """Sentences labelled `uncertain` or `certain`, and the probability that the signals together give them.

    Where each row is about one annotated word, only findings on it count.
    """

    signals: tuple[str, ...] = ()

    @cached_property
    def probability(self) -> Numbers:
        """That one of the signals is right."""
        return self.probability_of(self.signals)

    def probability_of(self, signals: Sequence[str]) -> Numbers:
        """The same of some signals."""
        strength = self._on_word if self.kind is Kind.SENSE else _in_sentence
        return np.array([strength(pair, signals) for pair in self.pairs], np.float64)

    @cached_property
    def labelled(self) -> Flags:
        """Whether people say that what the signals stand for is there."""
        wanted = ATTRIBUTED if self.kind is Kind.ATTRIBUTION else UNCERTAIN
        return np.array([pair.gold.label == wanted for pair in self.pairs], np.bool_)

    @property
    def fires(self) -> Flags:
        """Whether the signals say so."""
        return self.probability >= FIRES

    def figures(self, weights: Numbers) -> dict[str, Numbers]:
        """Precision and recall with what is made of them; then calibration."""
        found = measures.counts(self.fires, self.labelled, weights)
        figures = {"precision": found.precision, "recall": found.recall, "f1": found.f1, "mcc": found.mcc}
        if self.kind is Kind.ATTRIBUTION:
            sourced, agrees = self.sourced.astype(np.float64), self.agrees.astype(np.float64)
            figures["macro_f1"] = found.macro_f1
            figures["source_f1"] = measures.share(weights @ agrees, weights @ sourced)
            figures["source_f1_found"] = measures.share(weights @ agrees, weights @ (sourced * self.fires))
        for measure in (measures.ece, measures.ece_fired, measures.brier_skill):
            figures[measure.__name__] = measure(self.probability, self.labelled, weights)
        return figures

    def exact(self) -> dict[str, tuple[float, float]]:
        """Intervals of what is a share, from counts alone."""
        tp, fp, fn, _ = (int(count) for count in self.counts)
        intervals = {
            "precision": measures.wilson(tp, tp + fp),
            "recall": measures.wilson(tp, tp + fn),
            "f1": measures.f1_interval(tp, fp + fn),
        }
        if self.kind is Kind.ATTRIBUTION:
            named, sourced = int(self.agrees.sum()), self.sourced
            intervals["source_f1"] = measures.wilson(named, int(sourced.sum()))
            intervals["source_f1_found"] = measures.wilson(named, int((sourced & self.fires).sum()))
        return intervals

    @property
    def counts(self) -> measures.Counts:
        """How often what fires is labelled, or not, and what is silent."""
        return measures.counts(self.fires, self.labelled, self.ones)

    @property
    def errors(self) -> Numbers:
        """How firmly the signals claim what is not labelled, or below 0 how firmly they pass what is."""
        missed = self.probability - 1
        return np.where(self.fires == self.labelled, 0.0, np.where(self.labelled, missed, self.probability))

    @property
    def distance(self) -> Numbers:
        """1 where they are wrong, and a half where they are right but name another source than people have marked."""
        wrong = (self.fires != self.labelled).astype(np.float64)
        return wrong + self.wrong_source / 2

    @property
    def confusion(self) -> Confusion:
        """What fires and what is silent, by label."""
        tp, fp, fn, tn = (int(count) for count in self.counts)
        labels = (ATTRIBUTED, NONE) if self.kind is Kind.ATTRIBUTION else (UNCERTAIN, CERTAIN)
        return Confusion(labels, ("fires", "silent"), ((tp, fn), (fp, tn)))

    @property
    def called(self) -> Numbers:
        """The probability, and whether the right source is named: 2 more where it is."""
        return self.probability + 2 * self.agrees

    def bins(self) -> tuple[Bin, ...]:
        """Bins that hold a sentence: what the signals say there, and the share that is labelled so."""
        number, width = measures.bins(self.probability), 1 / measures.BINS
        found = []
        for k in np.unique(number).tolist():
            own = number == k
            shown = (k * width, (k + 1) * width, self.probability[own].mean(), self.labelled[own].mean())
            low, high, signal, labelled = (round(float(one), DECIMALS) for one in shown)
            found.append(Bin(low, high, int(own.sum()), signal, labelled))
        return tuple(found)

    @cached_property
    def sourced(self) -> Flags:
        """Whether people have labelled the sentence as somebody's word and marked whose."""
        marked = (any(cue.type == SOURCE for cue in pair.gold.cues) for pair in self.pairs)
        return np.fromiter(marked, np.bool_, len(self.pairs)) & self.labelled

    @cached_property
    def agrees(self) -> Flags:
        """Whether such a sentence fires and names one of the sources that are marked."""
        found = np.zeros(len(self.pairs), np.bool_)
        for row in np.flatnonzero(self.sourced & self.fires).tolist():
            pair = self.pairs[row]
            said = pair.sentence.source.text if pair.sentence.source else ""
            text = pair.gold.text
            found[row] = any(agree(said, text[cue.start : cue.end]) for cue in pair.gold.cues if cue.type == SOURCE)
        return found

    @property
    def wrong_source(self) -> Flags:
        """Whether it fires, but names none of them."""
        return self.sourced & self.fires & ~self.agrees

    def find(self) -> Iterator[Hit]:
        """The findings that raise one of the signals; alone is a rule without which they would not fire."""
        columns = self.labelled.tolist(), self.fires.tolist()
        for row, (pair, labelled, fires) in enumerate(zip(self.pairs, *columns, strict=True)):
            raising = list(self._raising(pair))
            rules = {finding.rule for finding, _ in raising}
            alone = {rule for rule in rules if fires and self._without(raising, rule) < FIRES}
            for finding, raised in raising:
                weight = 1 - prod(1 - one for one in raised.values())
                yield Hit(row, finding, weight, pair.right(finding, labelled=labelled), finding.rule in alone)

    def _raising(self, pair: Pair) -> Iterator[Raising]:
        """What raises the signals in the sentence or, where that is asked, on the annotated word."""
        for finding in pair.sentence.findings:
            raised = self._raises[finding.rule]
            if raised and (self.kind is not Kind.SENSE or pair.marked(finding)):
                yield finding, raised

    @cached_property
    def _raises(self) -> Mapping[str, Mapping[str, float]]:
        """By rule the signals it raises, of those that are asked for, and by which weight."""
        if self.kind is Kind.SENSE:
            return {one.id: {one.pack: one.weight} if one.pack in self.signals else {} for one in self.program.rules}
        wanted = set(self.signals)
        return {one.id: {name: one.raises[name] for name in wanted & one.raises.keys()} for one in self.program.rules}

    def _without(self, raising: Sequence[Raising], rule: str) -> float:
        """What the probability would be without the rule."""
        left = [(finding, raised) for finding, raised in raising if finding.rule != rule]
        if self.kind is Kind.SENSE:
            return 1 - prod(1 - weight for _, raised in left for weight in raised.values())
        by_signal = ([(raised[name], *f.span) for f, raised in left if name in raised] for name in self.signals)
        return 1 - prod(1 - noisy_or(cues) for cues in by_signal)

    def _on_word(self, pair: Pair, signals: Sequence[str]) -> float:
        """The probability that one of the signals' packs is right on the annotated word."""
        own = (one.weight for one in pair.sentence.findings if one.rule.split("/")[0] in signals and pair.marked(one))
        return 1 - prod(1 - weight for weight in own)

    def packs(self) -> tuple[Row, ...]:
        """How well each signal alone would tell what is labelled; those that are measured stand first."""
        names = [name for name in dict.fromkeys((*self.signals, *self.program.signals)) if name in self.program.signals]
        return tuple(row for name in names if (row := self._pack(name)))

    def _pack(self, name: str) -> Row | None:
        probability, ones = self.probability_of([name]), self.ones
        if not probability.any():
            return None
        found = measures.counts(probability >= FIRES, self.labelled, ones)
        counted: dict[str, Figure] = {key: int(value) for key, value in found._asdict().items()}
        told = {"precision": found.precision, "recall": found.recall, "f1": found.f1}
        told["ece"] = measures.ece(probability, self.labelled, ones)
        return Row(name, counted | {key: figure(value) for key, value in told.items()})

    def of_level(self, rows: Sequence[int]) -> Mapping[str, Figure]:
        """How many are labelled as the signals would have them."""
        labelled = int(self.labelled[rows].sum())
        return {"labelled": labelled, **share(labelled, len(rows), "share")}


def _in_sentence(pair: Pair, signals: Sequence[str]) -> float:
    return 1 - prod(1 - pair.sentence.signals.get(signal, 0.0) for signal in signals)
