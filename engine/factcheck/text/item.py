"""Tokens to the entries of lists: `2.`, `b)`, a bullet, a dash at the start of a line."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from factcheck.text.columns import Flags, Rows
from factcheck.text.lex import Tokens
from factcheck.text.marks import DASHES, table
from factcheck.text.tape import BULLET, flags_of

_CLOSING: Final = table(frozenset(".)"))
_DASHES: Final = table(DASHES | {"*"})
_BULLETS: Final = flags_of(BULLET)
_DIGITS: Final = 3
"""The most that a number may have."""

# The kinds of style; entries of one list are of one style.
_LETTER: Final = 1 << 16
_DASH: Final = 1 << 17
_BULLET: Final = 1 << 21
"""Above every code point: a bullet is told by its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Items:
    """What may mark an entry of a list, wherever it stands, one row each, in order."""

    row: Rows
    """Of the first token."""
    length: Rows
    """In tokens."""
    style: Rows
    value: Rows
    """The number, 1 for `a`; 0 for bullets and dashes."""
    bullet: Flags

    def __len__(self) -> int:
        return len(self.row)

    def take(self, rows: Rows) -> "Items":
        """Some of them."""
        row, length, style, value = (each.take(rows) for each in (self.row, self.length, self.style, self.value))
        return Items(row, length, style, value, self.bullet.take(rows))


def items(tokens: Tokens) -> Items:
    """Find them."""
    number, length, value, style = _numbers(tokens)
    marks, kind = _marks(tokens)
    if not len(marks):
        alone = tokens.gap.take(number).nonzero()[0]
        number, length, style, value = (each.take(alone) for each in (number, length, style, value))
        return Items(number, length, style, value, np.zeros(len(alone), np.bool_))
    after = np.zeros(len(tokens) + 1, np.intp)
    after[number] = length
    apart = tokens.gap.take(number)
    row = np.concatenate((number[apart], marks))
    order = row.argsort()
    style = np.concatenate((style[apart], kind))[order]
    return Items(
        row=row[order],
        # A bullet may stand before a number: `• 2.`
        length=np.concatenate((length[apart], after.take(marks + 1) + 1))[order],
        style=style,
        value=np.concatenate((value[apart], np.zeros(len(marks), np.intp)))[order],
        bullet=style >= _BULLET,
    )


def _numbers(tokens: Tokens) -> tuple[Rows, Rows, Rows, Rows]:
    """Rows, lengths, values and styles of `2.`, `b)`, `3.)`, each with a blank after it."""
    row = tokens.marks(_CLOSING) - 1
    row = row[(row >= 0) & tokens.word.take(row) & ~tokens.gap.take(row + 1)]
    lead, size = tokens.lead.take(row), tokens.length.take(row)
    letter = (size == 1) & ((lead - ord("a")) < ord("z") - ord("a") + 1)
    digits = ((lead - ord("0")) < 10) & (size <= _DIGITS)  # noqa: PLR2004 -- the ten digits
    likely = (letter | digits).nonzero()[0]
    row, letter = row.take(likely), letter.take(likely)
    if not len(row):
        return row, row, row, row
    value = np.where(letter, tokens.lead.take(row).astype(np.intp) - ord("a") + 1, 0)
    sound = np.ones(len(row), np.bool_)
    for k in range(_DIGITS):
        digit = tokens.tape.take(tokens.at.take(row) + k) - np.uint8(ord("0"))
        more = ~letter & (k < tokens.length.take(row))
        sound &= ~more | (digit < 10)  # noqa: PLR2004
        value = np.where(more, value * 10 + digit, value)
    second = _closes(tokens, row + 2)
    length = np.where(second, 3, 2)
    sound &= ~(second & _closes(tokens, row + 3))
    sound &= tokens.gap.take(row + length, mode="clip")
    marks = tokens.lead.take(row + 1).astype(np.intp) * 256 + second * tokens.lead.take(row + 2, mode="clip")
    style = marks + letter * _LETTER
    return row[sound], length[sound], value[sound], style[sound]


def _closes(tokens: Tokens, row: Rows) -> Flags:
    """Whether the token touches the one before it and is a stop or bracket."""
    return _CLOSING.take(tokens.lead.take(row, mode="clip")) & ~tokens.gap.take(row, mode="clip")


def _marks(tokens: Tokens) -> tuple[Rows, Rows]:
    """Rows and styles of bullets, and of dashes that open a line and stand apart."""
    bullets, dashes = tokens.marks(_BULLETS), tokens.marks(_DASHES)
    if not len(bullets) and not len(dashes):
        return bullets, dashes
    dashes = dashes[tokens.gap.take(dashes + 1)]
    dashes = dashes[tokens.opens_line(dashes)]
    points = np.array([ord(tokens.text[at]) for at in tokens.start.take(bullets).tolist()], np.intp)
    return np.concatenate((bullets, dashes)), np.concatenate(
        (points + _BULLET, tokens.lead.take(dashes).astype(np.intp) + _DASH)
    )
