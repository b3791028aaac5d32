"""Which of the sentences that a scan has found are known: each entry of a baseline stands for one of them.

First come those with the same words, then the most alike; first those of the same file, then of others. An entry of
another file is free only where its own sentence is gone from there. So a sentence that comes a second time is new, and
so is one that is much like a known one, as long as that is still there.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from factcheck_cli.baseline.entry import Entry, Found
from factcheck_cli.baseline.words import split

ALIKE: Final = 0.75
"""How much of two sentences must be the same words in the same order: `benchmarks/edits.py` measures what it finds."""
_SHORT: Final = 4
"""Words below which a sentence of another file is no edited one, whatever it is like."""
_LOOKED_AT: Final = 200  # kinds of entries that share some words with a sentence, those with rare ones first
_COMPARED: Final = 8  # of these that share the most

Pair = tuple[str, str, str]
Grading = tuple[str, tuple[str, ...], tuple[str, ...]]


@dataclass(slots=True)
class Matching:
    """Numbers of sentences with the numbers of the entries that stand for them; both are left where there is none."""

    entries: Sequence[Entry]
    found: Sequence[Found]
    known: dict[int, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def take(self, sentence: int, entry: int) -> None:
        """The entry stands for the sentence."""
        self.known[sentence] = entry
        self.used.add(entry)

    def new(self) -> list[int]:
        """The sentences that are not known."""
        return [number for number in range(len(self.found)) if number not in self.known]

    def left(self) -> list[int]:
        """The entries that stand for none."""
        return [number for number in range(len(self.entries)) if number not in self.used]


def matched(entries: Sequence[Entry], found: Sequence[Found], is_read: Callable[[str], bool]) -> Matching:
    """What stands for what. `is_read` tells of a path whether all that is there now is among the sentences."""
    matching = Matching(entries, found)
    _same(matching, matching.left(), lambda entry: (entry.path, entry.words))
    _same(matching, _free(matching, is_read), lambda entry: ("", entry.words))
    _alike(matching, matching.left(), lambda entry: entry.path)
    _alike(matching, _free(matching, is_read), lambda _entry: "", least=_SHORT)
    return matching


def _free(matching: Matching, is_read: Callable[[str], bool]) -> list[int]:
    """The entries whose own sentences are gone."""
    left = matching.left()
    reads = {path: is_read(path) for path in {matching.entries[number].path for number in left}}
    return [number for number in left if reads[matching.entries[number].path]]


def _same(matching: Matching, left: Iterable[int], key: Callable[[Entry], tuple[str, str]]) -> None:
    """Those with the same words, first the ones that were graded alike."""
    entries: dict[tuple[str, str], dict[Grading, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number in left:
        entries[key(matching.entries[number])][_grading(matching.entries[number])].append(number)
    for numbers in (numbers for held in entries.values() for numbers in held.values()):
        numbers.reverse()
    for is_exact in (True, False):
        for sentence in matching.new():
            entry = matching.found[sentence].entry
            held = entries.get(key(entry), {})
            for grading, numbers in held.items():
                fits = (
                    grading == _grading(entry) if is_exact else numbers and matching.entries[numbers[-1]].covers(entry)
                )
                if numbers and fits:
                    matching.take(sentence, numbers.pop())
                    break


def _grading(entry: Entry) -> Grading:
    return entry.level, entry.rules, entry.also


def _alike(matching: Matching, left: Sequence[int], key: Callable[[Entry], str], least: int = 0) -> None:
    """Those that are alike, the most alike first."""
    new = matching.new()
    if not (left and new):
        return
    held = _kinds(((number, matching.entries[number]) for number in left), key)
    index = _Index([matching.entries[numbers[0]] for numbers in held], key)
    likely = sorted(
        (-alike, sentence, kind)
        for sentences in _kinds(((number, matching.found[number].entry) for number in new), key)
        for alike, kind in index.like(matching.found[sentences[0]].entry, least)
        for sentence in sentences
    )
    for numbers in held:
        numbers.reverse()
    for _, sentence, kind in likely:
        if held[kind] and sentence not in matching.known:
            matching.take(sentence, held[kind].pop())


def _kinds(numbered: Iterable[tuple[int, Entry]], key: Callable[[Entry], str]) -> list[list[int]]:
    """The numbers of those that have the same words, and are graded alike: whatever one of them is like, all are."""
    kinds: dict[tuple[str, str, Grading], list[int]] = defaultdict(list)
    for number, entry in numbered:
        kinds[key(entry), entry.words, _grading(entry)].append(number)
    return list(kinds.values())


class _Index:
    """Entries, one of a kind, by the pairs of words in them: whatever is alike has some in common."""

    def __init__(self, entries: Sequence[Entry], key: Callable[[Entry], str]) -> None:
        self._entries, self._key = entries, key
        self._by_pair: dict[Pair, list[int]] = defaultdict(list)
        self._turns: dict[Pair, int] = defaultdict(lambda: -1)
        for number, entry in enumerate(entries):
            for pair in self._pairs(entry):
                self._by_pair[pair].append(number)

    def _pairs(self, entry: Entry) -> Iterable[Pair]:
        within, words = self._key(entry), split(entry.words)
        return dict.fromkeys((within, *pair) for pair in pairwise(words))  # in their order, as no set has them

    def like(self, entry: Entry, least: int) -> Iterator[tuple[float, int]]:
        """The entries that may stand for one with so many words at least, each with how alike they are."""
        from rapidfuzz.distance.Indel import normalized_similarity

        words = split(entry.words)
        if len(words) < least:
            return
        for number in self._candidates(entry):
            other = self._entries[number]
            if other.covers(entry) and (alike := normalized_similarity(words, split(other.words))) >= ALIKE:
                yield alike, number

    def _candidates(self, entry: Entry) -> list[int]:
        """The entries that share the most pairs with it, of those that share the rarest.

        Of those that share as many each sentence gets others first: where one word is edited in hundreds that differ
        by it alone, there is an entry for each of them.
        """
        held = sorted((pair for pair in self._pairs(entry) if pair in self._by_pair), key=self._often)
        shared, room = Counter[int](), _LOOKED_AT
        for pair in held:
            numbers = self._by_pair[pair]
            turn = self._turns[pair] = (self._turns[pair] + 1) % len(numbers)
            some = numbers[turn : turn + room]
            some += numbers[: min(turn, room - len(some))]
            shared.update(some)
            room -= len(some)
            if not room:
                break
        return [number for number, _ in shared.most_common(_COMPARED)]

    def _often(self, pair: Pair) -> int:
        return len(self._by_pair[pair])
