"""The plain shapes, one token at a time by regular expressions: what the shapes of `shape.py` are held to."""

import re
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from factcheck.english import tables
from factcheck.text.lex import Tokens
from factcheck.text.marks import touches_previous
from factcheck.text.segment import Sentences

_AMOUNT: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMBER: Final = re.compile(_AMOUNT)
_RANGE: Final = re.compile(rf"{_AMOUNT}(?:[-–]{_AMOUNT})?")
_SUM: Final = re.compile(rf"{_AMOUNT}(?:[-–]{_AMOUNT})?(?:k|m|mn|b|bn|tn|trn)?")
_DAY: Final = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?")
_FULL_YEAR: Final = re.compile(r"(?:1\d|20)\d\d")
_YEAR: Final = re.compile(rf"{_FULL_YEAR.pattern}s?")
_DATE: Final = re.compile(rf"{_FULL_YEAR.pattern}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_DAY_OR_MONTH: Final = re.compile(r"0?[1-9]|[12]\d|3[01]")
_CLOSING_YEAR: Final = re.compile(rf"{_FULL_YEAR.pattern}|\d\d")

_MOST_SCALES: Final = 6
"""In one number: `two hundred and six thousand million`. Bounded, for a text may hold nothing but number words."""

_SIGNS: Final = frozenset("$£€¥₹")
_SIGN_COUNTRIES: Final = frozenset({"us", "a", "c", "hk", "nz", "s"})
_FIRST_WORDS: Final = tables.NUMBER_WORDS | tables.CURRENCY_CODES | tables.MONTHS | _SIGNS | _SIGN_COUNTRIES


Run = tuple[int, int]
"""Row of the first token, row after the last."""


class _Line:
    """The tokens of one sentence, read by row; past its end every form is empty."""

    def __init__(self, tokens: Tokens, end: int) -> None:
        self.tokens, self.end = tokens, end

    def form(self, row: int) -> str:
        return self.tokens.form[row] if row < self.end else ""

    def fold(self, row: int) -> str:
        return self.tokens.fold[row] if row < self.end else ""

    def touches(self, row: int) -> bool:
        return row < self.end and touches_previous(self.tokens, row)


_Finder = Callable[[_Line, int], int]
"""From a row to the row after the longest shape that begins there, or to that row itself."""


def shapes(tokens: Tokens, sentences: Sentences) -> dict[str, list[Run]]:
    """Runs by shape: of each shape the leftmost, there the longest."""
    ends = np.repeat(sentences.end, sentences.end - sentences.first).tolist()
    rows = [row for row, word in enumerate(tokens.fold) if _can_begin(word)]
    return {name: list(_find(tokens, rows, ends, finder)) for name, finder in _FINDERS.items()}


def _can_begin(word: str) -> bool:
    return (
        word[0].isdecimal()
        or word in _FIRST_WORDS
        or word.removesuffix(".") in tables.SHORT_MONTHS
        or _is_number_word(word)
    )


def _find(tokens: Tokens, rows: list[int], ends: list[int], finder: _Finder) -> Iterator[Run]:
    done = 0
    for row in rows:
        if row >= done and (end := finder(_Line(tokens, ends[row]), row)) > row:
            yield row, end
            done = end


def _is_number_word(word: str) -> bool:
    """Whether the word is a number below a hundred: five, twenty-one."""
    tens, _, units = word.partition("-")
    return tens in tables.NUMBER_WORDS and (not units or units in tables.NUMBER_WORDS)


def _number(line: _Line, row: int, digits: re.Pattern[str] = _NUMBER) -> int:
    """`3`, `1,000`, `five`, `5 million`, `two hundred and six`."""
    worded = _is_number_word(line.fold(row))
    if not worded and not digits.fullmatch(line.fold(row)):
        return row
    end = row + 1
    for _ in range(_MOST_SCALES):
        if line.fold(end) not in tables.SCALES:
            break
        end += 1
        rest = end + (line.fold(end) == "and")
        if worded and _is_number_word(line.fold(rest)):
            end = rest + 1
    return end


def _money(line: _Line, row: int) -> int:
    """`$300 million`, `£3.5m`, `US$5`, `EUR 20`, `300 dollars`."""
    amount = row
    if line.fold(row) in _SIGN_COUNTRIES and line.form(row + 1) in _SIGNS and line.touches(row + 1):
        amount = row + 2
    elif line.form(row) in _SIGNS or line.fold(row) in tables.CURRENCY_CODES:
        amount = row + 1
    end = _number(line, amount, _SUM)
    if end == amount:
        return row
    if amount > row:
        return end
    end += line.fold(end) in {"us", "u.s."}
    return end + 1 if line.fold(end) in tables.CURRENCIES | tables.CURRENCY_CODES else row


def _percent(line: _Line, row: int) -> int:
    """`5%`, `5 per cent`, `five percent`, `3 percentage points`."""
    end = _number(line, row, _RANGE)
    if end == row:
        return row
    if line.fold(end) in {"%", "percent", "pct"}:
        return end + 1
    pair = (line.fold(end), line.fold(end + 1))
    return end + 2 if pair in {("per", "cent"), ("percentage", "point"), ("percentage", "points")} else row


def _year(line: _Line, row: int) -> int:
    """`1000` to `2099`, `1990s`."""
    return row + bool(_YEAR.fullmatch(line.fold(row)))


def _date(line: _Line, row: int) -> int:
    """`3 May`, `May 3rd`, either with a year, `May 2024`, `2024-05-03`, `03/05/2024`."""
    if _DATE.fullmatch(line.fold(row)):
        return row + 1
    if _is_month(line, row):
        if _FULL_YEAR.fullmatch(line.fold(row + 1)):
            return row + 2
        return _with_year(line, row + 2) if _DAY.fullmatch(line.fold(row + 1)) else row
    if _DAY.fullmatch(line.fold(row)) and _is_month(line, row + 1):
        return _with_year(line, row + 2)
    slashed = line.form(row + 1) == line.form(row + 3) == "/" and all(line.touches(row + k) for k in range(1, 5))
    parts = (_DAY_OR_MONTH, _DAY_OR_MONTH, _CLOSING_YEAR)
    fits = slashed and all(part.fullmatch(line.form(row + 2 * k)) for k, part in enumerate(parts))
    return row + 5 if fits else row


def _with_year(line: _Line, end: int) -> int:
    year = end + (line.form(end) == ",")
    return year + 1 if _FULL_YEAR.fullmatch(line.form(year)) else end


def _is_month(line: _Line, row: int) -> bool:
    word = line.fold(row)
    return line.form(row)[:1].isupper() and (word in tables.MONTHS or word.removesuffix(".") in tables.SHORT_MONTHS)


_FINDERS: Final[dict[str, _Finder]] = {
    "number": _number,
    "money": _money,
    "percent": _percent,
    "year": _year,
    "date": _date,
}
