"""`factcheck rules …`: for the authors of rules."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from factcheck_cli.loaded import beside, given_rules, reported
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
from factcheck_cli.terminal.console import WRONG, counted, fail, report, worth_showing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from factcheck import Diagnostic
    from factcheck.language.program import Program
    from factcheck.language.rule import RuleFile
    from factcheck_cli.config.rules import RuleSet

Format = Literal["text", "json", "sarif", "github"]


def rules() -> None:
    """Write rules of your own: start a pack, check, test and lay it out, and find out what it does.

    Examples:
      factcheck rules new house
      factcheck rules check house.fact
      factcheck rules test house.fact --coverage
      factcheck rules lint house.fact --on articles/
      factcheck rules fmt house.fact
      factcheck rules list --pack hedge
      factcheck rules show hedge/could
      factcheck rules try '{core.saying} that' articles/
      factcheck rules why article.txt:12 --rule hedge/could
      factcheck rules profile house.fact --on articles/
      factcheck rules diff house.fact draft.fact --on articles/
      factcheck rules propose --false-alarms wrong.txt -o calmer.fact

    `factcheck rules COMMAND --help` says more.
    """


def check(  # noqa: PLR0913, PLR0917 - one parameter an option
    paths: Annotated[list[Path], Argument(metavar="PATH", help=".fact files, or folders of them.")],
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    layout: Annotated[
        Format | None,
        Option(
            "--format",
            help="text with snippets, json, sarif 2.1.0 for code scanning, or github for annotations of a workflow.",
            show_default="text",
        ),
    ] = None,
    json: Annotated[bool, Option("--json", help="The same as --format json.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Check rule files: whether they load, and whether each rule does what its examples show.

    They are loaded after the built-in packs, those of --pack and the other
    rules of the configuration, as `factcheck scan` does it.

    Examples:
      factcheck rules check house.fact
      factcheck rules check packs/ --no-builtin
      factcheck rules check packs/ --format sarif > rules.sarif
      factcheck rules check packs/ --format github

    Exit status: 0 no errors (there may be warnings), 2 errors.
    """
    from factcheck import load
    from factcheck.verdict import verdict

    if json and layout not in (None, "json"):
        fail(f"--json is --format json, but --format {layout} is asked for, too: leave one of them out")
    form: Format = "json" if json else layout or "text"
    problems: list[Diagnostic] = []
    chosen, _ = given_rules(paths[0], None, packs, no_builtin=no_builtin, config=config, no_config=no_config)
    others = load.read_all(beside(chosen.rules, paths), problems)
    with reported(color, builtin=chosen.builtin):
        added = load.optional_sources(chosen.packs)
    mine = load.read_all(paths, problems)
    found = verdict([*(load.builtin_sources() if chosen.builtin else ()), *added, *others, *mine])
    problems += found.problems
    own = found.holdings[len(found.holdings) - len(mine) :]
    tell(own, problems, form, color, builtin=chosen.builtin)


class Examined(NamedTuple):
    """What the user's own files define, what all that are loaded do, and the rules as written and to scan with."""

    own: "Sequence[RuleFile]"
    files: "Sequence[RuleFile]"
    written: "Program"
    program: "Program"


def examined(paths: "Sequence[Path]", chosen: "RuleSet", problems: "list[Diagnostic]", color: Color) -> Examined:
    """Reads and checks rule files, which are loaded after those chosen; every problem of theirs goes to `problems`."""
    from factcheck import load

    with reported(color, builtin=chosen.builtin):
        added = load.optional_sources(chosen.packs)
    others = load.read_all(beside(chosen.rules, paths), problems)
    mine = load.read_all(paths, problems)
    sources = [*(load.builtin_sources() if chosen.builtin else ()), *added, *others, *mine]
    files, written, matcher = load.check(sources, problems, cached=True)
    return Examined(files[len(files) - len(mine) :], files, written, matcher.program)


def tell(
    own: "Iterable[Mapping[str, int]]", problems: "Sequence[Diagnostic]", form: Format, color: Color, *, builtin: bool
) -> None:
    """Shows the problems, and what the user's `own` files hold; the end of the program where there are errors."""
    from factcheck.diagnostic import has_errors
    from factcheck.render import summary

    shown = worth_showing(problems, builtin=builtin)
    if form == "text":
        report(shown, color)
    else:
        from factcheck_cli.rules.problems import written_as

        print_out(written_as(form, shown))
    if has_errors(problems):
        raise SystemExit(WRONG)
    if form in ("text", "github"):  # the others are read by programs to the last byte
        print_out(f"{_counted(own)}: {summary(shown) or 'no problems'}\n".encode())


def _counted(holdings: "Iterable[Mapping[str, int]]") -> str:
    """What the files hold, as far as there is any: `1 pack, 3 rules, 8 examples`."""
    counts: Counter[str] = Counter()
    for one in holdings:
        counts.update(one)
    return ", ".join(counted(number, what) for what, number in counts.items() if number)
