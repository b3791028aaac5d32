"""How long each stage of a scan takes for a megabyte of news, all articles as one text.

Run as `pytest benchmarks/bench_stages.py --benchmark-enable [--corpus FILE.jsonl]`; without a corpus the news is made.
Every round starts from what the stages before have just made, so that none finds its work done by the last round.
"""

from typing import Final

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from corpus import BETWEEN, bytes_of
from factcheck import Scanner
from factcheck.text.article import read
from stages import READ, STAGES, Pass

ROUNDS: Final = 5


@pytest.fixture(scope="module")
def text(texts: list[str]) -> str:
    """All the articles as one text."""
    return BETWEEN.join(texts)


@pytest.fixture(scope="module")
def expected(scanner: Scanner, text: str) -> dict[str, int]:
    """How much each stage finds; this also shows the automata the text once."""
    one = Pass(scanner, text)
    return {name: stage(one) for name, stage in STAGES.items()}


@pytest.mark.parametrize("name", STAGES)
def bench_stage(benchmark: BenchmarkFixture, scanner: Scanner, text: str, expected: dict[str, int], name: str) -> None:
    """One stage after all those before it."""
    before = list(STAGES)[: list(STAGES).index(name)]

    def prepare() -> tuple[tuple[Pass], dict[str, object]]:
        one = Pass(scanner, text)
        for stage in before:
            STAGES[stage](one)
        return (one,), {}

    benchmark.extra_info["bytes"] = len(text.encode())
    found = benchmark.pedantic(STAGES[name], setup=prepare, rounds=ROUNDS)  # type: ignore[no-untyped-call]
    assert found == expected[name] > 0


def bench_read(benchmark: BenchmarkFixture, scanner: Scanner, text: str, expected: dict[str, int]) -> None:
    """All stages of the text together."""
    benchmark.extra_info["bytes"] = len(text.encode())
    article = benchmark(read, text, "auto", scanner.matcher.symbols.lexicon)
    assert sum(map(len, article.shapes.values())) == expected[READ]


def bench_text(benchmark: BenchmarkFixture, scanner: Scanner, text: str, expected: dict[str, int]) -> None:
    """The whole pipeline, all articles as one text."""
    benchmark.extra_info["bytes"] = len(text.encode())
    document = benchmark(scanner.scan, text)
    assert len(document.sentences) == expected["segment"]


def bench_articles(benchmark: BenchmarkFixture, scanner: Scanner, texts: list[str], expected: dict[str, int]) -> None:
    """The whole pipeline, one article after the other."""
    benchmark.extra_info["bytes"] = bytes_of(texts)
    documents = benchmark(lambda: [scanner.scan(text) for text in texts])
    assert sum(len(document.sentences) for document in documents) == expected["segment"]
