"""Where results go: standard output, or a file that appears whole or not at all."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from factcheck_cli.inputs.readers.types import ARTICLES, made_here
from factcheck_cli.output.unfinished import unfinished
from factcheck_cli.terminal.console import fail

STDOUT = "-"
"""The path that stands for standard output."""

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_BEGINNING = 1 << 10  # bytes that tell what a file is
_BLOCK = 1 << 18  # bytes that are copied at a time
_LOOP = "the link leads to itself; remove it"

Write = Callable[[bytes | memoryview], object]


class Out:
    """Takes what is printed, as bytes or as files of them."""

    def __init__(self, write: Write, folder: Path | None = None) -> None:
        """With the `folder` of the file that is written, if it is one."""
        self.write = write
        self.folder = folder

    def put(self, pages: bytes | Path) -> None:
        """Writes the bytes, or all that the file holds, which is then removed."""
        if isinstance(pages, bytes):
            self.write(pages)
            return
        block = memoryview(bytearray(_BLOCK))  # the same for all, for new memory takes longer than the copying
        with pages.open("rb", buffering=0) as file:
            while size := file.readinto(block):
                self.write(block[:size])
        pages.unlink()


def print_out(data: bytes | memoryview) -> None:
    """Writes to standard output. When its reader has gone, as `head` does, the program ends quietly."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        # What is left in the buffer must not be tried again when the interpreter ends.
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from error
    except OSError as error:
        fail(f"standard output cannot be written: {reason(error)}")


@contextmanager
def destination(path: Path | None) -> Iterator[Out]:
    """What writes to the path, or to standard output without one.

    A file is written beside its place and put there at the end, so that nobody finds half of it; a device or a pipe is
    written to as it is. What cannot be written ends the program.
    """
    if path is None:
        yield Out(print_out)
        return
    direct = is_device(path)
    target = path if direct else _target(path)
    try:
        with nullcontext(path) if direct else unfinished(target) as place:
            with place.open("wb") as file:
                if not direct and os.path.exists(target):
                    shutil.copymode(target, place)  # before anything is in it that not all may read
                yield Out(file.write, None if direct else target.parent)
            if not direct:
                place.replace(target)
    except BrokenPipeError as error:
        raise SystemExit(0) from error
    except OSError as error:
        fail(f"{path}: this cannot be written: {reason(error)}")


def _target(path: Path) -> Path:
    """The file to put in its place, behind any link; the end of the program where none can be."""
    try:
        target = path.resolve()
    except (OSError, RuntimeError):  # the second before Python 3.13
        fail(f"{path}: this cannot be written: {_LOOP}")
    try:
        if target.is_dir():
            fail(f"{path}: this is a folder; name a file")
        if not target.parent.is_dir():
            fail(f"{path}: there is no folder {path.parent} to write to; make it first")
        # The file would be replaced, which its own permissions do not forbid; but somebody has set them.
        if target.exists() and not (os.access(target, os.W_OK) and target.stat().st_mode & _WRITABLE):
            fail(f"{path}: this file is read-only; make it writable, or name another")
    except OSError as error:
        fail(f"{path}: this cannot be written: {reason(error)}")
    return target


def file_named(path: Path | None) -> Path | None:
    """The path, or None where it is standard output: `-`, /dev/stdout, or the file that this goes to."""
    if path is None or path == Path(STDOUT):
        return None
    with suppress(OSError, ValueError):  # no such file yet, or a standard output without a descriptor
        if os.path.samestat(path.stat(), os.fstat(sys.stdout.fileno())):
            return None
    return path


def ends_as_folder(path: str) -> bool:
    """Whether the path is written as a folder's is: with a slash at its end."""
    return path.endswith(("/", os.sep))


def is_folder(path: str) -> bool:
    """Whether the path is that of a folder: as it is written, or because there is one."""
    return ends_as_folder(path) or os.path.isdir(path)


def check_kept(
    file: Path, read: Iterable[Path | str], option: str, purpose: str, suffix: str | tuple[str, ...] = ARTICLES
) -> None:
    """The end of the program where the option would put the file in the place of one that is read for the purpose.

    Of a folder that is read what ends so counts, unless it is a report: these are not scanned.
    """
    if same := next((path for path in read if leads_to(path, file, suffix)), None):
        among = f" with what is in {same}," if os.path.isdir(same) else ""
        named = file if among else same
        fail(f"{named}: this is to be {purpose}{among} and {option} would replace it; give {option} another name")


def leads_to(path: Path | str, file: Path, suffix: str | tuple[str, ...] = ARTICLES) -> bool:
    """Whether the path leads to the file, or to a folder that holds it among what is read there, which ends so.

    A device or a pipe is none: it may be read and written.
    """
    with suppress(OSError, ValueError, RuntimeError):  # the last before Python 3.13, where links lead to themselves
        target = file.resolve()
        text = target.name.lower().endswith(suffix) and Path(path).resolve() in target.parents
        return os.path.isfile(file) and (file.samefile(path) or (text and not made_here(beginning(file))[0]))
    return False


def beginning(file: Path) -> bytes:
    """The first bytes of the file; none where it is empty, no file, or cannot be read."""
    with suppress(OSError, ValueError):
        if os.path.isfile(file):
            with file.open("rb") as opened:
                return opened.read(_BEGINNING)
    return b""


def is_device(path: Path) -> bool:
    """Whether the path is there, and neither a file nor a folder."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def reason(error: OSError) -> str:
    """What keeps something from being written, and the remedy."""
    remedies = {
        errno.ENOSPC: "the disk is full; make room or name another place",
        errno.EDQUOT: "your share of the disk is full; make room or name another place",
        errno.EFBIG: "the file would be larger than is allowed here; name another place",
        errno.EACCES: "no permission; name another place",
        errno.EPERM: "no permission; name another place",
        errno.EROFS: "the place is read-only; name another",
        errno.ENAMETOOLONG: "the name is too long; give a shorter one",
        errno.ELOOP: _LOOP,
    }
    return remedies.get(error.errno or 0, error.strerror or str(error))
