"""`factcheck search`: sentences of an archive, by their words and by what was found in them."""

import os
import re
import shutil
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal, get_args

from factcheck_cli.console import WRONG, colored, fail, say
from factcheck_cli.options import Argument, ColorOption, Level, Option, names
from factcheck_cli.output import destination, file_named

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from factcheck_cli.store.query import Query

SearchFormat = Literal["pretty", "jsonl", "csv"]
Sort = Literal["confidence", "date", "rank"]

DATABASE: Final = "FACTCHECK_DB"
"""The variable of the environment that names an archive."""

_LIMIT: Final = 20
_LAST: Final = "last"
_LEVELS: Final = (*get_args(Level), "no-claim")
_KINDS: Final = ("person", "institution", "publication", "document", "collective", "anonymous", "pronoun")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_SUFFIXES: Final[dict[str, SearchFormat]] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".txt": "pretty"}
_SOURCE: Final = (
    r"sentence.source IN (SELECT id FROM source WHERE text LIKE ? ESCAPE '\'"
    r" OR beside LIKE ? ESCAPE '\' OR refers LIKE ? ESCAPE '\')"
)
_RULE: Final = "sentence.id IN (SELECT sentence FROM finding WHERE rule IN (SELECT id FROM rule WHERE {}))"


def search(  # noqa: PLR0913 - one parameter an option
    text: Annotated[
        str | None,
        Argument(
            metavar="TEXT",
            help='Words that a sentence has to have, all of them. "a phrase" stands as it is, begin* for all that '
            "begins so. Without it: all sentences that the options leave.",
            show_default=False,
        ),
    ] = None,
    *,
    db: Annotated[
        str | None,
        Option(
            "--db",
            metavar="FILE",
            help="The archive that `factcheck scan --db` has made.",
            show_default=f"{DATABASE}, else that of the configuration",
        ),
    ] = None,
    levels: Annotated[
        list[str] | None, Option("--level", metavar="X,…", help="Only sentences at these levels. Repeatable.")
    ] = None,
    at_most: Annotated[Level | None, Option(help="Only sentences at this level or below.", show_default=False)] = None,
    sources: Annotated[
        list[str] | None,
        Option("--source", metavar="TEXT", help="Only sentences of a source that has this in its name. Repeatable."),
    ] = None,
    kinds: Annotated[
        list[str] | None, Option("--kind", metavar="X,…", help="Only sentences of these kinds of sources. Repeatable.")
    ] = None,
    rules: Annotated[
        list[str] | None,
        Option("--rule", metavar="X,…", help="Only sentences in which these rules found something. Repeatable."),
    ] = None,
    packs: Annotated[
        list[str] | None, Option("--pack", metavar="X,…", help="The same, of all rules of these packs. Repeatable.")
    ] = None,
    doc: Annotated[
        str | None,
        Option("--doc", metavar="GLOB", help="Only documents, or files, of such names: 'articles/2026/*'."),
    ] = None,
    after: Annotated[
        str | None,
        Option("--after", metavar="DATE", help="Only documents of this day or later: 2026-03-01, 2026-03, 2026."),
    ] = None,
    before: Annotated[str | None, Option("--before", metavar="DATE", help="Only documents of an earlier day.")] = None,
    run: Annotated[
        str | None,
        Option(
            "--run",
            metavar="N",
            help="What this run saw, or `last`. Without it: each document as it was when it was last seen.",
        ),
    ] = None,
    runs: Annotated[bool, Option("--runs", help="List the runs that are kept.")] = False,
    sort: Annotated[
        Sort | None,
        Option(
            help="The weakest first, the newest document first, or what fits the words best.",
            show_default="rank with words, unless more than 10,000 fit; else confidence",
        ),
    ] = None,
    limit: Annotated[
        int | None,
        Option(
            "--limit", "-n", metavar="N", least=0, help="Show so many, 0: all.", show_default=f"{_LIMIT} with pretty"
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        SearchFormat | None,
        Option(help="Without it: pretty on a terminal, else jsonl.", show_default=False),
    ] = None,
    output: Annotated[str | None, Option("--output", "-o", metavar="FILE", help="Write here.")] = None,
    color: ColorOption = "auto",
) -> None:
    """Search the sentences of an archive.

    What is asked for with several options has to hold at once. Words are found
    whatever their case and accents.

    Examples:
      factcheck search 'harbour closed' --db archive.db
      factcheck search '"could sink" ferr*' --db archive.db --at-most possible
      factcheck search --db archive.db --source 'Ruth Abara' --sort date
      factcheck search --db archive.db --kind anonymous --after 2026 -o found.csv
      factcheck search --db archive.db --runs

    Exit status: 0 fine, also where nothing is found; 2 wrong usage, or a file that is no archive.
    """
    name = db or os.environ.get(DATABASE) or _configured()
    if not name:
        said = f"name the archive with --db FILE, in {DATABASE}, or as `db` in a configuration"
        fail(f"{said}; `factcheck scan PATH --db FILE` makes one")
    path, target = Path(name), file_named(None if output is None else Path(output))
    if target and target.exists() and path.exists() and target.samefile(path):
        fail(f"{path}: -o would replace the archive; give it another name")
    wanted = _Wanted(
        text, names(levels), at_most, sources or (), names(kinds), names(rules), names(packs), doc, after, before, run
    )
    wanted.check()
    form = format or _format_of(target)

    from factcheck_cli.search_page import Page, listed
    from factcheck_cli.store.error import StoreError
    from factcheck_cli.store.opened import to_read, told
    from factcheck_cli.style import Style

    style = Style(
        columns=shutil.get_terminal_size().columns if target is None and sys.stdout.isatty() else 80,
        color=colored(sys.stdout if target is None else None, color),
    )
    try:
        with closing(to_read(path)) as database, told(path):
            if runs:
                pages = listed(database, form, style)
            else:
                query = wanted.query(database, path)
                if sort == "rank" and not query.words:
                    fail("--sort rank goes by words, and there are none; take confidence or date")
                most = limit if limit is not None else _LIMIT if form == "pretty" else 0
                pages = Page(form, style, to_file=target is not None).of(database, query, sort, most)
            with destination(target) as out:
                for one in pages:
                    out.write(one)
    except StoreError as error:
        fail(str(error))


def _configured() -> str:
    """The archive that the configuration here names, or the end of the program where that is wrong."""
    from factcheck_cli.config.problem import ConfigError
    from factcheck_cli.config.resolve import Configs

    try:
        found = Configs().of(".")
    except ConfigError as error:
        for problem in error.problems:
            say(str(problem))
        raise SystemExit(WRONG) from None
    return found.layer["db"].value if found and "db" in found.layer else ""


def _format_of(target: Path | None) -> SearchFormat:
    """What the name of the file says, else pretty on a terminal."""
    if target is None:
        return "pretty" if sys.stdout.isatty() else "jsonl"
    suffix = target.suffix.lower()
    if suffix not in _SUFFIXES:
        fail(f"{target}: give it a name in .jsonl, .csv or .txt, or choose with --format")
    return _SUFFIXES[suffix]


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


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for; nothing asks for everything."""

    text: str | None
    levels: "Sequence[str]"
    at_most: Level | None
    sources: "Sequence[str]"
    kinds: "Sequence[str]"
    rules: "Sequence[str]"
    packs: "Sequence[str]"
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
        if self.run is not None and self.run != _LAST and not self.run.isdecimal():
            fail(f"--run {self.run}: a run is a number, or `{_LAST}`; --runs lists them")

    def query(self, database: "sqlite3.Connection", path: Path) -> "Query":
        """What the archive is asked. The end of the program where the words have no letter, or there is no such run."""
        from factcheck_cli.store.query import Query, match

        query = Query(match(self.text or ""))
        if self.text and self.text.strip() and not query.words:
            fail(f"`{self.text}`: there is no word in this to search for")
        levels = [_LEVELS.index(one) for one in self.levels]
        query.among("sentence.level", levels)
        if self.at_most:
            query.test("sentence.level <= ?", _LEVELS.index(self.at_most))
        for text in self.sources:
            like = "%" + re.sub(r"([%_\\])", r"\\\1", text) + "%"
            query.test(_SOURCE, like, like, like)
        query.among("kind", self.kinds, "sentence.source IN (SELECT id FROM source WHERE {})")
        query.among("name", self.rules, _RULE)
        query.among("pack", self.packs, _RULE)
        if self.doc:
            query.test("(document.name GLOB ? OR document.file GLOB ?)", self.doc, self.doc)
        if self.after:
            query.test("document.date >= ?", self.after)
        if self.before:
            query.test("document.date < ?", self.before)
        if self.run is None:
            query.test("document.current")
        else:
            number = _run(database, self.run, path)
            query.test("document.id IN (SELECT document FROM seen WHERE run = ?)", number)
        for column, given in (("name", self.rules), ("pack", self.packs)):
            _hint(database, path, column, given)
        return query


def _run(database: "sqlite3.Connection", run: str, path: Path) -> int:
    """The number of a run; the end of the program where there is none."""
    numbers = [number for (number,) in database.execute("SELECT id FROM run ORDER BY id")]
    if not numbers:
        fail(f"{path}: there is no run in this archive yet")
    number = numbers[-1] if run == _LAST else int(run)
    if number not in numbers:
        fail(f"{path}: there is no run {number}, the last is {numbers[-1]}; --runs lists them")
    return number


def _hint(database: "sqlite3.Connection", path: Path, column: str, given: "Sequence[str]") -> None:
    """Says of names of rules or packs that nothing in the archive was found by them, and what may be meant."""
    known = {name for (name,) in database.execute(f"SELECT DISTINCT {column} FROM rule")}  # noqa: S608 - of ours
    for one in given:
        if one not in known:
            from factcheck.diagnostic import closest

            near = closest(one, known)
            meant = f"; did you mean `{near}`?" if near else ""
            say(f"{path}: nothing in this archive was found by `{one}`{meant}")
