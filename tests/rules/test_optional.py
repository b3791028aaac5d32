"""The opt-in packs: they load alone and beside the others, give the ranges of their standards, and stay notes."""

from pathlib import Path

import pytest

from factcheck import Scanner
from factcheck.document import Sentence
from factcheck.judge.hits import Hits
from factcheck.judge.reference import reference_hits
from factcheck.language.rule import Rule
from factcheck.load import load, optional_sources, parsed
from factcheck.packs import optional_files, optional_titles

REFERENCE = Path(__file__).parents[2] / "docs" / "reference.md"
PACKS = ("icd203", "ipcc", "numbers")
RANGES = {
    "icd203": {
        "remote": (1, 5),
        "very-unlikely": (5, 20),
        "unlikely": (20, 45),
        "unlikely-thing": (20, 45),
        "even-chance": (45, 55),
        "likely": (55, 80),
        "likely-thing": (55, 80),
        "very-likely": (80, 95),
        "almost-certain": (95, 99),
    },
    "ipcc": {
        "virtually-certain": (99, 100),
        "extremely-likely": (95, 100),
        "very-likely": (90, 100),
        "likely": (66, 100),
        "more-likely-than-not": (50, 100),
        "as-likely-as-not": (33, 66),
        "unlikely": (0, 33),
        "very-unlikely": (0, 10),
        "extremely-unlikely": (0, 5),
        "exceptionally-unlikely": (0, 1),
    },
    "numbers": {},
}


def rules(pack: str) -> list[Rule]:
    """The rules of an opt-in pack as their author wrote them."""
    (file,) = parsed(optional_sources([pack]), [])
    return list(file.rules)


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """All packs, compiled afresh."""
    return Scanner(packs=PACKS, cache=False)


@pytest.fixture(scope="module")
def plain() -> Scanner:
    """The built-in packs alone."""
    return Scanner()


@pytest.fixture(scope="module")
def alone() -> Scanner:
    """The opt-in packs alone."""
    return Scanner(packs=PACKS, builtin=False)


def only(scanner: Scanner, text: str) -> Sentence:
    """The one sentence of the text."""
    (sentence,) = scanner.scan(text).sentences
    return sentence


def found(sentence: Sentence, pack: str) -> list[str]:
    """The rules of the pack that the sentence has findings of."""
    return [finding.rule.split("/")[1] for finding in sentence.findings if finding.rule.startswith(f"{pack}/")]


def test_there_are_three() -> None:
    """Each file holds the pack of its name, with a title of its own."""
    assert tuple(optional_files()) == PACKS
    packs = [file.pack for file in parsed(optional_sources(PACKS), []) if file.pack]
    assert optional_titles() == {pack.name: pack.title for pack in packs}
    assert all(pack.title not in {"", pack.name} for pack in packs)


@pytest.mark.parametrize("pack", PACKS)
def test_each_stands_alone(pack: str) -> None:
    """Without the built-in packs there is no error and no warning."""
    assert load(packs=[pack], builtin=False, cached=False).warnings == ()


def test_all_stand_beside_the_built_in_ones(scanner: Scanner) -> None:
    """Nor is there one with all of them."""
    assert scanner.warnings == ()


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_says_what_to_do(pack: str) -> None:
    """Whoever asks for the pack wants to know what to change."""
    assert [rule.name for rule in rules(pack) if not rule.suggest.endswith(".")] == []


@pytest.mark.parametrize("pack", PACKS)
def test_ranges_are_those_of_the_standard(pack: str) -> None:
    """The per cents are those that the directive and the panel's guidance give, and no rule makes up its own."""
    assert {rule.name: rule.range for rule in rules(pack) if rule.range} == RANGES[pack]


@pytest.mark.parametrize("pack", ["icd203", "ipcc"])
def test_reference_page_tells_the_ranges(pack: str) -> None:
    """Whoever reads the page need not open the pack."""
    (row,) = [line for line in REFERENCE.read_text("utf-8").splitlines() if line.startswith(f"| `{pack}` |")]
    assert [pair for pair in RANGES[pack].values() if f"* {pair[0]}–{pair[1]}" not in row] == []


@pytest.mark.parametrize("pack", PACKS)
def test_a_firm_no_is_negative(pack: str) -> None:
    """Terms below an even chance lean towards no."""
    graded = [rule for rule in rules(pack) if rule.level != "note"]
    assert all((rule.polarity == "negative") == (rule.range[1] < 50) for rule in graded if rule.range)


def test_numbers_are_notes(scanner: Scanner, plain: Scanner) -> None:
    """The pack asks questions; the level of a sentence is the same without it."""
    for rule in rules("numbers"):
        assert rule.level == "note"
        for example in rule.flag:
            assert only(scanner, example.text).level == only(plain, example.text).level


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for pack in PACKS for rule in rules(pack)])
def test_both_matchers_find_the_same(alone: Scanner, rule: Rule) -> None:
    """On the examples of each rule the fast matcher finds what the plain one does."""
    article = alone.read(["\n\n".join(example.text for example in (*rule.flag, *rule.quiet))])
    assert alone.matcher.hits(article).rows() == Hits.of(reference_hits(alone.program, article)).rows()


LIKELIHOOD = [
    # the rule of icd203, that of ipcc, and the level
    ("The mill is likely to close.", ["likely"], ["likely"], "probable"),
    ("The mill will probably close.", ["likely"], [], "probable"),
    ("The mill is not likely to close.", ["unlikely"], ["unlikely"], "probable"),
    ("The mill isn't likely to close.", ["unlikely"], ["unlikely"], "probable"),
    ("No mill is likely to close.", ["unlikely"], ["unlikely"], "probable"),
    ("The mill is not very likely to close.", ["unlikely"], ["unlikely"], "probable"),
    ("The mill is not unlikely to close.", ["off-scale"], [], "probable"),
    ("The mill is highly unlikely to close.", ["very-unlikely"], [], "probable"),
    ("The mill will almost certainly close.", ["almost-certain"], [], "probable"),
    ("It is as likely as not that the mill will close.", ["even-chance"], ["as-likely-as-not"], "possible"),
    ("It is extremely likely that the mill closed.", ["off-scale"], ["extremely-likely"], "probable"),
    ("It is virtually certain that the mill closed.", ["off-scale"], ["virtually-certain"], "probable"),
    ("There is almost no chance of a strike.", ["remote"], [], "probable"),
    ("Abara named the likely winner.", ["likely-thing"], [], "asserted"),
    ("Voss was a likely lad.", [], [], "asserted"),
    ("An unlikely hero saved the mill.", [], [], "asserted"),
    ("Old mills are more likely to burn than new ones.", [], [], "asserted"),
    ("How likely is it that the mill will close?", [], [], "no-claim"),
]


@pytest.mark.parametrize(("text", "icd203", "ipcc", "level"), LIKELIHOOD)
def test_likelihood(scanner: Scanner, text: str, icd203: list[str], ipcc: list[str], level: str) -> None:
    """A term has the range of its own scale; a neighbour moves it along the scale, or off it."""
    sentence = only(scanner, text)
    assert (found(sentence, "icd203"), found(sentence, "ipcc"), sentence.level) == (icd203, ipcc, level)


def test_range_comes_with_the_finding(scanner: Scanner) -> None:
    """A program reads the per cents off the record."""
    (record,) = scanner.scan("The mill is likely to close.", name="mill.txt").to_records()
    findings = record["findings"]
    assert isinstance(findings, list)
    ranges = {one["rule"]: list(one["range"]) for one in findings if "range" in one}
    assert ranges == {"hedge/likely": [55, 80], "icd203/likely": [55, 80], "ipcc/likely": [66, 100]}


def test_the_same_words_count_once(scanner: Scanner, plain: Scanner) -> None:
    """A term that a built-in rule finds, too, makes a sentence no less sure than that rule alone."""
    text = "The mill is likely to close."
    assert only(scanner, text).confidence == only(plain, text).confidence


def test_confidence_beside_likelihood_is_warned_of(scanner: Scanner) -> None:
    """Only where both stand in one sentence, and severely enough to be seen."""
    both, apart, _ = scanner.scan(
        "We judge with high confidence that the mill is likely to close. "
        "The mill is likely to close. We have high confidence in this judgement."
    ).sentences
    (finding,) = [one for one in both.findings if one.rule == "icd203/confidence-beside-likelihood"]
    assert (finding.level, finding.severity) == ("note", "warning")
    assert found(apart, "icd203") == ["likely"]


NUMBERS = [
    ("Fares rose 40 per cent.", ["no-base"]),
    ("Fares rose 40 per cent from £5.", []),
    ("Fares rose 40 per cent, to £7.", []),
    ("Fares rose 40 per cent on the year.", []),
    ("The council raised the fare by 12%.", ["no-base"]),
    ("Unemployment rose 1 per cent to 5 per cent.", ["points"]),
    ("Unemployment rose by one percentage point.", []),
    ("A study found that millers sleep badly.", ["unnamed-study"]),
    ("A Lakeside study found that millers sleep badly.", []),
    ("Researchers at Lakeside say that millers sleep badly.", []),
    ("Scientists say that millers sleep badly.", ["unnamed-study"]),
    ("The storm cost an estimated £3 million.", ["bare-estimate"]),
    ("The storm cost an estimated £3 million, the council said.", []),
    ("The average house on the quay costs £200,000.", ["which-average"]),
    ("The quay is 300 metres long on average.", []),
    ("As many as 40 mills closed.", ["ceiling"]),
    ("He faces up to two years in prison.", []),
    ("The harbour made a record loss.", ["record"]),
    ("The harbour made a record loss, its worst since 1998.", []),
    ("It is the first ever bridge over the Orrin.", ["first-ever"]),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers(scanner: Scanner, text: str, expected: list[str]) -> None:
    """A figure is asked about until the sentence answers."""
    assert found(only(scanner, text), "numbers") == expected


def test_headings_are_not_asked(scanner: Scanner) -> None:
    """A heading has no room for the answer."""
    heading, body = scanner.scan("Fares up 40%\n\nFares rose 40 per cent.").sentences
    assert found(heading, "numbers") == []
    assert found(body, "numbers") == ["no-base"]
