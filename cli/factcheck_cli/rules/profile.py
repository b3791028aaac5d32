"""`factcheck rules profile`: what each pattern costs, and why."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple

from factcheck_cli.loaded import Choice, beside, given_rules, how_read, loaded
from factcheck_cli.log import Log
from factcheck_cli.options import (
    AnyLanguageOption,
    Argument,
    ColorOption,
    ConfigOption,
    IdFieldOption,
    NoBuiltinOption,
    NoConfigOption,
    Option,
    PackOption,
    Segment,
    SegmentOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
)
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import UNREAD, counted, fail, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from factcheck import Scanner
    from factcheck.judge.expense import Reason
    from factcheck.judge.profile import Cost, Profile
    from factcheck.language.rule import Examples
    from factcheck.origins import Line, Origins
    from factcheck.text.article import Article
    from factcheck_cli.inputs.parts import Inputs

_MOST: Final = 10
_ENOUGH: Final = 500_000
"""Words and marks of texts that tell what patterns cost."""


def profile(  # noqa: PLR0913 - one parameter an option
    paths: Annotated[
        list[Path] | None,
        Argument(
            metavar="PATH",
            help=".fact files, or folders of them, whose patterns are shown. Without one: those of all packs.",
            show_default=False,
        ),
    ] = None,
    *,
    on: Annotated[
        list[str] | None,
        Option(
            "--on",
            metavar="CORPUS",
            help="Measure on these texts, which are taken as `factcheck scan` takes them. Repeatable.",
            show_default="the packs' examples and a made text with words as frequent as in news",
        ),
    ] = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    most: Annotated[
        int | None,
        Option(
            "--most", metavar="N", least=0, help="Show the N most costly patterns.", show_default="10; all with --json"
        ),
    ] = None,
    segment: SegmentOption = "auto",
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    as_json: Annotated[bool, Option("--json", help="Print all of it as JSON.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Tell what each pattern costs, why, and what would make it cheaper.

    Counted is what the search does, not how long it takes, so the same
    rules and texts give the same figures anywhere: places where a pattern
    is tried, steps (words looked at from there), and states to remember.
    Patterns that are tried together share their steps.

    Examples:
      factcheck rules profile house.fact
      factcheck rules profile house.fact --on articles/
      factcheck rules profile --on rows.jsonl --text-field body --most 30
      factcheck rules profile packs/ --no-builtin --json

    Exit status:
      0  fine
      2  wrong usage or a wrong rule file
      3  some texts could not be read; all others are measured
    """
    typed = locals()  # the options, before anything is made of them
    from factcheck.judge.profile import profile as profiled
    from factcheck.origins import Origins
    from factcheck_cli.inputs.parts import Inputs
    from factcheck_cli.rules import profile_page
    from factcheck_cli.terminal.style import style_for

    given, layer = given_rules(
        paths[0] if paths else ".", None, packs, no_builtin=no_builtin, config=config, no_config=no_config
    )
    files: Sequence[str | Path] = [*beside(given.rules, paths), *paths] if paths else given.rules
    scanner = loaded(files, Choice(given.packs), color, builtin=given.builtin, layer=layer).scanner
    origins, log = Origins(scanner.sources), Log()
    if on:
        how = how_read(on[0], typed, config, no_config=no_config, programs=[scanner.program])
        articles = _articles(Inputs(tuple(on), how), scanner, segment, log)
        what = ""
    else:
        articles, what = _examples(origins, scanner), "examples and a made text"
    found = profiled(scanner.matcher, articles)
    if not found.tokens and not log.failures:
        fail("there is no word to measure on; name other texts with --on")
    shown = [one for one in _priced(found, scanner, origins) if not paths or _is_in(one.line, paths)]
    limit = most if most is not None else len(shown) if as_json else _MOST
    if as_json:
        print_out(_json(found, shown[:limit]))
    elif found.tokens:
        style = style_for(sys.stdout, color)
        print_out(profile_page.page(found, what, shown, limit, style).encode())
    if log.failures:
        say(f"{log.failures:,} could not be read, {counted(found.tokens, 'word')} measured")
        raise SystemExit(UNREAD)


class Priced(NamedTuple):
    """A pattern with its rule, its line, what it costs, and why if that is much."""

    rule: str
    line: "Line"
    cost: "Cost"
    reasons: "tuple[Reason, ...]"

    def to_record(self) -> dict[str, Any]:
        """As JSON has it."""
        cost = self.cost
        return {
            "rule": self.rule,
            "field": self.line.field.name,
            "line": self.line.place,
            "pattern": self.line.pattern.text,
            "from_its_end": cost.backwards,
            "places": cost.places,
            "steps": cost.steps,
            "share": round(cost.share, 6),
            "spares": cost.spares,
            "states": cost.states,
            "hits": cost.hits,
            "counted_to_the_end": not cost.crowded,
            "starts": [{"word": word, "places": places} for word, places in cost.starts],
            "reasons": [one._asdict() for one in self.reasons],
        }


def _articles(inputs: "Inputs", scanner: "Scanner", segment: Segment, log: Log) -> "Iterator[Article]":
    """The texts as they are read, until there are enough words."""
    from factcheck.scan import read_in_parts
    from factcheck_cli.work.batch import told_batches

    words = 0
    for batch in told_batches(inputs, log):
        texts, marks = batch.marked()
        for reading in read_in_parts(texts, segment, scanner.matcher.symbols.lexicon, marks):
            yield reading.article
            words += len(reading.article.tokens)
            if words >= _ENOUGH:
                log.note("--on", f"the first {words:,} words are enough to tell; the rest is not read")
                return


def _examples(origins: "Origins", scanner: "Scanner") -> "Iterator[Article]":
    """The sentences that show what the rules do, and a text in which words are as frequent as in news."""
    from factcheck.judge.warm import made
    from factcheck.text.article import read_all

    lexicon = scanner.matcher.symbols.lexicon
    texts = [made(lexicon.words)]
    for file in origins.files:
        owners: list[Examples] = [*file.rules, *file.amendments]
        texts += [example.text for owner in owners for example in (*owner.flag, *owner.quiet)]
    yield read_all(texts, lexicon=lexicon)


def _priced(found: "Profile", scanner: "Scanner", origins: "Origins") -> "Iterator[Priced]":
    """The patterns, the most costly first."""
    from factcheck.judge.expense import reasons
    from factcheck.judge.reference import rule_patterns

    fields = ("match", "except", "unless")
    for cost in found.costs:
        rule, role = scanner.program.rules[cost.goal.rule], cost.goal.role
        line = origins.lines(rule.id, fields[role])[cost.number]
        pattern = rule_patterns(rule, role)[cost.number]
        why = reasons(cost, pattern, scanner.program.lists, found.tokens)
        yield Priced(rule.id, line, cost, tuple(why))


def _is_in(line: "Line", paths: "Sequence[Path]") -> bool:
    """Whether the line is written in one of the files, or in a file of one of the folders."""
    file = Path(line.owner.source.name)
    return any(path == file or path in file.parents for path in paths)


def _json(found: "Profile", shown: "Sequence[Priced]") -> bytes:
    import orjson

    patterns = [one.to_record() for one in shown]
    record = {"words": found.tokens, "steps": found.steps, "patterns": patterns}
    return orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
