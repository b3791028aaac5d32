"""Characters folded: plain apostrophes and hyphens, lower case; one code point to one, so that no offset moves."""

from typing import Final

_APOSTROPHES: Final = ("’", "ʼ")
_HYPHENS: Final = ("‐", "‑")


def plain(text: str) -> str:
    """`text` with every apostrophe as `'` and every hyphen as `-`."""
    if text.isascii():
        return text
    for mark in _APOSTROPHES:
        text = text.replace(mark, "'")
    for mark in _HYPHENS:
        text = text.replace(mark, "-")
    return text


def fold(text: str) -> str:
    """`text` plain and in lower case, each code point by itself."""
    # Two letters would break the rule: İ lowers to two code points, and a last Σ lowers to ς by its context.
    return plain(text).replace("İ", "i").replace("Σ", "σ").lower()
