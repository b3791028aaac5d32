"""A result a line, as compilers write: `article.txt:3:14: warning: …`, for hooks, logs and editors that jump to it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from factcheck_cli.formats.results import Report, Result
from factcheck_cli.terminal.style import clean

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.terminal.style import Style


def report(text: "Text", document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The results of a document, a line each."""
    return "".join(f"{_line(one)}\n" for one in Report(text, document, sentences, style).results).encode()


def _line(one: Result) -> str:
    """The place, then what is the matter there, and by which rule."""
    place = one.spot._replace(where="").called()
    return f"{clean(place)}: {one.severity}: {one.sentence.level}: {one.told_with_place} [{one.rule}]"
