"""Sentences with all that explains them, as far as a page shows it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from factcheck import Scanner, Sentence
from factcheck.explanation import Maker, numbering
from factcheck.graded import Graded
from factcheck.judge.account import Judged, accounts
from factcheck_cli.quiet.hush import Hush, Hushed
from factcheck_cli.terminal.account import silencer

if TYPE_CHECKING:
    from factcheck.origins import Origins


class SetAside(NamedTuple):
    """What a rule would have found, had nothing silenced it: the words, and what did, in which line."""

    rule: str
    words: str
    by: str


class Accounted(NamedTuple):
    """A sentence and what led to its level."""

    sentence: Sentence
    document: int
    """The number of its document in the part."""
    heading: bool
    base: str
    """The level it has where nothing counts, by whose word it is."""
    quoted: bool
    """Whether a quotation holds all of it."""
    weighed: tuple[tuple[str, str], ...]
    """For each of its findings the level that it stands for, and why it does not count, if so."""
    silenced: tuple[SetAside, ...]
    without: tuple[tuple[tuple[str, ...], str], ...]
    """Words of findings, and the level it would have without them."""
    hush: Hush | None = None
    """What is left of it, where something is silent."""

    def left(self) -> "Accounted":
        """The sentence as it is reported, without what is silent."""
        if not self.hush or self.hush.level is None:
            return self
        weighed = tuple(one for number, one in enumerate(self.weighed) if number not in self.hush.gone)
        return self._replace(sentence=self.hush.left(self.sentence), weighed=weighed, without=())


def accounted(scanner: Scanner, part: Graded, origins: "Origins", hushed: Hushed | None = None) -> Iterator[Accounted]:
    """All sentences of the part; `origins` are those of the scanner's rule files."""
    article, view = part.article, part.view()
    judged = Judged(scanner.matcher.hits(article), part.findings, part.sources, part.grades)
    told = accounts(scanner.resolver, scanner.grader, article, judged, range(len(part.grades)))
    maker = Maker(part, numbering(""), origins)
    columns = article.sentences.document.tolist(), article.sentences.heading.tolist()
    quiet = hushed.of if hushed else {}
    for one, sentence, document, heading in zip(told, part.sentences(), *columns, strict=True):
        silenced = map(maker.silenced, one.silenced)
        yield Accounted(
            sentence=sentence,
            document=document,
            heading=heading,
            base=one.base.value,
            quoted=one.quoted,
            weighed=tuple((each.level.value, "" if each.counts else each.fate.value) for each in one.weighed),
            silenced=tuple(SetAside(each.rule, each.text, silencer(each)) for each in silenced),
            without=tuple(
                (tuple(view.words(hit.first, hit.end)[1] for hit in gone.hits), gone.level.value)
                for gone in one.without
            ),
            hush=quiet.get(one.sentence),
        )
