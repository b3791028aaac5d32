"""Words that the end of a line parts: whether the hyphen there belongs to the word."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Final

_SOFT: Final = "\u00ad"
_HYPHENS: Final = frozenset((_SOFT, "\ufffe", "\x02", "\u2010", "-"))
"""The second and the third are what PDFium writes for any hyphen behind which the next line follows."""
_LAST: Final = re.compile(r"[^\W\d_]+$")
_FIRST: Final = re.compile(r"[^\W\d_]+")
_COMPOUND: Final = re.compile(r"(?<!-)\b[^\W\d_]+-[^\W\d_]+")
_OPENERS: Final = re.compile(
    "well|self|half|ill|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    "ninety|long|short|high|low|full|part|first|second|third"
)
"""Words that more often begin a word with a hyphen than one without."""
_ENDINGS: Final = re.compile("er|est|ed|en|ly|ish|less|ness|ing|age|ty|ners?|ways?|fold|hood")
"""What makes one word of an opener all the same: `high-est`, `short-age`, `part-ner`."""


_LINKS: Final = frozenset(("and", "or", "to", "nor", "but"))
"""What a hyphen that stands for the rest of a word may precede: `two- and three-year`."""


def is_parted(line: str) -> bool:
    """Whether a line ends with a hyphen that more belongs to, not with a dash."""
    return line[-1:] in _HYPHENS and line[-2:-1].isalnum()


class Hyphens:
    """Decides by the words themselves, and by how the document writes them within a line."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    def between(self, before: str, after: str) -> str:
        """What stands between a line that ends with a hyphen, given without it, and the next line of its paragraph."""
        text = before[:-1]
        if before[-1] == _SOFT:
            return ""
        last, first = _LAST.search(text), _FIRST.match(after)
        if first and first[0] in _LINKS:
            return "- "
        if not last or not first or not after[0].islower() or text[: last.start()].endswith("-"):
            return "-"  # 2024-25, Anglo-American, state-of-the-art
        return "-" if self._keeps(last[0].lower(), first[0].lower()) else ""

    def _keeps(self, first: str, second: str) -> bool:
        return f"{first}-{second}" in self._compounds or (
            bool(_OPENERS.fullmatch(first)) and not _ENDINGS.fullmatch(second)
        )

    @cached_property
    def _compounds(self) -> set[str]:
        """The words with a hyphen that stand within lines."""
        return {found.lower() for text in self._texts for found in _COMPOUND.findall(text)}
