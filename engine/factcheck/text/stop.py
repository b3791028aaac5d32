"""The stops that belong to the words before them: of initialisms, initials and abbreviations."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Breaks, Flags, Rows, few
from factcheck.text.tape import HYPHEN, SPACE, Tape, eight, flags_of, is_digit, is_letter, is_part, is_upper

_ALWAYS, _CAPITALISED, _NUMBERED = 1, 2, 4
_LONGEST: Final = 8
"""Letters of an abbreviation."""
_TABLES: Final = (
    (tables.ABBREVIATIONS, _ALWAYS),
    (tables.CAPITALISED_ABBREVIATIONS, _CAPITALISED),
    (tables.NUMBERED_ABBREVIATIONS, _NUMBERED),
)


def _keys() -> dict[int, int]:
    """By the bytes of each abbreviation: when it keeps its stop."""
    found: dict[int, int] = {}
    for words, when in _TABLES:
        for word in words:
            key = int.from_bytes(word.encode("ascii").rjust(_LONGEST, b"\0"), "little")
            found[key] = found.get(key, 0) | when
    return dict(sorted(found.items()))


_KEYS: Final = np.array(list(_keys()), np.uint64)
_WHEN: Final = np.array(list(_keys().values()), np.uint8)


_LETTERS: Final = 26
_OUTSIDE, _INSIDE, _SORTS = _LETTERS, _LETTERS + 1, _LETTERS + 2
"""Sorts of codes: a letter in either case, what may stand before an abbreviation, what may not; how many they are."""


def _sorts() -> Tape:
    codes = np.arange(256, dtype=np.uint8)
    found = np.where(is_part(codes), np.uint8(_INSIDE), np.uint8(_OUTSIDE))
    for first in b"aA":
        found[first : first + _LETTERS] = range(_LETTERS)
    return found


def _endings() -> Flags:
    """By the sorts of its last three characters: may a word before a stop be an abbreviation, or end in one?"""
    found = np.zeros((_SORTS,) * 3, np.bool_)
    for words, _ in _TABLES:
        for word in words:
            *rest, last = (ord(letter) - ord("a") for letter in word[-3:])
            before = [rest[-1] if rest else _OUTSIDE]
            third = rest[:-1] or ([_OUTSIDE] if rest else range(_SORTS))
            found[np.ix_(third, before, [last])] = True
    return found.ravel()


_SORT: Final = _sorts()
_ENDINGS: Final = _endings()
_BACK: Final = np.arange(1, _LONGEST + 2)
_HYPHENS: Final = flags_of(ord("-"), HYPHEN)
_BREAKS: Final = flags_of(ord("\n"), ord("\r"))


class Cut(NamedTuple):
    """Tokens, with every stop apart and every line break a token."""

    tape: Tape
    part: Flags
    """For each place on the tape: is it part of a word, joints included?"""
    at: Rows
    lead: Tape
    breaks: Rows
    """Rows of the line breaks."""
    lines: Breaks
    """The same, those that stand together as one."""


def kept_stops(cut: Cut) -> Rows:
    """Rows of the stops that belong to the words before them.

    Only their own paragraph counts. A lone capital letter keeps its stop, and so does an abbreviation as its table
    says; `I` only between two names, for it mostly is the pronoun at its sentence's end. Of a compound its last part
    decides: `ex-Gov.`.
    """
    rows = few(cut.lead == ord("."))
    stop = cut.at.take(rows)
    after_word = cut.part.take(stop - 1)
    rows, stop = rows[after_word], stop[after_word]
    if not len(rows):
        return rows
    last, before = cut.tape.take(stop - 1), cut.tape.take(stop - 2)
    joined = cut.part.take(stop - 2)
    capital = is_upper(last)
    # An initialism's own stop is the only one that can stand before a word's last letter.
    keeps = joined & (before == ord(".")) & is_letter(last)
    letter = capital & ~joined
    keeps |= letter
    ending = _SORT.take(cut.tape.take(stop - 3)).astype(np.intp)
    for code in (before, last):
        ending *= _SORTS
        ending += _SORT.take(code)
    likely = (~letter & _ENDINGS.take(ending)).nonzero()[0]
    if len(likely):
        keeps[likely] |= _abbreviates(cut, rows.take(likely), stop.take(likely))
    pronoun = letter & (last == ord("I"))
    if np.count_nonzero(pronoun):
        keeps[pronoun] = False
        keeps[pronoun] = _between_names(cut, rows[pronoun], rows[keeps])
    return rows[keeps]


def _abbreviates(cut: Cut, rows: Rows, stop: Rows) -> Flags:
    # Of a long word only what follows its last hyphen can be one: it stands in the last few places.
    near = stop[:, None] - _BACK
    outside = ~cut.part.take(near)
    outside |= _HYPHENS.take(cut.tape.take(near))
    outside[:, -1] = True
    length = outside.argmax(axis=1)
    start = stop - length
    key = eight(cut.tape, start, length)
    place = np.minimum(_KEYS.searchsorted(key), len(_KEYS) - 1)
    when = _WHEN.take(place) * ((_KEYS.take(place) == key) & (length <= _LONGEST))
    found: Flags = (when & _ALWAYS) > 0
    found |= ((when & _CAPITALISED) > 0) & is_upper(cut.tape.take(start))
    numbered = ((when & _NUMBERED) > 0).nonzero()[0]
    if len(numbered):
        found[numbered] |= is_digit(_following(cut, rows.take(numbered)))
    return found


def _following(cut: Cut, rows: Rows) -> Tape:
    """The first character of the token after each of these, 0 where another paragraph begins with it."""
    found = cut.lead.take(rows + 1, mode="clip")
    found[-1:] *= rows[-1:] + 1 < len(cut.lead)
    broken = _BREAKS.take(found).nonzero()[0]
    run = cut.lines.row.searchsorted(rows.take(broken) + 1, side="right")
    after = cut.lead.take(cut.lines.row.take(run), mode="clip")
    found[broken] = after * ((cut.lines.size.take(run) == 1) & (cut.lines.row.take(run) < len(cut.lead)))
    return found


def _between_names(cut: Cut, rows: Rows, kept: Rows) -> Flags:
    """For the stop of each `I`: does a capital stand before the `I` and after the stop?

    Where another such stop stands before the `I` it decides: kept it is part of a capital `I.`, left it is a mark.
    """
    before_name = is_upper(_following(cut, rows))
    # From here on without the line breaks.
    lead = cut.lead.compress(cut.lead >= SPACE)
    rows, kept, after = (each - cut.breaks.searchsorted(each) for each in (rows, kept, cut.lines.row))
    opens = np.zeros(len(lead) + 1, np.bool_)
    opens[:1] = True
    opens[after[cut.lines.size > 1]] = True
    inside = ~opens.take(rows - 1)
    follows = inside.copy()
    follows[:1] = False
    follows[1:] &= rows[1:] - rows[:-1] == 2  # noqa: PLR2004 -- I . I .
    # A kept stop before the `I` is part of its word, one row further up.
    before = rows - 2 - _among(rows - 2, kept)
    good = before_name & (follows | (inside & is_upper(lead.take(before))))
    number = np.arange(len(rows))
    return np.maximum.accumulate(np.where(good, -1, number)) < np.maximum.accumulate(np.where(follows, -1, number))


def _among(numbers: Rows, known: Rows) -> Flags:
    """Which of `numbers` are in `known`, which is in order."""
    if not len(known):
        return np.zeros(len(numbers), np.bool_)
    return known.take(known.searchsorted(numbers), mode="clip") == numbers
