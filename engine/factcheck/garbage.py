"""Work without the interpreter's searches for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def acyclic() -> Iterator[None]:
    """Work that makes no cycles of objects, without the interpreter's searches for them.

    Each search looks at all objects there are, so that they would cost a long text more by the byte than a short one.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
