"""What a configuration says of files and folders, as a page and as JSON: each value, and the line that gives it."""

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from factcheck.render import visible, width
from factcheck_cli.config.given import DEFAULT, Given, Layer, shown
from factcheck_cli.config.idle import Readable
from factcheck_cli.config.keys import keys
from factcheck_cli.config.problem import ConfigError
from factcheck_cli.terminal.style import BOLD, DIM, Style

if TYPE_CHECKING:
    from factcheck_cli.config.resolve import Configs, Resolved

_GAP: Final = "  "
_NOTHING: Final = "–"
_ANY: Final = "-"
"""Stands for a file in a folder of whose name nothing is known."""


class Holding(NamedTuple):
    """What holds for a path; the pattern that leaves it out; of a folder overrides that hold for some of its files.

    The latter are told by their numbers, each with one of these files.
    """

    path: str
    resolved: "Resolved | None"
    without: Given | None = None
    some: dict[int, str] | None = None


def holding(path: str, configs: "Configs") -> Holding:
    """What holds for the path; for a folder what holds for any file in it. Raises ConfigError."""
    folder = os.path.isdir(path) or path.endswith(("/", os.sep))
    any_file = os.path.join(path, _ANY) if folder else path  # noqa: PTH118 - the same
    resolved = configs.of(any_file)
    if not resolved:
        return Holding(path, None)
    some = dict(_some(path, configs, resolved)) if folder else None
    return Holding(path, resolved, configs.fitting("exclude", any_file, resolved), some)


def _some(folder: str, configs: "Configs", resolved: "Resolved") -> Iterator[tuple[int, str]]:
    """The overrides that hold for some files in the folder and not for any, each with the first of these."""
    left = set(range(len(resolved.config.overrides))) - set(resolved.overrides)
    for name in Readable(folder).names():
        if not left:
            return
        path = os.path.normpath(os.path.join(folder, name))  # noqa: PTH118 - as text
        try:
            own = configs.of(path)
        except ConfigError:
            continue
        if own and own.config is resolved.config:
            yield from ((number, path) for number in left.intersection(own.overrides))
            left.difference_update(own.overrides)


# Values ---------------------------------------------------------------------------------------------------------------


def _with_defaults(resolved: "Resolved | None") -> Layer:
    """What holds, with the defaults of what nobody gave, in the order of the keys."""
    layer = resolved.layer if resolved else {}
    return {name: layer.get(name, Given(key.default, DEFAULT)) for name, key in keys().items()}


def _rows(layer: Layer) -> Iterator[tuple[str, str, str]]:
    """A row for each key, and for each entry of a table: its name, its value, and where that is from."""
    for name, given in layer.items():
        if isinstance(given.value, dict):
            for inner, one in given.value.items():
                yield f"{name}.{inner}", _told(one.value), str(one.where)
        else:
            yield name, _told(given.plain), str(given.where)


def _told(value: object) -> str:
    if value is None or value == []:
        return _NOTHING
    if isinstance(value, bool):
        return "true" if value else "false"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


# Pages ----------------------------------------------------------------------------------------------------------------


def page(found: Sequence[Holding], style: Style) -> str:
    """A table of keys, values and places for each that something else holds for, below their names."""
    alike: dict[int, list[Holding]] = {}
    for one in found:
        alike.setdefault(id(one.resolved), []).append(one)
    pages = []
    for group in alike.values():
        head = [line for one in group for line in _head(one, style)]
        pages.append("\n".join([*head, "", *_table(_with_defaults(group[0].resolved), style)]) + "\n")
    return "\n".join(pages)


def _head(one: Holding, style: Style) -> Iterator[str]:
    yield style.paint(visible(_held(one)), BOLD)
    if one.without:
        yield f"It is not scanned: {one.without.where} leaves out {visible(one.without.value)}"
    if one.some and one.resolved:
        places = {number: one.resolved.config.overrides[number].where for number in one.some}
        told = ", ".join(f"{places[number]} (such as {visible(one.some[number])})" for number in sorted(one.some))
        yield f"Some files in it are overridden by {told}"


def _held(one: Holding) -> str:
    """Which configuration holds for the path."""
    if not one.resolved:
        return f"{one.path}: no configuration holds for this"
    config = one.resolved.config
    places = [str(config.overrides[number].where) for number in one.resolved.overrides]
    return f"{one.path}: {shown(config.file)}" + (f", overridden by {', '.join(places)}" if places else "")


def _table(layer: Layer, style: Style) -> Iterator[str]:
    rows = [("key", "value", "from"), *_rows(layer)]
    wide = [max(width(visible(row[column])) for row in rows) for column in (0, 1)]
    for number, row in enumerate(rows):
        name, value, place = map(visible, row)
        line = f"  {name}{' ' * (wide[0] - width(name))}{_GAP}{value}{' ' * (wide[1] - width(value))}{_GAP}{place}"
        yield style.paint(line, DIM if number == 0 or place == "default" else "")


# JSON -----------------------------------------------------------------------------------------------------------------


def records(found: Sequence[Holding]) -> str:
    """A JSON object; of several paths a list of them."""
    import orjson

    made = [_record(one) for one in found]
    kind = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(made if len(made) > 1 else made[0], option=kind).decode()


def _record(one: Holding) -> dict[str, Any]:
    resolved = one.resolved
    config = resolved.config if resolved else None
    record = {
        "path": one.path,
        "config": shown(config.file) if config else None,
        "overrides": [_place(*config.overrides[number].where) for number in resolved.overrides]
        if resolved and config
        else [],
    }
    if config and one.some is not None:
        record["some"] = [{**_place(*config.overrides[n].where), "path": one.some[n]} for n in sorted(one.some)]
    return record | {"values": {name: _value(given) for name, given in _with_defaults(resolved).items()}}


def _value(given: Given) -> dict[str, Any]:
    if isinstance(given.value, dict):
        return {"value": {name: _value(one) for name, one in given.value.items()}, **_place(*given.where)}
    return {"value": given.plain, **_place(*given.where)}


def _place(file: str, line: int) -> dict[str, Any]:
    return {"from": file, "line": line or None}
