"""What finds rules in texts. It is large: it may rest while nothing is scanned, and comes back from the cache."""

from typing import NamedTuple, Self

from factcheck import cache, tables
from factcheck.judge.grade import Grader
from factcheck.judge.match import Matcher
from factcheck.judge.resolve import Resolver


class _Stages(NamedTuple):
    matcher: Matcher
    resolver: Resolver
    grader: Grader

    @classmethod
    def of(cls, matcher: Matcher) -> Self:
        lexicon = matcher.symbols.lexicon
        return cls(matcher, Resolver(matcher.program, lexicon), Grader(matcher.program, lexicon))


class Works:
    """The stages that know a program."""

    def __init__(self, matcher: Matcher, key: str = "") -> None:
        """With the name by which the cache knows the tables of the matcher, if it does."""
        self.program = matcher.program
        self._key = key
        self._stages: _Stages | None = _Stages.of(matcher)

    @property
    def stages(self) -> _Stages:
        """They, back from their rest."""
        stages = self._stages  # which another thread may let go
        if stages is None:
            stages = self._stages = _Stages.of(self._restored())
        return stages

    @property
    def is_awake(self) -> bool:
        """Whether they are there."""
        return self._stages is not None

    def rest(self) -> None:
        """Lets them go until they are needed, if the cache can bring them back."""
        if self._key and cache.holds(self._key):
            self._stages = None

    def _restored(self) -> Matcher:
        data = cache.read(self._key)
        if data is not None:
            try:
                return Matcher(self.program, tables.load(data))
            except Exception:  # noqa: BLE001, S110 -- whatever is wrong with it, it is made anew
                pass
        return Matcher(self.program)
