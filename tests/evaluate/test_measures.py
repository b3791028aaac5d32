"""Measures are those of the textbook: by hand, by plain loops, and by counting a sentence as often as it weighs."""

import re
from collections.abc import Callable
from itertools import product
from math import comb, isnan, nan, sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from factcheck.evaluate import measures
from factcheck.evaluate.contexts import Share
from factcheck.evaluate.measures import BINS, Counts, Numbers

ROOT = Path(__file__).parents[2]
SHARES = st.integers(0, 1_000).map(lambda number: number / 1_000)
BINARY = st.lists(st.tuples(SHARES, st.booleans()), min_size=1, max_size=40)
LEVELS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=40)
ORDERS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=1, max_size=30)


def columns(rows: list[tuple[Any, Any]]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The two columns of a table."""
    one, other = zip(*rows, strict=True)
    return np.array(one), np.array(other)


def ones(rows: list[Any]) -> Numbers:
    """Weights by which each row counts once."""
    return np.ones(len(rows))


def same(one: Any, other: float) -> bool:  # noqa: ANN401 - a number of Python or of NumPy
    """Whether the figures are equal, or both say nothing."""
    return (isnan(one) and isnan(other)) or float(one) == pytest.approx(other, abs=1e-9)


# By plain loops -------------------------------------------------------------------------------------------------------


def plain_f1(pairs: list[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of what fires and what is labelled."""
    tp = sum(fires and labelled for fires, labelled in pairs)
    fired, wanted = sum(fires for fires, _ in pairs), sum(labelled for _, labelled in pairs)
    return (
        tp / fired if fired else nan,
        tp / wanted if wanted else nan,
        2 * tp / (fired + wanted) if fired + wanted else nan,
    )


def plain_ece(rows: list[tuple[float, bool]]) -> float:
    """The mean gap between the probabilities of a bin and the share labelled in it, bins by how many they hold."""
    if not rows:
        return nan
    gap = 0.0
    for k in range(BINS):
        own = [(p, y) for p, y in rows if min(int(p * BINS), BINS - 1) == k]
        if own:
            says, labelled = sum(p for p, _ in own) / len(own), sum(y for _, y in own) / len(own)
            gap += len(own) / len(rows) * abs(says - labelled)
    return gap


def plain_brier_skill(rows: list[tuple[float, bool]]) -> float:
    """Against the score of saying the base rate each time."""
    base = sum(y for _, y in rows) / len(rows)
    score = sum((p - y) ** 2 for p, y in rows) / len(rows)
    reference = sum((base - y) ** 2 for _, y in rows) / len(rows)
    return 1 - score / reference if 0 < base < 1 else nan


def plain_kappa(rows: list[tuple[int, int]]) -> float:
    """One less the cost that is found over the cost by chance; what is called no claim is as far off as can be."""
    claims = [(labelled, called) for labelled, called in rows if labelled != 6]

    def cost(labelled: int, called: int) -> int:
        return max(labelled, 5 - labelled) ** 2 if called == 6 else (labelled - called) ** 2

    found = sum(cost(*row) for row in claims) * len(claims)
    chance = sum(cost(labelled, called) for (labelled, _), (_, called) in product(claims, claims))
    return 1 - found / chance if chance else nan


def plain_spearman(rows: list[tuple[int, int]]) -> float:
    """Pearson's correlation of ranks, those of equal values being the mean of their places."""

    def ranks(values: list[int]) -> list[float]:
        return [sum(v < value for v in values) + (sum(v == value for v in values) - 1) / 2 for value in values]

    one, other = (ranks([row[k] for row in rows]) for k in (0, 1))
    mean = (len(rows) - 1) / 2
    top = sum((a - mean) * (b - mean) for a, b in zip(one, other, strict=True))
    root = sqrt(sum((a - mean) ** 2 for a in one) * sum((b - mean) ** 2 for b in other))
    return top / root if root else 0.0


@given(BINARY)
def test_figures_of_signals(rows: list[tuple[float, bool]]) -> None:
    """Precision, recall, F1, both calibration errors and Brier skill."""
    probability, labelled = columns(rows)
    found = measures.counts(probability >= 0.5, labelled, ones(rows))
    plain = plain_f1([(p >= 0.5, y) for p, y in rows])
    assert all(map(same, (found.precision, found.recall, found.f1), plain))
    assert same(measures.ece(probability, labelled, ones(rows)), plain_ece(rows))
    fired = [(p, y) for p, y in rows if p >= 0.05]
    assert same(measures.ece_fired(probability, labelled, ones(rows)), plain_ece(fired))
    assert same(measures.brier_skill(probability, labelled, ones(rows)), plain_brier_skill(rows))


@given(LEVELS)
def test_figures_of_levels(rows: list[tuple[int, int]]) -> None:
    """Accuracy, macro-F1 and weighted kappa."""
    table = measures.confusion(*columns(rows), 7, ones(rows))
    assert all(table[k, m] == rows.count((k, m)) for k in range(7) for m in range(7))
    assert same(measures.accuracy(table), sum(a == b for a, b in rows) / len(rows))
    occurring = {labelled for labelled, _ in rows}
    f1 = [plain_f1([(called == k, labelled == k) for labelled, called in rows])[2] for k in occurring]
    assert same(measures.macro_f1(table), sum(f1) / len(f1))
    assert same(measures.weighted_kappa(table), plain_kappa(rows))


@given(ORDERS)
def test_rank_correlation(rows: list[tuple[int, int]]) -> None:
    """Spearman's, with ties."""
    one, other = columns(rows)
    assert same(measures.spearman(one.astype(float), other.astype(float), ones(rows)), plain_spearman(rows))


# By counting as often as weighed --------------------------------------------------------------------------------------

WEIGHED: dict[str, Callable[[NDArray[Any], NDArray[Any], Numbers], Any]] = {
    "f1": lambda p, y, w: measures.counts(p >= 500, y >= 500, w).f1,
    "mcc": lambda p, y, w: measures.counts(p >= 500, y >= 500, w).mcc,
    "ece": lambda p, y, w: measures.ece(p / 1_000, y >= 500, w),
    "ece_fired": lambda p, y, w: measures.ece_fired(p / 1_000, y >= 500, w),
    "brier_skill": lambda p, y, w: measures.brier_skill(p / 1_000, y >= 500, w),
    "macro_f1": lambda p, y, w: measures.macro_f1(measures.confusion(p % 7, y % 7, 7, w)),
    "kappa": lambda p, y, w: measures.weighted_kappa(measures.confusion(p % 7, y % 7, 7, w)),
    "spearman": lambda p, y, w: measures.spearman(p // 100 * 1.0, y // 100 * 1.0, w),
}


@pytest.mark.parametrize("name", WEIGHED)
@given(st.lists(st.tuples(st.integers(0, 1_000), st.integers(0, 1_000), st.integers(0, 3)), min_size=1, max_size=20))
def test_weight_is_how_often_a_row_counts(name: str, rows: list[tuple[int, int, int]]) -> None:
    """Each figure is that of the rows written as often as they weigh; many draws give the figure of each."""
    measure = WEIGHED[name]
    one, other, often = np.array(rows).T
    if not often.any():
        often = often + 1
    repeated = measure(one.repeat(often), other.repeat(often), np.ones(often.sum()))
    once = measure(one, other, np.ones(len(rows)))
    both = measure(one, other, np.stack((often.astype(float), np.ones(len(rows)))))
    assert same(both[0], repeated)
    assert same(both[1], once)


# By hand --------------------------------------------------------------------------------------------------------------


def test_counts_by_hand() -> None:
    """Six right, two false, two missed, ten rightly passed."""
    found = Counts(*(np.array(number, float) for number in (6, 2, 2, 10)))
    assert [float(one) for one in (found.precision, found.recall, found.f1)] == [0.75, 0.75, 0.75]
    assert float(found.macro_f1) == pytest.approx((0.75 + 10 / 12) / 2)
    assert float(found.mcc) == pytest.approx((60 - 4) / sqrt(8 * 8 * 12 * 12))


def test_nothing_can_be_said_of_nothing() -> None:
    """The precision of what never fires is no number, nor is a correlation with what never changes."""
    found = measures.counts(np.zeros(3, bool), np.ones(3, bool), np.ones(3))
    assert isnan(found.precision)
    assert [float(one) for one in (found.recall, found.f1)] == [0, 0]
    assert isnan(found.mcc)
    assert isnan(measures.weighted_kappa(np.array([[4.0, 0, 0], [0, 0, 0], [0, 0, 1]])))
    assert isnan(measures.ece_fired(np.zeros(3), np.ones(3, bool), np.ones(3)))
    assert measures.interval(np.full(9, nan)) == pytest.approx((nan, nan), nan_ok=True)


def test_nearest_levels_as_one() -> None:
    """Labels that are merged are counted together."""
    table = np.array([[5.0, 1, 0], [2, 3, 1], [0, 0, 4]])
    assert measures.merged(table, np.array([0, 0, 1])).tolist() == [[11, 1], [0, 4]]


def test_distance_of_levels() -> None:
    """Steps of the ladder; no claim is as far as the far end."""
    assert measures.distances(3).tolist() == [[0, 1, 2, 2], [1, 0, 1, 1], [2, 1, 0, 2]]


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(5, 5, 0.5655, 1.0), (0, 10, 0.0, 0.2775), (8, 10, 0.4902, 0.9433), (0, 0, 0.0, 1.0), (50, 100, 0.4038, 0.5962)],
)
def test_interval_of_a_share(part: int, whole: int, low: float, high: float) -> None:
    """Wilson's: five right of five is not all."""
    assert measures.wilson(part, whole) == pytest.approx((low, high), abs=5e-5)


def test_share() -> None:
    """The interval holds the share, is all there is without a case, and shrinks with the cases."""
    assert Share(0, 0).between == (0.0, 1.0)
    assert Share(3, 4).wrong == 1
    low, high = Share(9, 12).between
    assert 0 < low < 0.75 < high < 1
    narrow = Share(900, 1200).between
    assert low < narrow[0] < narrow[1] < high


@given(st.integers(0, 50), st.integers(0, 50))
def test_interval_of_f1_holds_it(tp: int, wrong: int) -> None:
    """It goes from 0 to 1 at most, and F1 is inside."""
    low, high = measures.f1_interval(tp, wrong)
    assert 0 <= low <= high <= 1
    if tp + wrong:
        assert low - 1e-9 <= 2 * tp / (2 * tp + wrong) <= high + 1e-9


def test_intervals_on_the_page() -> None:
    """The page on measuring has the intervals of an 85 % share."""
    page = (ROOT / "docs" / "evaluate.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\d,]+) \| (\d+) to (\d+) % \|$", page, re.MULTILINE)
    assert len(rows) == 4
    for number, *told in rows:
        whole = int(number.replace(",", ""))
        assert [round(100 * edge) for edge in measures.wilson(0.85 * whole, whole)] == [int(edge) for edge in told]


@given(st.integers(0, 30), st.integers(0, 30))
def test_sign_test(better: int, worse: int) -> None:
    """The chance that fair coins fall as one-sided, whichever the side."""
    number = better + worse
    middle = abs(better - worse)
    as_far = sum(comb(number, k) for k in range(number + 1) if abs(2 * k - number) >= middle)
    assert measures.sign_test(better, worse) == pytest.approx(as_far / 2**number)


# Draws ----------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_documents_are_drawn_whole(names: list[int]) -> None:
    """As many documents as there are, sentences of one together, and the same ones each time."""
    _, documents = np.unique(names, return_inverse=True)
    size = int(documents.max()) + 1
    drawn = np.concatenate(list(measures.resampled(documents, draws=20)))
    assert drawn.shape == (20, len(names))
    for row in drawn:
        of_document = [set(row[documents == k]) for k in range(size)]
        assert all(len(own) == 1 for own in of_document)
        assert sum(own.pop() for own in of_document) == size
    again = np.concatenate(list(measures.resampled(documents, draws=20)))
    assert (drawn == again).all()


def test_many_draws_come_in_parts() -> None:
    """What is held at a time is bounded; the draws are as many as asked for, and differ."""
    parts = list(measures.resampled(np.arange(100_000), draws=12))
    assert len(parts) > 1
    drawn = np.concatenate(parts)
    assert drawn.shape == (12, 100_000)
    assert len({row.tobytes() for row in drawn}) == 12


def test_interval_of_draws() -> None:
    """Between the 2.5th and the 97.5th of a hundred parts, those without a figure left out."""
    assert measures.interval(np.append(np.arange(1_001.0), nan)) == (25.0, 975.0)
