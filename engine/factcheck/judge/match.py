"""Matching: a program and an article to hits. One interface, `Matcher.hits`, whatever stands behind it.

Here the reference reads, but only the rules a sentence can hold. Of most patterns it can be told which words they
need: the sentence must hold one word out of each of several sets. A rule is found by the rarest of its sets.
"""

from collections import Counter
from collections.abc import Sequence, Set
from functools import lru_cache

from factcheck.judge.hits import Hit, Hits
from factcheck.judge.reference import Reader, rule_hits
from factcheck.language.pattern import Alt, Capture, Lists, Pattern, Ref, Seq, Words
from factcheck.language.program import Program
from factcheck.text.article import Article
from factcheck.text.lex import fold

Needs = tuple[frozenset[str], ...]
"""Sets of folded words: every match holds at least one word of each."""

# Bounds on what is kept for each of thousands of rules; a pattern past them is only read more often.
_SETS = 8
_WORDS = 500


class Matcher:
    """Finds the hits of a program in articles."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._always: list[int] = []
        # Rules stand under a set and sets under their words: a long list that many rules use is spelt out once.
        self._by_set: dict[frozenset[str], list[tuple[int, Needs]]] = {}
        self._sets: dict[str, list[frozenset[str]]] = {}
        known: dict[str, Needs] = {}
        patterns = [(n, needs(p, program.lists, known)) for n, rule in enumerate(program.rules) for p in rule.match]
        common = Counter(words for _, found in patterns for words in found)
        for number, found in patterns:
            if found:
                rarest = min(found, key=lambda words: common[words] * len(words))
                self._by_set.setdefault(rarest, []).append((number, found))
        for words in self._by_set:
            for word in words:
                self._sets.setdefault(word, []).append(words)
        told = {number for number, found in patterns if found}
        untold = {number for number, found in patterns if not found}
        self._always = [n for n in range(len(program.rules)) if n not in told or n in untold]

    def hits(self, article: Article) -> Hits:
        """All hits in the article."""
        return self._read(Reader(article, self.program.lists))

    def counted_hits(self, article: Article, steps: int, only: Set[int] | None = None) -> tuple[Hits, int]:
        """All hits, or those of some rules only, and what is left of `steps` then.

        `reference.Exhausted` is raised when they do not suffice.
        """
        reader = Reader(article, self.program.lists, steps)
        hits = self._read(reader, only)
        return hits, reader.steps or 0

    def _read(self, reader: Reader, only: Set[int] | None = None) -> Hits:
        article = reader.article
        rows: list[Hit] = []
        for sentence in range(len(article.sentences)):
            for number in self._candidates(article, sentence, only):
                rows += rule_hits(reader, self.program.rules[number], number, sentence)
        return Hits.of(rows)

    def _candidates(self, article: Article, sentence: int, only: Set[int] | None) -> list[int]:
        """The rules that may match in the sentence, in order; of `only` these rules, if given."""
        words = set(article.tokens.fold[article.sentences.first[sentence] : article.sentences.end[sentence]])
        found = set(self._always)
        for one in {s for word in words & self._sets.keys() for s in self._sets[word]}:
            found.update(n for n, needed in self._by_set[one] if not any(words.isdisjoint(each) for each in needed))
        return sorted(found if only is None else found & only)


def needs(pattern: Pattern, lists: Lists, known: dict[str, Needs]) -> Needs:
    """The words `pattern` needs, or no set where that cannot be told; `known` keeps the answers for lists."""
    if isinstance(pattern, Words):
        return (_folded(pattern),)
    if isinstance(pattern, Ref):
        if pattern.key not in known:
            known[pattern.key] = needs(lists[pattern.key], lists, known)
        return known[pattern.key]
    if isinstance(pattern, Capture):
        return needs(pattern.item, lists, known)
    if isinstance(pattern, Seq):
        found = {words for item in pattern.items for words in needs(item, lists, known)}
        return tuple(sorted(found, key=len)[:_SETS])
    if isinstance(pattern, Alt):
        return _either([needs(option, lists, known) for option in pattern.options])
    return ()


def _either(options: Sequence[Needs]) -> Needs:
    """One set for all options, made of the smallest of each; none if an option needs nothing that can be told."""
    if not all(options):
        return ()
    smallest = [min(option, key=len) for option in options]
    return (frozenset[str]().union(*smallest),) if sum(map(len, smallest)) <= _WORDS else ()


@lru_cache(maxsize=65_536)
def _folded(words: Words) -> frozenset[str]:
    return words.lower | {fold(w) for w in words.written | words.exact}
