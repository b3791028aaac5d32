"""`factcheck rules test --watch`: again whenever a file changes, in a process of its own."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck_cli import watch

Run = Callable[..., Result]

ONE = 'pack one\n\nrule r : note\n    "M."\n    match ash\n    flag "An ash."\n    pass "An elm."\n'
TWO = ONE.replace("one", "two").replace("ash", "oak")
GOLD = '{"text": "An ash.", "label": "certain"}\n'
_PATIENCE = 60  # seconds


class Watching:
    """A running `factcheck rules test --watch`, and what it has printed."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "factcheck_cli.app", "rules", "test", "--no-builtin", "--watch", *arguments]
        self.out = Path("watched.out")
        with self.out.open("wb") as file:
            self.process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=dict(os.environ))

    def seen(self, times: int) -> list[str]:
        """What it printed each time, when it has tested so many times."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            pages = self.out.read_text("utf-8").split("factcheck: waiting for changes; Ctrl-C ends\n")
            if len(pages) > times:
                return pages[:-1]
            time.sleep(0.05)
        pytest.fail(f"it did not test {times} times:\n{self.out.read_text('utf-8')}")

    def interrupt(self) -> int:
        """Ctrl-C, and the status it ends with."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(_PATIENCE)


@pytest.fixture
def watching() -> Iterator[Callable[..., Watching]]:
    """Return `watching(*arguments)`, which starts one; it is ended with the test."""
    begun: list[Watching] = []

    def start(*arguments: str) -> Watching:
        begun.append(Watching(*arguments))
        return begun[-1]

    yield start
    for one in begun:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


@pytest.fixture(autouse=True)
def files(folder: Path) -> Path:
    """Write two packs, and labelled sentences."""
    (folder / "packs").mkdir()
    (folder / "packs" / "one.fact").write_text(ONE, "utf-8")
    (folder / "packs" / "two.fact").write_text(TWO, "utf-8")
    (folder / "packs" / "gold.jsonl").write_text(GOLD, "utf-8")
    return folder / "packs"


def test_a_folder_is_watched(watching: Callable[..., Watching], files: Path) -> None:
    """Files that change, come and go, rules and sentences; mistakes do not end it, Ctrl-C does, without a word."""
    one = watching("packs")
    first = one.seen(1)[0]
    assert "4 examples: all pass" in first
    assert "packs/gold.jsonl (1 sentence" in first
    assert "has changed" not in first
    (files / "one.fact").write_text(ONE.replace("An ash.", "An alder."), "utf-8")
    changed = one.seen(2)[1]
    assert changed.startswith(f"factcheck: {Path('packs/one.fact')} has changed\nerror[FC060]")
    assert "4 examples: 3 pass, 1 do not" in changed
    (files / "two.fact").unlink()
    assert "2 examples: 1 pass, 1 do not" in one.seen(3)[2]
    (files / "one.fact").write_text("rule\n", "utf-8")
    assert "error[FC010]" in one.seen(4)[3]
    (files / "one.fact").write_text(ONE, "utf-8")
    assert "2 examples: all pass" in one.seen(5)[4]
    (files / "gold.jsonl").write_text(GOLD * 2, "utf-8")
    sentences = one.seen(6)[5]
    assert sentences.startswith(f"factcheck: {Path('packs/gold.jsonl')} has changed\n")
    assert "(2 sentences" in sentences
    (files / "readme.txt").write_text("No rules.", "utf-8")
    time.sleep(1)
    assert len(one.seen(6)) == 6
    assert one.interrupt() == 130
    last = one.out.read_text("utf-8").rpartition("Ctrl-C ends\n")[2]
    assert last == "\n"


def test_files_are_watched_by_name(watching: Callable[..., Watching], files: Path) -> None:
    """Of named files the others in their folders are no matter, and one that is put in their place is seen."""
    one = watching("packs/one.fact")
    one.seen(1)
    (files / "two.fact").write_text("rule\n", "utf-8")
    (files / "new.fact").write_text(ONE.replace("An elm.", "A yew."), "utf-8")
    time.sleep(1)
    (files / "new.fact").replace(files / "one.fact")
    pages = one.seen(2)
    assert pages[1].startswith(f"factcheck: {Path('packs/one.fact')} has changed\n")
    assert "2 examples: all pass" in pages[1]
    (files / "one.fact").unlink()
    assert "error[FC001]: there is no such file or folder" in one.seen(3)[2]
    assert one.interrupt() == 130


def test_only_what_a_change_touches_is_read_again(watching: Callable[..., Watching], files: Path) -> None:
    """Wrong rows of sentences are told when their file is read, and not again while it stays as it is."""
    (files / "gold.jsonl").write_text(GOLD + '{"text": "An ash.", "label": "tall"}\n', "utf-8")
    one = watching("packs")
    assert "`tall` is no label" in one.seen(1)[0]
    (files / "one.fact").write_text(ONE + "# a comment\n", "utf-8")
    again = one.seen(2)[1]
    assert "`tall`" not in again
    assert "(1 sentence" in again


def test_links_are_followed(watching: Callable[..., Watching], folder: Path, files: Path) -> None:
    """A link to a file changes with the file it leads to."""
    (folder / "house").mkdir()
    (folder / "house" / "linked.fact").symlink_to(files / "one.fact")
    one = watching("house/linked.fact")
    one.seen(1)
    (files / "one.fact").write_text(ONE.replace("An elm.", "A yew."), "utf-8")
    assert re.match(r"factcheck: \S+ has changed\n", one.seen(2)[1])


def test_json_each_time(watching: Callable[..., Watching], files: Path) -> None:
    """With --json each run prints its object."""
    one = watching("packs", "--json")
    one.seen(1)
    (files / "one.fact").write_text(ONE.replace("An ash.", "An alder."), "utf-8")
    pages = one.seen(2)
    assert pages[0].startswith("{\n")
    assert '"passed": 1' in pages[1]


def test_watchfiles_is_an_extra(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library that watches files its install command is named."""
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    result = run("rules", "test", "packs", "--no-builtin", "--watch")
    assert result.stderr == f"factcheck: --watch needs watchfiles, which is not installed: {watch.INSTALL}\n"
    assert watch.INSTALL == "pip install 'factcheck-engine[watch]'"
    assert result.exit_code == 2


def test_standard_input_cannot_be_watched(run: Run) -> None:
    """What comes through a pipe does not change."""
    result = run("rules", "test", "packs", "-", "--no-builtin", "--watch")
    assert result.stderr == "factcheck: standard input cannot be watched: name files\n"
    assert result.exit_code == 2


def test_no_folder_to_watch(run: Run, folder: Path) -> None:
    """Where there is no folder nothing can change in it."""
    result = run("rules", "test", "gone/one.fact", "--no-builtin", "--watch")
    assert result.stderr == f"factcheck: {folder / 'gone'}: there is no such folder to watch; check the path\n"
    assert result.exit_code == 2
    shutil.rmtree(folder / "packs")
    assert run("rules", "test", "packs", "--no-builtin").exit_code == 2
