"""Tokens to sentences: at every mark that can end one, look at the words before and after it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np

from factcheck.text.boundary import Ends, ends
from factcheck.text.columns import Column, Flags, Rows, few, holders
from factcheck.text.item import Items, items
from factcheck.text.lex import Tokens
from factcheck.text.marked import Marks
from factcheck.text.marks import ASKING, CLOSERS, QUOTATION_MARKS, TERMINATORS, opens_line, table
from factcheck.text.tape import PICTOGRAPH, flags_of, is_letter

Mode = Literal["auto", "lines"]
"""`auto` finds the sentences; in `lines` each line that is not empty is one."""

_CLOSERS: Final = table(CLOSERS) | flags_of(PICTOGRAPH)
_ASKING: Final = table(ASKING)
_NO_HEADING: Final = table(TERMINATORS | frozenset(":;,"))
_QUOTATION_MARKS: Final = table(QUOTATION_MARKS)
_LONGEST_HEADING: Final = 14
_BULLET: Final = -2
"""What a bullet has for a number: it follows any other of its style."""
_FRONTED: Final = 4
"""A time of day this near to its sentence's start opens it: "At 5 a.m. Mr. Abara left."."""


@dataclass(frozen=True, eq=False)
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
    document: Column
    heading: Flags
    caption: Flags
    """Plain text marks none, nor code and mail; a format that does says so."""
    code: Flags
    mail: Flags
    """Quoted from an earlier letter."""
    question: Flags

    def __len__(self) -> int:
        return len(self.first)

    @cached_property
    def of(self) -> Column:
        """For each token: number of its sentence."""
        return holders(self.first, self.end[-1] if len(self) else 0)

    def first_of(self, rows: Rows) -> Column:
        """For each of these tokens: row of the first token of its sentence."""
        return self.first.take(self.of.take(rows))

    def end_of(self, rows: Rows) -> Column:
        """For each of these tokens: row after the last token of its sentence."""
        return self.end.take(self.of.take(rows))


def segment(tokens: Tokens, mode: Mode = "auto", marks: Marks | None = None) -> Sentences:
    """Cut `tokens` into sentences; at the edges of `marks` they open paragraphs."""
    edge = np.diff(tokens.line, prepend=-1) > 0 if mode == "lines" else _edges(tokens)
    first = few(edge).astype(np.int32)
    end = np.empty_like(first)
    end[:-1], end[-1:] = first[1:], len(tokens)
    last = _last_mark(tokens, first, end)
    none = np.zeros(len(first), np.bool_)
    if mode == "lines":
        paragraph, heading = _quoted_paragraphs(tokens).take(first), none
    else:
        paragraph = tokens.opens.take(first).cumsum(dtype=np.int32) - np.int32(1)
        heading = _headings(tokens).take(paragraph)
    start = tokens.start.take(first)
    document = holders(first.searchsorted(tokens.document_first.astype(np.int32)), len(first))
    caption = code = mail = none
    if marks:
        # Where headings are marked none is guessed, nor in an entry or a cell.
        guessed = heading & ~marks.heads(tokens.documents).take(document) & ~marks.hold(start)
        heading = guessed | marks.hold(start, "heading")
        caption, code, mail = (marks.hold(start, kind) for kind in ("caption", "code", "mail"))
    return Sentences(
        first=first,
        end=end,
        start=start,
        stop=tokens.end.take(end - 1),
        paragraph=paragraph,
        document=document,
        heading=heading,
        caption=caption,
        code=code,
        mail=mail,
        question=_ASKING.take(tokens.tail.take(last)),
    )


def _last_mark(tokens: Tokens, first: Rows, end: Rows) -> Rows:
    """The last token of each range, closing quotation marks, brackets and pictographs aside."""
    last: Rows = end - 1
    closes = (_CLOSERS.take(tokens.lead.take(last)) & ~tokens.word.take(last)).nonzero()[0]
    if not len(closes):
        return last
    closers = tokens.marks(_CLOSERS)
    run = closers - np.arange(len(closers))  # the same for all that stand in one row of closers
    at = closers.searchsorted(last.take(closes))
    start = closers.take(run.searchsorted(run.take(at)))
    last[closes] = np.maximum(start - 1, first.take(closes))
    return last


def _headings(tokens: Tokens) -> Flags:
    """For each paragraph: one line, few words, no mark at the end, not a quotation, a letter in it, a text after it."""
    first = tokens.paragraph_first
    found = np.zeros(len(first), np.bool_)
    if len(first) == 1:
        return found
    # No other line break stands between these and the next ones; after the last paragraph of a text there is nothing.
    after = tokens.breaks.row.searchsorted(first[1:])
    before = tokens.breaks.row.searchsorted(first[:-1], side="right")
    likely = (after == before).nonzero()[0]
    begins, end = first.take(likely), first.take(likely + 1)
    kept = ~_NO_HEADING.take(tokens.tail.take(_last_mark(tokens, begins, end)))
    kept &= ~_QUOTATION_MARKS.take(tokens.lead.take(begins))
    kept &= ~tokens.opens_document(end)
    likely = likely[kept]  # few: only their words have to be looked at
    found[likely] = _is_short_text(tokens, first.take(likely), first.take(likely + 1))
    return found


def _is_short_text(tokens: Tokens, first: Rows, end: Rows) -> Flags:
    """Whether there are few words from `first` to `end`, and a letter."""
    if not len(first):
        return np.zeros(0, np.bool_)
    length = end - first
    at = length.cumsum() - length
    rows = (first - at).repeat(length) + np.arange(length.sum())
    words = np.add.reduceat(tokens.word.take(rows), at, dtype=np.int32)
    return (words <= _LONGEST_HEADING) & np.logical_or.reduceat(is_letter(tokens.lead.take(rows)), at)


def _quoted_paragraphs(tokens: Tokens) -> Column:
    """Paragraphs of a text of one sentence a line: a line that opens with a quotation mark starts one, too."""
    new = np.diff(tokens.paragraph, prepend=tokens.paragraph[:1]) > 0
    rows = np.diff(tokens.line).nonzero()[0] + 1
    new[rows] |= opens_line(tokens, rows)
    return new.cumsum(dtype=np.int32)


def _edges(tokens: Tokens) -> Flags:
    """Which tokens start a sentence."""
    edge = tokens.opens.copy()
    found = ends(tokens)
    edge[found.after[~found.clock]] = True
    entries = _relevant(tokens, edge, items(tokens))
    return _with_items(tokens, edge, found, entries) if len(entries) or found.clock.any() else edge


def _relevant(tokens: Tokens, edge: Flags, entries: Items) -> Items:
    """Without those before which, in their paragraph, no list can have begun."""
    if not len(entries):
        return entries
    begins = edge.take(entries.row) | (tokens.opens_line(entries.row) & (entries.bullet | (entries.value <= 1)))
    rows = begins.nonzero()[0]
    if len(rows) == len(begins):
        return entries
    paragraph = tokens.paragraph_first.searchsorted(entries.row, side="right")
    last = np.append(-1, paragraph.take(rows)).take(begins.cumsum())
    return entries.take((paragraph == last).nonzero()[0])


def _with_items(tokens: Tokens, edge: Flags, found: Ends, entries: Items) -> Flags:
    """The same with the entries of lists, and with the times of day that end a sentence.

    Both hang on where the sentence began: these few are gone through in order.
    """
    clock = found.clock.nonzero()[0]
    rows = np.concatenate((found.after.take(clock), entries.row))
    order = rows.argsort(kind="stable")  # of two at one row the time of day comes first
    none = np.full(len(clock), -1)
    sure = few(edge)
    columns = (
        rows,
        sure.take(sure.searchsorted(rows) - 1, mode="clip"),
        np.concatenate((found.stop.take(clock), np.full(len(entries), -1))),
        *(
            np.concatenate((none, column))
            for column in (
                tokens.paragraph_first.searchsorted(entries.row, side="right"),
                tokens.opens_line(entries.row) & (entries.bullet | (entries.value <= 1)),
                entries.length,
                entries.style,
                np.where(entries.bullet, _BULLET, entries.value),
                _own_ends(found, entries),
            )
        ),
    )
    edges = bytearray(edge.tobytes())
    _walk(edges, *(column.take(order).tolist() for column in columns))
    return np.frombuffer(edges, np.bool_)


def _walk(edges: bytearray, *columns: list[int]) -> None:
    """One walk over entries and times of day; what it remembers is the sentence and the list it is in."""
    begun = body = -1  # row of the last of them that made an edge, and the row after an entry's mark
    cancelled = -1  # row of the last sure edge that is none, for an entry's own stop had made it
    listed, item, due = -1, -1, 0  # paragraph and style of the list at hand, and the number that its next entry has
    for row, before, stop, paragraph, opens, length, style, value, own in zip(*columns, strict=True):
        first = begun if before in (cancelled, begun) or begun > before else before
        if stop >= 0:
            if stop - first > _FRONTED:
                edges[row] = True
                begun = body = row
            continue
        if not edges[row]:
            follows = listed == paragraph and item == style and value in (due, _BULLET)
            if row <= (body if first == begun else first) or not (opens or follows):
                continue
            edges[row] = True
        listed, item, due, begun, body = paragraph, style, value + 1, row, row + length
        if own >= 0:
            cancelled = own
            edges[own] = False


def _own_ends(found: Ends, entries: Items) -> Rows:
    """For each entry: the row that would start a sentence for the stop of the entry's own mark (`2.`), or -1."""
    if not len(found.stop):
        return np.full(len(entries), -1)
    near = found.stop.searchsorted(entries.row + 1)
    stop = found.stop.take(near, mode="clip")
    own = (near < len(found.stop)) & (stop < entries.row + entries.length)
    return np.where(own, found.after.take(near, mode="clip"), -1)
