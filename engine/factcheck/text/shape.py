"""Tokens to shapes: numbers, amounts of money, percentages, years and dates.

What each token can be in a shape is told once, by the bits of its kind. Then all shapes are followed together, from
their first token to the next and so on, as far as there are any that go on.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from factcheck.english import tables
from factcheck.text import digits
from factcheck.text.columns import Column, Flags, Rows, few
from factcheck.text.digits import AMOUNT, CLOSING_YEAR, DATE, DAY, DAY_NUMBER, RANGE, SUM, YEAR, YEARS
from factcheck.text.lex import Tokens
from factcheck.text.runs import Runs, leftmost
from factcheck.text.segment import Sentences
from factcheck.text.tape import SIGN, flags_of, is_digit, is_upper

# The bits of words and marks; those of words of digits are the first.
# fmt: off
(
    _NUMBER_WORD, _SCALE, _AND, _COUNTRY, _SIGN, _CODE, _AMERICAN, _CURRENCY, _PERCENT, _PER, _CENT, _PERCENTAGE,
    _POINT, _MONTH, _COMMA, _SLASH,
) = (1 << bit for bit in range(digits.BITS, digits.BITS + 16))
# fmt: on
_WORDS: Final = (
    (_NUMBER_WORD, tables.NUMBER_WORDS | tables.COMPOUND_NUMBERS),
    (_SCALE, tables.SCALES),
    (_AND, frozenset({"and"})),
    (_COUNTRY, tables.SIGN_COUNTRIES),
    (_CODE, tables.CURRENCY_CODES),
    (_AMERICAN, tables.AMERICAN),
    (_CURRENCY, tables.CURRENCIES | tables.CURRENCY_CODES),
    (_PERCENT, tables.PERCENT),
    (_PER, frozenset({"per"})),
    (_CENT, frozenset({"cent"})),
    (_PERCENTAGE, frozenset({"percentage"})),
    (_POINT, frozenset({"point", "points"})),
    (_MONTH, tables.MONTHS | tables.SHORT_MONTHS | frozenset(f"{month}." for month in tables.SHORT_MONTHS)),
)
_ALL: Final = -1
_MARKS: Final = np.zeros(256, np.int32)
_MARKS[[ord("$"), SIGN]] = _SIGN
_MARKS[[ord("%"), ord(","), ord("/")]] = _PERCENT, _COMMA, _SLASH
_IS_MARK: Final = flags_of(*_MARKS.nonzero()[0].tolist())

_MOST_SCALES: Final = 6
"""In one number: `two hundred and six thousand million`. Bounded, for a text may hold nothing but number words."""
_REACH: Final = 8
"""Rows after the last token that may be looked at."""


@dataclass(frozen=True, slots=True, eq=False)
class _Kinds:
    """What each token can be in a shape."""

    here: Column
    """One row each."""
    ahead: Column
    """The same, but for a sentence's first token and after the last: no shape goes on there."""
    gap: Flags
    row: Rows
    """Rows of the tokens that can be anything."""
    kind: Column
    """The same, of these alone."""
    all: int
    """The bits that any of them has."""

    def rows(self, bits: int) -> Rows:
        """Rows of the tokens with any of these bits."""
        return self.row[(self.kind & bits) > 0] if self.all & bits else self.row[:0]

    def follows(self, row: Rows, bits: int) -> Flags:
        """Whether each of these tokens has any of these bits and goes on with the sentence of the one before it."""
        return (self.ahead.take(row) & bits) > 0


def shapes(tokens: Tokens, sentences: Sentences) -> dict[str, Runs]:
    """Runs by shape: `number`, `money`, `percent`, `year`, `date`; of each shape the leftmost, there the longest."""
    kinds = _kinds(tokens, sentences)
    if not kinds.all:
        return dict.fromkeys(("number", "money", "percent", "year", "date"), leftmost(kinds.row[:0], kinds.row[:0]))
    row, end = _numbers(kinds)
    kind = kinds.here.take(row)
    number = (kind & (AMOUNT | _NUMBER_WORD)) > 0
    share = (kind & (RANGE | _NUMBER_WORD)) > 0
    year = kinds.rows(YEARS)
    return {
        "number": leftmost(row[number], end[number]),
        "money": leftmost(*_money(kinds, row, end)),
        "percent": leftmost(*_percentages(kinds, row[share], end[share])),
        "year": leftmost(year, year + 1),
        "date": leftmost(*_dates(kinds)),
    }


def _kinds(tokens: Tokens, sentences: Sentences) -> _Kinds:
    here = tokens.lexicon.kinds(_WORDS).take(tokens.number)
    marks = tokens.marks(_IS_MARK)
    here[marks] |= _MARKS.take(tokens.lead.take(marks))
    rows = few(is_digit(tokens.lead))
    if len(rows):
        here[rows] |= digits.readings(tokens, rows)
    some = (here > 0).nonzero()[0]
    kind = here.take(some)
    months = ((kind & _MONTH) > 0).nonzero()[0]
    if len(months):
        kind[months] &= np.where(is_upper(tokens.lead.take(some.take(months))), _ALL, ~_MONTH)
        here[some] = kind
    ahead = np.zeros(len(here) + _REACH, np.int32)
    ahead[: len(here)] = here
    ahead[sentences.first] = 0
    return _Kinds(here, ahead, tokens.gap, some, kind, int(np.bitwise_or.reduce(kind)))


def _numbers(kinds: _Kinds) -> tuple[Rows, Rows]:
    """`five`, `3.5m`, `5 million`, `two hundred and six`: where what can be a sum begins, and where it ends."""
    row = kinds.rows(SUM | _NUMBER_WORD)
    end = row + 1
    alive = np.arange(len(row) if kinds.all & _SCALE else 0)
    for _ in range(_MOST_SCALES):
        alive = alive[kinds.follows(end.take(alive), _SCALE)]
        if not len(alive):
            break
        after = end.take(alive) + 1
        rest = after + kinds.follows(after, _AND)
        worded = (kinds.here.take(row.take(alive)) & _NUMBER_WORD) > 0
        end[alive] = np.where(worded & kinds.follows(rest, _NUMBER_WORD), rest + 1, after)
    return row, end


def _money(kinds: _Kinds, row: Rows, end: Rows) -> tuple[Rows, Rows]:
    """`$300 million`, `£3.5m`, `US$5`, `EUR 20`, `300 dollars`, of the numbers from `row` to `end`."""
    if not kinds.all & (_SIGN | _CODE | _CURRENCY):
        return row[:0], row[:0]
    last = end + kinds.follows(end, _AMERICAN)
    named = kinds.follows(last, _CURRENCY)
    signed = kinds.follows(row, SUM | _NUMBER_WORD) & ((kinds.here.take(row - 1) & (_SIGN | _CODE)) > 0)
    sign = row[signed] - 1
    national = kinds.follows(sign, _SIGN) & ~kinds.gap.take(sign) & ((kinds.here.take(sign - 1) & _COUNTRY) > 0)
    first = np.concatenate((row[named], sign, sign[national] - 1))
    stop = np.concatenate((last[named] + 1, end[signed], end[signed][national]))
    order = first.argsort(kind="stable")
    return first.take(order), stop.take(order)


def _percentages(kinds: _Kinds, row: Rows, end: Rows) -> tuple[Rows, Rows]:
    """`5%`, `5 per cent`, `five percent`, `3 percentage points`, of the numbers from `row` to `end`."""
    if not kinds.all & (_PERCENT | _CENT | _POINT):
        return row[:0], row[:0]
    one = kinds.follows(end, _PERCENT)
    two = kinds.follows(end, _PER) & kinds.follows(end + 1, _CENT)
    two |= kinds.follows(end, _PERCENTAGE) & kinds.follows(end + 1, _POINT)
    found = one | two
    return row[found], (end + one + 2 * two)[found]


def _dates(kinds: _Kinds) -> tuple[Rows, Rows]:
    """`3 May`, `May 3rd`, either with a year, `May 2024`, `2024-05-03`, `03/05/2024`."""
    row = kinds.rows(DATE | DAY | _MONTH)
    kind = kinds.here.take(row)
    end = row + ((kind & DATE) > 0)
    if kinds.all & _MONTH:
        day, month = (kind & DAY) > 0, (kind & _MONTH) > 0
        end += 2 * (month & kinds.follows(row + 1, YEAR))
        dated = ((month & kinds.follows(row + 1, DAY)) | (day & kinds.follows(row + 1, _MONTH))).nonzero()[0]
        end[dated] = _with_year(kinds, row.take(dated) + 2)
    if kinds.all & _SLASH:
        end[_slashed(kinds, row)] += 5
    found = end > row
    return row[found], end[found]


def _with_year(kinds: _Kinds, end: Rows) -> Rows:
    year = end + kinds.follows(end, _COMMA)
    return np.where(kinds.follows(year, YEAR), year + 1, end)


def _slashed(kinds: _Kinds, row: Rows) -> Rows:
    """Which of the tokens at `row` begin a date with slashes."""
    found = (kinds.follows(row + 1, _SLASH) & ((kinds.here.take(row) & DAY_NUMBER) > 0)).nonzero()[0]
    for step, bits in enumerate((_SLASH, DAY_NUMBER, _SLASH, CLOSING_YEAR), 1):
        near = row.take(found) + step
        found = found[kinds.follows(near, bits) & ~kinds.gap.take(near)]
    return found
