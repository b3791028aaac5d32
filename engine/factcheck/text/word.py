"""One word as a regular expression, and the stops that belong to words: what the lexer is held to."""

import unicodedata
from functools import lru_cache
from typing import Final

from factcheck.english import tables
from factcheck.text.fold import fold, plain

_PATTERNS: Final = 64
"""Kept ready: one for each set of combining marks met."""
_LETTER: Final = r"[^\W\d_]"
_ABBREVIATIONS: Final = tables.ABBREVIATIONS | tables.CAPITALISED_ABBREVIATIONS | tables.NUMBERED_ABBREVIATIONS


def word_pattern(text: str) -> str:
    """Regular expression for one word of `text`: its combining marks are part of words (`re` alone leaves them out)."""
    if text.isascii():
        return _word_pattern("", "")
    marks = "".join(sorted(character for character in set(text) if unicodedata.category(character).startswith("M")))
    # To Unicode ʼ is a letter; here it is an apostrophe.
    return _word_pattern(marks, "(?!ʼ)" if "ʼ" in text else "")


@lru_cache(_PATTERNS)
def _word_pattern(marks: str, guard: str) -> str:
    part = rf"(?:{guard}[\w{marks}])" if guard else rf"[\w{marks}]"
    letter = rf"{guard}{_LETTER}" + (f"[{marks}]*+" if marks else "")
    run = rf"{guard}\w{part}*+"
    initialism = rf"{letter}(?:\.{letter}(?!{part}))+"
    join = rf"(?:['’ʼ\-‐‑]|(?<=\d)[–.,:](?=\d))(?={guard}\w)"
    # Possessive quantifiers: a word is cut in one pass, whatever follows it.
    return rf"(?:(?>{initialism}|{run}){join})*+(?>{initialism}\.?|{run})"


def is_abbreviation(word: str) -> bool:
    """Whether `word`, given without its stop and in any case, can keep a stop of its own."""
    return _last_part(word).lower() in _ABBREVIATIONS


def _last_part(word: str) -> str:
    """What decides over a compound's stop: `ex-Gov.` keeps its own as `Gov.` does."""
    return plain(word).rpartition("-")[2]


def has_stop(word: str, before: str, after: str) -> bool:
    """Whether a stop that follows `word` is part of it; that of an initialism (`U.S.`) is part of the pattern already.

    `before` is the word or mark before `word`, `after` the next character that is no space; either may be empty.
    Combining marks make no difference. A capital is a letter that another one is the lower case of.
    """
    word = "".join(char for char in word if not unicodedata.category(char).startswith("M"))
    if len(word) == 1 and _is_capital(word):
        # A lone I is mostly the pronoun at its sentence's end: only names on both sides make it an initial.
        return word not in {"I", "İ"} or (_is_capital(before[:1]) and _is_capital(after))
    part = _last_part(word)
    low = part.lower()
    return (
        low in tables.ABBREVIATIONS
        or (low in tables.CAPITALISED_ABBREVIATIONS and _is_capital(part[0]))
        or (low in tables.NUMBERED_ABBREVIATIONS and after.isdecimal())
    )


def _is_capital(char: str) -> bool:
    return fold(char) != char and char.isalpha()
