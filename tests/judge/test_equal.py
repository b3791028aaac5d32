"""Both matchers find the same: generated rules of every pattern form on texts full of odd characters.

`HYPOTHESIS_PROFILE=deep pytest tests/judge/test_equal.py` tries 5,000 sets of rules, each on up to 20 texts.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck import tables
from factcheck.judge import dfa, walk
from factcheck.judge.hits import Hits
from factcheck.judge.match import Matcher
from factcheck.judge.reference import reference_hits
from factcheck.judge.resolve import Resolver
from factcheck.language import store
from factcheck.language.pattern import Affix, Alt, Any, Capture, Edge, Gap, Mark, Maybe, Pattern, Quote, Ref, Run, Seq
from factcheck.language.pattern import Words as Set
from factcheck.language.program import Pack, Program, Rule
from factcheck.text.article import read_all

LOWER = ("ash", "straße", "café", "o'neill's", "mid-may", "u.s.", "élan", "said", "the", "naïve", "iii", "don't", "26")
WRITTEN = ("May", "Ash", "WHO", "İzmir", "Dr.", "O'Neill", "ÉLAN", "McKay", "U.S.")
MARKS = (",", "(", ")", ":", ";", "-", "…", "'", "$", "/", "!", "?", "{", "%")
PIECES = (
    *LOWER, *WRITTEN, *MARKS, "“", "”", '"', "‘", "’", "«", "»", "—", ".", "\n", "\n\n", "\r\n", "\u00a0", "\t",
    "\u200b", "cafe\u0301", "STRASSE", "ASH", "quickly", "closed", "Ada Voss", "Ada Voss's", "Ruth van der Berg",
    "Reuters'", "5 million", "$3.5m", "12%", "3 May 2024", "1990s", "e\u0301", "\u0301", "🙂", "国。", "ﬁne", "ash-",
    "-ash", "ash's", "ashes", "unashed", "J. K.", "Gov.", "a.m.", "I.", "x" * 70,
)  # fmt: skip

words = st.sets(st.sampled_from(LOWER), min_size=1, max_size=3)
written = st.sets(st.sampled_from(WRITTEN), min_size=1, max_size=2)
leaves = st.one_of(
    words.map(lambda chosen: Set(lower=frozenset(chosen))),
    written.map(lambda chosen: Set(written=frozenset(chosen))),
    written.map(lambda chosen: Set(exact=frozenset(chosen))),
    st.sampled_from([Affix("ash", ""), Affix("", "ed"), Affix("un", "ed"), Affix("Mc", ""), Affix("", "ß")]),
    st.sampled_from(MARKS).map(Mark),
    st.sampled_from(["", "opening", "closing"]).map(Quote),
    st.sampled_from([Any("word"), Any("adverb"), Any("participle"), Edge("start"), Edge("end")]),
    st.builds(Run, st.just("name"), st.booleans()),
    st.sampled_from(["number", "money", "percent", "year", "date"]).map(Run),
    st.integers(1, 8).map(Gap),
    st.sampled_from([Ref("p.flat"), Ref("p.nested"), Ref("p.long")]),
)
patterns = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda items: Seq(tuple(items))),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: Alt(tuple(items))),
        inner.map(Maybe),
        st.builds(Capture, st.sampled_from(["source", "place"]), st.sampled_from(["", "person"]), inner),
    ),
    max_leaves=8,
)
some = st.lists(patterns, max_size=2).map(tuple)
rules = st.tuples(st.lists(patterns, min_size=1, max_size=3).map(tuple), some, some)
texts = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", ""])).map("".join), max_size=25
).map("".join)


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """One to four rules, and lists of words, of sequences and of other lists."""
    flat = draw(words.map(lambda chosen: Set(lower=frozenset(chosen))))
    long = draw(st.lists(leaves.filter(lambda leaf: not isinstance(leaf, Ref)), min_size=2, max_size=3))
    lists: dict[str, Pattern] = {"p.flat": flat, "p.long": Seq(tuple(long))}
    lists["p.nested"] = Alt((Ref("p.flat"), Ref("p.long"), Set(written=frozenset({"May"}))))
    made = tuple(
        Rule("p", f"r{n}", "note", "m", 0.5, "note", "positive", None, "", "", (), (), match, excepts, unless, None)
        for n, (match, excepts, unless) in enumerate(draw(st.lists(rules, min_size=1, max_size=4)))
    )
    return Program((Pack("p", "p", "en", "1", signal=True),), made, lists)


@given(programs(), st.lists(texts, min_size=20, max_size=20))
def test_matchers_agree(program: Program, several: list[str]) -> None:
    """The automaton's hits are those of trying every rule at every token, owned tokens and captures included."""
    matcher = Matcher(program)
    for batch in (several, several[:1]):
        article = read_all(batch, lexicon=matcher.symbols.lexicon)
        hits = matcher.hits(article).rows()
        assert hits == Hits.of(reference_hits(program, article)).rows()
        resolver = Resolver(program, matcher.symbols.lexicon)
        read_late = resolver.findings(article, matcher.found(article)).rows()
        assert read_late == resolver.findings(article, matcher.hits(article)).rows()


@given(programs(), st.lists(texts, min_size=4, max_size=4))
def test_restored_matchers_agree(program: Program, several: list[str]) -> None:
    """A matcher put together from what another has learnt finds the same, in texts that one knew and in others."""
    matcher = Matcher(program)
    matcher.hits(read_all(several[:2], lexicon=matcher.symbols.lexicon))
    stored = tables.load(tables.dump({**store.dump(program, []), **matcher.tables()}))
    again, _ = store.load(stored, [])
    restored = Matcher(again, stored)
    assert restored.program == program
    article = read_all(several, lexicon=restored.symbols.lexicon)
    assert restored.hits(article).rows() == Hits.of(reference_hits(program, article)).rows()


@given(programs(), st.lists(texts, min_size=6, max_size=6), st.booleans())
def test_matchers_agree_without_room(program: Program, several: list[str], forgetful: bool) -> None:  # noqa: FBT001
    """An automaton that takes states apart, or forgets all the time, and reads a few tokens at once finds the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dfa, "MAX_ITEMS", -1)
        if forgetful:
            patch.setattr(dfa, "MOST_ITEMS", 0)
            patch.setattr(dfa, "MAX_CELLS", 0)
        patch.setattr(walk, "WINDOW", 8)
        patch.setattr(walk, "MAX_ROWS", 12)
        matcher = Matcher(program)
        article = read_all(several, lexicon=matcher.symbols.lexicon)
        assert matcher.hits(article).rows() == Hits.of(reference_hits(program, article)).rows()
