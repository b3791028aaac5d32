"""The account of a grade: what counted, what did not and why, what was silenced, and what would change it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from factcheck.judge.grade import Grader, Weighed
from factcheck.judge.hits import Hit, Hits, Role
from factcheck.judge.reference import Reader
from factcheck.judge.resolve import Resolver
from factcheck.judge.silence import Silenced, Silencer, Silences
from factcheck.language.program import Level, Program
from factcheck.text.article import Article


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
    base: Level
    quoted: bool
    """Whether a quotation holds the whole sentence."""
    weighed: tuple[Weighed, ...]
    silenced: tuple[Silenced, ...]
    without: tuple[Without, ...]


def accounts(
    resolver: Resolver, article: Article, hits: Hits, findings: Hits, sentences: Iterable[int]
) -> Iterator[Account]:
    """The accounts of the sentences with these numbers."""
    program = resolver.program
    kept = _by_sentence(findings)
    grader, reader = Grader(program, article, findings.rows()), Reader(article, program.lists)
    silences = Silences(resolver, reader, hits, findings)
    for sentence in sentences:
        own = kept[sentence]
        quotation = grader.quotation(sentence)
        yield Account(
            sentence=sentence,
            base=grader.base(quotation),
            quoted=quotation is not None,
            weighed=tuple(grader.weighed(quotation, own)),
            silenced=_widest(one for one in silences.of(sentence) if _tells(program, one)),
            without=tuple(_without(grader, sentence, own)),
        )


def _by_sentence(hits: Hits) -> dict[int, list[Hit]]:
    found: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits.rows():
        found[hit.sentence].append(hit)
    return found


def _widest(found: Iterable[Silenced]) -> tuple[Silenced, ...]:
    """Without those that the same line took away from fewer of the same words."""
    rows = sorted(found, key=lambda one: (one.hit.first, -one.hit.end))
    reach: dict[tuple[int, Silencer, int | None], int] = {}
    kept: list[Silenced] = []
    for one in rows:
        key = (one.hit.rule, one.silencer, one.pattern)
        if one.hit.end > reach.get(key, -1):
            kept.append(one)
            reach[key] = one.hit.end
    return tuple(kept)


def _tells(program: Program, one: Silenced) -> bool:
    """Whether a reader learns from it: not that a rule's own longer match won, nor that a wordless rule is silent."""
    if not program.rules[one.hit.rule].match:
        return False
    return one.by is None or one.by.role is not Role.MATCH or one.by.rule != one.hit.rule


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
