"""Words to numbers: every word that a rule or a table of English knows, found in all tokens at once.

A word is looked up by its first eight bytes, its last eight and its length, in an open-addressing hash table. That
tells all words of ASCII up to sixteen letters apart; where others agree in their bytes, the text decides.
"""

from collections.abc import Iterable
from functools import cache
from operator import lt
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.english import tables
from factcheck.tables import DamagedError, Tables, check, from_json, to_json
from factcheck.text.columns import Column, Flags, Rows, few
from factcheck.text.tape import PAD, SPACE, Tape, eight, fold_tape, lowered, tape

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
_LONG: Final = np.uint64(~(0x20 << 56) & (2**64 - 1))
"""Clears the bit that the last letter of every short word has set in its head."""
_WORD: Final = 2**64 - 1
_ASKED: Final = 1 << 30
"""Added to the number of a word that only its text can tell."""
_TOGETHER: Final = 1 << 16
"""Words looked up at once: what is made of them fits the processor's cache."""


Kinds = tuple[tuple[int, frozenset[str]], ...]
"""Sets of words, each with the bit that it is told by."""


class _Words(NamedTuple):
    """What words are told by, one row each."""

    head: NDArray[np.uint64]
    tail: NDArray[np.uint64]
    """0 for words that `head` holds whole."""
    length: Rows

    def take(self, rows: Rows) -> "_Words":
        return _Words(self.head.take(rows), self.tail.take(rows), self.length.take(rows))


def _keys(head: NDArray[np.uint64], long: Rows, tail: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One number for each word, from its head and, of those in `long`, its tail.

    It tells words of up to eight letters; that of a longer one cannot be theirs, for one bit is theirs alone.
    """
    keys = head.copy()
    mixed = tail * _TAIL
    mixed ^= head.take(long)
    mixed &= _LONG
    keys[long] = mixed
    return keys


class Lexicon:
    """Numbers the folded words given from 1 on, in the order of the alphabet; 0 is every other word."""

    def __init__(self, words: Iterable[str], tables: Tables | None = None) -> None:
        self.words: tuple[str, ...] = tuple(words if tables else sorted(set(words)))
        self.number = {word: n for n, word in enumerate(self.words, 1)}
        self._flags: dict[frozenset[str], Flags] = {}
        self._kinds: dict[Kinds, Column] = {}
        if tables:
            self._restore(tables)
            return
        self._known, self._ask, self._entry = self._entries()
        self._prepare()
        self._bits = max(8, (_ROOM * len(self._entry)).bit_length())
        for self._seed in range(_SEEDS):
            self._slots, self._goes_on, longest = self._table()
            if longest <= _LONGEST:
                break

    @classmethod
    def restored(cls, tables: Tables) -> "Lexicon":
        """The lexicon that gave these tables; DamagedError when none did."""
        words = to_json(tables["words"])
        if not isinstance(words, list) or not set(map(type, words)) <= {str}:
            raise DamagedError
        if not all(map(lt, words, words[1:])):
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
            "goes on": self._goes_on,
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

    def numbers(self, folded: Tape, at: Rows, length: Rows) -> tuple[Column, Flags]:
        """The number of each word of `length` bytes at `at`, and whether only its text can tell if that is right."""
        found = np.empty(len(at), np.int32)
        for first in range(0, len(at), _TOGETHER):  # as many as the processor's cache holds
            rows = slice(first, first + _TOGETHER)
            self._number.take(self._find(folded, at[rows], length[rows]), out=found[rows], mode="clip")
        asked: Flags = found >= _ASKED
        if np.count_nonzero(asked):
            found &= np.int32(_ASKED - 1)
        return found, asked

    def _entries(self) -> tuple[_Words, Flags, Column]:
        """The different keys of all words, whether the text has to be asked, and the word; the first is no word."""
        folded, _ = tape(" ".join(self.words))
        length = np.array(
            [len(w) if w.isascii() else np.count_nonzero(tape(w)[0] > SPACE) for w in self.words], np.intp
        )
        at = (length + 1).cumsum() - length - 1 + PAD
        folded = fold_tape(folded)
        tail = np.zeros(len(at), np.uint64)
        long = (length > _WIDTH).nonzero()[0]
        tail[long] = lowered(folded, at.take(long) + length.take(long) - _WIDTH)
        known = _Words(eight(folded, at, length), tail, length)
        ask = np.array([len(w) > _EXACT or not w.isascii() for w in self.words], np.bool_)
        rows = zip(*(column.tolist() for column in known), strict=True)
        distinct = np.array(sorted({row: n for n, row in enumerate(rows)}.values()), np.intp)
        kept = known.take(distinct)
        return (
            _Words(np.insert(kept.head, 0, 0), np.insert(kept.tail, 0, 0), np.insert(kept.length, 0, 0)),
            np.concatenate(([False], ask.take(distinct))),
            np.concatenate(([0], distinct + 1)).astype(np.int32),
        )

    def _prepare(self) -> None:
        """What follows from the entries."""
        long = self._known.tail.nonzero()[0]
        self._key = _keys(self._known.head, long, self._known.tail.take(long))
        self._number = self._entry + self._ask * np.int32(_ASKED)

    def _table(self) -> tuple[NDArray[np.integer], Flags, int]:
        """The slots, each with an entry or 0; after which entries a search goes on; slots of the longest search."""
        slots, goes_on = np.zeros(1 << self._bits, np.int32), np.zeros(len(self._entry), np.bool_)
        longest, mask = 0, len(slots) - 1
        for entry, home in enumerate(self._home(self._key).tolist()):
            if entry:
                step = 0
                while slots[home + step & mask]:
                    goes_on[slots[home + step & mask]] = True
                    step += 1
                slots[home + step & mask] = entry
                longest = max(longest, step + 1)
        return _small(slots), goes_on, longest

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
            ("goes on", size, 2),
            ("seed", 1, _SEEDS),
        ):
            check(tables[name], (length,), 0, end)
        if 2 * np.count_nonzero(tables["slots"]) > slots:  # a search ends at a free one
            raise DamagedError
        self._known = _Words(
            tables["head"].astype(np.uint64), tables["tail"].astype(np.uint64), tables["length"].astype(np.intp)
        )
        self._ask, self._entry = tables["ask"].astype(np.bool_), tables["entry"].astype(np.int32)
        self._slots, self._seed = _small(tables["slots"]), int(tables["seed"][0])
        self._goes_on = tables["goes on"].astype(np.bool_)
        self._prepare()

    def _home(self, keys: NDArray[np.uint64]) -> Rows:
        """The slot where the search for each key begins."""
        mixed = keys * np.uint64(_FACTOR * (2 * self._seed + 1) & _WORD)
        mixed >>= np.uint64(64 - self._bits)
        return mixed.view(np.int64)

    def _find(self, folded: Tape, at: Rows, length: Rows) -> NDArray[np.integer]:
        """The entry of each word, or 0."""
        head = eight(folded, at, length)
        long = (length > _WIDTH).nonzero()[0]
        tail = lowered(folded, at.take(long) + length.take(long) - _WIDTH)
        keys = _keys(head, long, tail)
        slot = self._home(keys)
        found = self._slots.take(slot)
        same = self._key.take(found) == keys
        other = few(~same & (found > 0))
        other = other[self._goes_on.take(found.take(other))]
        found *= same
        while len(other):  # each time the next slot, for the few that met another word before their own
            slot[other] += 1
            near = self._slots.take(slot.take(other), mode="wrap")
            same = self._key.take(near) == keys.take(other)
            found[other] = near * same
            other = other[~same & self._goes_on.take(near)]
        # Of long words the key is only a hint.
        known = found.take(long)
        likely = (known > 0).nonzero()[0]
        known, rows = known.take(likely), long.take(likely)
        same = self._known.tail.take(known) == tail.take(likely)
        same &= self._known.head.take(known) == head.take(rows)
        same &= self._known.length.take(known) == length.take(rows)
        found[rows] = known * same
        return found


def _small(slots: NDArray[np.integer]) -> NDArray[np.integer]:
    """The slots in as little room as their entries need: so more of them stand in the processor's cache."""
    return slots.astype(np.min_scalar_type(int(slots.max())))


@cache
def english_words() -> frozenset[str]:
    """The words of the tables of English, abbreviations also with their stop: every lexicon holds them."""
    stopped = frozenset(f"{word}." for table in tables.STOPPED for word in table)
    return stopped.union(tables.common(), *tables.WORDS)


@cache
def english() -> Lexicon:
    """The lexicon of these words alone."""
    return Lexicon(english_words())
