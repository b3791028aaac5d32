"""Findings to levels: how firmly the text stands behind each sentence's main claim, and in whose name."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from factcheck.judge.hits import Hit, Hits, first_owned, owned_tokens
from factcheck.language.program import LADDER, NOTE, Level, Program, Rule
from factcheck.text.article import Article
from plain_speaker import Sources, Speaker

BANDS = {
    Level.UNVERIFIED: (0.00, 0.30),
    Level.POSSIBLE: (0.30, 0.55),
    Level.PROBABLE: (0.55, 0.70),
    Level.ATTRIBUTED: (0.70, 0.85),
    Level.ASSERTED: (0.85, 0.95),
    Level.ESTABLISHED: (0.95, 1.00),
}
"""The confidence each level can have, lower and upper edge."""

COUNTS_FROM = 0.5
"""Findings of less weight count for the signals, not for the level."""

_START = 0.9  # where in its band a level starts, from the lower edge
_STEP = 0.8  # what a further cue leaves of the way down to the lower edge
_RANK: dict[Level, int] = {level: rank for rank, level in enumerate(LADDER)}


@dataclass(frozen=True, slots=True)
class Grade:
    """The judgement on one sentence. `setting` is the finding that set the level, None when no cue did."""

    level: Level
    confidence: float | None
    polarity: str
    source: Speaker | None
    signals: dict[str, float]
    setting: Hit | None
    findings: tuple[Hit, ...]


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


class Weighed(NamedTuple):
    """A finding, the level it stands for once its source is known, and what becomes of it."""

    hit: Hit
    level: Level
    fate: Fate

    @property
    def counts(self) -> bool:
        """Whether the level is read from it."""
        return self.fate is Fate.COUNTS


def grade(program: Program, article: Article, findings: Hits) -> list[Grade]:
    """One grade for each sentence, in order."""
    rows = findings.rows()
    by_sentence: dict[int, list[Hit]] = defaultdict(list)
    for hit in rows:
        by_sentence[hit.sentence].append(hit)
    grader = Grader(program, article, rows)
    return [grader.sentence(s, by_sentence[s]) for s in range(len(article.sentences))]


class Grader:
    """Grades the sentences of one article."""

    def __init__(self, program: Program, article: Article, findings: Sequence[Hit]) -> None:
        self.program, self.article = program, article
        self.sources = Sources(program, article, findings)
        self.speakers = self.sources.speakers

    def sentence(self, sentence: int, findings: list[Hit]) -> Grade:
        """The grade of a sentence with these findings."""
        quotation = self.quotation(sentence)
        weighed = self.weighed(quotation, findings)
        counting = [one for one in weighed if one.counts]
        no_claim = [one.hit for one in counting if one.level is Level.NO_CLAIM]
        if no_claim:
            return self._grade(Level.NO_CLAIM, no_claim[:1], 0, quotation, findings)
        floor = [self.base(quotation)] if quotation is not None or not counting else []
        level = lowest([one.level for one in counting] + floor)
        # Of findings at the same level the writer's come first: in whose name they stand is the sentence's own matter.
        setting = sorted((one.hit for one in counting if one.level is level), key=self._is_quoted)
        firm = _RANK[level] >= _RANK[Level.ATTRIBUTED]
        hedges = [one.hit for one in weighed if one.fate is Fate.HEDGE]
        moving = hedges if firm else setting
        cues = _independent((hit.first, hit.end, self._rule(hit).pack) for hit in moving)
        return self._grade(level, setting[:1], cues if firm else max(0, cues - 1), quotation, findings)

    def weighed(self, quotation: int | None, findings: list[Hit]) -> list[Weighed]:
        """What each finding does to the level of a sentence that is all in `quotation`, or in none."""
        levels = [self._level(hit) for hit in findings]
        fates = [self._fate(hit, quotation) for hit in findings]
        counting = [
            (hit, level) for hit, level, fate in zip(findings, levels, fates, strict=True) if fate is Fate.COUNTS
        ]
        silent = any(level is Level.NO_CLAIM for _, level in counting)
        proven = [self._is_quoted(hit) for hit, level in counting if level is Level.ESTABLISHED]
        return [
            Weighed(hit, level, self._overruled(hit, level, proven, silent=silent) if fate is Fate.COUNTS else fate)
            for hit, level, fate in zip(findings, levels, fates, strict=True)
        ]

    def _fate(self, hit: Hit, quotation: int | None) -> Fate:
        rule = self._rule(hit)
        if rule.level == NOTE:
            return Fate.HEDGE if self._softens(hit) else Fate.NOTE
        if rule.weight < COUNTS_FROM:
            return Fate.WEIGHT
        if self.article.asides[first_owned(hit)]:
            return Fate.ASIDE
        own = rule.level != Level.NO_CLAIM or self._is_own(hit, quotation)
        return Fate.COUNTS if own else Fate.QUOTED

    def _overruled(self, hit: Hit, level: Level, proven: list[bool], *, silent: bool) -> Fate:
        """Whether a finding of no claim, or one of those that prove a claim (quoted or not), sets this one aside."""
        if silent:
            return Fate.COUNTS if level is Level.NO_CLAIM else Fate.NO_CLAIM
        # What somebody quoted calls proven is still that speaker's word.
        aside = level is Level.ATTRIBUTED and (False in proven or (bool(proven) and self._is_quoted(hit)))
        return Fate.ESTABLISHED if aside else Fate.COUNTS

    def _grade(
        self, level: Level, setting: list[Hit], further: int, quotation: int | None, findings: list[Hit]
    ) -> Grade:
        decisive = setting[0] if setting else None
        return Grade(
            level=level,
            confidence=confidence(level, further),
            polarity=self._rule(decisive).polarity if decisive else "positive",
            source=self._source(decisive, quotation, findings),
            signals=self.signals(findings),
            setting=decisive,
            findings=tuple(findings),
        )

    def _softens(self, hit: Hit) -> bool:
        """Whether it is a hedge of the main claim, which makes a firm sentence softer where it is a note."""
        rule = self._rule(hit)
        own = not self.article.asides[first_owned(hit)]
        return own and "hedge" in self.program.signals and "hedge" in (rule.pack, *(name for name, _ in rule.signals))

    def _rule(self, hit: Hit) -> Rule:
        return self.program.rules[hit.rule]

    def quotation(self, sentence: int) -> int | None:
        """The quotation that holds the sentence from its first word to its last, if one does."""
        article = self.article
        first, end = int(article.sentences.first[sentence]), int(article.sentences.end[sentence])
        words = [t for t in range(first, end) if article.tokens.word[t]] or [first]
        inside = article.quotations.inside
        number = int(inside[words[0]])
        return number if number >= 0 and inside[words[-1]] == number else None

    def _is_quoted(self, hit: Hit) -> bool:
        """Whether the cue stands in a quotation; the closing mark before `said Abara` does not."""
        quotations = self.article.quotations
        at = next((row for row in owned_tokens(hit) if not quotations.mark[row]), hit.first)
        return bool(quotations.inside[at] >= 0)

    def _is_own(self, hit: Hit, quotation: int | None) -> bool:
        """Whether the cue is the sentence's own and not that of a quotation within it."""
        return quotation is not None or not self._is_quoted(hit) or self._opens(hit)

    def _opens(self, hit: Hit) -> bool:
        """Whether the cue opens a quotation that opens the sentence and is most of it: `“Look,” Abara told him.`."""
        first, end = (
            int(column[hit.sentence]) for column in (self.article.sentences.first, self.article.sentences.end)
        )
        inside = self.article.quotations.inside[first:end]
        at = next(row for row in owned_tokens(hit) if self.article.tokens.word[row])
        most = 2 * int((inside == inside[0]).sum()) > len(inside)
        return most and not self.article.tokens.word[first:at].any()

    def _level(self, hit: Hit) -> Level:
        """What the finding says of the sentence; a note says nothing against the writer's own word."""
        rule = self._rule(hit)
        level = Level.ASSERTED if rule.level == NOTE else Level(rule.level)
        source = self.sources.of(hit)
        if source is None:
            return level
        if level is Level.ATTRIBUTED and not source.identified:
            return Level.UNVERIFIED
        # `a neighbour, Ada Voss`: what the rule takes for nobody in particular has a name beside it.
        return Level.ATTRIBUTED if rule.level == Level.UNVERIFIED and self.sources.is_named(hit) else level

    def base(self, quotation: int | None) -> Level:
        """The level without any cue: the writer's own word, or what a quotation's speaker gives."""
        if quotation is None:
            return Level.ASSERTED
        speaker = self.speakers[quotation]
        return Level.ATTRIBUTED if speaker and speaker.identified else Level.UNVERIFIED

    def _source(self, setting: Hit | None, quotation: int | None, findings: list[Hit]) -> Speaker | None:
        """The source of the finding that set the level, or whoever tells of it, else the nearest one."""
        own = self.sources.of(setting) if setting else None
        speaker = self.speakers[quotation] if quotation is not None else None
        if setting and speaker and self._level(setting) is self.base(quotation) and self._is_quoted(setting):
            return speaker  # whoever is quoted names a source for what the speaker vouches for all the same
        counting = (one for one in self.weighed(quotation, findings) if one.counts and not self._is_quoted(one.hit))
        tells = next((s for w in counting if w.level is Level.ATTRIBUTED and (s := self.sources.of(w.hit))), None)
        if setting and own and self._level(setting) in (Level.POSSIBLE, Level.PROBABLE):
            own = tells or own  # `Abara said the mayor hopes to win`: the mayor hopes, and Abara vouches for it.
        if setting and self._level(setting) is Level.UNVERIFIED:
            # Whoever a rumour is about vouches for nothing: notes count where they share its words, as `Abara accused`.
            findings = [h for h in findings if self._rule(h).level != NOTE or _overlap(h, setting)]
        beside = (h for h in findings if not self.article.asides[first_owned(h)] and not self._is_quoted(h))
        others = (source for h in beside if (source := self.sources.of(h)))
        return own or speaker or tells or next(others, None)  # whoever is only spoken of comes last

    def signals(self, findings: list[Hit]) -> dict[str, float]:
        """For each signal the probability that its phenomenon is present: 1 minus the product of the misses."""
        raised: dict[str, list[tuple[float, int, int]]] = {name: [] for name in self.program.signals}
        for hit in findings:
            rule = self._rule(hit)
            for name, weight in ((rule.pack, rule.weight), *rule.signals):
                if name in raised:
                    raised[name].append((weight, hit.first, hit.end))
        return {name: noisy_or(cues) for name, cues in raised.items()}


def lowest(levels: Iterable[Level]) -> Level:
    """The level of least confidence among them."""
    return min(levels, key=lambda level: _RANK[level])


def confidence(level: Level, further: int) -> float | None:
    """The confidence of a level in its band, which `further` cues have moved down; None for no-claim."""
    if level is Level.NO_CLAIM:
        return None
    low, high = BANDS[level]
    return round(low + _START * (high - low) * _STEP**further, 4)


def _overlap(one: Hit, other: Hit) -> bool:
    return one.first < other.end and other.first < one.end


def _independent(cues: Iterable[tuple[int, int, str]]) -> int:
    """How many cues these (first, end, pack) are. On the same words, or side by side in one pack, they are one."""
    count, reach, beside = 0, -1, ""
    for first, end, pack in sorted(cues):
        count += first > reach or (first == reach and pack != beside)
        if end >= reach:
            reach, beside = end, pack
    return count


def noisy_or(cues: Iterable[tuple[float, int, int]]) -> float:
    """The chance that one or more of the cues (weight, first, end) are right; the stronger of two that overlap."""
    missed = 1.0
    starts: list[int] = []
    ends: list[int] = []
    for weight, first, end in sorted(cues, key=lambda c: (-c[0], c[1])):
        at = bisect_left(starts, first)
        if (at and ends[at - 1] > first) or (at < len(starts) and starts[at] < end):
            continue
        starts.insert(at, first)
        ends.insert(at, end)
        missed *= 1 - weight
    return round(1 - missed, 4)
