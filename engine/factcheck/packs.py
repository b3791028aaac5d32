"""The packs that come with factcheck: built-in ones, and opt-in ones that are loaded where they are asked for."""

import re
from collections.abc import Container, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import factcheck_rules

SUFFIX = ".fact"
BUILTIN = "factcheck_rules"
OPTIONAL = "optional"
"""The folder of the opt-in packs, within that of the built-in ones; each pack has the name of its file."""

_FOLDER = Path(factcheck_rules.__file__).parent

# The head of a pack, as far as it is told here. Loading the packs would take ten times as long.
_NAME = re.compile(r"^pack\s+([\w-]+)", re.MULTILINE)
_FIELD = r"^[ \t]+{}\s+\"?(.*?)\"?\s*$"
_TITLE, _VERSION = (re.compile(_FIELD.format(name), re.MULTILINE) for name in ("title", "version"))


class Head(NamedTuple):
    """What a rule file says of its pack before the first rule."""

    name: str
    version: str
    title: str


def builtin_files() -> list[Path]:
    """The files of the built-in packs by name."""
    return sorted(_FOLDER.glob(f"*{SUFFIX}"))


@cache
def optional_files() -> Mapping[str, Path]:
    """The files of the opt-in packs, by the names of the packs."""
    return MappingProxyType({file.stem: file for file in sorted((_FOLDER / OPTIONAL).glob(f"*{SUFFIX}"))})


def file_of(pack: str) -> str:
    """What people are shown as the file of a built-in or opt-in pack."""
    folder = f"{BUILTIN}/{OPTIONAL}" if pack in optional_files() else BUILTIN
    return f"{folder}/{pack}{SUFFIX}"


def head(text: str) -> Head:
    """The head of the pack in this text of a rule file; what it does not say is empty."""
    told = text[start.start() :] if (start := _NAME.search(text)) else text
    return Head(*(found[1] if (found := pattern.search(told)) else "" for pattern in (_NAME, _VERSION, _TITLE)))


def optional_titles() -> dict[str, str]:
    """The titles of the opt-in packs, by their names."""
    return {name: head(file.read_text("utf-8")).title for name, file in optional_files().items()}


def how_to_load(name: str, loaded: Container[str]) -> str:
    """How to load the opt-in pack of this name, or that of this `pack/rule`; nothing where it is none, or loaded."""
    pack = name.partition("/")[0]
    if pack in loaded or pack not in optional_files():
        return ""
    return f"`--pack {pack}` loads the opt-in pack `{pack}`"
