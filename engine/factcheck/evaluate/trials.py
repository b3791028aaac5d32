"""Sets put to the rules of a scanner, and their figures in many draws of documents, which intervals are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from factcheck.evaluate import measures
from factcheck.evaluate.aligned import aligned
from factcheck.evaluate.binary import VERBS, Binary
from factcheck.evaluate.certainty import Certainty
from factcheck.evaluate.gold import CONTINUED, UNLABELLED, Gold, GoldError, Kind, kind_of
from factcheck.evaluate.ladder import Ladder
from factcheck.evaluate.measures import Numbers
from factcheck.evaluate.row import figure
from factcheck.evaluate.trial import Trial
from factcheck.evaluate.usual import ATTRIBUTION, HEDGE
from factcheck.scan import Scanner

_OTHER_VERB: Final = f"of other verbs than {', '.join(VERBS)}"
_NO_WORD: Final = "that do not mark one word"


class Measure(NamedTuple):
    """A figure of a set, and where 95 % of others like it would have it; None where nothing can be said."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, eq=False)
class Tried:
    """A trial, and its figures: as they are, and in each draw of documents."""

    trial: Trial
    figures: Mapping[str, Numbers]
    drawn: Mapping[str, Numbers]

    def measures(self) -> dict[str, Measure]:
        """The figures with their intervals.

        Where counts alone leave more open than the draws do, as where all of few cases are right, that counts.
        """
        exact = self.trial.exact()
        found = {}
        for name, value in self.figures.items():
            if np.isnan(value):
                found[name] = Measure(None, None, None)
                continue
            sides = [measures.interval(self.drawn[name])] if self.drawn else []
            sides += [exact[name]] if name in exact else []
            low, high = (pick([side[k] for side in sides], default=np.nan) for k, pick in ((0, min), (1, max)))
            found[name] = Measure(figure(value), figure(low), figure(high))
        return found


def trial(
    scanner: Scanner, sentences: Sequence[Gold], signals: tuple[str, ...] = (HEDGE,), kind: Kind | None = None
) -> Trial:
    """The sentences beside what the scanner says of them. Raises GoldError for a set that measures nothing, or several.

    The `signals` are those that a set of uncertain and certain sentences measures. Of a part of a set `kind` is what
    the whole of it measures, which the labels of a part may not tell.
    """
    kind = kind or kind_of(sentences)
    pairs = [pair for pair in aligned(scanner, sentences) if not left_out(pair.gold, kind)]
    if not pairs:
        raise GoldError(f"no row of this file marks one of {', '.join(VERBS)}, whose senses are measured; mark some")
    if kind is Kind.LEVEL:
        return Ladder(kind, scanner.program, pairs)
    if kind is Kind.CERTAINTY:
        return Certainty(kind, scanner.program, pairs)
    return Binary(kind, scanner.program, pairs, (ATTRIBUTION,) if kind is Kind.ATTRIBUTION else signals)


def left_out(gold: Gold, kind: Kind) -> str:
    """Why a sentence is not measured: what it is; empty where it is measured."""
    if not gold.is_measured:
        return {UNLABELLED: "without a label", CONTINUED: "that go on with what somebody said before"}[gold.label]
    if kind is Kind.SENSE:
        if gold.verb and gold.verb not in VERBS:
            return _OTHER_VERB
        return "" if len(gold.marks) == 1 else _NO_WORD
    return ""


def tried(*trials: Trial) -> tuple[Tried, ...]:
    """Trials of the same sentences, drawn alike, so that they can be compared draw by draw."""
    parts: list[list[dict[str, Numbers]]] = [[] for _ in trials]
    documents = trials[0].documents
    if documents.max() > 0:  # of a single one nothing can be drawn
        for weights in measures.resampled(documents):
            for one, own in zip(trials, parts, strict=True):
                own.append(one.figures(weights))
    return tuple(Tried(one, one.figures(one.ones), _joined(own)) for one, own in zip(trials, parts, strict=True))


def _joined(parts: Sequence[Mapping[str, Numbers]]) -> dict[str, Numbers]:
    return {name: np.concatenate([part[name] for part in parts]) for name in (parts[0] if parts else ())}
