"""`factcheck rules list`: a row for each rule there is."""

import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Final

from factcheck_cli.loaded import given_rules, reported
from factcheck_cli.options import ColorOption, ConfigOption, NoBuiltinOption, NoConfigOption, Option, RulesOption, names
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import counted, fail

if TYPE_CHECKING:
    from factcheck.language import program
    from factcheck.language.rule import Rule
    from factcheck.measured import Measured
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.terminal.table import Column

_MESSAGE: Final = 60  # columns of a message, where there is room for any
_LONGEST_NAME: Final = 161  # columns of pack/rule


def _packs(typed: str) -> list[tuple[str, str]]:
    """The packs that may be meant, behind those before the last comma, with their titles."""
    from factcheck.packs import builtin_files, head, optional_files

    before, comma, begun = typed.rpartition(",")
    heads = (head(file.read_text("utf-8")) for file in (*builtin_files(), *optional_files().values()))
    found = [(one.name, one.title) for one in heads if one.name.startswith(begun) and one.name not in before.split(",")]
    return [(f"{before}{comma}{name}", title) for name, title in found]


def list_rules(  # noqa: PLR0913, PLR0917 - one parameter an option
    rules: RulesOption = None,
    packs: Annotated[
        list[str] | None,
        Option("--pack", metavar="X,…", help="Only these packs; opt-in ones are loaded for it.", complete=_packs),
    ] = None,
    levels: Annotated[
        list[str] | None, Option("--level", metavar="X,…", help="Only rules of these levels; also note and no-claim.")
    ] = None,
    tags: Annotated[
        list[str] | None, Option("--tag", metavar="X,…", help="Only rules that have one of these tags.")
    ] = None,
    min_weight: Annotated[float | None, Option(metavar="W", help="Only rules of this weight or more.")] = None,
    max_weight: Annotated[float | None, Option(metavar="W", help="Only rules of this weight or less.")] = None,
    no_builtin: NoBuiltinOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    as_json: Annotated[bool, Option("--json", help="Print the rules as a JSON array.")] = False,
    color: ColorOption = "auto",
) -> None:
    """List the rules: their levels, weights and tags, in the order they are loaded.

    These are the built-in rules and those of --rules or of the configuration,
    as they are after all amendments. What is asked for with several options has to hold at once.

    Of built-in rules `cases` tells how often they fired on labelled sentences,
    `precision` which share of that was right: as they ship, not as amended.

    Examples:
      factcheck rules list
      factcheck rules list --pack hedge,doubt --min-weight 0.9
      factcheck rules list --pack numbers
      factcheck rules list --level unverified --tag sourcing
      factcheck rules list --rules house.fact --no-builtin --json

    `factcheck rules show NAME` shows all of a rule.

    Exit status: 0 fine, 2 no such pack, level or tag, or a wrong rule file.
    """
    from factcheck.load import parsed
    from factcheck.packs import optional_files
    from factcheck_cli.terminal.style import style_for

    wanted = _Wanted(names(packs), names(levels), names(tags), min_weight, max_weight)
    wanted.check_weights()
    given, layer = given_rules(".", rules, None, no_builtin=no_builtin, config=config, no_config=no_config)
    chosen = given.whole
    opted = [name for name in wanted.packs if name in optional_files()]
    with reported(color, builtin=chosen.builtin, layer=layer):
        scanner = chosen._replace(packs=(*chosen.packs, *opted)).scanner()
    now = {rule.id: rule for rule in scanner.program.rules}
    files = parsed(scanner.sources, [], cached=True)
    rows = [_Row(rule, now.get(rule.id)) for file in files for rule in file.rules]
    wanted.check_names([pack.name for pack in scanner.program.packs], {tag for row in rows for tag in row.rule.tags})
    kept = [row for row in rows if wanted.takes(row)]
    print_out(_json(kept) if as_json else _page(kept, style_for(sys.stdout, color)).encode())


@dataclass(frozen=True, slots=True)
class _Row:
    """A rule as it is written, and as it is after amendments: None when it is switched off."""

    rule: "Rule"
    now: "program.Rule | None"

    @property
    def shown(self) -> "Rule | program.Rule":
        """What there is to say of it."""
        return self.now or self.rule

    @property
    def level(self) -> str:
        """Its level, or that there is none."""
        return self.shown.level if self.now else f"{self.shown.level} (off)"

    @property
    def figures(self) -> "tuple[Measured, ...]":
        """What was measured of it, set by set."""
        from factcheck_cli.rules.card import own_figures

        return own_figures(self.rule)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for; nothing asks for everything."""

    packs: Sequence[str]
    levels: Sequence[str]
    tags: Sequence[str]
    least: float | None
    most: float | None

    def check_weights(self) -> None:
        """Ends the program when no weight can be like this."""
        for name, weight in (("--min-weight", self.least), ("--max-weight", self.most)):
            if weight is not None and not 0 <= weight <= 1:
                fail(f"{name} {weight:g}: a weight is a number from 0 to 1")
        if self.least is not None and self.most is not None and self.least > self.most:
            fail(f"--min-weight {self.least:g} is more than --max-weight {self.most:g}: no rule has such a weight")

    def check_names(self, packs: Collection[str], tags: Collection[str]) -> None:
        """Ends the program when there is no such pack, level or tag."""
        from factcheck.diagnostic import did_you_mean
        from factcheck.language.program import LEVELS

        kinds = (("pack", self.packs, packs), ("level", self.levels, LEVELS), ("tag", self.tags, tags))
        for kind, asked, known in kinds:
            for name in asked:
                if name not in known:
                    near = did_you_mean(name, known)
                    other = (
                        "; --rules adds the file of another" if kind == "pack" and not near.startswith("did") else ""
                    )
                    fail(f"no {kind} is called `{name}`" + (f": {near}" if near else "") + other)

    def takes(self, row: _Row) -> bool:
        """Whether the rule is like that."""
        weight = row.shown.weight
        return (
            (not self.packs or row.rule.pack in self.packs)
            and (not self.levels or row.shown.level in self.levels)
            and (not self.tags or not set(self.tags).isdisjoint(row.rule.tags))
            and (self.least is None or weight >= self.least)
            and (self.most is None or weight <= self.most)
        )


def _json(rows: Sequence[_Row]) -> bytes:
    import orjson

    return orjson.dumps([_record(row) for row in rows], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _record(row: _Row) -> dict[str, object]:
    rule, shown = row.rule, row.shown
    return {
        "rule": rule.id,
        "pack": rule.pack,
        "name": rule.name,
        "level": shown.level,
        "weight": shown.weight,
        "severity": shown.severity,
        "polarity": shown.polarity,
        "tags": list(rule.tags),
        "message": shown.message,
        "enabled": row.now is not None,
        "file": rule.source.name,
        "line": rule.source.place(rule.statement.span.start).line,
        "measured": [{"set": one.set, "hits": one.hits, "right": one.right} for one in row.figures],
    }


def _page(rows: Sequence[_Row], style: "Style") -> str:
    """A table, as much of it as there is room for, and how many rules it has."""
    from factcheck_cli.terminal.style import cut
    from factcheck_cli.terminal.table import Column, table

    columns = [
        Column("rule", [row.rule.id for row in rows]),
        Column("level", [row.level for row in rows], left=True),
        Column("weight", [f"{row.shown.weight:.2f}" for row in rows]),
        *_figures(rows),
        Column("tags", [", ".join(row.rule.tags) for row in rows], spare=3, left=True),
        Column("message", [cut(row.shown.message, _MESSAGE) for row in rows], spare=4, left=True),
    ]
    packs = {row.rule.pack for row in rows}
    total = f"{counted(len(rows), 'rule')} in {counted(len(packs), 'pack')}" if rows else "no rule is like that"
    # What a rule is called is asked for elsewhere, so all of it is shown.
    lines = [*table(columns, style, _LONGEST_NAME), "", total] if rows else [total]
    return "".join(f"{line}\n" for line in lines)


def _figures(rows: Sequence[_Row]) -> "Iterator[Column]":
    """How often each fired where people had labelled, and how often rightly; nothing where none was measured."""
    from factcheck.measured import in_all
    from factcheck_cli.terminal.table import NOTHING, Column

    found = [in_all(row.figures) for row in rows]
    if any(found):
        yield Column("cases", [f"{one.hits:,}" if one else NOTHING for one in found], spare=1)
        yield Column("precision", [f"{one.precision:.3f}" if one else NOTHING for one in found], spare=2)
