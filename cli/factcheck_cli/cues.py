"""Cues: the words of a finding as people are shown them, and where they stand in their sentence."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from factcheck_cli.style import WORDS, clean

if TYPE_CHECKING:
    from factcheck import Finding, Sentence


def cue(text: str) -> str:
    """The words found, without the marks at their ends."""
    return clean(text[slice(*_trimmed(text))])


def marked(sentence: "Sentence", findings: Iterable["Finding"]) -> bytearray:
    """For each character of the sentence whether it belongs to a cue."""
    marks = bytearray(len(sentence.text))
    for finding in findings:
        at = finding.span.start - sentence.span.start
        first, stop = (min(max(0, at + edge), len(marks)) for edge in _trimmed(finding.text))
        marks[first:stop] = b"\1" * (stop - first)
    return marks


def _trimmed(text: str) -> tuple[int, int]:
    words = WORDS.search(text)
    return words.span() if words else (0, len(text))
