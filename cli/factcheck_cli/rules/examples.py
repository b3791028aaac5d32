"""`factcheck rules test`: runs the examples of rule files, tells what they touch, measures on labelled sentences."""

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple, NoReturn

from factcheck_cli.inputs.place import is_folder
from factcheck_cli.inputs.text import STDIN
from factcheck_cli.loaded import beside, given_rules, reported
from factcheck_cli.log import Log
from factcheck_cli.options import (
    Argument,
    Color,
    ColorOption,
    ConfigOption,
    NoBuiltinOption,
    NoConfigOption,
    Option,
    PackOption,
)
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import UNREAD, WRONG, counted, fail, report, say, warn, worth_showing

if TYPE_CHECKING:
    from factcheck import Diagnostic
    from factcheck.examination import Examination, Examiner
    from factcheck_cli.rules.examples_gold import Measured

FAILED: Final = 1
"""Exit status when examples fail, or too few parts are covered."""
_RULES: Final = ".fact"
_GOLD: Final = (".jsonl", ".csv", ".tsv")


def examine(  # noqa: PLR0913 -- one parameter an option
    paths: Annotated[
        list[str],
        Argument(
            metavar="PATH… [GOLD…]",
            help=".fact files and, if you have some, files of labelled sentences (.jsonl, .csv, .tsv, or - for "
            "standard input); folders stand for all of both in them.",
        ),
    ],
    *,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    coverage: Annotated[
        bool, Option("--coverage", help="Name every part of the files that no example touches.")
    ] = False,
    min_coverage: Annotated[
        int | None,
        Option(metavar="PERCENT", least=0, help="Fail below this share of parts that examples touch."),
    ] = None,
    signal: Annotated[
        str | None,
        Option(
            metavar="NAME[+NAME…]",
            help="The signal that labels uncertain and certain measure.",
            show_default="those of the tested packs",
        ),
    ] = None,
    watch: Annotated[bool, Option("--watch", help="Test again whenever a file changes, until Ctrl-C.")] = False,
    as_json: Annotated[bool, Option("--json", help="Print all of it as JSON.")] = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    color: ColorOption = "auto",
) -> None:
    """Test rule files: does each rule do what its examples show, and do the examples show all of it?

    Each `flag` and `pass` is run. Coverage tells which rules, alternatives,
    optional parts, list entries, exceptions and conditions no example
    touches. With files of labelled sentences, as `factcheck eval` takes
    them, the right and wrong hits of each rule are counted, too.

    Examples:
      factcheck rules test house.fact
      factcheck rules test house.fact --coverage --min-coverage 80
      factcheck rules test house.fact gold.jsonl
      factcheck rules test packs/ --watch

    Exit status:
      0  fine
      1  examples fail, or the coverage is below --min-coverage
      2  the rule files do not load, or wrong usage
      3  labelled sentences could not be read; all others are measured
    """
    if min_coverage is not None and min_coverage > 100:  # noqa: PLR2004 -- per cent
        fail(f"--min-coverage {min_coverage}: a share is at most 100 per cent")
    from factcheck.examination import Examiner

    own = _sorted(paths).rules
    chosen, layer = given_rules(own[0], None, packs, no_builtin=no_builtin, config=config, no_config=no_config)
    with reported(color, builtin=chosen.builtin, layer=layer):
        examiner = Examiner(chosen.packs, builtin=chosen.builtin, rules=beside(chosen.rules, own))
    wanted = _Wanted(chosen.packs, chosen.builtin, coverage, min_coverage, signal, as_json, color)
    bench = _Bench(examiner, wanted)
    if watch:
        _watched(paths, bench)
    if status := bench.run(_sorted(paths)):
        raise SystemExit(status)


class _Wanted(NamedTuple):
    """What is asked for."""

    packs: tuple[str, ...]
    builtin: bool
    every_part: bool
    least: int | None
    signal: str | None
    as_json: bool
    color: Color


class _Paths(NamedTuple):
    """Rule files and folders of them, and files of labelled sentences."""

    rules: list[str]
    gold: list[str]


def _sorted(paths: Sequence[str]) -> _Paths:
    """What the paths are; the end of the program where no rules are among them."""
    rules, gold = [], []
    for path in paths:
        own = list(_gold_in(path)) if is_folder(path) else [path] * _is_gold(path)
        gold += own
        if not own or (is_folder(path) and _holds_rules(path)):
            rules.append(path)
    if not rules:
        fail(f"name a {_RULES} file, too, or a folder of them: labelled sentences measure the rules that are tested")
    return _Paths(rules, gold)


def _is_gold(path: str) -> bool:
    return path == STDIN or path.lower().endswith(_GOLD)


def _holds_rules(path: str) -> bool:
    return any(one.suffix.lower() == _RULES for one in Path(path).rglob("*"))


def _gold_in(folder: str) -> Iterator[str]:
    found = (one for one in Path(folder).rglob("*") if one.suffix.lower() in _GOLD and os.path.isfile(one))
    return (os.fspath(one) for one in sorted(found))


# Running -------------------------------------------------------------------------------------------------------------


class _Bench:
    """Tests and shows, again and again if asked; what a change does not touch is not done anew."""

    def __init__(self, examiner: "Examiner", wanted: _Wanted) -> None:
        from factcheck_cli.rules.examples_gold import Sets

        self._examiner, self._wanted, self._sets = examiner, wanted, Sets(wanted.signal)

    def run(self, paths: _Paths) -> int:
        """Tests, shows what came of it, and tells the exit status."""
        from factcheck.load import RuleError, read_all

        problems: list[Diagnostic] = []
        try:
            tested = self._examiner.examine(read_all(paths.rules, problems), problems)
        except RuleError as error:
            self._refused(worth_showing(error.diagnostics, builtin=self._wanted.builtin))
            return WRONG
        log = Log()
        measured = self._sets.measured(paths.gold, tested, log)
        self._show(tested, measured)
        return UNREAD if log.failures else FAILED * (bool(tested.failures) or self._too_low(tested))

    def _refused(self, problems: "Sequence[Diagnostic]") -> None:
        if self._wanted.as_json:
            from factcheck_cli.rules.examples_page import refused

            print_out(refused(problems))
        else:
            report(problems, self._wanted.color)

    def _show(self, tested: "Examination", measured: "Sequence[Measured]") -> None:
        from factcheck_cli.rules.examples_page import page, record
        from factcheck_cli.terminal.style import style_for

        wanted = self._wanted
        if wanted.as_json:
            print_out(record(tested, measured))
            return
        report(tested.failures, wanted.color)
        warn(tested.warnings, wanted.packs, builtin=wanted.builtin)
        style = replace(style_for(sys.stdout, wanted.color), full=wanted.every_part)
        print_out(page(tested, measured, style).encode())

    def _too_low(self, tested: "Examination") -> bool:
        """Whether the examples touch fewer parts than was asked for; says so."""
        least = self._wanted.least
        share = len(tested.touched) / max(1, len(tested.parts))
        if least is None or not tested.parts or 100 * share >= least:
            return False
        missing = counted(len(tested.parts) - len(tested.touched), "part")
        more = "" if self._wanted.every_part else "; --coverage names what no example touches"
        say(f"coverage is {100 * share:.1f} %, below the {least} % of --min-coverage: {missing} missing{more}")
        return True


def _watched(paths: Sequence[str], bench: _Bench) -> NoReturn:
    """Tests whenever a file has changed; the end of the program with Ctrl-C."""
    from factcheck_cli.watch.waiting import keep_on

    def wanted(path: Path) -> bool:
        return not path.name.startswith(".") and path.name.lower().endswith((_RULES, *_GOLD))

    keep_on(paths, wanted, lambda _changed: bench.run(_sorted(paths)))
