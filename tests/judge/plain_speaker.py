"""Who vouches: the sources that findings name, what they stand for, and who speaks a quotation."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from factcheck.english.tables import INDEFINITES, RELATIVES
from factcheck.judge.hits import Captured, Hit
from factcheck.judge.reference import Reader
from factcheck.language.program import Program
from factcheck.text.article import Article
from plain_kind import Kinds
from plain_mention import Mentions, Place

_OWN: Final = frozenset(("i", "we", "my", "our", "me", "us"))
"""Pronouns that, in a quotation, stand for its speaker."""
_DETERMINERS: Final = frozenset(("a", "an", "the", "one", "his", "her", "its", "their", "former", "now"))
_CLAUSES: Final = RELATIVES | frozenset(("and", "as", "but", "who", "that", "when", "while", "after", "because", "if"))
_TRAILING: Final = RELATIVES | {"a", "also", "an", "are", "had", "has", "have", "is", "the", "was", "were"}
"""Words that a pattern may take in behind a source: `a man who` asked not to be named, `critics have` said."""
_STOPS: Final = RELATIVES | {",", ".", ";", ":"}
_LONGEST_APPOSITION: Final = 16
_TITLE_WITHIN: Final = 4
"""Tokens: an apposition without an article has a role, an institution or an age among its first few words."""


class Speaker(NamedTuple):
    """A source in the text: tokens `first` … `end` - 1 and its kind."""

    first: int
    end: int
    kind: str
    beside: Place | None = None
    """The tokens of the apposition: `, head of the water board`."""
    refers: Place | None = None
    """The tokens of the fuller name that a pronoun, a family name or `the minister` stands for."""

    @property
    def identified(self) -> bool:
        """Whether the article says who it is; a pronoun stands for somebody it has named."""
        return self.kind != "anonymous"


class Sources:
    """The sources of an article's findings and quotations."""

    def __init__(self, program: Program, article: Article, findings: Sequence[Hit]) -> None:
        self._article, self._tokens = article, article.tokens
        self._kinds = Kinds(Reader(article, program.lists))
        self._mentions = Mentions(article, self._kinds)
        self._ends: list[int] = article.sentences.end.tolist()
        self._of: dict[tuple[int, int, str], Speaker] = {}
        # In the order of the text, for what a pronoun stands for is a source before it.
        captured = ((c, hit.sentence) for hit in findings for c in hit.captures if c.name == "source")
        for one, sentence in sorted(captured, key=lambda pair: (pair[0].first, pair[0].end)):
            self._add(one, sentence)
        self.speakers = self._of_quotations(findings)

    def of(self, hit: Hit) -> Speaker | None:
        """The source a finding captured, if it captured one; `we` in a quotation is its speaker."""
        source = self._captured(hit)
        if source is None or self._tokens.fold[source.first] not in _OWN or source.end - source.first > 1:
            return source
        quotation = int(self._article.quotations.inside[source.first])
        return (self.speakers[quotation] if quotation >= 0 else None) or source

    def is_named(self, hit: Hit) -> bool:
        """Whether the finding takes its source for an unnamed one, though the text names it beside."""
        given = any(c.name == "source" and c.kind == "anonymous" for c in hit.captures)
        source = self._captured(hit) if given else None
        return source is not None and source.identified

    def _captured(self, hit: Hit) -> Speaker | None:
        return next((self._of[c.first, c.end, c.kind] for c in hit.captures if c.name == "source"), None)

    def _add(self, captured: Captured, sentence: int) -> None:
        key = (captured.first, captured.end, captured.kind)
        if key in self._of:
            return
        self._of[key] = found = self._typed(captured, sentence)
        self._mentions.add(found.refers or (found.first, found.end), found.kind, sentence)

    def _typed(self, captured: Captured, sentence: int) -> Speaker:
        first, end = captured.first, captured.end
        while end - first > 1 and self._tokens.form[end - 1] in _TRAILING:
            end -= 1
        kind = captured.kind or self._kinds.of(first, end)
        if kind == "person" and self._mentions.are_people(first, end):
            kind = "anonymous"
        if kind == "pronoun":
            place, kind = self._mentions.of_pronoun(first, sentence) or (None, kind)
            return Speaker(first, end, kind, refers=place)
        beside = self._apposition(end, self._ends[sentence], fronted=self._is_fronted(first))
        named = bool(beside and self._mentions.is_name(*beside))  # a neighbour, Ada Voss
        if kind == "anonymous" and (named or self._follows_name(*self._kinds.head(first, end)[:1], sentence)):
            kind = "person"
        refers = self._mentions.of_phrase(first, end)
        unnamed = self._mentions.of_somebody(first, end, sentence) if kind == "person" and not refers else None
        return Speaker(first, end, "anonymous" if unnamed else kind, beside, refers or unnamed)

    def _follows_name(self, start: int, sentence: int) -> bool:
        """Whether an indefinite phrase stands behind a comma and a name that begins its sentence or a part of it."""
        form, begin = self._tokens.form, int(self._article.sentences.first[sentence])
        if self._tokens.fold[start] not in INDEFINITES or start - begin < 2 or form[start - 1] != ",":
            return False
        name = next((at for at in range(begin, start - 1) if self._mentions.is_name(at, start - 1)), -1)
        return name >= 0 and (name == begin or form[name - 1] == ",")

    def _is_fronted(self, first: int) -> bool:
        """Whether the source's phrase opens the sentence, so that a comma after it ends the phrase."""
        return first > 1 and self._tokens.fold[first - 2 : first] == ("according", "to")

    def _apposition(self, after: int, stop: int, *, fronted: bool) -> Place | None:
        """The tokens between commas that say more about the name that ends before token `after`.

        After a phrase in front (`According to Abara, the dam is safe.`) only a second comma makes it one.
        """
        form, fold, marks = self._tokens.form, self._tokens.fold, self._article.quotations.mark
        if after + 1 >= stop or form[after] != "," or marks[after + 1]:
            return None
        first = end = after + 1
        while end < min(stop, first + _LONGEST_APPOSITION) and form[end] not in _STOPS and not marks[end]:
            end += 1
        if end == first or fold[first] in _CLAUSES or fold[first].endswith("ing"):
            return None
        if fronted and (end == stop or form[end] != ","):
            return None
        tells = fold[first] in _DETERMINERS or any(
            self._kinds.is_role(row) or form[row].isdecimal() for row in range(first, min(end, first + _TITLE_WITHIN))
        )
        return (first, end) if tells or self._mentions.is_name(first, end) else None

    # ---- quotations ----

    def _of_quotations(self, findings: Sequence[Hit]) -> list[Speaker | None]:
        """For each quotation the source nearest to it outside: in a sentence it shares, or else in its paragraph.

        A quotation that is a paragraph by itself takes the last identified speaker of the two paragraphs before. One
        that nothing closes may hold the words that name its speaker.
        """
        quotations, sentences = self._article.quotations, self._article.sentences
        inside: list[int] = quotations.inside.tolist()
        named: dict[int, list[tuple[int, Speaker]]] = defaultdict(list)
        heard: dict[int, list[tuple[int, Speaker]]] = defaultdict(list)
        within: dict[int, Speaker] = {}
        for hit in findings:
            source = self._captured(hit)
            if source is None:
                continue
            paragraph = int(sentences.paragraph[hit.sentence])
            if inside[source.first] < 0:
                named[paragraph].append((hit.sentence, source))
            elif not quotations.mark[quotations.end[inside[source.first]] - 1]:
                within.setdefault(inside[source.first], source)
            else:
                continue
            heard[paragraph].append((hit.sentence, source))
        sentence_of = _sentence_of(self._article)
        spans = zip(quotations.first.tolist(), quotations.end.tolist(), strict=True)
        return [
            self._beside(named, sentence_of[first], sentence_of[end - 1])
            or within.get(number)
            or self._introduced(sentence_of[first], first)
            or self._last(heard, sentence_of[first])
            for number, (first, end) in enumerate(spans)
        ]

    def _beside(self, named: "_Named", first: int, last: int) -> Speaker | None:
        """The nearest source in the paragraphs of sentences `first` to `last`."""
        paragraph = self._article.sentences.paragraph
        here = [
            found
            for number in range(int(paragraph[first]), int(paragraph[last]) + 1)
            for found in _around(named.get(number, []), first)
        ]
        return min(here, key=lambda found: max(first - found[0], found[0] - last, 0))[1] if here else None

    def _introduced(self, sentence: int, row: int) -> Speaker | None:
        """Whom the words before a quotation at token `row` are about, though no verb says that they speak."""
        paragraph = int(self._article.sentences.paragraph[sentence])
        subject = self._mentions.subject(sentence - 1, paragraph) or self._mentions.label(row, sentence)
        if not subject:
            return None
        place, kind = subject
        return Speaker(*place, kind, refers=self._mentions.of_phrase(*place))

    def _last(self, heard: "_Named", sentence: int) -> Speaker | None:
        """The last identified speaker of the two paragraphs before."""
        sentences = self._article.sentences
        paragraph, document = int(sentences.paragraph[sentence]), sentences.document[sentence]
        back = (found for step in (1, 2) for found in reversed(heard.get(paragraph - step, [])))
        return next((s for at, s in back if s.identified and sentences.document[at] == document), None)


_Named = dict[int, list[tuple[int, Speaker]]]
"""By paragraph: the sources there, each with its sentence."""


def _around(named: list[tuple[int, Speaker]], sentence: int) -> list[tuple[int, Speaker]]:
    """Of sources in the order of their sentences the first of the nearest sentence before, and the next one."""
    after = bisect_left(named, sentence, key=itemgetter(0))
    before = bisect_left(named, named[after - 1][0], key=itemgetter(0)) if after else after
    return [*named[before : before + (after > 0)], *named[after : after + 1]]


def _sentence_of(article: Article) -> list[int]:
    ends = article.sentences.end.tolist()
    firsts = article.sentences.first.tolist()
    return [s for s, (first, end) in enumerate(zip(firsts, ends, strict=True)) for _ in range(end - first)]
