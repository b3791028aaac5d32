"""Archives that are none, are damaged, locked or of another version: what is said of each."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import Result

from archived import asked, inputs, is_sound
from factcheck_cli.store import opened, schema
from factcheck_cli.store.error import StoreError
from factcheck_cli.store.opened import to_read, to_write

Run = Callable[..., Result]
PATIENCE = 120  # seconds
needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of Unix")


@pytest.fixture
def texts(folder: Path) -> list[str]:
    """Inputs of several kinds, one of them not to be read."""
    return inputs(folder)


# What is wrong with a file -------------------------------------------------------------------------------------------


def said(run: Run, *arguments: str) -> str:
    """What a command says that ends with status 2."""
    done = run(*arguments)
    assert done.exit_code == 2
    return done.stderr.removeprefix("factcheck: ").rstrip("\n")


BOTH = pytest.mark.parametrize(
    "command", [("scan", "article.txt", "--no-builtin"), ("search",)], ids=["scan", "search"]
)


@BOTH
def test_file_of_another_kind_is_refused(run: Run, folder: Path, command: tuple[str, ...]) -> None:
    """A text is no archive, and stays as it is."""
    (folder / "notes.db").write_text("Notes on the quay. " * 100, "utf-8")
    assert said(run, *command, "--db", "notes.db") == "notes.db: this is no archive; name another file"
    assert (folder / "notes.db").read_text("utf-8") == "Notes on the quay. " * 100


@BOTH
@pytest.mark.parametrize("application", [0, 7])
def test_database_of_another_program_is_refused(
    run: Run, folder: Path, command: tuple[str, ...], application: int
) -> None:
    """What somebody else keeps in SQLite is left alone."""
    with closing(sqlite3.connect("other.db")) as database:
        database.execute("CREATE TABLE run(id)")
        database.execute(f"PRAGMA application_id = {application}")
    before = (folder / "other.db").read_bytes()
    expected = "other.db: this is a database of another program; name another file"
    assert said(run, *command, "--db", "other.db") == expected
    assert (folder / "other.db").read_bytes() == before


@BOTH
def test_newer_archive_is_refused(run: Run, command: tuple[str, ...]) -> None:
    """What a later version has made is not touched."""
    run("scan", "article.txt", "--db", "a.db")
    with closing(sqlite3.connect("a.db")) as database:
        database.execute("PRAGMA user_version = 99")
    assert said(run, *command, "--db", "a.db") == (
        f"a.db: a newer factcheck made this archive (its version is 99, the last known here {schema.VERSION}); "
        "update factcheck, or name another"
    )


@BOTH
def test_damaged_archive_is_told(run: Run, folder: Path, command: tuple[str, ...]) -> None:
    """A file with pages overwritten is no cause for a traceback."""
    run("scan", "article.txt", "--db", "a.db")
    data = (folder / "a.db").read_bytes()
    (folder / "a.db").write_bytes(data[:4096] + b"\x5a" * (len(data) - 4096))
    assert said(run, *command, "--db", "a.db") == (
        "a.db: this archive is damaged; take a copy of it from before, or scan into a new one"
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_damage_that_shows_later_is_told(run: Run, texts: list[str], folder: Path, jobs: str) -> None:
    """Rows that cannot be read back end the scan with the same words, and leave no output."""
    run("scan", *texts, "--db", "a.db", "--quiet")
    ((page,),) = asked("a.db", "SELECT rootpage FROM sqlite_master WHERE name = 'sentence'")
    with (folder / "a.db").open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\x5a" * 4096)
    expected = "a.db: this archive is damaged; take a copy of it from before, or scan into a new one"
    told = said(run, "scan", *texts, "--db", "a.db", "-o", "out.jsonl", "--jobs", jobs)
    assert told == expected
    assert not (folder / "out.jsonl").exists()


@needs_unix
def test_read_only_archive_is_not_written(run: Run, folder: Path) -> None:
    """Somebody has set the permissions of the file; a search may read it."""
    run("scan", "article.txt", "--db", "a.db", "--quiet")
    (folder / "a.db").chmod(0o444)
    expected = "a.db: this file is read-only; make it writable, or name another"
    assert said(run, "scan", "article.txt", "--db", "a.db") == expected
    assert run("search", "quay", "--db", "a.db").exit_code == 0


def test_full_disk_is_told(scan: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no room left the scan ends, no output is written, and what is kept by then stays whole."""
    scan("article.txt", "--db", "a.db")
    connected = opened._connected  # noqa: SLF001 - where a file is opened

    def narrow(path: Path) -> sqlite3.Connection:
        database = connected(path)
        ((pages,),) = database.execute("PRAGMA page_count").fetchall()
        database.execute(f"PRAGMA max_page_count = {pages + 3}")
        return database

    monkeypatch.setattr(opened, "_connected", narrow)
    (folder / "large.txt").write_text("The quay may close. " * 5_000, "utf-8")
    done = scan("large.txt", "--db", "a.db", "-o", "out.jsonl")
    expected = "a.db: the disk is full; make room, and run the same again: what is kept by now stays\n"
    assert (done.exit_code, done.stderr) == (2, f"factcheck: {expected}")
    assert not (folder / "out.jsonl").exists()
    is_sound(folder / "a.db")
    assert asked("a.db", "SELECT state FROM run")[0] == ("finished",)


@needs_unix
@pytest.mark.parametrize("command", [("scan", "large.txt"), ("search", "quay")])
def test_faults_of_the_disk_that_have_a_cause_are_told_by_it(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """SQLite calls it a fault where there is no room for what readers share, or where files may not be so large."""
    resource = pytest.importorskip("resource")
    run("scan", "article.txt", "--db", "a.db", "--quiet")

    def broken(_path: Path) -> sqlite3.Connection:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        raise error

    monkeypatch.setattr(opened, "_connected", broken)
    (folder / "large.txt").write_text("The quay may close.\n", "utf-8")
    expected = "a.db: the disk cannot be read or written; check it, or name another place"
    assert said(run, *command, "--db", "a.db") == expected
    monkeypatch.setattr(opened, "disk_usage", lambda _: SimpleNamespace(free=4096))
    assert "a.db: the disk is full; make room" in said(run, *command, "--db", "a.db")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1_000_000, resource.RLIM_INFINITY))
    assert "a.db: the file would be larger than is allowed here" in said(run, *command, "--db", "a.db")


@needs_unix
def test_files_may_not_be_larger_than_is_allowed(folder: Path) -> None:
    """The scan ends with that, and the archive stays whole."""
    (folder / "large.txt").write_text("The quay may close. " * 50_000, "utf-8")
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))"
    arguments = ["scan", "large.txt", "--db", "a.db", "--quiet", "-o", "out.jsonl", "--at-most", "unverified"]
    command = f"{limit}; sys.argv[1:] = {arguments}; from factcheck_cli.app import main; main()"
    done = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    expected = "a.db: the file would be larger than is allowed here; allow more (`ulimit -f`), or name another"
    assert done.stderr == f"factcheck: {expected}\n"
    is_sound(folder / "a.db")
    assert asked("a.db", "SELECT count(*) FROM document") == [(0,)]


def test_locked_archive_is_told(scan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever writes for longer than anybody waits is named as the cause."""
    scan("article.txt", "--db", "a.db")
    monkeypatch.setattr(opened, "BUSY", 0.05)
    with closing(sqlite3.connect("a.db", isolation_level=None)) as database:
        database.execute("BEGIN IMMEDIATE")
        done = scan("article.txt", "--db", "a.db")
        quiet = scan("article.txt", "--db", "a.db", "--quiet")
    waits = "a.db: another program is writing to this archive; this one waits, a minute at most\n"
    expected = "a.db: another program is writing to this archive; run the same again when it is done\n"
    assert (done.exit_code, done.stderr) == (2, f"factcheck: {waits}factcheck: {expected}")
    assert (quiet.exit_code, quiet.stderr) == (2, f"factcheck: {expected}")


def test_waiting_ends_when_the_other_is_done(scan: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits is told so, and goes on then."""
    scan("article.txt", "--db", "a.db")
    monkeypatch.setattr(opened, "SOON", 0.05)
    with closing(sqlite3.connect("a.db", isolation_level=None, check_same_thread=False)) as database:
        database.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.5, database.execute, ["ROLLBACK"])
        timer.start()
        done = scan("article.txt", "--db", "a.db")
        timer.join()
    assert done.exit_code == 0
    assert done.stderr.count("this one waits, a minute at most\n") == 1
    assert "kept as run 2" in done.stderr


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("there", "there: this is a folder; name a file"),
        ("nowhere/a.db", "nowhere/a.db: there is no folder nowhere to write to; make it first"),
        ("article.txt", "article.txt: this is to be scanned and --db would replace it; give --db another name"),
        ("out.jsonl", "out.jsonl: -o and --db name the same file; give one of them another name"),
        (":memory:", "--db `:memory:`: this is no name for a file; name one, as in --db archive.db"),
        ("/dev/null", "/dev/null: this is no file; name one"),
    ],
)
def test_names_that_cannot_be_archives(run: Run, folder: Path, name: str, expected: str) -> None:
    """What `--db` cannot name is told before anything is scanned."""
    (folder / "there").mkdir()
    assert said(run, "scan", "article.txt", "--db", name, "-o", "out.jsonl") == expected
    assert not (folder / "out.jsonl").exists()


def test_empty_file_becomes_an_archive(scan: Run, folder: Path) -> None:
    """A file that was made beforehand, with nothing in it, is taken."""
    (folder / "a.db").write_bytes(b"")
    assert scan("article.txt", "--db", "a.db").exit_code == 0
    is_sound(folder / "a.db")


# Versions ------------------------------------------------------------------------------------------------------------


def tables(path: Path) -> list[Any]:
    """What is in the file, as SQLite has it written."""
    return asked(path, "SELECT type, name, sql FROM sqlite_master ORDER BY type, name")


def first_version(path: Path) -> None:
    """Makes an archive as the first version did."""
    with closing(sqlite3.connect(path)) as database:
        database.executescript((Path(__file__).parents[1] / "made" / "archive_1.sql").read_text("utf-8"))


@BOTH
@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_old_version_is_brought_up_to_date(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], version: int
) -> None:
    """An old archive has the tables of a new one after the first command, and all that it had."""
    first_version(folder / "old.db")
    with monkeypatch.context() as patched:
        patched.setattr(opened, "VERSION", version)
        to_write(folder / "old.db").close()
    assert asked("old.db", "PRAGMA user_version") == [(version,)]
    assert run(*command, "--db", "old.db").exit_code == 0
    to_write(folder / "new.db").close()
    assert asked("old.db", "PRAGMA user_version") == [(schema.VERSION,)]
    assert sorted(tables(folder / "old.db")) == sorted(tables(folder / "new.db"))
    (line,) = run("search", "ferry", "--db", "old.db", "--format", "jsonl").stdout.splitlines()
    found = json.loads(line)
    assert (found["text"], found["level"], found["findings"][0]["text"]) == ("The ferry may stop.", "possible", "may")
    assert asked("old.db", "SELECT resumes FROM run WHERE id = 1") == [(None,)]
    is_sound(folder / "old.db")


def test_update_that_fails_changes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are changed in one transaction: all of it, or the archive stays as it was."""
    first_version(folder / "old.db")
    before = tables(folder / "old.db")
    steps = (*schema.STEPS[:-1], (*schema.STEPS[-1], "CREATE TABLE run(id)"))
    monkeypatch.setattr(opened, "STEPS", steps)
    with pytest.raises(StoreError, match="table run already exists"):
        to_write(folder / "old.db")
    assert (tables(folder / "old.db"), asked("old.db", "PRAGMA user_version")) == (before, [(1,)])


def test_search_of_a_read_only_folder(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody can write beside the archive it is read all the same."""
    run("scan", "article.txt", "--db", "a.db")
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != Path() and access(path, mode))
    before = {path.name for path in folder.iterdir()}
    with closing(to_read(Path("a.db"))) as database:
        assert database.execute("SELECT count(*) FROM document").fetchall() == [(1,)]
        assert {path.name for path in folder.iterdir()} == before
