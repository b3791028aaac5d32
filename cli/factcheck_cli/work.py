"""The work of a scan: parts of the input in, printed pages out, a batch of texts at a time."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from factcheck import Batch, Document, Scanner, Sentence
from factcheck.graded import Graded
from factcheck.language.program import LADDER, LEVELS
from factcheck.load import own_packs
from factcheck.text.columns import Rows
from factcheck_cli import memory
from factcheck_cli.batch import batches
from factcheck_cli.log import Log, Minutes, Told
from factcheck_cli.options import Format as FormatName
from factcheck_cli.options import Level, Segment
from factcheck_cli.origin import Origin
from factcheck_cli.output import Out
from factcheck_cli.reading import How, Part, Text, texts
from factcheck_cli.style import Style
from factcheck_cli.tally import Tally


class OfParts(Protocol):
    """Writes documents of which it is to be said why their sentences have their levels."""

    def __call__(
        self, scanner: Scanner, parts: Iterable[Graded], settings: "Settings", /
    ) -> Iterator[tuple[bytes, Tally]]:
        """The page of each document that ends in the parts, and what is in it."""


class Bind(Protocol):
    """Opens what takes all that is written and makes one output of it."""

    def __call__(
        self, target: Path | None, scanner: Scanner, log: Log, /, *, folder: bool
    ) -> AbstractContextManager[Out]:
        """For the file or the folder, or for standard output."""


class Begin(Protocol):
    """What stands at the beginning of an output."""

    def __call__(self, scanner: Scanner, /, *, file: bool) -> bytes:
        """The beginning, for these rules; `file` says whether it goes into a file and not into a pipe."""


class OfTexts(Protocol):
    """Counts what there is in documents, instead of writing them."""

    def __call__(self, part: Graded, texts: Sequence[Text], by: str, /) -> bytes:
        """What was counted, for whoever sums it up; `by` is what groups of documents are told apart by."""


Origins = Sequence[Origin | None]
"""What is known of the sources of documents, one each; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Format:
    """What the module of an output format has: a page for each document, and what stands around and between them.

    One whose documents have nothing around them may write many of them at once, from columns; one that explains
    sentences is given the parts of a scan. A `report` is a page that needs to know where the text comes from. `bind`
    opens what takes the pages where an output is more than one behind the other. `summed` has all counted that is told
    to people; `of_texts` makes statistics.
    """

    page: Callable[[Document, list[Sentence], Style], bytes] | None = None
    report: Callable[[Text, Document, list[Sentence], Style], bytes] | None = None
    of_columns: Callable[[Graded, Rows | None, Origins], bytes] | None = None
    of_parts: OfParts | None = None
    of_texts: OfTexts | None = None
    bind: Bind | None = None
    begin: Begin = lambda _scanner, *, file: b""  # noqa: ARG005 - most begin with nothing
    between: bytes = b""
    end: Callable[[Tally, Style], bytes] = lambda _tally, _style: b""
    summed: bool = False


FORMATS = {
    "pretty": "pretty",
    "jsonl": "jsonl",
    "json": "json_array",
    "csv": "csv_table",
    "html": "html_report.pages",
    "stats": "stats.count",
}
"""The modules of formats that are not called as these; the others are reports."""

_PARTS = {
    "page": "page",
    "report": "report",
    "of_columns": "of_columns",
    "of_parts": "of_parts",
    "of_texts": "of_texts",
    "bind": "bind",
    "begin": "begin",
    "between": "BETWEEN",
    "end": "end",
    "summed": "SUMMED",
}
"""The parts of a format, and what its module calls each."""


def format_called(name: str) -> Format:
    """The format of this name; the modules of the others are not loaded."""
    module = vars(import_module(f"factcheck_cli.{FORMATS.get(name, f'formats.{name}')}"))
    return Format(**{part: module[found] for part, found in _PARTS.items() if found in module})


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the work depends on but the texts; it travels to worker processes."""

    rules: tuple[str, ...]
    packs: tuple[str, ...]
    builtin: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    cache: bool
    segment: Segment
    at_most: Level | None
    format: FormatName | Literal["stats"]
    to_file: bool
    style: Style
    how: How
    by: str = ""
    """What statistics tell groups of documents apart by."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of some documents, what is in them, and by their numbers those that were lost, each with why."""

    output: bytes
    tally: Tally
    lost: dict[int, str]


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of some documents, what is in them, and what there is to tell of the input."""

    output: bytes
    tally: Tally
    told: list[Told]


class Press:
    """Scans texts and prints their pages."""

    def __init__(self, settings: Settings) -> None:
        """Raises RuleError and SelectionError as the scanner does."""
        memory.keep()
        self.settings = settings
        self.format = format_called(settings.format)
        self.scanner = Scanner(
            settings.rules,
            packs=settings.packs,
            select=settings.select,
            ignore=settings.ignore,
            builtin=settings.builtin,
            cache=settings.cache,
        )
        # Whoever wrote rules wants to read what they find.
        self._draw(replace(settings.style, packs=(*settings.packs, *own_packs(self.scanner.sources))))
        # What is loaded by now stays: no search for garbage need ever look at it.
        gc.freeze()
        gc.enable()

    def fitted(self, parts: Iterable[Part]) -> Iterator[Part]:
        """The same parts; where texts are many, people get a row for each from now on, unless they want all."""
        if self.settings.format != "pretty" or self.settings.style.full:
            return iter(parts)
        from factcheck_cli.pretty import MANY

        ahead, seen, found = iter(parts), [], 0
        for part in ahead:
            seen.append(part)
            once = part.stream and part.data is None
            found += 1 if once else sum(1 for _ in islice(texts(part, self.settings.how, Minutes()), MANY - found))
            if found == MANY:
                self._draw(replace(self.settings.style, brief=True))
                break
        return chain(seen, ahead)

    def _draw(self, style: Style) -> None:
        self.settings = replace(self.settings, style=style)

    def printed(self, parts: Iterable[Part], announce: Callable[[Text], object] | None = None) -> Iterator[Printed]:
        """What becomes of the parts, batch by batch. Each text is announced before it is scanned."""
        for batch in batches(parts, self.settings.how):
            if announce:
                for text in batch.texts:
                    announce(text)
            lost = dict[int, str]()
            for pages in self.print(batch.texts):
                yield Printed(pages.output, pages.tally, [])
                lost |= pages.lost
            yield Printed(b"", Tally(), batch.in_order(lost))

    def single(self, text: Text) -> Printed:
        """What becomes of one text alone."""
        outputs, tally, lost = [], Tally(), list[Told]()
        for pages in self.print([text]):
            outputs.append(pages.output)
            tally.add(pages.tally)
            lost += [Told(text.name, why, is_failure=True) for why in pages.lost.values()]
        return Printed(b"".join(outputs), tally, lost)

    def print(self, batch: Sequence[Text], number: int = 0) -> Iterator[Pages]:
        """The pages of the texts, the first of which has this number; of a very long one piece by piece if they can be.

        Where memory does not suffice for all, those left are done one by one; what is lost of a long one is its rest.
        """
        done, begun = 0, False
        try:
            for pages in self._printed(batch):
                yield pages
                begun = True
                done += pages.tally.documents
        except MemoryError:
            if len(batch) == 1:
                what = "the rest of it, and its pages end in the middle" if begun else "it"
                lost = f"there is not enough memory for {what}; split it and scan the parts"
                yield Pages(b"", Tally(), {number: lost})
                return
        else:
            return
        for place, text in enumerate(batch[done:], number + done):
            yield from self.print([text], place)

    def _printed(self, batch: Sequence[Text]) -> Iterator[Pages]:
        texts, segment = _columns(batch), self.settings.segment
        marks = [text.marks for text in batch] if any(text.marks for text in batch) else None
        origins = [text.origin for text in batch] if any(text.origin for text in batch) else []
        if self.format.of_columns:
            done = 0
            for part in self.scanner.parts(*texts, segment=segment, marks=marks):
                yield self._lines(part, self.format.of_columns, origins[done : done + len(part.texts)])
                done += len(part)
        elif self.format.of_texts:
            done = 0
            for part in self.scanner.parts(*texts, segment=segment, marks=marks):
                counts = self.format.of_texts(part, batch[done : done + len(part.texts)], self.settings.by)
                yield Pages(counts, _levels(part), {})
                done += len(part)
        elif self.format.of_parts:
            parts = self.scanner.parts(*texts, segment=segment, marks=marks)
            for output, tally in self.format.of_parts(self.scanner, parts, self.settings):
                yield Pages(output, tally, {})
        else:
            yield self._pages(self.scanner.scan_many(*texts, segment=segment, marks=marks), batch)

    def _lines(self, part: Graded, lines: Callable[[Graded, Rows | None, Origins], bytes], origins: Origins) -> Pages:
        limit, level = self.settings.at_most, part.grades.level
        output = lines(part, None if limit is None else (level <= LADDER.index(limit)).nonzero()[0], origins)
        return Pages(output, _levels(part), {})

    def _pages(self, scanned: Batch, batch: Sequence[Text]) -> Pages:
        limit, style, form = self.settings.at_most, self.settings.style, self.format
        outputs, tally = [], Tally()
        for document, text in zip(scanned, batch, strict=True):
            if text.origin:
                document = replace(document, origin=text.origin)  # noqa: PLW2901 - the same, and more is known of it
            shown = [s for s in document.sentences if limit is None or reaches(s.level, limit)]
            if form.report:
                outputs.append(form.report(text, document, shown, style))
            elif form.page:
                outputs.append(form.page(document, shown, style))
            tally.add(Tally.of_page(document, shown, text.among) if form.summed else Tally.of(document))
        return Pages(self.format.between.join(filter(None, outputs)), tally, {})


def _levels(part: Graded) -> Tally:
    """How many sentences of the part are at each level, and how many documents end in it."""
    counts = np.bincount(part.grades.level, minlength=len(LEVELS)).tolist()
    return Tally(len(part), +Counter(dict(zip(LEVELS, counts, strict=False))))


def _columns(batch: Sequence[Text]) -> tuple[list[str], list[str]]:
    """The texts, and the names of their documents."""
    return [text.text for text in batch], [text.name for text in batch]


def reaches(level: str, limit: Level) -> bool:
    """Whether a level is at or below the limit; `no-claim` stands on no ladder and never is."""
    return level in LADDER[: LADDER.index(limit) + 1]
