"""Files and folders, and what is among them or below: found out once, for whatever is asked of them."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from factcheck_cli.inputs.text import STDIN
from factcheck_cli.terminal.paths import shown


@dataclass(frozen=True, slots=True)
class Places:
    """Some of them. Names, unlike paths, are relative to the folder of a baseline."""

    folder: str
    _all: frozenset[Path]

    @classmethod
    def of(cls, paths: Iterable[str], folder: str) -> Self:
        """Those that the paths lead to from here."""
        return cls(folder, frozenset(map(_place, paths)))

    @classmethod
    def above(cls, names: Iterable[str], folder: str) -> Self:
        """Those that have these names, and all folders that they are in."""
        return cls(folder, frozenset(place for name in set(names) for place in _upwards(name, folder)))

    def has(self, path: str) -> bool:
        """Whether the path leads to one of them."""
        return _place(path) in self._all

    def holds(self, name: str) -> bool:
        """Whether what is called so is one of them or below one."""
        return bool(self._all) and not self._all.isdisjoint(_upwards(name, self.folder))


def _place(path: str) -> Path:
    return Path(path if path == STDIN else shown(os.path.abspath(path)))  # noqa: PTH100 - links stay links


def _upwards(name: str, folder: str) -> tuple[Path, ...]:
    """The place that has the name, and the folders that it is in."""
    place = Path(name if name == STDIN else shown(os.path.normpath(os.path.join(folder, name))))  # noqa: PTH118 - text
    return place, *place.parents
