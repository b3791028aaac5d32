"""Parquet, for data frames and databases: a sentence a row, written as the scan goes, a group of rows at a time.

Pages are Arrow streams, so that they may come from other processes; whoever writes the file makes its groups of them.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from factcheck.arrow import schema, table
from factcheck_cli.output import Out, destination

if TYPE_CHECKING:
    from factcheck import Scanner
    from factcheck.graded import Graded
    from factcheck.text.columns import Rows
    from factcheck_cli.log import Log
    from factcheck_cli.origin import Origin
    from factcheck_cli.quiet.hush import Hushed

_GROUP: Final = 1 << 16
"""Rows of a group."""
_SIZE: Final = 8  # bytes before a page that tell its length
_PLACE: Final = pa.struct([
    *((name, pa.int32()) for name in ("line", "column", "end_line", "end_column", "page", "chapter", "paragraph")),
    ("element", pa.string()),
])  # fmt: skip


def of_columns(
    part: "Graded",
    shown: "Rows | None" = None,
    origins: "Sequence[Origin | None]" = (),
    hushed: "Hushed | None" = None,  # noqa: ARG001 - the columns have no room for it yet
    /,
) -> bytes:
    """The sentences, or those `shown`, with their places in the source where it has any."""
    rows = np.arange(len(part.grades)) if shown is None else shown
    if not len(rows):
        return b""
    found = table([part], part.program.signals).take(pa.array(rows))
    places = pa.array(_places(found, part.article.sentences.document.take(rows).tolist(), origins), _PLACE)
    found = found.append_column("place", places).combine_chunks()
    page = io.BytesIO()
    with pa.ipc.new_stream(page, found.schema) as stream:
        stream.write_table(found)
    data = page.getvalue()
    return len(data).to_bytes(_SIZE, "big") + data


def _places(
    found: pa.Table, documents: Sequence[int], origins: "Sequence[Origin | None]"
) -> list[dict[str, Any] | None]:
    if not any(origins):
        return [None] * len(documents)
    spans = zip(documents, found["start"].to_pylist(), found["end"].to_pylist(), strict=True)
    return [one.where.place(a, b) if (one := origins[number]) else None for number, a, b in spans]


@contextmanager
def bind(target: Path | None, scanner: "Scanner", _log: "Log", /, *, folder: bool) -> Iterator[Out]:  # noqa: ARG001 - never one
    """What takes pages and writes the file of them."""
    columns = schema(scanner.program.signals).append(pa.field("place", _PLACE))
    with destination(target) as out:
        groups = _Groups(out, columns)
        yield groups
        groups.close()


class _Groups(Out):
    """Takes pages, and writes them in groups of rows."""

    def __init__(self, out: Out, columns: pa.Schema) -> None:
        super().__init__(out.write, out.folder)
        self._writer = pq.ParquetWriter(_Raw(out), columns, compression="zstd")
        self._held: list[pa.Table] = []

    def put(self, pages: bytes | Path) -> None:
        """Takes the pages; a file of them is removed."""
        if isinstance(pages, bytes):
            self._take(io.BytesIO(pages))
            return
        with pages.open("rb") as file:
            self._take(file)
        pages.unlink()

    def _take(self, pages: BinaryIO) -> None:
        while size := pages.read(_SIZE):
            with pa.ipc.open_stream(pages.read(int.from_bytes(size, "big"))) as stream:
                self._held.append(stream.read_all())
            if sum(map(len, self._held)) >= _GROUP:
                self._write()

    def _write(self) -> None:
        if self._held:
            self._writer.write_table(pa.concat_tables(self._held).unify_dictionaries(), row_group_size=_GROUP)
            self._held = []

    def close(self) -> None:
        """Writes what is left, and where the groups are."""
        self._write()
        self._writer.close()


class _Raw(io.RawIOBase):
    """What the writer takes for a file that it can only write to."""

    def __init__(self, out: Out) -> None:
        self._out, self._at = out, 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:  # noqa: ANN401 - anything with bytes in it
        """Writes them."""
        view = memoryview(data)
        self._out.write(bytes(view))
        self._at += view.nbytes
        return view.nbytes

    def tell(self) -> int:
        """How many there are so far."""
        return self._at
