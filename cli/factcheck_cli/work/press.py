"""The work of a scan: parts of the input in, printed pages out, a batch of texts at a time."""

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from factcheck import Batch, Document, Scanner, Sentence
from factcheck.graded import Graded
from factcheck.language.program import LADDER, LEVELS
from factcheck.load import own_packs
from factcheck_cli.inputs.reading import languages, texts
from factcheck_cli.inputs.text import KEPT, Part, Text
from factcheck_cli.log import Minutes, Told
from factcheck_cli.options import Level
from factcheck_cli.quiet.quieter import Quieter
from factcheck_cli.tally import Tally, excerpt, numbers
from factcheck_cli.terminal.style import Style
from factcheck_cli.work import memory
from factcheck_cli.work.batch import batches
from factcheck_cli.work.form import Judged, OfColumns, OfTexts, Origins, format_called
from factcheck_cli.work.settings import Settings

if TYPE_CHECKING:
    from factcheck.text.columns import Rows
    from factcheck_cli.quiet.hush import Hush, Hushed
    from factcheck_cli.quiet.silence import Quiet
    from factcheck_cli.store.sheet import Same, Sheet
    from factcheck_cli.store.shelf import Shelf


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

    def __init__(self, settings: Settings, scanner: Scanner | None = None) -> None:
        """With the scanner of these settings, if it is at hand. Raises RuleError and SelectionError as it does."""
        memory.keep()
        self.settings = settings
        self.format = format_called(settings.format)
        self.scanner = scanner or settings.rule_set.scanner(cache=settings.cache)
        how = replace(settings.how, languages=languages(self.scanner.program), kept=KEPT if settings.db else ())
        self.settings = replace(settings, how=how)
        self._wanted = settings.style.suppressed and self.format.suppressed
        self.hush(settings.quiet)
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
        from factcheck_cli.formats.pretty import MANY

        ahead, seen, found = iter(parts), [], 0
        for part in ahead:
            seen.append(part)
            once = part.stream and part.data is None
            how = (part.settings or self.settings).how
            found += 1 if once else sum(1 for _ in islice(texts(part, how, Minutes()), MANY - found))
            if found == MANY:
                self._draw(replace(self.settings.style, brief=True))
                break
        return chain(seen, ahead)

    def hush(self, quiet: "tuple[Quiet, ...]") -> None:
        """Has these tell of silences from now on."""
        self.settings = replace(self.settings, quiet=quiet)
        narrowed = bool(self.settings.select or self.settings.ignore)
        self._quieter = Quieter(self.scanner, quiet, narrowed=narrowed) if quiet else None

    def fit(self, other: "Press") -> None:
        """Prints as the other does where people get a row for each text."""
        self._draw(replace(self.settings.style, brief=other.settings.style.brief))

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
            yield from self._made(self._scanned(batch), batch)
            return
        # What explains sentences, says what findings leave of them, or asks which meet a gate, needs more than is kept.
        asks = self.settings.gates and self.settings.gates.on
        every = bool(self.format.of_parts or asks)
        anew = self._quieter.looks(batch) if self._quieter and not every else [every] * len(batch)
        for group in self.shelf.groups(batch, anew):
            kept = list["Sheet | Same"](group.same)
            parts = self.shelf.parts(group) if group.same else group.noted(self._scanned(group.texts), kept)
            for pages in self._made(parts, group.texts):
                yield replace(pages, kept=tuple(kept))
                kept.clear()
            if kept:
                yield Pages(b"", Tally(), {}, tuple(kept))

    def _scanned(self, batch: Sequence[Text]) -> Iterator[Graded]:
        marks = [text.marks for text in batch] if any(text.marks for text in batch) else None
        return self.scanner.parts(*_columns(batch), segment=self.settings.segment, marks=marks)

    def _made(self, parts: Iterable[Graded], batch: Sequence[Text]) -> Iterator[Pages]:
        """The pages of texts that are scanned, each with what is counted of them."""
        beside = Tally()  # what is counted of parts, of whose documents pages may come later
        judged = self._quietly(parts, batch, beside)
        if self.settings.gates and not self.format.counts:
            judged = self.settings.gates.watched(judged, batch, self.settings.style, beside.met)
        for pages in self._written(judged, batch):
            pages.tally.add(beside)
            beside.met.clear()
            beside.quiet = None
            yield pages
        if beside.met or beside.quiet:
            yield Pages(b"", beside, {})

    def _written(self, judged: Judged, batch: Sequence[Text]) -> Iterator[Pages]:
        origins = [text.origin for text in batch] if any(text.origin for text in batch) else []
        of_columns, of_texts = self.format.of_columns, self.format.of_texts
        if of_columns or of_texts:
            done = 0
            for part, hushed in judged:
                these = slice(done, done + len(part.texts))
                lines = of_columns or partial(cast("OfTexts", of_texts), batch[these])
                yield self._lines(part, lines, origins[these], hushed)
                done += len(part)
        elif self.format.counts:
            done = 0
            for part, _ in judged:
                counted = self.format.counts(part, batch[done : done + len(part.texts)], self.settings.by)
                yield Pages(counted, _levels(part), {})
                done += len(part)
        elif self.format.of_parts:
            for output, tally in self.format.of_parts(self.scanner, judged, batch, self.settings):
                yield Pages(output, tally, {})
        else:
            yield self._pages(tuple(judged), batch)

    def _quietly(self, parts: Iterable[Graded], batch: Sequence[Text], beside: Tally) -> Judged:
        """The parts, each with what is silent in it, which is counted."""
        done = 0
        for part in parts:
            hushed = self._quieter.hushed(part, batch[done : done + len(part.texts)]) if self._quieter else None
            if hushed:
                beside.hush(hushed.counts)
            yield part, hushed
            done += len(part)

    def _lines(self, part: Graded, lines: OfColumns, origins: Origins, hushed: "Hushed | None") -> Pages:
        at_most, level = self.settings.at_most, part.grades.level
        limit = len(LEVELS) if at_most is None else LADDER.index(at_most)
        if hushed:
            rows: Rows | None = hushed.shown(limit, level, suppressed=self._wanted)
        else:
            rows = None if at_most is None else (level <= limit).nonzero()[0]
        output = lines(part, rows, origins, hushed)
        return Pages(output, _levels(part), {})

    def _pages(self, judged: Sequence[tuple[Graded, "Hushed | None"]], batch: Sequence[Text]) -> Pages:
        style, form = self.settings.style, self.format
        outputs, tally = [], Tally()
        quiet = _left(judged) if self._quieter else {}
        scanned = Batch(tuple(part for part, _ in judged), self.scanner.program.signals)
        for number, (document, text) in enumerate(zip(scanned, batch, strict=True)):
            if text.origin:
                document = replace(document, origin=text.origin)  # noqa: PLW2901 - the same, and more is known of it
            counted = Tally.of(document)
            if quiet and (of := quiet.get(number)):
                from factcheck_cli.quiet.hush import as_reported

                # People read what is left of a sentence, programs its record and what is left.
                document = replace(document, quiet=of)  # noqa: PLW2901 - the same, and what is left of it
                shown = self._shown(document)
                if form.summed:
                    shown = [left.left(one) if (left := of.get(one.index)) else one for one in shown]
                    document = as_reported(document, of)  # noqa: PLW2901 - as it is reported
            else:
                shown = self._shown(document)
            if form.report:
                outputs.append(form.report(text, document, shown, style))
            elif form.page:
                outputs.append(form.page(document, shown, style))
            if form.summed:
                counted = replace(self._summed(document, shown, text), levels=counted.levels)
            tally.add(counted)
        return Pages(self.format.between.join(filter(None, outputs)), tally, {})

    def _summed(self, document: Document, shown: Sequence[Sentence], text: Text) -> Tally:
        """What a summary tells of a document, and of what is suppressed in it where that is wanted."""
        silent = {index for index, left in (document.quiet or {}).items() if left.level is None}
        tally = Tally.of_page(document, [one for one in shown if one.index not in silent], text.among)
        if self._wanted and silent:
            numbered = numbers(document)
            for one in shown:
                if one.index in silent:
                    why = "; ".join(note.told() for note in document.quiet[one.index].suppressed)
                    tally.suppressed.append((excerpt(document, one, numbered, text.among), why))
        return tally

    def _shown(self, document: Document) -> list[Sentence]:
        """The sentences that are printed."""
        limit, wanted = self.settings.at_most, self._wanted
        if not document.quiet:
            return [one for one in document.sentences if limit is None or reaches(one.level, limit)]
        shown = []
        for one in document.sentences:
            left: Hush | None = document.quiet.get(one.index)
            level = left.level if left else one.level
            if left and wanted and left.suppressed:
                level = one.level
            if level is not None and (limit is None or reaches(level, limit)):
                shown.append(one)
        return shown


def _left(judged: Judged) -> "dict[int, dict[int, Hush]]":
    """What is left of the sentences with silences, by the numbers of documents and sentences."""
    found: defaultdict[int, dict[int, Hush]] = defaultdict(dict)
    done = 0
    for part, hushed in judged:
        for number, left in hushed.by_document(part).items() if hushed else ():
            found[done + number] |= left
        done += len(part)
    return found


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
