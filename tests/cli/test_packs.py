"""Packs that were asked for: opt-in ones on every command that takes rules, and those of one's own on pages."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]

TEXT = "The quay is highly likely to sink. An estimated 300 boats lay there.\n"
MISSPELT = "factcheck: no opt-in pack is called `ipc`: did you mean `ipcc`? (there are icd203, ipcc, numbers)\n"


@pytest.fixture(autouse=True)
def quay(folder: Path) -> None:
    """A text that each of two packs finds something in."""
    (folder / "quay.txt").write_text(TEXT, "utf-8")


def rules(result: Result) -> list[str]:
    """The rules of the findings that a scan has printed."""
    assert result.exit_code == 0, result.stderr
    return [finding["rule"] for line in result.stdout.splitlines() for finding in json.loads(line)["findings"]]


@pytest.mark.parametrize(
    "packs", [["numbers,icd203"], ["icd203", "numbers"], [" icd203 , numbers"], ["icd203", "numbers,icd203"]]
)
def test_scan_adds_packs(run: Run, packs: list[str]) -> None:
    """They may be named one by one or with commas, in any order."""
    options = [word for pack in packs for word in ("--pack", pack)]
    assert rules(run("scan", "quay.txt", "--no-builtin", *options)) == ["icd203/very-likely", "numbers/bare-estimate"]
    assert "hedge/very-likely" in rules(run("scan", "quay.txt", *options))
    assert rules(run("scan", "quay.txt", "--select", "numbers", *options)) == ["numbers/bare-estimate"]


def test_workers_have_them_too(run: Run) -> None:
    """The packs travel to the processes of `--jobs`."""
    found = run("scan", "quay.txt", "article.txt", "--no-builtin", "--pack", "icd203", "--jobs", "2")
    assert rules(found) == ["icd203/very-likely"]


def test_signals_show_them(run: Run) -> None:
    """A loaded pack has a signal of its own, in every sentence."""
    lines = run("scan", "quay.txt", "--pack", "numbers").stdout.splitlines()
    assert [json.loads(line)["signals"]["numbers"] > 0 for line in lines] == [False, True]
    assert "numbers" not in json.loads(run("scan", "quay.txt").stdout.splitlines()[0])["signals"]


def test_page_shows_what_was_asked_for(run: Run) -> None:
    """Notes, too, and what is said beside the cue that decided; other packs' notes need `--full`."""
    page = run("scan", "quay.txt", "--pack", "icd203,numbers", "--format", "pretty").stdout
    assert page.startswith(
        "quay.txt\n\n"
        "probable      The quay is highly likely to sink.\n"
        "                “highly likely”: A strong lean, and still not said flatly.\n"
        "                “highly likely”: Very likely: 80 to 95 per cent. Keep it only\n"
        "                where the evidence leaves one case in five or fewer open.\n"
        "asserted      An estimated 300 boats lay there.\n"
        "                “An estimated 300”: Estimated by whom, and how closely? Say who\n"
        "                made it, and between what figures it lies.\n"
    )
    without = run("scan", "quay.txt", "--rules", "house.fact", "--format", "pretty").stdout
    assert "per cent" not in without
    assert "“An estimated 300”" not in without
    alone = run("scan", "quay.txt", "--no-builtin", "--pack", "icd203", "--format", "pretty").stdout
    assert alone.count("“highly likely”: Very likely: 80 to 95 per cent.") == 1


def test_long_page_keeps_what_was_asked_for(run: Run, folder: Path) -> None:
    """Of a long text, sentences that such a pack finds something in are not left out."""
    (folder / "long.txt").write_text("The quay closed. " * 70 + TEXT, "utf-8")
    page = run("scan", "long.txt", "--pack", "numbers", "--format", "pretty").stdout
    assert "(70 sentences: 70 asserted)" in page
    assert "An estimated 300 boats lay there." in page


@pytest.mark.parametrize(
    "command",
    [("scan", "quay.txt"), ("explain", "quay.txt:1"), ("explain", "chance"), ("rules", "check", "house.fact")],
)
def test_unknown_pack(run: Run, command: tuple[str, ...]) -> None:
    """Each command says which was meant and which there are, with status 2."""
    result = run(*command, "--pack", "ipc")
    assert (result.stdout, result.stderr, result.exit_code) == ("", MISSPELT, 2)


def test_selecting_one_that_is_not_loaded(run: Run) -> None:
    """`--select` chooses among what is loaded, and says what to add."""
    result = run("scan", "quay.txt", "--select", "icd203")
    said = "factcheck: no pack, rule or tag is called `icd203`: `--pack icd203` loads the opt-in pack `icd203`\n"
    assert (result.stderr, result.exit_code) == (said, 2)


@pytest.mark.parametrize("rule", ["icd203/remote", "icd203"])
def test_explaining_one_that_is_not_loaded(run: Run, rule: str) -> None:
    """So does `explain`."""
    result = run("explain", rule)
    said = f"factcheck: there is no rule `{rule}`: `--pack icd203` loads the opt-in pack `icd203`\n"
    assert (result.stderr, result.exit_code) == (said, 2)


def test_explain(run: Run) -> None:
    """A rule of the pack has its card, and a sentence tells its range and its file."""
    card = run("explain", "icd203/very-likely", "--pack", "icd203").stdout
    assert card.startswith("icd203/very-likely: probable, weight ")
    assert "  range      80 % to 95 %\n" in card
    assert "in factcheck_rules/optional/icd203.fact:" in card
    (found, _) = map(json.loads, run("explain", "quay.txt:1", "--pack", "icd203", "--json").stdout.splitlines())
    assert [one["rule"] for one in found["findings"]] == ["hedge/very-likely", "icd203/very-likely"]
    missing = run("explain", "icd203/remot", "--pack", "icd203")
    assert missing.stderr == "factcheck: there is no rule `icd203/remot`: did you mean `icd203/remote`?\n"


def test_rules_are_checked_beside_them(run: Run, folder: Path) -> None:
    """What amends a pack is right where the pack is loaded; elsewhere the warning says how to load it."""
    (folder / "mine.fact").write_text("amend numbers\n    severity note\n", "utf-8")
    assert run("rules", "check", "mine.fact", "--pack", "numbers").stdout == "1 amendment: no problems\n"
    alone = run("rules", "check", "mine.fact")
    assert "there is no `numbers` to amend" in alone.stderr
    assert "help: `--pack numbers` loads the opt-in pack `numbers`" in alone.stderr


def test_hint_on_warnings_keeps_the_packs(run: Run, folder: Path) -> None:
    """The command that shows the warnings loads what the scan has loaded."""
    rule = (
        'pack odd\n\nrule r : note\n    "M."\n    match quay\n    when with numbers\n    flag "An estimated 3 quays."\n'
    )
    (folder / "odd.fact").write_text(rule.replace("match quay", "match quays"), "utf-8")
    result = run("scan", "quay.txt", "--rules", "odd.fact", "--pack", "numbers", "--pack", "ipcc")
    command = "factcheck rules check odd.fact --pack numbers --pack ipcc"
    assert result.stderr == f"factcheck: odd.fact: 1 warning; `{command}` shows it\n"
    assert "warning[FC105]" in run(*command.split()[1:]).stderr


def test_page_shows_what_rules_of_ones_own_find(run: Run, folder: Path) -> None:
    """Beside what decided, notes too, and what they suggest."""
    (folder / "desk.fact").write_text(
        """\
pack desk
rule round : note
    "Give the number itself."
    match   <number> boats
    suggest "Ask the harbour office."
    flag    "We saw 300 boats."
    pass    "We saw boats."
""",
        "utf-8",
    )
    page = run("scan", "quay.txt", "--rules", "desk.fact", "--format", "pretty").stdout
    assert "“300 boats”: Give the number itself. Ask the harbour office.\n" in page
    assert "“highly likely”: A strong lean, and still not said flatly.\n" in page
