"""How long it takes to compare two versions of rules on a corpus, and to count what each pattern costs there."""

from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from corpus import bytes_of
from factcheck import Scanner
from factcheck.difference import changes
from factcheck.judge.profile import profile
from factcheck.text.article import read_all

DRAFT = """\
disable forecast/will

amend hedge/could
    weight  0.4
"""


def bench_changes(benchmark: BenchmarkFixture, scanner: Scanner, texts: list[str], tmp_path: Path) -> None:
    """The built-in packs, and the same with a rule switched off and another of less weight."""
    (tmp_path / "draft.fact").write_text(DRAFT, "utf-8")
    draft, names = Scanner(tmp_path, cache=False), [""] * len(texts)
    found = benchmark(lambda: list(changes(scanner, draft, texts, names)))
    assert sum(sentences for sentences, _ in found) > sum(len(changed) for _, changed in found) > 0
    benchmark.extra_info["bytes"] = bytes_of(texts)


def bench_profile(benchmark: BenchmarkFixture, scanner: Scanner, texts: list[str]) -> None:
    """All patterns of the built-in packs, each by itself."""
    articles = [read_all(texts, lexicon=scanner.matcher.symbols.lexicon)]
    found = benchmark(profile, scanner.matcher, articles)
    assert sum(cost.hits for cost in found.costs) > 0
    benchmark.extra_info["bytes"] = bytes_of(texts)
