"""`factcheck search`: sentences of an archive, by their words and by what was found in them."""

import os
import shutil
import sys
from contextlib import closing
from pathlib import Path
from typing import Annotated, Final, Literal

from factcheck_cli.options import Argument, ColorOption, Level, Option, QuietOption, names
from factcheck_cli.output.sink import destination, file_named
from factcheck_cli.search.wanted import Wanted
from factcheck_cli.terminal.console import WRONG, colored, fail, say

SearchFormat = Literal["pretty", "jsonl", "csv"]
Sort = Literal["confidence", "date", "rank"]

DATABASE: Final = "FACTCHECK_DB"
"""The variable of the environment that names an archive."""

_LIMIT: Final = 20
_SUFFIXES: Final[dict[str, SearchFormat]] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".txt": "pretty"}


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
    bylines: Annotated[
        list[str] | None,
        Option("--byline", metavar="TEXT", help="Only documents by somebody who has this in the name. Repeatable."),
    ] = None,
    outlets: Annotated[
        list[str] | None,
        Option("--outlet", metavar="TEXT", help="Only documents of an outlet with this in its name. Repeatable."),
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
    quiet: QuietOption = False,
    color: ColorOption = "auto",
) -> None:
    """Search the sentences of an archive.

    What is asked for with several options has to hold at once. Words and names
    are found whatever their case and accents.

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
    if target and os.path.exists(target) and os.path.exists(path) and target.samefile(path):
        fail(f"{path}: -o would replace the archive; give it another name")
    wanted = Wanted(
        *(text, names(levels), at_most, sources or (), names(kinds), names(rules), names(packs)),
        *(bylines or (), outlets or (), doc, after, before, run),
    )
    wanted.check()
    form = format or _format_of(target)

    from factcheck_cli.search.hints import hints
    from factcheck_cli.search.page import Page, listed
    from factcheck_cli.store.error import StoreError
    from factcheck_cli.store.opened import to_read, told
    from factcheck_cli.terminal.style import Style

    terminal = target is None and sys.stdout.isatty()
    style = Style(
        columns=shutil.get_terminal_size().columns if terminal else 80,
        color=colored(sys.stdout if target is None else None, color),
        terminal=terminal,
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
                counts = query.count(database)
                if not quiet:
                    if not counts[0] and (target or form != "pretty"):
                        say(f"{path}: nothing was found")
                    for hint in hints(database, path, wanted, found=bool(counts[0])):
                        say(f"{path}: {hint}")
                pages = Page(form, style, to_file=target is not None).of(database, query, counts, sort, most)
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
