"""Why a pattern costs what it does, in words for its author, and what would make it cheaper."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from factcheck.judge.anchor import often
from factcheck.judge.profile import Cost
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
    parts,
)

First = Words | Affix | Mark | Quote | Any | Run
"""What takes the first token of a match."""
_POSSESSIVE: Final = "'s"

_SLOW: Final = 0.05
"""Steps for each word of a text from which on a pattern is worth a thought."""
_MANY_PLACES: Final = 0.01
"""Of all words those at which a pattern may begin, from which on it begins with what is common."""
ENOUGH: Final = 2_000
"""Words and marks of a text, of fewer of which nothing can be told."""
_LONG_WALK: Final = 4.0
"""Words that a walk visits on average, from which on it is the gap that costs."""
_LONG_GAP: Final = 4
_MANY_STATES: Final = 100
_LARGE_LIST: Final = 200
_COMMON: Final = 100
"""Of ten thousand words those that a class or a mark takes which is named among what is common."""
_WORTH_NAMING: Final = 0.02
"""Of the places those at which a word stands that is named."""


class Reason(NamedTuple):
    """Why a pattern is slow, and what would make it cheaper."""

    why: str
    cheaper: str


def reasons(cost: Cost, pattern: Pattern, lists: Lists, tokens: int) -> Iterator[Reason]:
    """Why it is slow, in a text of so many words and marks; nothing where it is not."""
    if cost.crowded:
        yield Reason(
            "it brings up so many states that they were not counted to the end",
            "split it into several `match` lines with shorter gaps",
        )
    if tokens < ENOUGH or cost.steps < _SLOW * tokens:
        return
    edge = "ends" if cost.backwards else "begins"
    firsts = _firsts(pattern, lists, backwards=cost.backwards)[0]
    if cost.places >= _MANY_PLACES * tokens:
        yield Reason(
            f"it {edge} with what is common: {', '.join(_common(cost, firsts))}",
            "give it a rarer word at one end: the search starts from the rarer one",
        )
    if (forms := sum(len(leaf) for leaf in firsts if isinstance(leaf, Words))) >= _LARGE_LIST:
        yield Reason(f"it {edge} with any of {forms:,} words", "put a rarer word at the other end, or trim the list")
    gap = max((part.limit for part in parts(pattern, lists=lists) if isinstance(part, Gap)), default=0)
    mean = cost.steps / max(cost.places, 1)
    if mean >= _LONG_WALK and gap >= _LONG_GAP:
        yield Reason(f"each try goes on for {mean:.1f} words: a gap passes up to {gap}", "make the gap shorter")
    if cost.states >= _MANY_STATES:
        yield Reason(
            f"it brings up {cost.states:,} states: gaps and alternatives multiply them",
            "make gaps shorter, or split it into several lines",
        )


def _common(cost: Cost, firsts: Sequence[First]) -> Iterator[str]:
    """The classes and marks, and the most frequent words, that it begins or ends with."""
    classes = (_class(first) for first in firsts if not isinstance(first, Words) and often(first) >= _COMMON)
    yield from (f"`{name}`" for name in dict.fromkeys(classes))
    for word, places in cost.starts:
        if places >= _WORTH_NAMING * cost.places:
            yield f"“{word}” ({places / cost.places:.0%} of its places)"


def _class(first: First) -> str:
    """A class or mark as it is written."""
    match first:
        case Any() | Run():
            return f"<{first.kind}>{_POSSESSIVE if isinstance(first, Run) and first.possessive else ''}"
        case Affix():
            return f"{first.prefix}*{first.suffix}"
        case Mark():
            return first.char
        case Quote():
            return f"<{first.side}>" if first.side else '"'
    return ""


def _firsts(pattern: Pattern, lists: Lists, *, backwards: bool) -> tuple[list[First], bool]:
    """What it may begin with, or end with; and whether it may take no token at all."""
    found: list[First] = []
    optional = True
    match pattern:
        case Seq():
            for item in reversed(pattern.items) if backwards else pattern.items:
                own, optional = _firsts(item, lists, backwards=backwards)
                found += own
                if not optional:
                    break
        case Alt():
            several = [_firsts(option, lists, backwards=backwards) for option in pattern.options]
            found, optional = [first for own, _ in several for first in own], any(may for _, may in several)
        case Maybe():
            found, _ = _firsts(pattern.item, lists, backwards=backwards)
        case Capture():
            found, optional = _firsts(pattern.item, lists, backwards=backwards)
        case Ref():
            found, optional = _firsts(lists[pattern.key], lists, backwards=backwards)
        case Gap() | Edge():
            pass
        case _:
            found, optional = [pattern], False
    return found, optional
