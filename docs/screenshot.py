"""Takes the picture of the HTML report that the README shows: docs/report.png, of docs/examples/harbour.txt.

It needs Chromium (`apt-get install chromium`) and the extra `dev`. Fonts are those of the machine that runs it.
"""  # noqa: INP001 -- a script, run by its path

import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import which

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "report.png"
_ARTICLE = "docs/examples/harbour.txt"
_SIZE = {"width": 1160, "height": 700}
_NOTE = 2  # the note whose sentence is explained in the picture


def main() -> None:
    """Scans the example, opens its report, chooses a sentence, and takes the picture."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if not chromium:
        sys.exit("there is no Chromium: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder) / "report.html"
        command = [sys.executable, "-m", "factcheck_cli.app", "scan", _ARTICLE, "-o", str(report)]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 -- our own program
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=_SIZE, color_scheme="light")  # type: ignore[arg-type]
        page.goto(report.as_uri())
        for _ in range(_NOTE):
            page.keyboard.press("n")
        page.mouse.move(0, 0)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
