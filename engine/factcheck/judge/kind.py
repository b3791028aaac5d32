"""What kind of source a phrase names, told by its head: `Maria Gomez of the University` is a person."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.excerpt import Excerpt
from factcheck.judge.letters import CAPITAL, ENDS_IN_S, GLUE, LOWER, SMALL, STRANGE, UPPER, WRITTEN
from factcheck.judge.phrase import heads, is_attached, word
from factcheck.judge.rows import Spread, none, rows_of, spread
from factcheck.judge.vocabulary import (
    ARTICLE,
    BODY,
    CLOSER,
    IS_PRONOUN,
    LISTED,
    NOUN_END,
    ODD,
    OPENER,
    ROLE,
    Vocabulary,
)
from factcheck.language.program import KINDS
from factcheck.text.article import Article
from factcheck.text.columns import Flags, Rows
from factcheck.text.fold import fold, plain

Numbers = NDArray[np.uint8]

PERSON, INSTITUTION, _, _, _, ANONYMOUS, PRONOUN = range(len(KINDS))
_NONE: Final = 255
_TOLD: Final = np.array(
    [_NONE] + [KINDS.index(LISTED[(bits & -bits).bit_length() - 1]) for bits in range(1, 1 << len(LISTED))], np.uint8
)
"""From the bits of kinds to the first of them."""
_ANYBODY: Final = 1 << LISTED.index("anonymous")
_ASCII: Final = 0x80
_SHORT: Final = 3
_KEPT: Final = 50_000

Span = tuple[int, int, int]
"""A kind by its place in `LISTED`, and where its words start and stop in their phrase."""


class Kinds:
    """Tells the kinds of phrases."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._known: dict[tuple[str, bytes, bytes, bool], list[Span]] = {}

    def of(self, article: Article, first: Rows, end: Rows, heading: Flags) -> tuple[Numbers, Rows, Rows]:
        """The kind of each phrase, by its number among `KINDS`, and where its head stands.

        What is on no list is a person. `heading` says of each phrase whether it stands in a heading.
        """
        tokens, bits = article.tokens, self.vocabulary.bits
        start, stop = heads(self.vocabulary, tokens, first, end)
        size = stop - start
        inner = spread(start, size)
        numbers = tokens.number.take(inner.row)
        known = bits.take(numbers)
        listed = self._listed(article, inner, numbers, heading)
        last = np.zeros(len(first), np.uint8)
        some = rows_of(size > 0)
        last[some] = listed.take((inner.begin + size - 1).take(some))
        found = _TOLD.take(last)
        self._owned(article, stop - 1, found)
        title = self._titles(article, inner, (known, listed), found, stop)
        unknown = rows_of(found == _NONE)
        if len(unknown):
            inside = _TOLD.take(title.take(unknown))
            body = self._bodies(article, inner, start, stop, unknown)
            found[unknown] = np.where(inside != _NONE, inside, np.where(body, INSTITUTION, PERSON))
        self._longer(article, inner, known, (start, stop, heading, last, title), found)
        alone = rows_of(end - first == 1)
        alone = alone[bits.take(tokens.number.take(first.take(alone))) & IS_PRONOUN > 0]
        found[alone] = PRONOUN
        return found, start, stop

    def _listed(self, article: Article, inner: Spread, numbers: Rows, heading: Flags) -> Numbers:
        """For each token: the bits of the kinds that it stands for."""
        words, tokens = self.vocabulary, article.tokens
        found = words.free.take(numbers)
        cased = words.cased.take(numbers)
        at = rows_of(found | cased)
        row, number = inner.row.take(at), numbers.take(at)
        way = writings(article, row)
        free = (way == 0) | article.starts.take(row) | heading.take(inner.phrase.take(at))
        own = found.take(at) * free
        own |= words.written.ravel().take(number * 4 + way)
        for k in rows_of(way == ODD).tolist():
            form = plain(tokens.text[tokens.start[row[k]] : tokens.end[row[k]]])
            own[k] = words.of_form(form, free=bool(free[k]) or form == fold(form))
        found = np.zeros(len(numbers), np.uint8)
        found[at] = own
        return found

    def _owned(self, article: Article, last: Rows, found: Numbers) -> None:
        """Kinds of those whose belonging ends the phrase: `the council's`."""
        tokens = article.tokens
        likely = ENDS_IN_S.take(tokens.tail.take(last))
        if tokens.has_attached:
            likely |= is_attached(tokens, last)
        likely &= found == _NONE
        at = rows_of(likely)
        if not len(at):
            return
        row = last.take(at)
        before = tokens.tape.take(tokens.at.take(row) + tokens.length.take(row) - 2)
        at = at[GLUE.take(before) | is_attached(tokens, row)]
        for k in at.tolist():
            low = word(tokens, last[k])
            owner = low.removesuffix("'s")
            if owner != low:
                found[k] = self.vocabulary.owners.get(owner, PERSON)

    def _titles(
        self, article: Article, inner: Spread, bits: tuple[Rows, Numbers], found: Numbers, stop: Rows
    ) -> Numbers:
        """Bits of kinds whose words begin the proper name that ends the phrase: `Police Scotland`."""
        known, listed = bits
        title = np.zeros(len(stop), np.uint8)
        at = rows_of(listed & ~np.uint8(_ANYBODY))
        at = at[found.take(inner.phrase.take(at)) == _NONE]
        if not len(at):
            return title
        low = rows_of(~is_capital(article, inner.row))
        role = rows_of(known & ROLE > 0)
        phrase = inner.phrase.take(at)
        # The last of several values for one phrase stays.
        bar = none(len(stop))
        bar[inner.phrase.take(low)] = low
        good = at > bar.take(phrase)
        bar = none(len(stop))
        bar[inner.phrase.take(role)] = role
        good &= at >= bar.take(phrase)
        np.bitwise_or.at(title, phrase[good], listed.take(at[good]) & ~np.uint8(_ANYBODY))
        return title

    def _bodies(self, article: Article, inner: Spread, start: Rows, stop: Rows, names: Rows) -> Flags:
        """Whether these of the phrases name a body: `the W.H.O.`, `Grant & Lowe`, `the charity Open Water`."""
        tokens = article.tokens
        first, end = start.take(names), stop.take(names)
        last = end - 1
        body = self._are_called(article, first)
        joined = rows_of(tokens.lead.take(inner.row) == ord("&"))
        if len(joined):
            held = np.zeros(len(start), np.bool_)
            held[inner.phrase.take(joined)] = True
            body |= held.take(names)
        likely = ~(SMALL.take(tokens.lead.take(last)) | SMALL.take(tokens.tail.take(last)))
        likely &= (end - first < _SHORT) & (tokens.length.take(last) > 1)
        for k in rows_of(likely).tolist():
            row = last[k]
            letters = tokens.text[tokens.start[row] : tokens.end[row]].replace(".", "")
            body[k] |= len(letters) > 1 and letters.isalpha() and letters.isupper()
        return body

    def _are_called(self, article: Article, first: Rows) -> Flags:
        """Whether right before the name stands what it is: `the charity Open Water`, but no `to the police`."""
        tokens, starts = article.tokens, article.starts
        bits = self.vocabulary.bits
        found = np.zeros(len(first), np.bool_)
        at = rows_of(bits.take(tokens.number.take(np.maximum(first - 1, 0))) & BODY > 0)
        if not len(at):
            return found
        row = first.take(at)
        at = at[(row > 1) & ~starts.take(row - 1) & ~starts.take(row, mode="clip")]
        if not len(at):
            return found
        row = first.take(at)
        named = bits.take(tokens.number.take(row - 2)) & ARTICLE > 0
        named &= is_capital(article, row)
        far = np.maximum(row - 3, 0)
        beyond = (row < _SHORT) | (tokens.document.take(far) != tokens.document.take(row))
        named &= beyond | (bits.take(tokens.number.take(far)) & NOUN_END == 0)
        found[at] = named
        return found

    def _longer(
        self,
        article: Article,
        inner: Spread,
        known: Rows,
        given: tuple[Rows, Rows, Flags, Numbers, Numbers],
        found: Numbers,
    ) -> None:
        """Kinds told by several words, where they stand."""
        start, stop, heading, last, title = given
        at = rows_of(known & OPENER > 0)
        if not len(at):
            return
        closes = rows_of(known & CLOSER > 0)
        close = none(len(start))
        close[inner.phrase.take(closes)] = closes  # the last of several values for one phrase stays
        phrases = inner.phrase.take(at)
        phrases = phrases[at <= close.take(phrases)]
        for k in sorted(set(phrases.tolist())):
            first, end = int(start[k]), int(stop[k])
            spans = self._spans(article, first, end, heading=bool(heading[k]))
            if spans:
                own = [(n, end - first - 1, end - first) for n in range(len(LISTED)) if last[k] >> n & 1]
                found[k] = self._told(article, (first, end), spans + own, int(title[k]), int(found[k]))

    def _told(self, article: Article, phrase: tuple[int, int], spans: list[Span], title: int, otherwise: int) -> int:
        first, end = phrase
        heads_ = [(start, n) for n, start, stop in spans if stop == end - first]
        if heads_:
            return KINDS.index(LISTED[min(heads_)[1]])  # of two that end there the longer one knows more
        if word(article.tokens, end - 1).endswith("'s"):
            return otherwise
        rows = np.arange(first, end)
        capital = is_capital(article, rows)
        role = self.vocabulary.bits.take(article.tokens.number.take(rows)) & ROLE > 0
        for n, start, stop in spans:
            if LISTED[n] != "anonymous" and capital[start:].all() and not role[stop:].any():
                title |= 1 << n
        return int(_TOLD[title]) if title else otherwise

    def _spans(self, article: Article, first: int, end: int, *, heading: bool) -> list[Span]:
        """Where the lists' longer entries stand in a phrase."""
        tokens, words = article.tokens, self.vocabulary
        text = tokens.text[tokens.start[first] : tokens.end[end - 1]]
        key = (text, tokens.length[first:end].tobytes(), article.starts[first:end].tobytes(), heading)
        known = self._known.get(key)
        if known is None:
            reader = Excerpt(article, words.lists, first, end, free=heading)
            known = [
                (kind, *span)
                for at, opening in reader.fold.items()
                for kind, phrase in (*words.opening.get(opening, ()), *words.anywhere)
                for span in reader.spans(phrase, end - first, (at,))
            ]
            if words.alone:
                if len(self._known) >= _KEPT:
                    self._known.clear()
                self._known[key] = known
        return known


def writings(article: Article, rows: Rows) -> Numbers:
    """How each word is written, by its shape's number in the vocabulary; what its bytes cannot tell is odd."""
    tokens = article.tokens
    length = tokens.length.take(rows)
    bytes_of = spread(tokens.at.take(rows), length)
    begin, code = bytes_of.begin, tokens.tape.take(bytes_of.row)
    kind = WRITTEN.take(code)
    told = np.bitwise_or.reduceat(kind, begin)
    capital = kind & np.uint8(CAPITAL)
    found: Numbers = told & np.uint8(CAPITAL)
    several = rows_of(np.add.reduceat(capital, begin, dtype=np.int32) > capital.take(begin))
    found[several] = np.where(told.take(several) & LOWER, ODD, 2)
    found[told >= STRANGE] = ODD
    if tokens.has_attached:
        found[is_attached(tokens, rows)] = ODD
    return found


def is_capital(article: Article, rows: Rows) -> Flags:
    """Whether the token begins with a capital letter."""
    tokens = article.tokens
    lead = tokens.lead.take(rows)
    found = UPPER.take(lead)
    for k in rows_of(lead >= _ASCII).tolist():
        found[k] = tokens.text[tokens.start[rows[k]]].isupper()
    return found
