"""A configuration makes an archive within its repository alone; what `--db` has made elsewhere is used."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
RULES = ("--no-builtin", "--rules", "house.fact")


@pytest.fixture
def checkout(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an article and the house rules, to stand in."""
    found = folder / "checkout"
    (found / ".git").mkdir(parents=True)
    for name in ("article.txt", "house.fact"):
        (found / name).write_bytes((folder / name).read_bytes())
    monkeypatch.chdir(found)
    return found


@pytest.mark.parametrize("way", ["../far.db", "absolute", "link"])
def test_no_archive_is_made_outside_of_the_repository(run: Run, folder: Path, checkout: Path, way: str) -> None:
    """Neither by a path with dots, nor by a whole one, nor behind a link; `config check` says the same."""
    far, name = folder / "far.db", way
    if way == "absolute":
        name = far.as_posix()
    elif way == "link":
        name = "near.db"
        (checkout / name).symlink_to(far)
    (checkout / "factcheck.toml").write_text(f'jobs = 1\ndb = "{name}"\n', "utf-8")
    result = run("scan", "article.txt", *RULES)
    assert result.stderr.startswith("factcheck: factcheck.toml:2: `db`: ")
    assert " is outside ." in result.stderr
    assert "a configuration makes no archive there; make it once with `factcheck scan PATH --db " in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)
    assert not far.exists()
    assert "a configuration makes no archive there" in (checked := run("config", "check")).stdout + checked.stderr
    assert run("scan", "article.txt", *RULES, "--no-db").exit_code == 0
    far.touch()  # an empty file is no archive yet
    assert run("scan", "article.txt", *RULES).exit_code == 2
    assert not far.read_bytes()
    far.unlink()
    assert run("scan", "article.txt", *RULES, "--db", str(far)).exit_code == 0
    assert "kept as run 2" in run("scan", "article.txt", *RULES).stderr


def test_an_archive_may_be_anywhere_in_the_repository(run: Run, checkout: Path) -> None:
    """Also above the configuration."""
    desk = checkout / "desk"
    desk.mkdir()
    (desk / "note.txt").write_text("It could sink.", "utf-8")
    (desk / "factcheck.toml").write_text('db = "../all.db"\n', "utf-8")
    assert "kept as run 1" in run("scan", "desk/note.txt", *RULES).stderr
    assert (checkout / "all.db").exists()
