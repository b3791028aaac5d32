"""A cache of compiled programs on disk: content-addressed, checked, private, and never in the way.

Whatever goes wrong with it, the caller only sees a miss: a cache must not keep anybody from scanning. A folder that
somebody else owns or can write to is not used. Files appear whole, so any number of processes may write the same one.
"""

import hashlib
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

import platformdirs

VARIABLE = "FACTCHECK_CACHE"
"""Environment variable that names another folder; empty switches the cache off."""

_KEPT = 32  # programs; the oldest go first
_UNFINISHED = ".new-"
_HOUR = 3600  # seconds
_DIGEST = 32  # bytes in front of what is stored


def folder() -> Path | None:
    """Where the cache lies, or None when it is switched off or there is no place for it."""
    named = os.environ.get(VARIABLE)
    if named is None:
        try:
            return platformdirs.user_cache_path("factcheck", appauthor=False)
        except RuntimeError:  # nobody's home, as of a user that a container makes up
            return None
    return Path(named) if named else None


def read(key: str) -> memoryview | None:
    """What was stored under `key`, if it is there and undamaged."""
    place = folder()
    if place is None or not _is_ours(place):
        return None
    try:
        stored = memoryview((place / f"{key}.tables").read_bytes())
    except OSError:
        return None
    digest, data = stored[:_DIGEST], stored[_DIGEST:]
    return data if digest == hashlib.sha256(data).digest() else None


def write(key: str, data: bytes) -> None:
    """Stores `data` under `key`: whole or not at all, readable by its owner only."""
    place = folder()
    if place is None:
        return
    with suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours(place):
            return
        import tempfile  # noqa: PLC0415 -- most programs are there already

        handle, name = tempfile.mkstemp(dir=place, prefix=_UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(hashlib.sha256(data).digest() + data)
            Path(name).replace(place / f"{key}.tables")
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _prune(place)


def _is_ours(place: Path) -> bool:
    """Whether nobody else can write to the folder; where a system has no owners, it is taken for ours."""
    if not hasattr(os, "geteuid"):
        return True
    try:
        status = place.stat()
    except OSError:
        return False
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _prune(place: Path) -> None:
    """Removes the oldest programs, and what writers that were killed have left."""
    stored = sorted(place.glob("*.tables"), key=lambda file: file.stat().st_mtime)
    left = [file for file in place.glob(f"{_UNFINISHED}*") if file.stat().st_mtime < time.time() - _HOUR]
    for file in (*stored[:-_KEPT], *left):
        file.unlink(missing_ok=True)
