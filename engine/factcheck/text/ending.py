"""Classes of words, told by their ending: of one word, exceptions included, or of many on a tape."""

from typing import Final

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Flags, Rows
from factcheck.text.tape import Tape

ADVERB, PARTICIPLE = 1, 2
"""Bits of what an ending makes a word."""

_ADVERBS: Final = ("ly",)
_SHORTEST_ADVERB: Final = 4
"""Letters; `fly` and `ply` are none."""
_PARTICIPLES: Final = ("ed", "en", "ing")
_NO_PARTICIPLES: Final = ("men", "een")
_SHORTEST_PARTICIPLE: Final = 5
"""Letters; the shorter ones stand in a table."""
_LONGEST: Final = 3
"""Letters of an ending."""
_CASE: Final = np.uint8(0x20)


def is_adverb(word: str) -> bool:
    """Whether the word, in lower case, ends in -ly and is no exception (`family`, `reply`)."""
    return word.endswith(_ADVERBS) and len(word) >= _SHORTEST_ADVERB and word not in tables.NOT_ADVERBS


def is_participle(word: str) -> bool:
    """Whether the word, in lower case, ends in -ed, -en or -ing and is no exception, or is an irregular participle."""
    if word in tables.IRREGULAR_PARTICIPLES:
        return True
    ending = word.endswith(_PARTICIPLES) and not word.endswith(_NO_PARTICIPLES)
    return ending and len(word) >= _SHORTEST_PARTICIPLE and word not in tables.NOT_PARTICIPLES


def endings(tape: Tape, at: Rows, length: Rows) -> Rows:
    """For each word on the tape the bits of what its ending makes it: exceptions, all words of tables, aside."""
    letters = [tape.take(at + length - back) | _CASE for back in range(1, _LONGEST + 1)]

    def ends(with_one_of: tuple[str, ...]) -> Flags:
        found = np.zeros(len(at), np.bool_)
        for ending in with_one_of:
            pairs = zip(letters, reversed(ending), strict=False)
            found |= np.logical_and.reduce([column == ord(letter) for column, letter in pairs])
        return found

    adverb = ends(_ADVERBS) & (length >= _SHORTEST_ADVERB)
    participle = ends(_PARTICIPLES) & ~ends(_NO_PARTICIPLES) & (length >= _SHORTEST_PARTICIPLE)
    return adverb * ADVERB + participle * PARTICIPLE
