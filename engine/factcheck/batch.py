"""What a scan of many texts returns: documents in columns, and objects made of these when they are asked for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from factcheck.document import Document
from factcheck.graded import Graded

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Batch:
    """Documents scanned together. Iterating makes a `Document` of each; the columns are those of its `parts`."""

    parts: tuple[Graded, ...]
    signals: tuple[str, ...]
    """The names of the signals that every sentence has."""

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def __repr__(self) -> str:
        return f"<batch of {len(self):,} documents, {sum(len(part.grades) for part in self.parts):,} sentences>"

    def __iter__(self) -> Iterator[Document]:
        """The documents in order."""
        pieces: list[Document] = []
        for part in self.parts:
            for document in part.documents():
                pieces.append(document)
                if part.place.last:
                    yield _joined(pieces)
                    pieces = []

    def to_records(self) -> list[dict[str, Any]]:
        """One record a sentence, as JSON lines have it."""
        return [record for document in self for record in document.to_records()]

    def to_arrow(self) -> "pa.Table":
        """One row a sentence, with the keys of the records as columns; needs pyarrow.

        Raises ImportError that says how to install it when it is missing.
        """
        try:
            from factcheck.arrow import table  # noqa: PLC0415 -- pyarrow is an extra, and few need it
        except ImportError as error:
            raise ImportError("pyarrow is missing; pip install 'factcheck-engine[arrow]' installs it") from error
        return table(self.parts, self.signals)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """The same for whatever speaks the Arrow PyCapsule interface, such as polars or DuckDB."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)


def _joined(pieces: Sequence[Document]) -> Document:
    """The document of these pieces."""
    if len(pieces) == 1:
        return pieces[0]
    sentences = chain.from_iterable(piece.sentences for piece in pieces)
    return Document(pieces[0].name, "".join(piece.text for piece in pieces), tuple(sentences))
