"""What stands beside a source between commas: `, head of the water board`."""

from typing import Final

import numpy as np

from factcheck.judge.letters import DIGIT
from factcheck.judge.mention import Names, Spans
from factcheck.judge.phrase import is_attached, word
from factcheck.judge.rows import none, rows_of
from factcheck.judge.vocabulary import ACCORDING, CLAUSE, DETERMINER, RELATIVE, ROLE, TO, Vocabulary
from factcheck.text.columns import Flags, Rows
from factcheck.text.lex import Tokens
from factcheck.text.tape import flags_of, is_folded, lowered

_STOPS: Final = flags_of(*map(ord, ",.;:"))
_COMMA: Final = ord(",")
_LONGEST: Final = 16
_TITLE_WITHIN: Final = 4
"""Tokens: an apposition without an article has a role, an institution or an age among its first few words."""
_ING: Final = int.from_bytes(b"ing".rjust(8, b"\0"), "little")
_BEFORE_ING: Final = np.uint64(8 * (8 - len("ing")))


def appositions(vocabulary: Vocabulary, names: Names, first: Rows, after: Rows, stop: Rows) -> Spans:
    """For sources in tokens `first` … `after` - 1 of sentences that end before `stop`: the tokens that say more.

    After a phrase in front (`According to Abara, the dam is safe.`) only a second comma makes it one.
    """
    article = names.article
    tokens, marks, bits = article.tokens, article.quotations.mark, vocabulary.bits
    found = Spans(none(len(first)), none(len(first)))
    at = rows_of(after + 1 < stop)
    at = at[tokens.lead.take(after.take(at)) == _COMMA]
    at = at[~marks.take(after.take(at) + 1)]
    if not len(at):
        return found
    start, limit = after.take(at) + 1, stop.take(at)
    rows = start[:, None] + np.arange(_LONGEST)
    beyond = rows >= limit[:, None]
    np.minimum(rows, len(tokens) - 1, out=rows)
    stops = beyond | _are_stops(vocabulary, tokens, rows) | marks.take(rows)
    length = np.where(stops.any(axis=1), stops.argmax(axis=1), _LONGEST)
    end = start + length
    number = bits.take(tokens.number.take(start))
    good = (length > 0) & (number & CLAUSE == 0) & ~_end_in_ing(tokens, start)
    fronted = _are_fronted(vocabulary, tokens, first.take(at))
    closed = (end < limit) & (tokens.lead.take(end, mode="clip") == _COMMA)
    good &= ~fronted | closed
    early = rows[:, :_TITLE_WITHIN]
    tells = (bits.take(tokens.number.take(early)) & ROLE > 0) | _are_numbers(tokens, early)
    tells &= np.arange(_TITLE_WITHIN) < length[:, None]
    good &= (number & DETERMINER > 0) | tells.any(axis=1) | names.are(start, end)
    at = at[good]
    found.first[at], found.end[at] = start[good], end[good]
    return found


def _are_stops(vocabulary: Vocabulary, tokens: Tokens, rows: Rows) -> Flags:
    """Whether an apposition ends before the token: a comma, a stop, a relative pronoun."""
    found: Flags = _STOPS.take(tokens.lead.take(rows)) & ~tokens.word.take(rows)
    relative = vocabulary.bits.take(tokens.number.take(rows)) & RELATIVE > 0
    if np.count_nonzero(relative):
        at = rows[relative]
        found[relative] = is_folded(tokens.tape, tokens.at.take(at), tokens.length.take(at))
    return found


def _are_fronted(vocabulary: Vocabulary, tokens: Tokens, first: Rows) -> Flags:
    """Whether the source's phrase opens the sentence, so that a comma after it ends the phrase."""
    to, according = np.maximum(first - 1, 0), np.maximum(first - 2, 0)
    bits = vocabulary.bits
    found: Flags = (first > 1) & (bits.take(tokens.number.take(to)) & TO > 0)
    found &= bits.take(tokens.number.take(according)) & ACCORDING > 0
    return found & (tokens.document.take(according) == tokens.document.take(first))


def _are_numbers(tokens: Tokens, rows: Rows) -> Flags:
    """Whether the token is a number in digits alone."""
    found: Flags = DIGIT.take(tokens.lead.take(rows)) & DIGIT.take(tokens.tail.take(rows))
    if np.count_nonzero(found):
        at = rows[found]
        found[found] = [tokens.text[tokens.start[row] : tokens.end[row]].isdecimal() for row in at.tolist()]
    return found


def _end_in_ing(tokens: Tokens, rows: Rows) -> Flags:
    """Whether the word ends in -ing."""
    length = tokens.length.take(rows)
    ending = lowered(tokens.tape, tokens.at.take(rows) + length - len("ing")) << _BEFORE_ING
    found: Flags = (ending == _ING) & (length >= len("ing"))
    for k in rows_of(is_attached(tokens, rows)).tolist():
        found[k] = word(tokens, rows[k]).endswith("ing")
    return found
