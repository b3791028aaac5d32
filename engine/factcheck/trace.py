"""One rule on some sentences, stage by stage: how its patterns match, what becomes of each hit, what that changes."""

from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Final, NamedTuple

import numpy as np

from factcheck.document import Sentence, Silenced, Weighed
from factcheck.explanation import Maker, Numbering, numbering, standing
from factcheck.graded import Graded
from factcheck.judge.account import Account, Judged, accounts
from factcheck.judge.hits import Hit, Role, first_owned
from factcheck.judge.nearest import nearest
from factcheck.judge.reference import Exhausted, Reader, rule_patterns
from factcheck.judge.rows import rows_of
from factcheck.judge.silence import Silences, by_sentence
from factcheck.language.pattern import Pattern
from factcheck.language.program import LEVELS, MARKED
from factcheck.origins import Line, Origins
from factcheck.scan import Scanner
from factcheck.span import Span
from factcheck.text.columns import Flags
from factcheck.text.segment import Mode

_STEPS: Final = 1_000_000
"""Of the reader, for the patterns of a rule on one sentence."""
_FIELDS: Final = {Role.MATCH: "match", Role.EXCEPT: "except", Role.UNLESS: "unless"}
"""What the lines of each role begin with."""
PLACES: Final = {
    "quote": "in a quotation",
    "aside": "in an aside",
    "question": "in a question",
    "heading": "in a heading",
    "caption": "in a caption",
    "code": "in code",
    "mail": "in quoted mail",
}
"""Where words can stand that conditions ask for."""


class Words(NamedTuple):
    """Some words of the text."""

    span: Span
    text: str

    def to_record(self) -> dict[str, Any]:
        """As JSON has it."""
        return {"start": self.span.start, "end": self.span.end, "text": self.text}


class Attempt(NamedTuple):
    """A pattern on the sentence: where it is written, what it matches or, where that is nothing, how near it comes."""

    field: str
    line: str
    pattern: str
    matches: tuple[Words, ...]
    nearest: str

    def to_record(self) -> dict[str, Any]:
        """As JSON has it."""
        found = [one.to_record() for one in self.matches]
        head = {"field": self.field, "line": self.line, "pattern": self.pattern}
        return {**head, "matches": found, "nearest": self.nearest}


class Condition(NamedTuple):
    """A `when` at a hit: where it is written, and whether it holds."""

    line: str
    text: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Traced:
    """A hit of the rule: its words, where they stand, its conditions there, and what becomes of it.

    It is `silenced`, or a finding that is `weighed`.
    """

    words: Words
    places: tuple[str, ...]
    conditions: tuple[Condition, ...]
    silenced: Silenced | None
    weighed: Weighed | None

    def to_record(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            **self.words.to_record(),
            "places": list(self.places),
            "conditions": [one._asdict() for one in self.conditions],
            "silenced": self.silenced.to_record() if self.silenced else None,
            "finding": self.weighed.to_record() if self.weighed else None,
        }


@dataclass(frozen=True, slots=True)
class Trace:
    """All that a rule does on a sentence."""

    sentence: Sentence
    line: int
    rule: str
    words: tuple[str, ...]
    """The words and marks as patterns see them,"""
    runs: tuple[tuple[str, str], ...]
    """and the names, numbers and the like that some are part of, by kind."""
    attempts: tuple[Attempt, ...]
    """Each `match`, `except` and `unless`."""
    hits: tuple[Traced, ...]
    without: str
    """The level that the sentence would have if the rule were switched off."""

    def to_record(self, document: str) -> dict[str, Any]:
        """The sentence's record, and beside it what the rule does."""
        return {
            **self.sentence.to_record(document),
            "line": self.line,
            "rule": self.rule,
            "words": list(self.words),
            "runs": [{"kind": kind, "text": text} for kind, text in self.runs],
            "patterns": [one.to_record() for one in self.attempts],
            "hits": [one.to_record() for one in self.hits],
            "without_rule": self.without,
        }


def trace(  # noqa: PLR0913 -- one parameter a setting
    scanner: Scanner,
    text: str,
    rule: str,
    lines: Container[int] | None = None,
    *,
    segment: Mode = "auto",
    marks: Sequence[tuple[int, int, str]] = (),
    line: Numbering | None = None,
) -> list[Trace]:
    """What the rule of this `pack/rule` does on all sentences of `text`, or on those that stand on one of the `lines`.

    Where the text comes from a source with lines or pages of its own, `line` tells these. Raises ValueError where the
    scanner has no such rule.
    """
    number = [one.id for one in scanner.program.rules].index(rule)
    place, origins = line or numbering(text), Origins(scanner.sources)
    parts = scanner.parts([text], segment=segment, marks=[marks])
    return list(chain.from_iterable(_traced(scanner, part, place, origins, number, lines) for part in parts))


def _traced(  # noqa: PLR0913, PLR0917 - what a trace is made of
    scanner: Scanner, part: Graded, line: Numbering, origins: Origins, number: int, lines: Container[int] | None
) -> Iterator[Trace]:
    """The traces in a part."""
    sentences = list(part.sentences())
    asked = standing(sentences, line, lines)
    if not asked:
        return
    tracer = _Tracer(scanner, part, Maker(part, line, origins), origins, number, asked)
    for at, one in zip(asked, tracer.accounts, strict=True):
        yield tracer.trace(one, sentences[at], line(sentences[at].span.start))


class _Tracer:
    """Traces a rule on sentences of one part."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a trace is made of
        self, scanner: Scanner, part: Graded, maker: Maker, origins: Origins, number: int, asked: Sequence[int]
    ) -> None:
        self._scanner, self._part, self._maker, self._origins, self._number = scanner, part, maker, origins, number
        self._rule, self._article = scanner.program.rules[number], part.article
        self._hits = scanner.matcher.hits(part.article)
        findings = scanner.resolver.findings(part.article, self._hits)
        self._rows = by_sentence(self._hits)
        reader = Reader(part.article, scanner.program.lists)
        self._silences = Silences(scanner.resolver, reader, self._hits, findings)
        judged = Judged(self._hits, findings, part.sources, part.grades)
        self.accounts = list(accounts(scanner.resolver, scanner.grader, part.article, judged, asked))
        self._without = self._levels_without()
        self._view, self._base = part.view(), int(part.origin[0])

    def _levels_without(self) -> Sequence[int]:
        """For each sentence the level it has where the rule is switched off."""
        resolver, grader, hits = self._scanner.resolver, self._scanner.grader, self._hits
        findings = resolver.findings(self._article, hits.hits(rows_of(hits.rule != self._number)))
        return grader.grade(self._article, findings, grader.sources(self._article, findings)).level.tolist()

    def trace(self, one: Account, sentence: Sentence, line: int) -> Trace:
        """The trace on a sentence."""
        sentences, at = self._article.sentences, one.sentence
        first, end = int(sentences.first[at]), int(sentences.end[at])
        return Trace(
            sentence=sentence,
            line=line,
            rule=self._rule.id,
            words=tuple(self._view.words(row, row + 1)[1] for row in range(first, end)),
            runs=tuple(self._runs(first, end)),
            attempts=tuple(self._attempts(at)),
            hits=tuple(self._traced(one)),
            without=LEVELS[self._without[at]],
        )

    def _runs(self, first: int, end: int) -> Iterator[tuple[str, str]]:
        for kind, runs in {"name": self._article.names, **self._article.shapes}.items():
            inside = rows_of((runs.first >= first) & (runs.end <= end))
            for a, b in zip(runs.first.take(inside).tolist(), runs.end.take(inside).tolist(), strict=True):
                yield kind, self._view.words(a, b)[1]

    # ---- patterns ----

    def _attempts(self, at: int) -> Iterator[Attempt]:
        """Each pattern of the rule on the sentence."""
        lists = self._scanner.program.lists
        reader = Reader(self._article, lists, sentences=[at])
        bounded = Reader(self._article, lists, _STEPS, [at])
        for role, field in _FIELDS.items():
            lines = self._origins.lines(self._rule.id, field)
            for line, pattern in zip(lines, rule_patterns(self._rule, role), strict=True):
                spans = sorted({(first, end) for first, end, _ in reader.matches((pattern,), at)})
                near = "" if spans or role is not Role.MATCH else self._near(line, pattern, bounded, at)
                words = tuple(self._words(*span) for span in spans)
                yield Attempt(field, line.place, line.pattern.text, words, near)

    def _near(self, line: Line, pattern: Pattern, reader: Reader, at: int) -> str:
        """How near the pattern comes; nothing where no part of it stands there, or where it takes too long to say."""
        lowering = line.lowering(self._scanner.program)
        with suppress(Exhausted):
            near = nearest(line.pattern, pattern, reader, lowering, [at])
            return near.told(self._article) if near else ""
        return ""

    # ---- hits ----

    def _traced(self, one: Account) -> Iterator[Traced]:
        """What becomes of each hit of the rule in the sentence."""
        own = self._number
        gone = {each.hit: each for each in self._silences.of(one.sentence) if each.hit.rule == own}
        kept = {each.hit: each for each in one.weighed if each.hit.rule == own}
        begin = int(np.searchsorted(self._hits.sentence, one.sentence))
        for row, hit in enumerate(self._rows[one.sentence], begin):
            if hit.rule == own and hit.role is Role.MATCH:
                yield Traced(
                    words=self._words(hit.first, hit.end),
                    places=tuple(self._places(hit)),
                    conditions=tuple(self._conditions(row)),
                    silenced=self._maker.silenced(gone[hit]) if hit in gone else None,
                    weighed=self._maker.weighed(kept[hit]) if hit in kept else None,
                )

    def _places(self, hit: Hit) -> Iterator[str]:
        """Where the first word stands that the hit owns: conditions are tested there."""
        article, at = self._article, first_owned(hit)
        sentences = article.sentences
        told = {
            "quote": article.quotations.inside[at] >= 0,
            "aside": article.asides[at],
            "question": sentences.question[hit.sentence],
            **{place: getattr(sentences, place)[hit.sentence] for place in MARKED},
        }
        return (place for place in PLACES if told[place])

    def _conditions(self, row: int) -> Iterator[Condition]:
        """Each `when` at the hit in this row."""
        resolver, article, hits = self._scanner.resolver, self._article, self._hits
        for line in self._origins.lines(self._rule.id, "when"):
            condition = line.lowering(self._scanner.program).condition(line.condition)
            holds = resolver.holds(condition, article, hits, np.array([row]), self._present)
            yield Condition(line.place, line.condition.text, bool(holds[0]))

    @cached_property
    def _present(self) -> Flags:
        """Which packs each sentence has, as far as conditions are told."""
        resolver, article, hits = self._scanner.resolver, self._article, self._hits
        return resolver.present(article, hits.matched, resolver.unpaired(article, hits)[0])

    def _words(self, first: int, end: int) -> Words:
        return Words(*self._view.words(first, end, self._base))
