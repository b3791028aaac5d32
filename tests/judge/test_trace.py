"""Which parts of a pattern a match goes through, against what trying every way through it gives."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from factcheck.judge.hits import Hit, Role
from factcheck.judge.opening import Openings
from factcheck.judge.reference import PASSED, Reader
from factcheck.judge.trace import Tracer
from factcheck.language.pattern import Alt, Gap, Mark, Pattern, Ref, Seq, Words
from factcheck.language.probe import Kind, Part, Probe
from factcheck.span import Source, Span
from factcheck.text.article import Article, read

SOURCE = Source("p.fact", "")


def part() -> Part:
    """A part that is like no other."""
    return Part(Kind.ALTERNATIVE, "p/r", "match", SOURCE, Span(0, 0), None)


def probe(item: Pattern) -> Probe:
    """The pattern with a probe of its own."""
    return Probe("", "", item, part())


def word(text: str) -> Words:
    """A word by the case rule."""
    return Words(lower=frozenset({text}))


LISTS: dict[str, Pattern] = {"p.few": Alt((probe(word("ash")), probe(Seq((word("ash"), word("birch"))))))}
MANY = Alt(tuple(probe(word(text)) for text in ("ash", "birch", "cedar", "elm", "fir", "oak", "pine", "yew", "ash")))

leaves = st.one_of(
    st.sampled_from(["ash", "birch", "cedar"]).map(word),
    st.sampled_from([Mark(","), Ref("p.few"), MANY]),
    st.integers(1, 3).map(Gap),
)
patterns = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda items: Seq(tuple(items))),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: Alt(tuple(map(probe, items)))),
        inner.map(lambda item: Alt((probe(item), probe(Seq(()))))),
    ),
    max_leaves=6,
)
texts = st.lists(st.sampled_from(["ash", "birch", "cedar", "dogwood", ",", ";"]), min_size=1, max_size=7).map(" ".join)

Way = tuple[int, tuple[bool, ...], frozenset[Part]]


def ways(  # noqa: C901, PLR0912 -- one case a form, each a line of the definition
    pattern: Pattern, article: Article, at: int
) -> Iterator[Way]:
    """Every way through the pattern from token `at` on: where it ends, what it owns, and its parts."""
    tokens, last = article.tokens, len(article.tokens)
    match pattern:
        case Words():
            if at < last and tokens.fold[at] in pattern.lower:
                yield at + 1, (True,), frozenset()
        case Mark():
            if at < last and tokens.form[at] == pattern.char:
                yield at + 1, (True,), frozenset()
        case Gap():
            for end in range(at, last + 1):
                marks = sum(form in PASSED for form in tokens.form[at:end])
                words = sum(tokens.word[at:end].tolist())
                if max(words, marks) <= pattern.limit and words + marks == end - at:
                    yield end, (False,) * (end - at), frozenset()
        case Ref():
            yield from ways(LISTS[pattern.key], article, at)
        case Probe():
            for end, owned, parts in ways(pattern.item, article, at):
                yield end, owned, parts | {pattern.part}
        case Alt():
            for option in pattern.options:
                yield from ways(option, article, at)
        case Seq():
            yield from splits(pattern.items, article, at)


def splits(items: tuple[Pattern, ...], article: Article, at: int) -> Iterator[Way]:
    """Every way through the items one after the other."""
    if not items:
        yield at, (), frozenset()
        return
    for middle, owned, parts in ways(items[0], article, at):
        for end, more, others in splits(items[1:], article, middle):
            yield end, owned + more, parts | others


@given(patterns, texts)
def test_parts_are_those_of_the_best_ways(pattern: Pattern, text: str) -> None:
    """Of all ways through a match, those with the shortest gaps from the left tell which parts it goes through."""
    article = read(text, "lines")
    tracer = Tracer(article, Openings(LISTS), LISTS, None)
    for first, end, reading in Reader(article, LISTS).matches([pattern], 0):
        own = [(owned, parts) for stop, owned, parts in ways(pattern, article, first) if stop == end]
        best = max(owned for owned, _ in own)
        expected = set().union(*(parts for owned, parts in own if owned == best))
        hit = Hit(Role.MATCH, 0, 0, first, end, reading.owned, ())
        assert tracer.through(pattern, hit) == expected


def test_a_pattern_that_does_not_match_has_no_parts() -> None:
    """Where the pattern does not match from the hit's first token to its last, there is nothing to tell."""
    article = read("ash birch", "lines")
    tracer = Tracer(article, Openings(LISTS), LISTS, None)
    assert tracer.through(MANY, Hit(Role.MATCH, 0, 0, 0, 2, 3, ())) is None
    assert tracer.through(MANY, Hit(Role.MATCH, 0, 0, 0, 1, 1, ())) is not None
