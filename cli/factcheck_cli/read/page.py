"""What `factcheck read` shows of a text, for people and for programs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import orjson

from factcheck_cli.inputs.readers.types import TYPES
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.style import BOLD, DIM, Style, clean, hanging

if TYPE_CHECKING:
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.read.seen import Paragraph

_NAMES: Final = {"mail": "quoted", "block": "entry"}
"""What kinds are called where people read it, if otherwise."""


def records(text: "Text", found: "Sequence[Paragraph]") -> bytes:
    """A JSON line for each paragraph, then one for each passage that was left out."""
    return b"".join(orjson.dumps(one) + b"\n" for one in _records(text, found))


def _records(text: "Text", found: "Sequence[Paragraph]") -> Iterator[dict[str, Any]]:
    for number, one in enumerate(found):
        record: dict[str, Any] = {
            "doc": text.name,
            "index": number,
            "start": one.start,
            "end": one.end,
            "text": text.text[one.start : one.end],
            "kinds": one.kinds,
            "sentences": [{"start": start, "end": end} for start, end in one.sentences],
        }
        if text.origin:
            record["place"] = text.origin.where.place(one.start, one.end)
            record |= {} if number else {"about": text.origin.about()}
        yield record
    for left in text.left:
        yield {"doc": text.name, "left_out": left.text, "why": left.why, "place": left.place}


def page(text: "Text", found: "Sequence[Paragraph]", style: Style) -> str:
    """All of it, with a head."""
    return "".join(f"{line}\n" for line in _page(text, found, style))


def _page(text: "Text", found: "Sequence[Paragraph]", style: Style) -> Iterator[str]:
    origin = text.origin
    kind = [TYPES[origin.type].title] if origin and origin.type in TYPES else []
    counts = [counted(len(found), "paragraph"), counted(sum(len(one.sentences) for one in found), "sentence")]
    yield f"{style.paint(f'{clean(text.called)}:', BOLD)} {', '.join([*kind, *counts])}"
    for name, value in (origin.about() if origin else {}).items():
        if name != "type":
            yield f"  {name} {clean(value)}"
    rows = [list(_rows(text, one)) for one in found]
    left: dict[str, list[tuple[str, str, str]]] = {}
    for one in text.left:
        left.setdefault(one.why, []).append((_place(one.place), "", clean(one.text)))
    every = [cells for row in (*rows, *left.values()) for cells in row]
    wide = max((len(place) for place, _, _ in every), default=0), max((len(kind) for _, kind, _ in every), default=0)
    for row in rows:
        yield ""
        yield from _lines(row, wide, style)
    for why, passages in left.items():
        yield from ("", f"{style.paint('Left out', BOLD)}: {why}", "")
        yield from _lines(passages, wide, style)


def _rows(text: "Text", one: "Paragraph") -> Iterator[tuple[str, str, str]]:
    """The place of each sentence, as far as it is another than that of the one before, the kinds, and the words."""
    kinds, before = ", ".join(_NAMES.get(kind, kind) for kind in one.kinds), ""
    for start, end in one.sentences:
        place = text.origin.where.told(start) if text.origin else f"line {text.number(start)}"
        yield "" if place == before else place, kinds, clean(text.text[start:end])
        kinds, before = "", place


def _place(place: dict[str, Any]) -> str:
    return ", ".join(f"{name} {place[name]}" for name in ("line", "page") if name in place)


def _lines(rows: "Iterable[tuple[str, str, str]]", wide: tuple[int, int], style: Style) -> Iterator[str]:
    """Texts, each with its place and its kind before it."""
    for *cells, words in rows:
        columns = [cell.ljust(width) for cell, width in zip(cells, wide, strict=True) if width]
        head = "  " + "".join(f"{cell}  " for cell in columns)
        first, *rest = hanging(head, words, style.columns, len(head)) or [head]
        yield f"{style.paint(head, DIM)}{first[len(head) :]}".rstrip()
        yield from rest
