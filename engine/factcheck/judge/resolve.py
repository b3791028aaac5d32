"""Matches to findings: `except`, `unless`, conditions, and the longer rule over the shorter one.

The four steps are those of the language's meaning. The first two look at each match by itself, in whatever order is
the cheapest. Findings are hits that survive.
"""

from collections.abc import Callable
from typing import Final

import numpy as np

from factcheck.judge.hits import Hits, Matched, Owned, Role, Unresolved
from factcheck.judge.rows import rows_of
from factcheck.judge.vocabulary import single_words
from factcheck.language.measure import MAX_SPAN
from factcheck.language.program import Condition, Program, tests
from factcheck.text.article import Article
from factcheck.text.columns import Column, Flags, Rows
from factcheck.text.lexicon import Lexicon

VERBS: Final = "core.verb"
"""The list whose words make a sentence one with a verb."""
_FEW: Final = 50
"""One in so many sentences: fewer are looked at one by one."""
_SEEN: Final = 1 << 18
"""Places in a table of what has been seen, some of which share one."""
_FACTOR: Final = 0x9E37
_LENGTH_BITS: Final = 7
_PACK: Final = 40
"""Bits below a pack's number; a token's row and a length fit there."""


class Resolver:
    """Finds the findings among matches of one program."""

    def __init__(self, program: Program, lexicon: Lexicon) -> None:
        """`lexicon` has all the words that the program names."""
        self.program, self._lexicon = program, lexicon
        self._verbs = single_words(program.lists, VERBS) if VERBS in program.lists else frozenset()
        packs = {name: number for number, name in enumerate(dict.fromkeys(rule.pack for rule in program.rules))}
        conditions: dict[Condition | None, int] = {None: 0}
        self._pack = np.array([packs[rule.pack] for rule in program.rules], np.int64)
        self._condition = np.array([conditions.setdefault(r.when, len(conditions)) for r in program.rules], np.intp)
        self._conditions = list(conditions)
        asks = [any(relation == "with" for relation, _ in tests(one)) for one in conditions]
        self._paired = np.array(asks, np.bool_).take(self._condition)
        self._unless = np.array([bool(rule.unless) for rule in program.rules], np.bool_)
        self._except = np.array([bool(rule.excepts) for rule in program.rules], np.bool_)
        self._packs = packs

    def findings(self, article: Article, matches: Unresolved) -> Hits:
        """The findings among the matches."""
        at = matches.matched
        alone, paired = self.unpaired(article, matches)
        if len(paired):
            present = self.present(article, at, alone)
            met = paired[self._holds(article, matches, paired, present)]
            alone = self.longest(at, np.sort(np.append(alone, met))) if len(met) else alone
        return matches.hits(alone)

    def unpaired(self, article: Article, matches: Unresolved) -> tuple[Rows, Rows]:
        """What the first three steps leave of rules that ask for no pack, and the first one of those that do.

        The latter are asked whether a pack is `present` among the former.
        """
        at = matches.matched
        rows = rows_of(at.role == Role.MATCH)
        paired = self._paired.take(at.rule.take(rows))
        own = rows[~paired]
        own = own[self._holds(article, matches, own, np.zeros(0, np.bool_))]
        alone, paired_rows = (
            self._not_excepted(article, matches, self._not_silenced(at, some)) for some in (own, rows[paired])
        )
        return self.longest(at, alone), paired_rows

    def present(self, article: Article, at: Matched, rows: Rows) -> Flags:
        """For each sentence, pack by pack, whether one of the matches in `rows` is of the pack."""
        found = np.zeros(len(article.sentences) * len(self._packs), np.bool_)
        found[at.sentence.take(rows) * len(self._packs) + self._pack.take(at.rule.take(rows))] = True
        return found

    def longest(self, at: Matched, rows: Rows) -> Rows:
        """Step 3: in a pack a match goes when a longer one holds it, or an equal one of a later rule; `rows` ascend."""
        # Sorted so, whatever holds a match stands before it: one look at the farthest end so far is enough.
        backwards = rows[::-1]
        first, end = at.first.take(backwards).astype(np.int64), at.end.take(backwards)
        shorter = np.maximum((1 << _LENGTH_BITS) - 1 - (end - first), 0)
        pack = self._pack.take(at.rule.take(backwards)) << _PACK
        order = (pack | first << _LENGTH_BITS | shorter).argsort(kind="stable")
        reach = (pack | end).take(order)
        kept = np.ones(len(rows), np.bool_)
        kept[1:] = reach[1:] > np.maximum.accumulate(reach)[:-1]
        return np.sort(backwards.take(order[kept]))

    # ---- step 1 ----

    def _not_silenced(self, at: Matched, rows: Rows) -> Rows:
        """Without those of rules whose `unless` matches in the sentence."""
        asked = self._unless.take(at.rule.take(rows))
        if not asked.any():
            return rows
        unless = rows_of(at.role == Role.UNLESS)
        number = at.sentence.astype(np.int64) << _PACK | at.rule
        rows_asked = rows_of(asked)
        silenced = _among(number.take(rows.take(rows_asked)), number.take(unless))
        return np.delete(rows, rows_asked[silenced])

    def _not_excepted(self, article: Article, matches: Unresolved, rows: Rows) -> Rows:
        """Without those that share an owned token with an `except` of their rule."""
        at, size = matches.matched, len(article.tokens)
        asked = rows_of(self._except.take(at.rule.take(rows)))
        others = rows_of(at.role == Role.EXCEPT) if len(asked) else asked
        asked = asked[_share_sentences(at, rows.take(asked), others)]
        others = others[_share_sentences(at, others, rows.take(asked))]
        kept = np.ones(len(rows), np.bool_)
        for masks in (matches.sure_of, matches.owned_of):  # what is sure decides nearly all, and need not be read
            asked = asked[_near(at, rows.take(asked), others, size)]
            others = others[_near(at, others, rows.take(asked), size)]
            if not len(asked):
                break
            taken, _ = _tokens(at, others, masks(others), size)
            some = rows.take(asked)
            tokens, owner = _tokens(at, some, masks(some), size)
            kept[asked.take(owner[_among(tokens, taken)])] = False
            asked = asked[kept.take(asked)]
        return rows[kept]

    # ---- step 2 ----

    def _holds(self, article: Article, matches: Unresolved, rows: Rows, present: Flags) -> Flags:
        """Whether the conditions hold, of which no more than a sentence and the first owned token is asked."""
        number = self._condition.take(matches.matched.rule.take(rows))
        held = number == 0
        asked = rows_of(number > 0)
        asked = asked.take(number.take(asked).argsort(kind="stable"))
        ordered = number.take(asked)
        edges = rows_of(ordered[1:] != ordered[:-1]) + 1
        for some in np.split(asked, edges) if len(asked) else ():
            condition = self._conditions[number[some[0]]]
            held[some] = self.holds(condition, article, matches, rows.take(some), present)
        return held

    def holds(
        self, condition: Condition | None, article: Article, matches: Unresolved, rows: Rows, present: Flags
    ) -> Flags:
        """Whether the condition holds for the matches in `rows`; `present` says which packs each sentence has."""

        def test(kind: str, what: str) -> Flags:
            return self._test(kind, what, article, matches, rows, present)

        return _judged(condition, test, len(rows))

    def _test(  # noqa: PLR0913, PLR0917 -- what a test may ask
        self, kind: str, what: str, article: Article, matches: Unresolved, rows: Rows, present: Flags
    ) -> Flags:
        sentence = matches.matched.sentence.take(rows)
        if kind == "with":
            if what not in self._packs:
                return np.zeros(len(rows), np.bool_)
            return present.take(sentence * len(self._packs) + self._packs[what])
        if kind == "is":
            return ~self._have_verbs(article, sentence)
        if what == "quote":
            return article.quotations.inside.take(matches.first_owned(rows)) >= 0
        if what == "aside":
            return article.asides.take(matches.first_owned(rows))
        sentences = article.sentences
        places = {"question": sentences.question, "heading": sentences.heading, "caption": sentences.caption}
        return places[what].take(sentence)

    def _have_verbs(self, article: Article, sentence: Column) -> Flags:
        """Whether each of these sentences holds a verb form of pack core."""
        verbs, sentences = self._lexicon.flags(self._verbs), article.sentences
        number = article.tokens.numbered(self._lexicon)
        if len(sentence) > len(sentences) // _FEW:
            return np.logical_or.reduceat(verbs.take(number), sentences.first).take(sentence)
        spans = zip(sentences.first.take(sentence).tolist(), sentences.end.take(sentence).tolist(), strict=True)
        return np.array([verbs.take(number[first:end]).any() for first, end in spans], np.bool_)


def _judged(condition: Condition | None, test: Callable[[str, str], Flags], size: int) -> Flags:
    """Whether a condition holds, for `size` matches at once."""
    if condition is None:
        return np.ones(size, np.bool_)
    operator, value = condition[0], condition[1]
    if operator == "not":
        return ~_judged(value, test, size)  # type: ignore[arg-type]
    if operator in ("and", "or"):
        join = np.logical_and if operator == "and" else np.logical_or
        return join.reduce([_judged(one, test, size) for one in value])  # type: ignore[arg-type]
    return test(operator, str(value))


def _tokens(at: Matched, rows: Rows, owned: Owned, size: int) -> tuple[Rows, Rows]:
    """The tokens that matches own, each with the rule in one number, and for each token which of the matches it is."""
    length = np.minimum(at.end.take(rows) - at.first.take(rows), MAX_SPAN)
    owner = np.repeat(np.arange(len(rows)), length)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(length) - length, length)
    spelt = (owned.take(owner) >> step.astype(np.uint64) & np.uint64(1)).astype(np.bool_)
    owner, step = owner[spelt], step[spelt]
    return (at.rule.take(rows) * np.int64(size) + at.first.take(rows)).take(owner) + step, owner


def _share_sentences(at: Matched, rows: Rows, others: Rows) -> Flags:
    """Which of the matches in `rows` share a sentence with one of the others of their rule; some more may be told."""
    seen = np.zeros(_SEEN, np.bool_)
    seen[_seen(at, others)] = True
    return seen.take(_seen(at, rows))


def _seen(at: Matched, rows: Rows) -> Rows:
    return at.sentence.take(rows) * np.intp(_FACTOR) + at.rule.take(rows) & _SEEN - 1


def _near(at: Matched, rows: Rows, others: Rows, size: int) -> Flags:
    """Which of the matches in `rows` have a token between the first and last of one of the `others` of their rule."""
    rule, first = at.rule.take(others) * np.int64(size), at.first.take(others)
    edges = np.concatenate((rule + first, rule + np.minimum(at.end.take(others), first + MAX_SPAN)))
    order = edges.argsort(kind="stable")
    # How many spans are open from each edge on: all that begin there or before, without those that end.
    edges, opened = edges.take(order), np.cumsum(np.where(order < len(others), 1, -1))
    rule, first = at.rule.take(rows) * np.int64(size), at.first.take(rows)
    begin = edges.searchsorted(rule + first, side="right")
    end = edges.searchsorted(rule + np.minimum(at.end.take(rows), first + MAX_SPAN), side="left")
    return (end > begin) | (np.append(0, opened).take(begin) > 0)


def _among(numbers: Rows, others: Rows) -> Flags:
    """Which of the numbers are among the others."""
    if not len(others):
        return np.zeros(len(numbers), np.bool_)
    known = np.sort(others)
    return known.take(known.searchsorted(numbers), mode="clip") == numbers
