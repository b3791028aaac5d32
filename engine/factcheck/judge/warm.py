"""What texts will bring, read beforehand: a matcher learns from what it reads, and what it has met costs a look-up."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from factcheck.judge.match import Matcher
from factcheck.language.rule import RuleFile
from factcheck.text.article import read_all

_TOGETHER: Final = 1_000
"""Examples that are read together."""
_WORDS: Final = 100_000
"""Words of the made text: a quarter of a second's work, which spares the first megabyte of news a third of its time."""
_RARE: Final = 32
"""How often in a million words each word of the rules is there that news has less often."""
_SEED: Final = 1
_ATTACHED: Final = re.compile(r" ([,.;:?!)])")
_BEGINNING: Final = re.compile(r"[.?!] \w")


def warm(matcher: Matcher, files: Sequence[RuleFile]) -> None:
    """Has the matcher read the examples of all rules, each of their words once, and a text made of frequent words."""
    texts = [example.text for file in files for rule in file.rules for example in (*rule.flag, *rule.quiet)]
    lexicon = matcher.symbols.lexicon
    for first in range(0, len(texts), _TOGETHER):
        matcher.hits(read_all(texts[first : first + _TOGETHER], lexicon=lexicon))
    matcher.hits(read_all([" ".join(lexicon.words), made(lexicon.words)], lexicon=lexicon))


def made(words: Sequence[str], size: int = _WORDS) -> str:
    """A text of `size` words and marks, in no order, each about as often as in news, and `words` at least now and then.

    It says nothing, but brings together what news brings together by chance. The same for the same words.
    """
    weight = dict.fromkeys(words, _RARE) | dict(_frequent())
    share = np.array(list(weight.values()), np.float64)
    drawn = np.random.default_rng(_SEED).choice(len(weight), size, p=share / share.sum())
    known = list(weight)
    text = _ATTACHED.sub(r"\1", " ".join([known[number] for number in drawn.tolist()]))
    return _BEGINNING.sub(lambda found: found[0].upper(), text)


def _frequent() -> Iterator[tuple[str, int]]:
    """The words and marks of `frequent.txt`, and how often a million has them."""
    count = 0
    for line in Path(__file__).parent.parent.joinpath("english", "frequent.txt").read_text("utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            count = int(line[1:-1])
        elif not line.startswith("#"):
            yield from ((word, count) for word in line.split())
