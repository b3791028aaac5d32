"""What is told of all texts holds in those that are tried: generated patterns, on texts made of their words."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.judge.reference import Reader
from factcheck.judge.subsume import Comparison, Net, TooLong
from factcheck.language.measure import measure
from factcheck.language.pattern import Affix, Alt, Any, Capture, Edge, Gap, Mark, Maybe, Pattern, Quote, Ref, Run, Seq
from factcheck.language.pattern import Words as Set
from factcheck.text.article import read_all

LISTS: dict[str, Pattern] = {"p.trees": Set(lower=frozenset({"ash", "elm"}))}
PIECES = ["ash", "may", "May", "MAY", "mAY", "Ash", "elm", "asly", "quickly", "Ada Voss", "5", *",():“”."]

leaves: st.SearchStrategy[Pattern] = st.one_of(
    st.sets(st.sampled_from(["ash", "may"]), min_size=1).map(lambda chosen: Set(lower=frozenset(chosen))),
    st.sampled_from([Set(written=frozenset({"May"})), Set(exact=frozenset({"may", "May"})), Ref("p.trees")]),
    st.sampled_from([Affix("a", ""), Affix("as", ""), Affix("M", ""), Affix("", "ly"), Any("word"), Any("adverb")]),
    st.sampled_from([Mark(","), Mark("("), Quote(), Quote("opening"), Run("name"), Run("number")]),
    st.sampled_from([Edge("start"), Edge("end"), Gap(1), Gap(2)]),
)
patterns = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda items: Seq(tuple(items))),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: Alt(tuple(items))),
        inner.map(Maybe),
        inner.map(lambda item: Capture("source", "", item)),
    ),
    max_leaves=5,
)
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=7).map(" ".join)


def is_allowed(pattern: Pattern) -> bool:
    """Whether a rule may have the pattern."""
    facts = measure(pattern, {key: measure(one, {}) for key, one in LISTS.items()})
    return facts.shortest > 0 and not facts.gap_first and not facts.gap_last


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Pattern, Pattern]:
    """Two patterns, often such that one has to do with the other."""
    one, other = draw(patterns), draw(patterns)
    wide = draw(st.sampled_from([other, one, Alt((other, one)), Seq((Maybe(one), other)), Seq((one, Maybe(other)))]))
    return one, wide


@settings(suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
@given(pairs().filter(lambda pair: all(map(is_allowed, pair))), st.lists(texts, min_size=8, max_size=8))
def test_what_is_told_holds(pair: tuple[Pattern, Pattern], several: list[str]) -> None:
    """Where one pattern is said to cover or to meet another, or one is said never to match, no text says otherwise."""
    narrow, wide = pair
    nets = Net.of([narrow], LISTS), Net.of([wide], LISTS)
    comparison = Comparison(1_000_000)
    can = comparison.can_match(nets[0])
    covers, meets = comparison.covers(nets[1], nets[0]), comparison.meets(nets[1], nets[0])
    alike = comparison.covers(nets[1], nets[0], alike=True)
    article = read_all(several)
    reader = Reader(article, LISTS)
    for sentence in range(len(article.sentences)):
        own = {(first, end): reading.owned for first, end, reading in reader.matches((narrow,), sentence)}
        others = {(first, end): reading.owned for first, end, reading in reader.matches((wide,), sentence)}
        assert can or not own
        assert not covers or own.keys() <= others.keys()
        if alike:
            both = reader.matches((narrow, wide), sentence)
            assert {(first, end): reading.owned for first, end, reading in both} == others
        for span, owned in own.items() if meets else ():
            tokens = owned << span[0]
            assert any(tokens & mask << other[0] for other, mask in others.items())


ASH, MAY = Set(lower=frozenset({"ash"})), Set(lower=frozenset({"may"}))


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        (Any("word"), ASH),
        (Affix("a", ""), ASH),
        (Ref("p.trees"), ASH),
        (Seq((ASH, Gap(3), MAY)), Seq((ASH, Any("word"), Mark(","), MAY))),
        (Seq((ASH, Gap(3), MAY)), Seq((ASH, Gap(2), MAY))),
        (Seq((ASH, Maybe(MAY))), ASH),
        (ASH, Seq((Edge("start"), ASH))),
    ],
)
def test_what_covers(wide: Pattern, narrow: Pattern) -> None:
    """Classes cover their words, gaps what they pass, options each of them; the other way round nothing is covered."""
    nets = Net.of([wide], LISTS), Net.of([narrow], LISTS)
    assert Comparison(10_000).covers(*nets)
    assert not Comparison(10_000).covers(*nets[::-1])


def test_two_may_be_the_same() -> None:
    """Two ways to write one thing cover each other."""
    nets = [Net.of([one], LISTS) for one in (Seq((ASH, Maybe(MAY))), Alt((ASH, Seq((ASH, MAY)))))]
    assert Comparison(10_000).covers(*nets)
    assert Comparison(10_000).covers(*nets[::-1])


def test_owning_the_same_is_more() -> None:
    """A gap covers words, but does not own them."""
    wide, narrow = (Net.of([one], LISTS) for one in (Seq((ASH, Gap(3), ASH)), Seq((ASH, MAY, ASH))))
    assert Comparison(10_000).covers(wide, narrow)
    assert not Comparison(10_000).covers(wide, narrow, alike=True)


@pytest.mark.parametrize(
    ("pattern", "can"),
    [
        (Seq((ASH, Edge("end"))), True),
        (Seq((Edge("end"), ASH)), False),
        (Seq((Edge("end"), Mark(")"))), True),
        (Seq((ASH, Edge("start"), MAY)), False),
        (Seq((ASH, Mark(":"), Edge("start"), MAY)), True),
        (Seq((ASH, Gap(1), Edge("start"), MAY)), True),
        (Alt((Seq((Edge("end"), ASH)), MAY)), True),
    ],
)
def test_what_can_match(pattern: Pattern, can: bool) -> None:  # noqa: FBT001 -- a row of a table
    """No word stands behind a sentence's end, and no sentence starts right behind a word."""
    assert Comparison(10_000).can_match(Net.of([pattern], LISTS)) is can


def test_work_is_bounded() -> None:
    """Past the steps allowed the comparison stops."""
    net = Net.of([Seq((ASH, Gap(12), Gap(12), MAY))], LISTS)
    with pytest.raises(TooLong):
        Comparison(100).covers(net, net)
