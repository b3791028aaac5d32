"""What a search asks for: conditions that can be, as a query to the archive."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

from factcheck_cli.options import Level
from factcheck_cli.terminal.console import fail

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from factcheck_cli.store.query import Query

LAST: Final = "last"
"""Stands for the last run."""
_LEVELS: Final = (*get_args(Level), "no-claim")
_KINDS: Final = ("person", "institution", "publication", "document", "collective", "anonymous", "pronoun")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_FIRST_DAY, _LAST_DAY = (f"substr(document.date || '{rest}', 1, 10)" for rest in ("-01-01", "-99-99"))
"""The days that a date may stand for which is a month or a year; behind the last there is none, whatever the month."""
_LACKING: Final = {
    "without a date": "document.date IS NULL",
    "of which only the month or the year is told": "length(document.date) < 10",
}
"""Documents that a date leaves out because theirs does not say enough."""
SOURCE: Final = (
    "SELECT id FROM source WHERE instr(folded(text), ?) OR instr(folded(beside), ?) OR instr(folded(refers), ?)"
)
"""Sources with a text in one of their names; the text is folded, too."""
_RULE: Final = "sentence.id IN (SELECT sentence FROM finding WHERE rule IN (SELECT id FROM rule WHERE {}))"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; nothing asks for everything."""

    text: str | None
    levels: "Sequence[str]"
    at_most: Level | None
    sources: "Sequence[str]"
    kinds: "Sequence[str]"
    rules: "Sequence[str]"
    packs: "Sequence[str]"
    bylines: "Sequence[str]"
    outlets: "Sequence[str]"
    doc: str | None
    after: str | None
    before: str | None
    run: str | None

    def check(self) -> None:
        """Ends the program where something is asked for that cannot be."""
        for option, given, known in (("--level", self.levels, _LEVELS), ("--kind", self.kinds, _KINDS)):
            for one in given:
                if one not in known:
                    from factcheck.diagnostic import did_you_mean

                    fail(f"{option} {one}: there is no such {option[2:]}: {did_you_mean(one, known)}")
        for option, day in (("--after", self.after), ("--before", self.before)):
            if day is not None and not _is_date(day):
                fail(f"{option} {day}: this is no date; write 2026-03-01, 2026-03 or 2026")
        if self.run is not None and self.run != LAST and not self.run.isdecimal():
            fail(f"--run {self.run}: a run is a number, or `{LAST}`; --runs lists them")

    def query(self, database: "sqlite3.Connection", path: Path) -> "Query":
        """What the archive is asked. The end of the program where the words have no letter, or there is no such run."""
        query = self._undated(database, path)
        for test, day in self._days(_FIRST_DAY, _LAST_DAY):
            query.test(test, day)
        return query

    def left_out(self, database: "sqlite3.Connection", path: Path) -> "Iterator[tuple[str, Query]]":
        """The same for documents that the date leaves out because theirs does not say enough, and what it lacks."""
        if not (self.after or self.before):
            return
        for lack, test in _LACKING.items():
            if database.execute(f"SELECT 1 FROM document WHERE {test} LIMIT 1").fetchone():  # noqa: S608 - of ours
                query = self._undated(database, path)
                query.test(test)
                if "NULL" not in test:  # of those some days fit, and not all
                    some, every = self._days(_LAST_DAY, _FIRST_DAY), self._days(_FIRST_DAY, _LAST_DAY)
                    query.test(" AND ".join(one for one, _ in some), *(day for _, day in some))
                    query.test(f"NOT ({' AND '.join(one for one, _ in every)})", *(day for _, day in every))
                yield lack, query

    def _days(self, first: str, last: str) -> "list[tuple[str, str]]":
        """What is asked of the first and the last day that a document may be of."""
        after = [(f"{first} >= ?", _day(self.after))] if self.after else []
        return after + ([(f"{last} < ?", _day(self.before))] if self.before else [])

    def _undated(self, database: "sqlite3.Connection", path: Path) -> "Query":
        """All that is asked for but the date."""
        from factcheck_cli.store.folded import folded
        from factcheck_cli.store.query import Query, match

        query = Query(match(self.text or ""))
        if self.text and self.text.strip() and not query.words:
            fail(f"`{self.text}`: there is no word in this to search for")
        query.among("sentence.level", [_LEVELS.index(one) for one in self.levels])
        if self.at_most:
            query.test("sentence.level <= ?", _LEVELS.index(self.at_most))
        for text in self.sources:
            query.test(f"sentence.source IN ({SOURCE})", *[folded(text)] * 3)
        query.among("kind", self.kinds, "sentence.source IN (SELECT id FROM source WHERE {})")
        query.among("name", self.rules, _RULE)
        query.among("pack", self.packs, _RULE)
        for column, given in (("byline", self.bylines), ("outlet", self.outlets)):
            # Asked once for all documents: within the join it would be asked for each sentence.
            own = f"sentence.document IN (SELECT id FROM document WHERE instr(folded({column}), ?))"  # noqa: S608 - of ours
            for text in given:
                query.test(own, folded(text))
        if self.doc:
            query.test("(document.name GLOB ? OR document.file GLOB ?)", self.doc, self.doc)
        if self.run is None:
            query.test("document.current")
        else:
            number = _run(database, self.run, path)
            query.test("document.id IN (SELECT document FROM seen WHERE run = ?)", number)
        return query


def _is_date(text: str) -> bool:
    """Whether it is a day, a month or a year that there is."""
    found = _DATE.fullmatch(text)
    if not found:
        return False
    from datetime import date

    try:
        date(*(int(part or 1) for part in found.groups()))
    except ValueError:
        return False
    return True


def _day(text: str) -> str:
    """The first day of what is given."""
    return f"{text}-01-01"[:10]


def _run(database: "sqlite3.Connection", run: str, path: Path) -> int:
    """The number of a run; the end of the program where there is none."""
    numbers = [number for (number,) in database.execute("SELECT id FROM run ORDER BY id")]
    if not numbers:
        fail(f"{path}: there is no run in this archive yet")
    number = numbers[-1] if run == LAST else int(run)
    if number not in numbers:
        fail(f"{path}: there is no run {number}, the last is {numbers[-1]}; --runs lists them")
    return number
