"""How well probabilities agree with labels."""

from typing import Final

import numpy as np

from factcheck.evaluate.evidence import Numbers
from factcheck.text.columns import Flags

BINS: Final = 15
FIRES: Final = 0.5
SPEAKS: Final = 0.05
_SURE: Final = 0.01
"""Nothing is surer than this: a sentence without any finding may be labelled all the same."""


def log_loss(probability: Numbers, labelled: Flags) -> float:
    """The mean surprise at the labels, in nats, where no probability is taken for nearer to 0 or 1 than a hundredth."""
    sure = np.clip(probability, _SURE, 1 - _SURE)
    return float(-np.log(np.where(labelled, sure, 1 - sure)).mean()) if len(sure) else 0.0


def ece(probability: Numbers, labelled: Flags) -> float:
    """Expected calibration error: how far the probabilities of a bin are from the share labelled in it, on average."""
    place = np.minimum((probability * BINS).astype(np.intp), BINS - 1)
    gaps = np.bincount(place, probability - labelled, minlength=BINS)
    return float(np.abs(gaps).sum() / len(probability)) if len(probability) else 0.0


def ece_fired(probability: Numbers, labelled: Flags) -> float:
    """The same over sentences of which the signal says anything."""
    fired = probability >= SPEAKS
    return ece(probability[fired], labelled[fired])


def f1(probability: Numbers, labelled: Flags) -> float:
    """The harmonic mean of precision and recall, where a probability of a half or more says that it is there."""
    fires = probability >= FIRES
    both = int((fires & labelled).sum())
    return 2 * both / max(1, int(fires.sum()) + int(labelled.sum()))
