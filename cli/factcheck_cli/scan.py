"""`factcheck scan`: grades the sentences of texts."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from factcheck_cli import archive
from factcheck_cli.console import UNREAD, WRONG, colored, fail, say
from factcheck_cli.inputs import Inputs
from factcheck_cli.log import Log
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
    Level,
    MaxUnverifiedOption,
    NoBuiltinOption,
    NoConfigOption,
    Option,
    PackOption,
    RulesOption,
    ScanSegmentOption,
    SelectOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
    names,
    processors,
)
from factcheck_cli.output import check_kept, destination, file_named, is_folder
from factcheck_cli.reading import STDIN, How
from factcheck_cli.tally import Tally
from factcheck_cli.target import check_format, check_target, format_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factcheck_cli.baseline.against import Against
    from factcheck_cli.config.limit import Limit
    from factcheck_cli.reading import Part

REACHED = 1
"""Exit status when a gate was reached; of several the highest wins."""


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
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        Option(
            help="pretty and html for people, markdown for a pull request, csv for spreadsheets, jsonl, json or "
            "parquet for programs, the others for CI and editors. "
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
    fail_on: FailOnOption = None,
    max_unverified: MaxUnverifiedOption = None,
    baseline: Annotated[
        Path | None,
        Option(
            metavar="FILE",
            help="Report only what is not in this baseline, which `factcheck baseline create` makes.",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        str | None,
        Option(
            metavar="REV",
            help="Report only sentences in lines that have changed since this revision of git; REV... since the work "
            "here left it.",
            show_default=False,
        ),
    ] = None,
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    report_suppressed: Annotated[
        bool, Option("--report-suppressed", help="Print what is suppressed, too, marked so and with the reason.")
    ] = False,
    no_suppressions: Annotated[
        bool, Option("--no-suppressions", help="Take no heed of suppressions in texts and beside them.")
    ] = False,
    db: Annotated[
        str | None,
        Option(
            "--db",
            metavar="FILE",
            help="Keep the run in this archive, for `factcheck search`; what has not changed is taken from it.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        Option(
            "--jobs",
            "-j",
            metavar="N",
            least=0,
            help="Work in N processes, 0: as many as there are processors. The output stays the same.",
            show_default="1",
        ),
    ] = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    quiet: Annotated[bool, Option("--quiet", "-q", help="No notes and no warnings, only errors.")] = False,
    no_progress: Annotated[bool, Option("--no-progress", help="Do not show how far the scan is.")] = False,
    no_cache: Annotated[bool, Option("--no-cache", help="Compile the rules anew, and do not keep them.")] = False,
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
    folder = chosen == "html" and output is not None and is_folder(output)
    if target:
        check_target(target, paths or (), rules or ())
    to_terminal = target is None and sys.stdout.isatty()
    form: Format = chosen or ("pretty" if to_terminal else "jsonl")
    check_format(form, to_terminal=to_terminal)

    from factcheck_cli.config.resolve import Configs
    from factcheck_cli.gates import Gates
    from factcheck_cli.plan import Plan
    from factcheck_cli.printing import printed
    from factcheck_cli.quiet.asked import asked
    from factcheck_cli.style import Style
    from factcheck_cli.work import Settings

    places = tuple(paths or (STDIN,))
    typed = Settings(
        rules=tuple(str(path) for path in rules or ()),
        packs=names(packs),
        builtin=not no_builtin,
        select=names(select),
        ignore=names(ignore),
        cache=not no_cache,
        segment=segment or "auto",
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
        ),
        how=How(text_field, id_field, type, whole_page, any_language),
        gates=Gates.of(fail_at, fail_on, max_unverified),
        quiet=asked(since, places, suppressions=not no_suppressions),
        db=db or "",
    )
    keep = archive.opened(db, places, target, quiet=quiet)
    plan = Plan(typed, Configs(config, no_config, given), color, quiet=quiet)
    presses = plan.begin(places)
    if report_suppressed and not presses.first.format.suppressed and not quiet:
        say(f"--report-suppressed: {form} has no place for what is suppressed, so it is left out")
    most = _limit(plan.of_run("max-unverified") if max_unverified is None else max_unverified)
    workers = next((number for number in (jobs, plan.of_run("jobs")) if number is not None), 1) or processors()
    log = Log(quiet, progress=sys.stderr.isatty() and not (no_progress or quiet or to_terminal))
    parts: Iterable[Part] = Inputs(places, typed.how, plan).parts(log)
    known = _known(baseline or plan.of_run("baseline"), target)
    if known:
        known.check(log, at_most, fail_at)
        presses, parts = known.quiet(presses, parts, workers, log)
    bind = presses.first.format.bind
    with (
        keep.run(presses.first, places),
        bind(target, presses.first.scanner, log, folder=folder) if bind else destination(target) as out,
    ):
        tally = printed(presses, parts, workers, out, log, keep)
        if target and not tally.documents and (log.failures or log.skipped):
            left = f"{target} is left as it was" if target.exists() else f"{target} is not written"
            say(f"nothing {'could be' if log.failures else 'was'} scanned; {left}")
            # Before the end of the block, where the file would be put in its place.
            raise SystemExit(UNREAD if log.failures else 0)
        keep.finish(tally, log)
    if not quiet:
        plan.tell()
        _tell(tally, log, known, summed=presses.first.format.summed, shown=report_suppressed)
    _end(tally, log, most, is_broken=plan.is_broken, quiet=quiet)


def _known(baseline: str | Path | None, target: Path | None) -> "Against | None":
    """The baseline, or the end of the program where it is none, or would be replaced."""
    if not baseline:
        return None
    from factcheck_cli.baseline.against import against

    if target:
        check_kept(target, [Path(baseline)], "-o", "read")
    return against(Path(baseline))


def _tell(tally: Tally, log: Log, known: "Against | None", *, summed: bool, shown: bool) -> None:
    """What there is to tell of silences."""
    if tally.quiet:
        from factcheck_cli.quiet.asked import tell

        tell(tally.quiet, log, summed=summed or bool(known), shown=shown)
    if known:
        say(f"{known.path}: {known.summed(tally)}")


def _end(tally: Tally, log: Log, most: "Limit | None", *, is_broken: bool, quiet: bool) -> None:
    """Tells what met the gates and what could not be read, and ends the program with the status of these."""
    from factcheck_cli.gates import reached, told

    if not quiet:
        for line in told(tally, most):
            say(line)
    if log.failures or (log.skipped + tally.documents > 1 and log.skipped and not quiet):
        say(_summed(log, tally))
    statuses = ((log.failures, UNREAD), (is_broken, WRONG), (reached(tally, most), REACHED))
    if status := next((status for holds, status in statuses if holds), 0):
        raise SystemExit(status)


def _limit(text: str | None) -> "Limit | None":
    """The limit as it is written; the end of the program where it is none."""
    if text is None:
        return None
    from factcheck_cli.config.limit import Limit

    limit = Limit.of(text)
    if not limit:
        fail(f"--max-unverified {text}: write a share, such as 10%, or a number of sentences")
    return limit


def _summed(log: Log, tally: Tally) -> str:
    """How many inputs ended in what way."""
    skipped = [f"{log.skipped:,} skipped"] * bool(log.skipped)
    failed = [f"{log.failures:,} could not be read"] * bool(log.failures)
    return ", ".join([*skipped, *failed, f"{tally.documents:,} scanned"])
