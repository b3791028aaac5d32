"""How long authors of rules wait: for the examples of their files with coverage, and for all patterns to be compared.

The built-in packs come from the cache, as they do for an author. A thousand examples must take less than 3 seconds,
and so must the comparison of two thousand rules, beside what a check of them takes.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import made_rules
from factcheck.diagnostic import Diagnostic
from factcheck.examination import Examination, Examiner
from factcheck.linting import compared
from factcheck.load import Checked, check, load
from factcheck.span import Source

EXAMPLES: Final = 1_000
MOST_SECONDS: Final = 3.0


@pytest.fixture
def packs(rule_files: Callable[[str], list[Source]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Source]:
    """Made packs with a thousand examples or some more; the built-in ones are in the cache."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "cache"))
    load()
    sources = rule_files("normal")
    each = 2 * made_rules.RULES // made_rules.PACKS
    return sources[: -(-EXAMPLES // each)]


def bench_test(benchmark: BenchmarkFixture, packs: list[Source]) -> None:
    """As `factcheck rules test` does it: load what comes before, read the files, run their examples, tell the parts."""
    found: Examination = benchmark(lambda: Examiner().examine(packs))
    _tested(benchmark, found)


def bench_test_again(benchmark: BenchmarkFixture, packs: list[Source]) -> None:
    """As `--watch` does it, when one file has changed: only its examples are run."""
    examiner, (first, *others) = Examiner(), packs
    examiner.examine(packs)
    texts = iter(range(1_000_000))

    def again() -> Examination:
        changed = Source(first.name, f"{first.text}\n# {next(texts)}\n")
        return examiner.examine([changed, *others])

    found: Examination = benchmark(again)
    assert found.run == (first.name,)
    _tested(benchmark, found)


def _tested(benchmark: BenchmarkFixture, found: Examination) -> None:
    assert sum(one.passed for one in found.examined) >= EXAMPLES
    assert not found.failures
    assert found.complete
    if benchmark.stats:
        assert benchmark.stats.stats.max < MOST_SECONDS


@pytest.fixture
def checked(rule_files: Callable[[str], list[Source]], size: str) -> tuple[Checked, list[Diagnostic]]:
    """The rule files of this size, checked, and what a check says of them."""
    problems: list[Diagnostic] = []
    return check(rule_files(size), problems), problems


def bench_lint(benchmark: BenchmarkFixture, checked: tuple[Checked, list[Diagnostic]], size: str) -> None:
    """What `factcheck rules lint` does beside a check: all patterns of each file are compared."""
    (files, written, _), problems = checked
    found, unfinished = benchmark(compared, files, written, problems)
    assert not unfinished
    assert not found
    if benchmark.stats and size == "normal":
        assert benchmark.stats.stats.max < MOST_SECONDS
