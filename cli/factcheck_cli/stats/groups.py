"""What is told apart: documents by when, by whom and where they were published; sentences by sources and rules."""

import re
from posixpath import dirname
from typing import TYPE_CHECKING, Final, Literal

from factcheck_cli.dates import date_of
from factcheck_cli.inputs.text import STDIN

if TYPE_CHECKING:
    from factcheck_cli.inputs.text import Text

By = Literal[
    "day", "week", "month", "quarter", "year", "outlet", "byline", "folder", "type", "source", "kind", "rule", "pack"
]

TIMES: Final = ("day", "week", "month", "quarter", "year")
"""Those that follow one another."""

WITHIN: Final = ("source", "kind", "rule", "pack")
"""Those that tell sentences apart, and not documents."""

USED: Final = ("rule", "pack")
"""Those of them that find something, and decide."""

NONE: Final = ""
"""The group of documents of which it is not told."""

WITHOUT: Final = {
    **dict.fromkeys(TIMES, "undated"),
    "outlet": "no outlet",
    "byline": "no byline",
    "source": "a pronoun alone",
    "": "all",
}
"""What that group is called; where nothing tells groups apart, it is all."""

FACTS: Final = ("date", "outlet", "byline")
"""What rows are asked to say of their documents."""

_BY: Final = re.compile(r"^by[:\s]+", re.IGNORECASE)


def group(text: "Text", by: str) -> str:
    """The name of the text's group; `NONE` where it has none."""
    origin = text.origin
    if by in TIMES:
        date = date_of(text)
        return date.period(by) if date else NONE
    if by == "type":
        return origin.type if origin else "text"
    if by == "folder":
        file = text.among.file if text.among else text.name
        return STDIN if file == STDIN else dirname(file.replace("\\", "/")) or "."
    if not by or not origin:
        return NONE
    return origin.outlet if by == "outlet" else _BY.sub("", origin.byline, count=1)


def lacking(text: "Text", by: str) -> str:
    """The name of a text that has no group, with the date that does not tell it."""
    dated = text.origin.date if text.origin and by in TIMES else ""
    return f"{text.name}, dated “{dated}” (write it as 2026-11-26)" if dated else text.name
