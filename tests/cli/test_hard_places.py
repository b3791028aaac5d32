"""Where a program finds closed streams, folders that it may not look into, and names that no file can have."""

import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import Result

from suppressed import records

Run = Callable[..., Result]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="descriptors, permissions and terminals of Unix")

LONG = "a" * 300
"""A name that is too long for a file."""
MAIN = [sys.executable, "-m", "factcheck_cli.app"]
HOUSE = ["--no-builtin", "--rules", "house.fact"]


def powerless(command: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    """What becomes of the command where not even root may read what permissions forbid."""
    forbidden = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    return subprocess.run([*forbidden, *MAIN, *command], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_closed_streams(folder: Path, closed: str, jobs: str) -> None:
    """What was closed is nobody's; the file that is written is whole, whatever place the system gives it."""
    (folder / "a.txt").write_text("The quay could sink.", "utf-8")
    (folder / "b.txt").write_text("The quay sank.", "utf-8")
    command = shlex.join([*MAIN, "scan", "a.txt", "b.txt", *HOUSE, "--jobs", jobs, "-o", "out.jsonl"])
    assert subprocess.run(["sh", "-c", f"{command} {closed}"], capture_output=True, check=False).returncode == 0  # noqa: S607
    assert (folder / "out.jsonl").read_bytes().count(b"\n") == 2


@pytest.mark.parametrize(
    "form", ["sarif", "junit", "checkstyle", "gitlab", "rdjson", "github", "markdown", "concise", "csv"]
)
@pytest.mark.skipif(sys.platform != "linux", reason="root's powers as Linux has them")
def test_reports_name_what_may_not_be_looked_at(folder: Path, form: str) -> None:
    """One such file does not take the report of all others along."""
    (folder / "locked").mkdir()
    (folder / "locked" / "a.txt").write_text("It sank.", "utf-8")
    (folder / "b.txt").write_text("The quay could sink.", "utf-8")
    (folder / "locked").chmod(0)
    done = powerless(["scan", "locked/a.txt", "b.txt", *HOUSE, "--format", form])
    (folder / "locked").chmod(0o700)
    assert done.stderr.splitlines() == [
        "factcheck: locked/a.txt: this may not be read; check its permissions",
        "factcheck: 1 could not be read, 1 scanned",
    ]
    assert "b.txt" in done.stdout
    assert done.returncode == 3


@pytest.mark.parametrize(
    "command",
    [
        ["scan", LONG],
        ["scan", LONG, "--format", "sarif"],
        ["scan", "a.txt", "-o", f"{LONG}.jsonl"],
        ["scan", "a.txt", "--rules", LONG],
        ["scan", "a.txt", "--baseline", LONG],
        ["scan", "a.txt", "--db", LONG],
        ["scan", "a.txt", "--config", LONG],
        ["search", "quay", "--db", LONG],
        ["explain", LONG],
        ["read", LONG],
        ["stats", LONG],
        ["rules", "check", LONG],
        ["rules", "try", "could", LONG],
        ["baseline", "create", LONG],
        ["config", "check", LONG],
        ["eval", LONG],
        ["weigh", LONG],
        [f"{LONG}.txt"],
    ],
    ids=lambda command: " ".join(command).replace(LONG, "LONG"),
)
def test_a_name_too_long_for_a_file(run: Run, folder: Path, command: list[str]) -> None:
    """It is told, as any other that there is not."""
    (folder / "a.txt").write_text("The quay could sink.", "utf-8")
    result = run(*command)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code in {2, 3}
    assert result.stderr


@pytest.mark.parametrize("form", ["sarif", "junit"])
def test_a_row_of_a_name_too_long_for_a_file(scan: Run, folder: Path, form: str) -> None:
    """A row that is passed over is named by its file where its own name is none of a file."""
    (folder / "rows.jsonl").write_text(f'{{"id": "{LONG}", "text": 3}}\n{{"text": "It could sink."}}\n', "utf-8")
    result = scan("rows.jsonl", "--format", form)
    assert result.exit_code == 3
    assert "rows.jsonl" in result.stdout


@pytest.mark.parametrize("command", [["rules", "try", LONG], ["config", "show", LONG]], ids=" ".join)
def test_what_need_be_no_file(run: Run, command: list[str]) -> None:
    """A pattern, and a file that is still to come."""
    assert run(*command).exit_code == 0


def test_numbers_without_end(run: Run) -> None:
    """Of processes; the library tells it as any other that it cannot take."""
    result = run("scan", "a.txt", "--jobs", "9" * 5000)
    assert result.exit_code == 2
    assert "'--jobs'" in result.stderr


def test_escapes_do_not_reach_a_terminal(folder: Path, scan: Run) -> None:
    """In a table they are as they were for whoever reads it by program, and signs for whoever looks at it."""
    (folder / "a.txt").write_text("It could \x1b]0;sink\x07 now.", "utf-8")
    assert "\x1b]0;sink\x07" in scan("a.txt", "--format", "csv").stdout
    ours, theirs = pty.openpty()
    subprocess.run([*MAIN, "scan", "a.txt", *HOUSE, "--format", "csv"], stdout=theirs, check=True)
    seen = os.read(ours, 65536).decode()
    os.close(ours)
    os.close(theirs)
    assert "\x1b" not in seen
    assert "It could ␛]0;sink␇ now." in seen
    assert records(scan("a.txt", "--format", "jsonl"))[0]["text"] == "It could \x1b]0;sink\x07 now."


def test_a_project_file_that_nobody_can_read(scan: Run, folder: Path) -> None:
    """Of whatever program it is, it is not ours."""
    (folder / "pyproject.toml").write_text(f"# factcheck\na = {'[' * 3000}{']' * 3000}\n", "utf-8")
    (folder / "a.txt").write_text("The quay could sink.", "utf-8")
    assert scan("a.txt").exit_code == 0
