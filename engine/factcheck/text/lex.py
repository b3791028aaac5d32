"""Text to tokens: words, marks, and the lines and paragraphs they stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from factcheck.text.columns import Breaks, Column, Flags, Rows, few, holders
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
    fold_tape,
    is_digit,
    is_letter,
    is_part,
    pad,
    tape,
    windows,
)

_BETWEEN: Final = "\n\n"
_HYPHENS: Final = flags_of(ord("-"), HYPHEN)
_GLUE: Final = _HYPHENS | flags_of(ord("'"), APOSTROPHE, LETTER_APOSTROPHE)
"""Join any two parts of a word."""
_BLANKS: Final = 10
"""Blanks after a token that are gone over one by one."""
_SHORT: Final = 4
"""Digits of a number that are looked at together."""
_COMMA, _STOP = ord(","), ord(".")
"""Two of three marks are one of these."""
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
    gap: Flags
    """Whether anything stands between the token and the one before it; true for the first and after the last."""
    breaks: Breaks
    """The line breaks before tokens."""
    opens: Flags
    """Whether a paragraph starts with the token."""
    tape: Tape
    at: Column
    """Where on the tape the token begins."""
    length: Column
    """How many bytes of the tape it takes."""
    joints: Column
    """Where on the tape apostrophes and hyphens stand inside words."""
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
    def paragraph(self) -> Column:
        """0, 1, 2 …: the block between blank lines that holds the token."""
        return self.opens.cumsum(dtype=np.int32) - np.int32(1)

    @cached_property
    def line(self) -> Column:
        """0-based number of the line that holds the token."""
        found = np.zeros(len(self), np.int32)
        found[self.breaks.row] = self.breaks.size
        return found.cumsum(dtype=np.int32)

    @cached_property
    def folded(self) -> Tape:
        """The tape with plain apostrophes and hyphens."""
        return self.tape if self.text.isascii() else fold_tape(self.tape)

    @cached_property
    def has_attached(self) -> bool:
        """Whether any word has combining marks, which are not on the tape."""
        return len(self) > 0 and bool(self.end[-1] != self.at[-1] + self.length[-1] - PAD)

    @cached_property
    def number(self) -> Column:
        """The token's number in the lexicon, 0 for words that it does not hold."""
        return self.numbered(self.lexicon)

    def numbered(self, lexicon: Lexicon) -> Column:
        """The token's number in any lexicon."""
        if lexicon is self.lexicon and "number" in self.__dict__:
            return self.number
        found, asked = lexicon.numbers(self.folded, self.at, self.length)
        if self.has_attached:
            asked |= (found > 0) & (self.end - self.start != self.length)
        for row in few(asked).tolist():
            found[row] = lexicon.number.get(fold(self.text[self.start[row] : self.end[row]]), 0)
        return found

    @cached_property
    def document(self) -> Column:
        """Number of the document that holds the token."""
        return holders(self.document_first, len(self))

    @cached_property
    def document_first(self) -> Rows:
        """For each document: row of its first token, or of the next one's where it has none."""
        return self.start.searchsorted(self.documents.astype(np.int32))  # of like types, or all of it is copied

    @cached_property
    def paragraph_first(self) -> Rows:
        """For each paragraph the row of its first token."""
        return few(self.opens)

    def opens_line(self, rows: Rows) -> Flags:
        """Whether each of these tokens is the first one of its line."""
        return (rows == 0) | _among(rows, self.breaks.row)

    def opens_document(self, rows: Rows) -> Flags:
        """Whether each of these tokens is the first one of its document."""
        return _among(rows, self.document_first)

    def is_decimal(self, rows: Rows) -> Flags:
        """Whether each of these words is made of digits alone."""
        at, length = self.at.take(rows), self.length.take(rows)
        place = np.arange(_SHORT)
        digits = is_digit(self.tape.take(at[:, None] + place))
        found = np.logical_and.reduce(digits | (place >= length[:, None]), axis=1)
        odd = found & ((length > _SHORT) | (self.end.take(rows) - self.start.take(rows) != length))
        for k in odd.nonzero()[0].tolist():
            found[k] = self.text[self.start[rows[k]] : self.end[rows[k]]].isdecimal()
        return found

    def among(self, words: frozenset[str], rows: Rows | None = None) -> Flags:
        """Whether the token, or each of those in `rows`, is one of these words, all of them the lexicon's."""
        number = self.number if rows is None else self.number.take(rows, mode="clip")
        return self.lexicon.flags(words).take(number)

    def marks(self, among: Flags) -> Rows:
        """Rows of the marks whose codes are `among` these."""
        rows, lead = self._marks if among[_COMMA] or among[_STOP] else self._rarer_marks
        return rows[among.take(lead)]

    @cached_property
    def _marks(self) -> tuple[Rows, Tape]:
        rows = (~self.word).nonzero()[0]
        return rows, self.lead.take(rows)

    @cached_property
    def _rarer_marks(self) -> tuple[Rows, Tape]:
        rows, lead = self._marks
        rarer = ((lead != _COMMA) & (lead != _STOP)).nonzero()[0]
        return rows.take(rarer), lead.take(rarer)

    def _cut(self, text: str) -> tuple[str, ...]:
        return tuple(text[a:b] for a, b in zip(self.start.tolist(), self.end.tolist(), strict=True))


def _among(rows: Rows, known: Rows) -> Flags:
    """Which of `rows` are in `known`, which is in order."""
    if not len(known):
        return np.zeros(len(rows), np.bool_)
    return known.take(known.searchsorted(rows), mode="clip") == rows


def lex_all(texts: Sequence[str], lexicon: Lexicon | None = None) -> Tokens:
    """Cut several texts at once, as paragraphs of one: for short texts what costs is the call, not the text."""
    length = np.array([len(text) + len(_BETWEEN) for text in texts], np.intp)
    return _lex(_BETWEEN.join(texts), lexicon, length.cumsum() - length)


def lex(text: str, lexicon: Lexicon | None = None) -> Tokens:
    """Cut `text` into words and marks; white space separates them and is nothing more.

    `lexicon` numbers the words; it holds at least those of `english()`, which is the one used when none is given.
    """
    return _lex(text, lexicon, np.zeros(1, np.intp))


def _lex(text: str, lexicon: Lexicon | None, documents: Rows) -> Tokens:
    padded, offsets = tape(text)
    edges = windows(padded)
    window = _joined([_cut(padded, first, last) for first, last in pairwise(edges)])
    at, breaks = window.at, window.breaks
    length = window.end - at
    start, end = at - np.int32(PAD), window.end - np.int32(PAD)
    if offsets is not None:
        start, end = offsets.take(start), offsets.take(end)
    opens = np.zeros(len(at), np.bool_)
    opens[:1] = True
    opens[breaks.row[breaks.size > 1]] = True
    return Tokens(
        text=text,
        lexicon=lexicon or english(),
        start=start,
        end=end,
        word=window.word,
        lead=window.lead,
        tail=window.tail,
        gap=window.gap,
        breaks=breaks,
        opens=opens,
        tape=padded,
        at=at,
        length=length,
        joints=window.joints,
        documents=documents,
    )


class _Window(NamedTuple):
    """The tokens of a part of a tape, one row each, and the line breaks before them."""

    at: Column
    end: Column
    word: Flags
    lead: Tape
    tail: Tape
    gap: Flags
    """One row more than the others have."""
    joints: Column
    breaks: Breaks


def _joined(parts: list[_Window]) -> _Window:
    """The windows of a tape as one."""
    if len(parts) == 1:
        return parts[0]
    at, end, word, lead, tail, _, joints = (np.concatenate(column) for column in list(zip(*parts, strict=True))[:-1])
    gap = np.concatenate([part.gap[:-1] for part in parts] + [parts[-1].gap[-1:]])
    first = np.cumsum([0] + [len(part.at) for part in parts]).tolist()
    row = np.concatenate([part.breaks.row + before for part, before in zip(parts, first, strict=False)])
    count = np.concatenate([part.breaks.size for part in parts])
    return _Window(at, end, word, lead, tail, gap, joints, Breaks(row, count))


def _cut(padded: Tape, first: int, last: int) -> _Window:
    """The tokens of the tape from `first` to `last`."""
    whole = first == PAD and last == len(padded) - PAD
    tape = padded if whole else pad(padded[first:last])
    part = is_part(tape)
    joints = _joints(tape, part)
    at = _starts(tape, part)
    lead = tape.take(at)
    rows, lines = _breaks(at, lead)
    cut = Cut(tape, part, at, lead, rows, lines)
    dropped = np.concatenate((rows, kept_stops(cut)))
    dropped.sort(kind="stable")  # of two that are in order
    if len(dropped):
        kept = np.ones(len(at), np.bool_)
        kept[dropped] = False
        kept_rows = kept.nonzero()[0]
        at, lead = at.take(kept_rows), lead.take(kept_rows)
    end, gap, tail = _ends(tape, at)
    row = lines.row - dropped.searchsorted(lines.row)
    before = row < len(at)
    word = part.take(at)
    at += first - PAD
    end += first - PAD
    breaks = Breaks(row[before], lines.size[before])
    joints += first - PAD
    at, end, joints = at.astype(np.int32), end.astype(np.int32), joints.astype(np.int32)
    return _Window(at, end, word, lead, tail, gap, joints, breaks)


def _joints(tape: Tape, part: Flags) -> Rows:
    """Make the marks that join two parts of a word `part` of it; places of the apostrophes and hyphens among them."""
    # What is looked up in a table is looked up of few: the tape as an index takes eight times its room.
    between = part[:-2] & part[2:]
    between &= tape[1:-1] != SPACE
    np.greater(between, part[1:-1], out=between)
    marks = few(between) + 1
    marks = marks[_JOINS.take(tape.take(marks))]
    code, before, after = tape.take(marks), tape.take(marks - 1), tape.take(marks + 1)
    initial = (code == ord(".")) & is_letter(before) & is_letter(after)
    initial &= ~(part.take(marks - 2) | part.take(marks + 2))
    glue = _GLUE.take(code)
    part[marks[glue | initial | (is_digit(before) & is_digit(after))]] = True
    return marks[glue]


def _starts(tape: Tape, part: Flags) -> Rows:
    """Where tokens start: words are runs of parts, any other character that is not blank is a mark, as is a break."""
    start = tape != SPACE
    inside = part[1:] & part[:-1]
    np.greater(start[1:], inside, out=start[1:])
    return start.nonzero()[0]


def _ends(tape: Tape, at: Rows) -> tuple[Rows, Flags, Tape]:
    """Where the tokens at `at` end, whether a gap is before each and after the last, and their last characters.

    The next one's start tells, but for the blanks before it.
    """
    gap = np.ones(len(at) + 1, np.bool_)
    last = np.empty(len(at), np.intp)
    if not len(at):
        return last, gap, tape[:0]
    np.subtract(at[1:], 1, out=last[:-1])
    np.less_equal(tape.take(last[:-1]), SPACE, out=gap[1:-1])
    last[:-1] -= gap[1:-1]
    last[-1] = at[-1] + (tape[at[-1] :] > SPACE).nonzero()[0][-1]
    tail = tape.take(last)
    blank = few(tail <= SPACE)
    for _ in range(_BLANKS):
        if not len(blank):
            break
        near = last.take(blank) - 1
        last[blank] = near
        tail[blank] = code = tape.take(near)
        blank = blank[code <= SPACE]
    else:
        inked = (tape > SPACE).nonzero()[0]
        near = inked.take(inked.searchsorted(last.take(blank)) - 1)
        last[blank], tail[blank] = near, tape.take(near)
    last += 1
    return last, gap, tail


def _breaks(at: Rows, lead: Tape) -> tuple[Rows, Breaks]:
    r"""The line breaks among the tokens at `at`, and how many stand together before which token; `\r\n` is one."""
    rows = few(lead < SPACE)
    if not len(rows):
        return rows, Breaks(rows, rows)
    after = rows + 1
    begins = np.ones(len(rows), np.bool_)
    np.not_equal(rows[1:], after[:-1], out=begins[1:])
    runs = begins.nonzero()[0]
    edges = np.append(runs, len(rows))
    count = edges[1:] - edges[:-1]
    if np.count_nonzero(returns := lead.take(rows) == ord("\r")):
        place = at.take(rows)
        second = (place[1:] - place[:-1] == 1) & returns[:-1] & ~returns[1:]
        count -= np.add.reduceat(np.append(False, second), runs, dtype=np.intp)
    return rows, Breaks(after.take(edges[1:] - 1), count)
