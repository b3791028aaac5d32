"""`factcheck rules lint`: the check of rule files, and what takes a comparison of all patterns or a corpus to tell."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from factcheck_cli.inputs.parts import Inputs
from factcheck_cli.inputs.text import How
from factcheck_cli.loaded import given_rules, how_read
from factcheck_cli.log import Log
from factcheck_cli.options import (
    AnyLanguageOption,
    Argument,
    ColorOption,
    ConfigOption,
    NoBuiltinOption,
    NoConfigOption,
    Option,
    PackOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
)
from factcheck_cli.rules.check import Examined, examined, tell
from factcheck_cli.terminal.console import UNREAD, fail, say

if TYPE_CHECKING:
    from factcheck import Diagnostic


def lint(  # noqa: PLR0913 -- one parameter an option
    paths: Annotated[list[Path], Argument(metavar="PATH", help=".fact files, or folders of them.")],
    *,
    on: Annotated[
        list[str] | None,
        Option(
            metavar="CORPUS",
            help="Texts of the kind that the rules are for, as `factcheck scan` takes them. Repeatable.",
        ),
    ] = None,
    text_field: TextFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    json: Annotated[bool, Option("--json", help="Print the problems as a JSON array on standard output.")] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    color: ColorOption = "auto",
) -> None:
    """Check rule files as `check` does, and look for what is no mistake of form and yet hardly meant.

    Patterns that can never match or whose hits always go to an exception or
    a later rule, and what is written twice. On a corpus, too: rules that never
    fire, and rules that fire in more than one sentence in twenty.
    `factcheck explain CODE` says more of each warning.

    Examples:
      factcheck rules lint house.fact
      factcheck rules lint house.fact --on articles/
      factcheck rules lint packs/ --on archive.jsonl --json

    Exit status:
      0  no errors (there may be warnings)
      2  errors, or wrong usage
      3  some texts of the corpus could not be read; the rules are judged on all others
    """
    typed = locals()  # the options, before anything is made of them
    given = {"text-field": text_field, "type": type, "whole-page": whole_page, "any-language": any_language}
    if (option := next((name for name, value in given.items() if value), "")) and not on:
        fail(f"--{option} is about the texts of a corpus; name one with --on")
    from factcheck.verdict import holdings

    problems: list[Diagnostic] = []
    chosen, _ = given_rules(paths[0], None, packs, no_builtin=no_builtin, config=config, no_config=no_config)
    checked = examined(paths, chosen, problems, color)
    log = Log()
    _compare(checked, problems)
    if on:
        how = how_read(on[0], typed, config, no_config=no_config, programs=[checked.program])
        _count(checked, tuple(on), how, problems, log)
    order = {file.source.name: number for number, file in enumerate(checked.files)}
    problems.sort(key=lambda d: (order.get(d.source.name, -1), d.labels[0].span.start if d.labels else -1))
    own = map(holdings, checked.own)
    tell(own, problems, "json" if json else "text", color, builtin=chosen.builtin)
    if log.failures:
        raise SystemExit(UNREAD)


def _compare(checked: Examined, problems: "list[Diagnostic]") -> None:
    """Adds what comparing patterns tells, where the files load."""
    from factcheck.diagnostic import has_errors
    from factcheck.linting import compared

    if has_errors(problems):
        return
    found, unfinished = compared(checked.own, checked.written, problems)
    problems += found
    for source in unfinished:
        say(f"{source.name}: to compare all its patterns would take too long; split it, or write simpler patterns")


def _count(checked: Examined, on: tuple[str, ...], how: How, problems: "list[Diagnostic]", log: Log) -> None:
    """Adds what a corpus tells, where the files load."""
    from factcheck.corpus import judged, subjects, tallied
    from factcheck.diagnostic import has_errors
    from factcheck_cli.work.batch import told_batches

    if has_errors(problems):
        return
    inputs = Inputs(on, how)
    own = subjects(checked.own, checked.program)
    tally = tallied(checked.program, own, (batch.marked() for batch in told_batches(inputs, log)))
    if tally.sentences:
        problems += judged(tally, own, checked.files)
    elif not log.failures:
        fail("--on: there is no sentence in the corpus; name texts that have some")
