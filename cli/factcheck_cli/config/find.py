"""Which configuration holds for a file: the nearest one in its folder or above, as far as the repository goes."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from factcheck_cli.options import CONFIGURATION
from factcheck_cli.upwards import upwards

PROJECT: Final = "pyproject.toml"
TABLE: Final = ("tool", "factcheck")
"""Where in a `pyproject.toml` the keys stand."""

_TOOL: Final = re.compile(rb"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*[\"']?(?P<name>[\w-]+)", re.MULTILINE)
_SLIPS: Final = 2  # letters of our name that may be wrong


class Finder:
    """Finds configurations, and looks into each folder once."""

    def __init__(self) -> None:
        self._found: dict[str, Path | None] = {}
        self.misspelt: list[tuple[Path, int, str]] = []
        """Tables called almost as ours, in folders without a configuration: the file, the line, the name."""

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
            if table := _misspelt(Path(one, PROJECT)):
                self.misspelt.append(table)
        self._found |= dict.fromkeys(passed, found)
        return found


def _here(folder: str) -> Path | None:
    own, project = Path(folder, CONFIGURATION), Path(folder, PROJECT)
    if os.path.lexists(own):
        return own
    return project if os.path.lexists(project) and has_table(project) else None


def _misspelt(project: Path) -> tuple[Path, int, str] | None:
    """The first table in the file that is called almost as ours."""
    try:
        data = project.read_bytes()
    except OSError:
        return None
    for found in _TOOL.finditer(data):
        name = found["name"].decode()
        if name[:1].lower() == TABLE[1][0] and name != TABLE[1]:
            from factcheck_cli.quiet.nearly import is_like

            if is_like(re.sub(r"[-_]", "", name).lower(), TABLE[1], _SLIPS):
                return project, data.count(b"\n", 0, found.start("name")) + 1, name
    return None


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
