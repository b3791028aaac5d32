"""Bylines: lines of plain text that only say who wrote what stands around them, `By Ruth Abara`."""

from typing import Final

import numpy as np

from factcheck.english import tables
from factcheck.text.columns import Rows
from factcheck.text.lex import Tokens
from factcheck.text.tape import flags_of

_BY: Final = ("By", "BY")
_WITHIN: Final = frozenset(("and", "of", "for", "in", "the", "&", "|", "-", "–", "—", "/"))
"""What may stand between names and what their bearers are: `By Ruth Abara and Tom Rowe of the Gazette`."""
_TIMES: Final = tables.WEEKDAYS | tables.MONTHS
"""What a sentence may go on with after *By* without naming anybody."""
_LONGEST: Final = 12
"""Words."""
_MOST: Final = 24
"""Tokens of as many words."""
_B: Final = flags_of(ord("B"))


def bylines(tokens: Tokens) -> Rows:
    """The rows of tokens in a paragraph with which a line of this kind begins, or the line after one."""
    line = tokens.breaks.row
    line = line[_B.take(tokens.lead.take(line))]
    line = np.append(0, line) if len(tokens) and tokens.lead[0] == ord("B") else line
    line = line[tokens.length.take(line) == len(_BY[0])]
    if not len(line):
        return line
    end = np.append(tokens.breaks.row, len(tokens))
    end = end.take(end.searchsorted(line, side="right"))
    line, end = line[end - line <= _MOST], end[end - line <= _MOST]
    spans = zip(tokens.start.take(line).tolist(), tokens.end.take(end - 1).tolist(), strict=True)
    found = np.array([_is_byline(tokens.text[start:stop]) for start, stop in spans], np.bool_)
    edges = np.concatenate((line[found], end[found]))
    edges = edges[edges < len(tokens)]
    return edges[~tokens.opens.take(edges)]


def _is_byline(line: str) -> bool:
    words = line.split()
    return (
        1 < len(words) <= _LONGEST
        and words[0] in _BY
        and words[1].lower() not in _TIMES
        and words[1][0].isupper()
        and all(word[0].isupper() or word in _WITHIN for word in words)
        and line[-1].isalnum()
    )
