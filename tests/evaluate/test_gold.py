"""Rows become gold sentences, or say what is wrong with them; a set measures one thing."""

from typing import Any

import pytest

from factcheck.evaluate.aligned import aligned, line, moved
from factcheck.evaluate.gold import Cue, Gold, GoldError, Kind, gold, kind_of
from factcheck.scan import Scanner

RAIN = {"text": "It may rain.", "label": "uncertain"}


def of(**changes: Any) -> Gold:  # noqa: ANN401 - a row holds anything
    """A gold sentence like that of rain."""
    return gold(RAIN | changes, "wet.jsonl:1")


def test_a_row() -> None:
    """What a row has is kept; without an id its place is its name."""
    assert of() == Gold("wet.jsonl:1", "", "It may rain.", "uncertain")
    full = of(id=7, doc="rain", fold=2, sense="epistemic", verb="may", label=" Uncertain ")
    assert (full.id, full.doc, full.fold, full.label) == ("7", "rain", 2, "uncertain")
    assert of(id=None, doc=None).id == "wet.jsonl:1"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "this row has no `text`; each row is one sentence with its `label`"),
        ({"text": 3}, "this row has no `text`; each row is one sentence with its `label`"),
        ({"text": " "}, "the `text` of this row is empty; leave the row out"),
        ({"text": "\u200b\ufeff"}, "the `text` of this row is empty; leave the row out"),
        (
            {"text": "It rains."},
            "this row has no `label`; write uncertain or certain, attributed or none, or a level",
        ),
        (RAIN | {"label": "uncertian"}, "`uncertian` is no label: did you mean `uncertain`?"),
        (RAIN | {"label": 3}, "`3` is no label: write uncertain or certain, attributed or none, or a level"),
        (RAIN | {"label": ["x"]}, "`['x']` is no label: write uncertain or certain, attributed or none, or a level"),
        (RAIN | {"fold": "1"}, "`fold` of this row is no whole number; write one, or leave it out"),
        (
            {"text": "It rains.", "certainty": "4"},
            "`certainty` of this row is no number; write one, the higher the surer",
        ),
        ({"text": "It rains.", "certainty": float("nan")}, "`certainty` of this row is no number; write one"),
        (RAIN | {"cues": ["might"]}, "the cue `might` does not stand in the text of this row; write it as the text"),
        (RAIN | {"cues": ["a"]}, "the cue `a` does not stand in the text of this row"),
        (RAIN | {"cues": [" "]}, "the cue ` ` does not stand in the text of this row"),
        (
            RAIN | {"cues": [{"start": 3, "end": 60}]},
            "a cue of this row is no stretch of its text; give its words, or its `start` and `end`",
        ),
        (RAIN | {"cues": 5}, "a cue of this row is no stretch of its text"),
        ({"text": "A. B.", "sentences": [[0, 2]]}, "this row marks where sentences end, which no rule changes"),
        ({"text": "A.", "certainty": 10**400}, "`certainty` of this row is no number; write one, the higher the surer"),
        (
            RAIN | {"cues": [{"start": 0, "end": 6, "text": "may"}]},
            "from 0 to 6 the text of this row has `It may`, not `may`; mend the cue",
        ),
    ],
)
def test_wrong_rows(row: dict[str, Any], said: str) -> None:
    """A wrong row says what is wrong and what to write."""
    with pytest.raises(GoldError) as raised:
        gold(row, "wet.jsonl:1")
    assert str(raised.value).startswith(said)


def test_cues_by_their_words() -> None:
    """Words stand where they stand whole, in any case and white space; written twice they stand in two places."""
    text = "Maybe it may\n be, may\tbe not."
    assert gold(RAIN | {"text": text, "cues": ["may be"]}, "").cues == (Cue(9, 16, ""),)
    assert [cue.start for cue in gold(RAIN | {"text": text, "cues": ["may", "May"]}, "").cues] == [9, 18]
    typed = gold(RAIN | {"text": text, "cues": [{"text": "it", "type": "source"}, {"start": 0, "end": 5}]}, "")
    assert typed.cues == (Cue(6, 8, "source"), Cue(0, 5, ""))
    assert typed.marks == (Cue(0, 5, ""),)


def test_rows_of_a_scan_have_only_what_people_add() -> None:
    """Level, cues and source of such a row are the program's."""
    row = {"text": "It may rain.", "level": "possible", "confidence": None, "polarity": "positive", "cues": "may"}
    assert gold(row | {"label": "asserted", "fold": 2}, "x") == Gold("x", "", "It may rain.", "asserted", fold=2)
    assert gold(row, "x") == Gold("x", "", "It may rain.", "")


def test_what_is_not_labelled_yet_is_not_measured() -> None:
    """An empty label, and a sentence that goes on with another."""
    assert of().is_measured
    assert not any(of(label=label).is_measured for label in ("", None, "attributed-continuation"))
    assert not gold({"text": "It rains.", "certainty": None}, "x").is_measured


def rows(*labels: Any, **more: Any) -> list[Gold]:  # noqa: ANN401 - a row holds anything
    """Rows with these labels, or numbers."""
    return [
        gold({"text": "It may rain.", **more} | ({"label": one} if isinstance(one, str) else {"certainty": one}), "x")
        for one in labels
    ]


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (rows("uncertain", "certain", ""), Kind.SIGNAL),
        (rows("certain"), Kind.SIGNAL),
        (rows("certain", sense="ability"), Kind.SENSE),
        (rows("possible", "no-claim"), Kind.LEVEL),
        (rows("attributed"), Kind.LEVEL),
        (rows("attributed", "asserted"), Kind.LEVEL),
        (rows("attributed", "none"), Kind.ATTRIBUTION),
        (rows("none"), Kind.ATTRIBUTION),
        (rows("attributed", "attributed-continuation"), Kind.ATTRIBUTION),
        (rows(1, 2.5), Kind.CERTAINTY),
    ],
)
def test_kinds_of_sets(found: list[Gold], kind: Kind) -> None:
    """What a set measures is told by its labels."""
    assert kind_of(found) is kind


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "no row of this file has a label yet; label some"),
        (rows("", "attributed-continuation"), "no row of this file has a label yet; label some"),
        (
            rows("possible", "uncertain"),
            "rows of one file measure one thing, and these do several: possible, uncertain; part them",
        ),
        (
            rows("none", "asserted"),
            "rows of one file measure one thing, and these do several: asserted, none; part them",
        ),
        (rows(1, "certain"), "some rows of this file have a `certainty` and others have not; part them"),
    ],
)
def test_sets_that_measure_several_things_or_nothing(found: list[Gold], said: str) -> None:
    """Such a set is refused."""
    with pytest.raises(GoldError) as raised:
        kind_of(found)
    assert str(raised.value) == said


def test_sentences_beside_a_scan() -> None:
    """Each row is one sentence, its cues are found in it, and rows of a document know those before them."""
    scanner = Scanner()
    found = aligned(
        scanner,
        [
            gold({"text": "The  mill\tmay close.", "doc": "a", "label": "", "cues": ["may"]}, "1"),
            gold({"text": "Ada Voss said so. She may go.", "doc": "a", "label": "uncertain", "cues": ["may"]}, "2"),
            gold({"text": "It may not.", "label": "uncertain", "cues": ["may"]}, "3"),
        ],
    )
    assert [pair.sentence.text for pair in found] == [
        "The mill may close.",
        "Ada Voss said so. She may go.",
        "It may not.",
    ]
    assert [pair.sentence.text[slice(*pair.place(pair.gold.cues[0]))] for pair in found] == ["may"] * 3
    assert [pair.before for pair in found] == ["", "The mill may close.", ""]
    for pair in found:
        (may,) = (one for one in pair.sentence.findings if one.text.startswith("may"))
        assert pair.marked(may)
        assert [pair.right(may, labelled=one) for one in (True, False)] == [True, False]


@pytest.mark.parametrize(
    ("text", "start", "end", "there"),
    [
        ("It may rain.", 3, 6, "may"),
        ("It may rain.", 2, 6, "may"),
        ("It may rain.", 2, 7, "may"),
        ("It  may\train.", 3, 8, "may"),
        ("  It may rain.", 1, 4, "It"),
        ("“It” may rain.", 1, 3, "It"),
    ],
)
def test_cues_on_one_line(text: str, start: int, end: int, there: str) -> None:
    """Where white space is single a cue has the same words, and none at its ends."""
    first, stop = moved(text, Cue(start, end, ""))
    assert line(text)[first:stop] == there
