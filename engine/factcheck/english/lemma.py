"""Words that do not inflect as somebody has it: those that never do, and those that are inflected already."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from factcheck.english.inflect import Kind, inflect, readings
from factcheck.english.irregular import irregular
from factcheck.english.tables import INVARIABLE

_ENDINGS: Final = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ied", "y"), ("ing", ""), ("ing", "e"))
_COMPARED: Final = (("er", ""), ("er", "e"), ("ier", "y"), ("est", ""), ("est", "e"), ("iest", "y"))
_ADVERBS: Final = (("ly", ""), ("y", "e"), ("ily", "y"), ("ally", ""))
"""Endings, and what a lemma has in their place."""
_DOUBLED: Final = 2
_NEVER: Final[dict[str, tuple[str, ...]]] = {
    "v": ("ity", "ness", "ism", "ist", "hood", "ous", "ible", "less", "ful", "ical", "ional", "ial"),
    "n": ("ous", "less"),
    "a": ("ity", "ness", "ism", "ist", "hood", "tion", "sion", "ment"),
}
"""What words end in that are no verb, no noun or no adjective, unless the tables, which do not know all, say so."""
_PASTS: Final = frozenset({"bore", "bound", "fell", "felt", "found", "ground"})
"""Verbs that are past forms of others, too: they found a school."""


def is_alone(word: str, kind: Kind) -> bool:
    """Whether the word has no form of the kind beside itself, or none that anybody would write."""
    return inflect(word, kind) == {word} or word in INVARIABLE or _is_adverb(word)


def cannot_be(word: str, kind: Kind) -> bool:
    """Whether the word, of which the tables know what it can be, is surely nothing of the kind."""
    known = readings(word)
    return bool(known) and kind not in known and word.endswith(_NEVER.get(kind, ()))


def _is_adverb(word: str) -> bool:
    """Whether the word is a known adjective with -ly at its end."""
    return not readings(word) and any("a" in readings(base) for base in _before(word, _ADVERBS))


@cache
def lemma(word: str, kind: Kind) -> str:
    """The known word of which `word` is a form and hardly a lemma of its own; empty where there is none.

    `kind` is how it is to be inflected: the noun of `findings` is `finding`, its verb `find`.
    """
    if not word.islower() or readings(word) or word in _PASTS:
        return ""
    if kind != "n":
        for base in (*_irregular_verbs().get(word, ()), *_before(word, _ENDINGS)):
            # As a noun -ing has a plural of its own.
            if "v" in readings(base) and word in inflect(base, "v") and (kind or not word.endswith("ing")):
                return base
        for base in _before(word, _COMPARED):
            if "a" in readings(base) and word in inflect(base, "a"):
                return base
    for base in (*_irregular_nouns(word), *_before(word, _ENDINGS[:3])):
        if "n" in readings(base) and word in inflect(base, "n"):
            return base
    return ""


def _before(word: str, endings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """What the word may have been before it got one of the endings."""
    for ending, lost in endings:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word.removesuffix(ending)
            yield stem + lost
            if len(stem) > _DOUBLED and stem[-1] == stem[-2]:
                yield stem[:-1]


@cache
def _irregular_verbs() -> dict[str, tuple[str, ...]]:
    """Past forms and participles, with their verbs."""
    found: dict[str, tuple[str, ...]] = {}
    for base, verb in irregular().verbs.items():
        for form in (*verb.past, *verb.participle, *verb.ing):
            found[form] = (*found.get(form, ()), base)
    for base, forms in irregular().paradigms.items():
        for form in forms:
            found[form] = (*found.get(form, ()), base)
    return found


def _irregular_nouns(word: str) -> Iterator[str]:
    """The nouns of which the word is a plural that is known by heart; those of the table with `-` are ends of words."""
    for base, plurals in irregular().nouns.items():
        for plural in plurals:
            if plural.startswith("-") and word.endswith(plural[1:]):
                yield word.removesuffix(plural[1:]) + base[1:]
            elif word == plural:
                yield base
