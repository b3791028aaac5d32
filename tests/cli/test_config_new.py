"""Configurations begun by the program, and what they say of a whole run: baseline, archive, rules of every command."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

Run = Callable[..., Result]
CONFIG = "factcheck.toml"
HEDGED = "The quay could sink.\n"


def put(path: Path, content: str) -> Path:
    """The file with this content, in folders that are made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def rows(result: Result) -> list[dict[str, Any]]:
    """The records of a scan."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_new_configuration_is_right_with_and_without_its_comments(run: Run, folder: Path) -> None:
    """As it is written, and with every key that it shows; it is never written over."""
    written = run("config", "new")
    assert written.stdout == f"{CONFIG}: written; `factcheck baseline create PATH` makes the baseline that it names\n"
    missing = f"{CONFIG}:25: there is no baseline factcheck-baseline.jsonl; `factcheck baseline create PATH` makes it"
    assert run("config", "check").stderr.startswith(f"factcheck: {missing}")
    assert run("baseline", "create", "article.txt").exit_code == 0
    assert run("config", "check").stdout == f"{CONFIG}: no problems\n"
    again = run("config", "new")
    assert (again.exit_code, again.stderr) == (
        2,
        f"factcheck: {CONFIG}: this file is there already, and is left as it is; `factcheck config check` checks it\n",
    )
    text = (folder / CONFIG).read_text("utf-8")
    assert run("config", "new", "-o", "-").stdout == text
    told = [line.removeprefix("# ") for line in text.splitlines() if re.match(r'# (?:[\w"/-]+ = |\[)', line)]
    assert len(told) > 12
    own = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert own == ['fail-at = "unverified"', 'baseline = "factcheck-baseline.jsonl"']
    (folder / CONFIG).write_text("\n".join([*own, *told]), "utf-8")
    assert run("config", "check").stdout == f"{CONFIG}: no problems\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("desk/house.txt", "a configuration is a .toml file: name it factcheck.toml, so that it is found"),
        ("gone/factcheck.toml", "there is no folder gone to write to; make it first"),
        ("desk/factcheck.toml", "desk/pyproject.toml has a table [tool.factcheck], which factcheck.toml would hide"),
    ],
)
def test_a_new_configuration_has_its_place(run: Run, folder: Path, name: str, said: str) -> None:
    """Where it is found, and hides no other; one further up is told of."""
    put(folder / "desk" / "pyproject.toml", '[tool.factcheck]\nfail-at = "possible"\n')
    result = run("config", "new", "-o", name)
    assert (result.exit_code, said in result.stderr) == (2, True)
    assert not (folder / name).exists()
    put(folder / CONFIG, 'fail-at = "possible"\n')
    (folder / "late").mkdir()
    below = run("config", "new", "-o", "late/factcheck.toml")
    assert f'late/factcheck.toml: note: {CONFIG} held here before; extends = ["../{CONFIG}"] takes' in below.stderr


def test_the_archive_of_a_configuration_is_written_and_searched(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative to the file; the option names another one; a wrong configuration is told."""
    put(folder / CONFIG, 'db = "kept.db"\n')
    put(folder / "desk" / "a.txt", HEDGED)
    monkeypatch.chdir(folder / "desk")
    assert "kept.db: kept as run 1: 1 document" in run("scan", "a.txt").stderr
    assert (folder / "kept.db").exists()
    assert rows(run("search", "sink"))[0]["text"] == HEDGED.strip()
    assert "other.db: kept as run 1" in run("scan", "a.txt", "--db", "other.db").stderr
    assert "kept" not in run("scan", "a.txt", "--no-config").stderr
    put(folder / CONFIG, "db = 3\n")
    assert "factcheck.toml:1: `db` is 3: write a path in quotation marks" in run("search", "sink").stderr
    (folder / CONFIG).unlink()
    said = "factcheck: name the archive with --db FILE, in FACTCHECK_DB, or as `db` in a configuration"
    assert run("search", "sink").stderr.startswith(said)


def test_what_is_suppressed_is_reported_where_the_configuration_says_so(run: Run, folder: Path) -> None:
    """In formats that have a place for it; the others say nothing of that, as nobody asked in this run."""
    put(folder / CONFIG, "report-suppressed = true\n")
    put(folder / "a.md", "The quay could sink. <!-- factcheck: ignore all because it is old -->\n")
    assert rows(run("scan", "a.md"))[0]["reported"] is None
    assert "--report-suppressed" not in run("scan", "a.md", "--format", "github").stderr
    assert rows(run("scan", "a.md", "--no-config")) == []


def test_of_a_run_the_first_path_with_a_configuration_counts(run: Run, folder: Path) -> None:
    """What lies outside has none, and stands in nobody's way."""
    put(folder / "desk" / CONFIG, 'baseline = "known.jsonl"\nfail-at = "possible"\n')
    put(folder / "desk" / "a.txt", HEDGED)
    assert run("baseline", "create", "desk").stdout.startswith("desk/known.jsonl: 1 sentence")
    result = run("scan", "article.txt", "desk", "--at-most", "possible")
    assert (result.exit_code, "desk/known.jsonl: 1 known, " in result.stderr) == (0, True)


def test_every_command_with_rules_takes_those_of_the_configuration(run: Run, folder: Path) -> None:
    """`rules diff`, `rules profile`, `eval` and `weigh`, too."""
    put(folder / CONFIG, 'builtin = false\nrules = ["house.fact"]\n')
    gold = [{"text": text, "label": label} for text, label in ((HEDGED, "uncertain"), ("The quay sank.", "certain"))]
    put(folder / "gold.jsonl", "".join(json.dumps(row) + "\n" for row in gold))
    assert json.loads(run("eval", "gold.jsonl", "--json").stdout)["rules"] == ["house.fact"]
    assert json.loads(run("eval", "gold.jsonl", "--json", "--no-config").stdout)["rules"] == ["builtin"]
    assert "no loaded rule raises" not in run("weigh", "gold.jsonl").stderr
    patterns = json.loads(run("rules", "profile", "--json").stdout)["patterns"]
    assert {one["rule"].partition("/")[0] for one in patterns} == {"house"}
    house = (folder / "house.fact").read_text("utf-8")
    put(folder / "calm.fact", house.replace("could | may", "may").replace("quay could", "quay may"))
    changed = json.loads(run("rules", "diff", "house.fact", "calm.fact", "--on", "article.txt", "--json").stdout)
    assert {row["rule"].partition("/")[0] for row in changed["rules"]} == {"house"}
