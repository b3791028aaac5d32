"""Tokens to sentences: at every mark that can end one, look at the words before and after it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, repeat
from typing import Final, Literal, NamedTuple

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Column, Flags
from factcheck.text.lex import Tokens
from factcheck.text.marks import CLOSERS, DASHES, OPENERS, QUOTATION_MARKS, opens_line

Mode = Literal["auto", "lines"]
"""`auto` finds the sentences; in `lines` each line that is not empty is one."""

_WIDE: Final = frozenset("。\uff01\uff1f｡")
_TERMINATORS: Final = frozenset(".!?…") | _WIDE
_ASKING: Final = frozenset("?\uff1f")
_BULLETS: Final = frozenset("•◦▪‣\u2043●")
_BEFORE_WORD: Final = OPENERS | DASHES | _BULLETS | frozenset("$£€¥#@*·")
_REACH: Final = 4
"""Marks and words looked at after a terminator."""
_NO_HEADING: Final = _TERMINATORS | frozenset(":;,")
_LONGEST_HEADING: Final = 14
_FRONTED: Final = 4
"""A time of day this near to its sentence's start opens it: "At 5 a.m. Mr. Abara left."."""
_NUMBER: Final = re.compile(r"[0-9]{1,3}|[a-z]")


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The sentences of a text, one row each, in order; together they hold every token once."""

    first: Column
    """Row of the first token."""
    end: Column
    """Row after the last token."""
    start: Column
    """Code point of the first character."""
    stop: Column
    """Code point after the last character."""
    paragraph: Column
    heading: Flags
    caption: Flags
    """Plain text marks none; a format that does will say so."""
    question: Flags

    def __len__(self) -> int:
        return len(self.first)


def segment(tokens: Tokens, mode: Mode = "auto") -> Sentences:
    """Cut `tokens` into sentences."""
    if mode == "lines":
        edges, paragraph = (np.flatnonzero(np.diff(tokens.line)) + 1).tolist(), _quoted_paragraphs(tokens)
    else:
        edges, paragraph = _Walk(tokens).edges(), tokens.paragraph
    first = np.array([0, *edges] if len(tokens) else [], np.int32)
    end = np.append(first[1:], np.int32(len(tokens))) if len(tokens) else first
    heading = np.zeros(len(first), np.bool_) if mode == "lines" else _headings(tokens)[paragraph[first]]
    return Sentences(
        first=first,
        end=end,
        start=tokens.start[first],
        stop=tokens.end[end - 1],
        paragraph=paragraph[first],
        heading=heading,
        caption=np.zeros(len(first), np.bool_),
        question=np.array(list(map(_asks, repeat(tokens), first.tolist(), end.tolist())), np.bool_),
    )


def _asks(tokens: Tokens, first: int, end: int) -> bool:
    return _last_mark(tokens, first, end) in _ASKING


def _last_mark(tokens: Tokens, first: int, end: int) -> str:
    """The last token of a range, closing quotation marks and brackets aside."""
    last = end - 1
    while last > first and tokens.form[last] in CLOSERS:
        last -= 1
    return tokens.form[last]


def _headings(tokens: Tokens) -> Flags:
    """For each paragraph: one line, few words, no mark at the end, not a quotation, and something after it."""
    edges = np.flatnonzero(np.diff(tokens.paragraph, prepend=-1)).tolist()
    words, line = tokens.word.tolist(), tokens.line.tolist()
    found = np.zeros(len(edges), np.bool_)
    for row, (first, end) in enumerate(pairwise(edges)):
        found[row] = (
            line[first] == line[end - 1]
            and sum(words[first:end]) <= _LONGEST_HEADING
            and _last_mark(tokens, first, end)[-1] not in _NO_HEADING
            and tokens.form[first] not in QUOTATION_MARKS
            and any(char.isalpha() for form in tokens.form[first:end] for char in form)
        )
    return found


def _quoted_paragraphs(tokens: Tokens) -> Column:
    """Paragraphs of a text of one sentence a line: a line that opens with a quotation mark starts one, too."""
    new = np.diff(tokens.paragraph, prepend=tokens.paragraph[:1]) > 0
    for row in (np.flatnonzero(np.diff(tokens.line)) + 1).tolist():
        new[row] |= opens_line(tokens, row)
    return np.cumsum(new, dtype=np.int32)


class _Item(NamedTuple):
    """What marks an entry of a list: `2.`, `b)`, a bullet."""

    style: str
    value: int
    length: int
    """In tokens."""

    def leads_to(self, other: "_Item") -> bool:
        """Whether `other` is the list's next entry."""
        return self.style == other.style and (self.style in _BULLETS or self.value + 1 == other.value)


class _Walk:
    """One walk over the tokens; what it remembers is the sentence, the list and the run of terminators it is in."""

    def __init__(self, tokens: Tokens) -> None:
        self.form, self.fold = tokens.form, tokens.fold
        self.word: list[bool] = tokens.word.tolist()
        self.gap: list[bool] = [True, *(tokens.start[1:] > tokens.end[:-1]).tolist(), True]
        self.line: list[int] = tokens.line.tolist()
        self.paragraph: list[int] = tokens.paragraph.tolist()
        self.first = 0
        self.item: _Item | None = None
        self.body = 0
        """Row after the mark of the list entry that opens the sentence."""
        self.stop = -1
        """Row of the first terminator of the run that ends at the last row seen; -1 outside of a run."""

    def edges(self) -> list[int]:
        """Rows of the first tokens of all sentences but the first."""
        edges: list[int] = []
        for row in range(len(self.form)):
            item = self._item(row)
            if row == 0 or self._is_edge(row, item):
                edges.append(row)
                self._begin(row, item)
            self._follow(row)
        return edges[1:]

    def _begin(self, row: int, item: _Item | None) -> None:
        if row and self.paragraph[row] != self.paragraph[row - 1]:
            self.item = None
        self.first, self.stop = row, -1
        self.body = row + item.length if item else row
        self.item = item or self.item

    def _is_edge(self, row: int, item: _Item | None) -> bool:
        """Whether a sentence begins at `row`."""
        if self.paragraph[row] != self.paragraph[row - 1]:
            return True
        if item and row > self.body:
            opens = self.line[row] != self.line[row - 1] and (item.value <= 1 or item.style in _BULLETS)
            if opens or (self.item and self.item.leads_to(item)):
                return True
        return self.stop >= self.body and not self._goes_on(row) and self._ends(row)

    def _follow(self, row: int) -> None:
        """Bring the run of terminators and the closing marks after it up to `row`."""
        form = self.form[row]
        if self._goes_on(row):
            return
        if form in _TERMINATORS or (self.word[row] and form[-1] == "."):
            self.stop = row
        else:
            self.stop = -1

    def _goes_on(self, row: int) -> bool:
        """Whether the run of terminators that ends before `row` takes in the mark at `row`."""
        if self.stop < 0:
            return False
        form = self.form[row]
        if self._is_note(row):
            return True
        if self.gap[row]:
            return form == self.form[row - 1] == "."  # the stops of a spaced ellipsis
        return form in _TERMINATORS or form in CLOSERS

    def _is_note(self, row: int) -> bool:
        """Whether the token belongs to a reference in brackets after the stop: `They left. [12] We stayed.`."""
        middle = row + 1 if self.form[row] == "[" else row if self.form[row - 1] == "[" else row - 1
        return self.form[middle - 1 : middle + 2 : 2] == ("[", "]") and self.form[middle].isdecimal()

    def _ends(self, row: int) -> bool:
        """Whether the run of terminators before `row` ends its sentence."""
        stop = self.stop
        if not self.gap[row]:
            return self.form[row - 1] in _WIDE
        if self.form[stop - 1] in {"[", "°"} or self._is_ellipsis(stop, row):
            return False
        word = self._next_word(row)
        if word < 0 or self.form[word].islower():
            return False
        if self.word[stop] and self.form[row - 1] not in _TERMINATORS:
            return self._abbreviation_ends(word)
        return not (self.form[stop] in "?!" and self.form[row - 1] in QUOTATION_MARKS and self._reports(row))

    def _is_ellipsis(self, first: int, end: int) -> bool:
        """Whether the marks are three spaced stops; a fourth would be the sentence's own."""
        return self.form[first:end] == (".", ".", ".") and self.gap[first] and self.gap[end - 1]

    def _next_word(self, row: int) -> int:
        """Row of the word at `row`, or after the few marks that may stand before a first word; -1 if there is none."""
        for near in self._near(row):
            if self.word[near]:
                return near
            if self.form[near] not in _BEFORE_WORD:
                break
        return -1

    def _abbreviation_ends(self, word: int) -> bool:
        """Whether the stop of the abbreviation at the run is its sentence's, too; `word` is the next word's row."""
        short = self.fold[self.stop]
        if not self.form[word][0].isalpha() or (short[:-1] in tables.TITLES and short not in {"st.", "mt."}):
            return False
        if short in {"e.g.", "i.e."}:
            return False
        if short == "etc." or self.fold[word] in tables.OPENERS:
            return True
        return short in {"a.m.", "p.m."} and self.stop - self.first > _FRONTED

    def _reports(self, row: int) -> bool:
        """Whether `row` opens the words around a quotation: `Ruth Abara asked.`."""
        for near in self._near(row):
            if self.fold[near] in tables.REPORTING:
                return near > row and not any(self.word[near + 1 : near + 2])
            if not self.word[near]:
                break
        return False

    def _near(self, row: int) -> Iterator[int]:
        """The rows from `row` on that are looked at: a few, in its paragraph."""
        for near in range(row, min(row + _REACH, len(self.form))):
            if self.paragraph[near] != self.paragraph[row]:
                break
            yield near

    def _item(self, row: int) -> _Item | None:
        """The mark of a list entry at `row`."""
        form = self.form[row]
        if form in _BULLETS or (form in DASHES | {"*"} and self._opens_line(row) and self.gap[row + 1]):
            return _Item(form, 0, self._number_length(row + 1) + 1)
        length = self._number_length(row) if self.gap[row] else 0
        if not length:
            return None
        style = "".join(self.form[row + 1 : row + length])
        return _Item("1" + style, int(form), length) if form.isdigit() else _Item("a" + style, ord(form) - 96, length)

    def _number_length(self, row: int) -> int:
        """How many tokens make up the number of a list entry at `row`: `2.`, `b)`, `3.)`; 0 when there is none."""
        if row >= len(self.form) or not _NUMBER.fullmatch(self.form[row]):
            return 0
        end = row + 1
        while not self.gap[end] and self.form[end] in {".", ")"}:
            end += 1
        return end - row if row + 1 < end <= row + 3 and self.gap[end] else 0

    def _opens_line(self, row: int) -> bool:
        return row == 0 or self.line[row] != self.line[row - 1]
