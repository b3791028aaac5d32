"""A baseline and parts of what it is of: tables named beside folders, what is gone, files with rules of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from baselines import NAME

Run = Callable[..., Result]


@pytest.fixture
def tabled(baseline: Run, articles: Path) -> Path:
    """A baseline of a folder and of a table in it, which the folder alone does not hold."""
    (articles / "wire.jsonl").write_text('{"text": "The weir could break."}\n', "utf-8")
    assert "4 sentences of 3 files" in baseline("create", "articles", "articles/wire.jsonl").stdout
    return articles


@pytest.mark.usefixtures("tabled")
def test_tables_that_a_folder_does_not_hold_are_not_stale(scan: Run, baseline: Run) -> None:
    """They were named once, and an update looks at them again."""
    assert "stale" not in scan("articles", "--baseline", NAME).stderr
    assert "4 entries: 0 dropped" in baseline("update", "articles").stdout
    assert "4 entries: 0 dropped" in baseline("update").stdout


def test_what_is_gone_is_dropped_by_its_name(baseline: Run, tabled: Path) -> None:
    """A file that is gone, or a folder; where nothing was known of it its name is taken for a slip."""
    (tabled / "wire.jsonl").unlink()
    assert "3 entries: 1 dropped" in baseline("update", "articles/wire.jsonl").stdout
    again = baseline("update", "articles/wire.jsonl")
    assert "there is no such file or folder" in again.stderr
    assert again.exit_code == 3
    for file in tabled.iterdir():
        file.unlink()
    tabled.rmdir()
    assert "0 entries: 3 dropped" in baseline("update", "articles").stdout


def test_files_with_rules_of_their_own_that_come_are_no_sign_of_other_rules(
    run: Run, articles: Path, folder: Path
) -> None:
    """As long as all that it was made with is as before."""
    config = 'builtin = false\nrules = ["house.fact"]\n[[overrides]]\npaths = ["desk/"]\nselect = ["{}"]\n'
    (folder / "factcheck.toml").write_text(config.format("house/chance"), "utf-8")
    assert run("baseline", "create", "articles", "desk").exit_code == 3  # there is no desk yet
    (folder / "desk").mkdir()
    (folder / "desk" / "a.txt").write_text("The bridge could sink.\n", "utf-8")
    for paths in (("desk/a.txt",), ("articles", "desk")):
        found = run("scan", *paths, "--baseline", NAME)
        assert "other rules" not in found.stderr
        assert "1 new" in found.stderr
    rules = (folder / "house.fact").read_text("utf-8")
    (folder / "house.fact").write_text(rules.replace("could | may", "could | might | may"), "utf-8")
    assert "it was made with other rules" in run("scan", "desk", "--baseline", NAME).stderr
    run("baseline", "update", "--add")
    assert "other rules" not in run("scan", "desk", "--baseline", NAME).stderr
    (folder / "factcheck.toml").write_text(config.format("house/unnamed"), "utf-8")
    assert "it was made with other rules" in run("scan", "desk", "--baseline", NAME).stderr
    assert articles.is_dir()
