"""The sentences that a baseline knows, silent in a scan."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from factcheck_cli.quiet.silence import Note, Sentences, Silence, Teller

if TYPE_CHECKING:
    from factcheck.language.program import Program
    from factcheck_cli.baseline.entry import Found
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.quiet.counts import Counts

Document = tuple[str, int]
"""The file as it is named, and which of its documents."""


@dataclass(frozen=True, slots=True)
class Known:
    """Which sentences of which documents are known, by their numbers: decided where all of them have been seen."""

    wholly: ClassVar[bool] = True

    note: Note
    of: Mapping[Document, frozenset[int]] = field(compare=False)  # settings are hashed, and one scan has one of these

    @classmethod
    def these(cls, baseline: str, found: Iterable["Found"]) -> "Known":
        """The sentences, by the baseline that knows them."""
        known: dict[Document, set[int]] = defaultdict(set)
        for one in found:
            known[one.file, one.document].add(one.sentence)
        return cls(Note("known", place=baseline), {document: frozenset(own) for document, own in known.items()})

    def about(self, text: "Text", _program: "Program", _counts: "Counts", /) -> Teller | None:
        """What is known of the text."""
        known = self.of.get((text.among.file, text.among.number) if text.among else (text.name, 0))
        if not known:
            return None

        def told(sentences: Sentences) -> Iterator[Silence]:
            before = sentences.part.place.sentences
            return (Silence(row, self.note) for row in range(len(sentences)) if row + before in known)

        return told
