"""Text to tokens: words, marks, and the lines and paragraphs they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.fold import fold, plain
from factcheck.text.lexicon import Lexicon, english
from factcheck.text.stop import Cut, kept_stops
from factcheck.text.tape import (
    APOSTROPHE,
    EN_DASH,
    HYPHEN,
    LETTER_APOSTROPHE,
    PAD,
    SPACE,
    Tape,
    flags_of,
    is_digit,
    is_letter,
    is_part,
    tape,
    windows,
)

_BETWEEN: Final = "\n\n"
_HYPHENS: Final = flags_of(ord("-"), HYPHEN)
_GLUE: Final = _HYPHENS | flags_of(ord("'"), APOSTROPHE, LETTER_APOSTROPHE)
"""Join any two parts of a word."""
_JOINS: Final = _GLUE | flags_of(ord("."), ord(","), ord(":"), EN_DASH)
"""Those, and what joins digits; a stop joins the letters of an initialism, too."""


@dataclass(frozen=True, eq=False)
class Tokens:
    """The words and marks of a text, one row each, in order; offsets are code points."""

    text: str
    lexicon: Lexicon
    start: Column
    end: Column
    word: Flags
    lead: Tape
    """Code of the first character."""
    tail: Tape
    """Code of the last one."""
    paragraph: Column
    """0, 1, 2 …: the block between blank lines that holds the token."""
    line: Column
    """0-based number of the line that holds the token."""
    opens: Flags
    """Whether a paragraph starts with the token."""
    tape: Tape
    at: Rows
    """Where on the tape the token begins."""
    length: Rows
    """How many bytes of the tape it takes."""
    documents: Rows
    """Where in the text each document starts: a text may hold many, each in paragraphs of its own."""

    def __len__(self) -> int:
        return len(self.start)

    @cached_property
    def form(self) -> tuple[str, ...]:
        """As written, but apostrophes and hyphens plain."""
        return self._cut(plain(self.text))

    @cached_property
    def fold(self) -> tuple[str, ...]:
        """The same in lower case."""
        return self._cut(fold(self.text))

    @cached_property
    def gap(self) -> Flags:
        """Whether anything stands between the token and the one before it; true for the first and after the last."""
        return np.concatenate(([True], self.start[1:] > self.end[:-1], [True]))[: len(self) + 1]

    @cached_property
    def number(self) -> Column:
        """The token's number in the lexicon, 0 for words that it does not hold."""
        return self.numbered(self.lexicon)

    def numbered(self, lexicon: Lexicon) -> Column:
        """The token's number in any lexicon."""
        if lexicon is self.lexicon and "number" in self.__dict__:
            return self.number
        found, asked = lexicon.numbers(self.tape, self.at, self.length)
        if len(self.text) != len(self.tape) - 2 * PAD:  # combining marks are not on the tape
            asked |= (found > 0) & (self.end - self.start != self.length)
        for row in np.flatnonzero(asked).tolist():
            found[row] = lexicon.number.get(fold(self.text[self.start[row] : self.end[row]]), 0)
        return found

    @cached_property
    def document(self) -> Column:
        """Number of the document that holds the token."""
        first = np.searchsorted(self.start, self.documents.astype(np.int32))  # of like types, or all of it is copied
        count = np.diff(np.append(first, len(self)))
        return np.repeat(np.arange(len(first), dtype=np.int32), count)

    def among(self, words: frozenset[str], rows: Rows | None = None) -> Flags:
        """Whether the token, or each of those in `rows`, is one of these words, all of them the lexicon's."""
        number = self.number if rows is None else self.number.take(rows, mode="clip")
        return self.lexicon.flags(words).take(number)

    def marks(self, among: Flags) -> Rows:
        """Rows of the marks whose codes are `among` these."""
        rows, lead = self._marks
        return rows[among.take(lead)]

    @cached_property
    def _marks(self) -> tuple[Rows, Tape]:
        rows = np.flatnonzero(~self.word)
        return rows, self.lead.take(rows)

    def _cut(self, text: str) -> tuple[str, ...]:
        return tuple(text[a:b] for a, b in zip(self.start.tolist(), self.end.tolist(), strict=True))


def lex_all(texts: Sequence[str], lexicon: Lexicon | None = None) -> Tokens:
    """Cut several texts at once, as paragraphs of one: for short texts what costs is the call, not the text."""
    length = np.array([len(text) + len(_BETWEEN) for text in texts], np.intp)
    tokens = lex(_BETWEEN.join(texts), lexicon)
    return replace(tokens, documents=np.cumsum(length) - length)


def lex(text: str, lexicon: Lexicon | None = None) -> Tokens:
    """Cut `text` into words and marks; white space separates them and is nothing more.

    `lexicon` numbers the words; it holds at least those of `english()`, which is the one used when none is given.
    """
    padded, offsets = tape(text)
    edges = windows(padded)
    cuts = (_cut(padded, first, last) for first, last in pairwise(edges))
    start, end, word, breaks = map(np.concatenate, zip(*cuts, strict=True))
    at, stop = start - PAD, end - PAD
    if offsets is not None:
        at, stop = offsets.take(at), offsets.take(stop)
    opens = _opens(breaks)
    return Tokens(
        text=text,
        lexicon=lexicon or english(),
        start=at.astype(np.int32),
        end=stop.astype(np.int32),
        word=word,
        lead=padded.take(start),
        tail=padded.take(end - 1),
        paragraph=np.cumsum(opens, dtype=np.int32) - np.int32(1),
        line=np.cumsum(breaks, dtype=np.int32),
        opens=opens,
        tape=padded,
        at=start,
        length=end - start,
        documents=np.zeros(1, np.intp),
    )


def _cut(padded: Tape, first: int, last: int) -> tuple[Rows, Rows, Flags, Rows]:
    """Where on the tape the tokens of a window start and end, which are words, and the line breaks before each."""
    tape = np.full(last - first + 2 * PAD, SPACE, np.uint8)
    tape[PAD:-PAD] = padded[first:last]
    part = is_part(tape)
    joined, initial = _joints(tape, part)
    part[joined] = True
    start, end = _edges(tape, part)
    word = part.take(start)
    breaks = _breaks(tape, start)
    hyphens = joined[_HYPHENS.take(tape.take(joined))]
    stops = kept_stops(Cut(tape, start, end, word, _opens(breaks), initial, hyphens))
    if len(stops):
        end[stops - 1] += 1
        kept = np.ones(len(start), np.bool_)
        kept[stops] = False
        start, end, word, breaks = start[kept], end[kept], word[kept], breaks[kept]
    return start + (first - PAD), end + (first - PAD), word, breaks


def _joints(tape: Tape, part: Flags) -> tuple[Rows, Rows]:
    """The marks that join two parts of a word, and those of them that are stops inside initialisms."""
    # What is looked up in a table is looked up of few: the tape as an index takes eight times its room.
    between = part[:-2] & part[2:]
    between &= ~part[1:-1]
    between &= tape[1:-1] != SPACE
    marks = np.flatnonzero(between) + 1
    marks = marks[_JOINS.take(tape.take(marks))]
    code, before, after = tape.take(marks), tape.take(marks - 1), tape.take(marks + 1)
    initial = (code == ord(".")) & is_letter(before) & is_letter(after)
    initial &= ~(part.take(marks - 2) | part.take(marks + 2))
    joined = _GLUE.take(code) | (is_digit(before) & is_digit(after)) | initial
    return marks[joined], marks[initial]


def _edges(tape: Tape, part: Flags) -> tuple[Rows, Rows]:
    """Where tokens start and end: words are runs of parts, any other character that is not blank is a mark."""
    inside = part[1:] & part[:-1]
    np.logical_not(inside, out=inside)
    start = tape > SPACE
    end = start.copy()
    start[1:] &= inside
    end[:-1] &= inside
    return np.flatnonzero(start), np.flatnonzero(end) + 1


def _opens(breaks: Rows) -> Flags:
    """Whether a paragraph starts with the token: two line breaks stand before it, or nothing."""
    opens: Flags = breaks > 1
    opens[:1] = True
    return opens


def _breaks(tape: Tape, at: Rows) -> Rows:
    r"""For each token: how many line breaks stand between it and the one before; `\r\n` is one."""
    breaks = np.flatnonzero(tape < SPACE)
    second = (tape.take(breaks) == ord("\n")) & (tape.take(breaks - 1) == ord("\r"))
    after = np.searchsorted(at, breaks[~second])
    return np.bincount(after, minlength=len(at) + 1)[: len(at)]
