"""The account of a grade: what counted, what did not and why, what was silenced, and what would change it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from factcheck.judge.grade import Grade, Grader, Weighed
from factcheck.judge.hits import Hit, Hits, Role
from factcheck.judge.reference import Reader
from factcheck.judge.resolve import Places, owned_tokens
from factcheck.language.program import Level, Program, holds
from factcheck.text.article import Article


class Silencer(StrEnum):
    """What can take a hit away."""

    EXCEPT = "except"
    UNLESS = "unless"
    WHEN = "when"
    LONGER = "longer"
    LATER = "later"


class Silenced(NamedTuple):
    """A hit that is no finding. `by` is the hit that took it away, `pattern` the number of that one's pattern."""

    hit: Hit
    silencer: Silencer
    by: Hit | None
    pattern: int | None


class Without(NamedTuple):
    """The level that the sentence would have without some of its findings."""

    hits: tuple[Hit, ...]
    level: Level


@dataclass(frozen=True, slots=True)
class Account:
    """All that led to the grade of one sentence; the level can be worked out again from it.

    Where a finding of `weighed` that counts is no-claim, so is the sentence. Else its level is the lowest of those that
    count and, where the sentence is all in a quotation or nothing counts, of `base`.
    """

    sentence: int
    grade: Grade
    base: Level
    quoted: bool
    """Whether a quotation holds the whole sentence."""
    weighed: tuple[Weighed, ...]
    silenced: tuple[Silenced, ...]
    without: tuple[Without, ...]


def account(program: Program, article: Article, hits: Hits, findings: Hits, sentence: int) -> Account:
    """The account of the sentence with this number."""
    rows = findings.rows()
    grader = Grader(program, article, rows)
    own = [hit for hit in rows if hit.sentence == sentence]
    quotation = grader.quotation(sentence)
    weighed = grader.weighed(quotation, own)
    return Account(
        sentence=sentence,
        grade=grader.sentence(sentence, own),
        base=grader.base(quotation),
        quoted=quotation is not None,
        weighed=tuple(weighed),
        silenced=tuple(_silenced(program, article, [h for h in hits.rows() if h.sentence == sentence], own)),
        without=tuple(_without(grader, sentence, own)),
    )


def _without(grader: Grader, sentence: int, findings: list[Hit]) -> Iterator[Without]:
    """What each finding at the sentence's level keeps it from, and what all of them together do."""
    now = grader.sentence(sentence, findings).level
    weighed = grader.weighed(grader.quotation(sentence), findings)
    deciding = [one.hit for one in weighed if one.counts and one.level is now]
    groups = [(hit,) for hit in deciding] + ([tuple(deciding)] if len(deciding) > 1 else [])
    for group in groups:
        level = grader.sentence(sentence, [hit for hit in findings if hit not in group]).level
        if level is not now:
            yield Without(group, level)


def _silenced(program: Program, article: Article, hits: list[Hit], findings: list[Hit]) -> Iterator[Silenced]:
    kept = set(findings)
    reader, places = Reader(article, program.lists), Places(program, article)
    present = {program.rules[hit.rule].pack for hit in findings}
    others = [hit for hit in hits if hit.role is not Role.MATCH]
    for hit in hits:
        rule = program.rules[hit.rule]
        if hit.role is not Role.MATCH or hit in kept:
            continue
        if not rule.match and not holds(rule.when, places.truth(hit, present)):
            continue  # a rule of conditions alone finds no words: that it is silent says nothing
        by = next((other for other in others if _takes_away(other, hit)), None)
        if by:
            yield Silenced(hit, Silencer[by.role.name], by, _pattern(program, reader, by))
        elif not holds(program.rules[hit.rule].when, places.truth(hit, present)):
            yield Silenced(hit, Silencer.WHEN, None, None)
        else:
            over = _overridden(program, hit, findings)
            if over.by is None or over.by.rule != hit.rule:  # a rule's own longer match takes nothing away
                yield over


def _takes_away(other: Hit, hit: Hit) -> bool:
    return other.rule == hit.rule and (
        other.role is Role.UNLESS or not set(owned_tokens(other)).isdisjoint(owned_tokens(hit))
    )


def _overridden(program: Program, hit: Hit, findings: Sequence[Hit]) -> Silenced:
    """The finding of the same pack that holds the hit."""
    pack = program.rules[hit.rule].pack
    around = (h for h in findings if program.rules[h.rule].pack == pack and h.first <= hit.first and hit.end <= h.end)
    by = next(around, None)
    same = by is not None and (by.first, by.end) == (hit.first, hit.end)
    return Silenced(hit, Silencer.LATER if same else Silencer.LONGER, by, None)


def _pattern(program: Program, reader: Reader, by: Hit) -> int | None:
    """Which of the rule's `except` or `unless` lines, counted from 0, made this hit."""
    rule = program.rules[by.rule]
    patterns = rule.unless if by.role is Role.UNLESS else rule.excepts
    for number, pattern in enumerate(patterns):
        if any(
            (first, end) == (by.first, by.end) for first, end, _ in reader.matches((pattern,), by.sentence, [by.first])
        ):
            return number
    return None
