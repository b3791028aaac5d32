"""How long a scan takes as a library does it: one article first and again, and many."""

from collections.abc import Callable

from pytest_benchmark.fixture import BenchmarkFixture

from corpus import ARTICLE, BETWEEN, bytes_of
from factcheck import Scanner
from stages import IN_ARTICLE, findings_in, scan_all, sentences_in


def bench_first(benchmark: BenchmarkFixture) -> None:
    """One article by a scanner that has seen none."""
    text = ARTICLE.read_text("utf-8")
    scans = benchmark.pedantic(scan_all, setup=lambda: ((Scanner(), [text]), {}), rounds=5)  # type: ignore[no-untyped-call]
    assert (sentences_in(scans), findings_in(scans)) == (IN_ARTICLE["grade"], IN_ARTICLE["resolve"])
    benchmark.extra_info["bytes"] = len(text.encode())


def bench_text(
    benchmark: BenchmarkFixture, scanner: Scanner, parts: Callable[[str, str], list[str]], size: str
) -> None:
    """One text by a scanner that has seen it: the article, all articles of a corpus in one, a hostile one."""
    pieces = parts("scan", size)
    each = {piece: sentences_in(scan_all(scanner, [piece])) for piece in set(pieces)}
    scans = benchmark(scan_all, scanner, ["".join(pieces)])
    assert sentences_in(scans) == sum(each[piece] for piece in pieces)
    assert size != "small" or findings_in(scans) == IN_ARTICLE["resolve"]
    benchmark.extra_info["bytes"] = bytes_of(pieces)


def bench_articles(benchmark: BenchmarkFixture, scanner: Scanner, texts: list[str]) -> None:
    """A batch of articles: as much is found as in all of them as one text."""
    scans = benchmark(scan_all, scanner, texts)
    whole = scan_all(scanner, [BETWEEN.join(texts)])
    assert (sentences_in(scans), findings_in(scans)) == (sentences_in(whole), findings_in(whole))
    benchmark.extra_info["bytes"] = bytes_of(texts)
