"""Counts what there is in the documents of a part, from its columns; a page is a line of JSON that `totals` adds up."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from factcheck.graded import Graded
from factcheck.judge.rows import first_of, rows_of, spread
from factcheck.language.program import KINDS, LEVELS, Rule
from factcheck.text.columns import Column, Rows
from factcheck_cli.reason import UNNAMED, bare, unnamed
from factcheck_cli.stats.groups import NONE, group, lacking
from factcheck_cli.tally import WITHOUT_SOURCE
from factcheck_cli.text import Text

OF_SENTENCES: Final = LEVELS[:-1]
"""The levels that sentences have."""

_PRONOUN, _UNNAMED = KINDS.index("pronoun"), KINDS.index(UNNAMED)
_SOURCELESS: Final = np.array([level in WITHOUT_SOURCE for level in OF_SENTENCES])


def counts(part: Graded, texts: Sequence[Text], by: str, /) -> bytes:
    """The numbers of the part by group, and over all groups its rules and the names of sources."""
    names = [group(text, by) for text in texts]
    without = next((lacking(text, by) for text, name in zip(texts, names, strict=True) if by and name == NONE), "")
    page = {
        "groups": _groups(part, names),
        "rules": _rules(part),
        **_names(part),
        "without": without,
    }
    return orjson.dumps(page) + b"\n"


def sourced(part: Graded) -> Rows:
    """The sentences that rest on somebody's word."""
    grades = part.grades
    return rows_of((grades.source >= 0) & ~_SOURCELESS.take(grades.level))


def _groups(part: Graded, names: Sequence[str]) -> dict[str, list[int]]:
    """For each group how many documents end in the part, sentences at each level, sentences on each kind of source."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    own = np.array([numbers[name] for name in names], np.intp)
    documents = np.bincount(own, minlength=len(numbers)) * (len(part) > 0)
    of = own.take(part.article.sentences.document)
    rows = sourced(part)
    kinds = part.sources.speakers.kind.take(part.grades.source.take(rows))
    table = np.column_stack((
        documents,
        _table(of, part.grades.level, len(numbers), len(OF_SENTENCES)),
        _table(of.take(rows), kinds, len(numbers), len(KINDS)),
    ))  # fmt: skip
    return dict(zip(numbers, table.tolist(), strict=True))


def _table(row: Rows, column: NDArray[np.integer[Any]], rows: int, columns: int) -> Rows:
    """How often each column occurs in each row."""
    return np.bincount(row * columns + column, minlength=rows * columns).reshape(rows, columns)


def _rules(part: Graded) -> dict[str, list[int]]:
    """For each rule that found something: how often, and how often it decided."""
    rules = part.program.rules
    found = np.bincount(part.findings.rule, minlength=len(rules)).tolist()
    decide = np.bincount(part.findings.rule.take(decisive(part)), minlength=len(rules)).tolist()
    return {rule.id: [a, b] for rule, a, b in zip(rules, found, decide, strict=True) if a}


def decisive(part: Graded) -> Rows:
    """The findings that tell best why sentences have their levels, as `reason.decisive` chooses them."""
    findings, grades = part.findings, part.grades
    sentence = rows_of(grades.setting >= 0)
    setting = grades.setting.take(sentence).astype(np.intp)
    rank = _ranks(part.program.rules).take(findings.rule)
    odd = rows_of(rank.take(setting) != grades.level.take(sentence))
    if len(odd):
        edges = np.searchsorted(findings.sentence, (sentence.take(odd), sentence.take(odd) + 1))
        row, which, _ = spread(edges[0], edges[1] - edges[0])
        by = setting.take(odd).take(which)
        fits = rank.take(row) == grades.level.take(sentence.take(odd)).take(which)
        fits &= (findings.first.take(row) < findings.end.take(by)) & (findings.first.take(by) < findings.end.take(row))
        good = rows_of(fits)
        beside = first_of(which.take(good), row.take(good), len(odd))
        setting[odd] = np.where(beside >= 0, beside, setting.take(odd))
    return setting


@lru_cache(maxsize=1)
def _ranks(rules: tuple[Rule, ...]) -> Column:
    return np.array([LEVELS.index(rule.level) for rule in rules], np.int32)


def _names(part: Graded) -> dict[str, dict[str, int]]:
    """How many sentences rest on each name, and on each description of somebody without one."""
    speakers, tokens = part.sources.speakers, part.article.tokens
    row = part.grades.source.take(sourced(part))
    fuller = speakers.refers_end.take(row) >= 0
    first = np.where(fuller, speakers.refers_first.take(row), speakers.first.take(row))
    end = np.where(fuller, speakers.refers_end.take(row), speakers.end.take(row))
    kind = speakers.kind.take(row)
    spans = zip(tokens.start.take(first).tolist(), tokens.end.take(end - 1).tolist(), strict=True)
    words = [tokens.text[a:b] for a, b in spans]
    without = kind == _UNNAMED
    named = ~without & (fuller | (kind != _PRONOUN))
    found = {}
    for title, flags in (("named", named), ("unnamed", without)):
        names = Counter[str]()
        for word, count in Counter(words[at] for at in rows_of(flags).tolist()).items():
            names[unnamed(word) if title == "unnamed" else bare(word)] += count
        found[title] = dict(names)
    return found
