"""Patterns of a configuration that fit nothing that a scan would read, or only what another configuration holds for."""

import os
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from factcheck_cli.config.given import shown
from factcheck_cli.config.problem import Problem
from factcheck_cli.inputs.readers.types import HEAD, named
from factcheck_cli.options import BASELINE, CONFIGURATION, PROJECT
from factcheck_cli.quiet.suppressed import SIDECAR

if TYPE_CHECKING:
    from factcheck_cli.config.read import Config
    from factcheck_cli.config.resolve import Configs

_OURS: Final = (CONFIGURATION, PROJECT, BASELINE)


def idle(config: "Config", configs: "Configs") -> Iterator[Problem]:
    """The patterns that fit nothing."""
    own = shown(config.file)
    patterns = [("paths", one) for override in config.overrides for one in override.paths]
    patterns += [(key, one) for key in ("include", "exclude") if key in config.layer for one in config.layer[key].value]
    patterns = [(key, one) for key, one in patterns if one.where.file == own]
    folder = config.file.absolute().parent
    files = Readable(folder)
    if not patterns or not files.has_any:  # of a repository that has none yet nothing can be said
        return
    for override in config.overrides:
        first = override.paths[0]
        if first.where.file == own and all(one.value.strip().startswith("!") for one in override.paths):
            said = "`paths`: these take files out, and none is in; write first what they are taken out of"
            yield Problem(first.where, said)
    whole = {config.file, config.file.absolute()}
    for key, one in patterns:
        other = ""
        for name in files.fitted(one.value):
            if configs.file(str(folder / name)) in whole:
                break
            other = other or name
        else:
            said = f"`{key}`: `{one.value}` fits nothing to scan in {_called(folder)}; mend it, or remove it"
            if other:
                there = configs.file(str(folder / other))
                by = shown(there) if there else "another configuration"
                said = f"`{key}`: `{one.value}` changes nothing, for {by} holds there; write it there, or remove it"
            yield Problem(one.where, said)


def _called(folder: Path) -> str:
    name = shown(folder)
    return "this folder" if name == "." else name


class Readable:
    """What a scan would read in a folder: articles by their names, and whatever it reads when it is named."""

    def __init__(self, folder: str | Path) -> None:
        self._folder = Path(folder).absolute()

    @property
    def has_any(self) -> bool:
        """Whether there is anything whose name says so."""
        return bool(self._articles) or any(map(named, self._others))

    def names(self) -> Iterator[str]:
        """All of whose names it is known, as they are seen from the folder."""
        yield from self._articles
        yield from filter(named, self._others)

    def fitted(self, pattern: str) -> Iterator[str]:
        """Those that a pattern fits, as they are seen from the folder; articles first, for these are found at once."""
        from factcheck_cli.inputs.globs import spec

        fitting = spec([pattern.strip().removeprefix("!")])
        yield from fitting.match_files(self._articles)
        yield from filter(self._is_read, fitting.match_files(self._others))

    @cached_property
    def _articles(self) -> list[str]:
        from factcheck_cli.inputs.folder import text_files
        from factcheck_cli.log import Deaf

        return [Path(path).relative_to(self._folder).as_posix() for path in text_files(str(self._folder), Deaf())]

    @cached_property
    def _others(self) -> list[str]:
        """All files, those, too, that ignore files leave out; what is hidden is no business of ours."""
        found: list[str] = []
        for folder, folders, names in os.walk(self._folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            below = Path(folder).relative_to(self._folder)
            found += [(below / name).as_posix() for name in names if not name.startswith(".") and name not in _OURS]
        return found

    def _is_read(self, name: str) -> bool:
        """Whether it is a table, or any text that somebody may name."""
        if named(name):
            return True
        try:
            with (self._folder / name).open("rb") as file:
                head = file.read(HEAD)
        except OSError:
            return False
        return not name.endswith(SIDECAR) and bool(head) and b"\0" not in head
