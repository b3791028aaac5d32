"""Which packs of a program can matter to others."""

from dataclasses import replace

from factcheck.language.lists import refs
from factcheck.language.program import Program, Rule, tests

_ALL = "*"
"""Stands for all packs, as in an amendment."""


def restricted(program: Program, packs: set[str]) -> Program:
    """The program with the rules of these packs and of those they ask for: no other can matter to what the first find.

    It may be many times faster.
    """
    kept = _asked(program, packs)
    return replace(program, rules=tuple(rule for rule in program.rules if rule.pack in kept))


def reached(program: Program, packs: set[str]) -> set[str]:
    """The packs, those they ask for, and those whose lists all these name."""
    asked = _asked(program, packs)
    todo = {key for rule in program.rules if rule.pack in asked for key in _lists_of(rule)}
    keys = set[str]()
    while todo:
        keys |= todo
        todo = {key for one in todo for key in refs(program.lists[one])} - keys
    return asked | {key.partition(".")[0] for key in keys}


def _asked(program: Program, packs: set[str]) -> set[str]:
    """The packs, those that the conditions of their rules ask for, and so on."""
    if _ALL in packs:
        return {pack.name for pack in program.packs}
    found, todo = set[str](), set(packs)
    while todo:
        found |= todo
        rules = (rule for rule in program.rules if rule.pack in todo)
        todo = {what for rule in rules for kind, what in tests(rule.when) if kind == "with"} - found
    return found


def _lists_of(rule: Rule) -> set[str]:
    return set().union(*(refs(pattern) for pattern in (*rule.match, *rule.excepts, *rule.unless)))
