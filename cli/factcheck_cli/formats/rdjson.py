"""The Reviewdog Diagnostic Format: one object, a diagnostic a line. Its columns are counted in bytes of UTF-8."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson

from factcheck_cli.formats.results import Report, Result, posix
from factcheck_cli.formats.unread import said, spot_of
from factcheck_cli.own import UNREAD

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck.text.columns import Rows
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.log import Told, Unread
    from factcheck_cli.tally import Tally
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.rulebook import Rulebook

BETWEEN: Final = b","
"""What parts the pages of two documents."""
_WIDER: Final = np.array([0x80, 0x800, 0x10000])
"""The first code points that take two, three and four bytes."""
_SEVERITIES: Final = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def begin(_rulebook: "Rulebook", _style: "Style", /, *, file: bool) -> bytes:  # noqa: ARG001 - always the same
    """All up to the diagnostics."""
    return b'{"source":{"name":"factcheck"},"diagnostics":['


def report(text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The results of a document, a line each."""
    results = list(Report(text, document, sentences, style).results)
    # Only where the text is the source itself its bytes are at hand.
    at = _bytes(document.text) if results and not text.origin else None
    return BETWEEN.join(b"\n" + orjson.dumps(_diagnostic(one, at)) for one in results)


def unread(found: "Unread", /) -> bytes:
    """The inputs that could not be read, a line each."""
    return BETWEEN.join(b"\n" + orjson.dumps(_unread(one)) for one in found.every() if not one.is_skip)


def end(_tally: "Tally", _style: "Style", /) -> bytes:
    """The closing brackets."""
    return b"\n]}\n"


def _diagnostic(one: Result, at: "Rows | None") -> dict[str, Any]:
    location: dict[str, Any] = {"path": posix(one.spot.file)}
    if one.spot.line:
        location["range"] = _range(one, at)
    return {
        "message": one.told_with_place,
        "location": location,
        "severity": _SEVERITIES[one.severity],
        "code": {"value": one.rule},
    }


def _unread(one: "Told") -> dict[str, Any]:
    spot = spot_of(one.name)
    lines = {"range": {"start": {"line": spot.line}, "end": {"line": spot.end_line}}} if spot.line else {}
    return {
        "message": said(one),
        "location": {"path": posix(spot.file), **lines},
        "severity": _SEVERITIES["error"],
        "code": {"value": UNREAD},
    }


def _range(one: Result, at: "Rows | None") -> dict[str, Any]:
    """The lines, and the columns as far as they are known."""
    spot = one.spot
    places = (("start", spot.line, spot.column, one.span.start), ("end", spot.end_line, spot.end_column, one.span.end))
    found = {side: {"line": line} for side, line, _, _ in places}
    if at is not None and spot.column:
        for side, _, column, offset in places:
            found[side]["column"] = int(at[offset] - at[offset - column + 1]) + 1
    return found


def _bytes(text: str) -> "Rows":
    """Which byte of the text each of its characters begins with, and where the last one ends."""
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    return np.concatenate(([0], 1 + np.searchsorted(_WIDER, points, "right"))).cumsum()
