"""What a pattern asks of a sentence before it is read: words it needs, and what a match can open with."""

from collections.abc import Sequence
from functools import lru_cache

from factcheck.language.pattern import (
    Affix,
    Alt,
    Any,
    Capture,
    Edge,
    Gap,
    Lists,
    Mark,
    Maybe,
    Pattern,
    Quote,
    Ref,
    Run,
    Seq,
    Words,
)
from factcheck.text.fold import fold

Needs = tuple[frozenset[str], ...]
"""Sets of folded words: every match holds at least one word of each."""

Openings = frozenset[str] | None
"""Folded words, marks and run keys, one of which every match starts with; None when it can start anywhere."""

QUOTE = "<quote>"
"""The opening that stands for any quotation mark."""

# Bounds on what is kept for each of thousands of rules; a pattern past them is only read more often.
_SETS = 8
_WORDS = 500
_MOST = 20_000


def run_key(kind: str, *, possessive: bool) -> str:
    """The opening that stands for a run of this kind."""
    return f"<{kind}>'s" if possessive else f"<{kind}>"


def needs(pattern: Pattern, lists: Lists, known: dict[str, Needs]) -> Needs:
    """The words `pattern` needs, or no set where that cannot be told; `known` keeps the answers for lists."""
    if isinstance(pattern, Words):
        return (_folded(pattern),)
    if isinstance(pattern, Ref):
        if pattern.key not in known:
            known[pattern.key] = needs(lists[pattern.key], lists, known)
        return known[pattern.key]
    if isinstance(pattern, Capture):
        return needs(pattern.item, lists, known)
    if isinstance(pattern, Seq):
        found = {words for item in pattern.items for words in needs(item, lists, known)}
        return tuple(sorted(found, key=len)[:_SETS])
    if isinstance(pattern, Alt):
        return _either([needs(option, lists, known) for option in pattern.options])
    return ()


def _either(options: Sequence[Needs]) -> Needs:
    """One set for all options, made of the smallest of each; none if an option needs nothing that can be told."""
    if not all(options):
        return ()
    smallest = [min(option, key=len) for option in options]
    return (frozenset[str]().union(*smallest),) if sum(map(len, smallest)) <= _WORDS else ()


def openings(pattern: Pattern, lists: Lists, known: dict[str, tuple[Openings, bool]]) -> Openings:
    """What a match of `pattern` can start with; `known` keeps the answers for lists."""
    return _opening(pattern, lists, known)[0]


def _opening(pattern: Pattern, lists: Lists, known: dict[str, tuple[Openings, bool]]) -> tuple[Openings, bool]:
    """The openings, and whether the pattern can take no token so that what follows it opens."""
    if isinstance(pattern, Ref):
        if pattern.key not in known:
            known[pattern.key] = _opening(lists[pattern.key], lists, known)
        return known[pattern.key]
    if isinstance(pattern, Capture):
        return _opening(pattern.item, lists, known)
    if isinstance(pattern, Maybe):
        return _opening(pattern.item, lists, known)[0], True
    if isinstance(pattern, Alt):
        parts = [_opening(option, lists, known) for option in pattern.options]
        return _union([found for found, _ in parts]), any(empty for _, empty in parts)
    if isinstance(pattern, Seq):
        return _of_sequence(pattern, lists, known)
    return _of_leaf(pattern), isinstance(pattern, Edge | Gap)


def _of_sequence(pattern: Seq, lists: Lists, known: dict[str, tuple[Openings, bool]]) -> tuple[Openings, bool]:
    first: list[Openings] = []
    for item in pattern.items:
        found, empty = _opening(item, lists, known)
        first.append(found)
        if not empty:
            return _union(first), False
    return _union(first), True


def _of_leaf(pattern: Words | Affix | Mark | Quote | Gap | Run | Any | Edge) -> Openings:
    if isinstance(pattern, Words):
        return _folded(pattern)
    if isinstance(pattern, Mark):
        return frozenset({pattern.char})
    if isinstance(pattern, Quote):
        return frozenset({QUOTE})
    if isinstance(pattern, Run):
        return frozenset({run_key(pattern.kind, possessive=pattern.possessive)})
    return frozenset() if isinstance(pattern, Edge) else None


def _union(parts: Sequence[Openings]) -> Openings:
    told = [part for part in parts if part is not None]
    return frozenset[str]().union(*told) if len(told) == len(parts) and sum(map(len, told)) <= _MOST else None


@lru_cache(maxsize=65_536)
def _folded(words: Words) -> frozenset[str]:
    return words.lower | {fold(w) for w in words.written | words.exact}
