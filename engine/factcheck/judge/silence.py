"""Why a hit is no finding: which hit or condition silenced it, and which line of its rule that is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from factcheck.judge.hits import Hit, Hits, Role, owned_tokens
from factcheck.judge.reference import Reader
from factcheck.judge.resolve import Resolver
from factcheck.language.program import Condition, Program
from factcheck.text.columns import Rows


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


class Silences:
    """Tells of an article's hits that are no findings what took them away.

    Of `rows`, if given, which say which hits it tells of, those that took them away are some, too.
    """

    def __init__(
        self, resolver: Resolver, reader: Reader, hits: Hits, findings: Hits, rows: Rows | None = None
    ) -> None:
        self._resolver, self._reader, self._hits = resolver, reader, hits
        rows = np.arange(len(hits)) if rows is None else rows
        self._rows: dict[int, list[tuple[int, Hit]]] = defaultdict(list)
        for row, hit in zip(rows.tolist(), hits.hits(rows).rows(), strict=True):
            self._rows[hit.sentence].append((row, hit))
        self._findings = by_sentence(findings)
        alone, _ = resolver.unpaired(reader.article, hits)
        self._present = resolver.present(reader.article, hits.matched, alone)

    def of(self, sentence: int) -> Iterator[Silenced]:
        """The hits of one sentence that are not among its findings, each with the first thing that takes it away."""
        hits, findings, program = self._rows[sentence], self._findings[sentence], self._resolver.program
        kept = {(hit.rule, hit.first, hit.end) for hit in findings}
        others = [hit for _, hit in hits if hit.role is not Role.MATCH]
        for row, hit in hits:
            if hit.role is not Role.MATCH or (hit.rule, hit.first, hit.end) in kept:
                continue
            if by := next((other for other in others if takes_away(other, hit)), None):
                yield Silenced(hit, Silencer[by.role.name], by, _pattern(program, self._reader, by))
            elif (failing := self._failing(row, program.rules[hit.rule].when)) is not None:
                yield Silenced(hit, Silencer.WHEN, None, failing)
            else:
                yield _overridden(program, hit, findings)

    def _failing(self, row: int, when: Condition | None) -> int | None:
        """Which part of a condition does not hold, if one does not."""
        if when is None:
            return None
        parts: Sequence[Condition] = when[1] if when[0] == "and" else (when,)  # type: ignore[assignment]
        rows = np.array([row], np.intp)
        held = (self._resolver.holds(one, self._reader.article, self._hits, rows, self._present) for one in parts)
        return next((number for number, found in enumerate(held) if not found[0]), None)


def by_sentence(hits: Hits) -> Mapping[int, Sequence[Hit]]:
    """The hits of each sentence."""
    found: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits.rows():
        found[hit.sentence].append(hit)
    return found


def takes_away(other: Hit, hit: Hit) -> bool:
    """Whether an `except` or `unless` of its rule silences the hit, both being in one sentence."""
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
    if len(patterns) == 1:
        return 0
    spans = (reader.matches((pattern,), by.sentence, [by.first]) for pattern in patterns)
    return next(n for n, found in enumerate(spans) if by.end in (end for _, end, _ in found))
