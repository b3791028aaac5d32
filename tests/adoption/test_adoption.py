"""A desk with 300 articles adopts factcheck in four commands; from then on a commit fails on what is new, on no more.

The hook is that of `.pre-commit-hooks.yaml`, run from the environment of the tests instead of one of its own.
"""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from made_articles import Block, articles, made
from news import articles as news

yaml: Any = pytest.importorskip("yaml")
BIN = Path(sys.executable).parent
pytestmark = pytest.mark.skipif(
    not shutil.which("git") or not (BIN / "pre-commit").exists(), reason="it takes git and pre-commit"
)

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PAGE = ROOT / "docs" / "howto" / "adopt.md"
COMMANDS = (
    "factcheck config new",
    "factcheck baseline create articles/",
    "pre-commit install",
    'git add . && git commit -qm "Articles are checked"',
)
"""As the page has them."""
SIZE = 300
FORMS = ("md", "html", "txt", "md", "html", "txt", "docx")
CLAIM = "Nine experts say the quay could sink."
PATIENCE = 120  # seconds for one command, on a machine that may be busy


def blocks_of(text: str) -> list[Block]:
    """The paragraphs of a text; its first is its heading."""
    first, *others = re.split(r"\n{2,}", text.strip())
    return [Block("heading", first), *(Block("paragraph", " ".join(one.split())) for one in others)]


def sources() -> Iterator[list[Block]]:
    """The articles that are written out, then some that are made of templates."""
    yield from articles()
    yield from map(blocks_of, news(5, 2_000_000))


@dataclass(frozen=True, slots=True)
class Desk:
    """A repository of articles, and a shell that stands in it."""

    folder: Path
    home: Path

    def shell(self, command: str) -> "subprocess.CompletedProcess[str]":
        """What a reader of the page types."""
        own = {
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(self.home / "pre-commit"),
            "PRE_COMMIT_COLOR": "never",
            "FACTCHECK_CACHE": str(self.home / "cache"),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "NO_COLOR": "1",
        }
        own |= {
            f"GIT_{who}_{what}": "ada@echo.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        return subprocess.run(  # noqa: S602 - a shell, so that it is typed as on the page
            command,
            shell=True,
            cwd=self.folder,
            env=os.environ | own,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    def done(self, command: str) -> str:
        """The output of a command that has to go well."""
        result = self.shell(command)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout + result.stderr

    def commit(self) -> "subprocess.CompletedProcess[str]":
        """Commits all there is."""
        return self.shell("git add -A && git commit -m Edited")

    def named(self, number: int) -> str:
        """The article of this number."""
        (path,) = (self.folder / "articles").glob(f"*-{number:03}.*")
        return f"articles/{path.name}"

    def passes(self) -> None:
        """A commit that the hook lets through."""
        result = self.commit()
        assert result.returncode == 0, result.stdout + result.stderr
        assert re.search(r"^factcheck\.+Passed$", result.stderr, re.MULTILINE), result.stderr

    def fails(self) -> str:
        """What is said of a commit that the hook stops."""
        result = self.commit()
        assert result.returncode == 1, result.stdout + result.stderr
        assert re.search(r"^factcheck\.+Failed$", result.stderr, re.MULTILINE), result.stderr
        assert "- exit code: 1" in result.stderr
        return result.stderr

    def edit(self, name: str, old: str, new: str) -> None:
        """Replaces what stands once in a file."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")

    def append(self, name: str, text: str) -> int:
        """Adds a paragraph; its line."""
        path = self.folder / name
        whole = f"{path.read_text('utf-8').rstrip()}\n\n{text}\n"
        path.write_text(whole, "utf-8")
        return whole.count("\n", 0, whole.rindex(text)) + 1


@pytest.fixture(scope="module")
def adopted(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk once it has typed the four commands."""
    home = tmp_path_factory.mktemp("adoption")
    folder = home / "desk"
    (folder / "articles").mkdir(parents=True)
    desk = Desk(folder, home)
    for number, blocks in enumerate(itertools.islice(sources(), SIZE)):
        form = FORMS[number % len(FORMS)]
        (folder / "articles" / f"{2016 + number // 30}-{number:03}.{form}").write_bytes(made(blocks, form))
    desk.done("git init -q -b main && git add . && git commit -qm Articles")
    hooks = [one for one in yaml.safe_load(HOOKS.read_text("utf-8")) if one["id"] == "factcheck"]
    for hook in hooks:
        del hook["additional_dependencies"]
        hook |= {"language": "system", "files": "^articles/", "types_or": ["file"]}
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(json.dumps(config), "utf-8")
    for command in COMMANDS:
        desk.done(command)
    desk.done("git tag adopted")
    return desk


@pytest.fixture
def desk(adopted: Desk) -> Desk:
    """The desk as it was once it had adopted."""
    adopted.done("git reset -q --hard adopted && git clean -fdqx")
    return adopted


def known(desk: Desk, form: str, words: str = "") -> Iterator[tuple[str, str]]:
    """Sentences of the baseline at unverified with such words, each with the file that it is in."""
    lines = (desk.folder / "factcheck-baseline.jsonl").read_text("utf-8").splitlines()[1:]
    for entry in map(json.loads, lines):
        name, text = entry["path"], entry["text"].removesuffix("…").strip()
        if entry["level"] != "unverified" or not name.endswith(form) or words not in text:
            continue
        if (desk.folder / name).read_text("utf-8").count(text) == 1:
            yield name, text


def paragraph_with(desk: Desk, name: str, text: str) -> str:
    """The paragraph of a plain text or of Markdown that has these words."""
    return next(one for one in (desk.folder / name).read_text("utf-8").split("\n\n") if text in one)


def test_the_page_has_these_commands() -> None:
    """In this order, and no other before them but those that make its example."""
    shown = [line[2:] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("$ ")]
    assert [line for line in shown if line in COMMANDS] == list(COMMANDS)


def test_what_was_there_is_no_flood(desk: Desk) -> None:
    """All articles pass, of which hundreds of sentences would not."""
    assert len(list((desk.folder / "articles").iterdir())) == SIZE
    assert desk.done("factcheck config check") == "factcheck.toml: no problems\n"
    assert "factcheck" in desk.done("pre-commit run --all-files")
    flood = desk.shell(
        "factcheck scan articles --no-config --fail-at unverified -q --format concise --at-most unverified"
    )
    assert flood.returncode == 1
    assert len(flood.stdout.splitlines()) > 300
    assert desk.done("git status --porcelain") == ""


@pytest.mark.parametrize("form", ["md", "txt"])
def test_one_unverified_claim_fails_the_commit(desk: Desk, form: str) -> None:
    """And is named: its file, its line, its words, the rule, the sentence, nothing else."""
    name = f"articles/2016-00{FORMS.index(form)}.{form}"
    line = desk.append(name, f"The ferry left on time. {CLAIM}")
    said = desk.fails()
    (found,) = re.findall(r"^\S+:\d+:\d+: .*$", said, re.MULTILINE)
    assert found.startswith(f"{name}:{line}:30: warning: unverified: “experts say”: ")
    assert f"factcheck: {name}:{line}: unverified: {CLAIM}\n" in said


def test_one_in_a_page_and_one_in_a_document(desk: Desk) -> None:
    """Pages have lines, too; of a Word file the paragraph is told."""
    page = "articles/2016-001.html"
    text = (desk.folder / page).read_text("utf-8")
    (desk.folder / page).write_text(text.replace("</p>", f" {CLAIM}</p>", 1), "utf-8")
    number = FORMS.index("docx")
    blocks = next(itertools.islice(sources(), number, None))
    document = f"articles/2016-00{number}.docx"
    (desk.folder / document).write_bytes(made([*blocks, Block("paragraph", CLAIM)], "docx"))
    said = desk.fails()
    assert re.search(rf"^factcheck: {re.escape(page)}:\d+: unverified: {re.escape(CLAIM)}$", said, re.MULTILINE)
    assert re.search(rf"^factcheck: {re.escape(document)}\S*: unverified: {re.escape(CLAIM)}$", said, re.MULTILINE)
    assert len(re.findall(r"^\S+: warning: unverified: ", said, re.MULTILINE)) == 2


def test_a_paragraph_may_move(desk: Desk) -> None:
    """Within its file, into another one, and into one of another format: all that was known is known there."""
    for number, (name, text) in enumerate(itertools.islice(known(desk, ".txt"), 3)):
        own = paragraph_with(desk, name, text)
        desk.edit(name, own, "The tide was out.")
        desk.append((name, desk.named(45), desk.named(64))[number], own)
    assert desk.done("git status --porcelain").count("\n") > 3
    desk.passes()
    desk.append(desk.named(64), "The tide was in.")
    desk.passes()  # of the two files only the one into which the paragraph went has changed since


def test_a_copy_is_new(desk: Desk) -> None:
    """One that is known stands for one."""
    name, text = next(known(desk, ".txt"))
    desk.append(name, paragraph_with(desk, name, text))
    assert "unverified" in desk.fails()


def test_a_light_edit_is_no_news_and_a_weaker_word_is(desk: Desk) -> None:
    """A word more in a known sentence passes, its own statement made a rumour does not."""
    name, text = next(known(desk, ".txt", " the "))
    if text.count(" the ") > 1:
        desk.edit(name, text, text.replace(" the ", " the old ", 1))
    else:
        desk.edit(name, text, text.replace(" the ", " the old "))
    desk.passes()
    desk.append("articles/2016-000.md", "The ferry left on time on Monday.")
    desk.passes()
    desk.edit("articles/2016-000.md", "The ferry left on", "Officials say the ferry left on")
    assert "Officials say the ferry left on time on Monday." in desk.fails()


def test_a_suppression_says_why_and_until_when(desk: Desk) -> None:
    """With a reason the claim passes, without one or when its time is over it does not."""
    name = "articles/2016-000.md"
    line = desk.append(name, CLAIM)
    desk.fails()
    desk.edit(name, CLAIM, f"{CLAIM} <!-- factcheck: ignore doubt until 2999-12-31 -->")
    assert f"factcheck: {name}:{line}: warning: it does not say why, so it silences nothing" in desk.fails()
    desk.edit(name, "12-31", "12-31 because the desk has their report")
    desk.passes()
    desk.edit(name, "2999-12-31", "2020-12-31")
    said = desk.fails()
    assert f"factcheck: {name}:{line}: warning: expired on 2020-12-31, so it silences nothing any more" in said
    assert f"factcheck: {name}:{line}: unverified: {CLAIM}\n" in said


def test_a_sidecar_speaks_for_a_document(desk: Desk) -> None:
    """The hook is given both files, and takes the one for what it is."""
    number = FORMS.index("docx")
    blocks = next(itertools.islice(sources(), number, None))
    path = desk.folder / f"articles/2016-00{number}.docx"
    path.write_bytes(made([*blocks, Block("paragraph", CLAIM)], "docx"))
    sidecar = path.with_name(f"{path.name}.factcheck.toml")
    sidecar.write_text('[[ignore]]\nrules = "doubt"\nsentence = "Nine experts"\nreason = "the desk has it"\n', "utf-8")
    desk.passes()


def test_what_the_editors_agree_on_is_taken_in(desk: Desk) -> None:
    """`baseline update --add` in the same commit."""
    desk.append("articles/2016-000.md", CLAIM)
    assert f"+ articles/2016-000.md: unverified “{CLAIM}”" in desk.done("factcheck baseline update --add")
    desk.passes()


# A Tuesday at the desk -----------------------------------------------------------------------------------------------

NAME = "factcheck-baseline.jsonl"
MORE = ("Experts say the toll could triple.", "Sources say the gate was left open.")


def test_files_may_be_renamed_and_deleted(desk: Desk) -> None:
    """A file with another name, a folder with another name, and one file less: nothing is new, and all is followed."""
    first, second = desk.named(2), desk.named(30)
    desk.done(f"git mv {first} articles/renamed.txt")
    desk.passes()
    desk.append("articles/renamed.txt", "The ferry left on time.")
    desk.passes()  # the baseline still has the old name
    desk.done(f"git rm -q {second} && mkdir articles/2016 && git mv articles/2016-*.txt articles/2016/")
    desk.passes()
    assert "stale: `factcheck baseline update` drops them" in desk.done("factcheck scan articles --format concise")
    dropped = [line for line in desk.done("factcheck baseline update").splitlines() if line.startswith("- ")]
    assert dropped
    assert "stale" not in desk.done("factcheck scan articles --format concise")
    assert "0 dropped, 0 added\n" in desk.done("factcheck baseline update")


def test_what_git_is_to_leave_out_leaves_the_baseline(desk: Desk) -> None:
    """A file in .gitignore is scanned no more, and an update says of which file it drops what was known."""
    name, _ = next(known(desk, ".txt"))
    (desk.folder / ".gitignore").write_text(f"{name}\n", "utf-8")
    desk.done(f"git rm -q --cached {name}")
    said = desk.done("factcheck baseline update")
    assert re.search(rf"^\d+ dropped of 1 file no longer scanned: {re.escape(name)}$", said, re.MULTILINE)
    assert all(line.startswith(f"- {name}: ") for line in said.splitlines() if line.startswith("- "))
    assert "stale" not in desk.done("factcheck scan articles --format concise")


def two_sides(desk: Desk, attributes: str) -> None:
    """Two branches from one commit, on each of which a claim was added to one article and taken into the baseline."""
    (desk.folder / ".gitattributes").write_text(attributes, "utf-8")
    text = "\n\n".join(f"The council met on day {day} in the old hall." for day in range(20))
    (desk.folder / "articles" / "council.md").write_text(f"# Council\n\n{text}\n", "utf-8")
    desk.passes()
    desk.done("git checkout -qB ada && git checkout -qB ruth")
    for branch, day, claim in (("ada", 3, MORE[0]), ("ruth", 16, MORE[1])):
        desk.done(f"git checkout -q {branch}")
        desk.edit("articles/council.md", f"on day {day} in the old hall.", f"on day {day} in the old hall. {claim}")
        desk.done("factcheck baseline update --add")
        desk.passes()


def test_both_sides_of_a_conflict_are_kept(desk: Desk) -> None:
    """The lines of two people stand side by side; without the marks an update sorts them, and all is known."""
    two_sides(desk, "")
    assert "CONFLICT" in desk.shell("git merge -q ada").stdout
    damaged = desk.shell("factcheck baseline update")
    assert (damaged.returncode, "a merge has left its marks here" in damaged.stderr) == (2, True)
    path = desk.folder / NAME
    kept = [line for line in path.read_text("utf-8").splitlines() if line.startswith("{")]
    path.write_text("\n".join(kept) + "\n", "utf-8")
    assert "0 dropped, 0 added\n" in desk.done("factcheck baseline update")
    desk.passes()
    assert "0 new" in desk.done("factcheck scan articles --format concise --at-most unverified")


def test_git_can_keep_both_sides_by_itself(desk: Desk) -> None:
    """With `merge=union` there is no conflict in the baseline; what is there too often goes with the next update."""
    two_sides(desk, f"{NAME} merge=union\n")
    desk.done("git merge -q ada")
    assert "0 new" in desk.done("factcheck scan articles --format concise --at-most unverified")
    assert "0 dropped, 0 added\n" in desk.done("factcheck baseline update")
    desk.edit("articles/council.md", f" {MORE[0]}", "")
    assert "1 dropped, 0 added\n" in desk.done("factcheck baseline update")


def test_two_people_update_at_once(desk: Desk) -> None:
    """In one checkout, as an editor and a person do: the second waits, and what both have added is there."""
    first, second = desk.named(2), desk.named(30)
    desk.append(first, MORE[0])
    desk.append(second, MORE[1])
    one = f"factcheck baseline update --add {first}"
    other = f"factcheck baseline update --add {second}"
    desk.done(f"{one} & {other} & wait")
    text = (desk.folder / NAME).read_text("utf-8")
    assert all(claim in text for claim in MORE)
    desk.passes()


def test_a_checkout_on_windows_is_the_same(desk: Desk) -> None:
    """With its line ends in articles, baseline and configuration."""
    for path in (*desk.folder.glob("articles/*.txt"), *desk.folder.glob("articles/*.md"), desk.folder / NAME):
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    before = (desk.folder / NAME).read_bytes()
    assert "0 dropped, 0 added\n" in desk.done("factcheck baseline update")
    assert (desk.folder / NAME).read_bytes() == before
    desk.passes()
    desk.append(desk.named(2), CLAIM)
    assert CLAIM in desk.fails()


def test_a_baseline_below_and_a_desk_that_stands_in_a_folder(desk: Desk) -> None:
    """The configuration says where it is, from wherever it is asked for."""
    desk.done("mkdir desk && git mv factcheck-baseline.jsonl desk/known.jsonl")
    desk.edit("factcheck.toml", 'baseline = "factcheck-baseline.jsonl"', 'baseline = "desk/known.jsonl"')
    desk.done("cd articles && factcheck baseline update .")
    desk.done("git add -A && git commit -qm Moved")
    assert "desk/known.jsonl: " in desk.done("factcheck baseline update")
    assert ".jsonl: " in desk.done("cd articles && factcheck baseline show")
    desk.append(desk.named(2), CLAIM)
    assert CLAIM in desk.fails()
    desk.done("factcheck baseline update --add -q && git add -A")
    desk.passes()
