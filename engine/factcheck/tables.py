"""Tables: arrays by name, as what is worked out once is kept on disk. JSON is one of them, its bytes in an array.

Nothing in them is trusted: what is read is checked against what it can be, and nothing is ever unpickled.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from zlib import crc32

import numpy as np
import orjson
from numpy.typing import NDArray

Table = NDArray[np.integer]
Tables = Mapping[str, Table]

_ALIGNED: Final = 16
_LENGTH: Final = 4
_KINDS: Final = "iub"


class DamagedError(ValueError):
    """Stored tables hold what they cannot hold."""


def dump(tables: Tables) -> bytes:
    """The tables as bytes: JSON with the name, type and shape of each, after its length; then their numbers."""
    stored = {name: table.astype(table.dtype.newbyteorder("<"), order="C") for name, table in tables.items()}
    head = orjson.dumps([(name, table.dtype.str, table.shape) for name, table in stored.items()])
    begin = len(head).to_bytes(_LENGTH, "little") + head
    return b"".join(map(_padded, (begin, *(table.tobytes() for table in stored.values()))))


def load(data: bytes | memoryview) -> Tables:
    """The tables back. Raises DamagedError when `data` is not what `dump` wrote."""
    try:
        at = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
        found = {}
        for name, kind, shape in orjson.loads(data[_LENGTH:at]):
            at += -at % _ALIGNED
            dtype, size = np.dtype(kind), int(np.prod(shape, dtype=object))
            if dtype.kind not in _KINDS or size < 0:
                raise DamagedError
            found[str(name)] = np.frombuffer(data, dtype, size, at).reshape(shape)
            at += size * dtype.itemsize
    except (ValueError, TypeError, OverflowError) as error:
        raise DamagedError from error
    return found


def _padded(data: bytes) -> bytes:
    return data + b"\0" * (-len(data) % _ALIGNED)


def sealed(tables: Tables) -> Tables:
    """The tables with a sum over them: what is read of them late need not be doubted then."""
    return {**tables, _SEAL: np.array([_sum(tables)], np.uint32)}


def unsealed(tables: Tables) -> Tables:
    """These tables, if they agree with their sum; KeyError when they have none, DamagedError when they do not."""
    check(tables[_SEAL], (1,), 0, 1 << 32)
    if int(tables[_SEAL][0]) != _sum({name: table for name, table in tables.items() if name != _SEAL}):
        raise DamagedError
    return tables


_SEAL: Final = "sum"


def _sum(tables: Tables) -> int:
    found = 0
    for name, table in sorted(tables.items()):
        found = crc32(table.tobytes(), crc32(f"{name} {table.dtype.str} {table.shape}".encode(), found))
    return found


def from_json(value: object) -> Table:
    """A value as an array of the bytes of its JSON."""
    return np.frombuffer(orjson.dumps(value), np.uint8)


def to_json(table: Table) -> Any:  # noqa: ANN401 -- JSON may be anything
    """The value back; DamagedError when it is no JSON."""
    try:
        return orjson.loads(table.tobytes())
    except orjson.JSONDecodeError as error:
        raise DamagedError from error


def check(table: Table, shape: Sequence[int | None], least: int, end: int) -> None:
    """DamagedError unless the table has this shape (None: any length) and numbers from `least` to before `end`."""
    fits = table.ndim == len(shape) and all(n in (None, m) for n, m in zip(shape, table.shape, strict=True))
    if not fits or table.dtype.kind not in _KINDS or (table.size and (table.min() < least or table.max() >= end)):
        raise DamagedError


def under(prefix: str, tables: Tables) -> Tables:
    """The tables whose names begin so, by the rest of their names."""
    return {name.removeprefix(prefix): table for name, table in tables.items() if name.startswith(prefix)}


def named(prefix: str, tables: Tables) -> Tables:
    """The tables with longer names."""
    return {prefix + name: table for name, table in tables.items()}
