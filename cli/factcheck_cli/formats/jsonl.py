"""The format for programs: JSON lines, one sentence a line, put together from columns without an object a sentence.

A line is a row of pieces: constants that hang on a rule, a level or signals, numbers, and cuts of the text, which is
escaped once as a whole. All pieces of all lines stand in one array and are joined at the end.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
from numpy.typing import NDArray

from factcheck.judge.rows import rows_of, spread
from factcheck.language.program import KINDS, LEVELS
from factcheck.text.columns import distinct

if TYPE_CHECKING:
    from factcheck.graded import Graded
    from factcheck.language.program import Rule
    from factcheck_cli.inputs.origin import Origin
    from factcheck_cli.quiet.hush import Hushed

Pieces = NDArray[np.object_]
Rows = NDArray[np.signedinteger[Any]]

SUPPRESSED: Final = True
"""What is suppressed can be told as such."""
_SENTENCE: Final = 11
"""Pieces of a sentence beside its findings: ten before them and one after."""
_FINDING: Final = 7
_KEPT: Final = 1 << 17
"""Numbers below this are written once and kept."""
_FACTOR: Final = np.int64(-0x61C8864680B583EB)
_HALF: Final = np.int64(32)
_ASCII: Final = 128
_WIDTHS: Final = np.array([len(orjson.dumps(chr(point))) - 2 for point in range(_ASCII)], np.uint8)
"""How many bytes each code point of ASCII takes in a JSON string."""
_LONG: Final = np.array([0x800, 0x10000])
"""Of the others: the first code points that take three and four."""


def of_columns(
    part: "Graded",
    shown: Rows | None = None,
    origins: "Sequence[Origin | None]" = (),
    hushed: "Hushed | None" = None,
    /,
) -> bytes:
    """The sentences, or those `shown`, whose numbers ascend, in UTF-8, a line each.

    What is known of the documents' `origins` is written with them, and of those that are `hushed` what is left.
    """
    rows = np.arange(len(part.grades)) if shown is None else shown
    return b"".join(_Writer(part, rows, origins, hushed).pieces()) if len(rows) else b""


class _Writer:
    """Writes the sentences of one part with these numbers."""

    def __init__(self, part: "Graded", rows: Rows, origins: "Sequence[Origin | None]", hushed: "Hushed | None") -> None:
        self.part, self.rows, self.origins, self.hushed = part, rows, origins, hushed
        sentences, findings = part.article.sentences, part.findings
        self.document = sentences.document.take(rows)
        edges = np.searchsorted(findings.sentence, (rows, rows + 1))
        self.count = edges[1] - edges[0]
        """How many findings each sentence has."""
        self.findings, owner, begin = spread(edges[0], self.count)
        self.nth = np.arange(len(owner)) - begin.take(owner)
        self.origin = part.origin.take(self.document)
        self.base = self.origin.take(owner)
        """Where in the text each finding's document starts."""
        self.text = _Escaped(part.article.tokens.text)

    def pieces(self) -> list[bytes]:
        """All pieces in order."""
        before = _FINDING * (np.cumsum(self.count) - self.count) + _SENTENCE * np.arange(len(self.rows))
        found = np.empty(_SENTENCE * len(self.rows) + _FINDING * len(self.findings), np.object_)
        for number, column in enumerate(self.sentence_columns()):
            found[before + number] = column
        found[before + _FINDING * self.count + _SENTENCE - 1] = self._ends()
        first = np.repeat(before, self.count) + _SENTENCE - 1 + _FINDING * self.nth
        for number, column in enumerate(self.finding_columns() if len(first) else ()):
            found[first + number] = column
        pieces: list[bytes] = found.tolist()
        return pieces

    def sentence_columns(self) -> Sequence["Pieces | bytes"]:
        """What stands before a sentence's findings."""
        sentences = self.part.article.sentences
        start, stop = sentences.start.take(self.rows), sentences.stop.take(self.rows)
        names = _objects([b'{"doc":' + orjson.dumps(name) + b',"index":' for name in self.part.names])
        return (
            names.take(self.document),
            _numbers(self.part.index.take(self.rows)),
            b',"start":',
            _numbers(start - self.origin),
            b',"end":',
            _numbers(stop - self.origin),
            b',"text":"',
            self.text.cuts(start, stop),
            self.judged(),
            self.sources(),
        )

    def judged(self) -> Pieces:
        """Level, confidence, polarity and signals; few are different."""
        grades = self.part.grades
        level, confidence, negative = (
            column.take(self.rows) for column in (grades.level, grades.confidence, grades.negative)
        )
        signals = grades.signals.take(self.rows, axis=0)
        first, which = alike(np.column_stack((level, confidence, negative, signals)))
        columns = (column.take(first, axis=0).tolist() for column in (level, confidence, negative, signals))
        found = []
        for rank, firm, no, own in zip(*columns, strict=True):
            record = {
                "level": LEVELS[rank],
                "confidence": firm,  # orjson writes what is no number as null
                "polarity": "negative" if no else "positive",
                "signals": dict(zip(self.part.program.signals, own, strict=True)),
            }
            found.append(b'",' + orjson.dumps(record)[1:-1] + b',"source":')
        return _objects(found).take(which)

    def sources(self) -> Pieces:
        """The sentence's source, or null."""
        row = self.part.grades.source.take(self.rows)
        named = rows_of(row >= 0)
        found = np.full(len(row), b'null,"findings":[', np.object_)
        if len(named):
            found[named] = _objects(self._written(row.take(named), self.origin.take(named)))
        return found

    def _written(self, row: Rows, origin: Rows) -> list[bytes]:
        """The sources in these rows, of documents that start there."""
        speakers, tokens = self.part.sources.speakers, self.part.article.tokens
        start, stop = tokens.start.take(speakers.first.take(row)), tokens.end.take(speakers.end.take(row) - 1)
        beside, refers = (
            self._beside(name, first.take(row), end.take(row))
            for name, first, end in (
                ("beside", speakers.beside_first, speakers.beside_end),
                ("refers", speakers.refers_first, speakers.refers_end),
            )
        )
        words = self.text.cuts(start, stop).tolist()
        kinds = _objects([kind.encode() for kind in KINDS]).take(speakers.kind.take(row)).tolist()
        numbers = (start - origin).tolist(), (stop - origin).tolist()
        return [
            b'{"text":"%b","start":%d,"end":%d,"kind":"%b"%b%b},"findings":[' % each
            for each in zip(words, *numbers, kinds, beside, refers, strict=True)
        ]

    def _beside(self, name: str, first: Rows, end: Rows) -> list[bytes]:
        """What else is said of sources: a key and its value, or nothing."""
        tokens = self.part.article.tokens
        found = [b""] * len(first)
        there = rows_of(first >= 0)
        start, stop = tokens.start.take(first.take(there)), tokens.end.take(end.take(there) - 1)
        for row, a, b in zip(there.tolist(), start.tolist(), stop.tolist(), strict=True):
            if words := " ".join(tokens.text[a:b].split()):
                found[row] = b',"%b":%b' % (name.encode(), orjson.dumps(words))
        return found

    def _ends(self) -> "Pieces | bytes":
        """What follows a sentence's findings: what is left of it where something is silent, and its place."""
        ends = self._placed_ends() if self.origins else b"]}\n"
        if not (self.hushed and self.hushed.of):
            return ends
        found = np.full(len(self.rows), ends, np.object_) if isinstance(ends, bytes) else ends
        for number, row in enumerate(self.rows.tolist()):
            if left := self.hushed.of.get(row):
                rest = found[number].removeprefix(b"]").removeprefix(b",")
                more = b"," if rest != b"}\n" else b""
                found[number] = b"]," + orjson.dumps(left.to_record())[1:-1] + more + rest
        return found

    def _placed_ends(self) -> Pieces:
        """The place of each sentence in the source, and of each document's first what that is."""
        sentences = self.part.article.sentences
        first = np.diff(self.document, prepend=-1) > 0
        columns = (self.document, first, sentences.start.take(self.rows) - self.origin)
        stop = sentences.stop.take(self.rows) - self.origin
        ends = []
        for document, is_first, start, end in zip(*(one.tolist() for one in (*columns, stop)), strict=True):
            if origin := self.origins[document]:
                about = {"about": origin.about()} if is_first and not self.part.place.characters else {}
                ends.append(b"]," + orjson.dumps({"place": origin.where.place(start, end), **about})[1:] + b"\n")
            else:
                ends.append(b"]}\n")
        return _objects(ends)

    def _placed(self, tails: Pieces, start: Rows, stop: Rows) -> Pieces:
        """What follows findings' texts, with their places in the source."""
        own = self.document.repeat(self.count).tolist()
        found = [
            tail[:-1] + b',"place":' + orjson.dumps(origin.where.place(a, b)) + b"}"
            if (origin := self.origins[document])
            else tail
            for tail, document, a, b in zip(tails.tolist(), own, start.tolist(), stop.tolist(), strict=True)
        ]
        return _objects(found)

    def finding_columns(self) -> Sequence["Pieces | bytes"]:
        """The pieces of findings."""
        tokens, own = self.part.article.tokens, self.part.findings
        rule = own.rule.take(self.findings)
        start = tokens.start.take(own.first.take(self.findings))
        stop = tokens.end.take(own.end.take(self.findings) - 1)
        rules, tails = self.part.program.rules, self._tails(rule)
        if self.origins:
            tails = self._placed(tails, start - self.base, stop - self.base)
        heads = _objects([mark + _head(one) for mark in (b"{", b",{") for one in rules])
        return (
            heads.take(rule + len(rules) * (self.nth > 0)),
            _numbers(start - self.base),
            b',"end":',
            _numbers(stop - self.base),
            b',"text":"',
            self.text.cuts(start, stop),
            tails,
        )

    def _tails(self, rule: Rows) -> Pieces:
        """What follows a finding's text: its rule's message and range, and what it captured."""
        found = _objects([_tail(one) for one in self.part.program.rules]).take(rule)
        captures, tokens = self.part.findings.captures.others(), self.part.article.tokens
        if len(captures):
            named: dict[int, dict[str, dict[str, Any]]] = {}
            row_of = {finding: row for row, finding in enumerate(self.findings.tolist())}
            for hit, one in zip(captures.hit.tolist(), captures.rows(), strict=True):
                if (row := row_of.get(hit)) is not None:
                    a, b, base = int(tokens.start[one.first]), int(tokens.end[one.end - 1]), int(self.base[row])
                    named.setdefault(row, {})[one.name] = {"text": tokens.text[a:b], "start": a - base, "end": b - base}
            for row, own in named.items():
                found[row] = found[row][:-1] + b',"captures":' + orjson.dumps(own) + b"}"
        return found


def _head(rule: "Rule") -> bytes:
    """A finding up to the number it starts with."""
    record = {"rule": rule.id, "level": rule.level, "weight": rule.weight, "severity": rule.severity}
    return orjson.dumps(record)[1:-1] + b',"start":'


def _tail(rule: "Rule") -> bytes:
    """A finding from the end of its text on."""
    record: dict[str, Any] = {"message": rule.message}
    if rule.range:
        record["range"] = rule.range
    return b'",' + orjson.dumps(record)[1:]


def alike(table: NDArray[np.float64]) -> tuple[Rows, Rows]:
    """Of each different row of a table where it comes first, and for each row which of these it is."""
    bits = table.view(np.int64)
    mixed = np.zeros(len(bits), np.int64)
    for column in bits.T:
        mixed ^= column
        mixed *= _FACTOR
        mixed ^= mixed >> _HALF
    different, which = distinct(mixed)
    first = np.empty(len(different), np.intp)
    first[which[::-1]] = np.arange(len(which))[::-1]
    return first, which


class _Escaped:
    """A text as JSON strings hold it, to be cut by its code points."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._bytes = orjson.dumps(text)[1:-1]

    def cuts(self, start: Rows, stop: Rows) -> Pieces:
        """The text between code points, escaped."""
        data = self._bytes
        pairs = zip(self._at(start).tolist(), self._at(stop).tolist(), strict=True)
        return _objects([data[a:b] for a, b in pairs])

    def _at(self, points: Rows) -> Rows:
        """Where the code points stand among the bytes."""
        wide, before = self._wide
        return points + before.take(np.searchsorted(wide, points))

    @cached_property
    def _wide(self) -> tuple[Rows, Rows]:
        """The code points that take more than a byte, and how many bytes more all before each, and all, take."""
        text = self._text
        points: NDArray[np.unsignedinteger[Any]]
        if text.isascii():
            points = np.frombuffer(text.encode("ascii"), np.uint8)
            wide = rows_of(_WIDTHS.take(points) > 1)
            width = _WIDTHS.take(points.take(wide)).astype(np.intp)
        else:
            points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
            wide = rows_of((points >= _ASCII) | (_WIDTHS.take(points, mode="clip") > 1))
            point = points.take(wide)
            width = np.where(
                point < _ASCII, _WIDTHS.take(point, mode="clip"), 2 + np.searchsorted(_LONG, point, "right")
            )
        return wide, np.append(0, np.cumsum(width - 1))


def _numbers(values: Rows) -> Pieces:
    """Whole numbers in decimal."""
    most = int(values.max(initial=0))
    if most >= _KEPT:
        return _objects([b"%d" % value for value in values.tolist()])
    return _decimals(1 << most.bit_length()).take(values)


@lru_cache(maxsize=2)
def _decimals(count: int) -> Pieces:
    """The numbers from 0 on, each written once and kept."""
    return _objects([b"%d" % number for number in range(count)])


def _objects(values: Sequence[bytes]) -> Pieces:
    found = np.empty(len(values), np.object_)
    found[:] = values
    return found
