"""Baselines and what git and editors make of them."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

from baselines import MILL, NAME, WEIR, entries

Run = Callable[..., Result]
RULES = ("--no-builtin", "--rules", "house.fact")


def test_line_ends_of_windows_stay(baseline: Run, scan: Run, made: Path, articles: Path) -> None:
    """Of the baseline and of articles: a checkout changes them, and nothing is new or rewritten for that."""
    for path in (made, *articles.iterdir()):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    os.utime(made, (1, 1))
    assert scan("articles", "--baseline", NAME).stdout == ""
    assert baseline("update").stdout == f"{NAME}: 3 entries: 0 dropped, 0 added\n"
    assert made.stat().st_mtime == 1
    (articles / "weir.txt").unlink()
    baseline("update")
    data = made.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 3


def test_a_merge_keeps_the_paths_and_rules_of_both(scan: Run, baseline: Run, articles: Path) -> None:
    """Two people have added files; whoever keeps the lines of both sides has all of them."""
    folder = articles.parent
    (folder / "wire").mkdir()
    (folder / "wire" / "a.txt").write_text("The ferry may sink.\n", "utf-8")
    baseline("create", "articles")
    baseline("create", "wire", "--no-text", "--at-most", "attributed", "-o", "wire.jsonl")
    ours, theirs = ((folder / name).read_text("utf-8") for name in (NAME, "wire.jsonl"))
    (folder / NAME).write_text(ours + theirs, "utf-8")
    assert scan("articles", "wire/a.txt", "--baseline", NAME).stderr == f"factcheck: {NAME}: 4 known, 0 new\n"
    result = baseline("update")
    assert result.stdout == f"{NAME}: 4 entries: 0 dropped, 0 added\n"
    head, *lines = map(json.loads, (folder / NAME).read_text("utf-8").splitlines())
    assert (head["paths"], head["at_most"], head["text"]) == (["articles", "wire"], "attributed", False)
    assert len(lines) == 4
    assert all("text" not in one for one in lines)


def test_an_article_in_the_middle_of_a_merge_keeps_what_is_known_of_it(
    baseline: Run, made: Path, articles: Path
) -> None:
    """Its sentences are those of neither side yet; others are brought up to date."""
    (articles / "quay.txt").write_text("The tide was out.\n", "utf-8")
    first, second = WEIR.strip().split(". ")
    merge = f"{first}.\n\n<<<<<<< HEAD\n{second}\n=======\nThe weir may burst.\n>>>>>>> ruth\n"
    (articles / "weir.txt").write_text(merge, "utf-8")
    (articles / "mill.txt").write_text(MILL.partition("\n\n")[0] + "\n", "utf-8")
    for more in ((), ("--add",)):
        result = baseline("update", *more)
        said = "a merge has left its marks here, so what is known of it is kept; mend it, and update again"
        assert result.stderr == f"factcheck: articles/weir.txt: {said}\n"
        assert result.exit_code == 3
        assert "weir" not in result.stdout
        assert len(entries(made)) == 2
    (articles / "weir.txt").write_text(WEIR, "utf-8")
    assert baseline("update").stdout == f"{NAME}: 2 entries: 0 dropped, 0 added\n"


def test_marks_that_were_always_there_harm_nothing(baseline: Run, folder: Path) -> None:
    """An article about merges, of which nothing has changed, is as any other."""
    (folder / "git.txt").write_text("Git may write this:\n\n<<<<<<< HEAD\n\n>>>>>>> main\n", "utf-8")
    baseline("create", "git.txt", "article.txt")
    (folder / "article.txt").write_text("The ferry may sink.\n", "utf-8")
    assert baseline("update").exit_code == 0


def test_a_baseline_that_has_moved_is_brought_up_to_date_by_the_paths(
    baseline: Run, scan: Run, made: Path, articles: Path
) -> None:
    """Its paths are relative to its folder, so none is there; naming them mends that."""
    (articles.parent / "desk").mkdir()
    made.rename(articles.parent / "desk" / NAME)
    place = ("--baseline", f"desk/{NAME}")
    assert scan("articles", *place).stdout == ""
    assert scan("articles/mill.txt", *place).stderr == f"factcheck: desk/{NAME}: 2 known, 0 new\n"
    result = baseline("update", *place)
    said = "none of the paths that it was made of is there, from its folder (articles); name others"
    assert result.stderr == f"factcheck: desk/{NAME}: {said}\n"
    assert result.exit_code == 2
    assert baseline("update", "articles", *place).stdout == (
        f"desk/{NAME}: 3 entries: 0 dropped, 0 added, 3 moved or edited\n"
    )
    assert baseline("update", *place).stdout == f"desk/{NAME}: 3 entries: 0 dropped, 0 added\n"


def test_show_names_the_first_files_that_are_gone(run: Run, baseline: Run, folder: Path) -> None:
    """And counts the others."""
    (folder / "many").mkdir()
    for number in range(5):
        (folder / "many" / f"{number}.txt").write_text("The ferry may sink.\n", "utf-8")
    baseline("create", "many")
    for path in (folder / "many").iterdir():
        path.unlink()
    said = "5 entries stale, of files that are gone: many/0.txt, many/1.txt, many/2.txt and 2 more\n"
    assert run("baseline", "show").stdout.endswith(said)


def test_the_first_line_of_the_other_side_may_be_damaged(baseline: Run, made: Path) -> None:
    """Its line is named."""
    made.write_text(made.read_text("utf-8") + '{"factcheck":"baseline","format":1}\n', "utf-8")
    result = baseline("update")
    assert result.stderr.startswith(f"factcheck: {NAME}:5: the first line of this baseline is damaged; bring it back")
    assert result.exit_code == 2
