"""What an archive keeps of graded documents, in columns that travel from one process to another."""

import os
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from factcheck.judge.rows import rows_of
from factcheck.language.program import KINDS
from factcheck_cli.dates import told_by
from factcheck_cli.formats.jsonl import alike

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from factcheck.graded import Graded
    from factcheck.text.lex import Tokens
    from factcheck_cli.inputs.text import Text

Column = NDArray[np.signedinteger[Any]]


class Card(NamedTuple):
    """What is known of a document beside its sentences; `key` is the hash of all that these hang on but the rules."""

    name: str
    file: str
    number: int | None
    key: bytes
    type: str
    title: str
    byline: str
    dated: str
    date: str | None
    place: str
    characters: int
    outlet: str


class Same(NamedTuple):
    """A document that the archive has as it is now: its number there, and which of the texts in a file it is now.

    Its sentences there are so many in a row from the `first` on.
    """

    document: int
    number: int | None
    first: int
    sentences: int


class Voice(NamedTuple):
    """A source: its words, its kind, and what else the text calls it."""

    text: str
    kind: str
    beside: str
    refers: str


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """Documents with columns over their sentences and findings; or a piece of one, which the next sheet goes on with.

    Spans are of the document, -1 stands for none.
    """

    ruleset: str
    """The key of the rules and settings that it hangs on."""
    cards: "Sequence[Card]"
    continues: bool
    """Whether it is a piece, and not the first of its document."""
    last: bool
    counts: list[int]
    """For each document how many sentences it has."""
    sentences: dict[str, list[Any]]
    """Columns, called as those of the table."""
    signals: list[str]
    """As JSON; sentences tell which of them."""
    voices: list[Voice]
    """The same."""
    naming: list[tuple[int, int | None, int | None, int | None, int | None]]
    """By the numbers of sentences: where their sources are called more fully."""
    findings: tuple[list[int], list[int], list[int], list[int], list[int]]
    """Sentence, number within it, rule of the program, start, stop."""
    captures: list[tuple[int, int, int, str, int, int]]
    """Sentence, finding, number within that, name, start, stop."""


def cards(texts: "Sequence[Text]") -> list[Card]:
    """What is known of texts before they are scanned."""
    plain = cache(_plain)  # many are of one file
    return [card(text, plain) for text in texts]


def card(text: "Text", plain: "Callable[[str], str] | None" = None) -> Card:
    """The same of one, with what makes paths plain."""
    plain = plain or _plain
    digest = blake2b(text.text.encode("utf-8", "surrogatepass"), digest_size=16)
    about = dict(text.told)
    if about:
        digest.update(repr(text.told).encode())
    if text.marks or text.origin:
        where = text.origin.where if text.origin else None
        about |= text.origin.about() if text.origin else {}
        # What a format says decides on levels, as headings do, and on the places that are kept.
        digest.update(repr((list(text.marks), where and (list(where.runs), list(where.labels)), about)).encode())
    dated = about.get("date", "")
    name, file = (text.name, plain(text.among.file)) if text.among else (plain(text.name), "")
    date = told_by(dated, name, file or name)
    return Card(
        name=name,
        file=file,
        number=text.among.number if text.among else None,
        key=digest.digest(),
        type=about.get("type", "text"),
        title=about.get("title", ""),
        byline=about.get("byline", ""),
        dated=dated,
        date=str(date) if date else None,
        place=text.title,
        characters=len(text.text),
        outlet=about.get("outlet", ""),
    )


def _plain(path: str) -> str:
    """A path to a place below the working directory as it is from there, so that all ways to write it are one."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive of Windows
        return os.path.normpath(path)
    return os.path.normpath(path) if near.startswith(os.pardir) else near


def sheet(part: "Graded", texts: "Sequence[Text]", cards: "Sequence[Card]", ruleset: str) -> Sheet:
    """What is kept of the part, which is of these texts, under the rules of this key."""
    grades, own, speakers = part.grades, part.article.sentences, part.sources.speakers
    tokens, document, count = part.article.tokens, own.document, len(part.grades)
    text = tokens.text
    base = part.origin.take(document)
    signals, which = alike(grades.signals) if count else (np.zeros(0, np.intp),) * 2
    shown = (dict(zip(part.program.signals, row, strict=True)) for row in grades.signals.take(signals, 0).tolist())

    named = rows_of(grades.source >= 0)
    rows, of = np.unique(grades.source.take(named), return_inverse=True)
    spans = [
        _spans(tokens, first.take(rows), end.take(rows))
        for first, end in (
            (speakers.first, speakers.end),
            (speakers.beside_first, speakers.beside_end),
            (speakers.refers_first, speakers.refers_end),
        )
    ]
    kinds = [KINDS[kind] for kind in speakers.kind.take(rows).tolist()]
    voices = [
        Voice(text[a:b], kind, " ".join(text[c:d].split()), " ".join(text[e:f].split()))
        for (a, b), (c, d), (e, f), kind in zip(*(zip(*span, strict=True) for span in spans), kinds, strict=True)
    ]
    source, source_start, source_stop = (np.full(count, -1) for _ in range(3))
    source[named] = of
    source_start[named] = np.array(spans[0][0], np.intp).take(of) - base.take(named)
    source_stop[named] = np.array(spans[0][1], np.intp).take(of) - base.take(named)

    finding = part.findings
    edges = np.searchsorted(finding.sentence, np.arange(count + 1))
    at, starts, stops = base.take(finding.sentence), tokens.start.take(finding.first), tokens.end.take(finding.end - 1)
    paragraph = own.paragraph - own.paragraph.take(edges_of(document, len(part.texts))[document])
    columns = {
        "start": (own.start - base).tolist(),
        "stop": (own.stop - base).tolist(),
        "number": _numbers(part, texts, base),
        "paragraph": (paragraph + part.place.paragraphs).tolist(),
        "level": grades.level.tolist(),
        "confidence": [None if value != value else value for value in grades.confidence.tolist()],  # noqa: PLR0124 - NaN
        "negative": grades.negative.astype(np.int8).tolist(),
        "signals": which.tolist(),
        "setting": _or_none(np.where(grades.setting >= 0, grades.setting - edges[:-1], -1)),
        "source": source.tolist(),
        "source_start": _or_none(source_start),
        "source_stop": _or_none(source_stop),
        "text": [text[a:b] for a, b in zip(own.start.tolist(), own.stop.tolist(), strict=True)],
    }
    return Sheet(
        ruleset=ruleset,
        cards=cards,
        continues=part.place.characters > 0,
        last=part.place.last,
        counts=np.bincount(document, minlength=len(part.texts)).tolist(),
        sentences=columns,
        signals=[orjson.dumps(one).decode() for one in shown],
        voices=voices,
        naming=_naming(named, of, base, spans[1], spans[2]),
        findings=(
            finding.sentence.tolist(),
            (np.arange(len(finding)) - edges.take(finding.sentence)).tolist(),
            finding.rule.tolist(),
            (starts - at).tolist(),
            (stops - at).tolist(),
        ),
        captures=_captures(part, base, edges),
    )


def edges_of(document: Column, count: int) -> Column:
    """The first sentence of each document."""
    return np.searchsorted(document, np.arange(count))


def _spans(tokens: "Tokens", first: Column, end: Column) -> tuple[list[int], list[int]]:
    """Where runs of tokens stand in the text; an empty span below 0 where there are none."""
    there = first >= 0
    start = np.where(there, tokens.start.take(np.maximum(first, 0)), -1)
    stop = np.where(there, tokens.end.take(np.maximum(end, 1) - 1), -1)
    return start.tolist(), stop.tolist()


def _numbers(part: "Graded", texts: "Sequence[Text]", base: Column) -> list[int]:
    """For each sentence the line, page or paragraph of its source."""
    own = part.article.sentences
    if any(text.origin for text in texts):
        places = zip(own.document.tolist(), (own.start - base).tolist(), strict=True)
        return [texts[number].number(start) for number, start in places]
    text = part.article.tokens.text
    codes: NDArray[np.unsignedinteger[Any]] = (
        np.frombuffer(text.encode("ascii"), np.uint8)
        if text.isascii()
        else np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    )
    breaks = np.flatnonzero(codes == ord("\n"))
    before = texts[0].number(part.place.characters) - 1 if part.place.characters else 0
    first = np.searchsorted(breaks, part.article.tokens.documents).take(own.document)
    return (np.searchsorted(breaks, own.start) - first + 1 + before).tolist()


def _or_none(column: Column) -> list[int | None]:
    return [None if value < 0 else value for value in column.tolist()]


def _naming(
    named: Column, of: Column, base: Column, beside: tuple[list[int], list[int]], refers: tuple[list[int], list[int]]
) -> list[tuple[int, int | None, int | None, int | None, int | None]]:
    columns = np.array([*beside, *refers], np.intp).reshape(4, -1).take(of, axis=1)
    rows = np.flatnonzero((columns >= 0).any(axis=0))
    sentence = named.take(rows)
    held = columns.take(rows, axis=1)
    held = np.where(held >= 0, held - base.take(sentence), -1)
    return list(zip(sentence.tolist(), *(_or_none(column) for column in held), strict=True))


def _captures(part: "Graded", base: Column, edges: Column) -> list[tuple[int, int, int, str, int, int]]:
    captures, tokens = part.findings.captures.others(), part.article.tokens
    found = list[tuple[int, int, int, str, int, int]]()
    for number, (hit, one) in enumerate(zip(captures.hit.tolist(), captures.rows(), strict=True)):
        sentence = int(part.findings.sentence[hit])
        start, stop = int(tokens.start[one.first]), int(tokens.end[one.end - 1])
        at = int(base[sentence])
        found.append((sentence, hit - int(edges[sentence]), number, one.name, start - at, stop - at))
    return found
