"""Looking for files in a folder and above it, as far as its git checkout goes."""

import os
from collections.abc import Iterator
from typing import Final

_ROOT: Final = ".git"
"""A folder that holds this is the last one that is looked into."""


def upwards(folder: str) -> Iterator[str]:
    """The folder and those above it, up to that of its git checkout, else to that of the file system."""
    while True:
        yield folder
        above = os.path.dirname(folder)  # noqa: PTH120 - of thousands of files
        if above == folder or is_checkout(folder):
            return
        folder = above


def is_checkout(folder: str) -> bool:
    """Whether it is that of a git checkout."""
    return os.path.lexists(os.path.join(folder, _ROOT))  # noqa: PTH118 - the same
