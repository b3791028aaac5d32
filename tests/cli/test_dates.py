"""The date of a document: as sources, newsrooms and computers write it, and told alike by statistics and archives."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from archived import asked, changed
from factcheck_cli.dates import in_path, said, told_by

Run = Callable[..., Result]

THE_26TH = """\
2026-11-26
2026-11-26T08:00:00+02:00
2026-11-26 08:00
2026/11/26
2026.11.26
20261126
20261126T080000Z
202611260800
20261126080000
26.11.2026
26.11.2026 08:00
Thu, 26 Nov 2026 08:00:00 +0000
Thu, 26 Nov 26 08:00:00 GMT
Thu Nov 26 08:00:00 2026
Thu Nov 26 08:00:00 UTC 2026
Thu Nov 26 08:00:00 +0000 2026
Thu Nov 26 2026 08:00:00 GMT+0000 (GMT)
26/Nov/2026:08:00:00 +0000
26-NOV-2026 08:00:01.79
26-Nov-26
26 Nov 26
26Nov2026
26 November 2026
26th November 2026
26th of November, 2026
the 26th of November 2026
26. November 2026
25-26 November 2026
25–26 November 2026
30 October - 26 November 2026
Thursday 26 November 2026 08.00 GMT
Thursday, Nov. 26 2026
November 26, 2026
NOVEMBER 26, 2026
November 26th, 2026
November the 26th, 2026
Nov. 26, 2026, 8:00 a.m. ET
2026 November 26
2026-Nov-26
08:00 GMT, 26 November 2026
8:00 AM EST, Thu November 26, 2026
Published: 08:00, 26 November 2026
Published 26 November 2026, updated 28 November 2026
Last updated on November 26, 2026 at 8:00 am
Posted 2026-11-26
1795651200
1795651200.0
1795651200000
1795651200000000
1795651200000000000
"""


@pytest.mark.parametrize("text", THE_26TH.splitlines())
def test_a_day_as_it_is_written(text: str) -> None:
    """By editors, wires, feeds, servers, spreadsheets and computers."""
    assert said(text) == (2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-3-2", (2026, 3, 2)),
        ("2026/3/2", (2026, 3, 2)),
        ("2.3.2026", (2026, 3, 2)),
        ("Sept. 5, 2026", (2026, 9, 5)),
        ("May 1st 2026", (2026, 5, 1)),
        ("26-FEB-87 15:01", (1987, 2, 26)),
        ("915148800", (1999, 1, 1)),
        ("2026-11", (2026, 11, 0)),
        ("2026/11", (2026, 11, 0)),
        ("11/2026", (2026, 11, 0)),
        ("Nov 2026", (2026, 11, 0)),
        ("November, 2026", (2026, 11, 0)),
        ("2026 November", (2026, 11, 0)),
        ("2026", (2026, 0, 0)),
        ("3/4/2026", None),
        ("26/11/2026", None),
        ("03-04-2026", None),
        ("2026-02-30", None),
        ("2026-13-01", None),
        ("2026-00-10", None),
        ("12026-11-26", None),
        ("40 Nov 2026", None),
        ("31 April 2026", None),
        ("Mayor 2026", None),
        ("26 Nov", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_as_they_are_written(text: str, expected: tuple[int, int, int] | None) -> None:
    """Those that can be read in one way only, and as far as they tell."""
    assert said(text) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("desk/2026/11/26/quay.txt", (2026, 11, 26)),
        ("desk/2026-11-26-quay.txt", (2026, 11, 26)),
        ("desk\\2026\\1\\6\\quay.txt", (2026, 1, 6)),
        ("desk/20261126.txt", (2026, 11, 26)),
        ("2020-01-01/quay-2026_11_26.txt", (2026, 11, 26)),
        ("https://echo.example/2026/11/26/quay", (2026, 11, 26)),
        ("https://echo.example/news/2026/nov/26/quay", (2026, 11, 26)),
        ("desk/quay-2026-Nov-26.txt", (2026, 11, 26)),
        ("desk/2026/11/quay.txt", (2026, 11, 0)),
        ("desk/2026/november/quay.txt", (2026, 11, 0)),
        ("desk/2026-nov.txt", (2026, 11, 0)),
        ("desk/2026/quay.txt", (2026, 0, 0)),
        ("desk/2026/mayor.txt", (2026, 0, 0)),
        ("desk/budget-2026.txt", None),
        ("desk/2026-13-40.txt", None),
        ("desk/120261126.txt", None),
    ],
)
def test_dates_in_paths(path: str, expected: tuple[int, int, int] | None) -> None:
    """The fullest that there is; the last of several; a year alone only where a folder is called so."""
    assert in_path(path) == expected


@pytest.mark.parametrize(
    ("told", "name", "file", "expected"),
    [
        ("2 March 2026", "2025-01-01.txt", "2025-01-01.txt", "2026-03-02"),
        ("March 2026", "2026-03-02.txt", "2026-03-02.txt", "2026-03-02"),
        ("March 2026", "2025-01-01.txt", "2025-01-01.txt", "2026-03"),
        ("2026", "a1", "2026/03/wire.jsonl", "2026-03"),
        ("soon", "https://echo.example/2026/03/02/quay", "2025/wire.jsonl", "2026-03-02"),
        ("", "a1", "wire.jsonl", "None"),
    ],
)
def test_the_source_goes_before_the_name_before_the_path(told: str, name: str, file: str, expected: str) -> None:
    """What comes later fills up what the first says, and never gainsays it."""
    assert str(told_by(told, name, file)) == expected


def test_statistics_and_archives_agree(run: Run, folder: Path) -> None:
    """On rows, files that say their date, and files in folders that do, whatever is asked."""
    for name, text in (
        ("2026/03/02/quay.txt", "The quay may close."),
        ("2026/03/mill.txt", "The mill may close."),
        ("2025/ferry.txt", "The ferry may stop."),
        ("pier.md", "---\ndate: 5 April 2026\n---\nThe pier may close."),
        ("crane.txt", "The crane may fall."),
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text + "\n", "utf-8")
    days = ("26-NOV-2026 08:00", "Nov. 26, 2026", "3/4/2026", 1_795_651_200)
    rows = [{"id": f"a{number}", "text": "It may sink.", "date": day} for number, day in enumerate(days)]
    rows.append({"id": "https://echo.example/2026/04/05/pier", "text": "It may sink."})
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    inputs = ("2025", "2026", "pier.md", "crane.txt", "rows.jsonl")
    assert run("scan", *inputs, "--db", "a.db").exit_code == 0
    for by, length in (("day", 10), ("month", 7), ("year", 4)):
        table = run("stats", *inputs, "--by", by, "--format", "json").stdout
        groups = {one["name"]: one["documents"] for one in json.loads(table)["groups"]}
        told = "SELECT iif(length(date) < ?, NULL, substr(date, 1, ?)) AS own, count(*) FROM document GROUP BY own"
        assert groups == dict(asked("a.db", told, length, length))
    for month, end, expected in (
        ("2026-03", "2026-04", {"2026/03/02/quay.txt", "2026/03/mill.txt"}),
        ("2026-04", "2026-05", {"pier.md", rows[-1]["id"]}),
    ):
        done = run("search", "--db", "a.db", "--after", month, "--before", end, "--format", "jsonl")
        assert {json.loads(line)["doc"] for line in done.stdout.splitlines()} == expected


def test_dates_that_do_not_say_enough_are_told(run: Run, folder: Path) -> None:
    """A month fits where all its days do; where only some do it is left out, and that is said."""
    rows = [
        {"id": day or "none", "text": "It may sink.", "date": day}
        for day in ("2026-02-28", "2026-03", "2026-03-15", "2026", "2025", "")
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run("scan", "rows.jsonl", "--db", "a.db").exit_code == 0

    def found(*arguments: str) -> tuple[set[str], list[str]]:
        done = run("search", "--db", "a.db", *arguments, "--format", "jsonl")
        said = [line.partition("a.db: ")[2] for line in done.stderr.splitlines()]
        return {json.loads(line)["doc"] for line in done.stdout.splitlines()}, said

    undated = "1 document without a date is left out: none"
    short = "1 document of which only the month or the year is told is left out: 2026"
    assert found("--after", "2026") == ({"2026-02-28", "2026-03", "2026-03-15", "2026"}, [undated])
    assert found("--after", "2026-03") == ({"2026-03", "2026-03-15"}, [undated, short])
    assert found("--after", "2026-03", "--before", "2026-04") == ({"2026-03", "2026-03-15"}, [undated, short])
    assert found("--before", "2026-03") == ({"2026-02-28", "2025"}, [undated, short])
    assert found("--before", "2027") == ({row["id"] for row in rows} - {"none"}, [undated])
    both = "2 documents of which only the month or the year is told are left out, such as 2026"
    assert found("--after", "2026-03-10") == ({"2026-03-15"}, [undated, both])
    assert found("--after", "2027") == (set(), ["nothing was found", undated])


def test_dates_of_an_old_archive_are_told_anew(run: Run, folder: Path) -> None:
    """What an older version could not read is read when the archive is brought up to date."""
    (folder / "2026-03").mkdir()
    (folder / "2026-03/quay.txt").write_text("The quay may close.\n", "utf-8")
    (folder / "mill.md").write_text("---\ndate: Sept. 5, 2026\n---\nThe mill may close.\n", "utf-8")
    assert run("scan", "2026-03", "mill.md", "--db", "a.db").exit_code == 0
    dates = "SELECT name, date FROM document ORDER BY name"
    expected = asked("a.db", dates)
    assert [date for _, date in expected] == ["2026-03", "2026-09-05"]
    changed(folder / "a.db", "UPDATE document SET date = NULL", "PRAGMA user_version = 3")
    assert run("search", "quay", "--db", "a.db").exit_code == 0
    assert asked("a.db", dates) == expected
