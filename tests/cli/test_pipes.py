"""Named pipes and `<(…)` of a shell: what comes out of them is read once, and as the file of that name would be."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Start = Callable[..., "subprocess.Popen[bytes]"]
PATIENCE = 120  # seconds
RULES = ("--no-builtin", "--rules", "house.fact")
PAGE = b"<html><body><article><p>The ferry could sink, officials said in the harbour.</p></article></body></html>\n"
FILES = {
    "page.html": PAGE,
    "berths.csv": b'id,text\nnorth,"The north quay could sink."\nsouth,"It rose."\n',
    "berths.tsv": b"id\ttext\nnorth\tThe north quay could sink.\n",
    "berths.json": b'[{"id": "north", "text": "The north quay could sink."}]\n',
    "berths.jsonl": b'{"text": "The north quay could sink."}\n{"text": "It rose."}\n',
    "note.md": b"# The ferry\n\nIt **could** sink.\n",
    "note.txt": b"It could sink.\n",
    "empty.html": b"",
}
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes of Unix")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_named_pipe_is_read_as_a_file_of_its_name(start: Start, folder: Path, jobs: str) -> None:
    """The same rows, the same notes, the same status."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    program = start(*FILES, "--jobs", jobs, **pipes)
    file = (*program.communicate(timeout=PATIENCE), program.returncode)
    for name in FILES:
        (folder / name).unlink()
        os.mkfifo(folder / name)
    program = start(*FILES, "--jobs", jobs, **pipes)
    for name, data in FILES.items():
        (folder / name).write_bytes(data)  # waits for whoever reads it
    assert (*program.communicate(timeout=PATIENCE), program.returncode) == file
    assert [file[0].count(f'{{"doc":"{name}'.encode()) for name in ("page.html", "berths.jsonl")] == [1, 2]
    assert file[2] == 0


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("name", "options"), [("page.html", []), ("berths.csv", ["--type", "csv"])])
def test_what_a_shell_substitutes_is_read(start: Start, folder: Path, name: str, options: list[str], jobs: str) -> None:
    """A descriptor that no other process has, and whose name says nothing."""
    reads, writes = os.pipe()
    os.write(writes, FILES[name])
    os.close(writes)
    (folder / name).write_bytes(FILES[name])
    path = f"/dev/fd/{reads}"
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    found = [start(path, "--jobs", jobs, *options, **pipes, pass_fds=(reads,)), start(name, **pipes)]
    os.close(reads)
    pipe, file = (program.communicate(timeout=PATIENCE) for program in found)
    assert pipe == (file[0].replace(name.encode(), path.encode()), b"")
    assert pipe[0]


def test_statistics_of_what_comes_out_of_a_pipe(folder: Path) -> None:
    """They are those of the file."""
    os.mkfifo(folder / "berths.csv")
    command = [sys.executable, "-m", "factcheck_cli.app", "stats", "berths.csv", *RULES, "--format", "csv"]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    (folder / "berths.csv").write_bytes(FILES["berths.csv"])
    output, errors = program.communicate(timeout=PATIENCE)
    (folder / "berths.csv").unlink()
    (folder / "berths.csv").write_bytes(FILES["berths.csv"])
    done = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)
    assert (output, errors, program.returncode) == (done.stdout, b"", 0)


def test_a_baseline_keeps_what_came_out_of_a_pipe(folder: Path) -> None:
    """It reads twice what can be read once."""
    command = [sys.executable, "-m", "factcheck_cli.app"]
    (folder / "page.html").write_bytes(PAGE)
    subprocess.run(
        [*command, "baseline", "create", "page.html", *RULES], capture_output=True, check=True, timeout=PATIENCE
    )
    (folder / "page.html").unlink()
    os.mkfifo(folder / "page.html")
    scan = [*command, "scan", "page.html", *RULES, "--baseline", "factcheck-baseline.jsonl"]
    program = subprocess.Popen(scan, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    (folder / "page.html").write_bytes(PAGE)
    output, errors = program.communicate(timeout=PATIENCE)
    assert (output, program.returncode) == (b"", 0)
    assert errors.endswith(b" 1 known, 0 new\n")
