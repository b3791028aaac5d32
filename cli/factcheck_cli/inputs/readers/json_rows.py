"""JSON: an article for each object of an array, or for the one object that is all of it."""

from collections.abc import Iterator
from typing import Any, Final

import orjson

from factcheck_cli.inputs.readers.article import Article, Asked, Lost, UnreadableError, facts
from factcheck_cli.inputs.readers.decoded import decoded
from factcheck_cli.inputs.row import RowError, held

_LARGEST: Final = 80_000_000  # characters
_MOST: Final = 1_000_000  # values; the parser ends the process where memory does not suffice


def read(data: bytes, asked: Asked) -> Iterator[Article | Lost]:
    """The objects in their order."""
    source = decoded(data, asked)
    rows = _rows(source) if source.strip() else []
    if not rows:
        asked.note("there is no object in it")
    for row in rows:
        yield _article(row, asked)


def _rows(source: str) -> list[Any]:
    if len(source) > _LARGEST or sum(map(source.count, ",[{")) > _MOST:
        raise UnreadableError("it is too large to be read as a whole; save it as JSON lines, which are read one by one")
    try:
        value = orjson.loads(source)
    except orjson.JSONDecodeError as error:
        if "depth" in error.msg:
            raise UnreadableError("its lists and objects are nested too deeply; leave out all but the texts") from error
        said = f"this is not JSON ({error.msg}, line {error.lineno:,}, column {error.colno:,})"
        raise UnreadableError(f"{said}; mend it, or read it as it is with --type text") from error
    rows = [value] if isinstance(value, dict) else value
    if not isinstance(rows, list) or (rows and not any(isinstance(row, dict) for row in rows)):
        raise UnreadableError(
            'this is JSON, but no array of objects; write [{"text": "…"}, …], or read it as it is with --type text'
        )
    return rows


def _article(row: object, asked: Asked) -> Article | Lost:
    if not isinstance(row, dict):
        return Lost("this is no JSON object; an array is read that has one for each text")
    try:
        text, name = held(row, asked.text_field, asked.id_field)
    except RowError as error:
        return Lost(str(error))
    return Article(text, name=name, **facts(row, asked.facts.items()))
