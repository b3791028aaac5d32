"""Words that do not inflect, or are inflected already."""

import pytest

from factcheck.english.inflect import Kind, inflect, readings
from factcheck.english.irregular import irregular, known_readings
from factcheck.english.lemma import cannot_be, is_alone, lemma

KINDS: tuple[Kind, ...] = ("v", "n", "a")


@pytest.mark.parametrize(
    ("word", "kind", "expected"),
    [
        ("officials", "n", "official"),
        ("officials", "", "official"),
        ("parties", "n", "party"),
        ("criteria", "n", "criterion"),
        ("policemen", "n", "policeman"),
        ("said", "", "say"),
        ("says", "v", "say"),
        ("stopped", "v", "stop"),
        ("left", "v", "leave"),
        ("are", "v", "be"),
        ("larger", "a", "large"),
        ("worse", "a", ""),
        ("meeting", "v", ""),
        ("warnings", "n", "warning"),
        ("sinking", "", ""),
        ("sinking", "v", "sink"),
        ("accused", "n", ""),
        ("found", "v", ""),
        ("news", "n", ""),
        ("series", "n", ""),
        ("quays", "n", ""),
        ("Reuters", "n", ""),
        ("need", "v", ""),
        ("bring", "v", ""),
        ("species", "n", ""),
    ],
)
def test_lemma(word: str, kind: Kind, expected: str) -> None:
    """The known word of which it is a form; of words that are lemmas themselves, or that nobody knows, none."""
    assert lemma(word, kind) == expected


@pytest.mark.parametrize(
    ("word", "kind", "alone"),
    [
        ("claim", "v", False),
        ("quay", "a", False),
        ("large", "a", False),
        ("possible", "a", True),
        ("possible", "", True),
        ("the", "", True),
        ("because", "v", True),
        ("quickly", "", True),
        ("happily", "a", True),
        ("likely", "a", False),
        ("reply", "v", False),
        ("sally", "v", False),
        ("must", "v", True),
        ("be", "v", False),
        ("news", "", True),
        ("news", "n", False),
    ],
)
def test_is_alone(word: str, kind: Kind, alone: bool) -> None:  # noqa: FBT001 -- a row of a table
    """Words that nobody knows may have any forms; adverbs and other words without inflection have none."""
    assert is_alone(word, kind) is alone


@pytest.mark.parametrize(
    ("word", "kind", "cannot"),
    [
        ("official", "v", True),
        ("official", "n", False),
        ("majority", "v", True),
        ("dangerous", "n", True),
        ("election", "a", True),
        ("witness", "v", False),
        ("list", "v", False),
        ("trial", "v", False),
        ("deliberate", "v", False),
        ("advisory", "n", False),
        ("sound", "a", False),
        ("quayness", "v", False),
    ],
)
def test_cannot_be(word: str, kind: Kind, cannot: bool) -> None:  # noqa: FBT001 -- a row of a table
    """The tables do not know all that a word can be: only where its ending says so, too, it surely is no such word."""
    assert cannot_be(word, kind) is cannot


def test_no_word_of_the_tables_is_told_of() -> None:
    """Each word that the tables know has the readings they give it."""
    nouns = [noun for noun in irregular().nouns if not noun.startswith("-")]
    for word in {*known_readings().letters, *irregular().verbs, *irregular().paradigms, *nouns}:
        for kind in KINDS:
            if kind in readings(word):
                assert not lemma(word, kind)
                assert not cannot_be(word, kind)
                assert not is_alone(word, kind) or inflect(word, kind) == {word}
