"""`factcheck scan`: grades the sentences of texts."""

import shutil
import sys
from pathlib import Path
from typing import Annotated

from factcheck_cli.inputs.text import STDIN
from factcheck_cli.options import (
    AnyLanguageOption,
    Argument,
    ColorOption,
    ConfigOption,
    FailOnOption,
    Format,
    FullOption,
    IdFieldOption,
    IgnoreOption,
    JobsOption,
    MaxUnverifiedOption,
    NoBuiltinOption,
    NoCacheOption,
    NoConfigOption,
    NoProgressOption,
    PackOption,
    QuietOption,
    RulesOption,
    ScanSegmentOption,
    SelectOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
    names,
)
from factcheck_cli.output.sink import file_named, is_folder
from factcheck_cli.output.target import check_format, check_target, format_of, tell_unnamed
from factcheck_cli.scan_options import (
    AtMostOption,
    BaselineOption,
    DbOption,
    FailAtOption,
    FormatOption,
    NoBaselineOption,
    NoDbOption,
    NoSuppressionsOption,
    OutputOption,
    ReportSuppressedOption,
    SinceOption,
    WatchOption,
)
from factcheck_cli.terminal.console import colored, fail


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
    segment: ScanSegmentOption = None,
    format: FormatOption = None,  # noqa: A002 - the option's name
    output: OutputOption = None,
    at_most: AtMostOption = None,
    full: FullOption = False,
    fail_at: FailAtOption = None,
    fail_on: FailOnOption = None,
    max_unverified: MaxUnverifiedOption = None,
    baseline: BaselineOption = None,
    no_baseline: NoBaselineOption = False,
    since: SinceOption = None,
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    report_suppressed: ReportSuppressedOption = False,
    no_suppressions: NoSuppressionsOption = False,
    db: DbOption = None,
    no_db: NoDbOption = False,
    watch: WatchOption = False,
    jobs: JobsOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
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
      factcheck scan articles/ --baseline factcheck-baseline.jsonl --fail-at unverified
      factcheck scan articles/ --since main
      factcheck scan articles/ --db archive.db
      factcheck scan draft.md --watch
      pbpaste | factcheck scan --format pretty

    Exit status:
      0  fine
      1  --fail-at, --fail-on or --max-unverified was reached
      2  wrong usage, a wrong configuration or rule file
      3  some inputs could not be read; all others are done
      130  interrupted

    Of several the highest holds.
    """
    given = locals()  # the options, before anything is made of them
    if not paths and sys.stdin.isatty():
        fail("there is nothing to scan; name a file or a folder, or pipe a text in")
    target = file_named(None if output is None else Path(output))
    chosen = format or format_of(output, target)
    if target:
        check_target(target, paths or (), rules or ())
    to_terminal = target is None and sys.stdout.isatty()
    form: Format = chosen or ("pretty" if to_terminal else "jsonl")
    check_format(form, to_terminal=to_terminal)
    if target and not (chosen or quiet):
        tell_unnamed(target)

    from factcheck_cli.gates import Gates
    from factcheck_cli.run import Run
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.settings import Settings

    typed = Settings.of(
        given,
        at_most=at_most,
        format=form,
        to_file=target is not None,
        style=Style(
            columns=shutil.get_terminal_size().columns if to_terminal else 80,
            color=colored(sys.stdout if target is None else None, color),
            full=full,
            packs=names(packs),
            at_most=at_most or "",
            suppressed=report_suppressed,
            terminal=to_terminal,
        ),
        gates=Gates.of(fail_at, fail_on, max_unverified),
        db=db or "",
    )
    run = Run(
        typed,
        given,
        tuple(paths or (STDIN,)),
        target,
        folder=form == "html" and output is not None and is_folder(output),
        progress=sys.stderr.isatty() and not (no_progress or quiet or to_terminal),
    )
    if watch:
        run.watch()
    if status := run.once(run.load()):
        raise SystemExit(status)
