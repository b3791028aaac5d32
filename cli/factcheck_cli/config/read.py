"""A configuration file to its values, each with its place; and whatever is wrong in it, and in those it extends."""

import errno
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from factcheck_cli.config.check import Checker
from factcheck_cli.config.given import Given, Layer, Where, shown
from factcheck_cli.config.keys import OVERRIDES, PATHS, keys, per_path
from factcheck_cli.config.locate import lines
from factcheck_cli.config.problem import ConfigError, Problem
from factcheck_cli.inputs.folder import why
from factcheck_cli.options import CONFIGURATION, PROJECT, TABLE

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_POSITION: Final = re.compile(r"\s*\(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
_DEPTH: Final = 20  # files that one builds on by way of others
_BOM: Final = b"\xef\xbb\xbf"


class Override(NamedTuple):
    """What holds for some files only: those that the patterns fit."""

    spec: "GitIgnoreSpec"
    layer: Layer
    where: Where
    paths: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """A configuration with all that it extends: what holds for every file, and what for some."""

    file: Path
    layer: Layer = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    files: tuple[Path, ...] = ()
    """It and all that it extends, those, too, that are not there."""


def merged(layers: Sequence[Layer]) -> Layer:
    """The layers as one: a later one wins, tables are merged key by key."""
    found: Layer = {}
    for layer in layers:
        for name, given in layer.items():
            if isinstance(given.value, dict) and name in found:
                given = Given({**found[name].value, **given.value}, given.where)  # noqa: PLW2901 - the same, merged
            found[name] = given
    return found


def read(path: Path) -> Config:
    """The configuration in this file. Raises ConfigError with all that is wrong, there and in what it extends."""
    reader = _Reader()
    config = replace(reader.read(path, ()), files=tuple(reader.files))
    if reader.problems:
        raise ConfigError(reader.problems, config)
    return config


class _Reader:
    """Reads a configuration and all that it extends, each file once; keeps what is wrong in them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.files: dict[Path, None] = {}
        """Those that were looked for."""
        self._known: dict[str, Config] = {}

    def read(self, path: Path, below: tuple[Path, ...]) -> Config:
        """The file, which those `below` extend, the nearest last."""
        self.files[path] = None
        checker = Checker(path, self.problems)
        values = _values(path, checker)
        own = _layer(values, checker, (), allowed=(*keys(), OVERRIDES))
        bases = list(self._bases(path, own["extends"].value, (*below, path))) if "extends" in own else []
        overrides = _once(each for base in bases for each in base.overrides)
        overrides += _overrides(values.get(OVERRIDES, []), checker)
        return Config(path, merged([*(base.layer for base in bases), own]), tuple(overrides))

    def _bases(self, path: Path, given: list[Given], below: tuple[Path, ...]) -> Iterator[Config]:
        """The configurations that a file extends, in its order."""
        seen = [_real(file) for file in below]
        for one in given:
            base = Path(one.value)
            self.files[base] = None
            if _real(base) in seen:
                chain = " → ".join([*(shown(file) for file in below[seen.index(_real(base)) :]), shown(base)])
                said = f"`extends` comes back to where it began ({chain}); take one of them out"
                self.problems.append(Problem(one.where, said))
            elif os.path.isdir(base):
                said = f"`extends` names a folder, {shown(base)}; name the file in it"
                self.problems.append(Problem(one.where, said))
            elif not os.path.lexists(base):
                said = f"`extends` names {shown(base)}, and there is no such file; a path is relative to {shown(path)}"
                self.problems.append(Problem(one.where, said))
            elif len(below) > _DEPTH:
                said = f"`extends` leads from file to file more than {_DEPTH} times, from {shown(below[0])} on"
                self.problems.append(Problem(one.where, f"{said}; name in one file what it is to build on"))
            else:
                yield self._base(base, below)

    def _base(self, path: Path, below: tuple[Path, ...]) -> Config:
        """One that is extended; what several files extend is read once."""
        real = _real(path)
        if real not in self._known:
            self._known[real] = self.read(path, below)
        return self._known[real]


def _once(overrides: Iterable[Override]) -> list[Override]:
    """Those of a file that several extend stand once, where they come last and so win."""
    found: dict[int, Override] = {}
    for one in overrides:
        found.pop(id(one), None)
        found[id(one)] = one
    return list(found.values())


def _real(path: Path) -> str:
    return os.path.realpath(path)


# The file ------------------------------------------------------------------------------------------------------------


def _values(path: Path, checker: Checker) -> dict[str, Any]:
    """What stands in the file, our table of it; nothing where it cannot be read."""
    text = _text(path, checker)
    if text is None:
        return {}
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        checker.at(*_plainer(str(error), text))
        return {}
    except RecursionError:
        checker.at(0, "arrays or tables stand in one another too deep to be read; write it plainly")
        return {}
    checker.lines = lines(text)
    if path.name != PROJECT:
        if not whole:
            checker.at(0, "this configuration is empty; write a key, or remove the file")
        return whole
    table: Any = whole
    for name in TABLE:
        table = table.get(name, {}) if isinstance(table, dict) else table
    if not isinstance(table, dict):
        checker.at(
            checker.lines.get(TABLE, 0), "`tool.factcheck` is a table; write [tool.factcheck], and keys below it"
        )
        return {}
    if not table:
        checker.at(checker.lines.get(TABLE, 0), "[tool.factcheck] is empty; write a key below it, or remove it")
    checker.prefix = TABLE
    return table


def _text(path: Path, checker: Checker) -> str | None:
    try:
        if os.path.isdir(path):
            checker.at(0, _folder(path))
            return None
        data = path.read_bytes()
    except OSError as error:
        if error.errno == errno.ENOENT and not os.path.lexists(path):
            checker.at(0, "there is no such configuration; check the path")
        else:
            checker.at(0, why(error))
        return None
    if data.startswith(_BOM):
        data = data.removeprefix(_BOM)  # Windows' editors write it, and it harms nobody
    if b"\0" in data:
        checker.at(0, "this is no text in UTF-8, but UTF-16 or no text at all; save it as UTF-8")
        return None
    try:
        # Other line ends than those of Unix are read as these, which the library does itself, too.
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        checker.at(line, f"this is not UTF-8 (byte {data[error.start]:#04x}); save the file as UTF-8")
        return None


def _folder(path: Path) -> str:
    """What to do about a folder: it has a name by which it was found, or somebody has named it."""
    if path.name in {CONFIGURATION, PROJECT}:
        return "this is a folder, and a configuration is a file; give the folder another name"
    inner = next((name for name in (CONFIGURATION, PROJECT) if os.path.lexists(path / name)), CONFIGURATION)
    return f"this is a folder; name the file in it, such as {shown(path / inner)}"


_REMEDIES: Final = (
    ("Cannot overwrite a value", "this key stands here a second time; leave one of them out"),
    ("Cannot declare", "this table stands here a second time, or its name is taken by a key; write it once"),
    ("Cannot mutate immutable", "this key was given a value before; write its table in one place"),
    (
        "Expected '=' after a key",
        "no `=` follows the key; write KEY = VALUE, a key with / or spaces in quotation marks",
    ),
    ("Invalid value", "this is no value; write text in quotation marks, true, false, a number, or [a list]"),
    (
        "Expected newline or end of document",
        "something follows the value on its line; begin a new line, or a # comment",
    ),
    ("Unclosed array", "a list is not closed; end it with ]"),
    ("Expected ']", "the brackets of a table's head do not match; write [table] or [[table]]"),
    ("Invalid initial character for a key part", "no key begins so; keys that are not plain stand in quotation marks"),
    ("Unterminated string", "a text is not closed; end it with a quotation mark"),
    (
        "Illegal character",
        "a text is not closed on its line, or a character is not allowed here; close it, or remove it",
    ),
    ("Unescaped '\\'", "a backslash stands in the text; write / in paths, or '…' around the text"),
    ("Invalid hex value", "a backslash stands in the text; write / in paths, or '…' around the text"),
    ("Unclosed inline table", "a table is not closed; end it with }"),
)
"""What the library says, and what to do about it."""


def _plainer(message: str, text: str) -> tuple[int, str]:
    """The line of a mistake that keeps a file from being read, and what it is."""
    found = _POSITION.search(message)
    line = int(found["line"] or 0) if found else 0
    if found and not found["line"]:
        line = text.rstrip("\n").count("\n") + 1
    said = message[: found.start()] if found else message
    remedy = next((remedy for begin, remedy in _REMEDIES if begin in said), "")
    said = said[:1].lower() + said[1:]
    return line, remedy or f"this is no TOML: {said}"


# Tables --------------------------------------------------------------------------------------------------------------


def _layer(values: Mapping[str, Any], checker: Checker, path: tuple[str | int, ...], allowed: Sequence[str]) -> Layer:
    """The values of a table that are right; what is wrong goes to the checker."""
    found: Layer = {}
    for name, value in values.items():
        if name not in allowed:
            checker.unknown((*path, name), allowed)
        elif name in keys() and (right := checker.value(keys()[name], value, (*path, name))) is not None:
            found[name] = Given(right, checker.where((*path, name)))
    return found


def _overrides(tables: object, checker: Checker) -> Iterator[Override]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        checker.tell(
            (OVERRIDES,), f"`{OVERRIDES}` are tables; write [[{OVERRIDES}]], and `{PATHS}` and other keys below it"
        )
        return
    for number, table in enumerate(tables):
        path = (OVERRIDES, number)
        paths = checker.override(table.get(PATHS), (*path, PATHS), path)
        layer = _layer({k: v for k, v in table.items() if k != PATHS}, checker, path, per_path())
        if not paths:
            continue
        if len(table) == 1:
            checker.tell(path, f"these {OVERRIDES} set nothing; write a key beside `{PATHS}`, or remove them")
        yield Override(_spec(one.value for one in paths), layer, checker.where(path), tuple(paths))


def _spec(patterns: Iterable[str]) -> "GitIgnoreSpec":
    from factcheck_cli.inputs.globs import spec

    return spec(patterns)
