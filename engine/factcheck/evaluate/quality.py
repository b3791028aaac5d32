"""How well probabilities agree with labels: what is looked at when weights are learnt."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.evaluate import measures
from factcheck.evaluate.measures import FIRES, Flags, Numbers

_SURE: Final = 0.01
"""Nothing is surer than this: a sentence without any finding may be labelled all the same."""


class Quality(NamedTuple):
    """How well a signal agrees with labels."""

    log_loss: float
    ece: float
    ece_fired: float
    f1: float


def quality(probability: Numbers, labelled: Flags) -> Quality:
    """Of a signal that gives sentences these probabilities; 0 for what cannot be said."""
    ones = np.ones(len(probability))
    found = (
        measures.ece(probability, labelled, ones),
        measures.ece_fired(probability, labelled, ones),
        measures.counts(probability >= FIRES, labelled, ones).f1,
    )
    return Quality(log_loss(probability, labelled), *(float(np.nan_to_num(one)) for one in found))


def log_loss(probability: Numbers, labelled: Flags) -> float:
    """The mean surprise at the labels, in nats, where no probability is taken for nearer to 0 or 1 than a hundredth."""
    sure = np.clip(probability, _SURE, 1 - _SURE)
    return float(-np.log(np.where(labelled, sure, 1 - sure)).mean()) if len(sure) else 0.0
