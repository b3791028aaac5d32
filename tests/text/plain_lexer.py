"""The plain lexer, one word at a time by the regular expression of a word: what the lexer is held to."""

import re

from factcheck.text.fold import plain
from factcheck.text.word import has_stop, word_pattern

SPACE = r"\s\u200b\ufeff"


def cut(text: str) -> list[tuple[int, int, bool]]:
    """Start and end of each token of `text`, and whether it is a word."""
    found: list[tuple[int, int, bool]] = []
    written = plain(text)
    for match in re.finditer(rf"(?P<word>{word_pattern(written)})|[^{SPACE}]", written):
        start, end = match.span()
        if found and start < found[-1][1]:
            continue  # the stop that its word has taken
        word = match.lastgroup is not None
        if word and text.startswith(".", end):
            before = text[slice(*found[-1][:2])] if found and not parted(text[found[-1][1] : start]) else ""
            after = re.compile(rf"([{SPACE}]*+)([^{SPACE}]?)").match(text, end + 1)
            end += has_stop(match.group(), before, after[2] if after and not parted(after[1]) else "")
        found.append((start, end, word))
    return found


def parted(blanks: str) -> bool:
    """Whether the white space parts two paragraphs."""
    return len(re.findall(r"\r\n|\n|\r", blanks)) > 1
