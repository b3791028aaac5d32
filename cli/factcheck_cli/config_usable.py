"""Whether what a configuration names can be used: baseline, archive, any rules; and patterns that fit nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from factcheck_cli.config.find import PROJECT, has_table
from factcheck_cli.config.given import Given, Layer, Where, shown
from factcheck_cli.config.problem import Problem
from factcheck_cli.options import CONFIGURATION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from factcheck_cli.config.read import Config
    from factcheck_cli.config.resolve import Configs

_FOUND: Final = (CONFIGURATION, PROJECT)
"""Others hold for nothing by themselves: they are extended, or named with --config."""


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
    if not path.exists():
        return no_baseline(given)
    try:
        read(path)
    except BaselineError as error:
        return Problem(given.where, f"`baseline`: {error}")
    return None


def _archive(given: Given) -> Problem | None:
    from factcheck_cli.store.error import StoreError
    from factcheck_cli.store.opened import check

    try:
        check(Path(given.value))
    except StoreError as error:
        return Problem(given.where, f"`db`: {error}")
    return None


def _has_no_rules(layer: Layer) -> bool:
    builtin = layer["builtin"].value if "builtin" in layer else True
    return not builtin and not any(key in layer and layer[key].value for key in ("rules", "packs"))


# What fits nothing ---------------------------------------------------------------------------------------------------


def notes(config: "Config", configs: "Configs") -> Iterator[Problem]:
    """What has no effect, or one that nobody wants: overrides without rules, patterns that fit none of the articles."""
    for override in config.overrides:
        builtin = override.layer.get("builtin")
        if builtin and _has_no_rules({**config.layer, **override.layer}) and not _has_no_rules(config.layer):
            yield Problem(builtin.where, "no rules are left for these files; `exclude` leaves out what is not scanned")
    if config.file.name not in _FOUND:
        return
    project = config.file.with_name(PROJECT)
    if config.file.name == CONFIGURATION and has_table(project):
        said = f"{shown(project)} has a table [tool.factcheck], which this file hides; keep one of them"
        yield Problem(Where(shown(config.file)), said)
    yield from _idle(config, configs)


def _idle(config: "Config", configs: "Configs") -> Iterator[Problem]:
    """The patterns that fit nothing."""
    own = shown(config.file)
    patterns = [("paths", one) for override in config.overrides for one in override.paths]
    patterns += [("exclude", one) for given in _given(config, "exclude") for one in given.value]
    patterns = [(key, one) for key, one in patterns if one.where.file == own]
    articles = _articles(config.file) if patterns else []
    if not articles:  # of a repository that has none yet nothing can be said
        return
    folder = config.file.absolute().parent
    held = [name for name in articles if configs.file(str(folder / name)) in {config.file, config.file.absolute()}]
    for key, one in patterns:
        if not _fits(one.value, held):
            other = _fits(one.value, articles)
            said = f"`{key}`: `{one.value}` fits no article in {_called(folder)}; mend it, or remove it"
            if other:
                there = configs.file(str(folder / other))
                by = shown(there) if there else "another configuration"
                said = f"`{key}`: `{one.value}` changes nothing, for {by} holds there; write it there, or remove it"
            yield Problem(one.where, said)


def _called(folder: Path) -> str:
    name = shown(folder)
    return "this folder" if name == "." else name


def _articles(file: Path) -> list[str]:
    """What a scan of the configuration's folder would read, seen from there."""
    from factcheck_cli.folder import text_files
    from factcheck_cli.log import Deaf

    folder = file.absolute().parent
    return [Path(path).relative_to(folder).as_posix() for path in text_files(str(folder), Deaf())]


def _fits(pattern: str, articles: "Sequence[str]") -> str:
    """The first article that the pattern fits; nothing where there is none."""
    from pathspec import GitIgnoreSpec

    return next(iter(GitIgnoreSpec.from_lines([pattern.strip().removeprefix("!")]).match_files(articles)), "")
