"""The program `factcheck`: its commands, and what they share."""

import sys
from typing import Annotated

import typer

from factcheck_cli import explain, rules, scan
from factcheck_cli.output import print_out
from factcheck_cli.usage import Command, Group

app = typer.Typer(cls=Group, no_args_is_help=True, pretty_exceptions_enable=False)
app.command(cls=Command)(scan.scan)
app.command(cls=Command)(explain.explain)
app.add_typer(rules.app, name="rules")


def _version(wanted: bool) -> None:
    if not wanted:
        return
    from factcheck_cli.version import told

    print_out(told().encode())
    raise typer.Exit


@app.callback()
def _factcheck(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Show the version and the built-in packs.",
        ),
    ] = False,
) -> None:
    """Grade every sentence of a text by how far it claims to be fact.

    Examples:
      factcheck scan article.txt
      factcheck rules check house.fact
      factcheck explain FC021

    `factcheck COMMAND --help` says more.
    """


def main() -> None:
    """Runs the program."""
    try:
        app(prog_name="factcheck")
    except KeyboardInterrupt:
        # Typer sees to the rest; this is one that came before or after a command.
        sys.exit(130)


if __name__ == "__main__":
    main()
