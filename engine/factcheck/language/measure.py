"""What can be said of a pattern without a text: its size, its edges, what it holds on to."""

from collections.abc import Mapping
from dataclasses import dataclass

from factcheck.language.pattern import Affix, Alt, Any, Capture, Edge, Gap, Maybe, Pattern, Ref, Seq, Words

MAX_POSITIONS = 5_000
MAX_FORMS = 65_000
MAX_GAP = 12
MAX_SPAN = 64  # tokens of one match
MAX_DEPTH = 64  # parts within parts, lists written out


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one pattern with its lists written out."""

    positions: int
    """Tokens it spells out, a gap counted by its limit, a set of single words once."""
    depth: int
    shortest: int
    """Tokens of its shortest match."""
    optional: bool
    """Whether it can be left out, so that what stands behind it can come first."""
    anchored: bool
    """Whether every reading holds a word, an exact form or a wildcard."""
    gap_first: bool
    gap_last: bool
    starts_anywhere: bool
    """Whether it can start at nearly every word."""


Measured = Mapping[str, Facts]

_LEAF = Facts(1, 1, 1, optional=False, anchored=False, gap_first=False, gap_last=False, starts_anywhere=False)
_WORD = Facts(1, 1, 1, optional=False, anchored=True, gap_first=False, gap_last=False, starts_anywhere=False)
_GAP = Facts(1, 1, 0, optional=True, anchored=False, gap_first=True, gap_last=True, starts_anywhere=True)
_EDGE = Facts(0, 1, 0, optional=False, anchored=False, gap_first=False, gap_last=False, starts_anywhere=False)
_SHORT = 2  # letters of a wildcard that leave it matching one word in a dozen


def measure(pattern: Pattern, lists: Measured) -> Facts:
    """The facts of `pattern`; `lists` has those of every list it names."""
    match pattern:
        case Seq():
            return _of_sequence(pattern, lists)
        case Alt():
            return _of_choice(pattern, lists)
        case Capture():
            return _deeper(measure(pattern.item, lists))
        case Maybe():
            return _replaced(_deeper(measure(pattern.item, lists)), optional=True, anchored=False, shortest=0)
        case Ref():
            return lists[pattern.key]
    return _of_leaf(pattern)


def _of_leaf(pattern: Pattern) -> Facts:
    match pattern:
        case Words():
            return _WORD
        case Affix():
            wide = len(pattern.prefix + pattern.suffix) < _SHORT
            return _replaced(_WORD, starts_anywhere=wide)
        case Any():
            return _replaced(_LEAF, starts_anywhere=pattern.kind == "word")
        case Gap():
            return _replaced(_GAP, positions=pattern.limit)
        case Edge():
            return _EDGE
    return _LEAF


def never_matches(pattern: Pattern) -> bool:
    """Whether no text can satisfy it: a sentence edge stands on the wrong side of a word in every reading."""
    if isinstance(pattern, Seq):
        return any(never_matches(i) for i in pattern.items) or _edge_inside(pattern)
    if isinstance(pattern, Alt):
        return all(never_matches(o) for o in pattern.options)
    return isinstance(pattern, Capture) and never_matches(pattern.item)


def _edge_inside(pattern: Seq) -> bool:
    sides = [item.side if isinstance(item, Edge) else "" for item in pattern.items]
    takes = [not isinstance(item, Edge | Maybe | Gap) for item in pattern.items]
    for i, side in enumerate(sides):
        if side == "end" and any(takes[i + 1 :]) and not _only_marks(pattern.items[i + 1 :]):
            return True
    return False


def _only_marks(items: tuple[Pattern, ...]) -> bool:
    # `<end>` holds before the closing marks of a sentence, so marks may follow it.
    return not any(measure(i, {}).anchored for i in items if not isinstance(i, Ref))


def _replaced(facts: Facts, **changes: bool | int) -> Facts:
    values = {name: getattr(facts, name) for name in Facts.__slots__} | changes
    return Facts(**values)


def _deeper(facts: Facts) -> Facts:
    return _replaced(facts, depth=facts.depth + 1)


def _of_choice(pattern: Alt, lists: Measured) -> Facts:
    parts = [measure(option, lists) for option in pattern.options]
    return Facts(
        sum(p.positions for p in parts),
        1 + max(p.depth for p in parts),
        min(p.shortest for p in parts),
        optional=any(p.optional for p in parts),
        anchored=all(p.anchored for p in parts),
        gap_first=any(p.gap_first for p in parts),
        gap_last=any(p.gap_last for p in parts),
        starts_anywhere=any(p.starts_anywhere for p in parts),
    )


def _of_sequence(pattern: Seq, lists: Measured) -> Facts:
    parts = [measure(item, lists) for item in pattern.items]
    return Facts(
        sum(p.positions for p in parts),
        1 + max(p.depth for p in parts),
        sum(p.shortest for p in parts),
        optional=all(p.optional for p in parts),
        anchored=any(p.anchored for p in parts),
        gap_first=_reached(parts, "gap_first"),
        gap_last=_reached(parts[::-1], "gap_last"),
        starts_anywhere=_reached(parts, "starts_anywhere"),
    )


def _reached(parts: list[Facts], fact: str) -> bool:
    """Whether a part that can come first has the fact: those up to the first that must take a token."""
    for part in parts:
        if getattr(part, fact):
            return True
        if not part.optional:
            return False
    return False
