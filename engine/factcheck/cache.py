"""A cache on disk of compiled programs and what comes before them: checked, private, and never in the way.

Whatever goes wrong with it, the caller only sees a miss: a cache must not keep anybody from scanning. A folder that
somebody else owns or can write to is not used. Files appear whole, so any number of processes may write the same one.
"""

import hashlib
import os
import stat
import time
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from typing import Any

import orjson
import platformdirs

VARIABLE = "FACTCHECK_CACHE"
"""Environment variable that names another folder; empty switches the cache off."""

PROGRAM, PATTERNS, VERDICT, PROVEN = ".tables", ".patterns", ".verdict", ".proven"
"""What is kept: compiled programs, the parsed patterns of files, what is wrong with files, and whose examples hold."""

_FILES = 256  # of each kind, and
_BYTES = 512 << 20  # of each kind; the oldest go first
_used = set[str]()
"""What this process has read or written, which it never removes: a run that has many rule sets finds them next time."""

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


def read(key: str, kind: str = PROGRAM) -> memoryview | None:
    """What was stored under `key`, if it is there and undamaged."""
    place = folder()
    if place is None or not _is_ours(place):
        return None
    try:
        stored = memoryview((place / f"{key}{kind}").read_bytes())
    except OSError:
        return None
    _used.add(f"{key}{kind}")
    digest, data = stored[:_DIGEST], stored[_DIGEST:]
    return data if digest == hashlib.sha256(data).digest() else None


def holds(key: str, kind: str = PROGRAM) -> bool:
    """Whether something is stored under `key`."""
    place = folder()
    return place is not None and _is_ours(place) and (place / f"{key}{kind}").exists()


def write(key: str, data: bytes, kind: str = PROGRAM) -> None:
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
            Path(name).replace(place / f"{key}{kind}")
            _used.add(f"{key}{kind}")
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise
        _prune(place, kind)


def read_json(key: str, kind: str) -> Any:  # noqa: ANN401 -- JSON may be anything
    """The value that was stored so; None when there is none."""
    data = read(key, kind)
    if data is None:
        return None
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:  # it is whole, but nothing that `write_json` stored
        return None


def write_json(key: str, value: object, kind: str) -> None:
    """Stores a value as JSON."""
    with suppress(orjson.JSONEncodeError):  # as of a lone surrogate: it is worked out anew then
        write(key, orjson.dumps(value), kind)


def _is_ours(place: Path) -> bool:
    """Whether nobody else can write to the folder; where a system has no owners, it is taken for ours."""
    if not hasattr(os, "geteuid"):
        return True
    try:
        status = place.stat()
    except OSError:
        return False
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _prune(place: Path, kind: str) -> None:
    """Removes the oldest of its kind where there are too many, and what writers that were killed have left."""
    stored = sorted(((file.stat(), file) for file in place.glob(f"*{kind}")), key=lambda one: -one[0].st_mtime)
    sizes = accumulate(status.st_size for status, _ in stored)
    old = [
        file
        for number, (size, (_, file)) in enumerate(zip(sizes, stored, strict=True))
        if (number >= _FILES or size > _BYTES) and file.name not in _used
    ]
    left = [file for file in place.glob(f"{_UNFINISHED}*") if file.stat().st_mtime < time.time() - _HOUR]
    for file in (*old, *left):
        file.unlink(missing_ok=True)
