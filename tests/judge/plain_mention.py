"""What a pronoun, a family name or a noun such as `the minister` stands for, where the article says."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Final

from factcheck.english.tables import INDEFINITES, PLURALS, TITLES
from factcheck.judge.vocabulary import AGENTS
from factcheck.text.article import Article
from plain_kind import Kinds

Place = tuple[int, int]
"""Row of the first token and after the last."""

_PERSONAL: Final = frozenset(("he", "she", "him", "her"))
_PLURAL: Final = frozenset(("they", "them"))
_THING: Final = frozenset(("it",))
_ANYBODY: Final = ("person", "source", "official")
"""Nouns that any unnamed source may be called by when it comes up again."""
_OWNERS: Final = frozenset(("the", "these", "those", "his", "her", "its", "their", "our", "my", "your"))
"""Words before people of whom the text has told."""
_NO_PLURALS: Final = ("ss", "'s", "us", "is")
_DEFINITE: Final = frozenset(("the", "this", "that"))
_PLACES: Final = frozenset(("at", "from", "in", "into", "near", "outside", "to", "across", "around"))
"""After one of these a name is where something is, and speaks no word."""
_SENTENCES_BACK: Final = 6
_TRIES: Final = 40
"""How many earlier mentions by the same word are looked at."""
_BESIDE: Final = 5
"""Tokens between a name and the noun that says what its bearer is."""


class Mentions:
    """Looks up what words stand for in one article."""

    def __init__(self, article: Article, kinds: Kinds) -> None:
        self._article, self._kinds = article, kinds
        self._tokens, self._sentences = article.tokens, article.sentences
        self._known: dict[Place, str] = {}
        self._sources: dict[int, list[tuple[Place, str]]] = defaultdict(list)

    def add(self, place: Place, kind: str, sentence: int) -> None:
        """Takes note of a source: a later pronoun stands for a source rather than for anybody else."""
        self._sources[sentence].append((place, kind))

    def of_pronoun(self, row: int, sentence: int) -> tuple[Place, str] | None:
        """What a pronoun stands for, and its kind: the last one named that fits it, in this sentence or those before.

        In an earlier sentence the first one named, for that mostly is its subject.
        """
        word = self._tokens.fold[row]
        for back in self._back(sentence):
            sources = (one for one in reversed(self._sources[back]) if self._fits(word, one) and one[0][0] < row)
            named = (one for one in self._named(back, row) if self._fits(word, one))
            found = next(sources, None) or next(named, None)
            if found:
                return found
        return None

    def of_phrase(self, first: int, end: int) -> Place | None:
        """The fuller name that a family name or `the minister` repeats."""
        first, end = self._kinds.head(first, end)
        name = self._name_at.get(first)
        if name == end:
            begin = self._untitled(first, end)
            found = self._fuller(begin, end, titles=False)
            return found or (self._fuller(first, end, titles=True) if begin == first else None)
        if self._tokens.fold[first] in _DEFINITE and end - first > 1 and end not in self._name_ends:
            return self._bearer(end - 1)
        return None

    def of_somebody(self, first: int, end: int, sentence: int) -> Place | None:
        """The unnamed source that `the person` or the same noun repeats: `A woman called. The woman said no.`."""
        fold = self._tokens.fold
        if fold[first] not in _DEFINITE or end - first < 2:
            return None
        for back in self._back(sentence):
            for place, kind in reversed(self._sources[back]):
                same = fold[end - 1] in (*_ANYBODY, fold[self._kinds.head(*place)[1] - 1])
                if place[0] < first and same:
                    return place if kind == "anonymous" else None
        return None

    def are_people(self, first: int, end: int) -> bool:
        """Whether a phrase is a plural without a name or an owner, or an indefinite one whose noun is what people do.

        `Mediators`, `two ferry captains`, `a captain`, `a Lundby lamplighter`.
        """
        first, end = self._kinds.head(first, end)
        indefinite = self._tokens.fold[first] in INDEFINITES and end - first > 1 and end - 1 not in self._name_of
        if indefinite and (self._kinds.is_role(end - 1) or self._tokens.fold[end - 1].endswith(AGENTS)):
            return True
        noun = self._tokens.fold[end - 1]
        plural = noun.endswith("s") and not noun.endswith(_NO_PLURALS)
        owned = self._tokens.fold[first] in _OWNERS
        return plural and not owned and not any(row in self._name_of for row in range(first, end))

    def is_name(self, first: int, end: int) -> bool:
        """Whether these tokens are one name, whole."""
        return (first, end) in self._names

    def subject(self, sentence: int, paragraph: int) -> tuple[Place, str] | None:
        """The person that begins a sentence of this paragraph: `Voss was angry. “Nobody came.”`."""
        sentences = self._sentences
        if sentence < 0 or sentences.paragraph[sentence] != paragraph:
            return None
        first = int(sentences.first[sentence])
        place = (first, self._name_at.get(first, first))
        return (place, "person") if place[1] > first and self._kind(place) == "person" else None

    def label(self, row: int, sentence: int) -> tuple[Place, str] | None:
        """The name before a colon before the token: `Ada Voss: “The hull was sound.”`."""
        first = int(self._sentences.first[sentence])
        named = row > first + 1 and self._tokens.form[row - 1] == ":" and (first, row - 1) in self._names
        return ((first, row - 1), self._kind((first, row - 1))) if named else None

    def _wanted(self, word: str) -> tuple[str, ...]:
        if word in _PERSONAL:
            return ("person", "anonymous")
        if word in _PLURAL:
            return ("anonymous", "collective", "institution")
        return ("institution", "publication", "document") if word in _THING else ()

    def _fits(self, word: str, one: tuple[Place, str]) -> bool:
        """Whether the pronoun can stand for it; `he` stands for no crowd."""
        place, kind = one
        crowd = kind == "anonymous" and self._are_several(*place)
        return kind in self._wanted(word) and not (crowd and word in _PERSONAL)

    def _are_several(self, first: int, end: int) -> bool:
        noun = self._tokens.fold[self._kinds.head(first, end)[1] - 1]
        return noun in PLURALS or (noun.endswith("s") and not noun.endswith(_NO_PLURALS))

    def _back(self, sentence: int) -> Iterator[int]:
        document = self._sentences.document[sentence]
        for back in range(sentence, max(-1, sentence - _SENTENCES_BACK), -1):
            if self._sentences.document[back] == document:
                yield back

    def _named(self, sentence: int, before: int) -> list[tuple[Place, str]]:
        """Whom and what a sentence names first before a token: names, and unnamed people as its subject."""
        first = int(self._sentences.first[sentence])
        end = min(int(self._sentences.end[sentence]), before)
        subject = self._subject(first, end)
        spoken_of = self._article.quotations.inside
        # Whom a speaker names is not who speaks: `“Voss lied,” he said.`
        quoted = bool(spoken_of[before] >= 0) if before < len(spoken_of) else False
        at = bisect_left(self._name_rows, first)
        near = self._name_rows[at : bisect_left(self._name_rows, end)]
        places = ((row, self._name_at[row]) for row in near if quoted or spoken_of[row] < 0)
        fold = self._tokens.fold
        spoken = (p for p in places if p[1] <= end and (p[0] == 0 or fold[p[0] - 1] not in _PLACES))
        named = [(place, self._kind(place)) for place in spoken]
        if spoken_of[first] >= 0 and not quoted:
            subject = None
        return ([subject] if subject and (not named or subject[0][0] < named[0][0][0]) else []) + named

    def _subject(self, first: int, end: int) -> tuple[Place, str] | None:
        """The nouns that begin a sentence: `Neighbours saw`, `The council met`."""
        for stop in range(min(end, first + 4), first, -1):
            if (first, stop) in self._names:
                continue
            kind = self._kind((first, stop))
            if kind not in ("person", "pronoun"):
                return (first, stop), kind
            if stop - first > 1 and self._tokens.fold[first] in _DEFINITE and self._kinds.is_role(stop - 1):
                return self._named_beside(stop) or (first, stop), kind
        return None

    def _named_beside(self, row: int) -> Place | None:
        """The name between commas after a noun: `The minister, Karl Brandt, left.`."""
        if row + 1 >= len(self._tokens) or self._tokens.form[row] != ",":
            return None
        end = self._name_at.get(row + 1)
        return (row + 1, end) if end is not None and self._tokens.form[end : end + 1] == (",",) else None

    def _kind(self, place: Place) -> str:
        if place not in self._known:
            self._known[place] = self._kinds.of(*place)
        return self._known[place]

    def _untitled(self, first: int, end: int) -> int:
        """Where a name begins behind its titles and roles; all of it is none."""
        while first + 1 < end and self._is_title(self._tokens.fold[first]):
            first += 1
        return first

    def _is_title(self, word: str) -> bool:
        return word.removesuffix(".") in TITLES or self._kinds.is_called(word)

    def _fuller(self, first: int, end: int, *, titles: bool) -> Place | None:
        """The name before this one that is longer and ends with it; none where two people have it."""
        words = self._tokens.fold[first:end]
        found: Place | None = None
        for row in islice((row for row in self._earlier(end - 1) if row in self._name_of), _TRIES):
            start, stop = self._name_of[row], row + 1
            begin = start if titles else self._untitled(start, stop)
            if stop - begin <= end - first or self._tokens.fold[stop - len(words) : stop] != words:
                continue
            place = (start, stop)
            if found and self._are_two(found, place, len(words)):
                return None
            found = found or place
        return found

    def _are_two(self, one: Place, other: Place, shared: int) -> bool:
        """Whether the words before the shared ones of two names tell people apart; a title or a role does not."""
        before = {self._tokens.fold[place[1] - shared - 1] for place in (one, other)}
        titles = any(self._is_title(word) for word in before)
        return len(before) > 1 and not titles

    def _bearer(self, noun: int) -> Place | None:
        """Whom the text called by this noun before: `Minister Karl Brandt`, `Karl Brandt, the fisheries minister`."""
        if not self._kinds.is_role(noun):
            return None
        for row in islice(self._earlier(noun), _TRIES):
            after = self._name_at.get(row + 1)
            if after is not None:
                return row + 1, after
            if beside := self._named_beside(row + 1):
                return beside
            start = self._name_of.get(row)
            if start is not None and start != row:
                continue
            if start is not None and self._name_at[row] > row + 1:
                return row, self._name_at[row]
            for near in range(row - 1, max(row - 1 - _BESIDE, -1), -1):
                if self._tokens.form[near] == "," and near in self._name_ends:
                    return self._name_ends[near], near
        return None

    def _earlier(self, row: int) -> Iterator[int]:
        """Rows of the same word before this one in its document, the last one first."""
        rows = self._rows_of[self._tokens.fold[row]]
        document = self._tokens.document[row]
        at = bisect_left(rows, row)
        for near in reversed(rows[:at]):
            if self._tokens.document[near] == document:
                yield near

    @cached_property
    def _rows_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for row, word in enumerate(self._tokens.fold):
            found[word].append(row)
        return found

    @cached_property
    def _names(self) -> set[Place]:
        names = self._article.names
        return set(zip(names.first.tolist(), names.end.tolist(), strict=True))

    @cached_property
    def _name_rows(self) -> list[int]:
        """The first rows of all names, in order."""
        rows: list[int] = self._article.names.first.tolist()
        return rows

    @cached_property
    def _name_at(self) -> dict[int, int]:
        """From a name's first row to the row after its last."""
        return dict(self._names)

    @cached_property
    def _name_ends(self) -> dict[int, int]:
        """From the row after a name's last to its first."""
        return {end: first for first, end in self._names}

    @cached_property
    def _name_of(self) -> dict[int, int]:
        """From each row of a name to its first."""
        return {row: first for first, end in self._names for row in range(first, end)}
