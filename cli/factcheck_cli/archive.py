"""What `factcheck scan --db` does beside scanning: keeps the run, and says what became of it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from factcheck_cli.output.sink import check_kept
from factcheck_cli.terminal.console import counted, fail, say
from factcheck_cli.terminal.paths import shown

if TYPE_CHECKING:
    from factcheck_cli.log import Log
    from factcheck_cli.store.keep import Keeper, Ruled
    from factcheck_cli.store.sheet import Same, Sheet
    from factcheck_cli.tally import Tally
    from factcheck_cli.work.press import Press
    from factcheck_cli.work.presses import Presses


class NoArchive:
    """Keeps nothing."""

    @contextmanager
    def run(self, _presses: "Presses", _inputs: Sequence[str]) -> Iterator[None]:
        """The time of a scan."""
        yield

    def take(self, _kept: "Iterable[Sheet | Same]") -> None:
        """Is given what there is to keep."""

    def finish(self, _tally: "Tally", _log: "Log") -> None:
        """Is told that all is done."""


class Archive(NoArchive):
    """Keeps a run in a file. What keeps it from doing so ends the program."""

    def __init__(self, path: Path, keeper: "Keeper", *, quiet: bool) -> None:
        self._path, self._keeper, self._quiet = path, keeper, quiet

    @contextmanager
    def run(self, presses: "Presses", inputs: Sequence[str]) -> Iterator[None]:
        """The time of a scan; one that is left before it is finished was interrupted."""
        from factcheck_cli.store.error import StoreError

        run, told = self._keeper, [shown(path) for path in inputs]
        try:
            run.begin([_ruled(press) for press in presses], told)
            if run.resumes and not self._quiet:
                kept = counted(run.kept_before, "document")
                say(f"{self._path}: run {run.resumes} was interrupted after {kept}; this one takes it up")
            yield
        except StoreError as error:
            fail(str(error))
        finally:
            run.close()

    def take(self, kept: "Iterable[Sheet | Same]") -> None:
        """Keeps this."""
        self._keeper.take(kept)

    def finish(self, tally: "Tally", log: "Log") -> None:
        """Ends the run, and says what it was called; of one that saw nothing nothing is kept."""
        if not tally.documents:
            self._keeper.drop()
            if not self._quiet:
                say(f"{self._path}: nothing was scanned, so no run is kept")
            return
        self._keeper.finish(tally, log)
        if not self._quiet:
            same = self._keeper.unchanged
            told = f", {same:,} of them unchanged and not scanned again" if same else ""
            if again := self._keeper.again:
                also = f"{again:,} unchanged, too," if same else f"{again:,} of them unchanged"
                told += f", {also} but scanned again, for more is asked for than is kept"
            say(f"{self._path}: kept as run {self._keeper.id}: {counted(tally.documents, 'document')}{told}")


def _ruled(press: "Press") -> "Ruled":
    """The rules and settings of a press, as an archive keeps them."""
    from factcheck_cli.store.keep import Ruled
    from factcheck_cli.store.shelf import key_of_run

    own = press.settings
    settings = {name: getattr(own, name) for name in ("rules", "packs", "builtin", "select", "ignore", "segment")}
    settings["rules"] = [shown(path) for path in own.rules]
    return Ruled(key_of_run(press.scanner, own), settings, press.scanner.program.rules)


def opened(db: str | None, inputs: Sequence[str], output: Path | None, *, quiet: bool) -> NoArchive:
    """The archive of `--db`, made where there is none; the end of the program where it can be none."""
    if db is None:
        return NoArchive()
    from factcheck_cli.store.error import StoreError
    from factcheck_cli.store.keep import Keeper
    from factcheck_cli.store.opened import to_write

    path = Path(db)
    if db.startswith(":") or not db:
        fail(f"--db `{db}`: this is no name for a file; name one, as in --db archive.db")
    check_kept(path, inputs, "--db", "scanned")
    if output and (output == path or (os.path.exists(output) and os.path.exists(path) and output.samefile(path))):
        fail(f"{path}: -o and --db name the same file; give one of them another name")

    def waits() -> None:
        if not quiet:
            say(f"{path}: another program is writing to this archive; this one waits, a minute at most")

    try:
        return Archive(path, Keeper(path, to_write(path), waits), quiet=quiet)
    except StoreError as error:
        fail(str(error))
