"""Words to numbers: every word that a rule or a table of English knows, found in all tokens at once.

A word is looked up by its first eight bytes, its last eight and its length, in an open-addressing hash table. That
tells all words of ASCII up to sixteen letters apart; where others agree in their bytes, the text decides.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.english import tables
from factcheck.tables import DamagedError, Tables, check, from_json, to_json
from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.tape import PAD, SPACE, Tape, eight, fold_tape, tape

_WIDTH: Final = 8
_EXACT: Final = 2 * _WIDTH
"""Letters of the longest word that its key tells from every other."""
_ROOM: Final = 8
"""Slots of the table for each word: few have to share."""
_LONGEST: Final = 16
"""Slots looked at for one word, before another factor is tried."""
_SEEDS: Final = 16
_FACTOR: Final = 0x9E3779B97F4A7C15
_TAIL: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_WORD: Final = 2**64 - 1
_TOGETHER: Final = 1 << 15
"""Words looked up at once: what is made of them fits the processor's cache."""


Kinds = tuple[tuple[int, frozenset[str]], ...]
"""Sets of words, each with the bit that it is told by."""


class _Keys(NamedTuple):
    """What words are looked up by, one row each."""

    head: NDArray[np.uint64]
    tail: NDArray[np.uint64]
    """0 for words that `head` holds whole."""
    length: Rows

    def take(self, rows: Rows) -> "_Keys":
        return _Keys(self.head.take(rows), self.tail.take(rows), self.length.take(rows))


def _keys(folded: Tape, at: Rows, length: Rows) -> _Keys:
    tail = np.zeros(len(at), np.uint64)
    long = np.flatnonzero(length > _WIDTH)
    tail[long] = eight(folded, at.take(long) + length.take(long) - _WIDTH, np.full(len(long), _WIDTH))
    return _Keys(eight(folded, at, length), tail, length)


class Lexicon:
    """Numbers the folded words given from 1 on, in the order of the alphabet; 0 is every other word."""

    def __init__(self, words: Iterable[str], tables: Tables | None = None) -> None:
        self.words: tuple[str, ...] = tuple(sorted(set(words)))
        self.number = {word: n for n, word in enumerate(self.words, 1)}
        self._flags: dict[frozenset[str], Flags] = {}
        self._kinds: dict[Kinds, Column] = {}
        if tables:
            self._restore(tables)
            return
        self._known, self._ask, self._entry = self._entries()
        self._bits = max(8, (_ROOM * len(self._entry)).bit_length())
        for self._seed in range(_SEEDS):
            self._slots, longest = self._table()
            if longest <= _LONGEST:
                break

    @classmethod
    def restored(cls, tables: Tables) -> "Lexicon":
        """The lexicon that gave these tables; DamagedError when none did."""
        words = to_json(tables["words"])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise DamagedError
        return cls(words, tables)

    def tables(self) -> Tables:
        """What takes long to work out, to be kept."""
        return {
            "words": from_json(self.words),
            **self._known._asdict(),
            "ask": self._ask,
            "entry": self._entry,
            "slots": self._slots,
            "seed": np.array([self._seed]),
        }

    def __len__(self) -> int:
        return len(self.words) + 1

    def flags(self, words: frozenset[str]) -> Flags:
        """For each number: is it one of these words? KeyError when one of them is not the lexicon's."""
        if words not in self._flags:
            found = np.zeros(len(self), np.bool_)
            found[[self.number[word] for word in words]] = True
            self._flags[words] = found
        return self._flags[words]

    def kinds(self, kinds: Kinds) -> Column:
        """For each number: the bits of the sets that its word is in. KeyError as above."""
        if kinds not in self._kinds:
            found = np.zeros(len(self), np.int32)
            for bit, words in kinds:
                found[self.flags(words)] |= bit
            self._kinds[kinds] = found
        return self._kinds[kinds]

    def numbers(self, tape: Tape, at: Rows, length: Rows) -> tuple[Column, Flags]:
        """The number of each word of `length` bytes at `at`, and whether only its text can tell if that is right."""
        folded = fold_tape(tape)
        entry = np.empty(len(at), np.int32)
        for first in range(0, len(at), _TOGETHER):  # as many as the processor's cache holds
            rows = slice(first, first + _TOGETHER)
            entry[rows] = self._find(_keys(folded, at[rows], length[rows]))
        return self._entry.take(entry), self._ask.take(entry)

    def _entries(self) -> tuple[_Keys, Flags, Column]:
        """The different keys of all words, whether the text has to be asked, and the word; the first is no word."""
        folded, _ = tape(" ".join(self.words))
        length = np.array([len(w) if w.isascii() else np.count_nonzero(tape(w)[0] > SPACE) for w in self.words], np.intp)
        at = np.cumsum(length + 1) - length - 1 + PAD
        keys = _keys(fold_tape(folded), at, length)
        ask = np.array([len(w) > _EXACT or not w.isascii() for w in self.words], np.bool_)
        rows = zip(*(column.tolist() for column in keys), strict=True)
        distinct = np.array(sorted({row: n for n, row in enumerate(rows)}.values()), np.intp)
        kept = keys.take(distinct)
        return (
            _Keys(np.insert(kept.head, 0, 0), np.insert(kept.tail, 0, 0), np.insert(kept.length, 0, 0)),
            np.concatenate(([False], ask.take(distinct))),
            np.concatenate(([0], distinct + 1)).astype(np.int32),
        )

    def _table(self) -> tuple[Column, int]:
        """The slots, each with an entry or 0, and how many of them have to be looked at for some word."""
        slots = np.zeros(1 << self._bits, np.int32)
        longest, mask = 0, len(slots) - 1
        for entry, home in enumerate(self._home(self._known).tolist()):
            if entry:
                step = 0
                while slots[home + step & mask]:
                    step += 1
                slots[home + step & mask] = entry
                longest = max(longest, step + 1)
        return slots, longest

    def _restore(self, tables: Tables) -> None:
        size, slots = len(tables["entry"]), len(tables["slots"])
        self._bits = max(8, (_ROOM * size).bit_length())
        for name, length, end in (
            ("head", size, 1 << 64),
            ("tail", size, 1 << 64),
            ("length", size, 1 << 31),
            ("ask", size, 2),
            ("entry", size, len(self)),
            ("slots", 1 << self._bits, size),
            ("seed", 1, _SEEDS),
        ):
            check(tables[name], (length,), 0, end)
        if 2 * np.count_nonzero(tables["slots"]) > slots:  # a search ends at a free one
            raise DamagedError
        self._known = _Keys(
            tables["head"].astype(np.uint64), tables["tail"].astype(np.uint64), tables["length"].astype(np.intp)
        )
        self._ask, self._entry = tables["ask"].astype(np.bool_), tables["entry"].astype(np.int32)
        self._slots, self._seed = tables["slots"].astype(np.int32), int(tables["seed"][0])

    def _home(self, keys: _Keys) -> Rows:
        """The slot where the search for each key begins."""
        mixed = keys.head * np.uint64(_FACTOR * (2 * self._seed + 1) & _WORD)
        mixed ^= keys.tail * _TAIL
        mixed >>= np.uint64(64 - self._bits)
        return mixed.view(np.int64)

    def _find(self, keys: _Keys) -> Column:
        """The entry of each key, or 0."""
        slot = self._home(keys)
        found = self._slots.take(slot)
        rows = np.flatnonzero(self._differs(keys, found) & (found > 0))
        while len(rows):  # each time the next slot, for those that met another key
            slot[rows] += 1
            found[rows] = near = self._slots.take(slot.take(rows), mode="wrap")
            rows = rows[self._differs(keys.take(rows), near) & (near > 0)]
        return found

    def _differs(self, keys: _Keys, entry: Column) -> Flags:
        differs: Flags = self._known.head.take(entry) != keys.head
        differs |= self._known.tail.take(entry) != keys.tail
        long = np.flatnonzero(keys.tail)  # of the others the head tells the length
        differs[long] |= self._known.length.take(entry.take(long)) != keys.length.take(long)
        return differs


@cache
def english_words() -> frozenset[str]:
    """The words of the tables of English, abbreviations also with their stop: every lexicon holds them."""
    stopped = frozenset(f"{word}." for table in tables.STOPPED for word in table)
    return stopped.union(tables.common(), *tables.WORDS)


@cache
def english() -> Lexicon:
    """The lexicon of these words alone."""
    return Lexicon(english_words())
