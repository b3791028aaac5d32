"""Which rules a baseline was made with, and whether a scan goes by others."""

import hashlib
from typing import TYPE_CHECKING

from factcheck import RuleError, SelectionError
from factcheck.language.store import digest
from factcheck_cli.baseline.file import Baseline, beside
from factcheck_cli.config.problem import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from factcheck import Scanner
    from factcheck_cli.config.resolve import Configs
    from factcheck_cli.config.rules import RuleSet
    from factcheck_cli.inputs.text import Part
    from factcheck_cli.work.presses import Presses


def rules_hash(presses: "Presses") -> str:
    """What tells the rules of a scan from others: all that they find, and which of them are used."""
    return "+".join(sorted({_hash(press.scanner, press.settings.rule_set) for press in presses}))


def are_others(
    baseline: Baseline, folder: str, presses: "Presses", parts: "Iterable[Part]", configs: "Configs"
) -> bool:
    """Whether rules have changed since the baseline in this folder was made.

    A rule set that it was not made with need not be a new one: it may be that of files of which it holds nothing. That
    others of the same configuration are those of before tells so.
    """
    made_with = frozenset(baseline.head.rules.split("+"))
    new = [press for press in presses if made_with.isdisjoint(_hashes(press.scanner, press.settings.rule_set))]
    if not new:
        return False
    held = {entry.path for entry in baseline.entries}
    theirs = [part for part in parts if presses.of(part) in new]
    if any(beside(part.name, folder) in held for part in theirs):
        return True
    each = {id(part.settings): part.path for part in theirs}.values()
    return not all(any(not made_with.isdisjoint(one) for one in _of_configuration(configs, path)) for path in each)


def _of_configuration(configs: "Configs", path: str) -> "Iterator[tuple[str, ...]]":
    """The hashes of what the configuration for the path says of this and of other files."""
    from factcheck_cli.config.read import merged
    from factcheck_cli.config.resolve import typed_layer
    from factcheck_cli.config.rules import Scanners, chosen

    resolved = configs.of(path)
    if not resolved:
        return
    layers = [merged([layer, typed_layer(configs.typed)]) for layer in configs.variants(resolved.config)]
    scanners = Scanners(cache=not configs.typed.get("no_cache"))
    for layer in layers:
        try:
            choice, scanner = chosen(layer, lambda: layers, scanners)
        except (ConfigError, RuleError, SelectionError):  # told where there are files for it
            continue
        yield _hashes(scanner, choice)


def _hashes(scanner: "Scanner", choice: "RuleSet") -> tuple[str, ...]:
    """The hash, and that of older baselines, which a remark in a rule file changes, too."""
    return _hash(scanner, choice), _digest((*(source.text for source in scanner.sources), *_chosen(choice)))


def _hash(scanner: "Scanner", choice: "RuleSet") -> str:
    return _digest((digest(scanner.program), *_chosen(choice)))


def _chosen(choice: "RuleSet") -> tuple[str, ...]:
    return *choice.select, "-", *choice.ignore


def _digest(words: "Iterable[str]") -> str:
    found = hashlib.sha256()
    for said in words:
        found.update(said.encode() + b"\0")
    return found.hexdigest()[:16]
