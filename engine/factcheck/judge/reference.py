"""The plain matcher, written straight from the meaning of the language: it defines what a pattern matches.

It asks, for a pattern and a token to start at, where the pattern can end and which tokens it owns on the way. No
automaton and no index; a fast matcher is right when it returns the same hits. The time for one start is bounded by the
pattern's size and the longest match, so a text takes time linear in its length.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any as Value

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.hits import Captured, Hit, Role
from factcheck.judge.word import is_word
from factcheck.language.measure import MAX_SPAN
from factcheck.language.pattern import (
    Affix,
    Alt,
    Any,
    Capture,
    Edge,
    Gap,
    Lists,
    Mark,
    Maybe,
    Pattern,
    Quote,
    Ref,
    Run,
    Seq,
    Words,
    parts,
)
from factcheck.language.program import Program, Rule
from factcheck.text.article import Article
from factcheck.text.columns import Flags
from factcheck.text.fold import fold, plain

Captures = tuple[Captured, ...]


class Exhausted(Exception):  # noqa: N818 -- it ends a bounded search and is no mistake
    """The steps allowed are used up."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way a pattern takes tokens: bit k of `owned` is set when the k-th of them is not skipped by a gap.

    Bit n of `used` is set when it goes through the probe with number n, where the pattern has probes.
    """

    owned: int
    captures: Captures
    used: int = 0

    def then(self, other: "Reading", length: int) -> "Reading":
        """This reading of `length` tokens followed by another."""
        captures = _best(self.captures + other.captures)
        return Reading(self.owned | other.owned << length, captures, self.used | other.used)

    def or_else(self, other: "Reading") -> "Reading":
        """Of two readings of the same tokens the one with the shorter gaps from the left, with the captures of both."""
        difference = self.owned ^ other.owned
        captures = _best(self.captures + other.captures)
        if not difference:
            return Reading(self.owned, captures, self.used | other.used)
        shorter = self if self.owned & difference & -difference else other
        return Reading(shorter.owned, captures, shorter.used)


Readings = dict[int, Reading]
"""From the token after the last one taken to the reading that ends there."""

_NOTHING = Reading(0, ())
_ONE = Reading(1, ())


def _best(captures: Captures) -> Captures:
    """Of each name the leftmost, then the longest capture, then the one written first."""
    if len(captures) < 2:  # noqa: PLR2004
        return captures
    best: dict[str, Captured] = {}
    for one in captures:
        known = best.get(one.name)
        if known is None or _order(one) < _order(known):
            best[one.name] = one
    return tuple(best.values())


class _Written(Captured):
    """What a capture took, and how many captures are written before that one."""

    number = 0


def _order(one: Captured) -> tuple[int, int, int]:
    return one.first, -one.end, one.number if isinstance(one, _Written) else 0


class Reader:
    """Reads patterns in one article. `steps`, if given, bounds the work: past it `Exhausted` is raised.

    `sentences`, if given, are the only ones it will be asked about: it looks at no other.
    """

    def __init__(
        self, article: Article, lists: Lists, steps: int | None = None, sentences: Sequence[int] | None = None
    ) -> None:
        self.article, self.lists, self.steps = article, lists, steps
        tokens, self._held = article.tokens, _held(article, sentences)
        rows: list[int] = np.flatnonzero(self._held).tolist()
        written = [tokens.text[a:b] for a, b in zip(*self._of(tokens.start, tokens.end), strict=True)]
        self.form: dict[int, str] = dict(zip(rows, map(plain, written), strict=True))
        self.fold: dict[int, str] = dict(zip(rows, map(fold, written), strict=True))
        self.word, self.starts, self.quotes, self.opening, heading = (
            dict(zip(rows, values, strict=True))
            for values in self._of(
                tokens.word,
                article.starts,
                article.quotations.mark,
                article.quotations.opening,
                article.sentences.heading.take(article.sentences.of),
            )
        )
        # Where a word written in lower case matches: lower-case words, sentence starts, headings.
        self.free = {t: self.starts[t] or self.form[t] == self.fold[t] or heading[t] for t in rows}
        self.runs = self._runs()
        self.memo: dict[tuple[int, int], Readings] = {}
        self.written: dict[int, int] = {}
        """Captures met, by identity, and how many are written before each."""
        self.stop = self.last = 0

    def _of(self, *columns: NDArray[Value]) -> list[list[Value]]:
        """What the columns say of the tokens that are read."""
        return [column[self._held].tolist() for column in columns]

    def _runs(self) -> dict[tuple[str, bool], dict[int, int]]:
        found: dict[tuple[str, bool], dict[int, int]] = {}
        for kind, runs in {"name": self.article.names, **self.article.shapes}.items():
            read = self._held.take(runs.first)
            columns = (column[read].tolist() for column in (runs.first, runs.end, runs.possessive))
            for first, end, possessive in zip(*columns, strict=True):
                found.setdefault((kind, possessive), {})[first] = end
        return found

    def matches(
        self, patterns: Sequence[Pattern], sentence: int, starts: Sequence[int] | None = None
    ) -> Iterator[tuple[int, int, Reading]]:
        """Every (first, end) in the sentence that satisfies one of the patterns, with its reading.

        `starts` are the tokens at which a match can start, where the caller knows; else every token is tried.
        """
        self.note(patterns)
        first = int(self.article.sentences.first[sentence])
        self.last = int(self.article.sentences.end[sentence])
        for at in range(first, self.last) if starts is None else starts:
            self.stop = min(self.last, at + MAX_SPAN)
            self.memo.clear()
            found: Readings = {}
            for pattern in patterns:
                merge(found, self.readings(pattern, at))
            yield from ((at, end, reading) for end, reading in sorted(found.items()) if end > at)

    def reading(self, patterns: Sequence[Pattern], sentence: int, first: int, end: int) -> Reading | None:
        """How the patterns take tokens `first` … `end` - 1; None when none of them does."""
        self.note(patterns)
        self.last = int(self.article.sentences.end[sentence])
        self.stop = end  # what ends later is no part of it
        self.memo.clear()
        found: Readings = {}
        for pattern in patterns:
            own = self.readings(pattern, first)
            if end in own:
                merge(found, {end: own[end]})
        return found.get(end)

    def spans(self, pattern: Pattern, end: int, starts: Sequence[int]) -> list[tuple[int, int]]:
        """Where `pattern` matches from one of the tokens `starts` on, before token `end`."""
        self.stop = self.last = end
        self.memo.clear()
        return [(at, stop) for at in starts for stop in self.readings(pattern, at)]

    def spend(self, steps: int) -> None:
        """Takes steps from those allowed."""
        if self.steps is not None:
            self.steps -= steps
            if self.steps < 0:
                raise Exhausted

    def readings(self, pattern: Pattern, at: int) -> Readings:
        """Where `pattern` can end when it starts at token `at`."""
        self.spend(1)
        if isinstance(pattern, Words | Affix | Mark | Quote | Any):
            return {at + 1: _ONE} if at < self.stop and self.is_one(pattern, at) else {}
        if isinstance(pattern, Run):
            end = self.runs.get((pattern.kind, pattern.possessive), {}).get(at, self.stop + 1)
            return {end: Reading((1 << end - at) - 1, ())} if end <= self.stop else {}
        if isinstance(pattern, Edge):
            return {at: _NOTHING} if self.is_edge(pattern.side, at) else {}
        if isinstance(pattern, Gap):
            return dict.fromkeys(self.gap_ends(pattern.limit, at), _NOTHING)
        key = (id(pattern), at)
        if key not in self.memo:
            self.memo[key] = self.parts(pattern, at)
        return self.memo[key]

    def parts(self, pattern: Pattern, at: int) -> Readings:
        """The readings of a pattern made of patterns."""
        found: Readings = {}
        if isinstance(pattern, Ref):
            found = self.readings(self.lists[pattern.key], at)
        elif isinstance(pattern, Maybe):
            found = merge({at: _NOTHING}, self.readings(pattern.item, at))
        elif isinstance(pattern, Alt):
            for option in pattern.options:
                merge(found, self.readings(option, at))
        elif isinstance(pattern, Capture):
            for end, reading in self.readings(pattern.item, at).items():
                own = (self.taken(pattern, at, end),) if end > at else ()
                found[end] = Reading(reading.owned, _best(own + reading.captures))
        elif isinstance(pattern, Seq):
            found = self.sequence(pattern, at)
        return found

    def taken(self, pattern: Capture, first: int, end: int) -> Captured:
        """What a capture took, which knows where it is written."""
        found = _Written(pattern.name, first, end, pattern.kind)
        found.number = self.written.get(id(pattern), 0)
        return found

    def note(self, patterns: Sequence[Pattern]) -> None:
        """Notes the order in which the captures of patterns are written, whatever order they are read in."""
        if patterns and id(patterns[0]) not in self.written:
            self.written[id(patterns[0])] = len(self.written)
            for part in parts(*patterns, lists=self.lists):
                if isinstance(part, Capture):
                    self.written.setdefault(id(part), len(self.written))

    def sequence(self, pattern: Seq, at: int) -> Readings:
        """`A B` takes tokens `at` … `end` - 1 if some token between them splits these into an A and a B."""
        found: Readings = {at: _NOTHING}
        for item in pattern.items:
            following: Readings = {}
            for middle, before in found.items():
                readings = self.readings(item, middle)
                self.spend(len(readings))
                for end, after in readings.items():
                    merge(following, {end: before.then(after, middle - at)})
            found = following
        return found

    def is_one(self, pattern: Words | Affix | Mark | Quote | Any, at: int) -> bool:
        """Whether token `at` is the word or mark that the pattern asks for."""
        if isinstance(pattern, Quote):
            return self.quotes[at] and pattern.side in ("", "opening" if self.opening[at] else "closing")
        if isinstance(pattern, Mark):
            return not self.word[at] and self.fold[at] == pattern.char
        return self.word[at] and is_word(pattern, self.form[at], self.fold[at], free=self.free[at])

    def is_edge(self, side: str, at: int) -> bool:
        """The start holds wherever a sentence starts, the end also before the marks that close the sentence."""
        if side == "start":
            return at < self.last and self.starts[at]
        return at + MAX_SPAN > self.last and not any(self.word[row] for row in range(at, self.last))

    def gap_ends(self, limit: int, at: int) -> Iterator[int]:
        """Where a gap from `at` can end: after 0 … `limit` words, with up to as many commas and brackets among them."""
        words = marks = 0
        yield at
        while at < self.stop:
            if self.word[at]:
                words += 1
            elif self.form[at] in PASSED:
                marks += 1
            else:
                return
            if words > limit or marks > limit:
                return
            at += 1
            yield at


PASSED = frozenset(",()[]{}")
"""The marks a gap passes."""


def _held(article: Article, sentences: Sequence[int] | None) -> Flags:
    """Which tokens stand in these sentences; all do where none are given."""
    if sentences is None:
        return np.ones(len(article.tokens), np.bool_)
    read = np.zeros(len(article.sentences), np.bool_)
    read[list(sentences)] = True
    return read.take(article.sentences.of)


def merge(found: Readings, more: Readings) -> Readings:
    """Adds more readings from the same token to those found."""
    for end, reading in more.items():
        found[end] = found[end].or_else(reading) if end in found else reading
    return found


def rule_patterns(rule: Rule, role: Role) -> Sequence[Pattern]:
    """The rule's patterns for what is asked."""
    return {Role.MATCH: rule.match, Role.EXCEPT: rule.excepts, Role.UNLESS: rule.unless}[role]


def rule_hits(reader: Reader, rule: Rule, number: int, sentence: int) -> list[Hit]:
    """All hits of one rule in one sentence; its `except` and `unless` only where its `match` has any."""
    if not rule.match:
        hits = [whole(reader, number, sentence)]
    else:
        found = reader.matches(rule.match, sentence)
        hits = [Hit(Role.MATCH, number, sentence, first, end, r.owned, r.captures) for first, end, r in found]
    others = ((Role.EXCEPT, rule.excepts), (Role.UNLESS, rule.unless))
    for role, patterns in others if hits else ():
        found = reader.matches(patterns, sentence) if patterns else iter(())
        hits += [Hit(role, number, sentence, first, end, r.owned, r.captures) for first, end, r in found]
    return hits


def whole(reader: Reader, number: int, sentence: int) -> Hit:
    """A rule of conditions alone hits the sentence as a whole."""
    first, end = int(reader.article.sentences.first[sentence]), int(reader.article.sentences.end[sentence])
    return Hit(Role.MATCH, number, sentence, first, end, (1 << min(end - first, MAX_SPAN)) - 1, ())


def reference_hits(program: Program, article: Article, steps: int | None = None) -> list[Hit]:
    """All hits of all rules, rule by rule in every sentence: the definition itself."""
    reader = Reader(article, program.lists, steps)
    sentences = range(len(article.sentences))
    return [hit for s in sentences for n, rule in enumerate(program.rules) for hit in rule_hits(reader, rule, n, s)]
