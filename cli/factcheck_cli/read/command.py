"""`factcheck read`: texts as a scan sees them, with what was made of their source."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Literal

from factcheck_cli.log import Log
from factcheck_cli.options import (
    Argument,
    ColorOption,
    ConfigOption,
    IdFieldOption,
    NoConfigOption,
    Option,
    ScanSegmentOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
)
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import UNREAD, WRONG, fail, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from factcheck_cli.inputs.text import Text
    from factcheck_cli.options import Segment

ReadFormat = Literal["text", "jsonl"]


def read(  # noqa: PLR0913 - one parameter an option
    paths: Annotated[
        list[str] | None,
        Argument(
            metavar="FILE",
            help="Articles as `factcheck scan` takes them, folders of them, tables, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    segment: ScanSegmentOption = None,
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    format: Annotated[  # noqa: A002 - the option's name
        ReadFormat, Option(help="text for people, or a JSON line for each paragraph.")
    ] = "text",
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    color: ColorOption = "auto",
) -> None:
    """Show a text as it is read: what became of a page, a PDF, a letter.

    Each paragraph stands with its place in the source, a line for each
    sentence; headings, captions, code, quoted mail, and entries of lists and
    tables are named. Of web pages and PDF follows what was left out, and why.

    It is read as `factcheck scan` reads it, by the same options and the same
    configuration, and nothing is graded.

    Examples:
      factcheck read page.html
      factcheck read page.html --whole-page
      factcheck read report.pdf --format jsonl
      factcheck read rows.jsonl --text-field body

    Exit status:
      0  fine
      2  wrong usage, or a wrong configuration
      3  some inputs could not be read; all others are shown
    """
    given = locals()  # the options, before anything is made of them
    if not paths and sys.stdin.isatty():
        fail("there is nothing to read; name a file, or pipe a text in")

    from factcheck_cli.read.page import page, records
    from factcheck_cli.read.seen import seen
    from factcheck_cli.terminal.style import style_for

    style, log = style_for(sys.stdout, color), Log()
    for number, (text, mode) in enumerate(_texts(paths or ["-"], given, config, log, no_config=no_config)):
        found = seen(text, mode)
        blank = b"\n" * bool(number)
        print_out(records(text, found) if format == "jsonl" else blank + page(text, found, style).encode())
    if log.failures:
        raise SystemExit(UNREAD)


def _texts(
    paths: "Iterable[str]", given: "Mapping[str, object]", config: "Path | None", log: Log, *, no_config: bool
) -> "Iterator[tuple[Text, Segment]]":
    """The texts, and for each how sentences are found in it; notes say which a scan may skip for their language."""
    from factcheck_cli.config.problem import ConfigError
    from factcheck_cli.config.resolve import Configs, how_to_read, typed_layer
    from factcheck_cli.inputs.parts import Inputs
    from factcheck_cli.inputs.reading import is_plainly_english

    configs = Configs(config, no_config, given)
    for path in paths:
        try:
            resolved = configs.of(path)
        except ConfigError as error:
            for problem in error.problems:
                say(str(problem))
            raise SystemExit(WRONG) from None
        layer = resolved.layer if resolved else typed_layer(given)
        how = how_to_read(layer)
        for text in Inputs((path,), replace(how, any_language=True, left=True)).texts(log):
            if not (how.any_language or is_plainly_english(text.text)):
                _tell_foreign(text, log)
            yield text, layer["segment"].value if "segment" in layer else "auto"


def _tell_foreign(text: "Text", log: Log) -> None:
    from factcheck_cli.inputs.language import called, foreign

    if code := foreign(text.text):
        said = "a scan without rules for it skips it, unless --any-language is given"
        log.note(text.name, f"this is {called(code)}: {said}")
