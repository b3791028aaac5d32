"""What is said of a pattern by itself: what keeps it from being used, and what in it is hardly meant so."""

from typing import Final

from factcheck.diagnostic import Diagnostic, Label
from factcheck.language import syntax
from factcheck.language.lower import Lowering
from factcheck.language.measure import MAX_DEPTH, MAX_POSITIONS, MAX_SPAN, Facts, Measured, measure, never_matches
from factcheck.language.pattern import Gap, Lists, Pattern, parts
from factcheck.language.syntax import Written
from factcheck.span import Source, Span

_SLOW: Final = 1_000
"""Positions from which a pattern is worth a warning."""


def compile_pattern(written: Written[syntax.Pattern], lowering: Lowering, lists: Lists) -> Pattern | None:
    """A `match` that stands by itself, or None when it is wrong; `lists`, all of them sound, are those it may name."""
    pattern = lowering.pattern(written)
    if pattern is None:
        return None
    return pattern if allowed(pattern, written, lowering, _Listed(lists), anchored=True) else None


class _Listed(dict[str, Facts]):
    """The facts of lists, each measured when it is asked for."""

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, key: str) -> Facts:
        self[key] = measure(self._lists[key], self)
        return self[key]


def allowed(
    pattern: Pattern, written: Written[syntax.Pattern], lowering: Lowering, lists: Measured, *, anchored: bool
) -> bool:
    """Whether the pattern may be used; what keeps it from that, and what is odd about it, is reported."""
    facts = measure(pattern, lists)
    whole = Span(written.at, written.at + len(written.text))
    problem = _refusal(pattern, facts, anchored=anchored)
    if problem:
        lowering.report(*problem[:2], whole, problem[2])
        return False
    if never_matches(pattern) or facts.shortest > MAX_SPAN:
        reason = (
            "nothing stands behind a sentence's end"
            if facts.shortest <= MAX_SPAN
            else f"a match spans at most {MAX_SPAN} words and marks"
        )
        lowering.report("FC102", "this pattern can never match", whole, reason)
    if facts.starts_anywhere or facts.positions > _SLOW:
        message = f"this pattern is slow: {facts.positions:,} positions" + (
            ", tried at nearly every word" if facts.starts_anywhere else ""
        )
        remedy = (
            "start it with a word, a list or a wildcard of more letters"
            if facts.starts_anywhere
            else "split it into several rules"
        )
        lowering.report("FC107", message, whole, remedy)
    return True


Refusal = tuple[str, str, str]  # code, message, remedy


def _refusal(pattern: Pattern, facts: Facts, *, anchored: bool) -> Refusal | None:
    return _too_large(facts) or _too_empty(pattern, facts, anchored=anchored)


def _too_large(facts: Facts) -> Refusal | None:
    if facts.depth > MAX_DEPTH:
        return "FC028", f"this pattern nests {facts.depth} deep with its lists written out", f"at most {MAX_DEPTH}"
    if facts.positions > MAX_POSITIONS:
        remedy = f"at most {MAX_POSITIONS:,}: split it into several `match` lines or rules"
        return "FC045", f"this pattern has {facts.positions:,} positions with its lists written out", remedy
    return None


def _too_empty(pattern: Pattern, facts: Facts, *, anchored: bool) -> Refusal | None:
    leaves = [part for part in parts(pattern) if not isinstance(part, Gap)]
    if isinstance(pattern, Gap) or all(not _spells(p) for p in leaves):
        return "FC042", "this pattern is made of gaps alone", "put words on both sides of the gap"
    if facts.gap_first or facts.gap_last:
        side = "starts" if facts.gap_first else "ends"
        return (
            "FC041",
            f"a reading of this pattern {side} with a gap",
            "a gap stands between two parts that are not optional",
        )
    if facts.shortest == 0:
        return "FC043", "every part of this pattern is optional", "make one part required: take its `[ ]` away"
    if anchored and not facts.anchored:
        remedy = "add a word, an exact form, a list of words or a wildcard to each alternative"
        return "FC044", "a reading of this pattern has no word to anchor on", remedy
    return None


def _spells(part: Pattern) -> bool:
    return not hasattr(part, "items") and not hasattr(part, "options") and not hasattr(part, "item")


# ---- slips ----


def asks_for_marks(written: Written[syntax.Pattern], source: Source, problems: list[Diagnostic]) -> None:
    """Warns of words in quotation marks."""
    for node in options(written.value):
        if _in_quotes(node):
            inner = written.text[node.span.start + 1 : node.span.end - 1].strip()
            remedy = f'words need no quotation marks: `{inner}`; for the marks themselves write `\\"`'
            place = (Label(written.place(node.span)),)
            problems.append(Diagnostic("FC110", "this asks for the quotation marks too", source, place, remedy))


def options(pattern: syntax.Pattern) -> tuple[syntax.Pattern, ...]:
    """The alternatives of a pattern, or the pattern itself where it is none."""
    return pattern.options if isinstance(pattern, syntax.Choice) else (pattern,)


def _in_quotes(node: syntax.Pattern) -> bool:
    """`"officials say"`: words, or what stands for some, between marks that are not escaped."""
    if not isinstance(node, syntax.Sequence) or len(node.items) < 3:  # noqa: PLR2004 - two marks and a word
        return False
    *edges, inner = node.items[0], node.items[-1], node.items[1:-1]
    marks = all(isinstance(e, syntax.Mark) and e.char == '"' and not e.literal for e in edges)
    return marks and all(isinstance(item, syntax.Word | syntax.Inflected | syntax.ListName) for item in inner)
