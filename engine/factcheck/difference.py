"""Two rule sets on the same texts: which sentences change level, source or findings, and what brings that about."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nlargest
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from factcheck.document import Finding, Sentence, Silenced, Speaker
from factcheck.evaluate.ladder import RANK, STEPS
from factcheck.explanation import explain
from factcheck.graded import Graded
from factcheck.judge.rows import rows_of, then
from factcheck.language.program import NOTE
from factcheck.origins import Origins
from factcheck.scan import Scanner
from factcheck.span import Source
from factcheck.text.columns import Flags
from factcheck.text.segment import Mode

_ROOM: Final = 4
"""Times as many changes as are wanted are held before those of least weight are let go."""
_FACTORS: Final = tuple(np.uint64(number) for number in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
"""What is summed over the findings of a sentence differs where these do; that two sums are equal by chance is not."""


@dataclass(frozen=True, slots=True)
class Change:
    """A sentence of which the two say different things, and the document it is in, by name, text and marks."""

    document: str
    text: str
    old: Sentence
    new: Sentence
    marks: Sequence[tuple[int, int, str]] = ()
    origin: Any = None
    """What whoever gave the text knows of its source; nobody looks at it here."""

    @property
    def level(self) -> bool:
        """Whether its level changes, or which way it claims what it claims."""
        return (self.old.level, self.old.polarity) != (self.new.level, self.new.polarity)

    @property
    def source(self) -> bool:
        """Whether somebody else vouches."""
        return _named(self.old.source) != _named(self.new.source)

    @property
    def gone(self) -> tuple[Finding, ...]:
        """Findings that are no more."""
        known = set(map(_place, self.new.findings))
        return tuple(one for one in self.old.findings if _place(one) not in known)

    @property
    def come(self) -> tuple[Finding, ...]:
        """Findings that are new."""
        known = set(map(_place, self.old.findings))
        return tuple(one for one in self.new.findings if _place(one) not in known)

    @property
    def altered(self) -> tuple[tuple[Finding, Finding], ...]:
        """Findings of the same rule on the same words that weigh, or stand for, something else."""
        before = {_place(one): one for one in self.old.findings}
        pairs = ((before[_place(one)], one) for one in self.new.findings if _place(one) in before)
        return tuple((old, new) for old, new in pairs if _worth(old) != _worth(new))

    @property
    def weight(self) -> tuple[int, int, int]:
        """How much it matters: by how many steps the level changes, whether the source does, how many findings do."""
        return steps(self.old.level, self.new.level), int(self.source), len(self.gone) + len(self.come)

    def to_record(self) -> dict[str, Any]:
        """As JSON has it; offsets are code points into the document's text."""
        return {
            "doc": self.document,
            "index": self.new.index,
            "start": self.new.span.start,
            "end": self.new.span.end,
            "text": self.new.text,
            "old": _said(self.old),
            "new": _said(self.new),
            "gone": [one.to_record() for one in self.gone],
            "come": [one.to_record() for one in self.come],
            "altered": [{"old": old.to_record(), "new": new.to_record()} for old, new in self.altered],
        }


def steps(one: str, other: str) -> int:
    """How far two levels are apart, as sets with levels measure it; from no claim the lower ones are farther."""
    low, high = sorted((RANK[one], RANK[other]))
    return int(STEPS[high, low])


def _named(source: Speaker | None) -> tuple[str, str, str] | None:
    return (source.text, source.kind, source.refers) if source else None


def _place(one: Finding) -> tuple[str, int, int]:
    return one.rule, one.span.start, one.span.end


def _worth(one: Finding) -> tuple[str, float, str]:
    return one.level, one.weight, one.severity


def _said(sentence: Sentence) -> dict[str, Any]:
    source = sentence.source.to_record() if sentence.source else None
    keys = ("level", "confidence", "polarity")
    return {**{key: getattr(sentence, key) for key in keys}, "source": source}


# All texts -----------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Difference:
    """What is counted over all texts, and the changes that matter most: as many as are wanted, or all."""

    most: int | None = None
    documents: int = 0
    sentences: int = 0
    levels: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often a level became another."""
    changed: int = 0
    """Sentences, whatever of them changes,"""
    sources: int = 0
    """and those whose source does."""
    rules: dict[str, Counter[str]] = field(default_factory=dict)
    """Of each rule how many findings have `come`, are `gone`, are `altered`, and how many `levels` change with them."""
    _held: list[Change] = field(default_factory=list)

    def add(self, sentences: int, changes: Sequence[Change]) -> None:
        """Counts some sentences and those of them that change."""
        self.sentences += sentences
        self.changed += len(changes)
        for change in changes:
            self.sources += change.source
            if change.old.level != change.new.level:
                self.levels[change.old.level, change.new.level] += 1
            self._count(change)
        self._held += changes
        if self.most is not None and len(self._held) > _ROOM * max(self.most, 1):
            self._held = self._first(self.most)

    def _count(self, change: Change) -> None:
        altered = [new for _, new in change.altered]
        for what, findings in (("come", change.come), ("gone", change.gone), ("altered", altered)):
            for finding in findings:
                self.rules.setdefault(finding.rule, Counter())[what] += 1
        if change.old.level != change.new.level:
            for rule in {one.rule for one in (*change.come, *change.gone, *altered) if one.level != NOTE}:
                self.rules[rule]["levels"] += 1

    def by_rule(self) -> list[tuple[str, dict[str, int]]]:
        """The same, with numbers for all, those first with which most levels and then most findings change."""
        kinds = ("come", "gone", "altered", "levels")
        found = [(rule, {kind: counts[kind] for kind in kinds}) for rule, counts in self.rules.items()]
        return sorted(found, key=lambda one: (-one[1]["levels"], -sum(one[1].values()), one[0]))

    def changes(self) -> list[Change]:
        """Those that matter most, in the order of the texts where they matter the same."""
        return self._first(len(self._held) if self.most is None else self.most)

    def _first(self, most: int) -> list[Change]:
        return nlargest(most, self._held, key=lambda one: one.weight)


def changes(  # noqa: PLR0913 -- one parameter a setting
    old: Scanner,
    new: Scanner,
    texts: Sequence[str],
    names: Sequence[str],
    *,
    segment: Mode = "auto",
    marks: Sequence[Sequence[tuple[int, int, str]]] | None = None,
    origins: Sequence[Any] | None = None,
) -> Iterator[tuple[int, list[Change]]]:
    """How many sentences some of the texts have, and those of them that change, until there is no text left.

    `marks` are those on each text, `origins` what is known of the source of each.
    """
    first = 0
    marks, origins = marks or [()] * len(texts), origins or [None] * len(texts)
    parts = (one.parts(texts, names, segment=segment, marks=marks) for one in (old, new))
    for one, other in zip(*parts, strict=True):
        rows = rows_of(_differ(one, other))
        numbers = (first + other.article.sentences.document.take(rows)).tolist()
        pairs = zip(numbers, one.sentences(rows), other.sentences(rows), strict=True)
        found = [Change(names[at], texts[at], a, b, marks[at], origins[at]) for at, a, b in pairs]
        yield len(other.grades), found
        first += len(other)


def _differ(one: Graded, other: Graded) -> Flags:
    """Which sentences of a part the two do not say the same of."""
    numbers: dict[tuple[str, str, float, str], int] = {}
    differ: Flags = (one.grades.level != other.grades.level) | (one.grades.negative != other.grades.negative)
    differ |= _findings(one, numbers) != _findings(other, numbers)
    for mine, theirs in zip(_sources(one), _sources(other), strict=True):
        differ |= mine != theirs
    return differ


def _findings(part: Graded, numbers: dict[tuple[str, str, float, str], int]) -> NDArray[np.uint64]:
    """For each sentence a number that differs where its findings do."""
    rules = [numbers.setdefault((r.id, r.level, r.weight, r.severity), len(numbers) + 1) for r in part.program.rules]
    found, at = np.zeros(len(part.grades), np.uint64), part.findings
    rule = np.array([*rules, 0], np.uint64).take(at.rule)
    mixed = rule * _FACTORS[0]
    for column, factor in ((at.first, _FACTORS[1]), (at.end, _FACTORS[2])):
        mixed = (mixed ^ mixed >> np.uint64(29)) * factor + column.astype(np.uint64)
    np.add.at(found, at.sentence, mixed ^ mixed >> np.uint64(31))
    return found


def _sources(part: Graded) -> Iterator[NDArray[np.int64]]:
    """Columns over sentences that differ where their sources do."""
    speakers = part.sources.speakers
    columns = (speakers.first, speakers.end, speakers.kind, speakers.refers_first, speakers.refers_end)
    return (then(column.astype(np.int64), -1).take(part.grades.source) for column in columns)


# Why -----------------------------------------------------------------------------------------------------------------


def silenced(  # noqa: PLR0913, PLR0917 -- what a scan needs
    scanner: Scanner,
    text: str,
    sentences: Sequence[Sentence],
    origins: Origins,
    segment: Mode,
    marks: Sequence[tuple[int, int, str]] = (),
) -> dict[int, Sequence[Silenced]]:
    """By their numbers what takes hits away in these sentences of a text with the rules of this scanner.

    `origins` are those of its files.
    """
    place = Source("", text).place
    lines = {place(one.span.start).line for one in sentences}
    explained = explain(scanner, text, lines, segment=segment, marks=marks, origins=origins)
    return {one.sentence.index: one.silenced for one in explained}
