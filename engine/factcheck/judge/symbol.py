"""Tokens to symbols: all that patterns can tell about a token as one number, the same for all tokens alike to them.

A table says the symbol of each word of the lexicon by its number. What a table cannot say is asked of few: how words
are written of which some leaf asks that, how those end that no table names, and in which runs a token stands.
"""

from collections.abc import Callable, Iterable
from typing import Final

import numpy as np

from factcheck.judge.alphabet import BEGINS, BITS, ENDS, INSIDE, POSSESSIVE, SHIFTS, Alphabet
from factcheck.judge.leaves import KINDS, Endings, WordLeaves, indexed
from factcheck.judge.numbered import Numbered
from factcheck.judge.reference import PASSED
from factcheck.judge.rows import rows_of, spread
from factcheck.judge.written import MIXED, Written
from factcheck.language.pattern import Mark, Quote
from factcheck.tables import DamagedError, Tables, check, named, under
from factcheck.text.article import Article
from factcheck.text.columns import Column, Flags, Rows, distinct
from factcheck.text.ending import endings
from factcheck.text.fold import fold, plain
from factcheck.text.lex import Tokens
from factcheck.text.lexicon import Lexicon, english_words
from factcheck.text.tape import CODES, HYPHEN, OTHER, PAD, PICTOGRAPH, SPACE, code, is_upper

_KEPT: Final = 200_000
"""Rare words whose symbols are remembered; then they are forgotten together."""
_NO, _CASED = -1, -2
"""In a table of symbols: none yet; it depends on how the word is written."""
_SIDES: Final = ("", "opening", "closing")
"""What a mark does for a quotation: nothing, or it opens or closes one."""


class Symbols:
    """The symbols of a program, numbered as texts bring them."""

    def __init__(self, numbered: Numbered, tables: Tables | None = None) -> None:
        """Those known from the `tables` that symbols of the same program gave; DamagedError when none did."""
        self._words = WordLeaves(under("words.", tables) if tables else indexed(numbered.leaves()))
        if tables:
            self.lexicon = Lexicon.restored(under("lexicon.", tables))
            check(tables["written"], (None,), 1, len(self.lexicon))
            written = [self.lexicon.words[number - 1] for number in tables["written"].tolist()]
            if not english_words() <= self.lexicon.number.keys():
                raise DamagedError
        else:
            self.lexicon = Lexicon(self._words.known | english_words())
            written = [word for word in self.lexicon.words if self._words.is_cased(word)]
        self.table = Alphabet(under("symbols.", tables) if tables else None, numbered.width)
        self._written = Written(written, self.lexicon)
        self._endings = Endings(self._words.endings)
        self._by_number = self._stored(tables, "by number", 2 * len(self.lexicon), _CASED)
        self._by_number[2 * self._written.numbers], self._by_number[2 * self._written.numbers + 1] = _CASED, _CASED
        self._by_writing = self._stored(tables, "by writing", self._written.size)
        self._by_ending = self._stored(tables, "by ending", 2 * KINDS * (1 + len(self._words.endings)))
        self._by_mark = self._stored(tables, "by mark", len(_SIDES) * 256)
        self._by_form: dict[tuple[str, bool], int] = {}
        self._by_char: dict[tuple[str, int], int] = {}
        self._runs = _InRuns(self.table)
        quotes = [(leaf.side, number) for leaf, number in self._words.singles if isinstance(leaf, Quote)]
        self._quotes = [[number for own, number in quotes if side and own in ("", side)] for side in _SIDES]
        self._marks = {leaf.char: number for leaf, number in self._words.singles if isinstance(leaf, Mark)}
        self._shared = np.zeros(256, np.bool_)
        self._shared[[code(char) for char in self._marks if code(char) in _SHARED]] = True

    def tables(self) -> Tables:
        """What is known so far, and of all words in the lexicon the symbols, to be kept."""
        for table, make in (
            (self._by_number, self._of_number),
            (self._by_writing, self._of_writing),
            (self._by_ending, self._of_ending),
        ):
            _make(rows_of(table == _NO).tolist(), table, make)
        return {
            **named("symbols.", self.table.tables()),
            "written": self._written.numbers.astype(np.int32),
            "by number": self._by_number,
            "by writing": self._by_writing,
            "by ending": self._by_ending,
            "by mark": self._by_mark,
            **named("lexicon.", self.lexicon.tables()),
            **named("words.", self._words.tables()),
        }

    def of(self, article: Article) -> Column:
        """The symbol of each token."""
        found = self._read_words(article.tokens, is_free(article))
        self._read_marks(article, found)
        self._runs.read(article, found)
        return found

    def _stored(self, tables: Tables | None, name: str, size: int, least: int = _NO) -> Column:
        """The stored table of symbols with this name, or an empty one."""
        if not tables:
            return np.full(size, _NO, np.int32)
        check(tables[name], (size,), least, len(self.table))
        return tables[name].astype(np.int32)

    def _read_words(self, tokens: Tokens, free: Flags) -> Column:
        number = tokens.numbered(self.lexicon)
        codes = number + number
        codes += free
        found = self._by_number.take(codes)
        rows = rows_of(found < 0)
        missing = rows[found.take(rows) == _NO]
        if len(missing):
            _fill(found, missing, codes.take(missing), self._by_number, self._of_number)
            rows = rows[found.take(rows) < 0]
        writing = self._written.codes(tokens, rows, number, free)
        sure = writing != MIXED
        if not sure.all():
            self._ask(tokens, rows[~sure], free, found)
            rows, writing = rows[sure], writing[sure]
        _fill(found, rows, writing, self._by_writing, self._of_writing)
        self._read_unknown(tokens, number, free, found)
        return found

    def _read_unknown(self, tokens: Tokens, number: Column, free: Flags, found: Column) -> None:
        """Words that the lexicon does not hold, where they differ from those that end in nothing special."""
        rows = rows_of(self._endings.last.take(tokens.tail) & (number == 0))
        at, length = tokens.at.take(rows), tokens.length.take(rows)
        codes = self._endings.numbers(tokens.folded, at + length, length) * KINDS
        codes += endings(tokens.tape, at, length)
        _fill(found, rows, codes * 2 + free.take(rows), self._by_ending, self._of_ending)
        if self._words.others:
            rows = rows_of(tokens.word & (number == 0))
            self._ask(tokens, rows[self._words.may_fit(tokens, rows)], free, found)
        if len(tokens.text) != len(tokens.tape) - 2 * PAD:  # combining marks are on no tape
            self._ask(tokens, rows_of(tokens.word & (tokens.end - tokens.start != tokens.length)), free, found)

    def _ask(self, tokens: Tokens, rows: Rows, free: Flags, found: Column) -> None:
        """Reads words in the text itself."""
        for row in rows.tolist():
            found[row] = self._of_form(tokens.text[tokens.start[row] : tokens.end[row]], free=bool(free[row]))

    def _of_number(self, code: int) -> int:
        if code < 2:  # noqa: PLR2004 -- both codes of words that the lexicon does not hold
            return self._of_ending(code)
        low = self.lexicon.words[code // 2 - 1]
        # No leaf asks how this word is written: where it is not free, any capital will do.
        return self._word(low if code % 2 else low.capitalize(), low, free=bool(code % 2))

    def _of_writing(self, code: int) -> int:
        form, low = self._written.forms(code // 2)
        return self._word(form, low, free=bool(code % 2))

    def _of_ending(self, code: int) -> int:
        ending, kind = divmod(code // 2, KINDS)
        letters = self._words.endings[ending - 1] if ending else ""
        return self.table.number(self._words.of_ending(letters, kind, free=bool(code % 2)), "word")

    def _of_form(self, text: str, *, free: bool) -> int:
        key = (text, free)
        if key not in self._by_form:
            if len(self._by_form) >= _KEPT:
                self._by_form.clear()
            self._by_form[key] = self._word(plain(text), fold(text), free=free)
        return self._by_form[key]

    def _word(self, form: str, low: str, *, free: bool) -> int:
        return self.table.number(self._words.satisfied(form, low, free=free), "word")

    def _read_marks(self, article: Article, found: Column) -> None:
        tokens, quotations = article.tokens, article.quotations
        rows = rows_of(~tokens.word)
        lead = tokens.lead.take(rows)
        side = quotations.mark.take(rows) * np.int8(_SIDES.index("closing")) - quotations.opening.take(rows)
        _fill(found, rows, lead * np.int16(len(_SIDES)) + side, self._by_mark, self._of_mark)
        shared = rows_of(self._shared.take(lead))
        at = rows.take(shared)
        for row, start, own in zip(
            at.tolist(), tokens.start.take(at).tolist(), side.take(shared).tolist(), strict=True
        ):
            found[row] = self._of_char(tokens.text[start], own)

    def _of_mark(self, number: int) -> int:
        return self._mark(_CHARACTERS.get(number // len(_SIDES), ""), number % len(_SIDES))

    def _of_char(self, char: str, side: int) -> int:
        if (char, side) not in self._by_char:
            self._by_char[char, side] = self._mark(fold(char), side)
        return self._by_char[char, side]

    def _mark(self, char: str, side: int) -> int:
        """The symbol of a mark; `side` is what it does for a quotation, by its place in `_SIDES`."""
        found = [self._marks[char]] if char in self._marks else []
        found += self._quotes[side]
        return self.table.number(tuple(found), "mark" if char in PASSED else "")


class _InRuns:
    """From the symbol of a token and the bits of the runs that it is part of to the symbol that it has there."""

    def __init__(self, table: Alphabet) -> None:
        self._table = table
        self._place = np.zeros(1 << BITS, np.int16)
        """For each value of the bits the column that it has in `_symbols`, or 0: there may be a few dozen."""
        self._bits = [0]
        self._symbols = np.full((1, 1), _NO, np.int32)
        numbers, base, bits = table.runs()
        self._make_room(set(bits.tolist()), len(table))
        self._symbols[self._place.take(bits), base] = numbers

    def read(self, article: Article, found: Column) -> None:
        """Replaces the symbols of all tokens in runs."""
        bits = _bits(article, len(found))
        rows = rows_of(bits > 0)
        own = bits.take(rows)
        place = self._place.take(own)
        if not place.all():
            self._make_room(set(own[place == 0].tolist()), 0)
            place = self._place.take(own)
        base = found.take(rows)
        self._make_room((), len(self._table))
        codes = place.astype(np.intp) * self._symbols.shape[1]
        codes += base
        _fill(found, rows, codes, self._symbols.reshape(-1), self._made)

    def _made(self, code: int) -> int:
        place, base = divmod(code, self._symbols.shape[1])
        return self._table.within(base, self._bits[place])

    def _make_room(self, bits: Iterable[int], symbols: int) -> None:
        """Takes up more values of the bits, and that many symbols."""
        for value in sorted(bits):
            self._place[value] = len(self._bits)
            self._bits.append(value)
        height, width = self._symbols.shape
        if len(self._bits) > height or symbols > width:
            more = np.full((max(height, 2 * len(self._bits)), max(width, 2 * symbols)), _NO, np.int32)
            more[:height, :width] = self._symbols
            self._symbols = more


_SHARED: Final = {number for number in CODES.values() if number != HYPHEN} | {PICTOGRAPH, OTHER}
"""Codes that several marks have, or one that is no ASCII."""
_CHARACTERS: Final = {number: chr(number) for number in range(128)} | {
    number: fold(char) for char, number in CODES.items() if fold(char).isascii()
}
"""Of the other codes the mark."""


def _fill(found: Column, rows: Rows, codes: Rows, table: Column, make: Callable[[int], int]) -> None:
    """Sets what stands in `rows` by their codes; what the table does not have yet is made."""
    symbols = table.take(codes)
    if len(symbols) and symbols.min() < 0:
        _make(distinct(codes[symbols < 0].astype(np.int64))[0].tolist(), table, make)
        symbols = table.take(codes)
    found[rows] = symbols


def _make(codes: Iterable[int], table: Column, make: Callable[[int], int]) -> None:
    for number in codes:
        table[number] = make(number)


def _bits(article: Article, size: int) -> Column:
    """For each token the bits that say where in which runs it stands; 0 outside of all."""
    kinds = [article.names if kind == "name" else article.shapes[kind] for kind in SHIFTS]
    first, end = np.concatenate([runs.first for runs in kinds]), np.concatenate([runs.end for runs in kinds])
    shift = np.repeat(_SHIFTS, [len(runs) for runs in kinds])
    possessive = np.concatenate([runs.possessive for runs in kinds])
    inside = INSIDE + possessive * np.int32(POSSESSIVE) << shift
    found = np.zeros(size, np.int32)
    np.add.at(found, first, inside + (BEGINS << shift))
    np.add.at(found, end - 1, ENDS << shift)
    longer = rows_of(end - first > 1)
    others = spread(first.take(longer) + 1, (end - first).take(longer) - 1)
    np.add.at(found, others.row, inside.take(longer).take(others.phrase))
    return found


_SHIFTS: Final = np.array(list(SHIFTS.values()), np.int32)


def is_free(article: Article) -> Flags:
    """Where a capital tells nothing: words that have none, starts of sentences, headings."""
    tokens, sentences = article.tokens, article.sentences
    free: Flags = ~is_upper(tokens.lead)
    # A capital further on counts, too: of each row of capitals in a word the first is enough, and few begin there.
    upper = is_upper(tokens.tape)
    inner = upper[1:] & ~upper[:-1]
    inner &= tokens.tape[:-1] > SPACE
    at = rows_of(inner) + 1
    free[tokens.at.searchsorted(at, side="right") - 1] = False
    free |= article.starts
    heading = rows_of(sentences.heading)
    for first, end in zip(sentences.first.take(heading).tolist(), sentences.end.take(heading).tolist(), strict=True):
        free[first:end] = True
    return free
