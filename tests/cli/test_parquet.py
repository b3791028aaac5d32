"""Parquet: the records in columns, written in groups as the scan goes."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from typer.testing import Result

Run = Callable[..., Result]


def test_parquet_holds_the_records(scan: Run, folder: Path) -> None:
    """Read back it is what the JSON lines are, and where a source has places these, too."""
    (folder / "note.md").write_text("# The quay\n\nIt *may* sink. Officials say it could.\n", "utf-8")
    assert scan("article.txt", "note.md", "-o", "out.parquet").exit_code == 0
    rows = pq.read_table("out.parquet").to_pylist()
    lines = [json.loads(line) for line in scan("article.txt", "note.md").stdout.splitlines()]
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines, strict=True):
        line.pop("about", None)
        place = line.pop("place", None)
        assert {name: value for name, value in (row.pop("place") or {}).items() if value is not None} == (place or {})
        for finding in line["findings"]:
            finding.pop("place", None)
        for finding in row["findings"]:
            finding["captures"] = {one.pop("name"): one for one in finding["captures"]}
        assert (row.pop("reported"), row.pop("suppressed")) == (row["level"], None)
        assert bare(row) == line


def bare(value: Any) -> Any:  # noqa: ANN401 - JSON may be anything
    """A row as JSON lines write it, which leave out what a rule or a source has not."""
    if isinstance(value, list):
        return [bare(one) for one in value]
    if not isinstance(value, dict):
        return value
    optional = {"beside", "refers", "range", "captures"}
    return {name: bare(one) for name, one in value.items() if name not in optional or one}


def test_parquet_of_an_archive_has_groups(scan: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are written a group at a time; levels that are not wanted are left out; nothing is a table all the same."""
    monkeypatch.setattr("factcheck_cli.formats.parquet._GROUP", 100)
    row = json.dumps({"text": "It may sink. It sank. " * 50})
    (folder / "rows.jsonl").write_text(f"{row}\n" * 5, "utf-8")
    assert scan("rows.jsonl", "-o", "out.parquet", "--at-most", "possible").exit_code == 0
    file = pq.ParquetFile("out.parquet")
    assert (file.metadata.num_rows, file.metadata.num_row_groups) == (250, 3)
    assert set(file.read(["level"])["level"].to_pylist()) == {"possible"}
    assert scan("article.txt", "-o", "none.parquet", "--ignore", "house", "--at-most", "possible").exit_code == 0
    assert pq.read_table("none.parquet").num_rows == 0


def test_parquet_needs_pyarrow(scan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has not installed what writes it is told how."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = scan("article.txt", "-o", "out.parquet")
    said = "factcheck: --format parquet needs pyarrow; pip install 'factcheck-engine[arrow]' brings it\n"
    assert (result.exit_code, result.stderr) == (2, said)
    assert not Path("out.parquet").exists()
