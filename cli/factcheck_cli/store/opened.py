"""The file of an archive: opened, made or brought to the newest version, and what is wrong with it in plain words."""

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shutil import disk_usage
from typing import Final, NoReturn

from factcheck_cli.store.error import StoreError
from factcheck_cli.store.folded import folded
from factcheck_cli.store.schema import APPLICATION, STEPS, VERSION

BUSY: Final = 60.0
"""Seconds to wait for another program that writes."""

SOON: Final = 2.0
"""Seconds after which it is told that one waits."""

_ROOM: Final = 1 << 20  # bytes without which a disk is as good as full
_LARGER: Final = "allow more (`ulimit -f`), or name another"
_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite says within, as a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_why(error, path)}") from error


def _why(error: sqlite3.Error, path: Path) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # what is above says more than anybody can use
    if code == sqlite3.SQLITE_IOERR:
        code = _of_disk(path) or code
    return {
        sqlite3.SQLITE_NOTADB: "this is no archive; name another file",
        sqlite3.SQLITE_CORRUPT: "this archive is damaged; take a copy of it from before, or scan into a new one",
        sqlite3.SQLITE_TOOBIG: f"the file would be larger than is allowed here; {_LARGER}",
        sqlite3.SQLITE_FULL: "the disk is full; make room, and run the same again: what is kept by now stays",
        sqlite3.SQLITE_BUSY: "another program is writing to this archive; run the same again when it is done",
        sqlite3.SQLITE_LOCKED: "another program is writing to this archive; run the same again when it is done",
        sqlite3.SQLITE_READONLY: "this file or its folder is read-only; make both writable, or name another",
        sqlite3.SQLITE_PERM: "this may not be opened; check its permissions",
        sqlite3.SQLITE_CANTOPEN: "this cannot be opened; check the permissions of the file and its folder",
        sqlite3.SQLITE_IOERR: "the disk cannot be read or written; check it, or name another place",
    }.get(code, f"this archive cannot be used: {error}")


def _of_disk(path: Path) -> int:
    """What a disk that cannot be read or written most probably suffers from, where that is seen; else 0.

    A full one cannot even hold what those share who read an archive, which SQLite takes for a fault of the disk.
    """
    with suppress(ImportError, OSError, ValueError):
        import resource

        if resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY:
            return sqlite3.SQLITE_TOOBIG
    with suppress(OSError):
        if disk_usage(path.absolute().parent).free < _ROOM:
            return sqlite3.SQLITE_FULL
    return 0


def to_write(path: Path) -> sqlite3.Connection:
    """The archive, made where there is none, with the newest tables. Raises StoreError."""
    _check(path)
    with told(path):
        database = _connected(path)
        try:
            _identify(database, path)
            database.execute("PRAGMA journal_mode = WAL")
            _migrate(database, path)
            database.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            database.close()
            raise
        return database


def to_read(path: Path) -> sqlite3.Connection:
    """The archive that is there, brought to the newest version if need be; nothing else is written.

    Raises StoreError.
    """
    if not os.path.exists(path):
        raise StoreError(f"{path}: there is no such file; `factcheck scan PATH --db {path}` makes it")
    if os.path.isdir(path):
        raise StoreError(f"{path}: this is a folder; name a file")
    with told(path):
        database = _connected(path)
        try:
            if _identify(database, path) == 0:
                _refuse_empty(path)
            _migrate(database, path)
            database.execute("PRAGMA query_only = ON")
        except BaseException:
            database.close()
            raise
        return database


def check(path: Path) -> None:
    """StoreError where runs could not be kept in the file; nothing is made or changed."""
    _check(path)
    if os.path.exists(path):
        with told(path), closing(_connected(path)) as database:
            _identify(database, path)


def is_made(path: Path) -> bool:
    """Whether there is something in the file; what is wrong with that is told by whoever opens it."""
    try:
        with told(path):
            if not path.is_file():
                return path.exists()
            with closing(_connected(path)) as database:
                return _identify(database, path) > 0
    except StoreError:
        return True


def _refuse_empty(path: Path) -> NoReturn:
    raise StoreError(f"{path}: there is nothing in this file yet; `factcheck scan PATH --db {path}` fills it")


def _connected(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.Error."""
    wal = path.with_name(f"{path.name}-wal")
    is_address = os.path.exists(path) and not os.access(path.parent, os.W_OK) and not os.path.exists(wal)
    # Where nobody can write, readers cannot make the files that they share with writers.
    name = f"{path.absolute().as_uri()}?immutable=1" if is_address else str(path)
    database = sqlite3.connect(name, timeout=BUSY, isolation_level=None, uri=is_address)
    database.execute("PRAGMA cache_size = -65536")  # 64 MB
    database.create_function("folded", 1, folded, deterministic=True)
    return database


def _check(path: Path) -> None:
    """StoreError where no archive can be at the path."""
    if os.path.isdir(path):
        raise StoreError(f"{path}: this is a folder; name a file")
    with suppress(OSError):
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise StoreError(f"{path}: this is no file; name one")
        # As with files that -o replaces: somebody has set these permissions.
        if not (os.access(path, os.W_OK) and mode & _WRITABLE):
            raise StoreError(f"{path}: this file is read-only; make it writable, or name another")
    if not os.path.isdir(path.parent):
        raise StoreError(f"{path}: there is no folder {path.parent} to write to; make it first")


def _identify(database: sqlite3.Connection, path: Path) -> int:
    """The version of the archive, 0 of one that is empty. StoreError for what is none of ours, or too new."""
    application, version = (_number(database, name) for name in ("application_id", "user_version"))
    if application != APPLICATION:
        if application or _number(database, "schema_version"):
            raise StoreError(f"{path}: this is a database of another program; name another file")
        return 0
    if version > VERSION:
        said = f"a newer factcheck made this archive (its version is {version}, the last known here {VERSION})"
        raise StoreError(f"{path}: {said}; update factcheck, or name another")
    return version


def _number(database: sqlite3.Connection, name: str) -> int:
    ((value,),) = database.execute(f"PRAGMA {name}").fetchall()
    return int(value)


def _migrate(database: sqlite3.Connection, path: Path) -> None:
    """Brings the archive to the newest version in one transaction; others who open it meanwhile wait."""
    if _identify(database, path) == VERSION:
        return
    database.create_function("told_by", 3, _date)
    with transaction(database):
        for number in range(_identify(database, path), VERSION):  # perhaps somebody else has done it
            for statement in STEPS[number]:
                database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {VERSION}")


def _date(told: str, name: str, file: str) -> str | None:
    """The date of a document that is kept."""
    from factcheck_cli.dates import told_by

    date = told_by(told, name, file)
    return str(date) if date else None


@contextmanager
def transaction(database: sqlite3.Connection, waits: Callable[[], None] | None = None) -> Iterator[None]:
    """All within is written, or nothing. If somebody else writes for long it `waits`, and says so once."""
    _begin(database, waits)
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # where the disk is full SQLite has gone back by itself
            database.execute("ROLLBACK")
        raise


def _begin(database: sqlite3.Connection, waits: Callable[[], None] | None) -> None:
    begin, patience = "BEGIN IMMEDIATE", "PRAGMA busy_timeout = {:.0f}"
    if not waits:
        database.execute(begin)
        return
    database.execute(patience.format(1000 * min(SOON, BUSY)))
    try:
        database.execute(begin)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
            raise
        waits()
        database.execute(patience.format(1000 * BUSY))
        database.execute(begin)
    else:
        database.execute(patience.format(1000 * BUSY))
