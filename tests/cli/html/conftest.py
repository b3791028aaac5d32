"""What tests of the HTML report in a browser share: a browser, reports, and pages that are open."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from factcheck import Scanner
from factcheck_cli.html_report import binder
from factcheck_cli.html_report.pages import of_parts
from factcheck_cli.inputs.text import How, Text
from factcheck_cli.log import Log
from factcheck_cli.terminal.style import Style
from factcheck_cli.work.rulebook import Rulebook
from factcheck_cli.work.settings import Settings
from opened import CHROMIUM, HARBOUR, PATIENCE, Open, Opened

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    """Return a scanner with the built-in rules."""
    return Scanner()


@pytest.fixture(scope="module")
def report(scanner: Scanner, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return `report(*texts, folder=…)`: the report of these texts, each made once."""
    made: dict[tuple[object, ...], Path] = {}

    def make(*texts: str | Text, folder: bool = False) -> Path:
        key = (*(text.name if isinstance(text, Text) else text for text in texts), folder)
        if key not in made:
            target = tmp_path_factory.mktemp("report") / ("report" if folder else "report.html")
            read = [
                text if isinstance(text, Text) else Text(f"{'news' if n else 'harbour'}-{n}.txt", text)
                for n, text in enumerate(texts)
            ]
            plain = Settings(
                rules=(),
                packs=(),
                builtin=True,
                select=(),
                ignore=(),
                cache=True,
                segment="auto",
                at_most=None,
                format="html",
                to_file=True,
                style=Style(),
                how=How(),
            )
            with binder.bind(target, Rulebook((scanner.program,)), Log(quiet=True), folder=folder) as out:
                parts = scanner.parts(
                    [one.text for one in read], [one.name for one in read], marks=[one.marks for one in read]
                )
                for page, _ in of_parts(scanner, ((part, None) for part in parts), read, plain):
                    out.put(page)
            made[key] = target
        return made[key]

    return make


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Return `opened(path, **context)`: the page in a fresh context; errors in it are errors of the test."""
    contexts: list[BrowserContext] = []
    pages: list[Opened] = []

    def go(path: Path, mark: str = "", **context: Any) -> Opened:  # noqa: ANN401 - as Playwright has them
        contexts.append(browser.new_context(**context))
        one = Opened(contexts[-1].new_page())
        one.page.goto(path.as_uri() + mark, timeout=PATIENCE)
        pages.append(one)
        return one

    yield go
    for one in pages:
        assert not one.errors
        assert {url.partition(":")[0] for url in one.asked} == {"file"}
    for context in contexts:
        context.close()


@pytest.fixture
def harbour(opened: Open, report: Callable[..., Path]) -> Opened:
    """Return the report of the example."""
    return opened(report(HARBOUR))
