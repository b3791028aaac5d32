"""Patterns and conditions as rows of tokens: what is written, word by word and mark by mark, with its comments."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from factcheck.language import syntax
from factcheck.language.layout import without_comments


class Kind(Enum):
    """What a token is to whoever lays it out."""

    WORD = auto()
    """A word, a mark or a run of them that stays in one piece."""
    LABEL = auto()
    """The name of a capture, which its bracket follows at once."""
    OPEN = auto()
    CLOSE = auto()
    JOINT = auto()
    """What stands between two parts, and at the start of a line: `|`, `and`, `or`."""
    BESIDE = auto()
    """A comment behind something on its line."""
    ALONE = auto()
    """A comment on a line of its own, or an empty line."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is written in one piece; `glued` when there was no space before it."""

    kind: Kind
    text: str
    glued: bool = False

    @property
    def is_comment(self) -> bool:
        """Whether it means nothing, and ends its line."""
        return self.kind in (Kind.BESIDE, Kind.ALONE)


_KINDS = {"(": Kind.OPEN, "[": Kind.OPEN, ")": Kind.CLOSE, "]": Kind.CLOSE, "|": Kind.JOINT}
_BETWEEN = re.compile(r"(?P<mark>[()\[\]|])|(?P<comment>#[^\n]*)|(?P<line>\n)|[^\S\n]+")
_CONDITION = re.compile(r"[^\s()]+")
_JOINTS = ("and", "or")


def of_pattern(written: syntax.Written[syntax.Pattern]) -> list[Token]:
    """The tokens of a pattern. What its leaves do not take up is brackets, bars and comments."""
    return _tokens(written.text, sorted(_leaves(written.value, written.text)))


def of_condition(written: syntax.Written[syntax.Condition]) -> list[Token]:
    """The tokens of a condition."""
    found = _CONDITION.finditer(without_comments(written.text))
    kinds = ((one, Kind.JOINT if one[0] in _JOINTS else Kind.WORD) for one in found)
    return _tokens(written.text, (_Piece(*one.span(), kind, one[0]) for one, kind in kinds))


class _Piece(NamedTuple):
    """A leaf of the tree: where it stands, what it is, how it is to be written."""

    start: int
    end: int
    kind: Kind
    shown: str
    mark: bool = False


def _leaves(node: syntax.Pattern, text: str) -> Iterator[_Piece]:
    """The parts of a pattern that hold no other, and the names of captures, in no order."""
    todo = [node]
    while todo:
        match todo.pop():
            case syntax.Sequence(items=parts) | syntax.Choice(options=parts):
                todo += parts
            case syntax.Maybe(item=part):
                todo.append(part)
            case syntax.Capture(item=part, span=span):
                todo.append(part)
                yield _Piece(*span, Kind.LABEL, text[slice(*span)])
            case syntax.ListName(name=name, span=span):
                yield _Piece(*span, Kind.WORD, f"{{{name}}}")
            case syntax.Inflected(lemma=lemma, kind=kind, forms=forms, span=span) if forms:
                yield _Piece(*span, Kind.WORD, f"{lemma}~{kind}({', '.join(forms)})")
            case leaf:
                yield _Piece(*leaf.span, Kind.WORD, text[slice(*leaf.span)], isinstance(leaf, syntax.Mark))


def _tokens(text: str, pieces: Iterable[_Piece]) -> list[Token]:
    found: list[Token] = []
    at, mark = 0, False
    for piece in pieces:
        found += _between(text, at, piece.start)
        # A mark may lean on a word: `5%`, and the apostrophe of `owners' boats` has to.
        glued = 0 < at == piece.start and (mark or piece.mark)
        found.append(Token(piece.kind, piece.shown, glued))
        at, mark = piece.end, piece.mark
    found += _between(text, at, len(text))
    return list(_dividing(found))


def _dividing(found: Sequence[Token]) -> Iterator[Token]:
    """The tokens without empty lines at a bracket, where they divide nothing."""
    opened = True
    for one, after in zip(found, [*found[1:], None], strict=True):
        idle = opened or after is None or after.kind is Kind.CLOSE
        if not idle or one.text:
            yield one
        opened = one.kind is Kind.OPEN or (opened and one.kind is Kind.BESIDE) or (opened and not one.text)


def _between(text: str, at: int, stop: int) -> Iterator[Token]:
    """The brackets, bars and comments between two leaves, and one empty line where there are any."""
    fresh = empty = False  # whether nothing stands on the line yet, and an empty one came before
    for found in _BETWEEN.finditer(text, at, stop):
        if found["line"]:
            fresh, empty = True, empty or fresh
            continue
        if not (found["mark"] or found["comment"]):
            continue
        if empty:
            yield Token(Kind.ALONE, "")
        if found["mark"]:
            yield Token(_KINDS[found["mark"]], found["mark"])
        else:
            yield Token(Kind.ALONE if fresh else Kind.BESIDE, found["comment"].rstrip())
        fresh = empty = False
    if empty:
        yield Token(Kind.ALONE, "")
