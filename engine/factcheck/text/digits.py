"""Words of digits to the ways they can be read: as an amount, a range, a sum of money, a day, a year, a date.

Amounts are told by their groups of digits, wherever in the word these stand. `1,000.5` is one, for up to three digits
may open it before a comma, three may stand between a comma and a stop, and any number may close it after a stop. So
each group is looked up in a table, those of all words at once, and a word is what all its groups allow. Days and years
are short, and told by their digits.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.lex import Tokens
from factcheck.text.tape import EN_DASH, HYPHEN, SPACE, Tape, eight, flags_of, is_digit

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

_CENTURY: Final = 4
"""Digits of a full year."""
_DATE_LENGTH: Final = len("2024-05-03")
_ORDINALS: Final = np.array([int.from_bytes(ending, "little") for ending in (b"st", b"nd", b"rd", b"th")], np.uint64)
_HYPHENS: Final = flags_of(ord("-"), HYPHEN)
_ZERO, _ONE, _TWO, _THREE, _NINE = b"01239"
_SMALL_S: Final = ord("s")
_CASE: Final = np.uint8(0x20)


def _sorts() -> NDArray[np.intp]:
    """For each code its place in `_SORTS`."""
    found = np.full(256, _OTHER)
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


_SORT: Final = _sorts()
_GROUPS: Final = _groups()


def readings(tokens: Tokens, rows: Rows) -> Column:
    """For each of the words at `rows`, which begin with a digit, the bits of what it can be.

    One that holds a combining mark can be nothing.
    """
    plain = tokens.end.take(rows) - tokens.start.take(rows) == tokens.length.take(rows)
    rows = rows if plain.all() else rows[plain]
    at, length = tokens.at.take(rows), tokens.length.take(rows)
    found, digits = _by_groups(tokens.tape, at, length)
    _add_days_and_years(found, tokens.tape, at, length, digits)
    if len(rows) == len(plain):
        return found
    spread = np.zeros(len(plain), np.int32)
    spread[plain] = found
    return spread


def _by_groups(tape: Tape, at: Rows, length: Rows) -> tuple[Column, Rows]:
    """What the groups of digits allow, and how many digits, as far as they are counted, each word begins with."""
    size = length + 1  # with a blank behind each word
    first = np.cumsum(size) - size
    text = tape.take(np.repeat(at - first, size) + np.arange(size.sum()))
    text[first + length] = SPACE
    edge = np.flatnonzero(~is_digit(text))
    right = _SORT.take(text.take(edge))
    left = np.append(_EDGE, right)[:-1]
    digits = np.minimum(np.diff(edge, prepend=-1) - 1, _MOST)
    allowed = _GROUPS.take((left * (_MOST + 1) + digits) * (_OTHER + 1) + right)
    opens = np.flatnonzero(left == _EDGE)
    found = np.bitwise_and.reduceat(allowed, opens)
    found[np.add.reduceat(right == _DASH, opens, dtype=np.int32) > 1] = 0
    return found, digits.take(opens)


def _add_days_and_years(found: Column, tape: Tape, at: Rows, length: Rows, digits: Rows) -> None:
    first, second, last = tape.take(at), tape.take(at + 1), tape.take(at + length - 1)
    rest = length - digits
    single = digits == 1
    day = (digits <= 2) & _is_day(np.where(single, _ZERO, first), np.where(single, first, second))  # noqa: PLR2004
    found[day & (rest == 0)] |= DAY_NUMBER | DAY
    ordinal = np.flatnonzero(day & (rest == 2))  # noqa: PLR2004 -- letters
    found[ordinal] |= DAY * _is_ordinal(tape, at.take(ordinal) + digits.take(ordinal))
    year = (digits == _CENTURY) & ((first == _ONE) | ((first == _TWO) & (second == _ZERO)))
    found[year & (rest == 0)] |= YEAR | YEARS | CLOSING_YEAR
    found[year & (rest == 1) & ((last | _CASE) == _SMALL_S)] |= YEARS
    found[(digits == 2) & (rest == 0)] |= CLOSING_YEAR  # noqa: PLR2004
    date = np.flatnonzero(year & (length == _DATE_LENGTH))
    found[date] |= DATE * _is_date(tape, at.take(date))


def _is_day(tens: Tape, units: Tape) -> Flags:
    found = (tens == _ZERO) & (units >= _ONE) & (units <= _NINE)
    found |= ((tens == _ONE) | (tens == _TWO)) & is_digit(units)
    found |= (tens == _THREE) & ((units == _ZERO) | (units == _ONE))
    return found


def _is_ordinal(tape: Tape, at: Rows) -> Flags:
    """Whether the two letters at `at` make a number an ordinal."""
    letters = eight(tape, at, np.full(len(at), 2))
    return (letters[:, None] == _ORDINALS).any(axis=1)


def _is_date(tape: Tape, at: Rows) -> Flags:
    """Whether a month and a day in digits follow the year at `at`."""
    hyphen, tens, units, second, day, unit = (tape.take(at + k) for k in range(_CENTURY, _DATE_LENGTH))
    month = (tens == _ZERO) & (units >= _ONE) & (units <= _NINE)
    month |= (tens == _ONE) & (units >= _ZERO) & (units <= _TWO)
    return month & _HYPHENS.take(hyphen) & _HYPHENS.take(second) & _is_day(day, unit)
