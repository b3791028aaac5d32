"""How much may be unverified: a share of all claims, or a number of them."""

import re
from typing import Final, NamedTuple

_WRITTEN: Final = re.compile(r"\s*(?P<number>\d+(?P<broken>\.\d+)?)\s*(?P<percent>%?)\s*", re.ASCII)
_ALL: Final = 100.0


class Limit(NamedTuple):
    """A number of sentences, or so many of a hundred."""

    number: float
    is_share: bool

    @classmethod
    def of(cls, text: str) -> "Limit | None":
        """A limit as it is written: `10%`, or `3`; None where it is neither."""
        found = _WRITTEN.fullmatch(text)
        if not found or (found["broken"] and not found["percent"]):
            return None
        number = float(found["number"])
        return None if found["percent"] and number > _ALL else cls(number, bool(found["percent"]))

    def __str__(self) -> str:
        return f"{self.number:g}%" if self.is_share else f"{self.number:,.0f}"

    def is_exceeded(self, unverified: int, claims: int) -> bool:
        """Whether more of the claims than this are unverified."""
        return unverified * _ALL > self.number * claims if self.is_share else unverified > self.number
