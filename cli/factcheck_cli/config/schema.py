"""The JSON Schema of a configuration, made from the table of its keys, for editors."""

from typing import Any, Final

from factcheck.packs import optional_files
from factcheck_cli.config.keys import OVERRIDES, PATHS, Key, keys, per_path
from factcheck_cli.options import SEVERITIES

Json = dict[str, Any]

_TEXT: Final[Json] = {"type": "string", "minLength": 1}
_PATH: Final[Json] = {**_TEXT, "pattern": r"^[^\u0000]*$"}
_ONE_PATH: Final[Json] = {"type": "string", "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}
_NAME: Final[Json] = {"type": "string", "pattern": r"^[^,]*[^\s,][^,]*$"}
_PATTERN: Final[Json] = {"type": "string", "pattern": r"^(?!#|!$|/?\s*$)"}


def _some(one: Json, least: int = 0) -> Json:
    """One of these, or a list of them."""
    return {"anyOf": [one, {"type": "array", "items": one, **({"minItems": least} if least else {})}]}


def schema() -> Json:
    """The schema of a `factcheck.toml`; that of `[tool.factcheck]` is the same."""
    properties = {name: _property(key) for name, key in keys().items()}
    inner = {
        PATHS: {"description": _PATHS, **_some(_PATTERN, least=1)},
        **{name: properties[name] for name in per_path()},
    }
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
        "minProperties": 1,
    }


_PER_CENT: Final = r"(0*[0-9]{1,2}(\.[0-9]+)?|0*100(\.0+)?)"
_NUMBER: Final[Json] = {"type": "integer", "minimum": 0}
_TYPES: Final[dict[str, Json]] = {
    "paths": _some(_ONE_PATH),
    "names": _some(_NAME),
    "patterns": _some(_PATTERN),
    "text": _TEXT,
    "path": _PATH,
    "switch": {"type": "boolean"},
    "number": _NUMBER,
    "share": {"anyOf": [_NUMBER, {"type": "string", "pattern": rf"^\s*([0-9]+|{_PER_CENT}\s*%)\s*$"}]},
    "severities": {
        "type": "object",
        "additionalProperties": {"enum": list(SEVERITIES)},
        "propertyNames": {"not": {"enum": [*SEVERITIES, *keys(), OVERRIDES]}},
    },
}
_PATHS: Final = "The files it holds for, written as in a .gitignore."


def _property(key: Key) -> Json:
    found: Json = {"description": key.help, **_type(key)}
    if key.default is not None:
        found["default"] = key.default
    return found


def _type(key: Key) -> Json:
    if key.name == "packs":
        return _some({"enum": list(optional_files())})
    if key.kind == "choice":
        return {"enum": list(key.choices)}
    return _TYPES[key.kind]
