"""Shares of the work: whatever the number of processes, what is printed and what is told stay the same."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck_cli.inputs import parts as inputs
from factcheck_cli.inputs.parts import Inputs, shares
from factcheck_cli.inputs.reading import texts
from factcheck_cli.inputs.text import How, Part
from factcheck_cli.log import Log, Minutes
from factcheck_cli.work import batch, pool
from factcheck_cli.work.batch import batches
from factcheck_cli.work.worker import Worker

Start = Callable[..., "subprocess.Popen[bytes]"]
Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
Invoke = Callable[..., Result]
PATIENCE = 120  # seconds
needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and permissions of Unix")


@pytest.fixture
def done(start: Start, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return `done(*arguments, text=…)`: the program at its end, which has left nothing in the temporary folder."""
    place = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(place))

    def run(*arguments: str, text: bytes | None = None) -> "subprocess.CompletedProcess[bytes]":
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        program = start(*arguments, **pipes)
        output, errors = program.communicate(text, timeout=PATIENCE)
        assert not list(place.iterdir())
        return subprocess.CompletedProcess(arguments, program.returncode, output, errors)

    return run


def rows(number: int, size: int = 0) -> bytes:
    """So many rows with as much beside the text, of which each third has a name of its own."""
    found = ({"text": f"Officials say berth {n} could sink.", "more": "x" * size} for n in range(number))
    named = (one | ({} if n % 3 else {"id": f"row {n}"}) for n, one in enumerate(found))
    return b"".join(json.dumps(one).encode() + b"\n" for one in named)


@pytest.fixture
def mixed(folder: Path) -> list[str]:
    """Inputs of every kind, some of them broken; what a few of them hold is more than one share."""
    (folder / "many.jsonl").write_bytes(rows(100, 5_000) + b"no row\n" + rows(150, 10_000) + b"{}")
    (folder / "wide.jsonl").write_text('{"text": "It sank."}\n', "utf-16")
    (folder / "old.txt").write_bytes("The “quay” could sink.".encode("cp1252"))
    (folder / "blank.txt").write_bytes(b" ")
    (folder / "binary.txt").write_bytes(b"It\0sank.")
    return [
        "old.txt",
        "many.jsonl",
        "nowhere.txt",
        "article.txt",
        "wide.jsonl",
        "blank.txt",
        "nowhere.jsonl",
        "binary.txt",
    ]


@pytest.mark.parametrize("format_", ["jsonl", "json", "csv", "pretty"])
def test_any_number_of_processes_does_the_same(done: Run, mixed: list[str], format_: str) -> None:
    """Output, notes, failures and status of two processes are those of one, to the byte and in their order."""
    one = done(*mixed, "--format", format_, "--at-most", "possible")
    two = done(*mixed, "--format", format_, "--at-most", "possible", "--jobs", "2")
    assert (two.stdout, two.stderr.decode(), two.returncode) == (one.stdout, one.stderr.decode(), one.returncode)
    assert one.returncode == 3
    assert [line.split(b": ")[1] for line in one.stderr.splitlines()[:-1]] == [
        *(b"old.txt", b"many.jsonl:101", b"many.jsonl:252", b"nowhere.txt", b"wide.jsonl", b"blank.txt"),
        *(b"nowhere.jsonl", b"binary.txt"),
    ]


@pytest.mark.parametrize("arguments", [["--text-field", "text"], []])
def test_standard_input_is_shared_out_too(done: Run, arguments: list[str]) -> None:
    """Rows that come through a pipe, and a text."""
    text = rows(200, 10_000) if arguments else b"Officials say the quay could sink.\n" * 200
    one = done(*arguments, text=text)
    two = done(*arguments, "--jobs", "2", text=text)
    assert (two.stdout, two.stderr, two.returncode) == (one.stdout, one.stderr, one.returncode)
    assert one.returncode == 0


@needs_unix
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("name", ["pipe.jsonl", "pipe.txt"])
def test_named_pipe_is_read_once(start: Start, folder: Path, name: str, jobs: str) -> None:
    """What comes out of a pipe is gone then, whoever scans it."""
    os.mkfifo(folder / name)
    program = start(name, "article.txt", "--jobs", jobs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    (folder / name).write_bytes(rows(3) if name.endswith("l") else b"It could sink.")
    output, errors = program.communicate(timeout=PATIENCE)
    docs = dict.fromkeys(json.loads(line)["doc"] for line in output.splitlines())
    assert list(docs) == [*(["row 0", "pipe.jsonl:2", "pipe.jsonl:3"] if name.endswith("l") else [name]), "article.txt"]
    assert (errors, program.returncode) == (b"", 0)


@needs_unix
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("arguments", [["-"], ["--text-field", "text"]])
def test_standard_input_that_cannot_be_read_is_named(start: Start, jobs: str, arguments: list[str]) -> None:
    """One that can only be written to, perhaps."""
    handle = os.open(os.devnull, os.O_WRONLY)
    program = start(*arguments, "--jobs", jobs, stdin=handle, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    os.close(handle)
    _, errors = program.communicate(timeout=PATIENCE)
    said = ["factcheck: -: this cannot be read: Bad file descriptor", "factcheck: 1 could not be read, 0 scanned"]
    assert (errors.decode().splitlines(), program.returncode) == (said, 3)


@needs_unix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_rows_that_trickle_in_are_scanned_at_once(start: Start, jobs: str) -> None:
    """Whoever writes a row and waits gets its sentences."""
    program = start("--text-field", "text", "--jobs", jobs, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert program.stdin
    assert program.stdout
    for number in range(3):
        program.stdin.write(json.dumps({"text": f"Berth {number} could sink."}).encode() + b"\n")
        program.stdin.flush()
        assert json.loads(program.stdout.readline())["doc"] == f"-:{number + 1}"
    assert program.communicate(timeout=PATIENCE)[0] == b""


# Full disks ----------------------------------------------------------------------------------------------------------


@needs_unix
@pytest.mark.parametrize("target", [[], ["-o", "out.jsonl"]])
def test_no_room_for_waiting_pages_is_told(folder: Path, target: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where workers cannot keep pages the program ends and says so; the old file stays, and nothing lies about."""
    place = folder / "temporary"
    place.mkdir()
    (folder / "out.jsonl").write_text("old", "utf-8")
    (folder / "hook").mkdir()
    script = (
        "import resource, sys\nif '--multiprocessing-fork' in sys.argv:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))\n"
    )
    (folder / "hook" / "sitecustomize.py").write_text(script, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder / "hook"))
    monkeypatch.setenv("TMPDIR", str(place))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    before = set(folder.rglob("*"))
    command = [sys.executable, "-m", "factcheck_cli.app", "scan", "--no-builtin", "--rules", "house.fact"]
    command += ["article.txt", "--jobs", "2", *target]
    program = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    said = "the file would be larger than is allowed here; name another place; --jobs 1 needs no room for them"
    where = folder if target else place
    assert program.stderr == f"factcheck: {where}: the pages of --jobs cannot wait for their turn here: {said}\n"
    assert (program.stdout, program.returncode) == ("", 2)
    assert (folder / "out.jsonl").read_text("utf-8") == "old"
    assert set(folder.rglob("*")) == before


def test_no_folder_for_waiting_pages_is_told(run: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no temporary folder can be made."""

    def full(_path: Path, _mode: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", full)
    command = ["scan", "--no-builtin", "--no-cache", "--rules", "house.fact", "article.txt"]
    result = run(*command, "--jobs", "2", "-o", "out.csv")
    assert (
        f"factcheck: {folder}: the pages of --jobs cannot wait for their turn here: the disk is full" in result.stderr
    )
    assert not (folder / "out.csv").exists()


def test_full_spool_is_told(run: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard input cannot be kept for the workers."""
    opened = Path.open

    def full(path: Path, *arguments: str, **named: object) -> object:
        if path.suffix == ".input":
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", full)
    rules = ("--no-builtin", "--rules", "house.fact")
    result = run("scan", *rules, "--jobs", "2", "-o", "out.csv", "--text-field", "text", text=rows(3))
    assert "cannot wait for their turn here: the disk is full; make room or name another place" in result.stderr
    assert set(folder.iterdir()) == {folder / "house.fact", folder / "article.txt"}


# Parts and batches ---------------------------------------------------------------------------------------------------


LINES = st.lists(st.sampled_from([b"", b" ", b'{"text": "a"}', b'{"text": "bb", "id": "x"}', b"{", b'{"a": 1}', b"[]"]))


@given(LINES, st.booleans(), st.integers(1, 40))
def test_cut_rows_are_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory,
    lines: list[bytes],
    ends: bool,  # noqa: FBT001 - hypothesis gives it
    size: int,
) -> None:
    """Wherever a file is cut, its texts and what is told of its rows are those of the file as one."""
    path = tmp_path_factory.getbasetemp() / "cut.jsonl"
    path.write_bytes(b"\n".join(lines) + b"\n" * ends)
    whole = Minutes()
    expected = list(texts(Part(str(path), "cut.jsonl", sys.maxsize, row=1), How(), whole))
    cut = Minutes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inputs, "MUCH", size)
        parts = list(Inputs((str(path),), How()).parts(Log()))
    assert [text.text for part in parts for text in texts(part, How(), cut)] == [one.text for one in expected]
    assert [(told.name.rpartition(":")[2], told.message) for told in cut.told] == [
        (told.name.rpartition(":")[2], told.message) for told in whole.told
    ]
    assert sum(part.size for part in parts) == path.stat().st_size


@given(st.lists(st.integers(0, 60), max_size=20), st.integers(1, 50), st.integers(1, 5))
def test_batches_are_small_and_hold_all(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], much: int, many: int
) -> None:
    """No batch holds more than it should, but for one text that is as large; all texts come in their order."""
    path = tmp_path_factory.getbasetemp() / "batch.jsonl"
    path.write_text("".join(json.dumps({"id": n, "text": "x" * size}) + "\n" for n, size in enumerate(sizes)), "utf-8")
    found = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "_MUCH", much)
        patch.setattr(batch, "_MANY", many)
        for one in batches([Part(str(path), "batch", sys.maxsize, row=1)], How()):
            names = [text.name for text in one.texts]
            assert len(names) <= many
            assert sum(len(text.text) for text in one.texts) <= much or len(names) == 1
            found += names
    assert found == [str(number) for number in range(len(sizes))]


def test_lost_texts_are_told_in_their_places(folder: Path) -> None:
    """Between what was told of the inputs before and after them."""
    (folder / "rows.jsonl").write_bytes(b'{"text": "a"}\n{\n{"text": "b"}\n[]\n')
    (one,) = batches([Part("rows.jsonl", "r", sys.maxsize, row=1)], How())
    assert [told.name for told in one.in_order({0: "lost", 1: "lost"})] == ["r:1", "r:2", "r:3", "r:4"]


def test_shares_hold_about_as_much() -> None:
    """Short parts stand together, a stream alone and at once."""
    parts = [Part(str(n), str(n), size) for n, size in enumerate([400_000, 600_000, 100_000, 2_000_000, 1])]
    stream = Part("-", "-", 5, stream=True)
    found = [[part.path for part in share] for share in shares([*parts, stream, *parts])]
    assert found == [["0", "1"], ["2"], ["3"], ["4"], ["-"], ["0", "1"], ["2"], ["3"], ["4"]]


def test_workers_start_when_there_is_work(run: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    """One short article starts one process, however many there may be."""
    started = []

    class Counted(Worker):
        def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 - those of a worker
            started.append(1)
            super().__init__(*arguments)

    monkeypatch.setattr(pool, "Worker", Counted)
    assert run("scan", "--no-builtin", "--rules", "house.fact", "article.txt", "--jobs", "8").exit_code == 0
    assert len(started) == 1


@pytest.mark.parametrize("most", [0, 1])
def test_workers_that_cannot_be_started(run: Invoke, folder: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Where no more processes can be started, those there are do all; where none can, the scan ends and says so."""
    started: list[int] = []

    class Limited(Worker):
        def __init__(self, *arguments: Any) -> None:  # noqa: ANN401 - those of a worker
            if len(started) == most:
                raise BlockingIOError(11, "Resource temporarily unavailable")
            started.append(1)
            super().__init__(*arguments)

    monkeypatch.setattr(pool, "Worker", Limited)
    (folder / "rows.jsonl").write_bytes(rows(60, 100_000))
    result = run("scan", "--no-builtin", "--rules", "house.fact", "rows.jsonl", "--jobs", "4")
    if most:
        assert (result.exit_code, result.stderr) == (0, "")
        assert len({json.loads(line)["doc"] for line in result.stdout.splitlines()}) == 60
    else:
        said = "what is left: worker processes die as soon as they start; scan with --jobs 1"
        assert said in result.stderr
        assert result.exit_code == 3
    assert len(started) == most
