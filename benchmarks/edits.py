"""How well `factcheck scan --baseline` knows edited sentences, and others apart: `python benchmarks/edits.py TEXTS…`.

Each sentence of the texts is edited in ways that leave it what it was, and in ways that make another of it, and
compared as a baseline compares. The others are those most like it in its own text and in all texts, as if it were gone.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence

from factcheck import Scanner
from factcheck_cli.baseline.words import split, words_of
from factcheck_cli.inputs.parts import Inputs
from factcheck_cli.inputs.text import How
from factcheck_cli.log import Log

LIMITS = (0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
SAMPLE = 3_000
Words = list[str]
chance = random.Random(7)  # noqa: S311 - no secret hangs on it


def _at(words: Words) -> int:
    return chance.randrange(len(words))


def typo(words: Words) -> Words:
    """One letter is mended."""
    at = _at(words)
    return [*words[:at], f"{words[at]}x", *words[at + 1 :]]


def added(words: Words) -> Words:
    """One word comes."""
    at = _at(words)
    return [*words[:at], "yesterday", *words[at:]]


def dropped(words: Words) -> Words:
    """One word goes."""
    at = _at(words)
    return [*words[:at], *words[at + 1 :]]


def number(words: Words) -> Words:
    """A figure is brought up to date."""
    return [f"{chance.randrange(1000)}" if word[:1].isdigit() else word for word in words]


def named(words: Words) -> Words:
    """A name of two words takes the place of one word."""
    at = _at(words)
    return [*words[:at], "Ruth", "Abara", *words[at + 1 :]]


def twice(words: Words) -> Words:
    """A typo is mended, and a word comes."""
    return added(typo(words))


def half(words: Words) -> Words:
    """The second half is written anew."""
    keep = len(words) // 2
    return words[:keep] + [f"other{n}" for n in range(len(words) - keep)]


EDITS: Sequence[Callable[[Words], Words]] = (number, typo, added, dropped, named, twice, half)


def main(paths: Sequence[str]) -> None:
    """Prints for each edit, and each limit of likeness, in how many of a hundred sentences it is taken for the same."""
    from rapidfuzz.distance.Indel import normalized_similarity
    from rapidfuzz.process import cdist

    scanner, texts = Scanner(), defaultdict[str, list[str]](list)
    for text in Inputs(tuple(paths), How()).texts(Log(quiet=True)):
        graded = scanner.scan(text.text).sentences
        texts[text.name] += [one.text for one in graded if one.level in {"unverified", "possible", "probable"}]
    pairs = [(name, sentence) for name, own in texts.items() for sentence in dict.fromkeys(own)]
    chosen = chance.sample(range(len(pairs)), min(SAMPLE, len(pairs)))
    some = [pairs[number] for number in chosen]
    print(f"{len(pairs):,} sentences, {len(some):,} edited; per cent known at a likeness of")
    print(f"{'':14}" + "".join(f"{limit:>7}" for limit in LIMITS))
    for edit in EDITS:
        alike = [
            normalized_similarity(split(words_of(sentence)), split(words_of(" ".join(edit(sentence.split())))))
            for _, sentence in some
        ]
        _row(edit.__name__, alike)
    coded = [split(words_of(sentence)) for _, sentence in pairs]
    every = cdist([coded[number] for number in chosen], coded, scorer=normalized_similarity, workers=-1)
    in_text, anywhere = [], []
    for (name, sentence), row in zip(some, every.tolist(), strict=True):
        others = [(alike, where) for alike, (where, words) in zip(row, pairs, strict=True) if words != sentence]
        in_text.append(max((alike for alike, where in others if where == name), default=0.0))
        anywhere.append(max(alike for alike, _ in others))
    _row("other in text", in_text)
    _row("in all texts", anywhere)


def _row(name: str, alike: Sequence[float]) -> None:
    print(f"{name:14}" + "".join(f"{100 * sum(one >= limit for one in alike) / len(alike):7.1f}" for limit in LIMITS))


if __name__ == "__main__":
    main(sys.argv[1:] or ["tests/made/articles.txt"])
