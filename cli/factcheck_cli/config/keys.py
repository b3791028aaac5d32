"""The keys of a configuration, in one table: what each takes, what it says, and where it may stand.

Keys that are options, too, are made of these: of their types, their choices and what help says of them.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args, get_origin

from factcheck_cli import options as shared
from factcheck_cli import scan_options
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
    option: str = ""
    """The option that overrules the key, as it is typed."""
    choices: tuple[str, ...] = ()
    default: object = None


def options() -> frozenset[str]:
    """All options that a scan may have, as they are typed."""
    hints = (get_args(hint) for module in (shared, scan_options) for hint in vars(module).values())
    return frozenset(one.names[0] for hint in hints for one in hint if isinstance(one, Option))


_KINDS: Final[dict[object, Kind]] = {bool: "switch", int: "number", str: "text"}


def _of_option(
    option: object, parameter: str = "", *, per_path: bool = True, said: str = "", kind: Kind | None = None
) -> Key:
    """The key of an option. What help says of the option is said of it, unless it reads otherwise in a file."""
    hint, told = get_args(option)
    types = [one for one in get_args(hint) if one is not type(None)] if get_origin(hint) is not Literal else []
    plain = types[0] if types else hint
    choices: tuple[str, ...] = ()
    found = kind
    if get_origin(plain) is list:
        found = found or ("paths" if get_args(plain)[0] is Path else "names")
    elif get_origin(plain) is Literal:
        choices, found = get_args(plain), found or "choice"
    default: object = False if plain is bool else None
    if isinstance(told.show_default, str) and (not choices or told.show_default in choices):
        default = int(told.show_default) if plain is int else told.show_default
    parameter = parameter or told.names[0].removeprefix("--").replace("-", "_")
    return Key(
        parameter.replace("_", "-"),
        found or _KINDS[plain],
        said or told.help,
        per_path=per_path,
        parameter=parameter,
        option=told.names[0],
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
            shared.RulesOption,
            said="Files of rules, or folders of them, added to the built-in packs; relative to this file.",
        ),
        _of_option(shared.PackOption, "packs", said="Opt-in packs to add: icd203, ipcc, numbers."),
        Key(
            "builtin",
            "switch",
            "Whether the built-in packs are used.",
            parameter="no_builtin",
            option="--no-builtin",
            default=True,
        ),
        _of_option(shared.SelectOption),
        _of_option(shared.IgnoreOption),
        _of_option(shared.ScanSegmentOption),
        _of_option(scan_options.AtMostOption),
        _of_option(scan_options.FailAtOption),
        _of_option(shared.FailOnOption),
        _of_option(shared.MaxUnverifiedOption, per_path=False, kind="share"),
        Key("severity", "severities", "The severity of each level, pack or rule (pack/rule): note, warning or error."),
        _of_option(shared.TextFieldOption, said="The field of a row with the text."),
        _of_option(shared.IdFieldOption, said="The field of a row with the document's name."),
        _of_option(shared.TypeOption),
        _of_option(shared.WholePageOption),
        _of_option(shared.AnyLanguageOption),
        Key(
            "include",
            "patterns",
            "Files that scanned folders hold as articles, too, such as tables, written as in a .gitignore.",
            per_path=False,
        ),
        Key(
            "exclude", "patterns", "Files and folders that are not scanned, written as in a .gitignore.", per_path=False
        ),
        _of_option(
            scan_options.BaselineOption,
            per_path=False,
            said="The baseline: results that are known are not reported; relative to this file.",
            kind="path",
        ),
        _of_option(
            scan_options.DbOption,
            per_path=False,
            said="The archive that runs are kept in, and that is searched; relative to this file.",
            kind="path",
        ),
        _of_option(scan_options.ReportSuppressedOption, per_path=False),
        _of_option(shared.JobsOption, per_path=False),
    )
    return {key.name: key for key in table}


OVERRIDES: Final = "overrides"
PATHS: Final = "paths"
"""The key of an override that says which files it holds for."""


def per_path() -> tuple[str, ...]:
    """The names of keys that may stand in an override."""
    return tuple(key.name for key in keys().values() if key.per_path)
