"""Who vouches: the sources that findings name, what they stand for, and who speaks a quotation."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.apposition import appositions
from factcheck.judge.captured import UNKNOWN, Captured, capture
from factcheck.judge.hits import GIVEN, Hits
from factcheck.judge.kind import ANONYMOUS, PERSON, PRONOUN, Kinds
from factcheck.judge.mention import Mentions, Names, Spans
from factcheck.judge.phrase import plural, word
from factcheck.judge.repeat import Repeats
from factcheck.judge.rows import both, none, rows_of, then
from factcheck.judge.spoken import Spoken
from factcheck.judge.vocabulary import AGENTS, INDEFINITE, OWN, OWNER, ROLE, Vocabulary
from factcheck.language.program import KINDS, Program
from factcheck.text.article import Article
from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.lexicon import Lexicon

_COMMA: Final = ord(",")
_UNNAMED: Final = GIVEN.index("anonymous")
"""What stands before the last s of these."""
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
        captured = capture(article, findings, self.vocabulary)
        return _Reading(self, article, findings, captured).sources()


class _Reading:
    """One article's sources, column by column."""

    def __init__(self, speech: Speech, article: Article, findings: Hits, captured: Captured) -> None:
        self.article, self.findings, self.captured = article, findings, captured
        self.vocabulary, self.kinds = speech.vocabulary, speech.kinds
        self.names = Names(article)
        self.mentions = Mentions(self.vocabulary, self.names)

    def sources(self) -> Sources:
        """All of them."""
        captured, count = self.captured, len(self.captured.first)
        spoken = Spoken(self.names, self.findings, captured)
        phrase = Spans(both(captured.first, spoken.candidates.first), both(captured.end, spoken.candidates.end))
        heading = self.article.sentences.heading.take(both(captured.sentence, spoken.at))
        kinds, start, stop = self.kinds.of(self.article, *phrase, heading)
        refers = self.mentions.of(start, stop)
        kind, beside = self._told(kinds, start, stop)
        own = Spans(refers.first[:count], refers.end[:count])
        pronoun = rows_of(kind == PRONOUN)
        own.first[pronoun] = own.end[pronoun] = -1
        Repeats(self.kinds, self.names).resolve(captured, kind, own)
        speaker, introduced = spoken.speakers(kind, kinds[count:])
        introduced += count
        none = np.full(len(introduced), -1, np.int32)
        speakers = Speakers(
            _with(phrase.first[:count], phrase.first.take(introduced)),
            _with(phrase.end[:count], phrase.end.take(introduced)),
            both(kind, kinds.take(introduced)),
            _with(beside.first, none),
            _with(beside.end, none),
            _with(own.first, refers.first.take(introduced)),
            _with(own.end, refers.end.take(introduced)),
        )
        return Sources(speakers, self._own_words(speaker), self._named(kind), speaker.astype(np.int32))

    def _told(self, kinds: NDArray[np.uint8], start: Rows, stop: Rows) -> tuple[NDArray[np.uint8], Spans]:
        """The kind of each source as it and what stands beside it tell, and where that stands."""
        kind = self.captured.given.copy()
        told = rows_of(kind == UNKNOWN)
        kind[told] = kinds.take(told)
        person = rows_of(kind == PERSON)
        kind[person[self._are_people(start.take(person), stop.take(person))]] = ANONYMOUS
        beside = self._beside(rows_of(kind != PRONOUN))
        unnamed = rows_of(kind == ANONYMOUS)
        named = self.names.are(beside.first, beside.end).take(unnamed)  # a neighbour, Ada Voss
        named |= self._follow_names(start.take(unnamed))  # Ada Voss, a neighbour
        kind[unnamed[named]] = PERSON
        return kind, beside

    def _are_people(self, start: Rows, stop: Rows) -> Flags:
        """Whether a phrase is a plural without a name or an owner, or an indefinite one whose noun is what people do.

        `Mediators`, `two ferry captains`, `a captain`, `a Lundby lamplighter`.
        """
        tokens = self.article.tokens
        bits = self.vocabulary.bits.take(tokens.number.take(start, mode="clip"))
        found = plural(tokens, stop - 1)
        found &= bits & OWNER == 0
        found &= ~self.names.holds_any(start, stop)
        one = rows_of((bits & INDEFINITE > 0) & (stop - start > 1) & ~self.names.holds_any(stop - 1, stop))
        last = stop.take(one) - 1
        acts = self.vocabulary.bits.take(tokens.number.take(last)) & ROLE > 0
        acts |= np.array([word(tokens, row).endswith(AGENTS) for row in last.tolist()], np.bool_)
        found[one] |= acts
        return found

    def _follow_names(self, start: Rows) -> Flags:
        """Whether an indefinite phrase stands behind a comma and a name that begins its sentence or a part of it."""
        tokens, bits = self.article.tokens, self.vocabulary.bits
        found = bits.take(tokens.number.take(start)) & INDEFINITE > 0
        found &= (start > 1) & (tokens.lead.take(np.maximum(start - 1, 0)) == _COMMA)
        name = self.names.first_before.take(np.maximum(start - 1, 0))
        found &= name >= 0
        at = rows_of(found)
        name, first = name.take(at), self.article.sentences.first_of(start.take(at))
        found[at] = (name == first) | ((name > first) & (tokens.lead.take(name - 1) == _COMMA))
        return found

    def _beside(self, spoken: Rows) -> Spans:
        """The appositions of sources."""
        captured = self.captured
        size = len(captured.first)
        beside = Spans(none(size), none(size))
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
        own = rows_of(self.vocabulary.bits.take(tokens.number.take(captured.first)) & OWN > 0)
        own = own[(captured.end - captured.first).take(own) == 1]
        if len(own) and len(speaker):
            quotation = self.article.quotations.inside.take(captured.first.take(own))
            found = speaker.take(quotation, mode="clip")
            good = (quotation >= 0) & (found >= 0)
            row[own[good]] = found[good]
        return then(row, -1).take(captured.of).astype(np.int32)


def _with(column: Rows, more: Rows) -> Column:
    found = np.empty(len(column) + len(more), np.int32)
    found[: len(column)] = column
    found[len(column) :] = more
    return found
