"""What `.gitignore` and `.factcheckignore` leave out of a folder, as git reads such files."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from factcheck_cli.upwards import is_checkout, upwards

NAMES = (".factcheckignore", ".gitignore")
"""The files, the one that overrules the other first."""

# The library lets a pattern match all below what it matches. Here each step down is asked for itself, so that what a
# later pattern takes back is found; for that a last part of stars alone has to say that it wants a name.
_STARS = re.compile(r"(?:(?<=/)|^)(?P<bang>!?)(?P<stars>\*\*?)(?=/?\s*$)")

Report = Callable[[str, str], object]
"""Told the path of an ignore file and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _File:
    """An ignore file: its patterns, and what its folder's path lacks or has too much beside that of the scan."""

    patterns: tuple[tuple["re.Pattern[str]", bool], ...]
    above: str = ""
    below: int = 0

    def verdict(self, path: str) -> bool | None:
        """Whether to leave the path out; None where nothing is said about it. The last pattern that fits decides."""
        mine = self.above + path[self.below :]
        return next((leave for regex, leave in reversed(self.patterns) if regex.fullmatch(mine)), None)


@dataclass(frozen=True, slots=True)
class Ignore:
    """The ignore files that hold in a folder, by name, those of the folder itself last."""

    files: tuple[tuple[_File, ...], ...] = ((),) * len(NAMES)

    @classmethod
    def above(cls, folder: str, report: Report) -> "Ignore":
        """What holds for a folder within a git checkout: the files above it, up to the checkout's own folder.

        A folder that they leave out is scanned all the same when it is named, and then they do not hold.
        """
        ignore = cls()
        for parent in parents(folder):
            ignore = ignore.entered(parent, "", _held(parent), report)
            step = os.path.relpath(folder, parent).replace(os.sep, "/").partition("/")[0]
            if ignore.by(f"{step}/"):
                return cls()
            moved = (tuple(replace(file, above=f"{file.above}{step}/") for file in of) for of in ignore.files)
            ignore = cls(tuple(moved))
        return ignore

    def entered(self, folder: str, path: str, names: Iterable[str], report: Report) -> "Ignore":
        """What holds in the folder, which has these names in it; `path` leads to it from where the scan began."""
        here = set(names)
        if here.isdisjoint(NAMES):
            return self
        read = (_read(os.path.join(folder, name), report) if name in here else () for name in NAMES)  # noqa: PTH118
        return Ignore(
            tuple(
                (*of, _File(patterns, below=len(path))) if patterns else of
                for of, patterns in zip(self.files, read, strict=True)
            )
        )

    def by(self, path: str) -> str:
        """The name of the ignore file that leaves out this path from where the scan began, if any; folders end in /."""
        for name, files in zip(NAMES, self.files, strict=True):
            for file in reversed(files):
                leave = file.verdict(path)
                if leave is not None:
                    return name if leave else ""
        return ""


def parents(folder: str) -> list[str]:
    """The folders above this one up to that of its git checkout, the upmost first; none outside a checkout."""
    found = list(upwards(folder))
    return found[:0:-1] if is_checkout(found[-1]) else []


def _held(folder: str) -> Iterator[str]:
    return (name for name in NAMES if os.path.lexists(os.path.join(folder, name)))  # noqa: PTH118 - as its callers


def _read(path: str, report: Report) -> tuple[tuple["re.Pattern[str]", bool], ...]:
    """The patterns of the ignore file, each with whether it leaves out what it fits, in their order."""
    from factcheck_cli.inputs.globs import patterns

    try:
        if not os.path.isfile(path):
            raise IsADirectoryError  # or a pipe, which would keep us waiting
        data = Path(path).read_bytes()
    except OSError:
        report(path, "this cannot be read, so it leaves nothing out; make it a readable text file")
        return ()
    found: list[tuple[re.Pattern[str], bool]] = []
    # Names that are no UTF-8 are decoded so, too.
    for number, line in enumerate(data.decode("utf-8-sig", "surrogateescape").split("\n"), 1):
        try:
            found += patterns(_STARS.sub(_named, line))
        except ValueError:
            report(f"{path}:{number}", f"`{line.strip()}` is no pattern, so it leaves nothing out; mend or remove it")
    return tuple(found)


def _named(stars: re.Match[str]) -> str:
    return stars["bang"] + ("?*" if stars["stars"] == "*" else "**/?*")
