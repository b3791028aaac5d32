"""Plain command lines of `factcheck scan`, understood in a blink.

The library behind the other commands takes half of the time that a short scan takes just to be imported. Here the same
declarations are read as they are. Whatever is not plain is left to the library: help, completion, every mistake.
"""

import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args, get_origin

from factcheck_cli.options import Option

_COMPLETION = "_FACTCHECK_COMPLETE"
_EXPANDED = frozenset("*?[~%$")  # what the library expands on Windows, where no shell does
_DIGITS = 10  # numbers of more are for the library to refuse


class _Taken(NamedTuple):
    """A parameter that takes a value, or (`kinds` without one) is a flag."""

    name: str
    kinds: tuple[Any, ...]
    least: int | None

    @property
    def is_flag(self) -> bool:
        return bool in self.kinds

    @property
    def is_list(self) -> bool:
        return get_origin(self.kinds[0]) is list


class UnclearError(Exception):
    """Not a plain command line."""


def understood(arguments: list[str]) -> Callable[[], None] | None:
    """What to do, or None where the library has to be asked."""
    if _COMPLETION in os.environ or (sys.platform == "win32" and not _EXPANDED.isdisjoint("".join(arguments))):
        return None
    if arguments == ["--version"]:
        from factcheck_cli.version import show

        return show
    if arguments[:1] != ["scan"]:
        return None
    from factcheck_cli.scan import scan

    try:
        return partial(scan, **given(scan, arguments[1:]))
    except UnclearError:
        return None


def given(command: Callable[..., None], arguments: list[str]) -> dict[str, Any]:
    """The values of the parameters that the arguments set. Raises where they are not plain."""
    positional, options = _declared(command)
    values: dict[str, Any] = {}
    left = iter(arguments)
    for argument in left:
        name, equals, value = argument.partition("=")
        if argument == "--":
            _add(values, positional, list(left))
        elif not argument.startswith("-") or argument == "-":
            _add(values, positional, [argument])
        elif not (taken := options.get(name if argument.startswith("--") else argument)):
            raise UnclearError
        elif taken.is_flag:
            if equals:
                raise UnclearError
            values[taken.name] = True
        else:
            value = value if equals else next(left, "-?")
            if not equals and value.startswith("-") and value != "-":
                raise UnclearError
            _add(values, taken, [value])
    return values


def _declared(command: Callable[..., None]) -> tuple[_Taken, dict[str, _Taken]]:
    """The parameter of what stands without a name, and those of the options by each of their names."""
    positional: _Taken | None = None
    options: dict[str, _Taken] = {}
    for parameter, hint in command.__annotations__.items():
        if parameter == "return":
            continue
        kind, said = get_args(hint)
        kinds = tuple(_kinds(kind))
        if isinstance(said, Option):
            taken = _Taken(parameter, kinds, said.least)
            options |= dict.fromkeys(said.names or (f"--{parameter.replace('_', '-')}",), taken)
        else:
            positional = _Taken(parameter, kinds, None)
    if positional is None:
        raise UnclearError
    return positional, options


def _kinds(kind: Any) -> Iterator[Any]:  # noqa: ANN401 - types as values have no type
    """The types of a union, None left out; or the type."""
    if get_origin(kind) in {None, list, Literal}:
        yield kind
        return
    for one in get_args(kind):
        if one is not type(None):
            yield one


def _add(values: dict[str, Any], taken: _Taken, texts: list[str]) -> None:
    (kind,) = taken.kinds
    if taken.is_list and texts:
        (inner,) = get_args(kind)
        values.setdefault(taken.name, []).extend(_value(inner, text, taken.least) for text in texts)
    elif taken.name in values:
        raise UnclearError  # which of two is meant is for nobody to guess
    else:
        for text in texts:
            values[taken.name] = _value(kind, text, taken.least)


def _value(kind: Any, text: str, least: int | None) -> Any:  # noqa: ANN401 - options are of any type
    if not text:
        raise UnclearError
    if get_origin(kind) is Literal:
        if text in get_args(kind):
            return text
    elif kind is int:
        if text.isascii() and text.isdigit() and len(text) < _DIGITS and int(text) >= (least or 0):
            return int(text)
    elif kind in {str, Path}:
        return kind(text)
    raise UnclearError
