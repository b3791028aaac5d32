"""Patterns that were parsed before, by their text: of a file that has changed only what is new is parsed again.

A pattern's tree is the same wherever it stands, so its text is all there is to ask for.
"""

from collections.abc import Mapping
from typing import Any as Json

from factcheck.language import syntax
from factcheck.span import Span

_NODES = (
    syntax.Word,
    syntax.Exact,
    syntax.Inflected,
    syntax.Star,
    syntax.Mark,
    syntax.Gap,
    syntax.ListName,
    syntax.Class,
    syntax.Capture,
    syntax.Sequence,
    syntax.Choice,
    syntax.Maybe,
)
_NUMBERS = {kind: number for number, kind in enumerate(_NODES)}


class Known:
    """Trees of patterns by their texts, some of them as they were kept by an earlier run."""

    def __init__(self, kept: object = None) -> None:
        """With what `kept` gave, or with nothing."""
        self._kept: Mapping[str, Json] = kept if isinstance(kept, Mapping) else {}
        self._trees: dict[str, syntax.Pattern] = {}
        self.grown = False
        """Whether a pattern has come that was not known before."""

    def get(self, text: str) -> syntax.Pattern | None:
        """The tree of the pattern, if it is known."""
        found = self._trees.get(text)
        if found is None and text in self._kept:
            try:
                found = self._trees[text] = _decoded(self._kept[text])
            except (ValueError, TypeError, IndexError):  # it was not kept by this class: it is parsed anew
                return None
        return found

    def add(self, text: str, tree: syntax.Pattern) -> None:
        """Takes in a pattern that was parsed."""
        self._trees[text] = tree
        self.grown = True

    def kept(self) -> dict[str, Json]:
        """Those that were asked for or have come, to be kept as JSON."""
        return {text: self._kept.get(text) or _encoded(tree) for text, tree in self._trees.items()}


def _encoded(node: syntax.Pattern) -> list[Json]:
    values: list[Json]
    match node:
        case syntax.Sequence(items=parts) | syntax.Choice(options=parts):
            values = [_encoded(part) for part in parts]
        case syntax.Maybe(item=part):
            values = [_encoded(part)]
        case syntax.Capture(name=name, kind=kind, item=part):
            values = [name, kind, _encoded(part)]
        case _:
            values = [getattr(node, name) for name in type(node).__slots__ if name != "span"]
    return [_NUMBERS[type(node)], *node.span, *values]


def _decoded(row: list[Json]) -> syntax.Pattern:
    number, start, end, *values = row
    kind, span = _NODES[number], Span(start, end)
    if kind is syntax.Sequence or kind is syntax.Choice:
        return kind(tuple(map(_decoded, values)), span)
    if kind is syntax.Maybe:
        return syntax.Maybe(_decoded(*values), span)
    if kind is syntax.Capture:
        name, which, item = values
        return syntax.Capture(name, which, _decoded(item), span)
    if kind is syntax.Inflected:
        lemma, which, forms = values
        return syntax.Inflected(lemma, which, forms if forms is None else tuple(forms), span)
    leaf: type[Json] = kind
    return leaf(*values, span)
