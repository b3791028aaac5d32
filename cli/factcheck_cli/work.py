"""The work of a scan: parts of the input in, printed pages out, a batch of texts at a time."""

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

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

if TYPE_CHECKING:
    from factcheck_cli.store.sheet import Same, Sheet
    from factcheck_cli.store.shelf import Shelf


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


Origins = Sequence[Origin | None]
"""What is known of the sources of documents, one each; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class Format:
    """What the module of an output format has: a page for each document, and what stands around and between them.

    One whose documents have nothing around them may write many of them at once, from columns; one that explains
    sentences is given the parts of a scan. A `report` is a page that needs to know where the text comes from. `bind`
    opens what takes the pages where an output is more than one behind the other. `summed` has all counted that is told
    to people.
    """

    page: Callable[[Document, list[Sentence], Style], bytes] | None = None
    report: Callable[[Text, Document, list[Sentence], Style], bytes] | None = None
    of_columns: Callable[[Graded, Rows | None, Origins], bytes] | None = None
    of_parts: OfParts | None = None
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
}
"""The modules of formats that are not called as these; the others are reports."""

_PARTS = {
    "page": "page",
    "report": "report",
    "of_columns": "of_columns",
    "of_parts": "of_parts",
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
    format: FormatName
    to_file: bool
    style: Style
    how: How
    db: str = ""
    """The archive that the run is kept in, if it is."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of some documents, what is in them, and by their numbers those that were lost, each with why.

    `kept` is what an archive is to keep of them.
    """

    output: bytes
    tally: Tally
    lost: dict[int, str]
    kept: "Sequence[Sheet | Same]" = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of some documents, what is in them, what there is to tell of the input, and what is to be kept."""

    output: bytes
    tally: Tally
    told: list[Told]
    kept: "Sequence[Sheet | Same]" = ()


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
        self.shelf = self._opened()
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

    def _opened(self) -> "Shelf | None":
        """What is kept under the same rules and settings, where anything is to be kept."""
        if not self.settings.db:
            return None
        from factcheck_cli.store.shelf import Shelf, key_of_run

        lexicon = self.scanner.matcher.symbols.lexicon
        return Shelf(Path(self.settings.db), key_of_run(self.scanner, self.settings), self.scanner.program, lexicon)

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
                yield Printed(pages.output, pages.tally, [], pages.kept)
                lost |= pages.lost
            yield Printed(b"", Tally(), batch.in_order(lost))

    def single(self, text: Text) -> Printed:
        """What becomes of one text alone."""
        outputs, tally, lost, kept = [], Tally(), list[Told](), list["Sheet | Same"]()
        for pages in self.print([text]):
            outputs.append(pages.output)
            tally.add(pages.tally)
            lost += [Told(text.name, why, is_failure=True) for why in pages.lost.values()]
            kept += pages.kept
        return Printed(b"".join(outputs), tally, lost, kept)

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
        if not self.shelf:
            yield from self._pressed(batch, self._scanned(batch))
            return
        # What explains sentences needs more of them than is kept.
        for group in self.shelf.groups(batch, none=bool(self.format.of_parts)):
            kept = list["Sheet | Same"](group.same)
            parts = self.shelf.parts(group) if group.same else group.noted(self._scanned(group.texts), kept)
            for pages in self._pressed(group.texts, parts):
                yield replace(pages, kept=tuple(kept))
                kept.clear()
            if kept:
                yield Pages(b"", Tally(), {}, tuple(kept))

    def _scanned(self, batch: Sequence[Text]) -> Iterator[Graded]:
        marks = [text.marks for text in batch] if any(text.marks for text in batch) else None
        return self.scanner.parts(*_columns(batch), segment=self.settings.segment, marks=marks)

    def _pressed(self, batch: Sequence[Text], parts: Iterator[Graded]) -> Iterator[Pages]:
        origins = [text.origin for text in batch] if any(text.origin for text in batch) else []
        if self.format.of_columns:
            done = 0
            for part in parts:
                yield self._lines(part, self.format.of_columns, origins[done : done + len(part.texts)])
                done += len(part)
        elif self.format.of_parts:
            for output, tally in self.format.of_parts(self.scanner, parts, self.settings):
                yield Pages(output, tally, {})
        else:
            yield self._pages(Batch(tuple(parts), self.scanner.program.signals), batch)

    def _lines(self, part: Graded, lines: Callable[[Graded, Rows | None, Origins], bytes], origins: Origins) -> Pages:
        limit, level = self.settings.at_most, part.grades.level
        output = lines(part, None if limit is None else (level <= LADDER.index(limit)).nonzero()[0], origins)
        counts = Counter(dict(zip(LEVELS, np.bincount(level, minlength=len(LEVELS)).tolist(), strict=False)))
        return Pages(output, Tally(len(part), +counts), {})

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


def _columns(batch: Sequence[Text]) -> tuple[list[str], list[str]]:
    """The texts, and the names of their documents."""
    return [text.text for text in batch], [text.name for text in batch]


def reaches(level: str, limit: Level) -> bool:
    """Whether a level is at or below the limit; `no-claim` stands on no ladder and never is."""
    return level in LADDER[: LADDER.index(limit) + 1]
