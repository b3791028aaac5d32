"""What holds for a file: the command line, then the configuration found for it, then the defaults."""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from factcheck_cli.config.find import Finder
from factcheck_cli.terminal.console import fail, say

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from factcheck_cli.config.given import Given, Layer
    from factcheck_cli.config.problem import ConfigError, Problem
    from factcheck_cli.config.read import Config
    from factcheck_cli.inputs.text import How

_SPARED: Final = {"baseline": "a baseline", "db": "an archive"}
"""What a configuration may name that `--no-…` does without for one run."""


class Resolved(NamedTuple):
    """What a configuration and the command line say of a file, and the numbers of the overrides that hold for it."""

    config: "Config"
    layer: "Layer"
    overrides: tuple[int, ...]


@dataclass(slots=True)
class Configs:
    """The configurations of a run, each read once.

    `typed` are the options that were given, by the parameters of `scan`. `config` is to be used for everything,
    `none` at all is to be used.
    """

    config: Path | None = None
    none: bool = False
    typed: Mapping[str, Any] = field(default_factory=dict)
    _finder: Finder = field(default_factory=Finder)
    _read: "dict[Path, Config | Exception]" = field(default_factory=dict)
    _resolved: "dict[tuple[Path, tuple[int, ...]], Resolved]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.config and self.none:
            fail("--config names a configuration, and --no-config wants none; give one of them")
        for key, said in _SPARED.items():
            if self.typed.get(key) and self.typed.get(f"no_{key}"):
                fail(f"--{key} names {said}, and --no-{key} wants none; give one of them")

    def file(self, path: str) -> Path | None:
        """The configuration that holds for the path."""
        if self.none or self.config:
            return self.config
        found = self._finder.of(path)
        while self._finder.almost:
            problem = self._finder.almost.pop()
            if not self.typed.get("quiet"):
                _warn(problem)
        return found

    def of(self, path: str) -> Resolved | None:
        """What holds for the path, the same value for the same; None where no configuration does.

        Raises ConfigError, each time, where it cannot be used.
        """
        file = self.file(path)
        if file is None:
            return None
        config = self.read(file)
        within = self._within(path, file) if config.overrides else ""
        numbers = tuple(n for n, one in enumerate(config.overrides) if within and one.spec.match_file(within))
        if (file, numbers) not in self._resolved:
            self._resolved[file, numbers] = Resolved(config, self._layer(config, numbers), numbers)
        return self._resolved[file, numbers]

    def of_run(self, paths: "Iterable[str]", key: str) -> "Given | None":
        """What a key was given that holds for a whole run: that of the first path with a configuration to be used."""
        from factcheck_cli.config.problem import ConfigError

        for path in paths:
            try:
                resolved = self.of(path)
            except ConfigError:
                continue
            if resolved:
                return resolved.layer.get(key)
        return None

    def places(self, folder: str) -> "Iterator[str]":
        """Where the configuration of files in the folder is, and where one would be that holds instead."""
        if self.config:
            yield str(self.config)
        elif not self.none:
            yield from self._finder.places(folder)

    def variants(self, config: "Config") -> "Iterator[Layer]":
        """What the configuration says of files that no override fits, and of those that one of them does."""
        from factcheck_cli.config.read import merged

        yield config.layer
        for override in config.overrides:
            yield merged([config.layer, override.layer])

    def fitting(self, key: Literal["include", "exclude"], path: str, resolved: Resolved) -> "Given | None":
        """The pattern by which the configuration takes a file in or leaves it out."""
        patterns = resolved.layer.get(key)
        within = self._within(path, resolved.config.file) if patterns else ""
        if not patterns or not within:
            return None
        lines = [one.value for one in patterns.value]
        spec = _spec(tuple(lines))
        found = spec.check_file(within)
        return patterns.value[found.index] if found.include and found.index is not None else None

    def read(self, file: Path) -> "Config":
        """The configuration in the file. Raises ConfigError where it cannot be used."""
        from factcheck_cli.config.problem import ConfigError
        from factcheck_cli.config.read import read

        if file not in self._read:
            try:
                self._read[file] = read(file)
            except ConfigError as error:
                self._read[file] = self._complete(error)
        found = self._read[file]
        if isinstance(found, Exception):
            raise found
        return found

    def _complete(self, error: "ConfigError") -> "ConfigError":
        """With names that nothing has, which are known once rules are loaded, so that all is told in one go."""
        from factcheck import RuleError, SelectionError
        from factcheck_cli.config.problem import ConfigError
        from factcheck_cli.config.read import merged
        from factcheck_cli.config.rules import Scanners, chosen

        config = error.config
        if not config:
            return error
        layers = [merged([layer, typed_layer(self.typed)]) for layer in self.variants(config)]
        if not any(key in layer for layer in layers for key in ("select", "ignore", "severity")):
            return error
        scanners = Scanners(cache=not self.typed.get("no_cache"))
        try:
            for layer in layers:
                chosen(layer, lambda: layers, scanners)
        except ConfigError as more:
            return ConfigError(sorted([*error.problems, *more.problems]), config)
        except (RuleError, SelectionError):  # what is wrong above may be why
            pass
        return error

    def _layer(self, config: "Config", numbers: tuple[int, ...]) -> "Layer":
        from factcheck_cli.config.read import merged

        layer = merged([config.layer, *(config.overrides[n].layer for n in numbers), typed_layer(self.typed)])
        return {key: given for key, given in layer.items() if key not in _SPARED or not self.typed.get(f"no_{key}")}

    def _within(self, path: str, file: Path) -> str:
        """The path as patterns see it: from the configuration's folder, else from where people stand; else nothing."""
        whole = os.path.abspath(path)  # noqa: PTH100 - links stay links
        for folder in (os.path.dirname(os.path.abspath(file)), os.getcwd()):  # noqa: PTH100, PTH109, PTH120 - as text
            try:
                near = os.path.relpath(whole, folder).replace(os.sep, "/")
            except ValueError:  # another drive of Windows
                continue
            if not near.startswith("../"):
                return near
        return ""


def how_to_read(layer: "Layer") -> "How":
    """How inputs are read."""
    from factcheck_cli.inputs.text import How

    text, name, kind = (layer[key].value if key in layer else None for key in ("text-field", "id-field", "type"))
    whole_page, any_language = (key in layer and layer[key].value for key in ("whole-page", "any-language"))
    return How(text, name, kind, whole_page, any_language)


@cache
def _warn(problem: "Problem") -> None:
    """Says, once, that something does nothing, for its name is not quite ours."""
    say(f"{problem.where}: warning: {problem.message}")


@cache
def _spec(lines: tuple[str, ...]) -> "GitIgnoreSpec":
    from factcheck_cli.inputs.globs import spec

    return spec(lines)


def typed_layer(typed: Mapping[str, Any]) -> "Layer":
    """What was given on the command line, by the keys of the same."""
    from factcheck_cli.config.given import Given, Where
    from factcheck_cli.config.keys import keys
    from factcheck_cli.options import names

    found = {}
    for key in keys().values():
        value = typed.get(key.parameter)
        if not key.parameter or value is None or value is False:
            continue
        where = Where(key.option)
        if key.kind == "names":
            value = [Given(name, where) for name in names(value)]
        elif key.kind == "paths":
            value = [Given(str(path), where) for path in value]
        elif key.kind == "path":
            value = str(value)
        elif key.name == "builtin":
            value = False
        found[key.name] = Given(value, where)
    return found
