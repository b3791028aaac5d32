"""The work of a scan: a text in, its printed page out."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import chain, islice
from typing import Protocol

from factcheck import Document, Scanner, Sentence
from factcheck.language.program import LADDER
from factcheck_cli.inputs import Text
from factcheck_cli.options import Format as FormatName
from factcheck_cli.options import Level, Segment
from factcheck_cli.style import Style
from factcheck_cli.tally import Tally


class Begin(Protocol):
    """What stands at the beginning of an output."""

    def __call__(self, signals: Sequence[str], /, *, file: bool) -> bytes:
        """The beginning, for these signals; `file` says whether it goes into a file and not into a pipe."""


@dataclass(frozen=True, slots=True)
class Format:
    """What the module of an output format has: a page for each document, and what stands around and between them."""

    page: Callable[[Document, list[Sentence], Style], bytes]
    begin: Begin = lambda _signals, *, file: b""  # noqa: ARG005 - most begin with nothing
    between: bytes = b""
    end: Callable[[Tally, Style], bytes] = lambda _tally, _style: b""


FORMATS = {"pretty": "pretty", "jsonl": "jsonl", "json": "json_array", "csv": "csv_table"}
"""The formats, and the module of each."""


def format_called(name: str) -> Format:
    """The format of this name; the modules of the others are not loaded."""
    module = vars(import_module(f"factcheck_cli.{FORMATS[name]}"))
    parts = {"page": "page", "begin": "begin", "between": "BETWEEN", "end": "end"}
    return Format(**{part: module[found] for part, found in parts.items() if found in module})


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the work depends on but the texts; it travels to worker processes."""

    rules: tuple[str, ...]
    builtin: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    cache: bool
    segment: Segment
    at_most: Level | None
    format: FormatName
    to_file: bool
    style: Style


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of some documents, and what is in them."""

    output: bytes
    tally: Tally


@dataclass(frozen=True, slots=True)
class Lost:
    """A text that could not be scanned: the name of its document, and why."""

    name: str
    why: str


class Press:
    """Scans texts and prints their pages."""

    def __init__(self, settings: Settings) -> None:
        """Raises RuleError and SelectionError as the scanner does."""
        self.settings = settings
        self.format = format_called(settings.format)
        self.scanner = Scanner(
            settings.rules,
            select=settings.select,
            ignore=settings.ignore,
            builtin=settings.builtin,
            cache=settings.cache,
        )
        # What is loaded by now stays: no search for garbage need ever look at it.
        gc.freeze()
        gc.enable()

    def fitted(self, texts: Iterable[Text]) -> Iterator[Text]:
        """The same texts; where they are many, people get a row for each from now on, unless they want all."""
        if self.settings.format != "pretty" or self.settings.style.full:
            return iter(texts)
        from factcheck_cli.pretty import MANY

        ahead = iter(texts)
        first = list(islice(ahead, MANY))
        if len(first) == MANY:
            self.settings = replace(self.settings, style=replace(self.settings.style, brief=True))
        return chain(first, ahead)

    def print(self, text: Text) -> Printed | Lost:
        """The page of one text."""
        try:
            document = self.scanner.scan(text.text, text.name, segment=self.settings.segment)
            limit = self.settings.at_most
            shown = [s for s in document.sentences if limit is None or reaches(s.level, limit)]
            page = self.format.page(document, shown, self.settings.style)
            tally = Tally.of_page(document, shown) if self.settings.format == "pretty" else Tally.of(document)
            return Printed(page, tally)
        except MemoryError:
            return Lost(text.name, "there is not enough memory for it; split it and scan the parts")


def reaches(level: str, limit: Level) -> bool:
    """Whether a level is at or below the limit; `no-claim` stands on no ladder and never is."""
    return level in LADDER[: LADDER.index(limit) + 1]
