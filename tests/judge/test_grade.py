"""Findings to levels, on rules and sentences made for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from factcheck import Document, Scanner
from factcheck.judge.rank import BANDS, confidence
from factcheck.judge.signal import noisy_or
from factcheck.language.program import Level

CORE = """\
pack core
    signal off
list anonymous   = officials | experts
list publication = gazette | 'Harbour Post'
list institution = council | ministry
list verb = be~ | say~ | close~ | confirm~ | leave~ | deny~
"""

CUES = """\
pack cues
rule says : attributed
    "Someone vouches."
    match source:(<name> | the council | officials | he | the gazette | 'Harbour Post') (say~ | denied)
    match (, | ") say~ source:(<name>)
    flag "Ruth Abara said so."
rule denied : attributed
    "A denial is firm."
    match source:(<name>) denied
    polarity negative
    flag "Ruth Abara denied it."
rule may : possible
    "Only a possibility."
    match may | might
    signal doubt 0.5
    flag "It may rain."
rule hopes : probable
    "A hope is not yet so."
    match source:(<name> | he) hopes
    flag "Ada Voss hopes so."
rule weak : possible
    "A weak cue."
    match somewhat
    weight 0.3
    flag "It is somewhat wet."
rule alleged : unverified
    "Nobody has shown it."
    match alleged | allegedly
    weight 0.9
    flag "He allegedly left."
rule confirmed : established
    "The text says it was confirmed."
    match confirmed
    flag "Police confirmed the closure."
rule remark : note
    "Only to be reported."
    match reportedly
    match source:(<name>) sighed
    flag "It reportedly rained."
"""

NO_CLAIM = """\
pack no-claim
    signal off
rule question : no-claim
    "A question claims nothing."
    when in question
    flag "Is it closed?"
    pass "It is closed."
rule fragment : no-claim
    "No verb, no claim."
    when verbless
    flag "The harbour bridge"
    pass "The bridge is closed."
"""

HEDGE = """\
pack hedge
rule rounded : note
    "A number that is not exact."
    match about <number>
    weight 0.1
    flag "It closed for about 300 days."
    pass "It closed for 300 days."
rule perhaps : possible
    "Only a possibility."
    match perhaps
    flag "Perhaps it is closed."
    pass "It is closed."
"""

Grade = Callable[[str], Document]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Grade:
    """Grades a text by the rules above."""
    folder: Path = tmp_path_factory.mktemp("rules")
    for name, text in {"a": CORE, "b": CUES, "c": NO_CLAIM, "d": HEDGE}.items():
        (folder / f"{name}.fact").write_text(text, "utf-8")
    return Scanner([folder], builtin=False, cache=False).scan


CASES = [
    ("The bridge is closed.", "asserted", 0.94, None),
    ("The bridge may close.", "possible", 0.525, None),
    ("The bridge may close, and it might close soon.", "possible", 0.48, None),
    ("Ruth Abara said the bridge is closed.", "attributed", 0.835, ("Ruth Abara", "person")),
    ("Ruth Abara said the bridge may close.", "possible", 0.525, ("Ruth Abara", "person")),
    ("Ada Voss hopes the bridge is closed.", "probable", 0.685, ("Ada Voss", "person")),
    ("Ruth Abara said Ada Voss hopes the bridge is closed.", "probable", 0.685, ("Ruth Abara", "person")),
    ("Ada Voss hopes the bridge is closed, said Ruth Abara.", "probable", 0.685, ("Ruth Abara", "person")),
    ("Ada Voss sighed that the bridge may close.", "possible", 0.525, ("Ada Voss", "person")),
    ("Ada Voss sighed that the bridge may close, said Ruth Abara.", "possible", 0.525, ("Ruth Abara", "person")),
    ("Now officials said Ada Voss hopes the bridge is closed.", "unverified", 0.27, ("officials", "anonymous")),
    ("Now officials said the bridge is closed.", "unverified", 0.27, ("officials", "anonymous")),
    ("Yesterday the council said the bridge is closed.", "attributed", 0.835, ("the council", "institution")),
    ("Now the gazette said the bridge is closed.", "attributed", 0.835, ("the gazette", "publication")),
    ("Then he said the bridge is closed.", "attributed", 0.835, ("he", "pronoun")),
    ("Ruth Abara confirmed the closure.", "established", 0.995, None),
    ("Ruth Abara said police confirmed the closure.", "established", 0.995, ("Ruth Abara", "person")),
    ("Police confirmed that the bridge may close.", "possible", 0.525, None),
    ("The bridge is somewhat closed.", "asserted", 0.94, None),
    ("The bridge is reportedly closed.", "asserted", 0.94, None),
    ("The mayor (who allegedly left) is ill.", "asserted", 0.94, None),
    ("The mayor, who allegedly left, is ill.", "asserted", 0.94, None),
    ("The mayor allegedly left.", "unverified", 0.27, None),
    ("May the bridge close?", "no-claim", None, None),
    ("The old harbour bridge.", "no-claim", None, None),
    ("“The bridge is closed,” said Ruth Abara.", "attributed", 0.835, ("Ruth Abara", "person")),
    ("“Police confirmed the closure,” said Ruth Abara.", "attributed", 0.835, ("Ruth Abara", "person")),
    ("“The bridge may close,” said Ruth Abara.", "possible", 0.525, ("Ruth Abara", "person")),
]


@pytest.mark.parametrize(("text", "level", "expected", "source"), CASES)
def test_sentence(graded: Grade, text: str, level: str, expected: float | None, source: tuple[str, str] | None) -> None:
    """Level, confidence and source of single sentences."""
    (sentence,) = graded(text).sentences
    assert (sentence.level, sentence.confidence) == (level, expected)
    assert (sentence.source and (sentence.source.text, sentence.source.kind)) == source


def test_verbs_are_known_beside_phrases(tmp_path: Path) -> None:
    """A phrase added to the list of verbs takes none of its words away."""
    rules = f"{CORE}\namend list core.verb + set sail"
    for name, text in {"a": rules, "c": NO_CLAIM}.items():
        (tmp_path / f"{name}.fact").write_text(text, "utf-8")
    (sentence,) = Scanner([tmp_path], builtin=False, cache=False).scan("The bridge is closed.").sentences
    assert sentence.level == "asserted"


def test_polarity_is_that_of_the_finding_that_set_the_level(graded: Grade) -> None:
    """A denial is a firm no."""
    assert graded("Ruth Abara denied the plan.").sentences[0].polarity == "negative"
    assert graded("Ruth Abara said so.").sentences[0].polarity == "positive"


def test_signals_multiply_the_misses_and_take_raised_ones_in(graded: Grade) -> None:
    """Each pack that shows a signal has one, 0 when silent; the standard ones are always there."""
    signals = graded("It may rain and it might snow.").sentences[0].signals
    assert signals["cues"] == pytest.approx(1 - 0.2 * 0.2)
    assert signals["doubt"] == pytest.approx(0.75)
    assert signals["hedge"] == 0
    assert {"core", "no-claim"}.isdisjoint(signals)


def test_quotation_of_several_sentences_has_one_speaker(graded: Grade) -> None:
    """Each sentence of it takes the speaker from the words around it."""
    sentences = graded("“The bridge is shut. It is old,” said Ruth Abara. “It is rusty.”").sentences
    assert [s.level for s in sentences] == ["attributed"] * 3
    assert {s.source.text for s in sentences if s.source} == {"Ruth Abara"}


def test_orphan_quotation_takes_a_speaker_of_the_two_paragraphs_before(graded: Grade) -> None:
    """Farther back nobody vouches for it."""
    near = graded("Ruth Abara said it is shut.\n\nThe bridge is old.\n\n“It is rusty.”").sentences
    far = graded("Ruth Abara said it is shut.\n\nIt is old.\n\nIt is long.\n\n“It is rusty.”").sentences
    assert (near[-1].level, far[-1].level) == ("attributed", "unverified")


def test_scare_quotes_change_nothing(graded: Grade) -> None:
    """Words in marks inside the writer's sentence are the writer's."""
    assert graded("The “old lady” is closed.").sentences[0].level == "asserted"


def test_spans_are_code_points_of_the_text(graded: Grade) -> None:
    """Whatever stands before."""
    text = "🌊🌊 Ruth Abara said the 🌉 may close."
    document = graded(text)
    for sentence in document.sentences:
        assert text[sentence.span.start : sentence.span.end] == sentence.text
        for finding in sentence.findings:
            assert text[finding.span.start : finding.span.end] == finding.text


@pytest.mark.parametrize("level", list(BANDS))
def test_confidence_never_leaves_its_band(level: Level) -> None:
    """However many cues stack."""
    low, high = BANDS[level]
    assert all(low <= (confidence(level, n) or 0) <= high for n in range(50))


@pytest.mark.parametrize(
    ("text", "level", "expected"),
    [
        ("The bridge closed for 311 days.", "asserted", 0.94),
        ("The bridge closed for about 300 days.", "asserted", 0.922),
        ("The bridge closed for about 300 days, and then for about 200.", "asserted", 0.9076),
        ("The bridge (which perhaps leaks for about 300 days) closed.", "asserted", 0.94),
        ("Ruth Abara said the bridge closed for about 300 days.", "attributed", 0.808),
        ("Ruth Abara confirmed about 300 closures.", "established", 0.986),
        ("The bridge may close for about 300 days.", "possible", 0.525),
        ("Is it about 300 days?", "no-claim", None),
    ],
)
def test_notes_that_are_hedges_take_confidence_from_firm_sentences(
    graded: Grade, text: str, level: str, expected: float | None
) -> None:
    """What is stated flatly is firmer than what is rounded; what stands in an aside changes nothing."""
    (sentence,) = graded(text).sentences
    assert (sentence.level, sentence.confidence) == (level, expected)


def test_overlapping_cues_count_once() -> None:
    """The stronger of them, whatever their order."""
    assert noisy_or([(0.5, 0, 3), (0.9, 2, 4)]) == pytest.approx(0.9)
    assert noisy_or([(0.9, 0, 2), (0.5, 1, 3), (0.5, 2, 4)]) == pytest.approx(0.95)
    assert noisy_or([]) == 0
