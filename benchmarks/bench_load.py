"""How long rules take to load, ready to scan: from source with all their examples run, and from the cache.

Two thousand rules from source must take less than 10 seconds, and to check them again less than 3.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from factcheck.load import Loaded, load, read_all
from factcheck.span import Source
from factcheck.verdict import Verdict, verdict

MOST_SECONDS: Final = 10.0
MOST_WARM: Final = 3.0


@pytest.fixture
def paths(rule_files: Callable[[str], list[Source]], size: str, tmp_path: Path) -> list[Path]:
    """The rule files of this size as files."""
    sources = rule_files(size)
    found = [tmp_path / Path(source.name).name for source in sources]
    for path, source in zip(found, sources, strict=True):
        path.write_text(source.text, "utf-8")
    return found


def _rules(paths: list[Path]) -> int:
    return sum(path.read_text("utf-8").count("\nrule ") for path in paths)


def bench_source(benchmark: BenchmarkFixture, paths: list[Path]) -> None:
    """From source: parsed, compiled, and every example run."""
    loaded: Loaded = benchmark(load, paths, builtin=False, cached=False)
    assert len(loaded.program.rules) == _rules(paths)
    if benchmark.stats:
        assert benchmark.stats.stats.max < MOST_SECONDS


def bench_cache(
    benchmark: BenchmarkFixture, paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the cache: read, checked and put together again."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "cache"))
    load(paths, builtin=False)
    loaded: Loaded = benchmark(load, paths, builtin=False)
    assert len(loaded.program.rules) == _rules(paths)


def bench_check(
    benchmark: BenchmarkFixture, paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checked again while nothing has changed: read, and told from the cache."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "cache"))
    _checked(paths)
    _within(benchmark, benchmark(_checked, paths), paths)


def bench_check_edited(
    benchmark: BenchmarkFixture, paths: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Checked again after a list was added to the first file: all but its pattern is known, all examples are run."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "cache"))
    _checked(paths)

    def edited() -> tuple[tuple[list[Path]], dict[str, object]]:
        text = paths[0].read_text("utf-8")
        paths[0].write_text(f"{text}\nlist more-{len(text)} = more | word{len(text)}\n", "utf-8")
        return (paths,), {}

    found: Verdict = benchmark.pedantic(_checked, setup=edited, rounds=5)  # type: ignore[no-untyped-call]
    _within(benchmark, found, paths)


def _checked(paths: list[Path]) -> Verdict:
    return verdict(read_all(paths, []))


def _within(benchmark: BenchmarkFixture, found: Verdict, paths: list[Path]) -> None:
    assert sum(one["rule"] for one in found.holdings) == _rules(paths)
    if benchmark.stats:
        assert benchmark.stats.stats.max < MOST_WARM
