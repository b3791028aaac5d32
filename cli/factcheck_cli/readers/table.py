"""Tables of comma-separated values, and others like them: a document a row."""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO, Final, cast

from factcheck_cli.decoding import MARKS
from factcheck_cli.log import Report

_HEAD: Final = 1 << 20  # bytes that tell what a table is encoded in
_LARGEST: Final = 1 << 26  # characters of a cell
_DELIMITERS: Final = ",;\t|"


def rows(
    path: str, data: bytes | None, name: str, report: Report, kind: str
) -> Iterator[tuple[str, dict[str, object]]]:
    """The rows below the head, each with its place, `NAME:NUMBER`, counted as a spreadsheet counts them."""
    csv.field_size_limit(_LARGEST)
    with nullcontext(cast("BinaryIO", io.BytesIO(data))) if data is not None else Path(path).open("rb") as file:
        codec = _codec(file, name, report)
        text = io.TextIOWrapper(file, codec, errors="replace", newline="")
        first = text.readline()
        delimiter = "\t" if kind == "tsv" else max(_DELIMITERS, key=first.count)
        text.seek(0)
        reader = csv.reader(text, delimiter=delimiter)
        try:
            head = next(reader, [])
            for number, row in enumerate(reader, 2):
                if row:
                    yield f"{name}:{number}", dict(zip(head, row, strict=False))
        except csv.Error as error:
            report.failure(name, f"this is no table that can be read ({error}, line {reader.line_num:,}); save it anew")


def _codec(file: BinaryIO, name: str, report: Report) -> str:
    """What a table is encoded in."""
    head = file.read(_HEAD)
    file.seek(0)
    for mark, codec, _ in MARKS:
        if head.startswith(mark):
            return "utf-8-sig" if mark == codecs.BOM_UTF8 else codec.removesuffix("-le").removesuffix("-be")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        report.note(name, "this is not UTF-8, so it is read as Windows-1252; save it as UTF-8 if letters look wrong")
        return "cp1252"
    return "utf-8"
