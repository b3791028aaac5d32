"""Silences to what is left: at which level each sentence is reported, if at all, and by which of its findings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.grade import FATES, Cases, Fate, Weighed, quotations
from factcheck.judge.rank import ATTRIBUTED, NO_CLAIM, UNVERIFIED
from factcheck.language.program import LEVELS
from factcheck_cli.quiet.counts import KINDS
from factcheck_cli.quiet.silence import Kind, Note, Silence, meets

if TYPE_CHECKING:
    from factcheck import Document, Scanner, Sentence
    from factcheck.graded import Graded
    from factcheck_cli.quiet.counts import Counts

SILENT: Final = 255
"""Stands for the level of what is not reported."""


@dataclass(frozen=True, slots=True)
class Hush:
    """What is left of a sentence: the level it is reported at (None: it is not), without which of its findings.

    `setting` is the number of the finding that this level stands on, None where that is none of a rule.
    """

    level: str | None
    gone: frozenset[int]
    setting: int | None
    notes: tuple[Note, ...]

    @property
    def kind(self) -> Kind:
        """The reason that is counted."""
        return min((note.kind for note in self.notes), key=KINDS.index)

    @property
    def suppressed(self) -> tuple[Note, ...]:
        """Those notes that are about suppressions."""
        return tuple(note for note in self.notes if note.kind == "suppressed")

    def to_record(self) -> dict[str, object]:
        """As the records of programs have it, beside the keys of the sentence."""
        suppressed = [note.to_record() for note in self.suppressed]
        return {"reported": self.level} | ({"suppressed": suppressed} if suppressed else {})

    def left(self, sentence: "Sentence") -> "Sentence":
        """The sentence as it is reported."""
        if self.level is None:
            return sentence
        findings = sentence.findings
        return replace(
            sentence,
            level=self.level,
            findings=tuple(one for number, one in enumerate(findings) if number not in self.gone),
            setting=None if self.setting is None else findings[self.setting],
        )


@dataclass(frozen=True, slots=True, eq=False)
class Hushed:
    """Of a part of a scan: the level each sentence is reported at, and what is left of those with silences, by row."""

    levels: NDArray[np.uint8]
    of: Mapping[int, Hush]
    counts: "Counts"

    def shown(self, limit: int, own: NDArray[np.uint8], *, suppressed: bool) -> NDArray[np.intp]:
        """The rows of the sentences that are reported at the limit or below.

        Where these are wanted also of those that are suppressed, and whose `own` level is.
        """
        wanted = self.levels <= limit
        if suppressed:
            rows = [row for row, one in self.of.items() if one.suppressed and own[row] <= limit]
            wanted[rows] = True
        return wanted.nonzero()[0]

    def by_document(self, part: "Graded") -> dict[int, dict[int, Hush]]:
        """What is left of the sentences of the part by the numbers of their documents and their own in these."""
        documents = part.article.sentences.document
        rows = np.fromiter(self.of, np.intp, len(self.of))
        first = np.searchsorted(documents, documents.take(rows)) - part.place.sentences
        found = dict[int, dict[int, Hush]]()
        for document, number, one in zip(
            documents.take(rows).tolist(), (rows - first).tolist(), self.of.values(), strict=True
        ):
            found.setdefault(document, {})[number] = one
        return found


class Left:
    """What is left of the sentences of a part."""

    def __init__(self, scanner: "Scanner", part: "Graded") -> None:
        self._part, self._grader = part, scanner.grader

    @cached_property
    def _weighed(self) -> Weighed:
        """Not asked for where whole sentences are silent, for parts from an archive have none of it."""
        article, findings = self._part.article, self._part.findings
        every = Cases(np.arange(len(article.sentences)), findings.sentence)
        return self._grader.weighed(article, findings, self._part.sources, every)

    @cached_property
    def _quotation(self) -> NDArray[np.intp]:
        return quotations(self._part.article)

    @cached_property
    def _base(self) -> NDArray[np.uint8]:
        return self._grader.bases(self._part.sources, self._quotation)

    def all(self, silences: Mapping[int, Sequence[Silence]]) -> dict[int, Hush]:
        """What is left of each sentence with silences, by row."""
        rows = np.array(sorted(silences))
        edges = np.searchsorted(self._part.findings.sentence, (rows, rows + 1)).tolist()
        found = zip(rows.tolist(), *edges, strict=True)
        return {row: self._one(row, first, end, silences[row]) for row, first, end in found}

    def _one(self, row: int, first: int, end: int, silences: Sequence[Silence]) -> Hush:
        notes = tuple(dict.fromkeys(silence.note for silence in silences))
        if any(silence.findings is None for silence in silences):
            return Hush(None, frozenset(range(end - first)), None, notes)
        gone = {number for silence in silences for number in silence.findings or ()}
        gone |= self._resting(gone, first, end)
        setting = int(self._part.grades.setting[row]) - first
        level = int(self._part.grades.level[row])
        kept = setting if setting >= 0 and setting not in gone else None
        if level == NO_CLAIM:
            return Hush(LEVELS[level], frozenset(gone), kept, notes)
        fate, stands = self._weighed.fate, self._weighed.level
        counts = FATES.index(Fate.COUNTS)
        left = [(int(stands[first + n]), n) for n in range(end - first) if n not in gone and fate[first + n] == counts]
        base = (self._quotation[row] >= 0 or setting < 0) and not any(silence.base for silence in silences)
        lowest = min(left, default=None)
        if base and (lowest is None or self._base[row] <= lowest[0]):
            found, number = int(self._base[row]), None
        elif lowest:
            found, number = lowest
        else:
            return Hush(None, frozenset(gone), None, notes)
        if found <= level:  # nothing is reported at a lower level for a silence
            return Hush(LEVELS[level], frozenset(gone), kept if kept is not None else number, notes)
        return Hush(LEVELS[found], frozenset(gone), number, notes)

    def _resting(self, gone: set[int], first: int, end: int) -> set[int]:
        """What counts low because its source has no name, on words of which a rule that says so is silenced."""
        findings, stands = self._part.findings, self._weighed.level
        ruled = self._grader.ranks.level.take(findings.rule[first:end])
        said = [first + n for n in gone if ruled[n] == UNVERIFIED]
        rests = [n for n in range(first, end) if ruled[n - first] == ATTRIBUTED and stands[n] == UNVERIFIED and said]
        spans = [(int(findings.first[n]), int(findings.end[n])) for n in said]
        return {
            n - first for n in rests if any(meets(one, int(findings.first[n]), int(findings.end[n])) for one in spans)
        }


def as_reported(document: "Document", of: Mapping[int, Hush]) -> "Document":
    """The document with what is left of its sentences, without those that are silent; `of` has both by number."""
    sentences = (
        left.left(one) if (left := of.get(one.index)) else one
        for one in document.sentences
        if one.index not in of or of[one.index].level is not None
    )
    return replace(document, sentences=tuple(sentences), quiet=of)
