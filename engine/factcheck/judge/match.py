"""Matching: a program and an article to hits. One interface, `Matcher.hits`, whatever stands behind it.

Here the reference reads, but only the rules a sentence can hold: those one of whose needed words is in it.
"""

from collections.abc import Iterable
from functools import lru_cache

from factcheck.judge.hits import Hit, Hits
from factcheck.judge.reference import Reader, rule_hits
from factcheck.language.pattern import Alt, Capture, Lists, Pattern, Ref, Seq, Words
from factcheck.language.program import Program
from factcheck.text.article import Article
from factcheck.text.lex import fold

Needed = frozenset[str] | None
"""Folded words of which every match holds at least one; None where no such words can be told."""


class Matcher:
    """Finds the hits of a program in articles."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._by_word: dict[str, list[int]] = {}
        self._always: list[int] = []
        needed_of_list: dict[str, Needed] = {}
        for number, rule in enumerate(program.rules):
            words = _united(needed(p, program.lists, needed_of_list) for p in rule.match) if rule.match else None
            if words is None:
                self._always.append(number)
            else:
                for word in words:
                    self._by_word.setdefault(word, []).append(number)

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
        words = set(article.tokens.fold[article.sentences.first[sentence] : article.sentences.end[sentence]])
        found = set(self._always).union(*(self._by_word.get(word, ()) for word in words))
        return sorted(found)


def needed(pattern: Pattern, lists: Lists, known: dict[str, Needed]) -> Needed:
    """The words every match of `pattern` holds one of; `known` keeps the answers for lists."""
    if isinstance(pattern, Words):
        return _folded(pattern)
    if isinstance(pattern, Ref):
        if pattern.key not in known:
            known[pattern.key] = needed(lists[pattern.key], lists, known)
        return known[pattern.key]
    if isinstance(pattern, Capture):
        return needed(pattern.item, lists, known)
    if isinstance(pattern, Alt):
        return _united(needed(option, lists, known) for option in pattern.options)
    if isinstance(pattern, Seq):
        told = [n for n in (needed(item, lists, known) for item in pattern.items) if n is not None]
        return min(told, key=len, default=None)
    return None


@lru_cache(maxsize=65_536)
def _folded(words: Words) -> frozenset[str]:
    return words.lower | {fold(w) for w in words.written | words.exact}


def _united(parts: Iterable[Needed]) -> Needed:
    found = list(parts)
    told = [words for words in found if words is not None]
    return frozenset[str]().union(*told) if len(told) == len(found) else None
