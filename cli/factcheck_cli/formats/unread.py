"""Inputs that could not be read, as reports name them: what was not looked at must not pass for fine."""

import os
import re
from typing import TYPE_CHECKING, Final

from factcheck_cli.formats.results import Spot
from factcheck_cli.inputs.readers.types import named
from factcheck_cli.terminal.style import clean

if TYPE_CHECKING:
    from factcheck_cli.log import Told

_ROW: Final = re.compile(r"(?P<file>.+):(?P<number>[0-9]+)", re.DOTALL)


def spot_of(name: str) -> Spot:
    """Where an input is that is called so: a file, or `rows.jsonl:3`; of JSON lines a row is a line."""
    row = None if os.path.exists(name) else _ROW.fullmatch(name)
    if not row:
        return Spot(name)
    number = int(row["number"])
    return Spot(row["file"], number, end_line=number) if named(row["file"]) == "jsonl" else Spot(row["file"])


def said(one: "Told") -> str:
    """That it was not read, and why; the name that a row has is told where its file alone would be known."""
    spot = spot_of(one.name)
    row = f"{clean(one.name)}: " if spot.file != one.name and not spot.line else ""
    return f"{row}{'skipped' if one.is_skip else 'not read'}: {clean(one.message)}"
