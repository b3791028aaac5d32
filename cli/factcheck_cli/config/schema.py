"""The JSON Schema of a configuration, made from the table of its keys, for editors."""

from typing import Any, Final

from factcheck_cli.config.keys import OVERRIDES, PATHS, Key, keys, per_path
from factcheck_cli.options import SEVERITIES

Json = dict[str, Any]

_TEXT: Final[Json] = {"type": "string", "minLength": 1}
_TEXTS: Final[Json] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}


def schema() -> Json:
    """The schema of a `factcheck.toml`; that of `[tool.factcheck]` is the same."""
    properties = {name: _property(key) for name, key in keys().items()}
    inner = {PATHS: {"description": _PATHS, **_TEXTS}, **{name: properties[name] for name in per_path()}}
    override = {"type": "object", "properties": inner, "required": [PATHS], "minProperties": 2}
    properties[OVERRIDES] = {
        "description": "What holds for some files only; later ones win.",
        "type": "array",
        "items": {**override, "additionalProperties": False},
    }
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "factcheck",
        "description": "Configuration of factcheck: factcheck.toml, or [tool.factcheck] in pyproject.toml.",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }


_NUMBER: Final[Json] = {"type": "integer", "minimum": 0}
_TYPES: Final[dict[str, Json]] = {
    "paths": _TEXTS,
    "names": _TEXTS,
    "patterns": _TEXTS,
    "text": _TEXT,
    "path": _TEXT,
    "switch": {"type": "boolean"},
    "number": _NUMBER,
    "share": {"anyOf": [_NUMBER, {"type": "string", "pattern": r"^\s*([0-9]+|[0-9]+(\.[0-9]+)?\s*%)\s*$"}]},
    "severities": {"type": "object", "additionalProperties": {"enum": list(SEVERITIES)}},
}
_PATHS: Final = "The files it holds for, written as in a .gitignore."


def _property(key: Key) -> Json:
    found: Json = {"description": key.help, **_type(key)}
    if key.default is not None:
        found["default"] = key.default
    return found


def _type(key: Key) -> Json:
    if key.kind == "choice":
        return {"enum": list(key.choices)}
    return _TYPES[key.kind]
