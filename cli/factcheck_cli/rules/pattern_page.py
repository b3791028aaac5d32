"""What `factcheck rules try` shows people: sentences with what a pattern matches marked, and numbers."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.cues import around, quoted
from factcheck_cli.terminal.style import BOLD, Style, clean, hanging
from factcheck_cli.terminal.table import Column, table

if TYPE_CHECKING:
    from factcheck.search import Match, Passage
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.rules.pattern import Tried

_INDENT: Final = 4  # columns before a sentence


def passage(text: "Text", found: "Passage", style: Style) -> str:
    """The sentence, its matches marked, and what these capture; a blank line behind."""
    return "".join(f"{line}\n" for line in (*_passage(text, found, style), ""))


def _passage(text: "Text", found: "Passage", style: Style) -> Iterator[str]:
    yield style.paint(f"{clean(text.name)}:{text.number(found.span.start)}:", BOLD)
    marks = bytearray(len(found.text))
    for match in found.matches:
        start, end = match.span.shifted(-found.span.start)
        marks[start:end] = b"\2" * (end - start)
    yield from around(found.text, marks, style, _INDENT)
    for match in found.matches:
        if match.captures:
            yield from hanging("", _captures(match, several=len(found.matches) > 1), style.columns, _INDENT)


def _captures(match: "Match", *, several: bool) -> str:
    told = (f"{one.name} {quoted(one.text)}{f' ({one.kind})' if one.kind else ''}" for one in match.captures)
    return f"{f'{quoted(match.text)}: ' if several else ''}{', '.join(told)}"


def summary(tried: "Tried", most: int, nearest: str, style: Style) -> str:
    """The numbers, and as many of the different matches as are wanted; or how many sentences were not shown.

    `nearest` is where the pattern comes nearest to a match, if that is to be told.
    """
    return "".join(f"{line}\n" for line in _summary(tried, most, nearest, style))


def _summary(tried: "Tried", most: int, nearest: str, style: Style) -> Iterator[str]:
    if not tried.matches:
        yield f"no match in {counted(tried.read, 'document')}"
        if nearest:
            yield from hanging("", nearest, style.columns, 0)
        return
    matches, sentences = counted(tried.matches, "match", "matches"), counted(tried.sentences, "sentence")
    documents = f"{tried.documents:,} of {counted(tried.read, 'document')}"
    yield f"{matches} in {sentences} of {documents}" if tried.read > 1 else f"{matches} in {sentences}"
    if tried.words is None:
        if more := tried.sentences - tried.shown:
            yield f"{more:,} more; --most shows more"
        return
    words, more = tried.different(most)
    if words:
        columns = [
            Column("words", [text for text, _ in words]),
            Column("matches", [f"{number:,}" for _, number in words]),
            Column("", [f"{number / tried.matches:.0%}" for _, number in words], 1),
        ]
        yield ""
        yield from table(columns, style)
    if more:
        yield ""
        yield f"{more:,} more; --most shows more"
