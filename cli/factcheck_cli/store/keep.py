"""A run as it is written to an archive: documents as they come, a batch in one transaction, and what it all came to."""

import os
import platform
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from itertools import islice, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from factcheck.version import __version__
from factcheck_cli.store.alive import is_alive
from factcheck_cli.store.opened import told, transaction
from factcheck_cli.store.sheet import Card, Same, Sheet, Voice

if TYPE_CHECKING:
    from factcheck.language.program import Rule
    from factcheck_cli.log import Log
    from factcheck_cli.tally import Tally

_KNOWN: Final = 200_000  # sources and signals whose numbers are remembered

_DOCUMENT: Final = "INSERT INTO document VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SENTENCE: Final = "INSERT INTO sentence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SAME: Final = "SELECT id, run FROM document WHERE name = ? AND file = ? AND key = ? AND ruleset = ?"
_INTERRUPTED: Final = """
    SELECT id, documents FROM run WHERE state = 'interrupted' AND ruleset = :ruleset AND inputs = :inputs
        AND id NOT IN (SELECT resumes FROM run WHERE resumes IS NOT NULL)
        AND id > (
            SELECT ifnull(max(id), 0) FROM run WHERE state = 'finished' AND ruleset = :ruleset AND inputs = :inputs
        )
    ORDER BY id DESC
"""
"""The last run that was to do the same, unless that has been done since."""
_BEGUN: Final = """
    INSERT INTO run(ruleset, state, started, beat, inputs, host, process, resumes)
    VALUES (?, 'running', ?, ?, ?, ?, ?, ?)
"""
_NOW: Final = "CREATE TEMP TABLE now(document INTEGER PRIMARY KEY, number INTEGER)"
"""What the run sees now, for as long as the archive is open to it."""
_SEEN: Final = (
    "INSERT OR IGNORE INTO seen SELECT :run, document FROM temp.now",
    """UPDATE document SET run = max(run, :run), number = (SELECT number FROM temp.now WHERE document = document.id)
        WHERE id IN (SELECT document FROM temp.now)""",
    # A document is the newest of its name, unless a run that began later has seen another already.
    """UPDATE document SET current = NOT EXISTS (
            SELECT 1 FROM document AS other
            WHERE other.name = document.name AND other.file = document.file AND other.run > document.run
        ) WHERE id IN (SELECT document FROM temp.now)""",
    """UPDATE document SET current = 0 WHERE id IN (
            SELECT other.id FROM temp.now CROSS JOIN document AS own ON own.id = now.document
                CROSS JOIN document AS other ON other.name = own.name AND other.file = own.file
            WHERE other.current AND other.run < own.run AND :run
        )""",
)
"""Notes all that."""
_COUNTED: Final = """
    UPDATE run SET beat = ?, documents = documents + ?, unchanged = unchanged + ?, sentences = sentences + ?
    WHERE id = ?
"""
_FINISHED: Final = """
    UPDATE run SET state = 'finished', finished = ?, beat = ?, documents = ?, sentences = ?, failures = ?, levels = ?
    WHERE id = ?
"""


class Ruled(NamedTuple):
    """Rules and settings that documents are kept under: the key of both, the settings, and the rules by number."""

    key: str
    settings: Mapping[str, object]
    rules: "Sequence[Rule]"


class _Set(NamedTuple):
    """A set of rules of the archive: its number there, its rules, and those of their numbers that are known."""

    id: int
    rules: "Sequence[Rule]"
    known: dict[int, int]


class Keeper:
    """Keeps a run that is under way. Raises StoreError where its archive cannot be written.

    A run has one set of rules, that of its first text; where texts have others each is kept under its own.
    """

    def __init__(self, path: Path, database: sqlite3.Connection, waits: Callable[[], None] = lambda: None) -> None:
        """`waits` is called, once, when another program writes for so long that somebody may wonder."""
        self._path, self._database, self._waits = path, database, cache(waits)
        self._beside = frozenset[int]()
        self._sets = dict[str, _Set]()
        self._signals = dict[str, int]()
        self._voices = dict[Voice, int]()
        self._pieces = list[Sheet]()
        self.id = self.unchanged = self.again = self.kept_before = 0
        self.resumes: int | None = None

    def begin(self, sets: Sequence[Ruled], inputs: list[str]) -> None:
        """Begins the run by these sets of rules; takes up one that was interrupted with the first and these inputs."""
        now, own = _now(), orjson.dumps(inputs).decode()
        with told(self._path):
            self._database.execute("PRAGMA temp_store = MEMORY")
            self._database.execute(_NOW)
        with told(self._path), transaction(self._database, self._waits):
            ask = self._database.execute
            for one in sets:
                values = (one.key, __version__, orjson.dumps(one.settings).decode())
                ask("INSERT OR IGNORE INTO ruleset VALUES (NULL, ?, ?, ?)", values)
                ((number,),) = ask("SELECT id FROM ruleset WHERE key = ?", (one.key,))
                self._sets[one.key] = _Set(number, one.rules, {})
            ruleset = self._sets[sets[0].key].id
            running = "SELECT id, host, process, beat FROM run WHERE state = 'running'"
            beside = set[int]()
            for number, *where in ask(running).fetchall():
                if is_alive(*where):
                    beside.add(number)
                else:
                    ask("UPDATE run SET state = 'interrupted' WHERE id = ?", (number,))
            self._beside = frozenset(beside)
            if found := ask(_INTERRUPTED, {"ruleset": ruleset, "inputs": own}).fetchone():
                self.resumes, self.kept_before = found
            process = (platform.node(), os.getpid())
            self.id = ask(_BEGUN, (ruleset, now, now, own, *process, self.resumes)).lastrowid or 0

    def take(self, kept: Iterable[Sheet | Same]) -> None:
        """Keeps what is whole of this; the pieces of a long document wait for its last one."""
        ready, same = list[list[Sheet]](), list[Same]()
        for one in kept:
            if isinstance(one, Same):
                same.append(one)
                continue
            if not one.continues:
                self._pieces = []  # of what came before the rest is lost
            self._pieces.append(one)
            if one.last:
                ready.append(self._pieces)
                self._pieces = []
        if not (ready or same):
            return
        with told(self._path), transaction(self._database, self._waits):
            seen = [(one.document, one.number) for one in same]
            for pieces in ready:
                seen += self._keep(pieces)
            self._see(seen)
            documents = len(seen)
            sentences = sum(sum(piece.counts) for pieces in ready for piece in pieces)
            self._database.execute(_COUNTED, (_now(), documents, len(same), sentences, self.id))
        self.unchanged += len(same)

    def finish(self, tally: "Tally", log: "Log") -> None:
        """Ends the run with what was counted, and who could not be read."""
        with told(self._path):
            # From here on it is there, whatever becomes of the power.
            self._database.execute("PRAGMA synchronous = FULL")
            with transaction(self._database, self._waits):
                unread = [(self.id, number, *one[:2]) for number, one in enumerate(log.failed)]
                self._database.executemany("INSERT INTO unread VALUES (?, ?, ?, ?)", unread)
                now, levels = _now(), orjson.dumps(dict(tally.levels)).decode()
                counts = (tally.documents, tally.sentences, log.failures, levels)
                self._database.execute(_FINISHED, (now, now, *counts, self.id))

    def drop(self) -> None:
        """Ends the run as if it had not begun."""
        with told(self._path), transaction(self._database, self._waits):
            self._database.execute("DELETE FROM run WHERE id = ?", (self.id,))

    def close(self) -> None:
        """Lets the archive go; a run that is not finished by now was interrupted."""
        with suppress(sqlite3.Error):
            self._database.execute("PRAGMA busy_timeout = 1000")
            self._database.execute(
                "UPDATE run SET state = 'interrupted' WHERE id = ? AND state = 'running'", (self.id,)
            )
        with suppress(sqlite3.Error):
            self._database.close()

    # Documents -------------------------------------------------------------------------------------------------------

    def _see(self, documents: Sequence[tuple[int, int | None]]) -> None:
        """Notes that the run has seen these documents, each with its number; they are now the newest of their names."""
        ask, own = self._database.execute, {"run": self.id}
        ask("DELETE FROM temp.now")
        self._database.executemany("INSERT OR REPLACE INTO temp.now VALUES (?, ?)", documents)
        for statement in _SEEN:
            ask(statement, own)

    def _keep(self, pieces: Sequence[Sheet]) -> list[tuple[int, int | None]]:
        """Keeps documents, or one in pieces, but for what another run has kept meanwhile; all, each with its number."""
        cards, ruleset = pieces[0].cards, self._sets[pieces[0].ruleset].id
        counts = [sum(piece.counts) for piece in pieces] if len(pieces) > 1 else pieces[0].counts
        counts = [sum(counts)] if len(pieces) > 1 else counts
        first = self._next("sentence")
        new, all_ = list[int | None](), list[tuple[int, int | None]]()
        for one, count in zip(cards, counts, strict=True):
            there = self._database.execute(_SAME, (one.name, one.file, one.key, ruleset)).fetchone()
            if there:
                new.append(None)
                document = there[0]
                # What runs beside have kept meanwhile was new to this one.
                self.again += there[1] < self.id and there[1] not in self._beside
            else:
                document = self._insert(one, ruleset, first, count)
                new.append(document)
                first += count
            all_.append((document, one.number))
        if any(new):
            self._write(pieces, new)
        return all_

    def _next(self, table: str) -> int:
        ((last,),) = self._database.execute(f"SELECT ifnull(max(id), 0) FROM {table}")  # noqa: S608 - a name of ours
        return int(last) + 1

    def _insert(self, one: Card, ruleset: int, first: int, count: int) -> int:
        about = (one.type, one.title, one.byline, one.dated, one.date, one.place, one.characters)
        values = (one.name, one.file, one.number, one.key, ruleset, self.id, 1, *about, first, count, one.outlet)
        return self._database.execute(_DOCUMENT, values).lastrowid or 0

    def _write(self, pieces: Sequence[Sheet], documents: Sequence[int | None]) -> None:
        """The sentences of documents that are new, and all that hangs on them."""
        begin = first = self._next("sentence")
        for piece in pieces:
            owners = [one for one, count in zip(documents, piece.counts, strict=True) for _ in range(count)]
            if None in owners:
                self._sentences(_without(piece, owners), [one for one in owners if one], first)
                first += sum(1 for one in owners if one)
            else:
                self._sentences(piece, owners, first)
                first += len(owners)
        self._database.execute("INSERT INTO words(rowid, text) SELECT id, text FROM sentence WHERE id >= ?", (begin,))

    def _sentences(self, piece: Sheet, owners: Sequence[int | None], first: int) -> None:
        signals = [self._signal(value) for value in piece.signals]
        voices = [*(self._voice(one) for one in piece.voices), None]  # the last for -1
        own = piece.sentences
        rows = zip(
            range(first, first + len(owners)),
            owners,
            *(own[name] for name in ("start", "stop", "number", "paragraph", "level", "confidence", "negative")),
            [signals[number] for number in own["signals"]],
            own["setting"],
            [voices[number] for number in own["source"]],
            *(own[name] for name in ("source_start", "source_stop", "text")),
            strict=True,
        )
        write = self._database.executemany
        write(_SENTENCE, rows)
        write("INSERT INTO naming VALUES (?, ?, ?, ?, ?)", [(first + row, *rest) for row, *rest in piece.naming])
        sentence, number, rule, start, stop = piece.findings
        ids = [self._rule(self._sets[piece.ruleset], one) for one in rule]
        write(
            "INSERT INTO finding VALUES (?, ?, ?, ?, ?)",
            zip([first + row for row in sentence], number, ids, start, stop, strict=True),
        )
        write("INSERT INTO capture VALUES (?, ?, ?, ?, ?, ?)", [(first + row, *rest) for row, *rest in piece.captures])

    # What many sentences share ---------------------------------------------------------------------------------------

    def _rule(self, of: _Set, number: int) -> int:
        if number not in of.known:
            one = of.rules[number]
            values = (one.id, one.pack, one.level, one.weight, one.severity, one.message)
            of.known[number] = self._shared("rule", "name, pack, level, weight, severity, message", values)
        return of.known[number]

    def _signal(self, value: str) -> int:
        found = self._signals.get(value)
        if found is None:
            found = self._signals[value] = self._shared("signals", "value", (value,))
            _forget(self._signals)
        return found

    def _voice(self, voice: Voice) -> int:
        found = self._voices.get(voice)
        if found is None:
            found = self._voices[voice] = self._shared("source", "text, kind, beside, refers", voice)
            _forget(self._voices)
        return found

    def _shared(self, table: str, columns: str, values: Sequence[object]) -> int:
        """The number of a row that is there once, which it is from now on."""
        marks = ", ".join(repeat("?", len(values)))
        ask = self._database.execute
        found = ask(f"SELECT id FROM {table} WHERE ({columns}) = ({marks})", values).fetchone()  # noqa: S608 - names of ours
        if found:
            return int(found[0])
        return ask(f"INSERT INTO {table}({columns}) VALUES ({marks})", values).lastrowid or 0  # noqa: S608


def _forget(known: dict[Any, int]) -> None:
    """Drops the older half of what is too much to remember."""
    if len(known) > _KNOWN:
        for one in list(islice(known, _KNOWN // 2)):
            del known[one]


def _without(piece: Sheet, owners: Sequence[int | None]) -> Sheet:
    """The sheet without the sentences that have no owner."""
    from dataclasses import replace

    row = {old: new for new, old in enumerate(n for n, one in enumerate(owners) if one is not None)}
    rows = [one for one in zip(*piece.findings, strict=True) if one[0] in row]
    sentence, number, rule, start, stop = map(list, zip(*rows, strict=True)) if rows else ([], [], [], [], [])
    return replace(
        piece,
        sentences={name: [column[number] for number in row] for name, column in piece.sentences.items()},
        naming=[(row[one[0]], *one[1:]) for one in piece.naming if one[0] in row],
        findings=([row[one] for one in sentence], number, rule, start, stop),
        captures=[(row[one[0]], *one[1:]) for one in piece.captures if one[0] in row],
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
