"""One pattern looked for in texts by itself: no sources, no levels, and only those texts are read that may hold it."""

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from factcheck.diagnostic import Diagnostic, has_errors
from factcheck.garbage import acyclic
from factcheck.graded import Place
from factcheck.judge.hits import Hits
from factcheck.judge.match import Matcher
from factcheck.judge.nearest import nearest
from factcheck.judge.reference import Exhausted, Reader
from factcheck.judge.resolve import Resolver
from factcheck.judge.rows import changes
from factcheck.judge.telltale import telltale
from factcheck.language.program import Program
from factcheck.load import RuleError
from factcheck.scan import read_in_parts
from factcheck.span import Source, Span
from factcheck.text.article import Article, read_all
from factcheck.text.columns import Rows
from factcheck.text.fold import fold
from factcheck.text.piece import is_long
from factcheck.text.segment import Mode

_STEPS = 200_000
"""Of the reader, to say how near a pattern comes; that is worth no more."""
NAME = "pattern"
"""What the text of the pattern is called where something is wrong with it."""


class Captured(NamedTuple):
    """What a capture of a pattern took: its name, the kind of source where one is given, and the words."""

    name: str
    kind: str
    span: Span
    text: str


class Match(NamedTuple):
    """Where the pattern matches, and what it captures there."""

    span: Span
    text: str
    captures: tuple[Captured, ...]

    def to_record(self) -> dict[str, Any]:
        """As JSON has it; `captures` only where there are any."""
        record: dict[str, Any] = {"start": self.span.start, "end": self.span.end, "text": self.text}
        if self.captures:
            record["captures"] = {one.name: _record(one) for one in self.captures}
        return record


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in which the pattern matches; `document` is the number of its text."""

    document: int
    index: int
    span: Span
    text: str
    matches: tuple[Match, ...]

    def to_record(self, document: str) -> dict[str, Any]:
        """As JSON has it, with the keys that the sentence has in a scan; offsets are code points into the text."""
        return {
            "doc": document,
            "index": self.index,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            "matches": [one.to_record() for one in self.matches],
        }


@dataclass(frozen=True, slots=True, eq=False)
class Sighted:
    """The matches in texts that were read together: columns, and objects made of these when asked for."""

    numbers: Sequence[int]
    """Of each document: which of the texts it is."""
    article: Article
    hits: Hits
    place: Place

    def __len__(self) -> int:
        return len(self.hits)

    @property
    def sentences(self) -> int:
        """How many sentences have a match."""
        return int(np.count_nonzero(changes(self.hits.sentence)))

    def documents(self) -> set[int]:
        """The numbers of the texts that have one."""
        own = self.article.sentences.document.take(self.hits.sentence)
        return {self.numbers[number] for number in set(own.tolist())}

    def words(self) -> Iterator[str]:
        """The words of each match, parted by one space."""
        tokens, hits = self.article.tokens, self.hits
        places = zip(tokens.start.take(hits.first).tolist(), tokens.end.take(hits.end - 1).tolist(), strict=True)
        return (" ".join(tokens.text[start:stop].split()) for start, stop in places)

    def passages(self, most: int = sys.maxsize) -> Iterator[Passage]:
        """The first sentences that have a match, so many at most."""
        sentences, tokens = self.article.sentences, self.article.tokens
        edges = np.append(np.flatnonzero(changes(self.hits.sentence)), len(self.hits))
        for at in range(min(len(edges) - 1, most)):
            rows = np.arange(edges[at], edges[at + 1])
            number = int(self.hits.sentence[rows[0]])
            document = int(sentences.document[number])
            first = int(np.searchsorted(sentences.document, document))
            base = int(tokens.documents[document]) - self.place.characters
            start, stop = int(sentences.start[number]), int(sentences.stop[number])
            yield Passage(
                document=self.numbers[document],
                index=number - first + self.place.sentences,
                span=Span(start - base, stop - base),
                text=tokens.text[start:stop],
                matches=tuple(self._matches(rows, base)),
            )

    def _matches(self, rows: Rows, base: int) -> Iterator[Match]:
        for hit in self.hits.unread(rows).rows():
            captures = [Captured(one.name, one.kind, *self._words(one.first, one.end, base)) for one in hit.captures]
            yield Match(*self._words(hit.first, hit.end, base), tuple(captures))

    def _words(self, first: int, end: int, base: int) -> tuple[Span, str]:
        tokens = self.article.tokens
        start, stop = int(tokens.start[first]), int(tokens.end[end - 1])
        return Span(start - base, stop - base), tokens.text[start:stop]


class Search:
    """Looks for a pattern, as it stands in a `match`, in texts.

    It may name the lists of all packs of a program; by a bare name the one of a pack in `own`, or else the only one
    there is. Raises RuleError where the pattern is wrong; `warnings` say what is odd about it.
    """

    def __init__(self, pattern: str, program: Program, own: Collection[str] = ()) -> None:
        # Late, for it brings the parser along.
        from factcheck.language.single import compiled  # noqa: PLC0415

        problems: list[Diagnostic] = []
        single = compiled(Source(NAME, pattern), program, own, problems)
        if single is None or has_errors(problems):
            raise RuleError(problems)
        self.warnings = tuple(problems)
        self._single = single
        self._matcher = Matcher(single.program)
        self._resolver = Resolver(single.program, self._matcher.symbols.lexicon)
        self._needed = telltale(single.pattern, single.program.lists)

    def found(
        self,
        texts: Sequence[str],
        segment: Mode = "auto",
        marks: Sequence[Sequence[tuple[int, int, str]]] | None = None,
    ) -> Iterator[Sighted]:
        """The matches in the texts, some texts at a time, those left out that have none; `marks` are those on each.

        They are what a rule finds that has this pattern for its only `match`: of two on the same words the longer.
        """
        read = [number for number, text in enumerate(texts) if self._may_match(text)]
        lexicon, on_them = self._matcher.symbols.lexicon, [marks[number] for number in read] if marks else None
        for reading in read_in_parts([texts[number] for number in read], segment, lexicon, on_them):
            with acyclic():
                article = reading.article
                hits = self._resolver.findings(article, self._matcher.found(article))
            if len(hits):
                last = reading.first + len(reading.texts)
                yield Sighted(read[reading.first : last], article, hits, reading.place)

    def nearest(self, text: str, segment: Mode = "auto") -> tuple[int, str] | None:
        """Where the pattern comes nearest to a text that it does not match, and how far it gets there in words."""
        article = read_all([text], segment, self._matcher.symbols.lexicon)
        reader = Reader(article, self._single.program.lists, _STEPS)
        with suppress(Exhausted):
            sentences = range(len(article.sentences))
            near = nearest(self._single.written, self._single.pattern, reader, self._single.lowering, sentences)
            return (int(article.tokens.start[near.first]), near.told(article)) if near else None
        return None

    def _may_match(self, text: str) -> bool:
        """Whether the text is worth reading; a long one always is, for all its sentences are to be numbered."""
        if not self._needed or is_long(text):
            return True
        folded = fold(text)
        return any(form in folded for form in self._needed)


def _record(one: Captured) -> dict[str, Any]:
    kind = {"kind": one.kind} if one.kind else {}
    return {"text": one.text, "start": one.span.start, "end": one.span.end, **kind}
