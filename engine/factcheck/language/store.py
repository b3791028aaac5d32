"""A program and its warnings as plain values, fit for JSON, and back."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any as Json

from factcheck.diagnostic import Diagnostic, Label
from factcheck.language import pattern as p
from factcheck.language.program import Condition, Pack, Program, Rule
from factcheck.span import Source, Span


def dump(program: Program, warnings: Sequence[Diagnostic]) -> dict[str, Json]:
    """The program and its warnings as plain values."""
    rules = []
    for rule in program.rules:
        values = {name: getattr(rule, name) for name in Rule.__slots__}
        values |= {name: [_encoded(one) for one in values[name]] for name in ("match", "excepts", "unless")}
        rules.append(values)
    return {
        "packs": [asdict(pack) for pack in program.packs],
        "rules": rules,
        "lists": {key: _encoded(pattern) for key, pattern in program.lists.items()},
        "warnings": [_warning(one) for one in warnings],
    }


def load(stored: dict[str, Json], sources: Sequence[Source]) -> tuple[Program, list[Diagnostic]]:
    """The program and its warnings.

    KeyError, TypeError, IndexError or ValueError when `stored` is not what `dump` gave.
    """
    rules = []
    for values in stored["rules"]:
        patterns = {name: tuple(_decoded(one) for one in values[name]) for name in ("match", "excepts", "unless")}
        signals = tuple((str(name), float(weight)) for name, weight in values["signals"])
        reach = tuple(values["range"]) if values["range"] else None
        when = _condition(values["when"]) if values["when"] else None
        rules.append(
            Rule(
                **{
                    **values,
                    **patterns,
                    "signals": signals,
                    "tags": tuple(values["tags"]),
                    "range": reach,
                    "when": when,
                }
            )
        )
    program = Program(
        tuple(Pack(**pack) for pack in stored["packs"]),
        tuple(rules),
        {key: _decoded(one) for key, one in stored["lists"].items()},
    )
    by_name = {source.name: source for source in sources}
    return program, [_restored(one, by_name) for one in stored["warnings"]]


def _warning(one: Diagnostic) -> list[Json]:
    labels = [[label.span.start, label.span.end, label.text] for label in one.labels]
    return [one.code, one.message, one.source.name, labels, one.help]


def _restored(stored: list[Json], sources: dict[str, Source]) -> Diagnostic:
    code, message, name, labels, remedy = stored
    return Diagnostic(code, message, sources[name], tuple(Label(Span(a, b), text) for a, b, text in labels), remedy)


def _condition(stored: list[Json]) -> Condition:
    operator, value = stored
    if operator == "not":
        return ("not", _condition(value))
    if operator in ("and", "or"):
        return (operator, tuple(_condition(one) for one in value))
    return (operator, value)


def _encoded(pattern: p.Pattern) -> list[Json]:
    match pattern:
        case p.Words():
            return ["words", sorted(pattern.lower), sorted(pattern.written), sorted(pattern.exact)]
        case p.Seq():
            return ["seq", [_encoded(one) for one in pattern.items]]
        case p.Alt():
            return ["alt", [_encoded(one) for one in pattern.options]]
        case p.Maybe():
            return ["maybe", _encoded(pattern.item)]
        case p.Capture():
            return ["capture", pattern.name, pattern.kind, _encoded(pattern.item)]
        case _:
            return [_NAMES[type(pattern)], *(getattr(pattern, name) for name in type(pattern).__slots__)]


def _decoded(stored: list[Json]) -> p.Pattern:
    match stored:
        case ["words", lower, written, exact]:
            return p.Words(frozenset(lower), frozenset(written), frozenset(exact))
        case ["seq", items]:
            return p.Seq(tuple(_decoded(one) for one in items))
        case ["alt", options]:
            return p.Alt(tuple(_decoded(one) for one in options))
        case ["maybe", item]:
            return p.Maybe(_decoded(item))
        case ["capture", name, kind, item]:
            return p.Capture(name, kind, _decoded(item))
        case [name, *values]:
            leaf: p.Pattern = _LEAVES[name](*values)
            return leaf
    message = "not a stored pattern"
    raise ValueError(message)


_LEAVES: dict[str, type[Json]] = {
    "affix": p.Affix,
    "mark": p.Mark,
    "quote": p.Quote,
    "gap": p.Gap,
    "run": p.Run,
    "any": p.Any,
    "edge": p.Edge,
    "ref": p.Ref,
}
_NAMES = {kind: name for name, kind in _LEAVES.items()}
