"""Paths as people are shown them."""

import os


def shown(path: str) -> str:
    """The path as text; bytes of it that are not UTF-8 become a replacement sign."""
    return os.fsencode(path).decode("utf-8", "replace")
