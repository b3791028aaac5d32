"""Plain command lines are understood without the library that knows them all, and as it understands them."""

import inspect
import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from factcheck_cli import quick
from factcheck_cli.commands import declared
from factcheck_cli.scan import scan

WORDS = """\
a.txt - -- . -q --quiet --quiet=1 -o out.csv -oout -qj2 -j 2 0 -1 --jobs --jobs=3 --jobs=x --jobs= --rules
--rules=b.fact --pack --pack=ipcc numbers,icd203 --select hedge,doubt --ignore=weasel --format json --format=JSON
--format=csv --fail-at possible --at-most nowhere --no-builtin --no-cache --full --color never --segment lines
--text-field --id-field=key --help --quie --unknown -x"""


def as_the_library_reads(arguments: list[str]) -> dict[str, Any] | None:
    """What the command is given for these arguments; None where it is not run."""
    seen: list[dict[str, Any]] = []

    @wraps(scan)
    def keep(**values: object) -> None:
        seen.append(values)

    app = typer.Typer()
    app.command()(declared(keep))
    CliRunner().invoke(app, arguments)
    return seen[0] if seen else None


@given(st.lists(st.sampled_from(WORDS.split()), max_size=6))
def test_plain_command_lines_mean_the_same(arguments: list[str]) -> None:
    """What is understood at once is what the library would have understood; it has the last word on the others."""
    try:
        values = quick.given(scan, arguments)
    except quick.UnclearError:
        return
    defaults = {name: one.default for name, one in inspect.signature(scan).parameters.items()}
    assert defaults | values == as_the_library_reads(arguments)


@pytest.mark.parametrize(
    ("arguments", "values"),
    [
        ([], {}),
        (["a.txt", "-q", "b.txt"], {"paths": ["a.txt", "b.txt"], "quiet": True}),
        (["--jobs=2", "--format", "csv", "--", "-x"], {"jobs": 2, "format": "csv", "paths": ["-x"]}),
        (["--select", "hedge", "--select=doubt", "-"], {"select": ["hedge", "doubt"], "paths": ["-"]}),
        (["--pack", "icd203,ipcc", "a.txt", "--pack=x"], {"packs": ["icd203,ipcc", "x"], "paths": ["a.txt"]}),
    ],
)
def test_everyday_command_lines_are_plain(arguments: list[str], values: dict[str, Any]) -> None:
    """Options before and after paths, values with and without an equals sign."""
    assert quick.given(scan, arguments) == values


@pytest.mark.parametrize(
    "arguments",
    [
        *(["scan", "--help"], ["scan", "--jobs", "two"], ["rules"], [], ["scan", "-o"]),
        *(["scan", "-j2", "--jobs=3"], ["scan", "--since", "a", "--since", "b"], ["scan", *["--format=csv"] * 2]),
    ],
)
def test_everything_else_is_left_to_the_library(arguments: list[str]) -> None:
    """Help, mistakes and the other commands."""
    assert quick.understood(arguments) is None


def test_completion_is_left_to_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shell asks by a variable, whatever stands on the command line."""
    assert quick.understood(["scan", "a.txt"])
    monkeypatch.setenv("_FACTCHECK_COMPLETE", "complete_bash")
    assert quick.understood(["scan", "a.txt"]) is None


# What is imported ----------------------------------------------------------------------------------------------------

Start = Callable[..., "subprocess.Popen[bytes]"]


def imported(*arguments: str) -> tuple[set[str], str]:
    """The modules that the program imports, and its standard output."""
    command = [sys.executable, "-X", "importtime", "-m", "factcheck_cli.app", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    return {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}, done.stdout


def test_warm_scan_imports_what_it_uses() -> None:
    """No parser of rules, no library of command lines: the rules come from the cache, the line is plain."""
    imported("scan", "article.txt", "--rules", "house.fact", "--no-builtin")
    found, output = imported("scan", "article.txt", "--rules", "house.fact", "--no-builtin")
    assert len([json.loads(line) for line in output.splitlines()]) == 4
    unused = {"typer", "rich", "pydantic", "pyparsing", "pathspec", "multiprocessing", "csv", "importlib.metadata"}
    assert found & unused == set()
    assert not [name for name in found if name.startswith(("factcheck.evaluate", "factcheck_cli.measure.eval"))]


def test_warm_scan_with_an_opt_in_pack_imports_no_more() -> None:
    """A line with `--pack` is as plain as any."""
    arguments = ("scan", "article.txt", "--pack", "icd203", "--no-builtin")
    imported(*arguments)
    found, _ = imported(*arguments)
    assert found & {"typer", "rich", "pydantic", "pyparsing"} == set()


def test_version_imports_next_to_nothing() -> None:
    """It is asked for by scripts, too."""
    found, output = imported("--version")
    assert output.startswith("factcheck ")
    assert found & {"typer", "numpy", "orjson", "factcheck.load", "importlib.metadata"} == set()
