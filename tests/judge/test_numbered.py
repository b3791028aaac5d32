"""Sequences and leaves by number: the same whether all patterns are looked through or each when it is asked for."""

import pytest

from factcheck.judge.numbered import Numbered
from factcheck.language import store
from factcheck.language.pattern import Seq, Words, parts
from factcheck.language.program import Program
from factcheck.load import load
from factcheck.tables import DamagedError

PROGRAM = load(cached=False).program
FRESH = Numbered(PROGRAM)


def stored() -> Program:
    """The program as the cache gives it: nothing of it is decoded yet."""
    return store.load(store.dump(PROGRAM, ()), ())[0]


def test_a_sequence_is_found_by_its_number_alone() -> None:
    """In whatever order they are asked for, sequences are those of the patterns in the order written."""
    written = [part.items for part in parts(*PROGRAM.patterns) if isinstance(part, Seq)]
    numbered = Numbered(stored(), FRESH.tables())
    assert numbered.lengths == list(map(len, written))
    for number in range(len(written) - 1, -1, -7):
        assert numbered.items(number) == written[number]


def test_parts_of_what_was_taken_up_have_their_numbers() -> None:
    """Equal leaves share one number; two sequences never do."""
    numbered = Numbered(stored(), FRESH.tables())
    leaves = FRESH.leaves()
    taken = [*numbered.patterns(0), numbered.listed("core.role")]
    for part in parts(*taken):
        if isinstance(part, Words):
            assert leaves[numbered.numbers[id(part)]] == part
        elif isinstance(part, Seq):
            assert numbered.items(numbered.numbers[id(part)]) == part.items
    assert len(set(leaves)) == len(leaves) == numbered.width


def test_the_counts_of_another_program_are_refused() -> None:
    """There must be as many patterns, and what was counted must be what is read."""
    fewer = Program(PROGRAM.packs, PROGRAM.rules[:-1], PROGRAM.lists)
    with pytest.raises(DamagedError):
        Numbered(fewer, FRESH.tables())
    changed = {**FRESH.tables(), "lengths": FRESH.tables()["lengths"] + 1}
    with pytest.raises(DamagedError):
        Numbered(PROGRAM, changed)
