"""An archive whose writer signal 9 ends at any point: no damage, no finished run lost, and the next run takes it up."""

import json
import os
import sqlite3
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from killed import Killer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signal 9 is of Unix")

TIMES = 100 if os.environ.get("HYPOTHESIS_PROFILE") == "deep" else 6
"""Kills at random moments, with one process and with two."""
ROWS = 400

HOUSE = """\
pack house

rule chance : possible
    "Only a possibility."
    match   could
    weight  0.9
    flag    "The quay could sink."
    pass    "The quay sank."
"""


def asked(path: Path, question: str) -> list[Any]:
    """What the archive answers."""
    with closing(sqlite3.connect(path)) as database:
        return database.execute(question).fetchall()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_killed_scan_leaves_its_archive_whole(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, jobs: str
) -> None:
    """Whenever it is killed, the file is sound, finished runs are all there, and documents whole or not there."""
    (tmp_path / "house.fact").write_text(HOUSE, "utf-8")
    rows, archive = tmp_path / "rows.jsonl", tmp_path / "a.db"
    state, finished = 0, 0

    def edit() -> None:
        """Changes every second text, so that there is always something to take and something to keep."""
        nonlocal state
        state += 1
        texts = (f"Mill {n} could close. Ruth Abara left in {state if n % 2 else 0}.\n" * 60 for n in range(ROWS))
        rows.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)), "utf-8")

    def look() -> None:
        nonlocal finished
        if not archive.exists() or not asked(archive, "SELECT name FROM sqlite_master"):
            return
        assert asked(archive, "PRAGMA integrity_check") == [("ok",)]
        with closing(sqlite3.connect(archive)) as database:
            database.execute("INSERT INTO words(words, rank) VALUES('integrity-check', 1)")
        done = asked(archive, "SELECT id FROM run WHERE state = 'finished' ORDER BY id")
        assert len(done) >= finished, "a run that was finished is gone"
        finished = len(done)
        assert not asked(archive, "SELECT id FROM document WHERE count <> 120")
        ((sentences, kept),) = asked(
            archive, "SELECT (SELECT count(*) FROM sentence), (SELECT sum(count) FROM document)"
        )
        assert sentences == (kept or 0)
        seen = asked(
            archive, "SELECT run.id, count(*) FROM run JOIN seen ON run = run.id WHERE state = 'finished' GROUP BY 1"
        )
        assert all(count == ROWS for _, count in seen)
        assert not asked(archive, "SELECT document FROM seen EXCEPT SELECT id FROM document")

    scan = ["scan", "rows.jsonl", "--db", "a.db", "--no-builtin", "--rules", "house.fact", "-o", "out", "--jobs", jobs]
    environment = os.environ | {"FACTCHECK_CACHE": str(tmp_path_factory.getbasetemp() / "cache")}
    killer = Killer(["-m", "factcheck_cli.app", *scan, "--format", "jsonl"], tmp_path, environment)
    deaths = killer.at_random(TIMES, look, edit)
    print(f"jobs {jobs}: {deaths.killed} killed, {deaths.done} done")  # noqa: T201 - read in deep runs, with -s
    before = asked(archive, "SELECT count(*) FROM run WHERE state = 'finished'")[0][0]
    killer.run()
    look()
    assert finished == before + 1
    assert not asked(archive, "SELECT id FROM run WHERE state = 'running'")
    assert asked(archive, "SELECT count(*) FROM document WHERE current") == [(ROWS,)]
    runs = asked(archive, "SELECT id, state, resumes FROM run ORDER BY id")
    for (last, state_of_last, _), (_, _, resumed) in pairwise(runs):
        assert resumed == (last if state_of_last == "interrupted" else None)
    print(f"{sum(1 for _, ended, _ in runs if ended == 'interrupted')} of {len(runs)} runs interrupted")  # noqa: T201
