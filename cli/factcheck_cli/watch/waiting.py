"""Waits for files to change; needs the extra `watch`."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NoReturn

from factcheck_cli.inputs.place import is_folder
from factcheck_cli.inputs.text import STDIN
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import fail, say, write
from factcheck_cli.terminal.paths import shown
from factcheck_cli.watch.looked import Looked

INSTALL: Final = "pip install 'factcheck-engine[watch]'"
_EVERY: Final = 200
"""Milliseconds between two looks at whether somebody wants to end it."""
_STILL: Final = 50
"""Milliseconds without a change after which those before it are told: an editor saves in several steps."""
_NAMED: Final = 5  # of what has changed
INTERRUPTED: Final = 130
"""Exit status after Ctrl-C."""
_CLEAR: Final = b"\x1b[H\x1b[2J"


def keep_on(
    paths: Sequence[str],
    wanted: Callable[[Path], bool],
    work: Callable[[list[str]], object],
    others: Callable[[], Iterable[str]] = tuple,
) -> NoReturn:
    """Does the work, and again each time that files have changed, whose names it is told; Ctrl-C ends the program.

    On a terminal each time begins with a clear page. The rest is as `changes` takes it.
    """
    if STDIN in paths:
        fail("standard input cannot be watched: name files")
    try:
        for changed in changes(paths, wanted, others):
            if sys.stdout.isatty():
                print_out(_CLEAR)
            if changed:
                more = f" and {len(changed) - _NAMED:,} more" if len(changed) > _NAMED else ""
                say(f"{', '.join(changed[:_NAMED])}{more} {'has' if len(changed) == 1 else 'have'} changed")
            work(changed)
            say("waiting for changes; Ctrl-C ends")
    except KeyboardInterrupt:
        write("\n")
    raise SystemExit(INTERRUPTED)


def changes(
    paths: Sequence[str], wanted: Callable[[Path], bool], others: Callable[[], Iterable[str]]
) -> Iterator[list[str]]:
    """First nothing; then, each time that some of the files have changed, their names.

    Folders stand for all files in and below them that are wanted. What is not there yet is waited for. The watch
    has begun when nothing is given, so what changes from then on is told. The `others` are files anywhere, which each
    time may be other ones.
    """
    try:
        from watchfiles import watch
    except ImportError:
        fail(f"--watch needs watchfiles, which is not installed: {INSTALL}")
    watched = _Watched(paths, wanted)
    looked = Looked(lambda: (path for path in others() if not watched.takes(Path(path).absolute())))
    found = watch(
        *watched.places(),
        watch_filter=lambda change, path: watched.takes(Path(path)) or watched.has_come(change.raw_str(), Path(path)),
        recursive=bool(watched.folders),
        step=_STILL,
        rust_timeout=_EVERY,
        yield_on_timeout=True,
    )
    next(found)
    looked.renew()
    yield []
    for changed in found:
        seen = (file for _, path in changed for file in watched.files(Path(path)))
        if told := {*map(_short, seen), *map(_short, looked.changed())}:
            looked.renew()  # before anything is read, so that no change of it is missed
            yield sorted(told)


class _Watched:
    """Files by their names, and folders, of which the files matter that are wanted."""

    def __init__(self, paths: Sequence[str], wanted: Callable[[Path], bool]) -> None:
        self._wanted = wanted
        self._named = {form for path in paths if not is_folder(path) for form in _forms(path)}
        self.folders = {form for path in paths if is_folder(path) for form in _forms(path)}

    def places(self) -> list[Path]:
        """The folders to watch; the end of the program where one is not there."""
        # A file is watched by its folder: many editors put a new file in the place of the old one.
        found = sorted(self.folders | {path.parent for path in self._named})
        if gone := next((place for place in found if not os.path.isdir(place)), None):
            fail(f"{shown(str(gone))}: there is no such folder to watch; check the path")
        return found

    def takes(self, path: Path) -> bool:
        """Whether a file of this path matters."""
        return path in self._named or (self._is_within(path) and self._wanted(path))

    def has_come(self, change: str, path: Path) -> bool:
        """Whether this is a folder that has come; of what it had in it by then nobody is told."""
        return change == "added" and not path.name.startswith(".") and self._is_within(path) and os.path.isdir(path)

    def files(self, path: Path) -> Iterator[str]:
        """The path itself, or what matters in a folder that has come."""
        if self.takes(path):
            yield str(path)
        elif os.path.isdir(path):
            inner = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
            yield from (str(file) for file in inner if self.takes(file))

    def _is_within(self, path: Path) -> bool:
        """Whether it is in one of the folders, and in no hidden one there."""
        above = (folder for folder in self.folders if folder in path.parents)
        return any(not any(part.startswith(".") for part in path.relative_to(one).parts[:-1]) for one in above)


def _forms(path: str) -> set[Path]:
    """The path from the root on, and where a link leads that it may be."""
    return {Path(path).absolute(), Path(path).resolve()}


def _short(path: str) -> str:
    """The path as people in this folder write it."""
    try:
        return shown(str(Path(path).absolute().relative_to(Path.cwd())))
    except ValueError:
        return shown(path)
