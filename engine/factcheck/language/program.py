"""The program: packs, rules and lists compiled into one immutable value that every matcher reads."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from factcheck.language.pattern import Pattern


class Level(StrEnum):
    """The confidence ladder, lowest first; `no-claim` stands beside it."""

    UNVERIFIED = "unverified"
    POSSIBLE = "possible"
    PROBABLE = "probable"
    ATTRIBUTED = "attributed"
    ASSERTED = "asserted"
    ESTABLISHED = "established"
    NO_CLAIM = "no-claim"


LADDER = tuple(level for level in Level if level is not Level.NO_CLAIM)
NOTE = "note"
LEVELS = (*(level.value for level in Level), NOTE)
KINDS = ("person", "institution", "publication", "document", "collective", "anonymous", "pronoun")
SIGNALS = ("hedge", "doubt", "weasel", "attribution", "booster", "forecast")
"""Signals that every record shows, whatever packs are loaded."""

_MOST_TESTS = 8  # of one condition; beyond, all their truths are too many to try

PLACES = ("quote", "question", "heading", "aside", "caption", "code", "mail")
"""What `in` and `outside` ask for."""
MARKED = ("heading", "caption", "code", "mail")
"""Those that a format may mark."""

Condition = tuple[str, ...] | tuple[str, "Condition"] | tuple[str, tuple["Condition", ...]]
"""`("in", place)`, `("with", pack)`, `("is", "verbless")`, `("not", c)`, `("and", (c, …))`, `("or", (c, …))`."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as loaded; `signal` says whether it shows in `signals`."""

    name: str
    title: str
    language: str
    version: str
    signal: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to run. A rule without `match` hits every sentence that its conditions hold for."""

    pack: str
    name: str
    level: str
    message: str
    weight: float
    severity: str
    polarity: str
    range: tuple[float, float] | None
    because: str
    suggest: str
    tags: tuple[str, ...]
    signals: tuple[tuple[str, float], ...]
    match: Sequence[Pattern]
    excepts: Sequence[Pattern]
    unless: Sequence[Pattern]
    when: Condition | None

    @property
    def id(self) -> str:
        """`pack/name`."""
        return f"{self.pack}/{self.name}"

    @property
    def raises(self) -> dict[str, float]:
        """The signals that a finding raises and by which weight: that of its pack, and those that the rule names.

        Of two weights for one signal the higher counts, as of any two findings on the same words.
        """
        found = {self.pack: self.weight}
        for name, weight in self.signals:
            found[name] = max(weight, found.get(name, weight))
        return found


@dataclass(frozen=True, slots=True)
class Program:
    """All that is loaded. Rules stand in the order that decides ties: a later one wins."""

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    lists: Mapping[str, Pattern]

    @property
    def patterns(self) -> Iterator[Pattern]:
        """Those of all rules, then those of the lists, always in this order."""
        for rule in self.rules:
            yield from (*rule.match, *rule.excepts, *rule.unless)
        yield from self.lists.values()

    @property
    def signals(self) -> tuple[str, ...]:
        """The names of all signals: the standard ones, then those of the loaded packs in order."""
        shown = (p.name for p in self.packs if p.signal)
        return tuple(dict.fromkeys((*SIGNALS, *shown)))


def tests(condition: Condition | None) -> frozenset[tuple[str, str]]:
    """The single tests a condition is made of."""
    if condition is None:
        return frozenset()
    operator, value = condition[0], condition[1]
    if operator == "not":
        return tests(value)  # type: ignore[arg-type]
    if operator in ("and", "or"):
        return frozenset().union(*(tests(c) for c in value))  # type: ignore[arg-type]
    return frozenset({(operator, str(value))})


def holds(condition: Condition | None, truth: Mapping[tuple[str, str], bool]) -> bool:
    """Whether the condition holds where its single tests have these truths; no condition holds always."""
    if condition is None:
        return True
    operator, value = condition[0], condition[1]
    if operator == "not":
        return not holds(value, truth)  # type: ignore[arg-type]
    if operator == "and":
        return all(holds(c, truth) for c in value)  # type: ignore[arg-type]
    if operator == "or":
        return any(holds(c, truth) for c in value)  # type: ignore[arg-type]
    return truth[operator, str(value)]


def can_hold(condition: Condition | None, given: Mapping[tuple[str, str], bool]) -> bool:
    """Whether some truth of the other tests lets the condition hold where the `given` ones have theirs."""
    asked = sorted(tests(condition) - given.keys())
    if len(asked) > _MOST_TESTS:
        return True
    truths = product((True, False), repeat=len(asked))
    return any(holds(condition, {**given, **dict(zip(asked, truth, strict=True))}) for truth in truths)
