"""Hits to findings, by the language's steps."""

from hypothesis import given
from hypothesis import strategies as st

from factcheck.judge.hits import Hit, Hits, Role
from factcheck.judge.resolve import longest, not_excepted
from factcheck.language.program import Pack, Program, Rule

RULES = tuple(
    Rule(pack, f"r{n}", "note", "m", 0.8, "note", "positive", None, "", "", (), (), (), (), (), None)
    for n, pack in enumerate(["a", "a", "b", "a"])
)
PROGRAM = Program((Pack("a", "a", "en", "1", signal=True), Pack("b", "b", "en", "1", signal=True)), RULES, {})


def hit(rule: int, first: int, end: int, role: Role = Role.MATCH, owned: int | None = None) -> Hit:
    """A hit in sentence 0 that owns all its tokens unless told otherwise."""
    return Hit(role, rule, 0, first, end, (1 << end - first) - 1 if owned is None else owned, ())


spans = st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(1, 6))
some_hits = st.lists(spans.map(lambda s: hit(s[0], s[1], s[1] + s[2])), unique=True, max_size=20)


def beats(other: Hit, one: Hit) -> bool:
    """Whether `other` silences `one`: same pack, its span holds it, and it is longer or of a later rule."""
    if RULES[other.rule].pack != RULES[one.rule].pack:
        return False
    holds = other.first <= one.first and one.end <= other.end
    longer = other.end - other.first > one.end - one.first
    return holds and (longer or other.rule > one.rule)


@given(some_hits)
def test_longest_is_the_pairwise_definition(hits: list[Hit]) -> None:
    """One sort and one running maximum keep what comparing all pairs keeps."""
    assert set(longest(PROGRAM, hits)) == {one for one in hits if not any(beats(other, one) for other in hits)}


@given(some_hits)
def test_hits_go_through_columns_unharmed(hits: list[Hit]) -> None:
    """Rows to columns and back."""
    rows = Hits.of(hits).rows()
    assert sorted(rows) == sorted(hits)


def test_except_is_compared_by_owned_tokens() -> None:
    """An exception that only skips over the words in a gap does not silence them."""
    could = hit(0, 4, 5)
    owning = hit(0, 3, 6, Role.EXCEPT)
    skipping = hit(0, 3, 6, Role.EXCEPT, owned=0b101)
    assert not_excepted([could, owning]) == []
    assert not_excepted([could, skipping]) == [could]


def test_except_is_its_own_rules_matter() -> None:
    """Another rule's exception silences nothing."""
    assert not_excepted([hit(0, 4, 5), hit(1, 4, 5, Role.EXCEPT)]) == [hit(0, 4, 5)]


def test_unless_silences_the_rule_in_the_whole_sentence() -> None:
    """Every hit of the rule goes, those of others stay."""
    assert not_excepted([hit(0, 1, 2), hit(0, 8, 9), hit(1, 3, 4), hit(0, 5, 6, Role.UNLESS)]) == [hit(1, 3, 4)]


def test_partial_overlaps_both_stay() -> None:
    """Only what is held whole goes."""
    assert len(longest(PROGRAM, [hit(0, 0, 3), hit(1, 2, 5)])) == 2
