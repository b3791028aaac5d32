"""Hits to findings, by the language's steps."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

import plain_resolve
from factcheck.judge.hits import Hit, Hits, Role
from factcheck.judge.match import Matcher
from factcheck.judge.resolve import Resolver
from factcheck.language.pattern import Mark, Words
from factcheck.language.program import Condition, Pack, Program, Rule
from factcheck.text.article import read

TEXT = """A notice for sailors

“The ferry may close, (say two sailors) and stay,” Ruth Abara said. Will the mill close? No word of it.

The harbour wall (built in May) leaks. It leaks, “they say”."""
CONDITIONS: tuple[Condition | None, ...] = (
    None,
    *(("in", place) for place in ("quote", "question", "heading", "aside", "caption")),
    ("not", ("in", "question")),
    ("is", "verbless"),
    ("or", (("in", "aside"), ("not", ("is", "verbless")))),
    ("with", "a"),
    ("not", ("with", "b")),
    ("and", (("with", "b"), ("in", "quote"))),
    ("with", "nobody"),
)
A_WORD = (Words(lower=frozenset({"ferry"})),)
PLAIN = Rule("a", "r", "note", "m", 0.8, "note", "positive", None, "", "", (), (), A_WORD, (), (), None)
RULES = tuple(
    replace(PLAIN, pack=pack, name=f"r{n}", when=when, excepts=A_WORD, unless=A_WORD)
    for n, (when, pack) in enumerate(product(CONDITIONS, "ab"))
)
PROGRAM = Program(
    (Pack("a", "a", "en", "1", signal=True), Pack("b", "b", "en", "1", signal=True)),
    RULES,
    {"core.verb": Words(lower=frozenset({"leaks", "close", "stay", "said", "say"})), "core.mark": Mark(",")},
)
MATCHER = Matcher(PROGRAM)
ARTICLE = read(TEXT, lexicon=MATCHER.symbols.lexicon)
RESOLVER = Resolver(PROGRAM, MATCHER.symbols.lexicon)
SENTENCE = ARTICLE.sentences.first.take(ARTICLE.sentences.of).tolist()
NUMBER = {first: number for number, first in enumerate(ARTICLE.sentences.first.tolist())}
END = dict(zip(ARTICLE.sentences.first.tolist(), ARTICLE.sentences.end.tolist(), strict=True))
WHOLE = 1 << 60
"""A length that reaches to the sentence's end."""
CERTAIN = 0
LATER = 2
OTHER_PACK = 1


def hit(rule: int, first: int, length: int, role: Role = Role.MATCH, owned: int | None = None) -> Hit:
    """A hit that ends with its sentence at the latest and owns all its tokens unless told otherwise."""
    end = min(first + length, END[SENTENCE[first]])
    mask = (1 << end - first) - 1
    return Hit(role, rule, NUMBER[SENTENCE[first]], first, end, mask if owned is None else owned & mask or 1, ())


def findings(hits: list[Hit]) -> list[Hit]:
    """What the resolver leaves of the hits."""
    return RESOLVER.findings(ARTICLE, Hits.of(hits)).rows()


hits = st.builds(
    hit,
    st.integers(0, len(RULES) - 1) | st.just(CERTAIN),
    st.integers(0, len(ARTICLE.tokens) - 1),
    st.integers(1, 6) | st.just(WHOLE),
    st.sampled_from([Role.MATCH] * 4 + [Role.EXCEPT, Role.UNLESS]),
    st.none() | st.integers(1, 63),
)


def places(found: list[Hit]) -> list[Hit]:
    """Of hits at the same place the first: a matcher has each place once."""
    return list({one[:5]: one for one in reversed(found)}.values())


@given(st.lists(hits, max_size=25).map(places))
def test_findings_are_those_of_the_plain_steps(found: list[Hit]) -> None:
    """All hits at once come to what looking at them one by one comes to."""
    assert findings(found) == plain_resolve.resolve(PROGRAM, ARTICLE, Hits.of(found)).rows()


@given(st.lists(hits, max_size=20).map(places))
def test_longest_is_the_pairwise_definition(found: list[Hit]) -> None:
    """One sort and one running maximum keep what comparing all pairs keeps."""
    found = places([one._replace(role=Role.MATCH, rule=one.rule % 2 * OTHER_PACK) for one in found])
    assert set(findings(found)) == {one for one in found if not any(beats(other, one) for other in found)}


def beats(other: Hit, one: Hit) -> bool:
    """Whether `other` silences `one`: same pack, its span holds it, and it is longer or of a later rule."""
    if RULES[other.rule].pack != RULES[one.rule].pack:
        return False
    holds = other.first <= one.first and one.end <= other.end
    longer = other.end - other.first > one.end - one.first
    return holds and (longer or other.rule > one.rule)


@given(st.lists(hits, max_size=20).map(places))
def test_hits_go_through_columns_unharmed(found: list[Hit]) -> None:
    """Rows to columns and back."""
    rows = Hits.of(found).rows()
    assert sorted(rows) == sorted(found)


def test_except_is_compared_by_owned_tokens() -> None:
    """An exception that only skips over the words in a gap does not silence them."""
    could = hit(CERTAIN, 6, 1)
    owning = hit(CERTAIN, 5, 3, Role.EXCEPT)
    skipping = hit(CERTAIN, 5, 3, Role.EXCEPT, owned=0b101)
    assert findings([could, owning]) == []
    assert findings([could, skipping]) == [could]


def test_except_is_its_own_rules_matter() -> None:
    """Another rule's exception silences nothing."""
    assert findings([hit(CERTAIN, 6, 1), hit(OTHER_PACK, 6, 1, Role.EXCEPT)]) == [hit(CERTAIN, 6, 1)]


def test_unless_silences_the_rule_in_the_whole_sentence() -> None:
    """Every hit of the rule goes, those of others stay."""
    other = hit(OTHER_PACK, 7, 1)
    silenced = [hit(CERTAIN, 6, 1), hit(CERTAIN, 9, 1), hit(CERTAIN, 8, 1, Role.UNLESS)]
    assert findings([*silenced, other]) == [other]


def test_partial_overlaps_both_stay() -> None:
    """Only what is held whole goes."""
    assert len(findings([hit(CERTAIN, 5, 3), hit(CERTAIN, 7, 3)])) == LATER
