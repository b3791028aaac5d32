"""How many suppressions a text may have: not more than anybody writes, for one full of them would take minutes."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from factcheck_cli.quiet.counts import Counts
    from factcheck_cli.quiet.placed import Placed

MOST: Final = 1_000
"""Suppressions of a text."""
WIDE: Final = 50
"""Of them those that are about more than a sentence."""


def too_many(what: str) -> str:
    """What is said where there are more."""
    return f"a text may have {what}, so this and what follows silence nothing; name several rules in one"


class Room:
    """What is left of it in a text."""

    def __init__(self, counts: "Counts") -> None:
        self._counts = counts
        self._left, self._wide = MOST, WIDE

    def holds(self, number: int, wide: int) -> bool:
        """Whether there is room for so many, of which these are about more than a sentence."""
        return number <= self._left and wide <= self._wide

    def takes(self, one: "Placed") -> bool:
        """Takes one more. Where there is no room for it this is told, and nothing is taken from then on."""
        if min(self._left, self._wide) < 0:
            return False
        self._left -= 1
        self._wide -= one.is_wide
        if self._wide < 0:
            self._counts.tell(one.suppression.place, too_many(f"{WIDE} suppressions of blocks and files"))
        elif self._left < 0:
            self._counts.tell(one.suppression.place, too_many(f"{MOST:,} suppressions"))
        return min(self._left, self._wide) >= 0
