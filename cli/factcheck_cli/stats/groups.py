"""What documents are told apart by: when, by whom and where they were published, and where their files are."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from os.path import abspath, relpath
from posixpath import basename, dirname
from typing import TYPE_CHECKING, Final, Literal

from factcheck_cli.stats.dates import in_path, said
from factcheck_cli.text import STDIN
from factcheck_cli.upwards import is_checkout, upwards

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
    file = text.among.file if text.among else text.name
    paths = chain((text.name, file), _whole(file))
    told = chain((said(text.origin.date) if text.origin else None,), map(in_path, paths))
    return next(filter(None, (one.period(unit) for one in told if one)), NONE)


def _whole(file: str) -> Iterator[str]:
    """The path from its git checkout on: folders with dates may be above the one where people stand."""
    if file != STDIN:
        yield f"{_within(abspath(dirname(file)))}/{basename(file)}"  # noqa: PTH100 - links stay links


@cache
def _within(folder: str) -> str:
    """The folder as it is seen from that of its checkout; of one that is in none nothing."""
    top = list(upwards(folder))[-1]
    return relpath(folder, top).replace("\\", "/") if is_checkout(top) else ""
