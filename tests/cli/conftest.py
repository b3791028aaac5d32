"""What tests of the command line share: a folder to stand in, a tiny rule file, and two ways to run the program."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from baselines import MILL, NAME, WEIR
from factcheck_cli.commands import app

HOUSE = """\
pack house
    title "A tiny house style"

list nobody = officials | experts

rule unnamed : unverified
    "Nobody who can be named stands behind this."
    match   source.anonymous:({nobody}) say~
    weight  0.9
    because "No reader can weigh them."
    suggest "Name the source."
    tags    sourcing
    flag    "Officials say the quay is safe."
    pass    "The officials left by boat."

rule chance : possible
    "Only a possibility."
    match   could | may
    except  may day
    when    outside aside
    signal  hedge 0.7
    flag    "The quay could sink."
    pass    "The quay sank."

rule named : attributed
    "The claim rests on this source."
    match   source:(<name>) say~
    match   , " say~ source:(<name>)
    flag    "“It sank,” said Ada Moss."
    pass    "It sank."
"""

ARTICLE = """\
The quay at Port Selby closed on Monday. Officials say it could sink
before the winter.

“We moved the boats,” said Ada Moss. “Nobody was hurt.”
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own to stand in, with `house.fact` and `article.txt`, and a cache that the tests share."""
    (tmp_path / "house.fact").write_text(HOUSE, "utf-8")
    (tmp_path / "article.txt").write_text(ARTICLE, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Return `run(*arguments, input=…)`: the program in this process, its output and its exit status."""

    def invoke(*arguments: str, text: bytes | str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=text, catch_exceptions=False)

    return invoke


@pytest.fixture
def scan(run: Run) -> Run:
    """Return `scan(*arguments)`: `factcheck scan` with the house rules alone."""

    def invoke(*arguments: str, text: bytes | str | None = None) -> Result:
        return run("scan", "--no-builtin", "--rules", "house.fact", *arguments, text=text)

    return invoke


Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start() -> Start:
    """Return `start(*arguments, **pipes)`: `factcheck scan` with the house rules, as a process of its own."""

    def popen(*arguments: str, **pipes: int) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "factcheck_cli.app", "scan", "--no-builtin", "--rules", "house.fact"]
        return subprocess.Popen([*command, *arguments], env=dict(os.environ), **pipes)  # type: ignore[call-overload]

    return popen


# Commands with --watch -----------------------------------------------------------------------------------------------

_PATIENCE = 120  # seconds until a test gives up; a busy machine may be slow
_END = "factcheck: waiting for changes; Ctrl-C ends\n"


class Watching:
    """A running command with `--watch`, and what it has printed.

    One change may be told in two parts, so what is waited for is a page that says something, not a number of pages.
    """

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "factcheck_cli.app", *arguments, "--no-builtin", "--watch"]
        self._out, self._read = Path(f"watched-{time.monotonic_ns()}.out"), 0
        with self._out.open("wb") as file:
            self.process = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, env=dict(os.environ))

    @property
    def printed(self) -> str:
        """All so far."""
        return self._out.read_text("utf-8", errors="replace")

    @property
    def rest(self) -> str:
        """What it printed since it last waited for changes."""
        return self.printed.rpartition(_END)[2]

    @property
    def pages(self) -> list[str]:
        """What it printed each time that it has tested."""
        return self.printed.split(_END)[:-1]

    def page(self, *words: str) -> str:
        """The next page that has all the words."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            for number, page in enumerate(self.pages[self._read :], self._read):
                if all(one in page for one in words):
                    self._read = number + 1
                    return page
            time.sleep(0.05)
        pytest.fail(f"it did not print {words} next:\n{self.printed}")

    def interrupt(self) -> int:
        """Ctrl-C, and the status it ends with."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(_PATIENCE)


@pytest.fixture
def watching() -> Iterator[Callable[..., Watching]]:
    """Return `watching(*arguments)`, which starts `rules test`, or `scan` where they begin so; ended with the test."""
    begun: list[Watching] = []

    def start(*arguments: str) -> Watching:
        begun.append(Watching(*(() if arguments[0] == "scan" else ("rules", "test")), *arguments))
        return begun[-1]

    yield start
    for one in begun:
        if one.process.poll() is None:
            one.process.kill()
            one.process.wait()


@pytest.fixture
def articles(folder: Path) -> Path:
    """Two articles in a folder."""
    place = folder / "articles"
    place.mkdir()
    (place / "mill.txt").write_text(MILL, "utf-8")
    (place / "weir.txt").write_text(WEIR, "utf-8")
    return place


@pytest.fixture
def baseline(run: Run) -> Run:
    """Return `baseline(command, *arguments)`: `factcheck baseline` with the house rules alone, where it takes any."""
    rules = ("--no-builtin", "--rules", "house.fact")

    def invoke(command: str, *arguments: str) -> Result:
        return run("baseline", command, *(() if command == "show" else rules), *arguments)

    return invoke


@pytest.fixture
def made(baseline: Run, articles: Path) -> Path:
    """The baseline of the articles."""
    assert baseline("create", str(articles.name)).exit_code == 0
    return articles.parent / NAME
