"""What is being written, beside its place; what a killed program has left of the kind goes when the next one comes.

Whoever writes holds a lock, which a system takes from the dead however they died. So nobody's unfinished work is taken
for a dead one's, not even that of another machine on a shared folder.
"""

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Final

_LONG: Final = 24 * 3600  # seconds after which, where there are no such locks, nobody is taken to write still


@contextmanager
def unfinished(place: Path) -> Iterator[Path]:
    """An empty file beside the place, for as long as it is needed or until it is put there. Raises OSError."""
    clear(place)
    with _held(place, lambda path: path.touch(exist_ok=False)) as path:
        yield path


@contextmanager
def unfinished_folder(place: Path, mode: int = 0o777) -> Iterator[Path]:
    """The same for a folder, with this mode as far as the umask allows it."""
    clear(place)
    with _held(place, lambda path: path.mkdir(mode)) as path:
        yield path


def clear(place: Path) -> None:
    """Removes what programs that are dead by now have left beside the place."""
    left = re.compile(rf"\.{re.escape(place.name)}\.[0-9]+-[0-9]+\.part")
    with suppress(OSError):
        for name in os.listdir(place.parent):  # noqa: PTH208 - of thousands no paths are made
            if left.fullmatch(name):
                _clear(place.with_name(name))


def _clear(path: Path) -> None:
    with suppress(OSError), _opened(path) as descriptor:
        if _lock(descriptor, path, wait=False):
            _remove(path)


def _remove(path: Path) -> None:
    if os.path.isdir(path):
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        path.unlink(missing_ok=True)


@contextmanager
def _held(place: Path, make: Callable[[Path], None]) -> Iterator[Path]:
    """A new file or folder, locked; one that was taken for a dead one's before it was locked is made again."""
    with ExitStack() as stack:
        yield next(path for number in count() if (path := _tried(place, number, stack, make)))


def _tried(place: Path, number: int, stack: ExitStack, make: Callable[[Path], None]) -> Path | None:
    path = place.with_name(f".{place.name}.{os.getpid()}-{number}.part")
    with ExitStack() as own:
        own.callback(_remove, path)  # first, for Ctrl-C may come as soon as it is there
        try:
            make(path)
        except FileExistsError:  # of another machine's process with this number
            own.pop_all()
            return None
        with suppress(FileNotFoundError):
            if _lock(own.enter_context(_opened(path)), path, wait=True):
                stack.enter_context(own.pop_all())
                return path
    return None


if sys.platform == "win32":

    @contextmanager
    def _opened(_path: Path) -> Iterator[int]:
        yield -1

    def _lock(_descriptor: int, path: Path, *, wait: bool) -> bool:
        """Whether it may be had: one's own always, another's when it is old."""
        return wait or time.time() - path.stat().st_mtime > _LONG

else:
    import fcntl

    @contextmanager
    def _opened(path: Path) -> Iterator[int]:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            yield descriptor
        finally:
            os.close(descriptor)

    def _lock(descriptor: int, path: Path, *, wait: bool) -> bool:
        """Whether it is locked now, and still there. Where there are no locks one's own is, and another's is not."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError:
            return wait
        return os.path.exists(path)
