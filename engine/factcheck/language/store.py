"""A program and its warnings as tables, and back: what is not asked for of it stays as it was stored."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any as Json
from typing import overload

import numpy as np

from factcheck.diagnostic import Diagnostic, Label
from factcheck.language import pattern as p
from factcheck.language.program import Condition, Pack, Program, Rule
from factcheck.span import Source, Span
from factcheck.tables import DamagedError, Table, Tables, check, from_json, to_json

_HEAD, _BODIES, _ENDS = "program", "patterns", "ends of patterns"
_ROLES = ("match", "excepts", "unless")
_FINDING = ("pack", "name", "level", "weight", "polarity", "range", "signals", "when")
"""What a rule finds beside its patterns, and as what; all else is what is said of it."""


def dump(program: Program, warnings: Sequence[Diagnostic]) -> Tables:
    """The program and its warnings.

    Patterns stand behind one another, each as JSON of its own: most of them are never asked for.
    """
    rules = []
    for rule in program.rules:
        values = {name: getattr(rule, name) for name in Rule.__slots__}
        rules.append(values | {name: len(values[name]) for name in _ROLES})
    head = {
        "packs": [asdict(pack) for pack in program.packs],
        "rules": rules,
        "lists": list(program.lists),
        "warnings": [kept(one) for one in warnings],
    }
    bodies = [from_json(_encoded(pattern)) for pattern in program.patterns]
    none = np.zeros(0, np.uint8)
    return {
        _HEAD: from_json(head),
        _BODIES: np.concatenate([none, *bodies]),
        _ENDS: np.cumsum([0, *map(len, bodies)], dtype=np.int32),
    }


def digest(program: Program) -> str:
    """What tells a program from those that find something else: no message, severity or tag, and nothing of layout."""
    found = hashlib.sha256(from_json([[pack.name, pack.language, pack.signal] for pack in program.packs]).tobytes())
    for rule in program.rules:
        roles = [getattr(rule, role) for role in _ROLES]
        head = [*(getattr(rule, name) for name in _FINDING), *map(len, roles)]
        found.update(from_json(head).tobytes())
        for patterns in roles:
            found.update(_stored(patterns))
    lists = program.lists
    for key in sorted(lists):
        found.update(from_json(key).tobytes())
        found.update(lists.stored(key) if isinstance(lists, _Lists) else _stored([lists[key]]))
    return found.hexdigest()


def _stored(patterns: Sequence[p.Pattern]) -> bytes:
    if isinstance(patterns, _Patterns):
        return patterns.stored()
    return b"".join(from_json(_encoded(one)).tobytes() for one in patterns)


def load(tables: Tables, sources: Sequence[Source]) -> tuple[Program, list[Diagnostic]]:
    """The program and its warnings.

    KeyError, TypeError, IndexError or ValueError when the tables are not what `dump` gave.
    """
    head, bodies = to_json(tables[_HEAD]), _Bodies(tables[_BODIES], tables[_ENDS])
    rules, at = [], 0
    for values in head["rules"]:
        parts = {}
        for role in _ROLES:
            parts[role] = _Patterns(bodies, at, values[role])
            at += values[role]
        rules.append(_rule(values, parts))
    lists = _Lists(bodies, {key: number for number, key in enumerate(head["lists"], at)})
    if at + len(lists) != len(bodies):
        raise DamagedError
    program = Program(tuple(Pack(**pack) for pack in head["packs"]), tuple(rules), lists)
    by_name = {source.name: source for source in sources}
    return program, [restored(one, by_name) for one in head["warnings"]]


def _rule(values: dict[str, Json], patterns: dict[str, "_Patterns"]) -> Rule:
    rest = {
        "signals": tuple((str(name), float(weight)) for name, weight in values["signals"]),
        "tags": tuple(values["tags"]),
        "range": tuple(values["range"]) if values["range"] else None,
        "when": _condition(values["when"]) if values["when"] else None,
    }
    return Rule(**{**values, **patterns, **rest})


class _Bodies:
    """Stored patterns, by their numbers; each is decoded when it is first asked for, and then kept."""

    def __init__(self, bodies: Table, ends: Table) -> None:
        check(bodies, (None,), 0, 256)
        check(ends, (None,), 0, len(bodies) + 1)
        if not len(ends) or (np.diff(ends) < 0).any():
            raise DamagedError
        self._bodies, self._ends = bodies, ends
        self._known: dict[int, p.Pattern] = {}

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> p.Pattern:
        known = self._known.get(number)
        if known is None:
            decoded = _decoded(to_json(self._bodies[self._ends[number] : self._ends[number + 1]]))
            known = self._known.setdefault(number, decoded)  # the same one for all threads: it is known by its address
        return known

    def stored(self, first: int, end: int) -> bytes:
        """These, as they are stored."""
        return self._bodies[self._ends[first] : self._ends[end]].tobytes()


class _Patterns(Sequence[p.Pattern]):
    """The patterns of a rule for one purpose: how many there are is known before they are decoded."""

    __slots__ = ("_bodies", "_numbers")

    def __init__(self, bodies: _Bodies, first: int, count: int) -> None:
        self._bodies, self._numbers = bodies, range(first, first + count)

    def __len__(self) -> int:
        return len(self._numbers)

    def stored(self) -> bytes:
        """All of them, as they are stored."""
        return self._bodies.stored(self._numbers.start, self._numbers.stop)

    @overload
    def __getitem__(self, index: int) -> p.Pattern: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[p.Pattern]: ...

    def __getitem__(self, index: int | slice) -> p.Pattern | Sequence[p.Pattern]:
        if isinstance(index, slice):
            return [self._bodies[number] for number in self._numbers[index]]
        return self._bodies[self._numbers[index]]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))


class _Lists(Mapping[str, p.Pattern]):
    """The lists of a program by their keys."""

    __slots__ = ("_bodies", "_numbers")

    def __init__(self, bodies: _Bodies, numbers: dict[str, int]) -> None:
        self._bodies, self._numbers = bodies, numbers

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __contains__(self, key: object) -> bool:
        return key in self._numbers

    def __getitem__(self, key: str) -> p.Pattern:
        return self._bodies[self._numbers[key]]

    def stored(self, key: str) -> bytes:
        """One of them, as it is stored."""
        number = self._numbers[key]
        return self._bodies.stored(number, number + 1)


def kept(one: Diagnostic) -> list[Json]:
    """A diagnostic as JSON that `restored` reads."""
    labels = [[label.span.start, label.span.end, label.text] for label in one.labels]
    return [one.code, one.message, one.source.name, labels, one.help]


def restored(stored: list[Json], sources: Mapping[str, Source]) -> Diagnostic:
    """The diagnostic back, of one of these sources by their names."""
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
