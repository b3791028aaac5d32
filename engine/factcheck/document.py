"""What a scan returns: a document of graded sentences, with findings and sources as spans of its text."""

from dataclasses import dataclass
from typing import Any

from factcheck.span import Span


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who vouches for a sentence: the words, where they stand (perhaps in another sentence), and the kind of source."""

    text: str
    span: Span
    kind: str

    def to_record(self) -> dict[str, Any]:
        """The source as the data contract has it."""
        return {"text": self.text, "start": self.span.start, "end": self.span.end, "kind": self.kind}


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, and the words it fired on. `captures` has what else the rule names, by name."""

    rule: str
    level: str
    weight: float
    severity: str
    span: Span
    text: str
    message: str
    range: tuple[float, float] | None = None
    captures: tuple[tuple[str, Span, str], ...] = ()

    def to_record(self) -> dict[str, Any]:
        """The finding as the data contract has it; `range` and `captures` only where the rule has them."""
        record: dict[str, Any] = {
            "rule": self.rule,
            "level": self.level,
            "weight": self.weight,
            "severity": self.severity,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            "message": self.message,
        }
        if self.range:
            record["range"] = list(self.range)
        if self.captures:
            record["captures"] = {n: {"text": t, "start": s.start, "end": s.end} for n, s, t in self.captures}
        return record


@dataclass(frozen=True, slots=True)
class Sentence:
    """A graded sentence. `confidence` is None where there is no claim; `setting` is the finding that set the level."""

    index: int
    span: Span
    text: str
    level: str
    confidence: float | None
    polarity: str
    signals: dict[str, float]
    source: Speaker | None
    findings: tuple[Finding, ...]
    setting: Finding | None
    paragraph: int

    def to_record(self, document: str) -> dict[str, Any]:
        """The sentence as one JSON line holds it; offsets are code points into the document's text."""
        return {
            "doc": document,
            "index": self.index,
            "start": self.span.start,
            "end": self.span.end,
            "text": self.text,
            "level": self.level,
            "confidence": self.confidence,
            "polarity": self.polarity,
            "signals": self.signals,
            "source": self.source.to_record() if self.source else None,
            "findings": [finding.to_record() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Document:
    """A scanned text and its sentences in order."""

    name: str
    text: str
    sentences: tuple[Sentence, ...]

    def to_records(self) -> list[dict[str, Any]]:
        """One record a sentence."""
        return [sentence.to_record(self.name) for sentence in self.sentences]
