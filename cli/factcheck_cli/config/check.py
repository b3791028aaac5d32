"""Whether values are what their keys take; for those that are not, what to write instead."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from factcheck.diagnostic import did_you_mean
from factcheck_cli.config.given import Given, Where, shown
from factcheck_cli.config.keys import OVERRIDES, PATHS, Key, keys, options
from factcheck_cli.config.limit import Limit
from factcheck_cli.config.problem import Problem
from factcheck_cli.config.severity import USUAL
from factcheck_cli.options import SEVERITIES

Place = tuple[str | int, ...]
"""The keys, and numbers in arrays, that lead to a value."""

_QUOTED: Final = 40  # characters of a wrong value that are told


class Checker:
    """Checks the values of one file, and keeps what is wrong with them."""

    def __init__(self, path: Path, problems: list[Problem]) -> None:
        self.path, self.problems = path, problems
        self.lines: Mapping[Place, int] = {}
        self.prefix: tuple[str, ...] = ()

    def where(self, place: Place) -> Where:
        """Where a key or an entry stands."""
        return Where(shown(self.path), self.lines.get((*self.prefix, *place), 0))

    def tell(self, place: Place, message: str) -> None:
        """Keeps what is wrong at a key or an entry."""
        self.problems.append(Problem(self.where(place), message))

    def at(self, line: int, message: str) -> None:
        """Keeps what is wrong on a line."""
        self.problems.append(Problem(Where(shown(self.path), line), message))

    def unknown(self, place: Place, allowed: Sequence[str]) -> None:
        """Keeps that there is no such key, and which may be meant."""
        name = str(place[-1])
        if name in ("tool", "factcheck") and len(place) == 1 and not self.prefix:
            said = "keys stand at the top of a factcheck.toml, without [tool.factcheck]"
        elif name in keys() and len(place) > 1:
            said = "it holds for a whole run; move the line up, above the first [table]"
            self.tell(place, f"`{name}` cannot stand in {OVERRIDES}: {said}")
            return
        elif name == PATHS:
            said = f"it belongs into [[{OVERRIDES}]]"
        elif option := next((key for key in keys().values() if key.option == f"--{name}"), None):
            said = f"the key of that option is `{option.name}`" + (
                " (true or false)" if option.kind == "switch" else ""
            )
        elif f"--{name}" in options():
            said = f"--{name} is an option, and no key"
        else:
            near = did_you_mean(name, allowed if len(place) == 1 else (*allowed, PATHS))
            said = near or "`factcheck config schema` tells all there are"
        self.tell(place, f"there is no key `{name}`: {said}")

    def value(self, key: Key, value: object, place: Place) -> Any:  # noqa: ANN401 - what a key takes
        """The value, paths made whole, if it is right; else None, and the checker knows why."""
        check: Callable[[Key, Any, Place], Any] = getattr(self, f"_{key.kind}")
        return check(key, value, place)

    def _wrong(self, place: Place, value: object, wanted: str) -> Any:  # noqa: ANN401 - None, where anything is hoped for
        """Keeps that a value is wrong, and what to write instead."""
        given = _written(value)
        given = given if len(given) <= _QUOTED else f"{given[:_QUOTED]}…"
        name = next(str(part) for part in reversed(place) if isinstance(part, str))
        self.tell(place, f"`{name}` is {given}: {wanted}")

    # Kinds of values -------------------------------------------------------------------------------------------------

    def _switch(self, _key: Key, value: object, place: Place) -> bool | None:
        if isinstance(value, bool):
            return value
        return self._wrong(place, value, "write true or false, without quotation marks")

    def _number(self, _key: Key, value: object, place: Place) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        return self._wrong(place, value, "write a whole number, 0 or more")

    def _text(self, _key: Key, value: object, place: Place) -> str | None:
        if isinstance(value, str) and value:
            return value
        return self._wrong(place, value, "write a name in quotation marks")

    def _share(self, _key: Key, value: object, place: Place) -> str | None:
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return str(value)
        if isinstance(value, str) and Limit.of(value):
            return value
        return self._wrong(place, value, 'write a share, such as "10%", or a number of sentences')

    def _choice(self, key: Key, value: object, place: Place) -> str | None:
        if isinstance(value, str) and value in key.choices:
            return value
        named = did_you_mean(value if isinstance(value, str) else "", key.choices)
        return self._wrong(place, value, named or f"write one of {', '.join(key.choices)}")

    def _path(self, _key: Key, value: object, place: Place) -> str | None:
        if isinstance(value, str) and value:
            return self._whole(value) if self._is_path(value, place) else None
        return self._wrong(place, value, "write a path in quotation marks")

    def _is_path(self, value: str, place: Place) -> bool:
        """Whether it can be one."""
        wanted = _path_wanted(value)
        if wanted:
            self._wrong(place, value.replace("\0", "\\u0000"), wanted)
        return not wanted

    def _whole(self, path: str) -> str:
        """A path that the file gives, from where people stand."""
        return shown(Path(os.path.normpath(self.path.absolute().parent / Path(path).expanduser())))

    def _entries(self, value: object, place: Place, wanted: str) -> list[tuple[str, Place]] | None:
        """The texts of a list, each with its place; one alone needs no list around it."""
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list):
            return self._wrong(place, value, f"write {wanted}")
        found = [(one, place if isinstance(value, str) else (*place, number)) for number, one in enumerate(given)]
        wrong = [(one, at) for one, at in found if not isinstance(one, str) or not one.strip()]
        for one, at in wrong:
            self._wrong(at, one, f"write {wanted}")
        return None if wrong else found

    def _paths(self, key: Key, value: object, place: Place) -> Any:  # noqa: ANN401 - values with their places
        found = self._entries(value, place, 'paths in quotation marks, such as ["house.fact"]')
        if found is None:
            return None
        right = [self._is_path(path, at) for path, at in found]
        if not all(right):
            return None
        given = [Given(self._whole(path), self.where(at)) for path, at in found]
        if key.name == "rules":
            for one in given:
                if not os.path.exists(one.value):
                    said = f"`rules` names {one.value}, and there is no such file or folder"
                    self.problems.append(Problem(one.where, f"{said}; a path is relative to {shown(self.path)}"))
        return given

    def _names(self, key: Key, value: object, place: Place) -> Any:  # noqa: ANN401 - the same
        found = self._entries(value, place, 'names in quotation marks, such as ["hedge", "doubt"]')
        if found is None:
            return None
        for name, at in found:
            if "," in name:
                each = ", ".join(f'"{part.strip()}"' for part in name.split(","))
                self._wrong(at, name, f"write each name by itself: {each}")
            elif key.name == "packs":
                self._pack(name, at)
        return [Given(part.strip(), self.where(at)) for name, at in found for part in name.split(",")]

    def _pack(self, name: str, place: Place) -> None:
        from factcheck.packs import builtin_files, optional_files

        known = tuple(optional_files())
        if name in known:
            return
        if name in {file.stem for file in builtin_files()}:
            said = "it is built in, and loaded anyway; leave it out"
        elif name.lower().endswith(".fact") or "/" in name:
            said = "a rule file is named in `rules`"
        else:
            said = did_you_mean(name, known)
        self.tell(place, f"no opt-in pack is called `{name}`: {said}")

    def _severities(self, _key: Key, value: object, place: Place) -> Any:  # noqa: ANN401 - the same
        if not isinstance(value, dict):
            wanted = 'write a table: [severity], and below it lines such as unverified = "error"'
            return self._wrong(place, value, wanted)
        found = {}
        for name, one in value.items():
            at = (*place, name)
            if name in (*keys(), OVERRIDES):
                self.tell(
                    at, f"`{name}` stands below [severity], and so in it; move the line up, above the first [table]"
                )
            elif name in SEVERITIES:
                self.tell(at, f'`{name}` is a severity, which stands behind a name; write such as hedge = "{name}"')
            elif isinstance(one, dict):
                inner = next(iter(one), "")
                self.tell(at, f'`{name}` is a table; the name of a rule stands in quotation marks: "{name}/{inner}"')
            elif isinstance(one, str) and one in SEVERITIES:
                found[name] = Given(one, self.where(at))
            else:
                self._wrong(at, one, did_you_mean(one if isinstance(one, str) else "", SEVERITIES))
                found[name] = Given(USUAL, self.where(at))  # so that its name is checked, too
        return found

    def _patterns(self, _key: Key, value: object, place: Place) -> Any:  # noqa: ANN401 - the same
        found = self._entries(value, place, 'patterns in quotation marks, such as ["drafts/", "*.md"]')
        if found is None:
            return None
        right = [self._pattern(pattern, at) for pattern, at in found]
        return [Given(pattern, self.where(at)) for pattern, at in found] if all(right) else None

    def _pattern(self, pattern: str, place: Place) -> bool:
        """Whether it is a pattern that can fit anything."""
        from factcheck_cli.inputs.globs import spec

        try:
            (compiled,) = spec([pattern]).patterns
        except ValueError:
            compiled = None
        if compiled is None or compiled.include is None:
            wanted = "this is no pattern that fits a path; write it as in a .gitignore, such as drafts/ or *.md"
            self._wrong(place, pattern, wanted)
            return False
        return True

    def override(self, value: object, place: Place, table: Place) -> list[Given] | None:
        """The patterns of an override."""
        if value is None:
            self.tell(
                table, f'there is no `{PATHS}` in these {OVERRIDES}; say which files, such as {PATHS} = ["opinion/"]'
            )
            return None
        if value == []:
            self.tell(place, f'`{PATHS}` is empty, so this holds for no file; write patterns, such as ["opinion/"]')
            return None
        given: list[Given] | None = self._patterns(keys()["exclude"], value, place)
        return given


def _written(value: object) -> str:
    """A value as it is written in a configuration; of a table only that it is one."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        return "a table"
    return f"[{', '.join(map(_written, value))}]" if isinstance(value, list) else str(value)


def _path_wanted(value: str) -> str:
    """What to write instead of a path that can be none: to systems a NUL is the end of one, and not all have a home."""
    if "\0" in value:
        return "no path holds a NUL character; take it out"
    if "://" in value:
        return "this is an address; keep the file in the repository, and write its path"
    try:
        Path(value).expanduser()
    except RuntimeError:
        return "nobody here has a home of that name; write the path in full"
    return ""
