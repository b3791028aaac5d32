"""Tables: arrays by name, as what is worked out once is kept on disk. JSON is one of them, its bytes in an array.

Nothing in them is trusted: what is read is checked against what it can be, and nothing is ever unpickled.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import numpy as np
import orjson
from numpy.lib import format as npy
from numpy.typing import NDArray

Table = NDArray[np.integer]
Tables = Mapping[str, Table]


class DamagedError(ValueError):
    """Stored tables hold what they cannot hold."""


def dump(tables: Tables) -> bytes:
    """The tables as bytes: their names as JSON, then each, all in NumPy's format."""
    file = BytesIO()
    for table in (from_json(list(tables)), *tables.values()):
        npy.write_array(file, table, allow_pickle=False)
    return file.getvalue()


def load(data: bytes) -> Tables:
    """The tables back. Raises DamagedError when `data` is not what `dump` wrote."""
    file = BytesIO(data)
    try:
        names = to_json(npy.read_array(file, allow_pickle=False))
        return {str(name): npy.read_array(file, allow_pickle=False) for name in names}
    except (ValueError, TypeError, OSError) as error:
        raise DamagedError from error


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
    if not fits or table.dtype.kind not in "iub" or (table.size and (table.min() < least or table.max() >= end)):
        raise DamagedError


def under(prefix: str, tables: Tables) -> Tables:
    """The tables whose names begin so, by the rest of their names."""
    return {name.removeprefix(prefix): table for name, table in tables.items() if name.startswith(prefix)}


def named(prefix: str, tables: Tables) -> Tables:
    """The tables with longer names."""
    return {prefix + name: table for name, table in tables.items()}
