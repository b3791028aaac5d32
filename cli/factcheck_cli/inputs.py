"""Paths to texts: files, folders, standard input and JSON lines; what cannot be read is logged and passed over."""

import codecs
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import orjson

from factcheck_cli.decoding import MARKS, decode
from factcheck_cli.folder import shown, text_files, why
from factcheck_cli.log import Log

STDIN = "-"
"""The path that stands for standard input, and the name its document has."""

ROWS = ".jsonl"

_ADDRESS = re.compile(r"[a-z][a-z\d+.-]*://", re.IGNORECASE)
_NAMED = 5  # fields of a row that are named
_PEEKED = 3  # lines that tell whether a text is JSON lines

TEXT_FIELD, ID_FIELD = "text", "id"
"""The fields of a row, unless others are named."""

EVERY_ROW = range(1, sys.maxsize)
"""Rows are counted from 1, as lines are."""


@dataclass(frozen=True, slots=True)
class Text:
    """A document to scan: its name in the output, and its text as read, line ends and all."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where texts come from: the paths, the fields of JSON rows that hold text and name, and the rows to read.

    Where a field is named, standard input holds rows, too: it has no name that could say so.
    """

    paths: tuple[str, ...]
    text_field: str | None = None
    id_field: str | None = None
    rows: range = EVERY_ROW

    def texts(self, log: Log) -> Iterator[Text]:
        """The texts in the order of the paths, read one at a time; a file is read once, however its path is written."""
        for path in _once([file for given in self.paths for file in files(given, log)]):
            if holds_rows(path) or (path == STDIN and (self.text_field or self.id_field)):
                yield from self._rows(path, log)
            else:
                yield from _whole(path, log)

    def _rows(self, path: str, log: Log) -> Iterator[Text]:
        with _logged(path, log), _opened(path) as lines:
            for number, line in islice(enumerate(lines, 1), self.rows.start - 1, self.rows.stop - 1):
                if number == 1 and (title := _wide(line)):
                    log.failure(shown(path), f"this is {title}; save it as UTF-8, which JSON lines are in")
                    return
                data = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
                if not data.isspace():
                    yield from self._row(f"{shown(path)}:{number}", data, log)

    def _row(self, place: str, data: bytes, log: Log) -> Iterator[Text]:
        try:
            row = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            log.failure(place, _no_json(data, error))
            return
        if not isinstance(row, dict):
            log.failure(place, "this row is no JSON object; write one object a line")
            return
        text_field, id_field = self.text_field or TEXT_FIELD, self.id_field or ID_FIELD
        text, name = row.get(text_field), row.get(id_field)
        if not isinstance(text, str):
            log.failure(place, _no_text(row, text_field))
        elif name is not None and (isinstance(name, bool) or not isinstance(name, str | int | float)):
            log.failure(place, f"`{id_field}` is no text or number; --id-field names another field")
        else:
            yield Text(place if name in {None, ""} else str(name), text)


def _wide(line: bytes) -> str:
    """The name of the encoding with more than a byte a character that a first line is marked to be in, if it is."""
    return next((title for mark, _, title in MARKS if mark != codecs.BOM_UTF8 and line.startswith(mark)), "")


def _no_json(data: bytes, error: orjson.JSONDecodeError) -> str:
    """What is wrong with a row that is not JSON."""
    try:
        data.decode()
    except UnicodeDecodeError as broken:
        where = f"byte {broken.start + 1:,} of it is {data[broken.start]:#04x}"
        return f"this row is not UTF-8 ({where}); save the file as UTF-8"
    if "depth" in error.msg:
        return "this row has more than a thousand lists or objects within one another; leave out all but its text"
    return f"this row is not JSON ({error.msg}, character {error.pos + 1:,}); write one object a line"


def _no_text(row: dict[str, object], field: str) -> str:
    """What is wrong with a row without text, and the fields that may be meant."""
    if field in row:
        return f"`{field}` of this row is no text; --text-field names another field"
    texts = [f"`{name}`" for name, value in row.items() if isinstance(value, str)][:_NAMED]
    meant = f"; it has {', '.join(texts)}" if texts else ""
    return f"this row has no `{field}`{meant}; --text-field names the field with the text"


def _once(paths: Iterable[str]) -> Iterator[str]:
    """Each path where it comes first; `a.txt` and `./a.txt` are one, a link is a document of its own."""
    seen = set()
    for path in paths:
        plain = path if path == STDIN else os.path.normcase(os.path.abspath(path))  # noqa: PTH100 - links stay links
        if plain not in seen:
            seen.add(plain)
            yield path


def holds_rows(path: str) -> bool:
    """Whether the file has a document a row."""
    return path.lower().endswith(ROWS)


def files(path: str, log: Log) -> list[str]:
    """The path itself, or the text files of the folder."""
    if _ADDRESS.match(path):
        log.failure(shown(path), "addresses are not fetched; save the page, and scan the file")
        return []
    if path == STDIN or not os.path.isdir(path):  # noqa: PTH112 - the method raises where it may not look
        return [path]
    return text_files(path, log)


def _whole(path: str, log: Log) -> Iterator[Text]:
    name = shown(path)
    with _logged(path, log):
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
        text = decode(data, name, log)
        if text is not None:
            if _like_rows(text):
                remedy = "--text-field NAME" if path == STDIN else f"a name ending in {ROWS}"
                log.note(name, f"this is read as prose, but looks like JSON lines; {remedy} makes each line a text")
            yield Text(name, text)


def _like_rows(text: str) -> bool:
    """Whether the first lines that are not empty are JSON objects."""
    return all([_is_object(line[0]) for line in islice(re.finditer(r"\S.*", text), _PEEKED)] or [False])


def _is_object(line: str) -> bool:
    try:
        return line.startswith("{") and isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    if path == STDIN:
        yield sys.stdin.buffer
    else:
        with Path(path).open("rb") as file:
            yield file


@contextmanager
def _logged(path: str, log: Log) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        log.failure(shown(path), why(error))
    except MemoryError:
        log.failure(shown(path), "there is not enough memory to read this; split it and scan the parts")
