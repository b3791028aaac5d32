"""The severities that a configuration gives: to rules, else to their packs, else to their levels."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from factcheck.language.program import LADDER, NOTE

if TYPE_CHECKING:
    from factcheck.language.program import Program

Given = tuple[tuple[str, str], ...]
"""Names of levels, packs and rules, and their severities."""

USUAL: Final = "warning"
"""The severity of what stands for a rule where a sentence is reported and no rule says why."""


def severity_of(given: Mapping[str, str], rule: str, level: str, own: str = USUAL) -> str:
    """The severity of a rule (`pack/rule`) of this level, whose own is another."""
    pack = rule.partition("/")[0]
    return next((given[name] for name in (rule, pack, level) if name in given), own)


def changed(program: "Program", given: Given) -> dict[str, str]:
    """The rules of the program that get another severity. Notes are notes."""
    table = dict(given)
    found = {
        rule.id: severity_of(table, rule.id, rule.level, rule.severity) for rule in program.rules if rule.level != NOTE
    }
    return {rule.id: found[rule.id] for rule in program.rules if found.get(rule.id, rule.severity) != rule.severity}


def unknown(names: Iterable[str], known: frozenset[str]) -> list[str]:
    """The names of none of these packs and rules, of no level, and of nothing that stands for a rule."""
    from factcheck_cli.own import OWN

    own = {*OWN, *(rule.partition("/")[0] for rule in OWN)}
    return [name for name in names if name not in known and name not in LADDER and name not in own]
