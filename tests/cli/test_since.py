"""`--since`: only sentences in lines that have changed since a revision of git."""

import errno
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from typer.testing import Result

from factcheck_cli.quiet.since import Lines, moving

Run = Callable[..., Result]
Watching = Callable[..., Any]

TEXT = """\
The quay at Port Selby closed on Monday. Officials say it could sink
before the winter.

“We moved the boats,” said Ada Moss. “Nobody was hurt.”

The mill could close in spring, the ferry could
stop in summer, and the weir could
break in autumn.
"""


def git(*arguments: str, folder: Path | None = None) -> None:
    """Runs git as somebody whose settings are hostile to whoever reads patches."""
    settings = {
        "user.name": "Ruth",
        "user.email": "ruth@example.org",
        "commit.gpgsign": "false",
        "init.defaultBranch": "main",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    subprocess.run(["git", *options, *arguments], cwd=folder, check=True, capture_output=True)  # noqa: S607 - any git


@pytest.fixture
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an article, whose settings would change how patches look."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    git("init", "-q", ".")
    hostile = {
        "diff.noprefix": "true",
        "diff.mnemonicPrefix": "true",
        "color.ui": "always",
        "diff.interHunkContext": "9",
        "diff.external": "false",
        "core.quotePath": "true",
        "diff.relative": "true",
    }
    for name, value in hostile.items():
        git("config", name, value)
    (folder / "article.txt").write_text(TEXT, "utf-8")
    git("add", "article.txt")
    git("commit", "-qm", "The first one")
    return folder


def new(result: Result) -> list[str]:
    """The texts of the sentences that are reported."""
    return [" ".join(json.loads(line)["text"].split()) for line in result.stdout.splitlines()]


def test_nothing_has_changed(scan: Run, repository: Path) -> None:
    """All is silent, and counted; no gate is reached."""
    assert repository.is_dir()
    result = scan("article.txt", "--since", "HEAD", "--fail-at", "unverified")
    assert (result.stdout, result.exit_code) == ("", 0)
    assert result.stderr == "factcheck: 5 unchanged\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_sentence_has_changed_if_any_of_its_lines_has(scan: Run, repository: Path, jobs: str) -> None:
    """The first and the last, and all that stand on one of them."""
    (repository / "article.txt").write_text(TEXT.replace("break in", "burst in").replace("before", "in"), "utf-8")
    result = scan("article.txt", "--since", "HEAD", "--jobs", jobs)
    assert new(result) == [
        "Officials say it could sink in the winter.",
        "The mill could close in spring, the ferry could stop in summer, and the weir could burst in autumn.",
    ]


def test_a_line_that_is_gone_changes_the_sentence_around_it(scan: Run, repository: Path) -> None:
    """Though what is left of it was there before; of a paragraph that is gone no other sentence has changed."""
    (repository / "article.txt").write_text(TEXT.replace("stop in summer, and the weir could\n", ""), "utf-8")
    assert new(scan("article.txt", "--since", "HEAD")) == [
        "The mill could close in spring, the ferry could break in autumn."
    ]
    without = TEXT.replace("“We moved the boats,” said Ada Moss. “Nobody was hurt.”\n\n", "")
    (repository / "article.txt").write_text(without, "utf-8")
    assert new(scan("article.txt", "--since", "HEAD")) == []


def test_a_moved_paragraph_has_changed(scan: Run, repository: Path) -> None:
    """It is told by lines, which are new where they are now; a baseline knows better."""
    first, *rest = TEXT.strip().split("\n\n")
    (repository / "article.txt").write_text("\n\n".join([*rest, first]) + "\n", "utf-8")
    assert new(scan("article.txt", "--since", "HEAD"))


def test_files_that_git_does_not_know_are_new(scan: Run, repository: Path) -> None:
    """Those that nobody has added, those that are ignored and named all the same, and those that are only staged."""
    (repository / ".gitignore").write_text("ignored.txt\n", "utf-8")
    for name in ("untracked.txt", "ignored.txt", "staged.txt"):
        (repository / name).write_text("The crane could fall.\n", "utf-8")
    git("add", "staged.txt")
    for name in ("untracked.txt", "ignored.txt", "staged.txt"):
        assert new(scan(name, "--since", "HEAD")) == ["The crane could fall."]


ODD = [
    "with space.txt",
    "tab\there.txt",
    "line\nbreak.txt",
    'quote"d.txt',
    "back\\slash.txt",
    "Über.txt",
    "*.txt",
    ":(top)x.txt",
]


@pytest.mark.parametrize("name", ODD)
def test_odd_names_are_names(scan: Run, repository: Path, name: str) -> None:
    """Git quotes some in patches, and takes others for patterns unless it is told not to."""
    path = repository / name
    path.write_text("The crane could fall.\nThe pier could fall.\n", "utf-8")
    git("add", "--all", ".")
    git("commit", "-qm", "An odd one")
    assert new(scan(f"./{name}", "--since", "HEAD")) == []
    path.write_text("The crane could fall.\n\nThe pier could sink.\n", "utf-8")
    assert new(scan(f"./{name}", "--since", "HEAD")) == ["The pier could sink."]


def test_renamed_files_are_compared_with_what_they_were(scan: Run, repository: Path) -> None:
    """Only what has changed in them is reported."""
    git("mv", "article.txt", "story.txt")
    assert new(scan("story.txt", "--since", "HEAD")) == []
    (repository / "story.txt").write_text(TEXT + "\nThe crane could fall.\n", "utf-8")
    assert new(scan("story.txt", "--since", "HEAD")) == ["The crane could fall."]


def test_formats_without_lines_count_whole(scan: Run, repository: Path) -> None:
    """A Word document that has changed in any way is reported with all that is in it, and else not at all."""
    place = repository / "letter.docx"

    def write(*paragraphs: str) -> None:
        main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
        document = f'<w:document xmlns:w="{main}"><w:body>{body}</w:body></w:document>'
        with ZipFile(place, "w") as file:
            kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
            types = "http://schemas.openxmlformats.org/package/2006/content-types"
            file.writestr(
                "[Content_Types].xml",
                f'<Types xmlns="{types}"><Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            )
            file.writestr("word/document.xml", document)

    write("The crane could fall.")
    git("add", "letter.docx")
    git("commit", "-qm", "A letter")
    assert new(scan("letter.docx", "--since", "HEAD")) == []
    write("The crane could fall.", "The pier could sink.")
    assert new(scan("letter.docx", "--since", "HEAD")) == ["The crane could fall.", "The pier could sink."]


def test_rows_are_lines(scan: Run, repository: Path) -> None:
    """Of JSON lines those rows are reported that have changed; of other tables all of them."""
    rows = [json.dumps({"id": n, "text": f"Quay {n} could sink."}) + "\n" for n in range(5)]
    (repository / "rows.jsonl").write_text("".join(rows), "utf-8")
    (repository / "rows.csv").write_text("text\nThe crane could fall.\nThe pier could sink.\n", "utf-8")
    git("add", ".")
    git("commit", "-qm", "Rows")
    rows[3] = rows[3].replace("sink", "fall")
    (repository / "rows.jsonl").write_text("".join(rows), "utf-8")
    assert new(scan("rows.jsonl", "rows.csv", "--since", "HEAD")) == ["Quay 3 could fall."]
    (repository / "rows.csv").write_text("text\nThe crane could fall.\nThe pier could burst.\n", "utf-8")
    assert len(new(scan("rows.csv", "--since", "HEAD"))) == 2


def test_markup_is_told_by_its_lines(scan: Run, repository: Path) -> None:
    """Lines are those of the source, not of the text in it."""
    (repository / "a.md").write_text("# Quay\n\nThe *crane* could fall.\n\nThe pier could sink.\n", "utf-8")
    git("add", ".")
    git("commit", "-qm", "Marked up")
    (repository / "a.md").write_text("# Quay\n\nThe *crane* could fall.\n\nThe pier could burst.\n", "utf-8")
    assert new(scan("a.md", "--since", "HEAD")) == ["The pier could burst."]


@pytest.mark.parametrize("setting", ["false", "true", "input"])
@pytest.mark.parametrize("before", ["\n", "\r\n"])
def test_line_ends_are_no_change(scan: Run, repository: Path, setting: str, before: str) -> None:
    """Neither those of Windows nor those of Unix, however git is told to store them; what changes beside them is."""
    git("config", "core.safecrlf", "false")
    (repository / "article.txt").write_bytes(TEXT.replace("\n", before).encode())
    git("commit", "-qam", "With these line ends", "--allow-empty")
    git("config", "core.autocrlf", setting)
    after = TEXT.replace("\n", "\r\n" if before == "\n" else "\n")
    (repository / "article.txt").write_bytes(after.encode())
    assert new(scan("article.txt", "--since", "HEAD")) == []
    (repository / "article.txt").write_bytes(after.replace("Nobody", "Everybody").encode())
    assert new(scan("article.txt", "--since", "HEAD")) == [
        "“We moved the boats,” said Ada Moss.",
        "“Everybody was hurt.”",
    ]


def test_a_commit_is_seen_while_it_is_watched(watching: Watching, repository: Path) -> None:
    """What was new is so no more; a commit elsewhere is no matter."""
    one = watching("scan", "article.txt", "--rules", "house.fact", "--format", "csv", "--since", "HEAD")
    assert "article.txt,0," not in one.page("5 unchanged")
    (repository / "article.txt").write_text(TEXT.replace("Officials say", "Experts say"), "utf-8")
    assert "Experts say" in one.page("article.txt has changed")
    git("commit", "-qam", "Experts")
    assert "Experts" not in one.page("refs/heads/main", "5 unchanged")
    git("branch", "other", "HEAD~1")
    git("update-ref", "refs/heads/other", "HEAD")
    (repository / "article.txt").write_text(TEXT, "utf-8")
    assert ".git" not in one.page("Officials say")
    git("commit", "-qam", "Officials")
    git("pack-refs", "--all")
    assert "Officials say" not in one.page("refs/heads/main", "5 unchanged")
    assert one.interrupt() == 130


@pytest.mark.parametrize(
    ("revision", "seen"),
    [
        ("main", {"main"}),
        ("main~2", {"main"}),
        ("main...", {"main", "work", "HEAD"}),
        ("...", {"work", "HEAD"}),
        ("HEAD", {"work", "HEAD"}),
        ("@", {"work", "HEAD"}),
        ("HEAD@{1}", {"work", "HEAD"}),
        ("HEAD^:", {"work", "HEAD"}),
        ("@{u}", {"main"}),
        ("v1", {"v1"}),
        ("nothing", set()),
    ],
)
def test_what_tells_that_a_revision_is_another_commit(repository: Path, revision: str, seen: set[str]) -> None:
    """The files of the names that stand in it, and HEAD where that counts, wherever the work tree has them."""
    git("tag", "v1")
    git("worktree", "add", "-q", "-b", "work", "tree")
    git("branch", "-q", "--set-upstream-to=main", folder=repository / "tree")
    found = moving(revision, [str(repository / "tree" / "article.txt")])
    assert {"packed-refs", "tables.list"} <= {Path(path).name for path in found}
    assert {Path(path).name for path in found} - {"packed-refs", "tables.list"} == seen
    assert all(Path(path).exists() for path in found if Path(path).name in seen)


def test_since_the_work_here_left_a_branch(scan: Run, repository: Path) -> None:
    """With three dots what has happened on the other side is no matter."""
    git("checkout", "-qb", "draft")
    (repository / "draft.txt").write_text("The crane could fall.\n", "utf-8")
    git("add", ".")
    git("commit", "-qm", "A draft")
    git("checkout", "-q", "main")
    (repository / "article.txt").write_text("All is well.\n", "utf-8")
    git("commit", "-qam", "Another text")
    git("checkout", "-q", "draft")
    assert len(new(scan("article.txt", "draft.txt", "--since", "main"))) == 6
    assert new(scan("article.txt", "draft.txt", "--since", "main...")) == ["The crane could fall."]


def test_links_and_folders_lead_to_files(scan: Run, repository: Path) -> None:
    """From a folder below, by a link, and of a folder as a whole."""
    (repository / "below").mkdir()
    (repository / "below" / "b.txt").write_text("The crane could fall.\n", "utf-8")
    (repository / "link.txt").symlink_to("article.txt")
    git("add", ".")
    git("commit", "-qm", "More")
    assert new(scan(".", "link.txt", "--since", "HEAD")) == []
    (repository / "below" / "b.txt").write_text("The crane could fall.\nThe pier could sink.\n", "utf-8")
    assert new(scan(".", "link.txt", "--since", "HEAD")) == ["The pier could sink."]


def test_links_in_folders_lead_out_of_them(scan: Run, repository: Path) -> None:
    """Files that they lead to are compared, whatever they were called before; out of the repository all is new."""
    for name in ("art", "other"):
        (repository / name).mkdir()
    (repository / "other" / "b.txt").write_text("The crane could fall.\n", "utf-8")
    (repository / "art" / "b.txt").symlink_to("../other/b.txt")
    git("add", ".")
    git("commit", "-qm", "A link")
    (repository / "art" / "untracked.txt").symlink_to("../article.txt")
    assert new(scan("art", "--since", "HEAD")) == []
    git("mv", "other/b.txt", "other/c.txt")
    (repository / "art" / "b.txt").unlink()
    (repository / "art" / "b.txt").symlink_to("../other/c.txt")
    (repository / "other" / "c.txt").write_text("The crane could fall.\nThe pier could sink.\n", "utf-8")
    assert new(scan("art", "--since", "HEAD")) == ["The pier could sink."]
    outside = repository.parent / f"{repository.name}-outside.txt"
    outside.write_text("The mast could break.\n", "utf-8")
    (repository / "art" / "outside.txt").symlink_to(outside)
    assert "The mast could break." in new(scan("art", "--since", "HEAD"))


@pytest.mark.parametrize("limit", ["_MANY", "_ROOM"])
def test_more_names_than_a_command_line_holds(
    scan: Run, repository: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """Then git is asked about all, by no name."""
    names = [f"{number}.txt" for number in range(5)]
    for name in names:
        (repository / name).write_text(f"The crane {name} could fall.\n", "utf-8")
    git("add", ".")
    git("commit", "-qm", "Many")
    git("mv", "0.txt", "renamed.txt")
    (repository / "1.txt").write_text("The pier could sink.\n", "utf-8")
    (repository / "article.txt").write_text(f"{TEXT}\nThe mast could break.\n", "utf-8")
    run, most = subprocess.run, 0

    def counting(command: list[str], **how: Any) -> Any:  # noqa: ANN401 - as it is
        nonlocal most
        most = max(most, len(command))
        return run(command, **how)

    monkeypatch.setattr(f"factcheck_cli.quiet.since.{limit}", 4)
    monkeypatch.setattr(subprocess, "run", counting)
    assert new(scan(*names[1:], "renamed.txt", ".", "--since", "HEAD")) == [
        "The pier could sink.",
        "The mast could break.",
    ]
    assert most < 14


# What the environment says of a repository ---------------------------------------------------------------------------


@pytest.fixture
def worktree(repository: Path) -> Path:
    """A linked one, with an article in a folder that has one more sentence than it had."""
    (repository / "articles").mkdir()
    (repository / "articles" / "a.txt").write_text("The crane could fall.\n", "utf-8")
    git("add", "articles")
    git("commit", "-qm", "A folder")
    place = repository.parent / f"{repository.name}-linked"
    git("worktree", "add", "-q", str(place))
    (place / "articles" / "a.txt").write_text("The crane could fall.\nThe pier could sink.\n", "utf-8")
    return place


def test_a_hook_in_a_linked_worktree(repository: Path, worktree: Path) -> None:
    """Git tells it where it keeps the repository, and not where that is checked out."""
    house = [str(repository / "house.fact"), "--no-builtin"]
    command = [sys.executable, "-m", "factcheck_cli.app", "scan", "articles", "--since", "HEAD", "--rules", *house]
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text(f"#!/bin/sh\nenv > hook.env\n{shlex.join(command)} > found.jsonl 2> said.txt\n", "utf-8")
    hook.chmod(0o755)
    git("commit", "-qam", "More", folder=worktree)
    assert "GIT_DIR=" in (worktree / "hook.env").read_text("utf-8")
    assert "GIT_WORK_TREE=" not in (worktree / "hook.env").read_text("utf-8")
    assert (worktree / "said.txt").read_text("utf-8") == "factcheck: 1 unchanged\n"
    (found,) = (worktree / "found.jsonl").read_text("utf-8").splitlines()
    assert json.loads(found)["text"] == "The pier could sink."


@pytest.mark.parametrize("below", ["", "articles"])
def test_git_dir_alone_says_nothing_of_where_it_is_checked_out(
    run: Run, repository: Path, worktree: Path, monkeypatch: pytest.MonkeyPatch, below: str
) -> None:
    """Whatever folder it is called in."""
    monkeypatch.setenv("GIT_DIR", str(repository / ".git" / "worktrees" / worktree.name))
    monkeypatch.chdir(worktree / below)
    house = ("--no-builtin", "--rules", str(repository / "house.fact"))
    result = run("scan", "." if below else "articles", "--since", "HEAD", *house)
    assert new(result) == ["The pier could sink."]


def test_the_environment_names_a_repository(scan: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is kept elsewhere, as people have for their settings; a repository in it is its own."""
    (repository / ".git").rename(repository / "kept")
    monkeypatch.setenv("GIT_DIR", "kept")
    monkeypatch.setenv("GIT_WORK_TREE", ".")
    (repository / "article.txt").write_text(f"{TEXT}\nThe mast could break.\n", "utf-8")
    assert new(scan("article.txt", "--since", "HEAD")) == ["The mast could break."]
    monkeypatch.delenv("GIT_WORK_TREE")
    assert new(scan("article.txt", "--since", "HEAD")) == ["The mast could break."]
    inner = repository / "inner"
    inner.mkdir()
    (inner / "b.txt").write_text("The crane could fall.\n", "utf-8")
    with monkeypatch.context() as without:
        without.delenv("GIT_DIR")
        git("init", "-q", ".", folder=inner)
        git("add", ".", folder=inner)
        git("commit", "-qm", "Its own", folder=inner)
    (inner / "b.txt").write_text("The crane could fall.\nThe pier could sink.\n", "utf-8")
    for work_tree in (None, "."):
        if work_tree:
            monkeypatch.setenv("GIT_WORK_TREE", work_tree)
        assert new(scan("article.txt", "inner", "--since", "HEAD")) == ["The mast could break.", "The pier could sink."]


def test_the_environment_names_no_repository(scan: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found from the file upwards is it."""
    monkeypatch.setenv("GIT_DIR", str(repository / "no-such"))
    assert new(scan("article.txt", "--since", "HEAD")) == []


def test_a_baseline_beside_it(scan: Run, run: Run, repository: Path) -> None:
    """What is unchanged stands for its own entry, so a copy of it is new."""
    run("baseline", "create", "article.txt", "--no-builtin", "--rules", "house.fact")
    (repository / "article.txt").write_text(TEXT + "\nOfficials say it could sink\nbefore the winter.\n", "utf-8")
    result = scan("article.txt", "--since", "HEAD", "--baseline", "factcheck-baseline.jsonl")
    assert new(result) == ["Officials say it could sink before the winter."]
    assert "2 known, 1 new" in result.stderr or "0 known, 1 new" in result.stderr


# What cannot be told -------------------------------------------------------------------------------------------------


def test_no_repository(scan: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file outside of any is named."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent))
    result = scan("article.txt", "--since", "HEAD")
    assert result.stderr == "factcheck: article.txt: this is in no git repository; --since needs one\n"
    assert result.exit_code == 2


@pytest.mark.parametrize("revision", ["no-such", "--output=x", "HEAD~9", "no-such...", "HEAD:article.txt"])
def test_no_such_revision(scan: Run, repository: Path, revision: str) -> None:
    """It is named, whatever it looks like, and what a shallow clone needs."""
    result = scan("article.txt", f"--since={revision}")
    remedy = "check its name; in a shallow clone `git fetch --unshallow` brings older ones"
    assert result.stderr == f"factcheck: --since {revision}: there is no such revision in {repository}; {remedy}\n"
    assert result.exit_code == 2
    assert not (repository / "x").exists()


@pytest.mark.parametrize("revision", ["", " ", "..."])
def test_a_revision_without_a_name(scan: Run, repository: Path, revision: str) -> None:
    """As a pipeline says it in which a variable is not set; nothing else would be told, and every gate be passed."""
    assert repository.is_dir()
    result = scan("article.txt", "--since", revision)
    said = f"--since '{revision}': this names no revision of git; write --since HEAD, or leave it out"
    assert (result.stdout, result.stderr, result.exit_code) == ("", f"factcheck: {said}\n", 2)


def test_a_revision_that_is_too_long(scan: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git is there, but no system would call it so."""

    def refuse(*_command: object, **_how: object) -> None:
        raise OSError(errno.E2BIG, os.strerror(errno.E2BIG))

    assert repository.is_dir()
    monkeypatch.setattr(subprocess, "run", refuse)
    result = scan("article.txt", "--since", "HEAD")
    said = "--since: git cannot be run (Argument list too long); name a shorter revision"
    assert (result.stderr, result.exit_code) == (f"factcheck: {said}\n", 2)


def test_no_git(scan: Run, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not installed."""
    monkeypatch.setenv("PATH", str(repository))
    result = scan("article.txt", "--since", "HEAD")
    assert result.stderr == "factcheck: --since: git cannot be run (No such file or directory); install it\n"


def test_standard_input_is_in_no_repository(scan: Run, repository: Path) -> None:
    """It has no earlier state."""
    assert repository.is_dir()
    result = scan("-", "--since", "HEAD", text=TEXT)
    assert result.stderr == "factcheck: -: standard input is in no git repository; --since needs files\n"


@pytest.mark.parametrize(
    ("first", "last", "touched"),
    [
        (1, 1, False),
        (1, 3, True),
        (2, 2, False),
        (3, 4, True),
        (5, 5, True),
        (6, 7, False),
        (7, 8, True),
        (8, 9, False),
    ],
)
def test_lines(first: int, last: int, *, touched: bool) -> None:
    """Lines 3 to 5 have changed, and some behind line 7 are gone."""
    assert Lines(((3, 5),), (7,)).touch(first, last) is touched
