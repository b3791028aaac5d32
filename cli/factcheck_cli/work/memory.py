"""Memory as a long scan uses it: the same much, batch after batch, asked for once and kept."""

import sys

_TRIM, _MAP = -1, -3  # M_TRIM_THRESHOLD and M_MMAP_THRESHOLD of <malloc.h>
_KEPT = 128 << 20  # bytes that are not given back though they are free
_LARGE = 32 << 20  # bytes of a block that is given back as soon as it is free; the library allows no more


def keep() -> None:
    """Has the C library of Linux keep what was freed.

    It gives columns of some hundred thousand numbers back to the system at once, and to get fresh memory for the next
    ones takes about as long as to fill them. Elsewhere nothing happens.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # which NumPy has loaded already

    set_option = getattr(ctypes.CDLL(None), "mallopt", None)
    if set_option:
        set_option(_MAP, _LARGE)
        set_option(_TRIM, _KEPT)
