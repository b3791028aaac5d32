"""The options of a scan that no other command has: what each takes, and what help says of it."""

from pathlib import Path
from typing import Annotated

from factcheck_cli.options import Format, Level, Option

FormatOption = Annotated[
    Format | None,
    Option(
        "--format",
        help="pretty and html for people, markdown for a pull request, csv for spreadsheets, jsonl, json or "
        "parquet for programs, concise a line a result, the others for CI and editors. "
        "Without it: what the name of -o ends in, else pretty on a terminal, else jsonl.",
        show_default=False,
    ),
]
OutputOption = Annotated[
    str | None,
    Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write here. The file appears when all of it is there. HTML also goes into a FOLDER/, "
        "with a page for each text.",
    ),
]
AtMostOption = Annotated[
    Level | None, Option("--at-most", help="Print only sentences at this level or below.", show_default=False)
]
FailAtOption = Annotated[
    Level | None,
    Option("--fail-at", help="Exit with status 1 when a sentence is at this level or below.", show_default=False),
]
BaselineOption = Annotated[
    Path | None,
    Option(
        "--baseline",
        metavar="FILE",
        help="Report only what is not in this baseline, which `factcheck baseline create` makes.",
        show_default=False,
    ),
]
NoBaselineOption = Annotated[bool, Option("--no-baseline", help="Report what is known, too.")]
SinceOption = Annotated[
    str | None,
    Option(
        "--since",
        metavar="REV",
        help="Report only sentences in lines that have changed since this revision of git; REV... since the work "
        "here left it.",
        show_default=False,
    ),
]
ReportSuppressedOption = Annotated[
    bool, Option("--report-suppressed", help="Print what is suppressed, too, marked so and with the reason.")
]
NoSuppressionsOption = Annotated[
    bool, Option("--no-suppressions", help="Take no heed of suppressions in texts and beside them.")
]
DbOption = Annotated[
    str | None,
    Option(
        "--db",
        metavar="FILE",
        help="Keep the run in this archive, for `factcheck search`; what has not changed is taken from it.",
        show_default=False,
    ),
]
NoDbOption = Annotated[bool, Option("--no-db", help="Keep the run in no archive.")]
WatchOption = Annotated[bool, Option("--watch", help="Scan again what changes, whenever it is saved, until Ctrl-C.")]
