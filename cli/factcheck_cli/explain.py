"""`factcheck explain`: what a rule says and how it is written, or what a diagnostic code means."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from factcheck_cli.console import WRONG, colored, fail, report
from factcheck_cli.options import Color, ColorOption, NoBuiltinOption, RulesOption
from factcheck_cli.output import print_out

if TYPE_CHECKING:
    from factcheck import Diagnostic
    from factcheck.language.rule import Rule, RuleFile

_CODE = re.compile(r"FC\d{3}", re.IGNORECASE)


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
    from factcheck_cli.card import Card
    from factcheck_cli.style import Style

    if _CODE.fullmatch(rule):
        text = _code(rule.upper())
    else:
        files = _files([str(path) for path in rules or ()], color, builtin=not no_builtin)
        found = _find(rule, files)
        text = Card(found, files, Style(color=colored(sys.stdout, color))).text()
    print_out(text.encode())


def _code(code: str) -> str:
    """What the catalogue says of a code."""
    from factcheck.catalogue import CATALOGUE
    from factcheck.diagnostic import Severity, did_you_mean, severity_of

    if code not in CATALOGUE:
        fail(f"there is no diagnostic {code}: {did_you_mean(code, CATALOGUE)}")
    entry = CATALOGUE[code]
    return f"{code}: {entry.title}\n\n{entry.meaning}\n"
