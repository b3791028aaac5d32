"""What happens to the inputs of a scan, told on standard error: failures, notes, and how far it is."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from factcheck_cli.tally import Tally
from factcheck_cli.terminal.console import counted, say, write

if TYPE_CHECKING:
    from factcheck_cli.inputs.text import Text

_FEW = 5  # documents that nobody waits for
_LONG = 100_000  # characters of a document that somebody waits for
_NAMED = 1_000  # failures, and texts passed over, that are kept
_ALIKE = 5  # rows of a file in succession that the same is told of; others are counted
_EVERY = 0.1  # seconds between two states of the progress line
_ERASE = "\r\x1b[K"


class Report(Protocol):
    """Who is told of inputs."""

    def failure(self, name: str, message: str) -> None:
        """Is told of an input, or a row of one, that is not scanned."""

    def skip(self, name: str, message: str, *, is_article: bool = True) -> None:
        """Is told of a text that is passed over for good reason, be it an article or something else."""

    def note(self, name: str, message: str) -> None:
        """Is told something worth knowing about an input that is scanned all the same."""


class Told(NamedTuple):
    """What there is to tell of an input."""

    name: str
    message: str
    is_failure: bool = False
    is_skip: bool = False
    is_article: bool = True


class Unread(NamedTuple):
    """What reports tell of inputs that are not in them: the first of each kind, and how many there are of it."""

    failed: Sequence[Told] = ()
    failures: int = 0
    skipped: Sequence[Told] = ()
    """Articles alone: what is none, nobody misses."""
    skips: int = 0

    def every(self) -> Iterator[Told]:
        """All of them, each with why; where there are more than are kept the last of a kind says so."""
        yield from _all(self.failed, self.failures, "could not be read")
        yield from _all(self.skipped, self.skips, "were skipped")


def _all(kept: Sequence[Told], count: int, what: str) -> Iterator[Told]:
    yield from kept
    if count > len(kept):
        yield kept[-1]._replace(message=f"{count - len(kept):,} more behind this {what}")


@dataclass(slots=True)
class Minutes:
    """Keeps what there is to tell until its turn comes."""

    told: list[Told] = field(default_factory=list)

    def failure(self, name: str, message: str) -> None:
        """An input that is not scanned."""
        self.told.append(Told(name, message, is_failure=True))

    def skip(self, name: str, message: str, *, is_article: bool = True) -> None:
        """A text that is passed over."""
        self.told.append(Told(name, message, is_skip=True, is_article=is_article))

    def note(self, name: str, message: str) -> None:
        """Something worth knowing about one that is."""
        self.told.append(Told(name, message))


@dataclass(slots=True)
class Log:
    """Tells, and counts what could not be read. Without `progress` there is no line that says how far the scan is."""

    quiet: bool = False
    progress: bool = False
    failures: int = field(default=0, init=False)
    failed: list[Told] = field(default_factory=list, init=False)
    """The first of them, for a page that names them."""
    skipped: int = field(default=0, init=False)
    _passed: list[Told] = field(default_factory=list, init=False)
    _articles: int = field(default=0, init=False)
    _drawn: float = field(default=0.0, init=False)
    _last: tuple[str, str] = field(default=("", ""), init=False)
    _alike: int = field(default=0, init=False)

    def failure(self, name: str, message: str) -> None:
        """An input, or a row of one, that is not scanned."""
        self.clear()
        self.failures += 1
        if self.failures <= _NAMED:
            self.failed.append(Told(name, message, is_failure=True))
        file, _, row = name.rpartition(":")
        same = (file, message)
        self._alike = self._alike + 1 if same == self._last and row.isdigit() else 1
        self._last = same
        if self._alike <= _ALIKE:
            say(f"{name}: {message}")
        elif self._alike == _ALIKE + 1:
            say(f"{name}: the same; more rows in succession of which it is to be told are only counted")

    @property
    def unread(self) -> Unread:
        """What could not be read, and the articles that were passed over."""
        return Unread(self.failed, self.failures, self._passed, self._articles)

    def skip(self, name: str, message: str, *, is_article: bool = True) -> None:
        """A text that is passed over."""
        self.skipped += 1
        self._articles += is_article
        if is_article and self._articles <= _NAMED:
            self._passed.append(Told(name, message, is_skip=True))
        if not self.quiet:
            self.clear()
            say(f"{name}: skipped: {message}")

    def note(self, name: str, message: str) -> None:
        """Something worth knowing about an input that is scanned all the same."""
        self._aside(name, f"note: {message}")

    def warning(self, place: str, message: str) -> None:
        """Something that is to be mended, though the scan does without."""
        self._aside(place, f"warning: {message}")

    def _aside(self, name: str, message: str) -> None:
        if not self.quiet:
            self.clear()
            say(f"{name}: {message}")

    def tell(self, told: Iterable[Told]) -> None:
        """Tells what was kept."""
        for name, message, is_failure, is_skip, is_article in told:
            if is_skip:
                self.skip(name, message, is_article=is_article)
            else:
                (self.failure if is_failure else self.note)(name, message)

    def show(self, done: Tally) -> None:
        """Draws the progress line anew, not too often."""
        if (done.documents > _FEW or self._drawn) and time.monotonic() - self._drawn > _EVERY:
            self._draw(f"{counted(done.documents, 'document')}, {counted(done.sentences, 'sentence')}")

    def state(self, state: str) -> None:
        """Draws how far other work is, not too often."""
        if time.monotonic() - self._drawn > _EVERY:
            self._draw(state)

    def begin(self, text: "Text") -> None:
        """Names a document that is about to be scanned, if that will take a while."""
        from factcheck.render import visible

        if len(text.text) > _LONG:
            self._draw(f"{visible(text.name)}: {len(text.text):,} characters …")

    def _draw(self, state: str) -> None:
        if self.progress:
            write(f"{_ERASE}{state}")
            self._drawn = time.monotonic()

    def clear(self) -> None:
        """Takes the progress line away."""
        if self._drawn:
            write(_ERASE)
            self._drawn = 0.0


class Deaf(Log):
    """Hears of what a folder leaves out, and tells nobody."""

    def failure(self, name: str, message: str) -> None:
        """Nothing."""

    def note(self, name: str, message: str) -> None:
        """Nothing."""

    def warning(self, place: str, message: str) -> None:
        """Nothing."""
