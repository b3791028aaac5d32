"""The format for a report to look at: HTML, an article after the other, put together by the binder.

The module of the format: what `--format html` asks of it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from factcheck_cli.html_report.accounted import accounted
from factcheck_cli.html_report.article import Article, Choice
from factcheck_cli.html_report.binder import bind
from factcheck_cli.html_report.book import book_of
from factcheck_cli.tally import Tally
from factcheck_cli.work.press import reaches

if TYPE_CHECKING:
    from factcheck import Scanner
    from factcheck_cli.inputs.text import Text
    from factcheck_cli.work.form import Judged
    from factcheck_cli.work.settings import Settings

__all__ = ["SUPPRESSED", "bind", "of_parts"]

SUPPRESSED = True
"""What is suppressed can be told as such."""


def of_parts(
    scanner: "Scanner", parts: "Judged", texts: "Iterable[Text]", settings: "Settings", /
) -> Iterator[tuple[bytes, Tally]]:
    """The articles of the parts one by one, each behind a line on it, and what is in each."""
    limit = settings.at_most
    choice = Choice(
        shows=lambda level: limit is None or reaches(level, limit),
        lined=settings.segment == "lines",
        packs=settings.style.packs,
        whole=limit is None,
        suppressed=settings.style.suppressed,
    )
    book, waiting = book_of(scanner, cached=settings.cache), iter(texts)
    article: Article | None = None
    for part, hushed in parts:
        every = accounted(scanner, part, book.origins, hushed)
        sentences = {number: list(own) for number, own in groupby(every, lambda one: one.document)}
        for number, words in enumerate(part.texts):
            article = article or Article(next(waiting), book, choice)
            article.add(words, part.place.characters, sentences.pop(number, []))
            if part.place.last:
                yield article.framed(), Tally(1, Counter(article.levels))
                article = None
