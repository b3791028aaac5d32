"""Hits to findings, one by one: the four steps of the language's meaning in its order.

It defines what `factcheck.judge.resolve` finds in all hits at once.
"""

from collections import defaultdict
from collections.abc import Iterable

from factcheck.judge.hits import Hit, Hits, Role, first_owned, owned_tokens
from factcheck.judge.resolve import VERBS
from factcheck.judge.vocabulary import single_words
from factcheck.language.program import Program, Rule, holds, tests
from factcheck.text.article import Article

Truth = dict[tuple[str, str], bool]


def resolve(program: Program, article: Article, hits: Hits) -> Hits:
    """The findings among the hits, as rows of the same form."""
    places = Places(program, article)
    by_sentence: dict[int, list[Hit]] = defaultdict(list)
    for hit in hits.rows():
        by_sentence[hit.sentence].append(hit)
    return Hits.of([kept for found in by_sentence.values() for kept in _in_sentence(program, places, found)])


def _in_sentence(program: Program, places: "Places", hits: list[Hit]) -> list[Hit]:
    kept = not_excepted(hits)
    alone = unpaired(program, places, kept)
    present = {program.rules[h.rule].pack for h in alone}
    paired = [h for h in kept if _asks_for_packs(program.rules[h.rule])]
    met = [h for h in paired if holds(program.rules[h.rule].when, places.truth(h, present))]
    return longest(program, alone + met) if met else alone


def unpaired(program: Program, places: "Places", kept: Iterable[Hit]) -> list[Hit]:
    """What steps 2 and 3 leave of the rules that ask for no pack: those that do ask it of these."""
    own = (h for h in kept if not _asks_for_packs(program.rules[h.rule]))
    return longest(program, (h for h in own if holds(program.rules[h.rule].when, places.truth(h))))


def not_excepted(hits: Iterable[Hit]) -> list[Hit]:
    """Step 1: hits of rules whose `unless` matches go, and those that share an owned token with an `except`."""
    rows = list(hits)
    silenced = {h.rule for h in rows if h.role is Role.UNLESS}
    excepted = {(h.rule, token) for h in rows if h.role is Role.EXCEPT for token in owned_tokens(h)}
    matched = [h for h in rows if h.role is Role.MATCH and h.rule not in silenced]
    return [h for h in matched if excepted.isdisjoint((h.rule, token) for token in owned_tokens(h))]


def longest(program: Program, hits: Iterable[Hit]) -> list[Hit]:
    """Step 3: within a pack a hit goes when a longer one holds it, or an equal one of a rule named later."""
    # Sorted so, whatever holds a hit stands before it: one look at the farthest end so far is enough.
    order = sorted(hits, key=lambda h: (program.rules[h.rule].pack, h.first, -h.end, -h.rule))
    kept: list[Hit] = []
    pack, reach = "", -1
    for hit in order:
        if program.rules[hit.rule].pack != pack:
            pack, reach = program.rules[hit.rule].pack, -1
        if hit.end > reach:
            kept.append(hit)
            reach = hit.end
    return kept


def _asks_for_packs(rule: Rule) -> bool:
    return any(relation == "with" for relation, _ in tests(rule.when))


class Places:
    """Answers the conditions of rules: what is true at a hit's first owned token and of its sentence."""

    def __init__(self, program: Program, article: Article) -> None:
        self.program, self.article = program, article
        self._verbs = single_words(program.lists, VERBS) if VERBS in program.lists else frozenset()
        self._has_verb: dict[int, bool] = {}

    def truth(self, hit: Hit, present: set[str] | None = None) -> Truth:
        """The truth of each test the hit's rule makes; `present` holds the packs found in the sentence."""
        at = first_owned(hit)
        wanted = tests(self.program.rules[hit.rule].when)
        return {(kind, what): self._holds(kind, what, hit, at, present or set()) for kind, what in wanted}

    def _holds(self, kind: str, what: str, hit: Hit, at: int, present: set[str]) -> bool:
        if kind == "with":
            return what in present
        if kind == "is":
            return not self.has_verb(hit.sentence)
        article = self.article
        if what == "quote":
            return bool(article.quotations.inside[at] >= 0)
        if what == "aside":
            return bool(article.asides[at])
        if what == "question":
            return bool(article.sentences.question[hit.sentence])
        return bool((article.sentences.heading if what == "heading" else article.sentences.caption)[hit.sentence])

    def has_verb(self, sentence: int) -> bool:
        """Whether the sentence holds a verb form of pack core."""
        if sentence not in self._has_verb:
            first, end = self.article.sentences.first[sentence], self.article.sentences.end[sentence]
            self._has_verb[sentence] = not self._verbs.isdisjoint(self.article.tokens.fold[first:end])
        return self._has_verb[sentence]
