"""Whether a configuration can be used with what it names: rules, baseline, archive; and what in it has no effect."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from factcheck_cli.config.almost import misnamed
from factcheck_cli.config.find import has_table
from factcheck_cli.config.given import Given, Layer, Where, shown
from factcheck_cli.config.idle import idle
from factcheck_cli.config.problem import ConfigError, Problem
from factcheck_cli.options import CONFIGURATION, PROJECT
from factcheck_cli.terminal.console import worth_showing
from factcheck_cli.upwards import is_checkout, upwards

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factcheck.diagnostic import Diagnostic
    from factcheck_cli.config.read import Config
    from factcheck_cli.config.resolve import Configs

_FOUND: Final = (CONFIGURATION, PROJECT)
"""Others hold for nothing by themselves: they are extended, or named with --config."""


class Checked(NamedTuple):
    """All that is wrong with a configuration and with the rules that it names; itself, if it can be read whole."""

    problems: "Sequence[Problem]"
    rules: "Sequence[Diagnostic]"
    config: "Config | None"


def checked(file: Path, configs: "Configs") -> Checked:
    """The configuration in the file, as far as it can be read."""
    problems: list[Problem] = []
    try:
        found: Config | None = configs.read(file)
        config = found
    except ConfigError as error:
        problems += error.problems
        found, config = None, error.config
    if not config:
        return Checked(problems, (), None)
    layers = list(configs.variants(config))
    named, diagnostics = _loaded(layers)
    problems += [*named, *unusable(config, layers)]
    files = list(dict.fromkeys(one.where.file for one in problems))
    by_line = sorted(dict.fromkeys(problems), key=lambda one: (files.index(one.where.file), one.where.line))
    return Checked(by_line, diagnostics, found)


def _loaded(layers: "Sequence[Layer]") -> "tuple[list[Problem], list[Diagnostic]]":
    """What is wrong with names, and with rules; those that are not there are told where they are named."""
    from factcheck import RuleError, SelectionError
    from factcheck_cli.config.rules import Scanners, chosen

    scanners = Scanners()
    problems: list[Problem] = []
    wrong: dict[tuple[str, str, object], Diagnostic] = {}
    for layer in layers:
        try:
            chosen(layer, lambda: layers, scanners)
        except ConfigError as error:
            problems += error.problems
        except RuleError as error:
            builtin = layer["builtin"].value if "builtin" in layer else True
            for one in worth_showing(error.diagnostics, builtin=builtin):
                if one.labels or os.path.exists(one.source.name):
                    wrong.setdefault((one.source.name, one.code, one.labels), one)
        except SelectionError:  # a pack that there is not, which has been told with its line
            continue
    return problems, list(wrong.values())


def unusable(config: "Config", layers: "Sequence[Layer]") -> list[Problem]:
    """What keeps a scan from using it; `layers` are what it says of any files."""
    found = [_baseline(given) for given in _given(config, "baseline")]
    found += [_archive(given) for given in _given(config, "db")]
    without = [layer["builtin"] for layer in layers if _has_no_rules(layer)]
    if config.file.name in _FOUND and len(without) == len(layers):
        said = "`builtin` is false, and there are no `rules` and no `packs`: nothing is ever found; name some"
        found.append(Problem(without[0].where, said))
    return [one for one in found if one]


def _given(config: "Config", key: str) -> list[Given]:
    return [config.layer[key]] if key in config.layer else []


def no_baseline(given: Given) -> Problem:
    """That the baseline is missing."""
    remedy = "`factcheck baseline create PATH` makes it, --no-baseline does without"
    return Problem(given.where, f"there is no baseline {given.value}; {remedy}")


def _baseline(given: Given) -> Problem | None:
    from factcheck_cli.baseline.file import BaselineError, read

    path = Path(given.value)
    if not os.path.exists(path):
        return no_baseline(given)
    try:
        read(path)
    except BaselineError as error:
        return Problem(given.where, f"`baseline`: {error}")
    return None


def far_archive(given: Given) -> Problem | None:
    """That no archive is made so far away: a checkout that somebody scans writes nothing outside of itself."""
    from factcheck_cli.store.opened import is_made

    path, folder = Path(given.value).resolve(), Path(given.where.file).resolve().parent
    top = next((Path(one) for one in upwards(str(folder)) if is_checkout(one)), folder)
    if path.is_relative_to(top) or is_made(path):
        return None
    said = f"`db`: {given.value} is outside {shown(top)}, and a configuration makes no archive there"
    return Problem(given.where, f"{said}; make it once with `factcheck scan PATH --db {given.value}`")


def _archive(given: Given) -> Problem | None:
    from factcheck_cli.store.error import StoreError
    from factcheck_cli.store.opened import check

    try:
        check(Path(given.value))
    except StoreError as error:
        return Problem(given.where, f"`db`: {error}")
    return far_archive(given)


def _has_no_rules(layer: Layer) -> bool:
    builtin = layer["builtin"].value if "builtin" in layer else True
    return not builtin and not any(key in layer and layer[key].value for key in ("rules", "packs"))


# What has no effect ---------------------------------------------------------------------------------------------------


def notes(config: "Config", configs: "Configs") -> Iterator[Problem]:
    """What has no effect, or one that nobody wants: overrides without rules, patterns that fit nothing."""
    for override in config.overrides:
        builtin = override.layer.get("builtin")
        if builtin and _has_no_rules({**config.layer, **override.layer}) and not _has_no_rules(config.layer):
            yield Problem(builtin.where, "no rules are left for these files; `exclude` leaves out what is not scanned")
    if config.file.name not in _FOUND:
        yield from misnamed(config.file)
        return
    project = config.file.with_name(PROJECT)
    if config.file.name == CONFIGURATION and has_table(project):
        said = f"{shown(project)} has a table [tool.factcheck], which this file hides; keep one of them"
        yield Problem(Where(shown(config.file)), said)
    yield from idle(config, configs)
