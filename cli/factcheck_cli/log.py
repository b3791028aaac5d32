"""What happens to the inputs of a scan, told on standard error: failures, notes, and how far it is."""

import time
from dataclasses import dataclass, field

from factcheck_cli.console import say, write
from factcheck_cli.tally import Tally

_FEW = 5  # documents that nobody waits for
_EVERY = 0.1  # seconds between two states of the progress line
_ERASE = "\r\x1b[K"


@dataclass(slots=True)
class Log:
    """Tells, and counts what could not be read. Without `progress` there is no line that says how far the scan is."""

    quiet: bool = False
    progress: bool = False
    failures: int = field(default=0, init=False)
    _drawn: float = field(default=0.0, init=False)

    def failure(self, name: str, message: str) -> None:
        """An input, or a row of one, that is not scanned."""
        self.clear()
        self.failures += 1
        say(f"{name}: {message}")

    def note(self, name: str, message: str) -> None:
        """Something worth knowing about an input that is scanned all the same."""
        if not self.quiet:
            self.clear()
            say(f"{name}: note: {message}")

    def show(self, done: Tally) -> None:
        """Draws the progress line anew, not too often."""
        now = time.monotonic()
        if self.progress and done.documents > _FEW and now - self._drawn > _EVERY:
            write(f"{_ERASE}{done.documents:,} documents, {done.sentences:,} sentences")
            self._drawn = now

    def clear(self) -> None:
        """Takes the progress line away."""
        if self._drawn:
            write(_ERASE)
            self._drawn = 0.0
