"""A run of `factcheck scan`: what it is done with is loaded, texts are scanned, and it is told how it ended."""

import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from factcheck_cli import archive
from factcheck_cli.config.resolve import Configs
from factcheck_cli.gates import Gates, Most, reached, told
from factcheck_cli.log import Log
from factcheck_cli.output.sink import Out, check_kept, destination
from factcheck_cli.quiet.asked import asked, tell
from factcheck_cli.tally import Tally
from factcheck_cli.terminal.console import UNREAD, WRONG, fail, say
from factcheck_cli.work.plan import Plan
from factcheck_cli.work.printing import printed

if TYPE_CHECKING:
    from factcheck_cli.baseline.against import Against
    from factcheck_cli.inputs.text import Part
    from factcheck_cli.watch.reprints import Reprints
    from factcheck_cli.work.presses import Presses
    from factcheck_cli.work.settings import Settings

REACHED = 1
"""Exit status when a gate was reached; of several the highest wins."""


class NothingScannedError(Exception):
    """Nothing was scanned, so nothing that was written before is replaced."""


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be done: with which settings, where no configuration says more, and with which paths.

    `given` are the options, by their parameters; results go to the `target`, perhaps into a `folder`, or to standard
    output.
    """

    typed: "Settings"
    given: Mapping[str, Any]
    paths: Sequence[str]
    target: Path | None
    folder: bool
    progress: bool

    def load(self) -> Plan:
        """Loads the configurations and rules of the paths, or ends the program with every problem of these."""
        configs = self._configs()
        typed = self._whole(configs)
        plan = Plan(typed, configs, self.given["color"], quiet=self.given["quiet"])
        plan.begin(self.paths)
        form = plan.presses.first.format
        if typed.style.suppressed and not form.suppressed and not self.given["quiet"]:
            by = plan.given("report-suppressed")
            named = by.where if by and by.where.line else "--report-suppressed"
            say(f"{named}: {typed.format} has no place for what is suppressed, so it is left out")
        return plan

    def once(self, plan: Plan, paths: Sequence[str] | None = None, reprints: "Reprints | None" = None) -> int:
        """Scans all paths, or these, and tells the exit status; in this process where there may be `reprints`."""
        paths, quiet = paths or self.paths, self.given["quiet"]
        plan.presses.hush(asked(self.given["since"], paths, suppressions=not self.given["no_suppressions"]))
        most = self._most(plan)
        workers = 1 if reprints else plan.workers(self.given["jobs"])
        log = Log(quiet, progress=self.progress)
        presses, parts = plan.work(paths, log)
        known = self._known(plan)
        if known:
            all_ = list(parts)
            configs = self._configs()
            known.check(log, configs, all_)
            whole = known.is_of(presses, all_, log, configs) and known.is_whole(paths)
            whole = whole and not (log.failures or plan.is_broken)
            presses, parts = known.quiet(presses, all_, workers, log, self._others, whole=whole)
        press = presses.first
        _check_near(plan)
        keep = archive.opened(press.settings.db or self.given["db"], paths, self.target, quiet=quiet)
        try:
            with closing(presses), keep.run(presses, paths), self._bound(presses, log) as out:
                tally = printed(presses, parts, workers, out, log, keep, reprints)
                keep.finish(tally, log)
                self._check_written(tally, log, plan)
        except NothingScannedError:
            return _status(log, is_broken=plan.is_broken)
        if not quiet:
            plan.tell()
            plan.tell_unused()
            if not any(one.scanner.program.rules for one in presses):
                say("note: there are no rules, so nothing is found; --rules and --pack add some")
            found = known.summed(tally, presses) if known else ""
            _tell(tally, log, found, summed=press.format.summed, shown=press.settings.style.suppressed)
        return _ended(tally, log, most, is_broken=plan.is_broken, quiet=quiet)

    def _bound(self, presses: "Presses", log: Log) -> AbstractContextManager[Out]:
        """What takes all that is written."""
        if bind := presses.first.format.bind:
            return bind(self.target, presses.rulebook, log, folder=self.folder)
        return destination(self.target)

    def watch(self) -> NoReturn:
        """Scans the paths, then whatever of them changes, until Ctrl-C."""
        from factcheck_cli.watch.scan import watched

        watched(self.load, self.once, self.paths, self._reads, target=self.target)

    def _reads(self, paths: Sequence[str]) -> list[str]:
        """What is read to scan these, beside themselves."""
        from factcheck_cli.config.reads import read_by

        given = [*(self.given["rules"] or ()), *filter(None, [self.given["baseline"]])]
        return [*map(str, given), *self._moving(), *read_by(self._configs(), paths)]

    def _moving(self) -> list[str]:
        """What tells that --since means another commit; where it means none the scan says so."""
        if not (revision := self.given["since"]):
            return []
        from factcheck_cli.quiet.since import SinceError, moving

        with suppress(SinceError):
            return moving(revision, self.paths)
        return []

    def _configs(self) -> Configs:
        return Configs(self.given["config"], self.given["no_config"], self.given)

    def _whole(self, configs: Configs) -> "Settings":
        """The settings with what holds for the whole run, whichever file has which configuration."""
        db, shown, most = (configs.of_run(self.paths, key) for key in ("db", "report-suppressed", "max-unverified"))
        suppressed = shown.value if shown else self.typed.style.suppressed
        gates = self.typed.gates
        if most:  # of files without a configuration the first are named, too
            gates = (gates or Gates())._replace(unverified=True)
        return replace(
            self.typed,
            gates=gates,
            db=self.typed.db or (db.value if db else ""),
            style=replace(self.typed.style, suppressed=suppressed),
        )

    def _most(self, plan: Plan) -> Most | None:
        """How much may be unverified, by the option, else by a configuration."""
        if (typed := self.given["max_unverified"]) is not None:
            return Most.of(typed)
        given = plan.given("max-unverified")
        return Most.of(given.value, given.where) if given else None

    def _of_run(self, plan: Plan, name: str) -> Any:  # noqa: ANN401 - what the option takes
        """The option, else what the configuration says."""
        return plan.of_run(name.replace("_", "-")) if self.given[name] is None else self.given[name]

    def _known(self, plan: Plan) -> "Against | None":
        """The baseline, or the end of the program where it is none, or would be replaced."""
        baseline = self._of_run(plan, "baseline")
        if not baseline:
            return None
        from factcheck_cli.baseline.against import against

        if self.target:
            check_kept(self.target, [Path(baseline)], "-o", "read")
        by = plan.given("baseline")
        if by and by.where.line and not os.path.exists(baseline):
            from factcheck_cli.config_usable import no_baseline

            fail(str(no_baseline(by)))
        return against(Path(baseline))

    def _others(self, paths: "Sequence[str]") -> "tuple[Presses, list[Part]] | None":
        """Presses and parts for paths that are not scanned; what is amiss with these is nobody's business here."""
        typed = replace(self.typed, format="jsonl", gates=None, db="")
        plan = Plan(typed, self._configs(), self.given["color"], quiet=True, silent=True)
        try:
            plan.begin(paths)
            presses, parts = plan.work(paths, Log(quiet=True))
        except SystemExit as error:
            if error.code != WRONG:  # but that of a program that is told to end
                raise
            return None
        return presses, list(parts)

    def _check_written(self, tally: Tally, log: Log, plan: Plan) -> None:
        """Raises NothingScannedError, before a file is put in its place, where nothing was scanned."""
        if self.target and not tally.documents and (log.failures or log.skipped or plan.leaves_out):
            left = (
                f"{self.target} is left as it was" if os.path.exists(self.target) else f"{self.target} is not written"
            )
            say(f"nothing {'could be' if log.failures else 'was'} scanned; {left}")
            raise NothingScannedError


def _check_near(plan: Plan) -> None:
    """The end of the program where a configuration would make an archive outside of what it belongs to."""
    given = plan.given("db")
    if given and given.where.line:
        from factcheck_cli.config_usable import far_archive

        if problem := far_archive(given):
            fail(str(problem))


def _tell(tally: Tally, log: Log, known: str, *, summed: bool, shown: bool) -> None:
    """What there is to tell of silences, and what is known."""
    if tally.quiet:
        tell(tally.quiet, log, summed=summed, shown=shown, known=bool(known))
    if known:
        say(known)


def _ended(tally: Tally, log: Log, most: Most | None, *, is_broken: bool, quiet: bool) -> int:
    """Tells what met the gates and what could not be read; the exit status of these."""
    if not quiet:
        for line in told(tally, most):
            say(line)
    if log.failures or (log.skipped + tally.documents > 1 and log.skipped and not quiet):
        say(_summed(log, tally))
    return _status(log, is_broken=is_broken) or REACHED * reached(tally, most)


def _status(log: Log, *, is_broken: bool) -> int:
    """The exit status of what could not be read or used."""
    return UNREAD if log.failures else WRONG * is_broken


def _summed(log: Log, tally: Tally) -> str:
    """How many inputs ended in what way."""
    skipped = [f"{log.skipped:,} skipped"] * bool(log.skipped)
    failed = [f"{log.failures:,} could not be read"] * bool(log.failures)
    return ", ".join([*skipped, *failed, f"{tally.documents:,} scanned"])
