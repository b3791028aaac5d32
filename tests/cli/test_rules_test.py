"""`factcheck rules test`: examples, coverage, labelled sentences, and what it says when something is wrong."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck import examination
from factcheck.examination import Examiner
from factcheck.load import read_all
from factcheck.render import width
from factcheck_cli.rules.examples_page import page
from factcheck_cli.terminal.style import Style

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

QUAY = """\
pack quay
    title "What the quay says"

list insider = harbour master | pilots | crew~n

rule insider : unverified
    "Nobody who can be named stands behind this."
    match   source:(the {insider}) [now] say~ | {insider} (believe | believes)
    match   it is said in the harbour
    except  the {insider} say~ (nothing | no)
    unless  for the record
    when    outside quote
    weight  0.9
    flag    "The pilots say the wall moves."
    flag    "The harbour master believes that the wall moves."
    pass    "The pilots say nothing of it."
    pass    "The pilots left."

rule wall : note
    "The wall."
    match   wall
    flag    "The wall moves."
    pass    "The quay moves."

amend quay/wall
    match   dyke
    flag    "The dyke moves."
"""
BROKEN = QUAY.replace('pass    "The pilots left."', 'pass    "The pilots say so."').replace(
    '"The wall moves."', '"It."'
)
GOLD = """\
{"text": "The pilots say the wall moves.", "label": "uncertain", "cues": ["say"]}
{"text": "The crew says that it rained.", "label": "certain"}
{"text": "The wall could sink.", "label": "uncertain"}
{"text": "The lamp is lit.", "label": "certain"}
"""


@pytest.fixture(autouse=True)
def files(folder: Path) -> Path:
    """Write the rules, the same with mistakes, and labelled sentences."""
    (folder / "quay.fact").write_text(QUAY, "utf-8")
    (folder / "broken.fact").write_text(BROKEN, "utf-8")
    (folder / "gold.jsonl").write_text(GOLD, "utf-8")
    return folder


@pytest.fixture
def test(run: Run) -> Run:
    """Return `test(*arguments)`: `factcheck rules test` without the built-in packs."""

    def invoke(*arguments: str, text: str | None = None) -> Result:
        return run("rules", "test", "--no-builtin", *arguments, text=text)

    return invoke


# Pages ---------------------------------------------------------------------------------------------------------------


def test_page(test: Run, golden: Golden) -> None:
    """A row a rule, what the examples touch in short, and that all pass."""
    result = test("quay.fact")
    golden("cli/test-quay.txt", result.stdout)
    assert (result.stderr, result.exit_code) == ("", 0)


def test_coverage(test: Run, golden: Golden) -> None:
    """`--coverage` names what no example touches, each with its place."""
    result = test("quay.fact", "--coverage")
    golden("cli/test-coverage.txt", result.stdout)
    assert result.exit_code == 0
    lines = QUAY.split("\n")
    for line, column, words in ((4, 42, "crew~n"), (8, 36, "[now]"), (9, 13, "it is said"), (12, 13, "outside")):
        assert f"quay.fact:{line}:{column}" in result.stdout
        assert lines[line - 1][column - 1 :].startswith(words)


def test_failures(test: Run, golden: Golden) -> None:
    """Each example that fails is reported as by a check; the status is 1."""
    result = test("broken.fact")
    golden("cli/test-broken.txt", result.stderr + result.stdout)
    assert result.exit_code == 1


def test_labelled_sentences(test: Run, golden: Golden) -> None:
    """Of each set the right and wrong hits of each tested rule, and the rules without any."""
    result = test("quay.fact", "house.fact", "gold.jsonl")
    golden("cli/test-gold.txt", result.stdout[result.stdout.index("\ngold.jsonl") :])
    assert (result.stderr, result.exit_code) == ("", 0)


@pytest.mark.parametrize("columns", [40, 60, 120])
def test_pages_fit_the_terminal(columns: int, golden: Golden) -> None:
    """Lines are cut or wrapped to the width; places stay whole, for people click on them."""
    found = Examiner(builtin=False).examine(read_all(["quay.fact"], []))
    text = page(found, [], Style(columns=columns, full=True))
    golden(f"cli/test-{columns}.txt", text)
    assert max(width(line) for line in text.split("\n") if "quay.fact:" not in line) <= columns


def test_color_changes_no_word(test: Run) -> None:
    """In colour the page says the same."""
    colored = test("quay.fact", "--coverage", "--color", "always").stdout
    for code in ("\x1b[1m", "\x1b[2m", "\x1b[0m"):
        assert code in colored
        colored = colored.replace(code, "")
    assert colored == test("quay.fact", "--coverage").stdout


def test_files_without_rules(test: Run, folder: Path) -> None:
    """A file of lists has nothing to run; its entries are there to be touched all the same."""
    (folder / "lists.fact").write_text("pack words\n\nlist tree = ash | elm\n", "utf-8")
    result = test("lists.fact")
    assert "list entries      2        0     0%" in result.stdout
    assert result.stdout.endswith("\nno examples\n")
    (folder / "off.fact").write_text("disable house/chance\n", "utf-8")
    assert test("off.fact").stdout == "no examples\n"


def test_warnings_are_counted(test: Run, folder: Path) -> None:
    """What a check warns of is not shown here, but where it is shown is said."""
    (folder / "odd.fact").write_text(
        'pack odd\n\nrule r : note\n    "M."\n    match quay\n    flag "A quay."\n', "utf-8"
    )
    result = test("odd.fact")
    assert result.stderr == ("factcheck: odd.fact: 1 warning; `factcheck rules check odd.fact --no-builtin` shows it\n")
    assert result.exit_code == 0


def test_too_much_to_tell(test: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it takes too long to tell what examples touch, that is said."""
    monkeypatch.setattr(examination, "_STEPS", 0)
    monkeypatch.setattr(examination, "_STEPS_PER_CHARACTER", 0)
    result = test("quay.fact")
    assert "It takes too long to tell what all examples touch" in result.stdout
    assert result.exit_code == 0


# JSON ----------------------------------------------------------------------------------------------------------------


def test_json(test: Run, golden: Golden) -> None:
    """All of it as JSON: problems as a check has them, rules, coverage with places, sets."""
    result = test("quay.fact", "gold.jsonl", "--json")
    golden("cli/test.json", result.stdout.replace(json.loads(result.stdout)["version"], "VERSION"))
    assert (result.stderr, result.exit_code) == ("", 0)
    found = json.loads(result.stdout)
    for part in found["coverage"]["untouched"]:
        assert QUAY[part["start"] : part["end"]] == part["text"]
        assert QUAY.split("\n")[part["line"] - 1][part["column"] - 1 :].startswith(part["text"].split("\n")[0])


def test_json_of_failures(test: Run) -> None:
    """Examples that fail are diagnostics, and standard error has nothing."""
    result = test("broken.fact", "--json")
    found = json.loads(result.stdout)
    assert [(one["code"], one["labels"][0]["line"]) for one in found["problems"]] == [("FC061", 17), ("FC060", 22)]
    assert [(one["rule"], one["examples"], one["passed"]) for one in found["rules"]] == [
        ("quay/insider", 4, 3),
        ("quay/wall", 2, 1),
        ("amend quay/wall", 1, 1),
    ]
    assert (result.stderr, result.exit_code) == ("", 1)


def test_json_of_files_that_do_not_load(test: Run, folder: Path) -> None:
    """Where nothing could be run there are problems, no rules and no coverage."""
    (folder / "bad.fact").write_text("pack bad\n\nrule r : sure\n", "utf-8")
    result = test("bad.fact", "--json")
    found = json.loads(result.stdout)
    assert {one["code"] for one in found["problems"]} == {"FC030", "FC032"}
    assert (found["rules"], found["coverage"], found["sets"]) == ([], None, [])
    assert (result.stderr, result.exit_code) == ("", 2)


# Status --------------------------------------------------------------------------------------------------------------


def test_least_coverage(test: Run) -> None:
    """Below --min-coverage the status is 1, and what is missing is counted; from it on it is 0."""
    result = test("quay.fact", "--min-coverage", "64")
    assert result.stderr == (
        "factcheck: coverage is 63.2 %, below the 64 % of --min-coverage: 7 parts missing; "
        "--coverage names what no example touches\n"
    )
    assert result.exit_code == 1
    assert test("quay.fact", "--min-coverage", "63").exit_code == 0
    assert test("quay.fact", "--min-coverage", "64", "--coverage").stderr.endswith(": 7 parts missing\n")
    assert test("quay.fact", "--min-coverage", "64", "--json").exit_code == 1


@pytest.mark.parametrize(
    ("percent", "message"),
    [
        ("101", "factcheck: --min-coverage 101: a share is at most 100 per cent\n"),
        ("-1", "This must be 0 or more."),
        ("half", "This must be a whole number."),
    ],
)
def test_no_such_share(test: Run, percent: str, message: str) -> None:
    """A share is a whole number from 0 to 100."""
    result = test("quay.fact", "--min-coverage", percent)
    assert message in result.stderr
    assert result.exit_code == 2


def test_files_that_do_not_load(test: Run, run: Run, folder: Path) -> None:
    """Files with errors are reported as by a check; nothing is measured."""
    (folder / "bad.fact").write_text('pack bad\n\nrule r : sure\n    "M."\n    match {nowhere}\n', "utf-8")
    result = test("quay.fact", "bad.fact", "gone.fact", "gold.jsonl")
    check = run("rules", "check", "quay.fact", "bad.fact", "gone.fact", "--no-builtin")
    assert (result.stderr, result.stdout, result.exit_code) == (check.stderr, "", 2)


def test_unreadable_sentences(test: Run, folder: Path) -> None:
    """Sets and rows that cannot be read are named, all others measured; the status is 3, whatever else there is."""
    (folder / "some.jsonl").write_text(GOLD + '{"text": "It sank.", "label": "wet"}\n', "utf-8")
    result = test("quay.fact", "some.jsonl", "gone.csv", "--min-coverage", "100")
    assert "factcheck: some.jsonl:5: `wet` is no label" in result.stderr
    assert "factcheck: gone.csv: there is no such file or folder; check the path\n" in result.stderr
    assert "some.jsonl (4 sentences" in result.stdout
    assert result.exit_code == 3


def test_no_such_pack(run: Run) -> None:
    """An opt-in pack that there is not ends it."""
    result = run("rules", "test", "quay.fact", "--no-builtin", "--pack", "numbres")
    assert "did you mean `numbers`?" in result.stderr
    assert result.exit_code == 2


# Paths ---------------------------------------------------------------------------------------------------------------


def test_folders_hold_both(test: Run, folder: Path) -> None:
    """A folder stands for the rule files and the labelled sentences in it; one with neither is a problem."""
    (folder / "desk" / "gold").mkdir(parents=True)
    (folder / "desk" / "quay.fact").write_text(QUAY, "utf-8")
    (folder / "desk" / "gold" / "one.csv").write_text("text,label\nThe pilots say so.,certain\n", "utf-8")
    result = test("desk")
    assert "desk/gold/one.csv (1 sentence" in result.stdout
    assert test("quay.fact", "desk/gold").stdout.count("one.csv") == 1
    (folder / "desk" / "empty").mkdir()
    empty = test("desk/empty")
    assert "error[FC005]: there is no .fact file in this folder" in empty.stderr
    assert empty.exit_code == 2


def test_sentences_from_standard_input(test: Run) -> None:
    """`-` stands for labelled sentences that come from elsewhere."""
    assert "- (4 sentences" in test("quay.fact", "-", text=GOLD).stdout


def test_sentences_alone(test: Run) -> None:
    """Sentences without rules test nothing."""
    result = test("gold.jsonl")
    assert result.stderr == (
        "factcheck: name a .fact file, too, or a folder of them: labelled sentences measure the rules that are tested\n"
    )
    assert result.exit_code == 2


def test_rules_are_tested_beside_the_built_in_ones(run: Run, folder: Path) -> None:
    """Lists and rules of the built-in packs are known; of those only what is amended is measured."""
    mine = 'amend hedge/could\n    except could not believe\n    pass "She could not believe it."\n'
    (folder / "mine.fact").write_text(mine + '    flag "The wall could sink."\n', "utf-8")
    result = run("rules", "test", "mine.fact", "gold.jsonl")
    assert result.stderr == ""
    assert "  amend hedge/could         2       2         1 of 1\n" in result.stdout
    assert "gold.jsonl (4 sentences, signal hedge: 1 hit of the tested rules, 1 right and 0\nwrong)" in result.stdout
    assert "hedge/may" not in result.stdout


# Labelled sentences --------------------------------------------------------------------------------------------------


def test_signals(test: Run) -> None:
    """Labels of uncertainty measure what the tested packs show, or the signal that is named."""
    (found,) = json.loads(test("house.fact", "quay.fact", "gold.jsonl", "--json").stdout)["sets"]
    assert (found["signals"], found["hits"], found["right"]) == (["house", "quay"], 5, 3)
    (found,) = json.loads(test("house.fact", "gold.jsonl", "--json", "--signal", "hedge").stdout)["sets"]
    assert (found["signals"], found["hits"], found["wrong"]) == (["hedge"], 1, 0)
    assert found["rules"][0]["weight"] == 0.7
    wrong = test("house.fact", "gold.jsonl", "--signal", "huose")
    assert "no loaded pack shows a signal `huose`: did you mean `house`?" in wrong.stderr
    assert wrong.exit_code == 2


def test_other_labels(test: Run, folder: Path) -> None:
    """Levels, sources and numbers are measured as by `eval`; numbers do not say which hit is right."""
    (folder / "levels.jsonl").write_text(
        '{"text": "The pilots say so.", "label": "unverified"}\n{"text": "The crew says so.", "label": "asserted"}\n',
        "utf-8",
    )
    (folder / "numbers.jsonl").write_text('{"text": "The pilots say so.", "certainty": 2}\n', "utf-8")
    result = test("quay.fact", "levels.jsonl", "numbers.jsonl")
    assert "levels.jsonl (2 sentences: 2 hits of the tested rules, 1 right and 1 wrong)" in result.stdout
    assert "numbers.jsonl (1 sentence: 1 hit of the tested rules)" in result.stdout
    sets = json.loads(test("quay.fact", "numbers.jsonl", "--json").stdout)["sets"]
    assert (sets[0]["right"], sets[0]["wrong"]) == (None, None)


def test_rules_without_a_hit(test: Run, folder: Path) -> None:
    """Where no rule has a hit there is no table, and all of them are named."""
    (folder / "none.jsonl").write_text('{"text": "It rained.", "label": "certain"}\n', "utf-8")
    result = test("quay.fact", "none.jsonl")
    assert "0 hits of the tested rules, 0 right and 0\nwrong)\n  no hit: quay/insider, quay/wall\n" in result.stdout


def test_figures_are_those_of_eval(test: Run, run: Run) -> None:
    """The same rules on the same sentences have the same figures there."""
    (ours,) = json.loads(test("quay.fact", "gold.jsonl", "--json").stdout)["sets"]
    theirs = run("eval", "gold.jsonl", "--rules", "quay.fact", "--no-builtin", "--signal", "quay", "--json")
    assert ours["rules"] == json.loads(theirs.stdout)["sets"][0]["rules"]
