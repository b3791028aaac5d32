"""Checkstyle's XML, which many review tools read: a file an element, a result a line."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from factcheck_cli.formats.results import Report, Result, posix
from factcheck_cli.formats.xml import DECLARATION, element

if TYPE_CHECKING:
    from factcheck import Document, Scanner, Sentence
    from factcheck_cli.reading import Text
    from factcheck_cli.style import Style
    from factcheck_cli.tally import Tally

_SEVERITIES: Final = {"note": "info"}
"""What severities are called where it is not the same."""
_FORM: Final = "4.3"
"""The version of the format."""


def begin(_scanner: "Scanner", _style: "Style", /, *, file: bool) -> bytes:  # noqa: ARG001 - always the same
    """The opening tag."""
    return f'{DECLARATION}<checkstyle version="{_FORM}">\n'.encode()


def report(text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The results of a document, a line each."""
    return "".join(_files(Report(text, document, sentences, style))).encode()


def end(_tally: "Tally", _style: "Style", /) -> bytes:
    """The closing tag."""
    return b"</checkstyle>\n"


def _files(found: Report) -> Iterator[str]:
    for file, results in groupby(found.results, key=lambda one: one.spot.file):
        errors = "".join(f"  {_error(one)}\n" for one in results)
        yield element("file", {"name": posix(file)}, f"\n{errors}") + "\n"


def _error(one: Result) -> str:
    place = {"line": one.spot.line or 1} | ({"column": one.spot.column} if one.spot.column else {})
    severity = _SEVERITIES.get(one.severity, one.severity)
    source = f"factcheck.{one.rule.replace('/', '.')}"
    return element("error", {**place, "severity": severity, "message": one.told_with_place, "source": source})
