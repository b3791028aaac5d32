"""The levels in words for the page, and the classes that its style knows them by."""

from collections.abc import Mapping
from typing import Final

from factcheck.judge.rank import BANDS
from factcheck.language.program import LEVELS, Level

MEANINGS: Final = {
    "unverified": "Worded as unproven or disputed, or nobody who can be named vouches for it.",
    "possible": "Only a possibility: may, might, could, if.",
    "probable": "The text leans towards it: likely, expected, plans and forecasts.",
    "attributed": "Without a hedge, and it rests on somebody who is named.",
    "asserted": "The writer's own flat statement; nobody else vouches.",
    "established": "The text says that it was verified: confirmed, ruled, admitted.",
    "no-claim": "Nothing to check: a question, a command, a byline.",
}
"""What the wording of a sentence at each level says, the weakest first."""

_STEPS: Final = 4  # shades of a level
_RANKS: Final = {level: rank for rank, level in enumerate(LEVELS)}


def rank(level: str) -> int:
    """The number of the level, by which script and style know it."""
    return _RANKS[level]


def shade(level: str, confidence: float | None) -> str:
    """The classes of a sentence: its level, and how far down in the level's band its confidence is."""
    if confidence is None:
        return f"l{rank(level)}"
    low, high = BANDS[Level(level)]
    return f"l{rank(level)} c{min(_STEPS - 1, int(_STEPS * (high - confidence) / (high - low)))}"


def ball(level: str) -> str:
    """A disc that is the fuller the firmer the level: levels are told apart without their colours."""
    return f'<i class="ball l{rank(level)}" aria-hidden="true"></i>'


def told(counts: Mapping[str, int]) -> str:
    """How many sentences are at each level, in words."""
    return ", ".join(f"{counts[level]:,} {level}" for level in MEANINGS if counts.get(level)) or "no sentence"
