"""How long the command takes: to start, and to print JSON lines of an article, of many, of a document a sentence."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from child import FACTCHECK
from factcheck import Scanner
from stages import scan_all, sentences_in


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Run the command, the rules in its cache; what it prints."""
    environment = {**os.environ, "FACTCHECK_CACHE": str(tmp_path_factory.mktemp("cache"))}

    def run(*arguments: str) -> str:
        command = [FACTCHECK, *arguments]
        return subprocess.run(command, env=environment, check=True, capture_output=True, encoding="utf-8").stdout

    article = tmp_path_factory.mktemp("first") / "first.txt"
    article.write_text("The boat may sink.", "utf-8")
    assert len(run("scan", str(article)).splitlines()) == 1
    return run


@pytest.mark.parametrize("option", ["--version", "--help"])
def bench_start(benchmark: BenchmarkFixture, run: Callable[..., str], option: str) -> None:
    """Nothing but a start."""
    assert "factcheck" in benchmark(run, option)


@pytest.mark.parametrize("jobs", [1, 2])
def bench_jsonl(  # noqa: PLR0913, PLR0917 -- each a fixture
    benchmark: BenchmarkFixture,
    run: Callable[..., str],
    scanner: Scanner,
    parts: Callable[[str, str], list[str]],
    tmp_path: Path,
    size: str,
    jobs: int,
) -> None:
    """JSON lines in, JSON lines out: the sentences that a scanner finds."""
    texts = parts("scan", size)
    path = tmp_path / "texts.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), "utf-8")
    printed = benchmark(run, "scan", str(path), "--format", "jsonl", "--jobs", str(jobs), "--no-progress", "--quiet")
    each = {text: sentences_in(scan_all(scanner, [text])) for text in set(texts)}
    assert printed.count("\n") == sum(each[text] for text in texts)
    benchmark.extra_info["bytes"] = path.stat().st_size
