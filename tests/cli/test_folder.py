"""Folders: what ignore files leave out, as git has it, and what is neither text nor folder."""

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck_cli.inputs.folder import text_files
from factcheck_cli.log import Log

Start = Callable[..., "subprocess.Popen[bytes]"]
PATIENCE = 60  # seconds

needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and sockets of Unix")


def grow(root: Path, files: dict[str, str]) -> None:
    """Writes the files, each in its folder."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")


def scanned(start: Start, *paths: str) -> tuple[list[str], list[str], int]:
    """The documents of a scan by the real program, its lines on standard error, and its exit status."""
    program = start(*paths, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, errors = program.communicate(timeout=PATIENCE)
    docs = dict.fromkeys(json.loads(line)["doc"] for line in output.splitlines())
    return list(docs), errors.decode().splitlines(), program.returncode


def test_ignored_files_are_left_out_and_counted(start: Start, folder: Path) -> None:
    """Nested files, negation, anchored patterns and folders are as in git; a note says how many, by which file."""
    grow(
        folder / "desk",
        {
            ".gitignore": "# drafts\ndraft*\n!draft-last.txt\n/top.txt\nold/\n",
            "draft-one.txt": "It sank.",
            "draft-last.txt": "It sank.",
            "top.txt": "It sank.",
            "old/a.txt": "It sank.",
            "news/top.txt": "It sank.",
            "news/draft-two.txt": "It sank.",
            "news/.gitignore": "!draft-two.txt\n",
        },
    )
    docs, errors, status = scanned(start, "desk")
    assert docs == ["desk/draft-last.txt", "desk/news/draft-two.txt", "desk/news/top.txt"]
    assert errors == [
        "factcheck: desk: note: 3 left out by .gitignore (a folder counts as one); name them to scan them"
    ]
    assert status == 0


def test_factcheckignore_overrules_gitignore(start: Start, folder: Path) -> None:
    """What git is to forget may be scanned, and what git is to keep may be left out."""
    grow(folder / "desk", {".gitignore": "wire/\n", ".factcheckignore": "!wire/\nnote.txt\n"})
    grow(folder / "desk", dict.fromkeys(("wire/a.txt", "note.txt", "b.txt"), "It sank."))
    docs, errors, _ = scanned(start, "desk")
    assert docs == ["desk/b.txt", "desk/wire/a.txt"]
    assert errors == [
        "factcheck: desk: note: 1 left out by .factcheckignore (a folder counts as one); name them to scan them"
    ]


def test_what_is_named_is_read(start: Start, folder: Path) -> None:
    """An ignore file never keeps a file or a folder from being scanned that is named itself."""
    grow(folder / "desk", {".gitignore": "a.txt\nold/\n", "a.txt": "It sank.", "old/b.txt": "It sank."})
    (folder / "desk" / ".git").mkdir()
    assert scanned(start, "desk/a.txt", "desk/old") == (["desk/a.txt", "desk/old/b.txt"], [], 0)


def test_ignore_files_above_hold_within_a_checkout(start: Start, folder: Path) -> None:
    """The folders between the checkout's own and the one that is scanned count; those above it do not."""
    grow(folder, {".gitignore": "*.txt\n", "co/.gitignore": "/desk/a.txt\n", "co/desk/.factcheckignore": "b.txt\n"})
    grow(folder / "co" / "desk" / "in", dict.fromkeys(("a.txt", "b.txt", "c.txt"), "It sank."))
    (folder / "co" / "desk" / "a.txt").write_text("It sank.", "utf-8")
    (folder / "co" / ".git").mkdir()
    assert scanned(start, "co/desk/in")[0] == ["co/desk/in/a.txt", "co/desk/in/c.txt"]
    (folder / "co" / ".git").rmdir()
    assert scanned(start, "co/desk/in")[0] == ["co/desk/in/a.txt", "co/desk/in/b.txt", "co/desk/in/c.txt"]


def test_folder_that_is_ignored_wholly_is_told(start: Start, folder: Path) -> None:
    """Where nothing is left, the note says why."""
    grow(folder / "desk", {".gitignore": "*\n", "a.txt": "It sank."})
    docs, errors, status = scanned(start, "desk")
    assert docs == []
    assert (
        errors[1]
        == "factcheck: desk: there is no article in this folder, by the names of its files; name the files themselves"
    )
    assert status == 3


def test_broken_ignore_files_are_noted(start: Start, folder: Path) -> None:
    """A line that is no pattern and an ignore file that is a folder leave nothing out, and are named."""
    grow(folder / "desk", {".gitignore": "a.txt\n!\n", "a.txt": "It sank.", "b.txt": "It sank."})
    (folder / "desk" / ".factcheckignore").mkdir()
    docs, errors, status = scanned(start, "desk")
    assert docs == ["desk/b.txt"]
    unread = "this cannot be read, so it leaves nothing out; make it a readable text file"
    broken = "`!` is no pattern, so it leaves nothing out; mend or remove it"
    assert errors[:2] == [
        f"factcheck: desk/.factcheckignore: note: {unread}",
        f"factcheck: desk/.gitignore:2: note: {broken}",
    ]
    assert status == 0


PARTS = st.sampled_from(["a", "b", "*", "**", "a*", "?", "[ab]", "[!a]", "*.txt", "x.txt", "\\a"])
LINES = st.builds(
    lambda bang, root, parts, end: bang + root + "/".join(parts) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(PARTS, min_size=1, max_size=3),
    st.sampled_from(["", "", "/"]),
)
IGNORES = st.dictionaries(st.sampled_from(["", "a", "b", "a/b"]), st.lists(LINES, min_size=1, max_size=5), min_size=1)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git checkout with folders in folders, and the same three files in each."""
    root = tmp_path_factory.mktemp("checkout")
    for name in ("", "a", "b", "a/a", "a/b", "b/a", "a/b/c"):
        grow(root / name, dict.fromkeys(("x.txt", "y.txt", "a.txt"), "It sank."))
    subprocess.run(["git", "init", "-q", str(root)], check=True)  # noqa: S607 - the user's own git
    return root


@pytest.mark.skipif(not shutil.which("git"), reason="asks git what it would leave out")
@given(ignores=IGNORES)
def test_ignore_files_are_read_as_git_reads_them(checkout: Path, ignores: dict[str, list[str]]) -> None:
    """Whatever the patterns, the files that are found are those that git would find."""
    for old in checkout.rglob(".gitignore"):
        old.unlink()
    for name, lines in ignores.items():
        (checkout / name / ".gitignore").write_text("\n".join(lines) + "\n", "utf-8")
    command = ["git", "-C", str(checkout), "ls-files", "--others", "--exclude-per-directory=.gitignore"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    found = [Path(file).relative_to(checkout).as_posix() for file in text_files(str(checkout), Log(quiet=True))]
    assert found == sorted(name for name in told if name.endswith(".txt"))


# What is neither text nor folder --------------------------------------------------------------------------------------


@needs_unix
def test_pipes_sockets_and_devices_do_not_hang_a_scan(start: Start, folder: Path) -> None:
    """In a folder they are counted, not opened."""
    grow(folder / "desk", {"a.txt": "It sank."})
    os.mkfifo(folder / "desk" / "pipe.txt")
    (folder / "desk" / "null.txt").symlink_to("/dev/null")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("desk/socket.txt")
        docs, errors, status = scanned(start, "desk")
    assert docs == ["desk/a.txt"]
    assert errors == [
        "factcheck: desk: note: pipes, sockets and devices are not read (3); name them to scan what comes out of them"
    ]
    assert status == 0


@needs_unix
def test_links_are_noted(start: Start, folder: Path) -> None:
    """A link to a file is read, one to a folder (a loop, perhaps) is not followed, one to nothing is named."""
    grow(folder / "desk", {"a.txt": "It sank."})
    (folder / "desk" / "b.txt").symlink_to("a.txt")
    (folder / "desk" / "loop").symlink_to(folder / "desk", target_is_directory=True)
    (folder / "desk" / "lost.txt").symlink_to("nowhere.txt")
    (folder / "desk" / "self.txt").symlink_to("self.txt")
    docs, errors, status = scanned(start, "desk")
    assert docs == ["desk/a.txt", "desk/b.txt"]
    assert errors == [
        "factcheck: desk: note: links to folders are not followed (1); name them to scan what is there",
        "factcheck: desk/lost.txt: this link leads to nothing; mend it or remove it",
        "factcheck: desk/self.txt: this link leads to nothing; mend it or remove it",
        "factcheck: 2 could not be read, 2 scanned",
    ]
    assert status == 3


def test_same_file_is_scanned_once(start: Start, folder: Path) -> None:
    """However its path is written a file is one document, called as it was first."""
    grow(folder / "desk", {"a.txt": "It sank."})
    docs, errors, _ = scanned(start, "./desk/a.txt", "desk", "desk/../desk/a.txt", str(folder / "desk" / "a.txt"))
    assert (docs, errors) == (["./desk/a.txt"], [])


@needs_unix
def test_deep_folders_are_walked(start: Start, folder: Path) -> None:
    """A thousand folders in one another are no more than a long path."""
    here = folder / "deep"
    here.mkdir()
    os.chdir(here)
    for _ in range(1_100):
        os.mkdir("d")  # noqa: PTH102 - the path would be too long
        os.chdir("d")
    Path("a.txt").write_text("It sank.", "utf-8")
    os.chdir(folder)
    docs, errors, status = scanned(start, "deep")
    subprocess.run(["rm", "-r", "deep"], check=True)  # noqa: S607 - Python's own removal goes too deep
    assert (docs, errors, status) == (["deep/" + "d/" * 1_100 + "a.txt"], [], 0)


def test_what_is_named_beside_a_folder_is_not_left_out(start: Start, folder: Path) -> None:
    """A note on it would be wrong; rule files are nothing that anybody misses among articles."""
    grow(folder / "desk", {"a.txt": "It sank.", "b.jsonl": '{"text": "It sank."}', "c.csv": "text\n", "d.fact": ""})
    docs, errors, _ = scanned(start, "desk", "desk/../desk/b.jsonl")
    assert docs == ["desk/a.txt", "desk/../desk/b.jsonl:1"]
    left = "1 file left out, no articles by their names (1 .csv); name them to scan them"
    assert errors == [f"factcheck: desk: note: {left}"]
