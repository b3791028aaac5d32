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
    beside: str = ""
    """What the text says of the name: head of the water board."""
    refers: str = ""
    """The fuller name that a pronoun, a family name or `the minister` stands for."""

    def to_record(self) -> dict[str, Any]:
        """The source as the data contract has it; `beside` and `refers` only where the text has them."""
        record = {"text": self.text, "start": self.span.start, "end": self.span.end, "kind": self.kind}
        return record | {name: value for name in ("beside", "refers") if (value := getattr(self, name))}


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
    suggest: str = ""
    """What its rule proposes to write instead. It is the same for all findings of the rule, and no record has it."""

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
    origin: Any = None
    """What whoever gave the text knows of its source; nobody looks at it here."""
    quiet: Any = None
    """What whoever reports it keeps quiet about; the same."""

    def to_records(self) -> list[dict[str, Any]]:
        """One record a sentence."""
        return [sentence.to_record(self.name) for sentence in self.sentences]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A finding and what it does to the sentence's level.

    `level` is what it stands for once its source is known; `fate` is empty where it counts, else why it does not.
    """

    finding: Finding
    level: str
    fate: str

    def to_record(self) -> dict[str, Any]:
        """The finding's record with the level it stands for and its fate."""
        return {**self.finding.to_record(), "stands_for": self.level, "counts": not self.fate, "fate": self.fate}


@dataclass(frozen=True, slots=True)
class Silenced:
    """Words that a rule matches though it makes no finding, and why: the line that silenced it, or the rule that won.

    `silencer` is `except`, `unless`, `when`, `longer` (a longer match of its pack) or `later` (a later rule on the same
    words); `line` is where that line is written, `file:line`, empty where it is not known.
    """

    rule: str
    text: str
    span: Span
    silencer: str
    by_text: str
    by_rule: str
    line: str

    def to_record(self) -> dict[str, Any]:
        """As JSON has it."""
        place = {"start": self.span.start, "end": self.span.end}
        by = {"text": self.by_text, "rule": self.by_rule, "line": self.line}
        return {"rule": self.rule, "text": self.text, **place, "silencer": self.silencer, "by": by}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that led to a sentence's level.

    Where a finding that counts is no-claim, so is the sentence. Else its level is the lowest of the findings that count
    and, where `quoted` or where none counts, of `base`.
    """

    sentence: Sentence
    line: int
    source_line: int | None
    """Lines count from 1: the sentence's first, and the one that names its source."""
    base: str
    quoted: bool
    weighed: tuple[Weighed, ...]
    silenced: tuple[Silenced, ...]
    without: tuple[tuple[tuple[str, ...], str], ...]
    """Words of findings, and the level the sentence would have without them."""
    quiet: Any = None
    """What whoever reports it keeps quiet about; nobody looks at it here but for its record."""

    def to_record(self, document: str) -> dict[str, Any]:
        """The sentence's record, and beside it what explains it."""
        return {
            **self.sentence.to_record(document),
            "line": self.line,
            "source_line": self.source_line,
            "base": self.base,
            "quoted": self.quoted,
            "findings": [one.to_record() for one in self.weighed],
            "silenced": [one.to_record() for one in self.silenced],
            "without": [{"words": list(words), "level": level} for words, level in self.without],
            **(self.quiet.to_record() if self.quiet else {}),
        }
