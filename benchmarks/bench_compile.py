"""How long models of rules take to become a program: the built-in packs, two thousand rules, a list at the limit."""

from collections.abc import Callable

from pytest_benchmark.fixture import BenchmarkFixture

from factcheck.diagnostic import Diagnostic, has_errors
from factcheck.language.compile import compile_files
from factcheck.load import parsed
from factcheck.span import Source


def bench_compile(benchmark: BenchmarkFixture, rule_files: Callable[[str], list[Source]], size: str) -> None:
    """From models to a program."""
    sources = rule_files(size)
    problems: list[Diagnostic] = []
    files = parsed(sources, problems)
    compiled = benchmark(compile_files, files, problems)
    assert not has_errors(problems)
    assert len(compiled.program.rules) == sum(len(file.rules) for file in files)
    benchmark.extra_info["bytes"] = sum(len(source.text.encode()) for source in sources)
