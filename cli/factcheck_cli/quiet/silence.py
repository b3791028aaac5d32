"""Silences: what is not reported of a sentence, and why. Whoever has some to tell of is a `Quiet`.

A silence judges nothing: the sentence keeps its level, its confidence and its signals.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, ClassVar, Final, Literal, NamedTuple, Protocol

import numpy as np

from factcheck.language.program import LADDER, LEVELS
from factcheck_cli.own import own_rule

if TYPE_CHECKING:
    from factcheck import Sentence
    from factcheck.graded import Graded
    from factcheck.language.program import Program
    from factcheck.span import Span
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.quiet.counts import Counts

Kind = Literal["suppressed", "known", "unchanged"]
"""By a comment or a sidecar; in the baseline; in no changed line."""


class Note(NamedTuple):
    """What people are told of a silence: by what, the rules it is about (none: all), the reason, how long, where."""

    kind: Kind
    rules: tuple[str, ...] = ()
    reason: str = ""
    until: str = ""
    place: str = ""

    def told(self) -> str:
        """The reason, how long it holds, and where it is written, on one line."""
        until = f" (until {self.until})" if self.until else ""
        return f"{self.reason}{until}, {self.place}"

    def to_record(self) -> dict[str, object]:
        """As JSON has it."""
        found = {"reason": self.reason, "until": self.until, "place": self.place}
        return {"rules": list(self.rules) or "all", **{name: value for name, value in found.items() if value}}


@dataclass(frozen=True, slots=True)
class Silence:
    """Of the sentence in this row these findings are not reported; None: nothing of it is.

    `base` says that no rule of ours reports it either, such as `factcheck/no-speaker`. The `key` is what this is known
    by to whoever declared it; what is never used can be told at the end. It has to be hashable and to be pickled.
    """

    row: int
    note: Note
    findings: frozenset[int] | None = None
    base: bool = False
    key: object = None


class Words(NamedTuple):
    """The characters of sentences as they are compared with what somebody has typed, and where each starts in them."""

    text: str
    starts: list[int]

    def row(self, at: int) -> int:
        """The sentence of a character."""
        return bisect_right(self.starts, at) - 1


class Sentences:
    """The sentences of a document, or of a piece of it, as they were graded; rows count from 0 in what is at hand.

    Columns are at hand, objects are made of the rows that are asked for.
    """

    def __init__(self, part: "Graded", number: int) -> None:
        """Of the document with this number in the part."""
        first, end = np.searchsorted(part.article.sentences.document, (number, number + 1)).tolist()
        self.part, self.first, self.end = part, first, end
        self.origin = int(part.origin[number])
        """Where in the text of the part the document starts."""

    def __len__(self) -> int:
        return self.end - self.first

    @cached_property
    def spans(self) -> "list[tuple[int, int]]":
        """Where in the document each stands."""
        sentences, rows = self.part.article.sentences, slice(self.first, self.end)
        start, stop = sentences.start[rows] - self.origin, sentences.stop[rows] - self.origin
        return list(zip(start.tolist(), stop.tolist(), strict=True))

    @cached_property
    def ends(self) -> list[int]:
        """Where in the document each ends."""
        return [end for _, end in self.spans]

    @cached_property
    def words(self) -> Words:
        """Their characters as they are compared with what somebody has typed."""
        each = [plain(self.text(row)) for row in range(len(self))]
        return Words(" ".join(each), list(accumulate((len(one) + 1 for one in each[:-1]), initial=0)))

    @cached_property
    def levels(self) -> list[str]:
        """The level of each."""
        return [LEVELS[rank] for rank in self.part.grades.level[self.first : self.end].tolist()]

    @cached_property
    def paragraphs(self) -> list[int]:
        """The paragraph of each, of what is at hand."""
        own: list[int] = self.part.article.sentences.paragraph[self.first : self.end].tolist()
        return own

    @cached_property
    def rules(self) -> list[list[str]]:
        """The rules of the findings of each, in their order."""
        found, program = self.part.findings, self.part.program
        edges = np.searchsorted(found.sentence, np.arange(self.first, self.end + 1)).tolist()
        names = [program.rules[rule].id for rule in found.rule[edges[0] : edges[-1]].tolist()]
        return [names[a - edges[0] : b - edges[0]] for a, b in pairwise(edges)]

    def own(self, row: int) -> str:
        """The rule of ours that reports it, such as that of quotations without a speaker; empty where another does."""
        grades, row = self.part.grades, self.first + row
        if grades.setting[row] >= 0 or LEVELS[grades.level[row]] not in LADDER:
            return ""
        return own_rule(LEVELS[grades.level[row]], has_source=bool(grades.source[row] >= 0))

    @cached_property
    def _texts(self) -> str:
        return self.part.article.tokens.text

    def text(self, row: int) -> str:
        """The characters of the sentence."""
        start, stop = self.spans[row]
        return self._texts[start + self.origin : stop + self.origin]

    def objects(self, rows: Sequence[int] | None = None) -> "list[Sentence]":
        """The sentences in these rows, or all, each as its document has it."""
        wanted = range(len(self)) if rows is None else rows
        return list(self.part.sentences(np.array([self.first + row for row in wanted], np.intp)))


Teller = Callable[[Sentences], Iterable[Silence]]
"""Tells the silences in the sentences of a text, or, of a long one, in those of each piece."""


class Quiet(Protocol):
    """Whoever has silences to tell of. It is part of the settings of a scan, and pickled to go to other processes.

    Where sentences are `wholly` silent nobody looks at their findings, and a document as an archive keeps it will do.
    """

    wholly: ClassVar[bool]

    def about(self, text: "Text", program: "Program", counts: "Counts", /) -> Teller | None:
        """What tells the silences in a text; None where there are none, and then this costs nothing.

        `counts` take what there is to say of the silences themselves. They come back from other processes; a text may
        be asked about several times.
        """


_ALIKE: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-"})
"""Marks that a word processor writes in another way than a keyboard."""


def plain(words: str) -> str:
    """Words without case, line breaks, and the marks that a word processor writes."""
    return " ".join(words.translate(_ALIKE).split()).casefold()


def meets(one: "Span | tuple[int, int]", start: int, stop: int) -> bool:
    """Whether a span has a character of the other."""
    return one[0] < stop and start < one[1]
