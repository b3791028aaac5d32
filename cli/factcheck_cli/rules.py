"""`factcheck rules …`: for the authors of rules."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from factcheck_cli.console import WRONG, counted, report, reported, worth_showing
from factcheck_cli.options import Argument, ColorOption, NoBuiltinOption, Option, PackOption, names
from factcheck_cli.output import print_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factcheck import Diagnostic
    from factcheck.language.rule import Examples, RuleFile


def rules() -> None:
    """Check the rules that you write, and find out what they do.

    Examples:
      factcheck rules check house.fact
      factcheck rules try '{core.saying} that' articles/
      factcheck rules why article.txt:12 --rule hedge/could
      factcheck rules profile house.fact --on articles/
      factcheck rules diff house.fact draft.fact --on articles/

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
    from factcheck import load
    from factcheck.diagnostic import has_errors
    from factcheck.render import summary

    problems: list[Diagnostic] = []
    with reported(color, builtin=not no_builtin):
        added = load.optional_sources(names(packs))
    mine = load.read_all(paths, problems)
    sources = [*(() if no_builtin else load.builtin_sources()), *added, *mine]
    files = load.check(sources, problems).files[-len(mine) :] if mine else ()
    shown = worth_showing(problems, builtin=not no_builtin)
    if json:
        import orjson

        print_out(orjson.dumps([d.to_record() for d in shown], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    else:
        report(shown, color)
    if has_errors(problems):
        raise SystemExit(WRONG)
    if not json:
        print_out(f"{_counted(files)}: {summary(shown) or 'no problems'}\n".encode())


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
