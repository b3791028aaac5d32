"""The work of a scan, in this process or in several: texts in, printed pages out, in the same order."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, Literal, Protocol

from factcheck import Document, Scanner, Sentence
from factcheck.language.program import LADDER
from factcheck_cli import jsonl, pretty
from factcheck_cli.inputs import Text
from factcheck_cli.options import Level, Segment
from factcheck_cli.style import Style
from factcheck_cli.tally import Tally

if TYPE_CHECKING:
    from concurrent.futures import Future

_BATCH = 20_000  # characters that a worker process takes at a time: many short rows, or one article
_AHEAD = 3  # batches for each process that are read ahead


class Format(Protocol):
    """What the module of an output format does."""

    def page(self, document: Document, sentences: list[Sentence], style: Style, /) -> bytes:
        """These sentences of the document."""

    def end(self, tally: Tally, style: Style, /) -> bytes:
        """What stands at the end of the output."""


FORMATS: dict[str, Format] = {"pretty": pretty, "jsonl": jsonl}


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
    format: Literal["pretty", "jsonl"]
    style: Style


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of some documents, and what is in them."""

    output: bytes
    tally: Tally


class DeadWorkerError(Exception):
    """A worker process has died, as one does that takes too much memory."""


class Press:
    """Scans texts and prints their pages."""

    def __init__(self, settings: Settings) -> None:
        """Raises RuleError and SelectionError as the scanner does."""
        self.settings = settings
        self.scanner = Scanner(
            settings.rules,
            select=settings.select,
            ignore=settings.ignore,
            builtin=settings.builtin,
            cache=settings.cache,
        )

    def fitted(self, texts: Iterable[Text]) -> Iterator[Text]:
        """The same texts; where they are many, people get a row for each from now on, unless they want all."""
        if self.settings.format != "pretty" or self.settings.style.full:
            return iter(texts)
        ahead = iter(texts)
        first = list(islice(ahead, pretty.MANY))
        if len(first) == pretty.MANY:
            self.settings = replace(self.settings, style=replace(self.settings.style, brief=True))
        return chain(first, ahead)

    def print(self, text: Text) -> Printed:
        """The page of one text."""
        document = self.scanner.scan(text.text, text.name, segment=self.settings.segment)
        limit = self.settings.at_most
        shown = [s for s in document.sentences if limit is None or reaches(s.level, limit)]
        page = FORMATS[self.settings.format].page(document, shown, self.settings.style)
        return Printed(page, Tally.of_page(document, shown) if self.settings.format == "pretty" else Tally.of(document))


def reaches(level: str, limit: Level) -> bool:
    """Whether a level is at or below the limit; `no-claim` stands on no ladder and never is."""
    return level in LADDER[: LADDER.index(limit) + 1]


def printed(press: Press, texts: Iterable[Text], jobs: int) -> Iterator[Printed]:
    """The pages of the texts in their order. With `jobs` > 1 that many processes work, a few batches ahead.

    Raises DeadWorkerError when a process dies.
    """
    if jobs == 1:
        yield from map(press.print, texts)
        return
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    running: deque[Future[list[Printed]]] = deque()
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (press.settings,)) as pool:
        try:
            for batch in batches(texts):
                running.append(pool.submit(_run, batch))
                if len(running) > _AHEAD * jobs:
                    yield from running.popleft().result()
            yield from chain.from_iterable(future.result() for future in running)
        except BrokenProcessPool as error:
            raise DeadWorkerError from error
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def batches(texts: Iterable[Text]) -> Iterator[list[Text]]:
    """The texts in lists worth sending to another process."""
    batch: list[Text] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_presses: list[Press] = []
"""In a worker process: its press, made when the process starts."""


def _start(settings: Settings) -> None:
    # Ctrl-C goes to all processes of a terminal; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _presses.append(Press(settings))


def _run(batch: list[Text]) -> list[Printed]:
    return [_presses[-1].print(text) for text in batch]
