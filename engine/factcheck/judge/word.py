"""One token against a pattern of one token."""

from functools import lru_cache

from factcheck.language.pattern import Affix, Any, Words
from factcheck.text.ending import is_adverb, is_participle
from factcheck.text.fold import fold


def is_word(pattern: Words | Affix | Any, form: str, low: str, *, free: bool) -> bool:
    """Whether the word `form`, folded `low`, is one of a set, has an ending or is of a class.

    `free` says that a capital tells nothing here: the word has none, or starts a sentence, or stands in a heading.
    """
    if isinstance(pattern, Words):
        return is_listed(pattern, form, low, free=free)
    if isinstance(pattern, Affix):
        return has_affix(pattern, form, low, free=free)
    if pattern.kind == "word":
        return True
    return is_adverb(low) if pattern.kind == "adverb" else is_participle(low)


def is_listed(words: Words, form: str, low: str, *, free: bool) -> bool:
    """The case rule for a set of words."""
    if free and low in words.lower:
        return True
    return form in words.exact or form in words.written or form in capitals(words.written)


def has_affix(affix: Affix, form: str, low: str, *, free: bool) -> bool:
    """The case rule for a beginning or an ending."""
    prefix, suffix = affix.prefix, affix.suffix
    if fold(prefix + suffix) == prefix + suffix:
        return free and low.startswith(prefix) and low.endswith(suffix)
    written = form.startswith(prefix) and form.endswith(suffix)
    return written or (form.isupper() and form.startswith(prefix.upper()) and form.endswith(suffix.upper()))


@lru_cache(maxsize=65_536)
def capitals(words: frozenset[str]) -> frozenset[str]:
    """The words in capitals."""
    return frozenset(w.upper() for w in words)
