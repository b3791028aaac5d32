"""Adds up what was counted: the whole and its groups."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson

from factcheck.evaluate.measures import wilson
from factcheck.language.program import KINDS
from factcheck_cli.output.sink import Out
from factcheck_cli.stats.groups import NONE, TIMES, USED, WITHIN, WITHOUT
from factcheck_cli.stats.sourced import OF_SENTENCES
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.reason import UNNAMED

_KEPT: Final = 100_000
"""Names that are counted; beyond twice as many the rare ones are dropped."""


@dataclass(frozen=True)
class Counts:
    """What there is in some documents."""

    documents: int
    levels: dict[str, int]
    """Sentences at each level."""
    kinds: dict[str, int]
    """Sentences that rest on a source of each kind."""

    @classmethod
    def of(cls, numbers: Sequence[int]) -> "Counts":
        """Documents, levels and kinds in their order, as they are counted."""
        documents, *others = numbers
        levels, kinds = others[: len(OF_SENTENCES)], others[len(OF_SENTENCES) :]
        return cls(documents, dict(zip(OF_SENTENCES, levels, strict=True)), dict(zip(KINDS, kinds, strict=True)))

    @cached_property
    def sentences(self) -> int:
        """How many there are."""
        return sum(self.levels.values())

    @cached_property
    def claims(self) -> int:
        """The sentences that say something which can be checked."""
        return self.sentences - self.levels["no-claim"]

    @cached_property
    def sourced(self) -> int:
        """The sentences that rest on somebody's word."""
        return sum(self.kinds.values())

    @property
    def unnamed(self) -> int:
        """Those of them that rest on somebody without a name."""
        return self.kinds[UNNAMED]

    @property
    def kind(self) -> str:
        """The kind of source that most of them rest on."""
        return max(self.kinds, key=self.kinds.__getitem__)

    @property
    def told(self) -> str:
        """How much there is, in words."""
        numbers = {"document": self.documents, "sentence": self.sentences, "claim": self.claims}
        return ", ".join(counted(number, noun) for noun, number in numbers.items())

    @property
    def claimed(self) -> dict[str, int]:
        """The claims at each level."""
        return {level: count for level, count in self.levels.items() if level != "no-claim"}

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares of unnamed sources the true one lies, 95 % sure."""
        return wilson(self.unnamed, self.sourced)


def share(count: int, whole: int) -> float | None:
    """The share, or None of nothing."""
    return count / whole if whole else None


class Used(NamedTuple):
    """A rule or a pack: how often it found something, and how often it decided."""

    name: str
    findings: int
    decides: int


@dataclass(frozen=True)
class Stats:
    """All that is told."""

    whole: Counts
    by: str
    groups: dict[str, Counts]
    """Over time in its order, others the largest first; last the one of what is not told. They may overlap."""
    few: int
    """Groups of fewer documents are marked."""
    rules: list[Used]
    named: Counter[str]
    unnamed: Counter[str]
    dropped: bool
    """Whether some names were too rare to be kept."""
    without: str
    """A document that has no group."""

    @property
    def packs(self) -> list[Used]:
        """The rules by their packs."""
        found = dict[str, list[int]]()
        for rule in self.rules:
            own = found.setdefault(rule.name.partition("/")[0], [0, 0])
            own[0] += rule.findings
            own[1] += rule.decides
        return _sorted(found)

    @property
    def used(self) -> dict[str, Used]:
        """The rules or packs that are groups, by name."""
        return {one.name: one for one in (self.rules if self.by == "rule" else self.packs)} if self.by in USED else {}

    def called(self, group: str) -> str:
        """What people call the group."""
        return group if group != NONE else WITHOUT.get(self.by, "none")

    def is_few(self, counts: Counts) -> bool:
        """Whether the documents are so few that their shares say little."""
        return counts.documents < self.few


@dataclass(slots=True)
class _Sums:
    whole: list[int] = field(default_factory=lambda: [0] * (1 + len(OF_SENTENCES) + len(KINDS)))
    groups: dict[str, list[int]] = field(default_factory=dict)
    within: set[str] = field(default_factory=set)
    """The groups of the document that is under way, which have it already."""
    rules: dict[str, list[int]] = field(default_factory=dict)
    named: Counter[str] = field(default_factory=Counter)
    unnamed: Counter[str] = field(default_factory=Counter)
    without: str = ""
    dropped: bool = False


class Totals(Out):
    """Takes what was counted, page by page."""

    def __init__(self, by: str) -> None:
        super().__init__(self._take)
        self._by, self._sums = by, _Sums()

    def put(self, pages: bytes | Path) -> None:
        """Takes the pages; a file of them is removed."""
        if isinstance(pages, bytes):
            self._take(pages)
            return
        with pages.open("rb") as file:
            for line in file:
                self._take(line)
        pages.unlink()

    def _take(self, pages: bytes | memoryview) -> None:
        for line in bytes(pages).splitlines():
            self._add(orjson.loads(line))

    def _add(self, page: dict[str, Any]) -> None:
        sums = self._sums
        sums.whole = [a + b for a, b in zip(sums.whole, page["whole"], strict=True)]
        self._group(page["groups"], goes_on=page["goes_on"])
        _add(sums.rules, page["rules"])
        for title in ("named", "unnamed"):
            names: Counter[str] = getattr(sums, title)
            names.update(page[title])
            if len(names) > 2 * _KEPT:
                setattr(sums, title, Counter(dict(names.most_common(_KEPT))))
                sums.dropped = True
        sums.without = sums.without or page["without"]

    def _group(self, groups: dict[str, list[int]], *, goes_on: bool) -> None:
        sums = self._sums
        if self._by in WITHIN:
            if not goes_on:
                sums.within = set()
            for name in sums.within.intersection(groups):
                groups[name][0] = 0  # a long document comes in pieces, and counts once
            sums.within |= groups.keys()
        _add(sums.groups, groups)
        if len(sums.groups) > 2 * _KEPT and self._by in WITHIN:
            most = sorted(sums.groups.items(), key=lambda one: -sum(one[1]))[:_KEPT]
            sums.groups, sums.dropped = dict(most), True

    def stats(self, few: int) -> Stats:
        """All of it."""
        sums, by = self._sums, self._by
        ordered = dict(_ordered({name: Counts.of(numbers) for name, numbers in sums.groups.items()}, by))
        rules = _sorted(sums.rules)
        return Stats(
            Counts.of(sums.whole), by, ordered, few, rules, sums.named, sums.unnamed, sums.dropped, sums.without
        )


def _add(sums: dict[str, list[int]], more: dict[str, list[int]]) -> None:
    for name, numbers in more.items():
        own = sums.get(name)
        sums[name] = [a + b for a, b in zip(own, numbers, strict=True)] if own else numbers


def _sorted(found: dict[str, list[int]]) -> list[Used]:
    used = [Used(name, *numbers) for name, numbers in found.items()]
    return sorted(used, key=lambda one: (-one.findings, -one.decides, one.name))


def _ordered(groups: dict[str, Counts], by: str) -> Iterator[tuple[str, Counts]]:
    if by in TIMES:
        yield from sorted((name, counts) for name, counts in groups.items() if name != NONE)
    else:
        others = [(name, counts) for name, counts in groups.items() if name != NONE]
        size = attrgetter("sentences" if by in WITHIN else "documents")
        yield from sorted(others, key=lambda one: (-size(one[1]), one[0]))
    if NONE in groups:
        yield NONE, groups[NONE]
