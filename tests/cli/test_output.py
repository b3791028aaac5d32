"""Where output goes: whole files or none, quiet pipes, colour on terminals only, and many processes like one."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[bytes]"]
PATIENCE = 60  # seconds

needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="terminals, signals and devices of Unix")


def write_rows(path: Path, count: int) -> None:
    """Writes a file of short documents."""
    path.write_text(
        "".join(json.dumps({"id": n, "text": f"Quay {n} could sink."}) + "\n" for n in range(count)), "utf-8"
    )


def test_output_file_holds_what_would_be_printed(scan: Run, folder: Path) -> None:
    """`-o` writes the file and nothing else, and leaves nothing beside it."""
    before = set(folder.iterdir())
    result = scan("article.txt", "-o", "out.jsonl")
    assert result.stdout == ""
    assert (folder / "out.jsonl").read_text("utf-8") == scan("article.txt").stdout
    assert set(folder.iterdir()) - before == {folder / "out.jsonl"}


def test_output_file_is_replaced_and_keeps_its_mode(scan: Run, folder: Path) -> None:
    """An output file that is there already is replaced by the new one, links and permissions kept."""
    (folder / "real.jsonl").write_text("old", "utf-8")
    (folder / "real.jsonl").chmod(0o640)
    (folder / "link.jsonl").symlink_to("real.jsonl")
    assert scan("article.txt", "-o", "link.jsonl").exit_code == 0
    assert (folder / "link.jsonl").is_symlink()
    assert (folder / "real.jsonl").read_text("utf-8").startswith('{"doc"')
    assert (folder / "real.jsonl").stat().st_mode & 0o777 == 0o640


def test_dash_is_standard_output(scan: Run) -> None:
    """`-o -` is as good as no `-o`."""
    assert scan("article.txt", "-o", "-").stdout == scan("article.txt").stdout


@needs_unix
@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1"])
def test_names_of_standard_output_are_it(start: Start, name: str) -> None:
    """A device or a pipe is written to as it is; nothing is put in its place."""
    expected, _ = start("article.txt", stdout=subprocess.PIPE).communicate(timeout=PATIENCE)
    process = start("article.txt", "-o", name, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.communicate(timeout=PATIENCE) == (expected, b"")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("no/such/out.jsonl", "there is no folder no/such to write to; make it first"),
        (".", "this is a folder; name a file"),
    ],
)
def test_output_that_cannot_be_is_named(scan: Run, target: str, said: str) -> None:
    """Where nothing can be written, nothing is scanned."""
    result = scan("article.txt", "-o", target)
    assert result.stderr == f"factcheck: {target}: {said}\n"
    assert result.exit_code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk_is_named(scan: Run, start: Start) -> None:
    """A disk without room is an error with its remedy, for files and for standard output."""
    said = "factcheck: /dev/full: this cannot be written: the disk is full; make room or name another place\n"
    result = scan("article.txt", "-o", "/dev/full")
    assert (result.stderr, result.exit_code) == (said, 2)
    with Path("/dev/full").open("wb") as full:
        program = start("article.txt", stdout=full.fileno(), stderr=subprocess.PIPE)
        _, errors = program.communicate(timeout=PATIENCE)
    assert (
        errors == b"factcheck: standard output cannot be written: the disk is full; make room or name another place\n"
    )
    assert program.returncode == 2


def test_failure_while_writing_leaves_nothing(scan: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the file cannot be put in its place, neither it nor a part of it is left, and the old one stays."""
    (folder / "out.jsonl").write_text("old", "utf-8")
    before = set(folder.iterdir())

    def refuse(path: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied", str(path), None, str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    result = scan("article.txt", "-o", "out.jsonl")
    assert result.stderr == "factcheck: out.jsonl: this cannot be written: no permission; name another place\n"
    assert (folder / "out.jsonl").read_text("utf-8") == "old"
    assert set(folder.iterdir()) == before


@needs_unix
def test_interrupt_is_status_130_and_leaves_nothing(start: Start, folder: Path) -> None:
    """Ctrl-C ends the program with status 130, without a traceback and without half a file."""
    before = set(folder.iterdir())
    program = start("-", "-o", "out.jsonl", stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    wait_for(lambda: list(folder.glob(".out.jsonl.*")))
    program.send_signal(signal.SIGINT)
    errors = program.stderr.read() if program.stderr else b""
    assert program.wait(PATIENCE) == 130
    program.communicate()
    assert errors == b""
    assert set(folder.iterdir()) == before


@needs_unix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_closed_pipe_is_quiet(start: Start, folder: Path, jobs: str) -> None:
    """When the reader has seen enough, as `head` does, the program ends without a word."""
    write_rows(folder / "rows.jsonl", 3_000)
    program = start("rows.jsonl", "--jobs", jobs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert program.stdout
    assert program.stderr
    assert program.stdout.readline().startswith(b'{"doc":"0"')
    program.stdout.close()
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(PATIENCE) == 0


def test_many_processes_print_what_one_does(start: Start, folder: Path) -> None:
    """Whatever `--jobs` says, the output is the same in the same order, and so is the status."""
    write_rows(folder / "rows.jsonl", 2_000)
    with (folder / "rows.jsonl").open("a", encoding="utf-8") as rows:
        rows.write("no row\n")
    outputs = []
    for jobs in ("1", "2"):
        program = start("rows.jsonl", "article.txt", "--jobs", jobs, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        outputs.append((*program.communicate(timeout=PATIENCE), program.returncode))
    assert outputs[0] == outputs[1]
    assert outputs[0][2] == 3
    assert outputs[0][0].count(b"\n") == 2_004


def wait_for(ready: Callable[[], object]) -> None:
    """Waits until something holds."""
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


# Terminals -----------------------------------------------------------------------------------------------------------


def on_terminal(start: Start, *arguments: str) -> str:
    """What the program writes when its output is a terminal."""
    import pty  # noqa: PLC0415 - there is none on Windows

    screen, terminal = pty.openpty()
    program = start(*arguments, stdout=terminal, stderr=terminal)
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # how Linux says that the other side has gone
        while data := os.read(screen, 65_536):
            shown += data
    os.close(screen)
    program.wait(PATIENCE)
    return shown.decode().replace("\r\n", "\n")


@needs_unix
def test_terminal_gets_pretty_and_colour(start: Start) -> None:
    """On a terminal the default is pretty, in colour."""
    shown = on_terminal(start, "article.txt")
    assert "\x1b[31munverified" in shown
    assert "\x1b[4mcould\x1b[0m" in shown


@needs_unix
@pytest.mark.parametrize("variable", ["NO_COLOR", "TERM"])
def test_terminal_without_colour(start: Start, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    """NO_COLOR and a dumb terminal are heeded; `--color always` overrules them."""
    monkeypatch.setenv(variable, "dumb")
    assert "\x1b" not in on_terminal(start, "article.txt")
    assert "\x1b[31m" in on_terminal(start, "article.txt", "--color", "always")


@needs_unix
def test_progress_is_shown_on_a_terminal_and_goes_away(start: Start, folder: Path) -> None:
    """Many documents into a file: one line on the terminal says how far, and is erased at the end."""
    write_rows(folder / "rows.jsonl", 400)
    shown = on_terminal(start, "rows.jsonl", "-o", "out.jsonl")
    assert " documents, " in shown
    assert shown.endswith("\r\x1b[K")
    assert on_terminal(start, "rows.jsonl", "-o", "out.jsonl", "--no-progress") == ""


@needs_unix
def test_long_document_is_named_before_its_turn(start: Start, folder: Path) -> None:
    """Where one document takes a while, the line on the terminal says which."""
    (folder / "long.txt").write_text("The quay sank.\n" * 8_000, "utf-8")
    assert "long.txt: 120,000 characters …" in on_terminal(start, "long.txt", "-o", "out.jsonl")


@needs_unix
def test_nothing_to_scan_is_told(start: Start) -> None:
    """Without a path, and with a terminal for input, the program does not wait for somebody to type."""
    import pty  # noqa: PLC0415 - there is none on Windows

    screen, terminal = pty.openpty()
    program = start(stdin=terminal, stderr=subprocess.PIPE)
    _, errors = program.communicate(timeout=PATIENCE)
    os.close(terminal)
    os.close(screen)
    assert errors == b"factcheck: there is nothing to scan; name a file or a folder, or pipe a text in\n"
    assert program.returncode == 2


def test_colour_never_goes_into_a_pipe(scan: Run) -> None:
    """Piped pretty output is plain."""
    assert "\x1b" not in scan("article.txt", "--format", "pretty").stdout


def test_article_of_a_scanned_folder_is_not_replaced(scan: Run, folder: Path) -> None:
    """What lies in a folder to be scanned is an input as much as one that is named."""
    (folder / "news").mkdir()
    article = folder / "news" / "a.txt"
    article.write_text("It sank.", "utf-8")
    result = scan("news", "-o", "news/a.txt")
    said = "news/a.txt: this is to be scanned with what is in news, and -o would replace it; give -o another name"
    assert result.stderr == f"factcheck: {said}\n"
    assert result.exit_code == 2
    assert article.read_text("utf-8") == "It sank."
    assert scan("news", "-o", "news/a.csv").exit_code == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("house.fact", "house.fact: this is to be read and -o would replace it; give -o another name"),
        ("other.fact", "other.fact: this is a file of rules, and -o would replace it with results; give -o another"),
    ],
)
def test_rules_are_not_replaced(scan: Run, folder: Path, name: str, said: str) -> None:
    """Neither those of the scan nor any others; a new file may be called as one likes."""
    (folder / "other.fact").write_text("disable hedge/may\n", "utf-8")
    before = (folder / name).read_bytes()
    result = scan("article.txt", "-o", name)
    assert result.stderr.startswith(f"factcheck: {said}")
    assert result.exit_code == 2
    assert (folder / name).read_bytes() == before


def test_result_stays_when_nothing_could_be_scanned(scan: Run, folder: Path) -> None:
    """A wrong path does not take the last good result away."""
    (folder / "kept.csv").write_text("old", "utf-8")
    result = scan("nowhere.txt", "-o", "kept.csv")
    assert "factcheck: nothing could be scanned; kept.csv is left as it was\n" in result.stderr
    assert result.exit_code == 3
    assert (folder / "kept.csv").read_text("utf-8") == "old"
