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
    line = np.append(0, tokens.breaks.row)
    line = line[: len(line) * (len(tokens) > 0)]
    end = np.append(line[1:], len(tokens))
    likely = _B.take(tokens.lead.take(line)) & (tokens.length.take(line) == len(_BY[0])) & (end - line <= _MOST)
    at = likely.nonzero()[0]
    spans = zip(tokens.start.take(line.take(at)).tolist(), tokens.end.take(end.take(at) - 1).tolist(), strict=True)
    at = at[[_is_byline(tokens.text[start:stop]) for start, stop in spans]] if len(at) else at
    found = np.zeros(len(tokens) + 1, np.bool_)
    found[line.take(at)] = found[end.take(at)] = True
    rows: Rows = (found[:-1] & ~tokens.opens).nonzero()[0]
    return rows


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
