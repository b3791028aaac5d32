"""Configurations as they are shown and checked: what holds for a path, who says so, tables nearly called as ours."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
CONFIG = "factcheck.toml"
HEDGED = "The quay could sink.\n"
OPINION = """\
exclude = ["drafts/"]
[[overrides]]
paths = ["opinion/"]
at-most = "possible"
[[overrides]]
paths = ["opinion/*.md"]
at-most = "probable"
[[overrides]]
paths = ["*.jsonl"]
at-most = "unverified"
"""


def put(path: Path, content: str) -> Path:
    """The file with this content, in folders that are made for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def test_show_is_a_table_of_keys_values_and_places(run: Run, folder: Path, golden: Callable[[str, str], None]) -> None:
    """All keys, also those that nobody gave."""
    put(folder / "base.toml", 'packs = ["ipcc", "numbers"]\nbuiltin = true\n')
    put(
        folder / CONFIG,
        'extends = "base.toml"\nrules = ["house.fact"]\nmax-unverified = "10%"\n\n[severity]\nunverified = "error"\n'
        '"hedge/could" = "note"\n\n[[overrides]]\npaths = ["opinion/"]\nfail-at = "unverified"\n',
    )
    golden("cli/config-show.txt", run("config", "show", "opinion/quay.txt").stdout)
    assert run("config", "show").stdout.startswith(".: factcheck.toml\n")
    assert run("config", "show", "--no-config").stdout.startswith(".: no configuration holds for this\n")


def test_show_of_a_folder_is_what_holds_for_any_file_in_it(run: Run, folder: Path) -> None:
    """Its overrides hold; those of some files are named with one of them, and so is what leaves it out."""
    put(folder / CONFIG, OPINION)
    put(folder / "opinion" / "a.md", "It may.\n")
    put(folder / "opinion" / "b.jsonl", '{"text": "It may."}\n')
    head = f"factcheck.toml, overridden by {CONFIG}:2\nSome files in it are overridden by {CONFIG}:5 (such as "
    for path in ("opinion", "opinion/", str(folder / "opinion")):
        inner = os.path.normpath(Path(path) / "a.md")
        assert run("config", "show", path).stdout.startswith(f"{path}: {head}{inner}), {CONFIG}:8 (such as")
    record = json.loads(run("config", "show", "opinion", "--json").stdout)
    assert [one["line"] for one in record["overrides"]] == [2]
    assert record["some"] == [
        {"from": CONFIG, "line": 5, "path": "opinion/a.md"},
        {"from": CONFIG, "line": 8, "path": "opinion/b.jsonl"},
    ]
    assert record["values"]["at-most"] == {"value": "possible", "from": CONFIG, "line": 4}
    (folder / "drafts").mkdir()
    assert "\nIt is not scanned: factcheck.toml:1 leaves out drafts/\n" in run("config", "show", "drafts").stdout


def test_show_takes_several_paths(run: Run, folder: Path) -> None:
    """Those that the same holds for share a table; a path that is not there gets a note."""
    put(folder / CONFIG, OPINION)
    put(folder / "opinion" / "a.md", "It may.\n")
    put(folder / "b.txt", "It may.\n")
    result = run("config", "show", "article.txt", "opinion/a.md", "b.txt")
    assert result.stdout.startswith(f"article.txt: {CONFIG}\nb.txt: {CONFIG}\n\n  key ")
    assert result.stdout.count("  key ") == 2
    assert result.stderr == ""
    result = run("config", "show", "gone.md", "-", "--json")
    assert [one["path"] for one in json.loads(result.stdout)] == ["gone.md", "-"]
    said = "note: there is no such file or folder; this would hold for it"
    assert (result.stderr, result.exit_code) == (f"factcheck: gone.md: {said}\n", 0)


@pytest.mark.parametrize(
    "table", ["[tool.factchek]", "[tool.fact-check.severity]", '[[ tool . "FactCheck".overrides ]]']
)
def test_a_table_of_the_project_that_is_misspelt(run: Run, folder: Path, table: str) -> None:
    """It is told once a run, with its line, and --quiet leaves it out; a configuration above holds all the same."""
    put(folder / CONFIG, 'at-most = "possible"\n')
    for number, command in enumerate((("scan",), ("config", "show"), ("stats",))):
        desk = put(folder / f"desk{number}" / "pyproject.toml", f'[project]\nname = "x"\n\n{table}\n').parent
        put(desk / "a.txt", "It may.\n")
        paths = [str((desk / "a.txt").relative_to(folder))]
        assert "tool." not in run(command[0], *paths, "-q").stderr if command[0] != "config" else True
        result = run(*command, *paths)
        name = table.strip("[] ").partition(".")[2].strip().partition(".")[0].strip('"')
        said = f"[tool.{name}] is nothing to factcheck; did you mean [tool.factcheck]?"
        assert result.stderr.count(f"{desk.name}/pyproject.toml:4: warning: {said}\n") == 1
        assert result.exit_code == 0


MISNAMED = ("Factcheck.toml", ".factcheck.toml", "factcheck.tml", "factcheck.toml.txt", "fact-check.toml")
OF_OTHER_KINDS = {
    "factcheck.yaml": "fail_at: possible\n",
    "factcheck.yml": "# ours\nrules:\n  - house.fact\n",
    "factcheck.json": '{"severity": {"hedge": "note"}}',
}


@pytest.mark.parametrize("name", [*MISNAMED, *OF_OTHER_KINDS])
def test_a_configuration_of_another_name_is_told_with_its_name(run: Run, folder: Path, name: str) -> None:
    """Once a run, beside the file and above it; --quiet leaves it out, and what is named is no mistake."""
    put(folder / CONFIG, 'at-most = "possible"\n')
    if (folder / name).exists():
        pytest.skip("to this file system a capital is no other letter")
    said = f"by this name it does nothing; rename it to {CONFIG}, so that it is found"
    if name in OF_OTHER_KINDS:
        said = f"this does nothing; a configuration is TOML: write {CONFIG}, which `factcheck config new` begins"
    for number, command in enumerate((("scan",), ("config", "show"), ("stats",))):
        desk = folder / f"desk{number}"
        put(desk / name, OF_OTHER_KINDS.get(name, "jobs = 1\n"))
        put(desk / "b.txt", "It may.\n")
        put(desk / "late" / "a.txt", "It may.\n")
        paths = [f"{desk.name}/late/a.txt", f"{desk.name}/b.txt"]
        if command[0] != "config":
            assert "does nothing" not in run(command[0], *paths, "-q").stderr
        result = run(*command, *paths)
        assert result.stderr.count(f"factcheck: {desk.name}/{name}: warning: {said}\n") == 1
        assert result.exit_code == 0
        assert "does nothing" not in run(*command, *paths, "--no-config").stderr
        put(desk / CONFIG, "jobs = 1\n")
        assert "does nothing" not in run(*command, *paths).stderr
    if name.endswith(".toml"):
        assert "does nothing" not in run("scan", "desk0/b.txt", "--config", f"desk0/{name}").stderr
        assert run("config", "check", f"desk0/{name}").stderr == f"factcheck: desk0/{name}: note: {said}\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("factcheck.json", '[{"doc": "a.txt", "rules": []}]'),
        ("factcheck.json", '{"version": "2.1.0", "runs": [{"rules": ["house.fact"]}]}'),
        ("factcheck.json", '{"rules": ['),
        ("factcheck.yml", "name: factcheck\non: push\njobs:\n  fail-at: 1\n"),
        ("factcheck.yml", "include: lint.yml\n"),
        ("factcheck.yaml", "f\xe9"),
    ],
)
def test_files_of_others_are_theirs(run: Run, folder: Path, name: str, content: str) -> None:
    """Reports and workflows may be called so, too."""
    (folder / name).write_bytes(content.encode("latin-1"))
    assert "warning" not in run("scan", "article.txt").stderr


@pytest.mark.parametrize(
    "table", ["[tool.ruff]", "[tool.flit]", "[tool.fastcheckout]", "[tool]\nx = 1", "[tool.factcheck]"]
)
def test_tables_of_other_tools_are_theirs(run: Run, folder: Path, table: str) -> None:
    """Nothing is said of them, nor where ours is there, too."""
    put(folder / "pyproject.toml", f"{table}\njobs = 1\n")
    assert "warning" not in run("scan", "article.txt").stderr
    put(folder / "pyproject.toml", "[tool.factchek]\n[tool.factcheck]\njobs = 1\n")
    assert "warning" not in run("scan", "article.txt").stderr


def test_check_loads_the_rules_of_all_overrides(run: Run, folder: Path) -> None:
    """What would be wrong for some files only is found."""
    put(folder / CONFIG, '[[overrides]]\npaths = ["b/"]\nignore = ["house"]\n')
    said = "factcheck: factcheck.toml:3: `ignore` names `house`, and no pack, rule or tag is called so"
    assert run("config", "check").stderr.startswith(said)
    put(folder / CONFIG, '[[overrides]]\npaths = ["b/"]\nrules = ["house.fact"]\nignore = ["house"]\n')
    assert run("config", "check").stdout == "factcheck.toml: no problems\n"
    assert run("config", "check", "article.txt").stdout == "factcheck.toml: no problems\n"
    assert run("config", "check", CONFIG).stdout == "factcheck.toml: no problems\n"
    (folder / CONFIG).unlink()
    assert run("config", "check").exit_code == 2
