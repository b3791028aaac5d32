"""Paragraphs and sentences of a text as a scan finds them, before any rule is asked."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from factcheck.text.article import read_all
from factcheck.text.marked import Mark

if TYPE_CHECKING:
    from factcheck.text.marked import Kind
    from factcheck.text.segment import Mode
    from factcheck_cli.inputs.text import Text

BLOCK: Final = "block"
_KINDS: Final = ("heading", "caption", "code", "mail")


class Paragraph(NamedTuple):
    """Where the sentences of a paragraph begin and end in the text, and what it is."""

    sentences: tuple[tuple[int, int], ...]
    kinds: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.sentences[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.sentences[-1][1]


def seen(text: "Text", mode: "Mode") -> list[Paragraph]:
    """All of the text."""
    return list(_paragraphs(text, mode))


def _paragraphs(text: "Text", mode: "Mode") -> Iterator[Paragraph]:
    marks = [[Mark(start, end, cast("Kind", kind)) for start, end, kind in text.marks]] if text.marks else []
    of = read_all([text.text], mode, marks=marks).sentences
    blocks = {start for start, _, kind in text.marks if kind == BLOCK}
    flags = (getattr(of, kind).tolist() for kind in _KINDS)
    rows = zip(of.paragraph.tolist(), of.start.tolist(), of.stop.tolist(), zip(*flags, strict=True), strict=True)
    for _, group in groupby(rows, key=lambda row: row[0]):
        found = list(group)
        kinds = [kind for kind, holds in zip(_KINDS, found[0][3], strict=True) if holds]
        kinds += [BLOCK] if found[0][1] in blocks else []
        yield Paragraph(tuple((start, stop) for _, start, stop, _ in found), tuple(kinds))
