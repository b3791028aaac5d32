"""What happens to the inputs of a scan, told on standard error: failures, notes, and how far it is."""

import time
from dataclasses import dataclass, field

from factcheck_cli.console import counted, say, write
from factcheck_cli.tally import Tally

_FEW = 5  # documents that nobody waits for
_LONG = 100_000  # characters of a document that somebody waits for
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
        if (done.documents > _FEW or self._drawn) and time.monotonic() - self._drawn > _EVERY:
            self._draw(f"{counted(done.documents, 'document')}, {counted(done.sentences, 'sentence')}")

    def begin(self, name: str, characters: int) -> None:
        """Names a document that is about to be scanned, if that will take a while."""
        from factcheck.render import visible

        if characters > _LONG:
            self._draw(f"{visible(name)}: {characters:,} characters …")

    def _draw(self, state: str) -> None:
        if self.progress:
            write(f"{_ERASE}{state}")
            self._drawn = time.monotonic()

    def clear(self) -> None:
        """Takes the progress line away."""
        if self._drawn:
            write(_ERASE)
            self._drawn = 0.0
