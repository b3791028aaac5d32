"""`factcheck scan --watch`: what is saved is scanned again, with the rules that are loaded already."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from factcheck_cli.console import say
from factcheck_cli.inputs import files
from factcheck_cli.log import Log
from factcheck_cli.options import RULES
from factcheck_cli.place import is_folder
from factcheck_cli.readers.types import ARTICLES
from factcheck_cli.watch import keep_on

if TYPE_CHECKING:
    from factcheck_cli.work import Press

_PATIENCE: Final = 0.1
"""Seconds that an editor may take to put a file back, or to fill one that it has emptied."""
_LOOK: Final = 0.01


def watched(
    load: Callable[[], "Press"],
    once: Callable[["Press", Sequence[str]], int],
    paths: Sequence[str],
    rules: Sequence[str],
    *,
    whole: bool,
) -> NoReturn:
    """Scans the paths, then whatever of them changes, until Ctrl-C.

    Where `whole` is set all is scanned each time, for its output is one. Changed rules are loaded anew.
    """
    desk = _Desk(load, once, paths, rules, whole=whole)
    keep_on((*paths, *rules), (*ARTICLES, RULES), desk.work)


class _Desk:
    """Scans again and again. Mistakes are told, and end nothing."""

    def __init__(
        self,
        load: Callable[[], "Press"],
        once: Callable[["Press", Sequence[str]], int],
        paths: Sequence[str],
        rules: Sequence[str],
        *,
        whole: bool,
    ) -> None:
        self._load, self._once, self._paths, self._rules, self._whole = load, once, paths, rules, whole
        self._press: Press | None = None

    def work(self, changed: Sequence[str]) -> None:
        """Scans what has changed; all at first, and after a change of the rules."""
        rules = [path for path in changed if _is_among(path, self._rules)]
        if not (changed and self._press) or rules:
            if self._reloaded():
                self._scan(self._paths)
            return
        texts = [path for path in changed if self._is_scanned(path)]
        there = [path for path in texts if _is_there(path)]
        for path in texts:
            if path not in there:
                say(f"{path}: this is gone")
        if texts and (self._whole or there):
            self._scan(self._paths if self._whole else there)

    def _reloaded(self) -> bool:
        """Whether the rules could be loaded; where not, those of before stay."""
        try:
            self._press = self._load()
        except SystemExit:  # the problems have been told
            if self._press:
                say("the rules of before stay until these are mended")
            return False
        return True

    def _scan(self, paths: Sequence[str]) -> None:
        assert self._press  # noqa: S101 - whoever scans has loaded it
        drawn = self._press.settings
        try:
            self._once(self._press, paths)
        except SystemExit as error:
            if not error.code:  # nobody reads what is printed any more
                raise
        finally:
            self._press.settings = drawn  # of many documents a row each is printed, of the next one a page

    def _is_scanned(self, path: str) -> bool:
        """Whether a scan of the paths takes this one, or did before it was gone."""
        here = Path(path).absolute()
        if any(here in {Path(one).absolute(), Path(one).resolve()} for one in self._paths if not is_folder(one)):
            return True
        if not here.exists():
            return here.suffix.lower() in ARTICLES
        folders = [one for one in self._paths if is_folder(one) and _is_among(path, [one])]
        return any(here.samefile(one) for folder in folders for one in files(folder, _Deaf()))


def _is_among(path: str, given: Sequence[str]) -> bool:
    """Whether it is one of these, or in one of these folders."""
    here = {Path(path).absolute(), Path(path).resolve()}
    above = here.union(*(one.parents for one in here))
    return any(not above.isdisjoint((Path(one).absolute(), Path(one).resolve())) for one in given)


def _is_there(path: str) -> bool:
    """Whether the file is there; one that is empty or gone is waited for a moment."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            if Path(path).stat().st_size:
                return True
        except OSError:
            pass
        if time.monotonic() > until:
            return Path(path).exists()
        time.sleep(_LOOK)


class _Deaf(Log):
    """Hears of what a folder leaves out, which has been told."""

    def failure(self, name: str, message: str) -> None:
        """Nothing."""

    def note(self, name: str, message: str) -> None:
        """Nothing."""
