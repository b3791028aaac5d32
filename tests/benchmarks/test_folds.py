"""Learnt weights scored fold by fold."""

from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest

import folds
from factcheck import Scanner
from factcheck.evaluate.usual import STRENGTH
from folds import Scored, summed

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "weigh.jsonl"
GIVEN = {
    "gold": [str(EXAMPLES)],
    "signal": "hedge",
    "strength": STRENGTH,
    "keep_levels": False,
    "propose": False,
    "weak_signs": False,
    "apart": False,
    "rules": (),
    "sentences": None,
}


@pytest.fixture
def few_rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A single rule, which is right less often than its weight says, stands for the built-in packs."""
    rules = 'pack hedge\nrule x : possible\n  "X."\n  match could\n  weight 0.9\n  flag "It could."\n  pass "It."\n'
    (tmp_path / "few.fact").write_text(rules, "utf-8")
    alone = [tmp_path / "few.fact"]
    monkeypatch.setattr(folds, "Scanner", lambda paths=(), **_: Scanner([*alone, *paths], builtin=False, cache=False))


@pytest.mark.usefixtures("few_rules")
@pytest.mark.parametrize("sentences", [None, 20, 0])
def test_each_set_has_two_rows(sentences: int | None) -> None:
    """With the weights as written and as learnt; from no sentence nothing is learnt."""
    found = [row for _, row in folds.measured(Namespace(**GIVEN | {"sentences": sentences}))]
    assert [(row["set"], row["weights"]) for row in found] == [("weigh", "written"), ("weigh", "learnt")]
    written, learnt = (row["ece_fired"] for row in found)
    assert isinstance(written, float)
    assert isinstance(learnt, float)
    assert learnt < written or (sentences == 0 and learnt == written)


def test_summed() -> None:
    """Means and spreads of the folds, and the calibration of all of them at once."""
    right = Scored(np.array([1.0, 0.0]), np.array([True, False]))
    wrong = Scored(np.array([1.0, 0.0]), np.array([False, False]))
    found = summed([right, wrong])
    assert (found["f1"], found["f1_spread"]) == (0.5, 0.5)
    assert (found["ece"], found["ece_all"], found["ece_fired_all"]) == (0.25, 0.25, 0.5)
    assert found["chance"] == 0


def test_by_chance() -> None:
    """Few sentences are never labelled just as often as a signal says that is exactly right."""
    few, many = (Scored(np.full(size, 0.7), np.ones(size, np.bool_)) for size in (10, 10_000))
    assert summed([few])["chance"] > 0.05
    assert summed([many])["chance"] < 0.01
