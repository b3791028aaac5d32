"""Draws the charts on the page on statistics, of made articles."""  # noqa: INP001 -- a script, run by its path

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

DOCS = Path(__file__).parent
sys.path.append(str(DOCS.parent / "benchmarks"))  # scripts, too, which no package holds

from news import articles  # noqa: E402 -- found only now

OUTLETS = {"Harbour Post": 9, "The Selby Echo": 6, "Mill Town Gazette": 4, "Quay Radio": 2, "Port & Pier": 0.2}
"""Made ones, and how much each publishes."""
LAZY = "Quay Radio"
"""One that does not name its sources."""
UNNAMED = "\n\nOfficials say the mill may close. Sources said the ferry was late. Experts say the pier is safe."


def rows(size: int) -> Iterator[dict[str, str]]:
    """Articles of two years, the same ones each time."""
    pick = random.Random(4)  # noqa: S311 -- the same each time
    for number, article in enumerate(articles(3, size)):
        (outlet,) = pick.choices(list(OUTLETS), list(OUTLETS.values()))
        date = f"{pick.choice((2025, 2026))}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"
        text = article + UNNAMED if outlet == LAZY else article
        yield {"id": f"a{number}", "text": text, "outlet": outlet} | ({"date": date} if number % 50 else {})


def main() -> None:
    """Draws both."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "archive.jsonl")
        archive.write_text("".join(json.dumps(row) + "\n" for row in rows(1_000_000)), "utf-8")
        for by in ("quarter", "outlet"):
            target = DOCS / f"stats-{by}.svg"
            command = [sys.executable, "-m", "factcheck_cli.app", "stats", str(archive), "--by", by, "-o", str(target)]
            subprocess.run([*command, "--quiet"], check=True)  # noqa: S603 -- our own program


if __name__ == "__main__":
    main()
