"""What is to be done with each file of a scan: by which settings it is scanned, or that it is not."""

from collections.abc import Hashable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from factcheck import RuleError, Scanner, SelectionError
from factcheck_cli.config.given import Given, Layer
from factcheck_cli.config.problem import ConfigError
from factcheck_cli.config.resolve import Configs, Resolved, how_to_read, typed_layer
from factcheck_cli.config.rules import RuleSet, Scanners, Unmet, chosen
from factcheck_cli.gates import Gates
from factcheck_cli.options import processors
from factcheck_cli.terminal.console import WRONG, counted, report, say, warn, worth_showing
from factcheck_cli.work.press import Press
from factcheck_cli.work.presses import Presses
from factcheck_cli.work.settings import Settings

if TYPE_CHECKING:
    from factcheck.diagnostic import Diagnostic
    from factcheck_cli.inputs.text import Part
    from factcheck_cli.log import Log
    from factcheck_cli.options import Color

_NAMED: Final = 3  # files left out that are named
_OF_RUN: Final = ("max-unverified", "baseline", "db", "report-suppressed")
"""Keys that hold for a whole run."""


class Plan:
    """Settings by file, each made once, with the press for them.

    `typed` are those that the command line gives alone. What is wrong with a configuration, or with rules that it
    names, is told once, and the files that it holds for are not scanned; all others are.
    """

    def __init__(self, typed: Settings, configs: Configs, color: "Color", *, quiet: bool, silent: bool = False) -> None:
        """A `quiet` one gives no warnings, a `silent` one does not say either what is wrong."""
        self._silent = silent
        self._typed, self._configs, self._color, self._quiet = typed, configs, color, quiet
        self._made: dict[int, Settings | None] = {}
        self._told = set[Hashable]()
        self._excluded: dict[Given, list[str]] = {}
        self._first: Settings | None = None
        self._presses: Presses | None = None
        self._scanners = Scanners(cache=typed.cache)
        self._resolved = list[Resolved]()
        self._unmet = Unmet()
        self._met = set[str]()
        self.is_broken = False
        """Whether a configuration, or rules that are named, cannot be used."""
        self._paths: tuple[str, ...] = ()

    def begin(self, paths: Iterable[str]) -> Presses:
        """The presses, with that of the first path that has one; the end of the program where none has."""
        self._paths = tuple(paths)
        if not any(self._of(path) for path in self._paths) or self._unmet.names:
            self._look_below()
        for said in () if self._silent else self._unmet.told():
            say(said)
        if self._unmet.names or not self._presses:
            raise SystemExit(WRONG)
        return self.presses

    def _look_below(self) -> None:
        """Looks at all that there are configurations for: what is amiss with some need not be so with others."""
        from factcheck_cli.inputs.parts import files
        from factcheck_cli.log import Deaf

        for path in (file for given in self._paths for file in (given, *files(given, Deaf(), self))):
            self._of(path)

    def work(self, paths: Iterable[str], log: "Log") -> "tuple[Presses, Iterable[Part]]":
        """What is scanned of the paths: the presses that texts have, the first text's first, and the parts for them."""
        from factcheck_cli.inputs.parts import Inputs, parts

        files = list(Inputs(tuple(paths), self._typed.how, self).files(log))
        return self.presses.settled((one.settings for one in files), parts(files))

    @property
    def presses(self) -> Presses:
        """Those there are by now, once it has begun."""
        assert self._presses  # noqa: S101 - whoever asks has begun
        return self._presses

    def takes(self, path: str) -> bool:
        """Whether a file is scanned: no configuration leaves it out, and the one for it can be used."""
        if not self._of(path):
            return False
        resolved = self._configs.of(path)
        by = self._configs.fitting("exclude", path, resolved) if resolved else None
        if by:
            self._excluded.setdefault(by, []).append(path)
        return not by

    def includes(self, path: str) -> bool:
        """Whether a file in a folder is scanned though its name is that of no article."""
        try:
            resolved = self._configs.of(path)
        except ConfigError:  # told where it holds for an article
            return False
        return bool(resolved and self._configs.fitting("include", path, resolved))

    def settings(self, path: str) -> Settings | None:
        """The settings of a file that is scanned; None where they are those that the first one has."""
        found = self._of(path)
        return None if found is self._first else found

    def given(self, key: str) -> Given | None:
        """What a key was given that holds for a whole run: that of the first path with a configuration to be used."""
        return self._configs.of_run(self._paths, key)

    @property
    def kept(self) -> list[str]:
        """The baseline and the archive of the run, which nobody takes for articles that were forgotten."""
        keys = ("baseline", "db")
        return [str(one) for key in keys if (one := self._configs.typed.get(key) or self.of_run(key))]

    @property
    def leaves_out(self) -> bool:
        """Whether there are files that it left out, or could not take."""
        return self.is_broken or bool(self._excluded)

    def workers(self, jobs: int | None) -> int:
        """How many processes work: as the option says, else the configuration, else one; 0 stands for all there are."""
        number = self.of_run("jobs") if jobs is None else jobs
        return 1 if number is None else number or processors()

    def of_run(self, key: str) -> Any:  # noqa: ANN401 - what the key takes
        """Its value."""
        given = self.given(key)
        return given.value if given else None

    def tell(self) -> None:
        """Tells what was left out, and by which line."""
        for by, paths in self._excluded.items():
            more = f" and {len(paths) - _NAMED:,} more" if len(paths) > _NAMED else ""
            said = f"{counted(len(paths), 'file')} left out by `{by.value}`: {', '.join(paths[:_NAMED])}{more}"
            say(f"{by.where}: note: {said}")
        self._excluded.clear()

    def tell_unused(self) -> None:
        """Tells what configurations say of a whole run that is not done, since that of the first path counts."""
        unused = dict.fromkeys((key, one.layer[key]) for one in self._resolved for key in _OF_RUN if key in one.layer)
        for key, own in unused:
            used = self.given(key)
            if own.where.line and (not used or own.value != used.value):  # options hold anyhow
                by = f"that of {used.where}" if used else "and the first configuration names none"
                said = f"`{key}` is not used, for a run has one in all, {by}"
                say(f"{own.where}: note: {said}; scan these files alone, or give --{key}")

    def _of(self, path: str) -> Settings | None:
        try:
            resolved = self._configs.of(path)
        except ConfigError as error:
            self._fail(error)
            return None
        key = id(resolved)  # it is kept by who resolves, and the same for the same
        if key not in self._made:
            try:
                self._made[key] = self._settings(resolved)
            except ConfigError as error:
                self._fail(error)
                self._made[key] = None
        return self._made[key]

    def _fail(self, error: ConfigError) -> None:
        self.is_broken = True
        for problem in error.problems:
            if problem not in self._told and not self._silent:
                self._told.add(problem)
                say(str(problem))

    def _settings(self, resolved: Resolved | None) -> Settings | None:
        """The settings, whose press is made; None where its rules cannot be loaded."""
        layer: Layer = resolved.layer if resolved else {}
        self._resolved += [resolved] if resolved else []
        choice = RuleSet.of(layer) if resolved else self._typed.rule_set
        try:
            choice, scanner = self._chosen(resolved, choice)
        except (RuleError, SelectionError) as error:
            self._fail_at_rules(choice, error)
            return None
        if not self._quiet:
            warn(self._untold(scanner.warnings), choice.packs, builtin=choice.builtin)
        own = replace(self._typed, select=choice.select, ignore=choice.ignore)
        return self._pressed(self._with(layer, choice) if resolved else own, scanner)

    def _chosen(self, resolved: Resolved | None, choice: RuleSet) -> tuple[RuleSet, Scanner]:
        """What scans with these rules; a name that was typed need be known to those of one configuration alone."""
        scanners, unmet = self._scanners, Unmet()
        if resolved:
            variants = lambda: self._configs.variants(resolved.config)  # noqa: E731 - it is asked in one place
            choice, scanner = chosen(resolved.layer, variants, scanners, unmet)
        else:
            try:
                scanner = scanners.of(choice)
            except SelectionError:
                layer = typed_layer(self._configs.typed)
                choice, scanner = chosen(layer, lambda: [layer], scanners, unmet)
        self._met |= {*self._typed.select, *self._typed.ignore} - unmet.names.keys()
        names = {name: None for name in (self._unmet.names | unmet.names) if name not in self._met}
        self._unmet = Unmet(names, self._unmet.known | unmet.known)
        return choice, scanner

    def _fail_at_rules(self, choice: RuleSet, error: RuleError | SelectionError) -> None:
        self.is_broken = True
        if self._silent:
            return
        if isinstance(error, RuleError):
            if found := self._untold(worth_showing(error.diagnostics, builtin=choice.builtin)):
                report(found, self._color)
        elif choice not in self._told:
            self._told.add(choice)
            say(str(error))

    def _untold(self, diagnostics: "Iterable[Diagnostic]") -> "list[Diagnostic]":
        """Those that were not told yet: several sets of rules may have the same file."""
        found = {(one.code, one.source.name, one.labels): one for one in diagnostics}
        new = [one for key, one in found.items() if key not in self._told]
        self._told.update(found)
        return new

    def _pressed(self, settings: Settings, scanner: Scanner) -> Settings:
        if not self._presses:
            self._presses, self._first = Presses(Press(settings, scanner)), settings
        elif settings == self._first:
            return self._first
        else:
            self._presses.add(settings, scanner)
        return settings

    def _with(self, layer: Layer, choice: RuleSet) -> Settings:
        """The settings that a layer gives; the command line is in it."""
        typed = self._typed

        def given(key: str, other: object) -> Any:  # noqa: ANN401 - what the key takes
            return layer[key].value if key in layer else other

        at_most = given("at-most", None)
        return replace(
            typed,
            rules=choice.rules,
            packs=choice.packs,
            builtin=choice.builtin,
            select=choice.select,
            ignore=choice.ignore,
            segment=given("segment", "auto"),
            at_most=at_most,
            style=replace(typed.style, packs=choice.packs, at_most=at_most or "", severities=choice.severities),
            how=replace(how_to_read(layer), facts=typed.how.facts),
            gates=Gates.of(given("fail-at", None), given("fail-on", None), self.of_run("max-unverified")),
        )
