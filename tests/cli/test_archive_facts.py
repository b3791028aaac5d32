"""What an archive keeps of rows beside their texts, and how searches by date, byline and outlet go by it."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import Result

from archived import asked

Run = Callable[..., Result]

ROWS = [
    {"id": "mill", "text": "The mill could close.", "date": "2026-03-02", "byline": "Ruth Abara", "outlet": "Tide"},
    {"id": "weir", "text": "The weir could burst.", "date": "2025-11-03T10:00:00Z", "byline": "", "title": "A weir"},
    {"id": "quay", "text": "The quay could sink.", "date": "", "byline": "", "outlet": "Harbour Müller"},
]
FIELDS = ("id", "text", "date", "byline", "outlet", "title")
FULL = [{name: row.get(name, "") for name in FIELDS} for row in ROWS]


def written(folder: Path, kind: str) -> str:
    """The rows as a file of this type."""
    path = folder / f"rows.{kind}"
    if kind == "csv":
        page = io.StringIO(newline="")
        table = csv.DictWriter(page, FIELDS)
        table.writeheader()
        table.writerows(FULL)
        path.write_text(page.getvalue(), "utf-8", newline="")
    elif kind == "parquet":
        parquet.write_table(pa.Table.from_pylist(FULL), path)
    else:
        lines = [json.dumps(row) for row in ROWS]
        path.write_text("\n".join(lines) if kind == "jsonl" else f"[{','.join(lines)}]", "utf-8")
    return path.name


@pytest.mark.parametrize("kind", ["jsonl", "csv", "json", "parquet"])
def test_rows_keep_what_they_say_of_themselves(run: Run, folder: Path, kind: str) -> None:
    """Date, byline, outlet and title of rows are kept, and the scan writes what it would write without."""
    name = written(folder, kind)
    plain = run("scan", name, "--format", "jsonl").stdout
    first, done = (run("scan", name, "--format", "jsonl", "--db", "a.db") for _ in range(2))
    assert (first.stdout, done.stdout) == (plain, plain)
    assert "3 of them unchanged" in done.stderr
    assert asked("a.db", "SELECT name, type, title, byline, date FROM document ORDER BY id") == [
        ("mill", "text", "", "Ruth Abara", "2026-03-02"),
        ("weir", "text", "A weir", "", "2025-11-03"),
        ("quay", "text", "", "", None),
    ]
    (line,) = run("search", "--db", "a.db", "--after", "2026", "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["text"] == "The mill could close."
    (row,) = csv.DictReader(io.StringIO(run("search", "mill", "--db", "a.db", "--format", "csv").stdout, newline=""))
    assert (row["date"], row["byline"]) == ("2026-03-02", "Ruth Abara")


@pytest.mark.parametrize("format_", ["jsonl", "json", "csv", "pretty", "sarif", "html", "parquet", "markdown"])
@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_what_is_kept_is_not_printed(run: Run, folder: Path, kind: str, format_: str) -> None:
    """No format tells of the fields of rows because an archive keeps them."""
    name = written(folder, kind)
    for options in ((), ("--db", "a.db"), ("--db", "a.db")):
        assert run("scan", name, "--format", format_, "-o", f"out{len(options)}", *options).exit_code == 0
        assert (folder / f"out{len(options)}").read_bytes() == (folder / "out0").read_bytes()


def test_rows_with_another_date_are_other_states(run: Run, folder: Path) -> None:
    """A date that is corrected counts as its text does."""
    name = written(folder, "jsonl")
    run("scan", name, "--db", "a.db")
    (folder / name).write_text((folder / name).read_text("utf-8").replace("2026-03-02", "2026-03-03"), "utf-8")
    assert "2 of them unchanged" in run("scan", name, "--db", "a.db").stderr
    dates = asked("a.db", "SELECT date, current FROM document WHERE name = 'mill' ORDER BY id")
    assert dates == [("2026-03-02", 0), ("2026-03-03", 1)]


def test_searches_by_byline_and_outlet(run: Run, folder: Path) -> None:
    """A part of the name will do, whatever its case and accents; other formats' outlets are kept, too."""
    run("scan", written(folder, "jsonl"), "--db", "a.db")

    def found(*options: str) -> list[str]:
        done = run("search", "--db", "a.db", "--format", "jsonl", "--quiet", *options)
        return [json.loads(line)["doc"] for line in done.stdout.splitlines()]

    assert found("--byline", "abara") == found("--outlet", "TIDE") == ["mill"]
    assert found("--outlet", "muller") == found("--outlet", "MÜLLER") == ["quay"]
    assert found("--outlet", "tide", "--byline", "voss") == found("--outlet", "_") == []
    (line,) = run("search", "sink", "--db", "a.db", "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["about"] == {"type": "text", "outlet": "Harbour Müller"}
    done = run("search", "--db", "a.db", "--outlet", "tied", "--format", "jsonl")
    assert done.stderr.splitlines()[1:] == [
        "factcheck: a.db: no outlet in this archive has `tied` in it; did you mean `Tide`?"
    ]


@pytest.mark.parametrize("asked_", ["muller", "Müller", "MÜLLER", "Mu\u0308ller"])
def test_sources_are_found_whatever_their_accents(run: Run, folder: Path, asked_: str) -> None:
    """As words are: case and accents make no difference, however they are written."""
    (folder / "a.txt").write_text("“It sank,” said Käthe Müller. “It may rain,” said Ada Voss.", "utf-8")
    run("scan", "a.txt", "--db", "a.db")
    (line,) = run("search", "--db", "a.db", "--source", asked_, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["source"]["text"] == "Käthe Müller"
