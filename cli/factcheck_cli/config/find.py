"""Which configuration holds for a file: the nearest one in its folder or above, as far as the repository goes."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck_cli.config.almost import almost
from factcheck_cli.options import CONFIGURATION, PROJECT, TABLE
from factcheck_cli.upwards import upwards

if TYPE_CHECKING:
    from factcheck_cli.config.problem import Problem


class Finder:
    """Finds configurations, and looks into each folder once."""

    def __init__(self) -> None:
        self._found: dict[str, Path | None] = {}
        self.almost: list[Problem] = []
        """What looks like a configuration and is none, in folders without one."""

    def of(self, path: str) -> Path | None:
        """The configuration of a file; of a folder what would hold for a file in it."""
        whole = os.path.abspath(path)  # noqa: PTH100 - links stay links
        return self._in(whole if os.path.isdir(whole) else os.path.dirname(whole))  # noqa: PTH120 - fast

    def places(self, folder: str) -> Iterator[str]:
        """Where it is looked for, from the folder upwards, as far as the one that is found."""
        for one in upwards(os.path.abspath(folder)):  # noqa: PTH100 - links stay links
            yield from (os.path.join(one, name) for name in (CONFIGURATION, PROJECT))  # noqa: PTH118 - as text
            if _here(one):
                return

    def _in(self, folder: str) -> Path | None:
        passed, found = [], None
        for one in upwards(folder):
            if one in self._found:
                found = self._found[one]
                break
            passed.append(one)
            if found := _here(one):
                break
            self.almost += almost(one)
        self._found |= dict.fromkeys(passed, found)
        return found


def _here(folder: str) -> Path | None:
    own, project = Path(folder, CONFIGURATION), Path(folder, PROJECT)
    if os.path.lexists(own):
        return own
    return project if os.path.lexists(project) and has_table(project) else None


def has_table(project: Path) -> bool:
    """Whether there is a table of ours in the file, or might be one if it could be read."""
    try:
        data = project.read_bytes()
    except OSError:
        return False  # it is other programs' file, and nothing says that it is ours, too
    if TABLE[1].encode() not in data:
        return False
    import tomllib

    try:
        tool = tomllib.loads(data.decode()).get(TABLE[0])
    except (ValueError, RecursionError):
        return b"tool.factcheck" in data
    return isinstance(tool, dict) and TABLE[1] in tool
