"""Documents graded as one article: columns over all their sentences, and objects made of these when asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from math import isnan
from typing import Final, NamedTuple

import numpy as np

from factcheck.document import Document, Finding, Sentence, Speaker
from factcheck.garbage import acyclic
from factcheck.judge.grade import Grades
from factcheck.judge.hits import Hit, Hits
from factcheck.judge.speaker import Sources
from factcheck.judge.speaker import Speaker as Voice
from factcheck.language.program import LEVELS, Program
from factcheck.span import Span
from factcheck.text.article import Article
from factcheck.text.columns import Column


class Place(NamedTuple):
    """Where in its document a piece stands: behind so many characters, sentences and paragraphs; whether it ends it."""

    characters: int = 0
    sentences: int = 0
    paragraphs: int = 0
    last: bool = True


WHOLE: Final = Place()
"""The place of what is no piece."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Graded:
    """Some documents, read as one article, and all that was judged of them: columns over their sentences and findings.

    Offsets and rows are those of the article; `origin` says where in its text each document starts. It may be a piece
    of one document alone; what was graded before its `place` counts in offsets and numbers of sentences.
    """

    program: Program
    names: Sequence[str]
    texts: Sequence[str]
    article: Article
    findings: Hits
    sources: Sources
    grades: Grades
    place: Place = WHOLE

    def __len__(self) -> int:
        """How many documents end in it."""
        return len(self.texts) if self.place.last else 0

    def __repr__(self) -> str:
        return f"<{len(self):,} documents graded, {len(self.grades):,} sentences>"

    @property
    def origin(self) -> Column:
        """For each document: the code point of the article's text that it starts with, or did before it."""
        return self.article.tokens.documents.astype(np.int32) - np.int32(self.place.characters)

    @property
    def index(self) -> Column:
        """For each sentence: its number in its document."""
        edges = self._edges.take(self.article.sentences.document)
        return np.arange(len(self.grades), dtype=np.int32) - edges + np.int32(self.place.sentences)

    @property
    def _edges(self) -> Column:
        """The first sentence of each document, and after the last document the number of all sentences."""
        documents = np.arange(len(self.texts) + 1)
        return np.searchsorted(self.article.sentences.document, documents).astype(np.int32)

    def documents(self) -> Iterator[Document]:
        """The documents, or the piece of one, one by one."""
        sentences, edges = self.sentences(), self._edges.tolist()
        for number, (first, end) in enumerate(pairwise(edges)):
            with acyclic():
                document = Document(self.names[number], self.texts[number], tuple(islice(sentences, end - first)))
            yield document

    def sentences(self) -> Iterator[Sentence]:
        """All sentences one by one, each as its document has it."""
        sentences, grades = self.article.sentences, self.grades
        document = sentences.document
        origin, begin = self.origin.take(document), self._edges.take(document)
        view = self.view()
        findings = view.findings()
        edges = np.searchsorted(self.findings.sentence, np.arange(len(grades) + 1)).tolist()
        columns = (
            self.index,
            sentences.start,
            sentences.stop,
            origin,
            sentences.paragraph - sentences.paragraph.take(begin) + self.place.paragraphs,
            *(grades.level, grades.confidence, grades.negative, grades.source, grades.setting, grades.signals),
        )
        for (first, end), *row in zip(pairwise(edges), *(column.tolist() for column in columns), strict=True):
            index, start, stop, base, paragraph, level, confidence, negative, source, setting, signals = row
            yield Sentence(
                index=index,
                span=Span(start - base, stop - base),
                text=view.text[start:stop],
                level=LEVELS[level],
                confidence=None if isnan(confidence) else confidence,
                polarity="negative" if negative else "positive",
                signals=dict(zip(self.program.signals, signals, strict=True)),
                source=view.speaker(source, base) if source >= 0 else None,
                findings=tuple(findings[first:end]),
                setting=findings[setting] if setting >= 0 else None,
                paragraph=paragraph,
            )

    def view(self) -> "View":
        """Its columns as objects."""
        return View(self)


class View:
    """Columns as objects, one by one; `base` is where in the article's text a document starts."""

    def __init__(self, graded: Graded) -> None:
        self._graded, tokens = graded, graded.article.tokens
        self.text, self.program = tokens.text, graded.program
        self._start, self._end = tokens.start, tokens.end
        self._voices: list[Voice] = graded.sources.speakers.rows()

    def findings(self) -> list[Finding]:
        """All findings."""
        graded = self._graded
        document = graded.article.sentences.document.take(graded.findings.sentence)
        base = graded.origin.take(document).tolist()
        return [self.finding(hit, at) for hit, at in zip(graded.findings.rows(), base, strict=True)]

    def finding(self, hit: Hit, base: int = 0) -> Finding:
        """A hit as a scan returns it."""
        rule = self.program.rules[hit.rule]
        span, text = self.words(hit.first, hit.end, base)
        others = ((one.name, *self.words(one.first, one.end, base)) for one in hit.captures if one.name != "source")
        return Finding(
            rule=rule.id,
            level=rule.level,
            weight=rule.weight,
            severity=rule.severity,
            span=span,
            text=text,
            message=rule.message,
            range=rule.range,
            captures=tuple(others),
            suggest=rule.suggest,
        )

    def speaker(self, row: int, base: int = 0) -> Speaker:
        """The source in this row."""
        voice = self._voices[row]
        span, text = self.words(voice.first, voice.end, base)
        beside, refers = (
            " ".join(self.words(*place, base)[1].split()) if place else "" for place in (voice.beside, voice.refers)
        )
        return Speaker(text, span, voice.kind, beside, refers)

    def words(self, first: int, end: int, base: int = 0) -> tuple[Span, str]:
        """Where tokens `first` … `end` - 1 stand in a document that starts at `base`, and their words."""
        start, stop = int(self._start[first]), int(self._end[end - 1])
        return Span(start - base, stop - base), self.text[start:stop]
