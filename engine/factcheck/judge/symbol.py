"""Tokens to symbols: all that patterns can tell about a token as one number, the same for all tokens alike to them."""

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from factcheck.judge.leaves import WordLeaves, leaves
from factcheck.judge.reference import PASSED
from factcheck.language.pattern import RUNS, Mark, Quote
from factcheck.language.program import Program
from factcheck.tables import DamagedError, Table, Tables, check, from_json, named, to_json, under
from factcheck.text.article import Article
from factcheck.text.columns import Column, Flags, Rows, distinct
from factcheck.text.ending import endings
from factcheck.text.fold import fold, plain
from factcheck.text.lexicon import Lexicon, english_words
from factcheck.text.runs import Runs
from factcheck.text.tape import CODES, HYPHEN, OTHER, code, is_upper

_KEPT: Final = 200_000
"""Rare words whose symbols are remembered; then they are forgotten together."""
_NO: Final = -1
_SIDES: Final = ("", "opening", "closing")
"""What a mark does for a quotation: nothing, or it opens or closes one."""
_BEGINS, _INSIDE, _ENDS, _POSSESSIVE = 1, 2, 4, 8
_BITS: Final = 4
"""Of one kind of run."""


class Part(NamedTuple):
    """A token of a run: is it the first, is it the last?"""

    kind: str
    possessive: bool
    begins: bool
    ends: bool


class Symbol(NamedTuple):
    """What patterns can tell about a token."""

    leaves: tuple[int, ...]
    """Those it satisfies."""
    passed: str
    """How a gap passes it: as a `word`, as a `mark`, or (empty) not at all."""
    parts: tuple[Part, ...]
    """The runs it is part of."""


class Symbols:
    """The symbols of a program, numbered as texts bring them."""

    def __init__(self, program: Program, tables: Tables | None = None) -> None:
        """Those known from the `tables` that symbols of the same program gave; DamagedError when none did."""
        self.leaves = leaves(program)
        self._words = WordLeaves(self.leaves)
        words = self._words.known | english_words()
        if tables:
            self.lexicon = Lexicon.restored(under("lexicon.", tables))
            if not words <= self.lexicon.number.keys():
                raise DamagedError
            self.table = _decoded(tables["symbols"], len(self.leaves))
        else:
            self.lexicon = Lexicon(words)
            self.table = []
        self._numbers = {symbol: number for number, symbol in enumerate(self.table)}
        self._cased = self.lexicon.flags(self._words.cased)
        self._by_number = self._stored(tables, "by number", 2 * len(self.lexicon))
        self._by_ending = self._stored(tables, "by ending", 4)
        self._by_mark = self._stored(tables, "by mark", len(_SIDES) * 256)
        self._by_form: dict[tuple[str, bool], int] = {}
        self._in_run: dict[tuple[int, int], int] = {}
        quotes = [(leaf.side, number) for leaf, number in self.leaves.items() if isinstance(leaf, Quote)]
        self._quotes = [[number for own, number in quotes if side and own in ("", side)] for side in _SIDES]
        self._marks = {leaf.char: number for leaf, number in self.leaves.items() if isinstance(leaf, Mark)}
        self._shared = np.zeros(256, np.bool_)
        self._shared[[code(char) for char in self._marks if code(char) in _SHARED]] = True

    def tables(self) -> Tables:
        """What is known so far, to be kept."""
        return {
            "symbols": from_json([(one.leaves, one.passed, [tuple(part) for part in one.parts]) for one in self.table]),
            "by number": self._by_number,
            "by ending": self._by_ending,
            "by mark": self._by_mark,
            **named("lexicon.", self.lexicon.tables()),
        }

    def of(self, article: Article) -> Column:
        """The symbol of each token."""
        found = np.empty(len(article.tokens), np.int32)
        self._read_words(article, found)
        self._read_marks(article, found)
        self._read_runs(article, found)
        return found

    def _stored(self, tables: Tables | None, name: str, size: int) -> Column:
        """The stored table of symbols with this name, or an empty one."""
        if not tables:
            return np.full(size, _NO, np.int32)
        check(tables[name], (size,), _NO, len(self.table))
        return tables[name].astype(np.int32)

    def _number(self, symbol: Symbol) -> int:
        if symbol not in self._numbers:
            self._numbers[symbol] = len(self.table)
            self.table.append(symbol)
        return self._numbers[symbol]

    def _read_words(self, article: Article, found: Column) -> None:
        tokens, free = article.tokens, is_free(article)
        number = tokens.numbered(self.lexicon)
        asked = self._cased.take(number) | self._words.may_fit(tokens)
        asked |= tokens.end - tokens.start != tokens.length  # combining marks are on no tape
        asked &= tokens.word
        known = number > 0
        rows = np.flatnonzero(tokens.word & ~asked & known)
        _fill(found, rows, number.take(rows) * 2 + free.take(rows), self._by_number, self._of_number)
        rows = np.flatnonzero(tokens.word & ~asked & ~known)
        _fill(
            found,
            rows,
            endings(tokens.tape, tokens.at.take(rows), tokens.length.take(rows)),
            self._by_ending,
            self._of_ending,
        )
        for row in np.flatnonzero(asked).tolist():
            found[row] = self._of_form(tokens.text[tokens.start[row] : tokens.end[row]], free=bool(free[row]))

    def _of_number(self, number: int) -> int:
        low = self.lexicon.words[number // 2 - 1]
        # No leaf asks how this word is written: where it is not free, any capital will do.
        return self._word(low if number % 2 else low.capitalize(), low, free=bool(number % 2))

    def _of_ending(self, ending: int) -> int:
        return self._number(Symbol(self._words.of_ending(ending), "word", ()))

    def _of_form(self, text: str, *, free: bool) -> int:
        key = (text, free)
        if key not in self._by_form:
            if len(self._by_form) >= _KEPT:
                self._by_form.clear()
            self._by_form[key] = self._word(plain(text), fold(text), free=free)
        return self._by_form[key]

    def _word(self, form: str, low: str, *, free: bool) -> int:
        return self._number(Symbol(self._words.satisfied(form, low, free=free), "word", ()))

    def _read_marks(self, article: Article, found: Column) -> None:
        tokens, quotations = article.tokens, article.quotations
        side = quotations.mark * np.int8(_SIDES.index("closing")) - quotations.opening
        rows = np.flatnonzero(~tokens.word)
        shared = self._shared.take(tokens.lead.take(rows))
        for row in rows[shared].tolist():
            found[row] = self._mark(fold(tokens.text[tokens.start[row]]), int(side[row]))
        rows = rows[~shared]
        codes = tokens.lead.take(rows).astype(np.intp) * len(_SIDES) + side.take(rows)
        _fill(found, rows, codes, self._by_mark, self._of_mark)

    def _of_mark(self, number: int) -> int:
        return self._mark(_CHARACTERS.get(number // len(_SIDES), ""), number % len(_SIDES))

    def _mark(self, char: str, side: int) -> int:
        """The symbol of a mark; `side` is what it does for a quotation, by its place in `_SIDES`."""
        found = [self._marks[char]] if char in self._marks else []
        found += self._quotes[side]
        return self._number(Symbol(tuple(found), "mark" if char in PASSED else "", ()))

    def _read_runs(self, article: Article, found: Column) -> None:
        bits = np.zeros(len(found), np.int32)
        for number, kind in enumerate(RUNS):
            bits |= _parts(article.names if kind == "name" else article.shapes[kind], len(found)) << _BITS * number
        rows = np.flatnonzero(bits)
        pairs = found.take(rows).astype(np.int64) << 32 | bits.take(rows)
        different, which = distinct(pairs)
        symbols = [self._of_pair(pair >> 32, pair & 0xFFFFFFFF) for pair in different.tolist()]
        found[rows] = np.array(symbols, np.int32).take(which)

    def _of_pair(self, base: int, bits: int) -> int:
        if (base, bits) not in self._in_run:
            own = ((kind, bits >> _BITS * number) for number, kind in enumerate(RUNS))
            parts = (Part(k, bool(b & _POSSESSIVE), bool(b & _BEGINS), bool(b & _ENDS)) for k, b in own if b & _INSIDE)
            self._in_run[base, bits] = self._number(self.table[base]._replace(parts=tuple(parts)))
        return self._in_run[base, bits]


def _decoded(table: Table, leaves: int) -> list[Symbol]:
    """The symbols that a table holds."""
    try:
        symbols = [Symbol(tuple(own), passed, tuple(Part(*p) for p in parts)) for own, passed, parts in to_json(table)]
        known = all(0 <= leaf < leaves for symbol in symbols for leaf in symbol.leaves)
    except (TypeError, ValueError) as error:
        raise DamagedError from error
    if not known or len(set(symbols)) < len(symbols):
        raise DamagedError
    return symbols


_SHARED: Final = {number for number in CODES.values() if number != HYPHEN} | {OTHER}
"""Codes that several marks have, or one that is no ASCII."""
_CHARACTERS: Final = {number: chr(number) for number in range(128)} | {
    number: fold(char) for char, number in CODES.items() if fold(char).isascii()
}
"""Of the other codes the mark."""


def _fill(found: Column, rows: Rows, codes: Rows, table: Column, make: Callable[[int], int]) -> None:
    """Sets what stands in `rows` by their codes; what the table does not have yet is made."""
    symbols = table.take(codes)
    if len(symbols) and symbols.min() < 0:
        for number in sorted(set(codes[symbols < 0].tolist())):
            table[number] = make(number)
        symbols = table.take(codes)
    found[rows] = symbols


def _parts(runs: Runs, size: int) -> Column:
    """For each token: the bits that say where in a run it stands; 0 outside of all."""
    change = np.zeros(size + 1, np.int32)
    held = _INSIDE + _POSSESSIVE * runs.possessive
    change[runs.first] += held
    change[runs.end] -= held
    found = np.cumsum(change[:-1], dtype=np.int32)
    found[runs.first] |= _BEGINS
    found[runs.end - 1] |= _ENDS
    return found


def is_free(article: Article) -> Flags:
    """Where a capital tells nothing: words that have none, starts of sentences, headings."""
    tokens, sentences = article.tokens, article.sentences
    upper = is_upper(tokens.lead)
    inner = is_upper(tokens.tape)
    inner[tokens.at] = False
    at = np.flatnonzero(inner)
    upper[np.searchsorted(tokens.at, at, side="right") - 1] = True
    free: Flags = ~upper | article.starts
    for n in np.flatnonzero(sentences.heading).tolist():
        free[sentences.first[n] : sentences.end[n]] = True
    return free
