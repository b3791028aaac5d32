"""What tested rules find in labelled sentences: the right hits and the wrong ones of each, as `eval` counts them."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from factcheck import Scanner
from factcheck.evaluate.binary import Binary
from factcheck.evaluate.gold import GoldError, Kind
from factcheck.evaluate.row import Row
from factcheck.evaluate.trials import trial
from factcheck.evaluate.usual import HEDGE
from factcheck.examination import Examination
from factcheck_cli.inputs.text import STDIN
from factcheck_cli.loaded import signals_named
from factcheck_cli.log import Log
from factcheck_cli.measure.gold_file import GoldSet, read

if TYPE_CHECKING:
    from factcheck.language.program import Rule
    from factcheck.span import Source

_ALL: Final = "*"


class Measured(NamedTuple):
    """A set of labelled sentences: a row for each tested rule with a hit in it, and the rules that have none."""

    name: str
    kind: Kind
    signals: tuple[str, ...]
    """Those that are measured; none where levels or numbers are."""
    sentences: int
    rows: tuple[Row, ...]
    silent: tuple[str, ...]

    @property
    def hits(self) -> int:
        """How many hits there are."""
        return sum(int(row.figures["hits"] or 0) for row in self.rows)

    @property
    def right(self) -> int | None:
        """How many of them are right; None where labels are numbers, which do not tell."""
        if self.kind is Kind.CERTAINTY:
            return None
        return sum(int(row.figures["right"] or 0) for row in self.rows)


class Sets:
    """Files of labelled sentences. A file is read, and a set measured, only where something has changed."""

    def __init__(self, signal: str | None) -> None:
        """With the `signal` that labels uncertain and certain measure, if one is named."""
        self._signal = signal
        self._read: dict[str, tuple[object, GoldSet]] = {}
        self._measured: dict[str, tuple[GoldSet, tuple[Source, ...], Measured]] = {}
        self._scanner: tuple[tuple[Source, ...], Scanner] | None = None

    def measured(self, paths: Iterable[str], tested: Examination, log: Log) -> list[Measured]:
        """The sets of the files, in order; what cannot be read or measured is told and left out."""
        found = [self._set(path, log) for path in dict.fromkeys(paths)]
        return [own for one in found if one and (own := self._of(one, tested, log))]

    def _set(self, path: str, log: Log) -> GoldSet | None:
        known, stamp = self._read.get(path), _stamp(path)
        if known and known[0] == stamp:
            return known[1]
        found = next(iter(read([path], log)), None)
        if found and stamp:
            self._read[path] = (stamp, found)
        return found

    def _of(self, one: GoldSet, tested: Examination, log: Log) -> Measured | None:
        known = self._measured.get(one.name)
        if known and known[:2] == (one, tested.sources):
            return known[2]
        try:
            found = self._measure(one, tested)
        except GoldError as error:
            log.failure(one.name, str(error))
            return None
        self._measured[one.name] = (one, tested.sources, found)
        return found

    def _measure(self, one: GoldSet, tested: Examination) -> Measured:
        if not self._scanner or self._scanner[0] != tested.sources:
            self._scanner = (tested.sources, Scanner.of(tested.program))
        scanner = self._scanner[1]
        targets = {one.id for file in tested.files for one in file.rules}
        targets |= {change.target for file in tested.files for change in file.amendments}
        rules = [rule for rule in scanner.program.rules if targets & {rule.id, rule.pack, _ALL}]
        signals = signals_named(self._signal, [scanner]) if self._signal else _shown(rules, scanner)
        found = trial(scanner, one.sentences, signals)
        own = dict.fromkeys(rule.id for rule in rules)
        rows = tuple(row for row in found.rules() if row.name in own)
        silent = tuple(name for name in own if name not in {row.name for row in rows})
        measured = found.signals if isinstance(found, Binary) else ()
        return Measured(one.name, found.kind, measured, len(found.pairs), rows, silent)


def _shown(rules: "Sequence[Rule]", scanner: Scanner) -> tuple[str, ...]:
    """The signals of these rules' packs; those of `eval` where these show none."""
    packs = {rule.pack for rule in rules}
    return tuple(pack.name for pack in scanner.program.packs if pack.signal and pack.name in packs) or (HEDGE,)


def _stamp(path: str) -> object:
    """What changes when the file does; None of what is no file."""
    try:
        status = None if path == STDIN else Path(path).stat()
    except OSError:
        return None
    return status and (status.st_mtime_ns, status.st_size, status.st_ino)
