"""What `factcheck --version` says: the engine and its packs, with hashes that trace results to rules."""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from factcheck.packs import Head, builtin_files, head, optional_files
from factcheck.version import __version__

_SHORT = 12  # digits of a hash that are shown


class Pack(NamedTuple):
    """A pack, and the SHA-256 of its file."""

    head: Head
    digest: str


def show() -> None:
    """Prints it."""
    from factcheck_cli.output.sink import print_out

    print_out(told().encode())


def told() -> str:
    """The version of the engine, and for the built-in packs and the opt-in ones a line together and one for each."""
    groups = {"built-in packs": packs(builtin_files()), "opt-in packs": packs(optional_files().values())}
    every = [pack.head for found in groups.values() for pack in found]
    name, number = (max(len(getattr(one, column)) for one in every) for column in ("name", "version"))
    lines = [f"factcheck {__version__}"]
    for title, found in groups.items():
        lines.append(f"{title} {_together(found)}")
        for (called, version, what), digest in found:
            lines.append(f"  {called:{name}}  {version:{number}}  {digest[:_SHORT]}  {what}")
    return "\n".join([*lines, ""])


def builtin() -> str:
    """The first digits of one hash for all built-in packs."""
    return _together(packs(builtin_files()))


def packs(files: Iterable[Path]) -> list[Pack]:
    """The packs of these files."""
    # Read as text, so that line ends, which a checkout may change, do not.
    return [Pack(head(text), _digest(text)) for text in (file.read_text("utf-8") for file in files)]


def _together(found: Sequence[Pack]) -> str:
    return _digest("".join(pack.digest for pack in found))[:_SHORT]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
