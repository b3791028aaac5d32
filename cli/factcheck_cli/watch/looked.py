"""Files that are looked at again and again: which of them have come, gone or changed.

For files that stand anywhere, few of them, and not the same ones all the time; folders are watched by `watch`.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from factcheck_cli.options import RULES

_STILL: Final = 0.05
"""Seconds without a change after which those before it are told: an editor saves in several steps."""
_PATIENCE: Final = 0.2
"""Seconds that an editor may take to put a file back, or to fill one that it has emptied."""
_LONG: Final = 2.0
"""Seconds after which a file that changes all the time is told of."""
_REST: Final = 20
"""Times as long as a look has taken nobody looks again."""

Sign = tuple[int, ...] | tuple[str, ...] | None
"""What tells that a file is another one, or that a folder has others in it; None of what is not there."""


class Looked:
    """Looks at the files that are named each time; folders stand for the rule files in and below them."""

    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        self._names = names
        self._signs: dict[str, Sign] = {}
        self._next = 0.0

    def renew(self) -> None:
        """Asks which files these are now; what has changed since the last look is told by the next one all the same."""
        self._signs = {
            path: self._signs[path] if path in self._signs else sign(path) for path in _spread(self._names())
        }

    def changed(self) -> list[str]:
        """Those that have changed since, once whoever writes them is done."""
        if time.monotonic() < self._next:
            return []
        before, begun = self._signs, time.monotonic()
        now = _signs(before)
        self._next = time.monotonic() + _REST * (time.monotonic() - begun)
        while now != before:
            time.sleep(_STILL)
            later, waited = _signs(before), time.monotonic() - begun
            if waited > _LONG or (later == now and (waited > _PATIENCE or _are_there(before, now))):
                break
            now = later
        self._signs = now
        return [path for path, sign in now.items() if sign != before[path]]


def _spread(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        yield path
        for folder, folders, files in os.walk(path):
            yield from (os.path.join(folder, name) for name in folders)  # noqa: PTH118 - as text
            yield from (os.path.join(folder, name) for name in files if name.endswith(RULES))  # noqa: PTH118 - the same


def _signs(paths: Iterable[str]) -> dict[str, Sign]:
    return {path: sign(path) for path in paths}


def sign(path: str) -> Sign:
    """That of a file or a folder."""
    try:
        if os.path.isdir(path):
            with os.scandir(path) as entries:
                return tuple(sorted(one.name for one in entries if one.name.endswith(RULES) or one.is_dir()))
        found = os.stat(path)  # noqa: PTH116 - the same
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _are_there(before: dict[str, Sign], now: dict[str, Sign]) -> bool:
    """Whether none of what has changed is gone or empty, which it may be for a moment only."""
    return all(
        sign and (before[path] == sign or sign[1:2] != (0,)) for path, sign in now.items() if before[path] != sign
    )
