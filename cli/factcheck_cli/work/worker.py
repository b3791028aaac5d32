"""A worker process: it reads its shares of the input itself, and leaves the pages in files.

Through its pipe go names of files and numbers: texts and pages would take as long as the work.
"""

import gc
import pickle
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from factcheck import RuleError, SelectionError
from factcheck_cli.config.rules import Scanners
from factcheck_cli.inputs.parts import Share
from factcheck_cli.inputs.reading import texts
from factcheck_cli.inputs.text import Part
from factcheck_cli.log import Minutes, Told
from factcheck_cli.store.error import StoreError
from factcheck_cli.tally import Tally
from factcheck_cli.work.press import Press, Printed
from factcheck_cli.work.presses import Loaded, Presses

if TYPE_CHECKING:
    from factcheck_cli.store.sheet import Same, Sheet


class Work(NamedTuple):
    """A share, and its number."""

    number: int
    share: Share


class Singly(NamedTuple):
    """A part whose texts are done one by one, but for the first ones, for one of them may kill the process."""

    part: Part
    first: int


class Begun(NamedTuple):
    """Said of a text that is done alone, before it is scanned; and what there is to tell of the input before it."""

    name: str
    told: list[Told]


class Unwritten(NamedTuple):
    """Said when the pages cannot be kept."""

    error: OSError


class RulesChangedError(Exception):
    """Rule files are not what they were when the scan began."""


READY, DONE = "ready", "done"


class Worker:
    """A process, and the numbers of the shares that it has; it does them in their order."""

    def __init__(self, loaded: Sequence[Loaded], folder: Path) -> None:
        context = get_context("spawn")
        self.pipe, there = context.Pipe()
        self._process = context.Process(target=_serve, args=(there, loaded, folder), daemon=True)
        self.held: deque[int] = deque()
        self.is_ready = False
        with _uninterrupted():
            self._process.start()
        there.close()

    def give(self, work: Work | Singly) -> None:
        """Has it do the work after what it has."""
        with suppress(OSError):  # it has died, which is found out when it is listened to
            self.pipe.send(work)

    def heard(self) -> object:
        """The next thing it says; None when it has died."""
        try:
            return self.pipe.recv()
        except (EOFError, OSError):
            return None

    def stop(self) -> None:
        """Ends it, whatever it does."""
        self._process.kill()
        self._process.join()
        self.pipe.close()


class Kept(NamedTuple):
    """What was printed, with its pages in a file; whoever takes them removes it."""

    output: Path | None
    tally: Tally
    told: list[Told]
    kept: "Sequence[Sheet | Same]" = ()


def collected(number: int, folder: Path) -> Kept:
    """What a worker has made of a share."""
    pages, rest = _pages(number, folder), folder / f"{number}.rest"
    tally, told, kept = pickle.loads(rest.read_bytes())  # noqa: S301 - a worker of ours wrote it into a folder of ours
    rest.unlink()
    if pages.stat().st_size:
        return Kept(pages, tally, told, kept)
    pages.unlink()
    return Kept(None, tally, told, kept)


def _pages(number: int, folder: Path) -> Path:
    return folder / f"{number}.pages"


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Work that no signal ends half-way: a process that has begun to start is told what it is to do.

    Ctrl-C goes to all processes of a terminal; the first one ends the others, so these never hear of it.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    # That signals are blocked here does not keep another thread from hearing them.
    handlers = {n: signal.signal(n, lambda n, _: waiting.append(n)) for n in (signal.SIGINT, signal.SIGTERM)}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if waiting:
            signal.raise_signal(waiting[0])


def _serve(pipe: Connection, loaded: Sequence[Loaded], folder: Path) -> None:
    """What the process does until the first one has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # until the rules are loaded
    with suppress(EOFError, OSError):
        try:
            presses = _presses(loaded)
        except (RuleError, SelectionError, RulesChangedError):
            pipe.send(RulesChangedError())  # the first process could load them
            return
        pipe.send(READY)
        while True:
            work: Work | Singly = pipe.recv()
            if isinstance(work, Work):
                pipe.send(_done(presses.of(work.share[0]), work, folder))
            else:
                _do_singly(presses.of(work.part), work, pipe)


def _presses(loaded: Sequence[Loaded]) -> Presses:
    """The same as in the first process. Raises RulesChangedError where files have changed since it has loaded them."""
    first, *others = loaded
    scanners = Scanners(cache=first.settings.cache)
    presses = Presses(Press(first.settings, scanners.of(first.settings.rule_set)))
    for one in others:
        presses.add(replace(one.settings, quiet=()), scanners.of(one.settings.rule_set))
    if [one.key for one in presses.loaded] != [one.key for one in loaded]:
        raise RulesChangedError
    return presses


def _done(press: Press, work: Work, folder: Path) -> object:
    tally = Tally()
    told: list[Told] = []
    kept: list[Sheet | Same] = []
    between = b""
    try:
        with _pages(work.number, folder).open("wb") as file:
            for printed in press.printed(work.share):
                if printed.output:
                    file.write(between)
                    file.write(printed.output)
                    between = press.format.between
                tally.add(printed.tally)
                told += printed.told
                kept += printed.kept
        (folder / f"{work.number}.rest").write_bytes(pickle.dumps((tally, told, kept)))
    except OSError as error:
        return Unwritten(error)
    except StoreError as error:
        return error
    return DONE


def _do_singly(press: Press, work: Singly, pipe: Connection) -> None:
    minutes = Minutes()
    for number, text in enumerate(texts(work.part, press.settings.how, minutes)):
        if number >= work.first:
            pipe.send(Begun(text.name, minutes.told))
            pipe.send(press.single(text))
        minutes.told.clear()
    pipe.send(Printed(b"", Tally(), minutes.told))
    pipe.send(DONE)
