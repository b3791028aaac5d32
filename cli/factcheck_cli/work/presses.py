"""The presses of a scan: one for most, and others for parts of the input that have settings of their own."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from factcheck.load import key_of
from factcheck_cli.work.press import Press
from factcheck_cli.work.rulebook import Rulebook
from factcheck_cli.work.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from factcheck import Scanner
    from factcheck.works import Works
    from factcheck_cli.inputs.text import Part
    from factcheck_cli.quiet.silence import Quiet


_AWAKE: Final = 2
"""Scanners that are at work at once, to begin with."""


class Loaded(NamedTuple):
    """Settings, and a name for what the files of their rules said when they were loaded."""

    settings: Settings
    key: str


class _Rota:
    """Which scanners are at work: those used last, for each takes some 80 megabytes; the others rest.

    Files of one rule set mostly follow one another. Where they do not, so that one is woken that had been at work,
    there is room for one more from then on: each is woken a few times at most, however many files there are.
    """

    def __init__(self) -> None:
        self._room = _AWAKE
        self._awake: dict[Works, None] = {}
        self._used: set[Works] = set()

    def begin(self, works: "Works") -> None:
        """They are loaded, and will be used later."""
        if works.is_awake:
            self._take(works)

    def use(self, works: "Works") -> None:
        """They are used now."""
        if works in self._used and works not in self._awake:
            self._room += 1
        self._used.add(works)
        self._take(works)

    def _take(self, works: "Works") -> None:
        self._awake.pop(works, None)
        self._awake[works] = None  # behind all others
        while len(self._awake) > self._room:
            oldest = next(iter(self._awake))
            del self._awake[oldest]
            oldest.rest()


class Presses:
    """Finds the press for a part, and makes it where there is none yet.

    What silences sentences in the first one does so in all, so settings of parts, which travel with these, are without.
    """

    def __init__(self, first: Press, rota: _Rota | None = None) -> None:
        """With the press of what has no settings of its own, and the rota of others that use the same scanners."""
        self.first = first
        self._others: dict[Settings, Press] = {}
        self._rota = rota or _Rota()
        self._rota.begin(first.scanner.works)

    def of(self, part: "Part") -> Press:
        """The press for a part of the input."""
        press = self.first
        if part.settings is not None:
            press = self._others.get(part.settings) or self.add(part.settings)
            press.fit(self.first)
        self._rota.use(press.scanner.works)
        return press

    def add(self, settings: Settings, scanner: "Scanner | None" = None) -> Press:
        """Makes one more, if there is none yet. Raises RuleError and SelectionError as the scanner does."""
        if settings not in self._others:
            silenced = replace(settings, quiet=self.first.settings.quiet)
            self._others[settings] = Press(silenced, scanner)
            self._rota.begin(self._others[settings].scanner.works)
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
        found, made = Presses(press, self._rota), dict[Settings | None, Settings | None]({first: None})
        for one, press in others:
            own = made[one] = replace(press.settings, quiet=())
            found._others[own] = press
            self._rota.begin(press.scanner.works)
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
        found = Presses(Press(change(self.first.settings), self.first.scanner), self._rota)
        made = {settings: replace(change(settings), quiet=()) for settings in self._others}
        for settings, press in self._others.items():
            found.add(made[settings], press.scanner)
        return found, [replace(one, settings=made[one.settings]) if one.settings else one for one in parts]


def _with_columns(press: Press, signals: tuple[str, ...]) -> Press:
    """The same press with columns for these signals."""
    return Press(replace(press.settings, style=replace(press.settings.style, signals=signals)), press.scanner)
