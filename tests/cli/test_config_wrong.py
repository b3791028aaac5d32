"""Wrong configurations: each problem is told with the file, the line in it, and the remedy, and nothing is scanned."""

import codecs
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from wrong_configs import WRONG

Run = Callable[..., Result]
CONFIG = "factcheck.toml"

QUIET = """\
pack quiet
    title "Notes alone"

rule aside : note
    "An aside."
    match   by the way
    flag    "The boat, by the way, is old."
    pass    "The boat is old."
"""


@pytest.fixture(autouse=True)
def others(folder: Path) -> None:
    """Files that wrong configurations name, and a report that must not be touched."""
    (folder / "circle.toml").write_text(f'extends = "{CONFIG}"\n', "utf-8")
    (folder / "wrong.toml").write_text('\nfial-at = "possible"\n', "utf-8")
    (folder / "quiet.fact").write_text(QUIET, "utf-8")


def written(folder: Path, content: str | bytes) -> Path:
    """The configuration with this content, with the rules of the house where that can be."""
    file = folder / CONFIG
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize("name", WRONG)
def test_each_wrong_configuration_names_file_line_and_remedy(run: Run, folder: Path, name: str) -> None:
    """Status 2, nothing on standard output, no traceback; without a configuration the same scan goes well."""
    written(folder, WRONG[name])
    options = () if "rules" in str(WRONG[name]) else ("--rules", "house.fact", "--rules", "quiet.fact")
    result = run("scan", "article.txt", "--no-builtin", *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert all(
        line.startswith(("factcheck: factcheck.toml", "factcheck: wrong.toml", "factcheck: circle.toml"))
        for line in result.stderr.splitlines()
    )
    assert run("scan", "article.txt", "--no-builtin", *options, "--no-config").exit_code == 0


def test_what_is_said_of_them(run: Run, folder: Path, golden: Callable[[str, str], None]) -> None:
    """Every message, below the configuration it is about."""
    told = []
    for name, content in WRONG.items():
        written(folder, content)
        options = () if "rules" in str(content) else ("--rules", "house.fact", "--rules", "quiet.fact")
        result = run("scan", "article.txt", "--no-builtin", *options)
        lines = content.decode("latin-1").splitlines() if isinstance(content, bytes) else content.splitlines()
        shown = [f"    {line}"[:100] for line in lines if "\0" not in line]
        told += [f"# {name}", *shown, "", *result.stderr.splitlines(), "", ""]
    golden("cli/config-wrong.txt", "\n".join(told).rstrip() + "\n")


def test_a_byte_order_mark_and_line_ends_of_windows_are_read(run: Run, folder: Path) -> None:
    """Editors write them, and they harm nobody; lines are counted all the same."""
    written(folder, codecs.BOM_UTF8 + b'rules = ["house.fact"]\r\nbuiltin = false\r\nfail-at = "possible"\r\n')
    assert run("scan", "article.txt").exit_code == 1
    written(folder, codecs.BOM_UTF8 + b'rules = ["house.fact"]\r\n\r\nfial-at = "possible"\r\n')
    assert run("scan", "article.txt").stderr.startswith("factcheck: factcheck.toml:3: there is no key `fial-at`")


def test_a_configuration_that_is_not_there(run: Run) -> None:
    """--config names a file, which has to be one."""
    assert run("scan", "article.txt", "--config", "nowhere.toml").stderr == (
        "factcheck: nowhere.toml: there is no such configuration; check the path\n"
    )


def test_a_folder_of_the_name(run: Run, folder: Path) -> None:
    """It is no configuration, and is not passed over in silence."""
    (folder / CONFIG).mkdir()
    said = "factcheck: factcheck.toml: this is a folder, and a configuration is a file; give the folder another name\n"
    assert run("scan", "article.txt").stderr == said


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="everything may be read here")
def test_one_that_may_not_be_read(run: Run, folder: Path) -> None:
    """Permissions are named."""
    written(folder, "jobs = 1").chmod(0)
    assert (
        run("scan", "article.txt").stderr == "factcheck: factcheck.toml: this may not be read; check its permissions\n"
    )


def test_a_link_that_leads_nowhere(run: Run, folder: Path) -> None:
    """It is there, and cannot be read."""
    (folder / CONFIG).symlink_to("gone.toml")
    said = "factcheck: factcheck.toml: this link leads to nothing; mend it or remove it\n"
    assert run("scan", "article.txt").stderr == said


def test_rules_that_are_named_and_wrong(run: Run, folder: Path) -> None:
    """They are told as with --rules: with the place in the rule file."""
    (folder / "bad.fact").write_text("pack bad\nrule\n", "utf-8")
    written(folder, 'rules = ["bad.fact"]')
    result = run("scan", "article.txt")
    assert result.exit_code == 2
    assert "--> bad.fact:2:1" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        *("scan article.txt", "rules list", "rules show unnamed", "explain house/unnamed", "explain article.txt:1"),
        *("rules try may article.txt", "eval gold.jsonl"),
    ],
)
def test_the_line_that_names_wrong_rules_is_told_by_every_command(run: Run, folder: Path, command: str) -> None:
    """Also by those that load them all."""
    (folder / "bad.fact").write_text("pack bad\nrule\n", "utf-8")
    (folder / "gold.jsonl").write_text('{"text": "It may.", "label": 1}\n', "utf-8")
    written(folder, 'jobs = 1\nrules = ["bad.fact"]')
    result = run(*command.split())
    assert result.exit_code == 2
    assert result.stderr.count("named by factcheck.toml:2") == 1


def test_projects_are_told_with_their_lines(run: Run, folder: Path) -> None:
    """Keys of [tool.factcheck] stand where they stand in the whole file."""
    project = folder / "pyproject.toml"
    project.write_text('[project]\nname = "harbour"\n\n[tool.factcheck]\nfial-at = "possible"\n', "utf-8")
    said = "factcheck: pyproject.toml:5: there is no key `fial-at`: did you mean `fail-at`?\n"
    assert run("scan", "article.txt").stderr == said
    project.write_text("[tool.factcheck]\n", "utf-8")
    said = "factcheck: pyproject.toml:1: [tool.factcheck] is empty; write a key below it, or remove it\n"
    assert run("scan", "article.txt").stderr == said
    project.write_text("tool.factcheck = 3\n", "utf-8")
    said = "factcheck: pyproject.toml:1: `tool.factcheck` is a table; write [tool.factcheck], and keys below it\n"
    assert run("scan", "article.txt").stderr == said
    project.write_text("[tool.factcheck]\nfail-at = possible\n", "utf-8")
    assert run("scan", "article.txt").stderr.startswith("factcheck: pyproject.toml:2: this is no value")


def test_a_project_of_others_is_none_of_ours(run: Run, folder: Path) -> None:
    """One without a table of ours is passed over, even if it is broken."""
    (folder / "pyproject.toml").write_text("[project\n", "utf-8")
    assert run("scan", "article.txt").exit_code == 0


def test_one_wrong_configuration_keeps_nobody_from_the_others(run: Run, folder: Path) -> None:
    """All wrong ones are told, each once; what the right ones hold for is scanned, and the status is 2."""
    for name, content in (("a", "fial-at = 1"), ("b", 'fail-at = "unverified"'), ("c", 'packs = ["ipc"]')):
        (folder / name).mkdir()
        (folder / name / CONFIG).write_text(f"{content}\n", "utf-8")
        for number in (1, 2):
            (folder / name / f"{number}.txt").write_text("Officials say it sank.\n", "utf-8")
    result = run("scan", "a", "b", "c", "--format", "csv")
    told = [line for line in result.stderr.splitlines() if ".toml" in line]
    assert told == [
        "factcheck: a/factcheck.toml:1: there is no key `fial-at`: did you mean `fail-at`?",
        "factcheck: c/factcheck.toml:1: no opt-in pack is called `ipc`: did you mean `ipcc`?",
    ]
    assert [line.split(",")[0] for line in result.stdout.splitlines()[1:]] == ["b/1.txt", "b/2.txt"]
    assert result.exit_code == 2


def test_a_wrong_configuration_leaves_the_output_as_it_was(run: Run, folder: Path) -> None:
    """Nothing is written where nothing is scanned."""
    (folder / "out.jsonl").write_text("kept", "utf-8")
    written(folder, "fial-at = 1")
    assert run("scan", "article.txt", "-o", "out.jsonl").exit_code == 2
    assert (folder / "out.jsonl").read_text("utf-8") == "kept"


COMMANDS = (
    "rules list",
    "rules show unnamed",
    "rules check house.fact",
    "rules test house.fact",
    "rules lint house.fact",
    "rules try may article.txt",
    "rules why article.txt:1",
    "explain house/unnamed",
    "config show article.txt",
    "config check",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_reads_it_tells_it(run: Run, folder: Path, command: str) -> None:
    """The same line, and status 2."""
    written(folder, "fial-at = 1")
    result = run(*command.split())
    assert result.stderr == "factcheck: factcheck.toml:1: there is no key `fial-at`: did you mean `fail-at`?\n"
    assert result.exit_code == 2


@pytest.mark.parametrize("key", ["db", "baseline", "extends", "rules"])
def test_no_path_holds_nul(run: Run, folder: Path, key: str) -> None:
    """To systems it is the end of a path."""
    (folder / CONFIG).write_text(f'jobs = 1\n{key} = "a\\u0000b"\n', "utf-8")
    result = run("scan", "article.txt")
    assert "factcheck.toml:2: `" in result.stderr
    assert "no path holds a NUL character; take it out" in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


def test_what_several_extend_is_read_once(run: Run, folder: Path) -> None:
    """However often it is named, which doubled with each step."""
    for number in range(15):
        (folder / f"x{number}.toml").write_text(f'extends = ["x{number + 1}.toml", "x{number + 1}.toml"]\n', "utf-8")
    (folder / "x15.toml").write_text('at-mots = "possible"\n', "utf-8")
    (folder / CONFIG).write_text('extends = "x0.toml"\n', "utf-8")
    assert run("config", "check").stderr.count("x15.toml:1: there is no key `at-mots`") == 1


def test_long_ways_from_file_to_file_are_told(run: Run, folder: Path) -> None:
    """With the line that goes too far, and no traceback."""
    for number in range(700):
        (folder / f"x{number}.toml").write_text(f'extends = "x{number + 1}.toml"\n', "utf-8")
    (folder / CONFIG).write_text('extends = "x0.toml"\n', "utf-8")
    result = run("scan", "article.txt")
    said = "x19.toml:1: `extends` leads from file to file more than 20 times, from factcheck.toml on; "
    assert result.stderr == f"factcheck: {said}name in one file what it is to build on\n"
    assert result.exit_code == 2
