"""Breaks a row of tokens into lines: as few as there can be, broken as far outside of brackets as there is room for.

Between brackets a pattern may break anywhere, elsewhere only beside a bar. A comment ends its line. Where lines break
otherwise is up to the costs below: of all ways to break the row the cheapest is taken, of equals the one whose first
lines hold most.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from typing import Final

from factcheck.language.tokens import Kind, Token
from factcheck.render import width

LONG: Final = 100  # columns of a line, where it can be broken well
LONGEST: Final = 110  # where it can be broken at all
STEP: Final = 2  # columns that a line is further in for each bracket that is open at its start
_STEPS: Final = 6  # beyond that many open brackets none are added

_LINE = 2.0  # the cost of a line more
_INSIDE = 3.0  # of breaking inside a bracket, for each that is open
_PLAIN = 5.0  # of breaking where no bar stands
_TORN = 4.0  # of breaking a bracket of no more columns than _SMALL
_SMALL: Final = 36
_LONG = 2.5  # of a line longer than it should be: more than a line, less than breaking a bracket
_COLUMN = 0.3  # of each column of that
_OVER = 1000.0  # of each column more than there may be


@dataclass(frozen=True, slots=True)
class Margins:
    """The column at which the first line begins, and that of the others where no bracket is open."""

    first: int
    others: int
    inside: bool = False
    """Whether a bracket around all of it lets it break anywhere."""


def fill(tokens: Sequence[Token], margins: Margins) -> list[str]:
    """The lines of these tokens. The first is what follows at `margins.first`, the others have their margin."""
    row = _Row(tokens, margins)
    lines, at = [], 0
    for end in row.breaks():
        lines.append(row.line(at, end))
        at = end
    return lines


class _Row:
    """The tokens with what the costs of breaking them depend on."""

    def __init__(self, tokens: Sequence[Token], margins: Margins) -> None:
        self.tokens, self.margins = tokens, margins
        steps = (1 if t.kind is Kind.OPEN else -1 if t.kind is Kind.CLOSE else 0 for t in tokens)
        self.depth = [0, *accumulate(steps)]
        """How many brackets are open before each token, and after the last."""
        self.space = [self._space(n) for n in range(len(tokens))]
        # A comment takes no room: where code breaks must not hang on what is said of it.
        sizes = (0 if t.is_comment else len(gap) + width(t.text) for t, gap in zip(tokens, self.space, strict=True))
        self.used = [0, *accumulate(sizes)]
        """The columns up to each token, were all on one line."""
        self.small = self._small()

    def _small(self) -> list[bool]:
        """Whether the innermost bracket that is open before each token is small."""
        found, opened, sizes = [-1] * len(self.tokens), [-1], {-1: self.used[-1]}
        for number, token in enumerate(self.tokens):
            found[number] = opened[-1]
            if token.kind is Kind.OPEN:
                opened.append(number)
            elif token.kind is Kind.CLOSE:
                begin = opened.pop()
                sizes[begin] = self.used[number] - self.used[begin]
        return [sizes[begin] <= _SMALL for begin in found]

    def _space(self, number: int) -> str:
        """What stands before the token when it is not the first on its line."""
        if number == 0:
            return ""
        before, token = self.tokens[number - 1], self.tokens[number]
        if token.kind is Kind.BESIDE:
            return "  "
        close = before.kind in (Kind.OPEN, Kind.LABEL) or token.kind is Kind.CLOSE or token.glued
        return "" if close else " "

    def margin(self, at: int) -> int:
        """The column of the line that begins with the token `at`."""
        if at == 0:
            return self.margins.first
        depth = self.depth[at] - (self.tokens[at].kind is Kind.CLOSE)
        return self.margins.others + STEP * min(depth, _STEPS)

    def line(self, at: int, end: int) -> str:
        """The line of the tokens from `at` to before `end`."""
        first, *rest = range(at, end)
        text = self.tokens[first].text + "".join(self.space[n] + self.tokens[n].text for n in rest)
        return " " * self.margin(at) * (at > 0) + text if text else ""

    def cost(self, at: int) -> float | None:
        """What it costs to begin a line with the token `at`; nothing where it has to, None where it must not."""
        before, token = self.tokens[at - 1], self.tokens[at]
        if before.is_comment or token.kind is Kind.ALONE:
            return 0.0
        if token.kind in (Kind.BESIDE, Kind.CLOSE) or token.glued or before.kind in (Kind.LABEL, Kind.JOINT):
            return None
        depth = self.depth[at]
        if token.text != "|" and not (depth or self.margins.inside):
            return None
        torn = _TORN if depth and self.small[at] else 0.0
        return _LINE + _INSIDE * depth + torn + (0.0 if token.kind is Kind.JOINT else _PLAIN)

    def breaks(self) -> list[int]:
        """Where lines end: for each the number of the token after its last."""
        last = len(self.tokens)
        costs = {at: cost for at in range(1, last) if (cost := self.cost(at)) is not None} | {last: 0.0}
        places = [0, *costs]
        best, following = [0.0] * len(places), [0] * len(places)
        for number in reversed(range(len(places) - 1)):
            best[number], following[number] = self._cheapest(number, places, costs, best)
        found, number = [], 0
        while number < len(places) - 1:
            number = following[number]
            found.append(places[number])
        return found

    def _cheapest(
        self, number: int, places: Sequence[int], costs: Mapping[int, float], best: Sequence[float]
    ) -> tuple[float, int]:
        """The least cost of all lines from this place on, and the number of the place where the first of them ends."""
        here = places[number]
        begin = self.used[here] + len(self.space[here]) - self.margin(here)
        found = (inf, number)
        for after in range(number + 1, len(places)):
            end = places[after]
            columns = self.used[end] - begin
            if columns > LONGEST and found[0] < inf:
                break
            cost = costs[end] + _length(columns) + best[after]
            found = min(found, (cost, after), key=lambda one: (one[0], -one[1]))
            if not costs[end]:  # the line has to end here
                break
        return found


def _length(columns: int) -> float:
    """What the length of a line costs."""
    if columns <= LONG:
        return 0.0
    return _LONG + _COLUMN * (columns - LONG) + _OVER * max(0, columns - LONGEST)
