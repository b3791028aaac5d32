"""The annotations of GitHub's workflows: a command a line, which is shown beside the line of the file."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from factcheck_cli.formats.results import Report, Result, Spot, posix
from factcheck_cli.formats.unread import said, spot_of
from factcheck_cli.own import UNREAD

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.log import Told, Unread
    from factcheck_cli.terminal.style import Style

_COMMANDS: Final = {"note": "notice"}
"""What severities are called where it is not the same."""


def report(text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The results of a document, a line each."""
    return "".join(f"{_command(one)}\n" for one in Report(text, document, sentences, style).results).encode()


def unread(found: "Unread", /) -> bytes:
    """An error for each input that could not be read."""
    return "".join(f"{_unread(one)}\n" for one in found.every() if not one.is_skip).encode()


def _unread(one: "Told") -> str:
    return command("error", {**place(spot_of(one.name)), "title": UNREAD}, said(one))


def _command(one: Result) -> str:
    return command(one.severity, {**place(one.spot), "title": f"{one.sentence.level}: {one.rule}"}, one.told_with_place)


def place(spot: Spot) -> dict[str, str]:
    """The properties that tell where something is, as far as that is known."""
    found = {"file": posix(spot.file)}
    if spot.line:
        found["line"] = str(spot.line)
    if spot.column:
        found |= {"col": str(spot.column), "endLine": str(spot.end_line)}
        if spot.end_line == spot.line and spot.end_column > spot.column:
            found["endColumn"] = str(spot.end_column)
    return found


def command(severity: str, properties: Mapping[str, str], message: str) -> str:
    """A command, with all in it escaped that would end it or begin another."""
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS.get(severity, severity)} {told}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
