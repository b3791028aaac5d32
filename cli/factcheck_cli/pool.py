"""The work of a scan shared among processes: pages in the order of the texts; one that dies takes one text with it."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

from factcheck_cli.inputs import Text
from factcheck_cli.work import Lost, Press, Printed, Settings

if TYPE_CHECKING:
    from concurrent.futures import Future

_BATCH = 20_000  # characters that a worker process takes at a time: many short rows, or one article
_AHEAD = 3  # batches for each process that are read ahead

_Pages = list[Printed | Lost]


class DeadWorkerError(Exception):
    """No worker process can be started: each dies before it has anything to do."""


def shared(settings: Settings, texts: Iterable[Text], jobs: int) -> Iterator[Printed | Lost]:
    """What becomes of each text, in their order; `jobs` processes work, a few batches ahead.

    When a process dies, as one does that takes too much memory, all batches that are under way are lost. Their texts
    are scanned again one by one in a process of their own, so that only the one that kills it is reported. Raises
    DeadWorkerError when none can be started.
    """
    crew, nurse = _Workers(settings, jobs), _Workers(settings, 1)
    running: deque[tuple[list[Text], Future[_Pages]]] = deque()
    try:
        for batch in batches(texts):
            running.append((batch, crew.start(batch)))
            if len(running) > _AHEAD * jobs:
                yield from _finished(*running.popleft(), nurse)
        while running:
            yield from _finished(*running.popleft(), nurse)
    finally:
        for workers in (crew, nurse):
            workers.stop()


def _finished(batch: list[Text], pages: "Future[_Pages]", nurse: "_Workers") -> _Pages:
    try:
        return pages.result()
    except BrokenProcessPool:
        return [_singly(text, nurse) for text in batch]


def _singly(text: Text, nurse: "_Workers") -> Printed | Lost:
    try:
        nurse.start([]).result()
    except BrokenProcessPool as error:
        raise DeadWorkerError from error
    try:
        return nurse.start([text]).result()[0]
    except BrokenProcessPool:
        return Lost(
            text.name, "the process that scanned it died, perhaps for want of memory; split it and scan the parts"
        )


class _Workers:
    """Worker processes, started when there is work, and anew when one has died."""

    def __init__(self, settings: Settings, jobs: int) -> None:
        self._settings = settings
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def start(self, batch: list[Text]) -> "Future[_Pages]":
        """Has a process work on the batch."""
        try:
            return self._open().submit(_run, batch)
        except BrokenProcessPool:
            self.stop()
            return self._open().submit(_run, batch)

    def _open(self) -> ProcessPoolExecutor:
        if not self._pool:
            self._pool = ProcessPoolExecutor(self._jobs, get_context("spawn"), _start, (self._settings,))
        return self._pool

    def stop(self) -> None:
        """Ends the processes, and what has not begun."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


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


def _run(batch: list[Text]) -> _Pages:
    return [_presses[-1].print(text) for text in batch]
