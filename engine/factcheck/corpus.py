"""What rules do on a corpus: in how many sentences each fires, and what silences those that never do."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from factcheck.diagnostic import Diagnostic, Label
from factcheck.garbage import acyclic
from factcheck.judge.hits import Hits, Role
from factcheck.judge.match import Matcher
from factcheck.judge.reference import Reader
from factcheck.judge.resolve import Resolver
from factcheck.judge.silence import Silenced, Silencer, Silences
from factcheck.language import rule as models
from factcheck.language.program import Program, Rule
from factcheck.language.reach import restricted
from factcheck.scan import read_in_parts
from factcheck.span import Source, Span
from factcheck.text.article import Article
from factcheck.text.columns import Rows

COMMON: Final = 20
"""One sentence in so many is often."""
_OFTEN_RIGHT, _COMMON_THEN = 0.9, 4
"""Of a rule with this weight, whose author says that it is right where it fires, one in so many."""
_FEWEST: Final = 20
"""Sentences that can tell whether something is common."""
_LOOKED_AT: Final = 100
"""Hits of a rule of which it is told what silences them."""

_REASONS: Final = 3  # that a message names

Batch = tuple[Sequence[str], Sequence[Sequence[tuple[int, int, str]]]]
"""Texts and the marks on each."""
Fate = tuple[Silencer, str]
"""What silences a hit, and the rule that does, or the number of the line."""


@dataclass(slots=True)
class Tally:
    """What some rules have done in sentences so far."""

    sentences: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    """By rule the sentences in which it has a finding."""
    matched: Counter[str] = field(default_factory=Counter)
    """By rule the hits that its patterns have, silenced or not."""
    fates: dict[str, Counter[Fate]] = field(default_factory=dict)
    """Of rules without a finding what silences their hits, as far as it was looked at."""


def tallied(program: Program, rules: Container[str], batches: Iterable[Batch]) -> Tally:
    """What these rules of the program do in batches of texts, each with the marks on it."""
    packs = {rule.pack for rule in program.rules if rule.id in rules}
    counter = _Counter(restricted(program, packs), rules)
    for texts, marks in batches:
        for reading in read_in_parts(texts, "auto", counter.lexicon, marks):
            with acyclic():
                counter.take(reading.article)
    return counter.tally


class _Counter:
    """Counts what rules do, text by text."""

    def __init__(self, program: Program, rules: Container[str]) -> None:
        self.tally = Tally()
        self._program, self._matcher = program, Matcher(program)
        self.lexicon = self._matcher.symbols.lexicon
        self._resolver = Resolver(program, self.lexicon)
        self._own = np.array([rule.id in rules for rule in program.rules], np.bool_)
        self._ids = [rule.id for rule in program.rules]

    def take(self, article: Article) -> None:
        """Counts what they do in the texts of an article."""
        hits = self._matcher.hits(article)
        findings = self._resolver.findings(article, hits)
        size = len(self._ids)
        self.tally.sentences += len(article.sentences)
        own = np.unique(findings.sentence.astype(np.int64) * size + findings.rule) % size
        self._count(self.tally.fired, own)
        self._count(self.tally.matched, hits.rule[hits.matched.role == Role.MATCH])
        self._look(article, hits, findings)

    def _count(self, counter: Counter[str], rules: Rows) -> None:
        times = np.bincount(rules, minlength=len(self._ids)) * self._own
        counter.update({self._ids[number]: int(times[number]) for number in np.flatnonzero(times).tolist()})

    def _look(self, article: Article, hits: Hits, findings: Hits) -> None:
        """Notes what silences hits of rules that have no finding yet."""
        tally, match = self.tally, hits.matched.role == Role.MATCH
        wanted = [
            number
            for number in np.unique(hits.rule[match]).tolist()
            if self._own[number]
            and not tally.fired[self._ids[number]]
            and tally.fates.setdefault(self._ids[number], Counter()).total() < _LOOKED_AT
        ]
        if not wanted:
            return
        sentences = np.unique(hits.sentence[match & np.isin(hits.rule, wanted)])[: _LOOKED_AT * len(wanted)]
        some = hits.hits(np.flatnonzero(np.isin(hits.sentence, sentences)))
        kept = findings.hits(np.flatnonzero(np.isin(findings.sentence, sentences)))
        reader = Reader(article, self._program.lists, sentences=sentences.tolist())
        silences = Silences(self._resolver, reader, some, kept)
        for sentence in sentences.tolist():
            for gone in silences.of(sentence):
                if gone.hit.rule in wanted:
                    tally.fates[self._ids[gone.hit.rule]][self._fate(gone)] += 1

    def _fate(self, gone: Silenced) -> Fate:
        if gone.pattern is not None:
            return gone.silencer, str(gone.pattern)
        return gone.silencer, self._ids[gone.by.rule] if gone.by else "0"


# ---- what there is to say of it ----


class _Subject(NamedTuple):
    """A rule that somebody's files define or amend, and where they name it."""

    rule: Rule
    source: Source
    span: Span


def subjects(files: Sequence[models.RuleFile], program: Program) -> dict[str, _Subject]:
    """The rules that the files define, or amend by name, as far as they are not switched off."""
    rules = {rule.id: rule for rule in program.rules}
    found: dict[str, _Subject] = {}
    for file in files:
        named = [*((one.id, one) for one in file.rules), *((one.target, one) for one in file.amendments)]
        for name, one in named:
            if name in rules:
                found.setdefault(name, _Subject(rules[name], one.source, one.statement.name.span))
    return found


def judged(tally: Tally, own: Mapping[str, _Subject], files: Sequence[models.RuleFile]) -> Iterator[Diagnostic]:
    """The rules that never fire, and those that fire too often. `files` are all that are loaded."""
    for name, one in own.items():
        fired = tally.fired[name]
        if not fired:
            message = f"rule `{name}` fires in none of {tally.sentences:,} sentences"
            remedy = _why_never(tally, name, files)
            yield Diagnostic("FC115", message, one.source, (Label(one.span),), remedy)
        elif one.rule.match and tally.sentences >= _FEWEST:
            trusted = one.rule.weight >= _OFTEN_RIGHT
            if fired * (_COMMON_THEN if trusted else COMMON) > tally.sentences:
                share = f"{fired:,} of {tally.sentences:,} sentences, one in {tally.sentences / fired:.1f}"
                remedy = "narrow its patterns"
                if not trusted:
                    remedy += f"; if it is right nearly everywhere, say so: `weight {_OFTEN_RIGHT}`"
                yield Diagnostic("FC116", f"rule `{name}` fires in {share}", one.source, (Label(one.span),), remedy)


def _why_never(tally: Tally, name: str, files: Sequence[models.RuleFile]) -> str:
    matched = tally.matched[name]
    if not matched:
        return "none of its patterns matches: look for a slip in them, or name texts of the kind that the rule is for"
    fates = tally.fates[name]
    many = f"{matched:,} time{'' if matched == 1 else 's'}"
    seen = "" if fates.total() >= matched else f"; of {fates.total():,} that were looked at"
    first, *more = fates.most_common(_REASONS)
    reasons = [f"{first[1]:,} go{'es' if first[1] == 1 else ''} to {_said(name, first[0], files)}"]
    reasons += [f"{number:,} to {_said(name, fate, files)}" for fate, number in more]
    return f"its patterns match {many}{seen}{',' if seen else ':'} {', '.join(reasons)}"


def _said(name: str, fate: Fate, files: Sequence[models.RuleFile]) -> str:
    silencer, what = fate
    if silencer in (Silencer.LONGER, Silencer.LATER):
        return f"the {silencer} rule `{what}`" if what != "0" else "rules of its pack"
    return f"`{silencer}` in line {_line(name, silencer, int(what), files)}"


def _line(name: str, silencer: Silencer, number: int, files: Sequence[models.RuleFile]) -> int:
    """The line of the field, those of amendments counted behind those of the rule."""
    targets = (name, name.partition("/")[0], "*")
    owners: list[models.Rule | models.Amendment] = [one for file in files for one in file.rules if one.id == name]
    owners += [one for file in files for one in file.amendments if one.target in targets]
    fields = {Silencer.EXCEPT: "excepts", Silencer.UNLESS: "unless", Silencer.WHEN: "when"}
    lines = [owner.source.place(one.at).line for owner in owners for one in getattr(owner, fields[silencer])]
    return lines[min(number, len(lines) - 1)]
