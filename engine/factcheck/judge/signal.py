"""Findings to signals: for each sentence the probability that a phenomenon is present."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from math import prod
from typing import Final

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.hits import Hits
from factcheck.judge.rank import Ranks
from factcheck.judge.rows import before, changes, rows_of, spread, then
from factcheck.text.columns import Rows

DECIMALS: Final = 4
"""Of a probability that is shown."""
_TWO: Final = 2


def signals(ranks: Ranks, findings: Hits, of: Rows, size: int) -> NDArray[np.float64]:
    """For each of `size` sentences its signals: 1 minus the product of the misses. `of` has each finding's sentence."""
    width = len(ranks.signals)
    found = np.zeros(size * width)
    raised = spread(ranks.raised.take(findings.rule), ranks.raises.take(findings.rule))
    place = of.take(raised.phrase) * np.intp(width) + ranks.signal.take(raised.row)
    several = np.bincount(place, minlength=size * width).take(place) > 1
    once = ~several
    found[place[once]] = ranks.alone.take(raised.row[once])
    at = rows_of(several)
    if len(at):
        place, weight, finding = place.take(at), ranks.weight.take(raised.row.take(at)), raised.phrase.take(at)
        _several(found, place, weight, findings.first.take(finding), findings.end.take(finding))
    return found.reshape(size, width)


def _several(found: NDArray[np.float64], place: Rows, weight: NDArray[np.float64], first: Rows, end: Rows) -> None:
    """Sets signals that several cues raise. Those that share no word are multiplied, the strongest first."""
    order = np.lexsort((first, -weight, place))
    weight = weight.take(order)
    place, first, end = (column.take(order) for column in (place, first, end))
    begin = rows_of(changes(place))
    # The same in the order of the text, to see which overlap.
    text = np.lexsort((first, place))
    lift = place.take(text) * (int(end.max()) + 1)
    reach = np.maximum.accumulate(end.take(text) + lift)
    overlaps = first.take(text) + lift < before(reach, 0)
    shared = np.logical_or.reduceat(overlaps, begin)
    stop = then(begin[1:], len(place))
    # Of two that overlap the weaker says nothing; of more it depends on which do.
    weight[begin[shared] + 1] *= stop[shared] - begin[shared] > _TWO
    missed = np.multiply.reduceat(1 - weight, begin)
    found[place.take(begin)] = [round(1 - one, DECIMALS) for one in missed.tolist()]
    for k in rows_of(shared & (stop - begin > _TWO)).tolist():
        own = slice(begin[k], stop[k])
        cues = zip(weight[own].tolist(), first[own].tolist(), end[own].tolist(), strict=True)
        found[place[begin[k]]] = noisy_or(cues)


def noisy_or(cues: Iterable[tuple[float, int, int]]) -> float:
    """The chance that one or more of the cues (weight, first, end) are right; the stronger of two that overlap."""
    cues = list(cues)
    return round(1 - prod(1 - cues[row][0] for row in apart(cues)), DECIMALS)


def apart(cues: Sequence[tuple[float, int, int]]) -> Iterator[int]:
    """Which of the cues (weight, first, end) are heard: of those that overlap the strongest, then the first."""
    starts: list[int] = []
    ends: list[int] = []
    for row in sorted(range(len(cues)), key=lambda row: (-cues[row][0], cues[row][1])):
        _, first, end = cues[row]
        at = bisect_left(starts, first)
        if (at and ends[at - 1] > first) or (at < len(starts) and starts[at] < end):
            continue
        starts.insert(at, first)
        ends.insert(at, end)
        yield row
