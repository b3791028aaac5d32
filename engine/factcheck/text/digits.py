"""Words of digits to the ways they can be read: as an amount, a range, a sum of money, a day, a year, a date.

Amounts are told by their groups of digits, wherever in the word these stand. `1,000.5` is one, for up to three digits
may open it before a comma, three may stand between a comma and a stop, and any number may close it after a stop. So
each group is looked up in a table, those of all words at once, and a word is what all its groups allow. Days and years
are short, and told by their digits.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.lex import Tokens
from factcheck.text.tape import DIGIT, EN_DASH, HYPHEN, SPACE, Tape, flags_of, is_digit

BITS: Final = 9
AMOUNT, RANGE, SUM, DAY_NUMBER, DAY, YEAR, YEARS, CLOSING_YEAR, DATE = (1 << bit for bit in range(BITS))
"""Bits of what a word can be: `3.5`; that or `3-5`; those or `3.5m`; `21`; that or `21st`; `1990`; that or `1990s`;
`1990` or `90`; `2024-05-03`."""

_SORTS: Final = " ,.-kmbtnr"
"""What may stand beside a group of digits: the word's edge, a mark, a letter of a scale. Anything else is one more."""
_OTHER: Final = len(_SORTS)
_EDGE, _DASH = _SORTS.index(" "), _SORTS.index("-")
_MOST: Final = 5
"""Digits of a group that are counted: more make no difference."""

_TOGETHER: Final = 1 << 13
"""Words read at once: what is made of them fits the processor's cache."""
_YEAR_LENGTH, _DATE_LENGTH = len("2024"), len("2024-05-03")
_HYPHENS: Final = flags_of(ord("-"), HYPHEN)
_ZERO: Final = ord("0") << 8


def _sorts() -> Column:
    """For each code its place in `_SORTS`."""
    found = np.full(256, _OTHER, np.int32)
    for number, char in enumerate(_SORTS):
        found[[ord(char), ord(char.upper())]] = number
    found[[HYPHEN, EN_DASH]] = _DASH
    return found


def _groups() -> Column:
    """What allows a group of digits: by the sort on its left, how many they are, and the sort on its right."""
    table = np.zeros((_OTHER + 1, _MOST + 1, _OTHER + 1), np.int32)

    def allow(reading: int, lefts: str, sizes: Iterable[int], rights: str) -> None:
        for left in lefts:
            for size in sizes:
                table[_SORTS.index(left), size, [_SORTS.index(right) for right in rights]] |= reading

    some = range(1, _MOST + 1)
    for reading, begins, ends in ((AMOUNT, " ", " "), (RANGE, " -", " -"), (SUM, " -", " -kmbt")):
        allow(reading, begins, range(1, 4), ",")
        allow(reading, ",", (3,), f",.{ends}")
        allow(reading, begins, some, f".{ends}")
        allow(reading, ".", some, ends)
    for letter, after in ("k ", "m ", "mn", "b ", "bn", "tn", "tr", "rn", "n "):
        allow(SUM, letter, (0,), after)
    return table.ravel()


def _pairs(*pairs: tuple[bytes, bytes]) -> Flags:
    """For each two codes, the first by 256 and the second: is one of a pair's firsts before one of its seconds?"""
    table = np.zeros((256, 256), np.bool_)
    for firsts, seconds in pairs:
        table[np.ix_(list(firsts), list(seconds))] = True
    return table.ravel()


_SORT: Final = _sorts()
_GROUPS: Final = _groups()
_ANY: Final = b"0123456789" + bytes([DIGIT])
_DAYS: Final = _pairs((b"0", b"123456789"), (b"12", _ANY), (b"3", b"01"))
_MONTHS: Final = _pairs((b"0", b"123456789"), (b"1", b"012"))
_CENTURIES: Final = _pairs((b"1", _ANY), (b"2", b"0"))
_ORDINALS: Final = _pairs((b"sS", b"tT"), (b"nNrR", b"dD"), (b"tT", b"hH"))
_SMALL_S: Final = flags_of(*b"sS")


def readings(tokens: Tokens, rows: Rows) -> Column:
    """For each of the words at `rows`, which begin with a digit, the bits of what it can be.

    One that holds a combining mark can be nothing.
    """
    at, length = tokens.at.take(rows), tokens.length.take(rows)
    found = np.zeros(len(rows), np.int32)
    for first in range(0, len(rows), _TOGETHER):
        some = slice(first, first + _TOGETHER)
        found[some] = _readings(tokens.tape, at[some], length[some])
    if tokens.has_attached:
        found[tokens.end.take(rows) - tokens.start.take(rows) != length] = 0
    return found


def _readings(tape: Tape, at: Rows, length: Rows) -> Column:
    found, digits = _by_groups(tape, at, length)
    rest = length - digits
    alone, first, after = rest == 0, _pair(tape, at), _pair(tape, at + digits)
    day = (digits <= 2) & _DAYS.take(np.where(digits == 1, _ZERO | first >> 8, first))  # noqa: PLR2004
    found |= np.multiply(day & alone, DAY_NUMBER, dtype=np.int32)
    ordinal = (rest == 2) & _ORDINALS.take(after)  # noqa: PLR2004 -- letters
    found |= np.multiply(day & (alone | ordinal), DAY, dtype=np.int32)
    year = (digits == _YEAR_LENGTH) & _CENTURIES.take(first)
    found |= np.multiply(year & alone, YEAR, dtype=np.int32)
    found |= np.multiply(year & (alone | ((rest == 1) & _SMALL_S.take(after >> 8))), YEARS, dtype=np.int32)
    found |= np.multiply(alone & (year | (digits == 2)), CLOSING_YEAR, dtype=np.int32)  # noqa: PLR2004
    date = (year & (length == _DATE_LENGTH)).nonzero()[0]
    if len(date):
        found[date] |= _is_date(tape, at.take(date)) * DATE
    return found


def _pair(tape: Tape, at: Rows) -> Rows:
    """The two codes at each place, as the tables of pairs have them."""
    pair: Rows = tape.take(at).astype(np.int32)
    pair <<= 8
    pair |= tape.take(at + 1)
    return pair


def _by_groups(tape: Tape, at: Rows, length: Rows) -> tuple[Column, Rows]:
    """What the groups of digits allow, and how many digits, as far as they are counted, each word begins with."""
    size = length + 1  # with a blank behind each word
    stop: Rows = size.cumsum()
    place: Rows = (at - (stop - size)).repeat(size)
    place += np.arange(len(place))
    text = tape.take(place)
    text[stop - 1] = SPACE
    edge = (~is_digit(text)).nonzero()[0].astype(np.int32)
    right = _SORT.take(text.take(edge))
    left = np.empty_like(right)
    left[0], left[1:] = _EDGE, right[:-1]
    digits: Column = edge.copy()
    digits[1:] -= edge[:-1] + np.int32(1)
    np.minimum(digits, _MOST, out=digits)
    allowed = _GROUPS.take((left * (_MOST + 1) + digits) * (_OTHER + 1) + right)
    opens = (left == _EDGE).nonzero()[0]
    found = np.bitwise_and.reduceat(allowed, opens)
    dashed = opens.searchsorted((right == _DASH).nonzero()[0], side="right") - 1
    found[dashed[1:][dashed[1:] == dashed[:-1]]] = 0
    return found, digits.take(opens)


def _is_date(tape: Tape, at: Rows) -> Flags:
    """Whether `-05-03` or the like follows the year at `at`."""
    hyphens = _HYPHENS.take(tape.take(at + 4)) & _HYPHENS.take(tape.take(at + 7))
    return hyphens & _MONTHS.take(_pair(tape, at + 5)) & _DAYS.take(_pair(tape, at + 8))
