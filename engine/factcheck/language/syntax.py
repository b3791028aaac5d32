"""Syntax trees of `.fact` files: what was written and where, nothing resolved.

Spans inside a pattern or condition count from its own first character, so equal patterns are equal values wherever
they stand; `Written.at` says where that is in the file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from factcheck.span import Source, Span

T_co = TypeVar("T_co", covariant=True)

_BRACKET = re.compile(r"[()\[\]]|\\.|'(?:\\.|[^'\\\n])+'|#[^\n]*")
"""A bracket; what may hold some that are none (an escaped mark, an exact form, a comment) is taken as a whole."""

# ---- patterns ----


@dataclass(frozen=True, slots=True)
class Word:
    """`could`, `Monday`: a word, by the case rule."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Exact:
    """`'Sky Sports'`: words and marks exactly as written."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Inflected:
    """`use~`, `claim~v`, `lie~(lie, lies)`: `kind` is what follows the tilde, `forms` the bracketed ones."""

    lemma: str
    kind: str
    forms: tuple[str, ...] | None
    span: Span


@dataclass(frozen=True, slots=True)
class Star:
    """`investigat*`, `*n't`: a word by its beginning or its ending, as written."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Mark:
    r"""`,` or `\(`: a mark; `"` stands for any quotation mark unless `literal`."""

    char: str
    literal: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Gap:
    """`...5`: up to `limit` words in between."""

    limit: int
    span: Span


@dataclass(frozen=True, slots=True)
class ListName:
    """`{name}` or `{pack.name}`."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Class:
    """`<name>`, `<name>'s`, `<number>`, `<start>`."""

    name: str
    possessive: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Capture:
    """`source:( … )`, `source.anonymous:( … )`; `span` is that of the name."""

    name: str
    kind: str
    item: "Pattern"
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """`a b`: one after the other."""

    items: tuple["Pattern", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """`a | b`: either."""

    options: tuple["Pattern", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Maybe:
    """`[a]`: that or nothing."""

    item: "Pattern"
    span: Span


Pattern = Word | Exact | Inflected | Star | Mark | Gap | ListName | Class | Capture | Sequence | Choice | Maybe


def list_names(pattern: "Pattern | Condition") -> Iterator[ListName]:
    """The lists that a pattern names itself, in the order written; a condition names none."""
    match pattern:
        case ListName():
            yield pattern
        case Sequence(items=inner) | Choice(options=inner):
            for part in inner:
                yield from list_names(part)
        case Maybe() | Capture():
            yield from list_names(pattern.item)
        case _:
            return


# ---- conditions ----


@dataclass(frozen=True, slots=True)
class Test:
    """`in quote`, `without hedge`, `verbless`: a relation and what it is about (empty for `verbless`)."""

    relation: str
    subject: str
    span: Span


@dataclass(frozen=True, slots=True)
class Not:
    """`not …`."""

    item: "Condition"


@dataclass(frozen=True, slots=True)
class Joined:
    """`… and …`, `… or …`."""

    operator: str
    items: tuple["Condition", ...]


Condition = Test | Not | Joined

# ---- statements ----


@dataclass(frozen=True, slots=True)
class Atom:
    """A word or a string of a plain field's value."""

    text: str
    quoted: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Written(Generic[T_co]):
    """A pattern or condition and the offset in the file where its own spans start."""

    value: T_co
    text: str
    at: int

    def place(self, span: Span) -> Span:
        """Where in the file a span of the value is."""
        return span.shifted(self.at)

    def spelt(self, node: Pattern) -> Span:
        """Where in the file a part of the value is, with all brackets that belong to it."""
        start, end = node.span.start, _end(node, self.text)
        while _opened(self.text[start:end]) < 0 and (before := self.text[:start].rstrip()):
            start = len(before) - 1
        for _ in range(_opened(self.text[start:end])):
            end = next((found.end() for found in _BRACKET.finditer(self.text, end) if found[0] in ")]"), end)
        return Span(start, end).shifted(self.at)


def _end(node: Pattern, text: str) -> int:
    """Where a part ends, but for brackets around its last one; the span of a capture is that of its name alone."""
    match node:
        case Sequence():
            return _end(node.items[-1], text)
        case Choice():
            return _end(node.options[-1], text)
        case Capture():
            return _closed(text, node.span.end)
    return node.span.end


def _closed(text: str, at: int) -> int:
    """Where the bracket that opens at `at` is closed."""
    depth = 0
    for found in _BRACKET.finditer(text, at):
        depth += (found[0] in "([") - (found[0] in ")]")
        if depth == 0 and found[0] in ")]":
            return found.end()
    return len(text)


def _opened(text: str) -> int:
    """How many brackets are open at the end of the text, or below 0 how many are closed that it does not open."""
    found = [one[0] for one in _BRACKET.finditer(text)]
    return sum(one in "([" for one in found) - sum(one in ")]" for one in found)


Value = tuple[Atom, ...] | Written[Pattern] | Written[Condition]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a statement; a bare string is the field `message`. A value that could not be read is None."""

    name: str
    value: Value | None
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: `kind` is pack, list, rule, amend, amend list or disable; what a kind lacks is None or empty."""

    kind: str
    name: Atom
    span: Span
    level: Atom | None = None
    sign: str = ""
    body: Written[Pattern] | None = None
    fields: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A parsed file: the statements that could be read, in order."""

    source: Source
    statements: tuple[Statement, ...]
