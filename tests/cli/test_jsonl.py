"""JSON lines put together from columns are the records, to the byte."""

from pathlib import Path

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import Batch, Scanner
from factcheck_cli.formats import jsonl
from news import articles

SCANNER = Scanner()
PIECES = (
    *("Officials say", " the mill may close", ".", "\n\n", "“", "”", '"', " she said", "?", "Ada Voss", ", the mayor,"),
    *(" \u0301", "é", "\\", "\t", "\x00", "\x1f", "\x7f", "国", "🙂", "\u2028", " according to\nRuth  Abara "),
)
HOUSE = """pack house
    title    "House \\"rules\\""
    language en
    version  1

rule closing : possible
    "Something may close."
    match  what:(the <word>) may close
    range  0.2 0.4
    flag   "The mill may close."
    pass   "The mill closed."
"""


def written(batch: Batch) -> bytes:
    """The lines of all sentences."""
    return b"".join(jsonl.of_columns(part) for part in batch.parts)


def expected(batch: Batch) -> bytes:
    """The records one by one."""
    return b"".join(orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE) for record in batch.to_records())


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), max_size=4))
def test_lines_are_the_records(texts: list[str]) -> None:
    """Odd texts, and names that need escaping."""
    batch = SCANNER.scan_many(texts, [f'"{number}"\n' for number in range(len(texts))])
    assert written(batch) == expected(batch)


def test_lines_of_news() -> None:
    """Many articles, with all that sources can have."""
    batch = SCANNER.scan_many(articles(7, 60_000))
    assert b'"beside"' in written(batch)
    assert b'"refers"' in written(batch)
    assert written(batch) == expected(batch)


def test_lines_of_rules_with_more_to_tell(tmp_path: Path) -> None:
    """Captures and ranges."""
    path = tmp_path / "house.fact"
    path.write_text(HOUSE, "utf-8")
    batch = Scanner(path).scan_many(["The mill may close. So the “yard” may close.", "The yard may close."])
    assert b'"captures":{"what":{"text":"The yard","start":0,"end":8}}' in written(batch)
    assert written(batch) == expected(batch)


def test_only_some_are_shown() -> None:
    """The lines of the sentences asked for, as they are among all."""
    (part,) = SCANNER.scan_many(articles(9, 30_000)).parts
    shown = np.arange(1, len(part.grades), 3)
    every = jsonl.of_columns(part).splitlines(keepends=True)
    assert jsonl.of_columns(part, shown) == b"".join(every[row] for row in shown.tolist())
    assert jsonl.of_columns(part, shown[:0]) == b""


def test_large_offsets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers beyond those kept are written one by one."""
    monkeypatch.setattr(jsonl, "_KEPT", 50)
    batch = SCANNER.scan_many(["The mill may close. " * 20])
    assert written(batch) == expected(batch)
