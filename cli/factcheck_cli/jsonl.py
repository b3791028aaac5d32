"""The format for programs: JSON lines, one sentence a line."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from factcheck import Sentence


def lines(name: str, sentences: Iterable["Sentence"]) -> bytes:
    """The sentences of the document called `name`, in UTF-8, a line each."""
    return b"".join(orjson.dumps(s.to_record(name), option=orjson.OPT_APPEND_NEWLINE) for s in sentences)
