"""Where results are written and in which format: what the name of `-o` tells, and what it may not be."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from factcheck_cli.inputs.readers.types import INDEX, made_here
from factcheck_cli.options import RULES, Format
from factcheck_cli.output.sink import beginning, check_kept, ends_as_folder, is_device
from factcheck_cli.terminal.console import fail, say

if TYPE_CHECKING:
    from collections.abc import Sequence


def check_target(target: Path, paths: "Sequence[str]", rules: "Sequence[Path]") -> None:
    """The end of the program where the results would replace a text that is scanned, or any file of rules."""
    check_kept(target, paths, "-o", "scanned")
    check_kept(target, rules, "-o", "read", RULES)
    if target.suffix.lower() == RULES and os.path.isfile(target):
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


def format_of(output: str | None, file: Path | None) -> Format | None:
    """The format that the file's name ends in, if any; the end of the program for one that it cannot be in."""
    suffix = file.suffix.lower().removeprefix(".") if file else ""
    if suffix == "xml":
        fail(f"{file}: several formats are XML; choose with --format checkstyle or --format junit")
    if suffix in _FOREIGN:
        said = "give it a name in .csv, .html, .json, .jsonl, .md, .parquet or .sarif, or choose with --format"
        fail(f"{file}: no .{suffix} file is written; {said}")
    if output and file and ends_as_folder(output):
        return "html"  # nothing else is written into a folder
    if file and made_here(beginning(file / INDEX))[0]:
        fail(f"{file}: this is a folder with a report; add / to write an HTML report into it, or name a file")
    return next((form for end, form in _SUFFIXES.items() if file and file.name.lower().endswith(end)), None)


def tell_unnamed(file: Path) -> None:
    """Says what is written to a file whose name ends in that of no format."""
    if file.suffix and not is_device(file):
        say(f"{file}: note: JSON lines are written, for {file.suffix} says no format; --format chooses one")


def check_format(form: Format, *, to_terminal: bool) -> None:
    """The end of the program where the format cannot be written."""
    if form != "parquet":
        return
    if to_terminal:
        fail("--format parquet is not for a terminal; name a file with -o")
    try:
        import pyarrow as _  # noqa: F401, ICN001 - whether it is there
    except ImportError:
        fail("--format parquet needs pyarrow; pip install 'factcheck-engine[arrow]' brings it")
