"""The program itself: its help, its version, and how fast it starts."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import Result

from factcheck.load import builtin_sources, load, optional_sources
from factcheck.packs import builtin_files, optional_files, optional_titles
from factcheck_cli.commands import app
from factcheck_cli.version import Pack, packs, told

Run = Callable[..., Result]


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - no public name
    """Every command of the program, as one types it, groups included."""
    yield path
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, (*path, name))


COMMANDS = list(commands(get_command(app)))


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_shows_examples(run: Run, command: tuple[str, ...]) -> None:
    """The help of every command has examples of its use, and says what it is for."""
    result = run(*command, "--help")
    assert result.exit_code == 0
    _, _, examples = result.stdout.partition("Examples:")
    assert f"  factcheck {' '.join(command)}".rstrip() in examples


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_option_has_help(command: tuple[str, ...]) -> None:
    """No option stands in the help without a word on what it does."""
    found: Any = get_command(app)
    for name in command:
        found = found.commands[name]
    assert [option.name for option in found.params if not option.help] == []


# The version ---------------------------------------------------------------------------------------------------------


def test_version_names_engine_and_packs(run: Run) -> None:
    """`--version` says which engine this is, and which packs it has, each with its hash, the opt-in ones apart."""
    first, second, *lines = run("--version").stdout.splitlines()
    assert first == f"factcheck {version('factcheck-engine')}"
    assert re.fullmatch(r"built-in packs [0-9a-f]{12}", second)
    apart = len(builtin_files())
    assert re.fullmatch(r"opt-in packs [0-9a-f]{12}", lines.pop(apart))
    found = [line.split(maxsplit=3) for line in lines]
    loaded = load(packs=optional_files()).program.packs
    assert [(name, number, title) for name, number, _, title in found] == [(p.name, p.version, p.title) for p in loaded]
    sources = [source.text for source in (*builtin_sources(), *optional_sources(optional_files()))]
    assert [digest for _, _, digest, _ in found] == [sha256(text.encode()).hexdigest()[:12] for text in sources]


def test_version_changes_with_a_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hash of packs together changes with any of them; that of the built-in ones not with an opt-in one."""
    heads = [line for line in told().splitlines() if not line.startswith(" ")]
    for name, changes in (("hedge", 1), ("ipcc", 2)):
        monkeypatch.setattr("factcheck_cli.version.packs", partial(_changed, name))
        now = [line for line in told().splitlines() if not line.startswith(" ")]
        assert [old != new for old, new in zip(heads, now, strict=True)] == [n == changes for n in range(3)]


def _changed(name: str, files: Iterable[Path]) -> list[Pack]:
    """What would be read off the files if that of this pack were another."""
    return [pack._replace(digest=pack.digest[::-1]) if pack.head.name == name else pack for pack in packs(files)]


def test_version_needs_no_engine() -> None:
    """The version is read off the files; nothing is loaded for it."""
    unused = {"factcheck.load", "factcheck.scan", "numpy"}
    code = f"import sys; from factcheck_cli.version import told; told(); print(*{unused} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


# The opt-in packs ----------------------------------------------------------------------------------------------------


TAKING_RULES = [("scan",), ("explain",), *(("rules", name) for name in ("check", "try", "why", "profile", "diff"))]


@pytest.mark.parametrize("command", TAKING_RULES, ids=" ".join)
def test_help_names_the_opt_in_packs(run: Run, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command that takes rules takes them, and its help says which there are."""
    monkeypatch.setenv("COLUMNS", "200")
    names = ", ".join(optional_titles())
    assert f"Add these opt-in packs: {names}." in run(*command, "--help").stdout
    assert f"which --pack adds: {names}." in run("--help").stdout


# Start-up ------------------------------------------------------------------------------------------------------------


def test_help_needs_no_engine() -> None:
    """The commands load the engine when they need it: importing the program does not."""
    code = "import sys, factcheck_cli.app; print(*sorted({'factcheck', 'numpy', 'pyparsing'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("command", [command[0] for command in COMMANDS if len(command) == 1])
def test_help_of_a_command_loads_no_checks_of_values(command: str) -> None:
    """It is the same as the library finds it, which would load pydantic on its way there."""
    (plain, loaded), (found, _) = (
        _told(how, command) for how in ("run_any(sys.argv[1:])", 'app(prog_name="factcheck")')
    )
    assert plain == found
    assert loaded == "\n"


def _told(how: str, command: str) -> tuple[str, str]:
    """The help of a command, and whether pydantic was loaded for it."""
    code = (
        "import sys, atexit; from factcheck_cli.commands import app, run_any; "
        f"atexit.register(lambda: print(*{{'pydantic'}} & set(sys.modules), file=sys.stderr)); {how}"
    )
    arguments = [sys.executable, "-c", code, command, "--help"]
    done = subprocess.run(arguments, capture_output=True, encoding="utf-8", check=True)
    return done.stdout, done.stderr


def test_no_command_shows_the_help(run: Run) -> None:
    """Without a command the program says what there is."""
    result = run()
    assert result.exit_code == 2
    assert "scan" in result.output


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_an_end_that_a_library_takes_for_something_else(told: signal.Signals) -> None:
    """The status tells who ended the program, whatever a library makes of what a handler of signals raises."""
    code = f"""
import signal
from factcheck_cli import app, quick

def run():
    try:
        signal.raise_signal({int(told)})
    except BaseException as error:
        raise ValueError from error

quick.understood = lambda _: run
app.main()
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (ended.returncode, ended.stderr) == (128 + told, b"")
