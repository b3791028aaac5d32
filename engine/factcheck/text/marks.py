"""The marks that open and close something, and what they touch."""

from typing import Final

from factcheck.english import tables
from factcheck.text.columns import Flags
from factcheck.text.lex import Tokens
from factcheck.text.tape import APOSTROPHE, HYPHEN, LETTER_APOSTROPHE, code, flags_of

DOUBLE: Final = frozenset('"“”„‟')
SINGLE: Final = frozenset("'‘’\u201a\u201b")
GUILLEMETS: Final = frozenset("«»")
SINGLE_GUILLEMETS: Final = frozenset("\u2039\u203a")
CORNERS: Final = frozenset("「」『』")

QUOTATION_MARKS: Final = DOUBLE | SINGLE | GUILLEMETS | SINGLE_GUILLEMETS | CORNERS
OPENING_BRACKETS: Final = frozenset("([{")
CLOSING_BRACKETS: Final = frozenset(")]}")
CLOSERS: Final = CLOSING_BRACKETS | frozenset("\"'”’»\u203a」』")
"""Marks that may follow a sentence's last mark."""

OPENERS: Final = OPENING_BRACKETS | frozenset("\"'“„‟‘\u201a\u201b«\u2039「『")
"""Marks that may stand before a sentence's first word."""

DASHES: Final = frozenset("-–—")
WIDE: Final = frozenset("。\uff01\uff1f｡")
TERMINATORS: Final = frozenset(".!?…") | WIDE
"""Marks that may end a sentence."""

ASKING: Final = frozenset("?\uff1f")


def table(marks: frozenset[str]) -> Flags:
    """For each code of a tape: is it that of one of these marks, or of one that is plainly written as it is?"""
    codes = {code(mark) for mark in marks}
    codes |= {APOSTROPHE, LETTER_APOSTROPHE} if "'" in marks else set()
    codes |= {HYPHEN} if "-" in marks else set()
    return flags_of(*codes)


def touches_previous(tokens: Tokens, row: int) -> bool:
    """Whether nothing stands between the token and the one before it."""
    return row > 0 and bool(tokens.start[row] == tokens.end[row - 1])


def touches_next(tokens: Tokens, row: int) -> bool:
    """Whether nothing stands between the token and the one after it."""
    return touches_previous(tokens, row + 1) if row + 1 < len(tokens) else False


def opens_elision(tokens: Tokens, row: int) -> bool:
    """Whether the token is the apostrophe of a shortened word: 'tis, '90s."""
    if tokens.form[row] not in SINGLE or not touches_next(tokens, row):
        return False
    word = tokens.fold[row + 1]
    return word in tables.ELISIONS or (word[:2].isdecimal() and word[2:] in {"", "s"})


def opens_line(tokens: Tokens, row: int) -> bool:
    """Whether the token, the first of its line, is a quotation mark that opens something."""
    return (
        tokens.form[row] in QUOTATION_MARKS & OPENERS and touches_next(tokens, row) and not opens_elision(tokens, row)
    )
