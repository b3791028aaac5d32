"""Two rule sets on the same texts: whatever a scan says differently of a sentence is a change, and nothing else."""

from collections import Counter
from pathlib import Path

import pytest

from factcheck import Document, Scanner, Sentence, scan
from factcheck.difference import Change, Difference, changes, silenced, steps
from factcheck.origins import Origins
from factcheck.text import piece

HOUSE = """\
pack house

rule may : possible
    "May."
    match   may | could
    flag    "It may rain."
    pass    "It rains."

rule told : attributed
    "Told."
    match   source:(<name>) said
    flag    "Voss said so."
    pass    "It rains."

rule soon : probable
    "Soon."
    match   will | soon
    flag    "It will rain."
    pass    "It rains."
"""
CHANGES = {
    "except": "amend house/may\n    except may day | could not\n",
    "weight": "amend house/may\n    weight 0.4\n",
    "level": "amend house/may : unverified\n    weight 0.8\n",
    "severity": "amend house/told\n    severity note\n",
    "disable": "disable house/told\n",
    "source": "amend house/told\n    match source:(<name>) [, ...3 ,] (told | say~)\n",
    "negative": 'pack more\nrule no : attributed\n    "No."\n    match denied\n    polarity negative\n'
    '    flag "He denied it."\n    pass "It rains."\n',
    "nothing": 'amend house/may\n    message "Only perhaps."\n',
}
TEXTS = (
    (Path(__file__).parents[1] / "docs" / "examples" / "harbour.txt").read_text("utf-8"),
    "Voss said it may rain. It will. “It could,” Ruth Abara told us. She said so.\n\nMay day it is, they may say.",
    "",
    "It could not rain. Ada Voss denied it. Voss, the pilot, said that it will soon be dry.",
)
NAMES = ("harbour", "voss", "empty", "dry")


def scanner(folder: Path, *texts: str) -> Scanner:
    """A scanner of rule files with these texts."""
    for number, text in enumerate(texts):
        (folder / f"{number}.fact").write_text(text, "utf-8")
    return Scanner([folder / f"{number}.fact" for number in range(len(texts))], builtin=False, cache=False)


@pytest.fixture
def house(tmp_path: Path) -> Scanner:
    """Three rules."""
    (tmp_path / "old").mkdir()
    return scanner(tmp_path / "old", HOUSE)


def said(one: Sentence) -> object:
    """All that is compared of a sentence."""
    findings = {(f.rule, f.span, f.level, f.weight, f.severity) for f in one.findings}
    source = (one.source.text, one.source.span, one.source.kind, one.source.refers) if one.source else None
    return one.level, one.polarity, source, findings


def compared(old: Scanner, new: Scanner, texts: tuple[str, ...] = TEXTS) -> list[Change]:
    """All changes."""
    names = [NAMES[number % 4] for number in range(len(texts))]
    return [change for _, some in changes(old, new, texts, names) for change in some]


@pytest.mark.parametrize("what", CHANGES)
def test_changes_are_those_of_two_scans(house: Scanner, tmp_path: Path, what: str) -> None:
    """Each sentence of which two scans say something else, as they say it; and no other."""
    new = scanner(tmp_path, HOUSE, CHANGES[what])
    documents: list[tuple[Document, Document]] = list(
        zip(house.scan_many(TEXTS, NAMES), new.scan_many(TEXTS, NAMES), strict=True)
    )
    pairs = [(a.name, a.text, x, y) for a, b in documents for x, y in zip(a.sentences, b.sentences, strict=True)]
    expected = [Change(*pair) for pair in pairs if said(pair[2]) != said(pair[3])]
    found = compared(house, new)
    assert found == expected
    assert bool(found) == (what != "nothing")
    assert compared(new, new) == []


def test_long_texts(house: Scanner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In pieces, among others: each change in its own text, its sentence by its number there."""
    new = scanner(tmp_path, HOUSE, CHANGES["disable"])
    texts = ("Voss said so.", "\n\n".join(["Voss said so.", "It rains."] * 30), "Abara said so.", "It rains.")
    whole = compared(house, new, texts)
    monkeypatch.setattr(piece, "LONGEST", 200)
    monkeypatch.setattr(piece, "_TAIL", 100)
    monkeypatch.setattr(scan, "_SHARE", 200)
    assert len(list(changes(house, new, texts, NAMES))) > 5
    found = compared(house, new, texts)
    assert [(c.document, c.text, c.old, c.new) for c in found] == [(c.document, c.text, c.old, c.new) for c in whole]


def test_what_changes(house: Scanner, tmp_path: Path) -> None:
    """Findings that come, go, or weigh otherwise; source and level."""
    new = scanner(tmp_path, HOUSE, CHANGES["weight"], CHANGES["disable"], CHANGES["negative"])
    first, *_, last = compared(house, new, ("Voss said it may rain.", "He denied it.", "It rains.", ""))
    assert [one.rule for one in first.gone] == ["house/told"]
    assert first.come == ()
    assert [(old.weight, one.weight) for old, one in first.altered] == [(0.8, 0.4)]
    assert (first.level, first.source, first.weight) == (True, True, (3, 1, 1))
    assert [one.rule for one in last.come] == ["more/no"]
    assert (last.level, last.source) == (True, False)
    assert last.to_record()["new"]["polarity"] == "negative"


def test_counts(house: Scanner, tmp_path: Path) -> None:
    """Over all texts: levels, sources, and what becomes of each rule's findings."""
    new = scanner(tmp_path, HOUSE, CHANGES["disable"], CHANGES["except"])
    found = Difference()
    for sentences, changed in changes(house, new, TEXTS[1:], NAMES[1:]):
        found.add(sentences, changed)
    assert found.sentences == 8
    assert found.changed == len(found.changes()) == 3
    assert found.levels == Counter({("possible", "asserted"): 1})
    assert found.sources == 1
    assert found.by_rule() == [
        ("house/may", {"come": 0, "gone": 2, "altered": 0, "levels": 1}),
        ("house/told", {"come": 0, "gone": 1, "altered": 0, "levels": 0}),
    ]


def test_those_that_matter_most_are_kept(house: Scanner, tmp_path: Path) -> None:
    """However many there are, in the order of the texts where they matter the same."""
    new = scanner(tmp_path, HOUSE, CHANGES["disable"])
    every, few = Difference(), Difference(3)
    for _ in range(9):
        for sentences, changed in changes(house, new, TEXTS, NAMES):
            every.add(sentences, changed)
            few.add(sentences, changed)
    assert few.changes() == every.changes()[:3]
    assert (few.changed, few.levels, few.rules) == (every.changed, every.levels, every.rules)
    weights = [change.weight for change in every.changes()]
    assert weights == sorted(weights, reverse=True)


def test_why(house: Scanner, tmp_path: Path) -> None:
    """What takes a hit away is told with its line."""
    new = scanner(tmp_path, HOUSE, CHANGES["except"])
    (change,) = compared(house, new, ("It rains.\nIt could not rain.", "", "", ""))
    (gone,) = silenced(new, change.text, [change.new], Origins(new.sources), "auto")[change.new.index]
    assert (gone.rule, gone.silencer, gone.line.rpartition("/")[2]) == ("house/may", "except", "1.fact:2")
    assert silenced(house, change.text, [change.new], Origins(house.sources), "auto") == {1: ()}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("asserted", "asserted", 0),
        ("unverified", "established", 5),
        ("probable", "possible", 1),
        ("no-claim", "unverified", 5),
        ("established", "no-claim", 1),
        ("no-claim", "no-claim", 0),
    ],
)
def test_steps(one: str, other: str, apart: int) -> None:
    """How far levels are apart."""
    assert steps(one, other) == apart
