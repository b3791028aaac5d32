"""The format for spreadsheets and data frames: comma-separated values, one sentence a row."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from factcheck import Document, Sentence
    from factcheck_cli.quiet.hush import Hush
    from factcheck_cli.terminal.style import Style
    from factcheck_cli.work.rulebook import Rulebook

_BEFORE = ("doc", "index", "start", "end", "level", "confidence", "polarity")
_AFTER = ("source", "source_kind", "rules", "cues", "text", "place")
_BEYOND = ("reported", "suppressed")
"""Where what is suppressed is printed, too."""
SUPPRESSED = True
"""What is suppressed can be told as such."""
_SIGNAL = "signal_"  # keeps a pack called `text` from making a second column of that name

# Spreadsheets take the wide signs for the others. Where they part cells at semicolons, one in the text does so, too.
_FORMULA = re.compile(r"(^|;)(?=\s*[=+\-@＝＋－＠].|\t)")  # noqa: RUF001
_GUARDED = re.compile(r"(^|;)'(?=\s*[=+\-@＝＋－＠].|\t)")  # noqa: RUF001
_BREAK = re.compile(r"[\r\n]")


def begin(rulebook: "Rulebook", style: "Style", /, *, file: bool) -> bytes:
    """The names of the columns.

    Excel takes a file for UTF-8 by its byte order mark alone. In a pipe the mark would only stick to the first name.
    """
    beyond = _BEYOND if style.suppressed else ()
    head = rows([[*_BEFORE, *(_SIGNAL + name for name in rulebook.signals), *_AFTER, *beyond]])
    return codecs.BOM_UTF8 + head if file else head


def page(document: "Document", sentences: Sequence["Sentence"], style: "Style", /) -> bytes:
    """The sentences of the document, in UTF-8, a row each."""
    told = document.origin.where.told if document.origin else None
    found = (_row(document.name, one, style.signals or one.signals, told) for one in sentences)
    if style.suppressed:
        quiet = document.quiet or {}
        found = ([*row, *_left(one, quiet.get(one.index))] for row, one in zip(found, sentences, strict=True))
    return rows(found, style)


def _left(one: "Sentence", left: "Hush | None") -> list[object]:
    """The level at which a sentence is reported, and what is suppressed of it and why."""
    if not left:
        return [one.level, ""]
    return [left.level, guarded(" | ".join(note.told() for note in left.suppressed))]


def _row(name: str, one: "Sentence", signals: Iterable[str], told: Callable[[int], str] | None) -> list[object]:
    """A cell of a signal that nobody asked for is empty."""
    source = (guarded(one.source.text), one.source.kind) if one.source else ("", "")
    return [
        guarded(name),
        one.index,
        one.span.start,
        one.span.end,
        one.level,
        one.confidence,
        one.polarity,
        *(one.signals.get(name, "") for name in signals),
        *source,
        " ".join(finding.rule for finding in one.findings),
        guarded(" | ".join(" ".join(finding.text.split()) for finding in one.findings)),
        guarded(one.text),
        told(one.span.start) if told else "",
    ]


def guarded(cell: str) -> str:
    """The cell on one line, with a mark that keeps a spreadsheet from running what looks like a formula."""
    return _FORMULA.sub(r"\1'", _BREAK.sub(" ", cell))


def unguarded(cell: str) -> str:
    """A cell of such a table without the marks that guard the spreadsheet."""
    return _GUARDED.sub(r"\1", cell)


def rows(cells: Iterable[Iterable[object]], style: "Style | None" = None) -> bytes:
    """Rows as RFC 4180 has them; what a terminal is shown cannot steer it."""
    page = io.StringIO(newline="")
    csv.writer(page).writerows(cells)
    if style and style.terminal:
        from factcheck.render import visible

        return "".join(f"{visible(row)}\r\n" for row in page.getvalue().split("\r\n")[:-1]).encode()
    return page.getvalue().encode()
