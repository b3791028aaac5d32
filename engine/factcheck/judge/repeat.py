"""What a pronoun or `the woman` stands for: the last source that fits it, in its sentence or the five before."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.captured import Captured
from factcheck.judge.kind import ANONYMOUS, PERSON, PRONOUN, Kinds
from factcheck.judge.mention import Names, Spans
from factcheck.judge.phrase import hashes, heads
from factcheck.judge.rows import both, rows_of, then
from factcheck.judge.subject import CROWD, FITTING, Pronouns, Sought, crowded, named
from factcheck.judge.vocabulary import ANYBODY, DEFINITE, HE, IT, THEY
from factcheck.text.columns import Rows

_BACK: Final = 5
"""Sentences before its own in which the referent of a pronoun may stand."""
_CLASSES: Final = [tuple(rows_of(column).tolist()) for column in FITTING.T] + [()] * (256 - len(FITTING.T))
"""For each kind the classes of pronouns that stand for it."""
_UNNAMED: Final = (ANONYMOUS, CROWD)
_BITS: Final = 16
_LOW: Final = (1 << _BITS) - 1
_NOUN: Final = len(FITTING)
"""The class of what is no pronoun,"""
_ANY: Final = _NOUN + 1
"""and of nouns that any unnamed source may be called by."""


class _Asked(NamedTuple):
    """What may repeat a source, one row each, in order."""

    row: Rows
    group: Rows
    """Its class."""
    own: Rows
    """Its first token."""
    before: Rows
    """How many sources begin before it,"""
    last: Rows
    """and the last of these that fits it for certain, or -1."""
    sentence: Rows
    since: Rows
    """The first sentence that is looked at."""
    here: Rows
    """Number of the place named in its sentence, or -1;"""
    earlier: Rows
    """of the last one named before,"""
    earlier_at: Rows
    """and its sentence."""
    noun: Rows
    """A number for its noun."""


class Repeats:
    """Resolves what repeats a source in one article."""

    def __init__(self, kinds: Kinds, names: Names) -> None:
        self._vocabulary, self._kinds, self._names, self._article = kinds.vocabulary, kinds, names, names.article

    def resolve(self, sources: Captured, kind: NDArray[np.uint8], refers: Spans) -> None:
        """Sets the kind of those that stand for others, and what they refer to.

        A pronoun stands for the last source named that fits it, else for a name; in an earlier sentence for the first
        name, for that mostly is its subject. A noun with `the` may repeat an unnamed source.
        """
        tokens, bits = self._article.tokens, self._vocabulary.bits
        word = bits.take(tokens.number.take(sources.first))
        noun = (kind == PERSON) & (refers.end < 0) & (word & DEFINITE > 0) & (sources.end - sources.first > 1)
        group = np.where(noun, _NOUN, np.where(word & HE, 0, np.where(word & THEY, 1, 2)))
        row = rows_of(noun | (kind == PRONOUN) & (word & (HE | THEY | IT) > 0))
        if not len(row):
            return
        group = group.take(row)
        places = Spans(
            np.where(refers.end < 0, sources.first, refers.first), np.where(refers.end < 0, sources.end, refers.end)
        )
        fits = crowded(self._kinds, self._article, places, kind)
        asked = self._asked(sources, fits, row, group)
        kinds = kind
        at = rows_of(group < _NOUN)
        if len(at):
            found = self._named(sources, asked, at)
            number = np.where(found.end >= 0, len(kind) + np.arange(len(found.end)), -1)
            asked.here[at], asked.earlier[at] = number.reshape(2, -1)
            asked.earlier_at[at] = found.sentence
            places = Spans(both(places.first, found.first), both(places.end, found.end))
            fits = both(fits, crowded(self._kinds, self._article, Spans(found.first, found.end), found.kind))
            kinds = both(kind, found.kind)
        kept, nouns = self._nouns(sources, asked, places, kinds)
        if len(kept) < len(row):
            asked = _Asked(*(column.take(kept) for column in asked))
            asked.last[:] = _last(fits[: len(kind)], asked)
        stands = _walk(asked, sources.sentence.tolist(), fits.tolist(), nouns)
        changed, chosen = (np.array(list(rows), np.intp) for rows in (stands.keys(), stands.values()))
        kind[changed] = kinds.take(chosen)
        refers.first[changed], refers.end[changed] = places.first.take(chosen), places.end.take(chosen)

    def _nouns(
        self, sources: Captured, asked: _Asked, places: Spans, kinds: NDArray[np.uint8]
    ) -> tuple[Rows, list[int]]:
        """Which of those that ask can be answered, and the numbers of all places' nouns, where these are asked for.

        What is no pronoun may repeat an unnamed place: one that has its noun, or any for `the person`.
        """
        at = rows_of(asked.group == _NOUN)
        unnamed = rows_of((kinds == ANONYMOUS) & (places.end >= 0))
        pronouns = rows_of(asked.group < _NOUN)
        if not (len(at) and len(unnamed)):
            return pronouns, []
        tokens, bits = self._article.tokens, self._vocabulary.bits
        last = sources.end.take(asked.row.take(at)) - 1
        anybody = bits.take(tokens.number.take(last)) & ANYBODY > 0
        asked.group[at[anybody]] = _ANY
        low = hashes(tokens, both(last, self._noun_at(places, unnamed)))
        asked.noun[at] = low[: len(at)]
        low &= _LOW
        possible = np.zeros(1 << _BITS, np.bool_)
        possible[low[len(at) :]] = True
        good = rows_of(possible.take(low[: len(at)]) | anybody)
        if not len(good):
            return pronouns, []
        kept = both(pronouns, at.take(good))
        kept.sort()
        return kept, hashes(tokens, self._noun_at(places, np.arange(len(kinds)))).tolist()

    def _noun_at(self, places: Spans, rows: Rows) -> Rows:
        """The noun that says who, of some places; of no place any token."""
        _, stop = heads(self._vocabulary, self._article.tokens, places.first.take(rows), places.end.take(rows))
        return np.maximum(stop - 1, 0)

    def _asked(self, sources: Captured, kind: NDArray[np.uint8], row: Rows, group: Rows) -> _Asked:
        """What is known of those that ask before any of them is answered."""
        own, sentence = sources.first.take(row), sources.sentence.take(row)
        before = sources.first.searchsorted(own)
        document = self._article.sentences.document
        since = np.maximum(sentence - _BACK, document.searchsorted(document.take(sentence)))
        last, here, earlier, earlier_at, noun = np.full((5, len(row)), -1)
        asked = _Asked(row, group, own, before, last, sentence, since, here, earlier, earlier_at, noun)
        last[:] = _last(kind, asked)
        return asked

    def _named(self, sources: Captured, asked: _Asked, at: Rows) -> Sought:
        """What names may stand for the pronouns `at` these rows, in sentences after that of a source that fits."""
        nearest = then(sources.sentence, -1).take(asked.last.take(at))
        begin = np.maximum(nearest + 1, asked.since.take(at))
        pronouns = Pronouns(asked.group.take(at), asked.own.take(at), asked.sentence.take(at), begin)
        return named(self._kinds, self._names, pronouns)


def _last(kind: NDArray[np.uint8], asked: _Asked) -> Rows:
    """For each that asks the last source before it that fits and does not ask itself, or -1."""
    sure = FITTING.take(kind, axis=1)
    sure[:, asked.row] = False
    last = np.maximum.accumulate(np.where(sure, np.arange(len(kind)), -1), axis=1)
    return np.where(asked.before > 0, last[np.minimum(asked.group, _NOUN - 1), asked.before - 1], -1)


def _walk(asked: _Asked, sentence: list[int], kind: list[int], noun: list[int]) -> dict[int, int]:
    """Which sources stand for another place, and which: one walk, for that may be what a source before stands for.

    `kind` has the kinds of all places, those of the sources first, and `noun`, where nouns are asked for, numbers for
    their nouns.
    """
    place, stands = list(range(len(sentence))), list[int]()
    last, latest = dict.fromkeys(range(_NOUN), -1), dict[int, int]()
    answered, ready = list[int](), 0
    for row, group, _, before, sure, own, since, here, earlier, earlier_at, word in zip(
        *(column.tolist() for column in asked), strict=True
    ):
        if answered and answered[0] < before:  # those that begin with the same token are not before each other
            last.update((each, one) for one in answered for each in _CLASSES[kind[place[one]]])
            answered.clear()
        if group < _NOUN:
            found = max(sure, last[group])
            at = sentence[found] if found >= 0 else -1
            source = place[found] if at >= since else row
            found = here if at < own and here >= 0 else earlier if earlier_at > at and earlier_at >= since else source
        else:
            latest.update(zip(noun[ready:before], range(ready, before), strict=True))
            ready = before
            found = before - 1 if group == _ANY else latest.get(word, -1)
            unnamed = found >= 0 and sentence[found] >= since and kind[place[found]] in _UNNAMED
            found = place[found] if unnamed else row
        if found != row:
            place[row] = found
            if noun:
                noun[row] = noun[found]
            stands.append(row)
        answered.append(row)
    return {row: place[row] for row in stands}
