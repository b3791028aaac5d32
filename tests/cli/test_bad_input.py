"""What goes wrong, through the real program: one line that names it and the remedy, the rest done, status 3."""

import codecs
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

Start = Callable[..., "subprocess.Popen[bytes]"]
PATIENCE = 120  # seconds

needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, permissions and limits of Unix")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="capabilities of Linux")


class Seen(NamedTuple):
    """What a run of the program left: its JSON lines, the lines on standard error, and its exit status."""

    rows: list[dict[str, object]]
    errors: list[str]
    status: int

    @property
    def texts(self) -> list[object]:
        """The sentences."""
        return [row["text"] for row in self.rows]


Scanned = Callable[..., Seen]


@pytest.fixture
def scanned(start: Start) -> Scanned:
    """Return `scanned(*arguments)`: what `factcheck scan` does with them, as a process of its own."""

    def run(*arguments: str, **pipes: int) -> Seen:
        program = start(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **pipes)
        return seen(program)

    return run


def seen(program: "subprocess.Popen[bytes]", text: bytes | None = None) -> Seen:
    """What the program left when it had ended."""
    output, errors = program.communicate(text, timeout=PATIENCE)
    return Seen([json.loads(line) for line in output.splitlines()], errors.decode().splitlines(), program.returncode)


BINARY = "this is a binary file (it holds NUL characters); name a file of text, or save it as UTF-8"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x81", BINARY),
        (b"It sank.\0 It rose.", BINARY),
        (bytes(byte for number in range(100) for byte in (number, 0)), BINARY),
        ("It sank.\0".encode("utf-16"), BINARY),
        (b"It sank \x81\x8d.", "this is neither UTF-8 nor Windows-1252 text; save it as UTF-8"),
        (
            codecs.BOM_UTF16_BE + b"abc",
            "this begins as UTF-16 does, but is not UTF-16 all through; save it as UTF-8",
        ),
        (codecs.BOM_UTF8 + b"caf\xe9", "this begins as UTF-8 does, but is not UTF-8 all through; save it as UTF-8"),
        (None, "there is no such file or folder; check the path"),
    ],
)
def test_what_is_no_text_is_named(scanned: Scanned, folder: Path, data: bytes | None, said: str) -> None:
    """A file that is no text, or that is not there: the others are scanned."""
    if data is not None:
        (folder / "odd.txt").write_bytes(data)
    result = scanned("odd.txt", "article.txt")
    assert result.errors == [f"factcheck: odd.txt: {said}", "factcheck: 1 could not be read, 1 scanned"]
    assert len(result.rows) == 4
    assert result.status == 3


def test_folder_without_text_is_named(scanned: Scanned, folder: Path) -> None:
    """A folder with nothing to scan is an input that cannot be read."""
    (folder / "empty").mkdir()
    result = scanned("empty", "article.txt")
    assert result.errors[0] == (
        "factcheck: empty: there is no article in this folder, by the names of its files; name the files themselves"
    )
    assert (len(result.rows), result.status) == (4, 3)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", codecs.BOM_UTF16_LE])
def test_empty_file_is_noted(scanned: Scanned, folder: Path, data: bytes) -> None:
    """A file without text is no failure."""
    (folder / "blank.txt").write_bytes(data)
    assert scanned("blank.txt") == ([], ["factcheck: blank.txt: note: there is no text in it"], 0)


GUESSED = "this is read as UTF-16, though no byte order mark says so; save it as UTF-8 if letters look wrong"
OLD = "this is not UTF-8, so it is read as Windows-1252; save it as UTF-8 if letters look wrong"


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8-sig", ""),
        ("utf-16", ""),
        ("utf-32", ""),
        ("utf-16-le", GUESSED),
        ("utf-16-be", GUESSED),
        ("cp1252", OLD),
    ],
)
def test_other_encodings_are_read_rightly(scanned: Scanned, folder: Path, encoding: str, note: str) -> None:
    """What a file does not say and had to be guessed is noted."""
    (folder / "odd.txt").write_bytes("The “café” sank.".encode(encoding))
    result = scanned("odd.txt")
    assert result.texts == ["The “café” sank."]
    assert result.errors == ([f"factcheck: odd.txt: note: {note}"] if note else [])
    assert result.status == 0


def test_damaged_utf8_keeps_its_other_letters(scanned: Scanned, folder: Path) -> None:
    """One broken letter does not make mojibake of all others."""
    (folder / "odd.txt").write_bytes("The “café” sank.\n\nThe caf".encode() + b"\xe9 rose.")
    result = scanned("odd.txt")
    assert result.texts == ["The “café” sank.", "The caf\ufffd rose."]
    assert result.errors == ["factcheck: odd.txt: note: 1 character is broken, on line 3; save it as UTF-8"]


def test_long_line_ends(scanned: Scanned, folder: Path) -> None:
    """A line of two million characters, with stops and without, in a text and in a row, takes seconds, not hours."""
    (folder / "long.txt").write_text("The quay at Port Selby could sink " * 30_000 + ".", "utf-8")
    row = json.dumps({"id": "row", "text": "The quay could sink. " * 48_000})
    (folder / "long.jsonl").write_text(row + "\n", "utf-8")
    result = scanned("long.txt", "long.jsonl")
    assert result.rows[0]["doc"] == "long.txt"
    assert sum(row["doc"] == "row" for row in result.rows) == 48_000
    assert (result.errors, result.status) == ([], 0)


def test_deep_brackets_are_read(scanned: Scanned, folder: Path) -> None:
    """Ten thousand brackets within one another are text in a text; in a row they are too much, and said so."""
    (folder / "deep.txt").write_text("The quay " + "(" * 10_000 + "could sink" + ")" * 10_000 + ".", "utf-8")
    deep = '{"text": ' + "[" * 10_000 + "]" * 10_000 + "}"
    (folder / "deep.jsonl").write_text(f'{deep}\n{{"text": "It sank."}}\n', "utf-8")
    result = scanned("deep.txt", "deep.jsonl")
    assert result.texts[-1] == "It sank."
    assert {row["doc"] for row in result.rows} == {"deep.txt", "deep.jsonl:2"}
    said = "this row has more than a thousand lists or objects within one another; leave out all but its text"
    assert result.errors == [f"factcheck: deep.jsonl:1: {said}", "factcheck: 1 could not be read, 2 scanned"]
    assert result.status == 3


# Rows ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            b'{"text": "It sank."',
            "this row is not JSON (unexpected end of data, character 21); write one object a line",
        ),
        (b'{"text": "caf\xe9"}', "this row is not UTF-8 (byte 14 of it is 0xe9); save the file as UTF-8"),
        (b'["It sank."]', "this row is no JSON object; write one object a line"),
        (
            b'{"title": "A", "body": "It sank."}',
            "this row has no `text`; it has `title`, `body`; --text-field names the field with the text",
        ),
        (b'{"text": null}', "`text` of this row is no text; --text-field names another field"),
        (b'{"text": "It sank.", "id": {}}', "`id` is no text or number; --id-field names another field"),
    ],
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_broken_row_is_named_by_its_line(scanned: Scanned, folder: Path, row: bytes, said: str, jobs: str) -> None:
    """A wrong row in the middle is named; those around it are scanned."""
    (folder / "rows.jsonl").write_bytes(b'{"text": "First."}\n' + row + b'\n{"text": "Last."}')
    result = scanned("rows.jsonl", "--jobs", jobs)
    assert result.errors == [f"factcheck: rows.jsonl:2: {said}", "factcheck: 1 could not be read, 2 scanned"]
    assert result.texts == ["First.", "Last."]
    assert result.status == 3


def test_rows_in_utf16_are_told_once(scanned: Scanned, folder: Path) -> None:
    """A file of rows in the wrong encoding is one failure, not one a row."""
    (folder / "rows.jsonl").write_text('{"text": "It sank."}\n' * 3, "utf-16")
    result = scanned("rows.jsonl")
    assert result.errors[0] == "factcheck: rows.jsonl: this is UTF-16; save it as UTF-8, which JSON lines are in"
    assert result.errors[1:] == ["factcheck: 1 could not be read, 0 scanned"]


def test_names_of_rows_are_taken_as_they_are(scanned: Scanned, folder: Path) -> None:
    """Rows of one name are documents all the same, control characters are data, an empty name is none."""
    rows = [{"id": name, "text": "It sank."} for name in ("a", "a", "b\x1b[2J\n\0", "")]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    result = scanned("rows.jsonl")
    assert [(row["doc"], row["index"]) for row in result.rows] == [
        ("a", 0),
        ("a", 0),
        ("b\x1b[2J\n\0", 0),
        ("rows.jsonl:4", 0),
    ]
    assert (result.errors, result.status) == ([], 0)


# Files that may not be read, or go away ------------------------------------------------------------------------------


def powerless() -> list[str]:
    """What to start a program with, so that not even root may read what its permissions forbid."""
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@needs_linux
def test_permissions_are_named(folder: Path) -> None:
    """A file and a folder that may not be read are named; what else is there is scanned."""
    for name in ("desk", "locked"):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_text("It sank.", "utf-8")
    (folder / "desk" / "b.txt").write_text("It rose.", "utf-8")
    (folder / "desk" / "b.txt").chmod(0)
    (folder / "locked").chmod(0)
    rules = ["--no-builtin", "--rules", "house.fact"]
    command = [*powerless(), sys.executable, "-m", "factcheck_cli.app", "scan", *rules, "desk", "locked"]
    result = seen(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
    (folder / "locked").chmod(0o700)
    assert result.errors == [
        "factcheck: locked: this may not be read; check its permissions",
        "factcheck: desk/b.txt: this may not be read; check its permissions",
        "factcheck: 2 could not be read, 1 scanned",
    ]
    assert (result.texts, result.status) == (["It sank."], 3)


@needs_unix
def test_file_that_vanishes_is_named(start: Start, folder: Path) -> None:
    """A file that was there when the scan began and is gone when its turn comes."""
    os.mkfifo(folder / "slow")
    (folder / "desk").mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / "desk" / name).write_text("It sank.", "utf-8")
    program = start("slow", "desk", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with (folder / "slow").open("w", encoding="utf-8") as slow:  # opened when the program has listed what to scan
        (folder / "desk" / "a.txt").unlink()
        slow.write("It rose.")
    result = seen(program)
    assert result.errors[0] == "factcheck: desk/a.txt: there is no such file or folder; check the path"
    assert [row["doc"] for row in result.rows] == ["slow", "desk/b.txt"]
    assert result.status == 3


# Processes that die ---------------------------------------------------------------------------------------------------

LETHAL = """\
import os
import signal

from factcheck import Scanner

parts = Scanner.parts


def deadly(self, texts, *rest, **named):
    if any("lethal" in text for text in texts):
        os.kill(os.getpid(), signal.SIGKILL)
    if any("greedy" in text for text in texts):
        raise MemoryError
    return parts(self, texts, *rest, **named)


Scanner.parts = deadly
"""


GREEDY = """\
from dataclasses import replace

from factcheck import Scanner
from factcheck.graded import Place

parts = Scanner.parts


def greedy(self, texts, *rest, **named):
    for part in parts(self, texts, *rest, **named):
        yield replace(part, place=Place(last=False))
    raise MemoryError


Scanner.parts = greedy
"""


SLOW = """\
import time
from pathlib import Path

from factcheck import Scanner

parts = Scanner.parts


def slow(self, texts, *rest, **named):
    if "slow" in texts:
        Path("asleep").touch()
        time.sleep(600)
    return parts(self, texts, *rest, **named)


Scanner.parts = slow
"""


@pytest.fixture
def lethal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each process that scans a text with `lethal` in it be killed, and one with `greedy` run out of memory."""
    (folder / "hook").mkdir()
    (folder / "hook" / "sitecustomize.py").write_text(LETHAL, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder / "hook"))


@needs_unix
@pytest.mark.usefixtures("lethal")
def test_text_that_kills_its_process_is_named(scanned: Scanned, folder: Path) -> None:
    """Only the text that does it is lost: all others are scanned, in their order, those of its batch, too."""
    texts = ["It sank." if number not in {3, 40} else "lethal" for number in range(60)]
    rows = "".join(json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))
    (folder / "rows.jsonl").write_text(rows, "utf-8")
    result = scanned("rows.jsonl", "article.txt", "--jobs", "2")
    said = "the process that scanned it died, perhaps for want of memory; split it and scan the parts"
    assert result.errors == [
        f"factcheck: 3: {said}",
        f"factcheck: 40: {said}",
        "factcheck: 2 could not be read, 59 scanned",
    ]
    docs = [str(number) for number in range(60) if number not in {3, 40}]
    assert list(dict.fromkeys(row["doc"] for row in result.rows)) == [*docs, "article.txt"]
    assert result.status == 3


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.usefixtures("lethal")
def test_text_without_enough_memory_is_named(scanned: Scanned, folder: Path, jobs: str) -> None:
    """A text that there is no memory for is lost alone, without a dead process, too."""
    (folder / "odd.txt").write_text("greedy", "utf-8")
    result = scanned("odd.txt", "article.txt", "--jobs", jobs)
    assert result.errors[0] == "factcheck: odd.txt: there is not enough memory for it; split it and scan the parts"
    assert (len(result.rows), result.status) == (4, 3)


@pytest.mark.usefixtures("lethal")
def test_long_text_without_enough_memory_counts_as_lost(scanned: Scanned, folder: Path) -> None:
    """Where memory ends within it, the pages so far are there, and it says so; no file is replaced by half of them."""
    (folder / "hook" / "sitecustomize.py").write_text(GREEDY, "utf-8")
    (folder / "odd.txt").write_text("It sank.", "utf-8")
    result = scanned("odd.txt", "--jobs", "1")
    said = "there is not enough memory for the rest of it, and its pages end in the middle; split it and scan the parts"
    assert result.errors == [f"factcheck: odd.txt: {said}", "factcheck: 1 could not be read, 0 scanned"]
    assert (len(result.rows), result.status) == (1, 3)
    (folder / "kept.jsonl").write_text("kept", "utf-8")
    assert scanned("odd.txt", "-o", "kept.jsonl").status == 3
    assert (folder / "kept.jsonl").read_text("utf-8") == "kept"


@needs_unix
def test_processes_that_never_start_are_told(scanned: Scanned, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no worker process lives to see a text the scan ends, and does not try again for each."""
    (folder / "hook").mkdir()
    script = 'import os, sys\nif "--multiprocessing-fork" in sys.argv:\n    os.kill(os.getpid(), 9)\n'
    (folder / "hook" / "sitecustomize.py").write_text(script, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder / "hook"))
    result = scanned("article.txt", "--jobs", "2")
    assert result.errors == [
        "factcheck: what is left: worker processes die as soon as they start; scan with --jobs 1",
        "factcheck: 1 could not be read, 0 scanned",
    ]
    assert (result.rows, result.status) == ([], 3)


# The end of the run --------------------------------------------------------------------------------------------------


@needs_unix
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("format_", ["jsonl", "json", "csv"])
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_is_status_130(start: Start, folder: Path, jobs: str, format_: str, stop: signal.Signals) -> None:
    """Ctrl-C, and a kill, end the program without a traceback, whatever the format; no file or process is left."""
    before = set(folder.iterdir())
    arguments = ("--text-field", "text", "-o", "out", "--format", format_, "--jobs", jobs)
    program = start(*arguments, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    assert program.stdin
    program.stdin.write(b'{"text": "It sank."}\n' * 2_000)
    program.stdin.flush()
    end = time.monotonic() + PATIENCE
    while not list(folder.glob(".out.*")):
        assert time.monotonic() < end
        time.sleep(0.02)
    program.send_signal(stop)
    _, errors = program.communicate(timeout=PATIENCE)
    assert (errors, program.returncode) == (b"", 128 + stop)
    assert set(folder.iterdir()) == before


@needs_unix
@pytest.mark.parametrize("target", [[], ["-o", "out.jsonl"]])
def test_interrupt_does_not_wait_for_workers(
    start: Start, folder: Path, target: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All ends at once, though one of the processes would go on for long; nothing is left of it."""
    (folder / "hook").mkdir()
    (folder / "hook" / "sitecustomize.py").write_text(SLOW, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder / "hook"))
    monkeypatch.setenv("TMPDIR", str(folder))
    (folder / "slow.txt").write_text("slow", "utf-8")
    before = set(folder.iterdir())
    program = start("slow.txt", "article.txt", "--jobs", "2", *target, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    end = time.monotonic() + PATIENCE
    while not (folder / "asleep").exists():
        assert time.monotonic() < end
        time.sleep(0.02)
    program.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, errors = program.communicate(timeout=PATIENCE)  # when all that hold its standard error have ended
    assert time.monotonic() - begun < 60
    assert (errors, program.returncode) == (b"", 130)
    assert set(folder.iterdir()) == before | {folder / "asleep"}


@needs_unix
@pytest.mark.parametrize("target", ["out.jsonl", "/dev/full"])
def test_full_disk_leaves_nothing_half_written(folder: Path, target: str) -> None:
    """An output that grows too large is an error of status 2; the old file stays, and nothing lies beside it."""
    import resource  # noqa: PLC0415 - there is none on Windows

    (folder / "out.jsonl").write_text("old", "utf-8")
    before = set(folder.iterdir())
    rules = ["--no-builtin", "--rules", "house.fact", "--no-cache"]
    command = [sys.executable, "-m", "factcheck_cli.app", "scan", *rules, "article.txt", "-o", target]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))

    program = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=limit,  # noqa: PLW1509 - no threads here
    )
    reason = "the file would be larger than is allowed here; name another place"
    if target == "/dev/full":
        reason = "the disk is full; make room or name another place"
    said = f"factcheck: {target}: this cannot be written: {reason}"
    assert seen(program) == ([], [said], 2)
    assert (folder / "out.jsonl").read_text("utf-8") == "old"
    assert set(folder.iterdir()) == before


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("no/such/out.csv", "there is no folder no/such to write to; make it first"),
        (".", "this is a folder; name a file"),
        ("loop.csv", "this cannot be written: the link leads to itself; remove it"),
        ("x" * 300, "this cannot be written: the name is too long; give a shorter one"),
        ("kept.csv", "this file is read-only; make it writable, or name another"),
        ("./article.txt", "this is to be scanned and -o would replace it; give -o another name"),
    ],
)
@needs_unix
def test_output_that_cannot_be_is_named(scanned: Scanned, folder: Path, target: str, said: str) -> None:
    """Where nothing can or should be written nothing is scanned, and all is as it was."""
    (folder / "loop.csv").symlink_to("loop.csv")
    (folder / "kept.csv").write_text("kept", "utf-8")
    (folder / "kept.csv").chmod(0o444)
    before = {path: path.lstat().st_mtime_ns for path in folder.iterdir()}
    named = "article.txt" if target == "./article.txt" else target
    assert scanned("article.txt", "-o", target) == ([], [f"factcheck: {named}: {said}"], 2)
    assert {path: path.lstat().st_mtime_ns for path in folder.iterdir()} == before


@needs_unix
def test_link_to_nothing_is_written_through(scanned: Scanned, folder: Path) -> None:
    """A link that `-o` names stays, and the file that it leads to is made."""
    (folder / "out.csv").symlink_to("real.csv")
    assert scanned("article.txt", "-o", "out.csv") == ([], [], 0)
    assert (folder / "out.csv").is_symlink()
    assert (folder / "real.csv").read_bytes().startswith(codecs.BOM_UTF8 + b"doc,")


def test_jobs_0_is_all_processors(scanned: Scanned) -> None:
    """As many processes as there are processors print what one prints."""
    assert scanned("article.txt", "--jobs", "0") == scanned("article.txt")
