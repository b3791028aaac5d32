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
from factcheck.language.program import LEVELS
from factcheck_cli.output.sink import Out, destination

if TYPE_CHECKING:
    from factcheck.graded import Graded
    from factcheck.text.columns import Rows
    from factcheck_cli.inputs.origin import Origin
    from factcheck_cli.log import Log
    from factcheck_cli.quiet.hush import Hushed
    from factcheck_cli.work.rulebook import Rulebook

_GROUP: Final = 1 << 16
"""Rows of a group."""
_SIZE: Final = 8  # bytes before a page that tell its length
_PLACE: Final = pa.struct([
    *((name, pa.int32()) for name in ("line", "column", "end_line", "end_column", "page", "chapter", "paragraph")),
    ("element", pa.string()),
])  # fmt: skip
_TEXTS: Final = pa.list_(pa.string())
_NOTES: Final = pa.list_(
    pa.struct([("rules", _TEXTS), *((name, pa.string()) for name in ("reason", "until", "place"))])
)
SUPPRESSED: Final = True
"""What is suppressed can be told as such."""


def of_columns(
    part: "Graded",
    shown: "Rows | None" = None,
    origins: "Sequence[Origin | None]" = (),
    hushed: "Hushed | None" = None,
    /,
) -> bytes:
    """The sentences, or those `shown`, with their places in the source where it has any, and how they are reported."""
    rows = np.arange(len(part.grades)) if shown is None else shown
    if not len(rows):
        return b""
    found = table([part], part.program.signals).take(pa.array(rows))
    places = pa.array(_places(found, part.article.sentences.document.take(rows).tolist(), origins), _PLACE)
    found = found.append_column("place", places)
    for name, kind, column in _reported(part, rows, hushed):
        found = found.append_column(name, pa.array(column, kind))
    found = found.combine_chunks()
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


def _reported(
    part: "Graded", rows: "Rows", hushed: "Hushed | None"
) -> Iterator[tuple[str, pa.DataType, Sequence[object]]]:
    """The level at which each sentence is reported, none where it is silent; and what suppresses it, if anything."""
    levels = (hushed.levels if hushed else part.grades.level).take(rows).tolist()
    yield "reported", pa.string(), [LEVELS[level] if level < len(LEVELS) else None for level in levels]
    left = [hushed.of.get(row) if hushed else None for row in rows.tolist()]
    # Rules are a list here, none where all are meant: a column is of one type.
    notes = (
        [note.to_record() | {"rules": list(note.rules) or None} for note in one.suppressed] if one else []
        for one in left
    )
    yield "suppressed", _NOTES, [found or None for found in notes]


@contextmanager
def bind(target: Path | None, rulebook: "Rulebook", _log: "Log", /, *, folder: bool) -> Iterator[Out]:  # noqa: ARG001 - never one
    """What takes pages and writes the file of them."""
    columns = schema(rulebook.signals)
    for name, kind in (("place", _PLACE), ("reported", pa.string()), ("suppressed", _NOTES)):
        columns = columns.append(pa.field(name, kind))
    with destination(target) as out:
        groups = _Groups(out, columns)
        yield groups
        groups.close()


class _Groups(Out):
    """Takes pages, and writes them in groups of rows."""

    def __init__(self, out: Out, columns: pa.Schema) -> None:
        super().__init__(out.write, out.folder)
        self._columns = columns
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
                self._held.append(_with_signals(stream.read_all(), self._columns.field("signals")))
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


def _with_signals(page: pa.Table, wanted: pa.Field) -> pa.Table:
    """The page with all these signals, null where its rules measure none of that name."""
    at = page.schema.get_field_index("signals")
    if page.schema.field(at).type == wanted.type:
        return page
    found = page.column(at).combine_chunks()
    has = {field.name for field in found.type}
    values = [found.field(one.name) if one.name in has else pa.nulls(len(found), one.type) for one in wanted.type]
    return page.set_column(at, wanted, pa.StructArray.from_arrays(values, fields=list(wanted.type)))


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
