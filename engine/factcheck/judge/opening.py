"""The words a pattern can begin with, so that it need not be tried where it cannot match."""

from collections.abc import Sequence

from factcheck.judge.reference import Reader, Readings
from factcheck.language.pattern import Alt, Capture, Lists, Mark, Maybe, Pattern, Ref, Seq, Words
from factcheck.text.article import Article
from factcheck.text.fold import fold

Opening = frozenset[str] | None
"""Folded forms of tokens; None for any token, or none at all."""


class Openings:
    """The openings of patterns over one set of lists, each worked out once."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._known: dict[int, tuple[Pattern, Opening]] = {}

    def of(self, pattern: Pattern) -> Opening:
        """What a match of the pattern can begin with."""
        # By identity, for to hash a pattern is to walk it; what is kept beside it keeps the identity taken.
        known = self._known.get(id(pattern))
        if known is None:
            known = self._known[id(pattern)] = (pattern, self._find(pattern))
        return known[1]

    def needed(self, pattern: Pattern) -> list[frozenset[str]]:
        """Sets of words of each of which every match of the pattern has one, as far as they are easily told."""
        match pattern:
            case Ref() | Capture():
                return self.needed(self._lists[pattern.key] if isinstance(pattern, Ref) else pattern.item)
            case Seq():
                openings = (self.of(item) for item in pattern.items if not isinstance(item, Maybe))
            case _:
                openings = (self.of(one) for one in (pattern,))
        return [opening for opening in openings if opening is not None]

    def _find(self, pattern: Pattern) -> Opening:
        match pattern:
            case Words():
                marked = pattern.written | pattern.exact
                return pattern.lower | {fold(form) for word in marked for form in (word, word.upper())}
            case Mark():
                return frozenset((pattern.char,))
            case Ref() | Capture():
                return self.of(self._lists[pattern.key] if isinstance(pattern, Ref) else pattern.item)
            case Alt():
                return self._any(pattern.options)
            case Seq():
                return self._sequence(pattern.items)
        return None

    def _any(self, patterns: Sequence[Pattern]) -> Opening:
        found: set[str] = set()
        for one in patterns:
            opening = self.of(one)
            if opening is None:
                return None
            found |= opening
        return frozenset(found)

    def _sequence(self, items: Sequence[Pattern]) -> Opening:
        """What its first item begins with, and while that may be left out, the next one."""
        leading: list[Pattern] = []
        for item in items:
            if not isinstance(item, Maybe):
                return self._any([*leading, item])
            leading.append(item.item)
        return None


class QuickReader(Reader):
    """Reads as the plain reader does, but tries no pattern that cannot begin with the token at hand."""

    def __init__(
        self, article: Article, openings: Openings, lists: Lists, steps: int | None, sentences: Sequence[int]
    ) -> None:
        super().__init__(article, lists, steps, sentences)
        self._openings = openings

    def parts(self, pattern: Pattern, at: int) -> Readings:
        """The readings of a pattern made of patterns."""
        opening = self._openings.of(pattern)
        if opening is not None and (at >= self.stop or self.fold[at] not in opening):
            return {}
        return super().parts(pattern, at)
