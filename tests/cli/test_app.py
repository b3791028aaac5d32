"""The program itself: its help, its version, and how fast it starts."""

import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version

import pytest
from typer.testing import Result

Run = Callable[..., Result]
COMMANDS = [["scan"], ["rules"], ["rules", "check"], ["explain"]]


@pytest.mark.parametrize("command", [[], *COMMANDS], ids=" ".join)
def test_help_shows_examples(run: Run, command: list[str]) -> None:
    """The help of every command has examples of its use."""
    result = run(*command, "--help")
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"  factcheck {' '.join(command)}".rstrip() in result.stdout


def test_version_names_engine_and_packs(run: Run) -> None:
    """`--version` says which engine this is and which packs are built in."""
    first, *packs = run("--version").stdout.splitlines()
    assert first == f"factcheck {version('factcheck-engine')}"
    assert any(line.startswith("  hedge 1: ") for line in packs)


def test_help_needs_no_engine() -> None:
    """The commands load the engine when they need it: importing the program does not."""
    code = "import sys, factcheck_cli.app; print(*sorted({'factcheck', 'numpy', 'pyparsing'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_no_command_shows_the_help(run: Run) -> None:
    """Without a command the program says what there is."""
    result = run()
    assert result.exit_code == 2
    assert "scan" in result.output
