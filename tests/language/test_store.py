"""Stored programs: what was compiled comes back, no sooner than it is asked for, and what is damaged is not taken."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from factcheck.language import store
from factcheck.language.compile import compile_files
from factcheck.language.program import Program
from factcheck.load import parsed
from factcheck.span import Source
from factcheck.tables import DamagedError, Tables, to_json

RULES = """pack house

list nobody = officials | experts | some insider~n
list talk = talk | whisper~n

rule unnamed : unverified
    "Nobody stands behind this."
    match   source.anonymous:({nobody}) say~
    match   {talk} ...4 <number>
    except  \\( 'No' <end>
    when    outside quote
    flag    "Officials say so."

rule bare : no-claim
    "Nothing to check."
    when    in question
    flag    "Is it?"
"""


@pytest.fixture
def program() -> Program:
    """A program of two rules and two lists."""
    return compile_files(parsed([Source("house.fact", RULES)], []), []).program


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What has been decoded, as it was stored."""
    seen: list[object] = []
    decode: Callable[[list[Any]], object] = store._decoded  # noqa: SLF001 - there is no other way to see it

    def keep(stored: list[Any]) -> object:
        seen.append(stored)
        return decode(stored)

    monkeypatch.setattr(store, "_decoded", keep)
    return seen


def test_stored_programs_are_the_same(program: Program) -> None:
    """Rules, lists and their order."""
    again, warnings = store.load(store.dump(program, []), [])
    assert again == program
    assert list(again.patterns) == list(program.patterns)
    assert list(again.lists) == list(program.lists)
    assert hash(again.rules[0].match) == hash(tuple(program.rules[0].match))
    assert again.rules[0].match[:1] == list(program.rules[0].match[:1])
    assert warnings == []


def test_patterns_wait_until_they_are_asked_for(program: Program, decoded: list[object]) -> None:
    """How many a rule has is known before; one that is asked for twice is the same."""
    again, _ = store.load(store.dump(program, []), [])
    assert [len(rule.match) for rule in again.rules] == [2, 0]
    assert [bool(rule.match) for rule in again.rules] == [True, False]
    assert "house.talk" in again.lists
    assert not decoded
    first = again.lists["house.talk"]
    assert len(decoded) == 1
    assert again.lists["house.talk"] is first
    assert again.rules[0].match[1] is again.rules[0].match[1]


def _shorter(tables: Tables) -> Tables:
    return {**tables, "ends of patterns": tables["ends of patterns"][:-1]}


def _backwards(tables: Tables) -> Tables:
    return {**tables, "ends of patterns": tables["ends of patterns"][::-1]}


def _beyond(tables: Tables) -> Tables:
    return {**tables, "patterns": tables["patterns"][:-1]}


def _empty(tables: Tables) -> Tables:
    return {**tables, "ends of patterns": np.zeros(0, np.int32)}


@pytest.mark.parametrize("damage", [_shorter, _backwards, _beyond, _empty])
def test_damaged_tables_are_no_program(program: Program, damage: Callable[[Tables], Tables]) -> None:
    """Patterns that are not where they should be are found out before any is decoded."""
    tables = store.dump(program, [])
    assert to_json(tables["program"])["lists"] == ["house.nobody", "house.talk"]
    with pytest.raises(DamagedError):
        store.load(damage(tables), [])
