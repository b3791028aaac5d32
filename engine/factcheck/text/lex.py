"""Text to tokens: words, marks, and the lines and paragraphs they stand in."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.english import tables

Column = NDArray[np.int32]
"""One whole number a row."""

Flags = NDArray[np.bool_]
"""One truth value a row."""

_APOSTROPHES: Final = ("’", "ʼ")
_HYPHENS: Final = ("‐", "‑")
# Zero-width space and byte-order mark separate words as a space does; Python's \s leaves them out.
_SPACE: Final = r"\s\u200b\ufeff"
_PATTERNS: Final = 64
"""Kept ready: one for each set of combining marks met."""

_LINE_BREAK: Final = re.compile(r"\r\n|\n|\r")
_LETTER: Final = r"[^\W\d_]"
_NEXT: Final = re.compile(rf"[{_SPACE}]*+([^{_SPACE}]?)")
_ABBREVIATIONS: Final = tables.ABBREVIATIONS | tables.CAPITALISED_ABBREVIATIONS | tables.NUMBERED_ABBREVIATIONS


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words and marks of a text, one row each, in order; offsets are code points."""

    text: str
    start: Column
    end: Column
    word: Flags
    form: tuple[str, ...]
    """As written, but apostrophes and hyphens plain."""
    fold: tuple[str, ...]
    """The same in lower case."""
    paragraph: Column
    """0, 1, 2 …: the block between blank lines that holds the token."""
    line: Column
    """0-based number of the line that holds the token."""

    def __len__(self) -> int:
        return len(self.form)


def plain(text: str) -> str:
    """`text` with every apostrophe as `'` and every hyphen as `-`; one to one."""
    if text.isascii():
        return text
    for mark in _APOSTROPHES:
        text = text.replace(mark, "'")
    for mark in _HYPHENS:
        text = text.replace(mark, "-")
    return text


def fold(text: str) -> str:
    """`text` plain and in lower case, each code point by itself, so that no offset moves."""
    # Two letters would break the rule: İ lowers to two code points, and a last Σ lowers to ς by its context.
    return plain(text).replace("İ", "i").replace("Σ", "σ").lower()


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
    """
    if len(word) == 1 and word.isupper():
        # A lone I is mostly the pronoun at its sentence's end: only names on both sides make it an initial.
        return word != "I" or (before[:1].isupper() and after.isupper())
    part = _last_part(word)
    low = part.lower()
    return (
        low in tables.ABBREVIATIONS
        or (low in tables.CAPITALISED_ABBREVIATIONS and part[0].isupper())
        or (low in tables.NUMBERED_ABBREVIATIONS and after.isdigit())
    )


@lru_cache(_PATTERNS)
def _scanner(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?P<word>{pattern})|[^{_SPACE}]")


def lex(text: str) -> Tokens:
    """Cut `text` into words and marks; white space separates them and is nothing more."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[bool] = []
    written = plain(text)
    for match in _scanner(word_pattern(written)).finditer(written):
        if ends and match.start() < ends[-1]:
            continue  # the stop that its word has taken
        end = match.end()
        word = match.lastgroup is not None
        if word and text.startswith(".", end):
            before = text[starts[-1] : ends[-1]] if starts else ""
            after = _NEXT.match(text, end + 1)
            end += has_stop(match.group(), before, after[1] if after else "")
        starts.append(match.start())
        ends.append(end)
        words.append(word)
    folded = fold(text)
    start = np.array(starts, np.int32)
    breaks = np.array([match.start() for match in _LINE_BREAK.finditer(text)], np.int32)
    line = np.searchsorted(breaks, start).astype(np.int32)
    return Tokens(
        text=text,
        start=start,
        end=np.array(ends, np.int32),
        word=np.array(words, np.bool_),
        form=tuple(written[a:b] for a, b in zip(starts, ends, strict=True)),
        fold=tuple(folded[a:b] for a, b in zip(starts, ends, strict=True)),
        paragraph=np.cumsum(np.diff(line, prepend=line[:1]) > 1, dtype=np.int32),
        line=line,
    )
