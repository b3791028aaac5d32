"""What looks like a configuration and is none: files and tables called almost as ours, each with the remedy."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from factcheck_cli.options import CONFIGURATION, PROJECT, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from factcheck_cli.config.problem import Problem

_NAMES: Final = (
    *("Factcheck.toml", "FactCheck.toml", ".factcheck.toml", "fact-check.toml", "factcheck.tml", "factcheck.toml.txt"),
    *("factcheck.yaml", "factcheck.yml", "factcheck.json"),
)
"""They are asked for one by one, for a folder may be too large to be listed; on a file system to which a capital is no
other letter the first ones are found by our name, and nobody asks for these."""

_TOOL: Final = re.compile(rb"^[ \t]*\[+[ \t]*tool[ \t]*\.[ \t]*[\"']?(?P<name>[\w-]+)", re.MULTILINE)
_SLIPS: Final = 2  # letters of our name that may be wrong
_KEY: Final = re.compile(r"^[\"']?(?P<name>[\w-]+)[\"']?[ \t]*:", re.MULTILINE)
_MUCH: Final = 1 << 16  # bytes that no configuration has
_COMMON: Final = frozenset(("include", "exclude", "type", "jobs", "rules", "select", "ignore", "extends"))
"""Keys of ours that files of others have, too."""


def almost(folder: str) -> "Iterator[Problem]":
    """What is in the folder, in which no configuration is."""
    begin = os.path.join(folder, "")  # noqa: PTH118 - of thousands of folders
    for name in _NAMES:
        if os.path.lexists(begin + name):
            yield from misnamed(Path(begin, name))
    if os.path.lexists(begin + PROJECT):
        yield from _table(Path(begin, PROJECT))


def misnamed(path: Path) -> "Iterator[Problem]":
    """That the file is called almost as a configuration, if it is and can be one."""
    from factcheck_cli.config.given import Where, shown
    from factcheck_cli.config.problem import Problem

    if path.name not in _NAMES:
        return
    if path.suffix not in {".yaml", ".yml", ".json"}:
        yield Problem(
            Where(shown(path)), f"by this name it does nothing; rename it to {CONFIGURATION}, so that it is found"
        )
    elif _is_ours(path):
        said = f"this does nothing; a configuration is TOML: write {CONFIGURATION}, which `factcheck config new` begins"
        yield Problem(Where(shown(path)), said)


def _is_ours(path: Path) -> bool:
    """Whether it has keys of ours, and so is no report, nor anything of other programs."""
    from factcheck_cli.config.keys import OVERRIDES, keys

    try:
        with path.open("rb") as file:
            text = file.read(_MUCH + 1).decode("utf-8-sig")
        names = _object(text) if path.suffix == ".json" else {found["name"] for found in _KEY.finditer(text)}
    except (OSError, ValueError, RecursionError):
        return False
    known = {name.replace("_", "-") for name in names} & {*keys(), OVERRIDES}
    return bool(known - _COMMON or (known and ".fact" in text))


def _object(text: str) -> set[str]:
    """The keys of an object."""
    import json

    found = json.loads(text)
    return set(found) if isinstance(found, dict) else set()


def _table(project: Path) -> "Iterator[Problem]":
    """The first table in the file that is called almost as ours."""
    try:
        data = project.read_bytes()
    except OSError:
        return
    for found in _TOOL.finditer(data):
        name = found["name"].decode()
        if name[:1].lower() == TABLE[1][0] and name != TABLE[1]:
            from factcheck_cli.quiet.slips import is_like

            if is_like(re.sub(r"[-_]", "", name).lower(), TABLE[1], _SLIPS):
                from factcheck_cli.config.given import Where, shown
                from factcheck_cli.config.problem import Problem

                where = Where(shown(project), data.count(b"\n", 0, found.start("name")) + 1)
                yield Problem(where, f"[tool.{name}] is nothing to factcheck; did you mean [tool.{TABLE[1]}]?")
                return
