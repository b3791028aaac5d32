"""Weights: what is planted is found again, few cases move little, and the signal is the engine's own."""

from math import log, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.evaluate.evidence import Hits
from factcheck.evaluate.quality import Quality, quality
from factcheck.evaluate.usual import STRENGTH
from factcheck.evaluate.weights import LEAST, MOST, bounds, fit, probability
from factcheck.judge.signal import apart, noisy_or

shares = st.floats(0.0, 1.0)


@st.composite
def samples(draw: st.DrawFn) -> tuple[list[int], list[int], list[bool], list[float]]:
    """Findings of a few rules in a few sentences, the labels of these, and weights before."""
    rules, sentences = draw(st.integers(1, 4)), draw(st.integers(1, 8))
    pairs = draw(st.lists(st.tuples(st.integers(0, rules - 1), st.integers(0, sentences - 1)), max_size=20))
    labels = draw(st.lists(st.booleans(), min_size=sentences, max_size=sentences))
    prior = draw(st.lists(shares, min_size=rules, max_size=rules))
    return [rule for rule, _ in pairs], [sentence for _, sentence in pairs], labels, prior


def fitted(
    rule: list[int], sentence: list[int], labels: list[bool], prior: list[float], strength: float = STRENGTH
) -> list[float]:
    """The weights as a list."""
    before = np.array(prior)
    columns = (np.array(rule, np.intp), np.array(sentence, np.intp), np.array(labels, np.bool_))
    found: list[float] = fit(*columns, before, bounds(before), strength).tolist()
    return found


def posterior(
    rule: list[int], sentence: list[int], labels: list[bool], prior: list[float], weights: list[float]
) -> float:
    """What is to be made as large as can be, one sentence after the other: labels and written weights together."""
    total = 0.0
    for row, labelled in enumerate(labels):
        own = [weights[one] for one, of in zip(rule, sentence, strict=True) if of == row]
        if own:
            total += log(1 - prod(1 - w for w in own)) if labelled else sum(log(1 - w) for w in own)
    return total + sum(
        STRENGTH * (before * log(weight) + (1 - before) * log(1 - weight))
        for before, weight in zip(prior, weights, strict=True)
    )


@given(st.integers(0, 1_000), st.lists(st.floats(0.05, 0.95), min_size=1, max_size=5))
def test_planted_weights_are_found_again(seed: int, planted: list[float]) -> None:
    """Labels that are drawn by weights teach these weights, whatever they are taken to be before."""
    draw = np.random.default_rng(seed)
    sentences = 4_000
    rule = draw.integers(0, len(planted), 2 * sentences)
    sentence = draw.integers(0, sentences, 2 * sentences)
    missed = np.bincount(sentence, np.log1p(-np.array(planted).take(rule)), minlength=sentences)
    labels = draw.random(sentences) < -np.expm1(missed)
    prior = np.full(len(planted), 0.5)
    found = fit(rule, sentence, labels, prior, bounds(prior))
    assert np.abs(found - planted).max() < 0.1


@given(samples())
def test_weights_are_chances(sample: tuple[list[int], list[int], list[bool], list[float]]) -> None:
    """Every weight is between the least and the most; one of a rule that never fires is what it was."""
    rule, _, _, prior = sample
    for number, weight in enumerate(fitted(*sample)):
        assert LEAST <= weight <= MOST
        if number not in rule:
            assert weight == pytest.approx(min(max(prior[number], LEAST), MOST))


@given(samples(), st.data())
def test_no_other_weights_fit_better(
    sample: tuple[list[int], list[int], list[bool], list[float]], data: st.DataObject
) -> None:
    """Where one weight is another, labels and written weights together are no likelier."""
    found = fitted(*sample)
    number = data.draw(st.integers(0, len(found) - 1))
    other = [*found]
    other[number] = data.draw(st.floats(LEAST, MOST))
    assert posterior(*sample, weights=other) <= posterior(*sample, weights=found) + 1e-4


@pytest.mark.parametrize("labelled", [True, False])
@given(prior=st.floats(0.1, 0.9), few=st.integers(1, 50), more=st.integers(1, 50))
def test_more_cases_move_a_weight_further(*, labelled: bool, prior: float, few: int, more: int) -> None:
    """Cases that all say the same, each alone in its sentence, move a weight by their number, as the formula says."""
    moved = []
    for cases in (few, few + more):
        rows = list(range(cases))
        (weight,) = fitted([0] * cases, rows, [labelled] * cases, [prior])
        assert weight == pytest.approx((labelled * cases + STRENGTH * prior) / (cases + STRENGTH), abs=1e-3)
        moved.append(abs(weight - prior))
    assert moved[0] < moved[1]


@given(samples(), st.floats(1, 100))
def test_a_stronger_prior_holds_more(
    sample: tuple[list[int], list[int], list[bool], list[float]], strength: float
) -> None:
    """With many times the strength no weight is farther from where it was."""
    prior = sample[3]
    loose, tight = fitted(*sample, strength), fitted(*sample, 10_000 * strength)
    clipped = [min(max(one, LEAST), MOST) for one in prior]
    farthest = max(abs(a - b) for a, b in zip(loose, clipped, strict=True))
    assert max(abs(a - b) for a, b in zip(tight, clipped, strict=True)) <= farthest + 1e-2


def test_keep_levels() -> None:
    """Weights then stay on their side of a half."""
    within = bounds(np.array([0.5, 0.9, 0.49, 0.1]), keep_levels=True)
    assert within.low.tolist() == [0.5, 0.5, LEAST, LEAST]
    assert within.high.tolist() == [MOST, MOST, 0.49, 0.49]


# The signal ----------------------------------------------------------------------------------------------------------


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Hits, list[float]]:
    """Findings that may overlap, in the order of the text, and weights of their rules."""
    sentences = draw(st.integers(1, 4))
    spans = st.tuples(st.integers(0, 7), st.integers(1, 4), st.integers(0, 4))
    found = [(20 * n, n, span) for n in range(sentences) for span in draw(st.lists(spans, max_size=5, unique=True))]
    rows = sorted((base + first, base + first + length, rule, n) for base, n, (first, length, rule) in found)
    first, end, rule, sentence = (
        (np.array(column, np.intp) for column in zip(*rows, strict=True)) if rows else [np.zeros(0, np.intp)] * 4
    )
    weights = draw(st.lists(st.sampled_from([0.1, 0.3, 0.5, 0.8, 0.99]), min_size=5, max_size=5))
    return Hits(rule, sentence, first, end, np.zeros(len(rows), np.bool_)), weights


@given(crowds())
def test_signal_is_that_of_the_engine(sample: tuple[Hits, list[float]]) -> None:
    """The signal of weights that are tried is what the engine makes of them, sentence by sentence."""
    hits, weights = sample
    found = probability(hits, np.array(weights), 4)
    for sentence in range(4):
        rows = np.flatnonzero(hits.sentence == sentence).tolist()
        cues = [(weights[hits.rule[row]], int(hits.first[row]), int(hits.end[row])) for row in rows]
        assert found[sentence] == pytest.approx(noisy_or(cues), abs=1e-4)
        heard = hits.heard(np.array(weights))
        assert [row for row in heard.tolist() if hits.sentence[row] == sentence] == sorted(rows[k] for k in apart(cues))


# Quality -------------------------------------------------------------------------------------------------------------


def test_quality() -> None:
    """Of one that is right, one that is rightly not sure, and a miss."""
    found = quality(np.array([0.9, 0.4, 0.0]), np.array([True, False, True]))
    surprise = (-log(0.9) - log(0.6) - log(0.01)) / 3
    assert found == pytest.approx(Quality(surprise, ece=(0.1 + 0.4 + 1.0) / 3, ece_fired=(0.1 + 0.4) / 2, f1=2 / 3))
    assert quality(np.zeros(0), np.zeros(0, np.bool_)) == (0, 0, 0, 0)
