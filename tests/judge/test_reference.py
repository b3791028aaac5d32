"""The plain matcher against the definition it is written from, read out by brute force."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.judge.hits import Captured, Hits
from factcheck.judge.match import Matcher
from factcheck.judge.reference import PASSED, Exhausted, Reader, reference_hits
from factcheck.language.pattern import Alt, Any, Capture, Edge, Gap, Mark, Maybe, Pattern, Ref, Seq, Words
from factcheck.language.program import Program, Rule
from factcheck.text.article import Article, read

ASH = Words(lower=frozenset({"ash"}))
LISTS: dict[str, Pattern] = {"p.ab": Words(lower=frozenset({"ash", "birch"})), "p.long": Seq((ASH, Mark(",")))}

leaves = st.one_of(
    st.sampled_from(["ash", "birch", "cedar"]).map(lambda w: Words(lower=frozenset({w}))),
    st.sampled_from([Mark(","), Mark("("), Any("word"), Edge("start"), Edge("end"), Ref("p.ab"), Ref("p.long")]),
    st.integers(1, 3).map(Gap),
)
patterns = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda items: Seq(tuple(items))),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: Alt(tuple(items))),
        inner.map(Maybe),
        st.tuples(st.sampled_from(["source", "place"]), inner).map(lambda pair: Capture(pair[0], "", pair[1])),
    ),
    max_leaves=7,
)
texts = st.lists(st.sampled_from(["ash", "birch", "cedar", "Dogwood", ",", "(", ";"]), min_size=1, max_size=8).map(
    " ".join
)


def all_readings(  # noqa: C901, PLR0912 -- one case a form, each a line of the definition
    pattern: Pattern, article: Article, at: int
) -> Iterator[tuple[int, tuple[bool, ...], tuple[Captured, ...]]]:
    """Every way to satisfy `pattern` from token `at`: where it ends, which tokens it owns, what it captures."""
    tokens, last = article.tokens, len(article.tokens)
    match pattern:
        case Words():
            if at < last and tokens.fold[at] in pattern.lower and (article.starts[at] or tokens.form[at].islower()):
                yield at + 1, (True,), ()
        case Mark():
            if at < last and tokens.form[at] == pattern.char:
                yield at + 1, (True,), ()
        case Any():
            if at < last and tokens.word[at]:
                yield at + 1, (True,), ()
        case Edge("start"):
            if at < last and article.starts[at]:
                yield at, (), ()
        case Edge():
            if not any(tokens.word[at:last]):
                yield at, (), ()
        case Gap():
            for end in range(at, last + 1):
                passed = tokens.form[at:end]
                words = sum(tokens.word[at:end].tolist())
                marks = sum(form in PASSED for form in passed)
                if words <= pattern.limit and marks <= pattern.limit and words + marks == end - at:
                    yield end, (False,) * (end - at), ()
        case Ref():
            yield from all_readings(LISTS[pattern.key], article, at)
        case Maybe():
            yield at, (), ()
            yield from all_readings(pattern.item, article, at)
        case Alt():
            for option in pattern.options:
                yield from all_readings(option, article, at)
        case Capture():
            for end, owned, captures in all_readings(pattern.item, article, at):
                own = (Captured(pattern.name, at, end, ""),) if end > at else ()
                yield end, owned, own + captures
        case Seq():
            yield from all_splits(pattern.items, article, at)


def all_splits(
    items: tuple[Pattern, ...], article: Article, at: int
) -> Iterator[tuple[int, tuple[bool, ...], tuple[Captured, ...]]]:
    """Every way to satisfy the items one after the other."""
    if not items:
        yield at, (), ()
        return
    for middle, owned, captures in all_readings(items[0], article, at):
        for end, more, others in all_splits(items[1:], article, middle):
            yield end, owned + more, captures + others


@given(patterns, texts)
def test_reader_agrees_with_the_definition(pattern: Pattern, text: str) -> None:
    """Spans, owned tokens and captures are those that trying every reading gives."""
    article = read(text, "lines")
    reader = Reader(article, LISTS)
    found = {(first, end): reading for first, end, reading in reader.matches([pattern], 0)}
    expected: dict[tuple[int, int], list[tuple[tuple[bool, ...], tuple[Captured, ...]]]] = {}
    for at in range(len(article.tokens)):
        for end, owned, captures in all_readings(pattern, article, at):
            if end > at:
                expected.setdefault((at, end), []).append((owned, captures))
    assert found.keys() == expected.keys()
    for span, ways in expected.items():
        # Shortest gaps from the left: at the first token where two readings differ, the one that owns it.
        best = max(owned for owned, _ in ways)
        assert found[span].owned == sum(1 << k for k, own in enumerate(best) if own)
        for name in ("source", "place"):
            taken = [(c.first, -c.end) for _, captures in ways for c in captures if c.name == name]
            kept = [(c.first, -c.end) for c in found[span].captures if c.name == name]
            assert kept == ([min(taken)] if taken else [])


@given(st.lists(patterns, min_size=1, max_size=3), patterns, texts)
def test_matcher_loses_nothing(match: list[Pattern], silent: Pattern, text: str) -> None:
    """Looking only at rules and places that can match gives the hits of looking everywhere."""
    rules = tuple(
        Rule("p", str(n), "note", "m", 0.8, "note", "positive", None, "", "", (), (), (one,), (silent,), (), None)
        for n, one in enumerate([*match, Alt(tuple(match)) if len(match) > 1 else match[0]])
    )
    program = Program((), rules, LISTS)
    article = read(text, "lines")
    assert Matcher(program).hits(article).rows() == Hits.of(reference_hits(program, article)).rows()


def test_work_is_bounded() -> None:
    """Past the steps allowed the search stops."""
    article = read("ash " * 200, "lines")
    with pytest.raises(Exhausted):
        list(Reader(article, {}, steps=50).matches([Words(lower=frozenset({"ash"}))], 0))


def test_a_match_spans_at_most_64_tokens() -> None:
    """The sixty-fifth token is out of reach, whatever the pattern."""
    article = read("ash " * 70, "lines")
    sixty = Seq((Words(lower=frozenset({"ash"})),) * 64)
    assert [end - first for first, end, _ in Reader(article, {}).matches([sixty], 0)] == [64] * 7
    assert not list(Reader(article, {}).matches([Seq((*sixty.items, sixty.items[0]))], 0))
