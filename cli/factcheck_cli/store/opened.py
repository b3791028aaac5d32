"""The file of an archive: opened, made or brought to the newest version, and what is wrong with it in plain words."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

from factcheck_cli.store.error import StoreError
from factcheck_cli.store.folded import folded
from factcheck_cli.store.schema import APPLICATION, STEPS, VERSION

BUSY: Final = 60.0
"""Seconds to wait for another program that writes."""

_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def told(path: Path) -> Iterator[None]:
    """What SQLite says within, as a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_why(error)}") from error


def _why(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # what is above says more than anybody can use
    return {
        sqlite3.SQLITE_NOTADB: "this is no archive; name another file",
        sqlite3.SQLITE_CORRUPT: "this archive is damaged; take a copy of it from before, or scan into a new one",
        sqlite3.SQLITE_FULL: "the disk is full; make room, and run the same again: what is kept by now stays",
        sqlite3.SQLITE_BUSY: "another program is writing to this archive; run the same again when it is done",
        sqlite3.SQLITE_LOCKED: "another program is writing to this archive; run the same again when it is done",
        sqlite3.SQLITE_READONLY: "this file or its folder is read-only; make both writable, or name another",
        sqlite3.SQLITE_PERM: "this may not be opened; check its permissions",
        sqlite3.SQLITE_CANTOPEN: "this cannot be opened; check the permissions of the file and its folder",
        sqlite3.SQLITE_IOERR: "the disk cannot be read or written; check it, or name another place",
    }.get(code, f"this archive cannot be used: {error}")


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
    if not path.exists():
        raise StoreError(f"{path}: there is no such file; `factcheck scan PATH --db {path}` makes it")
    if path.is_dir():
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
    if path.exists():
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
    is_address = path.exists() and not os.access(path.parent, os.W_OK) and not wal.exists()
    # Where nobody can write, readers cannot make the files that they share with writers.
    name = f"{path.absolute().as_uri()}?immutable=1" if is_address else str(path)
    database = sqlite3.connect(name, timeout=BUSY, isolation_level=None, uri=is_address)
    database.execute("PRAGMA cache_size = -65536")  # 64 MB
    database.create_function("folded", 1, folded, deterministic=True)
    return database


def _check(path: Path) -> None:
    """StoreError where no archive can be at the path."""
    if path.is_dir():
        raise StoreError(f"{path}: this is a folder; name a file")
    with suppress(OSError):
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise StoreError(f"{path}: this is no file; name one")
        # As with files that -o replaces: somebody has set these permissions.
        if not (os.access(path, os.W_OK) and mode & _WRITABLE):
            raise StoreError(f"{path}: this file is read-only; make it writable, or name another")
    if not path.parent.is_dir():
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
    with transaction(database):
        for number in range(_identify(database, path), VERSION):  # perhaps somebody else has done it
            for statement in STEPS[number]:
                database.execute(statement)
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All within is written, or nothing."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # where the disk is full SQLite has gone back by itself
            database.execute("ROLLBACK")
        raise
