"""Sets put to a tiny house style, by hand: what is right, what is alone, what is wrong and how."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from factcheck.evaluate.agreement import agree
from factcheck.evaluate.comparison import Comparison, comparison
from factcheck.evaluate.evaluation import Evaluation, evaluation
from factcheck.evaluate.gold import GoldError, gold
from factcheck.evaluate.measures import wilson
from factcheck.evaluate.trials import trial, tried
from factcheck.evaluate.usual import HEDGE
from factcheck.language.program import Level
from factcheck.scan import Scanner

RULES = """\
pack hedge

rule could : possible
    "Only a possibility."
    match  could
    weight 0.6
    flag   "It could sink."
    pass   "It sank."

rule may : possible
    "Only a possibility."
    match  may | might
    weight 0.9
    flag   "It may sink."
    pass   "It sank."
"""

VOICES = """\
pack attribution

rule said : attributed
    "The claim rests on this source."
    match   source:(<name>) say~
    weight  0.9
    flag    "Ada Voss said so."
    pass    "It sank."

rule officials : unverified
    "Nobody who can be named stands behind this."
    match   source.anonymous:(officials) say~
    weight  0.9
    signal  hedge 0.3
    flag    "Officials say so."
    pass    "The officials left."
"""

Evaluate = Callable[..., Evaluation]


@pytest.fixture(scope="module")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Scanner:
    """The house style."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "hedge.fact").write_text(RULES, "utf-8")
    (folder / "voices.fact").write_text(VOICES, "utf-8")
    return Scanner([folder], builtin=False, cache=False)


@pytest.fixture
def evaluate(scanner: Scanner) -> Evaluate:
    """Return `evaluate(*rows, signals=…)`: what these rows tell of the house style."""

    def told(*rows: dict[str, Any], signals: tuple[str, ...] = (HEDGE,)) -> Evaluation:
        sentences = [gold(row, f"row {number}") for number, row in enumerate(rows, 1)]
        return evaluation("set", sentences, tried(trial(scanner, sentences, signals))[0])

    return told


def row(text: str, label: str | float, *cues: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - a row holds anything
    """A labelled sentence."""
    return {"text": text, "label" if isinstance(label, str) else "certainty": label, "cues": list(cues), **more}


def value(one: Evaluation, name: str) -> float | None:
    """A measure."""
    return one.measures[name].value


def figures(rows: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - a table of any kind
    """The figures of the row with this name."""
    (found,) = (dict(one.figures) for one in rows if one.name == name)
    return found


SIGNALS = (
    row("It may sink.", "uncertain", "may"),
    row("It could sink.", "uncertain", "could"),
    row("It may or could sink.", "certain"),
    row("It could float.", "certain"),
    row("Whether it sinks is open.", "uncertain", "Whether"),
    row("It may sink, and nobody knows when.", "uncertain", "nobody knows"),
    row("It sank.", "certain"),
)


def test_signals(evaluate: Evaluate) -> None:
    """Three of five marks are right, three of four labels marked; the tables say which rules did it."""
    one = evaluate(*SIGNALS)
    assert (one.kind, one.signals, one.sentences, one.documents) == ("signal", ("hedge",), 7, 7)
    assert dict(one.labels) == {"uncertain": 4, "certain": 3}
    assert [value(one, name) for name in ("precision", "recall", "f1")] == [0.6, 0.75, 0.6667]
    assert one.confusion
    assert one.confusion.counts == ((3, 1), (2, 1))
    # On the marked words or not, alone or beside another rule, and wrong when alone.
    low, high = wilson(1, 3)
    assert figures(one.rules, "hedge/may") == {
        "weight": 0.9,
        "hits": 3,
        "right": 1,
        "precision": 0.3333,
        "low": round(low, 4),
        "high": round(high, 4),
        "alone": 2,
        "alone_wrong": 0,
    }
    could = figures(one.rules, "hedge/could")
    assert [could[key] for key in ("hits", "right", "alone", "alone_wrong")] == [3, 1, 2, 1]
    assert [row.name for row in one.packs] == ["hedge"]
    assert figures(one.levels, "possible")["labelled"] == 3
    assert figures(one.levels, "asserted")["share"] == 0.5


def test_errors_of_signals(evaluate: Evaluate) -> None:
    """False alarms and misses, the firmest first, with the findings that have a share in it."""
    one = evaluate(*SIGNALS)
    assert [case.pair.gold.id for case in one.false_alarms] == ["row 3", "row 4"]
    assert [hit.finding.rule for hit in one.false_alarms[0].hits] == ["hedge/may", "hedge/could"]
    assert [case.pair.gold.id for case in one.misses] == ["row 5"]
    record = one.misses[0].to_record()
    assert record["cues"] == [{"start": 0, "end": 7, "text": "Whether", "type": None}]
    assert (record["signal"], record["level"], record["findings"]) == (0.0, "asserted", [])


def test_bins_hold_all_sentences(evaluate: Evaluate) -> None:
    """Each sentence is in a bin whose edges hold the mean of what is said there."""
    one = evaluate(*SIGNALS)
    assert sum(own.sentences for own in one.bins) == one.sentences
    assert all(own.low - 1e-3 <= own.signal <= own.high + 1e-3 for own in one.bins)
    assert sum(own.labelled * own.sentences for own in one.bins) == pytest.approx(4)


def test_several_signals(evaluate: Evaluate) -> None:
    """Of two signals the chance that one holds; a rule weighs what it raises them by."""
    rows = (row("Officials say it may sink.", "uncertain"), row("Officials say it sank.", "certain"))
    one = evaluate(*rows, signals=("hedge", "attribution"))
    assert [case.signal for case in one.false_alarms] == [pytest.approx(1 - 0.7 * 0.1)]
    assert figures(one.rules, "attribution/officials")["weight"] == 0.93
    alone = evaluate(*rows)
    assert figures(alone.rules, "attribution/officials")["weight"] == 0.3
    assert figures(alone.rules, "attribution/officials")["alone"] == 0


def test_words_in_their_sense(evaluate: Evaluate) -> None:
    """Only findings on the marked word count; other verbs, and rows without one word, are left out."""
    one = evaluate(
        row("It may sink and could float.", "certain", "could", sense="ability", verb="could"),
        row("It may sink.", "uncertain", "may", sense="epistemic", verb="may"),
        row("It must sink.", "uncertain", "must", sense="epistemic", verb="must"),
        row("It may or may not.", "uncertain", "may", "may", sense="epistemic", verb="may"),
    )
    assert (one.kind, one.sentences) == ("sense", 2)
    assert sum(one.left_out.values()) == 2
    assert [case.signal for case in one.false_alarms] == [pytest.approx(0.6)]
    assert [own.name for own in one.rules] == ["hedge/could", "hedge/may"]
    with pytest.raises(GoldError, match="no row of this file marks one of may, might, could"):
        evaluate(row("It must sink.", "uncertain", "must", sense="epistemic", verb="must"))


def test_levels(evaluate: Evaluate) -> None:
    """The rule that set a level is right or wrong; errors go by the steps of the ladder."""
    one = evaluate(
        row("It may sink.", "possible", "may"),
        row("Officials say it may sink.", "unverified", "Officials say"),
        row("Ada Voss said it sank.", "attributed"),
        row("It could float.", "asserted"),
        row("It sank.", "unverified"),
        row("It may.", "no-claim"),
    )
    assert value(one, "accuracy") == 0.5
    assert one.confusion
    assert one.confusion.labels == one.confusion.said == tuple(Level)
    assert [case.pair.gold.id for case in one.false_alarms] == ["row 6", "row 4"]
    assert [case.pair.gold.id for case in one.misses] == ["row 5"]
    assert figures(one.rules, "hedge/may")["hits"] == 2
    assert figures(one.rules, "hedge/may")["right"] == 1
    assert figures(one.packs, "hedge")["hits"] == 3
    assert figures(one.levels, "unverified") == {
        "labelled": 2,
        "called": 1,
        "right": 1,
        "precision": 1.0,
        "recall": 0.5,
        "f1": 0.6667,
    }
    assert not one.bins


def test_voices(evaluate: Evaluate) -> None:
    """Sources agree by their words; continuations are read and not measured."""
    one = evaluate(
        row("Ada Voss said it sank.", "attributed", "said", {"text": "Ada Voss", "type": "source"}),
        row("Ruth Abara said it sank.", "attributed", {"text": "it", "type": "source"}),
        row("The pilot thinks so.", "attributed", {"text": "The pilot", "type": "source"}),
        row("It sank.", "none"),
        row("It floats.", "attributed-continuation"),
    )
    assert (one.kind, one.sentences, one.signals) == ("attribution", 4, ("attribution",))
    assert dict(one.left_out) == {"that go on with what somebody said before": 1}
    assert (value(one, "source_f1"), value(one, "source_f1_found")) == (0.3333, 0.5)
    assert [case.pair.gold.id for case in one.wrong_sources] == ["row 2"]


def test_numbers(evaluate: Evaluate) -> None:
    """Confidence beside people's numbers; tables have their mean."""
    one = evaluate(
        row("Officials say it sank.", 1),
        row("It may sink.", 2),
        row("It could sink.", 4),
        row("Ada Voss said it sank.", 3),
        row("It sank.", 5),
    )
    assert one.kind == "certainty"
    assert (one.confusion, dict(one.labels)) == (None, {})
    assert value(one, "spearman") == 0.8208
    assert figures(one.rules, "hedge/could") == {"weight": 0.6, "hits": 1, "certainty": 4.0}
    assert figures(one.levels, "possible") == {"sentences": 2, "certainty": 3.0}
    assert one.false_alarms[0].label == 4


def test_one_document_tells_nothing_of_others(evaluate: Evaluate) -> None:
    """Nothing can be drawn from it; what counts alone tell stays."""
    one = evaluate(*(own | {"doc": "a"} for own in SIGNALS))
    assert one.documents == 1
    assert one.measures["ece"][1:] == (None, None)
    assert one.measures["precision"].low == round(wilson(3, 5)[0], 4)


def test_the_wider_interval_is_told(evaluate: Evaluate) -> None:
    """Two right of two is not all that can be."""
    one = evaluate(row("It may sink.", "uncertain"), row("It might sink.", "uncertain"))
    assert one.measures["precision"] == (1.0, round(wilson(2, 2)[0], 4), 1.0)


# Two rule sets --------------------------------------------------------------------------------------------------------


@pytest.fixture
def compared(scanner: Scanner, tmp_path: Path) -> Callable[..., Comparison]:
    """Return `compared(change, *rows)`: what a change of the house style does."""

    def told(change: str, *rows: dict[str, Any]) -> Comparison:
        for name, rules in (("hedge", RULES), ("voices", VOICES), ("z", change)):
            (tmp_path / f"{name}.fact").write_text(rules, "utf-8")
        sentences = [gold(row, f"row {number}") for number, row in enumerate(rows, 1)]
        changed = Scanner([tmp_path], builtin=False, cache=False)
        return comparison(*tried(*(trial(one, sentences) for one in (changed, scanner))))

    return told


def test_changes(compared: Callable[..., Comparison]) -> None:
    """Sentences nearer to their label are better, farther ones worse; others are called otherwise."""
    change = "amend hedge/could\n    weight 0.4\namend hedge/may\n    weight 0.8\n"
    one = compared(change, *SIGNALS)
    assert [change.now.pair.gold.id for change in one.better] == ["row 4"]
    assert [change.now.pair.gold.id for change in one.worse] == ["row 2"]
    assert one.otherwise == 3
    assert one.chance == 1.0
    assert one.measures["f1"][:3] == (0.5714, 0.6667, -0.0952)
    record = one.to_record()
    assert (record["better"], record["worse"], record["otherwise"]) == (1, 1, 3)
    (changed,) = record["changes_for_better"]
    assert (changed["now"]["signal"], changed["against"]["signal"]) == (0.4, 0.6)


def test_changes_of_levels(compared: Callable[..., Comparison]) -> None:
    """A step nearer is better though it is not there yet."""
    one = compared(
        "disable hedge/may\n",
        row("It may sink.", "probable"),
        row("It may sink.", "established"),
        row("It may sink.", "possible"),
    )
    assert [change.now.pair.gold.id for change in one.better] == ["row 2"]
    assert [change.now.pair.gold.id for change in one.worse] == ["row 1", "row 3"]


def test_changes_of_sources(compared: Callable[..., Comparison]) -> None:
    """Who names the right source now is better, who names another worse, though the signal is the same."""
    change = (
        "pack z\n\nrule pilot : attributed\n"
        '    "M."\n    match source:(the pilot) <name> say~\n    weight 0.9\n    signal attribution 0.9\n'
        '    flag "The pilot Ada Voss said so."\n    pass "So."\n'
        "\ndisable attribution/said\n"
    )
    text = "The pilot Ada Voss said it sank."
    sources = [{"text": who, "type": "source"} for who in ("The pilot", "Ada Voss", "pilot Ada")]
    one = compared(change, *(row(text, "attributed", who) for who in sources), row("It sank.", "none"))
    assert [change.now.pair.gold.id for change in one.better] == ["row 1"]
    assert [change.now.pair.gold.id for change in one.worse] == ["row 2"]
    assert (one.otherwise, one.measures["f1"].difference) == (0, 0.0)


def test_no_claim_is_not_better(compared: Callable[..., Comparison]) -> None:
    """A sentence that is no claim any more is as far off as if it were flat wording."""
    none = 'pack z\n\nrule ask : no-claim\n    "M."\n    match may\n    flag "It may."\n    pass "So."\n'
    rows = row("It may sink.", 1), row("It could sink.", 2), row("It sank.", 3)
    one = compared(none, *rows)
    assert [change.now.pair.gold.id for change in one.better] == []
    assert [change.now.pair.gold.id for change in one.worse] == ["row 1"]


def test_no_change(compared: Callable[..., Comparison]) -> None:
    """The same rules differ in nothing."""
    one = compared('amend hedge/may\n    "So."\n', *SIGNALS)
    assert (one.better, one.worse, one.otherwise, one.chance) == ((), (), 0, 1.0)
    assert all(own.difference in (0.0, None) for own in one.measures.values())


# Sources --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ruth Abara", "the mayor, Ruth Abara", True),
        ("Ruth Abara’s", "“Ruth Abara,”", True),
        ("the head of the board", "a head on a board", True),
        ("He", "he", True),
        ("Ada Voss", "Ruth Abara", False),
        ("Voss", "Ada Voss who runs the ferry line", False),
        ("the", "the", False),
        ("", "Ada Voss", False),
    ],
)
def test_sources_agree(one: str, other: str, *, same: bool) -> None:
    """By half of their words, small ones left out."""
    assert agree(one, other) is same
    assert agree(other, one) is same


def test_records_hold_plain_values(evaluate: Evaluate) -> None:
    """What goes into JSON holds no values of NumPy."""

    def plain(found: Any) -> bool:  # noqa: ANN401 - any value
        if isinstance(found, dict):
            return all(map(plain, found.values()))
        if isinstance(found, list | tuple):
            return all(map(plain, found))
        return not isinstance(found, np.generic | np.ndarray)

    assert plain(evaluate(*SIGNALS).to_record())
