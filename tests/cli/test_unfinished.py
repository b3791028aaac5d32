"""What is written beside its place: what the dead left goes; what a living one writes stays, and what others have."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from factcheck_cli.unfinished import clear, unfinished, unfinished_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks of Unix")

WRITER = """\
import sys
from pathlib import Path
from factcheck_cli.unfinished import unfinished, unfinished_folder
way = unfinished_folder if sys.argv[1] == "folder" else unfinished
with way(Path("out.jsonl")) as path:
    print(path.name, flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_the_living_write_stays_until_they_die(folder: Path, kind: str) -> None:
    """Another process writes: its work is left alone; when it is killed the next one clears it up."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ)
    )
    assert writer.stdout
    left = folder / writer.stdout.readline().decode().strip()
    assert left.exists()
    with unfinished(folder / "out.jsonl") as mine:
        assert left.exists()
        assert mine != left
    writer.kill()
    writer.communicate()
    assert left.exists()
    with unfinished(folder / "out.jsonl"):
        assert not left.exists()


def test_only_leftovers_of_ours_go(folder: Path) -> None:
    """What is called nearly like them is somebody else's."""
    kept = [".out.jsonl.part", ".out.jsonl.1.part", ".out.jsonl.1-x.part", "out.jsonl.1-1.part", ".other.1-1.part"]
    for name in [*kept, ".out.jsonl.999-0.part"]:
        (folder / name).write_text("", "utf-8")
    clear(folder / "out.jsonl")
    assert all((folder / name).exists() for name in kept)
    assert not (folder / ".out.jsonl.999-0.part").exists()


def test_a_number_that_is_taken_is_passed_over(folder: Path) -> None:
    """Two writers of one process, as two machines' of one number, have places of their own."""
    with (
        unfinished(folder / "a.txt") as one,
        unfinished(folder / "a.txt") as other,
        unfinished_folder(folder / "a.txt") as last,
    ):
        assert len({one, other, last}) == 3


def test_nothing_is_left_of_what_fails(folder: Path) -> None:
    """Neither a file nor a folder with something in it."""
    before = set(folder.iterdir())
    for way in (unfinished, unfinished_folder):
        with contextlib.suppress(ZeroDivisionError), way(folder / "a.txt") as path:
            if path.is_dir():
                (path / "page.html").write_text("half", "utf-8")
            raise ZeroDivisionError
    assert set(folder.iterdir()) == before


@pytest.mark.parametrize("way", [unfinished, unfinished_folder])
def test_a_failure_within_is_the_failure(folder: Path, way: type) -> None:
    """Also one of files that are not there, as those that somebody else clears up."""
    with pytest.raises(FileNotFoundError, match="mine"), way(folder / "a.txt"):
        raise FileNotFoundError(2, "mine")
