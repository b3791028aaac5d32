"""Contexts that tell a rule's wrong hits from its right ones, and cues that no rule finds.

Only words that the loaded rules themselves look for, and function words, are looked at: what a text is about tells
nothing of how it is worded.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np

from factcheck.english import tables
from factcheck.evaluate.evidence import Evidence, Hits
from factcheck.evaluate.measures import wilson
from factcheck.language.pattern import Pattern, Ref, Words, parts
from factcheck.language.program import Program

FEWEST: Final = 5
"""Hits with a context, or places of a cue, that something may be learnt from."""
_HITS: Final = 20
"""Those of a rule whose contexts are looked at, and places of a weak sign."""
_STRICTNESS: Final = 1.0
"""The inverse of what a context costs: of contexts that tell the same the fewest are taken."""
_LONGEST: Final = 4
"""Words of a hit, or of a cue, that make a context of their own."""
_MOST_EDGES: Final = 8
"""Different words of a hit that a context may stand beside."""
_CLEARLY: Final = 2
"""How many times the share of all others is clearly more."""
_FOUR_IN_FIVE: Final = 1.2816  # standard deviations to either side that hold 80 % of a normal distribution
_PLAIN: Final = re.compile(r"[a-z]+(?:['-][a-z]+)*")

_FUNCTION: Final = frozenset(
    re.findall(
        r"\w+",
        "a an the this that these those there no not never nor neither and or but if than when while because so as at "
        "by for from in into of on over to under until up with without about after before between be been being is are "
        "was were am do does did have has had will would shall should can could may might must very too only just also",
    )
)
"""Articles, negations, prepositions, conjunctions, auxiliaries and the like: the rules of a house may name few."""

WHOLE: Final = 0
"""The place of a hit's own words; others are so many words before (below 0) or behind its edge."""
ANY: Final = "<word>"
"""Stands for any word in a pattern."""


class Share(NamedTuple):
    """How many of some cases are right."""

    right: int
    cases: int

    @property
    def wrong(self) -> int:
        """The others."""
        return self.cases - self.right

    @property
    def between(self) -> tuple[float, float]:
        """Where the share lies, four times in five."""
        return wilson(self.right, self.cases, _FOUR_IN_FIVE)


class Example(NamedTuple):
    """A pattern, words that it takes, and what of these a rule took before: nothing where it took all of them."""

    pattern: str
    words: str
    bare: str


class Context(NamedTuple):
    """A pattern that some hits of a rule stand in, and how often they are right beside those that do not."""

    rule: int
    edge: str
    """Takes the word of a hit that the context stands beside, and the context."""
    whole: "Example | None"
    """Takes all words of a hit and the context, where they are few enough."""
    inside: Share
    outside: Share

    @property
    def differs(self) -> bool:
        """Whether hits in it are clearly more often right, or wrong, than the others."""
        (low, high), (below, above) = self.inside.between, self.outside.between
        return high < below or low > above


class Cue(NamedTuple):
    """Words that people mark and no rule finds, and how often they are marked where they stand."""

    words: str
    share: Share
    is_weak: bool
    """Whether it mostly is not."""


def known_words(program: Program) -> frozenset[str]:
    """The words that the program's rules look for, and function words."""
    found: set[str] = set(_FUNCTION | tables.PRONOUNS | tables.RELATIVES)
    seen: set[str] = set()

    def look(patterns: Iterable[Pattern]) -> None:
        for part in parts(*patterns):
            if isinstance(part, Words):
                found.update(part.lower)
            elif isinstance(part, Ref) and part.key not in seen:
                seen.add(part.key)
                look([program.lists[part.key]])

    for rule in program.rules:
        look(rule.match)
    return frozenset(word for word in found if _PLAIN.fullmatch(word))


# Contexts -------------------------------------------------------------------------------------------------------------

_Feature = tuple[int, str]
"""A place, and the word or words that stand there."""
_Own = tuple[str, str]
"""The hit's word beside it, and all its words where they are few enough, else nothing."""


def check_installed() -> None:
    """Raises ImportError that says how to install scikit-learn where it is missing."""
    try:
        import sklearn.linear_model  # noqa: F401, PLC0415 -- an extra, and few need it
    except ImportError as error:
        raise ImportError("scikit-learn is missing; pip install 'factcheck-engine[learn]' installs it") from error


def contexts(evidence: Evidence, hits: Hits) -> Iterator[Context]:
    """What tells right from wrong among each rule's hits; needs scikit-learn."""
    known = known_words(evidence.program)
    for rule in np.unique(hits.rule).tolist():
        own = hits.take(np.flatnonzero(hits.rule == rule))
        if len(own) >= _HITS and FEWEST <= own.right.sum() <= len(own) - FEWEST:
            features = [dict(_features(evidence, own, row, known)) for row in range(len(own))]
            yield from _told_apart(rule, own, features)


def _features(evidence: Evidence, hits: Hits, row: int, known: frozenset[str]) -> Iterator[tuple[_Feature, _Own]]:
    """What stands around a hit, each with the hit's own words that it stands beside."""
    words, is_word = evidence.words, evidence.is_word
    first, end, sentence = int(hits.first[row]), int(hits.end[row]), int(hits.sentence[row])
    begin, stop = (int(edge[sentence]) for edge in evidence.edges)
    few = end - first <= _LONGEST and known.issuperset(words[first:end])
    whole = " ".join(words[first:end]) if few else ""
    if whole:
        yield (WHOLE, whole), (whole, whole)
    for step, edge, bound in ((-1, first, begin - 1), (1, end - 1, stop)):
        if words[edge] not in known:
            continue
        for distance in (1, 2):
            at = edge + step * distance
            if at * step >= bound * step or not is_word[at]:
                break
            if words[at] in known:
                yield (step * distance, words[at]), (words[edge], whole)


def _told_apart(rule: int, hits: Hits, features: Sequence[Mapping[_Feature, _Own]]) -> Iterator[Context]:
    """The contexts that a model needs to tell which hits are right."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 -- the same

    counts = Counter(feature for own in features for feature in own)
    names = sorted(feature for feature, count in counts.items() if FEWEST <= count < len(hits))
    if not names:
        return
    has = np.array([[name in own for name in names] for own in features], np.float64)
    model = LogisticRegression(l1_ratio=1.0, C=_STRICTNESS, solver="liblinear", random_state=0)
    model.fit(has, hits.right)
    for column in np.flatnonzero(model.coef_[0]).tolist():
        inside = has[:, column] > 0
        own = [of[names[column]] for of, there in zip(features, inside.tolist(), strict=True) if there]
        if edge := _written(names[column], [edge for edge, _ in own]):
            yield Context(
                rule,
                edge.pattern,
                _written(names[column], [whole for _, whole in own]),
                *(Share(int(hits.right[rows].sum()), int(rows.sum())) for rows in (inside, ~inside)),
            )


def _written(feature: _Feature, own: Sequence[str]) -> Example | None:
    """The pattern of a context beside any of these words of hits, if they are few."""
    place, word = feature
    if place == WHOLE:
        return Example(word, word, "")
    counts = Counter(own)
    if "" in counts or len(counts) > _MOST_EDGES:
        return None
    common = counts.most_common(1)[0][0]
    either = common if len(counts) == 1 else f"({' | '.join(sorted(counts))})"
    steps = abs(place) - 1
    pattern, words = [either, *[ANY] * steps, word], [common, *["then"] * steps, word]
    order = slice(None, None, 1 if place > 0 else -1)
    return Example(" ".join(pattern[order]), " ".join(words[order]), common)


# Cues -----------------------------------------------------------------------------------------------------------------


def missed(evidence: Evidence, *, weak: bool = False) -> Iterator[Cue]:
    """Words that people have marked where no rule raises the signal, and that mostly are marked where they stand.

    With `weak` also those that are marked clearly more often than other sentences without a finding are labelled.
    """
    places = _Places(evidence)
    base = silent_share(evidence)
    for words in places.candidates():
        share = places.share(words)
        low, _ = share.between
        if share.cases >= FEWEST and low > 1 / 2:
            yield Cue(" ".join(words), share, is_weak=False)
        elif weak and share.cases >= _HITS and low > _CLEARLY * base:
            yield Cue(" ".join(words), share, is_weak=True)


def silent_share(evidence: Evidence) -> float:
    """How many of the sentences without a finding are labelled all the same."""
    corpus = evidence.corpus
    silent = corpus.measured[~np.isin(corpus.measured, evidence.hits.sentence)]
    return float(corpus.labelled.take(silent).mean()) if len(silent) else 0.0


class _Places:
    """Finds words where no finding that raises the signal stands."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.taken = np.zeros(len(evidence.words) + 1, np.bool_)
        for first, end in zip(evidence.hits.first.tolist(), evidence.hits.end.tolist(), strict=True):
            self.taken[first:end] = True
        self.at: dict[str, list[int]] = defaultdict(list)
        for row, word in enumerate(evidence.words):
            self.at[word].append(row)
        self.sentence = np.repeat(np.arange(len(evidence.edges[0])), evidence.edges[1] - evidence.edges[0])

    def candidates(self) -> list[tuple[str, ...]]:
        """The marked words, in the order of the alphabet, of which a rule could be made."""
        found: Counter[tuple[str, ...]] = Counter()
        evidence, corpus = self.evidence, self.evidence.corpus
        for sentence in corpus.measured[corpus.labelled.take(corpus.measured)].tolist():
            for first, end in evidence.marked(sentence):
                words = evidence.words[first:end]
                plain = all(_PLAIN.fullmatch(word) for word in words)
                if plain and 0 < len(words) < _LONGEST and not self.taken[first:end].any():
                    found[words] += 1
        return sorted(words for words, count in found.items() if count > 1)

    def share(self, words: tuple[str, ...]) -> Share:
        """How often they are right where they stand and nothing is found."""
        evidence, size = self.evidence, len(words)
        right = cases = 0
        for row in self.at[words[0]]:
            sentence, end = int(self.sentence[row]), row + size
            alone = end <= evidence.edges[1][sentence] and not self.taken[row:end].any()
            if alone and evidence.words[row:end] == words and evidence.corpus.is_measured[sentence]:
                cases += 1
                right += evidence.is_right(sentence, row, end)
        return Share(right, cases)
