"""The presses of a scan: one for most, and others for parts of the input that have settings of their own."""

from dataclasses import replace
from typing import TYPE_CHECKING

from factcheck_cli.rulebook import Rulebook
from factcheck_cli.settings import Settings
from factcheck_cli.work import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from factcheck import Scanner
    from factcheck_cli.quiet.silence import Quiet
    from factcheck_cli.reading import Part


class Presses:
    """Finds the press for a part, and makes it where there is none yet.

    What silences sentences in the first one does so in all, so settings of parts, which travel with these, are without.
    """

    def __init__(self, first: Press) -> None:
        """With the press of what has no settings of its own."""
        self.first = first
        self.used: tuple[Press, ...] = (first,)
        """Those that texts are known to have, once they are `settled`."""
        self._others: dict[Settings, Press] = {}

    def of(self, part: "Part") -> Press:
        """The press for a part of the input."""
        if part.settings is None:
            return self.first
        press = self._others.get(part.settings) or self.add(part.settings)
        press.fit(self.first)
        return press

    def add(self, settings: Settings, scanner: "Scanner | None" = None) -> Press:
        """Makes one more. Raises RuleError and SelectionError as the scanner does."""
        silenced = replace(settings, quiet=self.first.settings.quiet)
        self._others[settings] = Press(silenced, scanner)
        return self._others[settings]

    def __iter__(self) -> "Iterator[Press]":
        """All there are by now."""
        yield self.first
        yield from self._others.values()

    def hush(self, quiet: "tuple[Quiet, ...]") -> None:
        """Has these tell of silences from now on."""
        for press in self:
            press.hush(quiet)

    @property
    def rulebook(self) -> Rulebook:
        """The rules of those that texts have."""
        return Rulebook(tuple(press.scanner.program for press in self.used))

    def settled(self, parts: "Iterable[Part]") -> "tuple[Presses, list[Part]]":
        """Presses that know which of them are used, and the parts, all of them: before anything is written.

        Where some rules measure signals that others do not each sentence has a column for all.
        """
        parts = list(parts)
        used = tuple(dict.fromkeys(self.of(part) for part in parts)) or self.used
        signals = Rulebook(tuple(press.scanner.program for press in used)).signals
        found = self
        if any(press.scanner.program.signals != signals for press in used):
            found, parts = self.changed(lambda own: replace(own, style=replace(own.style, signals=signals)), parts)
        found.used = tuple(dict.fromkeys(found.of(part) for part in parts)) or (found.first,)
        return found, parts

    def close(self) -> None:
        """Lets the archive go that they have read."""
        for press in self:
            if press.shelf:
                press.shelf.close()

    def changed(
        self, change: "Callable[[Settings], Settings]", parts: "Iterable[Part]"
    ) -> "tuple[Presses, list[Part]]":
        """Presses of the same scanners with other settings, and the parts for them, of which there is a press each."""
        found = Presses(Press(change(self.first.settings), self.first.scanner))

        def own(settings: Settings) -> Settings:
            return replace(change(settings), quiet=())

        for settings, press in self._others.items():
            found.add(own(settings), press.scanner)
        return found, [replace(one, settings=own(one.settings)) if one.settings else one for one in parts]
