"""Explains sentences: what counted, what did not, what was silenced by which line, what would change the level."""

from collections.abc import Callable, Container, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from factcheck.document import Explanation, Sentence, Silenced, Weighed
from factcheck.graded import Graded
from factcheck.judge.account import Account, Judged, accounts
from factcheck.judge.grade import Fate
from factcheck.judge.silence import Silenced as Gone
from factcheck.judge.silence import Silencer
from factcheck.load import parsed
from factcheck.scan import Scanner
from factcheck.span import Source
from factcheck.text.segment import Mode

if TYPE_CHECKING:
    from factcheck.language.rule import RuleFile


Line = Callable[[int], int]
"""The line on which a code point of a text stands, counted from 1."""


def explain(  # noqa: PLR0913 -- one parameter a setting
    scanner: Scanner,
    text: str,
    lines: Container[int] | None = None,
    *,
    segment: Mode = "auto",
    marks: Sequence[tuple[int, int, str]] = (),
    line: Line | None = None,
) -> list[Explanation]:
    """The explanations of all sentences of `text`, or of those that stand on one of the `lines`, counted from 1.

    Where the text comes from a source with lines or pages of its own, `line` tells these.
    """
    source, written = Source("", text), _Written(scanner.sources)
    parts = scanner.parts([text], segment=segment, marks=[marks])
    number = line or (lambda at: source.place(at).line)
    return list(chain.from_iterable(_explained(scanner, part, number, written, lines) for part in parts))


def _explained(
    scanner: Scanner, part: Graded, line: Line, written: "_Written", lines: Container[int] | None
) -> Iterator[Explanation]:
    """The explanations of those sentences of a part."""
    sentences = list(part.sentences())
    on_them = [
        number
        for number, one in enumerate(sentences)
        if lines is None or any(number in lines for number in _lines(line, one.span.start, one.span.end))
    ]
    if not on_them:
        return
    hits = scanner.matcher.hits(part.article)
    judged = Judged(hits, scanner.resolver.findings(part.article, hits), part.sources, part.grades)
    maker = _Maker(part, line, written)
    for one in accounts(scanner.resolver, scanner.grader, part.article, judged, on_them):
        yield maker.explanation(one, sentences[one.sentence])


def _lines(line: Line, start: int, stop: int) -> range:
    """The lines that a sentence stands on."""
    return range(line(start), line(max(start, stop - 1)) + 1)


class _Maker:
    """Makes explanations of accounts."""

    def __init__(self, part: Graded, line: Line, written: "_Written") -> None:
        self._view, self._line, self._written = part.view(), line, written
        self._base, self._rules = int(part.origin[0]), part.program.rules

    def explanation(self, one: Account, sentence: Sentence) -> Explanation:
        line, rules = self._line, self._rules
        return Explanation(
            sentence=sentence,
            line=line(sentence.span.start),
            source_line=line(sentence.source.span.start) if sentence.source else None,
            base=one.base.value,
            quoted=one.quoted,
            weighed=tuple(
                Weighed(
                    self._view.finding(w.hit, self._base),
                    rules[w.hit.rule].level if w.fate is Fate.NOTE else w.level.value,
                    "" if w.counts else w.fate.value,
                )
                for w in one.weighed
            ),
            silenced=tuple(self._silenced(gone) for gone in one.silenced),
            without=tuple(
                (tuple(self._view.words(h.first, h.end)[1] for h in without.hits), without.level.value)
                for without in one.without
            ),
        )

    def _silenced(self, gone: Gone) -> Silenced:
        rule, by = self._rules[gone.hit.rule].id, gone.by
        span, text = self._view.words(gone.hit.first, gone.hit.end, self._base)
        return Silenced(
            rule=rule,
            text=text,
            span=span,
            silencer=gone.silencer.value,
            by_text=self._view.words(by.first, by.end)[1] if by else "",
            by_rule=self._rules[by.rule].id if by else "",
            line=self._written.line(rule, gone.silencer, gone.pattern or 0),
        )


class _Written:
    """Where the lines of rules are written. Files are parsed only when a line is asked for, each once."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources

    def line(self, rule: str, silencer: Silencer, number: int) -> str:
        """`file:line` of the `except`, `unless` or `when` with this number, empty for what is no line."""
        if silencer not in (Silencer.EXCEPT, Silencer.UNLESS, Silencer.WHEN):
            return ""
        lines = list(self._lines(rule, silencer.value))
        # One `when` may join several conditions.
        return next(iter([*lines[number:], *lines]), "")

    def _lines(self, rule: str, field: str) -> Iterator[str]:
        """The places of all lines of this field, those of the rule before those of its amendments."""
        named = [r for file in self._files for r in file.rules if r.id == rule]
        targets = {rule, rule.partition("/")[0], "*"}
        for origin in (*named, *(a for file in self._files for a in file.amendments if a.target in targets)):
            for one in origin.statement.fields:
                if one.name == field:
                    yield f"{origin.source.name}:{origin.source.place(one.span.start).line}"

    @cached_property
    def _files(self) -> "list[RuleFile]":
        return parsed(self._sources, [])
