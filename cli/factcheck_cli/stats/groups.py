"""What documents are told apart by: when, by whom and where they were published, and where their files are."""

import re
from posixpath import dirname
from typing import TYPE_CHECKING, Final, Literal

from factcheck_cli.stats.dates import in_path, said
from factcheck_cli.text import STDIN

if TYPE_CHECKING:
    from factcheck_cli.text import Text

By = Literal["day", "week", "month", "quarter", "year", "outlet", "byline", "folder", "type"]

TIMES: Final = ("day", "week", "month", "quarter", "year")
"""Those that follow one another."""

NONE: Final = ""
"""The group of documents of which it is not told."""

WITHOUT: Final = {**dict.fromkeys(TIMES, "undated"), "outlet": "no outlet", "byline": "no byline", "": "all"}
"""What that group is called; where nothing tells groups apart, it is all."""

FACTS: Final = ("date", "outlet", "byline")
"""What rows are asked to say of their documents."""

_BY: Final = re.compile(r"^by[:\s]+", re.IGNORECASE)


def group(text: "Text", by: str) -> str:
    """The name of the text's group; `NONE` where it has none."""
    origin = text.origin
    if by in TIMES:
        return _period(text, by)
    if by == "type":
        return origin.type if origin else "text"
    if by == "folder":
        file = text.among.file if text.among else text.name
        return STDIN if file == STDIN else dirname(file.replace("\\", "/")) or "."
    if not by or not origin:
        return NONE
    return origin.outlet if by == "outlet" else _BY.sub("", origin.byline, count=1)


def _period(text: "Text", unit: str) -> str:
    """The period of the first date that tells it: of the source, in the name, in the file's path."""
    paths = (text.name, text.among.file if text.among else "")
    told = (said(text.origin.date) if text.origin else None, *map(in_path, paths))
    return next(filter(None, (one.period(unit) for one in told if one)), NONE)
