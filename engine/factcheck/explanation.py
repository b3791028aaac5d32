"""Explains sentences: what counted, what did not, what was silenced by which line, what would change the level."""

from collections.abc import Callable, Container, Iterator, Sequence
from itertools import chain

from factcheck.document import Explanation, Sentence, Silenced, Weighed
from factcheck.graded import Graded
from factcheck.judge.account import Account, Judged, accounts
from factcheck.judge.account import Weighed as Judgement
from factcheck.judge.silence import Silenced as Gone
from factcheck.judge.silence import Silencer
from factcheck.language.program import NOTE
from factcheck.origins import Origins
from factcheck.scan import Scanner
from factcheck.span import Source
from factcheck.text.segment import Mode

Numbering = Callable[[int], int]
"""The line on which a code point of a text stands, counted from 1."""


def explain(  # noqa: PLR0913 -- one parameter a setting
    scanner: Scanner,
    text: str,
    lines: Container[int] | None = None,
    *,
    segment: Mode = "auto",
    marks: Sequence[tuple[int, int, str]] = (),
    line: Numbering | None = None,
    origins: Origins | None = None,
) -> list[Explanation]:
    """The explanations of all sentences of `text`, or of those that stand on one of the `lines`, counted from 1.

    Where the text comes from a source with lines or pages of its own, `line` tells these. `origins` are those of the
    scanner's rule files, if they are at hand.
    """
    number, origins = line or numbering(text), origins or Origins(scanner.sources)
    parts = scanner.parts([text], segment=segment, marks=[marks])
    return list(chain.from_iterable(_explained(scanner, part, number, origins, lines) for part in parts))


def numbering(text: str) -> Numbering:
    """That of the text itself."""
    source = Source("", text)
    return lambda at: source.place(at).line


def _explained(
    scanner: Scanner, part: Graded, line: Numbering, origins: Origins, lines: Container[int] | None
) -> Iterator[Explanation]:
    """The explanations of those sentences of a part."""
    sentences = list(part.sentences())
    on_them = standing(sentences, line, lines)
    if not on_them:
        return
    hits = scanner.matcher.hits(part.article)
    judged = Judged(hits, scanner.resolver.findings(part.article, hits), part.sources, part.grades)
    maker = Maker(part, line, origins)
    for one in accounts(scanner.resolver, scanner.grader, part.article, judged, on_them):
        yield maker.explanation(one, sentences[one.sentence])


def standing(sentences: Sequence[Sentence], line: Numbering, lines: Container[int] | None) -> list[int]:
    """The numbers of the sentences that stand on one of the lines; None: of all."""
    if lines is None:
        return list(range(len(sentences)))
    spans = (one.span for one in sentences)
    return [number for number, (a, b) in enumerate(spans) if any(on in lines for on in _lines(line, a, b))]


def _lines(line: Numbering, start: int, stop: int) -> range:
    """The lines that a sentence stands on."""
    return range(line(start), line(max(start, stop - 1)) + 1)


class Maker:
    """Makes explanations of accounts, and the values these are made of."""

    def __init__(self, part: Graded, line: Numbering, origins: Origins) -> None:
        self._view, self._line, self._origins = part.view(), line, origins
        self._base, self._rules = int(part.origin[0]), part.program.rules

    def explanation(self, one: Account, sentence: Sentence) -> Explanation:
        """The explanation of a sentence."""
        line = self._line
        return Explanation(
            sentence=sentence,
            line=line(sentence.span.start),
            source_line=line(sentence.source.span.start) if sentence.source else None,
            base=one.base.value,
            quoted=one.quoted,
            weighed=tuple(map(self.weighed, one.weighed)),
            silenced=tuple(map(self.silenced, one.silenced)),
            without=tuple(
                (tuple(self._view.words(h.first, h.end)[1] for h in without.hits), without.level.value)
                for without in one.without
            ),
        )

    def weighed(self, one: Judgement) -> Weighed:
        """A finding, and what it does to the level."""
        level = NOTE if self._rules[one.hit.rule].level == NOTE else one.level.value
        return Weighed(self._view.finding(one.hit, self._base), level, "" if one.counts else one.fate.value)

    def silenced(self, gone: Gone) -> Silenced:
        """A hit that is no finding, and what took it away."""
        rule, by = self._rules[gone.hit.rule].id, gone.by
        span, text = self._view.words(gone.hit.first, gone.hit.end, self._base)
        return Silenced(
            rule=rule,
            text=text,
            span=span,
            silencer=gone.silencer.value,
            by_text=self._view.words(by.first, by.end)[1] if by else "",
            by_rule=self._rules[by.rule].id if by else "",
            line=_line(self._origins, rule, gone.silencer, gone.pattern or 0),
        )


def _line(origins: Origins, rule: str, silencer: Silencer, number: int) -> str:
    """`file:line` of the `except`, `unless` or `when` with this number, empty for what is no line."""
    if silencer not in (Silencer.EXCEPT, Silencer.UNLESS, Silencer.WHEN):
        return ""
    lines = origins.lines(rule, silencer.value)
    # One `when` may join several conditions.
    return next((line.place for line in (*lines[number:], *lines)), "")
