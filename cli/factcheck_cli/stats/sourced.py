"""The sentences of a part that rest on somebody's word: which they are, of what kind that is, what it is called."""

from typing import Final, NamedTuple

import numpy as np

from factcheck.graded import Graded
from factcheck.judge.rows import rows_of
from factcheck.language.program import KINDS, LEVELS
from factcheck.text.columns import Rows
from factcheck_cli.tally import WITHOUT_SOURCE
from factcheck_cli.terminal.reason import UNNAMED, bare, unnamed

OF_SENTENCES: Final = LEVELS[:-1]
"""The levels that sentences have."""

_PRONOUN, _UNNAMED = KINDS.index("pronoun"), KINDS.index(UNNAMED)
_BEFORE: Final = frozenset(("The", "A", "An", "His", "Her", "Its", "Our", "Their"))
_SOURCELESS: Final = np.array([level in WITHOUT_SOURCE for level in OF_SENTENCES])


class Sourced(NamedTuple):
    """Columns over such sentences, in their order."""

    sentence: Rows
    kind: Rows


def sourced(part: Graded) -> Sourced:
    """Those of the part."""
    grades = part.grades
    sentence = rows_of((grades.source >= 0) & ~_SOURCELESS.take(grades.level))
    return Sourced(sentence, part.sources.speakers.kind.take(grades.source.take(sentence)).astype(np.intp))


def names(part: Graded, of: Sourced) -> list[str]:
    """For each of them the fullest name of its source; nothing where that is a pronoun alone."""
    speakers, tokens = part.sources.speakers, part.article.tokens
    row = part.grades.source.take(of.sentence)
    fuller = speakers.refers_end.take(row) >= 0
    first = np.where(fuller, speakers.refers_first.take(row), speakers.first.take(row))
    end = np.where(fuller, speakers.refers_end.take(row), speakers.end.take(row))
    spans = zip(tokens.start.take(first).tolist(), tokens.end.take(end - 1).tolist(), strict=True)
    words = [tokens.text[a:b] for a, b in spans]
    heads = list(zip(words, nameless(of), ((of.kind == _PRONOUN) & ~fuller).tolist(), strict=True))
    called = {head: _called(*head) for head in dict.fromkeys(heads)}
    return [called[head] for head in heads]


def _called(words: str, is_nameless: bool, is_pronoun: bool) -> str:
    if is_pronoun:
        return ""
    return unnamed(words) if is_nameless else within(bare(words))


def within(name: str) -> str:
    """The name as it is within a sentence, so that *The council* and *the council* are one."""
    first, space, rest = name.partition(" ")
    return f"{first.lower()} {rest}" if space and first in _BEFORE else name


def nameless(of: Sourced) -> list[bool]:
    """For each of them whether nobody who can be named stands behind it."""
    found: list[bool] = (of.kind == _UNNAMED).tolist()
    return found
