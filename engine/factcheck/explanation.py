"""Explains sentences: what counted, what did not, what was silenced by which line, what would change the level."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from factcheck.document import Explanation, Silenced, Weighed
from factcheck.judge.account import Account, account
from factcheck.judge.account import Silenced as Hushed
from factcheck.judge.resolve import resolve
from factcheck.load import parsed
from factcheck.scan import Scanner, finding, graded, words
from factcheck.span import Source
from factcheck.text.article import Article, read
from factcheck.text.segment import Mode

if TYPE_CHECKING:
    from factcheck.language.rule import RuleFile


def explain(
    scanner: Scanner, text: str, lines: Iterable[int] | None = None, *, segment: Mode = "auto"
) -> list[Explanation]:
    """The explanations of all sentences of `text`, or of those that stand on one of the `lines`, counted from 1."""
    article = read(text, segment, scanner.matcher.symbols.lexicon)
    hits = scanner.matcher.hits(article)
    findings = resolve(scanner.program, article, hits)
    source = Source("", text)
    wanted = None if lines is None else set(lines)
    explained = []
    for number, (start, stop) in enumerate(
        zip(article.sentences.start.tolist(), article.sentences.stop.tolist(), strict=True)
    ):
        first, last = source.place(start).line, source.place(max(start, stop - 1)).line
        if wanted is None or not wanted.isdisjoint(range(first, last + 1)):
            one = account(scanner.program, article, hits, findings, number)
            explained.append(_explanation(scanner, article, one, source))
    return explained


def _explanation(scanner: Scanner, article: Article, one: Account, text: Source) -> Explanation:
    program = scanner.program
    sentence = graded(program, article, one.sentence, one.grade)
    return Explanation(
        sentence=sentence,
        line=text.place(sentence.span.start).line,
        source_line=text.place(sentence.source.span.start).line if sentence.source else None,
        base=one.base.value,
        quoted=one.quoted,
        weighed=tuple(
            Weighed(finding(program, article, w.hit), w.level.value, "" if w.counts else w.fate.value)
            for w in one.weighed
        ),
        silenced=tuple(_silenced(scanner, article, s) for s in one.silenced),
        without=tuple(
            (tuple(words(article, h.first, h.end)[1] for h in without.hits), without.level.value)
            for without in one.without
        ),
    )


def _silenced(scanner: Scanner, article: Article, one: Hushed) -> Silenced:
    rule = scanner.program.rules[one.hit.rule]
    span, text = words(article, one.hit.first, one.hit.end)
    by = one.by
    return Silenced(
        rule=rule.id,
        text=text,
        span=span,
        silencer=one.silencer.value,
        by_text=words(article, by.first, by.end)[1] if by else "",
        by_rule=scanner.program.rules[by.rule].id if by else "",
        line=_line(scanner.sources, rule.id, one),
    )


def _line(sources: Sequence[Source], rule: str, one: Hushed) -> str:
    """Where the `except`, `unless` or `when` that silenced the hit is written, as `file:line`."""
    if one.silencer.value not in ("except", "unless", "when"):
        return ""
    name = rule.rpartition("/")[2]
    files = parsed((source for source in sources if name in source.text or "amend" in source.text), [])
    lines = list(_written(files, rule, one.silencer.value))
    number = one.pattern or 0
    return lines[number] if number < len(lines) else ""


def _written(files: "Iterable[RuleFile]", rule: str, field: str) -> Iterable[str]:
    """The places of all lines of this field, those of the rule before those of its amendments."""
    named = [r for file in files for r in file.rules if r.id == rule]
    targets = {rule, rule.partition("/")[0], "*"}
    for origin in (*named, *(a for file in files for a in file.amendments if a.target in targets)):
        for one in origin.statement.fields:
            if one.name == field:
                yield f"{origin.source.name}:{origin.source.place(one.span.start).line}"
