"""The stages of a scan one by one, so that each can be timed on what the stages before it hand on."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from factcheck import Batch, Scanner
from factcheck.garbage import acyclic
from factcheck.graded import Graded
from factcheck.judge.found import Found
from factcheck.judge.grade import Grades
from factcheck.judge.hits import Hits
from factcheck.judge.speaker import Sources
from factcheck.text.article import Article
from factcheck.text.aside import asides
from factcheck.text.columns import Flags
from factcheck.text.lex import Tokens, lex
from factcheck.text.name import names
from factcheck.text.quote import Quotations, quote
from factcheck.text.runs import Runs
from factcheck.text.segment import Sentences, segment
from factcheck.text.shape import shapes
from factcheck.text.start import starts


@dataclass
class Pass:
    """One text on its way through the pipeline, as `factcheck.scan` and `factcheck.text.article` send it.

    Each method is a stage and returns how much it found. A pass is made for one walk over `STAGES`: columns keep what
    they were asked for, a second walk would find it there.
    """

    scanner: Scanner
    text: str

    tokens: Tokens
    sentences: Sentences
    quotations: Quotations
    starts: Flags
    asides: Flags
    names: Runs
    shapes: dict[str, Runs]
    article: Article
    found: Found
    findings: Hits
    sources: Sources
    grades: Grades

    def __init__(self, scanner: Scanner, text: str) -> None:
        self.scanner, self.text = scanner, text

    def lex(self) -> int:
        """Words with their numbers, and marks; how many tokens."""
        self.tokens = lex(self.text, self.scanner.matcher.symbols.lexicon)
        return len(self.tokens.number)

    def segment(self) -> int:
        """Sentences."""
        self.sentences = segment(self.tokens)
        return len(self.sentences)

    def quote(self) -> int:
        """Quotations."""
        self.quotations = quote(self.tokens, self.sentences)
        return len(self.quotations)

    def place(self) -> int:
        """Where sentences and the like start, and asides; how many starts."""
        self.starts = starts(self.tokens, self.sentences, self.quotations)
        self.asides = asides(self.tokens, self.sentences, self.quotations)
        return int(self.starts.sum())

    def name(self) -> int:
        """Names."""
        self.names = names(self.tokens, self.sentences, self.quotations, self.starts)
        return len(self.names)

    def shape(self) -> int:
        """Numbers, money, dates and their like."""
        self.shapes = shapes(self.tokens, self.sentences)
        return sum(map(len, self.shapes.values()))

    def match(self) -> int:
        """Where patterns of the rules match."""
        self.article = Article(
            self.tokens, self.sentences, self.quotations, self.starts, self.asides, self.names, self.shapes
        )
        self.found = self.scanner.matcher.found(self.article)
        return len(self.found.matched)

    def resolve(self) -> int:
        """Findings among the matches, the only ones that are read."""
        self.findings = self.scanner.resolver.findings(self.article, self.found)
        return len(self.findings)

    def source(self) -> int:
        """Who vouches; how many sources."""
        self.sources = self.scanner.grader.sources(self.article, self.findings)
        return len(self.sources.speakers)

    def grade(self) -> int:
        """Levels; how many sentences."""
        self.grades = self.scanner.grader.grade(self.article, self.findings, self.sources)
        return len(self.grades)

    def document(self) -> int:
        """Sentences as a scan returns them."""
        columns = (self.article, self.findings, self.sources, self.grades)
        return sum(1 for _ in Graded(self.scanner.program, [""], [self.text], *columns).sentences())


STAGES: Final[dict[str, Callable[[Pass], int]]] = {
    "lex": Pass.lex,
    "segment": Pass.segment,
    "quote": Pass.quote,
    "place": Pass.place,
    "name": Pass.name,
    "shape": Pass.shape,
    "match": Pass.match,
    "resolve": Pass.resolve,
    "source": Pass.source,
    "grade": Pass.grade,
    "document": Pass.document,
}
"""In the order of the pipeline."""
IN_ARTICLE: Final = {
    "lex": 499, "segment": 37, "quote": 6, "place": 45, "name": 16, "shape": 12, "resolve": 41, "grade": 37,
}  # fmt: skip
"""How much the stages find in the shipped article; the hits before `resolve` are as many as the rules make."""


def scan_all(scanner: Scanner, texts: Sequence[str]) -> Batch:
    """Scans of many texts, by the fastest way there is."""
    return scanner.scan_many(texts)


def sentences_in(batch: Batch) -> int:
    """How many sentences the scans have."""
    return sum(len(part.grades) for part in batch.parts)


def findings_in(batch: Batch) -> int:
    """How many findings."""
    return sum(len(part.findings) for part in batch.parts)


@dataclass(frozen=True, slots=True)
class Timing:
    """What one stage took on some texts, in seconds of the processor, and how much it found there."""

    seconds: float
    found: int


def timed(scanner: Scanner, texts: Sequence[str]) -> dict[str, Timing]:
    """The stages, each timed over all the texts, one pass a text."""
    seconds, found = dict.fromkeys(STAGES, 0.0), dict.fromkeys(STAGES, 0)
    for text in texts:
        one = Pass(scanner, text)
        for name, stage in STAGES.items():
            with acyclic():
                started = time.process_time()
                count = stage(one)
                seconds[name] += time.process_time() - started
            found[name] += count
    return {name: Timing(seconds[name], found[name]) for name in STAGES}
