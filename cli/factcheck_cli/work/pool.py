"""The work of a scan shared among processes: pages in the order of the input, whoever was done first.

When a process dies, as one does that takes too much memory, only the share that it worked on is in doubt. Its texts are
scanned again one by one in a process of their own, so that only the one that kills it is lost.
"""

import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from multiprocessing.connection import wait
from pathlib import Path

from factcheck_cli.inputs.parts import MUCH, Share
from factcheck_cli.inputs.text import STDIN, Part
from factcheck_cli.output.unfinished import unfinished_folder
from factcheck_cli.store.error import StoreError
from factcheck_cli.work.nurse import DeadWorkerError, singly
from factcheck_cli.work.press import Printed
from factcheck_cli.work.presses import Loaded
from factcheck_cli.work.worker import READY, Kept, RulesChangedError, Unwritten, Work, Worker, collected

_AHEAD = 8  # shares for each process that may be under way, or be done before their turn
_HELD = 2  # shares that a process has, so that it need not wait for the next one
_BLOCK = 1 << 20  # bytes of a stream that are copied at a time
_SPOOL = ".input"


class SegmentError(Exception):
    """The folder has no room for pages that wait for their turn."""

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(folder, error)
        self.folder, self.error = folder, error


def shared(
    loaded: Sequence[Loaded], shares: Iterable[Share], jobs: int, beside: Path | None
) -> Iterator[Printed | Kept]:
    """What becomes of the shares, in their order; pages come in files that whoever takes them removes.

    These lie in a folder in `beside`, or where the system keeps such things. Raises DeadWorkerError, SegmentError,
    RulesChangedError and StoreError.
    """
    with _folder(beside) as folder:
        crew = _Crew(loaded, jobs, folder)
        try:
            for share in shares:
                crew.take(_spooled(share, crew.taken, folder))
                # Whoever writes rows more slowly than they are scanned waits for none of them.
                slow = share[0].stream and share[0].size < MUCH
                yield from crew.finished(0 if slow else _AHEAD * jobs)
            yield from crew.finished(0)
        finally:
            crew.stop()


@contextmanager
def _folder(beside: Path | None) -> Iterator[Path]:
    """A folder for as long as it is needed, which nobody else looks into or puts anything into that is unpickled."""
    place = beside or Path(tempfile.gettempdir())
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(unfinished_folder(place / "factcheck", 0o700))
        except OSError as error:
            raise SegmentError(place, error) from error
        yield folder


class _Crew:
    """The workers, and the shares that are under way."""

    def __init__(self, loaded: Sequence[Loaded], jobs: int, folder: Path) -> None:
        self._loaded, self._jobs, self._folder = loaded, jobs, folder
        self._workers: list[Worker] = []
        self._shares: dict[int, Share] = {}
        self._waiting: deque[int] = deque()
        self._done: set[int] = set()
        self._doubtful: set[int] = set()
        self._turn = 0
        self.taken = 0

    def take(self, share: Share) -> None:
        """Takes one more share on."""
        self._shares[self.taken] = share
        self._waiting.append(self.taken)
        self.taken += 1
        self._hand_out()

    def finished(self, most: int) -> Iterator[Printed | Kept]:
        """What is done and has its turn. Waits as long as more than so many shares are under way."""
        self._listen(0)
        while True:
            while self._turn in self._done:
                yield from self._result(self._turn)
                self._done.remove(self._turn)
                del self._shares[self._turn]
                (self._folder / f"{self._turn}{_SPOOL}").unlink(missing_ok=True)
                self._turn += 1
            if len(self._shares) <= most:
                return
            self._listen(None)

    def stop(self) -> None:
        """Ends all workers at once."""
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def _hand_out(self) -> None:
        """Gives what waits to those who have least to do."""
        while self._waiting:
            worker = min(self._workers, key=lambda one: len(one.held), default=None)
            if (worker is None or worker.held) and len(self._workers) < self._jobs:
                worker = self._hired() or worker
            if worker is None or len(worker.held) >= _HELD:
                return
            number = self._waiting.popleft()
            worker.held.append(number)
            worker.give(Work(number, self._shares[number]))

    def _hired(self) -> Worker | None:
        """One more worker; None where the system starts no more processes, and those there are have to do."""
        try:
            worker = Worker(self._loaded, self._folder)
        except OSError as error:
            self._jobs = len(self._workers)
            if not self._jobs:
                raise DeadWorkerError from error
            return None
        self._workers.append(worker)
        return worker

    def _listen(self, seconds: float | None) -> None:
        """Hears what workers have to say, and waits so long for that."""
        speaking = wait([worker.pipe for worker in self._workers], seconds)
        for worker in [one for one in self._workers if one.pipe in speaking]:
            said = worker.heard()
            if said is None:
                self._bury(worker)
            elif said == READY:
                worker.is_ready = True
            elif isinstance(said, Unwritten):
                raise SegmentError(self._folder.parent, said.error)
            elif isinstance(said, (StoreError, RulesChangedError)):
                raise said
            else:
                self._done.add(worker.held.popleft())
        self._hand_out()

    def _bury(self, worker: Worker) -> None:
        """Sees to what a dead worker had: the share it worked on is in doubt, the others wait again."""
        worker.stop()
        self._workers.remove(worker)
        if not worker.is_ready:
            self._jobs -= 1
            if not self._jobs:
                raise DeadWorkerError
        elif worker.held:
            number = worker.held.popleft()
            self._doubtful.add(number)
            self._done.add(number)
        self._waiting.extendleft(reversed(worker.held))

    def _result(self, number: int) -> Iterator[Printed | Kept]:
        if number in self._doubtful:
            self._doubtful.remove(number)
            yield from singly(self._loaded, self._shares[number], self._folder)
            return
        try:
            yield collected(number, self._folder)
        except OSError as error:
            raise SegmentError(self._folder.parent, error) from error


def _spooled(share: Share, number: int, folder: Path) -> Share:
    """The share with what comes as a stream, and so alone, in a file, where another process can read it."""
    (part, *_) = share
    if not part.stream or part.error:
        return share
    spool = folder / f"{number}{_SPOOL}"
    source = _opened(part)
    try:
        with spool.open("wb") as file:
            while data := next(source, b""):
                file.write(data)
    except _StreamError as error:
        return (replace(part, data=None, error=error.args[0]),)
    except OSError as error:
        raise SegmentError(folder.parent, error) from error
    return (replace(part, path=str(spool), stream=False, data=None),)


class _StreamError(Exception):
    """A stream cannot be read: the OSError."""


def _opened(part: Part) -> Iterator[bytes]:
    """What a stream holds, in blocks."""
    if part.data is not None:
        yield part.data
        return
    try:
        with nullcontext(sys.stdin.buffer) if part.path == STDIN else Path(part.path).open("rb") as stream:
            while data := stream.read(_BLOCK):
                yield data
    except OSError as error:
        raise _StreamError(error) from error
