"""What kind of source a phrase names, told by its head: `Maria Gomez of the University` is a person."""

from typing import Final

from factcheck.english.tables import PRONOUNS
from factcheck.judge.opening import Openings
from factcheck.judge.reference import Reader
from factcheck.language.pattern import Alt, Lists, Ref, Words
from factcheck.language.program import KINDS

_LISTED: Final = ("anonymous", "publication", "document", "institution", "collective")
"""Kinds that pack core has a list of words for, the telling ones first."""
_PREPOSITIONS: Final = frozenset(
    ("at", "briefed", "by", "close", "familiar", "for", "from", "in", "involved", "of", "on", "with")
)
"""Words that say more about the noun before them."""
_ARTICLES: Final = frozenset(("a", "an", "the"))
_QUANTITIES: Final = frozenset(
    ("all", "both", "couple", "dozens", "few", "group", "hundreds", "many", "most", "number", "one", "several")
) | frozenset(("scores", "some", "thousands", "three", "two"))
"""Words before `of` that say how many; the head comes after it."""


class Kinds:
    """Tells the kinds of the sources in one article."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._tokens = reader, reader.article.tokens
        self._lists = [kind for kind in _LISTED if f"core.{kind}" in reader.lists]
        openings = Openings(reader.lists)
        self._openings = {kind: openings.of(reader.lists[f"core.{kind}"]) for kind in self._lists}
        self._words = {kind: single_words(reader.lists, f"core.{kind}") for kind in self._lists}
        self._roles = single_words(reader.lists, "core.role") if "core.role" in reader.lists else frozenset()

    def of(self, first: int, end: int) -> str:
        """The kind of the phrase in tokens `first` … `end` - 1; what is on no list is a person."""
        if end - first == 1 and self._tokens.fold[first] in PRONOUNS:
            return "pronoun"
        first, end = self.head(first, end)
        spans = [(kind, *span) for kind in self._lists for span in self._spans(kind, first, end)]
        heads = [(start, kind) for kind, start, stop in spans if stop == end]
        if heads:
            return min(heads, key=lambda found: found[0])[1]  # of two that end there the longer one knows more
        owner = self._tokens.fold[end - 1].removesuffix("'s")
        if owner != self._tokens.fold[end - 1]:
            return next((kind for kind in self._lists if owner in self._words[kind]), KINDS[0])
        inside = (kind for kind, start, stop in spans if kind != "anonymous" and self._is_title(start, stop, end))
        return next(inside, "institution" if self._is_body(first, end) else KINDS[0])

    def _is_body(self, first: int, end: int) -> bool:
        """Whether a proper name is that of a body: `the W.H.O.`, `Grant & Lowe`, `the charity Open Water`."""
        form = self._tokens.form
        last = form[end - 1]
        letters = last.replace(".", "")
        initials = end - first < 3 and len(letters) > 1 and letters.isalpha() and letters.isupper()
        return initials or "&" in form[first:end] or (form[first][0].isupper() and self._is_called(first))

    def _is_called(self, first: int) -> bool:
        """Whether right before the name stands what it is: `the charity Open Water`, but no `to the police`."""
        fold = self._tokens.fold
        begun = first < 2 or any(self._reader.article.starts[first - 1 : first + 1])
        if begun or fold[first - 1] not in self._words.get("institution", ()):
            return False
        return fold[first - 2] in _ARTICLES and (first < 3 or fold[first - 3] not in _PREPOSITIONS)

    def _spans(self, kind: str, first: int, end: int) -> list[tuple[int, int]]:
        """Where words of this kind's list stand in the phrase."""
        opening = self._openings[kind]
        starts = [row for row in range(first, end) if opening is None or self._tokens.fold[row] in opening]
        return self._reader.spans(Ref(f"core.{kind}"), end, starts) if starts else []

    def head(self, first: int, end: int) -> tuple[int, int]:
        """The part of a phrase that says who: what stands before a preposition, or after `some of`."""
        fold = self._tokens.fold
        for row in range(first + 1, end - 1):
            if fold[row] not in _PREPOSITIONS:
                continue
            if fold[row] != "of" or fold[row - 1] not in _QUANTITIES:
                return first, row
            first = row + 1
        return first, end

    def is_role(self, row: int) -> bool:
        """Whether the token is what people are called: minister, captain."""
        return self.is_called(self._tokens.fold[row])

    def is_called(self, word: str) -> bool:
        """The same of a word, in lower case."""
        return word in self._roles

    def _is_title(self, start: int, stop: int, end: int) -> bool:
        """Whether words on a list begin the proper name that ends the phrase: `Police Scotland`, no `Police Chief`."""
        form = self._tokens.form
        return all(form[row][0].isupper() for row in range(start, end)) and not any(
            self.is_role(row) for row in range(stop, end)
        )


def single_words(lists: Lists, key: str) -> frozenset[str]:
    """The list's entries that are one word, in lower case."""
    found: frozenset[str] = frozenset()
    todo = [lists[key]]
    while todo:
        one = todo.pop()
        if isinstance(one, Words):
            found |= one.lower
        elif isinstance(one, Alt):
            todo += one.options
        elif isinstance(one, Ref):
            todo.append(lists[one.key])
    return found
