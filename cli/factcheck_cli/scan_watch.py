"""`factcheck scan --watch`: what is saved is scanned again, with the rules that are loaded already."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from factcheck_cli.console import fail, say
from factcheck_cli.inputs import files
from factcheck_cli.log import Deaf
from factcheck_cli.options import RULES
from factcheck_cli.place import is_folder
from factcheck_cli.quiet.suppressed import article_of
from factcheck_cli.readers.types import ARTICLES
from factcheck_cli.watch import keep_on

if TYPE_CHECKING:
    from factcheck_cli.plan import Plan

TOML: Final = ".toml"
"""What the names of configurations and of sidecars end in."""
_PATIENCE: Final = 0.1
"""Seconds that an editor may take to put a file back, or to fill one that it has emptied."""
_LOOK: Final = 0.01


def watched(
    load: Callable[[], "Plan"],
    once: Callable[["Plan", Sequence[str]], int],
    paths: Sequence[str],
    rules: Sequence[str],
    *,
    target: Path | None,
) -> NoReturn:
    """Scans the paths, then whatever of them changes, until Ctrl-C.

    Where all goes into one `target` all is scanned each time. When `rules` change, or whatever else `load` reads and is
    named with them, all is loaded anew.
    """
    if target and (target.suffix.lower() in ARTICLES or not target.suffix):
        for path in paths:
            if is_folder(path) and _is_among(str(target), [path]):
                fail(f"{path}: the output would be scanned with what is in this folder; give -o a place outside it")
    desk = _Desk(load, once, paths, rules, whole=target is not None)
    keep_on((*paths, *rules), (*ARTICLES, RULES, TOML), desk.work)


class _Desk:
    """Scans again and again. Mistakes are told, and end nothing."""

    def __init__(
        self,
        load: Callable[[], "Plan"],
        once: Callable[["Plan", Sequence[str]], int],
        paths: Sequence[str],
        rules: Sequence[str],
        *,
        whole: bool,
    ) -> None:
        self._load, self._once, self._paths, self._rules, self._whole = load, once, paths, rules, whole
        self._plan: Plan | None = None

    def work(self, changed: Sequence[str]) -> None:
        """Scans what has changed; all at first, and after a change of the rules."""
        rules = [path for path in changed if _is_among(path, self._rules)]
        if not (changed and self._plan) or rules:
            if self._reloaded():
                self._scan(self._paths)
            return
        gone = [path for path in changed if not _is_there(path)]
        for path in gone:
            say(f"{path}: this is gone")
        texts = [name for path in changed if path not in gone and (name := self._scanned_as(article_of(path)))]
        if self._whole and (gone or texts):
            self._scan(self._paths)
        elif texts:
            self._scan(texts)

    def _reloaded(self) -> bool:
        """Whether the rules could be loaded; where not, those of before stay."""
        try:
            self._plan = self._load()
        except SystemExit:  # the problems have been told
            if self._plan:
                say("the rules of before stay until these are mended")
            return False
        return True

    def _scan(self, paths: Sequence[str]) -> None:
        assert self._plan  # noqa: S101 - whoever scans has loaded it
        first = self._plan.presses.first
        drawn = first.settings
        try:
            self._once(self._plan, paths)
        except SystemExit as error:
            if not error.code:  # nobody reads what is printed any more
                raise
        finally:
            first.settings = drawn  # of many documents a row each is printed, of the next one a page

    def _scanned_as(self, path: str) -> str:
        """What a scan of the paths calls this file; nothing where it does not take it."""
        here = Path(path).resolve()
        for one in self._paths:
            if not is_folder(one):
                if Path(one).resolve() == here:
                    return one
            elif _is_among(path, [one]):
                found = (file for file in files(one, Deaf()) if Path(file).name == here.name)
                if name := next((file for file in found if Path(file).resolve() == here), ""):
                    return name
        return ""


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
