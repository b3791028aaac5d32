"""`factcheck eval`: measures rules on sentences that people have labelled."""

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

from factcheck_cli.console import UNREAD, colored, counted, fail, reported, say, warn
from factcheck_cli.log import Log
from factcheck_cli.options import (
    Argument,
    Color,
    ColorOption,
    IgnoreOption,
    NoBuiltinOption,
    Option,
    PackOption,
    RulesOption,
    SelectOption,
    names,
)
from factcheck_cli.output import destination, file_named, leads_to, print_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from factcheck import Scanner
    from factcheck.evaluate.comparison import Comparison
    from factcheck.evaluate.evaluation import Evaluation
    from factcheck_cli.eval_page import Shown
    from factcheck_cli.gold_file import GoldSet

    Found = tuple[Evaluation, Comparison | None]

_BUILTIN: Final = "builtin"
"""What stands for the built-in packs alone where rule files are named."""
_PER: Final = ("pack", "rule", "level")
_TABLES: Final = (*_PER, "none")
_WORST: Final = 5


def evaluate(  # noqa: PLR0913 - one parameter an option
    gold: Annotated[
        list[str],
        Argument(
            metavar="GOLD.jsonl",
            help="Files with a labelled sentence a row, .jsonl or .csv, or - for standard input.",
        ),
    ],
    *,
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    signal: Annotated[
        str,
        Option(
            metavar="NAME[+NAME…]",
            help="The signal that labels uncertain and certain measure; of several the chance that one of them holds.",
        ),
    ] = "hedge",
    fold: Annotated[
        int | None, Option(metavar="N", least=0, help="Only the rows whose `fold` is N.", show_default=False)
    ] = None,
    against: Annotated[
        list[str] | None,
        Option(
            metavar="PATH|builtin",
            help="Compare with other rules: the built-in packs and this file or folder, or the built-in packs alone. "
            "Repeatable.",
        ),
    ] = None,
    worst: Annotated[
        int | None,
        Option(
            metavar="N",
            least=0,
            help="Show the N worst false alarms, misses and changes, 0: none.",
            show_default="5; all with --json",
        ),
    ] = None,
    per: Annotated[
        list[str] | None,
        Option(
            metavar="X,…",
            help="Which tables: pack, rule, level, or none. Named, that of rules is shown whole.",
            show_default="pack,rule,level",
        ),
    ] = None,
    svg: Annotated[
        Path | None, Option(metavar="FILE", help="Draw how probabilities compare with labels, as an SVG picture.")
    ] = None,
    as_json: Annotated[bool, Option("--json", help="Print all of it as JSON.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Measure rules on sentences that people have labelled.

    Each row of a file is a sentence and its label: uncertain or certain,
    attributed or none, a level, or a number that says how certain it is.
    docs/evaluate.md shows how to make such a file in ten minutes.

    Examples:
      factcheck eval gold.jsonl
      factcheck eval gold.csv --rules house.fact --against builtin
      factcheck eval gold.jsonl --per rule --worst 20
      factcheck eval gold.jsonl --signal hedge+weasel --svg reliability.svg
      factcheck eval gold.jsonl --json > figures.json

    Exit status:
      0  fine
      2  wrong usage or a wrong rule file
      3  some files or rows could not be read; all others are measured
    """
    tables = names(per) or _PER
    _check_tables(tables)
    if svg:
        _check_picture(svg, gold)
    log = Log()

    from factcheck_cli.gold_file import read

    sets = read(gold, log, fold=fold)
    if svg and sets and not any(map(_has_probabilities, sets)):
        fail("--svg draws probabilities, and sets of levels or numbers have none; leave it out")
    choice = _Choice(names(packs), names(select), names(ignore), color)
    scanners = [_scanner(rules or (), choice, builtin=not no_builtin)]
    others = [path for path in against or () if path != _BUILTIN]
    if against:
        scanners.append(_scanner(others, choice, builtin=True))
    found = list(_evaluated(sets, scanners, signals_named(signal, scanners[0]), log))
    if svg and found:
        _draw(svg, [one for one, _ in found])
    if as_json:
        print_out(_json(found, rules or (), others if against else None, worst, builtin=not no_builtin))
    elif found:
        from factcheck_cli.eval_page import Shown

        called = (_called(rules or (), builtin=not no_builtin), _called(others, builtin=True))
        wanted = Shown(tables, bool(per), _WORST if worst is None else worst, *called)
        print_out(_pages(found, wanted, color).encode())
    if log.failures:
        measured = counted(sum(one.sentences for one, _ in found), "sentence")
        say(f"{log.failures:,} could not be read, {measured} measured")
        raise SystemExit(UNREAD)


# Rules ---------------------------------------------------------------------------------------------------------------


class _Choice(NamedTuple):
    """What both rule sets are chosen by."""

    packs: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    color: Color


def _scanner(rules: "Sequence[str | Path]", choice: _Choice, *, builtin: bool) -> "Scanner":
    """The rules, loaded, or the end of the program with every problem of theirs."""
    from factcheck import Scanner

    packs, select, ignore, color = choice
    with reported(color, builtin=builtin):
        scanner = Scanner(rules, packs=packs, builtin=builtin, select=select, ignore=ignore)
    warn(scanner.warnings, packs, builtin=builtin)
    return scanner


def signals_named(given: str, scanner: "Scanner") -> tuple[str, ...]:
    """The signals that are named; the end of the program for one that no pack shows."""
    from factcheck.diagnostic import did_you_mean

    known = scanner.program.signals
    found = tuple(dict.fromkeys(name.strip() for name in given.split("+")))
    for name in found:
        if name not in known:
            fail(f"no loaded pack shows a signal `{name}`: {did_you_mean(name, known) or 'name one that does'}")
    return found


def _called(rules: "Sequence[str | Path]", *, builtin: bool) -> str:
    """A rule set as people call it."""
    if not rules:
        return "the built-in packs" if builtin else "no rules"
    files = ", ".join(str(path) for path in rules)
    return f"the built-in packs and {files}" if builtin else files


# Measuring -----------------------------------------------------------------------------------------------------------


def _evaluated(
    sets: "Iterable[GoldSet]", scanners: "Sequence[Scanner]", signals: tuple[str, ...], log: Log
) -> "Iterator[Found]":
    """Each set put to the rules and, where there are others, compared with these."""
    from factcheck.evaluate.comparison import comparison
    from factcheck.evaluate.evaluation import evaluation
    from factcheck.evaluate.gold import GoldError
    from factcheck.evaluate.trials import trial, tried

    for one in sets:
        try:
            now, *others = tried(*(trial(scanner, one.sentences, signals) for scanner in scanners))
        except GoldError as error:
            log.failure(one.name, str(error))
            continue
        yield evaluation(one.name, one.sentences, now), next((comparison(now, other) for other in others), None)


def _has_probabilities(one: "GoldSet") -> bool:
    from factcheck.evaluate.gold import Kind, kind_of

    return kind_of(one.sentences) not in {Kind.LEVEL, Kind.CERTAINTY}


# Showing -------------------------------------------------------------------------------------------------------------


def _check_tables(per: tuple[str, ...]) -> None:
    """The end of the program where a table is named that there is not."""
    from factcheck.diagnostic import did_you_mean

    for name in per:
        if name not in _TABLES:
            fail(f"--per {name}: there is no such table: {did_you_mean(name, _TABLES)}")


def _check_picture(path: Path, gold: "Sequence[str]") -> None:
    """The end of the program where the picture has no file of its own."""
    target = file_named(path)
    if not target:
        fail("--svg writes a picture, which has no place among the figures; give it the name of a file")
    if same := next((one for one in gold if leads_to(one, target)), None):
        fail(f"{same}: this is to be measured and --svg would replace it; give --svg another name")


def _pages(found: "Sequence[Found]", wanted: "Shown", color: Color) -> str:
    """The pages of all sets; of several an overview first."""
    from factcheck_cli.eval_page import overview, page
    from factcheck_cli.style import Style

    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    style = Style(columns=columns, color=colored(sys.stdout, color))
    pages = [page(*one, wanted, style) for one in found]
    if len(pages) > 1:
        pages.insert(0, overview([one for one, _ in found], style))
    return "\n\n".join(pages)


def _json(
    found: "Sequence[Found]",
    rules: "Sequence[Path]",
    against: "Sequence[str] | None",
    worst: int | None,
    *,
    builtin: bool,
) -> bytes:
    """All of it, an object."""
    import orjson

    from factcheck.version import __version__
    from factcheck_cli import version

    sets = []
    for one, compared in found:
        sets.append(one.to_record(worst) | ({"comparison": compared.to_record(worst)} if compared else {}))
    head = {
        "version": __version__,
        "builtin": version.builtin(),
        "rules": [*([_BUILTIN] if builtin else ()), *map(str, rules)],
        "against": None if against is None else [_BUILTIN, *against],
    }
    return orjson.dumps({**head, "sets": sets}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _draw(path: Path, found: "Sequence[Evaluation]") -> None:
    from factcheck_cli.reliability import drawing

    with destination(path) as out:
        out.write(drawing(found).encode())
