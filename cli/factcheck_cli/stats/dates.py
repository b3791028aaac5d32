"""The date of a document, as far as it is told: by its source, by a row's field, or by the path of its file."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final, NamedTuple

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - words read best in a line
_NAME: Final = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"

_SAID: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}(?!\d)",
        rf"{_YEAR}{_MONTH}{_DAY}(?!\d)",
        rf"(?:[a-z]{{3,9}},? )?(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.)? (?:of )?{_NAME},? {_YEAR}(?!\d)",
        rf"(?:[a-z]{{3,9}},? )?{_NAME} (?P<day>[0-3]?\d)(?:st|nd|rd|th)?,? {_YEAR}(?!\d)",
        rf"(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.{_YEAR}(?!\d)",
        rf"{_YEAR}[-/.]{_MONTH}(?![-/.]?\d)",
        rf"{_NAME} {_YEAR}(?!\d)",
        rf"{_YEAR}(?!\S)",
    )
)
"""How dates are written. Of 3/4/2026 nobody knows whether it is in March or in April, so it is not among them."""

_IN_PATHS: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?<!\d){_YEAR}(?P<mark>[-/_.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)(?!\d)",
        rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}[-/_.]{_MONTH}(?![-_.]?\d)",
        rf"(?:^|/){_YEAR}(?=/)",
    )
)
"""How they stand in paths, the fullest first. A year alone is one where a folder is called so."""

_SECONDS, _MILLISECONDS = 10, 13  # digits of the time as computers count it


class Dated(NamedTuple):
    """A date, or the month or year of one."""

    year: int
    month: int = 0
    day: int = 0

    def period(self, unit: str) -> str:
        """The `day`, `week`, `month`, `quarter` or `year` it is in; nothing where it does not say so much."""
        if unit == "year":
            return f"{self.year}"
        if unit in {"month", "quarter"}:
            said = f"{self.year}-{self.month:02}" if unit == "month" else f"{self.year}-Q{(self.month + 2) // 3}"
            return said if self.month else ""
        if not self.day:
            return ""
        if unit == "week":
            year, week, _ = date(*self).isocalendar()
            return f"{year}-W{week:02}"
        return f"{self.year}-{self.month:02}-{self.day:02}"


def said(text: str) -> Dated | None:
    """The date that a source or a field tells; None where it is none, or one that can be read in two ways."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) in {_SECONDS, _MILLISECONDS}:
        moment = datetime.fromtimestamp(int(text[:_SECONDS]), UTC)
        return Dated(moment.year, moment.month, moment.day)
    return next(filter(None, (_dated(found) for form in _SAID if (found := form.match(text)))), None)


def in_path(path: str) -> Dated | None:
    """The date in a path, such as 2026/11/26 or 2026-11-26; of several the last one, of the fullest."""
    path = path.replace("\\", "/")
    for form in _IN_PATHS:
        found = [one for match in form.finditer(path) if (one := _dated(match))]
        if found:
            return found[-1]
    return None


def _dated(found: re.Match[str]) -> Dated | None:
    parts = found.groupdict()
    month = _MONTHS.index(parts["name"].lower()) + 1 if parts.get("name") else int(parts.get("month") or 0)
    one = Dated(int(parts["year"]), month, int(parts.get("day") or 0))
    try:
        date(one.year, one.month or 1, one.day or 1)
    except ValueError:
        return None
    return one


# Periods one after the other ------------------------------------------------------------------------------------------


def periods(first: str, last: str, unit: str, most: int) -> Iterator[str]:
    """All periods from the first to the last, those without a document, too; at most so many and one more."""
    at, count = first, 0
    while at <= last and count <= most:
        yield at
        at, count = _next(at, unit), count + 1


def _next(period: str, unit: str) -> str:
    if unit == "year":
        return f"{int(period) + 1}"
    if unit in {"month", "quarter"}:
        year, number = int(period[:4]), int(period[-2:].lstrip("Q"))
        most = 12 if unit == "month" else 4
        year, number = (year, number + 1) if number < most else (year + 1, 1)
        return f"{year}-{number:02}" if unit == "month" else f"{year}-Q{number}"
    if unit == "week":
        day = date.fromisocalendar(int(period[:4]), int(period[-2:]), 1)
        year, week, _ = date.fromordinal(day.toordinal() + 7).isocalendar()
        return f"{year}-W{week:02}"
    return date.fromordinal(date.fromisoformat(period).toordinal() + 1).isoformat()
