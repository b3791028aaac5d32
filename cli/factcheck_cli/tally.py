"""What is counted over all documents of a scan."""

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck import Document

UNNAMED = "anonymous"
"""The kind of source that no reader could go and ask."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Documents, sentences at each level, and the words for sources without a name."""

    documents: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, document: "Document") -> "Tally":
        """The tally of one document."""
        # All sentences of a quotation have the one source that stands beside it.
        sources = {s.source for s in document.sentences if s.source and s.source.kind == UNNAMED}
        return cls(
            1,
            Counter(sentence.level for sentence in document.sentences),
            Counter(" ".join(source.text.lower().split()) for source in sources),
        )

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.documents + other.documents, self.levels + other.levels, self.unnamed + other.unnamed)

    @property
    def sentences(self) -> int:
        """The number of sentences."""
        return self.levels.total()
