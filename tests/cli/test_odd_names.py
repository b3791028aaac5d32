"""Paths that are no UTF-8: everything that reads or keeps them goes on, and names them readably."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from typer.testing import Result

from factcheck_cli.options import Format

Run = Callable[..., Result]

CAFE = os.fsdecode(b"caf\xe9.txt")
SHOWN = "caf\ufffd.txt"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are bytes on Linux alone")


@pytest.fixture
def odd(folder: Path) -> Path:
    """Write an article with such a name, and one with a plain name, in a folder of their own."""
    (folder / "desk").mkdir()
    (folder / "desk" / "plain.txt").write_text("Experts say the mill may fall.\n", "utf-8")
    path = folder / "desk" / CAFE
    path.write_text("Officials say the quay could sink.\n", "utf-8")
    return path


@pytest.mark.parametrize("form", get_args(Format))
def test_all_formats_name_it(run: Run, odd: Path, folder: Path, form: str) -> None:
    """To a file, too, which may have such a name itself."""
    output = os.fsdecode(b"out\xe9")
    assert run("scan", str(odd.parent.name), "--format", form, "-o", output).exit_code == 0
    written = (folder / output).read_bytes()
    assert any(name.encode() in written for name in (SHOWN, "caf%EF%BF%BD.txt"))


def test_an_archive_keeps_it(run: Run, odd: Path) -> None:
    """Under its readable name, and knows it again."""
    archive = os.fsdecode(b"a\xe9.db")
    assert run("scan", "desk", "--db", archive).exit_code == 0
    assert "2 of them unchanged" in run("scan", "desk", "--db", archive).stderr
    (line,) = run("search", "quay", "--db", archive, "--format", "jsonl").stdout.splitlines()
    assert json.loads(line)["doc"] == f"desk/{SHOWN}"
    assert f"desk/{SHOWN}:1" in run("search", "quay", "--db", archive, "--format", "pretty").stdout
    odd.unlink()
    assert "a\ufffd.db: there is nothing" not in run("search", "quay", "--db", archive).stderr


@pytest.mark.parametrize("name", ["known.jsonl", os.fsdecode(b"known\xe9.jsonl")])
def test_a_baseline_knows_it(run: Run, odd: Path, name: str) -> None:
    """Whatever it is called itself."""
    told = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    done = run("baseline", "create", "desk", "-o", name)
    assert done.stdout == f"{told}: 2 sentences of 2 files at probable or below\n"
    odd.write_text(odd.read_text("utf-8") + "Some say the pier may close.\n", "utf-8")
    assert f"{told}: 2 known, 1 new" in run("scan", "desk", "--baseline", name).stderr
    assert f"+ desk/{SHOWN}: unverified" in run("baseline", "update", "--baseline", name, "--add").stdout
    assert f"      2  desk/{SHOWN}" in run("baseline", "show", name).stdout
    assert json.loads(run("baseline", "show", name, "--json").stdout)["file"] == told


def test_statistics_count_it(run: Run, odd: Path) -> None:
    """In a folder with such a name, too."""
    odd.parent.rename(odd.parent.with_name(os.fsdecode(b"desk\xe9")))
    for form in ("table", "csv", "json", "svg"):
        done = run("stats", ".", "--by", "folder", "--format", form)
        assert (done.exit_code, "desk\ufffd" in done.stdout) == (0, True)
    assert "such as" in run("stats", ".", "--by", "day").stderr


def test_git_tells_what_has_changed_in_it(run: Run, odd: Path) -> None:
    """What has not stays unchanged, with such a name as with others."""

    def git(*arguments: str) -> None:
        settings = ("-c", "user.name=Ruth", "-c", "user.email=ruth@example.org")
        subprocess.run(["git", *settings, *arguments], check=True)  # noqa: S607 - the one in the path

    git("init", "-q", ".")
    git("add", "desk")
    git("commit", "-qm", "Both")
    assert run("scan", "desk", "--since", "HEAD").stdout == ""
    odd.write_text(odd.read_text("utf-8") + "Some say the pier may close.\n", "utf-8")
    for path in ("desk", f"desk/{CAFE}"):
        (line,) = run("scan", path, "--since", "HEAD").stdout.splitlines()
        assert (json.loads(line)["doc"], json.loads(line)["text"]) == (f"desk/{SHOWN}", "Some say the pier may close.")
