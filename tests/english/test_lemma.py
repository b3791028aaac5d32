"""Words that do not inflect, or are inflected already."""

import pytest

from factcheck.english.inflect import Kind, inflect, readings
from factcheck.english.irregular import irregular, known_readings
from factcheck.english.lemma import inflects, lemma

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
    ("word", "kind", "does"),
    [
        ("claim", "v", True),
        ("quay", "a", True),
        ("large", "a", True),
        ("possible", "a", False),
        ("possible", "", False),
        ("table", "a", False),
        ("official", "v", False),
        ("the", "", False),
        ("because", "v", False),
        ("quickly", "", False),
        ("happily", "a", False),
        ("likely", "a", True),
        ("reply", "v", True),
        ("sally", "v", True),
        ("must", "v", False),
        ("be", "v", True),
        ("news", "", False),
        ("news", "n", True),
    ],
)
def test_inflects(word: str, kind: Kind, does: bool) -> None:  # noqa: FBT001 -- a row of a table
    """Words inflect as far as the tables know, and those that nobody knows in any way."""
    assert inflects(word, kind) is does


def test_no_word_of_the_tables_is_told_of() -> None:
    """Each word that the tables know has the readings they give it."""
    nouns = [noun for noun in irregular().nouns if not noun.startswith("-")]
    for word in {*known_readings().letters, *irregular().verbs, *irregular().paradigms, *nouns}:
        for kind in KINDS:
            if kind in readings(word):
                assert not lemma(word, kind)
                assert inflects(word, kind) or inflect(word, kind) == {word}
