"""The format for programs: JSON lines, one sentence a line."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.style import Style


def page(document: "Document", sentences: Sequence["Sentence"], _style: "Style", /) -> bytes:
    """The sentences of the document, in UTF-8, a line each."""
    return b"".join(orjson.dumps(s.to_record(document.name), option=orjson.OPT_APPEND_NEWLINE) for s in sentences)
