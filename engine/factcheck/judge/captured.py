"""The sources that findings capture, each place once."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from factcheck.judge.hits import GIVEN, Hits
from factcheck.judge.rows import changes, none, rows_of
from factcheck.judge.vocabulary import TRAILING, Vocabulary
from factcheck.language.program import KINDS
from factcheck.text.article import Article
from factcheck.text.columns import Rows
from factcheck.text.tape import is_folded

UNKNOWN: Final = len(KINDS)
"""The number of the kind where a capture gives none."""
_GIVEN: Final = np.array([KINDS.index(kind) if kind else UNKNOWN for kind in GIVEN], np.uint8)
"""From what a capture says of the kind to its number."""


class Captured(NamedTuple):
    """The different sources that findings capture, in the order of the text."""

    first: Rows
    end: Rows
    given: NDArray[np.uint8]
    """The kind that the capture gives, by its number among `KINDS`; one more where it gives none."""
    sentence: Rows
    of: Rows
    """For each finding: which of these, or -1."""
    finding: Rows
    """Findings that capture a source,"""
    source: Rows
    """and which of these it is."""


def capture(article: Article, findings: Hits, vocabulary: Vocabulary) -> Captured:
    """Find them."""
    captures = findings.captures
    rows = captures.sources()
    first, end, hit = (column.take(rows) for column in (captures.first, captures.end, captures.hit))
    kind = captures.kind.take(rows)
    key = first.astype(np.int64) << 32 | (end - first) << 8 | kind
    order = key.argsort(kind="stable")
    ordered = key.take(order)
    new = changes(ordered)
    chosen = order[new]
    number = new.cumsum() - 1
    same = rows_of(ordered[new][1:] >> 8 == ordered[new][:-1] >> 8)
    if len(same):  # one place of several kinds: as the findings have them
        again = np.lexsort((chosen, ordered[new] >> 8))
        place = np.empty(len(again), np.intp)
        place[again] = np.arange(len(again))
        chosen, number = chosen.take(again), place.take(number)
    source = np.empty(len(key), np.intp)
    source[order] = number
    of = none(len(findings))
    of[hit[::-1]] = source[::-1]
    first, end, kind = first.take(chosen), end.take(chosen), kind.take(chosen)
    end = _without_trailing(article, vocabulary, first, end)
    return Captured(first, end, _GIVEN.take(kind), findings.sentence.take(hit.take(chosen)), of, hit, source)


def _without_trailing(article: Article, vocabulary: Vocabulary, first: Rows, end: Rows) -> Rows:
    """The ends of phrases before the words that a pattern may take in behind a source."""
    tokens = article.tokens
    end = end.copy()
    at = rows_of(end - first > 1)
    while len(at):
        last = end.take(at) - 1
        at = at[vocabulary.bits.take(tokens.number.take(last)) & TRAILING > 0]
        if not len(at):
            break
        last = end.take(at) - 1
        at = at[is_folded(tokens.tape, tokens.at.take(last), tokens.length.take(last))]
        end[at] -= 1
        at = at[(end - first).take(at) > 1]
    return end
