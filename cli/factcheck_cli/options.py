"""Options that several commands share, and what they take."""

import os
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

Level = Literal["unverified", "possible", "probable", "attributed", "asserted", "established"]
"""The ladder of the engine, written out so that `--help` need not load it."""

Segment = Literal["auto", "lines"]
Format = Literal["pretty", "jsonl", "json", "csv"]
Color = Literal["auto", "always", "never"]

RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", metavar="PATH", help="A .fact file or a folder of them, added to the built-in packs. Repeatable."
    ),
]
NoBuiltinOption = Annotated[bool, typer.Option("--no-builtin", help="Leave the built-in packs out.")]
ColorOption = Annotated[
    Color, typer.Option("--color", help="Colour: on a terminal unless NO_COLOR is set, always, or never.")
]

FullOption = Annotated[
    bool,
    typer.Option("--full", help="With pretty: a page for each document, every sentence and finding, and their rules."),
]


def names(values: list[str] | None) -> tuple[str, ...]:
    """The names in `X,Y` values of a repeatable option."""
    return tuple(name for value in values or () for part in value.split(",") if (name := part.strip()))


def processors() -> int:
    """How many processors this program may use."""
    if sys.platform == "win32":
        return min(os.cpu_count() or 1, 61)  # Windows waits for no more processes at a time
    if sys.platform == "darwin":
        return os.cpu_count() or 1
    return len(os.sched_getaffinity(0))
