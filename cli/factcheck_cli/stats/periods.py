"""Days, weeks, months, quarters and years, one after the other."""

from collections.abc import Iterator
from datetime import date


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
