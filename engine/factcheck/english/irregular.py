"""The words that English inflects by heart, and what a word can be: the two tables beside this module.

Both are word facts set down for this project. `inflection.txt` holds the forms that spelling does not tell,
`readings.txt` the words whose readings (verb, noun, adjective) are known. Each is read when first asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

Forms = tuple[str, ...]
"""The spellings in use for one form of a word, the usual one first: `("learned", "learnt")`."""

_LETTERS = {"verb": "v", "noun": "n", "adjective": "a", "gradable": "a"}


@dataclass(frozen=True, slots=True)
class Verb:
    """The principal parts of an irregular verb; `ing` is empty where the rules of spelling give it."""

    past: Forms
    participle: Forms
    ing: Forms = ()


@dataclass(frozen=True, slots=True)
class Irregular:
    """All of `inflection.txt`; lemmas are in lower case."""

    paradigms: Mapping[str, Forms]  # every form but the lemma: be, have and the modals
    verbs: Mapping[str, Verb]
    double: frozenset[str]  # longer verbs that double their last consonant: omit, omitted
    either: frozenset[str]  # longer verbs found with one consonant and with two: focused, focussed
    nouns: Mapping[str, Forms]  # plurals; a key that opens with "-" is the end of a word
    adjectives: Mapping[str, Forms]  # comparatives and superlatives


@dataclass(frozen=True, slots=True)
class Readings:
    """All of `readings.txt`; words are in lower case."""

    letters: Mapping[str, frozenset[str]]  # word -> which of "v", "n" and "a" it can be
    gradable: frozenset[str]  # adjectives that compare with -er and -est


@cache
def irregular() -> Irregular:
    """Return the irregular words."""
    sections = _sections("inflection.txt")
    return Irregular(
        paradigms=MappingProxyType({lemma: tuple(forms) for lemma, *forms in sections["paradigms"]}),
        verbs=MappingProxyType({lemma: _verb(parts) for lemma, *parts in sections["verbs"]}),
        double=_words(sections["double"]),
        either=_words(sections["either"]),
        nouns=MappingProxyType({lemma: _forms(plurals) for lemma, plurals in sections["nouns"]}),
        adjectives=MappingProxyType({lemma: _forms("/".join(compared)) for lemma, *compared in sections["adjectives"]}),
    )


@cache
def known_readings() -> Readings:
    """Return the words whose readings are known."""
    letters: dict[str, frozenset[str]] = {}
    gradable: set[str] = set()
    for name, rows in _sections("readings.txt").items():
        words = _words(rows)
        letters |= dict.fromkeys(words, frozenset(_LETTERS[reading] for reading in name.split()))
        if "gradable" in name:
            gradable |= words
    return Readings(MappingProxyType(letters), frozenset(gradable))


def _sections(name: str) -> dict[str, list[list[str]]]:
    """Return the rows of each [section] of a table, every row as its words."""
    sections: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            rows = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            rows.append(line.split())
    return sections


def _words(rows: list[list[str]]) -> frozenset[str]:
    return frozenset(word for row in rows for word in row)


def _forms(alternatives: str) -> Forms:
    return tuple(alternatives.split("/"))


def _verb(parts: list[str]) -> Verb:
    past, *others = map(_forms, parts)
    participle, *ing = others or [past]
    return Verb(past, participle, *ing)
