"""Matches to findings: `except`, `unless`, conditions, and the longer rule over the shorter one.

The four steps are those of the language's meaning. The first two look at each match by itself, in whatever order is
the cheapest. Findings are hits that survive.
"""

from functools import reduce
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.hits import Hits, Matched, Owned, Role, Unresolved
from factcheck.judge.rows import both, rows_of, spread
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
_PLACED: Final = ("quote", "aside")
"""What conditions ask of the first owned token."""
_ONE: Final = np.uint64(1)
_STEPS: Final = np.array((-1, 1), np.intp)
_LENGTH_BITS: Final = 7
_PACK: Final = 40
"""Bits below a pack's number; a token's row and a length fit there."""

Spans = NDArray[np.int64]
"""In two rows where matches begin and end."""


class _Asked(NamedTuple):
    """What conditions are asked of some matches."""

    article: Article
    sentence: Column
    place: Rows
    """The first token that each owns, where a condition asks for it."""
    present: Flags
    """Which packs each sentence has."""
    known: dict[tuple[str, str], Flags]
    """What single tests have told so far: conditions share them."""


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
        self._alone = ~np.array(asks, np.bool_)
        """Whether a condition asks, and for no pack."""
        self._alone[0] = False
        self._paired = np.array(asks, np.bool_).take(self._condition)
        self._placed = np.array([any(what in _PLACED for _, what in tests(one)) for one in conditions], np.bool_)
        """Whether a condition asks for the place of the first owned token."""
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
            alone = self.longest(at, np.sort(both(alone, met))) if len(met) else alone
        return matches.hits(alone)

    def unpaired(self, article: Article, matches: Unresolved) -> tuple[Rows, Rows]:
        """What the first three steps leave of rules that ask for no pack, and the first one of those that do.

        The latter are asked whether a pack is `present` among the former.
        """
        at = matches.matched
        rows = rows_of(at.role == Role.MATCH)
        code = self._condition.take(at.rule.take(rows))
        asked = rows_of(self._alone.take(code))
        if len(asked):
            held = np.ones(len(rows), np.bool_)
            held[asked] = self._holds(article, matches, rows.take(asked), np.zeros(0, np.bool_))
            rows = rows[held]
        rows = self._not_excepted(article, matches, self._not_silenced(at, rows))
        paired = self._paired.take(at.rule.take(rows))
        return self.longest(at, rows[~paired]), rows[paired]

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
        unless = rows_of(at.role == Role.UNLESS)
        asked = rows_of(self._unless.take(at.rule.take(rows))) if len(unless) else unless
        if not len(asked):
            return rows
        number = at.sentence.astype(np.int64) << _PACK | at.rule
        kept = np.ones(len(rows), np.bool_)
        kept[asked] = ~_among(number.take(rows.take(asked)), number.take(unless))
        return rows[kept]

    def _not_excepted(self, article: Article, matches: Unresolved, rows: Rows) -> Rows:
        """Without those that share an owned token with an `except` of their rule."""
        at, size = matches.matched, len(article.tokens)
        others = rows_of(at.role == Role.EXCEPT)
        asked = rows[self._except.take(at.rule.take(rows))] if len(others) else others
        asked = asked[_share_sentences(at, asked, others)]
        if not len(asked):
            return rows
        others = others[_share_sentences(at, others, asked)]
        taken: list[Rows] = []
        for masks in (matches.sure_of, matches.owned_of):  # what is sure decides nearly all, and need not be read
            spans, other_spans = _spans(at, asked, size), _spans(at, others, size)
            near = _near(spans, other_spans)
            asked, spans = asked[near], spans[:, near]
            if not len(asked):
                break
            near = _near(other_spans, spans)
            others, other_spans = others[near], other_spans[:, near]
            silent, _ = _tokens(other_spans, masks(others))
            tokens, owner = _tokens(spans, masks(asked))
            lost = np.zeros(len(asked), np.bool_)
            lost[owner[_among(tokens, silent)]] = True
            taken.append(asked[lost])
            asked = asked[~lost]
        if not taken:
            return rows
        kept = np.ones(len(at), np.bool_)
        kept[np.concatenate(taken)] = False
        return rows[kept.take(rows)]

    # ---- step 2 ----

    def _holds(self, article: Article, matches: Unresolved, rows: Rows, present: Flags) -> Flags:
        """Whether the conditions hold, of which no more than a sentence and the first owned token is asked."""
        number = self._condition.take(matches.matched.rule.take(rows))
        held = np.ones(len(rows), np.bool_)
        placed = rows_of(self._placed.take(number))
        place = np.zeros(len(rows), np.intp)
        place[placed] = matches.first_owned(rows.take(placed))
        asked = _Asked(article, matches.matched.sentence.take(rows), place, present, {})
        for code in set(number.tolist()):
            own = rows_of(number == code)
            held[own] = self._judged(self._conditions[code], asked).take(own)
        return held

    def holds(
        self, condition: Condition | None, article: Article, matches: Unresolved, rows: Rows, present: Flags
    ) -> Flags:
        """Whether the condition holds for the matches in `rows`; `present` says which packs each sentence has."""
        asked = _Asked(article, matches.matched.sentence.take(rows), matches.first_owned(rows), present, {})
        return self._judged(condition, asked)

    def _judged(self, condition: Condition | None, asked: _Asked) -> Flags:
        if condition is None:
            return np.ones(len(asked.sentence), np.bool_)
        operator, value = condition[0], condition[1]
        if operator == "not":
            return ~self._judged(value, asked)  # type: ignore[arg-type]
        if operator in ("and", "or"):
            join = np.logical_and if operator == "and" else np.logical_or
            return reduce(join, [self._judged(one, asked) for one in value])  # type: ignore[arg-type]
        test = (operator, str(value))
        if test not in asked.known:
            asked.known[test] = self._test(*test, asked)
        return asked.known[test]

    def _test(self, kind: str, what: str, asked: _Asked) -> Flags:
        sentence, article = asked.sentence, asked.article
        if kind == "with":
            if what not in self._packs:
                return np.zeros(len(sentence), np.bool_)
            return asked.present.take(sentence * len(self._packs) + self._packs[what])
        if kind == "is":
            return ~self._have_verbs(article, sentence)
        if what == "quote":
            return article.quotations.inside.take(asked.place) >= 0
        if what == "aside":
            return article.asides.take(asked.place)
        sentences = article.sentences
        flags: Flags = getattr(sentences, what)  # each other place is a flag of sentences
        return flags.take(sentence)

    def _have_verbs(self, article: Article, sentence: Column) -> Flags:
        """Whether each of these sentences holds a verb form of pack core."""
        verbs, sentences = self._lexicon.flags(self._verbs), article.sentences
        number = article.tokens.numbered(self._lexicon)
        if len(sentence) > len(sentences) // _FEW:
            return np.logical_or.reduceat(verbs.take(number), sentences.first).take(sentence)
        spans = zip(sentences.first.take(sentence).tolist(), sentences.end.take(sentence).tolist(), strict=True)
        return np.array([verbs.take(number[first:end]).any() for first, end in spans], np.bool_)


def _spans(at: Matched, rows: Rows, size: int) -> Spans:
    """Where each of these matches begins and ends, each with the rule in one number."""
    first, end = at.first.take(rows), at.end.take(rows)
    found = np.empty((2, len(rows)), np.int64)
    np.multiply(at.rule.take(rows), size, out=found[0])
    found[0] += first
    np.add(found[0], np.minimum(end - first, MAX_SPAN), out=found[1])
    return found


def _tokens(spans: Spans, owned: Owned) -> tuple[Rows, Rows]:
    """The tokens that matches own, and for each token which of the matches it is."""
    inner = spread(spans[0], spans[1] - spans[0])
    step = inner.row - spans[0].take(inner.phrase)
    spelt = rows_of(owned.take(inner.phrase) >> step.view(np.uint64) & _ONE)
    return inner.row.take(spelt), inner.phrase.take(spelt)


def _share_sentences(at: Matched, rows: Rows, others: Rows) -> Flags:
    """Which of the matches in `rows` share a sentence with one of the others of their rule; some more may be told."""
    room = min(1 << 4 + (len(rows) + len(others)).bit_length(), _SEEN)
    seen = np.zeros(room, np.bool_)
    seen[_seen(at, others, room)] = True
    return seen.take(_seen(at, rows, room))


def _seen(at: Matched, rows: Rows, room: int) -> Rows:
    return at.sentence.take(rows) * np.intp(_FACTOR) + at.rule.take(rows) & room - 1


def _near(spans: Spans, others: Spans) -> Flags:
    """Which of the spans have a token between the first and last of one of the others of their rule."""
    edges = others.ravel()
    order = edges.argsort(kind="stable")
    edges = edges.take(order)
    # How many spans are open from each edge on: all that begin there or before, without those that end.
    opened = np.zeros(len(edges) + 1, np.intp)
    opened[1:] = _STEPS.take(order < others.shape[1])
    opened = np.add.accumulate(opened)
    begin = edges.searchsorted(spans[0], side="right")
    end = edges.searchsorted(spans[1], side="left")
    return (end > begin) | (opened.take(begin) > 0)


def _among(numbers: Rows, others: Rows) -> Flags:
    """Which of the numbers are among the others."""
    if not len(others):
        return np.zeros(len(numbers), np.bool_)
    known = np.sort(others)
    return known.take(known.searchsorted(numbers), mode="clip") == numbers
