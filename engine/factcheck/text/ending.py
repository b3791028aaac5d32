"""Classes of words, told by their ending."""

from typing import Final

from factcheck.english import tables

_PARTICIPLES: Final = ("ed", "en", "ing")
_NO_PARTICIPLES: Final = ("men", "een")
_SHORTEST: Final = 5
"""Letters of a participle; the shorter ones stand in a table."""


def is_adverb(word: str) -> bool:
    """Whether the word, in lower case, ends in -ly and is no exception (`family`, `reply`)."""
    return word.endswith("ly") and len(word) > len("fly") and word not in tables.NOT_ADVERBS


def is_participle(word: str) -> bool:
    """Whether the word, in lower case, ends in -ed, -en or -ing and is no exception, or is an irregular participle."""
    if word in tables.IRREGULAR_PARTICIPLES:
        return True
    ending = word.endswith(_PARTICIPLES) and not word.endswith(_NO_PARTICIPLES)
    return ending and len(word) >= _SHORTEST and word not in tables.NOT_PARTICIPLES
