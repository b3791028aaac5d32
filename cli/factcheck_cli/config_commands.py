"""`factcheck config …`: what holds for a file and who says so, whether a configuration is right, and its schema."""

import os
import sys
from pathlib import Path
from typing import Annotated

from factcheck_cli.inputs.text import STDIN
from factcheck_cli.options import Argument, ColorOption, ConfigOption, NoConfigOption, Option
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import WRONG, fail, report, say


def config() -> None:
    """Start, show and check configurations: factcheck.toml files and [tool.factcheck] in pyproject.toml.

    Examples:
      factcheck config new
      factcheck config show article.txt
      factcheck config check
      factcheck config schema > factcheck.schema.json

    `factcheck config COMMAND --help` says more.
    """


def show(
    paths: Annotated[
        list[str] | None,
        Argument(
            metavar="PATH",
            help="Articles, or folders of them.",
            show_default="the working directory",
        ),
    ] = None,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    as_json: Annotated[bool, Option("--json", help="Print it as a JSON object; of several paths as a list.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Show what holds for a file, and which line of which file says so.

    Of a folder it is what holds for any file in it; overrides that hold for
    some of them are named.

    Examples:
      factcheck config show article.txt
      factcheck config show opinion/ --json
      factcheck config show news/*.md

    Exit status: 0 fine, 2 a wrong configuration.
    """
    from factcheck_cli.config.page import holding, page, records
    from factcheck_cli.config.problem import ConfigError
    from factcheck_cli.config.resolve import Configs
    from factcheck_cli.terminal.style import style_for

    configs = Configs(config, no_config)
    given = paths or ["."]
    for path in given:
        if path != STDIN and not os.path.lexists(path):
            say(f"{path}: note: there is no such file or folder; this would hold for it")
    try:
        found = [holding(path, configs) for path in given]
    except ConfigError as error:
        for problem in error.problems:
            say(str(problem))
        raise SystemExit(WRONG) from None
    print_out((records(found) if as_json else page(found, style_for(sys.stdout, color))).encode())


def check(
    path: Annotated[
        str,
        Argument(
            metavar="FILE",
            help="A configuration, or an article that it holds for.",
            show_default="the one for the working directory",
        ),
    ] = ".",
    color: ColorOption = "auto",
) -> None:
    """Check a configuration, those it extends, and whether what it names can be used: rules, baseline, archive.

    Notes tell of patterns that fit nothing to scan in its folder.

    Examples:
      factcheck config check
      factcheck config check desk/factcheck.toml

    Exit status: 0 no errors, 2 errors, or no configuration.
    """
    from factcheck_cli.config.given import shown
    from factcheck_cli.config.resolve import Configs
    from factcheck_cli.config_usable import checked, notes

    configs = Configs()
    file = Path(path) if path.lower().endswith(".toml") else configs.file(path)
    if file is None:
        fail(f"{path}: no configuration holds for this; `factcheck config new` writes one")
    found = checked(file, configs)
    for problem in found.problems:
        say(str(problem))
    if found.rules:
        report(found.rules, color)
    if found.config:
        for note in notes(found.config, configs):
            say(f"{note.where}: note: {note.message}")
    if found.problems or found.rules:
        raise SystemExit(WRONG)
    print_out(f"{shown(file)}: no problems\n".encode())


def schema() -> None:
    """Print the JSON Schema of a configuration, with which editors complete and check it.

    Examples:
      factcheck config schema > factcheck.schema.json

    Exit status: 0 fine.
    """
    import orjson

    from factcheck_cli.config.schema import schema as made

    print_out(orjson.dumps(made(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
