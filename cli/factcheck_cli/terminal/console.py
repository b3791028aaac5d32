"""What the program says beside its results: one line each on standard error, each with the remedy."""

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn, TextIO

from factcheck_cli.options import Color

if TYPE_CHECKING:
    from factcheck import Diagnostic

WRONG = 2
"""Exit status of wrong usage, a wrong rule file, or an output that cannot be written."""
UNREAD = 3
"""Exit status when some inputs could not be read; all others are done."""


def fail(message: str, status: int = WRONG) -> NoReturn:
    """Says why the program ends here, and ends it."""
    say(message)
    raise SystemExit(status)


def say(message: str) -> None:
    """One line on standard error; what is quoted in it cannot steer the terminal."""
    from factcheck.render import visible

    write(f"factcheck: {visible(message)}\n")


def write(text: str) -> None:
    """Text on standard error, as far as its encoding goes."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stderr.flush()


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its noun: `1 sentence`, `1,204 sentences`; `many` is the plural where it takes more than an s."""
    return f"{number:,} {noun if number == 1 else many or f'{noun}s'}"


def report(diagnostics: Iterable["Diagnostic"], color: Color) -> None:
    """Rendered diagnostics on standard error."""
    from factcheck.render import render_all

    write(render_all(diagnostics, color=colored(sys.stderr, color)))


def worth_showing(diagnostics: Iterable["Diagnostic"], *, builtin: bool) -> list["Diagnostic"]:
    """All errors, and the warnings on the user's own rule files; `builtin` says whether others are loaded too."""
    from factcheck.diagnostic import Severity
    from factcheck.packs import BUILTIN

    return [
        d
        for d in diagnostics
        if d.severity is Severity.ERROR or not (builtin and d.source.name.startswith(f"{BUILTIN}/"))
    ]


def warn(diagnostics: Iterable["Diagnostic"], packs: Sequence[str], *, builtin: bool) -> None:
    """One line for each of the user's rule files that has warnings; they are loaded after these opt-in packs."""
    import shlex
    from collections import Counter

    options = "".join([*(f" --pack {pack}" for pack in packs), *([] if builtin else [" --no-builtin"])])
    warnings = worth_showing(diagnostics, builtin=builtin)
    for name, number in Counter(warning.source.name for warning in warnings).items():
        command = f"factcheck rules check {shlex.quote(name)}{options}"
        say(f"{name}: {counted(number, 'warning')}; `{command}` shows {'it' if number == 1 else 'them'}")


def colored(stream: TextIO | None, color: Color) -> bool:
    """Whether to colour what goes to the stream (None: a file). NO_COLOR, if not empty, is heeded: no-color.org."""
    if color != "auto":
        return color == "always"
    terminal = stream is not None and stream.isatty()
    return terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
