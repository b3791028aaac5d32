"""How long rule files take to be read as models: the built-in packs, two thousand rules, a list at the limit."""

from collections.abc import Callable

from pytest_benchmark.fixture import BenchmarkFixture

from factcheck.load import parsed
from factcheck.span import Source
from made_rules import RULES


def bench_parse(benchmark: BenchmarkFixture, rule_files: Callable[[str], list[Source]], size: str) -> None:
    """From source to models."""
    sources = rule_files(size)
    benchmark.extra_info["bytes"] = sum(len(source.text.encode()) for source in sources)
    files = benchmark(parsed, sources, [])
    written = sum(source.text.count("\nrule ") for source in sources)
    assert sum(len(file.rules) for file in files) == written
    assert written == {"normal": RULES, "slow": 1}.get(size, written)
