"""Which parts of a pattern a match goes through: the pattern with probes in its parts, read as the plain one is."""

from collections.abc import Iterator, Sequence
from typing import Final

from factcheck.judge.hits import Hit
from factcheck.judge.opening import Openings, QuickReader
from factcheck.judge.reference import Reading, Readings, merge
from factcheck.language.pattern import Alt, Lists, Pattern
from factcheck.language.probe import Part, Probe
from factcheck.text.article import Article

_MANY: Final = 8
"""Alternatives from which on only those are tried that can begin with the token at hand."""


class Tracer(QuickReader):
    """Reads patterns with probes. Where a match can be read in several ways, those with the shortest gaps count."""

    def __init__(self, article: Article, openings: Openings, lists: Lists, steps: int | None) -> None:
        super().__init__(article, openings, lists, steps, range(len(article.sentences)))
        self._branches: dict[int, tuple[dict[str, list[Pattern]], list[Pattern]]] = {}
        self._met: dict[Part, int] = {}
        """Parts by the numbers of their bits."""

    def through(self, pattern: Pattern, hit: Hit) -> set[Part] | None:
        """The parts that the pattern's match where the hit is goes through; None when it does not match there."""
        found = self.reading((pattern,), hit.sentence, hit.first, hit.end)
        return None if found is None else set(self._parts(found.used))

    def _parts(self, used: int) -> Iterator[Part]:
        return (part for part, number in self._met.items() if used >> number & 1)

    def note(self, patterns: Sequence[Pattern]) -> None:
        """Nothing is noted: patterns with probes capture nothing."""

    def parts(self, pattern: Pattern, at: int) -> Readings:
        """The readings of a pattern made of patterns."""
        if isinstance(pattern, Probe):
            found = self.readings(pattern.item, at)
            bit = 1 << self._met.setdefault(pattern.part, len(self._met)) if found else 0
            return {end: Reading(one.owned, one.captures, one.used | bit) for end, one in found.items()}
        if isinstance(pattern, Alt) and len(pattern.options) > _MANY:
            several: Readings = {}
            for option in self._options(pattern, at):
                merge(several, self.readings(option, at))
            return several
        return super().parts(pattern, at)

    def _options(self, pattern: Alt, at: int) -> Iterator[Pattern]:
        """Those of many alternatives that can begin with the token."""
        if id(pattern) not in self._branches:
            known: dict[str, list[Pattern]] = {}
            others: list[Pattern] = []
            for option in pattern.options:
                opening = self._openings.of(option)
                if opening is None:
                    others.append(option)
                for word in opening or ():
                    known.setdefault(word, []).append(option)
            self._branches[id(pattern)] = (known, others)
        known, others = self._branches[id(pattern)]
        yield from known.get(self.fold.get(at, ""), ())
        yield from others
