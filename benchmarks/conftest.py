"""What the benchmarks share: texts and rules, small, normal and slow; stages in turn; a table of speeds at the end."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

import made_rules
from corpus import ARTICLE, BETWEEN, corpus
from factcheck import Scanner
from factcheck.load import builtin_sources, read_all
from factcheck.span import Source
from hostile import KINDS
from hostile_rules import RULES
from stages import IN_ARTICLE, STAGES, Pass

SIZE: Final = 200_000
HOSTILE: Final = 20_000
ROUNDS: Final = 5
SLOW: Final = {
    "lex": "notes",
    "segment": "list entries",
    "quote": "speech",
    "place": "speech a paragraph",
    "name": "sources: Ada Voss said",
    "shape": "dates",
    "match": "sources: the minister said",
    "resolve": "list entries",
    "grade": "sources: He said. They said.",
    "document": "speech",
    "scan": "sources: He said. They said.",
}
"""The hostile text that is slow for a stage, or nearly so: one in which each piece brings as much as it does alone."""
_ROWS: Final = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--corpus`."""
    parser.addoption("--corpus", type=Path, metavar="PATH", help="a .jsonl file with `text`, or a text file")


def pytest_configure(config: pytest.Config) -> None:
    """Make room for the rows of the table."""
    config.stash[_ROWS] = []


def pytest_itemcollected(item: pytest.Item) -> None:
    """Count what the processor is at work here, whatever else the machine does; for programs that are started, wait."""
    if item.path.stem != "bench_cli":
        item.add_marker(pytest.mark.benchmark(timer=time.process_time))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each benchmark that asks for a `size` all three."""
    if "size" in metafunc.fixturenames:
        metafunc.parametrize("size", ["small", "normal", "slow"])


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


# Texts ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    """The built-in packs."""
    return Scanner()


@pytest.fixture(scope="session")
def texts(request: pytest.FixtureRequest) -> list[str]:
    """Articles of about `SIZE` bytes."""
    return corpus(request.config.getoption("--corpus"), SIZE)


@pytest.fixture(scope="session")
def parts(texts: list[str]) -> Callable[[str, str], list[str]]:
    """Of a stage and a size, the parts of its text: the shipped article, many, or the pieces of a hostile text.

    What is found in the whole text is the sum of what is found in each part by itself.
    """

    def found(stage: str, size: str) -> list[str]:
        if size == "normal":
            return [text + BETWEEN for text in texts]
        if size == "small":
            return [ARTICLE.read_text("utf-8")]
        piece = KINDS[SLOW[stage]]
        return [piece] * (HOSTILE // len(piece))

    return found


@pytest.fixture
def measure_stage(
    benchmark: BenchmarkFixture, scanner: Scanner, parts: Callable[[str, str], list[str]]
) -> Callable[[str, str], None]:
    """Time a stage on a text; every round starts from what the stages before it have just made of it."""

    def before(stage: str, text: str) -> Pass:
        one = Pass(scanner, text)
        for name in list(STAGES)[: list(STAGES).index(stage)]:
            STAGES[name](one)
        return one

    def measure(stage: str, size: str) -> None:
        pieces = parts(stage, size)
        text = "".join(pieces)
        each = {piece: STAGES[stage](before(stage, piece)) for piece in set(pieces)}
        benchmark.extra_info["bytes"] = len(text.encode())
        found = benchmark.pedantic(  # type: ignore[no-untyped-call]
            STAGES[stage], setup=lambda: ((before(stage, text),), {}), rounds=ROUNDS
        )
        assert found == sum(each[piece] for piece in pieces) > 0
        assert size != "small" or found == IN_ARTICLE.get(stage, found)

    return measure


# Rules ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two thousand made rules."""
    place = tmp_path_factory.mktemp("made")
    made_rules.write(place)
    return place


@pytest.fixture(scope="session")
def rule_files(folder: Path) -> Callable[[str], list[Source]]:
    """Rule files: the built-in packs, two thousand made rules, or hostile ones, all in one rule, at their limit."""

    def found(size: str) -> list[Source]:
        if size == "small":
            return builtin_sources()
        if size == "normal":
            return read_all([folder], [])
        return [Source("hostile.fact", RULES["a list at the limit of forms"]().file)]

    return found
