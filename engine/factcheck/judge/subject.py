"""Whom and what sentences name first: names, and unnamed people and bodies as their subjects."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.kind import ANONYMOUS, PERSON, PRONOUN, Kinds
from factcheck.judge.letters import ENDS_IN_S, GLUE, SMALL
from factcheck.judge.mention import Names, Spans
from factcheck.judge.phrase import is_attached, several
from factcheck.judge.rows import both, rows_of, spread, then
from factcheck.judge.vocabulary import DEFINITE, PLACE, ROLE
from factcheck.language.program import KINDS
from factcheck.text.article import Article
from factcheck.text.columns import Flags, Rows
from factcheck.text.lex import Tokens

CROWD: Final = len(KINDS)
"""A kind beside the others, where it is asked whom a pronoun fits: unnamed people, and more than one."""
FITTING: Final = np.array(
    [
        [kind in kinds for kind in (*KINDS, "crowd")]
        for kinds in (
            ("person", "anonymous"),
            ("anonymous", "collective", "institution", "crowd"),
            ("institution", "publication", "document"),
        )
    ]
)
"""For each class of pronouns (he, they, it) the kinds that they stand for."""
_FITS: Final = np.ones((len(FITTING) + 1, CROWD + 2), np.bool_)
"""The same, then a class that any kind fits, and a kind that stands for none."""
_FITS[:-1, :-1] = FITTING
_FITS[:, -1] = False
_LONGEST: Final = 4
"""Tokens of a subject that is no name."""


class Pronouns(NamedTuple):
    """Pronouns that may stand for what sentences name, one row each."""

    group: Rows
    """Which of the classes."""
    row: Rows
    sentence: Rows
    begin: Rows
    """The first sentence that is looked at."""


class Sought(NamedTuple):
    """For each pronoun the place that its sentence names, then for each that of the last sentence before that has one.

    -1 where there is none.
    """

    first: Rows
    end: Rows
    kind: NDArray[np.uint8]
    sentence: Rows
    """The sentence before."""


class _Named(NamedTuple):
    """Places that sentences name: the names, then for each sentence a subject of 1 … `_LONGEST` tokens, or -1."""

    place: Spans
    kind: NDArray[np.uint8]
    """Of what is no subject any."""
    sentence: Rows
    """Which of the sentences a name is in,"""
    outside: Flags
    """and whether it stands in no quotation."""


def named(kinds: Kinds, names: Names, pronouns: Pronouns) -> Sought:
    """Whom pronouns may stand for by name.

    That is whom or what its sentence names first before it, else what the last sentence before names first.
    """
    group, row, sentence, begin = pronouns
    asks = begin <= sentence
    if not asks.any():
        none = np.full(2 * len(row), -1)
        return Sought(none, none, np.zeros(len(none), np.uint8), none[: len(row)])
    size = len(names.article.sentences) + 1
    depth = np.bincount(begin[asks], minlength=size) - np.bincount(sentence[asks] + 1, minlength=size)
    units = rows_of(depth.cumsum() > 0)
    unit = np.where(asks, units.searchsorted(sentence), -1)
    found = _read(kinds, names, units)
    (first, end), kind = found.place, then(found.kind, CROWD + 1)  # beyond the last place stands none
    subjects = np.arange(len(found.sentence), len(first)).reshape(-1, _LONGEST)
    told = first.take(subjects) >= 0
    quoted = names.article.quotations.inside.take(names.article.sentences.first.take(units)) >= 0
    told = np.stack((told & ~quoted[:, None], told))  # for pronouns outside of quotations, and for those inside
    fits = _FITS.take(then(crowded(kinds, names.article, found.place, found.kind), CROWD + 1), axis=1)
    lead, fitting = _firsts(found, fits, len(units))
    fits = fits[:-1]
    beyond = len(names.article.tokens) + 1
    first, end = then(first, beyond), then(end, beyond + 1)
    subject = np.stack([_longest(each, subjects) for each in told])
    leads = (first.take(subject) < first.take(lead))[:, None] & fits.take(subject, axis=1).swapaxes(0, 1)
    whole = np.where(leads, subject[:, None], fitting)
    inside = (names.article.quotations.inside.take(row) >= 0).astype(np.intp)
    # In its own sentence.
    near = np.arange(_LONGEST) < (row - names.article.sentences.first.take(sentence))[:, None]
    own = _longest(told[inside, unit] & near, subjects.take(unit, axis=0))
    before = lead[inside, unit]
    before = np.where(end.take(before) <= row, before, -1)
    leads = (first.take(own) < first.take(before)) & fits[group, own]
    before = fitting[inside, group, unit]
    here = np.where(leads, own, np.where(end.take(before) <= row, before, -1))
    # In those before.
    last = np.maximum.accumulate(np.where(whole >= 0, np.arange(len(units)), -1), axis=2)
    back = np.where(unit > 0, last[inside, group, np.maximum(unit - 1, 0)], -1)
    earlier = np.where(back >= 0, whole[inside, group, back], -1)
    at = np.where(back >= 0, units.take(back), -1)
    chosen = both(np.where(unit >= 0, here, -1), earlier)
    none = chosen < 0
    first, end = first.take(chosen), end.take(chosen)
    first[none] = end[none] = -1
    return Sought(first, end, kind.take(chosen), at)


def crowded(kinds: Kinds, article: Article, places: Spans, kind: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The kinds of places, with those of more than one unnamed told apart; a place may be none."""
    found = kind.copy()
    unnamed = rows_of((kind == ANONYMOUS) & (places.end >= 0))
    if len(unnamed):
        many = several(kinds.vocabulary, article.tokens, places.first.take(unnamed), places.end.take(unnamed))
        found[unnamed[many]] = CROWD
    return found


def _firsts(found: _Named, fits: Flags, size: int) -> tuple[Rows, Rows]:
    """In each of `size` sentences the first name, and for each class of pronouns the first that fits; -1 for none.

    Each of that in a pair: for pronouns outside of quotations, and for those inside, where names in quotations count.
    """
    count = len(found.sentence)
    table = np.full((2, len(fits), size), -1)
    group, back = fits[:, :count][:, ::-1].nonzero()
    place = count - 1 - back
    sentence = found.sentence.take(place)
    table[1, group, sentence] = place  # of several values for one sentence the last given stays
    outside = rows_of(found.outside.take(place))
    table[0, group.take(outside), sentence.take(outside)] = place.take(outside)
    return table[:, -1], table[:, :-1]


def _longest(told: Flags, places: Rows) -> Rows:
    """In each row the last of the places, which ascend, that is told, or -1."""
    found: Rows = np.maximum.reduce(np.where(told, places, -1), axis=1)
    return found


def _read(kinds: Kinds, names: Names, sentences: Rows) -> _Named:
    """What the sentences with these numbers name."""
    article, bits = names.article, kinds.vocabulary.bits
    tokens, heading = article.tokens, article.sentences.heading.take(sentences)
    first, end = article.sentences.first.take(sentences), article.sentences.end.take(sentences)
    which, start, close = _spoken(kinds, names, first, end)
    rows = first[:, None] + np.arange(_LONGEST)
    told = _tell(kinds, tokens, np.minimum(rows, len(tokens) - 1)) & (rows < end[:, None])
    asked = rows_of(told.ravel())
    opens, until = first.take(asked // _LONGEST), rows.ravel().take(asked) + 1
    named = rows_of(~names.are(opens, until))
    asked, opens, until = asked.take(named), opens.take(named), until.take(named)
    kind, _, _ = kinds.of(
        article,
        both(start, opens),
        both(close, until),
        both(heading.take(which), heading.take(asked // _LONGEST)),
    )
    own = kind[len(start) :]
    anybody = (own == PERSON) | (own == PRONOUN)
    called = rows_of(anybody & (until - opens > 1))
    called = called[bits.take(tokens.number.take(opens.take(called))) & DEFINITE > 0]
    called = called[bits.take(tokens.number.take(until.take(called) - 1)) & ROLE > 0]
    if len(called):
        anybody[called] = False
        beside = names.beside(until.take(called))
        apart = beside.first >= 0
        opens[called[apart]], until[called[apart]] = beside.first[apart], beside.end[apart]
    good = rows_of(~anybody)
    subject = np.full((3, len(sentences) * _LONGEST), -1)
    subject[:, asked.take(good)] = opens.take(good), until.take(good), own.take(good)
    return _Named(
        Spans(both(start, subject[0]), both(close, subject[1])),
        both(kind[: len(start)], np.maximum(subject[2], 0).astype(np.uint8)),
        which,
        article.quotations.inside.take(start) < 0,
    )


def _tell(kinds: Kinds, tokens: Tokens, rows: Rows) -> Flags:
    """Whether a subject that ends with the token can be anything but a person whom nobody knows by a name or a role.

    The tokens of each row are those of one sentence. Most sentences begin with nothing that a list has or that is
    written as the name of a body.
    """
    tail, lead = tokens.tail.take(rows), tokens.lead.take(rows)
    found = kinds.vocabulary.telling.take(tokens.number.take(rows))
    found |= ~(SMALL.take(tail) | SMALL.take(lead)) & tokens.word.take(rows)  # the W.H.O.
    found |= lead == ord("&")
    before = tokens.at.take(rows) + tokens.length.take(rows) - len("'s")
    found |= ENDS_IN_S.take(tail) & GLUE.take(tokens.tape.take(before))  # the council's
    if tokens.has_attached:
        found |= is_attached(tokens, rows)
    return np.logical_or.accumulate(found, axis=1)


def _spoken(kinds: Kinds, names: Names, first: Rows, end: Rows) -> tuple[Rows, Rows, Rows]:
    """The names in sentences that say no place: which sentence each is in, where it begins and ends."""
    tokens, runs = names.article.tokens, names.article.names
    begin = runs.first.searchsorted(first)
    inner = spread(begin, runs.first.searchsorted(end) - begin)
    start = runs.first.take(inner.row)
    before = np.maximum(start - 1, 0)
    somewhere = kinds.vocabulary.bits.take(tokens.number.take(before)) & PLACE > 0
    somewhere &= (start > 0) & (tokens.document.take(before) == tokens.document.take(start))
    kept = rows_of(~somewhere)
    return inner.phrase.take(kept), start.take(kept), runs.end.take(inner.row.take(kept))
