"""GitLab's report on code quality, which merge requests show: an array, one result a line."""

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from factcheck_cli.formats.results import Report, Result, Spot, posix
from factcheck_cli.formats.unread import said, spot_of
from factcheck_cli.own import UNREAD

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.log import Told, Unread
    from factcheck_cli.tally import Tally
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.rulebook import Rulebook

BETWEEN: Final = b","
"""What parts the pages of two documents."""
_SEVERITIES: Final = {"error": "critical", "warning": "minor", "note": "info"}


def begin(_rulebook: "Rulebook", _style: "Style", /, *, file: bool) -> bytes:  # noqa: ARG001 - always the same
    """The opening bracket."""
    return b"["


def report(text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The results of a document, a line each."""
    results = Report(text, document, sentences, style).results
    return BETWEEN.join(b"\n" + orjson.dumps(_record(one, document.name)) for one in results)


def unread(found: "Unread", /) -> bytes:
    """The inputs that could not be read, a line each."""
    return BETWEEN.join(b"\n" + orjson.dumps(_unread(one)) for one in found.every() if not one.is_skip)


def end(_tally: "Tally", _style: "Style", /) -> bytes:
    """The closing bracket."""
    return b"\n]\n"


def _record(one: Result, document: str) -> dict[str, Any]:
    """A result. Its fingerprint is its own in the whole report; a line is needed, so what has none is on the first."""
    return {
        "description": one.told_with_place,
        "check_name": one.rule,
        "fingerprint": _fingerprint(document, one.fingerprint),
        "severity": _SEVERITIES[one.severity],
        "location": _location(one.spot),
    }


def _unread(one: "Told") -> dict[str, Any]:
    return {
        "description": said(one),
        "check_name": UNREAD,
        "fingerprint": _fingerprint(one.name, UNREAD, one.message),
        "severity": _SEVERITIES["error"],
        "location": _location(spot_of(one.name)),
    }


def _fingerprint(*parts: str) -> str:
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _location(spot: Spot) -> dict[str, Any]:
    return {"path": _path(spot.file), "lines": {"begin": spot.line or 1, "end": spot.end_line or 1}}


def _path(name: str) -> str:
    """The path from where the scan runs, which is to be the root of the repository."""
    path = Path(name)
    return posix(str(path.relative_to(Path.cwd()))) if path.is_relative_to(Path.cwd()) else posix(name)
