"""How near a pattern comes to a text that it does not match: the most of its parts that stand there together."""

from collections.abc import Iterator, Sequence
from copy import copy
from typing import NamedTuple

from factcheck.judge.reference import Reader
from factcheck.language import syntax
from factcheck.language.lower import Lowering
from factcheck.language.pattern import Edge, Gap, Pattern, Seq
from factcheck.language.syntax import Written
from factcheck.text.article import Article


class Near(NamedTuple):
    """Tokens `first` … `end` - 1 are what some parts of a pattern match, and what its next part fails at."""

    first: int
    end: int
    parts: int
    """How many parts these are; none where a capital is all that keeps the pattern from matching."""
    leads: bool
    """Whether the pattern begins with them."""
    missing: str
    """The part that fails, as it is written."""
    follows: bool
    """Whether it is to stand behind them, and not before."""

    def told(self, article: Article) -> str:
        """In words that go on after the pattern's line."""
        words = in_quotes(article, self.first, self.end)
        if not self.parts:
            return f"would match {words}, but in mid-sentence a capital makes a name of a word"
        how = "gets as far as" if self.leads else "finds"
        return f"{how} {words}, but `{self.missing}` does not {'follow' if self.follows else 'stand before it'}"


def nearest(
    written: Written[syntax.Pattern], pattern: Pattern, reader: Reader, lowering: Lowering, sentences: Sequence[int]
) -> Near | None:
    """Where the most parts of the pattern stand together in one of the sentences, None where there are none.

    `lowering` is that of its file. Raises Exhausted where the reader's steps do not suffice.
    """
    loose = copy(reader)
    loose.memo, loose.free = {}, dict.fromkeys(reader.free, True)
    if spans := list(_spans(loose, pattern, sentences)):
        return Near(*max(spans, key=_length), parts=0, leads=True, missing="", follows=True)
    found = [
        near for items in _sequences(written.value) if (near := _most(written, items, reader, lowering, sentences))
    ]
    return max(found, key=lambda near: (near.end - near.first, near.parts), default=None)


def in_quotes(article: Article, first: int, end: int) -> str:
    """The words of these tokens in quotation marks."""
    tokens = article.tokens
    return f"“{tokens.text[tokens.start[first] : tokens.end[end - 1]]}”"


def _sequences(node: syntax.Pattern) -> Iterator[syntax.Sequence]:
    """The sequences that a pattern is, or that are its alternatives."""
    match node:
        case syntax.Sequence():
            yield node
        case syntax.Choice():
            for option in node.options:
                yield from _sequences(option)
        case syntax.Capture() | syntax.Maybe():
            yield from _sequences(node.item)


def _most(
    written: Written[syntax.Pattern],
    items: syntax.Sequence,
    reader: Reader,
    lowering: Lowering,
    sentences: Sequence[int],
) -> Near | None:
    """Where the most parts of a sequence that follow each other match, those at its beginning first."""
    sequence = lowering.pattern(Written(items, written.text, written.at))
    if not isinstance(sequence, Seq):
        return None
    size = len(sequence.items)
    for count in range(size - 1, 0, -1):
        for a in range(size - count + 1):
            some = sequence.items[a : a + count]
            if isinstance(some[0], Gap) or isinstance(some[-1], Gap) or all(isinstance(one, Edge) for one in some):
                continue
            if spans := list(_spans(reader, Seq(some), sentences)):
                failing = _failing(items, sequence, a, a + count)
                missing = written.text[failing[0].span.start : failing[-1].span.end]
                leads, follows = a == 0, a + count < size
                return Near(*max(spans, key=_length), parts=count, leads=leads, missing=missing, follows=follows)
    return None


def _failing(items: syntax.Sequence, sequence: Seq, a: int, b: int) -> Sequence[syntax.Pattern]:
    """What does not follow the parts from `a` to `b`, or, where these are the last, stand before them.

    A gap is shown with what is to stand on its other side.
    """
    if b < len(sequence.items):
        return items.items[b:] if isinstance(sequence.items[b], Gap) else items.items[b : b + 1]
    return items.items[:a] if isinstance(sequence.items[a - 1], Gap) else items.items[a - 1 : a]


def _spans(reader: Reader, pattern: Pattern, sentences: Sequence[int]) -> Iterator[tuple[int, int]]:
    for sentence in sentences:
        yield from ((first, end) for first, end, _ in reader.matches((pattern,), sentence))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]
