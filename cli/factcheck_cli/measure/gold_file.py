"""Files of labelled sentences: JSON lines, or a table that a spreadsheet has saved; a set of gold sentences each."""

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

from factcheck.evaluate.gold import SOURCE, Gold, GoldError, Kind, gold, is_scanned, kind_of
from factcheck.render import visible
from factcheck_cli.formats.csv_table import unguarded
from factcheck_cli.inputs.decoding import decode
from factcheck_cli.inputs.place import is_folder
from factcheck_cli.inputs.reading import guarded, rows
from factcheck_cli.inputs.row import Row
from factcheck_cli.inputs.text import STDIN, Part
from factcheck_cli.log import Log, Minutes, Report
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.paths import shown

_TABLES: Final = {".csv": ",;\t", ".tsv": "\t"}
"""What the names of tables end in, and what may part their cells: Excel takes semicolons in many countries."""
_PARTED: Final = "sep="
"""Begins a line before the table that names what parts its cells; Excel takes it for no row."""
_TEXT: Final = "text"
_CUES, _BETWEEN = "cues", "|"
_CERTAINTY: Final = ("certainty", "certainty_1to6")
_NUMBERS: Final = ("fold", *_CERTAINTY)
_LABELS: Final = ("label", "level", *_CERTAINTY)
"""Columns that people fill in: a row with an empty cell there has no label yet."""
_WHOLE = re.compile(r"[+-]?[0-9]+")
_SHOWN: Final = 3  # wrong rows of a file without a right one that are named


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The gold sentences of a file, or of a part of it, and what the whole of it measures."""

    name: str
    sentences: tuple[Gold, ...]
    kind: Kind


def read(paths: Iterable[str], log: Log, *, fold: int | None = None, without_fold: int | None = None) -> list[GoldSet]:
    """The sets of the files, each with the rows of the `fold`, without those of another, or with all.

    Wrong rows, and files that measure nothing or several things, are told and left out.
    """
    found = (_set(path, log, fold, without_fold) for path in dict.fromkeys(paths))
    return [one for one in found if one]


def _set(path: str, log: Log, fold: int | None, without: int | None) -> GoldSet | None:
    name = shown(path)
    told = Minutes()
    sentences: list[Gold] = []
    for place, row in _rows(path, name, told):
        try:
            sentences.append(gold(row, place))
        except GoldError as error:
            told.failure(place, str(error))
    _tell(told, name, log, alone=not sentences)
    if not sentences:
        return None
    try:
        kind = kind_of(sentences)
        if fold is not None:
            sentences = _part(sentences, "--fold", fold, kept=True)
        if without is not None:
            sentences = _part(sentences, "--without-fold", without, kept=False)
    except GoldError as error:
        log.failure(name, str(error))
        return None
    return GoldSet(name, tuple(sentences), kind)


def _tell(told: Minutes, name: str, log: Log, *, alone: bool) -> None:
    """Tells of wrong rows; where no other is right, which is no matter of single rows, of the first alone."""
    log.tell(told.told[:_SHOWN] if alone else told.told)
    more = len(told.told) - _SHOWN
    if alone and more > 0:
        log.failure(name, f"nor is there a labelled sentence in the other {counted(more, 'row')}")
    if alone and not any(one.is_failure for one in told.told):
        log.failure(name, "there is no row in it; write one sentence a row, with its `label`")


def _part(sentences: Sequence[Gold], option: str, fold: int, *, kept: bool) -> list[Gold]:
    """Those of the fold that the option names, or all others. Raises GoldError where that is not a part of them."""
    folds = sorted({one.fold for one in sentences if one.fold is not None})
    if not folds:
        raise GoldError(f"no row of this file has a `fold`; leave {option} out")
    if fold not in folds:
        there = f"there {'is' if len(folds) == 1 else 'are'} {', '.join(map(str, folds))}"
        raise GoldError(f"no row of this file is of fold {fold}; {there}")
    part = [one for one in sentences if (one.fold == fold) is kept]
    if not part:
        raise GoldError(f"all rows of this file are of fold {fold}, so nothing is left to learn from")
    if not any(one.is_measured for one in part):
        raise GoldError(f"no row {'of' if kept else 'beside those of'} fold {fold} has a label yet; label some")
    return part


def is_table(path: str) -> bool:
    """Whether the name is that of a table."""
    return Path(path).suffix.lower() in _TABLES


def rows_of(path: str, report: Report) -> Iterator[tuple[str, Row]]:
    """The rows of a file as they are, each with its place."""
    return _rows(path, shown(path), report)


def _rows(path: str, name: str, report: Report) -> Iterator[tuple[str, Row]]:
    """The rows of a file, each with its place."""
    if path != STDIN and is_folder(path):
        report.failure(name, "this is a folder; name its files of labelled sentences")
        return iter(())
    if marks := _TABLES.get(Path(path).suffix.lower()):
        return _table(path, name, marks, report)
    data = sys.stdin.buffer.read() if path == STDIN else None
    return rows(Part(path, name, sys.maxsize, row=1, data=data), report)


# Tables --------------------------------------------------------------------------------------------------------------


def _table(path: str, name: str, marks: str, report: Report) -> Iterator[tuple[str, Row]]:
    """The rows of a table, whose first one names the columns. Rows are counted as a spreadsheet does."""
    text: str | None = None
    with guarded(name, report):
        text = decode(Path(path).read_bytes(), name, report)
    if text is None or not text.strip():
        return
    mark, before, lines = _begun(text, marks)
    table = csv.reader(lines, delimiter=mark)
    try:
        names = [cell.strip().lower() for cell in next(table, [])]
        if _TEXT not in names:
            report.failure(name, f"the first row names no column `{_TEXT}`; name the columns there, as in text,label")
            return
        if twice := next((one for one in names if one and names.count(one) > 1), None):
            report.failure(name, f"two columns of it are called `{twice}`; rename one")
            return
        for number, cells in enumerate(table, before + 2):
            place = f"{name}:{number}"
            if any(cell.strip() for cell in cells[len(names) :]):
                said = f"this row has {len(cells)} cells, and the first one names {counted(len(names), 'column')}"
                report.failure(place, f"{said}; put a text with `{visible(mark)}` in it in quotation marks")
            elif any(cell.strip() for cell in cells):
                yield place, _row(dict(zip_longest(names, map(str.strip, cells), fillvalue="")), mark)
    except csv.Error as error:
        report.failure(name, f"this is no table as spreadsheets save it ({error}); save it anew, as CSV")


def _begun(text: str, marks: str) -> tuple[str, int, list[str]]:
    """What parts the cells, how many empty rows stand before the one that names the columns, and the lines from it."""
    lines = io.StringIO(text, newline="").readlines()
    if lines[0].lower().startswith(_PARTED):
        marks = lines.pop(0)[len(_PARTED) :].rstrip("\r\n")[:1] or marks
    before = next((number for number, line in enumerate(lines) if line.strip(f" \r\n{marks}")), len(lines))
    lines = lines[before:]
    return max(marks, key=lines[0].count) if lines else marks[0], before, lines


def _row(own: Mapping[str, str], mark: str) -> Row:
    """The row as JSON would have it. An empty cell is as good as none, but in a column that people fill in."""
    scanned = is_scanned(own)
    row: Row = {name: cell or None for name, cell in own.items() if cell or name in _LABELS or scanned}
    row[_TEXT] = unguarded(own[_TEXT]) if scanned else own[_TEXT]
    for name in _NUMBERS:
        if own.get(name):
            row[name] = _number(own[name], mark)
    cues: list[object] = [cue.strip() for cue in own.get(_CUES, "").split(_BETWEEN) if cue.strip()]
    if own.get(SOURCE):
        cues.append({"text": own[SOURCE], "type": SOURCE})
    return row | {_CUES: cues}


def _number(cell: str, mark: str) -> object:
    """The number in a cell, or the cell. Where commas part no cells one may stand before decimals."""
    try:
        return int(cell) if _WHOLE.fullmatch(cell) else float(cell if mark == "," else cell.replace(",", "."))
    except ValueError:
        return cell
