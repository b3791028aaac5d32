"""How well the inflection tables do: our forms against lemminflect's for the commonest words of the news.

Run as `python benchmarks/inflection.py [--errors]` with the engine on the path. Recall is the share of the oracle's
forms that we make too; over-generation is the share of our forms that the oracle lacks. `--errors` lists both kinds.
The lemmas in `data/` are the commonest in lower case of some 2.7 million words of news, counted with the oracle.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import lemminflect

from factcheck.english.inflect import inflect

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of word to compare: its letter in `inflect`, its lemmas and the oracle's tags for it."""

    name: str
    letter: Literal["v", "n", "a"]
    tags: tuple[str, ...]

    def lemmas(self) -> list[str]:
        """Return the lemmas, commonest first."""
        return (_DATA / f"{self.name}.txt").read_text(encoding="utf-8").split()


KINDS: Final = (
    Kind("verbs", "v", ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")),
    Kind("nouns", "n", ("NN", "NNS")),
    Kind("adjectives", "a", ("JJ", "JJR", "JJS")),
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our forms and the oracle's of one lemma; possessives, which it does not make, are left out."""

    lemma: str
    ours: frozenset[str]
    oracle: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1, over all lemmas of a kind."""

    recall: float
    over_generation: float


def compare(kind: Kind) -> list[Comparison]:
    """Return each lemma of `kind` with both sets of forms."""
    return [
        Comparison(lemma, frozenset(form for form in inflect(lemma, kind.letter) if "'" not in form), frozenset(oracle))
        for lemma in kind.lemmas()
        if (oracle := set(_oracle(lemma, kind.tags)))
    ]


def score(comparisons: list[Comparison]) -> Score:
    """Return recall and over-generation of `comparisons`."""
    shared = sum(len(each.ours & each.oracle) for each in comparisons)
    ours = sum(len(each.ours) for each in comparisons)
    oracle = sum(len(each.oracle) for each in comparisons)
    return Score(recall=shared / oracle, over_generation=1 - shared / ours)


def _oracle(lemma: str, tags: tuple[str, ...]) -> Iterator[str]:
    for tag, forms in lemminflect.getAllInflections(lemma).items():
        if tag in tags:
            yield from forms


def main() -> None:
    """Print one line a kind, and each disagreement if asked."""
    parser = argparse.ArgumentParser(description="Compare the inflection tables with lemminflect.")
    parser.add_argument("--errors", action="store_true", help="list the forms only one side has")
    errors = parser.parse_args().errors
    for kind in KINDS:
        comparisons = compare(kind)
        result = score(comparisons)
        sys.stdout.write(
            f"{kind.name:<11}{len(comparisons):>5} lemmas   recall {result.recall:7.2%}"
            f"   over-generation {result.over_generation:6.2%}\n"
        )
        for each in comparisons if errors else ():
            missed = " ".join(sorted(each.oracle - each.ours))
            extra = " ".join(sorted(each.ours - each.oracle))
            if missed or extra:
                sys.stdout.write(f"  {each.lemma}: missed [{missed}] extra [{extra}]\n")


if __name__ == "__main__":
    main()
