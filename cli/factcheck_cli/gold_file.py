"""Files of labelled sentences: JSON lines, or a table that a spreadsheet has saved; a set of gold sentences each."""

import csv
import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from factcheck.evaluate.gold import SOURCE, Gold, GoldError, gold, kind_of
from factcheck_cli.console import counted
from factcheck_cli.csv_table import unguarded
from factcheck_cli.decoding import decode
from factcheck_cli.folder import shown
from factcheck_cli.log import Log, Minutes, Report
from factcheck_cli.place import is_folder
from factcheck_cli.reading import STDIN, Part, Row, guarded, rows

_TABLES: Final = {".csv": ",;\t", ".tsv": "\t"}
"""What the names of tables end in, and what may part their cells: Excel takes semicolons in many countries."""
_TEXT: Final = "text"
_CUES, _BETWEEN = "cues", "|"
_NUMBERS: Final = ("fold", "certainty")
_WHOLE = re.compile(r"[+-]?[0-9]+")
_SHOWN: Final = 3  # wrong rows of a file without a right one that are named


@dataclass(frozen=True, slots=True)
class GoldSet:
    """The gold sentences of a file."""

    name: str
    sentences: tuple[Gold, ...]


def read(paths: Iterable[str], log: Log, *, fold: int | None = None) -> list[GoldSet]:
    """The sets of the files, each with the rows of the `fold` or with all.

    Wrong rows, and files that measure nothing or several things, are told and left out.
    """
    found = (_set(path, log, fold) for path in dict.fromkeys(paths))
    return [one for one in found if one]


def _set(path: str, log: Log, fold: int | None) -> GoldSet | None:
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
        kept = sentences if fold is None else _of_fold(sentences, fold)
        kind_of(kept)
    except GoldError as error:
        log.failure(name, str(error))
        return None
    return GoldSet(name, tuple(kept))


def _tell(told: Minutes, name: str, log: Log, *, alone: bool) -> None:
    """Tells of wrong rows; where no other is right, which is no matter of single rows, of the first alone."""
    log.tell(told.told[:_SHOWN] if alone else told.told)
    more = len(told.told) - _SHOWN
    if alone and more > 0:
        log.failure(name, f"nor is there a labelled sentence in the other {counted(more, 'row')}")
    if alone and not any(one.is_failure for one in told.told):
        log.failure(name, "there is no row in it; write one sentence a row, with its `label`")


def _of_fold(sentences: Sequence[Gold], fold: int) -> list[Gold]:
    """Those of the fold. Raises GoldError where there are none."""
    kept = [one for one in sentences if one.fold == fold]
    if kept:
        return kept
    folds = sorted({one.fold for one in sentences if one.fold is not None})
    if not folds:
        raise GoldError("no row of this file has a `fold`; leave --fold out")
    raise GoldError(f"no row of this file is of fold {fold}; there are {', '.join(map(str, folds))}")


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
    first = text.lstrip().partition("\n")[0]
    mark = max(marks, key=first.count)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        names = [cell.strip().lower() for cell in next(table)]
        if _TEXT not in names:
            report.failure(name, f"the first row names no column `{_TEXT}`; name the columns there, as in text,label")
            return
        for number, cells in enumerate(table, 2):
            if any(cell.strip() for cell in cells):
                yield f"{name}:{number}", _row(names, cells)
    except csv.Error as error:
        report.failure(name, f"this is no table as spreadsheets save it ({error}); save it anew, as CSV")


def _row(names: Sequence[str], cells: Sequence[str]) -> Row:
    """The row as JSON would have it. An empty cell is as good as none, but in a column of labels."""
    own = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
    row: Row = {name: cell for name, cell in own.items() if cell or name in {_TEXT, "label", "level"}}
    for name in _NUMBERS:
        if name in row:
            row[name] = _number(own[name])
    if "polarity" in own:  # a scan has written this
        row[_TEXT] = unguarded(own[_TEXT])
    cues: list[object] = [cue.strip() for cue in own.get(_CUES, "").split(_BETWEEN) if cue.strip()]
    if own.get(SOURCE):
        cues.append({"text": own[SOURCE], "type": SOURCE})
    return row | {_CUES: cues}


def _number(cell: str) -> object:
    """The number in a cell, or the cell."""
    try:
        return int(cell) if _WHOLE.fullmatch(cell) else float(cell)
    except ValueError:
        return cell
