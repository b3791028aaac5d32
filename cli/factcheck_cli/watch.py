"""Waits for files to change; needs the extra `watch`."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NoReturn

from factcheck_cli.console import fail, say, write
from factcheck_cli.folder import shown
from factcheck_cli.looked import Looked
from factcheck_cli.output import print_out
from factcheck_cli.place import is_folder
from factcheck_cli.reading import STDIN

INSTALL: Final = "pip install 'factcheck-engine[watch]'"
_EVERY: Final = 200
"""Milliseconds between two looks at whether somebody wants to end it."""
_STILL: Final = 50
"""Milliseconds without a change after which those before it are told: an editor saves in several steps."""
INTERRUPTED: Final = 130
"""Exit status after Ctrl-C."""
_CLEAR: Final = b"\x1b[H\x1b[2J"


def keep_on(
    paths: Sequence[str],
    wanted: Callable[[str], bool],
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
                say(f"{', '.join(changed)} {'has' if len(changed) == 1 else 'have'} changed")
            work(changed)
            say("waiting for changes; Ctrl-C ends")
    except KeyboardInterrupt:
        write("\n")
    raise SystemExit(INTERRUPTED)


def changes(
    paths: Sequence[str], wanted: Callable[[str], bool], others: Callable[[], Iterable[str]]
) -> Iterator[list[str]]:
    """First nothing; then, each time that some of the files have changed, their names.

    Folders stand for all files in and below them whose names are wanted. What is not there yet is waited for. The watch
    has begun when nothing is given, so what changes from then on is told. The `others` are files anywhere, which each
    time may be other ones.
    """
    try:
        from watchfiles import watch
    except ImportError:
        fail(f"--watch needs watchfiles, which is not installed: {INSTALL}")
    named = {form for path in paths if not is_folder(path) for form in _forms(path)}
    folders = {form for path in paths if is_folder(path) for form in _forms(path)}

    def matters(_change: object, path: str) -> bool:
        one = Path(path)
        if one in named:
            return True
        above = [folder for folder in folders if folder in one.parents]
        return wanted(one.name) and any(
            not any(part.startswith(".") for part in one.relative_to(folder).parts[:-1]) for folder in above
        )

    def unwatched() -> Iterator[str]:
        return (path for path in others() if not matters(None, os.path.abspath(path)))  # noqa: PTH100 - links stay links

    looked = Looked(unwatched)

    # A file is watched by its folder: many editors put a new file in the place of the old one.
    places = folders | {path.parent for path in named}
    if gone := next((place for place in sorted(places) if not place.is_dir()), None):
        fail(f"{shown(str(gone))}: there is no such folder to watch; check the path")
    found = watch(
        *sorted(places),
        watch_filter=matters,
        recursive=bool(folders),
        step=_STILL,
        rust_timeout=_EVERY,
        yield_on_timeout=True,
    )
    next(found)
    looked.renew()
    yield []
    looked.renew()
    for changed in found:
        if told := {_short(path) for path in (*(path for _, path in changed), *looked.changed())}:
            yield sorted(told)
            looked.renew()


def _forms(path: str) -> set[Path]:
    """The path from the root on, and where a link leads that it may be."""
    return {Path(path).absolute(), Path(path).resolve()}


def _short(path: str) -> str:
    """The path as people in this folder write it."""
    try:
        return shown(str(Path(path).absolute().relative_to(Path.cwd())))
    except ValueError:
        return shown(path)
