"""The work of a scan, in this process or in several: texts in, printed pages out, in the same order."""

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol

from factcheck import Scanner, Sentence
from factcheck.language.program import LADDER
from factcheck_cli import csv_table, json_array, jsonl, pretty
from factcheck_cli.inputs import Text
from factcheck_cli.options import Format as FormatName
from factcheck_cli.options import Level, Segment
from factcheck_cli.style import Style
from factcheck_cli.tally import Tally

if TYPE_CHECKING:
    from concurrent.futures import Future

_BATCH = 20_000  # characters that a worker process takes at a time: many short rows, or one article
_AHEAD = 3  # batches for each process that are read ahead


class Begin(Protocol):
    """What stands at the beginning of an output."""

    def __call__(self, signals: Sequence[str], /, *, file: bool) -> bytes:
        """The beginning, for these signals; `file` says whether it goes into a file and not into a pipe."""


@dataclass(frozen=True, slots=True)
class Format:
    """What the module of an output format has: a page for each document, and what stands around and between them."""

    page: Callable[[str, list[Sentence], Style], bytes]
    begin: Begin = lambda _signals, *, file: b""  # noqa: ARG005 - most begin with nothing
    between: bytes = b""
    end: Callable[[Tally, Style], bytes] = lambda _tally, _style: b""


FORMATS = {
    "pretty": Format(pretty.page, end=pretty.end),
    "jsonl": Format(jsonl.page),
    "json": Format(json_array.page, json_array.begin, json_array.BETWEEN, json_array.end),
    "csv": Format(csv_table.page, csv_table.begin),
}


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

    def print(self, text: Text) -> Printed:
        """The page of one text."""
        document = self.scanner.scan(text.text, text.name, segment=self.settings.segment)
        limit = self.settings.at_most
        shown = [s for s in document.sentences if limit is None or reaches(s.level, limit)]
        page = FORMATS[self.settings.format].page(document.name, shown, self.settings.style)
        return Printed(page, Tally.of(document))


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
