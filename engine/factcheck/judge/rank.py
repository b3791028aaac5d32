"""What a program's rules weigh: their levels, packs, signals and confidences, in columns by the number of the rule."""

from typing import TYPE_CHECKING, Final

import numpy as np

from factcheck.language.program import LEVELS, NOTE, Level, Program

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from factcheck.text.columns import Column, Flags

BANDS = {
    Level.UNVERIFIED: (0.00, 0.30),
    Level.POSSIBLE: (0.30, 0.55),
    Level.PROBABLE: (0.55, 0.70),
    Level.ATTRIBUTED: (0.70, 0.85),
    Level.ASSERTED: (0.85, 0.95),
    Level.ESTABLISHED: (0.95, 1.00),
}
"""The confidence each level can have, lower and upper edge."""

COUNTS_FROM = 0.5
"""Findings of less weight count for the signals, not for the level."""

SOFTENING: Final = "hedge"
"""The signal whose cues take confidence even from what is stated flatly: `about 300` is less firm than `311`."""

UNVERIFIED, POSSIBLE, PROBABLE, ATTRIBUTED, ASSERTED, ESTABLISHED, NO_CLAIM, NOTED = range(len(LEVELS))

_START: Final = 0.9  # where in its band a level starts, from the lower edge
_STEP: Final = 0.8  # what a further cue leaves of the way down to the lower edge
_FURTHER: Final = 64
"""Cues beyond which one more changes nothing that is shown."""


class Ranks:
    """The rules of a program in columns."""

    def __init__(self, program: Program) -> None:
        rules = program.rules
        packs = {name: number for number, name in enumerate(sorted({rule.pack for rule in rules}))}
        self.level = np.array([LEVELS.index(rule.level) for rule in rules], np.uint8)
        """Which of `LEVELS`."""
        self.counted = np.where(self.level == NOTED, np.uint8(ASSERTED), self.level)
        """The same, but a note says nothing against the writer's own word."""
        self.light: Flags = np.array([rule.weight < COUNTS_FROM for rule in rules], np.bool_)
        """Whether it counts for the signals alone."""
        self.softens: Flags = np.array([SOFTENING in rule.raises for rule in rules], np.bool_)
        """Whether it makes a firm sentence softer where it is a note."""
        self.note: Flags = np.array([rule.level == NOTE for rule in rules], np.bool_)
        self.pack: Column = np.array([packs[rule.pack] for rule in rules], np.int32)
        """Number of its pack, in the order of their names."""
        self.negative: Flags = np.array([rule.polarity == "negative" for rule in rules], np.bool_)
        self.signals = program.signals
        numbers = {name: number for number, name in enumerate(self.signals)}
        raised = [[(numbers[n], w) for n, w in rule.raises.items() if n in numbers] for rule in rules]
        self.raises: Column = np.array([len(own) for own in raised], np.int32)
        """How many signals it raises,"""
        self.raised: Column = (self.raises.cumsum() - self.raises).astype(np.int32)
        """where in the next three columns they stand:"""
        self.signal: Column = np.array([number for own in raised for number, _ in own], np.int32)
        """which of the signals,"""
        self.weight: NDArray[np.float64] = np.array([weight for own in raised for _, weight in own], np.float64)
        """by which weight,"""
        self.alone: NDArray[np.float64] = np.array([round(1 - (1 - w), 4) for w in self.weight.tolist()], np.float64)
        """and what the signal is when nothing else raises it."""


def confidence(level: Level, further: int) -> float | None:
    """The confidence of a level in its band, which `further` cues have moved down; None for no-claim."""
    if level is Level.NO_CLAIM:
        return None
    low, high = BANDS[level]
    return round(low + _START * (high - low) * _STEP**further, 4)


CONFIDENCE: Final = np.array(
    [[np.nan if level is Level.NO_CLAIM else confidence(level, n) for n in range(_FURTHER)] for level in Level],
    np.float64,
)
"""By level and further cues, the last for any more; NaN where there is no claim."""
