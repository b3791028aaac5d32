"""The commands of the program, with all that a command line can hold: help, errors that guess, completion."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, get_args

import typer

from factcheck_cli import config_commands as config
from factcheck_cli.baseline import commands as known
from factcheck_cli.config import new as config_new
from factcheck_cli.explain.command import explain
from factcheck_cli.measure.eval import evaluate
from factcheck_cli.measure.weigh import weigh
from factcheck_cli.options import Argument, Option
from factcheck_cli.read.command import read
from factcheck_cli.rules import check, diff, examples, fmt, lint, listing, new, pattern, profile, show
from factcheck_cli.scan import scan
from factcheck_cli.search.command import search
from factcheck_cli.stats.command import stats
from factcheck_cli.usage import Command, Group, Proposing


def declared(function: Callable[..., None]) -> Callable[..., None]:
    """The command with its options declared as the library reads them."""

    @wraps(function)
    def command(**given: Any) -> None:  # noqa: ANN401 - options are of any type
        function(**given)

    signature = inspect.signature(function)
    parameters = [one.replace(annotation=_annotated(one.annotation)) for one in signature.parameters.values()]
    command.__annotations__ = {one.name: one.annotation for one in parameters} | {"return": None}
    command.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return command


def _annotated(hint: Any) -> Any:  # noqa: ANN401 - types as values have no type
    kind, said = get_args(hint)
    if isinstance(said, Argument):
        return Annotated[kind, typer.Argument(metavar=said.metavar, help=said.help, show_default=said.show_default)]
    return Annotated[kind, _option(said)]


def _option(said: Option) -> Any:  # noqa: ANN401 - as typer has it
    return typer.Option(
        *said.names,
        metavar=said.metavar,
        help=said.help,
        show_default=said.show_default,
        min=said.least,
        autocompletion=said.complete,
    )


def _version(wanted: bool) -> None:
    if wanted:
        from factcheck_cli.version import show

        show()
        raise typer.Exit


def factcheck(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Show the version, the built-in packs, and the opt-in ones that --pack adds.",
        ),
    ] = False,
) -> None:
    """Grade every sentence of a text by how far it claims to be fact.

    Examples:
      factcheck scan article.txt
      factcheck search 'harbour closed' --db archive.db
      factcheck rules check house.fact
      factcheck explain FC021
      factcheck stats articles/ --by month
      factcheck eval gold.jsonl
      factcheck weigh gold.jsonl -o learnt.fact

    Opt-in packs of rules, which --pack adds: icd203, ipcc, numbers.

    `factcheck COMMAND --help` says more.
    """


app = typer.Typer(cls=Group, no_args_is_help=True, pretty_exceptions_enable=False)
app.callback()(factcheck)
for each in (scan, search, explain, read, stats, evaluate, weigh):
    app.command("eval" if each is evaluate else None, cls=Command)(declared(each))
for_authors = typer.Typer(cls=Group, no_args_is_help=True)
for_authors.callback()(check.rules)
for_authors.command(cls=Command)(declared(new.new))
for_authors.command(cls=Command)(declared(check.check))
for_authors.command(cls=Command)(declared(lint.lint))
for_authors.command("test", cls=Command)(declared(examples.examine))
for_authors.command(cls=Command)(declared(fmt.fmt))
for_authors.command("list", cls=Command)(declared(listing.list_rules))
for_authors.command(cls=Command)(declared(show.show))
for_authors.command("why", cls=Command)(declared(explain))
for_authors.command("diff", cls=Command)(declared(diff.diff))
for_authors.command("profile", cls=Command)(declared(profile.profile))
for_authors.command("try", cls=Command)(declared(pattern.try_pattern))
for_authors.command(
    "propose", cls=Proposing, short_help="Propose exceptions and rules, from labelled sentences or from false alarms."
)(declared(weigh))
app.add_typer(for_authors, name="rules")
for_teams = typer.Typer(cls=Group, no_args_is_help=True)
for_teams.callback()(config.config)
for one in (config_new.new, config.show, config.check, config.schema):
    for_teams.command(cls=Command)(declared(one))
app.add_typer(for_teams, name="config")
for_the_known = typer.Typer(cls=Group, no_args_is_help=True)
for_the_known.callback()(known.baseline)
for_the_known.command(cls=Command)(declared(known.create))
for_the_known.command(cls=Command)(declared(known.update))
for_the_known.command(cls=Command)(declared(known.show))
app.add_typer(for_the_known, name="baseline")


def run_any(arguments: list[str]) -> None:
    """Runs a command line.

    The help of a command is asked of the command itself: of what stands before it, the library would check values that
    are not there, and what it checks them with takes longer to load than the help takes to print.
    """
    if arguments[1:] == ["--help"]:
        commands = typer.main.get_group(app).commands
        if command := commands.get(arguments[0]):
            command(["--help"], prog_name=f"factcheck {arguments[0]}")
    app(prog_name="factcheck")
