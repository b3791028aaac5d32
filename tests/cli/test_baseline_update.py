"""A baseline is kept up to date, wherever it is, and whatever has become of the articles."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from baselines import NAME, WEIR, entries
from factcheck_cli.baseline.sparse import left_out
from factcheck_cli.output.lock import locked

Run = Callable[..., Result]
RULES = ("--no-builtin", "--rules", "house.fact")


# Keeping it up to date -----------------------------------------------------------------------------------------------


def test_update_drops_what_is_gone_and_adds_when_told(baseline: Run, made: Path, articles: Path) -> None:
    """What goes is listed, what is new is told, and taken in with --add."""
    (articles / "weir.txt").write_text("The bridge could sink. The weir was built by the council.\n", "utf-8")
    result = baseline("update")
    assert result.stdout.splitlines() == [
        "- articles/weir.txt: unverified “Experts say it could flood the mill and the lower town.” (house/unnamed)",
        "? articles/weir.txt: possible “The bridge could sink.” (house/chance)",
        f"{NAME}: 2 entries: 1 dropped, 0 added",
        "1 is new and not added; --add takes what is new in",
    ]
    assert baseline("update", "--add").stdout.splitlines() == [
        "+ articles/weir.txt: possible “The bridge could sink.” (house/chance)",
        f"{NAME}: 3 entries: 0 dropped, 1 added",
    ]
    assert len(entries(made)) == 3


def test_update_follows_moves_and_edits(baseline: Run, scan: Run, made: Path, articles: Path) -> None:
    """Entries are as their sentences are now, so that many light edits, one after the other, stay known."""
    (articles / "weir.txt").rename(articles / "flood.txt")
    text = WEIR
    for word, other in (("lower", "upper"), ("flood", "drown"), ("town", "village")):
        text = text.replace(word, other)
        (articles / "flood.txt").write_text(text, "utf-8")
        assert scan("articles", "--baseline", NAME).stdout == ""
        assert "1 moved or edited" in baseline("update").stdout
    assert {one["path"] for one in entries(made)} == {"articles/mill.txt", "articles/flood.txt"}


def test_files_that_a_sparse_checkout_leaves_out_are_not_gone(baseline: Run, scan: Run, articles: Path) -> None:
    """Their entries stay, and are not stale, also where all that was named is left out; what is deleted goes."""

    def git(*arguments: str) -> None:
        subprocess.run(["git", *arguments], check=True)  # noqa: S607 - the one in the path

    Path("wire").mkdir()
    Path("wire/ferry.txt").write_text("Experts say the ferry could sink.\n", "utf-8")
    git("init", "-q", ".")
    git("add", "articles", "wire")
    git("-c", "user.name=Ruth", "-c", "user.email=ruth@example.org", "commit", "-qm", "All")
    assert baseline("create", "articles", "wire").exit_code == 0
    count = len(entries(Path(NAME)))
    git("sparse-checkout", "set", "--no-cone", "/*", "!/wire/")
    assert not Path("wire").exists()
    left_out.cache_clear()
    result = baseline("update")
    assert result.stdout.splitlines() == [
        f"{NAME}: {count} entries: 0 dropped, 0 added",
        "1 entry kept of 1 file that this sparse checkout leaves out: wire/ferry.txt",
    ]
    assert result.exit_code == 0
    assert "stale" not in baseline("show").stdout
    assert "stale" not in scan("articles", "--baseline", NAME).stderr
    (articles / "weir.txt").unlink()
    assert "1 dropped" in baseline("update").stdout


def test_update_of_some_paths_keeps_the_others(baseline: Run, made: Path, articles: Path) -> None:
    """What was not read is not gone."""
    (articles / "weir.txt").write_text("All is well.\n", "utf-8")
    assert "0 dropped" in baseline("update", "articles/mill.txt").stdout
    assert "1 dropped" in baseline("update", "articles/weir.txt").stdout
    assert len(entries(made)) == 2


def test_an_update_of_many_paths_asks_of_each_path_once(
    baseline: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not of each path for each entry, also of those that are gone."""
    (folder / "many").mkdir()
    for number in range(120):
        (folder / "many" / f"{number}.txt").write_text("The ferry may sink.\n", "utf-8")
    baseline("create", "many")
    for number in range(60):
        (folder / "many" / f"{number}.txt").unlink()
    asked, absolute = list[str](), os.path.abspath

    def counted(path: str) -> str:
        asked.append(path)
        return absolute(path)

    monkeypatch.setattr(os.path, "abspath", counted)
    result = baseline("update", *(f"many/{number}.txt" for number in range(100)))
    assert result.stdout.endswith(f"{NAME}: 60 entries: 60 dropped, 0 added\n")
    assert len(asked) < 2_000


def test_update_keeps_what_cannot_be_read(baseline: Run, made: Path, articles: Path) -> None:
    """A file that is damaged today has lost no sentence."""
    (articles / "weir.txt").write_bytes(b"PK\x03\x04 damaged")
    result = baseline("update")
    assert result.exit_code == 3
    assert "0 dropped" in result.stdout
    assert len(entries(made)) == 3


def test_update_that_changes_nothing_leaves_the_file(baseline: Run, made: Path) -> None:
    """Not even its time changes."""
    os.utime(made, (1, 1))
    assert baseline("update").stdout == f"{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert made.stat().st_mtime == 1


def test_update_works_from_anywhere(run: Run, made: Path, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are relative to the baseline's folder, wherever one stands."""
    monkeypatch.chdir(articles)
    before = made.read_bytes()
    rules = ("--no-builtin", "--rules", "../house.fact")
    result = run("baseline", "update", *rules, "--baseline", f"../{NAME}")
    assert (result.stdout, result.stderr) == (f"../{NAME}: 3 entries: 0 dropped, 0 added\n", "")
    assert made.read_bytes() == before
    result = run("scan", "mill.txt", *rules, "--baseline", f"../{NAME}")
    assert (result.stdout, result.stderr) == ("", f"factcheck: ../{NAME}: 2 known, 0 new\n")


@pytest.mark.skipif(sys.platform == "win32", reason="locks of Unix")
def test_two_updates_take_turns(made: Path, folder: Path) -> None:
    """The second waits, says so, and builds on what the first has made."""
    command = [sys.executable, "-m", "factcheck_cli.app", "baseline", "update", *RULES]
    with locked(folder):
        waiting = subprocess.Popen(command, env=dict(os.environ), stderr=subprocess.PIPE, stdout=subprocess.PIPE)
        assert waiting.stderr
        said = waiting.stderr.readline().decode()
        assert said == f"factcheck: {NAME}: another factcheck is at work on it; this one waits\n"
        head, *lines = made.read_bytes().splitlines(keepends=True)
        made.write_bytes(head + b"".join(lines[:2]))
    output, _ = waiting.communicate(timeout=60)
    assert b"2 entries: 0 dropped" in output


# Where it is, and how much is said of it ------------------------------------------------------------------------------


def nothing_above(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Path:
    """A folder below, to stand in, of a repository."""
    (folder / ".git").mkdir()
    below = folder / "desk" / "copy"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    return below


def test_it_is_found_from_below(run: Run, made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to the repository's folder, as configurations are; which one it is, is said."""
    nothing_above(monkeypatch, folder)
    rules = ("--no-builtin", "--rules", "../../house.fact")
    assert run("baseline", "update", *rules).stdout == f"../../{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert run("baseline", "show").stdout.startswith(f"../../{NAME}: 3 sentences of 2 files")
    assert json.loads(run("baseline", "show", "--json").stdout)["file"] == f"../../{NAME}"
    (folder / "articles" / "weir.txt").write_text("All is well.\n", "utf-8")
    assert "1 dropped" in run("baseline", "update", *rules, "../../articles/weir.txt").stdout
    assert len(entries(made)) == 2


def test_the_nearest_one_is_taken_and_the_configured_one_before(
    run: Run, made: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is made below is noted to be found first."""
    below = nothing_above(monkeypatch, folder)
    (below / "quay.txt").write_text("The quay may sink.\n", "utf-8")
    result = run("baseline", "create", "quay.txt")
    said = f"{NAME}: note: in this folder it is found before ../../{NAME}, which is a baseline, too"
    assert result.stderr == f"factcheck: {said}\n"
    assert run("baseline", "show").stdout.startswith(f"{NAME}: 1 sentence of 1 file")
    (folder / "factcheck.toml").write_text(f'baseline = "{NAME}"\n', "utf-8")
    assert run("baseline", "show").stdout.startswith(f"../../{NAME}: 3 sentences of 2 files")
    made.unlink()
    remedy = "`factcheck baseline create PATH` makes it"
    for command in ("show", "update"):
        result = run("baseline", command)
        assert result.stderr == f"factcheck: ../../factcheck.toml:1: there is no baseline ../../{NAME}; {remedy}\n"
        assert result.exit_code == 2


def test_where_there_is_none_it_is_said_how_far_it_was_looked_for(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One outside of the repository is none of its."""
    (folder / "repository").mkdir()
    (folder / NAME).write_text("", "utf-8")
    nothing_above(monkeypatch, folder / "repository")
    said = f"{NAME}: there is no such baseline; `factcheck baseline create PATH` makes one"
    for command in ("show", "update"):
        result = run("baseline", command)
        assert result.stderr == f"factcheck: {said} (looked for up to {folder / 'repository'})\n"
        assert result.exit_code == 2


def test_a_baseline_below_is_of_what_is_above(scan: Run, baseline: Run, made: Path, articles: Path) -> None:
    """Its folder is where its paths start, not what it is about."""
    (articles.parent / "desk").mkdir()
    place = made.rename(articles.parent / "desk" / "known.jsonl")
    baseline("create", "articles", "--force", "-o", "desk/known.jsonl")
    assert {str(one["path"]) for one in entries(place)} == {"../articles/mill.txt", "../articles/weir.txt"}
    (articles / "weir.txt").write_text("All is well.\n", "utf-8")
    result = scan(".", "--baseline", "desk/known.jsonl", "--ignore", "house/named")
    assert "other rules" in result.stderr
    assert "stale" not in result.stderr
    assert "desk/known.jsonl: note: 1 entry stale" in scan("articles", "--baseline", "desk/known.jsonl").stderr
    assert "1 dropped" in baseline("update", "--baseline", "desk/known.jsonl").stdout


def test_quiet_prints_nothing_but_errors(baseline: Run, made: Path, articles: Path) -> None:
    """No line for what has come and gone, and no count; the status tells, and what cannot be read."""
    (articles / "weir.txt").write_text("The bridge could sink.\n", "utf-8")
    result = baseline("update", "-q")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 0)
    assert len(entries(made)) == 2
    result = baseline("create", "articles", "--force", "-q")
    assert (result.stdout, result.stderr, result.exit_code) == ("", "", 0)
    (articles / "weir.txt").write_bytes(b"PK\x03\x04 damaged")
    result = baseline("update", "-q")
    assert (result.stdout, result.exit_code) == ("", 3)
    assert "articles/weir.txt" in result.stderr


# What is no longer scanned --------------------------------------------------------------------------------------------

DROPPED = "- articles/weir.txt: unverified “Experts say it could flood the mill and the lower town.” (house/unnamed)"


LEAVING = {
    "articles/.gitignore": "weir.txt\n",
    ".factcheckignore": "weir.txt\n",
    "factcheck.toml": 'exclude = ["articles/weir.txt"]\n',
}


@pytest.mark.parametrize("name", LEAVING)
def test_what_is_left_out_is_dropped_by_a_whole_update(
    scan: Run, baseline: Run, made: Path, articles: Path, name: str
) -> None:
    """A file that is there, and that no scan reads, has entries that nobody can report; it is said what they are of."""
    (articles.parent / ".git").mkdir()
    (articles / "quay.txt").write_text("The quay closed.\n", "utf-8")
    (articles.parent / name).write_text(LEAVING[name], "utf-8")
    assert f"{NAME}: note: 1 entry stale" in scan("articles", "--baseline", NAME).stderr
    result = baseline("update", "articles/mill.txt", "articles/quay.txt")
    assert result.stdout == f"{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert baseline("update").stdout.splitlines() == [
        DROPPED,
        f"{NAME}: 2 entries: 1 dropped, 0 added",
        "1 dropped of 1 file no longer scanned: articles/weir.txt",
    ]
    assert len(entries(made)) == 2
    assert "stale" not in scan("articles", "--baseline", NAME).stderr


def test_an_update_of_a_part_keeps_what_is_left_out_and_says_so(baseline: Run, articles: Path) -> None:
    """It may be read with other paths; an update of all paths by their names is a whole one."""
    (articles.parent / "article.txt").write_text("The ferry may sink.\n", "utf-8")
    baseline("create", "articles", "article.txt")
    (articles / ".factcheckignore").write_text("weir.txt\n", "utf-8")
    assert baseline("update", "articles").stdout.splitlines() == [
        f"{NAME}: 4 entries: 0 dropped, 0 added",
        "1 entry kept of 1 file no longer scanned: articles/weir.txt; an update without PATH drops what is",
    ]
    assert baseline("update", "article.txt", ".").stdout.splitlines()[-1].startswith("1 dropped of 1 file")


def test_an_update_of_a_part_keeps_what_has_gone_elsewhere(baseline: Run, scan: Run, articles: Path) -> None:
    """It may have another name: only an update that reads this finds it, and only a whole one finds it gone."""
    baseline("create", "articles")
    (articles / "mill.txt").rename(articles / "old.txt")
    assert baseline("update", "articles/weir.txt").stdout.splitlines()[-1].endswith("0 dropped, 0 added")
    assert ", 0 new" in scan("articles", "--baseline", NAME).stderr
    (articles / "old.txt").unlink()
    assert " 0 dropped" not in baseline("update").stdout


def test_what_is_of_no_path_any_more_is_dropped(baseline: Run, made: Path, articles: Path) -> None:
    """Whoever takes a path out of the first line does not want it looked into."""
    (articles.parent / "other").mkdir()
    (articles / "weir.txt").rename(articles.parent / "other" / "weir.txt")
    baseline("update", "other", "--add")
    assert "0 dropped" in baseline("update").stdout
    made.write_text(made.read_text("utf-8").replace('["articles","other"]', '["articles"]'), "utf-8")
    assert baseline("update").stdout.splitlines()[-1] == "1 dropped of 1 file no longer scanned: other/weir.txt"


def test_what_may_not_be_looked_into_is_not_gone(
    baseline: Run, made: Path, articles: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that cannot be listed today keeps its entries, and is told."""
    (articles / "old").mkdir()
    (articles / "weir.txt").rename(articles / "old" / "weir.txt")
    baseline("update")
    lstat, scandir = os.lstat, os.scandir

    def closed(call: Callable[..., object]) -> Callable[..., object]:
        def asked(path: "str | os.PathLike[str]" = ".", **more: object) -> object:
            if "old" in Path(path).parts:
                raise PermissionError(13, "Permission denied", str(path))
            return call(path, **more)

        return asked

    monkeypatch.setattr(os, "lstat", closed(lstat))
    monkeypatch.setattr(os, "scandir", closed(scandir))
    result = baseline("update")
    assert result.exit_code == 3
    assert "factcheck: articles/old/: this may not be read; check its permissions\n" in result.stderr
    assert result.stdout == f"{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert len(entries(made)) == 3


def _emptied(articles: Path) -> None:
    articles.mkdir()


def _unlinked(articles: Path) -> None:
    articles.symlink_to("nowhere")


@pytest.mark.parametrize("spoil", [_emptied, _unlinked])
def test_what_is_below_a_path_that_could_not_be_read_is_kept(
    baseline: Run, made: Path, articles: Path, spoil: Callable[[Path], None]
) -> None:
    """A folder that is not mounted today has lost no article; nor does an article that is like one take its place."""
    articles.rename(articles.parent / "away")
    spoil(articles)
    before = made.read_bytes()
    for paths in ((), ("articles",)):
        result = baseline("update", *paths)
        assert result.stderr.startswith("factcheck: articles: ")
        assert (result.stdout, result.exit_code) == (f"{NAME}: 3 entries: 0 dropped, 0 added\n", 3)
        assert made.read_bytes() == before
    (articles.parent / "copy.txt").write_text(WEIR, "utf-8")
    result = baseline("update", "articles", "copy.txt")
    assert "? copy.txt: unverified “Experts say it could flood" in result.stdout
    assert made.read_bytes() == before
    (articles.unlink if articles.is_symlink() else articles.rmdir)()
    (articles.parent / "away").rename(articles)
    assert baseline("update").exit_code == 0
    assert made.read_bytes() == before


def test_more_failures_than_are_kept_by_name_drop_nothing(
    baseline: Run, articles: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is gone may be below one of the others."""
    for name in ("one", "two"):
        (folder / name).mkdir()
        (folder / name / "a.txt").write_text("The ferry may sink.\n", "utf-8")
    baseline("create", "one", "two", articles.name)
    monkeypatch.setattr("factcheck_cli.log._NAMED", 1)
    for name in ("one", "two"):
        (folder / name / "a.txt").unlink()
    result = baseline("update")
    assert (result.stdout, result.exit_code) == (f"{NAME}: 5 entries: 0 dropped, 0 added\n", 3)


# A configuration that cannot be used ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("at-mots = 3\n", "factcheck: articles/factcheck.toml:1: "),
        ('select = ["hegde"]\n', "`hegde`"),
    ],
    ids=["key", "rules"],
)
def test_a_broken_configuration_is_wrong_usage(
    baseline: Run, made: Path, articles: Path, content: str, said: str
) -> None:
    """Status 2, not that of what cannot be read, which is the higher of both; what is known there stays."""
    (articles / "factcheck.toml").write_text(content, "utf-8")
    before = made.read_bytes()
    paths = ("article.txt", "articles")
    result = baseline("create", *paths, "-o", "other.jsonl")
    assert said in result.stderr
    assert result.exit_code == 2
    assert {str(one["path"]) for one in entries(articles.parent / "other.jsonl")} == {"article.txt"}
    result = baseline("update", *paths)
    assert said in result.stderr
    assert result.exit_code == 2
    assert made.read_bytes() == before
    assert baseline("create", *paths, "nowhere.txt", "-o", "third.jsonl").exit_code == 3
    assert baseline("update", *paths, "nowhere.txt").exit_code == 3
    assert baseline("create", "articles", "-o", "none.jsonl").exit_code == 2
    result = baseline("create", "nowhere.txt", "articles", "-o", "none.jsonl")
    assert result.stderr.endswith("factcheck: nothing could be scanned; no none.jsonl is made\n")
    assert result.exit_code == 3
    assert not (articles.parent / "none.jsonl").exists()
