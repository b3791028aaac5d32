"""An output format: what its module has, pages for documents and what stands around and between them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from factcheck import Document, Scanner, Sentence
from factcheck.graded import Graded
from factcheck.text.columns import Rows
from factcheck_cli.inputs.origin import Origin
from factcheck_cli.inputs.text import Text
from factcheck_cli.log import Log, Unread
from factcheck_cli.output.sink import Out
from factcheck_cli.tally import Tally
from factcheck_cli.terminal.style import Style
from factcheck_cli.work.rulebook import Rulebook

if TYPE_CHECKING:
    from factcheck_cli.quiet.hush import Hushed
    from factcheck_cli.work.settings import Settings

Judged = Iterable[tuple[Graded, "Hushed | None"]]
"""The parts of a scan, each with what is silent in it."""


class OfParts(Protocol):
    """Writes documents of which it is to be said why their sentences have their levels."""

    def __call__(
        self, scanner: Scanner, parts: Judged, texts: Iterable[Text], settings: "Settings", /
    ) -> Iterator[tuple[bytes, Tally]]:
        """The page of each document that ends in the parts, and what is in it; the texts are those of the parts."""


class Bind(Protocol):
    """Opens what takes all that is written and makes one output of it."""

    def __call__(
        self, target: Path | None, rulebook: Rulebook, log: Log, /, *, folder: bool
    ) -> AbstractContextManager[Out]:
        """For the file or the folder, or for standard output."""


class Begin(Protocol):
    """What stands at the beginning of an output."""

    def __call__(self, rulebook: Rulebook, style: Style, /, *, file: bool) -> bytes:
        """The beginning, for these rules; `file` says whether it goes into a file and not into a pipe."""


class OfCounts(Protocol):
    """Counts what there is in documents, instead of writing them."""

    def __call__(self, part: Graded, texts: Sequence[Text], by: str, /) -> bytes:
        """What was counted, for whoever sums it up; `by` is what groups of documents are told apart by."""


Origins = Sequence[Origin | None]
"""What is known of the sources of documents, one each; empty where nothing is."""


class OfColumns(Protocol):
    """Writes many documents at once."""

    def __call__(self, part: Graded, shown: Rows | None, origins: Origins, hushed: "Hushed | None", /) -> bytes:
        """The sentences in the rows that are shown, or all; what is known of their sources, and what is silent."""


class OfTexts(Protocol):
    """The same, where it is to be known what documents are texts of."""

    def __call__(
        self,
        texts: Sequence[Text],
        part: Graded,
        shown: Rows | None,
        origins: Origins,
        hushed: "Hushed | None",
        /,
    ) -> bytes:
        """The sentences of the texts."""


@dataclass(frozen=True, slots=True)
class Format:
    """What the module of an output format has: a page for each document, and what stands around and between them.

    One whose documents have nothing around them may write many of them at once, from columns; one that explains
    sentences is given the parts of a scan. A `report` is a page that needs to know where the text comes from. `bind`
    opens what takes the pages where an output is more than one behind the other. `summed` has all counted that is told
    to people; `counts` makes statistics. `unread` is a page behind all others on what could not be read. One that has a
    place for what is `suppressed` tells it where that is wanted.
    """

    page: Callable[[Document, list[Sentence], Style], bytes] | None = None
    report: Callable[[Text, Document, list[Sentence], Style], bytes] | None = None
    of_columns: OfColumns | None = None
    of_texts: OfTexts | None = None
    of_parts: OfParts | None = None
    counts: OfCounts | None = None
    bind: Bind | None = None
    begin: Begin = lambda _rulebook, _style, *, file: b""  # noqa: ARG005 - most begin with nothing
    between: bytes = b""
    unread: Callable[[Unread], bytes] = lambda _unread: b""
    end: Callable[[Tally, Style], bytes] = lambda _tally, _style: b""
    summed: bool = False
    suppressed: bool = False


FORMATS = {
    "json": "formats.json_array",
    "csv": "formats.csv_table",
    "html": "html_report.pages",
    "baseline": "baseline.lines",
    "stats": "stats.count",
}
"""The modules of formats that are not called as these; the others stand in `formats`."""

_PARTS = {
    "page": "page",
    "report": "report",
    "of_columns": "of_columns",
    "of_texts": "of_texts",
    "of_parts": "of_parts",
    "counts": "counts",
    "bind": "bind",
    "begin": "begin",
    "between": "BETWEEN",
    "unread": "unread",
    "end": "end",
    "summed": "SUMMED",
    "suppressed": "SUPPRESSED",
}
"""The parts of a format, and what its module calls each."""


def format_called(name: str) -> Format:
    """The format of this name; the modules of the others are not loaded."""
    module = vars(import_module(f"factcheck_cli.{FORMATS.get(name, f'formats.{name}')}"))
    return Format(**{part: module[found] for part, found in _PARTS.items() if found in module})
