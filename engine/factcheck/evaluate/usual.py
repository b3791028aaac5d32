"""What is measured, and how is learnt, where nothing else is asked for; it imports nothing, for `--help` shows it."""

from typing import Final

HEDGE: Final = "hedge"
"""The signal that labels `uncertain` and `certain` speak of."""
ATTRIBUTION: Final = "attribution"
"""The one that `attributed` and `none` do."""
STRENGTH: Final = 10
"""Cases that the weight which a rule has is worth. From 5 to 20 what is learnt foretells other texts best: where texts
of a new kind are learnt from 100 to 8,000 sentences (`benchmarks/folds.py --strength`)."""
LEAST_CASES: Final = 5
"""A rule with fewer keeps its weight."""
