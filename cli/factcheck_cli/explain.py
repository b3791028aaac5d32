"""`factcheck explain`: what a rule says and how it is written, or what a diagnostic code means."""

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck_cli.console import WRONG, colored, fail, report, worth_showing
from factcheck_cli.options import Color, ColorOption, NoBuiltinOption, RulesOption
from factcheck_cli.output import print_out

if TYPE_CHECKING:
    from factcheck.language.program import Program
    from factcheck.language.rule import Rule, RuleFile

_CODE = re.compile(r"FC\d+", re.IGNORECASE)


def explain(
    rule: Annotated[
        str, typer.Argument(metavar="RULE", help="A rule (pack/rule, or its name alone), or a code such as FC021.")
    ],
    rules: RulesOption = None,
    no_builtin: NoBuiltinOption = False,
    color: ColorOption = "auto",
) -> None:
    """Explain a rule or a diagnostic code.

    Examples:
      factcheck explain hedge/could
      factcheck explain house/unnamed-insider --rules house.fact
      factcheck explain FC021

    Exit status: 0 fine, 2 there is no such rule or code.
    """
    if _CODE.fullmatch(rule):
        text = _code(rule.upper())
    else:
        from factcheck_cli.card import card
        from factcheck_cli.style import Style

        program, files = _loaded(rules or (), color, builtin=not no_builtin)
        found = _find(rule, files)
        now = next((r for r in program.rules if r.id == found.id), None)
        text = card(found, now, files, Style(color=colored(sys.stdout, color)))
    print_out(text.encode())


def _code(code: str) -> str:
    """What the catalogue says of a code."""
    from factcheck.catalogue import CATALOGUE
    from factcheck.diagnostic import closest

    if code not in CATALOGUE:
        near = closest(code, {known.lower() for known in CATALOGUE})
        remedy = f"did you mean {near.upper()}?" if near else f"codes are written like {next(iter(CATALOGUE))}"
        fail(f"there is no diagnostic {code}: {remedy}")
    entry = CATALOGUE[code]
    return f"{code}: {entry.title}\n\n{entry.meaning}\n"


def _loaded(paths: Iterable[Path], color: Color, *, builtin: bool) -> "tuple[Program, list[RuleFile]]":
    """The program, and what the files define; when one of them is wrong, the end of the program."""
    from factcheck import RuleError
    from factcheck.load import load, parsed

    try:
        loaded = load(paths, builtin=builtin)
    except RuleError as error:
        report(worth_showing(error.diagnostics, builtin=builtin), color)
        raise typer.Exit(WRONG) from error
    return loaded.program, parsed(loaded.sources, [])


def _find(wanted: str, files: "Iterable[RuleFile]") -> "Rule":
    """The rule of this `pack/rule`, or of this name where only one pack has it."""
    from factcheck.diagnostic import did_you_mean

    rules = [rule for file in files for rule in file.rules]
    found = [rule for rule in rules if wanted in (rule.id, rule.name)]
    if len(found) == 1:
        return found[0]
    if found:
        fail(f"several rules are called `{wanted}`: {', '.join(rule.id for rule in found)}")
    message = f"there is no rule `{wanted}`"
    if inside := [rule.id for rule in rules if rule.pack == wanted]:
        fail(f"{message}, but a pack; name one of its rules: {', '.join(inside)}")
    near = did_you_mean(wanted, {name for rule in rules for name in (rule.id, rule.name)})
    return fail(f"{message}: {near}" if near else f"{message}; --rules adds the file it is in")
