"""A labelled sentence as people and programs are shown it: what it is labelled, what it is called, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from factcheck.evaluate.aligned import Pair
from factcheck.evaluate.binary import Binary
from factcheck.evaluate.row import figure
from factcheck.evaluate.trial import Hit, Trial


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence beside its label.

    `signal` is what the measured signals say of it, where signals are measured, and `hits` are the findings that have
    a share in what it is called.
    """

    pair: Pair
    signal: float | None
    hits: tuple[Hit, ...]

    @property
    def label(self) -> str | float:
        """What people say of it."""
        gold = self.pair.gold
        return gold.label if gold.certainty is None else gold.certainty

    def to_record(self) -> dict[str, Any]:
        """As JSON has it; offsets are code points into `text`."""
        return {**self.labelled(), **self.called()}

    def labelled(self) -> dict[str, Any]:
        """The sentence, and what people say of it."""
        gold, text = self.pair.gold, self.pair.sentence.text
        places = ((*self.pair.place(cue), cue.type) for cue in gold.cues)
        return {
            "id": gold.id,
            "doc": gold.doc or None,
            "text": text,
            "context": self.pair.before or None,
            "label": self.label,
            "cues": [{"start": a, "end": b, "text": text[a:b], "type": kind or None} for a, b, kind in places],
        }

    def called(self) -> dict[str, Any]:
        """What the rules say of it."""
        sentence = self.pair.sentence
        signal = {} if self.signal is None else {"signal": figure(self.signal)}
        source = sentence.source.text if sentence.source else None
        found = {"level": sentence.level, "confidence": sentence.confidence, **signal, "source": source}
        return {**found, "findings": [_record(one, -sentence.span.start) for one in self.hits]}


def _record(hit: Hit, shift: int) -> dict[str, Any]:
    """The finding with offsets into its sentence, and the weight that it has here."""
    finding = hit.finding
    span = finding.span.shifted(shift)
    head = {"rule": finding.rule, "level": finding.level, "weight": figure(hit.weight)}
    return {**head, "start": span.start, "end": span.end, "text": finding.text}


def cases(trial: Trial, rows: Iterable[int]) -> tuple[Case, ...]:
    """The sentences of a trial with these numbers."""
    signal = trial.probability.tolist() if isinstance(trial, Binary) else [None] * len(trial.pairs)
    hits = trial.hits_by_row
    return tuple(Case(trial.pairs[row], signal[row], tuple(hits.get(row, ()))) for row in rows)
