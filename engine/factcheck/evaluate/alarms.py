"""Exceptions for sentences in which a person says that rules are wrong: no model, the words beside the wrong hits.

Whatever stands beside a wrong hit and beside no right one may become an `except` of its rule. Right are the hits in
sentences that people have labelled so, and those in the `flag` examples of the rule.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from factcheck.evaluate.attempts import Attempt
from factcheck.evaluate.contexts import Share
from factcheck.evaluate.learning import Learning, proven
from factcheck.evaluate.proposals import Proposal
from factcheck.judge.rank import COUNTS_FROM
from factcheck.language.program import Level, Rule
from factcheck.load import parsed
from factcheck.scan import Scanner

_DOUBTFUL: Final = frozenset({Level.UNVERIFIED.value, Level.POSSIBLE.value, Level.PROBABLE.value})
"""The levels that a false alarm gives."""
_REACH: Final = 2
"""Words to either side that a context may take in."""
_ROUNDS: Final = 3
"""How often what an exception uncovers is looked at."""
_LONGEST: Final = 4
"""Words of a hit that a context takes in whole."""
_WORD: Final = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_PLAIN: Final = re.compile(r"[a-z]+(?:['-][a-z]+)*")


class _Hit(NamedTuple):
    """A finding: the words of its sentence from two before it to two after, as a pattern has them; where it stands."""

    words: tuple[str, ...]
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Alarms:
    """What false alarms teach, and what there is to say of those that teach nothing."""

    learning: Learning
    hits: int
    """The wrong ones."""
    left: Mapping[str, int]
    """Those that no exception silences, by rule: what stands beside them stands beside right ones, too."""


def silenced(scanner: Scanner, wrong: Sequence[str], right: Iterable[str], signal: str | None = None) -> Alarms:
    """Exceptions for the sentences that are wrong, which leave the hits in those that are right.

    Without a `signal` wrong is every finding that sets a level below `attributed`, with one whatever raises it.
    """
    rules = {rule.id: rule for rule in scanner.program.rules if _matters(rule, signal)}
    right, now = list(right), scanner
    attempts: list[Attempt] = []
    first = found = _hits(now, wrong, rules)
    for _ in range(_ROUNDS):
        kept = _hits(now, [*right, *_examples(scanner, found)], found)
        new = [one for name, hits in found.items() for one in _of_rule(rules[name], hits, kept.get(name, []))]
        if not new:
            break
        attempts, program = proven(scanner.sources, [*attempts, *new])
        now = Scanner.of(program)
        found = _hits(now, wrong, rules)  # a longer match that is silenced may uncover a shorter one
    amended = {one.proposal.target.id for one in attempts if one.proposal.target}
    texts = [*right, *_examples(scanner, amended)]
    before, after = (_hits(one, texts, amended) for one in (scanner, now))
    lost = {name: max(len(hits) - len(after.get(name, ())), 0) for name, hits in before.items()}
    return Alarms(
        Learning((), (), tuple(_with_losses(attempts, lost))),
        sum(map(len, first.values())),
        {name: len(hits) for name, hits in found.items()},
    )


def _matters(rule: Rule, signal: str | None) -> bool:
    if signal:
        return signal in rule.raises
    return rule.level in _DOUBTFUL and rule.weight >= COUNTS_FROM


def _examples(scanner: Scanner, wanted: Iterable[str]) -> list[str]:
    """What the rules of these ids must fire on, as their files say."""
    names = set(wanted)
    files = parsed(scanner.sources, [], cached=True)
    return [flag.text for file in files for rule in file.rules if rule.id in names for flag in rule.flag]


def _with_losses(attempts: Iterable[Attempt], lost: Mapping[str, int]) -> Iterator[Attempt]:
    """The exceptions with what all those of their rule took from its right hits."""
    for one in attempts:
        right = lost.get(one.proposal.target.id, 0) if one.proposal.target else 0
        yield replace(one, silenced=Share(right, right + one.silenced.wrong))


# Hits -----------------------------------------------------------------------------------------------------------------


def _hits(scanner: Scanner, texts: Sequence[str], wanted: Iterable[str]) -> dict[str, list[_Hit]]:
    """Those of the rules of these ids, by rule."""
    names = set(wanted)
    found: dict[str, list[_Hit]] = {}
    for document in scanner.scan_many(texts, segment="lines"):
        for sentence in document.sentences:
            for one in sentence.findings:
                if one.rule in names:
                    start, end = one.span.start - sentence.span.start, one.span.end - sentence.span.start
                    hit = _around(sentence.text, start, end)
                    found.setdefault(one.rule, []).append(hit)
    return found


def _around(text: str, start: int, end: int) -> _Hit:
    """The hit among the words beside it, up to the first mark, name or number."""
    before = [_plain(word, first=at == 0) for at, word in _run(text, start, forwards=False)]
    own = [_plain(word[0], first=word.start() == 0) for word in _WORD.finditer(text[:end], start)]
    after = [_plain(word, first=False) for _, word in _run(text, end, forwards=True)]
    before, after = _until_odd(before)[::-1], _until_odd(after)
    if len(own) > _LONGEST or "" in own:
        own = own[:1] if not after else own[-1:]
        before = [] if after else before
    return _Hit((*before, *own, *after), len(before), len(before) + len(own))


def _run(text: str, at: int, *, forwards: bool) -> Iterator[tuple[int, str]]:
    """The words that follow from there with nothing but white space between, the nearest first."""
    words = list(_WORD.finditer(text))
    words = [w for w in words if w.start() >= at] if forwards else [w for w in words if w.end() <= at][::-1]
    for word in words[:_REACH]:
        between = text[at : word.start()] if forwards else text[word.end() : at]
        if between.strip():
            return
        yield word.start(), word[0]
        at = word.end() if forwards else word.start()


def _plain(word: str, *, first: bool) -> str:
    """The word as a pattern has it; nothing for a name, a number and the like."""
    word = word.replace("’", "'")
    word = word.lower() if first else word
    return word if _PLAIN.fullmatch(word) else ""


def _until_odd(words: Sequence[str]) -> list[str]:
    return list(words[: words.index("")] if "" in words else words)


# Exceptions -----------------------------------------------------------------------------------------------------------


def _contexts(hit: _Hit) -> Iterator[str]:
    """Patterns that take the hit and something beside it."""
    if hit.first == hit.end or "" in hit.words:
        return
    for first in range(hit.first + 1):
        for end in range(hit.end, len(hit.words) + 1):
            if first < hit.first or end > hit.end:
                yield " ".join(hit.words[first:end])


def _of_rule(rule: Rule, hits: Sequence[_Hit], kept: Sequence[_Hit]) -> Iterator[Attempt]:
    """Exceptions until all hits are silenced that can be: the one that silences most first.

    Of such it is one that takes in two words more than a hit: fewer would silence too much, and more hardly anything.
    """
    taken = {context for hit in kept for context in _contexts(hit)}
    left = [set(_contexts(hit)) - taken for hit in hits]
    among = Share(len(kept), len(kept) + len(hits))
    size = 2 + min((hit.end - hit.first for hit in hits), default=0)
    while any(left):
        counts = Counter(context for own in left for context in own)
        best = min(counts, key=lambda context: (-counts[context], abs(len(context.split()) - size), context))
        yield Attempt(Proposal("", f"{rule.id} {best}", rule, best), 0.0, Share(0, counts[best]), Share(0, 0), among)
        left = [set[str]() if best in own else own for own in left]
