"""Sidecars: suppressions in a file beside an article whose format has no comments, `NAME.factcheck.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from factcheck_cli.quiet.suppression import SCOPES, Suppression, UnclearError, day, reason, rules

TABLE: Final = "ignore"
KEYS: Final = ("rules", "sentence", "block", "doc", "reason", "until")
_HEAD: Final = re.compile(rf"^\s*\[\[\s*{TABLE}\s*\]\]")
_AT: Final = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_MOST: Final = 5_000_000  # bytes
_REMEDY: Final = 'write `reason = "…"`'
_NAMES: Final = 'write `rules = ["pack/rule"]`'
_DATE: Final = "until = {}"


class Entry(NamedTuple):
    """A suppression, and where it holds: in the document called so, in sentences or blocks with these words."""

    suppression: Suppression
    words: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar holds, and what is wrong with it: each a place and what to say."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()


def read(path: str) -> Sidecar:
    """What the file holds; where it is broken nothing, and why."""
    import tomllib

    nothing, text = "so it silences nothing", ""
    try:
        file = Path(path)
        if file.stat().st_size > _MOST:
            return _broken(path, f"this has more than {_MOST:,} bytes, {nothing}")
        text = file.read_text("utf-8-sig")
        held = tomllib.loads(text)
    except OSError as error:
        return _broken(path, f"this cannot be read ({error.strerror or error}), {nothing}; check its permissions")
    except UnicodeDecodeError:
        return _broken(path, f"this is not UTF-8, {nothing}; save it as UTF-8")
    except tomllib.TOMLDecodeError as error:
        where = _AT.search(str(error))
        place = f"{path}:{(where and where[1]) or len(text.splitlines()) or 1}"
        return _broken(place, f"this is not TOML ({_AT.sub('', str(error))}), {nothing}; mend the line")
    except RecursionError:
        return _broken(path, f"this is nested too deeply, {nothing}; write [[{TABLE}]] tables")
    return _held(path, text, held)


def _broken(place: str, why: str) -> Sidecar:
    return Sidecar(problems=((place, why),))


def _held(path: str, text: str, held: Mapping[str, Any]) -> Sidecar:
    where = _Where(path, text)
    if other := next((key for key in held if key != TABLE), None):
        said = f"`{other}` means nothing here, so this file silences nothing; write [[{TABLE}]] tables"
        return _broken(where.key(other), said)
    tables = held.get(TABLE, [])
    if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
        said = f"`{TABLE}` is no list of tables, so this file silences nothing; begin each with [[{TABLE}]]"
        return _broken(where.key(TABLE), said)
    entries, problems = [], []
    for number, table in enumerate(tables):
        try:
            entries.append(_entry(table, where.table(number)))
        except _EntryError as error:
            problems.append((where.table(number, error.key), str(error)))
    return Sidecar(tuple(entries), tuple(problems))


class _Where:
    """The lines of a sidecar."""

    def __init__(self, path: str, text: str) -> None:
        self._path, self._lines = path, text.splitlines()
        self._heads = [number for number, line in enumerate(self._lines) if _HEAD.match(line)]

    def key(self, key: str) -> str:
        """Where a key or table of the file is written."""
        return self._place(self._find(key, 0, len(self._lines)) or 0)

    def table(self, number: int, key: str = "") -> str:
        """Where a table, or a key in it, is written."""
        if number >= len(self._heads):
            return self.key(TABLE)
        head, *rest = self._heads[number:]
        found = self._find(key, head, rest[0] if rest else len(self._lines)) if key else None
        return self._place(head if found is None else found)

    def _find(self, key: str, first: int, end: int) -> int | None:
        written = re.compile(rf"^\s*(?:\[\[?\s*)?[\"']?{re.escape(key)}\b")
        return next((number for number in range(first, end) if written.match(self._lines[number])), None)

    def _place(self, line: int) -> str:
        return f"{self._path}:{line + 1}"


class _EntryError(Exception):
    """What is wrong with an entry, and the key that it is wrong with."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


def _entry(table: Mapping[str, Any], place: str) -> Entry:
    """The entry of a table. Raises _EntryError."""
    if other := next((key for key in table if key not in KEYS), None):
        from factcheck.diagnostic import did_you_mean

        raise _EntryError(f"`{other}` means nothing here, so this silences nothing; {did_you_mean(other, KEYS)}", other)
    if "sentence" in table and "block" in table:
        said = "it names both a sentence and a block, so it silences nothing; leave one of them out"
        raise _EntryError(said, "block")
    named = table.get("rules")
    names = [named] if isinstance(named, str) else named or []
    with _About("rules"):
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            raise UnclearError(f"these are no names, so this silences nothing; {_NAMES}")
        selected = rules(names, _apart(names))
    with _About("reason"):
        why = reason(_string(table, "reason"), _REMEDY)
    with _About("until"):
        until = _day(table["until"]) if "until" in table else ""
    scope = SCOPES[next((one for one in ("sentence", "block") if one in table), "file")]
    with _About(scope):
        words = _string(table, scope)
        if scope != "file" and not words.strip():
            raise UnclearError(f"there are no words in it, so this silences nothing; write some of the {scope}")
    document = table.get("doc", "")
    if isinstance(document, bool) or not isinstance(document, str | int):
        said = "this is no text or number, so this silences nothing; write the `doc` that results have"
        raise _EntryError(said, "doc")
    return Entry(Suppression(selected, scope, why, until, place), words, str(document))


def _apart(names: list[str]) -> str:
    """How to write the names, of which some may stand in one."""
    found = [one for name in names for one in re.split(r"[\s,;]+", name) if one]
    return f"write `rules = {found}`".replace("'", '"') if len(found) > len(names) else _NAMES


class _About:
    """What is raised within is about this key."""

    def __init__(self, key: str) -> None:
        self._key = key

    def __enter__(self) -> None:
        pass

    def __exit__(self, _type: object, error: object, _trace: object) -> None:
        if isinstance(error, UnclearError):
            raise _EntryError(str(error), self._key) from None


def _string(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UnclearError(f'this is no text, so this silences nothing; write `{key} = "…"`')
    return value


def _day(value: object) -> str:
    from datetime import date, datetime

    if isinstance(value, datetime):
        value = value.date()
    return day(value.isoformat() if isinstance(value, date) else str(value), _DATE)
