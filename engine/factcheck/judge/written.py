"""How words of the lexicon are written: in lower case, with a first capital, in capitals, or otherwise."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.rows import rows_of
from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.lex import Tokens
from factcheck.text.lexicon import Lexicon
from factcheck.text.tape import Tape

MIXED: Final = -1
_FORMS: Final = (str.lower, str.capitalize, str.upper)
_ROOM: Final = 4
"""Codes of a word are a multiple of this apart."""
_CASE: Final = 0x20
"""The bit that tells lower from upper case."""
_WIDTH: Final = 8
_EXACT: Final = 2 * _WIDTH
_FOLDED: Final = "\u0130\u212a"
"""Letters beyond ASCII whose lower case is not: on a tape they are I and K."""


class Written:
    """Tells the forms of some words of a lexicon."""

    def __init__(self, words: Sequence[str], lexicon: Lexicon) -> None:
        self._words = words
        self.numbers = np.array([lexicon.number[word] for word in words], np.intp)
        """Those of the words in the lexicon."""
        self.size = 2 * _ROOM * len(words)
        """One more than the largest code."""
        self._place = np.zeros(len(lexicon), np.int32)
        self._place[self.numbers] = np.arange(len(words))
        sure = [word.isascii() and len(word) <= _EXACT for word in words]
        letters = [_letters(word) if told else (0, 0) for word, told in zip(words, sure, strict=True)]
        self._sure = np.array(sure, np.bool_)
        self._head, self._tail = np.array(letters, np.uint64).reshape(-1, 2).T.copy()

    def forms(self, code: int) -> tuple[str, str]:
        """The form that the code tells, and the word in lower case; `code` is without the bit of `free`."""
        word, form = divmod(code, _ROOM)
        return _FORMS[min(form, len(_FORMS) - 1)](self._words[word]), self._words[word]

    def codes(self, tokens: Tokens, rows: Rows, number: Column, free: Flags) -> Rows:
        """For each of these words a code of its form, the last bit says whether it is free; MIXED if it has none."""
        place = self._place.take(number.take(rows))
        at = tokens.at.take(rows)
        head, tail = self._head.take(place), self._tail.take(place)
        upper_head, upper_tail = ~_eight(tokens.tape, at) & head, np.zeros(len(rows), np.uint64)
        long = rows_of(tail > 0)
        if len(long):
            upper_tail[long] = ~_eight(tokens.tape, at.take(long) + _WIDTH) & tail.take(long)
        lower = (upper_head == 0) & (upper_tail == 0)
        capital = (upper_head == head & np.uint64(0xFF)) & (upper_tail == 0)
        upper = (upper_head == head) & (upper_tail == tail)
        form = np.full(len(rows), MIXED, np.intp)
        form[upper] = 2
        form[capital] = 1
        form[lower] = 0
        form[~self._sure.take(place)] = MIXED
        codes = (place * np.intp(_ROOM) + form) * 2 + free.take(rows)
        codes[form == MIXED] = MIXED
        codes[_odd(tokens, rows)] = MIXED
        return codes


def _letters(word: str) -> tuple[int, int]:
    """The bit of the case of each letter, in the first eight bytes of the word and in the next."""
    bits = bytes(_CASE if char.isalpha() else 0 for char in word).ljust(_EXACT, b"\0")
    return int.from_bytes(bits[:_WIDTH], "little"), int.from_bytes(bits[_WIDTH:], "little")


def _eight(tape: Tape, at: Rows) -> NDArray[np.uint64]:
    windows: NDArray[np.uint64] = np.ndarray(len(tape) - _WIDTH + 1, "<u8", tape, strides=(1,))
    return windows[at]


def _odd(tokens: Tokens, rows: Rows) -> Rows:
    """Which of the rows hold a letter that the tape takes for another."""
    if not any(char in tokens.text for char in _FOLDED):
        return np.zeros(0, np.intp)
    at = [match.start() for match in re.finditer(f"[{_FOLDED}]", tokens.text)]
    held = np.zeros(len(tokens), np.bool_)
    held[tokens.start.searchsorted(np.array(at, np.int32), side="right") - 1] = True
    return rows_of(held.take(rows))
