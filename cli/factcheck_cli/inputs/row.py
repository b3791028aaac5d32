"""A row: an object with a text in one field, and perhaps its name in another."""

from collections.abc import Mapping
from typing import Final

_NAMED: Final = 5  # fields of a row that are named

Row = dict[str, object]
"""A row that is a JSON object."""


class RowError(Exception):
    """A row holds no text; says why, and what to do."""


def held(row: Mapping[str, object], text_field: str, id_field: str) -> tuple[str, str]:
    """The text of a row and its name, if it has one. Raises RowError."""
    text, name = row.get(text_field), row.get(id_field)
    if not isinstance(text, str):
        raise RowError(_no_text(row, text_field))
    if name is not None and (isinstance(name, bool) or not isinstance(name, str | int | float)):
        raise RowError(f"`{id_field}` is no text or number; --id-field names another field")
    return text, "" if name is None else str(name)


def _no_text(row: Mapping[str, object], field: str) -> str:
    """What is wrong with a row without text, and the fields that may be meant."""
    if field in row:
        return f"`{field}` of this row is no text; --text-field names another field"
    found = [f"`{name}`" for name, value in row.items() if isinstance(value, str)][:_NAMED]
    meant = f"; it has {', '.join(found)}" if found else ""
    return f"this row has no `{field}`{meant}; --text-field names the field with the text"
