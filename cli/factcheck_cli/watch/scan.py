"""`factcheck scan --watch`: what is saved is scanned again, with the rules that are loaded already."""

import gc
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from factcheck_cli.inputs.ignore import NAMES as IGNORE
from factcheck_cli.inputs.ignore import parents
from factcheck_cli.inputs.parts import files
from factcheck_cli.inputs.place import is_folder
from factcheck_cli.inputs.readers.types import ARTICLES
from factcheck_cli.inputs.text import STDIN
from factcheck_cli.log import Deaf
from factcheck_cli.options import CONFIGURATION, PROJECT, RULES
from factcheck_cli.quiet.suppressed import SIDECAR, article_of
from factcheck_cli.terminal.console import fail, say
from factcheck_cli.terminal.paths import shown
from factcheck_cli.watch.reprints import Reprints
from factcheck_cli.watch.waiting import keep_on

if TYPE_CHECKING:
    from factcheck_cli.work.plan import Plan

_CONFIGURATIONS: Final = (CONFIGURATION, PROJECT)
_PATIENCE: Final = 0.1
"""Seconds that an editor may take to put a file back, or to fill one that it has emptied."""
_LOOK: Final = 0.01
_TOLD_TO_END: Final = 143  # the status after SIGTERM


def watched(
    load: Callable[[], "Plan"],
    once: Callable[["Plan", Sequence[str], Reprints | None], int],
    paths: Sequence[str],
    reads: Callable[[Sequence[str]], list[str]],
    *,
    target: Path | None,
) -> NoReturn:
    """Scans the paths, then whatever of them changes, until Ctrl-C.

    Where all goes into one `target` all is scanned each time. When a file changes that is read to scan them, which
    `reads` tells, all is loaded anew. Where nothing of the paths is there it ends as a scan without a watch does.
    """
    if target and (target.suffix.lower() in ARTICLES or not target.suffix):
        for path in paths:
            if is_folder(path) and _is_among(str(target), [path]):
                fail(
                    f"{target}: the output would be scanned with what is in {path}; give -o a place outside this folder"
                )
    gone = [path for path in paths if path != STDIN and not os.path.lexists(path)]
    if len(gone) == len(paths):  # nobody waits for what is only mistyped
        raise SystemExit(once(load(), paths, None))
    for path in gone:
        say(f"{shown(path)}: note: this is scanned as soon as it is there")
    desk = _Desk(load, once, paths, reads, whole=target is not None)
    keep_on(paths, desk.wants, desk.work, desk.others)


class _Desk:
    """Scans again and again. Mistakes are told, and end nothing."""

    def __init__(
        self,
        load: Callable[[], "Plan"],
        once: Callable[["Plan", Sequence[str], Reprints | None], int],
        paths: Sequence[str],
        reads: Callable[[Sequence[str]], list[str]],
        *,
        whole: bool,
    ) -> None:
        self._load, self._once, self._paths, self._reads, self._whole = load, once, paths, reads, whole
        self._read: list[str] = []
        self._plan: Plan | None = None
        self._reprints = Reprints()

    def wants(self, path: Path) -> bool:
        """Whether a file in a scanned folder matters; hidden ones are those of editors."""
        if path.name.startswith("."):
            return path.name in IGNORE
        if path.name in _CONFIGURATIONS or path.name.lower().endswith((*ARTICLES, SIDECAR)):
            return True
        return bool(self._plan and self._plan.includes(str(path)))

    def others(self) -> list[str]:
        """Files that matter, wherever they are: what is read to scan, and sidecars of files that are named."""
        above = [str(parent / name) for path in self._paths for parent in _above(path) for name in IGNORE]
        self._read = self._reads([*self._paths, *self._files()])
        return [*self._read, *above, *(f"{path}{SIDECAR}" for path in self._paths if not is_folder(path))]

    def work(self, changed: Sequence[str]) -> None:
        """Scans what has changed; all at first, and after a change of what all is scanned by."""
        anew = not (changed and self._plan) or any(map(self._is_read, changed))
        if anew or any(Path(path).name in IGNORE for path in changed):
            if not anew or self._reloaded():
                self._scan(self._paths, anew=anew)
                _settle()
            return
        gone = [path for path in changed if not _is_there(path)]
        for path in gone:
            if not path.endswith(SIDECAR):
                say(f"{path}: this is gone")
        articles = dict.fromkeys(map(article_of, changed))
        texts = self._scanned_as([path for path in articles if path not in gone])
        if self._whole and (gone or texts):
            self._scan(self._paths)
        elif texts:
            self._scan(texts)

    def _is_read(self, path: str) -> bool:
        """Whether all is scanned by this file: a configuration, rules, the baseline."""
        if Path(path).name in _CONFIGURATIONS or (path.endswith(RULES) and _is_among(path, self._read)):
            return True
        return str(Path(path).absolute()) in {str(Path(one).absolute()) for one in self._read}

    def _files(self) -> list[str]:
        return [file for path in self._paths for file in files(path, Deaf(), self._plan)]

    def _reloaded(self) -> bool:
        """Whether all could be loaded; where not, what was loaded before stays."""
        try:
            plan = self._load()
            for path in self._files():
                plan.settings(path)  # so that all is told of configurations further down
        except SystemExit as error:  # the problems have been told
            if error.code == _TOLD_TO_END:
                raise
            plan = None
        if self._plan and not self._plan.is_broken and (not plan or plan.is_broken):
            say("the rules of before stay until these are mended")
            return False
        if plan:
            self._plan, self._reprints = plan, Reprints()
        return bool(plan)

    def _scan(self, paths: Sequence[str], *, anew: bool = False) -> None:
        """Scans these; in several processes only where all was loaded now, for they load it, too, and keep no pages."""
        assert self._plan  # noqa: S101 - whoever scans has loaded it
        drawn = [(press, press.settings) for press in self._plan.presses]
        try:
            self._once(self._plan, paths, None if anew and not self._whole else self._reprints)
        except SystemExit as error:
            if error.code in {None, 0, _TOLD_TO_END}:  # nobody reads what is printed any more, or wants it
                raise
        finally:
            for press, settings in drawn:  # of many documents a row each is printed, of the next one a page
                press.settings = settings

    def _scanned_as(self, paths: Sequence[str]) -> list[str]:
        """What a scan calls those of these files that it takes."""
        wanted = {Path(path).name for path in paths} | {Path(path).resolve().name for path in paths}
        called = {Path(file).resolve(): file for file in self._files()[::-1] if Path(file).name in wanted}
        called |= {Path(path).resolve(): path for path in self._paths if not is_folder(path)}
        return [called[here] for path in paths if (here := Path(path).resolve()) in called]


def _settle() -> None:
    """Clears away what is left of loading and of a first scan; what stays, no search for garbage need look at again."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _is_among(path: str, given: Sequence[str]) -> bool:
    """Whether it is one of these, or in one of these folders."""
    here = {Path(path).absolute(), Path(path).resolve()}
    above = here.union(*(one.parents for one in here))
    return any(not above.isdisjoint((Path(one).absolute(), Path(one).resolve())) for one in given)


def _above(path: str) -> list[Path]:
    """The folders above one that is scanned in which files may say what is left out of it."""
    return [Path(one) for one in parents(str(Path(path).resolve()))] if is_folder(path) else []


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
            return os.path.exists(path)
        time.sleep(_LOOK)
