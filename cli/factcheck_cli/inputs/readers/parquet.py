"""Parquet tables: a document a row."""

import io
from collections.abc import Iterator

from factcheck_cli.inputs.readers.article import Article, Asked, Lost, UnreadableError, facts

_ROWS = 64  # that are read together
_NAMED = 8  # columns that a message names
_LONG = 100  # characters of what the library says


def read(data: bytes, asked: Asked) -> Iterator[Article | Lost | None]:
    """The rows in their order."""
    import pyarrow as pa
    from pyarrow import parquet

    pa.set_memory_pool(pa.system_memory_pool())
    try:
        file = parquet.ParquetFile(io.BytesIO(data) if data else asked.path)
        names = file.schema_arrow.names
        if asked.text_field not in names:
            found = ", ".join(f"`{name}`" for name in names[:_NAMED])
            remedy = "--text-field names the one with the text"
            raise UnreadableError(f"this table has no column `{asked.text_field}`; it has {found}; {remedy}")
        wanted = dict.fromkeys((asked.text_field, asked.id_field, *asked.facts.values()))
        columns = [name for name in wanted if name in names]
        for batch in file.iter_batches(_ROWS, columns=columns, use_threads=False):
            for row in batch.to_pylist():
                yield _row(row, asked)
    except (pa.ArrowException, OSError) as error:
        why = " ".join(str(error).split())[:_LONG]
        raise UnreadableError(f"this Parquet table is damaged ({why}); write it anew") from error


def _row(row: dict[str, object], asked: Asked) -> Article | Lost:
    text, name = row[asked.text_field], row.get(asked.id_field)
    if not isinstance(text, str):
        return Lost(f"`{asked.text_field}` of this row is no text; --text-field names another column")
    return Article(text, name="" if name is None else str(name), **facts(row, asked.facts.items()))
