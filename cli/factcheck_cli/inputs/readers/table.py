"""Tables of comma-separated values, and others like them: a document a row."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from factcheck_cli.inputs.decoding import MARKS
from factcheck_cli.log import Report

if TYPE_CHECKING:
    from factcheck_cli.inputs.text import Part

_HEAD: Final = 1 << 20  # bytes that tell what a table is encoded in
_LARGEST: Final = 1 << 26  # characters of a cell
_DELIMITERS: Final = ",;\t|"
_NAMED: Final = 8  # columns that a message names
_LONG: Final = 40  # characters of such a name

Row = dict[str, object]


def rows(table: "Part", text_field: str, report: Report, *, tabs: bool) -> Iterator[tuple[str, Row]]:
    """The rows below the head, each with its place, `NAME:NUMBER`, counted as a spreadsheet counts them."""
    before = csv.field_size_limit(_LARGEST)  # the library has one for all
    with io.BytesIO(table.data) if table.data is not None else Path(table.path).open("rb") as file:
        text = io.TextIOWrapper(file, _codec(file, table.name, report), errors="replace", newline="")
        first = text.readline()
        text.seek(0)
        reader = csv.reader(text, delimiter="\t" if tabs else max(_DELIMITERS, key=first.count))
        try:
            yield from _below(next(reader, []), reader, table.name, text_field, report)
        except csv.Error as error:
            said = f"this is no table that can be read ({error}, line {reader.line_num:,}); save it anew"
            report.failure(table.name, said)
        finally:
            csv.field_size_limit(before)


def _below(
    head: list[str], reader: Iterator[list[str]], name: str, text_field: str, report: Report
) -> Iterator[tuple[str, Row]]:
    if text_field not in head:
        report.failure(name, _no_column(head, text_field))
        return
    number = 1
    for number, row in enumerate(reader, 2):
        if row:
            yield f"{name}:{number}", dict(zip(head, row, strict=False))
    if number == 1:
        report.note(name, "there is no row in it")


def _no_column(head: list[str], field: str) -> str:
    """What is wrong with a table without texts, and the columns that may be meant."""
    found = ", ".join(f"`{' '.join(name.split())[:_LONG]}`" for name in head[:_NAMED] if name.strip())
    has = f"; it has {found}" if found else ""
    return f"this table has no column `{field}`{has}; --text-field names the one with the text"


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
