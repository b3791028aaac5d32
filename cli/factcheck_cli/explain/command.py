"""`factcheck explain`: a sentence of an article and why it has its level, a rule, or a diagnostic code."""

import re
import sys
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

from factcheck_cli.inputs.place import place
from factcheck_cli.loaded import configured, given_rules, reported
from factcheck_cli.log import Log
from factcheck_cli.options import (
    ID_FIELD,
    TEXT_FIELD,
    Argument,
    ColorOption,
    ConfigOption,
    NoBuiltinOption,
    NoConfigOption,
    Option,
    PackOption,
    RulesOption,
    Segment,
    TypeOption,
    WholePageOption,
)
from factcheck_cli.output.sink import print_out
from factcheck_cli.rules.show import cards, find
from factcheck_cli.terminal.console import UNREAD, fail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from factcheck import Scanner
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.terminal.style import Style

    _Telling = tuple[Callable[..., list[Any]], Callable[[Text, list[Any]], str]]

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
    rule: Annotated[
        str | None,
        Option(
            metavar="PACK/RULE",
            help="Of a line of an article: what this one rule does there, stage by stage.",
            show_default=False,
        ),
    ] = None,
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    segment: Annotated[
        Segment | None,
        Option(
            "--segment",
            help="Find the sentences of the article, or take each line as one.",
            show_default="auto",
        ),
    ] = None,
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
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    as_json: Annotated[bool, Option("--json", help="One JSON line for each explained sentence.")] = False,
    color: ColorOption = "auto",
) -> None:
    """Explain a sentence's level, a rule, or a diagnostic code.

    Of an article the sentences that stand on the line are shown: their cues
    in place, what counted, what did not and why, what was silenced and by
    which line, who vouches, and what would change the level.

    FILE:12 is a line, FILE:3-7 are several, FILE alone is all of it. In a
    .jsonl file each row is a document: ROWS.jsonl:2 is all of the second.

    With --rule one rule is followed on these sentences: the words, what each
    of its patterns finds or how near it comes, its hits, which line takes
    them away, where they stand, and the level with it and without.

    Rules and severities are those that the configuration names for the article,
    as a scan has them; of a rule those for the working directory.

    `factcheck explain` and `factcheck rules why` are one command.

    Examples:
      factcheck explain article.txt:12
      factcheck explain article.txt:3-7 --json
      factcheck rules why article.txt:12 --rule hedge/could
      factcheck explain rows.jsonl:2 --text-field body
      factcheck explain hedge/could
      factcheck explain house/unnamed-insider --rules house.fact
      factcheck explain FC021

    Exit status:
      0  fine
      2  no such line, rule or code, or a wrong rule file
      3  the article could not be read
    """
    given = locals()  # the options, before anything is made of them
    from factcheck_cli.config.resolve import how_to_read
    from factcheck_cli.terminal.style import style_for

    style = style_for(sys.stdout, color)
    log = Log()
    found = place(what)
    if found:
        chosen, layer = configured(found.path, given, config, no_config=no_config)
        segment = layer["segment"].value if "segment" in layer else "auto"
        how = how_to_read(layer)
        texts = list(found.texts(replace(how, any_language=True), log))
        with reported(color, builtin=chosen.builtin, layer=layer):
            scanner = chosen.scanner()
        if not how.any_language:
            _tell_foreign((text for text, _ in texts), scanner, log)
        of, page = _traces(rule, scanner, segment, style) if rule else _accounts(scanner, segment, style)
        told = ((text, of(text.text, lines=on, marks=text.marks, line=text.numbering)) for text, on in texts)
        explained = [(text, each) for text, each in told if each]
        if not rule:
            explained = [(text, _quietened(scanner, text, each, segment, log)) for text, each in explained]
        if not explained and not log.failures:
            fail(found.without_sentence([text for text, _ in texts]))
        out = _json(explained) if as_json else "\n".join(page(text, each) for text, each in explained)
    elif rule:
        fail(f"--rule follows a rule on a line of an article: factcheck explain article.txt:12 --rule {rule}")
    elif _CODE.fullmatch(what):
        out = _code(what.upper())
    else:
        chosen, layer = given_rules(".", rules, packs, no_builtin=no_builtin, config=config, no_config=no_config)
        out = cards([what], chosen, layer, color)
    print_out(out.encode())
    if log.failures:
        raise SystemExit(UNREAD)


def _tell_foreign(texts: "Iterable[Text]", scanner: "Scanner", log: Log) -> None:
    """Notes which of the texts a scan would skip for their language."""
    from factcheck_cli.inputs.language import unread
    from factcheck_cli.inputs.reading import is_plainly_english, languages

    read = languages(scanner.program)
    for text in texts:
        if not is_plainly_english(text.text) and (why := unread(text.text, read)):
            log.note(text.name, f"{why}: a scan skips it, unless --any-language is given")


def _accounts(scanner: "Scanner", segment: Segment, style: "Style") -> "_Telling":
    """What explains the sentences of a text on some lines, and what draws that."""
    from factcheck.explanation import explain as explained_in
    from factcheck_cli.terminal.account import account

    return partial(explained_in, scanner, segment=segment), partial(account, style=style)


def _quietened(scanner: "Scanner", text: "Text", found: "list[Any]", segment: Segment, log: Log) -> "list[Any]":
    """The explanations, those of sentences that are suppressed with what is left of them."""
    from dataclasses import replace

    from factcheck_cli.quiet.quieter import Quieter
    from factcheck_cli.quiet.suppressed import today

    of, counts = Quieter(scanner, (today(),)).whole(text, segment)
    for where, message in counts.told:
        log.warning(where, message)
    for where, message in counts.notes():
        log.note(where, message)
    return [replace(one, quiet=left) if (left := of.get(one.sentence.index)) else one for one in found]


def _traces(wanted: str, scanner: "Scanner", segment: Segment, style: "Style") -> "_Telling":
    """What follows a rule on them, and what draws that."""
    from factcheck.origins import Origins
    from factcheck.packs import SUFFIX
    from factcheck.trace import trace
    from factcheck_cli.explain.trace_page import page

    if wanted.lower().endswith(SUFFIX):
        fail(f"--rule follows a rule, such as pack/rule; a rule file is loaded with --rules {wanted}")
    origins = Origins(scanner.sources)
    rule = find(wanted, origins.files)
    now = next((one for one in scanner.program.rules if one.id == rule.id), None)
    if not now:
        fail(f"rule `{rule.id}` is switched off in {origins.switched_off(rule.id)}, and finds nothing")
    return partial(trace, scanner, rule=rule.id, segment=segment), partial(page, rule=now, style=style)


def _json(explained: "list[tuple[Text, list[Any]]]") -> str:
    import orjson

    from factcheck_cli.inputs.origin import placed

    written = ((text.origin, (one.to_record(text.name) for one in found)) for text, found in explained)
    lines = (line for origin, records in written for line in (placed(records, origin) if origin else records))
    return "".join(orjson.dumps(line).decode() + "\n" for line in lines)


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
