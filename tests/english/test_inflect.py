"""Promises of inflection: every form of a word and hardly a wrong one."""

import importlib.util
import string
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.english import irregular
from factcheck.english.inflect import NOUN_FIRST, Kind, inflect, readings

KINDS: tuple[Kind, ...] = ("", "v", "n", "a")
WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=12)


def _benchmark() -> ModuleType:
    """Return `benchmarks/inflection.py`, which stands outside every package."""
    path = Path(__file__).parents[2] / "benchmarks" / "inflection.py"
    spec = importlib.util.spec_from_file_location("inflection_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BENCHMARK = _benchmark()


# The oracle ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "lemmas", "least_recall", "most_over_generation"),
    [("verbs", 1000, 0.99, 0.01), ("nouns", 1000, 0.99, 0.01), ("adjectives", 300, 0.96, 0.03)],
)
def test_forms_agree_with_the_oracle(name: str, lemmas: int, least_recall: float, most_over_generation: float) -> None:
    """On the commonest words of the news we miss and invent hardly any form that lemminflect has."""
    (kind,) = (kind for kind in BENCHMARK.KINDS if kind.name == name)
    assert len(set(kind.lemmas())) == lemmas
    score = BENCHMARK.score(BENCHMARK.compare(kind))
    assert score.recall >= least_recall
    assert score.over_generation <= most_over_generation


# Verbs --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forms",
    [
        "use uses used using",
        "be am is are was were been being",
        "have has had having",
        "do does did done doing",
        "say says said saying",
        "can could",
        "lie lies lay lied lain lying",
        "tie ties tied tying",
        "agree agrees agreed agreeing",
        "dye dyes dyed dyeing",
        "deny denies denied denying",
        "obey obeys obeyed obeying",
        "stop stops stopped stopping",
        "quit quits quit quitted quitting",
        "seem seems seemed seeming",
        "visit visits visited visiting",
        "omit omits omitted omitting",
        "outstrip outstrips outstripped outstripping",
        "travel travels travelled traveled travelling traveling",
        "label labels labelled labeled labelling labeling",
        "fuel fuels fuelled fueled fuelling fueling",
        "control controls controlled controlling",
        "reveal reveals revealed revealing",
        "focus focuses focusses focused focussed focusing focussing",
        "panic panics panicked panicking",
        "veto vetoes vetoed vetoing",
        "video videos videoed videoing",
        "learn learns learned learnt learning",
        "misunderstand misunderstands misunderstood misunderstanding",
        "offset offsets offsetting",
        "redo redoes redid redone redoing",
        "relay relays relayed relaying",
        "fact-check fact-checks fact-checked fact-checking",
        "re-elect re-elects re-elected re-electing",
        "OK OKs OKed OK'd OKing",
    ],
)
def test_verb(forms: str) -> None:
    """A verb has these forms and no other, British and American."""
    lemma, *others = forms.split()
    assert inflect(lemma, "v") == {lemma, *others}


# Nouns --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forms",
    [
        "official officials official's",
        "man men man's men's",
        "spokeswoman spokeswomen spokeswoman's spokeswomen's",
        "human humans human's",
        "grandchild grandchildren grandchild's grandchildren's",
        "boss bosses boss's",
        "ministry ministries ministry's",
        "day days day's",
        "knife knives knife's",
        "belief beliefs belief's",
        "crisis crises crisis's",
        "criterion criteria criterion's criteria's",
        "oligarch oligarchs oligarch's",
        "hero heroes hero's",
        "photo photos photo's",
        "aircraft aircraft's",
        "Tory Tories Tory's",
        "Kennedy Kennedys Kennedies Kennedy's",
        "MP MPs MP's",
        "McDonald McDonalds McDonald's",
        "Person People Persons Person's People's",
        "passer-by passers-by passer-by's passers-by's",
        "runner-up runners-up runner-up's runners-up's",
        "build-up build-ups build-up's",
        "stand-by stand-bys stand-by's",
        "Attorney-General Attorneys-General Attorney-General's Attorneys-General's",
        "Vice-President Vice-Presidents Vice-President's",
        "ex-policeman ex-policemen ex-policeman's ex-policemen's",
    ],
)
def test_noun(forms: str) -> None:
    """A noun has these forms, with the possessives that have an s of their own."""
    lemma, *others = forms.split()
    assert inflect(lemma, "n") == {lemma, *others}


# Adjectives ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forms",
    [
        "large larger largest",
        "big bigger biggest",
        "likely likelier likeliest",
        "good better best",
        "free freer freest",
        "Late Later Latest",
        "recent",
        "financial",
        "worrisome",
        "zany zanier zaniest",
    ],
)
def test_adjective(forms: str) -> None:
    """An adjective compares with -er and -est where it can, even one that no table lists."""
    lemma, *others = forms.split()
    assert inflect(lemma, "a") == {lemma, *others}


# Any reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forms",
    [
        "large larger largest",
        "likely likelier likeliest",
        "recent",
        "official officials",
        "bloc blocs",
        "aide aides",
        "might",
        "expect expects expected expecting",
        "begin begins began begun beginning",
        "source sources sourced sourcing",
        "brief briefs briefed briefing briefer briefest",
        "debunk debunks debunked debunking",
        "passer-by passers-by",
    ],
)
def test_bare_word(forms: str) -> None:
    """A bare word has the forms of its known readings, else of verb and noun, and no possessive."""
    lemma, *others = forms.split()
    assert inflect(lemma) == {lemma, *others}


def test_readings() -> None:
    """The tables tell what a word can be, of a compound its last part; of an unknown word they say nothing."""
    assert readings("claim") == {"v", "n"}
    assert readings("Official") == {"n", "a"}
    assert readings("undergo") == {"v"}
    assert readings("spokesman") == {"n"}
    assert readings("fact-check") == readings("check")
    assert readings("frobnicate") == frozenset()


def test_noun_first_words_are_known_as_both() -> None:
    """Each word that warns of surprising verb forms is known as noun and verb."""
    assert {word for word in NOUN_FIRST if not readings(word) >= {"n", "v"}} == set()


# Any input ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lemma", ["", "2019", "G7", "covid-19", "-", "well-", "two words", "can't!", "_"])
@pytest.mark.parametrize("kind", KINDS)
def test_not_a_word(lemma: str, kind: Kind) -> None:
    """What is not made of letters is refused in plain words that quote it."""
    with pytest.raises(ValueError, match="cannot be inflected") as caught:
        inflect(lemma, kind)
    assert repr(lemma) in str(caught.value)


@given(WORDS, st.sampled_from(KINDS))
def test_forms_of_any_word(word: str, kind: Kind) -> None:
    """Any word of letters has itself among at most sixteen forms, all in lower case, none with two marks."""
    forms = inflect(word, kind)
    assert word in forms
    assert len(forms) <= 16
    assert all(form == form.lower() and form.count("'") <= 1 for form in forms)


@given(WORDS.filter(lambda word: len(word) > 1), st.sampled_from(KINDS))
def test_capital_is_kept(word: str, kind: Kind) -> None:
    """A capitalised word has at least the forms of the word in lower case, each with a capital."""
    assert inflect(word.capitalize(), kind) >= {form[0].upper() + form[1:] for form in inflect(word, kind)}


@given(WORDS, st.sampled_from(KINDS))
def test_compound(word: str, kind: Kind) -> None:
    """A hyphenated compound has the forms of its last part."""
    assert inflect(f"mid-{word}", kind) == {f"mid-{form}" for form in inflect(word, kind)}


@given(st.text(max_size=8), st.sampled_from(KINDS))
def test_any_text_is_inflected_or_refused(text: str, kind: Kind) -> None:
    """No text breaks inflection: it has itself among its forms or is refused with ValueError."""
    try:
        forms = inflect(text, kind)
    except ValueError:
        return
    assert text in forms


@pytest.mark.parametrize("lemma", ["un" * 50_000, "x" + "-elect" * 20_000, "man" * 30_000, "o'" * 30_000 + "o"])
@pytest.mark.parametrize("kind", KINDS)
def test_long_lemma(lemma: str, kind: Kind) -> None:
    """A lemma of any length is inflected, without deep recursion."""
    assert lemma in inflect(lemma, kind)


# The tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["inflection.txt", "readings.txt"])
def test_no_word_stands_twice(name: str) -> None:
    """A word stands once in its section; in the readings, once in the file."""
    seen: list[tuple[str, str]] = []
    section = ""
    for line in Path(irregular.__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line
        elif line and not line.startswith("#"):
            listed = section in {"[double]", "[either]"} or name == "readings.txt"
            words = line.split() if listed else line.split()[:1]
            seen += [(word, "" if name == "readings.txt" else section) for word in words]
    assert len(seen) == len(set(seen))


def test_ending_of_the_table_is_looked_for() -> None:
    """The longest "-ending" of the irregular nouns is still found at the end of a word."""
    endings = [noun for noun in irregular.irregular().nouns if noun.startswith("-")]
    for ending in endings:
        expected = {"x" + plural[1:] for plural in irregular.irregular().nouns[ending]}
        assert expected <= inflect("x" + ending[1:], "n")


def test_prefix_or_not() -> None:
    """A verb with a line of its own is not taken for a prefix and a shorter verb."""
    assert "relaid" not in inflect("relay", "v")
    assert "overlaid" in inflect("overlay", "v")
