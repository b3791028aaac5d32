"""Matching: a program and an article to hits. One interface, `Matcher.hits`, whatever stands behind it.

All patterns become two automata over words: one reads forwards, one backwards, and each pattern belongs to the one that
begins with its rarer end. They say where patterns match; how, with which tokens owned and what captured, is read then.
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from threading import RLock
from typing import Final

import numpy as np

from factcheck.judge.anchor import cost
from factcheck.judge.coded import Limits, decoded_rests
from factcheck.judge.dfa import Dfa
from factcheck.judge.hits import Hit, Hits, Role
from factcheck.judge.nfa import Goal, Nfa
from factcheck.judge.opening import Openings, QuickReader
from factcheck.judge.recall import Ground, Recall
from factcheck.judge.reference import Reader, Reading, rule_patterns, whole
from factcheck.judge.symbol import Symbols
from factcheck.judge.walk import walk_all, ways, windows
from factcheck.language.pattern import Capture, Gap, Lists, Pattern, Seq, parts
from factcheck.language.program import Program
from factcheck.tables import Tables, named, under
from factcheck.text.article import Article

Place = tuple[Role, int, int, int, int]
"""Role, rule, sentence, first token, and the one after the last."""


class Matcher:
    """Finds the hits of a program in articles."""

    def __init__(self, program: Program, tables: Tables | None = None) -> None:
        """With the `tables` that a matcher of the same program gave it knows what that knew.

        Raises KeyError or DamagedError when no such matcher gave them.
        """
        self.program = program
        self._openings = Openings(program.lists)
        self.symbols = Symbols(program, tables)
        self._sequences = [part for part in parts(*program.patterns) if isinstance(part, Seq)]
        self._patterns = [
            (pattern, Goal(role, number))
            for number, rule in enumerate(program.rules)
            for role in Role
            for pattern in rule_patterns(rule, role)
        ]
        self._plain = {
            (role, number)
            for number, rule in enumerate(program.rules)
            for role in Role
            if not any(reads(pattern, program.lists) for pattern in rule_patterns(rule, role))
        }
        """Roles of rules whose patterns own all that they match, and capture nothing."""
        self._recall = Recall()
        self._learning = RLock()  # each text may teach the tables that threads share
        self._bare = [number for number, rule in enumerate(program.rules) if not rule.match]
        if tables:
            self._dfas = tuple(self._restored(under(side, tables), backwards=side == _SIDES[1]) for side in _SIDES)
        else:
            self._dfas = self._begun()

    def tables(self) -> Tables:
        """What texts have taught it so far, to be kept."""
        sides = [named(side, dfa.tables()) for side, dfa in zip(_SIDES, self._dfas, strict=True)]
        return {**self.symbols.tables(), **sides[0], **sides[1]}

    def hits(self, article: Article) -> Hits:
        """All hits in the article."""
        return self.counted_hits(article, None)[0]

    def counted_hits(
        self, article: Article, steps: int | None, only: AbstractSet[int] | None = None
    ) -> tuple[Hits, int | None]:
        """All hits, or those of some rules only, and what is left of `steps` then.

        `reference.Exhausted` is raised when they do not suffice.
        """
        reader = QuickReader(article, self._openings, self.program.lists, steps)
        with self._learning:
            ground = Ground.of(self.symbols.of(article), ways(article))
            parts = (self._read(reader, ground, part, only) for part in windows(article.sentences))
            return Hits.of([hit for part in parts for hit in part]), reader.steps

    def _read(self, reader: Reader, ground: Ground, part: range, only: AbstractSet[int] | None) -> list[Hit]:
        """The hits in a run of sentences, and those of rules of conditions alone."""
        places = self._places(reader.article, ground, part)
        rows = [
            Hit(role, rule, sentence, first, end, reading.owned, reading.captures)
            for role, rule, sentence, first, end in places
            if only is None or rule in only
            if (reading := self._reading(reader, ground, role, rule, sentence, first, end))
        ]
        bare = self._bare if only is None else [number for number in self._bare if number in only]
        return rows + [whole(reader, number, s) for number in bare for s in part]

    def _reading(  # noqa: PLR0913, PLR0917 -- the columns of a place
        self, reader: Reader, ground: Ground, role: Role, rule: int, sentence: int, first: int, end: int
    ) -> Reading | None:
        """Which tokens are owned and what is captured; where nothing is skipped or captured all are owned."""
        if (role, rule) in self._plain:
            return Reading((1 << end - first) - 1, ())
        patterns = rule_patterns(self.program.rules[rule], role)
        if reader.steps is not None:  # each reading is to be paid for
            return reader.reading(patterns, sentence, first, end)
        key = (role, rule, ground.alike(first, end))
        known = self._recall.get(key, first)
        return known or self._recall.keep(key, first, reader.reading(patterns, sentence, first, end))

    def _begun(self) -> tuple[Dfa, ...]:
        """The automata as they are before any text, each with its patterns."""
        forwards, backwards = (self._nfa(backwards=side) for side in (False, True))
        leaves = list(self.symbols.leaves)
        sides: tuple[list[tuple[Pattern, Goal]], ...] = ([], [])
        for one in self._patterns:
            ends = [cost(nfa.start([one]), nfa, leaves) for nfa in (forwards, backwards)]
            sides[ends[1] < ends[0]].append(one)
        return tuple(
            Dfa.begin(nfa, self.symbols.table, nfa.start(patterns))
            for nfa, patterns in zip((forwards, backwards), sides, strict=True)
        )

    def _restored(self, tables: Tables, *, backwards: bool) -> Dfa:
        """One of the automata, as it was when it gave the tables."""
        limits = Limits(len(self.symbols.leaves), len(tables["rests"]), len(self.program.rules))
        rests = decoded_rests(tables["rests"], [len(one.items) for one in self._sequences], limits.rules)
        return Dfa.restored(self._nfa(rests, backwards=backwards), self.symbols.table, tables, limits)

    def _nfa(self, rests: Iterable[int] = (), *, backwards: bool) -> Nfa:
        return Nfa(self.program.lists, self.symbols.leaves, self._sequences, rests, backwards=backwards)

    def places(self, article: Article) -> list[Place]:
        """Where the patterns match; `except` and `unless` only beside hits of their rule."""
        with self._learning:
            ground = Ground.of(self.symbols.of(article), ways(article))
            return [place for part in windows(article.sentences) for place in self._places(article, ground, part)]

    def _places(self, article: Article, ground: Ground, part: range) -> list[Place]:
        """The places in a run of sentences."""
        first_of, end_of = (
            column[part.start : part.stop] for column in (article.sentences.first, article.sentences.end)
        )
        rows = range(int(first_of[0]), int(end_of[-1]))
        found: set[tuple[int, int, Goal]] = set()
        for dfa, backwards in zip(self._dfas, (False, True), strict=True):
            for matches in walk_all(dfa, ground.symbols, ground.ways, rows, backwards=backwards):
                for state, first, end in zip(*(column.tolist() for column in matches), strict=True):
                    found.update((first, end, goal) for goal in dfa.goals(state))
        sentence = np.repeat(np.arange(part.start, part.stop), end_of - first_of).tolist()
        within = [(goal, sentence[first - rows.start], first, end) for first, end, goal in found]
        matched = {(goal.rule, number) for goal, number, _, _ in within if goal.role is Role.MATCH}
        matched |= {(rule, number) for rule in self._bare for number in part}
        return [
            (goal.role, goal.rule, number, first, end)
            for goal, number, first, end in within
            if (goal.rule, number) in matched
        ]


_SIDES: Final = ("forwards.", "backwards.")


def reads(pattern: Pattern, lists: Lists) -> bool:
    """Whether a match has to be read: it skips tokens in a gap, or captures some."""
    return any(isinstance(part, Gap | Capture) for part in parts(pattern, lists=lists))
