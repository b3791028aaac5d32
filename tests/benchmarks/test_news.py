"""Made news: the same for the same seed, of the size asked for, and every line of its grammar can be drawn."""

import re
from itertools import islice
from pathlib import Path

import pytest

from corpus import bytes_of, corpus
from factcheck import Scanner
from hostile import KINDS, hostile
from news import articles

SIZE = 100_000
GRAMMAR = Path(__file__).parents[2] / "benchmarks" / "data" / "news.txt"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """Some articles."""
    return list(articles(1, SIZE))


def test_same_seed_same_news(texts: list[str]) -> None:
    """A seed gives the same articles however many are asked for; another seed gives others."""
    assert list(islice(articles(1, 10 * SIZE), len(texts))) == texts
    assert texts[0] != next(articles(2, SIZE))


def test_size(texts: list[str]) -> None:
    """The last article may go past the size, no other."""
    assert bytes_of(texts[:-1]) < SIZE <= bytes_of(texts)


def test_every_name_is_made() -> None:
    """No name of the grammar is left in braces, and each section is asked for somewhere."""
    grammar = GRAMMAR.read_text("utf-8")
    sections = set(re.findall(r"^\[(\w+)\]$", grammar, re.MULTILINE))
    used = set(re.findall(r"\{(\w+)\}", grammar))
    assert sections - used == {"headline", "subhead", "opening", "paragraph"}
    everything = "".join(articles(3, 20 * SIZE))
    assert not re.search(r"[{}|\[\]]", everything)


def test_vocabulary_grows() -> None:
    """New words keep coming: a corpus of twenty times the size has more than twice the words."""
    few, many = (set(re.findall(r"\w+", "".join(articles(1, size)))) for size in (SIZE, 20 * SIZE))
    assert len(many) > 2 * len(few)


def test_share_of_cues(texts: list[str]) -> None:
    """About one sentence in four is hedged or rests on somebody's word, as the packs see it."""
    scanner = Scanner()
    levels = [sentence.level for text in texts for sentence in scanner.scan(text).sentences]
    assert 0.2 < sum(level not in {"asserted", "no-claim"} for level in levels) / len(levels) < 0.4


def test_file_goes_round(tmp_path: Path) -> None:
    """A corpus shorter than what is asked for starts again."""
    path = tmp_path / "texts.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n', "utf-8")
    assert corpus(path, 10) == ["One.", "Two.", "One."]


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_size(kind: str) -> None:
    """A hostile text is about as long as asked for."""
    assert 950 < len(hostile(kind, 1_000)) <= 1_000
