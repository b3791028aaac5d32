"""Completion in the shell: commands, options and values come from the program, paths from the shell."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from factcheck_cli.options import Format

PROGRAM = [sys.executable, "-m", "factcheck_cli.app"]
needs_unix = pytest.mark.skipif(sys.platform == "win32", reason="asks shells of Unix")


def completed(shell: str, line: str) -> list[str]:
    """What the program offers a shell that completes the line, one a line."""
    words = line.split(" ")
    asked = {
        "_FACTCHECK_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
    }
    done = subprocess.run(PROGRAM, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("factcheck sc", ["scan"]),
        ("factcheck e", ["explain", "eval"]),
        ("factcheck r", ["read", "rules"]),
        ("factcheck read --format ", ["text", "jsonl"]),
        ("factcheck eval --ag", ["--against"]),
        ("factcheck rules ", ["check"]),
        ("factcheck scan --fo", ["--format"]),
        ("factcheck scan --format c", ["csv", "concise", "checkstyle"]),
        ("factcheck scan --format j", ["jsonl", "json", "junit"]),
        ("factcheck scan --fail-at p", ["possible", "probable"]),
        ("factcheck scan --fail-on ", ["note", "warning", "error"]),
        ("factcheck config n", ["new"]),
        ("factcheck explain a.txt --segment ", ["auto", "lines"]),
        ("factcheck scan --pack ", ["icd203", "ipcc", "numbers"]),
        ("factcheck rules check --pack i", ["icd203", "ipcc"]),
        ("factcheck rules n", ["new"]),
        ("factcheck rules check --format ", ["text", "json", "sarif", "github"]),
        ("factcheck rules list --pack hedge,n", ["hedge,no-claim", "hedge,numbers"]),
        ("factcheck scan --pack ipcc,i", ["ipcc,icd203"]),
    ],
)
def test_commands_options_and_values_are_completed(shell: str, line: str, offered: list[str]) -> None:
    """Each shell gets the names of commands and options, and the values that an option takes."""
    shown = "\n".join(completed(shell, line))
    words = (
        re.findall(r'"([^"]+)"(?=[:\n)])', shown) if shell == "zsh" else [w.split("\t")[0] for w in shown.split("\n")]
    )
    assert [word for word in words if word.startswith(offered[0][0])] == [w for w in offered if w[0] == offered[0][0]]
    assert set(offered) <= set(words)


@pytest.mark.parametrize(
    "line",
    ["factcheck scan ", "factcheck scan art", "factcheck scan -o ", "factcheck scan --rules ", "factcheck eval "],
)
def test_paths_are_left_to_the_shell(line: str) -> None:
    """Where a path stands the program offers nothing, so that the shell offers its files."""
    assert completed("bash", line) == []
    assert completed("zsh", line) == ["_files"]
    assert completed("fish", line) == []
    fish = {**os.environ, "_FACTCHECK_COMPLETE": "complete_fish", "_TYPER_COMPLETE_ARGS": line}
    asked = subprocess.run(PROGRAM, env={**fish, "_TYPER_COMPLETE_FISH_ACTION": "is-args"}, check=False)
    assert asked.returncode == 1


@needs_unix
def test_completion_works_in_bash(folder: Path) -> None:
    """The script of `--show-completion` completes in a real shell, and `--install-completion` puts it in place."""
    home = folder / "home"
    home.mkdir()
    name = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": name, "HOME": str(home)}

    def bash(script: str) -> str:
        command = ["bash", "--norc", "-c", f"{script}\ntrue"]  # a last command, lest bash becomes the program
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout

    words = "COMP_WORDS=(factcheck scan --at-most po); COMP_CWORD=3"
    ask = f'{words}; _factcheck_completion factcheck; echo "${{COMPREPLY[@]}}"'
    assert bash(f'eval "$(factcheck --show-completion)"; {ask}') == "possible\n"
    assert "bash completion installed" in bash("factcheck --install-completion")
    assert bash(f"source ~/.bashrc; {ask}") == "possible\n"


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_completion_script_is_shown_for_other_shells(shell: str) -> None:
    """The scripts of zsh and fish come from the program, too."""
    asked = {**os.environ, "_FACTCHECK_COMPLETE": f"source_{shell}"}
    shown = subprocess.run(PROGRAM, env=asked, capture_output=True, text=True, check=True).stdout
    assert {"zsh": "#compdef factcheck", "fish": "complete --command factcheck"}[shell] in shown


def test_completion_needs_no_engine() -> None:
    """A key press does not wait for rules and arrays to be loaded."""
    asked = {"_FACTCHECK_COMPLETE": "complete_bash", "COMP_WORDS": "factcheck scan --format ", "COMP_CWORD": "3"}
    command = [sys.executable, "-X", "importtime", "-m", "factcheck_cli.app"]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.stdout.splitlines() == list(get_args(Format))
    assert imported.isdisjoint({"numpy", "rich.console"})
    engine = {name for name in imported if name.partition(".")[0] == "factcheck"}
    assert engine <= {"factcheck", "factcheck.version", "factcheck.evaluate", "factcheck.evaluate.usual"}


def test_completion_of_packs_loads_no_rules() -> None:
    """Their names and titles are read off their files."""
    asked = {"_FACTCHECK_COMPLETE": "complete_bash", "COMP_WORDS": "factcheck scan --pack n", "COMP_CWORD": "3"}
    command = [sys.executable, "-X", "importtime", "-m", "factcheck_cli.app"]
    done = subprocess.run(command, env={**os.environ, **asked}, capture_output=True, text=True, check=False)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert done.stdout.splitlines() == ["numbers"]
    assert imported.isdisjoint({"factcheck.load", "numpy", "pyparsing"})


def test_titles_of_packs_are_shown() -> None:
    """A shell that can shows what a pack is about."""
    (line,) = completed("fish", "factcheck scan --pack n")
    assert line == "numbers\tNumbers that want a second look"
