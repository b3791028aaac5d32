"""`factcheck config …`: what holds for a file and who says so, whether a configuration is right, and its schema."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NoReturn

from factcheck_cli.console import WRONG, fail, report, say
from factcheck_cli.options import Argument, ColorOption, ConfigOption, NoConfigOption, Option
from factcheck_cli.output import print_out

if TYPE_CHECKING:
    from factcheck_cli.config.given import Layer
    from factcheck_cli.config.problem import ConfigError
    from factcheck_cli.config.resolve import Configs, Resolved
    from factcheck_cli.style import Style

_GAP: Final = "  "
_NOTHING: Final = "–"


def config() -> None:
    """Start, show and check configurations: factcheck.toml files and [tool.factcheck] in pyproject.toml.

    Examples:
      factcheck config new
      factcheck config show article.txt
      factcheck config check
      factcheck config schema > factcheck.schema.json

    `factcheck config COMMAND --help` says more.
    """


def show(
    path: Annotated[
        str, Argument(metavar="FILE", help="An article, or a folder of them.", show_default="the working directory")
    ] = ".",
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    as_json: Annotated[bool, Option("--json", help="Print it as a JSON object.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Show what holds for a file, and which line of which file says so.

    Examples:
      factcheck config show article.txt
      factcheck config show opinion/ --json

    Exit status: 0 fine, 2 a wrong configuration.
    """
    from factcheck_cli.config.problem import ConfigError
    from factcheck_cli.config.resolve import Configs
    from factcheck_cli.style import style_for

    configs = Configs(config, no_config)
    try:
        resolved = configs.of(path)
    except ConfigError as error:
        _fail(error)
    layer = _with_defaults(resolved.layer if resolved else {})
    out = (
        _json(path, resolved, layer) if as_json else _page(path, configs, resolved, layer, style_for(sys.stdout, color))
    )
    print_out(out.encode())


def check(
    path: Annotated[
        str,
        Argument(
            metavar="FILE",
            help="A configuration, or an article that it holds for.",
            show_default="the one for the working directory",
        ),
    ] = ".",
    color: ColorOption = "auto",
) -> None:
    """Check a configuration, those it extends, and whether what it names can be used: rules, baseline, archive.

    Notes tell of patterns that fit nothing to scan in its folder.

    Examples:
      factcheck config check
      factcheck config check desk/factcheck.toml

    Exit status: 0 no errors, 2 errors, or no configuration.
    """
    from factcheck_cli.config.given import shown
    from factcheck_cli.config.resolve import Configs
    from factcheck_cli.config.usable import checked, notes

    configs = Configs()
    file = Path(path) if path.lower().endswith(".toml") else configs.file(path)
    if file is None:
        fail(f"{path}: no configuration holds for this; `factcheck config new` writes one")
    found = checked(file, configs)
    for problem in found.problems:
        say(str(problem))
    if found.rules:
        report(found.rules, color)
    if found.config:
        for note in notes(found.config, configs):
            say(f"{note.where}: note: {note.message}")
    if found.problems or found.rules:
        raise SystemExit(WRONG)
    print_out(f"{shown(file)}: no problems\n".encode())


def schema() -> None:
    """Print the JSON Schema of a configuration, with which editors complete and check it.

    Examples:
      factcheck config schema > factcheck.schema.json

    Exit status: 0 fine.
    """
    import orjson

    from factcheck_cli.config.schema import schema as made

    print_out(orjson.dumps(made(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def _fail(error: "ConfigError") -> NoReturn:
    for problem in error.problems:
        say(str(problem))
    raise SystemExit(WRONG)


# What is shown -------------------------------------------------------------------------------------------------------


def _with_defaults(layer: "Layer") -> "Layer":
    """The layer with the defaults of what nobody gave, in the order of the keys."""
    from factcheck_cli.config.given import DEFAULT, Given
    from factcheck_cli.config.keys import keys

    return {name: layer.get(name, Given(key.default, DEFAULT)) for name, key in keys().items()}


def _rows(layer: "Layer") -> Iterator[tuple[str, str, str]]:
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


def _page(path: str, configs: "Configs", resolved: "Resolved | None", layer: "Layer", style: "Style") -> str:
    from factcheck.render import visible, width
    from factcheck_cli.style import BOLD, DIM

    rows = [("key", "value", "from"), *_rows(layer)]
    wide = [max(width(visible(row[column])) for row in rows) for column in (0, 1)]
    lines = []
    for number, row in enumerate(rows):
        name, value, place = map(visible, row)
        line = f"  {name}{' ' * (wide[0] - width(name))}{_GAP}{value}{' ' * (wide[1] - width(value))}{_GAP}{place}"
        lines.append(style.paint(line, DIM if number == 0 or place == "default" else ""))
    head = [style.paint(visible(_held(path, resolved)), BOLD)]
    if resolved and (given := configs.excluded(path, resolved)):
        head.append(f"It is not scanned: {given.where} leaves out {visible(given.value)}")
    return "\n".join([*head, "", *lines]) + "\n"


def _held(path: str, resolved: "Resolved | None") -> str:
    """Which configuration holds for the path."""
    from factcheck_cli.config.given import shown

    if not resolved:
        return f"{path}: no configuration holds for this"
    places = [str(resolved.config.overrides[number].where) for number in resolved.overrides]
    return f"{path}: {shown(resolved.config.file)}" + (f", overridden by {', '.join(places)}" if places else "")


def _json(path: str, resolved: "Resolved | None", layer: "Layer") -> str:
    import orjson

    from factcheck_cli.config.given import shown

    overrides = [resolved.config.overrides[number].where for number in resolved.overrides] if resolved else []
    record = {
        "path": path,
        "config": shown(resolved.config.file) if resolved else None,
        "overrides": [_place(*where) for where in overrides],
        "values": {name: _record(given) for name, given in layer.items()},
    }
    return orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _record(given: Any) -> dict[str, Any]:  # noqa: ANN401 - a value of any kind
    if isinstance(given.value, dict):
        return {"value": {name: _record(one) for name, one in given.value.items()}, **_place(*given.where)}
    return {"value": given.plain, **_place(*given.where)}


def _place(file: str, line: int) -> dict[str, Any]:
    return {"from": file, "line": line or None}
