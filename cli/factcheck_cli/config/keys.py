"""The keys of a configuration, in one table: what each takes, what it says, and where it may stand.

Keys that are options, too, are made of these: of their types, their choices and what help says of them.
"""

import inspect
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, get_args, get_origin

from factcheck_cli.options import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind = Literal["paths", "path", "names", "patterns", "choice", "switch", "number", "share", "text", "severities"]


@dataclass(frozen=True, slots=True)
class Key:
    """A key: its name, what its value has to be, and what it is for.

    `per_path` says whether it may stand in `[[overrides]]`, `parameter` what `scan` calls the option; empty where there
    is none.
    """

    name: str
    kind: Kind
    help: str
    per_path: bool = True
    parameter: str = ""
    choices: tuple[str, ...] = ()
    default: object = None

    @property
    def option(self) -> str:
        """The option that overrules the key, as it is typed; empty where there is none."""
        return _option_of(self.parameter) if self.parameter else ""


@cache
def _options() -> dict[str, tuple[Any, Option]]:
    """The options of a scan by their parameters: the type of each and what is said of it."""
    from factcheck_cli.scan import scan

    found = ((name, get_args(hint)) for name, hint in scan.__annotations__.items() if name != "return")
    return {name: (kind, said) for name, (kind, said) in found if isinstance(said, Option)}


def options() -> frozenset[str]:
    """All options of a scan, as they are typed."""
    return frozenset(map(_option_of, _options()))


def _option_of(parameter: str) -> str:
    _, said = _options()[parameter]
    return said.names[0] if said.names else f"--{parameter.replace('_', '-')}"


_KINDS: Final[dict[object, Kind]] = {bool: "switch", int: "number", str: "text"}


def _of_option(
    parameter: str, name: str = "", *, per_path: bool = True, said: str = "", kind: Kind | None = None
) -> Key:
    """The key of an option. What help says of the option is said of it, unless it reads otherwise in a file."""
    from factcheck_cli.scan import scan

    hint, option = _options()[parameter]
    types = [one for one in get_args(hint) if one is not type(None)] if get_origin(hint) is not Literal else []
    plain = types[0] if types else hint
    choices: tuple[str, ...] = ()
    found = kind
    if get_origin(plain) is list:
        found = found or ("paths" if get_args(plain)[0] is Path else "names")
    elif get_origin(plain) is Literal:
        choices, found = get_args(plain), found or "choice"
    default = inspect.signature(scan).parameters[parameter].default
    if default is None and isinstance(option.show_default, str) and (not choices or option.show_default in choices):
        default = int(option.show_default) if plain is int else option.show_default
    return Key(
        name or parameter.replace("_", "-"),
        found or _KINDS[plain],
        said or option.help,
        per_path=per_path,
        parameter=parameter,
        choices=choices,
        default=default,
    )


@cache
def keys() -> dict[str, Key]:
    """All keys but `overrides`, in the order in which they are told."""
    table: Sequence[Key] = (
        Key(
            "extends",
            "paths",
            "Configurations that this one builds on; what it says itself comes later and wins.",
            per_path=False,
        ),
        _of_option(
            "rules", said="Files of rules, or folders of them, added to the built-in packs; relative to this file."
        ),
        _of_option("packs", said="Opt-in packs to add: icd203, ipcc, numbers."),
        Key("builtin", "switch", "Whether the built-in packs are used.", parameter="no_builtin", default=True),
        _of_option("select"),
        _of_option("ignore"),
        _of_option("segment"),
        _of_option("at_most"),
        _of_option("fail_at"),
        _of_option("fail_on"),
        _of_option("max_unverified", per_path=False, kind="share"),
        Key("severity", "severities", "The severity of each level, pack or rule (pack/rule): note, warning or error."),
        _of_option("text_field", said="The field of a row with the text."),
        _of_option("id_field", said="The field of a row with the document's name."),
        _of_option("type"),
        _of_option("whole_page"),
        _of_option("any_language"),
        Key(
            "exclude", "patterns", "Files and folders that are not scanned, written as in a .gitignore.", per_path=False
        ),
        _of_option(
            "baseline",
            per_path=False,
            said="The baseline: results that are known are not reported; relative to this file.",
            kind="path",
        ),
        _of_option(
            "db",
            per_path=False,
            said="The archive that runs are kept in, and that is searched; relative to this file.",
            kind="path",
        ),
        _of_option("report_suppressed", per_path=False),
        _of_option("jobs", per_path=False),
    )
    return {key.name: key for key in table}


OVERRIDES: Final = "overrides"
PATHS: Final = "paths"
"""The key of an override that says which files it holds for."""


def per_path() -> tuple[str, ...]:
    """The names of keys that may stand in an override."""
    return tuple(key.name for key in keys().values() if key.per_path)
