"""What holds in all texts: that one pattern matches wherever another does, or that a pattern matches nowhere.

A pattern becomes a net of steps. All ways through one net are walked, and beside each the set of places that the other
net can have reached with the same tokens. A word is looked up form by form, a class or a run is met by its equal or a
wider class. What is told is true; not all that is true is told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from factcheck.judge.reference import PASSED
from factcheck.judge.word import is_word
from factcheck.language.pattern import (
    Affix,
    Alt,
    Any,
    Capture,
    Edge,
    Gap,
    Lists,
    Mark,
    Maybe,
    Pattern,
    Quote,
    Ref,
    Run,
    Seq,
    Words,
)
from factcheck.text.fold import fold

Leaf = Words | Affix | Any | Mark | Quote | Run
Token = Leaf
"""All tokens that satisfy it; of `Words` a single form."""

_ANY_WORD: Final = Any("word")
_PASSED: Final = tuple(Mark(char) for char in sorted(PASSED))


class TooLong(Exception):  # noqa: N818 -- it ends a bounded search and is no mistake
    """The steps allowed are used up."""


class At(NamedTuple):
    """A place in a net: a node and, inside a gap, the words and marks that are used up."""

    node: int
    words: int = 0
    marks: int = 0


@dataclass(slots=True)
class Net:
    """A pattern as nodes and the steps between them; it begins at node 0 and ends at node 1."""

    free: list[list[int]] = field(default_factory=lambda: [[], []])
    """Of each node those that are reached without a token."""
    takes: list[list[tuple[Leaf, int]]] = field(default_factory=lambda: [[], []])
    edges: list[list[tuple[str, int]]] = field(default_factory=lambda: [[], []])
    gaps: dict[int, int] = field(default_factory=dict)
    """The nodes that are gaps, with their limits."""

    @classmethod
    def of(cls, patterns: Iterable[Pattern], lists: Lists) -> "Net":
        """The net of any of the patterns."""
        net = cls()
        for pattern in patterns:
            net._add(pattern, lists, 0, 1)
        return net

    def _node(self) -> int:
        self.free.append([])
        self.takes.append([])
        self.edges.append([])
        return len(self.free) - 1

    def _add(self, pattern: Pattern, lists: Lists, begin: int, end: int) -> None:
        match pattern:
            case Seq():
                self._add_sequence(pattern.items, lists, begin, end)
            case Alt():
                for option in pattern.options:
                    self._add(option, lists, begin, end)
            case Maybe():
                self._add(pattern.item, lists, begin, end)
                self.free[begin].append(end)
            case Ref() | Capture():
                self._add(lists[pattern.key] if isinstance(pattern, Ref) else pattern.item, lists, begin, end)
            case Edge():
                self.edges[begin].append((pattern.side, end))
            case Gap():
                gap = self._node()
                self.gaps[gap] = pattern.limit
                self.free[begin].append(gap)
                self.free[gap].append(end)
            case _:
                self.takes[begin].append((pattern, end))

    def _add_sequence(self, items: Sequence[Pattern], lists: Lists, begin: int, end: int) -> None:
        for item in items:
            after = self._node()
            self._add(item, lists, begin, after)
            begin = after
        self.free[begin].append(end)


Places = frozenset[At]


class Comparison:
    """Compares patterns with each other, in so many steps for all of it."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def covers(self, wide: Net, narrow: Net, *, alike: bool = False) -> bool:
        """Whether `wide` matches all stretches that `narrow` does; if `alike`, owning the same tokens of them."""
        return _Walk(self, wide, alike=alike).covers(narrow)

    def meets(self, inner: Net, outer: Net) -> bool:
        """Whether in all that `outer` matches `inner` matches a part that begins with a token which `outer` owns."""
        return _Walk(self, inner, inside=True).covers(outer)

    def can_match(self, net: Net) -> bool:
        """Whether there is a way through the net that some text may go.

        No word stands behind the end of a sentence, and a sentence does not start right behind a word.
        """
        todo, seen = [(0, False, False)], set[tuple[int, bool, bool]]()
        while todo:
            state = todo.pop()
            if state in seen:
                continue
            seen.add(state)
            self.spend(1)
            node, word_before, ended = state
            if node == 1:
                return True
            todo += ((then, word_before, ended) for then in net.free[node])
            for side, then in net.edges[node]:
                if side == "end" or not word_before:
                    todo.append((then, word_before, ended or side == "end"))
            for leaf, then in net.takes[node]:
                mark = isinstance(leaf, Mark | Quote)
                if mark or not ended:
                    todo.append((then, not mark, ended))
            if node in net.gaps:  # it may have passed a bracket, behind which a sentence starts
                todo += ((then, False, ended) for then in net.free[node])
        return False

    def spend(self, steps: int) -> None:
        """Takes steps from those allowed. Raises TooLong."""
        self.steps -= steps
        if self.steps < 0:
            raise TooLong


class _Walk:
    """All ways through one net, beside the places reached in another."""

    def __init__(self, budget: Comparison, net: Net, *, alike: bool = False, inside: bool = False) -> None:
        self._budget, self._net, self._alike, self._inside = budget, net, alike, inside

    def covers(self, walked: Net) -> bool:
        """Whether at the end of every way the other net may have ended, too; where `inside` is asked, or before."""
        start = frozenset() if self._inside else frozenset((At(0),))
        todo: list[tuple[At, Places, frozenset[str]]] = [(At(0), start, frozenset())]
        seen = set(todo)
        while todo:
            self._budget.spend(1)
            at, reached, sides = todo.pop()
            here = self._opened(reached, sides)
            if self._inside and At(1) in here:
                continue
            if at.node == 1 and At(1) not in here:
                return False
            for step in self._steps(walked, at, here, sides):
                if not step[1] and not self._inside:
                    return False
                if step not in seen:
                    seen.add(step)
                    todo.append(step)
        return True

    def _steps(
        self, walked: Net, at: At, here: Places, sides: frozenset[str]
    ) -> Iterator[tuple[At, Places, frozenset[str]]]:
        """The ways on from a place, each with what is reached beside it."""
        for then in walked.free[at.node]:
            yield At(then), here, sides
        for side, then in walked.edges[at.node]:
            yield At(then), here, sides | {side}
        none = frozenset[str]()
        for leaf, then in walked.takes[at.node]:
            begun = here | self._opened(frozenset((At(0),)), sides) if self._inside else here
            for token in _tokens(leaf):
                yield At(then), self._after(begun, token, in_gap=False), none
        if (limit := walked.gaps.get(at.node)) is not None:
            if at.words < limit:
                yield at._replace(words=at.words + 1), self._after(here, _ANY_WORD, in_gap=True), none
            for mark in _PASSED if at.marks < limit else ():
                yield at._replace(marks=at.marks + 1), self._after(here, mark, in_gap=True), none

    def _opened(self, places: Places, sides: frozenset[str]) -> Places:
        """The places, and those that are reached from them without a token, where these sides of a sentence are."""
        found, todo = set(places), list(places)
        while todo:
            node = todo.pop().node
            free = [*self._net.free[node], *(then for side, then in self._net.edges[node] if side in sides)]
            new = {At(then) for then in free} - found
            found |= new
            todo += new
        self._budget.spend(len(found))
        return frozenset(found)

    def _after(self, places: Places, token: Token, *, in_gap: bool) -> Places:
        """The places reached from these with any token of the kind; `in_gap` says that a gap passes it."""
        found = set[At]()
        for at in places:
            limit = self._net.gaps.get(at.node)
            if limit is not None and (in_gap or not self._alike):
                if isinstance(token, Words | Affix | Any) and at.words < limit:
                    found.add(at._replace(words=at.words + 1))
                elif token in _PASSED and at.marks < limit:
                    found.add(at._replace(marks=at.marks + 1))
            if not (in_gap and self._alike):
                for leaf, then in self._net.takes[at.node]:
                    self._budget.spend(1)
                    if _takes(leaf, token):
                        found.add(At(then))
        return frozenset(found)


def _tokens(leaf: Leaf) -> Iterator[Token]:
    """The kinds of tokens that a leaf takes: of a set of words each form."""
    if isinstance(leaf, Words):
        yield from (Words(lower=frozenset((form,))) for form in leaf.lower)
        yield from (Words(written=frozenset((form,))) for form in leaf.written)
        yield from (Words(exact=frozenset((form,))) for form in leaf.exact)
    else:
        yield leaf


def _takes(leaf: Leaf, token: Token) -> bool:
    """Whether the leaf takes all tokens of the kind."""
    if isinstance(token, Words) and token.lower and isinstance(leaf, Words):
        return token.lower <= leaf.lower
    if leaf == token or (isinstance(token, Words | Affix | Any) and leaf == _ANY_WORD):
        return True
    match leaf, token:
        case Quote(), Quote():
            return not leaf.side
        case Words() | Affix() | Any(), Words():
            return all(is_word(leaf, form, fold(form), free=free) for form, free in _written(token))
        case Affix(), Affix():
            narrower = token.prefix.startswith(leaf.prefix) and token.suffix.endswith(leaf.suffix)
            return narrower and _cased(token) == _cased(leaf)
    return False


def _written(token: Words) -> Iterator[tuple[str, bool]]:
    """How a single form may be written in a text, and whether a capital is free there; few of all, but the extremes."""
    for form in token.lower:
        ways = (form, form.upper(), form[:1].upper() + form[1:], form[:1] + form[1:].upper())
        yield from ((one, True) for one in ways)
    for form in token.written:
        yield from ((one, fold(one) == one) for one in (form, form.upper()))
    for form in token.exact:
        yield form, fold(form) == form


def _cased(affix: Affix) -> bool:
    return fold(affix.prefix + affix.suffix) != affix.prefix + affix.suffix
