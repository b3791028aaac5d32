"""Batches as Arrow tables: one row a sentence, with the keys of the JSON lines as columns."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from factcheck.language.program import KINDS, LEVELS

if TYPE_CHECKING:
    from factcheck.graded import Graded
    from factcheck.text.columns import Column


def table(parts: Iterable["Graded"], signals: Sequence[str]) -> pa.Table:
    """One row a sentence. Raises ValueError when a text holds halves of surrogate pairs."""
    parts, columns = list(parts), schema(signals)
    for part in parts:
        _check(part)
    return pa.Table.from_batches([_Maker(part, columns).rows() for part in parts], columns)


def _check(part: "Graded") -> None:
    """ValueError where a text or name holds what no UTF-8 can."""
    for name, text in zip(part.names, part.texts, strict=True):
        try:
            f"{name}{text}".encode()
        except UnicodeEncodeError as error:
            message = f"document {name!r} holds half a surrogate pair, which Arrow cannot; decode its text anew"
            raise ValueError(message) from error


def schema(signals: Sequence[str]) -> pa.Schema:
    """The columns of such a table."""
    word, place = pa.dictionary(pa.int32(), pa.string()), [("start", pa.int32()), ("end", pa.int32())]
    text = [("text", pa.string()), *place]
    captures = pa.list_(pa.struct([("name", word), *text]))
    finding = [("rule", word), ("level", word), ("weight", pa.float64()), ("severity", word), *place]
    rest = [("text", pa.string()), ("message", word), ("range", pa.list_(pa.float64())), ("captures", captures)]
    return pa.schema([
        ("doc", pa.string()),
        ("index", pa.int32()),
        *place,
        ("text", pa.string()),
        ("level", word),
        ("confidence", pa.float64()),
        ("polarity", word),
        ("signals", pa.struct([(name, pa.float64()) for name in signals])),
        ("source", pa.struct([*text, ("kind", word), ("beside", pa.string()), ("refers", pa.string())])),
        ("findings", pa.list_(pa.struct([*finding, *rest]))),
    ])  # fmt: skip


class _Maker:
    """Makes the rows of one part."""

    def __init__(self, part: "Graded", schema: pa.Schema) -> None:
        self.part, self.schema = part, schema
        self.tokens = part.article.tokens
        self.document = part.article.sentences.document

    def rows(self) -> pa.RecordBatch:
        part = self.part
        sentences, grades = part.article.sentences, part.grades
        origin = part.origin.take(self.document)
        texts = self.slices(sentences.start, sentences.stop)
        columns = [
            pa.array(part.names, pa.string()).take(pa.array(self.document)),
            pa.array(part.index),
            pa.array(sentences.start - origin),
            pa.array(sentences.stop - origin),
            pa.array(texts, pa.string()),
            self.coded(grades.level, LEVELS),
            pa.array(grades.confidence, mask=np.isnan(grades.confidence)),
            self.coded(grades.negative, ("positive", "negative")),
            self.struct("signals", *(pa.array(column) for column in grades.signals.T)),
            self.sources(),
            self.findings(),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def sources(self) -> pa.Array:
        """For each sentence its source, or null."""
        speakers = self.part.sources.speakers
        row, none = self.part.grades.source, self.part.grades.source < 0
        named = row[~none]
        document = self.document[~none]
        text = self.texts(speakers.first.take(named), speakers.end.take(named), document)
        beside, refers = (
            pa.array([" ".join(words.split()) or None for words in own], pa.string())
            for own in (
                self.places(speakers.beside_first.take(named), speakers.beside_end.take(named)),
                self.places(speakers.refers_first.take(named), speakers.refers_end.take(named)),
            )
        )
        kind = self.coded(speakers.kind.take(named), KINDS)
        found = self.struct("source", *text, kind, beside, refers)
        at = np.cumsum(~none, dtype=np.int32) - np.int32(1)
        return found.take(pa.array(at, mask=none))

    def findings(self) -> pa.Array:
        """For each sentence the list of its findings."""
        part = self.part
        own, rules = part.findings, part.program.rules
        document = self.document.take(own.sentence)
        text, start, end = self.texts(own.first, own.end, document)
        ranges = pa.array([rule.range for rule in rules], pa.list_(pa.float64())).take(pa.array(own.rule))
        item = pa.StructArray.from_arrays(
            [
                self.coded(own.rule, [rule.id for rule in rules]),
                self.named(own.rule, [rule.level for rule in rules]),
                pa.array(np.array([rule.weight for rule in rules], np.float64).take(own.rule)),
                self.named(own.rule, [rule.severity for rule in rules]),
                start,
                end,
                text,
                self.named(own.rule, [rule.message for rule in rules]),
                ranges,
                self.captures(document),
            ],
            fields=list(self.schema.field("findings").type.value_type),
        )
        return self.lists(own.sentence, len(part.grades), item)

    def captures(self, document: "Column") -> pa.Array:
        """For each finding the list of what it captured beside its source."""
        captures = self.part.findings.captures
        own = captures.others()
        texts = self.texts(own.first, own.end, document.take(own.hit))
        fields = list(self.schema.field("findings").type.value_type.field("captures").type.value_type)
        item = pa.StructArray.from_arrays([self.coded(own.name, captures.names), *texts], fields=fields)
        return self.lists(own.hit, len(self.part.findings), item)

    def lists(self, owner: "Column", size: int, items: pa.Array) -> pa.Array:
        """For each of `size` owners the list of its items; those of an owner stand together."""
        offsets = np.searchsorted(owner, np.arange(size + 1)).astype(np.int32)
        return pa.ListArray.from_arrays(pa.array(offsets), items)

    def struct(self, name: str, *columns: pa.Array) -> pa.Array:
        """One struct a row, of the type that the column with this name has."""
        return pa.StructArray.from_arrays(list(columns), fields=list(self.schema.field(name).type))

    def coded(self, codes: NDArray[np.integer] | NDArray[np.bool_], words: Sequence[str]) -> pa.Array:
        """Words by their numbers."""
        return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(words, pa.string()))

    def named(self, rule: "Column", words: Sequence[str]) -> pa.Array:
        """For each rule's number its word, each different word once."""
        distinct = list(dict.fromkeys(words))
        return self.coded(np.array([distinct.index(word) for word in words], np.int32).take(rule), distinct)

    def texts(self, first: "Column", end: "Column", document: "Column") -> tuple[pa.Array, pa.Array, pa.Array]:
        """The words of runs of tokens, and where in their document these start and end."""
        origin = self.part.origin.take(document)
        start, stop = self.tokens.start.take(first), self.tokens.end.take(end - 1)
        return pa.array(self.slices(start, stop), pa.string()), pa.array(start - origin), pa.array(stop - origin)

    def places(self, first: "Column", end: "Column") -> list[str]:
        """The words of runs of tokens, nothing where `first` is -1."""
        found = [""] * len(first)
        there = np.flatnonzero(first >= 0)
        starts, stops = self.tokens.start.take(first.take(there)), self.tokens.end.take(end.take(there) - 1)
        for row, words in zip(there.tolist(), self.slices(starts, stops), strict=True):
            found[row] = words
        return found

    def slices(self, start: "Column", stop: "Column") -> list[str]:
        """The text between code points."""
        text = self.tokens.text
        return [text[a:b] for a, b in zip(start.tolist(), stop.tolist(), strict=True)]
