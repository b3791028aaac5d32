"""What the benchmarks share: the corpus, which `--corpus` changes, and a table of speeds at the end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from corpus import corpus
from factcheck import Scanner

SIZE: Final = 200_000
_ROWS: Final = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--corpus`."""
    parser.addoption("--corpus", type=Path, metavar="PATH", help="a .jsonl file with `text`, or a text file")


def pytest_configure(config: pytest.Config) -> None:
    """Make room for the rows of the table."""
    config.stash[_ROWS] = []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table, if anything was measured by its bytes."""
    if config.stash[_ROWS]:
        terminalreporter.write_sep("-", "speed, best of all rounds")
        terminalreporter.write_line("\n".join([f"{'':<28}{'ms/MB':>10}{'MB/s':>10}", *config.stash[_ROWS]]))


@pytest.fixture(autouse=True)
def _speed(request: pytest.FixtureRequest, benchmark: BenchmarkFixture) -> Iterator[None]:
    """Add a row for each benchmark that says how many bytes it went through."""
    yield
    size = benchmark.extra_info.get("bytes")
    if size and benchmark.stats:
        cost = benchmark.stats.stats.min / size
        row = f"{request.node.name.removeprefix('bench_'):<28}{cost * 1e9:>10,.1f}{1e-6 / cost:>10,.2f}"
        request.config.stash[_ROWS].append(row)


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    """The built-in packs."""
    return Scanner()


@pytest.fixture(scope="session")
def texts(request: pytest.FixtureRequest) -> list[str]:
    """Articles of about `SIZE` bytes."""
    return corpus(request.config.getoption("--corpus"), SIZE)
