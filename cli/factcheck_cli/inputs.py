"""Paths to texts: files, folders, standard input and JSON lines; what cannot be read is logged and passed over."""

import codecs
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from factcheck_cli.log import Log

STDIN = "-"
"""The path that stands for standard input, and the name its document has."""

SUFFIX = ".txt"
"""What is looked for in folders; a file that is named is read whatever its name ends in."""

ROWS = ".jsonl"

# The UTF-32 mark of little-endian order starts with that of UTF-16, so it stands before it.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ("utf-8", "cp1252")


@dataclass(frozen=True, slots=True)
class Text:
    """A document to scan: its name in the output, and its text as read, line ends and all."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where texts come from: the paths, and the fields of JSON rows that hold text and name."""

    paths: tuple[str, ...]
    text_field: str
    id_field: str

    def texts(self, log: Log) -> Iterator[Text]:
        """The texts in the order of the paths, read one at a time."""
        for path in dict.fromkeys(file for given in self.paths for file in files(given, log)):
            if path.lower().endswith(ROWS):
                yield from self._rows(path, log)
            else:
                yield from _whole(path, log)

    def _rows(self, path: str, log: Log) -> Iterator[Text]:
        with _logged(path, log), Path(path).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                data = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
                if not data.isspace():
                    yield from self._row(f"{shown(path)}:{number}", data, log)

    def _row(self, place: str, data: bytes, log: Log) -> Iterator[Text]:
        try:
            row = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            log.failure(place, f"this row is not JSON ({error.msg}); write one object a line, in UTF-8")
            return
        if not isinstance(row, dict):
            log.failure(place, "this row is no JSON object; write one object a line")
            return
        text, name = row.get(self.text_field), row.get(self.id_field)
        if not isinstance(text, str):
            log.failure(place, f"this row has no text in `{self.text_field}`; --text-field names another field")
        elif name is not None and (isinstance(name, bool) or not isinstance(name, str | int | float)):
            log.failure(place, f"`{self.id_field}` is no text or number; --id-field names another field")
        else:
            yield Text(place if name is None else str(name), text)


def files(path: str, log: Log) -> list[str]:
    """The path itself, or the text files in the folder and all below it, by name. Links to folders are not followed."""
    if path == STDIN or not os.path.isdir(path):  # noqa: PTH112 - the method raises where it may not look
        return [path]

    def unread(error: OSError) -> None:
        log.failure(shown(error.filename), why(error))

    before = log.failures
    found = [
        os.path.join(folder, name)  # noqa: PTH118 - `./a.txt` stays as people wrote it
        for folder, _, names in os.walk(path, onerror=unread)
        for name in names
        if name.lower().endswith(SUFFIX)
    ]
    if not found and log.failures == before:
        log.failure(shown(path), f"there is no {SUFFIX} file in this folder; name the files themselves")
    return sorted(found)


def shown(path: str) -> str:
    """The path as text; bytes of it that are not UTF-8 become a replacement sign."""
    return os.fsencode(path).decode("utf-8", "replace")


def why(error: OSError) -> str:
    """What keeps a file from being read, and the remedy."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder; check the path"
    if isinstance(error, PermissionError):
        return "this may not be read; check its permissions"
    return f"this cannot be read: {error.strerror or error}"


def _whole(path: str, log: Log) -> Iterator[Text]:
    name = shown(path)
    with _logged(path, log):
        data = sys.stdin.buffer.read() if path == STDIN else Path(path).read_bytes()
        text = decode(data, name, log)
        if text is not None:
            yield Text(name, text)


@contextmanager
def _logged(path: str, log: Log) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        log.failure(shown(path), why(error))


def decode(data: bytes, name: str, log: Log) -> str | None:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252; None when it is no text."""
    mark, encodings = next(((m, (e,)) for m, e in _MARKS if data.startswith(m)), (b"", _UNMARKED))
    text, encoding = _strictly(data[len(mark) :], encodings)
    if "\0" in text or (not mark and b"\0" in data):
        log.failure(name, "this is a binary file (it holds NUL characters); save its text as UTF-8")
        return None
    if not encoding:
        log.failure(name, f"this is not {' or '.join(encodings)} all through; save it as UTF-8")
        return None
    if not text or text.isspace():
        log.note(name, "there is no text in it")
    elif encoding == "cp1252":
        log.note(name, "this is not UTF-8, so it is read as Windows-1252; save it as UTF-8 if letters look wrong")
    return text


def _strictly(data: bytes, encodings: Iterable[str]) -> tuple[str, str]:
    """The text and the encoding that fits, both empty where none does."""
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return "", ""
