"""Measures of how well what a program says agrees with labels: pure functions of columns.

Each takes columns over sentences and `weights`, which say how often each sentence counts: of shape (sentences,) for a
figure, or (draws, sentences) for as many figures at once, which is how intervals are made. A figure that nothing can be
said of, such as the precision of a rule that never fires, is NaN.
"""

from collections.abc import Iterator
from math import comb, sqrt
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ranks = NDArray[np.integer[Any]]

FIRES: Final = 0.5
"""A signal from here on says that its phenomenon is there."""
SPEAKS: Final = 0.05
"""Below it a signal is silent."""
BINS: Final = 15
"""Of equal width, between 0 and 1, in which probabilities are compared with shares."""
DRAWS: Final = 1_000
"""Of documents, that an interval is made of."""

SURE: Final = 1.959964
"""Standard deviations to either side that hold 95 % of a normal distribution."""
_EDGES: Final = (0.025, 0.975)
_AT_ONCE: Final = 1 << 19  # weights that are held at the same time: they are to fit the caches


# What fires and what is labelled --------------------------------------------------------------------------------------


class Counts(NamedTuple):
    """How often what fires is labelled (`tp`) or not (`fp`), and what is silent is (`fn`) or not (`tn`)."""

    tp: Numbers
    fp: Numbers
    fn: Numbers
    tn: Numbers

    @property
    def precision(self) -> Numbers:
        """The share of what fires that is labelled."""
        return share(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> Numbers:
        """The share of what is labelled that fires."""
        return share(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> Numbers:
        """The harmonic mean of precision and recall."""
        return share(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    @property
    def macro_f1(self) -> Numbers:
        """The mean of F1 and of what it is where silence is what counts."""
        return (self.f1 + Counts(self.tn, self.fn, self.fp, self.tp).f1) / 2

    @property
    def mcc(self) -> Numbers:
        """Matthews' correlation of firing and labels; NaN where one of the two never changes."""
        tp, fp, fn, tn = self
        product = (tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)
        return np.where(product > 0, (tp * tn - fp * fn) / np.sqrt(np.maximum(product, 1.0)), np.nan)


def share(part: Numbers, whole: Numbers) -> Numbers:
    """The quotient; NaN where the whole is 0."""
    part, whole = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    return np.divide(part, whole, out=np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan), where=whole > 0)


def counts(fires: Flags, labelled: Flags, weights: Numbers) -> Counts:
    """The four counts."""
    cells = np.column_stack((fires & labelled, fires & ~labelled, ~fires & labelled, ~fires & ~labelled))
    return Counts(*np.moveaxis(weights @ cells.astype(np.float64), -1, 0))


def wilson(part: float, whole: float, deviations: float = SURE) -> tuple[float, float]:
    """Where a share lies, by Wilson's score interval; all of 0 to 1 where there is no case.

    It does with the confidence of so many standard deviations, 95 % unless others are asked for. Cases are taken to be
    independent of each other.
    """
    if not whole:
        return 0.0, 1.0
    found, spread = part / whole, deviations**2 / whole
    middle = found + spread / 2
    reach = deviations * sqrt(found * (1 - found) / whole + spread / whole / 4)
    return max(0.0, (middle - reach) / (1 + spread)), min(1.0, (middle + reach) / (1 + spread))


def f1_interval(tp: float, wrong: float) -> tuple[float, float]:
    """The same of F1, with as many false alarms and misses together: it grows with the share tp / (tp + wrong)."""
    low, high = wilson(tp, tp + wrong)
    return 2 * low / (1 + low), 2 * high / (1 + high)


# Probabilities --------------------------------------------------------------------------------------------------------


def bins(probability: Numbers) -> Ranks:
    """The bin that each probability is in; 1 is in the last."""
    return np.minimum((probability * BINS).astype(np.intp), BINS - 1)


def ece(probability: Numbers, labelled: Flags, weights: Numbers) -> Numbers:
    """Expected calibration error: how far the probabilities of a bin are from the share labelled in it, on average."""
    gaps = np.zeros((len(probability), BINS))
    gaps[np.arange(len(probability)), bins(probability)] = probability - labelled
    return share(np.abs(weights @ gaps).sum(axis=-1), weights.sum(axis=-1))


def ece_fired(probability: Numbers, labelled: Flags, weights: Numbers) -> Numbers:
    """The same over those sentences of which the signal says anything."""
    fired = probability >= SPEAKS
    return ece(probability[fired], labelled[fired], weights[..., fired])


def brier_skill(probability: Numbers, labelled: Flags, weights: Numbers) -> Numbers:
    """By how much the Brier score is better than that of saying the share labelled of every sentence: 1 is perfect."""
    whole = weights.sum(axis=-1)
    base = share(weights @ labelled.astype(np.float64), whole)
    return 1 - share(share(weights @ (probability - labelled) ** 2, whole), base * (1 - base))


# Levels ---------------------------------------------------------------------------------------------------------------


def confusion(labelled: Ranks, said: Ranks, size: int, weights: Numbers) -> Numbers:
    """How often each of `size` labels, by row, is called each, by column: the last two axes."""
    cells = np.zeros((len(labelled), size * size))
    cells[np.arange(len(labelled)), labelled * size + said] = 1
    return (weights @ cells).reshape(*weights.shape[:-1], size, size)


def merged(table: Numbers, into: Ranks) -> Numbers:
    """The confusion of fewer labels: label k of the table becomes `into[k]`."""
    own = np.zeros((len(into), int(into.max()) + 1))
    own[np.arange(len(into)), into] = 1
    return own.T @ table @ own


def of_labels(table: Numbers) -> Counts:
    """The counts of each label of a confusion, along the last axis."""
    tp = np.diagonal(table, axis1=-2, axis2=-1)
    fn, fp = table.sum(axis=-1) - tp, table.sum(axis=-2) - tp
    return Counts(tp, fp, fn, table.sum(axis=(-2, -1))[..., None] - tp - fp - fn)


def accuracy(table: Numbers) -> Numbers:
    """The share of sentences that are called what they are labelled."""
    return share(np.trace(table, axis1=-2, axis2=-1), table.sum(axis=(-2, -1)))


def macro_f1(table: Numbers) -> Numbers:
    """The mean F1 of the labels that occur."""
    own = of_labels(table)
    occurs = own.tp + own.fn > 0
    return share(np.where(occurs, np.nan_to_num(own.f1), 0.0).sum(axis=-1), occurs.sum(axis=-1))


def distances(levels: int) -> Numbers:
    """How far a claim labelled one of so many levels, by row, is called: another level, or in the last column none.

    What is called no claim is as far off as the level farthest from its own.
    """
    rank = np.arange(levels)
    none = np.maximum(rank, levels - 1 - rank)
    return np.column_stack((np.abs(rank[:, None] - rank), none)).astype(np.float64)


def weighted_kappa(table: Numbers) -> Numbers:
    """Cohen's kappa with quadratic weights over the sentences that hold a claim; the last label is that of no claim.

    NaN where chance alone would agree as well: all are labelled the same, and called so.
    """
    claims = table[..., :-1, :]
    cost = distances(claims.shape[-2]) ** 2
    whole = claims.sum(axis=(-2, -1))
    chance = claims.sum(axis=-1)[..., :, None] * claims.sum(axis=-2)[..., None, :]
    expected = share((chance * cost).sum(axis=(-2, -1)), whole * whole)
    found = share((claims * cost).sum(axis=(-2, -1)), whole)
    return 1 - share(found, expected)


# Order ----------------------------------------------------------------------------------------------------------------


def ranks(values: Numbers, weights: Numbers) -> Numbers:
    """The rank of each value from 0 on; those that are equal share the mean of theirs."""
    if not len(values):
        return np.zeros_like(weights)
    _, which, sizes = np.unique(values, return_inverse=True, return_counts=True)
    sorted_ = weights.take(which.argsort(kind="stable"), axis=-1)
    tied = np.add.reduceat(sorted_, np.cumsum(sizes) - sizes, axis=-1)
    return (np.cumsum(tied, axis=-1) - (tied + 1) / 2).take(which, axis=-1)


def spearman(some: Numbers, others: Numbers, weights: Numbers) -> Numbers:
    """Spearman's rank correlation; 0 where one of the two never changes."""
    one, other = ranks(some, weights), ranks(others, weights)
    mean = ((weights.sum(axis=-1) - 1) / 2)[..., None]
    one, other = one - mean, other - mean
    top = (weights * one * other).sum(axis=-1)
    root = np.sqrt((weights * one * one).sum(axis=-1) * (weights * other * other).sum(axis=-1))
    return np.where(root > 0, top / np.where(root > 0, root, 1.0), 0.0)


# Chance ---------------------------------------------------------------------------------------------------------------


def resampled(documents: Ranks, draws: int = DRAWS, seed: int = 0) -> Iterator[Numbers]:
    """Weights of sentences when as many documents are drawn as there are, with repetition: `draws` rows in all.

    `documents` has the number of each sentence's document. Sentences of one are drawn together, for they are alike.
    The same set is drawn in the same way each time.
    """
    random = np.random.default_rng(seed)
    size = int(documents.max(initial=-1)) + 1
    step = max(1, _AT_ONCE // max(1, len(documents)))
    for first in range(0, draws, step):
        rows = min(step, draws - first)
        drawn = random.integers(0, size, (rows, size)) + size * np.arange(rows)[:, None]
        often = np.bincount(drawn.ravel(), minlength=rows * size).reshape(rows, size)
        yield often.take(documents, axis=1).astype(np.float64)


def interval(samples: Numbers) -> tuple[float, float]:
    """What 95 % of the samples lie between, those left out that say nothing; NaN where all do."""
    known = samples[~np.isnan(samples)]
    if not len(known):
        return np.nan, np.nan
    low, high = np.quantile(known, _EDGES)
    return float(low), float(high)


def sign_test(better: int, worse: int) -> float:
    """How probable it is by chance alone that changes are as one-sided as these: two-sided, exact."""
    changed = better + worse
    tail = sum(comb(changed, k) for k in range(min(better, worse) + 1))
    return min(1.0, 2 * tail / 2**changed)
