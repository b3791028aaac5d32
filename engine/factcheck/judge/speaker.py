"""Who vouches: the sources that findings name, what kind they are, and who speaks a quotation."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from factcheck.english.tables import PRONOUNS
from factcheck.judge.hits import Captured, Hit
from factcheck.judge.reference import Reader
from factcheck.language.pattern import Ref
from factcheck.language.program import KINDS, Program
from factcheck.text.article import Article

_LISTED = ("anonymous", "publication", "document", "institution", "collective")
"""Kinds that pack core has a list of words for, the telling ones first."""


class Speaker(NamedTuple):
    """A source in the text: tokens `first` … `end` - 1 and its kind."""

    first: int
    end: int
    kind: str

    @property
    def identified(self) -> bool:
        """Whether the article says who it is; a pronoun stands for somebody it has named."""
        return self.kind != "anonymous"


class Sources:
    """Tells the sources of findings in one article."""

    def __init__(self, program: Program, article: Article) -> None:
        self.article = article
        self._reader = Reader(article, program.lists)
        self._lists = [kind for kind in _LISTED if f"core.{kind}" in program.lists]

    def of(self, hit: Hit) -> Speaker | None:
        """The source a finding captured, if it captured one."""
        return next((self._typed(c) for c in hit.captures if c.name == "source"), None)

    def _typed(self, captured: Captured) -> Speaker:
        return Speaker(captured.first, captured.end, captured.kind or self._kind(captured.first, captured.end))

    def _kind(self, first: int, end: int) -> str:
        if end - first == 1 and self.article.tokens.fold[first] in PRONOUNS:
            return "pronoun"
        listed = (kind for kind in self._lists if self._reader.holds(Ref(f"core.{kind}"), first, end))
        return next(listed, KINDS[0])

    def of_quotations(self, findings: Sequence[Hit]) -> list[Speaker | None]:
        """For each quotation the source nearest to it outside: in a sentence it shares, or else in its paragraph.

        A quotation that is a paragraph by itself takes the last identified speaker of the two paragraphs before.
        """
        quotations, sentences = self.article.quotations, self.article.sentences
        inside = quotations.inside
        named: dict[int, list[tuple[int, Speaker]]] = defaultdict(list)
        for hit in findings:
            source = self.of(hit)
            if source and inside[source.first] < 0:
                named[int(sentences.paragraph[hit.sentence])].append((hit.sentence, source))
        sentence_of = _sentence_of(self.article)
        spans = zip(quotations.first.tolist(), quotations.end.tolist(), strict=True)
        return [self._nearest(named, sentence_of[first], sentence_of[end - 1]) for first, end in spans]

    def _nearest(self, named: dict[int, list[tuple[int, Speaker]]], first: int, last: int) -> Speaker | None:
        sentences = self.article.sentences
        paragraphs = range(int(sentences.paragraph[first]), int(sentences.paragraph[last]) + 1)
        here = [found for p in paragraphs for found in named.get(p, ())]
        if here:
            return min(here, key=lambda found: max(first - found[0], found[0] - last, 0))[1]
        document = sentences.document[first]
        back = (found for step in (1, 2) for found in reversed(named.get(paragraphs[0] - step, [])))
        return next((s for at, s in back if s.identified and sentences.document[at] == document), None)


def _sentence_of(article: Article) -> list[int]:
    ends = article.sentences.end.tolist()
    firsts = article.sentences.first.tolist()
    return [s for s, (first, end) in enumerate(zip(firsts, ends, strict=True)) for _ in range(end - first)]
