"""Why a rule is silent on its own example: the first step at which its hits went, in words its author can act on."""

from typing import NamedTuple

from factcheck.judge.hits import Hit, Hits, Role
from factcheck.judge.nearest import in_quotes, nearest
from factcheck.judge.reference import Exhausted, Reader
from factcheck.judge.resolve import Resolver
from factcheck.judge.silence import Silenced, Silencer, Silences
from factcheck.language.lower import Lowering
from factcheck.language.rule import Amendment, Patterns, Rule
from factcheck.language.syntax import Written
from factcheck.text.article import Article

_STEPS = 20_000  # of the reader; an answer is worth no more


class Example(NamedTuple):
    """An example as it was read, its hits and findings, and the rules that should have fired."""

    resolver: Resolver
    article: Article
    hits: Hits
    findings: Hits
    targets: frozenset[int]


def why_silent(example: Example, owner: Rule | Amendment) -> str:
    """The first step at which the hits of the targets went."""
    try:
        return _why(example, owner, Reader(example.article, example.resolver.program.lists, _STEPS))
    except Exhausted:
        return "its patterns take too long to say why"


def _why(example: Example, owner: Rule | Amendment, reader: Reader) -> str:
    matched = {h.sentence for h in example.hits.rows() if h.rule in example.targets and h.role is Role.MATCH}
    if not matched:
        return _nearest(example, owner, reader)
    silences = Silences(example.resolver, reader, example.hits, example.findings)
    gone = [one for sentence in sorted(matched) for one in silences.of(sentence) if one.hit.rule in example.targets]
    # The hit that got farthest is the one its author is nearest to.
    return _said(example, max(gone, key=lambda one: list(Silencer).index(one.silencer) // 2), owner)


def quoted(article: Article, hit: Hit) -> str:
    """The words of a hit in quotation marks."""
    return in_quotes(article, hit.first, hit.end)


def _line(owner: Rule | Amendment, written: Written[object]) -> int:
    return owner.source.place(written.at).line


# ---- nothing matches ----


def _nearest(example: Example, owner: Rule | Amendment, reader: Reader) -> str:
    """How far the `match` that comes nearest gets."""
    nothing = "none of its `match` lines matches this sentence"
    if not isinstance(owner, Rule):
        return nothing
    program, sentences = example.resolver.program, range(len(reader.article.sentences))
    patterns = next((program.rules[n].match for n in example.targets), ())
    lowering = Lowering.of(owner.source, owner.pack, program)
    lines = zip(owner.match, patterns, strict=False)
    found = [
        (near, f"line {_line(owner, written)} {near.told(reader.article)}")
        for written, pattern in lines
        if (near := nearest(written, pattern, reader, lowering, sentences))
    ]
    return max(found, key=lambda one: one[0].end - one[0].first)[1] if found else nothing


# ---- something silences it ----


def _said(example: Example, one: Silenced, owner: Rule | Amendment) -> str:
    """What took the hit away, and what to do about it."""
    hit = f"it matches {quoted(example.article, one.hit)}"
    if one.by is None:
        depends = one.silencer is not Silencer.WHEN
        return f"{hit}, but its `when` {'depends on other packs' if depends else 'does not hold there'}"
    words = quoted(example.article, one.by)
    if one.pattern is not None:
        written: Patterns = owner.unless if one.silencer is Silencer.UNLESS else owner.excepts
        own = written[one.pattern] if isinstance(owner, Rule) and one.pattern < len(written) else None
        place = f" in line {_line(owner, own)}" if own else ""
        return f"{hit}, but its `{one.silencer}`{place} finds {words}: narrow that"
    name = example.resolver.program.rules[one.by.rule].id
    if one.silencer is Silencer.LATER:
        return f"the later rule `{name}` finds {words} too and wins: move this rule below it"
    return f"the longer match {words} of rule `{name}` wins: give that rule an `except`, or the example other words"
