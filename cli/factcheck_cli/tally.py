"""What is counted over all documents of a scan."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from factcheck_cli.lines import Lines

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.inputs.text import Among
    from factcheck_cli.log import Unread
    from factcheck_cli.quiet.counts import Counts

WEAK = ("unverified", "possible", "probable")
"""The levels below a claim that somebody stands behind."""

PLACES = 3
"""Sentences of each gate that are kept to be named."""

_WEAKEST = 10  # sentences that are kept to be read first
_SUPPRESSED = 1_000  # suppressed sentences that are kept
_EXCERPT = 300  # characters of such a sentence
_KEPT = 10_000  # names that are counted; beyond twice as many the rare ones are dropped
WITHOUT_SOURCE = {"asserted", "no-claim"}
"""The levels at which nobody else vouches, whoever is named near by."""


class Weak(NamedTuple):
    """A sentence to be read first: the beginning of its text, its document, its line or page there.

    `link` is its file and the line in that; 0 where there is none.
    """

    confidence: float
    level: str
    document: str
    place: tuple[str, int]
    text: str
    link: tuple[str, int] = ("", 0)


_Said = TypeVar("_Said", Weak, "Sentence")
Numbers = Callable[[int], tuple[str, int]]
"""What tells of a character which line or page of the source it stands on: which of them it is, and its number."""


class Gate(NamedTuple):
    """What a scan is held to: `at` a level, `on` a severity, or `most` claims that are unverified.

    Beside them `new` counts what is reported up to a level against a baseline.
    """

    kind: str
    limit: str

    @property
    def fails(self) -> bool:
        """Whether a single sentence that meets it is too many."""
        return self.kind in {"at", "on"}


@dataclass(frozen=True, slots=True)
class Met:
    """How many sentences meet a gate, where the first of them stand, and how many are held to it."""

    count: int
    first: list[str]
    held: int = 0

    def __add__(self, other: "Met") -> "Met":
        """Those of both, in this order."""
        return Met(self.count + other.count, [*self.first, *other.first][:PLACES], self.held + other.held)


@dataclass(slots=True)
class Tally:
    """Documents and sentences at each level; where any are not reported also what is counted of silences.

    Of pages for people also what else a summary tells: findings, the rules that made sentences weak, whom sentences
    rest on (by name only within one document: those of another are other people), the weakest sentences. Names come in
    order of appearance. All of it stays small however many documents there are. What is `suppressed`
    is kept, each with why, only where somebody wants to read it. That of a whole scan knows what is `unread`.
    """

    documents: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    findings: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)
    weakest: list[Weak] = field(default_factory=list)
    met: dict[Gate, Met] = field(default_factory=dict)
    quiet: "Counts | None" = None
    suppressed: "list[tuple[Weak, str]]" = field(default_factory=list)
    unread: "Unread | None" = None

    @classmethod
    def of(cls, document: "Document") -> "Tally":
        """The tally of one document."""
        return cls(1, Counter(sentence.level for sentence in document.sentences))

    @classmethod
    def of_page(cls, document: "Document", shown: Sequence["Sentence"], among: "Among | None" = None) -> "Tally":
        """The tally of a document for people to read; its weakest sentences are among those shown.

        It may be one `among` those of a file.
        """
        from factcheck_cli.terminal.reason import UNNAMED, decisive, named, unnamed

        tally = cls.of(document)
        for sentence in document.sentences:
            tally.findings += len(sentence.findings)
            found = decisive(sentence)
            if found and sentence.level in WEAK:
                tally.rules[found.rule] += 1
            source = sentence.source
            if source and sentence.level not in WITHOUT_SOURCE:
                if source.kind == UNNAMED:
                    tally.unnamed[unnamed(source)] += 1
                elif source.refers or source.kind != "pronoun":
                    tally.named[named(source)] += 1
        tally.weakest = weakest(document, shown, _WEAKEST, among)
        return tally

    def add(self, other: "Tally") -> None:
        """Counts what another tally has counted; in place, for a new sum each time would be quadratic."""
        if other.quiet:
            self.hush(other.quiet)
        for gate, met in other.met.items():
            self.met[gate] = self.met[gate] + met if gate in self.met else met
        if not (other.documents or other.levels):
            return
        self.named = other.named if not self.documents else Counter()
        self.documents += other.documents
        self.findings += other.findings
        self.levels.update(other.levels)
        self.rules.update(other.rules)
        self.unnamed.update(other.unnamed)
        if len(self.unnamed) > 2 * _KEPT:
            self.unnamed = Counter(dict(self.unnamed.most_common(_KEPT)))
        self.suppressed += other.suppressed[: _SUPPRESSED - len(self.suppressed)]
        self.weakest = nsmallest(_WEAKEST, _distinct([*self.weakest, *other.weakest]), key=_weakness)

    def hush(self, quiet: "Counts") -> None:
        """Counts these silences, too."""
        from factcheck_cli.quiet.counts import Counts

        self.quiet = self.quiet or Counts(narrowed=quiet.narrowed)  # one of its own, for others may count with theirs
        self.quiet.add(quiet)

    @property
    def reported(self) -> Counter[str]:
        """How many sentences are reported at each level."""
        return self.quiet.reported(self.levels) if self.quiet else self.levels

    @property
    def sentences(self) -> int:
        """The number of sentences."""
        return self.levels.total()


def weakest(
    document: "Document", sentences: Iterable["Sentence"], number: int, among: "Among | None" = None
) -> list[Weak]:
    """The weakest of the sentences that nobody quite stands behind, the weakest first."""
    # The level comes first: what is left of a sentence may be reported at a higher one than its confidence is of.
    weak = sorted(
        (sentence for sentence in sentences if sentence.level in WEAK),
        key=lambda one: (WEAK.index(one.level), one.confidence or 0.0),
    )
    numbered = numbers(document)
    return [excerpt(document, sentence, numbered, among) for sentence in islice(_distinct(weak), number)]


def _distinct(found: Iterable[_Said]) -> Iterator[_Said]:
    """Without those that say the same as one before: what stands in many texts is read once."""
    seen = set[str]()
    for one in found:
        if one.text not in seen:
            seen.add(one.text)
            yield one


def excerpt(document: "Document", sentence: "Sentence", numbered: Numbers, among: "Among | None" = None) -> Weak:
    """A sentence as a summary has it; `numbers` of the document tell its place."""
    place = numbered(sentence.span.start)
    return Weak(
        confidence=sentence.confidence or 0.0,
        level=sentence.level,
        document=document.name,
        place=place,
        text=sentence.text[:_EXCERPT],
        link=_link(document, place, among),
    )


def _link(document: "Document", place: tuple[str, int], among: "Among | None") -> tuple[str, int]:
    """The file of a place in a document, and the line in it."""
    title, number = place
    if among and not document.origin:
        return among.file, among.number if among.is_line else 0
    return among.file if among else document.name, number if title == "line" else 0


def numbers(document: "Document") -> Numbers:
    """What tells it of the document's characters."""
    if document.origin:
        where = document.origin.where
        return lambda at: (where.title(), where.number(at))
    lines = Lines(document.text)
    return lambda at: ("line", lines.number(at))


def _weakness(weak: Weak) -> tuple[int, float]:
    return WEAK.index(weak.level), weak.confidence
