"""Phrases: runs of tokens in columns, all their tokens in a row, and where in them the noun stands that says who."""

from typing import Final

import numpy as np

from factcheck.judge.letters import ENDS_IN_S
from factcheck.judge.rows import rows_of, spread
from factcheck.judge.vocabulary import MANY, NOUN_END, OF, QUANTITY, Vocabulary
from factcheck.text.columns import Flags, Rows
from factcheck.text.fold import fold
from factcheck.text.lex import Tokens
from factcheck.text.tape import APOSTROPHE, LETTER_APOSTROPHE, eight, flags_of, lowered

_WIDTH: Final = 8
_FACTORS: Final = tuple(np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_BEYOND: Final = np.uint64(0x8080808080808080)
_SHIFT: Final = np.uint64(29)
_NO_PLURALS: Final = ("ss", "'s", "us", "is")
_NO_PLURAL: Final = flags_of(*map(ord, "sSuUiI'"), APOSTROPHE, LETTER_APOSTROPHE)
_WORD: Final = 2**64 - 1


def heads(vocabulary: Vocabulary, tokens: Tokens, first: Rows, end: Rows) -> tuple[Rows, Rows]:
    """The part of each phrase that says who: what stands before a preposition, or after `some of`."""
    inner = spread(first + 1, end - first - 2)
    bits = vocabulary.bits.take(tokens.number.take(inner.row))
    at = rows_of(bits & NOUN_END > 0)
    if not len(at):
        return first, end
    row, phrase = inner.row.take(at), inner.phrase.take(at)
    counts = (bits.take(at) & OF > 0) & (vocabulary.bits.take(tokens.number.take(row - 1)) & QUANTITY > 0)
    end = end.copy()
    others = rows_of(~counts)[::-1]
    end[phrase.take(others)] = row.take(others)
    if len(others) < len(at):
        first = first.copy()
        counts &= row < end.take(phrase)
        first[phrase[counts]] = row[counts] + 1
    return first, end


def plural(tokens: Tokens, last: Rows) -> Flags:
    """Whether the nouns in these rows are plurals by their ending: `mediators`, and no `bus` or `crisis`."""
    length = tokens.length.take(last)
    found: Flags = ENDS_IN_S.take(tokens.tail.take(last))
    found &= ~_NO_PLURAL.take(tokens.tape.take(tokens.at.take(last) + length - 2)) | (length == 1)
    for k in rows_of(is_attached(tokens, last)).tolist():
        noun = word(tokens, last[k])
        found[k] = noun.endswith("s") and not noun.endswith(_NO_PLURALS)
    return found


def several(vocabulary: Vocabulary, tokens: Tokens, first: Rows, end: Rows) -> Flags:
    """Whether the phrases are of more than one by their noun: `two ferry captains`, `other people`."""
    last = heads(vocabulary, tokens, first, end)[1] - 1
    found = vocabulary.bits.take(tokens.number.take(last)) & MANY > 0
    found |= plural(tokens, last)
    return found


def hashes(tokens: Tokens, rows: Rows) -> Rows:
    """A number for each word in lower case: the same for the same word, and as good as never for another one."""
    at, length = tokens.at.take(rows), tokens.length.take(rows)
    found = eight(tokens.tape, at, length)
    # Bytes beyond ASCII are shared by several letters, and what stands in the middle of a long word is not looked at.
    odd = found & _BEYOND > 0
    if tokens.has_attached:
        odd |= is_attached(tokens, rows)
    long = rows_of(length > _WIDTH)
    found *= _FACTORS[0]
    if len(long):
        size = length.take(long)
        tail = lowered(tokens.tape, at.take(long) + size - _WIDTH)
        odd[long] |= (tail & _BEYOND > 0) | (size > 2 * _WIDTH)
        tail += size.astype(np.uint64)
        tail *= _FACTORS[1]
        found[long] ^= tail
    found ^= found >> _SHIFT
    found *= _FACTORS[2]
    for k in rows_of(odd).tolist():
        found[k] = hash(word(tokens, rows[k])) & _WORD
    return found.view(np.int64)


def joined(hashed: Rows, other: Rows | int) -> Rows:
    """A number for two in their order."""
    found = hashed.view(np.uint64) * _FACTORS[2]
    found ^= found >> _SHIFT
    found += np.asarray(other, np.int64).astype(np.uint64)
    return (found * _FACTORS[0]).view(np.int64)


def word(tokens: Tokens, row: int) -> str:
    """The token in lower case."""
    return fold(tokens.text[tokens.start[row] : tokens.end[row]])


def is_attached(tokens: Tokens, rows: Rows) -> Flags:
    """Whether the word has combining marks, which are not on the tape: only its text can tell."""
    if not tokens.has_attached:
        return np.zeros(rows.shape, np.bool_)
    return tokens.end.take(rows) - tokens.start.take(rows) != tokens.length.take(rows)
