"""Inflection: every form of an English word, made from its lemma.

The rules of spelling are here; the words that break them are in `irregular`. British and American spellings are both
made (travelled, traveled), since a text may use either.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal

from factcheck.english.irregular import irregular, known_readings

Kind = Literal["", "v", "n", "a"]
"""Which forms of a word are meant: any, or those of the verb, the noun or the adjective."""

_NOUN_FIRST = """
author bank battle board book captain case chair champion chance channel coach commission contract
corner court date doctor document engineer evidence experience eye face father figure finger floor foot
function fund garden group guest gun hand head host house index judge knight land letter machine man market
master matter mind minister mirror model mother motion mouse network nurse object officer package panel
paper parent partner party pen people phone photograph picture pilot pioneer place police position price
process profile program programme race referee school script season seat sentence ship shop side site
source staff stage star state station stone storm subject surface table team term ticket title tower train
trial tutor voice volunteer water weather witness
"""
NOUN_FIRST: Final = frozenset(_NOUN_FIRST.split())
"""Nouns whose verb forms surprise whoever writes the bare word: `source~` is also *sourced*. Judged, not counted."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SIBILANT = re.compile(r"(?:[sxz]|[cs]h)$")
_HARD_Y = re.compile(r"(?:[^aeiou]|qu)y$")  # the y that turns into i
_VOWELS = re.compile(r"[aeiouy]+")
_SHORT_END = re.compile(r"[^aeiouy][aeiouy][^aeiouwxyh]$")  # one vowel, one consonant: stop, stopped
_L_END = re.compile(r"(?:[^aeiouy][aeiouy]|ia|ue|ua|ie)l$")  # travel, trial, fuel, equal; not reveal or fail
_SHORT_Y = re.compile(r"[^aeiouy]*[aeiou]+[^aeiouy]+y")  # two syllables: easy, guilty
_KEEPS_E = re.compile(r"[eoy]e$")  # agreeing, hoeing, dyeing

# "undertake" inflects like "take". A verb that only looks so made (relay, reprove) has a line of its own.
_PREFIXES = ("fore", "inter", "in", "mis", "off", "out", "over", "pre", "re", "under", "un", "up", "with")
_MOST_PREFIXES = 2  # mis-under-stand

_LONGEST_ENDING = 10  # letters; no "-ending" of the table has more

# Compounds whose first part is the noun that inflects: mothers-in-law, editors-in-chief, secretaries-general.
_HEAD_FIRST = re.compile(
    r"(?P<head>.+?)(?P<rest>-(?:in-law|in-chief|in-waiting|in-residence|at-law|at-large|at-arms|of-war|general|elect"
    r"|designate|martial)|(?<=er)-(?:by|in|on|up|off))",
    re.IGNORECASE,
)


@cache
def inflect(lemma: str, kind: Kind = "") -> frozenset[str]:
    """Return the forms of `lemma`, itself included.

    `kind` "v" asks for the verb, "n" for the noun with its possessives (the plural possessive only where it does not
    end in a bare apostrophe: men's), "a" for the adjective with comparative and superlative. "" asks for all that the
    word can be, possessives left out: the readings that the tables know, or else verb and noun.

    An initial capital is kept and a capitalised word still inflects (Tory, Tories); of a hyphenated compound the last
    part does, or the first in those like passer-by. ValueError: `lemma` is not a word of letters.
    """
    if not _WORD.fullmatch(lemma):
        raise ValueError(f"{lemma!r} cannot be inflected: it is not made of letters, hyphens and apostrophes alone")
    if kind == "v":
        forms = _verb_forms(lemma)
    elif kind == "n":
        forms = _noun_forms(lemma) | _possessives(lemma)
    elif kind == "a":
        forms = _adjective_forms(lemma)
    else:
        can_be = readings(lemma) or frozenset("vn")
        forms = frozenset({lemma}).union(
            _verb_forms(lemma) if "v" in can_be else (),
            _noun_forms(lemma) if "n" in can_be else (),
            _adjective_forms(lemma) if "a" in can_be else (),
        )
    return forms


@cache
def readings(lemma: str) -> frozenset[str]:
    """Return what the tables know `lemma` to be: some of "v", "n" and "a", or nothing. Of a compound, its last part."""
    if _HEAD_FIRST.fullmatch(lemma):
        return frozenset("n")
    word = lemma.rpartition("-")[2].lower()
    table = irregular()
    known = known_readings().letters.get(word)
    if known is not None:
        return known
    found = {"v"} if word in table.paradigms or _irregular_base(word) or word in table.double | table.either else set()
    if _plurals_by_heart(word):
        found.add("n")
    if word in table.adjectives:
        found.add("a")
    return frozenset(found)


# The three kinds ----------------------------------------------------------------------------------------------------


def _verb_forms(lemma: str) -> frozenset[str]:
    first, hyphen, word = lemma.rpartition("-")
    if _is_acronym(word):
        made = {word, word + "s", word + "ed", word + "ing", word + "'d"}
    else:
        made = {word, *(_recased(form, word) for form in _verb(word.lower()))}
    return frozenset(first + hyphen + form for form in made)


def _noun_forms(lemma: str) -> frozenset[str]:
    return frozenset({lemma, *_plurals(lemma)})


def _possessives(lemma: str) -> frozenset[str]:
    """Return `lemma` and those of its plurals that take a whole 's."""
    return frozenset({lemma + "'s", *(form + "'s" for form in _plurals(lemma) if not form.endswith("s"))})


def _adjective_forms(lemma: str) -> frozenset[str]:
    first, hyphen, word = lemma.rpartition("-")
    made = {word} if _is_acronym(word) else {_recased(form, word) for form in _compared(word.lower())}
    return frozenset(first + hyphen + form for form in {word, *made})


def _is_acronym(word: str) -> bool:
    return word.isupper()


def _recased(form: str, word: str) -> str:
    """Return `form`, made from the lower-case `word`, with the capitals that `word` has."""
    if word.islower():
        return form
    kept = 0
    while kept < min(len(form), len(word)) and form[kept] == word[kept].lower():
        kept += 1
    recased = word[:kept] + form[kept:]
    return recased[0].upper() + recased[1:] if word[0].isupper() else recased


# Verbs --------------------------------------------------------------------------------------------------------------


def _irregular_base(word: str) -> str:
    """Return the irregular verb that `word` is or is made of by prefixes (misunderstand: stand), or ""."""
    verbs = irregular().verbs
    bases = [word]
    for _ in range(_MOST_PREFIXES + 1):
        if found := next((base for base in bases if base in verbs), ""):
            return found
        bases = [base.removeprefix(prefix) for base in bases for prefix in _PREFIXES if base.startswith(prefix)]
    return ""


def _verb(word: str) -> set[str]:
    """Return the forms of a verb in lower case."""
    table = irregular()
    if word in table.paradigms:
        return {word, *table.paradigms[word]}
    base = _irregular_base(word)
    if not base:
        return {word, *_third_person(word), *_past(word), *_ing(word)}
    verb = table.verbs[base]
    forms = {base, *_third_person(base), *verb.past, *verb.participle, *(verb.ing or _ing(base))}
    return {word.removesuffix(base) + form for form in forms}


def _third_person(word: str) -> Iterator[str]:
    if word.endswith("o"):
        yield from (word + "es",) if word in irregular().verbs else _plurals(word)
    elif word.endswith(("s", "z")):
        yield from (stem + "es" for stem in _stems(word))
    else:
        yield _with_s(word)


def _past(word: str) -> Iterator[str]:
    if word.endswith("e"):
        yield word + "d"
    elif _HARD_Y.search(word):
        yield word[:-1] + "ied"
    else:
        yield from (stem + "ed" for stem in _stems(word))


def _ing(word: str) -> Iterator[str]:
    if word.endswith("ie"):
        yield word[:-2] + "ying"
    elif word.endswith("e") and not _KEEPS_E.search(word):
        yield word[:-1] + "ing"
    else:
        yield from (stem + "ing" for stem in _stems(word))


def _stems(word: str) -> tuple[str, ...]:
    """Return what an ending that opens with a vowel is put to: panic -> panick, stop -> stopp, focus -> both."""
    table = irregular()
    if word.endswith("c") and word[-2:-1] in set("aeiou"):
        return (word + "k",)
    doubled = word + word[-1]
    if word in table.either:
        return (word, doubled)
    if word in table.double or _is_short(word):
        return (doubled,)
    return (word, doubled) if _L_END.search(word) else (word,)


def _is_short(word: str) -> bool:
    """Say whether `word` is one syllable that ends in one vowel and one consonant: stop, quit; not seem, visit."""
    sounded = word.replace("qu", "q")
    return bool(_SHORT_END.search(sounded)) and len(_VOWELS.findall(sounded)) == 1


# Nouns --------------------------------------------------------------------------------------------------------------


def _plurals(lemma: str) -> tuple[str, ...]:
    """Return the plurals of a noun: one or two, more for a few."""
    compound = _HEAD_FIRST.fullmatch(lemma)
    head, rest = compound.group("head", "rest") if compound else (lemma, "")
    first, hyphen, word = head.rpartition("-")
    made = (word + "s",) if _is_acronym(word) else _plurals_of_word(word)
    return tuple(first + hyphen + plural + rest for plural in made)


def _plurals_of_word(word: str) -> tuple[str, ...]:
    lower = word.lower()
    made = _plurals_by_heart(lower)
    if not made:
        made = (_with_s(lower),)
        if word != lower and lower.endswith("y"):
            made += (lower + "s",)  # a name keeps its y: the Kennedys
    return tuple(_recased(plural, word) for plural in made)


def _plurals_by_heart(word: str) -> tuple[str, ...]:
    """Return the plurals that the table gives for `word` or for the longest ending of it, or nothing."""
    nouns = irregular().nouns
    if word in nouns:
        return nouns[word]
    for start in range(max(len(word) - _LONGEST_ENDING, 0), len(word)):
        ending = "-" + word[start:]
        if ending in nouns:
            return tuple(word[:start] + plural[1:] for plural in nouns[ending])
    return ()


def _with_s(word: str) -> str:
    """Return `word` with the -s of plural and third person."""
    if _SIBILANT.search(word):
        return word + "es"
    if _HARD_Y.search(word):
        return word[:-1] + "ies"
    return word + "s"


# Adjectives ---------------------------------------------------------------------------------------------------------


def _compared(word: str) -> set[str]:
    """Return the forms of an adjective in lower case; one that takes more and most has only itself."""
    by_heart = irregular().adjectives.get(word)
    if by_heart:
        return {word, *by_heart}
    if not _is_gradable(word):
        return {word}
    if word.endswith("e"):
        stems = (word[:-1],)
    elif _HARD_Y.search(word):
        stems = (word[:-1] + "i",)
    else:
        stems = (word + word[-1],) if _is_short(word) else (word,)
    return {word, *(stem + ending for stem in stems for ending in ("er", "est"))}


def _is_gradable(word: str) -> bool:
    """Say whether `word` takes -er and -est: as the table knows, or by its length where it knows no adjective."""
    known = known_readings()
    if "a" in known.letters.get(word, ()):
        return word in known.gradable
    return len(_VOWELS.findall(word.removesuffix("e"))) == 1 or bool(_SHORT_Y.fullmatch(word))
