"""Why a rule is silent on its own example: the first step at which its hits went, in words its author can act on."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from factcheck.judge.hits import Hit, Hits, Role
from factcheck.judge.reference import Exhausted, Reader
from factcheck.judge.resolve import Places, not_excepted, owned_tokens
from factcheck.language.pattern import Gap, Pattern, Seq
from factcheck.language.program import Program, holds
from factcheck.language.rule import Amendment, Patterns, Rule
from factcheck.language.syntax import Sequence as Items
from factcheck.language.syntax import Written
from factcheck.text.article import Article

_STEPS = 20_000  # of the reader; an answer is worth no more


class Example(NamedTuple):
    """An example as it was read, its hits and findings, and the rules that should have fired."""

    program: Program
    article: Article
    hits: Hits
    findings: Hits
    targets: frozenset[int]


def why_silent(example: Example, owner: Rule | Amendment) -> str:
    """The first step at which the hits of the targets went."""
    try:
        return _why(example, owner, Reader(example.article, example.program.lists, _STEPS))
    except Exhausted:
        return "its patterns take too long to say why"


def _why(example: Example, owner: Rule | Amendment, reader: Reader) -> str:
    program, article = example.program, example.article
    rows = [h for h in example.hits.rows() if h.rule in example.targets]
    if not any(h.role is Role.MATCH for h in rows):
        return _nearest(example, owner, reader)
    kept = [h for s in {h.sentence for h in rows} for h in not_excepted([r for r in rows if r.sentence == s])]
    if not kept:
        return _silenced(example, rows, owner, reader)
    places = Places(program, article)
    packs = {program.rules[n].pack for n in example.findings.rule.tolist()}
    met = [h for h in kept if holds(program.rules[h.rule].when, places.truth(h, packs))]
    if not met:
        return f"it matches {quoted(article, kept[0])}, but its `when` does not hold there"
    return _overridden(example, met[0])


def quoted(article: Article, hit: Hit) -> str:
    """The words of a hit in quotation marks."""
    return _words(article, hit.first, hit.end)


def _words(article: Article, first: int, end: int) -> str:
    return f"“{article.tokens.text[article.tokens.start[first] : article.tokens.end[end - 1]]}”"


def _line(owner: Rule | Amendment, written: Written[object]) -> int:
    return owner.source.place(written.at).line


# ---- nothing matches ----


def _nearest(example: Example, owner: Rule | Amendment, reader: Reader) -> str:
    """How far the `match` that comes nearest gets."""
    nothing = "none of its `match` lines matches this sentence"
    if not isinstance(owner, Rule):
        return nothing
    patterns = next((example.program.rules[n].match for n in example.targets), ())
    found = [far for pair in zip(owner.match, patterns, strict=False) for far in _far(reader, owner, *pair)]
    return max(found, key=lambda far: far[0])[1] if found else nothing


def _far(reader: Reader, owner: Rule, written: Written[object], pattern: Pattern) -> Iterator[tuple[int, str]]:
    """How many tokens the longest beginning of a sequence takes, and where it fails."""
    items = written.value
    if not isinstance(pattern, Seq) or not isinstance(items, Items):
        return
    for count in range(len(pattern.items) - 1, 0, -1):
        if isinstance(pattern.items[count - 1], Gap):
            continue
        spans = list(_matches(reader, (Seq(pattern.items[:count]),)))
        if spans:
            first, end = max(spans, key=lambda span: span[1] - span[0])
            failing = items.items[count:] if isinstance(pattern.items[count], Gap) else items.items[count : count + 1]
            rest = written.text[failing[0].span.start : failing[-1].span.end]
            words = _words(reader.article, first, end)
            yield end - first, f"line {_line(owner, written)} gets as far as {words}, but `{rest}` does not follow"
            return


def _matches(reader: Reader, patterns: Sequence[Pattern]) -> Iterator[tuple[int, int]]:
    for sentence in range(len(reader.article.sentences)):
        yield from ((first, end) for first, end, _ in reader.matches(patterns, sentence))


# ---- something silences it ----


def _silenced(example: Example, rows: list[Hit], owner: Rule | Amendment, reader: Reader) -> str:
    """Which `except` or `unless` takes the first match away, and by which words."""
    article = example.article
    match = next(h for h in rows if h.role is Role.MATCH)
    owned = set(owned_tokens(match))
    by = next(
        h
        for h in rows
        if h.rule == match.rule
        and h.sentence == match.sentence
        and (h.role is Role.UNLESS or (h.role is Role.EXCEPT and not owned.isdisjoint(owned_tokens(h))))
    )
    rule = example.program.rules[by.rule]
    name, patterns = ("unless", rule.unless) if by.role is Role.UNLESS else ("except", rule.excepts)
    written: Patterns = owner.unless if by.role is Role.UNLESS else owner.excepts
    number = next(n for n, one in enumerate(patterns) if (by.first, by.end) in _matches(reader, (one,)))
    own = written[number] if isinstance(owner, Rule) and number < len(written) else None
    place = f" in line {_line(owner, own)}" if own else ""
    return f"it matches {quoted(article, match)}, but its `{name}`{place} finds {quoted(article, by)}: narrow that"


def _overridden(example: Example, hit: Hit) -> str:
    """Which finding of the same pack stands in the hit's place."""
    rules = example.program.rules
    pack = rules[hit.rule].pack
    around = [
        h for h in example.findings.rows() if rules[h.rule].pack == pack and h.first <= hit.first and hit.end <= h.end
    ]
    if not around:
        return f"it matches {quoted(example.article, hit)}, but its `when` depends on other packs"
    by = around[0]
    name, words = rules[by.rule].id, quoted(example.article, by)
    if (by.first, by.end) == (hit.first, hit.end):
        return f"the later rule `{name}` finds {words} too and wins: move this rule below it"
    return f"the longer match {words} of rule `{name}` wins: give that rule an `except`, or the example other words"
