"""`factcheck rules try`: looks for a pattern in texts, without a rule file."""

import os
import shlex
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from factcheck_cli.loaded import Choice, Loaded, given_rules, how_read, loaded, reported
from factcheck_cli.log import Log
from factcheck_cli.options import (
    AnyLanguageOption,
    Argument,
    Color,
    ColorOption,
    ConfigOption,
    IdFieldOption,
    NoBuiltinOption,
    NoConfigOption,
    Option,
    PackOption,
    RulesOption,
    Segment,
    SegmentOption,
    TextFieldOption,
    TypeOption,
    WholePageOption,
)
from factcheck_cli.output.sink import print_out
from factcheck_cli.terminal.console import UNREAD, counted, fail, report, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from factcheck.search import Passage, Search
    from factcheck_cli.inputs.parts import Inputs
    from factcheck_cli.inputs.text import Text

    Shown = tuple[Text, Passage]

_MOST = 20
_NEAR = 50_000  # characters of a text that is looked through for what is near


def try_pattern(  # noqa: PLR0913 - one parameter an option
    pattern: Annotated[
        str, Argument(metavar="PATTERN", help="What would stand behind `match` in a rule, in single quotes.")
    ],
    paths: Annotated[
        list[str] | None,
        Argument(
            metavar="FILE",
            help="Articles as `factcheck scan` takes them, folders of them, tables, or - for standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    rules: RulesOption = None,
    packs: PackOption = None,
    no_builtin: NoBuiltinOption = False,
    segment: SegmentOption = "auto",
    count: Annotated[bool, Option("--count", help="Count the matches, and which words are matched how often.")] = False,
    most: Annotated[
        int | None,
        Option(
            "--most",
            metavar="N",
            least=0,
            help="Show at most N sentences, with --count N rows.",
            show_default=f"{_MOST}; all with --json",
        ),
    ] = None,
    text_field: TextFieldOption = None,
    id_field: IdFieldOption = None,
    type: TypeOption = None,  # noqa: A002 - the option's name
    whole_page: WholePageOption = False,
    any_language: AnyLanguageOption = False,
    config: ConfigOption = None,
    no_config: NoConfigOption = False,
    as_json: Annotated[
        bool, Option("--json", help="A JSON line for each sentence with a match; with --count one object.")
    ] = False,
    color: ColorOption = "auto",
) -> None:
    """Look for a pattern in texts, and show its matches in context.

    No rule file is needed: what is found is what a rule with this `match`
    and nothing else would find. {pack.name} is a list of a loaded pack,
    {name} the only one of this name, or the one of a pack in --rules.

    Examples:
      factcheck rules try 'could not' article.txt
      factcheck rules try '{core.saying} source:(<name>)' articles/ --most 50
      factcheck rules try '{insider} ...2 say~' article.txt --rules house.fact
      factcheck rules try 'may | might' rows.jsonl --text-field body --count
      pbpaste | factcheck rules try 'reported*' -

    Exit status:
      0  fine, whether anything matches or not
      2  wrong usage, a wrong pattern, or a wrong rule file
      3  some inputs could not be read; all others are searched
    """
    typed = locals()  # the options, before anything is made of them
    from factcheck_cli.inputs.parts import Inputs
    from factcheck_cli.inputs.text import STDIN
    from factcheck_cli.rules import pattern_page
    from factcheck_cli.terminal.style import style_for

    _check_usage(pattern, paths)
    chosen, layer = given_rules(
        (paths or ["."])[0], rules, packs, no_builtin=no_builtin, config=config, no_config=no_config
    )
    found = loaded(chosen.rules, Choice(chosen.packs), color, builtin=chosen.builtin, layer=layer)
    search = _search(pattern, found, color, builtin=chosen.builtin)
    style = style_for(sys.stdout, color)
    limit = sys.maxsize if as_json else _MOST
    limit = limit if most is None else most
    log, tried = Log(), Tried(words=Counter() if count else None)
    how = how_read((paths or ["."])[0], typed, config, no_config=no_config, programs=[found.scanner.program])
    inputs = Inputs(tuple(paths or (STDIN,)), how)
    for text, passage in _passages(search, inputs, segment, log, tried, 0 if count else limit):
        print_out(_json(text, passage) if as_json else pattern_page.passage(text, passage, style).encode())
    if not as_json:
        print_out(pattern_page.summary(tried, limit, _nearest(search, tried, segment), style).encode())
    elif count:
        print_out(_counts(tried, limit))
    elif more := tried.sentences - tried.shown:
        say(f"{counted(more, 'sentence')} more; --most {tried.sentences} shows them all")
    if log.failures:
        say(f"{log.failures:,} could not be read, {tried.read:,} searched")
        raise SystemExit(UNREAD)


@dataclass(slots=True)
class Tried:
    """What was found and read so far, in numbers; `words` counts the different matches if that is wanted."""

    words: Counter[str] | None
    read: int = 0
    documents: int = 0
    sentences: int = 0
    matches: int = 0
    shown: int = 0
    """Sentences."""
    first: "Text | None" = None
    """The first text that is no longer than one looks through for what is near."""

    def different(self, most: int) -> "tuple[list[tuple[str, int]], int]":
        """The different matches with their numbers, the most frequent first, as many as are wanted; and how many more.

        Capitals make no difference: each is shown as it is written most often.
        """
        from factcheck.text.fold import fold

        written, numbers = dict[str, str](), Counter[str]()
        for text, number in (self.words or Counter()).most_common():
            numbers[fold(text)] += number
            written.setdefault(fold(text), text)
        found = [(written[key], number) for key, number in numbers.most_common()]
        return found[:most], len(found[most:])


def _check_usage(pattern: str, paths: "Sequence[str] | None") -> None:
    """The end of the program where there is nothing to look for, or nothing to look in."""
    if not paths and os.path.isfile(pattern):
        fail(f"{pattern}: this is a file; name the pattern before it: factcheck rules try 'PATTERN' {pattern}")
    loose = [*takewhile(_is_word, paths or ())]
    if loose and len(loose) < len(paths or ()):
        whole = shlex.quote(" ".join([pattern, *loose]))
        rest = shlex.join((paths or ())[len(loose) :])
        fail(f"there is no file `{loose[0]}`; a pattern of several words is quoted: factcheck rules try {whole} {rest}")
    if not paths and sys.stdin.isatty():
        fail("there is nothing to search; name a file or a folder behind the pattern, or pipe a text in")


def _is_word(path: str) -> bool:
    """Whether this is no path of anything, but a word of a pattern."""
    return not (Path(path).suffix or "/" in path or path == "-" or os.path.exists(path))


def _search(pattern: str, found: Loaded, color: Color, *, builtin: bool) -> "Search":
    """The search, or the end of the program with all that is wrong with the pattern."""
    from factcheck.search import Search

    with reported(color, builtin=builtin):
        search = Search(pattern, found.scanner.program, own=found.own)
    report(search.warnings, color)
    return search


def _passages(  # noqa: PLR0913, PLR0917 - what a search needs
    search: "Search", inputs: "Inputs", segment: Segment, log: Log, tried: Tried, most: int
) -> "Iterator[Shown]":
    """The first sentences with matches, as many as are wanted; all are counted."""
    from factcheck_cli.work.batch import told_batches

    for batch in told_batches(inputs, log):
        found = set[int]()
        texts, marks = batch.marked()
        for sighted in search.found(texts, segment, marks):
            found |= sighted.documents()
            tried.matches += len(sighted)
            tried.sentences += sighted.sentences
            if tried.words is not None:
                tried.words.update(sighted.words())
            for passage in sighted.passages(most - tried.shown):
                tried.shown += 1
                yield batch.texts[passage.document], passage
        if not (tried.first or tried.matches):
            tried.first = next((text for text in batch.texts if len(text.text) <= _NEAR), None)
        tried.read += len(batch.texts)
        tried.documents += len(found)


def _nearest(search: "Search", tried: Tried, segment: Segment) -> str:
    """Where the pattern comes nearest if it matches nowhere: in the first text, for only that was kept."""
    text = tried.first
    near = search.nearest(text.text, segment) if text and not tried.matches else None
    return f"in {text.title} {text.number(near[0])} of {text.name} it {near[1]}" if text and near else ""


def _json(text: "Text", passage: "Passage") -> bytes:
    import orjson

    from factcheck_cli.inputs.origin import in_source

    record = passage.to_record(text.name)
    return orjson.dumps(in_source(record, text.origin) if text.origin else record, option=orjson.OPT_APPEND_NEWLINE)


def _counts(tried: Tried, most: int) -> bytes:
    """The numbers as an object, and the different matches, the most frequent first."""
    import orjson

    record: dict[str, Any] = {name: getattr(tried, name) for name in ("matches", "sentences", "documents", "read")}
    record["words"] = [{"text": text, "matches": number} for text, number in tried.different(most)[0]]
    return orjson.dumps(record, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
