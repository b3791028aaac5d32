"""`factcheck explain`: a sentence of an article and why it has its level, a rule, or a diagnostic code."""

import re
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from factcheck_cli.console import UNREAD, WRONG, colored, counted, fail, report, worth_showing
from factcheck_cli.options import Color, ColorOption, NoBuiltinOption, RulesOption, Segment
from factcheck_cli.output import print_out

if TYPE_CHECKING:
    from factcheck import Scanner
    from factcheck.document import Explanation
    from factcheck.language.program import Program
    from factcheck.language.rule import Rule, RuleFile

_LINES = re.compile(r"(?P<file>.+):(?P<first>[1-9]\d{0,8})(?:-(?P<last>[1-9]\d{0,8}))?", re.DOTALL)
_CODE = re.compile(r"FC\d+", re.IGNORECASE)


def explain(  # noqa: PLR0913, PLR0917 -- typer reads the options off the parameters
    what: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE:LINE|RULE|CODE",
            help="A line of an article, a rule (pack/rule, or its name alone), or a code such as FC021.",
        ),
    ],
    rules: RulesOption = None,
    no_builtin: NoBuiltinOption = False,
    segment: Annotated[
        Segment, typer.Option("--segment", help="Find the sentences of the article, or take each line as one.")
    ] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each explained sentence.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Explain a sentence's level, a rule, or a diagnostic code.

    For an article the sentences of the line are shown (of several with `FILE:3-7`, of all with the file alone): cues in
    place, what counted and what did not, what was silenced and by which line, who vouches, what would change the level.

    Examples:
      factcheck explain article.txt:12
      factcheck explain article.txt:3-7 --json
      factcheck explain hedge/could
      factcheck explain house/unnamed-insider --rules house.fact
      factcheck explain FC021

    Exit status: 0 fine, 2 there is no such line, rule or code, 3 the article could not be read.
    """
    from factcheck_cli.account import account
    from factcheck_cli.inputs import shown
    from factcheck_cli.style import Style

    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    style = Style(columns=columns, color=colored(sys.stdout, color))
    place = _place(what)
    if place:
        path, lines = place
        explained = _explained(path, lines, _scanner(rules or (), color, builtin=not no_builtin), segment)
        text = _rows(path, explained) if as_json else account(shown(path), explained, style)
    elif _CODE.fullmatch(what):
        text = _code(what.upper())
    else:
        from factcheck_cli.card import card

        program, files = _loaded(rules or (), color, builtin=not no_builtin)
        found = _find(what, files)
        now = next((r for r in program.rules if r.id == found.id), None)
        text = card(found, now, files, style)
    print_out(text.encode())


def _place(what: str) -> tuple[str, range | None] | None:
    """The file and the lines that the argument names, if it names a file."""
    found = _LINES.fullmatch(what)
    if found and (Path(found["file"]).exists() or "/" not in what or Path(found["file"]).suffix):
        return found["file"], range(int(found["first"]), int(found["last"] or found["first"]) + 1)
    return (what, None) if Path(what).is_file() else None


def _explained(path: str, wanted: range | None, scanner: "Scanner", segment: Segment) -> "list[Explanation]":
    """The explanations of the sentences on the wanted lines."""
    from factcheck.explanation import explain as explained_in
    from factcheck_cli.inputs import Inputs
    from factcheck_cli.log import Log

    log = Log()
    text = next(iter(Inputs((path,)).texts(log)), None)
    if text is None:
        raise typer.Exit(UNREAD if log.failures else 0)
    found = explained_in(scanner, text.text, wanted, segment=segment)
    if not found:
        last = text.text.count("\n") + 1
        where = f"line {wanted.start}" if wanted and len(wanted) == 1 else "these lines"
        fail(f"{text.name}: there is no sentence on {where}: the text has {counted(last, 'line')}")
    return found


def _rows(name: str, explanations: "list[Explanation]") -> str:
    import orjson

    return "".join(orjson.dumps(one.to_record(name)).decode() + "\n" for one in explanations)


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


def _scanner(paths: Iterable[Path], color: Color, *, builtin: bool) -> "Scanner":
    """A scanner with these rules; when one of the files is wrong, the end of the program."""
    from factcheck import RuleError, Scanner

    try:
        return Scanner(paths, builtin=builtin)
    except RuleError as error:
        report(worth_showing(error.diagnostics, builtin=builtin), color)
        raise typer.Exit(WRONG) from error


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
