"""What is counted over all documents of a scan."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck import Document

UNNAMED = "anonymous"
"""The kind of source that no reader could go and ask."""


@dataclass(slots=True)
class Tally:
    """Documents, sentences at each level, and the words for sources without a name, in order of appearance."""

    documents: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, document: "Document") -> "Tally":
        """The tally of one document."""
        # All sentences of a quotation have the one source that stands beside it.
        sources = dict.fromkeys(s.source for s in document.sentences if s.source and s.source.kind == UNNAMED)
        return cls(
            1,
            Counter(sentence.level for sentence in document.sentences),
            Counter(" ".join(source.text.lower().split()) for source in sources),
        )

    def add(self, other: "Tally") -> None:
        """Counts what another tally has counted; in place, for a new sum each time would be quadratic."""
        self.documents += other.documents
        self.levels.update(other.levels)
        self.unnamed.update(other.unnamed)

    @property
    def sentences(self) -> int:
        """The number of sentences."""
        return self.levels.total()
