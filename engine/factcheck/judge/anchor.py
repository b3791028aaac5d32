"""From which end a pattern is searched: from the one that fewer tokens begin, and from which fewer walks go far.

What is estimated is how many tokens walks visit in ten thousand tokens of news. It decides about speed alone.
"""

from collections.abc import Sequence
from typing import Final

from factcheck.judge.nfa import Goal, Items, Nfa, Rest, Side, Skip, Whole, Word
from factcheck.judge.numbered import Leaf
from factcheck.language.pattern import Affix, Any, Mark, Pattern, Run, Words

_TOKENS: Final = 10_000
_EDGES: Final = 500
"""Starts of sentences among them."""

# fmt: off
_OFTEN: Final = {word: count for count, words in (
    (500, ("the",)),
    (250, ("of", "to", "and", "in", "a")),
    (100, ("said", "for", "that")),
    (60, ("it", "on", "is", "be", "was", "with", "he", "at", "by", "will", "from", "has", "as")),
    (30, ("have", "not", "are", "an", "would", "this", "which", "had", "his", "were", "they", "been", "also", "we",
          "i", "but", "its", "their", "who", "or", "she", "her")),
    (16, ("up", "last", "new", "you", "one", "about", "after", "more", "two", "over", "if", "than", "there", "first",
          "could", "other", "some", "out", "no", "all", "when", "can")),
    (8, ("told", "against", "into", "year", "years", "may", "three", "time", "people", "made", "only", "before",
         "because", "should", "so", "what", "do", "any", "being", "between", "since", "while", "such", "just", "most",
         "many", "like", "then", "these", "those", "our", "my", "me", "your", "him", "them", "us", "did", "does")),
) for word in words}
# fmt: on
"""Words that stand in most texts, and how often; of others each counts as one."""
_CLASSES: Final = {"word": 9_000, "adverb": 200, "participle": 600}
_RUNS: Final = {"name": 650, "number": 550, "money": 100, "percent": 60, "year": 60, "date": 50}
_MARKS: Final = {",": 450, ".": 500, '"': 100, "'": 30, "-": 50, "(": 30, ")": 30}
_OTHER_MARK: Final = 15
_QUOTE: Final = 60
_AFFIX: Final = 150
_ENDINGS: Final = {"s": 1_000, "ed": 300, "ing": 200}
_MANY: Final = 100
"""Forms of a list of which each counts; of the others one in so many, for long lists are of rare words:"""
_RARE: Final = 6
_OPENING: Final = 8
"""How many times as often as elsewhere a name stands at the start of a sentence."""
_DEPTH: Final = 1
"""How many tokens beyond the second one it is asked what they may be."""
_MOST: Final = 3
"""Tokens that a walk visits beyond the second one where no gap is open, at most."""
_LOOKS: Final = 200
"""Ways on that are looked at for a pattern: there may be very many. Beyond them one more token is reckoned with."""
_WIDE: Final = 25
"""Elements that may come next which cost as much to look at as one more way."""


class Estimate:
    """Estimates how many tokens, roughly, walks visit in one direction."""

    def __init__(self, nfa: Nfa, leaves: Sequence[Leaf]) -> None:
        """Of the automaton of that direction, for patterns with these leaves."""
        self._nfa, self._leaves = nfa, leaves
        self._often: dict[int, int] = {}
        self._known: dict[tuple[Rest, int], float] = {}
        self._looks = 0

    def visits(self, pattern: Pattern, goal: Goal) -> float:
        """Those of the walks that look for this pattern."""
        self._known.clear()
        self._looks = _LOOKS
        return self._begun(self._nfa.start([(pattern, goal)]), names=1)

    def _begun(self, items: Items, names: int) -> float:
        """Those of the walks that begin with one of these items, where there are so many times as many names."""
        total = float(sum(_TOKENS * (1 + item.limit) for item in items if isinstance(item, Skip)))
        for edge in sorted(item for item in items if isinstance(item, Side)):
            self._looks -= 1
            if self._looks > 0:
                more = _OPENING if edge.side == "start" else 1
                total += _EDGES / _TOKENS * self._begun(self._nfa.after(edge.rest), more)
        # A token begins one walk, however many of the items take it: the one that goes on the longest.
        tokens: dict[int | str, float] = {}
        for item in self._taking(items):
            tokens[item[0]] = max(tokens.get(item[0], 0), 1 + self._ahead(item.rest, _DEPTH))
        known: frozenset[str] = frozenset()
        for which, each in sorted(tokens.items(), key=lambda one: -one[1]):
            if isinstance(which, str):
                total += each * _RUNS[which] * names
                continue
            leaf = self._leaves[which]
            if isinstance(leaf, Words):
                leaf, known = leaf - Words(known), known | leaf.lower
            total += each * often(leaf)
        return total

    def _ahead(self, rest: Rest, depth: int) -> float:
        """How many tokens, on average, a walk visits of which `rest` is left."""
        if (rest, depth) not in self._known:
            self._looks -= 1
            self._known[rest, depth] = self._looked(self._nfa.after(rest), depth) if self._looks > 0 else 1
        return self._known[rest, depth]

    def _looked(self, items: Items, depth: int) -> float:
        self._looks -= len(items) // _WIDE  # a hostile one may go on in hundreds
        gap = max((item.limit for item in items if isinstance(item, Skip)), default=0)
        if gap:
            return 1 + gap
        if all(isinstance(item, Goal) for item in items):
            return 0
        taking = self._taking(items)
        more = sum(self._count(item) * (self._ahead(item.rest, depth - 1) if depth else 1) for item in taking)
        return 1 + min(more / _TOKENS, _MOST)

    def _taking(self, items: Items) -> list[Word | Whole]:
        """Those that take a token, the most frequent first, and always in the same order."""
        taking = [item for item in items if isinstance(item, Word | Whole)]
        return sorted(taking, key=lambda item: (-self._count(item), item.rest, str(item[0])))

    def _count(self, item: Word | Whole) -> int:
        """How many of ten thousand tokens an item takes."""
        if isinstance(item, Whole):
            return _RUNS[item.kind]
        if item.leaf not in self._often:
            self._often[item.leaf] = often(self._leaves[item.leaf])
        return self._often[item.leaf]


def often(leaf: Leaf | Run) -> int:
    """How many of ten thousand tokens satisfy the leaf, or begin such a run."""
    if isinstance(leaf, Run):
        return _RUNS[leaf.kind]
    if isinstance(leaf, Words):
        listed = [_OFTEN[word] for word in leaf.lower if word in _OFTEN]
        others = len(leaf) - len(listed)
        return sum(listed) + min(others, _MANY) + max(others - _MANY, 0) // _RARE
    if isinstance(leaf, Any):
        return _CLASSES[leaf.kind]
    if isinstance(leaf, Mark):
        return _MARKS.get(leaf.char, _OTHER_MARK)
    return _ENDINGS.get(leaf.suffix, _AFFIX) if isinstance(leaf, Affix) else _QUOTE
