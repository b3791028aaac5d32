"""`factcheck eval`: measures rules on sentences that people have labelled."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

from factcheck.evaluate.usual import HEDGE
from factcheck_cli.loaded import BUILTIN_ALONE, Choice, chosen, given_rules, loaded, signals_named
from factcheck_cli.log import Log
from factcheck_cli.options import (
    RULES,
    Argument,
    Color,
    ColorOption,
    ConfigOption,
    IgnoreOption,
    NoBuiltinOption,
    NoConfigOption,
    Option,
    PackOption,
    RulesOption,
    SelectOption,
    names,
)
from factcheck_cli.output.sink import beginning, check_kept, destination, file_named, print_out
from factcheck_cli.terminal.console import UNREAD, counted, fail, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from factcheck import Scanner
    from factcheck.evaluate.comparison import Comparison
    from factcheck.evaluate.evaluation import Evaluation
    from factcheck_cli.measure.eval_page import Shown
    from factcheck_cli.measure.gold_file import GoldSet

    Found = tuple[Evaluation, Comparison | None]

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
    ] = HEDGE,
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
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
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
    given, layer = given_rules(gold[0], rules, packs, no_builtin=no_builtin, config=config, no_config=no_config)
    if svg:
        _check_picture(svg, gold, (*given.rules, *(against or ())))
    log = Log()

    from factcheck_cli.measure.gold_file import read

    sets = read(gold, log, fold=fold)
    if svg and sets and not any(map(_has_probabilities, sets)):
        fail("--svg draws probabilities, and sets of levels or numbers have none; leave it out")
    choice = Choice(given.packs, names(select) or given.select, names(ignore) or given.ignore)
    rule_sets = [loaded(given.rules, choice, color, builtin=given.builtin, layer=layer)]
    others = [path for path in against or () if path != BUILTIN_ALONE]
    if against:
        rule_sets.append(loaded(others, choice, color, builtin=True))
    scanners = chosen(rule_sets, choice, color)
    found = list(_evaluated(sets, scanners, signals_named(signal, scanners), log))
    _tell_idle(rule_sets[0].own, [one for one, _ in found], log)
    if svg and found:
        _draw(svg, [one for one, _ in found])
    if as_json:
        head = _json_head(given.rules, choice, others if against else None, builtin=given.builtin)
        print_out(_json(found, head, worst))
    elif found:
        from factcheck_cli.measure.eval_page import Shown

        called = choice.told(given.rules, builtin=given.builtin), choice.told(others, builtin=True)
        wanted = Shown(tables, bool(per), _WORST if worst is None else worst, *called)
        print_out(_pages(found, wanted, color).encode())
    if log.failures:
        measured = counted(sum(one.sentences for one, _ in found), "sentence")
        say(f"{log.failures:,} could not be read, {measured} measured")
        raise SystemExit(UNREAD)


# Rules ---------------------------------------------------------------------------------------------------------------


def _tell_idle(own: "Mapping[str, str]", found: "Sequence[Evaluation]", log: Log) -> None:
    """Notes the user's rule files, by the names of their packs, that fire, but raise nothing that is measured."""
    from factcheck.evaluate.gold import Kind

    sets = [one for one in found if one.kind is Kind.SIGNAL]
    raising = {row.name.partition("/")[0] for one in sets for row in one.rules}
    idle = {rule for one in sets for rule in one.idle}
    for pack, name in own.items():
        rules = [rule for rule in idle if rule.partition("/")[0] == pack]
        if rules and pack not in raising:
            verbs, it, its = ("fires here and raises", "it", "its own") if len(rules) == 1 else _SEVERAL
            remedy = f"give {it} `signal {sets[0].signals[0]}` or name {its} with --signal"
            log.note(name, f"{counted(len(rules), 'rule')} of it {verbs} no measured signal; {remedy}")


_SEVERAL: Final = "fire here and raise", "them", "theirs"


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
            now, *others = tried(*(trial(scanner, one.sentences, signals, one.kind) for scanner in scanners))
        except GoldError as error:
            log.failure(one.name, str(error))
            continue
        yield evaluation(one.name, one.sentences, now), next((comparison(now, other) for other in others), None)


def _has_probabilities(one: "GoldSet") -> bool:
    from factcheck.evaluate.gold import Kind

    return one.kind not in {Kind.LEVEL, Kind.CERTAINTY}


# Showing -------------------------------------------------------------------------------------------------------------


def _check_tables(per: tuple[str, ...]) -> None:
    """The end of the program where a table is named that there is not."""
    from factcheck.diagnostic import did_you_mean

    for name in per:
        if name not in _TABLES:
            fail(f"--per {name}: there is no such table: {did_you_mean(name, _TABLES)}")


def _check_picture(path: Path, gold: "Sequence[str]", rules: "Sequence[Path | str]") -> None:
    """The end of the program where the picture has no file of its own, or one that holds something else."""
    target = file_named(path)
    if not target:
        fail("--svg writes a picture, which has no place among the figures; give it the name of a file")
    check_kept(target, gold, "--svg", "measured")
    check_kept(target, rules, "--svg", "read", RULES)
    if there := beginning(target):
        from factcheck_cli.measure.reliability import SAYS

        if SAYS.encode() not in there:
            fail(f"{target}: this is no picture that eval drew, and --svg would replace it; give --svg another name")


def _pages(found: "Sequence[Found]", wanted: "Shown", color: Color) -> str:
    """The pages of all sets; of several an overview first."""
    from factcheck_cli.measure.eval_page import overview, page
    from factcheck_cli.terminal.style import style_for

    style = style_for(sys.stdout, color)
    pages = [page(*one, wanted, style) for one in found]
    if len(pages) > 1:
        pages.insert(0, overview([one for one, _ in found], style))
    return "\n\n".join(pages)


def _json_head(
    rules: "Sequence[str]", choice: Choice, against: "Sequence[str] | None", *, builtin: bool
) -> "dict[str, object]":
    """What is measured by what."""
    from factcheck.version import __version__
    from factcheck_cli import version

    return {
        "version": __version__,
        "builtin": version.builtin(),
        "rules": [*([BUILTIN_ALONE] if builtin else ()), *map(str, rules)],
        "against": None if against is None else [BUILTIN_ALONE, *against],
        **{name: list(several) for name, several in choice._asdict().items()},
    }


def _json(found: "Sequence[Found]", head: "Mapping[str, object]", worst: int | None) -> bytes:
    """All of it, an object."""
    import orjson

    sets = []
    for one, compared in found:
        sets.append(one.to_record(worst) | ({"comparison": compared.to_record(worst)} if compared else {}))
    return orjson.dumps({**head, "sets": sets}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _draw(path: Path, found: "Sequence[Evaluation]") -> None:
    from factcheck_cli.measure.reliability import drawing

    with destination(path) as out:
        out.write(drawing(found).encode())
