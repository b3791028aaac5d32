"""Words to the parts that tell what they are: without the possessive ending, up to the first apostrophe or hyphen."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.fold import fold
from factcheck.text.lex import Tokens
from factcheck.text.marks import table

_POSSESSIVE: Final = "'s"
_APOSTROPHES: Final = table(frozenset("'"))
_FEW: Final = 20
"""Words that are sooner looked up one by one."""
_CASE: Final = np.uint8(0x20)


class Parts(NamedTuple):
    """Of some words, one row each, what part of it has which number in the lexicon; most have no other part."""

    possessive: Flags
    """Whether the word ends in `'s`."""
    base: Column
    """The word without this ending."""
    before_apostrophe: Column
    """The base up to its first apostrophe: *they* of `They've`."""
    before_hyphen: Column
    """The base up to its first hyphen: *well* of `Well-known`."""


def parts(tokens: Tokens, rows: Rows) -> Parts:
    """The parts of the words in `rows`, which are in order."""
    length = tokens.length.take(rows)
    word, offset, apostrophe = _joints(tokens, tokens.at.take(rows), length)
    number = tokens.number.take(rows)
    possessive = np.zeros(len(rows), np.bool_)
    if not len(word):
        return Parts(possessive, number, number, number)
    ending = word[apostrophe & (offset == length.take(word) - len(_POSSESSIVE))]
    possessive[ending] = ends_in_s(tokens, rows.take(ending))
    base = length - possessive * len(_POSSESSIVE)
    cuts = (base, *(np.minimum(base, _first(word, offset, kind, length)) for kind in (apostrophe, ~apostrophe)))
    numbers = (number, number.copy(), number.copy())
    new = np.ones(len(word), np.bool_)
    np.not_equal(word[1:], word[:-1], out=new[1:])
    joined = word[new]
    found = _numbers(tokens, rows.take(joined), np.array([cut.take(joined) for cut in cuts]))
    for column, changed in zip(numbers, found, strict=True):
        column[joined] = changed
    return Parts(possessive, *numbers)


def _joints(tokens: Tokens, at: Column, length: Column) -> tuple[Rows, Column, Flags]:
    """The apostrophes and hyphens inside the words: which word each is in, the bytes before it, is it a `'`?"""
    marks = tokens.joints if len(at) else tokens.joints[:0]
    word = at.searchsorted(marks, side="right") - 1
    offset = marks - at.take(word, mode="clip")
    inside = ((word >= 0) & (offset < length.take(word, mode="clip"))).nonzero()[0]
    return word.take(inside), offset.take(inside), _APOSTROPHES.take(tokens.tape.take(marks.take(inside)))


def ends_in_s(tokens: Tokens, rows: Rows) -> Flags:
    """Whether the last character of the word is an s, in either case."""
    found: Flags = (tokens.tail.take(rows) | _CASE) == ord("s")
    if not tokens.has_attached:
        return found
    for k in (found & _has_attached(tokens, rows)).nonzero()[0].tolist():
        found[k] = tokens.text[tokens.end[rows[k]] - 1] in "sS"
    return found


def _first(word: Rows, offset: Rows, kind: Flags, length: Rows) -> Rows:
    """For each word the offset of its first joint of a kind; its length where there is none."""
    first = length.copy()
    first[word[kind][::-1]] = offset[kind][::-1]  # backwards: of several values for one word the last given stays
    return first


def _numbers(tokens: Tokens, rows: Rows, cuts: Rows) -> Column:
    """The numbers of words cut to the lengths in the three rows of `cuts`, which `Parts` names."""
    if len(rows) < _FEW:
        numbers = np.zeros(cuts.shape, np.int32)
        odd = list(range(len(rows)))
    else:
        at = np.broadcast_to(tokens.at.take(rows), cuts.shape)
        numbers, asked = tokens.lexicon.numbers(tokens.folded, at.ravel(), cuts.ravel())
        numbers = numbers.reshape(cuts.shape)
        odd = (asked.reshape(cuts.shape).any(axis=0) | _has_attached(tokens, rows)).nonzero()[0].tolist()
    for k in odd:
        base = fold(tokens.text[tokens.start[rows[k]] : tokens.end[rows[k]]]).removesuffix(_POSSESSIVE)
        known = (base, base.partition("'")[0], base.partition("-")[0])
        numbers[:, k] = [tokens.lexicon.number.get(part, 0) for part in known]
    return numbers


def _has_attached(tokens: Tokens, rows: Rows) -> Flags:
    """Whether the word has combining marks, which are not on the tape: only its text can tell."""
    return tokens.end.take(rows) - tokens.start.take(rows) != tokens.length.take(rows)
