"""Classes of words, told by their ending."""

from typing import Final

from factcheck.english import tables

_PARTICIPLES: Final = ("ed", "en", "ing")
_NO_PARTICIPLES: Final = ("men", "een")
_SHORTEST: Final = 5
"""Letters of a participle; the shorter ones stand in a table."""


def is_adverb(fold: str) -> bool:
    """Whether the word, in lower case, ends in -ly and is no exception (`family`, `reply`)."""
    return fold.endswith("ly") and len(fold) > len("fly") and fold not in tables.NOT_ADVERBS


def is_participle(fold: str) -> bool:
    """Whether the word, in lower case, ends in -ed, -en or -ing and is no exception, or is an irregular participle."""
    if fold in tables.IRREGULAR_PARTICIPLES:
        return True
    ending = fold.endswith(_PARTICIPLES) and not fold.endswith(_NO_PARTICIPLES)
    return ending and len(fold) >= _SHORTEST and fold not in tables.NOT_PARTICIPLES
