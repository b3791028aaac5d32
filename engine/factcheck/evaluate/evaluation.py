"""What a set of labelled sentences tells of the rules: measures, tables, and the worst errors."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from factcheck.evaluate.binary import Binary
from factcheck.evaluate.case import Case, cases
from factcheck.evaluate.gold import Gold, Kind
from factcheck.evaluate.row import Row
from factcheck.evaluate.trial import Bin, Confusion, Trial
from factcheck.evaluate.trials import Measure, Tried, left_out


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A set put to the rules. What stands in the rows of tables is told by the kind of the set."""

    name: str
    kind: Kind
    signals: tuple[str, ...]
    """Those that are measured; none where levels or confidence are."""
    sentences: int
    documents: int
    labels: Mapping[str, int]
    """How many sentences have each label; numbers are not counted."""
    left_out: Mapping[str, int]
    """Rows that are not measured, by what they are."""
    measures: Mapping[str, Measure]
    confusion: Confusion | None
    packs: tuple[Row, ...]
    rules: tuple[Row, ...]
    levels: tuple[Row, ...]
    bins: tuple[Bin, ...]
    false_alarms: tuple[Case, ...]
    """Sentences that are taken for less sure than people find them, the worst first."""
    misses: tuple[Case, ...]
    """Those taken for surer."""
    wrong_sources: tuple[Case, ...]
    """Those that are somebody's word, but whose is told otherwise than people do."""
    idle: frozenset[str]
    """Rules that fire here and have no say in what is measured."""

    def to_record(self, most: int | None = None) -> dict[str, Any]:
        """As JSON has it, with as many of the worst errors, or all."""
        return {
            "set": self.name,
            "kind": self.kind.value,
            "signals": list(self.signals),
            "sentences": self.sentences,
            "documents": self.documents,
            "labels": dict(self.labels),
            "left_out": dict(self.left_out),
            "measures": {name: one._asdict() for name, one in self.measures.items()},
            "confusion": self.confusion and self.confusion._asdict(),
            "packs": [row.to_record("pack") for row in self.packs],
            "rules": [row.to_record("rule") for row in self.rules],
            "levels": [row.to_record("level") for row in self.levels],
            "reliability": [one._asdict() for one in self.bins],
            "false_alarms": [case.to_record() for case in self.false_alarms[:most]],
            "misses": [case.to_record() for case in self.misses[:most]],
            "wrong_sources": [case.to_record() for case in self.wrong_sources[:most]],
        }


def evaluation(name: str, sentences: Sequence[Gold], tried: Tried) -> Evaluation:
    """What a trial of the sentences tells of its rules."""
    trial = tried.trial
    binary = trial if isinstance(trial, Binary) else None
    errors = trial.errors
    order = np.argsort(-errors, kind="stable")
    alarms, misses = order[errors[order] > 0], np.argsort(errors, kind="stable")
    wrong = np.flatnonzero(binary.wrong_source) if binary else alarms[:0]
    return Evaluation(
        name=name,
        kind=trial.kind,
        signals=binary.signals if binary else (),
        sentences=len(trial.pairs),
        documents=int(trial.documents.max()) + 1,
        labels=Counter(pair.gold.label for pair in trial.pairs) if trial.confusion else {},
        left_out=Counter(filter(None, (left_out(gold, trial.kind) for gold in sentences))),
        measures=tried.measures(),
        confusion=trial.confusion,
        packs=trial.packs(),
        rules=trial.rules(),
        levels=trial.levels(),
        bins=trial.bins(),
        false_alarms=cases(trial, alarms.tolist()),
        misses=cases(trial, misses[errors[misses] < 0].tolist()),
        wrong_sources=cases(trial, wrong.tolist()),
        idle=_idle(trial),
    )


def _idle(trial: Trial) -> frozenset[str]:
    fires = {finding.rule for pair in trial.pairs for finding in pair.sentence.findings}
    return frozenset(fires - {hit.finding.rule for hit in trial.hits})
