"""Outputs of a scan that signal 9 ends at any point: whole or not there, and the next scan clears up what is left."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from killed import Killer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signal 9 is of Unix")

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
TIMES = 40 if DEEP else 2
"""Kills of each output at random moments."""
EVERY = 1 if DEEP else 11
"""One in so many steps with files is a program's last."""

HOUSE = """\
pack house

rule chance : possible
    "Only a possibility."
    match   could
    weight  0.9
    flag    "The quay could sink."
    pass    "The quay sank."
"""


@pytest.fixture
def killer(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Killer]:
    """Return `killer(*arguments)`: a scan of some articles to be killed, in a folder of its own."""
    (tmp_path / "house.fact").write_text(HOUSE, "utf-8")
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(30):
        (texts / f"{number:02}.txt").write_text(f"Mill {number} could close. Ruth Abara left.\n" * 20, "utf-8")
    cache = str(tmp_path_factory.getbasetemp() / "cache")

    def make(*arguments: str) -> Killer:
        scan = ["scan", "texts", "--no-builtin", "--rules", "house.fact", "--quiet", *arguments]
        return Killer(["-m", "factcheck_cli.app", *scan], tmp_path, os.environ | {"FACTCHECK_CACHE": cache})

    return make


def whole_lines(path: Path) -> None:
    """Fails where the file is there and not whole."""
    if path.exists():
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert len(rows) == 1200


def whole_table(path: Path) -> None:
    """The same for a Parquet table."""
    if path.exists():
        assert pq.read_table(path).num_rows == 1200


def whole_report(path: Path) -> None:
    """The same for a folder with a page for each article."""
    if path.exists():
        assert (path / "index.html").read_text("utf-8").endswith("</html>\n")
        pages = sorted(path.glob("articles/*.html"))
        assert len(pages) == 30
        assert all(page.read_text("utf-8").endswith("</html>\n") for page in pages)


CASES = [
    ("out.jsonl", (), whole_lines),
    ("out.jsonl", ("--jobs", "2"), whole_lines),
    ("out.parquet", (), whole_table),
    ("report/", (), whole_report),
]
IDS = ["lines", "lines of two processes", "table", "folder"]


@pytest.mark.parametrize("case", CASES, ids=IDS)
@pytest.mark.parametrize("way", ["at random", "at steps"])
def test_killed_scan_leaves_nothing_half(
    killer: Callable[..., Killer],
    tmp_path: Path,
    case: tuple[str, tuple[str, ...], Callable[[Path], None]],
    way: str,
) -> None:
    """What stands at the place is all of an output, the last one's or this one's; the next scan clears up."""
    name, options, check = case
    program, place, old = killer("-o", name, *options), tmp_path / name, tmp_path / ".report.factcheck-old"
    before = {path.name for path in tmp_path.iterdir()}
    there = False

    def look() -> None:
        nonlocal there
        check(place)
        assert place.exists() or old.exists() or not there, "what was there is gone"
        there = place.exists()
        assert {each.name for each in tmp_path.iterdir() if not each.name.startswith(".")} <= before | {place.name}

    deaths = program.at_random(TIMES, look) if way == "at random" else program.at_steps(look, every=EVERY)
    print(f"{name} {way}: {deaths.killed} killed, {deaths.done} done")  # noqa: T201 - read in deep runs, with -s
    program.run()
    check(place)
    assert place.exists()
    assert {path.name for path in tmp_path.iterdir()} == before | {place.name}
