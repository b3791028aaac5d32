"""How long it takes to look for one pattern: with a common word, a rare one, a long list, a gap."""

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from corpus import bytes_of
from factcheck.load import load
from factcheck.search import Search


@pytest.mark.parametrize("pattern", ["could not", "zebra", "{core.saying} source:(<name>)", "the ...12 of"])
def bench_pattern(benchmark: BenchmarkFixture, texts: list[str], pattern: str) -> None:
    """One pattern in the articles of a corpus."""
    search = Search(pattern, load().program)
    found = benchmark(lambda: sum(map(len, search.found(texts))))
    assert found == sum(len(one) for text in texts for one in search.found([text]))
    benchmark.extra_info["bytes"] = bytes_of(texts)
