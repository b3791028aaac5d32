"""`factcheck explain`: a sentence of an article and why it has its level, a rule, or a diagnostic code."""

import re
from typing import TYPE_CHECKING, Annotated

from factcheck_cli.console import UNREAD, fail, reported
from factcheck_cli.log import Log
from factcheck_cli.options import (
    Argument,
    ColorOption,
    NoBuiltinOption,
    Option,
    PackOption,
    RulesOption,
    Segment,
    names,
)
from factcheck_cli.output import print_out
from factcheck_cli.place import place
from factcheck_cli.reading import ID_FIELD, TEXT_FIELD
from factcheck_cli.rules_show import cards, page_style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from factcheck import Scanner
    from factcheck.document import Explanation
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
    log = Log()
    found = place(what)
    if found:
        from factcheck import Scanner

        texts = found.texts(text_field, id_field, log)
        with reported(color, builtin=not no_builtin):
            scanner = Scanner(rules or (), packs=names(packs), builtin=not no_builtin)
        explained = _explained(texts, scanner, segment)
        if not explained and not log.failures:
            fail(found.without_sentence())
        text = _json(explained) if as_json else _pages(explained, page_style(color))
    elif _CODE.fullmatch(what):
        text = _code(what.upper())
    else:
        text = cards([what], rules or (), names(packs), builtin=not no_builtin, color=color)
    print_out(text.encode())
    if log.failures:
        raise SystemExit(UNREAD)


def _explained(
    texts: "Iterable[tuple[Text, range | None]]", scanner: "Scanner", segment: Segment
) -> "list[tuple[str, list[Explanation]]]":
    """The names of the texts that have sentences on the wanted lines, with the explanations of these."""
    from factcheck.explanation import explain as explained_in

    found = ((text.name, explained_in(scanner, text.text, lines, segment=segment)) for text, lines in texts)
    return [(name, explanations) for name, explanations in found if explanations]


def _json(explained: "list[tuple[str, list[Explanation]]]") -> str:
    import orjson

    return "".join(orjson.dumps(one.to_record(name)).decode() + "\n" for name, found in explained for one in found)


def _pages(explained: "list[tuple[str, list[Explanation]]]", style: "Style") -> str:
    from factcheck_cli.account import account

    return "\n".join(account(name, found, style) for name, found in explained)


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
