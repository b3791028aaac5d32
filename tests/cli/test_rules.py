"""`factcheck rules check`."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from sarif_kit import validation_errors
from typer.testing import Result

from factcheck import cache, verdict
from factcheck.catalogue import CATALOGUE
from factcheck.judge import prove
from factcheck_cli.formats.sarif import as_text

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


# Formats --------------------------------------------------------------------------------------------------------------

WARNED = 'pack odd\n\nrule r : note\n    "M."\n    match quay\n    flag "A quay."\n'
FAR = (
    'pack far\n\nrule r : note\n    "Größe \U0001d518."\n    match   é\U0001d518 {ei} [a](b)\n'
    '    flag    "X."\n\nrule r : note\n    "M."\n    match   x\n    flag    "100%, she said: X."\n    pass    "Y."\n'
)


def sarif(run: Run, *arguments: str) -> Any:  # noqa: ANN401 - JSON may be anything
    """The run that the log of a check holds, which is held to the schema of the standard."""
    result = run("rules", "check", *arguments, "--no-builtin", "--format", "sarif")
    log = json.loads(result.stdout)
    assert validation_errors(log) == []
    assert result.stderr == ""
    (one,) = log["runs"]
    return one


def test_sarif(run: Run, folder: Path, golden: Callable[[str, str], None]) -> None:
    """A log of the standard: every problem with its places, columns in code points, and all codes as rules."""
    (folder / "far.fact").write_text(FAR, "utf-8")
    (folder / "odd.fact").write_text(WARNED, "utf-8")
    one = sarif(run, "far.fact", "odd.fact")
    driver = one["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == list(CATALOGUE)
    assert one["columnKind"] == "unicodeCodePoints"
    for result in one["results"]:
        rule = driver["rules"][result["ruleIndex"]]
        assert (rule["id"], rule["defaultConfiguration"]["level"]) == (result["ruleId"], result["level"])
    golden("cli/check-sarif.json", json.dumps(one["results"], indent=2, ensure_ascii=False) + "\n")


def test_sarif_takes_braces_and_links_as_they_are(run: Run, folder: Path) -> None:
    """In its messages braces are places to fill in, and a link is written as on a web page: neither is meant here."""
    (folder / "odd.fact").write_text(WARNED + '    pass "B."\nlist far = [a](b) c\n', "utf-8")
    texts = [result["message"]["text"] for result in sarif(run, "odd.fact")["results"]]
    assert texts == ["nothing uses list `far`: use it as `{{far}}`, or take it away"]
    assert as_text("`[a](b)` [c] (d) {e}") == {"text": "`\\[a](b)` [c] (d) {{e}}"}


def test_sarif_of_sound_rules(run: Run) -> None:
    """A log without results; the status is that of any check."""
    one = sarif(run, "house.fact")
    assert one["results"] == []


def test_sarif_names_files_as_addresses(run: Run, folder: Path) -> None:
    """Whatever a path holds, the address is one; without a place in the file it stands alone."""
    (folder / "two words é%.fact").write_text(BAD, "utf-8")
    one = sarif(run, "two words é%.fact", str(folder / "gone.fact"))
    places = [result["locations"][0]["physicalLocation"] for result in one["results"]]
    assert places[0] == {"artifactLocation": {"uri": (folder / "gone.fact").as_uri()}}
    assert places[1]["artifactLocation"]["uri"] == "two%20words%20%C3%A9%25.fact"
    assert unquote(places[1]["artifactLocation"]["uri"]) == "two words é%.fact"


def test_annotations_of_a_workflow(run: Run, folder: Path, golden: Callable[[str, str], None]) -> None:
    """A command a line, with the marks of the format escaped; the files are counted if they are right."""
    (folder / "100%,a:b.fact").write_text(FAR, "utf-8")
    wrong = run("rules", "check", "100%,a:b.fact", "gone.fact", "--no-builtin", "--format", "github")
    golden("cli/check-github.txt", wrong.stdout)
    assert (wrong.stderr, wrong.exit_code) == ("", 2)
    (folder / "odd.fact").write_text(WARNED, "utf-8")
    warned = run("rules", "check", "odd.fact", "--no-builtin", "--format", "github")
    first, last = warned.stdout.splitlines()
    assert first.startswith(
        "::warning file=odd.fact,line=3,col=6,endLine=3,endColumn=7,title=FC105%3A no pass example::"
    )
    assert last == "1 pack, 1 rule, 1 example: 1 warning"
    assert warned.exit_code == 0


def test_json_has_two_names(run: Run, folder: Path) -> None:
    """`--json` and `--format json` are one; with another format there is a choice to make."""
    (folder / "bad.fact").write_text(BAD, "utf-8")
    named = run("rules", "check", "bad.fact", "--no-builtin", "--format", "json")
    for options in (["--json"], ["--json", "--format", "json"]):
        assert run("rules", "check", "bad.fact", "--no-builtin", *options).stdout == named.stdout
    both = run("rules", "check", "bad.fact", "--json", "--format", "sarif")
    assert both.stderr == (
        "factcheck: --json is --format json, but --format sarif is asked for, too: leave one of them out\n"
    )
    assert both.exit_code == 2
    assert "Did you mean 'sarif'?" in run("rules", "check", "bad.fact", "--format", "sarf").stderr


# What is remembered ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [BAD, WARNED, FAR])
def test_a_check_again_says_the_same(
    content: str, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What was found of files that have not changed is told again without checking them."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path_factory.mktemp("fresh")))
    (folder / "one.fact").write_text(content, "utf-8")
    first = run("rules", "check", "one.fact", "house.fact", "--no-builtin")
    with monkeypatch.context() as patched:
        patched.setattr(verdict, "check", None)
        again = run("rules", "check", "one.fact", "house.fact", "--no-builtin")
    assert (again.stdout, again.stderr, again.exit_code) == (first.stdout, first.stderr, first.exit_code)
    (folder / "one.fact").write_text(content.replace("rule r", "rule s"), "utf-8")
    changed = run("rules", "check", "one.fact", "house.fact", "--no-builtin")
    assert changed.stderr == first.stderr.replace("rule r", "rule s").replace("`r`", "`s`").replace("/r`", "/s`")


def test_a_verdict_that_is_damaged_is_made_anew(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whole files that hold something else, too."""
    kept = tmp_path_factory.mktemp("fresh")
    monkeypatch.setenv("FACTCHECK_CACHE", str(kept))
    wanted = "1 pack, 1 list, 3 rules, 6 examples: no problems\n"
    assert run("rules", "check", "house.fact", "--no-builtin").stdout == wanted
    for file in list(kept.iterdir()):
        for value in (None, 3, [], [[], 3], [[["FC001", "m", "gone.fact", [], ""]], []], {"a": [0]}, [[1]]):
            cache.write_json(file.stem, value, file.suffix)
            assert run("rules", "check", "house.fact", "--no-builtin").stdout == wanted
        file.write_bytes(b"damaged")
        assert run("rules", "check", "house.fact", "--no-builtin").stdout == wanted


def test_examples_of_the_packs_are_run_once(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Those that come with the program hold whatever is loaded beside them; one's own are run each time."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path_factory.mktemp("fresh")))
    ran: list[str] = []
    real = prove._Prover.run  # noqa: SLF001 - what is watched is not for others

    def watched(prover: prove._Prover, trials: Sequence[object]) -> None:
        ran.append(prover.file.source.name)
        real(prover, trials)  # type: ignore[arg-type]

    monkeypatch.setattr(prove._Prover, "run", watched)  # noqa: SLF001
    house = (folder / "house.fact").read_text("utf-8")
    (folder / "house.fact").write_text(house.replace("The quay sank.", "The quay could sink."), "utf-8")
    assert "error[FC061]" in run("rules", "check", "house.fact").stderr
    assert len(ran) > 9  # what is wrong proves nothing, so all are run again
    for change, number in (("", 10), ("# and so on\n", 1), ("# and on\n", 1)):
        ran.clear()
        (folder / "house.fact").write_text(house + change, "utf-8")
        assert "no problems" in run("rules", "check", "house.fact").stdout
        assert ran[-1] == "house.fact"
        assert len(ran) == number
