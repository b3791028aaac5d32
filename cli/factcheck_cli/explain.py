"""`factcheck explain`: a sentence of an article and why it has its level, a rule, or a diagnostic code."""

import re
import shutil
import sys
from typing import TYPE_CHECKING, Annotated

from factcheck_cli.console import UNREAD, colored, fail, reported
from factcheck_cli.log import Log
from factcheck_cli.options import (
    Argument,
    ColorOption,
    NoBuiltinOption,
    Option,
    PackOption,
    RulesOption,
    Segment,
    TypeOption,
    WholePageOption,
    names,
)
from factcheck_cli.output import print_out
from factcheck_cli.place import is_folder, place
from factcheck_cli.reading import ID_FIELD, TEXT_FIELD, How

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from factcheck import Scanner
    from factcheck.document import Explanation
    from factcheck.language.rule import Rule, RuleFile
    from factcheck_cli.reading import Text
    from factcheck_cli.style import Style

_CODE = re.compile(r"FC\d+", re.IGNORECASE)


def explain(  # noqa: PLR0913, PLR0917 - one parameter an option
    what: Annotated[
        str,
        Argument(
            metavar="ARTICLE:LINE|RULE|CODE",
            help="A line of an article or row of a .jsonl file, a rule (pack/rule, or its name alone), "
            "or a code such as FC021.",
        ),
    ],
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    segment: Annotated[
        Segment, Option("--segment", help="Find the sentences of the article, or take each line as one.")
    ] = "auto",
    text_field: Annotated[
        str | None,
        Option(metavar="NAME", help="The field of a .jsonl row with the text.", show_default=TEXT_FIELD),
    ] = None,
    id_field: Annotated[
        str | None,
        Option(metavar="NAME", help="The field of a .jsonl row with the document's name.", show_default=ID_FIELD),
    ] = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    as_json: Annotated[bool, Option("--json", help="One JSON line for each explained sentence.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Explain a sentence's level, a rule, or a diagnostic code.

    Of an article the sentences that stand on the line are shown: their cues
    in place, what counted, what did not and why, what was silenced and by
    which line, who vouches, and what would change the level.

    FILE:12 is a line, FILE:3-7 are several, FILE alone is all of it. In a
    .jsonl file each row is a document: ROWS.jsonl:2 is all of the second.

    Examples:
      factcheck explain article.txt:12
      factcheck explain article.txt:3-7 --json
      factcheck explain rows.jsonl:2 --text-field body
      factcheck explain hedge/could
      factcheck explain house/unnamed-insider --rules house.fact
      factcheck explain FC021

    Exit status:
      0  fine
      2  no such line, rule or code, or a wrong rule file
      3  the article could not be read
    """
    from factcheck_cli.style import Style

    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    style = Style(columns=columns, color=colored(sys.stdout, color))
    log = Log()
    found = place(what)
    if found:
        from factcheck import Scanner

        texts = list(found.texts(How(text_field, id_field, type, whole_page, any_language=True), log))
        with reported(color, builtin=not no_builtin):
            scanner = Scanner(rules or (), packs=names(packs), builtin=not no_builtin)
        explained = _explained(texts, scanner, segment)
        if not explained and not log.failures:
            fail(found.without_sentence([text for text, _ in texts]))
        text = _json(explained) if as_json else _pages(explained, style)
    elif _CODE.fullmatch(what):
        text = _code(what.upper())
    else:
        from factcheck.load import load, parsed
        from factcheck_cli.card import card

        with reported(color, builtin=not no_builtin):
            loaded = load(rules or (), packs=names(packs), builtin=not no_builtin)
        files = parsed(loaded.sources, [])
        rule = _find(what, files)
        now = next((r for r in loaded.program.rules if r.id == rule.id), None)
        text = card(rule, now, files, style)
    print_out(text.encode())
    if log.failures:
        raise SystemExit(UNREAD)


def _explained(
    texts: "Iterable[tuple[Text, range | None]]", scanner: "Scanner", segment: Segment
) -> "list[tuple[Text, list[Explanation]]]":
    """The texts that have sentences on the wanted lines, with the explanations of these."""
    from factcheck.explanation import explain as explained_in

    found = (
        (
            text,
            explained_in(
                scanner,
                text.text,
                lines,
                segment=segment,
                marks=text.marks,
                line=text.origin.where.number if text.origin else None,
            ),
        )
        for text, lines in texts
    )
    return [(text, explanations) for text, explanations in found if explanations]


def _json(explained: "list[tuple[Text, list[Explanation]]]") -> str:
    import orjson

    from factcheck_cli.origin import placed

    written = ((text.origin, (one.to_record(text.name) for one in found)) for text, found in explained)
    lines = (line for origin, records in written for line in (placed(records, origin) if origin else records))
    return "".join(orjson.dumps(line).decode() + "\n" for line in lines)


def _pages(explained: "list[tuple[Text, list[Explanation]]]", style: "Style") -> str:
    from factcheck_cli.account import account

    titles = (text.origin.where.title() if text.origin else "line" for text, _ in explained)
    pages = zip(explained, titles, strict=True)
    return "\n".join(account(text.name, found, style, title) for (text, found), title in pages)


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


def _find(wanted: str, files: "Sequence[RuleFile]") -> "Rule":
    """The rule of this `pack/rule`, or of this name where only one pack has it."""
    from factcheck.diagnostic import did_you_mean
    from factcheck.packs import how_to_load

    rules = [rule for file in files for rule in file.rules]
    found = [rule for rule in rules if wanted in (rule.id, rule.name)]
    if len(found) == 1:
        return found[0]
    if found:
        fail(f"several rules are called `{wanted}`: {', '.join(rule.id for rule in found)}")
    message = f"there is no rule `{wanted}`"
    if inside := [rule.id for rule in rules if rule.pack == wanted]:
        fail(f"{message}, but a pack; name one of its rules: {', '.join(inside)}")
    if how := how_to_load(wanted, {file.pack.name for file in files if file.pack}):
        fail(f"{message}: {how}")
    if is_folder(wanted):
        fail(f"{message}, but a folder; name one of its files")
    near = did_you_mean(wanted, {name for rule in rules for name in (rule.id, rule.name)})
    return fail(f"{message}: {near}" if near else f"{message}; --rules adds the file it is in")
