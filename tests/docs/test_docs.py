"""The pages say what is true: their commands are run, their rules loaded, their tables of examples tried."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from shutil import copytree
from types import ModuleType

import pytest

from factcheck import Scanner
from factcheck.language import layout
from factcheck.language.lower import CLASSES
from factcheck.language.program import KINDS, LEVELS, PLACES, SIGNALS
from factcheck.load import load
from factcheck.render import render_all
from report import PLOTS

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
REFERENCE = ROOT / "docs" / "reference.md"


def _make() -> ModuleType:
    spec = spec_from_file_location("make", ROOT / "docs" / "make.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


make = _make()


# Blocks and commands --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: its language, the file it is to be written to if any, and its lines."""

    language: str
    title: str
    lines: tuple[str, ...]
    first: int
    """Index in the page of the line after the opening fence."""

    @property
    def text(self) -> str:
        """The lines with their breaks."""
        return "".join(line + "\n" for line in self.lines)


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page in order."""
    lines = page.split("\n")
    opening: re.Match[str] | None = None
    first = 0
    for number, line in enumerate(lines):
        if opening and line == "```":
            yield Block(opening[1], opening[2] or "", tuple(lines[first:number]), first)
            opening = None
        elif not opening and (found := re.fullmatch(r"```(\w*)(?: title=(\S+))?", line)):
            opening, first = found, number + 1


def run(command: str, folder: Path, cache: Path) -> list[str]:
    """What a reader sees who types `command` in a terminal without color: lines without trailing blanks."""
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "FACTCHECK_CACHE": str(cache),
        "NO_COLOR": "1",
        "COLUMNS": "80",
        "TERM": "xterm",
        "PRE_COMMIT_HOME": str(cache / "pre-commit"),
        "GIT_CONFIG_GLOBAL": os.devnull,
        **{f"GIT_{who}_NAME": "Ruth Abara" for who in ("AUTHOR", "COMMITTER")},
        **{f"GIT_{who}_EMAIL": "ruth@example.org" for who in ("AUTHOR", "COMMITTER")},
    }
    ours, theirs = pty.openpty()
    shell = ["/bin/sh", "-c", command]
    with subprocess.Popen(shell, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        seen = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|[^\n]*\r(?=[^\r\n])", "", seen.decode().replace("\r\n", "\n"))
    return [line.rstrip() for line in text.rstrip("\n").split("\n")] if text.strip() else []


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # what Linux says when the last writer has gone
        return b""


def replayed(page: str, folder: Path, cache: Path) -> str:
    """The page with the output of its commands as it is now; titled blocks are written to files on the way."""
    lines, shift = page.split("\n"), 0
    for block in blocks(page):
        if block.title:
            (folder / block.title).parent.mkdir(parents=True, exist_ok=True)
            (folder / block.title).write_text(block.text, "utf-8")
        if block.language == "console":
            commands = [line for line in block.lines if line.startswith("$ ")]
            shown = [line for command in commands for line in (command, *run(command[2:], folder, cache))]
            at = block.first + shift
            lines[at : at + len(block.lines)] = shown
            shift += len(shown) - len(block.lines)
    return "\n".join(lines)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache of compiled rules that the commands of all pages share."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_print_what_the_page_shows(
    path: Path, tmp_path: Path, cache: Path, request: pytest.FixtureRequest
) -> None:
    """Each ```console block shows what its commands print; --update-golden writes that into the page."""
    page = path.read_text("utf-8")
    copytree(ROOT / "docs" / "examples", tmp_path / "docs" / "examples")
    now = replayed(page, tmp_path, cache)
    if request.config.getoption("--update-golden"):
        path.write_text(now, "utf-8")
    else:
        difference = "\n".join(unified_diff(page.split("\n"), now.split("\n"), "page", "now", n=1, lineterm=""))
        assert not difference, difference


# The reference --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", make.PAGES, ids=lambda path: path.name)
def test_made_parts_are_current(path: Path) -> None:
    """Made parts of the pages are those of the code and of the newest record: `just docs` writes them."""
    page = path.read_text("utf-8")
    assert page == make.made(page)


def test_plots_are_current() -> None:
    """Each plot on the page on speed is drawn from the newest record: `just docs` draws them."""
    named = re.findall(r"!\[.+?\]\((speed-[\w-]+\.svg)\)", (ROOT / "docs" / "speed.md").read_text("utf-8"))
    assert len(named) == len(PLOTS)
    for name in named:
        assert make.REPORT.stamp in (ROOT / "docs" / name).read_text("utf-8")


def _untitled() -> list[str]:
    return [b.text for b in blocks(make.written(REFERENCE.read_text("utf-8"))) if b.language == "fact" and not b.title]


@pytest.mark.parametrize("rules", _untitled(), ids=lambda rules: rules.split("\n")[0])
def test_rules_on_the_page_load(rules: str, tmp_path: Path) -> None:
    """Each rule file on the reference page loads beside the built-in packs without a word of complaint."""
    path = tmp_path / "example.fact"
    path.write_text(rules, "utf-8")
    assert not render_all(load([path], cached=False).warnings)


def rows(heads: tuple[str, str]) -> list[tuple[str, str, str]]:
    """The rows of all tables whose first two columns have these heads: the code, and two cells of examples."""
    found: list[tuple[str, str, str]] = []
    inside = False
    for line in make.written(REFERENCE.read_text("utf-8")).split("\n"):
        cells = [cell.strip().replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if tuple(cells[:2]) == heads:
            inside = True
        elif not cells:
            inside = False
        elif inside and not set(cells[0]) <= set("-:"):
            code, match, other = cells
            found.append((code.strip("` "), match, other))
    return found


def sentences(cell: str) -> list[tuple[str, list[str]]]:
    """The examples of a cell, each with the words it shows in bold."""
    texts = [text.strip().replace(" ¶ ", "\n\n") for text in cell.split("<br>") if text.strip()]
    return [(text.replace("**", ""), re.findall(r"\*\*(.+?)\*\*", text)) for text in texts]


def found_in(rules: str, text: str, folder: Path) -> list[str]:
    """The words that the rules of pack `table` find in the text."""
    path = folder / "table.fact"
    path.write_text(rules, "utf-8")
    lists = folder / "rumour.fact"
    lists.write_text(next(b.text for b in blocks(REFERENCE.read_text("utf-8")) if b.title == "rumour.fact"), "utf-8")
    core = folder / "core.fact"
    core.write_text("pack core\nlist verb = is | came\n", "utf-8")  # what `verbless` asks for
    scanner = Scanner([core, lists, path], builtin=False, cache=False)
    findings = (finding for sentence in scanner.scan(text).sentences for finding in sentence.findings)
    return [finding.text for finding in findings if finding.rule.startswith("table/")]


PATTERNS = rows(("pattern", "matches"))
CONDITIONS = rows(("condition", "holds"))


@pytest.mark.parametrize(("pattern", "matching", "other"), PATTERNS, ids=[row[0] for row in PATTERNS])
def test_pattern_table(pattern: str, matching: str, other: str, tmp_path: Path) -> None:
    """Each pattern of the tables finds the words in bold, all and no others, and nothing in the other column."""
    (example, bold), *_ = sentences(matching)
    assert bold
    quoted = example.replace("\\", "\\\\").replace('"', '\\"')
    rules = f'pack table\nrule row : note\n    "Found."\n    match {pattern}\n    flag "{quoted}"\n    pass "Zebra."\n'
    for text, words in [*sentences(matching), *sentences(other)]:
        assert found_in(rules, text, tmp_path) == words


@pytest.mark.parametrize(("condition", "holding", "other"), CONDITIONS, ids=[row[0] for row in CONDITIONS])
def test_condition_table(condition: str, holding: str, other: str, tmp_path: Path) -> None:
    """With each condition the rule for `closed` fires on the sentences of one column and not on those of the other."""
    rule = 'rule row : note\n    "Found."\n    match closed\n    flag "It closed."\n    pass "Zebra."\n'
    rules = f"pack table\n{rule}amend table/row\n    when {condition}\n"
    assert sentences(holding)
    for text, words in [*sentences(holding), *sentences(other)]:
        assert found_in(rules, text, tmp_path) == words


NAMES = [
    *(f"`{name}" for name in (*layout.STATEMENTS, *layout.PACK_FIELDS, *layout.RULE_FIELDS, *layout.AMEND_FIELDS)),
    *(f"`<{name}>`" for name in CLASSES),
    *(f"`{name}`" for name in (*LEVELS, *KINDS, *SIGNALS)),
    *(f"`in {name}`" for name in PLACES),
]


@pytest.mark.parametrize("name", sorted(set(NAMES)))
def test_reference_is_complete(name: str) -> None:
    """Each statement, field, class, level, kind of source, signal and place stands on the reference page."""
    assert name in REFERENCE.read_text("utf-8")
