"""The format for programs that want one JSON value: an array of sentences, written as they come."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import orjson

from factcheck_cli.inputs.origin import placed

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.tally import Tally
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.rulebook import Rulebook

SUPPRESSED = True
"""What is suppressed can be told as such."""
BETWEEN = b","
"""What parts the pages of two documents."""


def begin(_rulebook: "Rulebook", _style: "Style", /, *, file: bool) -> bytes:  # noqa: ARG001 - always the same
    """The opening bracket."""
    return b"["


def page(document: "Document", sentences: Sequence["Sentence"], _style: "Style", /) -> bytes:
    """The sentences of the document, in UTF-8, an object a line."""
    quiet = document.quiet or {}
    plain = (
        sentence.to_record(document.name) | (left.to_record() if (left := quiet.get(sentence.index)) else {})
        for sentence in sentences
    )
    records = placed(plain, document.origin) if document.origin else plain
    return BETWEEN.join(b"\n" + orjson.dumps(record) for record in records)


def end(_tally: "Tally", _style: "Style", /) -> bytes:
    """The closing bracket."""
    return b"]\n"
