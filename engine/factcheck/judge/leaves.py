"""The patterns of one token in a program, and which of them a word satisfies."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np

from factcheck.judge.nfa import Leaf
from factcheck.judge.word import capitals, has_affix, is_word
from factcheck.language.pattern import Affix, Any, Mark, Quote, Words, parts
from factcheck.language.program import Program
from factcheck.text.columns import Flags
from factcheck.text.ending import ADVERB, PARTICIPLE
from factcheck.text.fold import fold
from factcheck.text.lex import Tokens
from factcheck.text.tape import PAD, eight, fold_tape, tape

_WIDTH: Final = 8


def leaves(program: Program) -> dict[Leaf, int]:
    """The patterns of one token in all rules and lists, each with a number."""
    found: dict[Leaf, int] = {}
    for part in parts(*program.patterns):
        if isinstance(part, Words | Affix | Mark | Quote | Any):
            found.setdefault(part, len(found))
    return found


class WordLeaves:
    """Tells which leaves a word satisfies, by an index over all words named."""

    def __init__(self, numbers: dict[Leaf, int]) -> None:
        by_low: dict[str, list[int]] = defaultdict(list)
        by_form: dict[str, set[int]] = defaultdict(set)
        for leaf, number in numbers.items():
            if isinstance(leaf, Words):
                for low in leaf.lower:
                    by_low[low].append(number)
                for form in leaf.exact | leaf.written | capitals(leaf.written):
                    by_form[form].add(number)
        self._by_low, self._by_form = dict(by_low), dict(by_form)
        self._affixes = {leaf: number for leaf, number in numbers.items() if isinstance(leaf, Affix)}
        self._classes = {leaf: number for leaf, number in numbers.items() if isinstance(leaf, Any)}
        self._keys = _affix_keys(self._affixes)
        self.cased = frozenset(map(fold, self._by_form))
        """Folded words of which some leaf asks how they are written."""
        self.known = self.cased.union(self._by_low)
        """All folded words that leaves name."""

    def satisfied(self, form: str, low: str, *, free: bool) -> tuple[int, ...]:
        """The leaves that the word satisfies, in order."""
        found = set(self._by_form.get(form, ()))
        if free:
            found.update(self._by_low.get(low, ()))
        found.update(n for affix, n in self._affixes.items() if has_affix(affix, form, low, free=free))
        found.update(n for kind, n in self._classes.items() if is_word(kind, form, low, free=free))
        return tuple(sorted(found))

    def of_ending(self, code: int) -> tuple[int, ...]:
        """The leaves of a word that no leaf and no table names, by its code of `endings`."""
        held = {"word": True, "adverb": bool(code & ADVERB), "participle": bool(code & PARTICIPLE)}
        return tuple(sorted(number for leaf, number in self._classes.items() if held[leaf.kind]))

    def may_fit(self, tokens: Tokens) -> Flags:
        """Which tokens may have one of the affixes: all that have are among them."""
        found = np.zeros(len(tokens), np.bool_)
        folded = fold_tape(tokens.tape)
        for (length, at_end), keys in self._keys.items():
            if not length:
                return tokens.word
            at = tokens.at + tokens.length - length if at_end else tokens.at
            long = tokens.length >= length
            found |= long & np.isin(eight(folded, at, np.full(len(tokens), length)), keys)
        return found & tokens.word


def _affix_keys(affixes: Iterable[Affix]) -> dict[tuple[int, bool], np.ndarray]:
    """Sorted keys of the first or last letters of affixes, by how many these are and whether they are the last.

    Of an affix whose letters a tape does not tell there is no key: then any word may fit, which length 0 says.
    """
    keys: dict[tuple[int, bool], set[int]] = defaultdict(set)
    for affix in affixes:
        low = fold(affix.prefix[:_WIDTH] or affix.suffix[-_WIDTH:])
        at_end = not affix.prefix
        if not low.isascii():
            return {(0, False): np.zeros(0, np.uint64)}
        key = eight(fold_tape(tape(low)[0]), np.array([PAD]), np.array([len(low)]))[0]
        keys[len(low), at_end].add(int(key))
    return {place: np.array(sorted(found), np.uint64) for place, found in keys.items()}
