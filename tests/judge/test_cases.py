"""Golden cases: sentences and articles written by hand, each with the level, the source and the polarity it must get.

A case is a line `level | source (kind) | sentence`; `!` before the level stands for polarity negative, `-` for no
source. `decisions.txt` and `scope.txt` hold single sentences, each scanned alone. A file in `articles` is an article,
a line `----` and the lines of all its sentences. `order.txt` holds blocks of sentences whose confidence falls.
"""

from itertools import pairwise
from pathlib import Path

import pytest

from factcheck import Scanner
from factcheck.document import Sentence

CASES = Path(__file__).parents[1] / "golden" / "cases"
RULE = "\n----\n"


def lines(name: str) -> list[str]:
    """The lines of a file without its comments and blank lines."""
    text = (CASES / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def blocks(name: str) -> list[list[str]]:
    """The lines of a file in the blocks that blank lines part, without its comments."""
    kept = [line for line in (CASES / name).read_text("utf-8").splitlines() if not line.startswith("#")]
    return [block.splitlines() for block in "\n".join(kept).strip().split("\n\n")]


def as_line(sentence: Sentence) -> str:
    """A judged sentence in the form of a case."""
    negative = "!" if sentence.polarity == "negative" else ""
    source = f"{sentence.source.text} ({sentence.source.kind})" if sentence.source else "-"
    return " | ".join((negative + sentence.level, " ".join(source.split()), " ".join(sentence.text.split())))


def text_of(case: str) -> str:
    """The sentence of a case."""
    return case.split(" | ", 2)[2]


SENTENCES = [case for name in ("decisions.txt", "scope.txt") for case in lines(name)]
ARTICLES = sorted((CASES / "articles").iterdir())


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """The built-in packs alone, compiled afresh."""
    return Scanner(cache=False)


@pytest.mark.parametrize("case", SENTENCES, ids=text_of)
def test_sentence(scanner: Scanner, case: str) -> None:
    """A sentence that stands alone gets its level, polarity and source."""
    assert [as_line(sentence) for sentence in scanner.scan(text_of(case)).sentences] == [case]


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_article(scanner: Scanner, path: Path) -> None:
    """Each sentence of an article gets its level, polarity and source, quotations those of their speakers."""
    text, expected = path.read_text("utf-8").split(RULE)
    assert [as_line(sentence) for sentence in scanner.scan(text).sentences] == expected.splitlines()


@pytest.mark.parametrize("block", blocks("order.txt"), ids=lambda block: block[0])
def test_order(scanner: Scanner, block: list[str]) -> None:
    """The firmer a text stands behind a claim, the higher its confidence."""
    found = [sentence.confidence for text in block for sentence in scanner.scan(text).sentences]
    confidences = [confidence for confidence in found if confidence is not None]
    assert len(confidences) == len(block)
    assert all(above > below for above, below in pairwise(confidences)), confidences


def test_cases_are_many_and_differ() -> None:
    """No sentence is judged twice, and there are enough of them to mean something."""
    texts = [text_of(case) for case in SENTENCES]
    assert len(texts) == len(set(texts))
    assert len(texts) >= 170
    assert len(ARTICLES) >= 12
