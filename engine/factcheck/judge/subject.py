"""Whom and what sentences name first: names, and unnamed people and bodies as their subjects."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.kind import PERSON, PRONOUN, Kinds
from factcheck.judge.mention import Names, Spans
from factcheck.judge.phrase import spread
from factcheck.judge.vocabulary import DEFINITE, PLACE, ROLE
from factcheck.text.columns import Flags, Rows

LONGEST: Final = 4
"""Tokens of a subject that is no name."""
_NONE: Final = -1


class Subjects(NamedTuple):
    """What some sentences begin with, for 1 … `LONGEST` tokens: the place and its kind, -1 where that is no subject."""

    place: Spans
    kind: Rows


class Named(NamedTuple):
    """The names of some sentences that may speak, one row each, in order."""

    sentence: Rows
    """Which of the sentences."""
    first: Rows
    end: Rows
    kind: NDArray[np.uint8]
    outside: Flags
    """Whether it stands in no quotation."""


def read(kinds: Kinds, names: Names, sentences: Rows) -> tuple[Subjects, Named]:
    """What the sentences with these numbers name."""
    article, vocabulary = names.article, kinds.vocabulary
    tokens, columns, runs = article.tokens, article.sentences, article.names
    first, end = columns.first.take(sentences), columns.end.take(sentences)
    size = len(sentences)
    # Names
    begin, stop = runs.first.searchsorted(first), runs.first.searchsorted(end)
    inner = spread(begin, stop - begin)
    start = runs.first.take(inner.row)
    before = np.maximum(start - 1, 0)
    somewhere = vocabulary.bits.take(tokens.number.take(before)) & PLACE > 0
    somewhere &= (start > 0) & (tokens.document.take(before) == tokens.document.take(start))
    kept = np.flatnonzero(~somewhere)
    start, number, which = start.take(kept), inner.row.take(kept), inner.phrase.take(kept)
    close = runs.end.take(number)
    # Subjects
    prefix = np.repeat(first, LONGEST)
    until = (first[:, None] + np.arange(1, LONGEST + 1)).ravel()
    asked = np.flatnonzero((until <= np.repeat(end, LONGEST)) & ~names.are(prefix, until))
    prefix, until = prefix.take(asked), until.take(asked)
    heading = columns.heading.take(sentences)
    kind, _, _ = kinds.of(
        article,
        np.concatenate((start, prefix)),
        np.concatenate((close, until)),
        np.concatenate((heading.take(which), heading.take(asked // LONGEST))),
    )
    named = Named(which, start, close, kind[: len(start)], article.quotations.inside.take(start) < 0)
    own = kind[len(start) :]
    anybody = (own == PERSON) | (own == PRONOUN)
    called = anybody & (until - prefix > 1)
    called &= vocabulary.bits.take(tokens.number.take(prefix)) & DEFINITE > 0
    called &= vocabulary.bits.take(tokens.number.take(until - 1)) & ROLE > 0
    beside = names.beside(until)
    bare = ~called | (beside.first < 0)
    good = ~anybody | called
    at = asked[good]
    found = np.full((3, size * LONGEST), _NONE)
    found[:, at] = (
        np.where(bare, prefix, beside.first)[good],
        np.where(bare, until, beside.end)[good],
        own[good],
    )
    return Subjects(Spans(found[0], found[1]), found[2]), named
