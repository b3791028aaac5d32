"""What the program says beside its results: one line each on standard error, each with the remedy."""

import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

from factcheck_cli.options import Color

if TYPE_CHECKING:
    from factcheck import Diagnostic

WRONG = 2
"""Exit status of wrong usage, a wrong rule file, or an output that cannot be written."""


def fail(message: str, status: int = WRONG) -> NoReturn:
    """Says why the program ends here, and ends it."""
    say(message)
    raise typer.Exit(status)


def say(message: str) -> None:
    """One line on standard error; what is quoted in it cannot steer the terminal."""
    from factcheck.render import visible

    write(f"factcheck: {visible(message)}\n")


def write(text: str) -> None:
    """Text on standard error, as far as its encoding goes."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stderr.flush()


def report(diagnostics: Iterable["Diagnostic"], color: Color) -> None:
    """Rendered diagnostics on standard error."""
    from factcheck.render import render_all

    write(render_all(diagnostics, color=colored(sys.stderr, color)))


def colored(stream: TextIO, color: Color) -> bool:
    """Whether to colour what goes to the stream: https://no-color.org says that NO_COLOR, if not empty, forbids it."""
    if color != "auto":
        return color == "always"
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


@dataclass(slots=True)
class Log:
    """Tells what happened to the inputs, and counts those that could not be read."""

    quiet: bool
    failures: int = field(default=0, init=False)

    def failure(self, name: str, message: str) -> None:
        """An input, or a row of one, that is not scanned."""
        self.failures += 1
        say(f"{name}: {message}")

    def note(self, name: str, message: str) -> None:
        """Something worth knowing about an input that is scanned all the same."""
        if not self.quiet:
            say(f"{name}: note: {message}")
