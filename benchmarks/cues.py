"""The cue list that factcheck is measured with beside its peers: the words and fixed phrases of the built-in packs.

Taken from the packs each time, so that it never falls behind them: of each `match` line without gaps, classes and
inflections all the ways to write it, unless it has very many. Run as `python benchmarks/cues.py` to read the list.
"""

from collections.abc import Iterator
from itertools import product
from typing import Final

from factcheck.language.parse import parse
from factcheck.language.syntax import Choice, Field, Joined, Maybe, Not, Pattern, Sequence, Test, Word, Written
from factcheck.load import builtin_sources

_MOST_WAYS: Final = 12
"""Of one line: a line that can be written in more ways is no fixed phrase."""
_PACK: Final = "cues"


def cues() -> list[str]:
    """Words and phrases, in order."""
    return sorted({way for line in _lines() for way in _few(_ways(line))})


def rule_file(phrases: list[str]) -> str:
    """A pack with one rule for each of the phrases, which are our cues."""
    return f"pack {_PACK}\n" + "".join(_rule(number, phrase) for number, phrase in enumerate(phrases))


def _lines() -> Iterator[Pattern]:
    """The patterns of all `match` lines of the built-in packs."""
    for source in builtin_sources():
        for statement in parse(source)[0].statements:
            yield from (
                pattern for field in statement.fields for pattern in _pattern(field) if statement.kind == "rule"
            )


def _pattern(field: Field) -> Iterator[Pattern]:
    if field.name == "match" and isinstance(field.value, Written):
        value = field.value.value
        assert not isinstance(value, Test | Not | Joined), "a match line holds a pattern"
        yield value


def _few(ways: list[str]) -> list[str]:
    return ways if len(ways) <= _MOST_WAYS else []


def _ways(pattern: Pattern) -> list[str]:
    """All ways to write a pattern of plain words; none when there is anything else in it."""
    match pattern:
        case Word(text):
            return [text]
        case Maybe(item):
            return ["", *ways] if (ways := _ways(item)) else []
        case Choice(options):
            parts = [_ways(option) for option in options]
            return [way for part in parts for way in part] if all(parts) else []
        case Sequence(items):
            return [" ".join(word for word in way if word) for way in product(*map(_ways, items))]
        case _:
            return []


def _rule(number: int, phrase: str) -> str:
    return f"""
rule cue-{number} : possible
    "A cue."
    match   {phrase}
    flag    "Zebras {phrase} zebras."
    pass    "Zebras."
"""


if __name__ == "__main__":
    print("\n".join(cues()))
