"""Files in a format to texts: a process of its own reads them, and what it says is told."""

from collections.abc import Container, Iterator
from dataclasses import replace
from typing import Any

from factcheck_cli.inputs.decoding import BLANK
from factcheck_cli.inputs.origin import Label, Origin, Run, Where
from factcheck_cli.inputs.readers.article import UnreadableError
from factcheck_cli.inputs.readers.cage import answers
from factcheck_cli.inputs.readers.types import TYPES, named
from factcheck_cli.inputs.text import STDIN, Among, Comment, How, Left, Part, Text
from factcheck_cli.log import Report
from factcheck_cli.options import ID_FIELD, TEXT_FIELD

_EDITED = frozenset(("markdown", "html", "rst", "epub"))
"""The formats of files that whoever edits an article writes comments into."""
_FIELDS = frozenset(("json", "parquet"))
"""Those in which fields that are asked for say it."""


def caged(kind: str, part: Part, how: How, report: Report, wanted: range) -> Iterator[Text]:
    """The articles of a file of this type, of those that have numbers the ones that are wanted."""
    question = {
        "name": part.name,
        "whole_page": how.whole_page,
        "text_field": how.text or TEXT_FIELD,
        "id_field": how.id or ID_FIELD,
        "facts": dict(how.kept or how.facts),
        "left": how.left,
    }
    number, left, noted = 0, list[Left](), set[str]()
    try:
        for what, value in answers(kind, part.path, part.data, question):
            if what == "note":
                noted.add(value)
                report.note(part.name, value)
            elif what == "left":
                left.append(Left(*value))
            elif what == "type":
                kind = value
                compare(part, kind, report)
            else:
                number += 1
                if TYPES[kind].many and number >= wanted.stop:
                    return
                if number in wanted or not TYPES[kind].many:
                    found = _text(kind, number, part, (what, value), report, noted, kept=bool(how.kept))
                    yield from (replace(one, left=tuple(left)) for one in found) if left else found
                left.clear()
    except UnreadableError as error:
        report.failure(part.name, str(error))


def _text(  # noqa: PLR0913, PLR0917 - all that is known of it
    kind: str, number: int, part: Part, answer: tuple[str, Any], report: Report, noted: Container[str], *, kept: bool
) -> Iterator[Text]:
    """The text of an article, if it has not been lost; what has been `noted` of its file is not said again.

    What a row says of it is only to be `kept`, or is of its source.
    """
    what, value = answer
    name = f"{part.name}:{number}" if TYPES[kind].many else part.name
    if what == "lost":
        report.failure(name, value)
        return
    name = value["name"] or name
    if not value["text"].strip() and BLANK not in noted:
        report.note(name, BLANK)
    said = {key: value[key] for key in ("title", "byline", "date", "language", "outlet")}
    told = tuple((key, words) for key, words in said.items() if words) if kept and kind in _FIELDS else ()
    is_told = not told and (value["date"] or value["byline"] or value["outlet"])
    if TYPES[kind].rows and not (value["runs"] or value["labels"] or is_told):
        yield Text(name, value["text"], among=Among(part.name, number), told=told)  # offsets are those of the text
        return
    where = Where([Run(*run) for run in value["runs"]], [Label(*label) for label in value["labels"]])
    among = Among(part.name, number) if TYPES[kind].many else None
    # What strangers send or serve cannot say what is to be kept silent about it.
    comments = [Comment(*one) for one in value["comments"]] if kind in _EDITED else []
    yield Text(name, value["text"], value["marks"], Origin(kind, where, **said), among, comments)


def compare(part: Part, kind: str, report: Report) -> None:
    """Notes where the name says another type."""
    by_name = "" if part.name == STDIN else named(part.name)
    if by_name and by_name != kind:
        said = f"this is {TYPES[kind].title}, not {TYPES[by_name].title} as its name says"
        report.note(part.name, f"{said}; --type {by_name} reads it as that")
