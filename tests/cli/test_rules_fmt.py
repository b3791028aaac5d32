"""`factcheck rules fmt`."""

import os
import stat
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from typer.testing import Result

from factcheck.language import format as laying_out
from factcheck.language.parse import parse
from factcheck.load import MAX_BYTES
from factcheck.span import Source

Run = Callable[..., Result]

DIAGNOSTICS = Path(__file__).parents[1] / "golden" / "diagnostics"

UNTIDY = b"pack desk\nlist a=x|y\n"
TIDY = b"pack desk\n\nlist a = x | y\n"


@pytest.fixture
def untidy(folder: Path) -> Path:
    """A file that is not in canonical form."""
    path = folder / "desk.fact"
    path.write_bytes(UNTIDY)
    return path


def test_files_are_written_when_they_change(run: Run, folder: Path, untidy: Path) -> None:
    """Each file that changes is named, all are counted; what is as it should be is not touched."""
    (folder / "tidy.fact").write_bytes(TIDY)
    os.utime(folder / "tidy.fact", (1, 1))
    result = run("rules", "fmt", "desk.fact", "tidy.fact")
    assert (result.stdout, result.stderr, result.exit_code) == (
        "desk.fact: formatted\n2 files: 1 formatted, 1 unchanged\n",
        "",
        0,
    )
    assert untidy.read_bytes() == TIDY
    assert (folder / "tidy.fact").stat().st_mtime == 1
    assert run("rules", "fmt", "desk.fact").stdout == "1 file: 1 unchanged\n"
    assert sorted(file.name for file in folder.iterdir()) == ["article.txt", "desk.fact", "house.fact", "tidy.fact"]


def test_a_folder_is_done_with_all_that_is_in_it(run: Run, folder: Path) -> None:
    """A folder stands for the rule files in it and in its folders; one without any is a problem."""
    (folder / "packs" / "old").mkdir(parents=True)
    for name in ("a.fact", "old/b.fact"):
        (folder / "packs" / name).write_bytes(UNTIDY)
    assert run("rules", "fmt", "packs").stdout == (
        f"{Path('packs/a.fact')}: formatted\n{Path('packs/old/b.fact')}: formatted\n2 files: 2 formatted\n"
    )
    (folder / "empty").mkdir()
    empty = run("rules", "fmt", "empty")
    assert (empty.stdout, empty.exit_code) == ("", 2)
    assert "error[FC005]" in empty.stderr


def test_check_writes_nothing(run: Run, untidy: Path) -> None:
    """`--check` names what would change and exits with 1, or with 0 where nothing would."""
    result = run("rules", "fmt", "desk.fact", "--check")
    assert (result.stdout, result.stderr, result.exit_code) == (
        "desk.fact: would be formatted\n1 file: 1 would be formatted\n",
        "",
        1,
    )
    assert untidy.read_bytes() == UNTIDY
    untidy.write_bytes(TIDY)
    assert run("rules", "fmt", "desk.fact", "--check").exit_code == 0


DIFF = """\
--- desk.fact
+++ desk.fact (formatted)
@@ -1,2 +1,3 @@
 pack desk
-list a=x|y
+
+list a = x | y
"""


def test_diff_writes_nothing(run: Run, untidy: Path) -> None:
    """`--diff` shows what would change as a patch and exits with 0; with `--check` with 1."""
    result = run("rules", "fmt", "desk.fact", "--diff")
    assert (result.stdout, result.stderr, result.exit_code) == (DIFF, "", 0)
    both = run("rules", "fmt", "desk.fact", "--diff", "--check")
    assert (both.stdout, both.exit_code) == (DIFF, 1)
    assert untidy.read_bytes() == UNTIDY
    painted = run("rules", "fmt", "desk.fact", "--diff", "--color", "always").stdout
    assert "\x1b[31m-list a=x|y\x1b[0m\n\x1b[32m+\x1b[0m\n" in painted
    untidy.write_bytes(UNTIDY.rstrip())
    assert "-list a=x|y\n\\ No newline at end of file\n" in run("rules", "fmt", "desk.fact", "--diff").stdout


def test_standard_input(run: Run) -> None:
    """`-` is standard input; the text goes to standard output, whether it changes or not."""
    for text in (UNTIDY, TIDY):
        result = run("rules", "fmt", "-", text=text)
        assert (result.stdout_bytes, result.stderr, result.exit_code) == (TIDY, "", 0)
    check = run("rules", "fmt", "-", "--check", text=UNTIDY)
    assert (check.stdout, check.exit_code) == ("-: would be formatted\n", 1)
    assert run("rules", "fmt", "-", "--check", text=TIDY).stdout == ""
    assert run("rules", "fmt", "-", "--diff", text=UNTIDY).stdout == DIFF.replace("desk.fact", "-")
    wrong = run("rules", "fmt", "-", text=b"rule\n")
    assert (wrong.stdout, wrong.exit_code) == ("", 2)
    assert "--> -:1:1" in wrong.stderr


def test_standard_input_stands_alone(run: Run) -> None:
    """Where would the text of the others go?"""
    result = run("rules", "fmt", "-", "house.fact")
    assert result.stderr == "factcheck: `-` is standard input and stands alone: name either it or files\n"
    assert result.exit_code == 2


def test_a_file_with_errors_is_left(run: Run, folder: Path, untidy: Path) -> None:
    """It is reported and counted, as is one that is missing; the rest is done, and the status is 2 whatever else."""
    bad = b"rule r\n  match (x\n"
    (folder / "bad.fact").write_bytes(bad)
    for options in ([], ["--check"]):
        untidy.write_bytes(UNTIDY)
        result = run("rules", "fmt", "bad.fact", "gone.fact", "desk.fact", *options)
        assert result.exit_code == 2
        for part in ("error[FC010]", "error[FC013]", "--> bad.fact:1:6", "error[FC001]", "gone.fact"):
            assert part in result.stderr
        what = "would be formatted" if options else "formatted"
        assert result.stdout == f"desk.fact: {what}\n3 files: 1 {what}, 2 with errors\n"
        assert (folder / "bad.fact").read_bytes() == bad
        assert untidy.read_bytes() == (UNTIDY if options else TIDY)


def test_nothing_that_is_wrong_is_written(run: Run, folder: Path) -> None:
    """Of one file with each mistake there is, those that cannot be read stay to the byte, whatever looks at them."""
    packs = folder / "packs"
    copytree(DIAGNOSTICS, packs, ignore=ignore_patterns("*.txt"))
    before = {path: path.read_bytes() for path in packs.rglob("*") if path.is_file()}
    for command in (["check"], ["list", "--rules"], ["fmt", "--check"], ["fmt", "--diff"]):
        assert run("rules", *command, "packs").exit_code == 2
    assert {path: path.read_bytes() for path in packs.rglob("*") if path.is_file()} == before
    assert run("rules", "fmt", "packs").exit_code == 2
    after = {path: path.read_bytes() for path in packs.rglob("*") if path.is_file()}
    assert after.keys() == before.keys()
    wrong = {path for path, data in before.items() if parse(Source(path.name, data.decode()))[1]}
    assert wrong
    assert {path for path in wrong if after[path] != before[path]} == set()


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_byte_order_mark_stay(end: str, run: Run, untidy: Path) -> None:
    """Those that the file has most of, and the mark at its start."""
    untidy.write_bytes(b"\xef\xbb\xbf" + UNTIDY.replace(b"\n", end.encode()) + b"# c\n")
    assert run("rules", "fmt", "desk.fact").exit_code == 0
    wanted = b"\xef\xbb\xbf" + (TIDY + b"# c\n").replace(b"\n", end.encode())
    assert untidy.read_bytes() == wanted


@pytest.mark.skipif(os.name != "posix", reason="permissions as on Unix")
def test_permissions_and_links_stay(run: Run, folder: Path, untidy: Path) -> None:
    """The file that a link leads to is written, with the permissions it had."""
    untidy.chmod(0o640)
    (folder / "link.fact").symlink_to("desk.fact")
    assert run("rules", "fmt", "link.fact").exit_code == 0
    assert (folder / "link.fact").is_symlink()
    assert untidy.read_bytes() == TIDY
    assert stat.S_IMODE(untidy.stat().st_mode) == 0o640


def test_a_file_that_cannot_be_written_is_told(run: Run, folder: Path, untidy: Path) -> None:
    """It is left as it is, and the others are done."""
    (folder / "fixed.fact").write_bytes(UNTIDY)
    (folder / "fixed.fact").chmod(0o444)
    result = run("rules", "fmt", "fixed.fact", "desk.fact")
    assert result.stderr == ("factcheck: fixed.fact: this file is read-only; make it writable, or name another\n")
    assert (result.stdout, result.exit_code) == (
        "desk.fact: formatted\n2 files: 1 formatted, 1 with errors\n",
        2,
    )
    assert (folder / "fixed.fact").read_bytes() == UNTIDY
    assert untidy.read_bytes() == TIDY


def test_a_file_that_would_say_something_else_is_left(run: Run, untidy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program costs nobody a file."""
    monkeypatch.setattr(laying_out, "_file", lambda *_: ["pack other"])
    result = run("rules", "fmt", "desk.fact")
    assert result.stderr == (
        "factcheck: desk.fact: laid out anew it would not say the same, so it is left as it is; "
        "please report this file\n"
    )
    assert (result.stdout, result.exit_code) == ("1 file: 1 with errors\n", 2)
    assert untidy.read_bytes() == UNTIDY


def test_a_file_that_would_be_too_large_is_left(run: Run, untidy: Path) -> None:
    """No file is written that would not load any more."""
    text = b"pack desk\n" + b"disable x\n" * 9 + b"rule r : note\n" + b"#c\n" * ((MAX_BYTES - 200) // 3) + b'"m"\n'
    untidy.write_bytes(text)
    result = run("rules", "fmt", "desk.fact")
    assert result.stderr == (
        "factcheck: desk.fact: laid out it would be larger than 1,000,000 bytes; split it into several packs first\n"
    )
    assert untidy.read_bytes() == text


@pytest.mark.parametrize(
    ("data", "code"), [(b"pack d\xe9sk\n", "FC002"), (b"pack desk\0\n", "FC006"), (b"#" * (MAX_BYTES + 1), "FC003")]
)
def test_what_is_no_rule_file_is_left(data: bytes, code: str, run: Run, untidy: Path) -> None:
    """Other encodings, other files, files that are too large: from a path and from standard input."""
    untidy.write_bytes(data)
    for result in (run("rules", "fmt", "desk.fact"), run("rules", "fmt", "-", text=data)):
        assert f"error[{code}]" in result.stderr
        assert result.stdout in ("", "1 file: 1 with errors\n")
        assert result.exit_code == 2
    assert untidy.read_bytes() == data
    (untidy.parent / "notes.txt").write_bytes(UNTIDY)
    assert "error[FC006]" in run("rules", "fmt", "notes.txt").stderr


def test_a_path_is_required(run: Run) -> None:
    """Nothing is laid out that nobody named."""
    assert run("rules", "fmt").exit_code == 2
