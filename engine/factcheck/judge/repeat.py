"""What a pronoun or `the woman` stands for: the last source that fits it, in its sentence or the five before."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge import subject
from factcheck.judge.kind import ANONYMOUS, PERSON, PRONOUN, Kinds
from factcheck.judge.mention import Names, Spans
from factcheck.judge.phrase import first_of, hashes, heads
from factcheck.judge.vocabulary import ANYBODY, DEFINITE, HE, IT, THEY, Vocabulary
from factcheck.language.program import KINDS
from factcheck.text.columns import Rows

_BACK: Final = 5
"""Sentences before its own in which a pronoun's referent may stand."""
_FITTING: Final = (
    (HE, ("person", "anonymous")),
    (THEY, ("anonymous", "collective", "institution")),
    (IT, ("institution", "publication", "document")),
)
"""For each class of pronouns the kinds they stand for."""
_FITS: Final = np.array([[kind in kinds for kind in KINDS] for _, kinds in _FITTING])
_CLASSES: Final = [tuple(np.flatnonzero(column).tolist()) for column in _FITS.T]
"""For each kind the classes of pronouns that stand for it."""


Found = tuple[int, int, int, int]
"""A place, its kind, and the number of its noun."""


class Captured(NamedTuple):
    """The sources of an article in the order of the text."""

    first: Rows
    end: Rows
    sentence: Rows


class Repeats:
    """Resolves what repeats a source."""

    def __init__(self, vocabulary: Vocabulary, kinds: Kinds, names: Names) -> None:
        self.vocabulary, self.kinds, self.names, self.article = vocabulary, kinds, names, names.article

    def resolve(self, sources: Captured, kind: NDArray[np.uint8], refers: Spans) -> None:
        """Sets the kind of those that stand for others, and what they refer to.

        A pronoun stands for the last source named that fits it, else for a name; in an earlier sentence for the first
        name, for that mostly is its subject. A noun with `the` may repeat an unnamed source.
        """
        tokens, bits = self.article.tokens, self.vocabulary.bits
        word = bits.take(tokens.number.take(sources.first))
        pronoun = (kind == PRONOUN) & (word & (HE | THEY | IT) > 0)
        noun = (kind == PERSON) & (refers.end < 0) & (sources.end - sources.first > 1) & (word & DEFINITE > 0)
        if not (pronoun.any() or noun.any()):
            return
        walk = _Walk(self, sources, kind, refers)
        nouns = np.flatnonzero(noun)
        walk.pronouns(np.flatnonzero(pronoun), word, nouns)
        walk.nouns(nouns)
        walk.run()
        changed = np.array(walk.changed, np.intp)
        kind[changed] = np.array(walk.kind, np.uint8).take(changed)
        refers.first[changed] = np.array(walk.first, np.int64).take(changed)
        refers.end[changed] = np.array(walk.end, np.int64).take(changed)

    def nouns(self, places: Spans) -> list[int]:
        """A number for the noun that says who, of each place; of no place any."""
        tokens = self.article.tokens
        _, stop = heads(self.vocabulary, tokens, *places)
        found: list[int] = hashes(tokens, np.maximum(stop - 1, 0)).tolist()
        return found


class _Walk:
    """One walk over the sources in the order of the text, for what a pronoun stands for may stand for something."""

    def __init__(self, repeats: Repeats, sources: Captured, kind: NDArray[np.uint8], refers: Spans) -> None:
        self.repeats, self.sources, self.kinds = repeats, sources, kind
        named = refers.end >= 0
        self.places = Spans(np.where(named, refers.first, sources.first), np.where(named, refers.end, sources.end))
        self.kind: list[int] = kind.tolist()
        self.first: list[int] = self.places.first.tolist()
        """Where what the source stands for begins,"""
        self.end: list[int] = self.places.end.tolist()
        """and ends."""
        self.noun: list[int] = []
        """A number for the noun in it, where nouns are asked for."""
        self.changed: list[int] = []
        self.asked: dict[int, tuple[int, ...]] = {}
        """By source: the class of the pronoun, or none, and what else is asked."""
        self.since = self._since(sources.sentence)

    def _since(self, sentence: Rows) -> Rows:
        """The first sentence that is looked at for each source."""
        document = self.repeats.article.sentences.document
        return np.maximum(sentence - _BACK, document.searchsorted(document.take(sentence)))

    def pronouns(self, rows: Rows, word: Rows, nouns: Rows) -> None:
        """Ask for what these stand for."""
        if not len(rows):
            return
        article, sources = self.repeats.article, self.sources
        group = np.where(word.take(rows) & HE, 0, np.where(word.take(rows) & THEY, 1, 2))
        sentence = sources.sentence.take(rows)
        unit, needed = self._needed(rows, group, sentence, nouns)
        outside = article.quotations.inside.take(sources.first.take(rows)) < 0
        before = sources.first.take(rows) - article.sentences.first.take(sentence)
        asked = zip(*(column.tolist() for column in (rows, group, unit, 1 - outside, before)), strict=True)
        self.asked.update({row: rest for row, *rest in asked})
        self.units = _Units(self.repeats, needed, nouns=bool(len(nouns)))

    def _needed(self, rows: Rows, group: Rows, sentence: Rows, nouns: Rows) -> tuple[Rows, Rows]:
        """For each pronoun which of the sentences returned is its own: those where a name may be what it stands for."""
        sources, size = self.sources, len(self.repeats.article.sentences)
        sure = _FITS.take(self.kinds, axis=1)
        sure[:, nouns] = False
        again = np.flatnonzero(sources.first[1:] == sources.first[:-1])
        sure[:, again] = False
        last = np.maximum.accumulate(np.where(sure, np.arange(len(self.kinds)), -1), axis=1)
        last = np.where(rows > 0, last[group, rows - 1], -1)
        begin = np.maximum(np.append(sources.sentence, -1).take(last) + 1, self.since.take(rows))
        asks = begin <= sentence
        change = np.bincount(begin[asks], minlength=size + 1) - np.bincount(sentence[asks] + 1, minlength=size + 1)
        needed = np.flatnonzero(change.cumsum())
        unit = needed.searchsorted(sentence)
        return np.where(asks, unit, -1), needed

    def nouns(self, rows: Rows) -> None:
        """Ask whether these repeat an unnamed source."""
        if not len(rows):
            return
        repeats, sources = self.repeats, self.sources
        tokens, bits = repeats.article.tokens, repeats.vocabulary.bits
        last = sources.end.take(rows) - 1
        anybody = bits.take(tokens.number.take(last)) & ANYBODY > 0
        asked = zip(rows.tolist(), anybody.tolist(), hashes(tokens, last).tolist(), strict=True)
        self.asked.update({row: (-1, any_, noun) for row, any_, noun in asked})
        self.noun = repeats.nouns(self.places)

    def run(self) -> None:
        """Answer in order."""
        sentence, since, own = self.sources.sentence.tolist(), self.since.tolist(), self.sources.first.tolist()
        kind, noun = self.kind, self.noun
        last, latest, ready = [-1, -1, -1], dict[int, int](), 0
        for row in sorted(self.asked):
            while own[ready] < own[row]:  # the sources before
                for group in _CLASSES[kind[ready]]:
                    last[group] = ready
                if noun:
                    latest[noun[ready]] = ready
                ready += 1
            group, *rest = self.asked[row]
            if group < 0:
                found = ready - 1 if rest[0] else latest.get(rest[1], -1)
                if found >= 0 and sentence[found] >= since[row] and kind[found] == ANONYMOUS:
                    self._stands(row, self.first[found], self.end[found], ANONYMOUS, noun[found])
                continue
            found = last[group]
            at = sentence[found] if found >= 0 else -1
            place = self._by_name(group, rest, own[row], max(since[row], at + 1)) if at < sentence[row] else None
            if place:
                self._stands(row, *place)
            elif at >= since[row]:
                self._stands(row, self.first[found], self.end[found], kind[found], noun[found] if noun else 0)

    def _by_name(self, group: int, asked: list[int], row: int, since: int) -> Found | None:
        """Whom or what a pronoun stands for that is named in its sentence, or in one from `since` on."""
        unit, inside, before = asked
        units = self.units
        if unit < 0:
            return None
        found = units.before(unit, row, before, group, inside)
        if found is None and unit:
            earlier = units.last[inside][group][unit - 1]
            if earlier >= 0 and units.sentence[earlier] >= since:
                found = units.place[units.whole[inside][group][earlier]]
        return found

    def _stands(self, row: int, first: int, end: int, kind: int, noun: int) -> None:
        self.first[row], self.end[row], self.kind[row] = first, end, kind
        if self.noun:
            self.noun[row] = noun
        self.changed.append(row)


class _Units:
    """Sentences, and whom and what each of them names first.

    By place: the names, then the subjects of 1 … `LONGEST` tokens of each sentence. What says something of pronouns
    outside of quotations and inside them, where names in quotations count, too, is kept in pairs.
    """

    def __init__(self, repeats: Repeats, sentences: Rows, *, nouns: bool) -> None:
        """`nouns` says whether the numbers of nouns are wanted."""
        subjects, named = subject.read(repeats.kinds, repeats.names, sentences)
        size, count = len(sentences), len(named.first)
        place = Spans(np.append(named.first, subjects.place.first), np.append(named.end, subjects.place.end))
        kind = np.append(named.kind, subjects.kind)
        numbers = repeats.nouns(place) if nouns else [0] * len(kind)
        self.sentence: list[int] = sentences.tolist()
        self.place: list[Found] = list(
            zip(place.first.tolist(), place.end.tolist(), kind.tolist(), numbers, strict=True)
        )
        self.names = count
        told = subjects.kind.reshape(-1, subject.LONGEST) >= 0
        longest = subject.LONGEST - 1 - told[:, ::-1].argmax(axis=1)
        begins = np.where(told.any(axis=1), count + np.arange(size) * subject.LONGEST + longest, -1)
        heard = (np.flatnonzero(named.outside), np.arange(count))
        first = np.array([first_of(named.sentence.take(rows), rows, size) for rows in heard])
        fits = _FITS.take(named.kind, axis=1)
        fitting = np.array([[self._first(named, rows[own.take(rows)], size) for own in fits] for rows in heard])
        start = np.append(place.first, len(repeats.article.tokens) + 1)
        leads = (begins >= 0) & (start.take(begins) < start.take(first))
        fits = np.append(_FITS.take(np.maximum(kind, 0), axis=1), [[False]] * len(_FITTING), axis=1)
        whole = np.where(leads[:, None] & fits.take(begins, axis=1), begins, fitting)
        self.told: list[bool] = told.ravel().tolist()
        self.first: list[list[int]] = first.tolist()
        self.fitting: list[list[list[int]]] = fitting.tolist()
        self.whole: list[list[list[int]]] = whole.tolist()
        self.last: list[list[list[int]]] = np.maximum.accumulate(
            np.where(whole >= 0, np.arange(size), -1), axis=2
        ).tolist()

    @staticmethod
    def _first(named: subject.Named, rows: Rows, size: int) -> Rows:
        return first_of(named.sentence.take(rows), rows, size)

    def before(self, unit: int, row: int, count: int, group: int, inside: int) -> Found | None:
        """Whom or what a sentence names before token `row`, `count` tokens from its first."""
        place = self.place
        first = self.first[inside][unit]
        start = place[first][0] if first >= 0 and place[first][1] <= row else row
        for length in range(min(count, subject.LONGEST) - 1, -1, -1):
            if self.told[unit * subject.LONGEST + length]:
                found = place[self.names + unit * subject.LONGEST + length]
                if found[0] < start and group in _CLASSES[found[2]]:
                    return found
                break
        fitting = self.fitting[inside][group][unit]
        return place[fitting] if fitting >= 0 and place[fitting][1] <= row else None
