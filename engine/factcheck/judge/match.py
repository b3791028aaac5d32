"""Matching: a program and an article to hits. One interface, `Matcher.hits`, whatever stands behind it.

All patterns become two automata over words: one reads forwards, one backwards, and each pattern belongs to the one that
begins with its rarer end. They say where patterns match; how, with which tokens owned and what captured, is read then.
"""

from collections.abc import Iterable, Iterator
from threading import RLock
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.anchor import Estimate
from factcheck.judge.capture import Capturer
from factcheck.judge.coded import Limits, decoded_rests
from factcheck.judge.dfa import Dfa
from factcheck.judge.found import Found
from factcheck.judge.hits import Hits, Matched, Role
from factcheck.judge.nfa import Goal, Nfa
from factcheck.judge.numbered import Numbered
from factcheck.judge.readings import Ground, Readings
from factcheck.judge.rows import changes, rows_of, spread
from factcheck.judge.sure import ROLES, Sure
from factcheck.judge.symbol import Symbols
from factcheck.judge.walk import walk_all, ways, windows
from factcheck.language.program import Program
from factcheck.tables import Tables, named, under
from factcheck.text.article import Article
from factcheck.text.columns import Rows
from factcheck.text.segment import Sentences

if TYPE_CHECKING:
    from factcheck.language.pattern import Pattern

Keys = NDArray[np.int64]


class Matcher:
    """Finds the hits of a program in articles."""

    def __init__(self, program: Program, tables: Tables | None = None) -> None:
        """With the `tables` that a matcher of the same program gave it knows what that knew.

        Raises KeyError or DamagedError when no such matcher gave them.
        """
        self.program = program
        self._numbered = Numbered(program, tables and under(_NUMBERED, tables))
        self.symbols = Symbols(self._numbered, tables)
        self._sure = Sure.restored(program, under(_SURE, tables)) if tables else Sure.of(program)
        self._readings = Readings(program, self._sure)
        self._learning = RLock()  # each text may teach the tables that threads share
        kept = tables and under(_CAPTURES, tables)
        self._capturer = Capturer(self._numbered, self.symbols, self._learning, kept)
        bare = [number * ROLES + Role.MATCH for number, rule in enumerate(program.rules) if not rule.match]
        self._bare = np.array(bare, np.int64)
        if tables:
            self._dfas = tuple(self._restored(under(side, tables), backwards=side == _SIDES[1]) for side in _SIDES)
        else:
            self._dfas = self._begun()

    def tables(self) -> Tables:
        """What texts have taught it so far, to be kept."""
        sides = [named(side, dfa.tables()) for side, dfa in zip(_SIDES, self._dfas, strict=True)]
        return {
            **named(_NUMBERED, self._numbered.tables()),
            **self.symbols.tables(),
            **sides[0],
            **sides[1],
            **named(_CAPTURES, self._capturer.tables()),
            **named(_SURE, self._sure._asdict()),
        }

    def found(self, article: Article) -> Found:
        """Where its rules match in the article; `except` and `unless` also where their rule does not match at all.

        A rule of conditions alone matches every sentence as a whole.
        """
        with self._learning:
            ground = Ground.of(self.symbols.of(article), ways(article))
            keys = [self._bare_keys(article.sentences)]
            for part in windows(article.sentences):
                keys += self._keys(ground, _rows(article.sentences, part))
        return Found(_matched(article.sentences, np.concatenate(keys)), article, ground, self._readings, self._capturer)

    def hits(self, article: Article) -> Hits:
        """All hits in the article."""
        found = self.found(article)
        return found.hits(_beside_matches(found.matched))

    def counted_hits(self, article: Article, steps: int) -> tuple[Hits, int]:
        """All hits in the article, each of them read anew, and what is left of `steps` then.

        `reference.Exhausted` is raised when they do not suffice.
        """
        found = self.found(article)
        return self._readings.counted(article, found.matched.take(_beside_matches(found.matched)), steps)

    def directed(self) -> Iterator[tuple["Pattern", Goal, bool]]:
        """All patterns, each with what it is for and whether it is read backwards, since its end is the rarer one."""
        leaves = self._numbered.leaves()
        forwards, backwards = (Estimate(self._nfa(backwards=side), leaves) for side in (False, True))
        for code in range(len(self.program.rules) * ROLES):
            for pattern in self._numbered.patterns(code):
                goal = Goal(Role(code % ROLES), code // ROLES)
                yield pattern, goal, backwards.visits(pattern, goal) < forwards.visits(pattern, goal)

    def alone(self, pattern: "Pattern", goal: Goal, *, backwards: bool) -> Dfa:
        """An automaton of one of the patterns alone, which has read nothing yet."""
        nfa = self._nfa(backwards=backwards)
        return Dfa.begin(nfa, self.symbols.table, nfa.start([(pattern, goal)]))

    def _begun(self) -> tuple[Dfa, ...]:
        """The automata as they are before any text, each with its patterns."""
        sides: tuple[list[tuple[Pattern, Goal]], ...] = ([], [])
        for pattern, goal, backwards in self.directed():
            sides[backwards].append((pattern, goal))
        nfas = [self._nfa(backwards=side) for side in (False, True)]  # anew, for each knows only its own patterns then
        return tuple(
            Dfa.begin(nfa, self.symbols.table, nfa.start(patterns)) for nfa, patterns in zip(nfas, sides, strict=True)
        )

    def _restored(self, tables: Tables, *, backwards: bool) -> Dfa:
        """One of the automata, as it was when it gave the tables."""
        limits = Limits(self._numbered.width, len(tables["rests"]), len(self.program.rules))
        rests = decoded_rests(tables["rests"], self._numbered.lengths, limits.rules)
        return Dfa.restored(self._nfa(rests, backwards=backwards), self.symbols.table, tables, limits)

    def _nfa(self, rests: Iterable[int] = (), *, backwards: bool) -> Nfa:
        return Nfa(self._numbered, rests, backwards=backwards)

    def _keys(self, ground: Ground, rows: range) -> list[Keys]:
        """The keys of the matches in a run of sentences, whose tokens are `rows`."""
        found = []
        for dfa, backwards in zip(self._dfas, (False, True), strict=True):
            for matches in walk_all(dfa, ground.symbols, ground.ways, rows, backwards=backwards):
                goals = dfa.goals.accepted()
                begin = goals.offsets.take(matches.state)
                reached = spread(begin, goals.offsets.take(matches.state + 1) - begin)
                place = matches.first << _LENGTH_BITS | matches.end - matches.first
                place <<= _GOAL_BITS
                found.append(place.take(reached.phrase) | goals.code.take(reached.row))
        return found

    def _bare_keys(self, sentences: Sentences) -> Keys:
        """The keys of what rules of conditions alone match."""
        if not len(self._bare):
            return np.zeros(0, np.int64)
        length = np.minimum(sentences.end - sentences.first, _LONG).astype(np.int64)
        place = sentences.first.astype(np.int64) << _LENGTH_BITS | length
        return (place[:, None] << _GOAL_BITS | self._bare).ravel()


_GOAL_BITS: Final = 24
_LENGTH_BITS: Final = 7
_LONG: Final = (1 << _LENGTH_BITS) - 1
"""Stands for the length of a sentence that is as long or longer; no pattern matches that many tokens."""


def _rows(sentences: Sentences, part: range) -> range:
    """The tokens of a run of sentences."""
    return range(int(sentences.first[part.start]), int(sentences.end[part.stop - 1]))


def _matched(sentences: Sentences, keys: Keys) -> Matched:
    """What has these keys: the first token, the length, the rule and the role in one number; each once, in order."""
    keys.sort()
    keys = keys[changes(keys)]
    goal = (keys & (1 << _GOAL_BITS) - 1).astype(np.int32)
    place = keys >> _GOAL_BITS
    first = (place >> _LENGTH_BITS).astype(np.int32)
    sentence = sentences.of.take(first)
    length = (place & _LONG).astype(np.int32)
    end = np.where(length == _LONG, sentences.end.take(sentence), first + length)
    return Matched((goal % ROLES).astype(np.uint8), goal // ROLES, sentence, first, end)


def _beside_matches(found: Matched) -> Rows:
    """Row numbers of matches, and of what is an `except` or `unless` of their rule in their sentence."""
    number = found.sentence.astype(np.int64) << _GOAL_BITS | found.rule
    matches = found.role == Role.MATCH
    known = np.sort(number[matches])
    others = rows_of(~matches)
    at = np.searchsorted(known, number.take(others))
    kept = matches.copy()
    kept[others] = (at < len(known)) & (known.take(at, mode="clip") == number.take(others)) if len(known) else False
    return rows_of(kept)


_SIDES: Final = ("forwards.", "backwards.")
_CAPTURES: Final = "captures."
_NUMBERED: Final = "numbered."
_SURE: Final = "sure."
