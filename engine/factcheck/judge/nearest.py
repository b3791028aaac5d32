"""How near a pattern comes to a text that it does not match: the most of its parts that stand there together."""

from collections.abc import Iterator, Sequence
from copy import copy
from typing import Final, NamedTuple

from factcheck.judge.reference import Reader
from factcheck.language import syntax
from factcheck.language.lower import Lowering
from factcheck.language.pattern import Gap, Maybe, Pattern, Seq
from factcheck.language.syntax import Written
from factcheck.text.article import Article

_FREE: Final = (Maybe, Gap)
"""Parts that a match may do without."""
_SLIPS: Final = {
    "or": "`or` is a word like any other: alternatives stand apart with `|`",
    "?": "`?` is the mark itself: a part that may be missing stands in `[ ]`",
    "=": "`=` is the mark itself: a pattern follows its field with nothing between",
    "n't": "`n't` is no word of its own: write `*n't`, or the word with it",
}
"""Remedies for what is mostly no part of a pattern as it is meant."""
_LONG: Final = 60
"""Characters of a part that is shown whole."""


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
            return f"would match {words}, but the capital there makes a name of it"
        how = "gets as far as" if self.leads else "finds"
        fails = f"does not {'follow' if self.follows else 'stand before it'}"
        return f"{how} {words}, but `{_short(self.missing)}` {fails}{_slip(self.missing)}"


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


def _short(part: str) -> str:
    """The part on one line, or its beginning."""
    text = " ".join(part.split())
    return text if len(text) <= _LONG else f"{text[:_LONG].rsplit(' ', 1)[0]} …"


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
    size, needed = len(sequence.items), [not isinstance(item, _FREE) for item in sequence.items]
    for count in range(size - 1, 0, -1):
        for a in range(size - count + 1):
            b = a + count
            if not (needed[b - 1] and (needed[a] or a == 0)) or isinstance(sequence.items[a], Gap):
                continue
            if spans := [span for span in _spans(reader, Seq(sequence.items[a:b]), sentences) if _speaks(reader, span)]:
                leads, follows = a == 0, any(needed[b:])
                failing = _failing(items.items, needed, a, b)
                missing = _whole(written.text, failing[0].span.start, _end(failing[-1]))
                return Near(*max(spans, key=_length), parts=count, leads=leads, missing=missing, follows=follows)
    return None


def _failing(items: Sequence[syntax.Pattern], needed: Sequence[bool], a: int, b: int) -> Sequence[syntax.Pattern]:
    """What does not follow the parts from `a` to `b`: as far as the next one that is needed.

    Where these are the last that are needed, it is what does not stand before them.
    """
    if any(needed[b:]):
        return items[b : needed.index(True, b) + 1]
    return items[max((k for k in range(a) if needed[k]), default=0) : a]


def _end(part: syntax.Pattern) -> int:
    """Where a part ends but for its bracket; of a capture it is the name that has a span."""
    return _end(part.item) if isinstance(part, syntax.Capture) else part.span.end


def _whole(text: str, start: int, end: int) -> str:
    """The piece of a pattern with the brackets that belong to it: the span of a group is what stands inside them."""
    piece = text[start:end]
    for _ in range(piece.count(")") - piece.count("(")):
        start = max(text.rfind("(", 0, start), 0)
    for _ in range(piece.count("(") - piece.count(")")):
        end = text.find(")", end) + 1 or len(text)
    return text[start:end]


def _slip(missing: str) -> str:
    """What to write instead of a word or mark there that other languages of patterns have, and a text hardly ever."""
    found = next((remedy for word in missing.split() if (remedy := _SLIPS.get(word.strip("()[]")))), "")
    return f"; {found}" if found else ""


def _spans(reader: Reader, pattern: Pattern, sentences: Sequence[int]) -> Iterator[tuple[int, int]]:
    for sentence in sentences:
        yield from ((first, end) for first, end, _ in reader.matches((pattern,), sentence))


def _speaks(reader: Reader, span: tuple[int, int]) -> bool:
    """Whether there is a word among these tokens: that a comma stands somewhere tells nothing."""
    return any(reader.word[token] for token in range(*span))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0]
