"""Checkstyle's XML, which many review tools read: a file an element, a result a line."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from factcheck_cli.formats.results import Report, Result, posix
from factcheck_cli.formats.unread import said, spot_of
from factcheck_cli.formats.xml import DECLARATION, element
from factcheck_cli.own import UNREAD

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.log import Told, Unread
    from factcheck_cli.tally import Tally
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.rulebook import Rulebook

_SEVERITIES: Final = {"note": "info"}
"""What severities are called where it is not the same."""
_FORM: Final = "4.3"
"""The version of the format."""


def begin(_rulebook: "Rulebook", _style: "Style", /, *, file: bool) -> bytes:  # noqa: ARG001 - always the same
    """The opening tag."""
    return f'{DECLARATION}<checkstyle version="{_FORM}">\n'.encode()


def report(text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The results of a document, a line each."""
    return "".join(_files(Report(text, document, sentences, style))).encode()


def unread(found: "Unread", /) -> bytes:
    """A file with one error for each input that could not be read."""
    return "".join(_unread(one) for one in found.every() if not one.is_skip).encode()


def end(_tally: "Tally", _style: "Style", /) -> bytes:
    """The closing tag."""
    return b"</checkstyle>\n"


def _files(found: Report) -> Iterator[str]:
    for file, results in groupby(found.results, key=lambda one: one.spot.file):
        errors = "".join(f"  {_error(one)}\n" for one in results)
        yield element("file", {"name": posix(file)}, f"\n{errors}") + "\n"


def _unread(one: "Told") -> str:
    spot = spot_of(one.name)
    about = {"line": spot.line or 1, "severity": "error", "message": said(one), "source": _source(UNREAD)}
    return element("file", {"name": posix(spot.file)}, f"\n  {element('error', about)}\n") + "\n"


def _source(rule: str) -> str:
    return f"factcheck.{rule.replace('/', '.')}"


def _error(one: Result) -> str:
    place = {"line": one.spot.line or 1} | ({"column": one.spot.column} if one.spot.column else {})
    severity = _SEVERITIES.get(one.severity, one.severity)
    told = {"severity": severity, "message": one.told_with_place, "source": _source(one.rule)}
    return element("error", {**place, **told})
