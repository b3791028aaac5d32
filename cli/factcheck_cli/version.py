"""What `factcheck --version` says: the engine and the built-in packs, with hashes that trace results to rules."""

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import factcheck_rules
from factcheck.version import __version__

_SHORT = 12  # digits of a hash that are shown

# The head of a pack, as far as it is told here. Loading the packs would take ten times as long.
_NAME = re.compile(r"^pack\s+([\w-]+)", re.MULTILINE)
_FIELD = r"^[ \t]+{}\s+\"?(.*?)\"?\s*$"
_TITLE, _VERSION = (re.compile(_FIELD.format(name), re.MULTILINE) for name in ("title", "version"))


class Pack(NamedTuple):
    """A built-in pack, and the SHA-256 of its file."""

    name: str
    version: str
    title: str
    digest: str


def show() -> None:
    """Prints it."""
    from factcheck_cli.output import print_out

    print_out(told().encode())


def told() -> str:
    """The version of the engine, and a line for the built-in packs together and for each of them."""
    found = packs()
    name, number = (max(len(getattr(pack, column)) for pack in found) for column in ("name", "version"))
    lines = [f"  {p.name:{name}}  {p.version:{number}}  {p.digest[:_SHORT]}  {p.title}" for p in found]
    heads = [f"factcheck {__version__}", f"built-in packs {together()}"]
    return "\n".join([*heads, *lines, ""])


def together() -> str:
    """The first digits of one hash for all built-in packs."""
    return hashlib.sha256("".join(pack.digest for pack in packs()).encode()).hexdigest()[:_SHORT]


def packs() -> list[Pack]:
    """The built-in packs by the names of their files."""
    files = Path(factcheck_rules.__file__).parent.glob("*.fact")
    # Read as text, so that line ends, which a checkout may change, do not.
    return [_pack(file.read_text("utf-8")) for file in sorted(files, key=lambda file: file.name)]


def _pack(text: str) -> Pack:
    head = text[start.start() :] if (start := _NAME.search(text)) else text
    name, number, title = (found[1] if (found := p.search(head)) else "" for p in (_NAME, _VERSION, _TITLE))
    return Pack(name, number, title, hashlib.sha256(text.encode()).hexdigest())
