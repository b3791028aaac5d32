"""The words that tell who somebody is: what a program and the tables of English say of each number of a lexicon."""

from typing import TYPE_CHECKING, Final

import numpy as np

from factcheck.english import tables
from factcheck.judge.opening import Opening, Openings
from factcheck.judge.word import is_listed
from factcheck.language.pattern import (
    Alt,
    Capture,
    Edge,
    Lists,
    Maybe,
    Pattern,
    Quote,
    Ref,
    Run,
    Seq,
    Words,
    parts,
    union,
)
from factcheck.language.program import KINDS, Program
from factcheck.text.fold import fold
from factcheck.text.lexicon import Lexicon

if TYPE_CHECKING:
    from factcheck.text.columns import Column, Flags

LISTED: Final = ("anonymous", "publication", "document", "institution", "collective")
"""Kinds that pack core has a list of words for, the telling ones first."""
PLAIN, CAPITAL, CAPITALS, ODD = range(4)
"""How a word is written: without a capital, with one in front, in capitals throughout, or otherwise."""

# What a word is, one bit each.
NOUN_END, OF, QUANTITY, IS_PRONOUN, ROLE, ARTICLE, BODY, OWNER = (1 << n for n in range(8))
DEFINITE, TRAILING, RELATIVE, CLAUSE, DETERMINER, OWN, PLACE, OPENER = (1 << n for n in range(8, 16))
ANYBODY, TITLE, ACCORDING, TO, HE, THEY, IT, CLOSER = (1 << n for n in range(16, 24))
MANY, INDEFINITE = 1 << 24, 1 << 25

_PERSONAL: Final = frozenset(("i", "we", "my", "our", "me", "us"))
"""Pronouns that, in a quotation, stand for its speaker."""
_DETERMINERS: Final = frozenset(("a", "an", "the", "one", "his", "her", "its", "their", "former", "now"))
_CLAUSES: Final = frozenset(("and", "as", "but", "who", "that", "when", "while", "after", "because", "if"))
_TRAILING: Final = frozenset(("a", "also", "an", "are", "had", "has", "have", "is", "the", "was", "were"))
"""Words that a pattern may take in behind a source: `a man who` asked not to be named, `critics have` said."""
_OWNERS: Final = frozenset(("the", "these", "those", "his", "her", "its", "their", "our", "my", "your"))
"""Words before people of whom the text has told."""
_PLACES: Final = frozenset(("at", "from", "in", "into", "near", "outside", "to", "across", "around"))
"""After one of these a name is where something is, and speaks no word."""
_ANYBODY: Final = frozenset(("person", "source", "official"))
"""Nouns that any unnamed source may be called by when it comes up again."""
AGENTS: Final = ("er", "or", "ist", "yst", "ian", "man", "woman", "eer", "ant", "ee")
"""Endings of nouns for people by what they do."""
_ENGLISH: Final = (
    (NOUN_END, tables.NOUN_ENDS),
    (OF, frozenset(("of",))),
    (QUANTITY, tables.QUANTITIES),
    (IS_PRONOUN, tables.PRONOUNS),
    (ARTICLE, frozenset(("a", "an", "the"))),
    (OWNER, _OWNERS),
    (DEFINITE, frozenset(("the", "this", "that"))),
    (INDEFINITE, tables.INDEFINITES),
    (TRAILING, tables.RELATIVES | _TRAILING),
    (RELATIVE, tables.RELATIVES),
    (CLAUSE, tables.RELATIVES | _CLAUSES),
    (DETERMINER, _DETERMINERS),
    (OWN, _PERSONAL),
    (PLACE, _PLACES),
    (ANYBODY, _ANYBODY),
    (TITLE, tables.TITLES | {f"{title}." for title in tables.TITLES}),
    (ACCORDING, frozenset(("according",))),
    (TO, frozenset(("to",))),
    (HE, frozenset(("he", "she", "him", "her"))),
    (THEY, frozenset(("they", "them"))),
    (IT, frozenset(("it",))),
    (MANY, tables.PLURALS),
)


class Vocabulary:
    """What is known of the words of a lexicon, which holds all that the program's lists name."""

    def __init__(self, program: Program, lexicon: Lexicon) -> None:
        self.lexicon, self.lists = lexicon, program.lists
        self.bits: Column = lexicon.kinds(_ENGLISH).copy()
        self.cased = np.zeros(len(lexicon), np.uint8)
        """For each number: bits of the kinds whose lists have it written in a certain way,"""
        self.free = np.zeros(len(lexicon), np.uint8)
        """and of those that have it in lower case, which counts where a capital tells nothing."""
        self.written = np.zeros((len(lexicon), 4), np.uint8)
        """For each number and way of writing: bits of the kinds of words written so."""
        self.words: dict[str, Words] = {}
        """The single words that stand for a kind."""
        self.opening: dict[str, list[tuple[int, Pattern]]] = {}
        """By word in lower case what else on these lists begins with it, with the place of its kind in `LISTED`,"""
        self.anywhere: list[tuple[int, Pattern]] = []
        """and what begins with other things than words."""
        self.alone = True
        """Whether no more than its words, as they are written, decides what it matches."""
        self.owners: dict[str, int] = {}
        """By word in lower case the first of the kinds, by its number among `KINDS`, that it stands for."""
        self._read(program.lists)

        self.telling: Flags = ((self.free | self.cased) > 0) | (self.bits & (ROLE | OPENER) > 0)
        """For each number: can its word make a phrase anything but the name of a person?"""

    def _read(self, lists: Lists) -> None:
        numbers = self.lexicon.number
        roles = single_words(lists, "core.role") if "core.role" in lists else frozenset()
        bodies = single_words(lists, "core.institution") if "core.institution" in lists else frozenset()
        for bit, words in ((ROLE, roles), (BODY, bodies)):
            self.bits[[numbers[word] for word in words]] |= bit
        openings = Openings(lists)
        closings = Openings(_Backwards(lists))
        for bit, kind in enumerate(LISTED):
            if f"core.{kind}" in lists:
                self._add(1 << bit, kind, lists, (openings, closings))

    def _add(self, bit: int, kind: str, lists: Lists, edges: tuple[Openings, Openings]) -> None:
        openings, closings = edges
        words, phrases = _parted(lists[f"core.{kind}"], lists)
        self.words[kind] = words
        numbers = self.lexicon.number
        self.free[[numbers[word] for word in words.lower]] |= bit
        for form in {*words.exact, *words.written, *(form.upper() for form in words.written)}:
            number = numbers[fold(form)]
            self.cased[number] |= bit
            self.written[number, writing(form)] |= bit
        self.written[:, ODD] = 0
        for word in single_words(lists, f"core.{kind}"):
            self.owners.setdefault(word, KINDS.index(kind))
        self.alone &= not any(isinstance(part, Run | Quote | Edge) for part in parts(*phrases, lists=lists))
        for phrase in phrases:
            self._mark(CLOSER, closings.of(backwards(phrase)))
            opening = openings.of(phrase)
            if self._mark(OPENER, opening):
                for word in opening or ():
                    self.opening.setdefault(word, []).append((LISTED.index(kind), phrase))
            else:
                self.anywhere.append((LISTED.index(kind), phrase))

    def _mark(self, bit: int, words: Opening) -> bool:
        """Gives the words a bit, or every word where these are not all; returns which."""
        known = words is not None and words <= self.lexicon.number.keys()
        self.bits[[self.lexicon.number[word] for word in words or ()] if known else slice(None)] |= bit
        return known

    def of_form(self, form: str, *, free: bool) -> int:
        """The bits of the kinds that a word, as written, stands for."""
        low = fold(form)
        fits = (kind in self.words and is_listed(self.words[kind], form, low, free=free) for kind in LISTED)
        return sum(1 << bit for bit, is_one in enumerate(fits) if is_one)


def writing(form: str) -> int:
    """How a word is written."""
    capitals = sum(letter.isupper() for letter in form)
    if not form.isascii():
        return ODD
    if not capitals:
        return PLAIN
    if capitals == 1 and form[0].isupper():
        return CAPITAL
    return ODD if any(letter.islower() for letter in form) else CAPITALS


def single_words(lists: Lists, key: str) -> frozenset[str]:
    """The list's entries that are one word, in lower case."""
    return _parted(lists[key], lists)[0].lower


def _parted(pattern: Pattern, lists: Lists) -> tuple[Words, tuple[Pattern, ...]]:
    """The single words among the options of a list, and the others."""
    words, others, todo = [], list[Pattern](), [pattern]
    while todo:
        one = todo.pop()
        if isinstance(one, Words):
            words.append(one)
        elif isinstance(one, Alt):
            todo += one.options
        elif isinstance(one, Ref):
            todo.append(lists[one.key])
        else:
            others.append(one)
    return union(words), tuple(others)


class _Backwards(dict[str, Pattern]):
    """Lists read from their ends, each turned round when it is asked for."""

    def __init__(self, lists: Lists) -> None:
        super().__init__()
        self._lists = lists

    def __missing__(self, key: str) -> Pattern:
        self[key] = backwards(self._lists[key])
        return self[key]


def backwards(pattern: Pattern) -> Pattern:
    """The pattern read from its end, where the lists it names are, too."""
    match pattern:
        case Seq():
            return Seq(tuple(backwards(item) for item in reversed(pattern.items)))
        case Alt():
            return Alt(tuple(map(backwards, pattern.options)))
        case Maybe():
            return Maybe(backwards(pattern.item))
        case Capture():
            return Capture(pattern.name, pattern.kind, backwards(pattern.item))
    return pattern
