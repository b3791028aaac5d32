"""The account of a grade: what counted, what did not and why, what was silenced, and what would change it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from factcheck.judge.grade import FATES, Cases, Fate, Grader, Grades, quotations
from factcheck.judge.grade import Weighed as Columns
from factcheck.judge.hits import Hit, Hits, Role
from factcheck.judge.reference import Reader
from factcheck.judge.resolve import Resolver
from factcheck.judge.rows import rows_of
from factcheck.judge.silence import Silenced, Silencer, Silences, by_sentence
from factcheck.judge.speaker import Sources
from factcheck.language.program import LEVELS, NOTE, Level
from factcheck.text.article import Article

if TYPE_CHECKING:
    from factcheck.text.columns import Rows

    _Case = tuple[int, Rows, Rows]
    """A sentence, the findings that it is graded without, and those it is left with."""


_LEVELS: Final = {number: Level(name) for number, name in enumerate(LEVELS) if name != NOTE}
_SHARE: Final = 100_000
"""Findings that are graded at once."""


class Judged(NamedTuple):
    """What is known of an article once its sentences are graded."""

    hits: Hits
    findings: Hits
    sources: Sources
    grades: Grades


class Weighed(NamedTuple):
    """A finding, the level it stands for once its source is known, and what becomes of it."""

    hit: Hit
    level: Level
    fate: Fate

    @property
    def counts(self) -> bool:
        """Whether the level is read from it."""
        return self.fate is Fate.COUNTS


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


def accounts(  # noqa: PLR0913 -- what is asked of each is a stage of the pipeline
    resolver: Resolver,
    grader: Grader,
    article: Article,
    judged: Judged,
    sentences: Sequence[int],
    *,
    silenced: bool = True,
) -> Iterator[Account]:
    """The accounts of the sentences with these numbers, `silenced` hits included unless nobody asks for them.

    To find these takes as long as all the rest; without them `judged.hits` may be the findings.
    """
    findings, sources = judged.findings, judged.sources
    silences = _silences(resolver, article, judged) if silenced else None
    kept = by_sentence(findings)
    every = Cases(np.arange(len(article.sentences)), findings.sentence)
    quotation = quotations(article)
    base = grader.bases(sources, quotation)
    weighed = grader.weighed(article, findings, sources, every)
    edges = findings.sentence.searchsorted(np.arange(len(article.sentences) + 1)).tolist()
    levels = [
        [_LEVELS[level] for level in weighed.level.tolist()],
        [FATES[fate] for fate in weighed.fate.tolist()],
    ]
    without = _without(grader, article, judged, weighed, sentences)
    for sentence in sentences:
        own = slice(edges[sentence], edges[sentence + 1])
        hits = kept[sentence]
        gone = silences.of(sentence) if silences else ()
        yield Account(
            sentence=sentence,
            base=_LEVELS[base[sentence]],
            quoted=bool(quotation[sentence] >= 0),
            weighed=tuple(map(Weighed, hits, levels[0][own], levels[1][own])),
            silenced=_widest(one for one in gone if _tells(one)),
            without=tuple(without[sentence]),
        )


def _silences(resolver: Resolver, article: Article, judged: Judged) -> Silences:
    """What took hits away, those of rules that have words of their own; of the others, which are most, none is told."""
    program, hits = resolver.program, judged.hits
    rows = rows_of(np.array([bool(rule.match) for rule in program.rules], np.bool_).take(hits.rule))
    # Only what an `except` or an `unless` found is read again.
    read = hits.sentence.take(rows[hits.matched.role.take(rows) != Role.MATCH])
    reader = Reader(article, program.lists, sentences=np.unique(read).tolist())
    return Silences(resolver, reader, hits, judged.findings, rows)


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


def _tells(one: Silenced) -> bool:
    """Whether a reader learns from it: not that a rule's own longer match won."""
    return one.by is None or one.by.role is not Role.MATCH or one.by.rule != one.hit.rule


def _without(
    grader: Grader, article: Article, judged: Judged, weighed: Columns, sentences: Sequence[int]
) -> dict[int, list[Without]]:
    """What each finding at its sentence's level keeps it from, and what all of them together do."""
    findings, grades = judged.findings, judged.grades
    deciding = (weighed.fate == FATES.index(Fate.COUNTS)) & (weighed.level == grades.level.take(findings.sentence))
    edges = findings.sentence.searchsorted(np.arange(len(article.sentences) + 1))
    cases: list[_Case] = []
    decided = set(findings.sentence[deciding].tolist())
    for sentence in (one for one in sentences if one in decided):
        own = np.arange(edges[sentence], edges[sentence + 1])
        decide = own[deciding[own]]
        cases += [(sentence, decide[k : k + 1], own[own != row]) for k, row in enumerate(decide.tolist())]
        if len(decide) > 1:
            cases.append((sentence, decide, own[~deciding[own]]))
    found: dict[int, list[Without]] = defaultdict(list)
    hits = findings.rows() if cases else []
    for some in _shares(cases):
        rows = np.concatenate([left for *_, left in some])
        of = np.repeat(np.arange(len(some)), [len(left) for *_, left in some])
        asked = Cases(np.array([sentence for sentence, *_ in some]), of)
        then = grader.grade(article, findings.hits(rows), judged.sources.take(rows), asked)
        for (sentence, gone, _), level in zip(some, then.level.tolist(), strict=True):
            if level != grades.level[sentence]:
                found[sentence].append(Without(tuple(hits[row] for row in gone.tolist()), _LEVELS[level]))
    return found


def _shares(cases: Sequence["_Case"]) -> Iterator[Sequence["_Case"]]:
    """The cases in lists of not too many findings together: one sentence may have thousands, each in every case."""
    share: list[_Case] = []
    size = 0
    for case in cases:
        share.append(case)
        size += len(case[2])
        if size > _SHARE:
            yield share
            share, size = [], 0
    if share:
        yield share
