"""One program at a time: whoever comes second waits. A system takes a lock from the dead however they died."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


def _nothing() -> None:
    pass


if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def locked(folder: Path, waits: Callable[[], object] = _nothing) -> Iterator[None]:
        """The folder for oneself, as far as others ask so; `waits` is called where one has to. Raises OSError."""
        with (folder / ".factcheck.lock").open("a+b") as file:
            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)  # it tries for ten seconds
                    break
                except OSError as error:
                    if error.errno not in {errno.EACCES, errno.EDEADLK}:  # what it says where somebody else has it
                        raise
                    waits()
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    @contextmanager
    def locked(folder: Path, waits: Callable[[], object] = _nothing) -> Iterator[None]:
        """The folder for oneself, as far as others ask so; `waits` is called where one has to. Raises OSError."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waits()
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
