"""`factcheck stats`: levels, sources and rules over a corpus, or over time."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

from factcheck_cli.inputs.text import STDIN
from factcheck_cli.log import Log
from factcheck_cli.options import (
    AnyLanguageOption,
    Argument,
    ColorOption,
    ConfigOption,
    IdFieldOption,
    IgnoreOption,
    JobsOption,
    NoBuiltinOption,
    NoCacheOption,
    NoConfigOption,
    NoProgressOption,
    Option,
    PackOption,
    QuietOption,
    RulesOption,
    ScanSegmentOption,
    SelectOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
)
from factcheck_cli.output.sink import destination, file_named
from factcheck_cli.output.target import check_target
from factcheck_cli.stats.groups import FACTS, NONE, TIMES, WITHIN, By
from factcheck_cli.terminal.console import UNREAD, WRONG, colored, counted, fail, say

if TYPE_CHECKING:
    from factcheck_cli.stats.totals import Stats
    from factcheck_cli.terminal.style import Style

Form = Literal["table", "csv", "json", "svg"]

_SUFFIXES: Final[dict[str, Form]] = {".csv": "csv", ".json": "json", ".svg": "svg", ".txt": "table"}
_TOP: Final = 10
_FEW: Final = 10
_LACKED: Final = {"outlet": "an outlet", "byline": "a byline"}
_FIELDS: Final = {
    **dict.fromkeys(TIMES, "--date-field names the field of a row with the date"),
    "outlet": "--outlet-field names the field of a row with it",
    "byline": "--byline-field names the field of a row with it",
}


def stats(  # noqa: PLR0913 - one parameter an option
    paths: Annotated[
        list[str] | None,
        Argument(
            metavar="PATH",
            help="Articles, folders of them, tables with a document a row, or - for standard input, as for scan.",
            show_default=False,
        ),
    ] = None,
    *,
    by: Annotated[
        By | None,
        Option(
            help="Tell the documents apart by their dates, or by who published them, who wrote them, their folders or "
            "the types of their files; or their sentences by sources, kinds of these, rules or packs.",
            show_default=False,
        ),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Form | None,
        Option(
            help="table for people, csv and json for programs, svg for a chart.",
            show_default="what the name of -o ends in, else table",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="FILE", help="Write here. The file appears when all of it is there."),
    ] = None,
    top: Annotated[
        int, Option(metavar="N", least=0, help="So many names of sources, rules and packs in tables; 0: all.")
    ] = _TOP,
    min_documents: Annotated[
        int, Option(metavar="N", least=0, help="Mark groups of fewer documents: their shares say little.")
    ] = _FEW,
    date_field: Annotated[str, Option(metavar="NAME", help="The field of a row with the document's date.")] = "date",
    outlet_field: Annotated[str, Option(metavar="NAME", help="The field of a row with who published it.")] = "outlet",
    byline_field: Annotated[str, Option(metavar="NAME", help="The field of a row with who wrote it.")] = "byline",
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    segment: ScanSegmentOption = None,
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    jobs: JobsOption = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    quiet: QuietOption = False,
    no_progress: NoProgressOption = False,
    no_cache: NoCacheOption = False,
    color: ColorOption = "auto",
) -> None:
    """Count levels, sources and rules over many texts, or over time.

    How often each level is, on which kinds of sources sentences rest, who
    is named most, what share of sources has no name, and which rules find
    and decide most. Counts say how texts are worded, not whether they are
    true, nor who is to blame.

    Examples:
      factcheck stats articles/
      factcheck stats articles/ --by month
      factcheck stats archive.jsonl --by outlet --outlet-field site
      factcheck stats articles/ --by quarter -o levels.svg
      factcheck stats archive.jsonl --by byline -o bylines.csv --jobs 0
      factcheck stats archive.jsonl --by source -o sources.csv

    Exit status:
      0  fine
      2  wrong usage or a wrong rule file
      3  some inputs could not be read; all others are counted
      130  interrupted
    """
    given = locals()  # the options, before anything is made of them
    if not paths and sys.stdin.isatty():
        fail("there is nothing to count; name a file or a folder, or pipe a text in")
    target = file_named(output)
    if target:
        check_target(target, paths or (), rules or ())
    form = format or _form_of(target)

    from factcheck_cli.archive import NoArchive
    from factcheck_cli.config.resolve import Configs
    from factcheck_cli.stats.totals import Totals
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.plan import Plan
    from factcheck_cli.work.printing import printed
    from factcheck_cli.work.settings import Settings

    to_terminal = target is None and sys.stdout.isatty()
    style = Style(
        columns=shutil.get_terminal_size().columns if to_terminal else 80,
        color=colored(sys.stdout if target is None else None, color),
    )
    facts = tuple(zip(FACTS, (date_field, outlet_field, byline_field), strict=True))
    settings = Settings.of(given, facts=facts, format="stats", to_file=target is not None, style=style, by=by or "")
    places = tuple(paths or (STDIN,))
    plan = Plan(settings, Configs(config, no_config, given), color, quiet=quiet)
    plan.begin(places)
    workers = plan.workers(jobs)
    log = Log(quiet, progress=sys.stderr.isatty() and not (no_progress or quiet))
    totals = Totals(by or "")
    tally = printed(*plan.work(places, log), workers, totals, log, NoArchive())
    if log.failures and not tally.documents:
        say("nothing could be counted" + (f"; {target} is left as it was" if target else ""))
        raise SystemExit(UNREAD)
    found = totals.stats(min_documents)
    if not quiet:
        plan.tell()
        _tell(found)
    page = _page(found, form, top, style, to_file=target is not None)
    with destination(target) as out:
        out.write(page)
    if log.failures:
        say(f"{log.failures:,} could not be read, {tally.documents:,} counted")
    if log.failures or plan.is_broken:
        raise SystemExit(UNREAD if log.failures else WRONG)


def _form_of(target: Path | None) -> Form:
    """The format that the file's name ends in; the end of the program where it ends in that of another."""
    suffix = target.suffix.lower() if target else ""
    if suffix and suffix not in _SUFFIXES:
        said = "give it a name in .csv, .json, .svg or .txt, or choose with --format"
        fail(f"{target}: no statistics are written as {suffix}; {said}")
    return _SUFFIXES.get(suffix, "table")


def _tell(found: "Stats") -> None:
    """Notes the documents of which it is not told what group they are in."""
    lost = found.groups.get(NONE)
    if not lost or found.by in WITHIN:
        return
    many = counted(lost.documents, "document")
    what = _LACKED.get(found.by, f"a date that tells the {found.by}")
    counted_as = f"{'is' if lost.documents == 1 else 'are'} counted as “{found.called(NONE)}”"
    said = f"{many} of {found.whole.documents:,} without {what} {counted_as}, such as {found.without}"
    say(f"{said}; {_FIELDS[found.by]}")


def _page(found: "Stats", form: Form, top: int, style: "Style", *, to_file: bool) -> bytes:
    """All of it in this format."""
    if form == "table":
        from factcheck_cli.stats.page import page

        return page(found, top, style).encode()
    if form == "svg":
        from factcheck_cli.stats.chart import drawing

        return drawing(found).encode()
    from factcheck_cli.stats import files

    return files.csv(found, to_file=to_file) if form == "csv" else files.json(found, top)
