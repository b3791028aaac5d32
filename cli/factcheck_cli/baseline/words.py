"""A sentence as its words' hashes: known again when it has moved or a word has changed, and not to be read.

Each word is two letters, so the order of the words stays. These tell words well enough apart within a sentence, but a
dozen words of a large dictionary share each of them: the file has no text in it but what is asked for. It keeps no
secret either, for whoever has the sentence can tell that it is meant, and whoever guesses long enough may guess it.
"""

import re
from base64 import urlsafe_b64encode
from functools import cache
from typing import Final
from zlib import crc32

WIDTH: Final = 2
"""Letters of a word."""
_NUMBER: Final = "0"
"""Stands for all numbers: a figure that is brought up to date makes no other sentence."""
_MOST: Final = 100  # words of a sentence that are told apart; of a table that is one the rest counts as one
_WORD: Final = re.compile(r"[^\W\d_]+|(\d)[\d.,:]*")


def words_of(text: str) -> str:
    """Its words: letter case, marks and the values of numbers make no difference."""
    found = [_NUMBER if one[1] else one[0] for one in _WORD.finditer(text.lower())]
    if len(found) > _MOST:
        found[_MOST:] = [" ".join(found[_MOST:])]
    return "".join(map(_hashed, found))


@cache
def _hashed(word: str) -> str:
    return urlsafe_b64encode((crc32(word.encode("utf-8", "surrogatepass")) & 0xFFF).to_bytes(3, "big"))[2:].decode()


def split(words: str) -> list[str]:
    """One by one."""
    return [words[at : at + WIDTH] for at in range(0, len(words), WIDTH)]
