"""Who vouches: the sources that findings name, what they stand for, and who speaks a quotation."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.apposition import appositions
from factcheck.judge.hits import GIVEN, Hits
from factcheck.judge.kind import ANONYMOUS, PERSON, PRONOUN, Kinds
from factcheck.judge.mention import Mentions, Names, Spans
from factcheck.judge.phrase import is_attached, word
from factcheck.judge.repeat import Captured, Repeats
from factcheck.judge.rows import both, changes, rows_of, then
from factcheck.judge.vocabulary import OWN, OWNER, TRAILING, Vocabulary
from factcheck.language.program import KINDS, Program
from factcheck.text.article import Article
from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.lexicon import Lexicon
from factcheck.text.tape import APOSTROPHE, LETTER_APOSTROPHE, flags_of, is_folded

_GIVEN: Final = np.array([KINDS.index(kind) if kind else len(KINDS) for kind in GIVEN], np.uint8)
"""From what a capture says of the kind to its number; one more where it says nothing."""
_UNNAMED: Final = GIVEN.index("anonymous")
_NO_PLURALS: Final = ("ss", "'s", "us", "is")
_NO_PLURAL: Final = flags_of(*map(ord, "sSuUiI'"), APOSTROPHE, LETTER_APOSTROPHE)
"""What stands before the last s of these."""
_CASE: Final = np.uint8(0x20)
_BACK: Final = 2
"""Paragraphs before a quotation whose last speaker may speak on."""

Place = tuple[int, int]
"""Row of the first token and after the last."""


class Speaker(NamedTuple):
    """A source in the text: tokens `first` … `end` - 1 and its kind."""

    first: int
    end: int
    kind: str
    beside: Place | None = None
    """The tokens of the apposition: `, head of the water board`."""
    refers: Place | None = None
    """The tokens of the fuller name that a pronoun, a family name or `the minister` stands for."""


@dataclass(frozen=True, slots=True, eq=False)
class Speakers:
    """Columns over the sources of an article, one row each; -1 where a source has no such place."""

    first: Column
    end: Column
    kind: NDArray[np.uint8]
    """Which of `KINDS`."""
    beside_first: Column
    """The apposition: `, head of the water board`."""
    beside_end: Column
    refers_first: Column
    """The fuller name that a pronoun, a family name or `the minister` stands for."""
    refers_end: Column

    def __len__(self) -> int:
        return len(self.first)

    @property
    def identified(self) -> Flags:
        """Whether the article says who it is; a pronoun stands for somebody it has named."""
        return self.kind != ANONYMOUS

    def rows(self) -> list[Speaker]:
        """The sources one by one."""
        beside, refers = (self.beside_first, self.beside_end), (self.refers_first, self.refers_end)
        columns = (self.first, self.end, self.kind, *beside, *refers)
        return [
            Speaker(first, end, KINDS[kind], (a, b) if b >= 0 else None, (c, d) if d >= 0 else None)
            for first, end, kind, a, b, c, d in zip(*(column.tolist() for column in columns), strict=True)
        ]


@dataclass(frozen=True, slots=True, eq=False)
class Sources:
    """Who vouches: for each finding and each quotation its row among the `speakers`, or -1."""

    speakers: Speakers
    of: Column
    """For each finding: the source it captured; `we` in a quotation is its speaker."""
    named: Flags
    """For each finding: does it take its source for an unnamed one, though the text names it beside?"""
    of_quotation: Column

    def take(self, findings: Rows) -> "Sources":
        """Those of the findings with these row numbers, in the order of these."""
        return Sources(self.speakers, self.of.take(findings), self.named.take(findings), self.of_quotation)


class Speech:
    """Finds the sources of articles whose words are numbered by one lexicon."""

    def __init__(self, program: Program, lexicon: Lexicon) -> None:
        self.vocabulary = Vocabulary(program, lexicon)
        self.kinds = Kinds(self.vocabulary)

    def sources(self, article: Article, findings: Hits) -> Sources:
        """The sources of an article's findings and quotations."""
        captured = _captured(article, findings, self.vocabulary)
        return _Reading(self, article, findings, captured).sources()


class _Captured(NamedTuple):
    """The different sources that findings capture, in the order of the text."""

    first: Rows
    end: Rows
    given: NDArray[np.uint8]
    """The kind that the capture gives, by its number among `KINDS`; one more where it gives none."""
    sentence: Rows
    of: Rows
    """For each finding: which of these, or -1."""
    finding: Rows
    """Findings that capture a source,"""
    source: Rows
    """and which of these it is."""


def _captured(article: Article, findings: Hits, vocabulary: Vocabulary) -> _Captured:
    captures = findings.captures
    rows = captures.sources()
    first, end, hit = (column.take(rows) for column in (captures.first, captures.end, captures.hit))
    kind = captures.kind.take(rows)
    key = first.astype(np.int64) << 32 | (end - first) << 8 | kind
    order = key.argsort(kind="stable")
    ordered = key.take(order)
    new = changes(ordered)
    chosen = order[new]
    number = new.cumsum() - 1
    same = rows_of(ordered[new][1:] >> 8 == ordered[new][:-1] >> 8)
    if len(same):  # one place of several kinds: as the findings have them
        again = np.lexsort((chosen, ordered[new] >> 8))
        place = np.empty(len(again), np.intp)
        place[again] = np.arange(len(again))
        chosen, number = chosen.take(again), place.take(number)
    source = np.empty(len(key), np.intp)
    source[order] = number
    of = np.full(len(findings), -1)
    of[hit[::-1]] = source[::-1]
    first, end, kind = first.take(chosen), end.take(chosen), kind.take(chosen)
    end = _without_trailing(article, vocabulary, first, end)
    return _Captured(first, end, _GIVEN.take(kind), findings.sentence.take(hit.take(chosen)), of, hit, source)


def _without_trailing(article: Article, vocabulary: Vocabulary, first: Rows, end: Rows) -> Rows:
    """The ends of phrases before the words that a pattern may take in behind a source."""
    tokens = article.tokens
    end = end.copy()
    at = rows_of(end - first > 1)
    while len(at):
        last = end.take(at) - 1
        at = at[vocabulary.bits.take(tokens.number.take(last)) & TRAILING > 0]
        last = end.take(at) - 1
        at = at[is_folded(tokens.tape, tokens.at.take(last), tokens.length.take(last))]
        end[at] -= 1
        at = at[(end - first).take(at) > 1]
    return end


class _Reading:
    """One article's sources, column by column."""

    def __init__(self, speech: Speech, article: Article, findings: Hits, captured: _Captured) -> None:
        self.article, self.findings, self.captured = article, findings, captured
        self.vocabulary, self.kinds = speech.vocabulary, speech.kinds
        self.names = Names(article)
        self.mentions = Mentions(self.vocabulary, self.names)

    def sources(self) -> Sources:
        """All of them."""
        captured = self.captured
        count = len(captured.first)
        speaker, introduced = self._spoken()
        phrase = Spans(both(captured.first, introduced.first), both(captured.end, introduced.end))
        sentences = self.article.sentences
        sentence = both(captured.sentence, sentences.first.searchsorted(introduced.first, "right") - 1)
        kind, start, stop = self.kinds.of(self.article, *phrase, sentences.heading.take(sentence))
        refers = self.mentions.of(start, stop)
        found = captured.given.copy()
        told = rows_of(found == len(KINDS))
        found[told] = kind.take(told)
        person = rows_of(found == PERSON)
        found[person[self._are_people(start.take(person), stop.take(person))]] = ANONYMOUS
        spoken = rows_of(found != PRONOUN)
        beside = self._beside(spoken)
        unnamed = spoken[
            (found.take(spoken) == ANONYMOUS) & self.names.are(beside.first.take(spoken), beside.end.take(spoken))
        ]
        found[unnamed] = PERSON
        own = Spans(refers.first[:count].copy(), refers.end[:count].copy())
        own.first[found == PRONOUN] = own.end[found == PRONOUN] = -1
        repeats = Repeats(self.kinds, self.names)
        repeats.resolve(Captured(captured.first, captured.end, captured.sentence), found, own)
        speaker = self._speakers(found, speaker)
        none = np.full(len(introduced.first), -1)
        speakers = Speakers(
            phrase.first.astype(np.int32),
            phrase.end.astype(np.int32),
            both(found, kind[count:]),
            both(beside.first, none).astype(np.int32),
            both(beside.end, none).astype(np.int32),
            both(own.first, refers.first[count:]).astype(np.int32),
            both(own.end, refers.end[count:]).astype(np.int32),
        )
        return Sources(speakers, self._own_words(speaker), self._named(found), speaker.astype(np.int32))

    def _are_people(self, start: Rows, stop: Rows) -> Flags:
        """Whether a phrase is a plural without a name or an owner: `mediators`, `two ferry captains`."""
        tokens = self.article.tokens
        last = stop - 1
        attached = is_attached(tokens, last)
        tail = tokens.tail.take(last) | _CASE
        found = (tail == ord("s")) & ~attached
        before = tokens.tape.take(tokens.at.take(last) + tokens.length.take(last) - 2)
        found &= ~_NO_PLURAL.take(before) | (tokens.length.take(last) == 1)
        for k in rows_of(attached).tolist():
            noun = word(tokens, last[k])
            found[k] = noun.endswith("s") and not noun.endswith(_NO_PLURALS)
        found &= self.vocabulary.bits.take(tokens.number.take(start, mode="clip")) & OWNER == 0
        found &= ~self.names.holds_any(start, stop)
        return found

    def _beside(self, spoken: Rows) -> Spans:
        """The appositions of sources."""
        captured = self.captured
        size = len(captured.first)
        beside = Spans(np.full(size, -1), np.full(size, -1))
        first, end = captured.first.take(spoken), captured.end.take(spoken)
        stop = self.article.sentences.end.take(captured.sentence.take(spoken))
        found = appositions(self.vocabulary, self.names, first, end, stop)
        beside.first[spoken], beside.end[spoken] = found
        return beside

    def _named(self, kind: NDArray[np.uint8]) -> Flags:
        captured, captures = self.captured, self.findings.captures
        unnamed = captures.kind.take(captures.sources()) == _UNNAMED
        given = np.zeros(len(self.findings), np.bool_)
        given[captured.finding[unnamed]] = True
        at = rows_of(given)
        given[at] = kind.take(captured.of.take(at)) != ANONYMOUS
        return given

    def _own_words(self, speaker: Rows) -> Column:
        """For each finding its source; `we` in a quotation is its speaker."""
        captured, tokens = self.captured, self.article.tokens
        row = np.arange(len(captured.first))
        own = rows_of(self.vocabulary.bits.take(tokens.number.take(captured.first)) & OWN)
        own = own[(captured.end - captured.first).take(own) == 1]
        if len(own) and len(speaker):
            quotation = self.article.quotations.inside.take(captured.first.take(own))
            found = speaker.take(quotation, mode="clip")
            good = (quotation >= 0) & (found >= 0)
            row[own[good]] = found[good]
        return then(row, -1).take(captured.of).astype(np.int32)

    # ---- quotations ----

    def _spoken(self) -> tuple[Rows, Spans]:
        """For each quotation the source nearest to it outside: in a sentence it shares, or else in its paragraph.

        One that nothing closes may hold the words that name its speaker. For the others, -1, whom the words before are
        about, though no verb says that they speak.
        """
        quotations, sentences = self.article.quotations, self.article.sentences
        captured = self.captured
        finding = rows_of(captured.of >= 0)
        source = captured.of.take(finding)
        inside = quotations.inside.take(captured.first.take(source))
        outside = inside < 0
        open_ = np.zeros(len(quotations) + 1, np.bool_)
        open_[:-1] = ~quotations.mark.take(quotations.end - 1)
        within = ~outside & open_.take(inside)
        self.heard = (outside | within, finding, source)
        self.at = sentences.first.searchsorted(both(quotations.first, quotations.end - 1), "right") - 1
        count = len(quotations)
        first, last = self.at[:count], self.at[count:]
        named = source[outside]
        speaker = self._nearest(self.findings.sentence.take(finding[outside]), named, first, last)
        held = np.full(count, -1)
        held[inside[within][::-1]] = source[within][::-1]
        speaker = np.where(speaker >= 0, speaker, held)
        return speaker, self._introduced(rows_of(speaker < 0), first)

    def _nearest(self, sentence: Rows, source: Rows, first: Rows, last: Rows) -> Rows:
        """The nearest source in the paragraphs of sentences `first` to `last`."""
        if not len(sentence):
            return np.full(len(first), -1)
        paragraph = self.article.sentences.paragraph
        after = sentence.searchsorted(first)
        then = np.minimum(after, len(sentence) - 1)
        at = sentence.take(then)
        ahead = np.where(
            (after < len(sentence)) & (paragraph.take(at) <= paragraph.take(last)),
            np.maximum(at - last, 0),
            len(paragraph),
        )
        before = np.maximum(after - 1, 0)
        at = sentence.take(before)
        behind = np.where((after > 0) & (paragraph.take(at) == paragraph.take(first)), first - at, len(paragraph))
        before = sentence.searchsorted(at)  # the first of its sentence
        chosen = np.where(behind <= ahead, before, then)
        return np.where(np.minimum(behind, ahead) < len(paragraph), source.take(chosen), -1)

    def _introduced(self, quotation: Rows, sentence_of: Rows) -> Spans:
        """Whom the words before a quotation are about: a person who begins a sentence, or the name before a colon."""
        article, names = self.article, self.names
        sentences, quotations, tokens = article.sentences, article.quotations, article.tokens
        size = len(quotations)
        first, end = np.full(size, -1), np.full(size, -1)
        sentence = sentence_of.take(quotation)
        start, row = sentences.first.take(sentence), quotations.first.take(quotation)
        label = (row > start + 1) & (tokens.lead.take(np.maximum(row - 1, 0)) == ord(":"))
        label &= names.are(start, row - 1)
        at = quotation[label]
        first[at], end[at] = start[label], row[label] - 1
        before = np.maximum(sentence - 1, 0)
        subject = (sentence > 0) & (sentences.paragraph.take(before) == sentences.paragraph.take(sentence))
        begin = sentences.first.take(before)
        stop = names.end_at.take(begin)
        subject &= stop > begin
        at, begin, stop, before = quotation[subject], begin[subject], stop[subject], before[subject]
        kind, _, _ = self.kinds.of(article, begin, stop, sentences.heading.take(before))
        person = kind == PERSON
        at = at[person]
        first[at], end[at] = begin[person], stop[person]
        self.introduced = rows_of(first >= 0)
        return Spans(first.take(self.introduced), end.take(self.introduced))

    def _speakers(self, kind: NDArray[np.uint8], speaker: Rows) -> Rows:
        """For each quotation its speaker, those introduced behind all others; else the last one identified before."""
        speaker = speaker.copy()
        speaker[self.introduced] = len(kind) + np.arange(len(self.introduced))
        silent = rows_of(speaker < 0)
        heard, finding, source = self.heard
        heard = heard & (kind.take(source) != ANONYMOUS)
        sentence, source = self.findings.sentence.take(finding[heard]), source[heard]
        if len(silent) and len(sentence):
            sentences = self.article.sentences
            asked = self.at.take(silent)
            paragraph = sentences.paragraph.take(asked)
            last = sentences.paragraph.take(sentence).searchsorted(paragraph) - 1
            at = sentence.take(np.maximum(last, 0))
            good = (last >= 0) & (sentences.paragraph.take(at) >= paragraph - _BACK)
            good &= sentences.document.take(at) == sentences.document.take(asked)
            speaker[silent[good]] = source.take(last[good])
        return speaker
