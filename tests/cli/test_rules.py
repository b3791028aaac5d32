"""`factcheck rules check`."""

import json
from collections.abc import Callable
from pathlib import Path

from typer.testing import Result

Run = Callable[..., Result]

BAD = 'pack bad\n\nrule r : sure\n    "M."\n    match {nowhere}\n    wait 3\n    flag "X."\n    pass "Y."\n'


def test_sound_rules_are_counted(run: Run) -> None:
    """Rules without problems: one line on standard output, status 0."""
    result = run("rules", "check", "house.fact", "--no-builtin")
    assert (result.stdout, result.stderr) == ("1 pack, 1 list, 3 rules, 6 examples: no problems\n", "")
    assert result.exit_code == 0


def test_every_problem_is_shown(run: Run, folder: Path) -> None:
    """Wrong rules: all problems of all files on standard error, status 2, files that are right or missing too."""
    (folder / "bad.fact").write_text(BAD, "utf-8")
    result = run("rules", "check", "house.fact", "bad.fact", "gone.fact", "--no-builtin")
    assert result.stdout == ""
    assert result.exit_code == 2
    for part in ("error[FC030]", "error[FC012]", "--> bad.fact:3:10", "error[FC001]", "gone.fact"):
        assert part in result.stderr
    assert "house.fact" not in result.stderr


def test_warnings_do_not_fail(run: Run, folder: Path) -> None:
    """Warnings are shown and counted; the status stays 0."""
    (folder / "odd.fact").write_text(
        'pack odd\n\nrule r : note\n    "M."\n    match quay\n    flag "A quay."\n', "utf-8"
    )
    result = run("rules", "check", "odd.fact", "--no-builtin")
    assert result.stdout == "1 pack, 1 rule, 1 example: 1 warning\n"
    assert "warning[FC105]" in result.stderr
    assert result.exit_code == 0


def test_problems_as_json(run: Run, folder: Path) -> None:
    """`--json` prints the diagnostics as data, and nothing else."""
    (folder / "bad.fact").write_text(BAD, "utf-8")
    result = run("rules", "check", "bad.fact", "--json", "--no-builtin")
    found = json.loads(result.stdout)
    assert {"FC030", "FC012"} <= {record["code"] for record in found}
    assert all(record["file"] == "bad.fact" and record["severity"] == "error" for record in found)
    assert (result.stderr, result.exit_code) == ("", 2)
    sound = run("rules", "check", "house.fact", "--json", "--no-builtin")
    assert (json.loads(sound.stdout), sound.exit_code) == ([], 0)


def test_rules_are_checked_beside_the_built_in_ones(run: Run, folder: Path) -> None:
    """Lists and packs of the built-in files are known, unless they are left out."""
    (folder / "mine.fact").write_text("amend hedge\n    weight 0.6\n", "utf-8")
    assert run("rules", "check", "mine.fact").stdout == "1 amendment: no problems\n"
    alone = run("rules", "check", "mine.fact", "--no-builtin")
    assert "there is no `hedge` to amend" in alone.stderr


def test_folder_is_checked_with_all_that_is_in_it(run: Run, folder: Path) -> None:
    """A folder stands for the rule files in it; one without any is a problem."""
    (folder / "empty").mkdir()
    assert run("rules", "check", ".", "--no-builtin").stdout == "1 pack, 1 list, 3 rules, 6 examples: no problems\n"
    empty = run("rules", "check", "empty")
    assert "error[FC005]" in empty.stderr
    assert empty.exit_code == 2


def test_path_is_required(run: Run) -> None:
    """Without a path there is nothing to check."""
    assert run("rules", "check").exit_code == 2
