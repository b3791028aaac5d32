"""What is meant of a text: `FILE:12` is a line, `FILE:3-7` several, `FILE` all; of .jsonl files they are rows."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from factcheck_cli.inputs.parts import Inputs, holds_rows
from factcheck_cli.inputs.text import EVERY_ROW, How, Text
from factcheck_cli.log import Log
from factcheck_cli.terminal.console import counted, fail
from factcheck_cli.terminal.paths import shown

_NUMBERS = re.compile(r"(?P<first>[0-9]{1,9})(?:-(?P<last>[0-9]{1,9}))?")
_RULE = re.compile(r"[^/.]+/[^/.]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A file, and which of its lines or rows are meant; None: all."""

    path: str
    numbers: range | None = None

    def texts(self, how: How, log: Log) -> Iterator[tuple[Text, range | None]]:
        """The texts that are meant, each with those of its lines that are."""
        rows = self.numbers if holds_rows(self.path) else None
        found = Inputs((self.path,), how).texts(log, rows or EVERY_ROW)
        return ((text, None if rows else self.numbers) for text in found)

    def without_sentence(self, texts: Sequence[Text]) -> str:
        """What to say when no sentence of the texts stands there."""
        name = shown(self.path)
        if self.numbers and texts and (origin := texts[0].origin) and not holds_rows(self.path):
            title, last = origin.where.title(), origin.where.number(len(texts[0].text))
            where = f"{title} {self.numbers[0]}" if len(self.numbers) == 1 else f"these {title}s"
            return f"{name}: there is no sentence {'on' if title == 'line' else 'in'} {where}: the last is in {last:,}"
        if not self.numbers:
            return f"{name}: there is no sentence in it; name a text that has one"
        noun, prefix = ("row", "in") if holds_rows(self.path) else ("line", "on")
        where = f"{noun} {self.numbers[0]}" if len(self.numbers) == 1 else f"these {noun}s"
        with Path(self.path).open("rb") as file:
            filled = [bool(line.strip()) for line in file]
        first = self.numbers[0]
        if len(self.numbers) == 1 and first <= len(filled) and not filled[first - 1]:
            before = [n for n, is_filled in enumerate(filled[:first], 1) if is_filled][-1:]
            after = [n for n, is_filled in enumerate(filled, 1) if is_filled and n > first][:1]
            near = " or ".join(f"{n}" for n in [*before, *after])
            return f"{name}: there is no sentence {prefix} {where}, which is empty; name {noun} {near}"
        return f"{name}: there is no sentence {prefix} {where}: the file has {counted(len(filled), noun)}"


def place(what: str) -> Place | None:
    """The place that the argument names, None where it names no file; the end of the program for one of no use."""
    found = _place(what)
    if found and is_folder(found.path):
        fail(f"{shown(found.path)}: this is a folder; name one of its files")
    if found and not found.numbers and holds_rows(found.path) and _is_file(found.path):
        fail(f"{shown(found.path)}: each row of it is a document; name one, as in {shown(found.path)}:1")
    return found


def _place(what: str) -> Place | None:
    if _is_file(what):
        return Place(what)
    path, colon, numbers = what.rpartition(":")
    if colon and (_is_file(path) or is_folder(path) or (_NUMBERS.fullmatch(numbers) and _like_path(path))):
        return Place(path, _range(shown(path), numbers))
    return Place(what) if _like_path(what) else None


def _is_file(path: str) -> bool:
    return os.path.isfile(path)


def is_folder(path: str) -> bool:
    """Whether there is a folder of this path."""
    return os.path.isdir(path)


def _like_path(what: str) -> bool:
    """Whether this may name a file and no rule."""
    return bool(Path(what).suffix) or ("/" in what and not _RULE.fullmatch(what))


def _range(path: str, numbers: str) -> range:
    """The numbers that stand behind the colon; the end of the program where there are none."""
    found = _NUMBERS.fullmatch(numbers)
    if not found:
        fail(f"{path}:{numbers}: `{numbers}` is no number of a line; write {path}:12, or {path}:3-7 for several")
    first, last = int(found["first"]), int(found["last"] or found["first"])
    if last < first:
        fail(f"{path}:{numbers}: this range ends before it begins; write {path}:{last or 1}-{first}")
    if not first:
        fail(f"{path}:{numbers}: lines are counted from 1; write {path}:1{f'-{last}' if last > 1 else ''}")
    return range(first, last + 1)
