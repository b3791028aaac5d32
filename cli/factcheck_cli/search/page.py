"""What was found in an archive, as pages for people and for programs; and the list of its runs."""

import codecs
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import orjson

from factcheck_cli.formats.csv_table import guarded, rows
from factcheck_cli.store.alive import is_alive
from factcheck_cli.store.query import CLOSE, LEVELS, MANY, OPEN, Hit, Query, Sort
from factcheck_cli.terminal.console import counted
from factcheck_cli.terminal.cues import in_text
from factcheck_cli.terminal.style import BOLD, DIM, Style, clean, hanging, lines
from factcheck_cli.terminal.style import LEVELS as COLORS
from factcheck_cli.terminal.table import NOTHING, Column, table

if TYPE_CHECKING:
    from factcheck_cli.search.command import SearchFormat

_ABOUT: Final = ("type", "title", "byline", "date", "outlet")
_COLUMNS: Final = (
    *("doc", "file", "place", "index", "start", "end", "level", "confidence", "polarity"),
    *("source", "source_kind", "rules", "cues", "date", "title", "byline", "outlet", "run", "text"),
)
_INDENT: Final = 2


class Page:
    """The page of a search, piece by piece."""

    def __init__(self, form: "SearchFormat", style: Style, *, to_file: bool) -> None:
        self._form, self._style, self._to_file = form, style, to_file

    def of(
        self, database: sqlite3.Connection, query: Query, counts: tuple[int, int], sort: Sort | None, limit: int
    ) -> Iterator[bytes]:
        """What the query finds, so many sentences and documents; `limit` at most, 0: all."""
        order = sort or ("confidence" if not query.words else "rank" if counts[0] <= MANY else "kept")
        hits = query.hits(database, order, limit, marked=self._form == "pretty" and self._style.color)
        if self._form == "jsonl":
            yield from (orjson.dumps(record(hit)) + b"\n" for hit in hits)
        elif self._form == "csv":
            if self._to_file:
                yield codecs.BOM_UTF8  # Excel takes it for UTF-8 by this alone
            yield rows([_COLUMNS])
            yield from (rows([_cells(hit)], self._style) for hit in hits)
        else:
            yield from self._for_people(hits, *counts, limit)

    def _for_people(self, hits: Iterator[Hit], found: int, documents: int, limit: int) -> Iterator[bytes]:
        shown = 0
        for hit in hits:
            yield "".join(f"{line}\n" for line in (*self._hit(hit), "")).encode()
            shown += 1
        if not found:
            yield b"Nothing found.\n"
            return
        said = f"{counted(found, 'sentence')} in {counted(documents, 'document')}"
        if found > MANY:
            said = f"More than {MANY:,} sentences" if limit else counted(shown, "sentence")
        more = f"; {shown:,} shown, --limit 0 shows all" if shown < found else ""
        yield f"{said}{more}\n".encode()

    def _hit(self, hit: Hit) -> Iterator[str]:
        style, row = self._style, hit.row
        head = style.paint(clean(where(hit)), BOLD)
        about = ", ".join(clean(row[name]) for name in ("date", "byline", "outlet") if row[name])
        yield f"{head}  {style.paint(hit.level, COLORS[hit.level])}{f'  {style.paint(about, DIM)}' if about else ''}"
        margin, room = " " * _INDENT, max(20, style.columns - _INDENT)
        if hit.marked:
            text, marks = _marks(hit.marked)
            yield from in_text(text, marks, style, _INDENT)
        else:
            yield from (margin + clean(row["text"][a:b]) for a, b in lines(row["text"], room))
        said = [f"Source: {clean(row['refers'] or row['source'])} ({row['kind']})"] if row["source"] is not None else []
        rules = ", ".join(dict.fromkeys(one.rule for one in hit.findings))
        if why := "; ".join([*said, *([rules] if rules else [])]):
            yield from (style.paint(line, DIM) for line in hanging(margin * 2, why, style.columns, 2 * _INDENT))


def where(hit: Hit) -> str:
    """The place of a sentence as people and editors go to it: `file:line`; of others what it is called there."""
    row = hit.row
    if row["file"]:
        place = f"{row['file']}:{row['number']}"
        return place if row["name"] == place else f"{place} ({row['name']})"
    return f"{row['name']}:{row['line']}" if row["place"] == "line" else f"{row['name']}, {row['place']} {row['line']}"


def record(hit: Hit) -> dict[str, Any]:
    """The sentence with the keys that a scan gives it, and what the archive knows beside."""
    row = hit.row
    source = None
    if row["source"] is not None:
        more = {name: row[name] for name in ("beside", "refers") if row[name]}
        span = {"start": row["source_start"], "end": row["source_stop"]}
        source = {"text": row["source"], **span, "kind": row["kind"], **more}
    found: dict[str, Any] = {
        "doc": row["name"],
        "index": row["index"],
        "start": row["start"],
        "end": row["stop"],
        "text": row["text"],
        "level": hit.level,
        "confidence": row["confidence"],
        "polarity": _polarity(hit),
        "signals": hit.signals,
        "source": source,
        "findings": [
            {
                "rule": one.rule,
                "level": one.level,
                "weight": one.weight,
                "severity": one.severity,
                "start": one.start,
                "end": one.stop,
                "text": hit.words(one),
                "message": one.message,
            }
            for one in hit.findings
        ],
        "place": {row["place"]: row["line"]},
        "about": {name: row[name] for name in _ABOUT if row[name]},
        "run": row["run"],
    }
    if row["file"]:
        found["row"] = {"file": row["file"], "number": row["number"]}
    return found


def _cells(hit: Hit) -> list[object]:
    row = hit.row
    return [
        guarded(row["name"]),
        guarded(row["file"]),
        f"{row['place']} {row['line']}",
        *(row[name] for name in ("index", "start", "stop")),
        hit.level,
        row["confidence"],
        _polarity(hit),
        guarded(row["source"] or ""),
        row["kind"],
        " ".join(one.rule for one in hit.findings),
        guarded(" | ".join(" ".join(hit.words(one).split()) for one in hit.findings)),
        *(guarded(row[name] or "") for name in ("date", "title", "byline", "outlet")),
        row["run"],
        guarded(row["text"]),
    ]


def _polarity(hit: Hit) -> str:
    return "negative" if hit.row["negative"] else "positive"


def _marks(marked: str) -> tuple[str, bytearray]:
    """The text without marks, and for each character of it 2 where it was found."""
    text, marks, inside = [], bytearray(), 0
    for char in marked:
        if char in {OPEN, CLOSE}:
            inside = 2 if char == OPEN else 0
        else:
            text.append(char)
            marks.append(inside)
    return "".join(text), marks


# Runs ----------------------------------------------------------------------------------------------------------------

_RUNS: Final = """
    SELECT run.id, state, started, finished, beat, host, process, documents, unchanged, run.sentences, failures, levels,
        inputs, resumes, version, settings
    FROM run JOIN ruleset ON ruleset.id = run.ruleset ORDER BY run.id
"""


_OF_RUN: Final = (
    *("run", "state", "started", "finished", "documents", "unchanged", "sentences", "failures"),
    *("version", "inputs", "resumes"),
)
"""What a table tells of a run; behind it stand the sentences at each level."""


def listed(database: sqlite3.Connection, form: "SearchFormat", style: Style) -> Iterator[bytes]:
    """The runs of the archive, the first first."""
    cursor = database.execute(_RUNS)
    names = [one[0] for one in cursor.description]
    runs = [_told(dict(zip(names, row, strict=True))) for row in cursor]
    if form == "jsonl":
        for run in runs:
            unread = database.execute("SELECT name, message FROM unread WHERE run = ? ORDER BY number", (run["run"],))
            told = [{"name": name, "message": message} for name, message in unread]
            yield orjson.dumps({**run, "unread": told}) + b"\n"
    elif form == "csv":
        kept: list[list[object]] = [[*_OF_RUN, *LEVELS]]
        for run in runs:
            own = {**run, "inputs": " ".join(run["inputs"])}
            cells = [*(own[name] for name in _OF_RUN), *(run["levels"].get(level) for level in LEVELS)]
            kept.append([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
        yield rows(kept, style)
    elif not runs:
        yield b"No run is kept here yet.\n"
    else:
        columns = [
            Column("run", [str(run["run"]) for run in runs]),
            Column("started", [run["started"][:16].replace("T", " ") for run in runs], left=True),
            Column("state", [run["state"] for run in runs], left=True),
            *(
                Column(name, [f"{run[key]:,}" if run[key] else NOTHING for run in runs], spare)
                for name, key, spare in (
                    ("documents", "documents", 0),
                    ("unchanged", "unchanged", 3),
                    ("sentences", "sentences", 4),
                    ("unread", "failures", 1),
                )
            ),
            Column("inputs", [_shortly(run["inputs"]) for run in runs], 2, left=True),
        ]
        yield "".join(f"{line}\n" for line in table(columns, style)).encode()


def _told(run: dict[str, Any]) -> dict[str, Any]:
    """What is said of a run."""
    state = run["state"]
    if state == "running" and not is_alive(run["host"], run["process"], run["beat"]):
        state = "interrupted"
    shown = {"run": run["id"], "state": state}
    shown |= {name: run[name] for name in ("started", "finished", "documents", "unchanged", "sentences", "failures")}
    levels = orjson.loads(run["levels"])
    return {
        **shown,
        "resumes": run["resumes"],
        "version": run["version"],
        "inputs": orjson.loads(run["inputs"]),
        "levels": {name: levels[name] for name in LEVELS if name in levels},
        "settings": orjson.loads(run["settings"]),
    }


def _shortly(inputs: list[str]) -> str:
    """The first input, and how many more there are."""
    return clean(inputs[0]) + (f" and {len(inputs) - 1:,} more" if inputs[1:] else "") if inputs else ""
