"""The Reviewdog Diagnostic Format: one object, a diagnostic a line. Its columns are counted in bytes of UTF-8."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from factcheck_cli.formats.results import Report, Result, posix

if TYPE_CHECKING:
    from factcheck import Document, Scanner, Sentence
    from factcheck_cli.reading import Text
    from factcheck_cli.style import Style
    from factcheck_cli.tally import Tally

BETWEEN: Final = b","
"""What parts the pages of two documents."""
_SEVERITIES: Final = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def begin(_scanner: "Scanner", *, file: bool) -> bytes:  # noqa: ARG001 - the same for files and pipes
    """All up to the diagnostics."""
    return b'{"source":{"name":"factcheck"},"diagnostics":['


def report(text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The results of a document, a line each."""
    results = Report(text, document, sentences, style).results
    return BETWEEN.join(b"\n" + orjson.dumps(_diagnostic(one, document, text)) for one in results)


def end(_tally: "Tally", _style: "Style", /) -> bytes:
    """The closing brackets."""
    return b"\n]}\n"


def _diagnostic(one: Result, document: "Document", text: "Text") -> dict[str, Any]:
    location: dict[str, Any] = {"path": posix(one.spot.file)}
    if one.spot.line:
        location["range"] = _range(one, document, text)
    return {
        "message": one.told_with_place,
        "location": location,
        "severity": _SEVERITIES[one.severity],
        "code": {"value": one.rule},
    }


def _range(one: Result, document: "Document", text: "Text") -> dict[str, Any]:
    """The lines; and the columns where the text is the source itself, for only then its bytes are at hand."""
    start, end = {"line": one.spot.line}, {"line": one.spot.end_line or one.spot.line}
    if text.origin or not one.spot.column:
        return {"start": start, "end": end}
    return {
        "start": {**start, "column": _column(document.text, one.span.start)},
        "end": {**end, "column": _column(document.text, one.span.end)},
    }


def _column(text: str, at: int) -> int:
    """Which byte of its line a character begins with, from 1."""
    return len(text[text.rfind("\n", 0, at) + 1 : at].encode()) + 1
