"""A rule file's statements and fields with the comments around them: each belongs to what it stands above or beside.

A comment below the last field of a statement belongs to that statement when it is indented and no empty line comes
before it; else it is about the next one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from factcheck.language import syntax
from factcheck.language.syntax import Written


@dataclass(slots=True)
class Part:
    """A field, the comments on the lines above it ("" an empty line) and the one beside it."""

    field: syntax.Field
    above: list[str]
    beside: str = ""


@dataclass(slots=True)
class Entry:
    """A statement, the comments above and beside its head, its fields, and the comments below them."""

    statement: syntax.Statement
    above: list[str]
    beside: str = ""
    fields: list[Part] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outline:
    """The statements of a file, and the lines after the last that belong to none."""

    entries: list[Entry]
    rest: list[str]

    @property
    def comments(self) -> Iterator[str]:
        """The comments, and empty lines, that stand around statements and fields."""
        for entry in self.entries:
            yield from (*entry.above, entry.beside)
            for part in entry.fields:
                yield from (*part.above, part.beside)
            yield from entry.below
        yield from self.rest


def outline(file: syntax.File) -> Outline:
    """The outline of a file that holds no errors of form."""
    text, at = file.source.text, 0
    entries: list[Entry] = []
    last: Entry | Part | None = None
    for statement in file.statements:
        above = _below(_lines(text[at : statement.span.start], last)[:-1], entries)
        entries.append(last := Entry(statement, above))
        at = _end_of_head(statement)
        for one in statement.fields:
            above = [line.strip() for line in _lines(text[at : one.span.start], last)[:-1]]
            entries[-1].fields.append(last := Part(one, above))
            at = _end(one)
    return Outline(entries, _below(_lines(text[at:], last), entries))


def _lines(gap: str, before: Entry | Part | None) -> list[str]:
    """The lines of what stands between two statements or fields, but for what is beside the one before."""
    lines = gap.split("\n")
    if before is not None:
        before.beside = lines.pop(0).strip()
    return lines


def _below(lines: list[str], entries: list[Entry]) -> list[str]:
    """The lines that do not belong to the last of the entries, which takes those that do."""
    number = 0
    while entries and number < len(lines) and lines[number][:1].isspace() and lines[number].strip():
        number += 1
    if number:
        entries[-1].below = [line.strip() for line in lines[:number]]
    return [line.strip() for line in lines[number:]]


def _end_of_head(statement: syntax.Statement) -> int:
    written = statement.body
    return written.at + len(written.text) if written else (statement.level or statement.name).span.end


def _end(one: syntax.Field) -> int:
    if isinstance(one.value, Written):
        return one.value.at + len(one.value.text)
    return one.value[-1].span.end if one.value else one.span.end
