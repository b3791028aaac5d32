"""Very long texts in pieces that are read one after the other, so that memory is bounded however long a text is."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from factcheck.text.article import Article, read
from factcheck.text.columns import Rows
from factcheck.text.lexicon import Lexicon
from factcheck.text.segment import Mode

LONGEST: Final = 2_000_000
"""Characters of a piece, at most: several novels, so that no article is ever cut."""
_TAIL: Final = 20_000
"""Characters at the end of what fits that are looked at for a place to cut."""


class Piece(NamedTuple):
    """Some sentences of a text."""

    text: str
    start: int
    """Where in the whole text it starts."""
    opens: bool
    """Whether a paragraph begins with it."""


def is_long(text: str) -> bool:
    """Whether the text makes several pieces."""
    return len(text) > LONGEST


def pieces(text: str, mode: Mode = "auto", lexicon: Lexicon | None = None) -> Iterator[Piece]:
    """The text, in pieces where it is longer than one may be; together they are the text.

    It is cut where the last paragraph that fits begins, else the last sentence outside quotations, else the last word.
    """
    start, opens = 0, True
    while len(text) - start > LONGEST:
        end = start + LONGEST
        cut, next_opens = _cut(text[end - min(_TAIL, LONGEST) : end], mode, lexicon)
        end -= min(_TAIL, LONGEST) - cut
        yield Piece(text[start:end], start, opens)
        start, opens = end, next_opens
    yield Piece(text[start:] if start else text, start, opens)


def _cut(tail: str, mode: Mode, lexicon: Lexicon | None) -> tuple[int, bool]:
    """Where to cut the tail of a piece, and whether a paragraph begins there."""
    article = read(tail, mode, lexicon)
    sentences = article.sentences
    opening = 1 + np.flatnonzero(np.diff(sentences.paragraph))
    for rows, opens in ((opening, True), (_between(article), False)):
        if len(rows):
            return int(sentences.start[rows[-1]]), opens
    blank = max(tail.rfind(" "), tail.rfind("\n"))
    return (blank + 1 if blank >= 0 else len(tail)), False


def _between(article: Article) -> Rows:
    """The sentences but the first that no quotation holds together with what is before them."""
    first, inside = article.sentences.first[1:], article.quotations.inside
    held = inside.take(first)
    rows: Rows = 1 + np.flatnonzero((held < 0) | (held != inside.take(first - 1)))
    return rows
