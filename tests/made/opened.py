"""Pages that are open in a browser, and the articles that tests open."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ, reason="no Chromium: apt-get install chromium"
)
PATIENCE = 20_000
"""Milliseconds that a busy machine may take; nothing waits for them otherwise."""
HARBOUR = (Path(__file__).parents[2] / "docs" / "examples" / "harbour.txt").read_text("utf-8")
OTHER = "Trawler sinks off Orrin\n\nExperts say the trawler may rise. The mill closed in May.\n"


class Opened:
    """A page that is open, and all that it asked for or complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def key(self, *keys: str) -> None:
        """Presses keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def words(self) -> str:
        """The chosen sentence, without the mark of its note."""
        found: str = self.page.evaluate(
            "() => { const s = document.querySelector('.s[aria-current]').cloneNode(true);"
            " for (const n of s.querySelectorAll('.n')) n.remove(); return s.textContent; }"
        )
        return found


Open = Callable[..., Opened]


def is_accessible(page: Page) -> None:
    """No rule of axe is broken."""
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
