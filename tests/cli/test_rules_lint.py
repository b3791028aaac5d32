"""`factcheck rules lint`: a report for each thing it finds, and nothing on files that nearly have it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck import linting, scan
from factcheck.catalogue import CATALOGUE
from factcheck_cli.work import batch

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

LINTED = Path(__file__).parents[1] / "golden" / "lint"
NAMES = sorted(path.stem for path in LINTED.glob("*.fact"))
NEAR = sorted(path.stem for path in LINTED.glob("near/*.fact"))

TALK = """\
pack talk

rule said : attributed
    "Somebody says so."
    match   said
    weight  0.7
    flag    "She said so."
    pass    "She left."
"""


def linted(run: Run, path: Path, *arguments: str) -> Result:
    """What lint says of a rule file, on the corpus beside it if there is one."""
    texts = path.with_suffix(".corpus")
    on = ["--on", texts.name] if texts.exists() else []
    return run("rules", "lint", path.name, "--no-builtin", *on, *arguments)


@pytest.mark.parametrize("name", NAMES)
def test_report(name: str, run: Run, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file `CODE-what-is-odd.fact` is reported as the `.txt` beside it says, under that code and no other."""
    monkeypatch.chdir(LINTED)
    result = linted(run, LINTED / f"{name}.fact")
    golden(f"lint/{name}.txt", result.stderr)
    assert {code for code in CATALOGUE if f"[{code}]" in result.stderr} == {name[:5]}
    assert result.exit_code == 0


@pytest.mark.parametrize("name", NEAR)
def test_nearly(name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that nearly has what the code is about has no problems."""
    monkeypatch.chdir(LINTED / "near")
    result = linted(run, LINTED / "near" / f"{name}.fact")
    assert (result.stderr, result.exit_code) == ("", 0)
    assert result.stdout.endswith(": no problems\n")


def test_no_report_without_a_test() -> None:
    """Each golden report belongs to a file that is linted."""
    assert [path.stem for path in sorted(LINTED.glob("*.txt"))] == NAMES


def test_it_is_the_check_and_more(run: Run, folder: Path) -> None:
    """What a check says lint says, too, in the same words."""
    (folder / "odd.fact").write_text(
        'pack odd\n\nlist tree = ash\n\nrule r : note\n    "M."\n    match quay | quay\n    flag "A quay."\n', "utf-8"
    )
    check, lint = (run("rules", command, "odd.fact", "--no-builtin") for command in ("check", "lint"))
    assert (lint.stderr, lint.stdout, lint.exit_code) == (check.stderr, check.stdout, 0)
    assert lint.stdout == "1 pack, 1 list, 1 rule, 1 example: 3 warnings\n"


def test_files_with_errors(run: Run, folder: Path) -> None:
    """Files that do not load are reported as by a check, and the corpus is not read."""
    (folder / "bad.fact").write_text("pack bad\n\nrule r : sure\n", "utf-8")
    check = run("rules", "check", "bad.fact", "gone.fact", "--no-builtin")
    lint = run("rules", "lint", "bad.fact", "gone.fact", "--no-builtin", "--on", "nowhere.txt")
    assert (lint.stderr, lint.stdout, lint.exit_code) == (check.stderr, "", 2)


def test_problems_as_json(run: Run, folder: Path) -> None:
    """`--json` prints the diagnostics as data, and nothing else."""
    (folder / "talk.fact").write_text(TALK, "utf-8")
    (folder / "talk.txt").write_text("She said so. " * 2 + "It rained. " * 18, "utf-8")
    result = run("rules", "lint", "talk.fact", "--no-builtin", "--on", "talk.txt", "--json")
    (found,) = json.loads(result.stdout)
    assert (found["code"], found["severity"], found["labels"][0]["line"]) == ("FC116", "warning", 3)
    assert found["message"] == "rule `talk/said` fires in 2 of 20 sentences, one in 10.0"
    assert (result.stderr, result.exit_code) == ("", 0)


def test_a_few_sentences_tell_nothing_of_what_is_common(run: Run, folder: Path) -> None:
    """In fewer than twenty sentences nothing is too common."""
    (folder / "talk.fact").write_text(TALK, "utf-8")
    (folder / "talk.txt").write_text("She said so. It rained.", "utf-8")
    assert run("rules", "lint", "talk.fact", "--no-builtin", "--on", "talk.txt").stderr == ""


def test_a_corpus_is_what_a_scan_takes(run: Run, folder: Path) -> None:
    """Folders, texts and rows, several of them; the field of the rows may be named."""
    (folder / "talk.fact").write_text(TALK, "utf-8")
    (folder / "texts").mkdir()
    (folder / "texts" / "a.txt").write_text("It rained. " * 19, "utf-8")
    (folder / "rows.jsonl").write_text('{"body": "She said so."}\n{"body": "He said so."}\n', "utf-8")
    result = run(
        "rules", "lint", "talk.fact", "--no-builtin", "--on", "texts", "--on", "rows.jsonl", "--text-field", "body"
    )
    assert "fires in 2 of 21 sentences" in result.stderr


def test_amended_rules_are_judged_too(run: Run, folder: Path) -> None:
    """A rule that a file amends by name is judged as it is then; where the rule is another's, at the amendment."""
    (folder / "mine.fact").write_text("amend house/chance\n    match the\n    weight 0.3\n", "utf-8")
    (folder / "all.fact").write_text("amend house\n    weight 0.3\n", "utf-8")
    (folder / "quay.txt").write_text("The quay sank. " * 20, "utf-8")
    files = ("house.fact", "mine.fact", "all.fact")
    result = run("rules", "lint", *files, "--no-builtin", "--on", "quay.txt")
    assert "warning[FC116]: rule `house/chance` fires in 20 of 20 sentences, one in 1.0" in result.stderr
    assert "--> house.fact:16:6\n" in result.stderr


def test_only_one_s_own_files_are_judged(run: Run, folder: Path) -> None:
    """Of the built-in packs nothing is told where they are only loaded beside, but for the rules that one amends."""
    (folder / "mine.fact").write_text("amend hedge/may\n    match it rained\n    weight 0.5\n", "utf-8")
    (folder / "quay.txt").write_text("It may sink. " + "It rained. " * 30, "utf-8")
    result = run("rules", "lint", "mine.fact", "--on", "quay.txt")
    assert result.stderr.startswith("warning[FC116]: rule `hedge/may` fires in 31 of 31 sentences")
    assert " --> mine.fact:1:7\n" in result.stderr
    assert result.stdout == "1 amendment: 1 warning\n"


def test_unreadable_texts(run: Run, folder: Path) -> None:
    """What cannot be read is named; the rules are judged on all others."""
    (folder / "talk.fact").write_text(TALK, "utf-8")
    result = run("rules", "lint", "talk.fact", "--no-builtin", "--on", "article.txt", "--on", "gone.txt")
    assert "factcheck: gone.txt: there is no such file or folder; check the path\n" in result.stderr
    assert "[FC116]" not in result.stderr
    assert result.exit_code == 3
    nothing = run("rules", "lint", "talk.fact", "--no-builtin", "--on", "gone.txt")
    assert "[FC115]" not in nothing.stderr
    assert nothing.exit_code == 3


def test_a_corpus_without_sentences(run: Run, folder: Path) -> None:
    """A corpus without a sentence can tell nothing."""
    (folder / "talk.fact").write_text(TALK, "utf-8")
    (folder / "empty.txt").write_text("\n", "utf-8")
    result = run("rules", "lint", "talk.fact", "--no-builtin", "--on", "empty.txt")
    assert result.stderr.endswith("factcheck: --on: there is no sentence in the corpus; name texts that have some\n")
    assert result.exit_code == 2


def test_a_field_without_a_corpus(run: Run) -> None:
    """A field is one of rows, and without a corpus there are none."""
    result = run("rules", "lint", "house.fact", "--text-field", "body")
    assert result.stderr == "factcheck: --text-field is about the texts of a corpus; name one with --on\n"
    assert result.exit_code == 2


def test_too_much_to_compare(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where comparing all patterns would take too long that is said, and the rest is told."""
    monkeypatch.setattr(linting, "_STEPS", 0)
    monkeypatch.setattr(linting, "_STEPS_PER_CHARACTER", 0)
    result = run("rules", "lint", "house.fact", "--no-builtin")
    assert result.stderr == (
        "factcheck: house.fact: to compare all its patterns would take too long; split it, or write simpler patterns\n"
    )
    assert (result.stdout, result.exit_code) == ("1 pack, 1 list, 3 rules, 6 examples: no problems\n", 0)


def test_texts_are_read_share_by_share(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the corpus is cut, the counts are the same."""
    (folder / "talk.fact").write_text(TALK, "utf-8")
    rows = "".join(f'{{"text": "{text}"}}\n' for text in ["She said so.", "It rained.", "They said so."] * 9)
    (folder / "rows.jsonl").write_text(rows, "utf-8")
    found = []
    for share in (1_000_000, 10, 30):
        monkeypatch.setattr(batch, "_MUCH", share)
        monkeypatch.setattr(scan, "_SHARE", share)
        found.append(run("rules", "lint", "talk.fact", "--no-builtin", "--on", "rows.jsonl").stderr)
    assert "fires in 18 of 27 sentences, one in 1.5" in found[0]
    assert found[0] == found[1] == found[2]


def test_the_built_in_packs_have_no_problems(run: Run) -> None:
    """Lint finds nothing in the packs that come with it."""
    folder = Path(__file__).parents[2] / "rules" / "factcheck_rules"
    result = run("rules", "lint", str(folder), "--no-builtin")
    assert result.stderr == ""
    assert result.stdout.endswith(": no problems\n")
