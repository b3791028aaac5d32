"""Folders: the articles in them and below, and a note on everything that is left out."""

import errno
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from factcheck_cli.inputs.readers.types import ARTICLES
from factcheck_cli.log import Log
from factcheck_cli.options import BASELINE, CONFIGURATION, RULES
from factcheck_cli.quiet.suppressed import SIDECAR, article_of
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.paths import shown

_HERE = os.path.join(os.curdir, "")  # noqa: PTH118 - as text
_KINDS = 5  # kinds of files left out that are named


def text_files(
    path: str, log: Log, includes: Callable[[str], bool] | None = None, named: Collection[str] = ()
) -> list[str]:
    """The articles in the folder and all below it, by name, but for what ignore files leave out.

    `includes` tells of others whether they are read, too. Links to folders are not followed, pipes and devices not
    opened, and what is hidden is no business of ours. Notes count what else is left out and not `named` beside the
    folder, as `plain` has it.
    """
    before = log.failures
    left = _LeftOut(includes, named)
    here = _HERE if _is_here(path) else ""
    found = sorted(one.removeprefix(here) for one in _walk(path, left, log))
    for note in left.notes():
        log.note(shown(path), note)
    if not found and log.failures == before:
        log.failure(
            shown(path), "there is no article in this folder, by the names of its files; name the files themselves"
        )
    return found


def _is_here(path: str) -> bool:
    """Whether it is the folder that one stands in, whose files are called without it."""
    return os.path.normpath(path) == os.curdir


def _walk(path: str, left: "_LeftOut", log: Log) -> Iterator[str]:
    from factcheck_cli.inputs.ignore import Ignore

    def report(name: str, message: str) -> None:
        log.note(shown(name), message)

    waiting = [("", Ignore.above(os.path.realpath(path), report))]
    while waiting:
        below, ignore = waiting.pop()
        folder = os.path.join(path, below) if below else path  # noqa: PTH118 - `./a.txt` stays as people wrote it
        try:
            with os.scandir(folder) as listed:
                entries = list(listed)
        except OSError as error:
            log.failure(shown(folder), why(error))
            continue
        ignore = ignore.entered(folder, below, (entry.name for entry in entries), report)
        names = {entry.name for entry in entries}
        for name in sorted(name for name in names if name.endswith(SIDECAR) and article_of(name) not in names):
            said = f"there is no {shown(article_of(name))} that this belongs to; call it as its article is called"
            log.warning(shown(below + name if _is_here(path) else os.path.join(folder, name)), said)  # noqa: PTH118 - as above
        for entry in entries:
            if entry.name.startswith("."):
                continue
            inner = entry.is_dir(follow_symlinks=False)
            step = below + entry.name + ("/" if inner else "")
            if by := ignore.by(step):
                left.ignored[by] += 1
            elif inner:
                waiting.append((step, ignore))
            elif not entry.name.endswith(SIDECAR) and left.takes(entry):
                yield entry.path


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """What a folder has beside the texts to scan: entries by ignore file, files by suffix, and what is neither."""

    includes: Callable[[str], bool] | None
    named: Collection[str]
    ignored: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)

    def takes(self, entry: "os.DirEntry[str]") -> bool:
        """Whether to scan what is no folder; if not it is counted."""
        name = entry.name.lower()
        if not entry.is_file(follow_symlinks=False):
            # The methods of the entry raise where a link leads to itself.
            if os.path.isdir(entry.path):
                self.odd["link to a folder"] += 1
                return False
            if os.path.exists(entry.path) and not os.path.isfile(entry.path):
                self.odd["pipe, socket or device"] += 1
                return False
        if name in {CONFIGURATION, BASELINE} or name.endswith((RULES, "-wal", "-shm")):  # ours, or SQLite's for a while
            return False
        if name.endswith(ARTICLES) or (self.includes and self.includes(entry.path)):
            return True
        if plain(entry.path) not in self.named:
            self.others[shown(os.path.splitext(name)[1])] += 1  # noqa: PTH122 - no path is made of thousands of names
        return False

    def notes(self) -> Iterator[str]:
        """What to say of it, as far as there is any."""
        for by, number in sorted(self.ignored.items()):
            yield f"{number:,} left out by {by} (a folder counts as one); name them to scan them"
        if self.others:
            files = counted(self.others.total(), "file")
            yield f"{files} left out, no articles by their names ({_most(self.others)}); name them to scan them"
        if number := self.odd["link to a folder"]:
            yield f"links to folders are not followed ({number:,}); name them to scan what is there"
        if number := self.odd["pipe, socket or device"]:
            yield f"pipes, sockets and devices are not read ({number:,}); name them to scan what comes out of them"


def _most(suffixes: Counter[str]) -> str:
    """The kinds of files, the most frequent first, and how many others there are."""
    kinds = sorted(suffixes.items(), key=lambda kind: (-kind[1], kind[0]))
    named = [f"{number:,} {suffix or 'without a suffix'}" for suffix, number in kinds[:_KINDS]]
    if kinds[_KINDS:]:
        named.append(f"{sum(number for _, number in kinds[_KINDS:]):,} others")
    return ", ".join(named)


def plain(path: str) -> str:
    """The same for the same file, however its path is written; a link is a file of its own."""
    return os.path.normcase(os.path.abspath(path))  # noqa: PTH100 - links stay links


def why(error: OSError) -> str:
    """What keeps a file or folder from being read, and the remedy."""
    missing = isinstance(error, FileNotFoundError)
    if (missing or error.errno == errno.ELOOP) and os.path.islink(error.filename or ""):  # noqa: PTH114 - as given
        return "this link leads to nothing; mend it or remove it"
    if missing:
        return "there is no such file or folder; check the path"
    if isinstance(error, PermissionError):
        return "this may not be read; check its permissions"
    return f"this cannot be read: {error.strerror or error}"
