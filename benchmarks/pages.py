"""How large the HTML report is, how long it takes to make, and how long a browser takes to open and use it.

Run as `python benchmarks/pages.py [--help]`, on Linux or macOS, with Chromium (`apt-get install chromium`) and the
extra `dev`. Each row is a page: of a short article, of a very long one, the list and a page of a folder of many
articles, and all of these in one file. A page counts as open when the browser has loaded and drawn it, a choice and a
filter as done when what they change is drawn.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

from child import FACTCHECK, usage
from corpus import ARTICLE, BETWEEN, stream
from tool import MEGABYTE, Column, Measured, Table, options, show

if TYPE_CHECKING:
    from playwright.sync_api import Page

TABLES: Final = {
    "pages": Table(
        (
            Column("page", "page"),
            Column("MB", "size", ",.2f"),
            Column("made in, s", "made", ",.1f"),
            Column("open in, s", "open", ",.2f"),
            Column("a choice, ms", "choice", ",.0f"),
            Column("a filter, ms", "filter", ",.0f"),
        )
    )
}
_ENDLESS: Final = 1 << 50  # bytes; as many articles as are asked for
_PATIENCE: Final = 600_000  # ms

# What is drawn after a step, and how long that took.
_TIMED: Final = """(step) => new Promise((done) => {
    const start = performance.now();
    step();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
})"""
_CHOICE: Final = "() => [...document.querySelectorAll('.doc .s')].slice(0, 21).at(-1).click()"
_FILTER: Final = "() => document.querySelector('.level').click()"
_SORT: Final = "() => document.querySelectorAll('.articles thead button')[3].click()"
_FIND: Final = (
    "() => { const find = document.querySelector('.find input'); find.value = 'har';"
    " find.dispatchEvent(new Event('input')); }"
)


def main() -> None:
    """Print the table."""
    parser = options("Measure the HTML report: size, making, opening, use.")
    parser.add_argument("--megabytes", type=float, default=1, metavar="MB", help="of the long article (1)")
    parser.add_argument("--articles", type=int, default=5_000, metavar="N", help="in the folder (5000)")
    parser.add_argument("--one-file", action="store_true", help="the same articles in one file, too, which takes long")
    given = parser.parse_args()
    show(TABLES, measured(given), given.json)


def measured(given: argparse.Namespace) -> Measured:
    """A row a page; the smallest first, so that rules come from the cache."""
    with TemporaryDirectory() as name, _browser() as page:
        folder = Path(name)
        _made([ARTICLE.read_text("utf-8")], folder / "warm.html", folder)
        short = [ARTICLE.read_text("utf-8")]
        yield "pages", _article(page, "a short article", short, folder)
        long = [BETWEEN.join(stream(given.corpus, int(given.megabytes * MEGABYTE)))]
        yield "pages", _article(page, f"an article of {given.megabytes:g} MB", long, folder)
        many = list(islice(stream(given.corpus, _ENDLESS), given.articles))
        report = folder / "report"
        took = _made(many, report, folder)
        index = report / "index.html"
        size = sum(path.stat().st_size for path in report.rglob("*") if path.is_file())
        yield "pages", {"page": f"a folder of {len(many):,} articles", "size": size / MEGABYTE, "made": took}
        yield "pages", {"page": "its list", **_opened(page, index), **_used(page, _SORT, _FIND)}
        one = sorted((report / "articles").iterdir())[len(many) // 2]
        yield "pages", {"page": "one of its pages", **_opened(page, one), **_used(page, _CHOICE, _FILTER)}
        if given.one_file:
            yield "pages", _article(page, f"the {len(many):,} articles in one file", many, folder)


def _article(page: "Page", name: str, texts: list[str], folder: Path) -> dict[str, str | float | None]:
    path = folder / "report.html"
    took = _made(texts, path, folder)
    steps = (_SORT, _FIND) if len(texts) > 1 else (_CHOICE, _FILTER)
    return {"page": name, "made": took, **_opened(page, path), **_used(page, *steps)}


def _made(texts: Iterable[str], target: Path, folder: Path) -> float:
    """Seconds that the report takes to be made."""
    path = folder / "texts.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in texts)
    cache = {"FACTCHECK_CACHE": str(folder / "cache")}
    out = str(target) if target.suffix else f"{target}/"
    return usage([FACTCHECK, "scan", str(path), "-o", out, "--quiet"], cache).seconds


def _opened(page: "Page", path: Path) -> dict[str, float]:
    """The size of the page, and the seconds until it is there and drawn."""
    start = perf_counter()
    page.goto(path.as_uri())
    page.evaluate(_TIMED.replace("step();", ""), None)
    return {"size": path.stat().st_size / MEGABYTE, "open": perf_counter() - start}


def _used(page: "Page", choice: str, narrowing: str) -> dict[str, float]:
    """Milliseconds until a choice and a filter are drawn; of a list these are an order and a search."""
    took = [page.evaluate(f"() => ({_TIMED})({step})") for step in (choice, narrowing)]
    return {"choice": took[0], "filter": took[1]}


@contextmanager
def _browser() -> "Iterator[Page]":
    from playwright.sync_api import sync_playwright

    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if not chromium:
        sys.exit("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(_PATIENCE)
        yield page
        browser.close()


if __name__ == "__main__":
    main()
