"""What a matcher found in an article: where patterns match, and how they are read when that is asked."""

from dataclasses import dataclass

from factcheck.judge.capture import Capturer
from factcheck.judge.hits import Hits, Matched, Owned
from factcheck.judge.readings import Ground, Readings
from factcheck.text.article import Article
from factcheck.text.columns import Rows


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Matches in the order of hits; what they own is read only when somebody asks, for most come to nothing."""

    matched: Matched
    article: Article
    ground: Ground
    readings: Readings
    capturer: Capturer

    def sure_of(self, rows: Rows) -> Owned:
        """Tokens that those with these row numbers surely own, all or some."""
        return self.readings.sure(self.matched.take(rows))

    def owned_of(self, rows: Rows) -> Owned:
        """Which tokens those with these row numbers own."""
        return self.readings.owned(self.article, self.ground, self.matched.take(rows))

    def first_owned(self, rows: Rows) -> Rows:
        """The first token that each of them owns."""
        return self.readings.first_owned(self.article, self.ground, self.matched.take(rows))

    def hits(self, rows: Rows) -> Hits:
        """They as hits."""
        some = Found(self.matched.take(rows), self.article, self.ground, self.readings, self.capturer)
        return Hits(some.matched, self.capturer.captures(self.ground, some.matched), some)
