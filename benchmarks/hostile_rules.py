"""Rules made to be slow to match, at the limits of the language: of each kind a rule file and its own words.

A text of a rule's own words lets it begin a match at every word and come to an end at few of them.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

WORDS: Final = (*["mill", "quay"] * 6, *["ferry", "fog"] * 3, "zebra")
"""The rare one is what many patterns wait for."""
_GAP: Final = "...12"
_LONGEST_SENTENCE: Final = 200
"""Words of a sentence: longer than any match."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The text of a rule file, and the words that it looks for."""

    file: str
    words: Sequence[str] = WORDS

    def text(self, size: int) -> str:
        """About `size` characters of the words in random order, in long sentences."""
        pick = random.Random(1)  # noqa: S311 -- the same text every time is wanted
        sentences: list[str] = []
        while size > 0:
            words = " ".join(pick.choices(self.words, k=_LONGEST_SENTENCE))
            sentences.append(f"{words.capitalize()}. ")
            size -= len(sentences[-1])
        return "".join(sentences)


def _lines(*patterns: str, lists: str = "") -> str:
    """A pack with one rule of these `match` lines."""
    return f"pack hostile\n{lists}{_rule('made', *patterns)}"


def _rule(name: str, *patterns: str, more: str = "") -> str:
    """A rule that proves itself on a word of its own."""
    lines = "".join(f"    match   {pattern}\n" for pattern in (*patterns, f"{name}-itself"))
    examples = f'    flag    "It is {name}-itself."\n    pass    "It is."\n'
    return f'\nrule {name} : possible\n    "Made."\n{lines}{more}{examples}'


def _numbered(word: str, number: int) -> list[str]:
    return [f"{word}{n}" for n in range(number)]


def _alternatives() -> Rules:
    """As many ways of one pattern as there may be."""
    words = _numbered("mill", 40)
    pick = random.Random(2)  # noqa: S311 -- the same rules every time are wanted
    ways = {" ".join(pick.choices(words, k=5)) for _ in range(950)}
    return Rules(_lines(" | ".join(sorted(ways))), words)


def _forms() -> Rules:
    """A list with as many words as the built-in packs leave room for, three times in a row."""
    words = _numbered("mill", 50_000)
    return Rules(_lines("{long} {long} ...3 {long} zebra", lists=f"\nlist long = {' | '.join(words)}\n"), words[:2_000])


def _on_one_word() -> Rules:
    """Many rules that hit the same word."""
    return Rules("pack hostile\n" + "".join(_rule(f"made-{n}", f"mill [quay] [fog{n}]") for n in range(100)))


def _excepts() -> Rules:
    """A rule with many exceptions, each with gaps."""
    lines = "".join(f"    except  mill {_GAP} quay {_GAP} fog{n}\n" for n in range(100))
    return Rules(f"pack hostile\n{_rule('made', 'mill', more=lines)}")


RULES: Final[dict[str, Callable[[], Rules]]] = {
    "gaps in a row": lambda: Rules(_lines(f" {_GAP} ".join(["mill"] * 5))),
    "gaps between unlike words": lambda: Rules(_lines(f"mill {_GAP} quay {_GAP} mill {_GAP} quay {_GAP} zebra")),
    "gaps of every length": lambda: Rules(
        _lines(*(f"mill ...{n} quay ...{m} ferry" for n in range(1, 13) for m in range(1, 13)))
    ),
    "alternatives of gaps": lambda: Rules(
        _lines(f"(mill {_GAP} quay | quay {_GAP} mill | mill {_GAP} fog | fog {_GAP} mill) {_GAP} zebra")
    ),
    "a span of 64 words": lambda: Rules(_lines(" ".join(["(mill | quay)"] * 63 + ["zebra"]))),
    "optional words": lambda: Rules(_lines(" ".join(["mill", *["[mill | quay]"] * 61, "fog"]))),
    "any words, the rare one last": lambda: Rules(_lines(" ".join(["<word>"] * 60 + ["zebra"]))),
    "any words in gaps": lambda: Rules(_lines(f"<word> {_GAP} <word> {_GAP} <word> {_GAP} fog")),
    "ambiguous parts": lambda: Rules(_lines(" ".join(["(mill | mill quay | quay mill | quay)"] * 30 + ["zebra"]))),
    "captures": lambda: Rules(_lines(" ".join(f"part{n}:([mill | quay])" for n in range(40)) + " fog")),
    "captures in gaps": lambda: Rules(
        _lines(f"source:(mill [quay]) {_GAP} to:(quay | fog) {_GAP} by:(mill | fog) {_GAP} source:(ferry)")
    ),
    "words by their endings": lambda: Rules(
        _lines(" | ".join(f"*{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "lyrg"))
    ),
    "alternatives at the limit": _alternatives,
    "a list at the limit of forms": _forms,
    "a hundred rules on one word": _on_one_word,
    "a hundred exceptions with gaps": _excepts,
}
