"""Made news: articles from our own templates, the same ones for the same seed.

The grammar in `data/news.txt` has the sentences: about one in four is hedged or rests on somebody's word, as in the
news. People, places and bodies are made of syllables, other words drawn from the lists in `data/`, common ones often
and rare ones seldom, so that the vocabulary grows with the text as that of real news does.
"""

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

_DATA: Final = Path(__file__).parent / "data"
_BETWEEN: Final = "\n\n"
_PARAGRAPHS: Final = (4, 14)
_CAST: Final = 4
"""People, and half as many bodies and places, that one article is about."""
_SKEW: Final = 2.0
"""How much oftener common words are drawn than rare ones."""
_SUBHEADS: Final = 0.08
"""The share of paragraphs with a heading over them."""

_FIRST: Final = (
    "Al Bren Cas Dor El Fen Gar Hal Is Jor Kel Lin Mar Nor Or Pel Quen Ros Sel Tam Ul Ver Wil Yan Zor",
    "a ick ia o wyn eth is ard ine una mund ette",
)
_SURNAME: Final = (
    "Ab Bel Cor Dra Eld Fos Gra Hol Ing Jas Kov Lund Mor Nes Ost Pra Quil Ren Sto Tar Ull Vos Wen Yar Zim Å Ö",
    "a be der el fin go hu in ka lo ma ni or pe ri so ta",
    "berg croft dal ez field gren holm ison ko lin man n quist rova sen ström thwaite vić well z",
)
_TOWN: Final = (
    "Ash Bar Crow Dun East Fair Gull Har Iron King Low Mill New Oak Pen Rook Salt Thorn Under West",
    "ber den gate hen ing la mor ning row sel ter",
    "bury cliffe dale ford ham haven mere mouth ness port stow ton wick",
)
_BODIES: Final = ("Council", "Bank", "Institute", "Group", "University", "Association", "Corp.", "Holdings", "Party")
_STRAIGHT: Final = str.maketrans("“”‘’—", "\"\"''-")

_Part = tuple[str, str]
"""Text, and the name that follows it or nothing."""


def articles(seed: int, size: int) -> Iterator[str]:
    """Articles until they make about `size` bytes."""
    made = 0
    number = 0
    while made < size:
        text = _Story(random.Random(f"{seed} {number}")).article()  # noqa: S311 -- the same text every time is wanted
        yield text
        made += len(text.encode())
        number += 1


class _Story:
    """One article: its people, bodies and places, the marks it is written with, and what has been named so far."""

    def __init__(self, pick: random.Random) -> None:
        self.pick = pick
        self.people = [(_coined(pick, _FIRST), _coined(pick, _SURNAME), pick.random() < 0.5) for _ in range(_CAST)]
        self.towns = [_coined(pick, _TOWN) for _ in range(_CAST // 2)]
        self.bodies = [f"{pick.choice((*self.towns, _coined(pick, _SURNAME)))} {pick.choice(_BODIES)}" for _ in "ab"]
        self.straight = pick.random() < 0.5
        self.named: set[str] = set()
        self.last = self.people[0]
        """Who was named last: the next pronoun stands for them."""

    def article(self) -> str:
        """A headline and paragraphs."""
        blocks = [self.block("headline"), self.block("opening")]
        for _ in range(self.pick.randint(*_PARAGRAPHS)):
            blocks += [self.block("subhead")] if self.pick.random() < _SUBHEADS else []
            blocks.append(self.block("paragraph"))
        text = re.sub(r"\b([Aa]) (?=[aeiou])", r"\1n ", _BETWEEN.join(blocks))
        return text.translate(_STRAIGHT) if self.straight else text

    def block(self, name: str) -> str:
        """One heading or paragraph, or several."""
        return _capitalised(self.say(name)).replace("|", _BETWEEN)

    def say(self, name: str) -> str:
        """One of the ways to write `name`."""
        made = _MADE.get(name)
        if made:
            return made(self)
        found = "".join(
            before + (self.say(after) if after else "") for before, after in self.pick.choice(_grammar()[name])
        )
        return _capitalised(found) if name in _SENTENCES else found

    def word(self, kind: str) -> str:
        """A word from a list, the common ones oftener."""
        words = _words(kind)
        return words[int(len(words) * self.pick.random() ** _SKEW)]

    def whole_number(self, low: int, high: int) -> str:
        """A number with commas, small ones oftener."""
        return f"{low + int((high - low) * self.pick.random() ** _SKEW):,}"

    def full(self) -> str:
        """Somebody by first name and surname."""
        self.last = self.pick.choice(self.people)
        self.named.add(self.last[1])
        title = "Dr. " if self.pick.random() < 0.05 else ""
        return f"{title}{self.last[0]} {self.last[1]}"

    def person(self) -> str:
        """Somebody, by the surname once the full name has been said."""
        known = [one for one in self.people if one[1] in self.named]
        if not known or self.pick.random() < 0.3:
            return self.full()
        self.last = self.pick.choice(known)
        return ("", "", "", "Mr. " if self.last[2] else "Ms. ")[self.pick.randrange(4)] + self.last[1]

    def he(self) -> str:
        """The pronoun for who was named last."""
        return "he" if self.last[2] else "she"


_MADE: Final[dict[str, Callable[[_Story], str]]] = {
    "full": _Story.full,
    "person": _Story.person,
    "first": lambda story: story.pick.choice(story.people)[0],
    "surname": lambda story: story.pick.choice(story.people)[1],
    "he": _Story.he,
    "He": lambda story: story.he().capitalize(),
    "town": lambda story: story.pick.choice(story.towns),
    "TOWN": lambda story: story.towns[0].upper(),
    "org": lambda story: story.pick.choice(story.bodies),
    "noun": lambda story: story.word("nouns"),
    "nouns": lambda story: _plural(story.word("nouns")),
    "verb": lambda story: story.word("verbs"),
    "adjective": lambda story: story.word("adjectives"),
    "number": lambda story: story.whole_number(2, 90_000),
    "small": lambda story: str(story.pick.randint(2, 60)),
    "digit": lambda story: str(story.pick.randint(1, 9)),
    "day": lambda story: str(story.pick.randint(1, 28)),
    "age": lambda story: str(story.pick.randint(18, 88)),
    "hour": lambda story: str(story.pick.randint(1, 12)),
    "year": lambda story: str(story.pick.randint(1962, 2031)),
}
"""What is made and not written down in the grammar."""

# fmt: off
_SENTENCES: Final = frozenset((
    "plain", "fact", "hedged", "attributed", "doubted", "confirmed", "aside", "question", "quoted", "list", "Speech",
))
# fmt: on
"""What begins with a capital letter wherever it stands."""


def _coined(pick: random.Random, syllables: tuple[str, ...]) -> str:
    return "".join(pick.choice(part.split()) for part in syllables)


def _plural(noun: str) -> str:
    if noun.endswith(("s", "x", "ch", "sh")):
        return f"{noun}es"
    return f"{noun[:-1]}ies" if re.search("[^aeiou]y$", noun) else f"{noun}s"


def _capitalised(text: str) -> str:
    """The text with its first letter a capital, which may stand after a quotation mark."""
    at = 1 if text[:1] == "“" else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


@cache
def _words(kind: str) -> list[str]:
    return (_DATA / f"{kind}.txt").read_text("utf-8").split()


@cache
def _grammar() -> dict[str, list[list[_Part]]]:
    """For each name the ways to write it."""
    found: dict[str, list[list[_Part]]] = {}
    for section in re.split(r"\n*^\[", (_DATA / "news.txt").read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, ways = section.partition("]\n")
        found[name] = [_parts(way) for way in ways.splitlines() if way]
    return found


def _parts(way: str) -> list[_Part]:
    pieces = [*re.split(r"\{(\w+)\}", way), ""]
    return list(zip(pieces[::2], pieces[1::2], strict=True))
