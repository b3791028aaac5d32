"""`factcheck rules …`: for the authors of rules."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from factcheck_cli.console import WRONG, counted, report, reported, worth_showing
from factcheck_cli.options import Argument, Color, ColorOption, NoBuiltinOption, Option, PackOption, names
from factcheck_cli.output import print_out

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from factcheck import Diagnostic
    from factcheck.language.program import Program
    from factcheck.language.rule import Examples, RuleFile


def rules() -> None:
    """Check the rules that you write.

    Examples:
      factcheck rules check house.fact
      factcheck rules test house.fact --coverage
      factcheck rules lint house.fact --on articles/

    `factcheck rules COMMAND --help` says more.
    """


def check(
    paths: Annotated[list[Path], Argument(metavar="PATH", help=".fact files, or folders of them.")],
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    json: Annotated[bool, Option("--json", help="Print the problems as a JSON array on standard output.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Check rule files: whether they load, and whether each rule does what its examples show.

    They are loaded after the built-in packs and those of --pack, as
    `factcheck scan --rules` does it.

    Examples:
      factcheck rules check house.fact
      factcheck rules check packs/ --no-builtin
      factcheck rules check house.fact --json

    Exit status: 0 no errors (there may be warnings), 2 errors.
    """
    problems: list[Diagnostic] = []
    checked = examined(paths, names(packs), problems, builtin=not no_builtin, color=color)
    tell(checked.own, problems, builtin=not no_builtin, as_json=json, color=color)


class Examined(NamedTuple):
    """What the user's own files define, what all that are loaded do, and the rules as written and to scan with."""

    own: "Sequence[RuleFile]"
    files: "Sequence[RuleFile]"
    written: "Program"
    program: "Program"


def examined(
    paths: "Sequence[Path]", packs: "Sequence[str]", problems: "list[Diagnostic]", *, builtin: bool, color: Color
) -> Examined:
    """Reads and checks rule files; every problem of theirs goes to `problems`."""
    from factcheck import load

    with reported(color, builtin=builtin):
        added = load.optional_sources(packs)
    mine = load.read_all(paths, problems)
    files, written, matcher = load.check([*(load.builtin_sources() if builtin else ()), *added, *mine], problems)
    return Examined(files[-len(mine) :] if mine else (), files, written, matcher.program)


def tell(
    own: "Iterable[RuleFile]", problems: "Sequence[Diagnostic]", *, builtin: bool, as_json: bool, color: Color
) -> None:
    """Shows the problems of the user's own files, and the end of the program where there are errors among them."""
    from factcheck.diagnostic import has_errors
    from factcheck.render import summary

    shown = worth_showing(problems, builtin=builtin)
    if as_json:
        import orjson

        print_out(orjson.dumps([d.to_record() for d in shown], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    else:
        report(shown, color)
    if has_errors(problems):
        raise SystemExit(WRONG)
    if not as_json:
        print_out(f"{_counted(own)}: {summary(shown) or 'no problems'}\n".encode())


def _counted(files: "Iterable[RuleFile]") -> str:
    """What the files hold, as far as there is any: `1 pack, 3 rules, 8 examples`."""
    counts: Counter[str] = Counter()
    for file in files:
        owners: list[Examples] = [*file.rules, *file.amendments]
        counts["pack"] += int(file.pack is not None)
        counts["list"] += len(file.lists)
        counts["rule"] += len(file.rules)
        counts["amendment"] += len(file.amendments) + len(file.list_amendments)
        counts["disabling"] += len(file.disablings)
        counts["example"] += sum(len(owner.flag) + len(owner.quiet) for owner in owners)
    return ", ".join(counted(number, what) for what, number in counts.items() if number)
