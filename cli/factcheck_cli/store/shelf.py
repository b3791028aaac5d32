"""Documents that an archive has as they are now: graded parts are put together from its columns, as a scan makes them.

No rule is asked. What the parts have of tokens is only what spans need: each finding and each source is a token.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from factcheck.graded import Graded
from factcheck.judge.grade import Grades
from factcheck.judge.hits import SOURCE, Captures, Hits, Masks, Matched
from factcheck.judge.speaker import Sources, Speakers
from factcheck.language.program import KINDS, Program
from factcheck.load import key_of
from factcheck.text.article import Article
from factcheck.text.columns import Breaks
from factcheck.text.lex import Tokens
from factcheck.text.quote import Quotations
from factcheck.text.runs import Runs
from factcheck.text.segment import Sentences
from factcheck_cli.store.opened import to_read, told
from factcheck_cli.store.sheet import Card, Same, Sheet, cards, sheet

if TYPE_CHECKING:
    import sqlite3

    from factcheck import Scanner
    from factcheck.text.lexicon import Lexicon
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.work.settings import Settings

Array = NDArray[Any]

_MUCH: Final = 1_000_000  # characters of a part

_ASKED: Final = 500  # documents that are asked for at a time
_SAME: Final = """
    WITH asked(number, name, file, key) AS (VALUES {})
    SELECT asked.number, document.id, document.first, document.count FROM asked CROSS JOIN document
    ON document.name = asked.name AND document.file = asked.file AND document.key = asked.key AND document.ruleset = ?
"""

_SENTENCES: Final = """
    SELECT start, stop, paragraph, level, confidence, negative, signals, ifnull(setting, -1),
        ifnull(source, -1), ifnull(source_start, -1), ifnull(source_stop, -1),
        ifnull(beside_start, -1), ifnull(beside_stop, -1), ifnull(refers_start, -1), ifnull(refers_stop, -1)
    FROM sentence LEFT JOIN naming ON naming.sentence = sentence.id
    WHERE sentence.id BETWEEN ? AND ? ORDER BY sentence.id
"""
_FINDINGS: Final = """
    SELECT sentence, rule, start, stop FROM finding WHERE sentence BETWEEN ? AND ? ORDER BY sentence, number
"""
_CAPTURES: Final = """
    SELECT sentence, finding, name, start, stop FROM capture WHERE sentence BETWEEN ? AND ?
    ORDER BY sentence, finding, number
"""


def key_of_run(scanner: "Scanner", settings: "Settings") -> str:
    """A name for all that levels depend on but the texts: the program, its rules, and how texts are cut."""
    rules = [(rule.id, rule.level, rule.weight, rule.severity) for rule in scanner.program.rules]
    told = (key_of(scanner.sources), rules, settings.segment)
    return sha256(repr(told).encode()).hexdigest()


class Group(NamedTuple):
    """Texts behind one another, all of them kept as they are or none."""

    texts: "Sequence[Text]"
    cards: Sequence[Card]
    same: Sequence[Same]
    ruleset: str
    """The key of the rules that they are read by."""

    def noted(self, parts: Iterable[Graded], kept: list[Sheet | Same]) -> Iterator[Graded]:
        """The same parts of these texts; what is to be kept of each is added before it comes."""
        done = 0
        for part in parts:
            end = done + len(part.texts)
            kept.append(sheet(part, self.texts[done:end], self.cards[done:end], self.ruleset))
            yield part
            done += len(part)


class Shelf:
    """Finds documents that are kept under a set of rules and settings, and reads them."""

    def __init__(self, path: Path, key: str, program: Program, lexicon: "Lexicon") -> None:
        """The file is opened when it is first asked. What is wrong with it is a StoreError."""
        self._path, self.key, self._program, self._lexicon = path, key, program, lexicon
        self._rules = np.zeros(0, np.int32)
        self._kinds = dict[int, int]()
        self._signals = dict[int, list[float]]()

    @cached_property
    def _database(self) -> "sqlite3.Connection":
        return to_read(self._path)

    def close(self) -> None:
        """Lets the archive go, until it is asked again."""
        if database := self.__dict__.pop("_database", None):
            database.close()

    def same(self, cards: Sequence[Card]) -> list[Same | None]:
        """Which of these documents are kept as they are."""
        found = list[Same | None]([None] * len(cards))
        with told(self._path):
            known = self._database.execute("SELECT id FROM ruleset WHERE key = ?", (self.key,)).fetchone()
            for first in range(0, len(cards) if known else 0, _ASKED):
                few = cards[first : first + _ASKED]
                ask = _SAME.format(", ".join(["(?, ?, ?, ?)"] * len(few)))
                wanted = (value for number, one in enumerate(few, first) for value in (number, *one[:2], one.key))
                for at, *row in self._database.execute(ask, (*wanted, *known)):
                    document, start, count = row
                    found[at] = Same(document, cards[at].number, start, count)
        return found

    def groups(self, batch: "Sequence[Text]", anew: Sequence[bool]) -> Iterator["Group"]:
        """The texts in their order, those that are kept as they are apart from others; some are scanned `anew`."""
        known = cards(batch)
        same: list[Same | None] = [None] * len(batch)
        if not all(anew):
            same = [None if again else one for one, again in zip(self.same(known), anew, strict=True)]
        first = 0
        for number in range(1, len(batch) + 1):
            if number == len(batch) or (same[number] is None) != (same[first] is None):
                own = [one for one in same[first:number] if one]
                yield Group(batch[first:number], known[first:number], own, self.key)
                first = number

    def parts(self, group: "Group") -> Iterator[Graded]:
        """Texts as they are kept, some at a time."""
        texts, kept = group.texts, group.same
        first = size = 0
        for number, text in enumerate(texts):
            if number > first and size + len(text.text) > _MUCH:
                yield self._part(texts[first:number], kept[first:number])
                first, size = number, 0
            size += len(text.text)
        yield self._part(texts[first:], kept[first:])

    def _part(self, texts: "Sequence[Text]", kept: Sequence[Same]) -> Graded:
        with told(self._path):
            return self._read(texts, kept)

    def _read(self, texts: "Sequence[Text]", kept: Sequence[Same]) -> Graded:
        ranges = list(_ranges([(one.first, one.sentences) for one in kept]))
        start, stop, paragraph, level, confidence, negative, signals, setting, source, *places = self._columns(
            _SENTENCES, ranges, 15
        )
        document = np.repeat(np.arange(len(kept)), [one.sentences for one in kept])
        begin = np.cumsum([0, *(len(text.text) for text in texts)])
        base = begin.take(document)
        spoken = np.flatnonzero(source >= 0)
        tokens = _Spans()
        speaker, beside, refers = (
            tokens.add(a.take(spoken), b.take(spoken), base.take(spoken))
            for a, b in zip(places[::2], places[1::2], strict=True)
        )
        sentence, rule, found_start, found_stop = self._columns(_FINDINGS, ranges, 4, keyed=True)
        finding = tokens.add(found_start, found_stop, base.take(sentence))
        edges = np.searchsorted(sentence, np.arange(len(start) + 1))
        captures = self._captures(ranges, edges, base, tokens)
        number = np.full(len(start), -1)
        number[spoken] = np.arange(len(spoken))
        none = np.full(len(rule), -1, np.int32)
        return Graded(
            program=self._program,
            names=[text.name for text in texts],
            texts=[text.text for text in texts],
            article=_article(
                tokens.read("".join(text.text for text in texts), begin[:-1], self._lexicon),
                _sentences(start + base, stop + base, paragraph, document),
            ),
            findings=Hits(
                Matched(np.zeros(len(rule), np.uint8), self._rule(rule), _small(sentence), *_run(finding)),
                captures,
                Masks(_small(finding), np.zeros(len(rule), np.uint64)),
            ),
            sources=Sources(
                Speakers(*_run(speaker), self._kind(source.take(spoken)), *_run(beside), *_run(refers)),
                none,
                np.zeros(len(rule), np.bool_),
                none[:0],
            ),
            grades=Grades(
                level=level.astype(np.uint8),
                confidence=confidence,
                negative=negative.astype(np.bool_),
                source=_small(number),
                setting=_small(np.where(setting >= 0, setting + edges[:-1], -1)),
                signals=self._signal(signals),
            ),
        )

    def _columns(self, ask: str, ranges: Sequence["_Range"], width: int, *, keyed: bool = False) -> list[Array]:
        """The columns of what is asked for; where the first is the sentence's it becomes its row."""
        rows = list[tuple[Any, ...]]()
        for one in ranges:
            found = self._database.execute(ask, (one.first, one.last)).fetchall()
            shift = one.before - one.first
            rows += [(row[0] + shift, *row[1:]) for row in found] if keyed and shift else found
        columns = list(zip(*rows, strict=True)) if rows else [()] * width
        return [np.array(column, _kind_of(column)) for column in columns]

    def _captures(self, ranges: Sequence["_Range"], edges: Array, base: Array, tokens: "_Spans") -> Captures:
        sentence, finding, name, start, stop = self._columns(_CAPTURES, ranges, 5, keyed=True)
        first = tokens.add(start, stop, base.take(sentence))
        names = (SOURCE, *dict.fromkeys(name.tolist()))
        number = np.array([names.index(one, 1) for one in name.tolist()], np.int32)
        hit = _small(edges.take(sentence) + finding)
        return Captures(hit, number, *_run(first), np.zeros(len(first), np.uint8), names)

    def _rule(self, rows: Array) -> Array:
        """The numbers that the program has for rules of the archive."""
        if rows.max(initial=-1) >= len(self._rules):
            number = {rule.id: number for number, rule in enumerate(self._program.rules)}
            found = self._database.execute("SELECT id, name FROM rule").fetchall()
            self._rules = np.zeros(max(row for row, _ in found) + 1, np.int32)
            for row, name in found:
                self._rules[row] = number.get(name, 0)  # those of other sets of rules are not asked for
        return self._rules.take(rows)

    def _kind(self, rows: Array) -> Array:
        """The kinds of sources of the archive."""
        different, which = np.unique(rows, return_inverse=True)
        for number in different.tolist():
            if number not in self._kinds:
                ((kind,),) = self._database.execute("SELECT kind FROM source WHERE id = ?", (number,))
                self._kinds[number] = KINDS.index(kind)
        found = np.array([self._kinds[number] for number in different.tolist()], np.uint8)
        return found.take(which)

    def _signal(self, rows: Array) -> Array:
        """The signals of sentences, in the program's order."""
        different, which = np.unique(rows, return_inverse=True)
        values = np.zeros((len(different), len(self._program.signals)))
        for row, number in enumerate(different.tolist()):
            if number not in self._signals:
                ((value,),) = self._database.execute("SELECT value FROM signals WHERE id = ?", (number,))
                known = orjson.loads(value)
                self._signals[number] = [known.get(name, 0.0) for name in self._program.signals]
            values[row] = self._signals[number]
        return values.take(which, axis=0)


class _Range(NamedTuple):
    """Sentences of the archive with these numbers, and how many rows stand before them."""

    first: int
    last: int
    before: int


def _ranges(spans: Sequence[tuple[int, int]]) -> Iterator[_Range]:
    """Spans of sentences, first and count, put together where one goes on with the other."""
    start = end = before = 0
    for first, count in spans:
        if count and first != end:
            if end > start:
                yield _Range(start, end - 1, before)
                before += end - start
            start = end = first
        end += count
    if end > start:
        yield _Range(start, end - 1, before)


class _Spans:
    """Gathers spans as tokens."""

    def __init__(self) -> None:
        self._start, self._end = list[Array](), list[Array]()
        self._size = 0

    def add(self, start: Array, end: Array, base: Array) -> Array:
        """The rows of these spans, moved by the base; -1 where there is none."""
        rows = np.arange(self._size, self._size + len(start))
        self._start.append(start + base)
        self._end.append(end + base)
        self._size += len(start)
        return np.where(start >= 0, rows, -1)

    def read(self, text: str, documents: Array, lexicon: "Lexicon") -> Tokens:
        """The tokens of the text."""
        none, few, bytes_ = np.zeros(0, np.bool_), np.zeros(0, np.int32), np.zeros(0, np.uint8)
        return Tokens(
            text=text,
            lexicon=lexicon,
            start=_small(np.concatenate(self._start)),
            end=_small(np.concatenate(self._end)),
            word=none,
            lead=bytes_,
            tail=bytes_,
            gap=none,
            breaks=Breaks(few, few),
            opens=none,
            tape=bytes_,
            at=few,
            length=few,
            joints=few,
            documents=documents,
        )


def _sentences(start: Array, stop: Array, paragraph: Array, document: Array) -> Sentences:
    none, few = np.zeros(0, np.bool_), np.zeros(0, np.int32)
    places = (_small(start), _small(stop), _small(paragraph), _small(document))
    return Sentences(few, few, *places, none, none, none, none, none)


def _article(tokens: Tokens, sentences: Sentences) -> Article:
    none, few = np.zeros(0, np.bool_), np.zeros(0, np.int32)
    quotations, names = Quotations(none, none, few, few, few), Runs(few, few, none)
    return Article(tokens, sentences, quotations, starts=none, asides=none, names=names, shapes={})


def _run(first: Array) -> tuple[Array, Array]:
    """First token and end of spans, each of one token; -1 where there is none."""
    return _small(first), _small(np.where(first >= 0, first + 1, -1))


def _small(column: Array) -> Array:
    return column.astype(np.int32)


def _kind_of(column: Sequence[Any]) -> type:
    """What an array of the values holds."""
    if any(isinstance(value, str) for value in column[:1]):
        return object
    return np.float64 if any(value is None or isinstance(value, float) for value in column[:1]) else np.int64
