"""The rules that a configuration names, loaded; names in it that no rule has, told with their places."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from factcheck import RuleError, Scanner, SelectionError
from factcheck.diagnostic import did_you_mean
from factcheck.language.program import LADDER
from factcheck.packs import how_to_load
from factcheck.scan import selectable, selected
from factcheck_cli.config.given import Given, Layer
from factcheck_cli.config.problem import ConfigError, Problem
from factcheck_cli.config.severity import changed, unknown

if TYPE_CHECKING:
    from factcheck.diagnostic import Diagnostic
    from factcheck.language.program import Program
    from factcheck.span import Source

Variants = Callable[[], Iterable[Layer]]
"""Tells what else the configuration says of other files: its names may be meant for those."""


class RuleSet(NamedTuple):
    """What rules are loaded and chosen by, and their severities."""

    rules: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    builtin: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, layer: Layer) -> "RuleSet":
        """That of a layer."""
        return cls(
            rules=_names(layer, "rules"),
            packs=_names(layer, "packs"),
            builtin=layer["builtin"].value if "builtin" in layer else True,
            select=_names(layer, "select"),
            ignore=_names(layer, "ignore"),
            severities=tuple(layer["severity"].plain.items()) if "severity" in layer else (),
        )

    def scanner(self, *, cache: bool = True) -> Scanner:
        """What scans with them alone. Raises RuleError and SelectionError as the scanner does."""
        return Scanners(cache=cache).of(self)

    @property
    def whole(self) -> "RuleSet":
        """The same rules, none left out, with their severities."""
        return self.files._replace(severities=self.severities)

    @property
    def files(self) -> "RuleSet":
        """The same rules, all of them, as their files have them."""
        return RuleSet(self.rules, self.packs, self.builtin)


class _Read(NamedTuple):
    """What rule files say, without what finds it in texts, which takes ten times the memory."""

    program: "Program"
    warnings: "tuple[Diagnostic, ...]"
    sources: "tuple[Source, ...]"


class Scanners:
    """What scans with rule sets: equal ones share it, and so do those that differ in severities alone.

    Rule files are loaded once, or twice where some want all of their rules after others wanted a choice of them.
    """

    def __init__(self, *, cache: bool = True) -> None:
        self._cache = cache
        self._read: dict[RuleSet, _Read] = {}
        self._whole: dict[RuleSet, Scanner] = {}
        self._narrowed: dict[tuple[RuleSet, tuple[str, ...]], Scanner] = {}
        """By the files, and the rules of theirs that are left."""
        self._made: dict[RuleSet, Scanner] = {}

    def of(self, rules: RuleSet) -> Scanner:
        """What scans with these. Raises RuleError and SelectionError as the scanner does."""
        if rules not in self._made:
            scanner = self._chosen(rules)
            found = changed(scanner.program, rules.severities)
            self._made[rules] = scanner.with_severities(found) if found else scanner
        return self._made[rules]

    def program(self, rules: RuleSet) -> "Program":
        """All that the files of these say, whatever is chosen of it. Raises RuleError and SelectionError, too."""
        return self._of_files(rules.files).program

    def _chosen(self, rules: RuleSet) -> Scanner:
        """What scans with the rules that are chosen, whose severities are their own."""
        files = rules.files
        if not (rules.select or rules.ignore):
            return self._all(files)
        read = self._of_files(files)
        program = selected(read.program, rules.select, rules.ignore)
        key = files, tuple(rule.id for rule in program.rules)
        if key not in self._narrowed:
            self._narrowed[key] = Scanner.of(program, warnings=read.warnings, sources=read.sources)
        return self._narrowed[key]

    def _all(self, files: RuleSet) -> Scanner:
        if files not in self._whole:
            self._whole[files] = self._loaded(files)
        return self._whole[files]

    def _of_files(self, files: RuleSet) -> _Read:
        if files not in self._read:
            scanner = self._whole.get(files) or self._loaded(files)
            self._read[files] = _Read(scanner.program, scanner.warnings, scanner.sources)
        return self._read[files]

    def _loaded(self, files: RuleSet) -> Scanner:
        return Scanner(files.rules, packs=files.packs, builtin=files.builtin, cache=self._cache)


@dataclass(slots=True)
class Unmet:
    """Names that nothing is called which was loaded by now, in their order, and all that something is called."""

    names: dict[str, None] = field(default_factory=dict)
    known: frozenset[str] = frozenset()

    def add(self, name: str, known: frozenset[str]) -> None:
        """One more, and what was known where it was met."""
        self.names[name] = None
        self.known |= known

    def told(self) -> Iterator[str]:
        """What to say of each."""
        for name in self.names:
            meant = how_to_load(name, self.known) or _meant(name, self.known)
            yield f"no pack, rule or tag is called `{name}`: {meant}"


def chosen(layer: Layer, variants: Variants, scanners: Scanners, unmet: Unmet | None = None) -> tuple[RuleSet, Scanner]:
    """The choice of a layer, and what scans with it, one of the `scanners`.

    Names that are meant for other files are left out. Raises RuleError, and ConfigError for names that nothing has;
    SelectionError for those that were not given by a configuration, unless there is a place for `unmet` ones: other
    configurations may have them.
    """
    try:
        return _chosen(layer, variants, scanners, unmet)
    except RuleError as error:
        raise RuleError(list(named_by(error.diagnostics, layer))) from error


def named_by(diagnostics: "Iterable[Diagnostic]", layer: Layer) -> "Iterator[Diagnostic]":
    """The same, the first on each file with the line of the configuration that names it."""
    given: list[Given] = layer["rules"].value if "rules" in layer else []
    lines = {os.path.realpath(one.value): one.where for one in given if one.where.line}
    told = set[str]()
    for one in diagnostics:
        file = Path(os.path.realpath(one.source.name))
        where = next((lines[path] for path in map(str, (file, *file.parents)) if path in lines), None)
        if where and one.source.name not in told:
            one = replace(one, help="\n".join(filter(None, (one.help, f"named by {where}"))))  # noqa: PLW2901 - more is said
        told.add(one.source.name)
        yield one


def _chosen(layer: Layer, variants: Variants, scanners: Scanners, unmet: Unmet | None) -> tuple[RuleSet, Scanner]:
    choice = RuleSet.of(layer)
    try:
        scanner = scanners.of(choice)
    except SelectionError:
        if not (choice.select or choice.ignore):
            raise
    else:
        names = [name for name, _ in choice.severities]
        if not unknown(names, _called(scanner.program)) and not _notes(scanner.program, names):
            return choice, scanner
    typed = Unmet() if unmet is None else unmet
    choice = _checked(layer, choice, variants, typed, scanners)
    if typed.names and unmet is None:
        raise SelectionError(next(typed.told()))
    return choice, scanners.of(choice)


def _checked(layer: Layer, choice: RuleSet, variants: Variants, typed: Unmet, scanners: Scanners) -> RuleSet:
    """The choice without the names that are meant for other files. Raises ConfigError where a name is meant for none.

    Names of that kind which no configuration gave are `typed`.

    The rules of other files are loaded for it, too: names are seldom wrong. Where some of these cannot be loaded, which
    is told with the files that they are for, names may be meant for them.
    """
    here = scanners.program(choice)
    everywhere = list({RuleSet.of(one).files: None for one in variants()})
    others = [_program(one, scanners) for one in everywhere if one != choice.files]
    programs = [here, *filter(None, others)]
    known = frozenset[str]().union(*map(selectable, programs))
    named = frozenset[str]().union(*map(_called, programs))
    problems: list[Problem] = []
    for key in ("select", "ignore"):
        for one in layer[key].value if key in layer else ():
            if one.value in known or None in others:
                continue
            if not one.where.line:
                typed.add(one.value, known)
                continue
            said = f"`{key}` names `{one.value}`, and no pack, rule or tag is called so: {_remedy(one.value, known)}"
            problems.append(Problem(one.where, said))
    table: dict[str, Given] = layer["severity"].value if "severity" in layer else {}
    levels = frozenset(LADDER)
    for name in () if None in others else unknown(table, named):
        said = f"`severity` names `{name}`, and no level, pack or rule is called so: {_remedy(name, named | levels)}"
        problems.append(Problem(table[name].where, said))
    for name in (name for program in programs for name in _notes(program, table)):
        said = f"`severity` names `{name}`, and this rule is a note, which notes stay; remove the line"
        problems.append(Problem(table[name].where, said))
    if problems:
        raise ConfigError(list(dict.fromkeys(problems)))
    names = selectable(here)
    select, ignore = (tuple(name for name in given if name in names) for given in (choice.select, choice.ignore))
    if choice.select and not select:  # all that is to be used is meant for other files, so of these rules none is
        return choice._replace(select=(), ignore=tuple(pack.name for pack in here.packs))
    return choice._replace(select=select, ignore=ignore)


def _program(rules: RuleSet, scanners: Scanners) -> "Program | None":
    """What the rules of other files are, if they can be loaded."""
    try:
        return scanners.program(rules)
    except RuleError:
        return None


def _called(program: "Program") -> frozenset[str]:
    """The names of packs and rules."""
    return frozenset(pack.name for pack in program.packs) | {rule.id for rule in program.rules}


def _notes(program: "Program", names: Iterable[str]) -> list[str]:
    """Those of the names that are rules which only note something."""
    wanted = {name for name in names if "/" in name}
    return [rule.id for rule in program.rules if rule.id in wanted and rule.level == "note"] if wanted else []


def _meant(name: str, known: frozenset[str]) -> str:
    return did_you_mean(name, known) or "`factcheck rules list` tells all there are"


def _remedy(name: str, known: frozenset[str]) -> str:
    """The same, where a configuration is what to mend."""
    if not how_to_load(name, known):
        return _meant(name, known)
    pack = name.partition("/")[0]
    return f'packs = ["{pack}"] loads the opt-in pack `{pack}`'


def _names(layer: Layer, key: str) -> tuple[str, ...]:
    found: Any = layer[key].plain if key in layer else ()
    return tuple(found)
