"""The presses of a scan: one for most, and others for parts of the input that have settings of their own."""

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from factcheck.load import key_of
from factcheck_cli.rulebook import Rulebook
from factcheck_cli.settings import Settings
from factcheck_cli.work import Press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from factcheck import Scanner
    from factcheck_cli.quiet.silence import Quiet
    from factcheck_cli.text import Part


class Loaded(NamedTuple):
    """Settings, and a name for what the files of their rules said when they were loaded."""

    settings: Settings
    key: str


class Presses:
    """Finds the press for a part, and makes it where there is none yet.

    What silences sentences in the first one does so in all, so settings of parts, which travel with these, are without.
    """

    def __init__(self, first: Press) -> None:
        """With the press of what has no settings of its own."""
        self.first = first
        self._others: dict[Settings, Press] = {}

    def of(self, part: "Part") -> Press:
        """The press for a part of the input."""
        if part.settings is None:
            return self.first
        press = self._others.get(part.settings) or self.add(part.settings)
        press.fit(self.first)
        return press

    def add(self, settings: Settings, scanner: "Scanner | None" = None) -> Press:
        """Makes one more, if there is none yet. Raises RuleError and SelectionError as the scanner does."""
        if settings not in self._others:
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
        """All their rules."""
        return Rulebook(tuple(press.scanner.program for press in self))

    @property
    def loaded(self) -> "tuple[Loaded, ...]":
        """What other processes are told of these."""
        return tuple(Loaded(press.settings, key_of(press.scanner.sources)) for press in self)

    def settled(self, wanted: "Iterable[Settings | None]", parts: "Iterable[Part]") -> "tuple[Presses, Iterable[Part]]":
        """Presses of those settings alone that texts have, and the parts for these.

        Where some rules measure signals that others do not each sentence has a column for all.
        """
        kinds = {one: self.first if one is None else self._others[one] for one in wanted} or {None: self.first}
        signals = Rulebook(tuple(press.scanner.program for press in kinds.values())).signals
        if any(press.scanner.program.signals != signals for press in kinds.values()):
            kinds = {one: _with_columns(press, signals) for one, press in kinds.items()}
        (first, press), *others = kinds.items()
        found, made = Presses(press), dict[Settings | None, Settings | None]({first: None})
        for one, press in others:
            own = made[one] = replace(press.settings, quiet=())
            found._others[own] = press
        return found, (replace(part, settings=made[part.settings]) for part in parts)

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
        made = {settings: replace(change(settings), quiet=()) for settings in self._others}
        for settings, press in self._others.items():
            found.add(made[settings], press.scanner)
        return found, [replace(one, settings=made[one.settings]) if one.settings else one for one in parts]


def _with_columns(press: Press, signals: tuple[str, ...]) -> Press:
    """The same press with columns for these signals."""
    return Press(replace(press.settings, style=replace(press.settings.style, signals=signals)), press.scanner)
