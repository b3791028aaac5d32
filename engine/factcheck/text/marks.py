"""The marks that open and close something, and what they touch."""

from typing import Final

from factcheck.english import tables
from factcheck.text.columns import Flags, Rows
from factcheck.text.lex import Tokens
from factcheck.text.tape import APOSTROPHE, HYPHEN, LETTER_APOSTROPHE, code, flags_of, is_digit

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


def opens_elision(tokens: Tokens, rows: Rows) -> Flags:
    """Whether each of these tokens is the apostrophe of a shortened word: 'tis, '90s."""
    found: Flags = _SINGLES.take(tokens.lead.take(rows)) & ~tokens.gap.take(rows + 1)
    near = found.nonzero()[0]
    word = rows.take(near) + 1
    found[near] = tokens.among(tables.ELISIONS, word) | _is_short_year(tokens, word)
    return found


def _is_short_year(tokens: Tokens, rows: Rows) -> Flags:
    """Whether each of these tokens is a year without its century: `90`, `90s`."""
    at, length = tokens.at.take(rows), tokens.length.take(rows)
    plain = tokens.end.take(rows) - tokens.start.take(rows) == length  # no combining marks
    digits = is_digit(tokens.tape.take(at)) & (is_digit(tokens.tape.take(at + 1)) | (length == 1))
    return plain & digits & ((length <= 2) | ((length == 3) & _SMALL_S.take(tokens.tail.take(rows))))  # noqa: PLR2004


def opens_line(tokens: Tokens, rows: Rows) -> Flags:
    """Whether each of these tokens, the first of their lines, is a quotation mark that opens something."""
    found: Flags = _QUOTING.take(tokens.lead.take(rows)) & ~tokens.gap.take(rows + 1)
    return found & ~opens_elision(tokens, rows)


_SINGLES: Final = table(SINGLE)
_QUOTING: Final = table(QUOTATION_MARKS & OPENERS)
_SMALL_S: Final = flags_of(*b"sS")
