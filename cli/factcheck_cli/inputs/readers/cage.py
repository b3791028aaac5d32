"""Reads strangers' files in a process of its own, which ends when one takes too long, and is started anew."""

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Final

import orjson

from factcheck_cli.inputs.readers.article import UnreadableError
from factcheck_cli.inputs.readers.types import TYPES

SECONDS: Final = 5.0
"""Processor time for any article, and for each megabyte of its file one more."""
_PATIENCE: Final = 12  # times as long by the clock: other programs want the processor, too
_MEGABYTE: Final = 1 << 20
_MOST: Final = 120  # seconds that are added
_AHEAD: Final = 8  # articles that wait to be taken
_DYING: Final = 1.0  # second in which one that has closed its end is gone
_OVERRAN: Final = getattr(signal, "SIGPROF", None)
"""What ends a process that has used up its processor time; on Windows only the clock does."""

Answer = tuple[str, Any]
"""`type` and its name, `note` and what it says, or `article` and its fields."""


class _Cell:
    """The process, and a thread that hears it."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", "factcheck_cli.inputs.readers.cell"]
        self._process = subprocess.Popen(  # noqa: S603 - a module of ours
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._said: Queue[bytes] = Queue(_AHEAD)
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        assert self._process.stdout  # noqa: S101 - there is a pipe
        with suppress(OSError, ValueError):
            for line in self._process.stdout:
                self._said.put(line)
        self._said.put(b"")

    def ask(self, question: dict[str, Any], data: bytes | None) -> None:
        """Asks for a file. Raises OSError when it has died."""
        assert self._process.stdin  # noqa: S101 - there is a pipe
        self._process.stdin.write(orjson.dumps(question) + b"\n")
        if data is not None:
            self._process.stdin.write(data)
        self._process.stdin.flush()

    def heard(self, seconds: float) -> bytes:
        """The next answer; nothing when it has died. Raises Empty when it takes longer."""
        return self._said.get(timeout=seconds)

    def overran(self) -> bool:
        """Whether it has died of having used up its processor time."""
        with suppress(subprocess.TimeoutExpired):
            return _OVERRAN is not None and self._process.wait(_DYING) == -_OVERRAN
        return False

    def stop(self) -> None:
        """Ends it."""
        self._process.kill()
        with suppress(Empty):
            while self._said.get_nowait():
                pass
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                assert pipe  # noqa: S101 - there is one
                pipe.close()


_kept: list[_Cell] = []


def stop() -> None:
    """Ends the process that waits for the next file, if there is one."""
    while _kept:
        _kept.pop().stop()


atexit.register(stop)


def answers(kind: str, path: str, data: bytes | None, how: dict[str, Any]) -> Iterator[Answer]:
    """What the file, or the data in its place, says. Raises UnreadableError and OSError."""
    question = _question(kind, path, data, how)
    cell = _kept.pop() if _kept else _Cell()
    finished = False
    try:
        with suppress(OSError):  # it has died, which is heard
            cell.ask(question, data)
        while not finished:
            what, value = _next(cell, question)
            finished = what == "done"
            if what == "type":
                kind = value
            if what == "failure":
                raise UnreadableError(value)
            if what == "missing":
                raise UnreadableError(_missing(kind, value))
            if what == "error":
                raise OSError(*value)
            if not finished and what != "passed":
                yield what, value
    finally:
        if finished:
            _kept.append(cell)
        else:
            cell.stop()


def _question(kind: str, path: str, data: bytes | None, how: dict[str, Any]) -> dict[str, Any]:
    size = len(data) if data is not None else Path(path).stat().st_size
    question = {"type": kind, "seconds": SECONDS + min(size / _MEGABYTE, _MOST), **how}
    if data is not None:
        return {**question, "size": size}
    whole = os.path.abspath(path)  # noqa: PTH100 - links stay links
    return {**question, "path": whole.encode("utf-8", "surrogateescape").decode("latin-1")}


def _next(cell: _Cell, asked: dict[str, Any]) -> Answer:
    seconds = asked["seconds"] * _PATIENCE
    try:
        line = cell.heard(seconds)
    except Empty:
        said = f"reading it takes more than {seconds:.0f} seconds"
        raise UnreadableError(f"{said}; try again when the machine is less busy, or scan parts of it") from None
    if not line:
        died = "the process that read it died; it may be damaged, or want too much memory"
        raise UnreadableError(_overrun(asked) if cell.overran() else died)
    ((what, value),) = orjson.loads(line).items()
    return what, value


def _overrun(asked: dict[str, Any]) -> str:
    said = f"reading it takes more than {asked['seconds']:.0f} seconds of processor time"
    other = "try --whole-page, " if asked["type"] == "html" and not asked["whole_page"] else ""
    return f"{said}; {other}scan parts of it, or save its text as plain text and scan that"


def _missing(kind: str, module: str) -> str:
    extra = TYPES[kind].extra
    said = (
        f"reading {TYPES[kind].title} needs {module or 'a library'}; pip install 'factcheck-engine[{extra}]' brings it"
    )
    return f"{said}, and --whole-page reads all of the page without it" if kind == "html" else said
