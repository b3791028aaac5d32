"""The stops that belong to the words before them: of initialisms, initials and abbreviations."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Flags, Rows
from factcheck.text.tape import Tape, eight, is_digit, is_upper

_ALWAYS, _CAPITALISED, _NUMBERED = 1, 2, 4
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
            key = int.from_bytes(word.encode("ascii"), "little")
            found[key] = found.get(key, 0) | when
    return dict(sorted(found.items()))


_KEYS: Final = np.array(list(_keys()), np.uint64)
_WHEN: Final = np.array(list(_keys().values()), np.uint8)


class Cut(NamedTuple):
    """Tokens with every stop apart, and the positions on the tape that matter for stops."""

    tape: Tape
    start: Rows
    end: Rows
    word: Flags
    opens: Flags
    """Whether a paragraph starts with the token."""
    initial: Rows
    """Stops inside initialisms (`U.S`), all but the last."""
    hyphens: Rows
    """Hyphens inside words."""


def kept_stops(cut: Cut) -> Rows:
    """Rows of the stops that belong to the words before them.

    Only their own paragraph counts. A lone capital letter keeps its stop, and so does an abbreviation as its table
    says; `I` only between two names, for it mostly is the pronoun at its sentence's end. Of a compound its last part
    decides: `ex-Gov.`.
    """
    lead = cut.tape.take(cut.start)
    rows = np.flatnonzero((lead[1:] == ord(".")) & cut.word[:-1] & (cut.start[1:] == cut.end[:-1])) + 1
    if not len(rows):
        return rows
    following = np.append(np.where(cut.opens, 0, lead), 0).astype(np.uint8).take(rows + 1)
    first = lead.take(rows - 1)
    letter = (cut.end - cut.start).take(rows - 1) == 1
    letter &= is_upper(first)
    pronoun = letter & (first == ord("I"))
    keeps = (
        _among(cut.start.take(rows) - 2, cut.initial)
        | (letter & ~pronoun)
        | (~letter & _abbreviates(cut, rows, following))
    )
    if pronoun.any():
        keeps[pronoun] = _between_names(cut, rows[pronoun], rows[keeps], is_upper(following[pronoun]))
    return rows[keeps]


def _abbreviates(cut: Cut, rows: Rows, following: Tape) -> Flags:
    start, end = cut.start.take(rows - 1), cut.end.take(rows - 1)
    if len(cut.hyphens):
        hyphen = cut.hyphens.take(np.searchsorted(cut.hyphens, end) - 1, mode="wrap")
        start = np.where((hyphen >= start) & (hyphen < end), hyphen + 1, start)
    key = eight(cut.tape, start, end - start)
    near = np.minimum(np.searchsorted(_KEYS, key), len(_KEYS) - 1)
    when = _WHEN.take(near) * (_KEYS.take(near) == key)
    return (
        ((when & _ALWAYS) > 0)
        | (((when & _CAPITALISED) > 0) & is_upper(cut.tape.take(start)))
        | (((when & _NUMBERED) > 0) & is_digit(following))
    )


def _between_names(cut: Cut, rows: Rows, kept: Rows, before_name: Flags) -> Flags:
    """For the stop of each `I`: does a capital stand before the `I` and after the stop?

    Where another such stop stands before the `I` it decides: kept it is part of a capital `I.`, left it is a mark.
    """
    inside = ~cut.opens.take(rows - 1)
    follows = inside & np.concatenate(([False], rows[1:] - rows[:-1] == 2))  # noqa: PLR2004 -- I . I .
    # A kept stop before the `I` is part of its word, one row further up.
    before = rows - 2 - _among(rows - 2, kept)
    good = before_name & (follows | (inside & is_upper(cut.tape.take(cut.start.take(before)))))
    number = np.arange(len(rows))
    return np.maximum.accumulate(np.where(good, -1, number)) < np.maximum.accumulate(np.where(follows, -1, number))


def _among(numbers: Rows, known: Rows) -> Flags:
    """Which of `numbers` are in `known`, which is in order."""
    if not len(known):
        return np.zeros(len(numbers), np.bool_)
    near = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
    return known.take(near) == numbers
