"""Why a hit is no finding: which hit or condition silenced it, and which line of its rule that is."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from factcheck.judge.hits import Hit, Role
from factcheck.judge.reference import Reader
from factcheck.judge.resolve import Places, not_excepted, owned_tokens, unpaired
from factcheck.language.program import Program, holds


class Silencer(StrEnum):
    """What can take a hit away, in the order of the language's steps."""

    EXCEPT = "except"
    UNLESS = "unless"
    WHEN = "when"
    LONGER = "longer"
    LATER = "later"


class Silenced(NamedTuple):
    """A hit that is no finding. `by` is the hit that took it away, `pattern` the number of the line that did."""

    hit: Hit
    silencer: Silencer
    by: Hit | None
    pattern: int | None


def silenced(program: Program, reader: Reader, hits: Sequence[Hit], findings: Sequence[Hit]) -> Iterator[Silenced]:
    """The hits of one sentence that are not among its findings, each with the first thing that takes it away."""
    places = Places(program, reader.article)
    present = {program.rules[hit.rule].pack for hit in unpaired(program, places, not_excepted(hits))}
    kept = set(findings)
    others = [hit for hit in hits if hit.role is not Role.MATCH]
    for hit in hits:
        if hit.role is not Role.MATCH or hit in kept:
            continue
        by = next((other for other in others if _takes_away(other, hit)), None)
        if by:
            yield Silenced(hit, Silencer[by.role.name], by, _pattern(program, reader, by))
        elif not holds(when := program.rules[hit.rule].when, truth := places.truth(hit, present)):
            parts = when[1] if when and when[0] == "and" else (when,)
            failing = next(n for n, part in enumerate(parts) if not holds(part, truth))  # type: ignore[arg-type]
            yield Silenced(hit, Silencer.WHEN, None, failing)
        else:
            yield _overridden(program, hit, findings)


def _takes_away(other: Hit, hit: Hit) -> bool:
    return other.rule == hit.rule and (
        other.role is Role.UNLESS or not set(owned_tokens(other)).isdisjoint(owned_tokens(hit))
    )


def _overridden(program: Program, hit: Hit, findings: Sequence[Hit]) -> Silenced:
    """The finding of the same pack that holds the hit; none where the pack's own conditions on others decided."""
    pack = program.rules[hit.rule].pack
    around = (h for h in findings if program.rules[h.rule].pack == pack and h.first <= hit.first and hit.end <= h.end)
    by = next(around, None)
    same = by is not None and (by.first, by.end) == (hit.first, hit.end)
    return Silenced(hit, Silencer.LATER if same else Silencer.LONGER, by, None)


def _pattern(program: Program, reader: Reader, by: Hit) -> int:
    """Which of the rule's `except` or `unless` lines, counted from 0, made this hit."""
    rule = program.rules[by.rule]
    patterns = rule.unless if by.role is Role.UNLESS else rule.excepts
    spans = (reader.matches((pattern,), by.sentence, [by.first]) for pattern in patterns)
    return next(n for n, found in enumerate(spans) if by.end in (end for _, end, _ in found))
