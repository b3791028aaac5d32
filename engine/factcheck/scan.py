"""The pipeline: text in, graded sentences out.

    read      text -> tokens, sentences, quotations, names       (text)
    match     program and article -> hits                        (judge.match)
    resolve   hits -> findings: except, unless, when, longest    (judge.resolve)
    sources   findings -> who vouches                            (judge.speaker)
    grade     findings -> level, confidence, signals, source     (judge.grade)

Each stage returns a new value and changes nothing.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from math import isnan
from pathlib import Path

import numpy as np

from factcheck.diagnostic import Diagnostic, did_you_mean
from factcheck.document import Document, Finding, Sentence, Speaker
from factcheck.judge.grade import Grader, Grades
from factcheck.judge.hits import Hit, Hits
from factcheck.judge.match import Matcher
from factcheck.judge.resolve import resolve
from factcheck.judge.speaker import Sources
from factcheck.judge.speaker import Speaker as Voice
from factcheck.language.program import LEVELS, Program
from factcheck.load import load
from factcheck.span import Span
from factcheck.text.article import Article, read
from factcheck.text.segment import Mode

_NAMED = 20  # packs that a message names


class SelectionError(ValueError):
    """A pack, rule or tag to select or ignore that is not loaded."""


class Scanner:
    """Scans texts with a fixed set of rules. Loading takes time, scanning does not: make one and keep it.

    Threads may share it, and take turns; for speed give each process its own.

    `rules` are .fact files and folders added to the built-in packs, which `builtin=False` leaves out. `select` and
    `ignore` name packs, rules (`pack/rule`) or tags. One path or name alone needs no list around it. Raises RuleError
    when a rule file is wrong, SelectionError when a name is not loaded.

    `program` is what it scans with, `warnings` are those on the rule files, `sources` these files as they were read,
    and `matcher` finds the rules' patterns in articles.
    """

    def __init__(
        self,
        rules: str | Path | Iterable[str | Path] = (),
        *,
        select: str | Iterable[str] = (),
        ignore: str | Iterable[str] = (),
        builtin: bool = True,
        cache: bool = True,
    ) -> None:
        paths = [rules] if isinstance(rules, str | Path) else rules
        loaded = load(paths, builtin=builtin, cached=cache)
        self.program: Program = selected(loaded.program, _names(select), _names(ignore))
        self.warnings: tuple[Diagnostic, ...] = loaded.warnings
        self.sources = loaded.sources
        self.matcher = loaded.matcher if self.program is loaded.program else Matcher(self.program)

    def scan(self, text: str, name: str = "", *, segment: Mode = "auto") -> Document:
        """Grades every sentence of `text`. With `segment="lines"` each line that is not empty is one sentence.

        Raises TypeError when `text` is no str.
        """
        with acyclic():
            article, _, findings = self.found(text, segment)
            sources = self.grader.sources(article, findings)
            grades = self.grader.grade(article, findings, sources)
            return Document(name, text, tuple(graded(self.program, article, findings, sources, grades)))

    @cached_property
    def grader(self) -> Grader:
        """Judges what the matcher finds."""
        return Grader(self.program, self.matcher.symbols.lexicon)

    def found(self, text: str, segment: Mode = "auto") -> tuple[Article, Hits, Hits]:
        """The text as it is read, the hits of all rules, and the findings among them. Raises as `scan` does."""
        _check_text(text)
        article = read(text, segment, self.matcher.symbols.lexicon)
        hits = self.matcher.hits(article)
        return article, hits, resolve(self.program, article, hits)


@contextmanager
def acyclic() -> Iterator[None]:
    """Work that makes no cycles of objects, without the interpreter's searches for them.

    Each search looks at all objects there are, so that they would cost a long text more by the byte than a short one.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def selected(program: Program, select: tuple[str, ...], ignore: tuple[str, ...]) -> Program:
    """The program with only the selected rules and without the ignored ones."""
    names = {rule.id: {rule.id, rule.pack, *rule.tags} for rule in program.rules}
    known = {pack.name for pack in program.packs}.union(*names.values())
    for name in (*select, *ignore):
        if name not in known:
            help_line = did_you_mean(name, known) or _packs(program)
            raise SelectionError(f"no pack, rule or tag is called `{name}`: {help_line}")
    if not select and not ignore:
        return program
    wanted = [r for r in program.rules if not select or names[r.id] & set(select)]
    return replace(program, rules=tuple(r for r in wanted if not names[r.id] & set(ignore)))


def _names(given: str | Iterable[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _check_text(text: object) -> None:
    if not isinstance(text, str):
        remedy = ": decode it first" if isinstance(text, bytes | bytearray | memoryview) else ""
        raise TypeError(f"scan takes text (str), not {type(text).__name__}{remedy}")


def _packs(program: Program) -> str:
    """The packs there are, as far as they fit a message."""
    names = [pack.name for pack in program.packs]
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"the packs are {', '.join(names[:_NAMED])}{more}" if names else "no pack is loaded"


def graded(program: Program, article: Article, findings: Hits, sources: Sources, grades: Grades) -> Iterator[Sentence]:
    """The sentences one by one, graded, as a scan returns them."""
    hits = [finding(program, article, hit) for hit in findings.rows()]
    voices = [_speaker(article, voice) for voice in sources.speakers.rows()]
    names = program.signals
    edges = np.searchsorted(findings.sentence, np.arange(len(grades) + 1)).tolist()
    own = (article.sentences.start, article.sentences.stop, article.sentences.paragraph)
    judged = (grades.level, grades.confidence, grades.negative, grades.source, grades.setting, grades.signals)
    rows = zip(pairwise(edges), *(column.tolist() for column in (*own, *judged)), strict=True)
    for index, row in enumerate(rows):
        (first, end), start, stop, paragraph, level, confidence, negative, source, setting, signals = row
        yield Sentence(
            index=index,
            span=Span(start, stop),
            text=article.tokens.text[start:stop],
            level=LEVELS[level],
            confidence=None if isnan(confidence) else confidence,
            polarity="negative" if negative else "positive",
            signals=dict(zip(names, signals, strict=True)),
            source=voices[source] if source >= 0 else None,
            findings=tuple(hits[first:end]),
            setting=hits[setting] if setting >= 0 else None,
            paragraph=paragraph,
        )


def finding(program: Program, article: Article, hit: Hit) -> Finding:
    """The hit as a scan returns it."""
    rule = program.rules[hit.rule]
    span = _span(article, hit.first, hit.end)
    captures = ((c.name, _span(article, c.first, c.end)) for c in hit.captures if c.name != "source")
    return Finding(
        rule=rule.id,
        level=rule.level,
        weight=rule.weight,
        severity=rule.severity,
        span=span,
        text=article.tokens.text[span.start : span.end],
        message=rule.message,
        range=rule.range,
        captures=tuple((n, s, article.tokens.text[s.start : s.end]) for n, s in captures),
    )


def _speaker(article: Article, voice: Voice) -> Speaker:
    span, text = words(article, voice.first, voice.end)
    beside, refers = (
        " ".join(words(article, *place)[1].split()) if place else "" for place in (voice.beside, voice.refers)
    )
    return Speaker(text, span, voice.kind, beside, refers)


def words(article: Article, first: int, end: int) -> tuple[Span, str]:
    """Where tokens `first` … `end` - 1 stand, and their words."""
    span = _span(article, first, end)
    return span, article.tokens.text[span.start : span.end]


def _span(article: Article, first: int, end: int) -> Span:
    """Code points from token `first` to the last before token `end`."""
    return Span(int(article.tokens.start[first]), int(article.tokens.end[end - 1]))
