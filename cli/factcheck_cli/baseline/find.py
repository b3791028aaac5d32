"""Which baseline is meant where none is named: that of the configuration, else the nearest one here or above."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck_cli.config.given import shown
from factcheck_cli.options import BASELINE
from factcheck_cli.terminal.console import fail
from factcheck_cli.upwards import upwards

if TYPE_CHECKING:
    from factcheck_cli.config.resolve import Configs


def to_make(configs: "Configs", paths: Sequence[str]) -> Path:
    """The one to be made."""
    given = configs.of_run(paths, "baseline")
    return Path(given.value if given else BASELINE)


def usual(configs: "Configs", paths: Sequence[str]) -> Path:
    """The one that is there, or the end of the program."""
    given = configs.of_run(paths, "baseline")
    if given:
        if not os.path.lexists(given.value):
            fail(f"{given.where}: there is no baseline {given.value}; `factcheck baseline create PATH` makes it")
        return Path(given.value)
    folders = list(_here_and_above())
    found = _first(folders)
    if not found:
        looked = f" (looked for up to {folders[-1]})" if folders[1:] else ""
        fail(f"{BASELINE}: there is no such baseline; `factcheck baseline create PATH` makes one{looked}")
    return found


def above(place: Path) -> Path | None:
    """One in a folder above, which would be found here if there were none at the place."""
    return _first(list(_here_and_above())[1:]) if place == Path(BASELINE) else None


def _first(folders: Sequence[Path]) -> Path | None:
    return next((Path(shown(folder / BASELINE)) for folder in folders if os.path.lexists(folder / BASELINE)), None)


def _here_and_above() -> Iterator[Path]:
    return map(Path, upwards(str(Path.cwd())))
