"""The date of a document, as far as it is told: by its source, by a row's field, in its name or its file's path."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from os.path import abspath, relpath
from posixpath import basename, dirname
from typing import TYPE_CHECKING, Final, NamedTuple

from factcheck_cli.inputs.text import STDIN
from factcheck_cli.upwards import is_checkout, upwards

if TYPE_CHECKING:
    from factcheck_cli.inputs.text import Text

_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - words read best in a line
_NAME: Final = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_ANY_MONTH, _ANY_DAY = r"(?P<month>\d\d?)", r"(?P<day>\d\d?)"
_ALONE: Final = r"(?<![\w./-])"
"""Before it stands no more of a number, or of a word."""
_TIME: Final = r"(?:\d\d?[:.]\d\d(?:[:.]\d\d)?,? ?(?:[a-z]{1,4}|[+-]\d{4})?,? )?"

_SAID: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_ALONE}{_YEAR}(?P<mark>[-/.]){_ANY_MONTH}(?P=mark){_ANY_DAY}(?!\d)",
        rf"{_ALONE}{_YEAR}{_MONTH}{_DAY}(?:\d{{4}}|\d{{6}})?(?!\d)",
        rf"{_ALONE}(?:\d\d? ?[-–&] ?)?{_ANY_DAY}(?:st|nd|rd|th|\.)?(?: of)?[-/ ]?{_NAME}\.?[-/ ]?,? ?{_YEAR}(?!\d)",
        rf"{_ALONE}{_NAME}\.?[-/ ]?(?:the )?{_ANY_DAY}(?:st|nd|rd|th)?(?:-|/|, ?| ){_TIME}{_YEAR}(?!\d)",
        rf"{_ALONE}{_YEAR}[-/ ]?{_NAME}\.?[-/ ]?{_ANY_DAY}(?!\d)",
        rf"{_ALONE}{_ANY_DAY}\.(?P<month>[01]?\d)\.{_YEAR}(?!\d)",
        rf"{_ALONE}{_ANY_DAY}[- ]{_NAME}[- ](?P<short>\d\d)(?=$| \d\d:\d\d)",
        rf"{_ALONE}{_YEAR}[-/.]{_MONTH}(?![-/.]?\d)",
        rf"{_ALONE}(?P<month>0?[1-9]|1[0-2])[-/.]{_YEAR}(?!\d)",
        rf"{_ALONE}(?<!\d ){_NAME}\.?,?[-/ ]{_YEAR}(?!\d)",
        rf"^{_YEAR}[-/ ]{_NAME}(?![a-z])",
        rf"^{_YEAR}(?!\S)",
    )
)
"""How dates are written, the fullest first, anywhere in what is said: `Published: 10:15, 26 November 2026`.

Of 3/4/2026 nobody knows whether it is in March or in April, so it is not among them.
"""

_IN_PATHS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}(?P<mark>[-/_.]){_ANY_MONTH}(?P=mark){_ANY_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}(?P<mark>[-/_.]){_NAME}(?P=mark){_ANY_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}{_MONTH}{_DAY}(?!\d)",
        rf"(?<!\d){_YEAR}[-/_.]{_MONTH}(?![-_.]?\d)",
        rf"(?<!\d){_YEAR}[-/_.]{_NAME}(?![^\W_])",
        rf"(?:^|/){_YEAR}(?=/)",
    )
)
"""How they stand in paths, the fullest first. A year alone is one where a folder is called so."""

_COUNTED: Final = re.compile(r"(\d{9,10})(?:\d{3}|\d{6}|\d{9})?(?:\.\d+)?", re.ASCII)
"""The time as computers count it: in seconds, or in thousandths, millionths or billionths of them."""
_CENTURY: Final = 69  # of years of two digits those from here on are of the last one, as RFC 5322 and POSIX have it


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

    def __str__(self) -> str:
        """It as ISO 8601 has it: 2026-11-26, 2026-11 or 2026."""
        return self.period("day" if self.day else "month" if self.month else "year")

    def tells(self, other: "Dated") -> bool:
        """Whether it says all that the other one does, and perhaps more."""
        return all(own == given for own, given in zip(self, other, strict=True) if given)


def date_of(text: "Text") -> Dated | None:
    """The date of a document; None where none is told."""
    told = text.origin.date if text.origin else dict(text.told).get("date", "")
    return told_by(told, text.name, text.among.file if text.among else text.name)


def told_by(told: str, name: str, file: str) -> Dated | None:
    """The first date that is told: by the source, in the name, in the file's path; with what the others add to it."""
    found: Dated | None = None
    for one in _told(told, name, file):
        if one and (not found or one.tells(found)):
            found = one
        if found and found.day:
            break
    return found


def _told(told: str, name: str, file: str) -> Iterator[Dated | None]:
    yield said(told)
    yield in_path(name)
    if file != name:
        yield in_path(file)
    if file != STDIN:
        yield in_path(_whole(file))


@lru_cache(1 << 12)
def said(text: str) -> Dated | None:
    """The date that a source or a field tells; None where it is none, or one that can be read in two ways."""
    text = " ".join(text.split())
    if one := next(filter(None, (_dated(found) for form in _SAID if (found := form.search(text)))), None):
        return one
    if found := _COUNTED.fullmatch(text):
        moment = datetime.fromtimestamp(int(found[1]), UTC)
        return Dated(moment.year, moment.month, moment.day)
    return None


def in_path(path: str) -> Dated | None:
    """The date in a path, such as 2026/11/26 or 2026-11-26; of several the last one, of the fullest."""
    if "19" not in path and "20" not in path:
        return None
    path = path.replace("\\", "/")
    for form in _IN_PATHS:
        found = [one for match in form.finditer(path) if (one := _dated(match))]
        if found:
            return found[-1]
    return None


def _dated(found: re.Match[str]) -> Dated | None:
    parts = found.groupdict()
    month = _MONTHS.index(parts["name"][:3].lower()) + 1 if parts.get("name") else int(parts.get("month") or 0)
    one = Dated(_year(parts), month, int(parts.get("day") or 0))
    try:
        date(one.year, one.month or 1, one.day or 1)
    except ValueError:
        return None
    return one if (one.month or "month" not in parts) and (one.day or "day" not in parts) else None


def _year(parts: dict[str, str]) -> int:
    if not parts.get("short"):
        return int(parts["year"])
    short = int(parts["short"])
    return (1900 if short >= _CENTURY else 2000) + short


def _whole(file: str) -> str:
    """The path from its git checkout on: folders with dates may be above the one where people stand."""
    return f"{_within(abspath(dirname(file)))}/{basename(file)}"  # noqa: PTH100 - links stay links


@cache
def _within(folder: str) -> str:
    """The folder as it is seen from that of its checkout; of one that is in none nothing."""
    top = list(upwards(folder))[-1]
    return relpath(folder, top).replace("\\", "/") if is_checkout(top) else ""
