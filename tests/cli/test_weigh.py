"""`factcheck weigh`."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "weigh.jsonl"


@pytest.fixture(autouse=True)
def gold(folder: Path) -> Path:
    """`gold.jsonl`: sixty labelled sentences in three folds."""
    return Path(shutil.copy(EXAMPLES, folder / "gold.jsonl"))


@pytest.fixture
def weigh(run: Run) -> Run:
    """Return `weigh(*arguments)`: the command with the house rules alone."""

    def invoke(*arguments: str, text: str | None = None) -> Result:
        return run("weigh", "--no-builtin", "--rules", "house.fact", *arguments, text=text)

    return invoke


def rows(path: Path, *found: Mapping[str, object]) -> str:
    """Writes a file of rows, and gives its name."""
    path.write_text("".join(json.dumps(row) + "\n" for row in found), "utf-8")
    return path.name


def said(result: Result) -> str:
    """The last line on standard error."""
    return result.stderr.splitlines()[-1]


def test_file_and_summary(weigh: Run, golden: Golden) -> None:
    """A rule file is printed, and beside it what changes."""
    result = weigh("gold.jsonl")
    assert result.exit_code == 0
    golden("cli/weigh.fact", result.stdout)
    golden("cli/weigh.txt", result.stderr)


def test_proposals(weigh: Run, golden: Golden) -> None:
    """With --propose the file has exceptions and rules, too."""
    result = weigh("gold.jsonl", "--propose", "-q")
    assert (result.exit_code, result.stderr) == (0, "")
    golden("cli/weigh-propose.fact", result.stdout)


def test_file_is_loaded(weigh: Run, run: Run, folder: Path) -> None:
    """What -o writes is what would be printed, but for its name, and a scan with it has the weights."""
    printed = weigh("gold.jsonl").stdout
    result = weigh("gold.jsonl", "-o", "learnt.fact")
    assert result.stdout == ""
    written = (folder / "learnt.fact").read_text("utf-8")
    assert written.replace("learnt.fact", "THIS-FILE.fact").replace(" -o THIS-FILE.fact", "") == printed
    rules = ("--no-builtin", "--rules", "house.fact", "--rules", "learnt.fact")
    record = json.loads(run("scan", *rules, "-", text="It may.").stdout)
    assert record["signals"]["hedge"] == 0.67
    assert run("rules", "check", "--no-builtin", "house.fact", "learnt.fact").exit_code == 0


def test_quiet(weigh: Run) -> None:
    """No summary with -q."""
    assert weigh("gold.jsonl", "-q").stderr == ""


def test_builtin_packs(run: Run) -> None:
    """Without options the built-in packs are weighed."""
    result = run("weigh", "gold.jsonl")
    assert "amend hedge/could\n    weight  0.75            # was 0.55; 12 cases, 92% right\n" in result.stdout
    assert result.stderr.startswith("hedge: 60 sentences, 5 of 7 weights changed\n")


def test_standard_input(weigh: Run, gold: Path) -> None:
    """`-` is read as rows."""
    result = weigh("-", text=gold.read_text("utf-8"))
    assert "#   factcheck weigh - --rules house.fact --no-builtin\n" in result.stdout
    assert "#   -: 60 sentences\n" in result.stdout


def test_command_is_told(weigh: Run, folder: Path, gold: Path) -> None:
    """The head has the command that leads to the file; a name with a line break cannot get out of the comment."""
    gold.rename(folder / "my\ngold.jsonl")
    given = (
        "--signal",
        "hedge",
        "--strength",
        "3",
        "--keep-levels",
        "--least-cases",
        "2",
        "--without-fold",
        "1",
        "--propose",
        "--weak-signs",
    )
    result = weigh("my\ngold.jsonl", *given, "--with-examples", "-o", "learnt.fact")
    assert result.exit_code == 0
    lines = (folder / "learnt.fact").read_text("utf-8").splitlines()
    command = "#   factcheck weigh 'my␊gold.jsonl' --rules house.fact --no-builtin --signal hedge --strength 3"
    options = "--least-cases 2 --keep-levels --without-fold 1 --propose --weak-signs --with-examples -o learnt.fact"
    assert lines[2] == f"{command} {options}"
    assert lines[4] == "#   my␊gold.jsonl: 40 sentences, without fold 1"


def test_strength(weigh: Run) -> None:
    """The more cases a written weight is worth the less it moves."""
    assert "signal  hedge 0.67" in weigh("gold.jsonl", "--strength", "10").stdout
    assert "every weight stays" in weigh("gold.jsonl", "--strength", "500").stderr
    result = weigh("gold.jsonl", "--strength", "0")
    assert result.exit_code == 2
    assert "This must be 1 or more." in result.stderr


def test_least_cases(run: Run) -> None:
    """Rules with few cases keep their weights and are counted."""
    for least, kept in ((5, "1 rule with fewer than 5 cases keeps its weight"), (9, "5 rules with fewer than 9 cases")):
        result = run("weigh", "gold.jsonl", "--least-cases", str(least))
        assert f"\n  {kept}" in result.stderr
        assert all(int(cases) >= least for cases in re.findall(r"; (\d+) cases?, ", result.stdout))
    assert "fewer than" not in run("weigh", "gold.jsonl", "--least-cases", "1").stderr


def test_nothing_to_propose(weigh: Run, folder: Path) -> None:
    """That is said; a file with the weights is there all the same."""
    even = [{"text": f"Boat {n} may sink.", "label": "uncertain" if n % 2 else "certain"} for n in range(30)]
    result = weigh(rows(folder / "even.jsonl", *even), "--propose")
    assert said(result) == "nothing to propose: no wording is clearly more often right, or wrong, than others"
    assert "amend house/chance\n" in result.stdout


def test_proposed_rules_that_change_levels(weigh: Run, folder: Path) -> None:
    """The summary names them, the file has it in their comments."""
    house = (folder / "house.fact").read_text("utf-8").replace("pack house", "pack hedge")
    (folder / "house.fact").write_text(house.replace("signal  hedge 0.7", "weight 0.6"), "utf-8")
    result = weigh("gold.jsonl", "--propose")
    assert "  new, set a level      learnt/might 0.67, learnt/perhaps 0.69\n" in result.stderr
    assert "# no rule finds this: 6 cases, 100% right; from 0.5: it sets a level now\n" in result.stdout


def test_warnings_on_rules_are_told(weigh: Run, folder: Path) -> None:
    """As a scan tells them, but with -q."""
    (folder / "odd.fact").write_text(
        'pack odd\n\nrule r : note\n    "M."\n    match quay\n    flag "A quay."\n', "utf-8"
    )
    told = "factcheck: odd.fact: 1 warning; `factcheck rules check odd.fact --no-builtin` shows it"
    assert weigh("gold.jsonl", "--rules", "odd.fact").stderr.splitlines()[0] == told
    assert weigh("gold.jsonl", "--rules", "odd.fact", "-q").stderr == ""


def test_attribution(weigh: Run, folder: Path) -> None:
    """Labels attributed and none speak of attribution, whatever --signal says of the others."""
    spoken = [{"text": f"Ada Moss said boat {n} sank.", "label": "attributed"} for n in range(20)]
    silent = [{"text": f"Boat {n} sank.", "label": "none"} for n in range(20)]
    rows(folder / "voices.jsonl", *spoken, *silent)
    house = (folder / "house.fact").read_text("utf-8").replace("pack house", "pack attribution")
    (folder / "house.fact").write_text(house, "utf-8")
    result = weigh("voices.jsonl", "gold.jsonl")
    assert "amend attribution/named\n    weight  0.93            # was 0.8; 20 cases, 100% right\n" in result.stdout
    assert [line for line in result.stderr.splitlines() if "sentences, " in line] == [
        "attribution: 40 sentences, 1 of 1 weight changed",
        "hedge: 60 sentences, 1 of 1 weight changed",
    ]


def test_nothing_to_change(weigh: Run, folder: Path) -> None:
    """Then there is no file, for an empty one would not load; one that is there stays."""
    assert weigh("gold.jsonl", "-o", "learnt.fact").exit_code == 0
    learnt = (folder / "learnt.fact").read_text("utf-8")
    name = rows(folder / "calm.jsonl", {"text": "The quay sank.", "label": "certain"})
    result = weigh(name, "-o", "learnt.fact")
    assert result.exit_code == 0
    assert said(result) == "factcheck: every weight stays as it is, so nothing is written"
    assert (folder / "learnt.fact").read_text("utf-8") == learnt


def test_weights_that_lower_f1(weigh: Run, folder: Path) -> None:
    """When rules that set levels do so no more, the summary says what to do about it."""
    house = (
        (folder / "house.fact")
        .read_text("utf-8")
        .replace("pack house", "pack hedge")
        .replace("signal  hedge 0.7", "weight 0.6")
    )
    (folder / "house.fact").write_text(house, "utf-8")
    name = rows(
        folder / "half.jsonl",
        *({"text": f"Boat {n} may sink.", "label": "uncertain" if n % 5 < 2 else "certain"} for n in range(50)),
    )
    result = weigh(name)
    assert "  set no level any more hedge/chance 0.6 → 0.43\n" in result.stderr
    assert said(result) == "  F1 falls with the weights below 0.5; --keep-levels keeps them from crossing it"
    kept = weigh(name, "--keep-levels")
    assert "weight  0.50            # was 0.6; 50 cases, 40% right\n" in kept.stdout
    assert "keep-levels" not in kept.stderr


# Folds ---------------------------------------------------------------------------------------------------------------


def test_without_fold(weigh: Run) -> None:
    """The rows of the fold are left out."""
    result = weigh("gold.jsonl", "--without-fold", "1")
    assert "#   gold.jsonl: 40 sentences, without fold 1\n" in result.stdout


@pytest.mark.parametrize(
    ("fold", "message"),
    [
        (None, "no row of this file has a `fold`; leave --without-fold out"),
        (0, "no row of this file is of fold 1; there is 0"),
        (1, "all rows of this file are of fold 1, so nothing is left to learn from"),
    ],
)
def test_folds_that_do_not_fit(weigh: Run, folder: Path, fold: int | None, message: str) -> None:
    """A set without the fold, or with no other, is told and left out."""
    row = {"text": "It may sink.", "label": "uncertain"} | ({} if fold is None else {"fold": fold})
    result = weigh(rows(folder / "odd.jsonl", row), "gold.jsonl", "--without-fold", "1", "-q")
    assert (
        result.stderr == f"factcheck: odd.jsonl: {message}\nfactcheck: 1 could not be read, 40 sentences learnt from\n"
    )
    assert result.exit_code == 3


# What cannot be learnt from ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ({"label": "possible"}, "levels"),
        ({"certainty": 3.5}, "how certain sentences are"),
        ({"label": "uncertain", "sense": "ep", "verb": "may"}, "senses of single words"),
    ],
)
def test_sets_of_another_kind(weigh: Run, folder: Path, row: dict[str, object], what: str) -> None:
    """What else people label teaches no weights; the message says what does."""
    result = weigh(rows(folder / "other.jsonl", {"text": "It may sink.", **row}), "-o", "learnt.fact")
    remedy = "weights are learnt from sentences labelled uncertain or certain, attributed or none"
    assert result.stderr.splitlines()[0] == f"factcheck: other.jsonl: this file tells {what}; {remedy}"
    assert said(result) == "factcheck: 1 could not be read, 0 sentences learnt from"
    assert result.exit_code == 3
    assert not (folder / "learnt.fact").exists()


def test_a_file_that_is_not_there(weigh: Run) -> None:
    """It is named, and the others are learnt from."""
    result = weigh("gone.jsonl", "gold.jsonl", "-q")
    assert result.exit_code == 3
    assert result.stderr.startswith("factcheck: gone.jsonl: ")
    assert said(result) == "factcheck: 1 could not be read, 60 sentences learnt from"
    assert "amend house/chance" in result.stdout


def test_wrong_rows(weigh: Run, folder: Path) -> None:
    """Each is named with its line."""
    name = rows(
        folder / "rows.jsonl", {"text": "It may sink.", "label": "uncertain"}, {"text": "So.", "label": "unsure"}
    )
    result = weigh(name)
    assert result.exit_code == 3
    assert result.stderr.startswith("factcheck: rows.jsonl:2: `unsure` is no label: ")


def test_a_row_that_is_no_sentence(weigh: Run, folder: Path) -> None:
    """It is named and left out."""
    name = rows(folder / "odd.jsonl", {"id": "x1", "text": "\u200b", "label": "certain"})
    result = weigh(name)
    assert result.exit_code == 3
    assert "factcheck: odd.jsonl:1: the `text` of this row is empty; leave the row out\n" in result.stderr


# Wrong usage ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--with-examples",), "--with-examples is about proposed rules; add --propose"),
        (("--weak-signs",), "--weak-signs is about proposed rules; add --propose"),
        (("-o", "gold.jsonl"), "gold.jsonl: this is to be read and -o would replace it; give -o another name"),
        (("-o", "house.fact"), "house.fact: this is to be read and -o would replace it; give -o another name"),
        (("--signal", "hegde"), "no loaded pack shows a signal `hegde`: did you mean `hedge`?"),
        (("--signal", "weasel"), "no loaded rule raises the signal `weasel`; load the rules that do with --rules"),
        (("-o", "none/learnt.fact"), "none/learnt.fact: there is no folder none to write to; make it first"),
    ],
)
def test_wrong_usage(weigh: Run, folder: Path, arguments: tuple[str, ...], message: str) -> None:
    """What is wrong, and what to do instead; nothing is written over."""
    before = {path: path.read_bytes() for path in folder.iterdir()}
    result = weigh("gold.jsonl", *arguments)
    assert (said(result), result.exit_code) == (f"factcheck: {message}", 2)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_of_a_rules_folder_is_not_written_over(run: Run, folder: Path) -> None:
    """Nor by a link to it; a new file may be put there."""
    (folder / "rules").mkdir()
    (folder / "house.fact").rename(folder / "rules" / "house.fact")
    (folder / "link.fact").symlink_to("rules/house.fact")
    for name in ("rules/house.fact", "link.fact"):
        result = run("weigh", "gold.jsonl", "--no-builtin", "--rules", "rules", "-o", name)
        why = "this is to be read with what is in rules, and -o would replace it; give -o another name"
        assert (said(result), result.exit_code) == (f"factcheck: {name}: {why}", 2)
    assert run("weigh", "gold.jsonl", "--no-builtin", "--rules", "rules", "-o", "rules/new.fact").exit_code == 0


@pytest.mark.parametrize("text", ["# Mine.\n\ndisable hedge/may\n", "x"])
def test_a_file_that_it_has_not_written_is_not_written_over(weigh: Run, folder: Path, text: str) -> None:
    """What a person wrote stays; an empty file, and one of its own, may be replaced."""
    (folder / "mine.fact").write_text(text, "utf-8")
    result = weigh("gold.jsonl", "-o", "mine.fact")
    said_there = "mine.fact: weigh has not written this, and -o would replace it; give -o another name"
    assert (said(result), result.exit_code) == (f"factcheck: {said_there}", 2)
    assert (folder / "mine.fact").read_text("utf-8") == text
    (folder / "mine.fact").write_text("", "utf-8")
    assert [weigh("gold.jsonl", "-o", "mine.fact").exit_code for _ in range(2)] == [0, 0]


def test_a_wrong_rule_file(weigh: Run, folder: Path) -> None:
    """Its problems are shown, as a scan shows them."""
    (folder / "bad.fact").write_text("pack bad\nrule x : posible\n", "utf-8")
    result = weigh("gold.jsonl", "--rules", "bad.fact")
    assert result.exit_code == 2
    assert "error[FC030]: unknown level `posible`" in result.stderr


def test_without_scikit_learn(weigh: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command that installs it is named."""
    monkeypatch.setitem(sys.modules, "sklearn.linear_model", None)
    result = weigh("gold.jsonl", "--propose")
    install = "pip install 'factcheck-engine[learn]' installs it"
    assert (said(result), result.exit_code) == (f"factcheck: --propose: scikit-learn is missing; {install}", 2)
    assert weigh("gold.jsonl").exit_code == 0


def test_help(run: Run) -> None:
    """All that it does stands in its help; without a file it is asked for."""
    result = run("weigh", "--help")
    assert result.exit_code == 0
    for said_there in ("--without-fold", "--propose", "--keep-levels", "Exit status:", "-o learnt.fact"):
        assert said_there in result.stdout
    assert run("weigh").exit_code == 2
