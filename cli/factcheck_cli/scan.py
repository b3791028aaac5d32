"""`factcheck scan`: grades the sentences of texts."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from factcheck_cli.console import UNREAD, colored, counted, fail, reported, say, warn
from factcheck_cli.inputs import Inputs
from factcheck_cli.log import Log
from factcheck_cli.options import (
    RULES,
    AnyLanguageOption,
    Argument,
    Color,
    ColorOption,
    Format,
    FullOption,
    IdFieldOption,
    IgnoreOption,
    JobsOption,
    Level,
    NoBuiltinOption,
    NoCacheOption,
    NoProgressOption,
    Option,
    PackOption,
    QuietOption,
    RulesOption,
    SegmentOption,
    SelectOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
    names,
    processors,
)
from factcheck_cli.output import Out, check_kept, destination, ends_as_folder, file_named, is_folder, reason
from factcheck_cli.reading import STDIN, How
from factcheck_cli.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from factcheck_cli.reading import Part
    from factcheck_cli.work import Press, Printed, Settings
    from factcheck_cli.worker import Kept

REACHED = 1
"""Exit status when a sentence reached `--fail-at`; of several the highest wins."""


def scan(  # noqa: PLR0913 - one parameter an option
    paths: Annotated[
        list[str] | None,
        Argument(
            metavar="PATH",
            help="Articles as text, Markdown, HTML, Word, PDF and more, folders of them, tables with a document a row, "
            "or - for standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    segment: SegmentOption = "auto",
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        Option(
            help="pretty and html for people, markdown for a pull request, csv for spreadsheets, jsonl, json or "
            "parquet for programs, concise a line a result, the others for CI and editors. "
            "Without it: what the name of -o ends in, else pretty on a terminal, else jsonl.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        str | None,
        Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write here. The file appears when all of it is there. HTML also goes into a FOLDER/, "
            "with a page for each text.",
        ),
    ] = None,
    at_most: Annotated[
        Level | None, Option(help="Print only sentences at this level or below.", show_default=False)
    ] = None,
    full: FullOption = False,
    fail_at: Annotated[
        Level | None,
        Option(help="Exit with status 1 when a sentence is at this level or below.", show_default=False),
    ] = None,
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    watch: Annotated[
        bool, Option("--watch", help="Scan again what changes, whenever it is saved, until Ctrl-C.")
    ] = False,
    jobs: JobsOption = 1,
    quiet: QuietOption = False,
    no_progress: NoProgressOption = False,
    no_cache: NoCacheOption = False,
    color: ColorOption = "auto",
) -> None:
    """Grade every sentence by how firmly the text stands behind it.

    A level is read off the wording; it says nothing about what is true.

    Examples:
      factcheck scan article.txt
      factcheck scan articles/ --at-most possible
      factcheck scan draft.txt --rules house.fact --fail-at unverified
      factcheck scan report.txt --pack numbers,icd203
      factcheck scan rows.jsonl --text-field body -o graded.jsonl
      factcheck scan articles/ -o graded.csv
      factcheck scan article.txt -o report.html
      factcheck scan articles/ -o report/
      factcheck scan articles/ -o factcheck.sarif
      factcheck scan draft.md --watch
      pbpaste | factcheck scan --format pretty

    Exit status:
      0  fine
      1  a sentence reached --fail-at
      2  wrong usage or a wrong rule file
      3  some inputs could not be read; all others are done
      130  interrupted

    Of several the highest holds.
    """
    if not paths and sys.stdin.isatty():
        fail("there is nothing to scan; name a file or a folder, or pipe a text in")
    target = file_named(None if output is None else Path(output))
    chosen = format or _format_of(output, target)
    folder = chosen == "html" and output is not None and is_folder(output)
    if target:
        check_target(target, paths or (), rules or ())
    to_terminal = target is None and sys.stdout.isatty()
    form: Format = chosen or ("pretty" if to_terminal else "jsonl")
    _check_format(form, to_terminal=to_terminal)

    from factcheck_cli.style import Style
    from factcheck_cli.work import Settings

    settings = Settings(
        rules=tuple(str(path) for path in rules or ()),
        packs=names(packs),
        builtin=not no_builtin,
        select=names(select),
        ignore=names(ignore),
        cache=not no_cache,
        segment=segment,
        at_most=at_most,
        format=form,
        to_file=target is not None,
        style=Style(
            columns=shutil.get_terminal_size().columns if to_terminal else 80,
            color=colored(sys.stdout if target is None else None, color),
            full=full,
            packs=names(packs),
            at_most=at_most or "",
        ),
        how=How(text_field, id_field, type, whole_page, any_language),
    )

    def load() -> "Press":
        return pressed(settings, color, quiet=quiet)

    def once(press: "Press", some: "Sequence[str]") -> int:
        """Scans these, and tells the exit status."""
        log = Log(quiet, progress=sys.stderr.isatty() and not (no_progress or quiet or to_terminal))
        parts = Inputs(tuple(some), settings.how).parts(log)
        bind = press.format.bind
        with bind(target, press.scanner, log, folder=folder) if bind else destination(target) as out:
            tally = print_all(press, parts, jobs or processors(), out, log)
            if target and log.failures and not tally.documents:
                say(f"nothing could be scanned; {target} is left as it was")
                raise SystemExit(UNREAD)  # before the end of the block, where the file would be put in its place
        reached = _reached(tally, fail_at) if fail_at else 0
        if reached and not quiet:
            verb = "is" if reached == 1 else "are"
            say(f"{reached:,} of {counted(tally.sentences, 'sentence')} {verb} at or below {fail_at}")
        if log.failures:
            say(f"{log.failures:,} could not be read, {tally.documents:,} scanned")
        return UNREAD if log.failures else REACHED * bool(reached)

    if watch:
        from factcheck_cli.scan_watch import watched

        watched(load, once, paths or (STDIN,), [str(path) for path in rules or ()], target=target)
    if status := once(load(), paths or (STDIN,)):
        raise SystemExit(status)


def check_target(target: Path, paths: "Sequence[str]", rules: "Sequence[Path]") -> None:
    """The end of the program where the results would replace a text that is scanned, or any file of rules."""
    check_kept(target, paths, "-o", "scanned")
    check_kept(target, rules, "-o", "read", RULES)
    if target.suffix.lower() == RULES and target.is_file():
        fail(f"{target}: this is a file of rules, and -o would replace it with results; give -o another name")


_FOREIGN: Final = frozenset(
    [
        "doc",
        "docx",
        "ods",
        "odt",
        "pdf",
        "rtf",
        "tsv",
        "xls",
        "xlsm",
        "xlsx",
        "yaml",
        "yml",
        "zip",
    ]
)
"""What names end in of which everybody expects another format than any that is written."""


_SUFFIXES: Final[dict[str, Format]] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".sarif": "sarif",
    ".sarif.json": "sarif",
    ".rdjson": "rdjson",
    ".jsonld": "annotations",
    ".json": "json",
    ".csv": "csv",
    ".html": "html",
    ".htm": "html",
    ".parquet": "parquet",
    ".md": "markdown",
    ".markdown": "markdown",
}
"""What names end in that tell a format; the first that fits."""


def _format_of(output: str | None, file: Path | None) -> Format | None:
    """The format that the file's name ends in, if any; the end of the program for one that it cannot be in."""
    suffix = file.suffix.lower().removeprefix(".") if file else ""
    if suffix == "xml":
        fail(f"{file}: several formats are XML; choose with --format checkstyle or --format junit")
    if suffix in _FOREIGN:
        said = "give it a name in .csv, .html, .json, .jsonl, .md, .parquet or .sarif, or choose with --format"
        fail(f"{file}: no .{suffix} file is written; {said}")
    if output and file and ends_as_folder(output):
        return "html"  # nothing else is written into a folder
    return next((form for end, form in _SUFFIXES.items() if file and file.name.lower().endswith(end)), None)


def _check_format(form: Format, *, to_terminal: bool) -> None:
    """The end of the program where the format cannot be written."""
    if form != "parquet":
        return
    if to_terminal:
        fail("--format parquet is not for a terminal; name a file with -o")
    try:
        import pyarrow as _  # noqa: F401, ICN001 - whether it is there
    except ImportError:
        fail("--format parquet needs pyarrow; pip install 'factcheck-engine[arrow]' brings it")


def _reached(tally: Tally, limit: Level) -> int:
    """How many sentences are at or below the limit."""
    from factcheck_cli.work import reaches

    return sum(count for level, count in tally.levels.items() if reaches(level, limit))


def pressed(settings: "Settings", color: Color, *, quiet: bool) -> "Press":
    """The press with the rules loaded, or the end of the program with every problem of the rule files."""
    from factcheck_cli.work import Press

    with reported(color, builtin=settings.builtin):
        press = Press(settings)
    if not quiet:
        warn(press.scanner.warnings, settings.packs, builtin=settings.builtin)
    return press


def print_all(press: "Press", parts: "Iterable[Part]", jobs: int, out: Out, log: Log) -> Tally:
    """Writes the beginning, the pages of all texts, and the end; what was counted."""
    parts = press.fitted(parts)
    tally = Tally()
    between = b""
    out.write(press.format.begin(press.scanner, file=press.settings.to_file))
    try:
        for printed in _worked(press, parts, jobs, out, log):
            log.tell(printed.told)
            if printed.output:
                out.write(between)
                out.put(printed.output)
                between = press.format.between
            tally.add(printed.tally)
            log.show(tally)
            del printed  # its pages may be large
    finally:
        log.clear()
    out.write(press.format.end(tally, press.settings.style))
    return tally


def _worked(press: "Press", parts: "Iterable[Part]", jobs: int, out: Out, log: Log) -> "Iterator[Printed | Kept]":
    """What becomes of the parts, in this process or in several."""
    from factcheck_cli.inputs import shares

    if jobs == 1:
        for share in shares(parts):
            yield from press.printed(share, log.begin)
        return
    from factcheck_cli.nurse import DeadWorkerError
    from factcheck_cli.pool import SegmentError, shared

    try:
        yield from shared(press.settings, shares(parts), jobs, out.folder)
    except DeadWorkerError:
        log.failure("what is left", "worker processes die as soon as they start; scan with --jobs 1")
    except SegmentError as error:
        log.clear()
        said = f"{error.folder}: the pages of --jobs cannot wait for their turn here: {reason(error.error)}"
        fail(f"{said}; --jobs 1 needs no room for them")
