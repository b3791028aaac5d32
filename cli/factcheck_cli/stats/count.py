"""Counts what there is in the documents of a part, from its columns; a page is a line of JSON that `totals` adds up."""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from factcheck.graded import Graded
from factcheck.judge.rows import first_of, rows_of, spread
from factcheck.language.program import KINDS, LEVELS, Rule
from factcheck.text.columns import Column, Rows
from factcheck_cli.inputs.text import Text
from factcheck_cli.stats.groups import NONE, WITHIN, group, lacking
from factcheck_cli.stats.sourced import OF_SENTENCES, nameless, names, sourced
from factcheck_cli.stats.within import grouped


def counts(part: Graded, texts: Sequence[Text], by: str, /) -> bytes:
    """The numbers of the part: over all, by group, of its rules and of the names of sources."""
    documents = by not in WITHIN
    names = [group(text, by) if documents else NONE for text in texts]
    without = next((lacking(text, by) for text, name in zip(texts, names, strict=True) if by and name == NONE), "")
    page = {
        "whole": _of_documents(part, [NONE] * len(texts))[NONE],
        "groups": (_of_documents(part, names) if documents else _within(part, by)) if by else {},
        "goes_on": part.place.characters > 0,
        "rules": _rules(part),
        **_names(part),
        "without": without if documents else "",
    }
    return orjson.dumps(page) + b"\n"


def _of_documents(part: Graded, names: Sequence[str]) -> dict[str, list[int]]:
    """For each group how many documents end in the part, sentences at each level, sentences on each kind of source."""
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    own = np.array([numbers[name] for name in names], np.intp)
    documents = np.bincount(own, minlength=len(numbers)) * (len(part) > 0)
    of = own.take(part.article.sentences.document)
    return _numbers(part, documents, np.arange(len(of)), of, tuple(numbers))


def _within(part: Graded, by: str) -> dict[str, list[int]]:
    """For each group of sentences the documents that they are in, and the same of them."""
    sentence, of, names = grouped(part, by)
    within = np.unique(part.article.sentences.document.take(sentence) * np.intp(len(names)) + of)
    documents = np.bincount(within % max(len(names), 1), minlength=len(names))
    found = _numbers(part, documents, sentence, of, names)
    return {name: numbers for name, numbers in found.items() if numbers[0]}


def _numbers(part: Graded, documents: Rows, sentence: Rows, of: Rows, names: Sequence[str]) -> dict[str, list[int]]:
    """For each group its documents, its sentences at each level, and on each kind of source."""
    rests = sourced(part)
    kind = np.full(len(part.grades.level), -1)
    kind[rests.sentence] = rests.kind
    own = kind.take(sentence)
    rows = rows_of(own >= 0)
    table = np.column_stack((
        documents,
        _table(of, part.grades.level.take(sentence), len(names), len(OF_SENTENCES)),
        _table(of.take(rows), own.take(rows), len(names), len(KINDS)),
    ))  # fmt: skip
    return dict(zip(names, table.tolist(), strict=True))


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
    of = sourced(part)
    found = Counter(zip(names(part, of), nameless(of), strict=True))
    told: dict[str, dict[str, int]] = {"named": {}, "unnamed": {}}
    for (name, is_nameless), number in found.items():
        if name:
            told["unnamed" if is_nameless else "named"][name] = number
    return told
