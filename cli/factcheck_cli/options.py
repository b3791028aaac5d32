"""How commands declare their options, those that several of them share, and what these take.

A command is a function, its options are its parameters. What is said of them here is plain data: `commands` tells it to
the library that knows all of a command line, `quick` reads the plain ones without waiting for that.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

RULES = ".fact"
"""What the names of rule files end in."""

CONFIGURATION = "factcheck.toml"
"""What a configuration is called that is a file of its own."""

PROJECT = "pyproject.toml"
TABLE = ("tool", "factcheck")
"""Where in a `pyproject.toml` the keys of a configuration stand."""

BASELINE = "factcheck-baseline.jsonl"
"""What a baseline is called unless another name is given."""

Level = Literal["unverified", "possible", "probable", "attributed", "asserted", "established"]
"""The ladder of the engine, written out so that `--help` need not load it."""

Segment = Literal["auto", "lines"]
Format = Literal[
    "pretty",
    "jsonl",
    "json",
    "csv",
    "html",
    "parquet",
    "markdown",
    "concise",
    "sarif",
    "github",
    "gitlab",
    "rdjson",
    "checkstyle",
    "junit",
    "annotations",
]
Color = Literal["auto", "always", "never"]
Severity = Literal["note", "warning", "error"]
"""How much a finding matters to whoever is told, the lightest first; apart from the level of what it finds."""
SEVERITIES: Final[tuple[Severity, ...]] = get_args(Severity)


class Option:
    """What is said of an option; its names are made of its parameter's unless they are given.

    `complete` tells the values that begin as the one typed so far, each with a few words on it.
    """

    def __init__(
        self,
        *names: str,
        help: str,  # noqa: A002 - as typer calls it
        metavar: str | None = None,
        show_default: bool | str = True,
        least: int | None = None,
        complete: Callable[[str], list[tuple[str, str]]] | None = None,
    ) -> None:
        self.names, self.help, self.metavar, self.show_default, self.least = names, help, metavar, show_default, least
        self.complete = complete


class Argument:
    """What is said of an argument that stands without a name."""

    def __init__(self, *, metavar: str, help: str, show_default: bool | str = True) -> None:  # noqa: A002 - the same
        self.metavar, self.help, self.show_default = metavar, help, show_default


def _packs(typed: str) -> list[tuple[str, str]]:
    """The opt-in packs that may be meant, behind those before the last comma, with their titles."""
    from factcheck.packs import optional_titles

    before, comma, begun = typed.rpartition(",")
    found = [(name, title) for name, title in optional_titles().items() if name.startswith(begun)]
    return [(f"{before}{comma}{name}", title) for name, title in found if name not in before.split(",")]


RulesOption = Annotated[
    list[Path] | None,
    Option(
        "--rules", metavar="PATH", help="A .fact file or a folder of them, added to the built-in packs. Repeatable."
    ),
]
PackOption = Annotated[
    list[str] | None,
    Option("--pack", metavar="X,…", help="Add these opt-in packs: icd203, ipcc, numbers. Repeatable.", complete=_packs),
]
NoBuiltinOption = Annotated[bool, Option("--no-builtin", help="Leave the built-in packs out.")]
SelectOption = Annotated[
    list[str] | None, Option("--select", metavar="X,…", help="Use only these packs, rules (pack/rule) or tags.")
]
IgnoreOption = Annotated[
    list[str] | None, Option("--ignore", metavar="X,…", help="Leave out these packs, rules (pack/rule) or tags.")
]
ColorOption = Annotated[
    Color, Option("--color", help="Colour: on a terminal unless NO_COLOR is set, always, or never.")
]

TEXT_FIELD, ID_FIELD = "text", "id"
"""The fields of a row, unless others are named."""

SegmentOption = Annotated[
    Segment, Option("--segment", help="Find the sentences, or take every line that is not empty as one.")
]
ScanSegmentOption = Annotated[
    Segment | None,
    Option(
        "--segment",
        help="Find the sentences, or take every line that is not empty as one.",
        show_default="auto",
    ),
]
TextFieldOption = Annotated[
    str | None,
    Option(
        "--text-field",
        metavar="NAME",
        help="The field of a row with the text. With it, standard input is read as JSON lines, too.",
        show_default=TEXT_FIELD,
    ),
]
IdFieldOption = Annotated[
    str | None,
    Option(
        "--id-field",
        metavar="NAME",
        help="The field of a row with the document's name. With it, the same.",
        show_default=ID_FIELD,
    ),
]
FullOption = Annotated[
    bool,
    Option("--full", help="With pretty: a page for each document, every sentence and finding, and their rules."),
]

Type = Literal[
    "text",
    "markdown",
    "rst",
    "html",
    "docx",
    "odt",
    "epub",
    "pdf",
    "email",
    "feed",
    "warc",
    "jsonl",
    "json",
    "csv",
    "tsv",
    "parquet",
]
"""What files may be read as."""

TypeOption = Annotated[
    Type | None,
    Option("--type", help="Read every input as this, whatever its name and content say.", show_default="told by both"),
]
WholePageOption = Annotated[bool, Option("--whole-page", help="Read all of an HTML page, not only the article in it.")]
AnyLanguageOption = Annotated[
    bool, Option("--any-language", help="Scan texts that are not in English, too; they are skipped otherwise.")
]
ConfigOption = Annotated[
    Path | None,
    Option(
        "--config",
        metavar="FILE",
        help="Use this configuration for everything.",
        show_default="the nearest factcheck.toml or [tool.factcheck] from each file upwards",
    ),
]
NoConfigOption = Annotated[bool, Option("--no-config", help="Use no configuration.")]
FailOnOption = Annotated[
    Severity | None,
    Option(
        "--fail-on",
        help="Exit with status 1 when a finding that is reported is of this severity or above.",
        show_default=False,
    ),
]
MaxUnverifiedOption = Annotated[
    str | None,
    Option(
        "--max-unverified",
        metavar="N%|N",
        help="Exit with status 1 when more than this share of all claims is unverified, or more than N of them.",
        show_default=False,
    ),
]
JobsOption = Annotated[
    int | None,
    Option(
        "--jobs",
        "-j",
        metavar="N",
        least=0,
        help="Work in N processes, 0: as many as there are processors. The output stays the same.",
        show_default="1",
    ),
]
QuietOption = Annotated[bool, Option("--quiet", "-q", help="No notes and no warnings, only errors.")]
NoProgressOption = Annotated[bool, Option("--no-progress", help="Do not show how far the scan is.")]
NoCacheOption = Annotated[bool, Option("--no-cache", help="Compile the rules anew, and do not keep them.")]


def names(values: list[str] | None) -> tuple[str, ...]:
    """The names in `X,Y` values of a repeatable option."""
    return tuple(name for value in values or () for part in value.split(",") if (name := part.strip()))


def processors() -> int:
    """How many processors this program may use."""
    if sys.platform == "win32":
        return min(os.cpu_count() or 1, 61)  # Windows waits for no more processes at a time
    if sys.platform == "darwin":
        return os.cpu_count() or 1
    return len(os.sched_getaffinity(0))
