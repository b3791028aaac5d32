"""The one canonical form of a rule file: the same statements and comments, laid out as the built-in packs are.

What a file means is left alone. Fields stand in the order of the reference, those of one name in the order they were
written; patterns keep every word, mark and bracket.
"""

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Final

from factcheck.diagnostic import Diagnostic
from factcheck.language import layout, syntax, tokens
from factcheck.language.fill import Margins, fill
from factcheck.language.known import Known
from factcheck.language.outline import Entry, Outline, outline
from factcheck.language.parse import parse
from factcheck.language.syntax import Written
from factcheck.language.tokens import Kind, Token
from factcheck.render import width
from factcheck.span import Source

INDENT: Final = 4
ORDER: Final = ("level", *layout.RULE_FIELDS)
"""The fields of rules and amendments as they stand below one another."""

_NAME: Final = 7  # columns of a field's name; the value of a longer one stands further right
_ALIGNED: Final = 10  # columns of the longest name of a list that others are aligned with


class UnfaithfulError(Exception):
    """What came out would not say what the file says: a fault of the formatter, never of the file."""


def formatted(source: Source, problems: list[Diagnostic]) -> str | None:
    """The text in its canonical form; None where it cannot be read, and what is wrong goes to `problems`.

    Raises UnfaithfulError rather than giving a text that reads otherwise, or that lacks a comment.
    """
    file, found = parse(source, known := Known())
    problems += found
    if found:
        return None
    text = "".join(f"{line}\n" for line in _file(outline(file), source.text))
    if text == source.text:
        return text
    again, wrong = parse(Source(source.name, text), known)
    if wrong or meaning(again) != meaning(file) or comments(again) != comments(file):
        raise UnfaithfulError(source.name)
    return text


# ---- what a file says ----


def meaning(file: syntax.File) -> object:
    """What the file says, wherever it says it. Fields of different names may change places, and spaces in tags."""
    return [_bare(replace(one, fields=_ordered(one.kind, one.fields))) for one in file.statements]


def comments(file: syntax.File) -> list[str]:
    """All comments by the alphabet: with their fields they may change places."""
    within = (
        token.text
        for statement in file.statements
        for value in (statement.body, *(field.value for field in statement.fields))
        if isinstance(value, Written)
        for token in _tokens(value)
        if token.is_comment
    )
    return sorted(filter(None, (*within, *outline(file).comments)))


def _bare(value: object) -> object:
    if isinstance(value, syntax.Field) and value.name == "tags" and isinstance(value.value, tuple):
        return value.name, _tags(value.value), [one.quoted for one in value.value if one.quoted]
    if isinstance(value, Written):
        return _bare(value.value)
    if is_dataclass(value):
        return type(value), *(_bare(getattr(value, one.name)) for one in fields(value) if one.name != "span")
    return [_bare(one) for one in value] if isinstance(value, tuple) else value


def _tags(atoms: Sequence[syntax.Atom]) -> list[str]:
    return [" ".join(name.split()) for name in " ".join(atom.text for atom in atoms).split(",")]


def _ordered(kind: str, found: tuple[syntax.Field, ...]) -> tuple[syntax.Field, ...]:
    order = layout.PACK_FIELDS if kind == "pack" else ORDER
    return tuple(sorted(found, key=lambda field: order.index(field.name)))


def _tokens(written: Written[syntax.Pattern] | Written[syntax.Condition]) -> list[Token]:
    if isinstance(written.value, syntax.Test | syntax.Not | syntax.Joined):
        return tokens.of_condition(written)
    return tokens.of_pattern(written)


# ---- how it is laid out ----


def _file(found: Outline, text: str) -> Iterator[str]:
    """The lines of the file."""
    before: Entry | None = None
    for entry, room in zip(found.entries, _rooms(found.entries), strict=True):
        yield from _above(entry, before)
        yield from _statement(entry, room, text)
        before = entry
    rest = _spaced(found.rest)
    if rest and before and not found.rest[0]:
        yield ""
    yield from rest


def _rooms(entries: Sequence[Entry]) -> Iterator[int]:
    """The columns for the name of each list: those of lists that no empty line divides are aligned."""
    at = 0
    while at < len(entries):
        end = at + 1
        while end < len(entries) and _is_list(entries[at]) and _is_list(entries[end]) and "" not in entries[end].above:
            end += 1
        sizes = (width(entry.statement.name.text) for entry in entries[at:end])
        longest = max((size for size in sizes if size <= _ALIGNED), default=0)
        yield from [longest] * (end - at)
        at = end


def _is_list(entry: Entry) -> bool:
    return entry.statement.kind == "list"


def _above(entry: Entry, before: Entry | None) -> Iterator[str]:
    """The comments above a statement, and the empty lines that set it off."""
    above = _spaced(entry.above)
    if before and (_is_tall(entry) or _is_tall(before) or not all(entry.above[:1])):
        yield ""
    yield from above
    if above and not entry.above[-1]:
        yield ""


def _is_tall(entry: Entry) -> bool:
    """Whether the statement stands apart: packs do, and what has fields."""
    return bool(entry.fields) or entry.statement.kind == "pack"


def _spaced(lines: Sequence[str]) -> list[str]:
    """The comments with at most one empty line between two, and none at the ends."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return kept[:-1] if kept and not kept[-1] else kept


def _statement(entry: Entry, room: int, text: str) -> Iterator[str]:
    statement, margin = entry.statement, " " * INDENT
    head = _head(statement, room)
    if statement.body:
        yield from _with(_body(head, _tokens(statement.body)), entry.beside)
    else:
        yield from _with([head], entry.beside)
    pack = statement.kind == "pack"
    order = layout.PACK_FIELDS if pack else ORDER
    column = max(_NAME, *(len(part.field.name) for part in entry.fields)) if pack and entry.fields else _NAME
    for part in sorted(entry.fields, key=lambda one: order.index(one.field.name)):
        yield from (margin + line for line in part.above if line)
        yield from _with(_field(part.field, column, text), part.beside)
    yield from (margin + line for line in entry.below)


def _head(statement: syntax.Statement, room: int) -> str:
    name = statement.name.text
    match statement.kind:
        case "list":
            return f"list {name}{' ' * (room - width(name))} = "
        case "amend list":
            return f"amend list {name} {statement.sign} "
        case kind:
            return f"{kind} {name}" + (f" : {statement.level.text}" if statement.level else "")


def _with(lines: Sequence[str], comment: str) -> Iterator[str]:
    """The lines with a comment beside the last."""
    *most, last = lines
    yield from most
    yield f"{last}  {comment}" if comment else last


def _body(head: str, found: Sequence[Token]) -> list[str]:
    """A list, on as many lines as it takes. One that is a bracket as a whole has them between its two marks."""
    first, *others = fill(found, Margins(width(head), INDENT))
    if not others or not _is_bracket(found):
        return [head + first, *others]
    opening, inner = "(", found[1:-1]
    if inner[0].kind is Kind.BESIDE:
        opening, inner = f"(  {inner[0].text}", inner[1:]
    first, *others = fill(inner, Margins(INDENT, INDENT, inside=True))
    return [head + opening, " " * INDENT + first, *others, ")"]


def _is_bracket(found: Sequence[Token]) -> bool:
    """Whether the first token opens a bracket that the last one closes."""
    depth = 0
    for token in found[:-1]:
        depth += {Kind.OPEN: 1, Kind.CLOSE: -1}.get(token.kind, 0)
        if not depth:
            return False
    return True


def _field(field: syntax.Field, column: int, text: str) -> list[str]:
    """The lines of a field. A message stands alone, without its name."""
    value, margin = field.value, " " * INDENT
    if not isinstance(value, Written):
        shown = _plain(field.name, value or (), text)
        name = "" if field.name == "message" and shown else f"{field.name:<{column}} "
        return [f"{margin}{name}{shown}".rstrip()]
    head = f"{margin}{field.name:<{column}} "
    first, *others = fill(_tokens(value), Margins(len(head), len(head)))
    return [head + first, *others]


def _plain(name: str, atoms: Sequence[syntax.Atom], text: str) -> str:
    """A value of words and strings as it was written, with one space between two."""
    if name == "tags" and not any(atom.quoted for atom in atoms) and all(found := _tags(atoms)):
        return ", ".join(found)
    return " ".join(text[slice(*atom.span)] for atom in atoms)
