"""Matching: a program and an article to hits. One interface, `Matcher.hits`, whatever stands behind it.

Here the reference reads, but only the rules a sentence can hold, and only where they can start. Of most patterns it
can be told which words they need: the sentence must hold one word out of each of several sets. A rule is found by the
rarest of its sets.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from factcheck.judge.anchors import QUOTE, Needs, Openings, needs, openings, run_key
from factcheck.judge.hits import Hit, Hits
from factcheck.judge.reference import Reader, rule_hits
from factcheck.language.program import Program
from factcheck.text.article import Article

_ASKED = 5  # steps of reading that it takes to ask a rule at all


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
        opened: dict[str, tuple[Openings, bool]] = {}
        self._openings = [_all([openings(p, program.lists, opened) for p in rule.match]) for rule in program.rules]
        told = {number for number, found in patterns if found}
        untold = {number for number, found in patterns if not found}
        self._always = [n for n in range(len(program.rules)) if n not in told or n in untold]

    def hits(self, article: Article) -> Hits:
        """All hits in the article."""
        return self._read(Reader(article, self.program.lists))

    def counted_hits(self, article: Article, steps: int, only: AbstractSet[int] | None = None) -> tuple[Hits, int]:
        """All hits, or those of some rules only, and what is left of `steps` then.

        `reference.Exhausted` is raised when they do not suffice.
        """
        reader = Reader(article, self.program.lists, steps)
        hits = self._read(reader, only)
        return hits, reader.steps or 0

    def _read(self, reader: Reader, only: AbstractSet[int] | None = None) -> Hits:
        article = reader.article
        rows: list[Hit] = []
        for sentence in range(len(article.sentences)):
            candidates = self._candidates(article, sentence, only)
            reader.spend(_ASKED * len(candidates))
            places = _places(reader, sentence) if candidates else {}
            for number in candidates:
                starts = _starts(self._openings[number], places)
                if starts is None or starts:
                    rows += rule_hits(reader, self.program.rules[number], number, sentence, starts)
        return Hits.of(rows)

    def _candidates(self, article: Article, sentence: int, only: AbstractSet[int] | None) -> list[int]:
        """The rules that may match in the sentence, in order; of `only` these rules, if given."""
        words = set(article.tokens.fold[article.sentences.first[sentence] : article.sentences.end[sentence]])
        found = set(self._always)
        for one in {s for word in words & self._sets.keys() for s in self._sets[word]}:
            found.update(n for n, needed in self._by_set[one] if not any(words.isdisjoint(each) for each in needed))
        return sorted(found if only is None else found & only)


def _all(parts: Sequence[Openings]) -> Openings:
    """The openings of a rule: those of all its patterns; anywhere if one can start anywhere, or there is none."""
    told = [part for part in parts if part is not None]
    return frozenset[str]().union(*told) if parts and len(told) == len(parts) else None


def _places(reader: Reader, sentence: int) -> dict[str, list[int]]:
    """Where in the sentence each word, mark and run starts."""
    first, end = int(reader.article.sentences.first[sentence]), int(reader.article.sentences.end[sentence])
    places: dict[str, list[int]] = {}
    for at in range(first, end):
        places.setdefault(reader.fold[at], []).append(at)
        if reader.quotes[at]:
            places.setdefault(QUOTE, []).append(at)
    for (kind, possessive), runs in reader.runs.items():
        found = [at for at in range(first, end) if at in runs]
        if found:
            places[run_key(kind, possessive=possessive)] = found
    return places


def _starts(opening: Openings, places: Mapping[str, list[int]]) -> list[int] | None:
    """The tokens a match can start at, in order; None for any."""
    if opening is None:
        return None
    return sorted({at for key in opening & places.keys() for at in places[key]})
