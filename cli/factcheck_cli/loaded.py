"""The rules that are put to labelled sentences, loaded, and the signals that these are to measure."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from factcheck_cli.console import fail, reported, warn
from factcheck_cli.options import Color

if TYPE_CHECKING:
    from factcheck import Scanner


class Choice(NamedTuple):
    """What rules are chosen by, beside the files of them."""

    packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


def loaded(
    rules: Sequence[str | Path], choice: Choice, color: Color, *, builtin: bool, quiet: bool = False
) -> "Scanner":
    """The rules, loaded, or the end of the program with every problem of theirs; warnings are told as a scan does."""
    from factcheck import Scanner

    with reported(color, builtin=builtin):
        scanner = Scanner(rules, packs=choice.packs, builtin=builtin, select=choice.select, ignore=choice.ignore)
    if not quiet:
        warn(scanner.warnings, choice.packs, builtin=builtin)
    return scanner


def check_signal(name: str, known: Sequence[str]) -> None:
    """The end of the program where no loaded pack shows the signal."""
    from factcheck.diagnostic import did_you_mean

    if name not in known:
        fail(f"no loaded pack shows a signal `{name}`: {did_you_mean(name, known) or 'name one that does'}")
