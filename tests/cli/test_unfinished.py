"""What is written beside its place: what the dead left goes; what a living one writes stays, and what others have."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from factcheck_cli.output.sink import destination
from factcheck_cli.output.unfinished import clear, unfinished, unfinished_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks of Unix")

WRITER = """\
import sys
from pathlib import Path
from factcheck_cli.output.sink import destination
from factcheck_cli.output.unfinished import unfinished, unfinished_folder
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


# Who may look into it -------------------------------------------------------------------------------------------------

SCAN = (sys.executable, "-m", "factcheck_cli.app", "scan", "--no-builtin", "--rules", "house.fact")
MODES = [(0o000, 0o666, 0o777), (0o022, 0o644, 0o755), (0o077, 0o600, 0o700)]


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for what is temporary."""
    found = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(found))
    return found


@pytest.mark.parametrize("target", [[], ["-o", "out.jsonl"]])
def test_nobody_else_sees_pages_that_wait(folder: Path, place: Path, target: list[str]) -> None:
    """What is read and what is unpickled lies in a folder that is its owner's alone, whatever the umask."""
    os.mkfifo(folder / "pipe.txt")
    command = [*SCAN, "article.txt", "pipe.txt", "--jobs", "2", *target]
    program = subprocess.Popen(command, stdout=subprocess.DEVNULL, umask=0)
    beside = folder if target else place
    with (folder / "pipe.txt").open("w", encoding="utf-8") as pipe:  # opened when there is a folder to copy it to
        pipe.write("It could sink. " * 10_000)
        pipe.flush()
        until = time.monotonic() + 60
        while not list(beside.glob(".factcheck.*.part/*.input")) and time.monotonic() < until:
            time.sleep(0.01)
        (segments,) = beside.glob(".factcheck.*.part")
        assert segments.stat().st_mode & 0o777 == 0o700
        assert list(segments.glob("*.input"))
    assert program.wait(60) == 0
    assert not segments.exists()


@pytest.mark.parametrize(("umask", "file", "report"), MODES)
def test_what_is_written_may_be_read_as_the_umask_has_it(folder: Path, umask: int, file: int, report: int) -> None:
    """A file and a report in a folder alike, by one process or by two."""
    for jobs in ("1", "2"):
        for name in ("out.jsonl", "out/"):
            subprocess.run([*SCAN, "article.txt", "--jobs", jobs, "-o", f"{jobs}{name}"], check=True, umask=umask)
        pages = [folder / f"{jobs}out.jsonl", *(folder / f"{jobs}out").rglob("*.html")]
        assert {path.stat().st_mode & 0o777 for path in pages} == {file}
        assert (folder / f"{jobs}out").stat().st_mode & 0o777 == report


def test_what_replaces_a_file_is_never_open_to_more_than_that(folder: Path) -> None:
    """The permissions of the old file hold while the new one is written, too."""
    (folder / "out.jsonl").write_text("old", "utf-8")
    (folder / "out.jsonl").chmod(0o600)
    with destination(folder / "out.jsonl") as out:
        out.write(b"new")
        (part,) = folder.glob(".out.jsonl.*.part")
        assert part.stat().st_mode & 0o777 == 0o600
    assert (folder / "out.jsonl").read_bytes() == b"new"
    assert (folder / "out.jsonl").stat().st_mode & 0o777 == 0o600
