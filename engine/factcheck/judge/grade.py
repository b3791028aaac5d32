"""Findings to levels: how firmly the text stands behind each sentence's main claim, and in whose name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.hits import Hits, Owned
from factcheck.judge.rank import (
    ASSERTED,
    ATTRIBUTED,
    CONFIDENCE,
    COUNTS_FROM,
    ESTABLISHED,
    NO_CLAIM,
    UNVERIFIED,
    Ranks,
)
from factcheck.judge.rows import before, changes, first_of, none, rows_of, spread, then
from factcheck.judge.signal import signals
from factcheck.judge.speaker import Sources, Speech
from factcheck.language.program import Level, Program
from factcheck.text.article import Article
from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.lexicon import Lexicon

Numbers = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Grades:
    """Columns over the sentences of an article."""

    level: Numbers
    """Which of `LEVELS`."""
    confidence: NDArray[np.float64]
    """NaN where there is no claim."""
    negative: Flags
    """Whether the finding that set the level is a firm no."""
    source: Column
    """Row among the speakers, or -1."""
    setting: Column
    """Row of the finding that set the level, or -1."""
    signals: NDArray[np.float64]
    """For each sentence those of the program, in its order."""

    def __len__(self) -> int:
        return len(self.level)


class Fate(StrEnum):
    """What becomes of a finding when the level is read, in words for people."""

    COUNTS = "counts"
    NOTE = "it is a note, and sets no level"
    HEDGE = "it is a note, and takes some confidence from a firm level"
    WEIGHT = f"its weight is below {COUNTS_FROM}"
    ASIDE = "it stands in an aside"
    QUOTED = "it stands in a quotation within the sentence"
    ESTABLISHED = "an established finding sets it aside"
    NO_CLAIM = "the sentence claims nothing"


FATES: Final = tuple(Fate)
_ROW: Final = 40
"""Bits of a row's number, below what decides before it."""
_STEPS: Final = 4
"""Marks that mostly stand before a word, at most."""
_ONE: Final = np.uint64(1)
_BASES: Final = np.array([UNVERIFIED, ATTRIBUTED, ASSERTED], np.uint8)
"""The level of the word of somebody not identified, of somebody identified, and the writer's own."""
_COUNTS, _NOTE, _HEDGE, _WEIGHT, _ASIDE, _QUOTED, _ESTABLISHED, _NO_CLAIM = range(len(FATES))


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Columns over findings: the level each stands for once its source is known, and what becomes of it."""

    level: Numbers
    """Which of `LEVELS`."""
    fate: Numbers
    """Which of `FATES`."""
    aside: Flags
    """Whether it stands in an aside,"""
    quoted: Flags
    """and whether in a quotation; the closing mark before `said Abara` does not."""


class Cases(NamedTuple):
    """Sentences to grade, each with some of its findings: all of an article, or one of them several times."""

    sentence: Rows
    of: Rows
    """For each finding: which of these it belongs to. Findings stand in the order of these."""


class Grader:
    """Grades articles whose words are numbered by one lexicon, which holds all words that the program names."""

    def __init__(self, program: Program, lexicon: Lexicon) -> None:
        self.ranks = Ranks(program)
        self._speech = Speech(program, lexicon)
        self._attributes = any(rule.level == Level.ATTRIBUTED for rule in program.rules)

    def sources(self, article: Article, findings: Hits) -> Sources:
        """Who vouches for the findings, and who speaks the quotations."""
        return self._speech.sources(article, findings)

    def grade(self, article: Article, findings: Hits, sources: Sources, cases: Cases | None = None) -> Grades:
        """One grade for each sentence, in order, or for each of the cases."""
        cases = cases or Cases(np.arange(len(article.sentences)), findings.sentence)
        quotation = quotations(article).take(cases.sentence)
        base = self.bases(sources, quotation)
        weighed = self.weighed(article, findings, sources, cases)
        level, setting = _lowest(weighed, cases, base, quotation)
        further = self._further(findings, weighed, cases, level)
        negative = then(self.ranks.negative.take(findings.rule), value=False).take(setting)
        return Grades(
            level=level,
            confidence=CONFIDENCE[level, further],
            negative=negative,
            source=self._sources(findings, sources, weighed, cases, (level, base, setting, quotation)),
            setting=setting.astype(np.int32),
            signals=signals(self.ranks, findings, cases.of, len(level)),
        )

    def bases(self, sources: Sources, quotation: Rows) -> Numbers:
        """The level of each sentence without any cue: the writer's own word, or what the speaker of `quotation` gives.

        Where no loaded rule tells who speaks, nobody is missed.
        """
        if not self._attributes:
            return np.full(len(quotation), _BASES[2])
        speaker = then(sources.of_quotation, -1).take(quotation)
        identified = then(sources.speakers.identified, value=False).take(speaker)
        return np.where(quotation < 0, _BASES[2], _BASES.take(identified))

    def weighed(self, article: Article, findings: Hits, sources: Sources, cases: Cases) -> Weighed:
        """What each finding does to the level of its sentence."""
        ranks, rule = self.ranks, findings.rule
        ruled = ranks.level.take(rule)
        level = ranks.counted.take(rule)
        unidentified = then(~sources.speakers.identified, value=False).take(sources.of)
        level[(ruled == ATTRIBUTED) & unidentified] = UNVERIFIED
        # `a neighbour, Ada Voss`: what the rule takes for nobody in particular has a name beside it.
        level[(ruled == UNVERIFIED) & sources.named] = ATTRIBUTED
        every = np.arange(len(findings))
        place = findings.first_owned(every)
        aside = article.asides.take(place)
        quoted = article.quotations.inside.take(_spoken(article, findings, place)) >= 0
        fate = np.zeros(len(findings), np.uint8)
        asks = rows_of((ruled == NO_CLAIM) & quoted)
        if len(asks):
            other = quotations(article).take(findings.sentence.take(asks)) < 0
            asks = asks[other]
            fate[asks[~_open(article, findings, asks)]] = _QUOTED
        fate[aside] = _ASIDE
        fate[ranks.light.take(rule)] = _WEIGHT
        note = ranks.note.take(rule)
        fate[note] = _NOTE
        # What stands in an aside says nothing of the main claim.
        fate[note & ~aside & ranks.softens.take(rule)] = _HEDGE
        _overrule(level, fate, quoted, cases)
        return Weighed(level, fate, aside, quoted)

    def _further(self, findings: Hits, weighed: Weighed, cases: Cases, level: Numbers) -> Rows:
        """How many cues move each level down in its band. On the same words, or beside in one pack, they are one.

        Those of a level below `attributed` are the cues that support it, beside the first; of a level from there up the
        notes that are hedges.
        """
        found = np.zeros(len(level), np.intp)
        reached = level.take(cases.of)
        firm = reached >= ATTRIBUTED
        counts = (weighed.fate == _COUNTS) & (weighed.level == reached) & ~firm
        counts |= (weighed.fate == _HEDGE) & firm
        at = rows_of(counts)
        if not len(at):
            return found
        case, first, end = cases.of.take(at), findings.first.take(at), findings.end.take(at)
        pack = self.ranks.pack.take(findings.rule.take(at))
        if ((first[1:] == first[:-1]) & (end[1:] == end[:-1]) & (case[1:] == case[:-1])).any():
            order = np.lexsort((pack, end, first, case))
            case, first, end, pack = (column.take(order) for column in (case, first, end, pack))
        begins = changes(case)
        number = rows_of(begins)
        # How far the cues before reach, each case beyond all tokens of the last, and the last one that reaches there.
        lift = begins.cumsum() * (int(end.max()) + 1)
        reach = before(np.maximum.accumulate(end + lift), -1)
        farthest = np.maximum.accumulate(np.where(end + lift >= reach, np.arange(len(at)), 0))
        beside = before(pack.take(farthest), -1)
        new = begins | (first + lift > reach) | ((first + lift == reach) & (pack != beside))
        found[case.take(number)] = np.add.reduceat(new, number, dtype=np.intp)
        found -= (found > 0) & (level < ATTRIBUTED)
        return np.minimum(found, CONFIDENCE.shape[1] - 1)

    def _sources(
        self,
        findings: Hits,
        sources: Sources,
        weighed: Weighed,
        cases: Cases,
        given: tuple[Numbers, Numbers, Rows, Rows],
    ) -> Column:
        """The source of the finding that set each level, or whoever tells of it, else the nearest one."""
        level, base, setting, quotation = given
        own = then(sources.of, -1).take(setting)
        speaker = then(sources.of_quotation, -1).take(quotation)
        quoted = then(weighed.quoted, value=False).take(setting)
        # Whoever is quoted names a source for what the speaker vouches for all the same.
        speaks = (setting >= 0) & (speaker >= 0) & quoted & (level == base)
        found = np.where(speaks | (own < 0), speaker, own)
        # `Abara said the mayor hopes to win`: the mayor hopes, and Abara vouches for it.
        at = rows_of((sources.of >= 0) & (weighed.fate == _COUNTS) & (weighed.level == ATTRIBUTED) & ~weighed.quoted)
        teller = first_of(cases.of.take(at), sources.of.take(at), len(level))
        told = (own >= 0) & (teller >= 0) & (level > UNVERIFIED) & (level < ATTRIBUTED)
        found[told] = teller[told]
        found = np.where(found < 0, teller, found)  # whoever says it, before whoever is only spoken of
        asks = found < 0
        at = rows_of((sources.of >= 0) & ~weighed.aside & ~weighed.quoted & asks.take(cases.of))
        # Whoever a rumour is about vouches for nothing: notes count where they share its words, as `Abara accused`.
        set_by = setting.take(cases.of.take(at))
        rumour = rows_of((set_by >= 0) & (level.take(cases.of.take(at)) == UNVERIFIED))
        rumour = rumour[self.ranks.note.take(findings.rule.take(at.take(rumour)))]
        one, other = at.take(rumour), set_by.take(rumour)
        shared = (findings.first.take(one) < findings.end.take(other)) & (
            findings.first.take(other) < findings.end.take(one)
        )
        if len(rumour):
            kept = np.ones(len(at), np.bool_)
            kept[rumour] = shared
            at = at[kept]
        other = first_of(cases.of.take(at), sources.of.take(at), len(level))
        return np.where(asks, other, found).astype(np.int32)


def quotations(article: Article) -> Rows:
    """For each sentence the quotation that holds it from its first word to its last, or -1."""
    tokens, sentences, spoken = article.tokens, article.sentences, article.quotations
    found = none(len(sentences))
    if not len(spoken):
        return found
    begin = sentences.first.searchsorted(spoken.first, "right") - 1
    stop = sentences.first.searchsorted(spoken.end - 1, "right")
    near = spread(begin, stop - begin).row
    first, end = sentences.first.take(near), sentences.end.take(near)
    start, last = _first_word(tokens.word, first, end, 1), _first_word(tokens.word, end - 1, first - 1, -1)
    wordless = start == end
    start[wordless] = last[wordless] = first[wordless]
    number = spoken.inside.take(start)
    found[near] = np.where(number == spoken.inside.take(last), number, -1)
    return found


def _first_word(word: Flags, rows: Rows, end: Rows, step: int) -> Rows:
    """The first word from each row on, before `end`; one step is taken after the other, for most are words."""
    found = rows.copy()
    todo = rows_of(~word.take(rows))
    for _ in range(_STEPS):
        if not len(todo):
            break
        found[todo] += step
        todo = todo[found.take(todo) != end.take(todo)]
        todo = todo[~word.take(found.take(todo))]
    if len(todo):
        words = rows_of(word)
        at = words.searchsorted(found.take(todo), "left" if step > 0 else "right") - (step < 0)
        near = then(words, end.max() if step > 0 else end.min()).take(at)
        limit = end.take(todo)
        found[todo] = np.minimum(near, limit) if step > 0 else np.maximum(near, limit)
    return found


def _spoken(article: Article, findings: Hits, place: Rows) -> Rows:
    """For each finding the first token that it owns and that is no mark of a quotation, else its first token.

    `place` has the first that each owns.
    """
    rows = rows_of(article.quotations.mark.take(place))
    if not len(rows):
        return place
    own = owned(findings, rows, ~article.quotations.mark)
    found = place.copy()
    found[rows] = np.where(own < 0, findings.first.take(rows), own)
    return found


def owned(findings: Hits, rows: Rows, wanted: Flags) -> Rows:
    """The first token that each of these findings owns, of those that are `wanted`; -1 where there is none."""
    found = findings.first_owned(rows)
    todo = rows_of(~wanted.take(found))
    if len(todo):
        sure = findings.sure_of(rows.take(todo))
        sure &= (sure ^ (sure + _ONE)) >> _ONE  # what is sure from the first token on, without a break
        found[todo] = _following(findings, rows.take(todo), sure, wanted)
        todo = todo[found.take(todo) < 0]
    if len(todo):
        found[todo] = _following(findings, rows.take(todo), findings.owned_of(rows.take(todo)), wanted)
    return found


def _following(findings: Hits, rows: Rows, masks: Owned, wanted: Flags) -> Rows:
    """The first of the tokens behind the first one of each mask that is wanted; -1 where there is none."""
    found, first = np.full(len(rows), -1), findings.first.take(rows)
    todo = np.arange(len(rows))
    left = masks & (masks - _ONE)
    while len(todo):
        todo, left = todo[left > 0], left[left > 0]
        rest = left & (left - _ONE)
        token = first.take(todo) + np.bitwise_count((left ^ rest) - _ONE)
        good = wanted.take(token)
        found[todo[good]] = token[good]
        todo, left = todo[~good], rest[~good]
    return found


def _open(article: Article, findings: Hits, rows: Rows) -> Flags:
    """Whether a cue opens a quotation that opens the sentence and is most of it: `“Look,” Abara told him.`."""
    tokens, sentences, inside = article.tokens, article.sentences, article.quotations.inside
    if not len(rows):
        return np.zeros(0, np.bool_)
    sentence = findings.sentence.take(rows)
    new = changes(sentence)
    first = sentences.first.take(sentence[new])
    size = sentences.end.take(sentence[new]) - first
    inner = spread(first, size)
    alike = inside.take(inner.row) == inside.take(first).repeat(size)
    most = 2 * np.add.reduceat(alike, inner.begin, dtype=np.int32) > size
    word = np.minimum.reduceat(np.where(tokens.word.take(inner.row), inner.row, len(tokens)), inner.begin)
    which = new.cumsum() - 1
    return most.take(which) & (word.take(which) == owned(findings, rows, tokens.word))


def _overrule(level: Numbers, fate: Numbers, quoted: Flags, cases: Cases) -> None:
    """Sets the fate of findings that one of no claim, or one that proves a claim, sets aside."""
    size = len(cases.sentence)
    counts = fate == _COUNTS
    proves = rows_of(counts & (level == ESTABLISHED))
    if len(proves):
        # What somebody quoted calls proven is still that speaker's word.
        proven, plainly = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
        proven[cases.of.take(proves)] = True
        plainly[cases.of.take(proves[~quoted[proves]])] = True
        at = rows_of(counts & (level == ATTRIBUTED))
        case = cases.of.take(at)
        fate[at[plainly.take(case) | (proven.take(case) & quoted.take(at))]] = _ESTABLISHED
    silences = rows_of(counts & (level == NO_CLAIM))
    if len(silences):
        silent = np.zeros(size, np.bool_)
        silent[cases.of.take(silences)] = True
        fate[counts & (level != NO_CLAIM) & silent.take(cases.of)] = _NO_CLAIM


def _lowest(weighed: Weighed, cases: Cases, base: Numbers, quotation: Rows) -> tuple[Numbers, Rows]:
    """The level of each sentence, and the finding that sets it, or -1.

    Of findings at the same level the writer's come first: in whose name they stand is the sentence's own matter.
    """
    at = rows_of(weighed.fate == _COUNTS)
    level, setting = base.copy(), none(len(base))
    if not len(at):
        return level, setting
    case, own = cases.of.take(at), weighed.level.take(at)
    key = own.astype(np.int64) * 2 + (weighed.quoted.take(at) & (own != NO_CLAIM)) << _ROW | at
    begin = rows_of(changes(case))
    case, key = case.take(begin), np.minimum.reduceat(key, begin)
    own = (key >> _ROW + 1).astype(np.uint8)
    lower = (quotation.take(case) < 0) | (own <= base.take(case)) | (own == NO_CLAIM)
    case = case[lower]
    level[case], setting[case] = own[lower], key[lower] & (1 << _ROW) - 1
    return level, setting
