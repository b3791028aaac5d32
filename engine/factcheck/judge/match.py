"""Matching: a program and an article to hits. One interface, `Matcher.hits`, whatever stands behind it.

Here the reference reads, but only the rules a sentence can hold. Of most patterns it can be told which words they
need: the sentence must hold one word out of each of several sets. A rule is found by the rarest of its sets.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from factcheck.judge.hits import Hit, Hits
from factcheck.judge.reference import Reader, rule_hits
from factcheck.language.pattern import Alt, Capture, Lists, Pattern, Ref, Seq, Words
from factcheck.language.program import Program
from factcheck.text.article import Article
from factcheck.text.lex import fold

Needs = tuple[frozenset[str], ...]
"""Sets of folded words: every match holds at least one word of each."""


class Matcher:
    """Finds the hits of a program in articles."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._always: list[int] = []
        self._by_word: dict[str, list[tuple[int, Needs]]] = {}
        known: dict[str, Needs] = {}
        patterns = [(n, needs(p, program.lists, known)) for n, rule in enumerate(program.rules) for p in rule.match]
        common = Counter(word for _, found in patterns for words in found for word in words)
        for number, found in patterns:
            if found:
                for word in min(found, key=lambda words: sum(common[word] for word in words)):
                    self._by_word.setdefault(word, []).append((number, found))
        told = {number for number, found in patterns if found}
        untold = {number for number, found in patterns if not found}
        self._always = [n for n in range(len(program.rules)) if n not in told or n in untold]

    def hits(self, article: Article) -> Hits:
        """All hits in the article."""
        return self._read(Reader(article, self.program.lists))

    def counted_hits(self, article: Article, steps: int) -> tuple[Hits, int]:
        """All hits, and what is left of `steps` then; `reference.Exhausted` is raised when they do not suffice."""
        reader = Reader(article, self.program.lists, steps)
        hits = self._read(reader)
        return hits, reader.steps or 0

    def _read(self, reader: Reader) -> Hits:
        article = reader.article
        rows: list[Hit] = []
        for sentence in range(len(article.sentences)):
            for number in self._candidates(article, sentence):
                rows += rule_hits(reader, self.program.rules[number], number, sentence)
        return Hits.of(rows)

    def _candidates(self, article: Article, sentence: int) -> list[int]:
        """The rules that may match in the sentence, in order."""
        words = set(article.tokens.fold[article.sentences.first[sentence] : article.sentences.end[sentence]])
        found = set(self._always)
        for word in words & self._by_word.keys():
            found.update(n for n, needed in self._by_word[word] if not any(words.isdisjoint(one) for one in needed))
        return sorted(found)


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
        return tuple(words for item in pattern.items for words in needs(item, lists, known))
    if isinstance(pattern, Alt):
        return _either([needs(option, lists, known) for option in pattern.options])
    return ()


def _either(options: Sequence[Needs]) -> Needs:
    """One set for all options, made of the smallest of each; none if an option needs nothing that can be told."""
    if not all(options):
        return ()
    return (frozenset[str]().union(*(min(option, key=len) for option in options)),)


@lru_cache(maxsize=65_536)
def _folded(words: Words) -> frozenset[str]:
    return words.lower | {fold(w) for w in words.written | words.exact}
