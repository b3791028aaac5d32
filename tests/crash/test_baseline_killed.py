"""A baseline whose update signal 9 ends at any point: the one before or the one after, whole, and nothing beside it."""

import os
import sys
from pathlib import Path

import pytest

from factcheck_cli.baseline.file import read
from killed import Deaths, Killer

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signal 9 is of Unix")

DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"
TIMES = 60 if DEEP else 2
EVERY = 1 if DEEP else 9
NAME = "factcheck-baseline.jsonl"
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
def killer(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Killer:
    """An update to be killed, in a folder with many known sentences."""
    (tmp_path / "house.fact").write_text(HOUSE, "utf-8")
    (tmp_path / "texts").mkdir()
    cache = str(tmp_path_factory.getbasetemp() / "cache")
    rules = ["--no-builtin", "--rules", "house.fact"]
    environment = os.environ | {"FACTCHECK_CACHE": cache}
    change(tmp_path, 0)
    Killer(["-m", "factcheck_cli.app", "baseline", "create", "texts", *rules], tmp_path, environment).run()
    return Killer(["-m", "factcheck_cli.app", "baseline", "update", "--add", *rules], tmp_path, environment)


def change(folder: Path, number: int) -> None:
    """Writes other articles: a hundred and fifty sentences of each number."""
    state = chr(ord("a") + number % 26) * (number // 26 + 1)
    for text in range(30):
        sentences = "".join(f"Wall{'x' * text} {'y' * n} could fall {state}.\n\n" for n in range(5))
        (folder / "texts" / f"{text:02}.txt").write_text(sentences, "utf-8")


@pytest.mark.parametrize("way", ["at random", "at steps"])
def test_killed_update_leaves_a_whole_baseline(killer: Killer, tmp_path: Path, way: str) -> None:
    """Never half of one, and an update that nothing ends finds all as it should be."""
    runs = 0

    def before() -> None:
        nonlocal runs
        runs += 1
        change(tmp_path, runs)

    def look() -> None:
        known = read(tmp_path / NAME)
        assert len(known.entries) == 150
        assert (tmp_path / NAME).read_bytes() == b"".join(known.lines())
        # All are of one state of the articles.
        assert len({entry.text.rpartition(" ")[2] for entry in known.entries}) == 1

    deaths: Deaths = (
        killer.at_random(TIMES, look, before) if way == "at random" else killer.at_steps(look, before, EVERY)
    )
    print(f"baseline {way}: {deaths.killed} killed, {deaths.done} done")  # noqa: T201 - read in deep runs, with -s
    killer.run()
    look()
    assert {path.name for path in tmp_path.iterdir()} == {"house.fact", "texts", NAME}
