"""Reads strangers' files in a process of its own, which is ended when one takes too long, and started anew."""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Final

import orjson

from factcheck_cli.readers.article import UnreadableError
from factcheck_cli.readers.types import TYPES

SECONDS: Final = 5.0
"""Time for any article, and for each megabyte of its file one more."""
_MEGABYTE: Final = 1 << 20
_MOST: Final = 120  # seconds that are added
_AHEAD: Final = 8  # articles that wait to be taken

Answer = tuple[str, Any]
"""`type` and its name, `note` and what it says, or `article` and its fields."""


class _Cell:
    """The process, and a thread that hears it."""

    def __init__(self) -> None:
        command = [sys.executable, "-P", "-m", "factcheck_cli.readers.cell"]
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
    size = len(data) if data is not None else Path(path).stat().st_size
    question = {"type": kind, **how}
    if data is not None:
        question["size"] = size
    else:
        whole = os.path.abspath(path)  # noqa: PTH100 - links stay links
        question["path"] = whole.encode("utf-8", "surrogateescape").decode("latin-1")
    seconds = SECONDS + min(size / _MEGABYTE, _MOST)
    cell = _kept.pop() if _kept else _Cell()
    finished = False
    try:
        with suppress(OSError):  # it has died, which is heard
            cell.ask(question, data)
        while not finished:
            what, value = _next(cell, seconds)
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
    except Empty:
        raise UnreadableError(f"reading it takes more than {seconds:.0f} seconds; scan parts of it") from None
    finally:
        if finished:
            _kept.append(cell)
        else:
            cell.stop()


def _next(cell: _Cell, seconds: float) -> Answer:
    line = cell.heard(seconds)
    if not line:
        raise UnreadableError("the process that read it died; it may be damaged, or want too much memory")
    ((what, value),) = orjson.loads(line).items()
    return what, value


def _missing(kind: str, module: str) -> str:
    extra = TYPES[kind].extra
    said = (
        f"reading {TYPES[kind].title} needs {module or 'a library'}; pip install 'factcheck-engine[{extra}]' brings it"
    )
    return f"{said}, and --whole-page reads all of the page without it" if kind == "html" else said
