"""Very long texts in pieces that are read one after the other, so that memory is bounded however long a text is."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from factcheck.text.article import Article, read_all
from factcheck.text.columns import Flags
from factcheck.text.lexicon import Lexicon
from factcheck.text.marked import Mark, within
from factcheck.text.segment import Mode

LONGEST: Final = 2_000_000
"""Characters of a piece, at most: several novels, so that no article is ever cut."""
_TAIL: Final = 20_000
"""Characters at the end of what fits that are looked at for a place to cut."""
_BLANK: Final = re.compile(r"\s*")
_BREAK: Final = re.compile(r"\r\n?|\n")
_TWO: Final = 2


class Piece(NamedTuple):
    """Some sentences of a text."""

    text: str
    marks: tuple[Mark, ...]
    start: int
    """Where in the whole text it starts."""
    opens: bool
    """Whether a paragraph begins with it."""
    last: bool
    """Whether the text ends with it."""


def is_long(text: str) -> bool:
    """Whether the text makes several pieces."""
    return len(text) > LONGEST


def pieces(
    text: str, mode: Mode = "auto", lexicon: Lexicon | None = None, marks: Sequence[Mark] = ()
) -> Iterator[Piece]:
    """The text, in pieces where it is longer than one may be; together they are the text.

    It is cut where the last paragraph that fits begins, else the last sentence, and neither within a quotation nor
    before one nor behind a heading if that can be helped; in mode `lines` where a line begins; else after a word.
    """
    start, opens = 0, True
    while len(text) - start > LONGEST:
        end = _end(text, start, mode, lexicon, marks)
        yield Piece(text[start:end], within(marks, start, end), start, opens, last=False)
        start, opens = end, _opens(text, end)
    rest = text[start:] if start else text
    yield Piece(rest, within(marks, start, len(text)), start, opens, last=True)


def _end(text: str, start: int, mode: Mode, lexicon: Lexicon | None, marks: Sequence[Mark]) -> int:
    """Where the piece that starts there ends."""
    end = start + LONGEST
    if mode == "lines":
        line = max(text.rfind("\n", start, end), text.rfind("\r", start, end - 1)) + 1
        return line if line > start else _after_word(text, start, end)
    tail = max(end - _TAIL, start)
    article = read_all([text[tail:end]], mode, lexicon, [within(marks, tail, end)])
    for fit in _fit(article):
        if fit.any():
            return tail + int(article.sentences.start[1:][fit][-1])
    return _after_word(text, start, end)


def _fit(article: Article) -> Iterator[Flags]:
    """Which sentences, of all but the first, may begin a piece: first the best ones, then others."""
    sentences, inside = article.sentences, article.quotations.inside
    first = sentences.first[1:]
    held = inside.take(first)
    torn = (held >= 0) & (held == inside.take(first - 1))
    plain = (held < 0) & ~sentences.heading[:-1]
    opening = np.diff(sentences.paragraph) > 0
    yield opening & plain
    yield opening & ~torn
    yield plain
    yield ~torn
    yield np.ones(len(first), np.bool_)


def _after_word(text: str, start: int, end: int) -> int:
    blank = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
    return blank + 1 if blank > start else end


def _opens(text: str, at: int) -> bool:
    """Whether a blank line stands around a place where a text is cut."""
    found = _BLANK.match(text, at)
    before = len(text[max(at - _TAIL, 0) : at].rstrip())
    blank = text[max(at - _TAIL, 0) + before : found.end() if found else at]
    return len(_BREAK.findall(blank)) >= _TWO
