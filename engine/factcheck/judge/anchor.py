"""From which end a pattern is searched: from the one that fewer tokens begin, and from which fewer walks go far.

What is estimated is how many tokens walks visit in ten thousand tokens of news. It decides about speed alone.
"""

from collections.abc import Sequence
from typing import Final

from factcheck.judge.nfa import Goal, Items, Nfa, Side, Skip, Whole, Word
from factcheck.judge.numbered import Leaf
from factcheck.language.pattern import Affix, Any, Mark, Run, Words

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
"""Words that stand in most texts, and how often; of others each counts once."""
_CLASSES: Final = {"word": 9_000, "adverb": 200, "participle": 600}
_RUNS: Final = {"name": 650, "number": 550, "money": 100, "percent": 60, "year": 60, "date": 50}
_MARKS: Final = {",": 450, ".": 500, '"': 100, "'": 30, "-": 50, "(": 30, ")": 30}
_OTHER_MARK: Final = 15
_QUOTE: Final = 60
_AFFIX: Final = 150
_MANY: Final = 100


def cost(items: Items, nfa: Nfa, leaves: Sequence[Leaf]) -> float:
    """How many tokens, roughly, walks visit that begin with one of these items."""
    total, many = 0.0, len(items) > _MANY
    for item in items:
        if isinstance(item, Skip):
            total += _TOKENS * (1 + item.limit)
        elif isinstance(item, Side):
            total += _EDGES / _TOKENS * sum(_count(then, leaves) for then in nfa.after(item.rest))
        elif not isinstance(item, Goal):
            # Of very many ways to begin, how each goes on is not looked at: that would take the square of the time.
            total += _count(item, leaves) * (2 if many else 1 + _further(nfa.after(item.rest), leaves))
    return total


def _further(items: Items, leaves: Sequence[Leaf]) -> float:
    """How many more tokens a walk visits, on average, that waits for these items."""
    likely = sum(_count(item, leaves) for item in items) / _TOKENS
    return min(likely, 1.0) + max((item.limit for item in items if isinstance(item, Skip)), default=0)


def _count(item: object, leaves: Sequence[Leaf]) -> int:
    """How many of ten thousand tokens an item takes."""
    if isinstance(item, Whole):
        return _RUNS[item.kind]
    return often(leaves[item.leaf]) if isinstance(item, Word) else 0


def often(leaf: Leaf | Run) -> int:
    """How many of ten thousand tokens satisfy the leaf, or begin such a run."""
    if isinstance(leaf, Run):
        return _RUNS[leaf.kind]
    if isinstance(leaf, Words):
        return sum(_OFTEN.get(word, 1) for word in leaf.lower) + len(leaf.written) + len(leaf.exact)
    if isinstance(leaf, Any):
        return _CLASSES[leaf.kind]
    if isinstance(leaf, Mark):
        return _MARKS.get(leaf.char, _OTHER_MARK)
    return _AFFIX if isinstance(leaf, Affix) else _QUOTE
