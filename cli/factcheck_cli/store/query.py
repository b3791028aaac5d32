"""What is asked of an archive: words and filters, as SQL. No words that anybody types are a mistake in it."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, get_args

import orjson

from factcheck_cli.options import Level

Sort = Literal["confidence", "date", "rank"]

LEVELS: Final = (*get_args(Level), "no-claim")
"""The levels by their numbers."""

OPEN, CLOSE = "\ue000", "\ue001"
"""Stand before and behind what was found in a text: characters that no text for people has."""

_MARKS: Final = '"“”„«»'
_PART: Final = re.compile(rf"[{_MARKS}](?P<phrase>[^{_MARKS}]*)(?:[{_MARKS}]|$)(?P<open>\*?)|(?P<word>[^\s{_MARKS}]+)")
MANY: Final = 10_000
"""Sentences beyond which none is told to fit words better than another, unless that is asked for."""
_FEW: Final = 500  # sentences whose findings are read at a time

_FOUND: Final = """
    sentence.id, document.name, document.file, document.number, document.place, document.type, document.title,
    document.byline, document.outlet, document.dated, document.date, document.run,
    sentence.id - document.first AS "index", sentence.start, sentence.stop, sentence.number AS line, sentence.level,
    sentence.confidence, sentence.negative, sentence.text, signals.value AS signals, sentence.source_start,
    sentence.source_stop, source.text AS source, source.kind, source.beside, source.refers
"""
_BESIDE: Final = " JOIN signals ON signals.id = sentence.signals LEFT JOIN source ON source.id = sentence.source"
_SORTS: Final = {
    "confidence": "sentence.level, sentence.confidence",
    "date": "document.date IS NULL, document.date DESC, sentence.id",
    "rank": "words.rank",
    "kept": "words.rowid",
}


class Found(NamedTuple):
    """A finding of a sentence that was found."""

    rule: str
    level: str
    weight: float
    severity: str
    start: int
    stop: int
    message: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was found: what is kept of it and its document, its findings, and its text with marks."""

    row: dict[str, Any]
    findings: tuple[Found, ...]
    marked: str = ""

    @property
    def level(self) -> str:
        """Its level."""
        return LEVELS[self.row["level"]]

    @property
    def signals(self) -> dict[str, float]:
        """Its signals."""
        found: dict[str, float] = orjson.loads(self.row["signals"])
        return found

    def words(self, one: Found) -> str:
        """The words of a finding."""
        start = self.row["start"]
        return str(self.row["text"][one.start - start : one.stop - start])


def match(text: str) -> str:
    """The text as the full-text index is asked: all words, phrases in quotation marks, beginnings before a star.

    Empty where there is no word in it.
    """
    parts = []
    for part in _PART.finditer(text.replace("\0", " ")):
        word, star = part["word"] or part["phrase"] or "", part["open"] or ""
        if part["word"] and word.endswith("*"):
            word, star = word.rstrip("*"), "*"
        if any(char.isalnum() for char in word):
            parts.append(f'"{word}"{star}')
    return " ".join(parts)


@dataclass(slots=True)
class Query:
    """Conditions that have to hold at once, and what they are about."""

    words: str = ""
    tests: list[str] = field(default_factory=list)
    values: list[object] = field(default_factory=list)

    def test(self, condition: str, *values: object) -> None:
        """One more condition."""
        self.tests.append(condition)
        self.values += values

    def among(self, column: str, values: Sequence[object], form: str = "{}") -> None:
        """The column is to be one of the values, if there are any; `form` is a query with that condition in it."""
        if values:
            self.test(form.format(f"{column} IN ({', '.join('?' * len(values))})"), *values)

    def _from(self) -> str:
        # The order of the joins is the quickest; with other words SQLite would ask the index for each sentence.
        tables = "sentence CROSS JOIN document ON document.id = sentence.document"
        if self.words:
            tables = f"words CROSS JOIN sentence ON sentence.id = words.rowid CROSS JOIN{tables.partition('JOIN')[2]}"
        return tables

    def _where(self) -> tuple[str, list[object]]:
        tests = ["words MATCH ?", *self.tests] if self.words else self.tests
        return " AND ".join(tests) or "TRUE", [self.words, *self.values] if self.words else self.values

    def count(self, database: sqlite3.Connection) -> tuple[int, int]:
        """How many sentences there are, and of how many documents; beyond MANY it is not counted on."""
        where, values = self._where()
        inner = f"SELECT document.id AS own FROM {self._from()} WHERE {where} LIMIT {MANY + 1}"  # noqa: S608 - marks
        ask = f"SELECT count(*), count(DISTINCT own) FROM ({inner})"  # noqa: S608 - the same
        ((sentences, documents),) = database.execute(ask, values).fetchall()
        return sentences, documents

    def documents(self, database: sqlite3.Connection) -> tuple[int, str]:
        """Of how many documents sentences there are, and the name of one; after MANY sentences it is not counted on."""
        where, values = self._where()
        inner = f"SELECT document.id AS own, document.name FROM {self._from()} WHERE {where} LIMIT {MANY + 1}"  # noqa: S608 - marks
        ask = f"SELECT count(DISTINCT own), ifnull(min(name), '') FROM ({inner})"  # noqa: S608 - the same
        ((number, name),) = database.execute(ask, values).fetchall()
        return number, name

    def hits(
        self, database: sqlite3.Connection, sort: Sort | Literal["kept"], limit: int, *, marked: bool = False
    ) -> Iterator[Hit]:
        """The sentences in order, `limit` at most, 0: all; if `marked` with marks around the words that were found."""
        where, values = self._where()
        mark = f"highlight(words, 0, '{OPEN}', '{CLOSE}')" if marked and self.words else "''"
        ask = (
            f"SELECT {_FOUND}, {mark} AS marked FROM {self._from()}{_BESIDE}"  # noqa: S608 - values stand for marks
            f" WHERE {where} ORDER BY {_SORTS[sort]} LIMIT ?"
        )
        cursor = database.execute(ask, [*values, limit or -1])
        names = [one[0] for one in cursor.description]
        while rows := [dict(zip(names, row, strict=True)) for row in cursor.fetchmany(_FEW)]:
            found = _findings(database, [row["id"] for row in rows])
            for row in rows:
                text = row.pop("marked")
                yield Hit(row, tuple(found.get(row["id"], ())), text)


def _findings(database: sqlite3.Connection, sentences: Sequence[int]) -> dict[int, list[Found]]:
    ask = (
        "SELECT sentence, name, level, weight, severity, start, stop, message FROM finding"  # noqa: S608 - marks alone
        f" JOIN rule ON rule.id = finding.rule WHERE sentence IN ({', '.join('?' * len(sentences))})"
        " ORDER BY sentence, number"
    )
    found: dict[int, list[Found]] = {}
    for sentence, *row in database.execute(ask, sentences):
        found.setdefault(sentence, []).append(Found(*row))
    return found
