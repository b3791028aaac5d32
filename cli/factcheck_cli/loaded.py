"""The rules that commands put to sentences, loaded and chosen, and the signals that these are to measure."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from factcheck_cli.options import Color
from factcheck_cli.terminal.console import WRONG, fail, report, say, warn, worth_showing

if TYPE_CHECKING:
    from factcheck import Scanner
    from factcheck.language.program import Program
    from factcheck_cli.config.given import Layer
    from factcheck_cli.config.rules import RuleSet
    from factcheck_cli.inputs.text import How


BUILTIN_ALONE: Final = "builtin"
"""What stands for the built-in packs alone where rule files are named."""


class Choice(NamedTuple):
    """What rules are chosen by, beside the files of them."""

    packs: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def told(self, rules: Sequence[str | Path], *, builtin: bool) -> str:
        """A rule set as people call it, chosen so from these files."""
        first = ["the built-in packs"] if builtin else []
        others = ", ".join([*self.packs, *map(str, rules)])
        text = " and ".join([*first, *([others] if others else [])]) or "no rules"
        text += f", of these only {', '.join(self.select)}" if self.select else ""
        return text + (f", without {', '.join(self.ignore)}" if self.ignore else "")


@contextmanager
def reported(color: Color, *, builtin: bool, layer: "Layer | None" = None) -> Iterator[None]:
    """Wrong rule files, or a selection of nothing, within: what is wrong, and the end of the program.

    Files that the layer of a configuration names are told with its lines.
    """
    from factcheck import RuleError, SelectionError

    try:
        yield
    except RuleError as error:
        from factcheck_cli.config.rules import named_by

        report(worth_showing(named_by(error.diagnostics, layer or {}), builtin=builtin), color)
        raise SystemExit(WRONG) from None
    except SelectionError as error:
        fail(str(error))


def given_rules(  # noqa: PLR0913 - one parameter an option
    at: str | Path,
    rules: Sequence[str | Path] | None,
    packs: list[str] | None,
    *,
    no_builtin: bool,
    config: Path | None,
    no_config: bool,
) -> "tuple[RuleSet, Layer]":
    """The rules of the options, else of the configuration that holds at the path, or the end of the program.

    So whatever a scan finds is known to the commands that tell of rules. With them comes all that was
    given, which tells where rule files are named.
    """
    typed = {"rules": rules or None, "packs": packs, "no_builtin": no_builtin}
    return configured(at, typed, config, no_config=no_config)


def configured(
    at: str | Path, typed: Mapping[str, object], config: Path | None, *, no_config: bool
) -> "tuple[RuleSet, Layer]":
    """What holds at the path: its rules, and all that was given. `typed` are options by the parameters of a scan."""
    from factcheck_cli.config.resolve import Configs, typed_layer
    from factcheck_cli.config.rules import RuleSet, Scanners, chosen

    configs = Configs(config, no_config, typed)
    with _usable():
        resolved = configs.of(str(at))
        layer = resolved.layer if resolved else typed_layer(typed)
        found = RuleSet.of(layer)
        if resolved and found != found.files:  # it may have names of none
            with reported("auto", builtin=found.builtin):
                found, _ = chosen(layer, lambda: configs.variants(resolved.config), Scanners())
    return found, layer


def how_read(
    at: str | Path, typed: Mapping[str, object], config: Path | None, *, no_config: bool, programs: "Iterable[Program]"
) -> "How":
    """How texts are read that rules are put to: by the options, else as a scan reads the path, the first of them."""
    from factcheck_cli.config.resolve import Configs, how_to_read, typed_layer
    from factcheck_cli.inputs.reading import languages

    with _usable():
        resolved = Configs(config, no_config, typed).of(str(at))
    how = how_to_read(resolved.layer if resolved else typed_layer(typed))
    return replace(how, languages=languages(*programs))


@contextmanager
def _usable() -> "Iterator[None]":
    """The end of the program with all that is wrong with a configuration."""
    from factcheck_cli.config.problem import ConfigError

    try:
        yield
    except ConfigError as error:
        for problem in error.problems:
            say(str(problem))
        raise SystemExit(WRONG) from None


def beside(rules: Sequence[str], named: Sequence[str | Path]) -> list[Path]:
    """The files among the rules that are not named, too."""
    from factcheck.load import rule_files

    own = {os.path.realpath(file) for file in rule_files(named, [])}
    return [file for file in rule_files(rules, []) if os.path.realpath(file) not in own]


class Loaded(NamedTuple):
    """A rule set: what scans with it, and the packs of the user's own files by their names."""

    scanner: "Scanner"
    own: dict[str, str]


def loaded(  # noqa: PLR0913 - what is told, and how
    rules: Sequence[str | Path],
    choice: Choice,
    color: Color,
    *,
    builtin: bool,
    layer: "Layer | None" = None,
    quiet: bool = False,
) -> Loaded:
    """All rules, loaded, or the end of the program with every problem of theirs; warnings are told as a scan does."""
    from factcheck import Scanner
    from factcheck.load import own_packs

    with reported(color, builtin=builtin, layer=layer):
        scanner = Scanner(rules, packs=choice.packs, builtin=builtin)
    if not quiet:
        warn(scanner.warnings, choice.packs, builtin=builtin)
    return Loaded(scanner, own_packs(scanner.sources))


def chosen(sets: Sequence[Loaded], choice: Choice, color: Color) -> "list[Scanner]":
    """The rule sets with those rules that are selected. A name need be known to one of the sets alone."""
    from factcheck import Scanner
    from factcheck.scan import selectable, selected

    scanners = [one.scanner for one in sets]
    if not (choice.select or choice.ignore):
        return scanners
    known = frozenset[str]().union(*(selectable(one.program) for one in scanners))
    with reported(color, builtin=True):
        return [Scanner.of(selected(one.program, choice.select, choice.ignore, known)) for one in scanners]


def signals_named(given: str, scanners: "Sequence[Scanner]") -> tuple[str, ...]:
    """The signals that are named; the end of the program for one that no pack of any rule set shows."""
    known = dict.fromkeys(name for scanner in scanners for name in scanner.program.signals)
    found = tuple(dict.fromkeys(name.strip() for name in given.split("+")))
    for name in found:
        check_signal(name, known)
    return found


def check_signal(name: str, known: Iterable[str]) -> None:
    """The end of the program where no loaded pack shows the signal."""
    from factcheck.diagnostic import did_you_mean

    known = tuple(known)
    if name not in known:
        fail(f"no loaded pack shows a signal `{name}`: {did_you_mean(name, known) or 'name one that does'}")
