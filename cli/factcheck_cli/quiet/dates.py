"""Dates as people write them: which day one plainly means, so that it can be told how to write that."""

import re
from datetime import date, datetime
from typing import Final

_FORMS: Final = (
    "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y", "%Y %B %d", "%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d",
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y",
)  # fmt: skip
_ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_DROPPED: Final = re.compile(r"[^\w\s./-]|\b(?:the|of)\b", re.IGNORECASE)
_LONGEST: Final = 3  # words of a date


def day_meant(words: str) -> str:
    """The day that the words begin with, year-month-day; empty where they could mean several, or none."""
    said = _DROPPED.sub(" ", _ORDINAL.sub("", words)).split()[:_LONGEST]
    for count in range(len(said), 0, -1):
        days = {found for form in _FORMS if (found := _parsed(" ".join(said[:count]).rstrip("."), form))}
        if days:
            return days.pop().isoformat() if len(days) == 1 else ""
    return ""


def _parsed(words: str, form: str) -> date | None:
    try:
        return datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
