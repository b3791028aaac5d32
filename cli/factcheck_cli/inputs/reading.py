"""Parts of the input to texts: a file, or some of its rows; what cannot be read is reported and passed over."""

import codecs
import io
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import orjson

from factcheck_cli.inputs.decoding import MARKS, decode
from factcheck_cli.inputs.folder import why
from factcheck_cli.inputs.readers.types import HEAD, TYPES, ZIP, UnknownTypeError, is_json, made_here, named, told
from factcheck_cli.inputs.row import Row, RowError, held
from factcheck_cli.inputs.text import EVERY_ROW, STDIN, Among, How, Part, Text
from factcheck_cli.log import Report
from factcheck_cli.options import ID_FIELD, TEXT_FIELD
from factcheck_cli.terminal.paths import shown

if TYPE_CHECKING:
    from factcheck.language.program import Program
    from factcheck_cli.inputs.origin import Origin

_PEEKED = 3  # lines that tell whether a text is JSON lines


def languages(*programs: "Program") -> frozenset[str]:
    """The languages of all packs that have rules in one of the programs: others may have been left out."""
    found = set[str]()
    for program in programs:
        ruling = {rule.pack for rule in program.rules}
        found.update(pack.language for pack in program.packs if pack.name in ruling)
    return frozenset(found)


def texts(part: Part, how: How, report: Report, wanted: range = EVERY_ROW) -> Iterator[Text]:
    """The texts of the part one at a time, of rows those that are wanted."""
    with guarded(part.name, report):
        if part.error:
            raise part.error
        found = _rows(part, how, report, wanted) if part.row else _whole(part, how, report, wanted)
        yield from found if how.any_language else _understood(found, how, report)


def _understood(found: Iterator[Text], how: How, report: Report) -> Iterator[Text]:
    """Those that are in a language that is read, as far as can be told."""
    for text in found:
        if is_plainly_english(text.text):
            yield text
            continue
        from factcheck_cli.inputs.language import unread

        if why_not := unread(text.text, how.languages):
            report.skip(text.name, f"{why_not}; --any-language scans it")
        else:
            yield text


_SAMPLE = 1500  # characters that tell the language
_SHORT = 200  # characters of a text that is never passed over


def is_plainly_english(text: str) -> bool:
    """Whether a glance tells that a text is English, or too short to tell: it has the word *the* twice."""
    if len(text) < _SHORT:
        return True
    first = text.find(" the ", 0, _SAMPLE)
    return first >= 0 and text.find(" the ", first + 1, _SAMPLE) >= 0


def wide(data: bytes | bytearray) -> str:
    """The name of the encoding with more than a byte a character that data is marked to be in, if it is."""
    return next((title for mark, _, title in MARKS if mark != codecs.BOM_UTF8 and data.startswith(mark)), "")


# Rows ----------------------------------------------------------------------------------------------------------------


def rows(part: Part, report: Report) -> Iterator[tuple[str, Row]]:
    """The rows of the part, each with its place, `PATH:NUMBER`."""
    with guarded(part.name, report):
        yield from _objects(part, report, EVERY_ROW)


def _rows(part: Part, how: How, report: Report, wanted: range) -> Iterator[Text]:
    if part.name == STDIN and part.row == 1 and not how.type and (remedy := _no_rows(_head(part), how)):
        taken = "where a field is named, standard input is taken for JSON lines, which this is not"
        report.failure(part.name, f"{taken}; {remedy}")
        return
    for place, row in _objects(part, report, wanted):
        text = _text(place, row, how, report, is_line=True)
        row.clear()  # it may be as long as its text
        if text:
            yield text
        text = None


def _head(part: Part) -> bytes:
    with _opened(part) as file:  # other processes have standard input in a file
        return file.read(HEAD)


def _no_rows(data: bytes, how: How) -> str:
    """How to read what begins so, which has no name that could say it; nothing where it may be JSON lines."""
    begun = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").lstrip()
    if not begun or begun.startswith("{") or wide(data):
        return ""
    if begun.startswith("["):
        return "--type json reads it as JSON"
    if kind := _like_table(begun, how.text or TEXT_FIELD):
        return f"--type {kind} makes each row of the table a text"
    if any(line.startswith("{") for line in begun.splitlines()[:_PEEKED]):
        return ""
    return "--type text reads it as prose, --type csv as a table"


def _objects(part: Part, report: Report, wanted: range) -> Iterator[tuple[str, Row]]:
    with _opened(part) as file:
        for number, line in enumerate(_lines(file, part.size), part.row):
            if number == 1 and (title := wide(line)):
                report.failure(part.name, f"this is {title}; save it as UTF-8, which JSON lines are in")
                return
            if number >= wanted.stop:
                return
            if number in wanted:
                if number == 1:
                    line = line.removeprefix(codecs.BOM_UTF8)  # noqa: PLW2901 - all of it is one line
                place = f"{part.name}:{number}"
                row = _object(place, line, report)
                line = b""  # noqa: PLW2901 - it may be as long as its text
                if row is not None:
                    yield place, row
                row = None


def _lines(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The lines that begin in the next `size` bytes."""
    while size > 0 and (line := file.readline()):
        size -= len(line)
        yield line
        line = b""  # else it would stay until the next one is there


def _object(place: str, data: bytes, report: Report) -> Row | None:
    if data.isspace():
        return None
    try:
        row = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        report.failure(place, _no_json(data, error))
        return None
    if not isinstance(row, dict):
        report.failure(place, "this row is no JSON object; write one object a line")
        return None
    return row


def _text(place: str, row: Row, how: How, report: Report, *, is_line: bool = False) -> Text | None:
    try:
        text, name = held(row, how.text or TEXT_FIELD, how.id or ID_FIELD)
    except RowError as error:
        report.failure(place, str(error))
        return None
    file, _, number = place.rpartition(":")
    among = Among(file, int(number), is_line)
    if how.kept:
        from factcheck_cli.inputs.readers.article import facts

        return Text(name or place, text, among=among, told=tuple(facts(row, how.kept).items()))
    return Text(name or place, text, origin=_told_by(row, among, how.facts) if how.facts else None, among=among)


def _told_by(row: Row, among: Among, asked: Iterable[tuple[str, str]]) -> "Origin":
    """What the row says of its document."""
    from factcheck_cli.inputs.origin import Origin, Where
    from factcheck_cli.inputs.readers.article import facts

    kind = "jsonl" if among.is_line else named(among.file) or "csv"
    return Origin(kind, Where(), **facts(row, asked))


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


# Whole files ---------------------------------------------------------------------------------------------------------


def _whole(part: Part, how: How, report: Report, wanted: range) -> Iterator[Text]:
    """The texts of a file as its type has them."""
    data = streamed(part) if part.stream and part.data is None else part.data
    if data is not None:
        kind = _type(data[:HEAD], part, how, report)
    else:
        with Path(part.path).open("rb") as file:
            head = file.read(HEAD)
            kind = _type(head, part, how, report)
            data = head + file.read() if kind == "text" else None
    if kind is None:
        return
    if kind == "text":
        yield from _plain(data or b"", part, how, report, wanted)
    elif kind == "jsonl":
        yield from _rows(replace(part, data=data, row=1, size=sys.maxsize), how, report, wanted)
    elif kind in {"csv", "tsv"}:
        from factcheck_cli.inputs.readers.table import rows as cells

        table = replace(part, data=data)
        for place, row in cells(table, how.text or TEXT_FIELD, report, tabs=kind == "tsv"):
            number = int(place.rpartition(":")[2])
            if number >= wanted.stop:
                return
            if number in wanted and (text := _text(place, row, how, report)):
                yield text
    else:
        from factcheck_cli.inputs.caged import caged

        yield from caged(kind, replace(part, data=data), how, report, wanted)


def streamed(part: Part) -> bytes:
    """All that comes out of a stream, which no reader can open again. Raises OSError."""
    return sys.stdin.buffer.read() if part.path == STDIN else Path(part.path).read_bytes()


def _plain(data: bytes, part: Part, how: How, report: Report, wanted: range) -> Iterator[Text]:
    text = decode(data, part.name, report)
    if text is None:
        return
    if not how.type and _like_rows(text):
        field = how.text or TEXT_FIELD
        if _have(text, field):
            report.note(part.name, "this is JSON lines, so each line is a text; --type text reads it as prose")
            yield from _rows(replace(part, data=data, row=1, size=sys.maxsize), how, report, wanted)
            return
        remedy = "--text-field NAME" if part.name == STDIN else "--type jsonl --text-field NAME"
        report.note(part.name, f"this is read as prose, but looks like JSON lines; {remedy} makes each line a text")
    elif not how.type and (kind := _like_table(text, how.text or TEXT_FIELD)):
        report.note(part.name, f"this is read as prose, but looks like a table; --type {kind} makes each row a text")
    yield Text(part.name, text)


def _type(head: bytes, part: Part, how: How, report: Report) -> str | None:
    """The type of a file that begins so; None for one that is not read, which is reported."""
    if how.type:
        return how.type
    by_name = "" if part.name == STDIN else named(part.name)
    what, kind = made_here(head)
    if what:
        report.skip(part.name, f"{what} that factcheck wrote; --type {kind} scans it", is_article=False)
        return None
    try:
        by_content = told(head)
    except UnknownTypeError as error:
        report.failure(part.name, str(error))
        return None
    if not by_content:
        if by_name in _SURE:
            if head:  # that there is nothing in it is told
                report.note(part.name, f"this is not {TYPES[by_name].title}, as its name says, but plain text")
            return "text"
        return "text" if by_name == "json" and not is_json(head) else by_name or "text"
    if by_content != ZIP:
        from factcheck_cli.inputs.caged import compare

        compare(part, by_content, report)
    return by_content


_SURE = frozenset(("docx", "odt", "epub", "pdf", "parquet", "warc"))
"""The types that are told by their content beyond doubt."""


def _have(text: str, field: str) -> bool:
    """Whether the first lines have a text in this field."""
    return all(
        isinstance(orjson.loads(line[0]).get(field), str) for line in islice(re.finditer(r"\S.*", text), _PEEKED)
    )


def _like_rows(text: str) -> bool:
    """Whether the first lines that are not empty are JSON objects."""
    return all([_is_object(line) for line in islice(re.finditer(r"\S.*", text), _PEEKED)] or [False])


def _like_table(text: str, field: str) -> str:
    """The type of a table whose head has a column of this name, if the text begins as one."""
    first, *others = text[:HEAD].lstrip().splitlines()[:2] or [""]
    if field not in first or not others:
        return ""
    marks = (mark for mark in "\t,;|" if mark in others[0])
    found = next((mark for mark in marks if field in (cell.strip(' "') for cell in first.split(mark))), "")
    return "" if not found else "tsv" if found == "\t" else "csv"


def _is_object(line: re.Match[str]) -> bool:
    if line.string[line.start()] != "{":  # most are not, and this copies none of a long one
        return False
    try:
        return isinstance(orjson.loads(line[0]), dict)
    except orjson.JSONDecodeError:
        return False


@contextmanager
def _opened(part: Part) -> Iterator[BinaryIO]:
    if part.data is not None:
        yield io.BytesIO(part.data)
        return
    with Path(part.path).open("rb") as file:
        if part.start:
            file.seek(part.start)
        yield file


@contextmanager
def guarded(name: str, report: Report) -> Iterator[None]:
    """The reading of a file called so; what keeps it from being read is reported."""
    try:
        yield
    except OSError as error:
        report.failure(shown(name), why(error))
    except MemoryError:
        report.failure(shown(name), "there is not enough memory to read this; split it and scan the parts")
