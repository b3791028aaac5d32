"""Syntax trees of `.fact` files: what was written and where, nothing resolved.

Spans inside a pattern or condition count from its own first character, so equal patterns are equal values wherever
they stand; `Written.at` says where that is in the file.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from factcheck.span import Source, Span

T_co = TypeVar("T_co", covariant=True)

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
