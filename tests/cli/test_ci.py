"""What others' pipelines take from this repository: hooks of pre-commit, an action, examples, exit statuses."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from factcheck_cli.quick import given
from factcheck_cli.scan import scan as scan_command

yaml: Any = pytest.importorskip("yaml")

Run = Callable[..., Result]
ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "ci.md"
BIN = Path(sys.executable).parent
PATIENCE = 600  # seconds; an environment is made, on a machine that may be busy
WEAK = "The mill closed on Monday.\n\nOfficials say the quay could sink.\n"
FIRM = "The mill closed on Monday.\n"


def read(path: Path) -> Any:  # noqa: ANN401 - whatever YAML can hold
    """What the file holds."""
    return yaml.safe_load(path.read_text("utf-8"))


# Hooks ---------------------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> None:
    """Runs git in the folder, as somebody who has no settings."""
    who = ["-c", "user.name=Ada Voss", "-c", "user.email=ada@echo.example"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607 - the user's git


@pytest.mark.skipif(not shutil.which("git") or not (ROOT / ".git").exists(), reason="hooks come from a git checkout")
def test_hooks_in_a_repository(folder: Path) -> None:
    """`pre-commit try-repo` installs them from here: the weak sentence is named with its line, the rules pass."""
    desk = folder / "desk"
    desk.mkdir()
    git(desk, "init", "-q")
    (desk / "weak.md").write_text(f"# The mill\n\n{WEAK}", "utf-8")
    (desk / "firm.txt").write_text(FIRM, "utf-8")
    (desk / "page.html").write_text(f"<html><body><article><p>{FIRM}</p></article></body></html>", "utf-8")
    shutil.copy(folder / "house.fact", desk)
    git(desk, "add", ".")
    environment = os.environ | {"PRE_COMMIT_HOME": str(folder / "home"), "PRE_COMMIT_COLOR": "never"}
    command = [str(BIN / "pre-commit"), "try-repo", str(ROOT), "--all-files"]
    done = subprocess.run(
        command, cwd=desk, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert re.search(r"^factcheck\.+Failed$", done.stdout, re.MULTILINE)
    assert re.search(r"^factcheck rules\.+Passed$", done.stdout, re.MULTILINE)
    (found,) = re.findall(r"^\S+:\d+:\d+: .*$", done.stdout, re.MULTILINE)
    assert found.startswith("weak.md:5:1: warning: unverified: “Officials say”: Nobody who can be named")
    assert "1 of 5 sentences is at or below unverified" in done.stdout


@pytest.mark.parametrize("hook", read(ROOT / ".pre-commit-hooks.yaml"), ids=lambda hook: hook["id"])
def test_hooks_pass_what_is_fine(run: Run, folder: Path, hook: dict[str, Any]) -> None:
    """Without a word; each is what the page names it."""
    (folder / "firm.txt").write_text(FIRM, "utf-8")
    program, *arguments = shlex.split(hook["entry"])
    assert program == "factcheck"
    assert hook["language"] == "python"
    file = "house.fact" if hook["id"] == "factcheck-rules" else "firm.txt"
    result = run(*arguments, *hook.get("args", []), file)
    assert (result.exit_code, result.stderr) == (0, "")
    assert f"id: {hook['id']}" in PAGE.read_text("utf-8")


def test_a_wrong_rule_fails_its_hook(run: Run, folder: Path) -> None:
    """With the report that an author gets."""
    (folder / "house.fact").write_text("rule\n", "utf-8")
    result = run("rules", "check", "house.fact")
    assert result.exit_code == 2
    assert "error[FC010]" in result.output


# The action ----------------------------------------------------------------------------------------------------------

ACTION = read(ROOT / "action.yml")
STEPS = ACTION["runs"]["steps"]
_EXPRESSION = re.compile(r"\$\{\{\s*([\w.]+)\s*\}\}")


def test_the_action_is_a_composite_one() -> None:
    """It has what GitHub asks for, its expressions lead somewhere, and no input is pasted into a script."""
    assert ACTION["runs"]["using"] == "composite"
    assert {"name", "description", "inputs", "outputs", "runs"} <= ACTION.keys()
    assert all(isinstance(one["description"], str) for one in (*ACTION["inputs"].values(), *ACTION["outputs"].values()))
    known = {f"inputs.{name}" for name in ACTION["inputs"]} | {"github.action_path", "steps.scan.outputs.status"}
    assert set(_EXPRESSION.findall((ROOT / "action.yml").read_text("utf-8"))) <= known
    for step in STEPS:
        assert step["shell"] == "bash"
        assert not _EXPRESSION.search(step["run"])
    assert all(f"`{name}`" in PAGE.read_text("utf-8") for name in ACTION["inputs"])


Step = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def step(folder: Path) -> Step:
    """Return `step(number, **inputs)`: a step of the action as a runner runs it, its files in `folder`."""
    bash = shutil.which("bash")
    if not bash or os.name == "nt":
        pytest.skip("the steps are for bash")

    def done(number: int, **inputs: str) -> "subprocess.CompletedProcess[str]":
        values = {f"inputs.{name}": str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
        values |= {f"inputs.{name}": value for name, value in inputs.items()} | {"github.action_path": str(ROOT)}
        own = {name: _EXPRESSION.sub(lambda at: values[at[1]], text) for name, text in STEPS[number]["env"].items()}
        runner = {
            "GITHUB_PATH": str(folder / "path"),
            "GITHUB_OUTPUT": str(folder / "output"),
            "RUNNER_TEMP": str(folder / "temp"),
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        }
        script = folder / "step.sh"
        script.write_text(STEPS[number]["run"], "utf-8")
        command = [bash, "--noprofile", "--norc", "-eo", "pipefail", str(script)]
        environment = os.environ | runner | own
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False)

    (folder / "temp").mkdir()
    (folder / "desk").mkdir()
    (folder / "desk" / "weak.txt").write_text(WEAK, "utf-8")
    (folder / "two words.txt").write_text(FIRM, "utf-8")
    return done


def test_the_action_installs_its_own_checkout(step: Step, folder: Path) -> None:
    """Into an environment of its own, which the next steps find."""
    done = step(0, python=sys.executable)
    assert done.returncode == 0, done.stderr
    (place,) = (folder / "path").read_text("utf-8").split()
    told = subprocess.run([Path(place) / "factcheck", "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.startswith("factcheck ")


@pytest.mark.parametrize(
    ("version", "wanted"),
    [
        ("", f"{ROOT}[html,pdf,rst]"),
        ("1.2.0", "factcheck-engine[html,pdf,rst]==1.2.0"),
        ("factcheck-engine>=1", "factcheck-engine>=1"),
    ],
)
def test_the_action_installs_what_is_asked_for(step: Step, folder: Path, version: str, wanted: str) -> None:
    """A version, a requirement, or without either the checkout."""
    python = folder / "python"
    python.write_text(
        "#!/bin/sh\n"
        'echo "$@" >> asked\n'
        '[ "$2" = venv ] && mkdir -p "$3/bin" && cp "$0" "$3/bin/python"\n'
        "exit 0\n"
    )  # fmt: skip
    python.chmod(0o755)
    assert step(0, version=version, python=str(python)).returncode == 0
    assert (folder / "asked").read_text().splitlines()[
        -1
    ] == f"-m pip install --quiet --disable-pip-version-check {wanted}"


def test_the_action_scans(step: Step, folder: Path) -> None:
    """What it is told, names with blanks, too; the status is that of the scan, and an output."""
    done = step(1, paths="desk")
    assert done.returncode == 1
    assert done.stdout.startswith("::warning file=desk/weak.txt,line=3,col=1,")
    assert step(1, paths="two words.txt\n", args="--fail-at unverified --format github").returncode == 0
    report = step(1, paths="desk 'two words.txt'", args="--format sarif\n-o out.sarif")
    assert (report.returncode, report.stdout) == (0, "")
    assert len(json.loads((folder / "out.sarif").read_text("utf-8"))["runs"][0]["results"]) > 0
    assert step(1, paths="gone.txt").returncode == 3
    assert step(1, paths="desk", args="--format 'no such'").returncode == 2
    assert step(1, paths="$(touch run)`touch run`;touch run").returncode == 3
    assert not (folder / "run").exists()
    assert (folder / "output").read_text("utf-8").split() == [f"status={n}" for n in (1, 0, 0, 3, 2, 3)]


# The page ------------------------------------------------------------------------------------------------------------


def commands() -> Iterator[str]:
    """The scans in the examples on the page."""
    for block in re.findall(r"^```(?:yaml|make)[^\n]*\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        yield from (found.strip() for found in re.findall(r"factcheck (scan [^\n]*)", block))


@pytest.mark.parametrize("command", list(commands()))
def test_examples_are_understood(command: str) -> None:
    """Their options are there and take what is given."""
    assert given(scan_command, shlex.split(command.replace("$", ""))[1:])["paths"]


def test_examples_are_yaml() -> None:
    """Each that says it is."""
    found = re.findall(r"^```yaml[^\n]*\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert len(found) > 3
    for block in found:
        assert yaml.safe_load(block)


# Exit statuses -------------------------------------------------------------------------------------------------------

STATUSES = {
    0: (("scan", "firm.txt", "--fail-at", "unverified"), ("stats", "weak.txt"), ("scan", "weak.txt")),
    1: (
        ("scan", "weak.txt", "--fail-at", "unverified"),
        ("scan", "weak.txt", "--fail-at", "established", "-o", "o.csv"),
    ),
    2: (
        ("scan", "firm.txt", "--no-such-option"),
        ("scan", "firm.txt", "--rules", "gone.fact"),
        ("scan", "firm.txt", "-o", "gone/out.csv"),
        ("stats", "firm.txt", "--by", "decade"),
        ("rules", "check", "gone.fact"),
    ),
    3: (
        ("scan", "firm.txt", "gone.txt"),
        ("scan", "weak.txt", "gone.txt", "--fail-at", "unverified"),
        ("stats", "firm.txt", "gone.txt"),
    ),
}


@pytest.mark.parametrize(("status", "arguments"), [(status, one) for status, all_ in STATUSES.items() for one in all_])
def test_exit_statuses(run: Run, folder: Path, status: int, arguments: tuple[str, ...]) -> None:
    """Each as the page has it; of several reasons the highest."""
    (folder / "weak.txt").write_text(WEAK, "utf-8")
    (folder / "firm.txt").write_text(FIRM, "utf-8")
    assert run(*arguments).exit_code == status
    assert "-o" not in arguments or status != 1 or (folder / "o.csv").exists()


def test_status_of_an_interrupted_scan(start: Callable[..., "subprocess.Popen[bytes]"]) -> None:
    """Ctrl-C while it waits for a pipe: 130."""
    program = start("article.txt", "-", "--format", "jsonl", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert program.stdout
    assert program.stdout.readline()
    program.send_signal(signal.SIGINT)
    program.communicate(timeout=PATIENCE)
    assert program.returncode == 130


def test_the_page_has_all_statuses() -> None:
    """The table has those that are tested, and no other."""
    told = re.findall(r"^\| (\d+) \|", PAGE.read_text("utf-8"), re.MULTILINE)
    assert [int(status) for status in told] == [*STATUSES, 130, 143]
