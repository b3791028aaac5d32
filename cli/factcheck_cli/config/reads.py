"""Which files a scan of some paths goes by: configurations, what these extend, the rules and the baseline they name."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck_cli.config.problem import ConfigError

if TYPE_CHECKING:
    from factcheck_cli.config.read import Config
    from factcheck_cli.config.resolve import Configs


def read_by(configs: "Configs", paths: Iterable[str]) -> list[str]:
    """They, and those that would be read if they were there; wrong ones as far as they can be read."""
    found: dict[str, None] = {}
    files: dict[Path, None] = {}
    for folder in dict.fromkeys(path if os.path.isdir(path) else os.path.dirname(path) for path in paths):  # noqa: PTH120 - as text
        found |= dict.fromkeys(configs.places(folder or "."))
        if file := configs.file(folder or "."):
            files[file] = None
    for file in files:
        config = _config(configs, file)
        found |= dict.fromkeys(map(str, config.files if config else [file]))
        found |= dict.fromkeys(_named(config) if config else ())
    return list(found)


def _config(configs: "Configs", file: Path) -> "Config | None":
    try:
        return configs.read(file)
    except ConfigError as error:
        return error.config


def _named(config: "Config") -> Iterator[str]:
    """The rules and the baseline."""
    for layer in (config.layer, *(one.layer for one in config.overrides)):
        yield from (one.value for one in (layer["rules"].value if "rules" in layer else ()))
    if "baseline" in config.layer:
        yield config.layer["baseline"].value
