"""What a family name or a noun such as `the minister` stands for, where the article says."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.judge.phrase import hashes, joined
from factcheck.judge.rows import before as shifted
from factcheck.judge.rows import both, changes, none, rows_of, spread, then
from factcheck.judge.vocabulary import DEFINITE, ROLE, TITLE, Vocabulary
from factcheck.text.article import Article
from factcheck.text.columns import Column, Flags, Rows

_COMMA: Final = ord(",")
_TRIES: Final = 40
"""How many earlier mentions by the same word are looked at."""
_BITS: Final = 16
_LOW: Final = (1 << _BITS) - 1
_BESIDE: Final = 5
"""Tokens between a name and the noun that says what its bearer is."""


class Spans(NamedTuple):
    """A place for each of some phrases, -1 where there is none."""

    first: Rows
    end: Rows


class Names:
    """The names of an article, by token."""

    def __init__(self, article: Article) -> None:
        names, size = article.names, len(article.tokens)
        self.article = article
        self.end_at: Column = np.full(size + 2, -1, np.int32)
        """For each token: the row after the name that it begins, else -1."""
        self.end_at[names.first] = names.end
        self.first_before: Column = np.full(size + 2, -1, np.int32)
        """For each token: the first row of the name that ends before it, else -1."""
        self.first_before[names.end] = names.first

    def are(self, first: Rows, end: Rows) -> Flags:
        """Whether the tokens are one name, whole."""
        found: Flags = (self.end_at.take(first, mode="clip") == end) & (end > first)
        return found

    def of(self, rows: Rows) -> Rows:
        """The first row of the name that holds each token, else -1."""
        names = self.article.names
        if not len(names):
            return none(len(rows))
        number = np.maximum(names.first.searchsorted(rows, "right") - 1, 0)
        first = names.first.take(number)
        return np.where((first <= rows) & (names.end.take(number) > rows), first, -1)

    def holds_any(self, first: Rows, end: Rows) -> Flags:
        """Whether a token of the phrase is part of a name."""
        names = self.article.names
        number = names.end.searchsorted(first, "right")
        return then(names.first, len(self.article.tokens) + 1).take(number) < end

    def beside(self, rows: Rows) -> Spans:
        """The name between commas that begins behind each row: `The minister, Karl Brandt, left.`."""
        tokens = self.article.tokens
        first = rows + 1
        end = self.end_at.take(first, mode="clip")
        good = (end >= 0) & (first < len(tokens))
        good &= tokens.lead.take(rows, mode="clip") == _COMMA
        good &= (tokens.lead.take(end, mode="clip") == _COMMA) & (end < len(tokens))
        at = rows_of(good)
        document = tokens.document
        good[at] = document.take(rows.take(at) - 1) == document.take(end.take(at))
        return Spans(np.where(good, first, -1), np.where(good, end, -1))


class Mentions:
    """Looks up what phrases repeat."""

    def __init__(self, vocabulary: Vocabulary, names: Names) -> None:
        self.vocabulary, self.names, self.article = vocabulary, names, names.article

    def of(self, start: Rows, stop: Rows) -> Spans:
        """The fuller name that a family name or `the minister` repeats; the phrases are given by their heads."""
        first, end = none(len(start)), none(len(start))
        tokens, names = self.article.tokens, self.names
        begun = names.end_at.take(start, mode="clip")
        whole = rows_of((begun == stop) & (stop > start))
        if len(whole):
            found = self._fullest(start.take(whole), stop.take(whole))
            first[whole], end[whole] = found
        bits = self.vocabulary.bits
        noun = (stop - start > 1) & (begun != stop) & (names.first_before.take(stop) < 0)
        at = rows_of(noun)
        at = at[bits.take(tokens.number.take(start.take(at))) & DEFINITE > 0]
        at = at[bits.take(tokens.number.take(stop.take(at) - 1)) & ROLE > 0]
        if len(at):
            found = self._bearers(stop.take(at) - 1)
            first[at], end[at] = found
        return Spans(first, end)

    def _fullest(self, start: Rows, stop: Rows) -> Spans:
        """For each of these names the one before it that has more of the name; titles are none of it.

        `Mr Voss` and `Voss` are `Ada Voss`; without her `Voss` is `Mr Voss`.
        """
        words, names = self._words(), self.article.names
        titles = self._untitled(names.first, names.end) - names.first
        bare = words._replace(size=words.offset - titles.repeat(names.end - names.first))
        begin = self._untitled(start, stop)
        found = self._fuller(begin, stop, bare)
        left = rows_of((found.first < 0) & (begin == start))
        if len(left):
            found.first[left], found.end[left] = self._fuller(start.take(left), stop.take(left), words)
        return found

    def _untitled(self, first: Rows, end: Rows) -> Rows:
        """Where names begin behind their titles and roles; all of a name is none."""
        bits, number = self.vocabulary.bits, self.article.tokens.number
        begin = first.astype(np.intp)
        titled = rows_of(begin + 1 < end)
        while len(titled := titled[bits.take(number.take(begin.take(titled))) & (TITLE | ROLE) > 0]):
            begin[titled] += 1
            titled = titled[begin.take(titled) + 1 < end.take(titled)]
        return begin

    def _fuller(self, start: Rows, stop: Rows, words: "_Words") -> Spans:
        """The name before each of these that is longer and ends with it; none where two people have it."""
        size = stop - start
        at = words.row.searchsorted(stop - 1)
        near = words.last.take(at)
        asked_for = np.zeros(1 << _BITS, np.bool_)
        asked_for[near & _LOW] = True
        near = rows_of(asked_for.take(words.last & _LOW))
        rank = np.empty(len(words.row), np.intp)
        rank[near.take(words.last.take(near).argsort(kind="stable"))] = np.arange(len(near))
        groups = []
        for length in rows_of(np.bincount(size)).tolist():
            longer, asked = near[words.size.take(near) >= length], rows_of(size == length)
            place = np.concatenate((longer, at.take(asked)))
            key = words.last.take(place)
            for back in range(1, length):
                key = joined(key, words.hashed.take(place - back))
            groups.append((joined(key, length), place, place - length, both(none(len(longer)), asked)))
        key, place, before, asked = map(np.concatenate, zip(*groups, strict=True))
        order = np.lexsort((place, key))
        key, place, before, asked = (column.take(order) for column in (key, place, before, asked))
        query, found = self._last_longer(key, asked, before, rank.take(place), words)
        query, at = asked.take(query), place.take(found)
        first, end = none(len(size)), none(len(size))
        first[query] = words.row.take(at) - words.offset.take(at)
        end[query] = words.row.take(at) + 1
        return Spans(first, end)

    def _words(self) -> "_Words":
        """The tokens of all names."""
        names, tokens = self.article.names, self.article.tokens
        inner = spread(names.first, names.end - names.first)
        hashed = hashes(tokens, inner.row)
        last = joined(hashed, tokens.document.take(inner.row))
        offset = inner.row - names.first.take(inner.phrase)
        return _Words(inner.row, offset, offset, hashed, last)

    def _last_longer(self, key: Rows, asked: Rows, before: Rows, rank: Rows, words: "_Words") -> tuple[Rows, Rows]:
        """Of entries in order of their keys those that ask for a longer name, and the last one that has their key."""
        here = np.arange(len(key))
        begin = np.maximum.accumulate(np.where(changes(key), here, 0))
        longer = asked < 0
        query = rows_of(~longer)
        found = np.maximum.accumulate(np.where(longer, here, -1)).take(query)
        good = (found >= begin.take(query)) & (rank.take(query) - rank.take(found) <= _TRIES)
        query, found = query[good], found[good]
        # The words before the shared ones tell people apart; a title or a role does not.
        number = self.article.tokens.number.take(words.row.take(before, mode="clip"))
        untitled = longer & (self.vocabulary.bits.take(number) & (TITLE | ROLE) == 0)
        apart = rows_of(untitled)
        told = words.hashed.take(before.take(apart))
        other = none(len(key))
        differs = (told[1:] != told[:-1]) & (key.take(apart[1:]) == key.take(apart[:-1]))
        other[apart[1:]] = np.maximum.accumulate(np.where(differs, apart[:-1], -1))
        other = other.take(found)
        one = (other < begin.take(query)) | (rank.take(query) - rank.take(other) > _TRIES)
        return query[one], found[one]

    def _bearers(self, rows: Rows) -> Spans:
        """Whom the text called by this noun before: `Minister Karl Brandt`, `Karl Brandt, the fisheries minister`."""
        tokens = self.article.tokens
        asked = np.zeros(len(self.vocabulary.bits), np.bool_)
        asked[tokens.number.take(rows)] = True
        same = rows_of(asked.take(tokens.number))
        bearer = self._bearers_of(same)
        number = tokens.number.take(same).astype(np.int64) << 32 | tokens.document.take(same)
        order = number.argsort(kind="stable")
        ordered = number.take(order)
        here = np.arange(len(order))
        begin = np.maximum.accumulate(np.where(changes(ordered), here, 0))
        last = np.maximum.accumulate(np.where(bearer.first.take(order) >= 0, here, -1))
        place = np.empty(len(order), np.intp)
        place[order] = here
        at = place.take(same.searchsorted(rows))
        found = shifted(last, -1).take(at)  # that of the one before
        good = (found >= begin.take(at)) & (at - found <= _TRIES)
        found = order.take(np.maximum(found, 0))
        return Spans(*(np.where(good, column.take(found), -1) for column in bearer))

    def _bearers_of(self, rows: Rows) -> Spans:
        """For each noun the name beside it, if one says who bears it."""
        tokens, names = self.article.tokens, self.names
        document = tokens.document.take(rows)
        first, end = none(len(rows)), none(len(rows))
        # From the farthest to the nearest, which stays.
        for back in range(_BESIDE, 0, -1):
            near = rows - back
            at = rows_of((near >= 0) & (tokens.lead.take(near, mode="clip") == _COMMA))
            at = at[names.first_before.take(near.take(at)) >= 0]
            at = at[tokens.document.take(near.take(at)) == document.take(at)]
            first[at], end[at] = names.first_before.take(near.take(at)), near.take(at)
        own = names.of(rows)
        held = names.end_at.take(rows)
        for good, start, stop in (
            ((own == rows) & (held > rows + 1), rows, held),
            ((own >= 0) & (own != rows), none(len(rows)), none(len(rows))),
        ):
            first[good], end[good] = start[good], stop[good]
        beside = names.beside(rows + 1)
        at = rows_of(beside.first >= 0)
        first[at], end[at] = beside.first.take(at), beside.end.take(at)
        after = names.end_at.take(rows + 1)
        at = rows_of((after >= 0) & (tokens.document.take(rows + 1, mode="clip") == document))
        first[at], end[at] = rows.take(at) + 1, after.take(at)
        return Spans(first, end)


class _Words(NamedTuple):
    """Tokens of names."""

    row: Rows
    offset: Rows
    """How many tokens of the name stand before it."""
    size: Rows
    """How many of these count, where the length of names is compared."""
    hashed: Rows
    """A number for the word,"""
    last: Rows
    """and one for the word in its document."""
