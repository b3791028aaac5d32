"""The patterns of one token in a program, and which of them a word satisfies."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.numbered import Leaf
from factcheck.judge.rows import rows_of
from factcheck.judge.word import capitals, has_affix, is_word
from factcheck.language.pattern import Affix, Any, Mark, Quote, Words
from factcheck.tables import Tables, from_json, named, sealed, to_json, under, unsealed
from factcheck.text.columns import Flags, Rows
from factcheck.text.ending import ADVERB, PARTICIPLE
from factcheck.text.fold import fold
from factcheck.text.lex import Tokens
from factcheck.text.tape import PAD, Tape, eight, fold_tape, lowered, tape

Keys = NDArray[np.uint64]

_WIDTH: Final = 8
_PAIR: Final = 2
ENDING_LETTERS: Final = "ydng"
"""Last letters of all that has a code of `endings`."""
KINDS: Final = 1 + (ADVERB | PARTICIPLE)
"""How many of these codes there are."""


class WordLeaves:
    """Tells which leaves a word satisfies, by an index over all words named."""

    def __init__(self, tables: Tables) -> None:
        """From what `indexed` made; KeyError or DamagedError if it did not."""
        unsealed(tables)
        self.singles = [(_SINGLE[kind](*fields), number) for number, kind, *fields in to_json(tables["singles"])]
        """The leaves that name no words, with their numbers."""
        self._affixes = {leaf: number for leaf, number in self.singles if isinstance(leaf, Affix)}
        self._classes = {leaf: number for leaf, number in self.singles if isinstance(leaf, Any)}
        self._endings = {leaf.suffix: number for leaf, number in self._affixes.items() if _is_ending(leaf)}
        self.others = [leaf for leaf in self._affixes if not _is_ending(leaf)]
        """Affixes that a tape cannot tell alone."""
        self._keys = _affix_keys(self.others)
        self._written = [leaf for leaf in self.others if fold(leaf.prefix + leaf.suffix) != leaf.prefix + leaf.suffix]
        self.endings = tuple(sorted(self._endings))
        """Those that a tape can tell, of all affixes."""
        self._tables = tables

    def tables(self) -> Tables:
        """The index, to be kept."""
        return self._tables

    @cached_property
    def _by_low(self) -> dict[str, list[int]]:
        """The leaves that name a word in lower case; made only where a word is new, as is the next."""
        return _index(under(_LOW, self._tables))

    @cached_property
    def _by_form(self) -> dict[str, list[int]]:
        """Those that name it as it is written."""
        return _index(under(_FORM, self._tables))

    @cached_property
    def cased(self) -> frozenset[str]:
        """Folded words of which some leaf asks how they are written."""
        return frozenset(map(fold, self._by_form))

    @property
    def known(self) -> frozenset[str]:
        """All folded words that leaves name."""
        return self.cased.union(self._by_low)

    def is_cased(self, low: str) -> bool:
        """Whether some leaf asks how this word is written."""
        return low in self.cased or any(
            low.startswith(fold(affix.prefix)) and low.endswith(fold(affix.suffix)) for affix in self._written
        )

    def satisfied(self, form: str, low: str, *, free: bool) -> tuple[int, ...]:
        """The leaves that the word satisfies, in order."""
        found = set(self._by_form.get(form, ()))
        if free:
            found.update(self._by_low.get(low, ()))
            found.update(n for ending, n in self._endings.items() if low.endswith(ending))
        found.update(self._affixes[a] for a in self.others if has_affix(a, form, low, free=free))
        found.update(n for kind, n in self._classes.items() if is_word(kind, form, low, free=free))
        return tuple(sorted(found))

    def of_ending(self, ending: str, code: int, *, free: bool) -> tuple[int, ...]:
        """The leaves of a word that no leaf and no table names: by the longest of `endings` that it has, and its code.

        None of the affixes that are not among them may fit it.
        """
        held = {"word": True, "adverb": bool(code & ADVERB), "participle": bool(code & PARTICIPLE)}
        found = [number for leaf, number in self._classes.items() if held[leaf.kind]]
        found += [number for own, number in self._endings.items() if free and ending.endswith(own)]
        return tuple(sorted(found))

    def may_fit(self, tokens: Tokens, rows: Rows) -> Flags:
        """Which of the words in `rows` may have an affix that is none of `endings`: all that have are among them."""
        found = np.zeros(len(rows), np.bool_)
        if not self._keys:
            return found
        folded, first, length = tokens.folded, tokens.at.take(rows), tokens.length.take(rows)
        for (width, at_end), keys in self._keys.items():
            if not width:
                return ~found
            at = first + length - width if at_end else first
            found |= (length >= width) & _among(eight(folded, at, np.full(len(rows), width)), keys)[1]
        return found


def indexed(leaves: Sequence[Leaf]) -> Tables:
    """The leaves by the words that they name, as `WordLeaves` reads them."""
    lows: dict[str, list[int]] = defaultdict(list)
    forms: dict[str, list[int]] = defaultdict(list)
    singles = []
    for number, leaf in enumerate(leaves):
        if isinstance(leaf, Words):
            for low in leaf.lower:
                lows[low].append(number)
            for form in leaf.exact | leaf.written | capitals(leaf.written):
                forms[form].append(number)
        else:
            singles.append((number, _KIND[type(leaf)], *(getattr(leaf, name) for name in type(leaf).__slots__)))
    tables = {"singles": from_json(singles), **named(_LOW, _listed(lows)), **named(_FORM, _listed(forms))}
    return sealed(tables)


def _listed(index: dict[str, list[int]]) -> Tables:
    """An index as tables,."""
    numbers = [number for own in index.values() for number in own]
    return {
        "words": from_json(list(index)),
        "ends": np.cumsum([len(own) for own in index.values()], dtype=np.int32),
        "leaves": np.array(numbers, np.int32),
    }


def _index(tables: Tables) -> dict[str, list[int]]:
    """And back."""
    leaves, ends = tables["leaves"].tolist(), tables["ends"].tolist()
    return {word: leaves[a:b] for word, (a, b) in zip(to_json(tables["words"]), pairwise([0, *ends]), strict=True)}


_LOW: Final = "low."
_FORM: Final = "form."
_SINGLE: Final[dict[str, type[Affix | Any | Mark | Quote]]] = {
    "affix": Affix,
    "any": Any,
    "mark": Mark,
    "quote": Quote,
}
_KIND: Final = {kind: name for name, kind in _SINGLE.items()}


class Endings:
    """Finds in words on a tape the longest of some endings, each of ASCII and of eight letters at most."""

    def __init__(self, endings: Sequence[str]) -> None:
        self._pairs = np.zeros((256, 256), np.int32)
        """For the last letter and the one before: the longest ending of these two."""
        self._longer = np.zeros((256, 256), np.bool_)
        """And whether there is a longer one with these."""
        by_width: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, ending in sorted(enumerate(endings, 1), key=lambda one: len(one[1])):
            last, before = ord(ending[-1]), [ord(char) for char in ending[-2:-1]] or slice(None)
            if len(ending) > _PAIR:
                by_width[len(ending)].append((_key(ending), number))
                self._longer[last, before] = True
            else:
                self._pairs[last, before] = number
        self._keys = [(width, *np.array(sorted(of), np.uint64).T.copy()) for width, of in sorted(by_width.items())]
        self.last = np.zeros(256, np.bool_)
        """Codes that end any of them, or what has a code of `endings`."""
        for char in {ending[-1] for ending in endings} | set(ENDING_LETTERS):
            self.last[[ord(char), ord(char.upper())]] = True

    def numbers(self, folded: Tape, end: Rows, length: Rows) -> Rows:
        """For each word the number of the longest ending that it has, from 1 on, or 0."""
        letters = lowered(folded, end - _WIDTH)
        pairs = (letters >> np.uint64(8 * (_WIDTH - _PAIR))).view(np.int64)
        found = self._pairs.reshape(-1).take(pairs)
        single = rows_of(length < _PAIR)
        found[single] = self._pairs[:, 0].take(pairs.take(single) >> 8)
        rows = rows_of(self._longer.reshape(-1).take(pairs))
        if not len(rows):
            return found
        letters, length = letters.take(rows), length.take(rows)
        for width, keys, numbers in self._keys:
            spare = np.uint64(8 * (_WIDTH - width))
            near, same = _among(letters >> spare << spare, keys)
            same &= length >= width
            found[rows[same]] = numbers.take(near[same])
        return found


def _is_ending(affix: Affix) -> bool:
    """Whether a tape tells all about the affix."""
    low = affix.suffix
    return not affix.prefix and low.isascii() and fold(low) == low and len(low) <= _WIDTH and low[-1:].isalnum()


def _among(values: Keys, keys: Keys) -> tuple[Rows, Flags]:
    """Where each value would stand among the sorted keys, and whether it does."""
    near = np.minimum(keys.searchsorted(values), len(keys) - 1)
    return near, keys.take(near) == values


def _key(letters: str) -> int:
    return int(eight(fold_tape(tape(letters)[0]), np.array([PAD]), np.array([len(letters)]))[0])


def _affix_keys(affixes: Iterable[Affix]) -> dict[tuple[int, bool], Keys]:
    """Sorted keys of the first or last letters of affixes, by how many these are and whether they are the last.

    Of an affix whose letters a tape does not tell there is no key: then any word may fit, which length 0 says.
    """
    keys: dict[tuple[int, bool], set[int]] = defaultdict(set)
    for affix in affixes:
        low = fold(affix.prefix[:_WIDTH] or affix.suffix[-_WIDTH:])
        if not low.isascii():
            return {(0, False): np.zeros(0, np.uint64)}
        keys[len(low), not affix.prefix].add(_key(low))
    return {place: np.array(sorted(found), np.uint64) for place, found in keys.items()}
