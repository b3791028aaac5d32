"""Which rules a baseline was made with, and whether a scan goes by others."""

import hashlib
from typing import TYPE_CHECKING

from factcheck import RuleError, SelectionError
from factcheck_cli.baseline.file import Baseline, beside
from factcheck_cli.config.problem import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from factcheck import Scanner
    from factcheck_cli.config.resolve import Configs
    from factcheck_cli.config.rules import RuleSet
    from factcheck_cli.presses import Presses
    from factcheck_cli.text import Part


def rules_hash(presses: "Presses") -> str:
    """What tells the rules of a scan from others: all that their files say, and which of them are used."""
    return "+".join(sorted({_hash(press.scanner, press.settings.rule_set) for press in presses}))


def are_others(
    baseline: Baseline, folder: str, presses: "Presses", parts: "Iterable[Part]", configs: "Configs"
) -> bool:
    """Whether rules have changed since the baseline in this folder was made.

    A rule set that it was not made with need not be a new one: it may be that of files of which it holds nothing. That
    others of the same configuration are those of before tells so.
    """
    made_with = frozenset(baseline.head.rules.split("+"))
    new = [press for press in presses if _hash(press.scanner, press.settings.rule_set) not in made_with]
    if not new:
        return False
    held = {entry.path for entry in baseline.entries}
    theirs = [part for part in parts if presses.of(part) in new]
    if any(beside(part.name, folder) in held for part in theirs):
        return True
    each = {id(part.settings): part.path for part in theirs}.values()
    return not all(any(one in made_with for one in _of_configuration(configs, path)) for path in each)


def _of_configuration(configs: "Configs", path: str) -> "Iterator[str]":
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
        yield _hash(scanner, choice)


def _hash(scanner: "Scanner", choice: "RuleSet") -> str:
    digest = hashlib.sha256()
    for said in (*(source.text for source in scanner.sources), *choice.select, "-", *choice.ignore):
        digest.update(said.encode() + b"\0")
    return digest.hexdigest()[:16]
