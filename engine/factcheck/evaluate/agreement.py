"""Whether two texts name the same source."""

import re
from typing import Final

_POSSESSIVE: Final = re.compile(r"['’]s\b")
_EDGES: Final = re.compile(r"^\W+|\W+$")
_SMALL: Final = ("a", "an", "the", "this", "that", "its", "who", "which", "is", "was", "and", "or", "as")
_PREPOSITIONS: Final = ("of", "in", "on", "at", "for", "to", "by", "with", "from")
_FUNCTION: Final = frozenset((*_SMALL, *_PREPOSITIONS))
"""Words that tell no source from another."""
_ENOUGH: Final = 0.5


def agree(one: str, other: str) -> bool:
    """Whether the words of the two, but for function words, have an F1 of a half or more."""
    some, others = words(one), words(other)
    return bool(some and others) and 2 * len(some & others) >= _ENOUGH * (len(some) + len(others))


def words(text: str) -> frozenset[str]:
    """The words in lower case, without marks at their ends, possessive endings and function words."""
    bare = (_EDGES.sub("", word) for word in _POSSESSIVE.sub("", text.lower()).split())
    return frozenset(word for word in bare if word) - _FUNCTION
