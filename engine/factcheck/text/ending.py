"""Classes of words, told by their ending: of one word, exceptions included, or of many on a tape."""

from functools import reduce
from itertools import product
from typing import Final

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Rows
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
    end = at + length
    code = _LETTER.take(tape.take(end - _LONGEST))
    for back in range(_LONGEST - 1, 0, -1):
        code <<= _LETTER_BITS
        code |= _LETTER.take(tape.take(end - back))
    return _TOLD.take(code) & _FITTING.take(length, mode="clip")


_LETTERS: Final = "".join(sorted({*"".join((*_ADVERBS, *_PARTICIPLES, *_NO_PARTICIPLES))}))
_LETTER_BITS: Final = len(_LETTERS).bit_length()
_LETTER: Final = np.zeros(256, np.int16)
"""For each code on a tape the number of its letter, or 0 where no ending has it."""
for _number, _letter in enumerate(_LETTERS, 1):
    _LETTER[[ord(_letter), ord(_letter.upper())]] = _number
_TOLD: Final = np.zeros(1 << _LETTER_BITS * _LONGEST, np.int16)
"""For the last letters, in one number, the bits of what they make a long word."""
for _last in product(enumerate(" " + _LETTERS), repeat=_LONGEST):
    _code = reduce(lambda code, one: code << _LETTER_BITS | one[0], _last, 0)
    _ending = "".join(letter for _, letter in _last)
    _TOLD[_code] = ADVERB * _ending.endswith(_ADVERBS)
    _TOLD[_code] += PARTICIPLE * (_ending.endswith(_PARTICIPLES) and not _ending.endswith(_NO_PARTICIPLES))
_FITTING: Final = np.array(
    [
        ADVERB * (length >= _SHORTEST_ADVERB) + PARTICIPLE * (length >= _SHORTEST_PARTICIPLE)
        for length in range(_SHORTEST_PARTICIPLE + 1)
    ],
    np.int16,
)
"""For each length of a word, the last for all longer ones, the bits that it may have."""
