"""How long one article takes, rules loaded: the shipped example through `Scanner.scan`."""

from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from factcheck import Scanner

ARTICLE = Path(__file__).parent.parent / "docs" / "examples" / "harbour.txt"


@pytest.mark.parametrize("times", [1, 10])
def bench_scan(benchmark: BenchmarkFixture, scanner: Scanner, times: int) -> None:
    """One article, and ten in one: the time grows in a straight line."""
    text = "\n\n".join([ARTICLE.read_text("utf-8")] * times)
    document = benchmark(scanner.scan, text)
    assert len(document.sentences) >= 20 * times
    benchmark.extra_info["bytes"] = len(text.encode())
