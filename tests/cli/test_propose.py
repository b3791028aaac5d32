"""`factcheck rules propose`: another name of `weigh --propose`; exceptions for sentences that were marked wrongly."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "weigh.jsonl"
WRONG = """\
Guests may moor here overnight.
In the bay guests may swim.

The quay could not be seen from the mill.
The mill is old.
"""


@pytest.fixture
def propose(run: Run) -> Run:
    """Return `propose(*arguments)`: the command with the house rules alone."""

    def invoke(*arguments: str) -> Result:
        return run("rules", "propose", "--no-builtin", "--rules", "house.fact", *arguments)

    return invoke


@pytest.fixture(autouse=True)
def wrong(folder: Path) -> None:
    """`wrong.txt`: a sentence a line."""
    (folder / "wrong.txt").write_text(WRONG, "utf-8")


def test_another_name(run: Run, propose: Run, folder: Path) -> None:
    """It does what `weigh --propose` does."""
    shutil.copy(EXAMPLES, folder / "gold.jsonl")
    other = run("weigh", "--propose", "--no-builtin", "--rules", "house.fact", "gold.jsonl")
    assert propose("gold.jsonl").output == other.output
    assert "amend house/chance\n    except  could not\n" in other.stdout


def test_exceptions(propose: Run, run: Run, golden: Golden) -> None:
    """Sentences a line: a file that loads, silences what was wrong, and leaves what the rule must fire on."""
    result = propose("--false-alarms", "wrong.txt", "-o", "calmer.fact")
    assert result.stderr == "factcheck: 4 sentences with 3 wrong findings: 2 exceptions\n"
    golden("cli/propose-false-alarms.fact", Path("calmer.fact").read_text("utf-8"))
    rules = ["--no-builtin", "--rules", "house.fact", "--rules", "calmer.fact"]
    found = run("scan", "wrong.txt", *rules, "--format", "jsonl", "--segment", "lines").stdout
    assert [json.loads(line)["findings"] for line in found.splitlines()] == [[]] * 4
    assert propose("--false-alarms", "wrong.txt", "-o", "calmer.fact").exit_code == 0, "its own file may be replaced"


def test_right_sentences_are_kept(propose: Run, folder: Path) -> None:
    """A wording that stands in sentences that are labelled so is no exception; what is left is told."""
    rows = [{"text": text, "label": "uncertain"} for text in ("Guests may swim.", "In the bay guests may moor boats.")]
    (folder / "gold.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    result = propose("gold.jsonl", "--false-alarms", "wrong.txt")
    assert "silences 1 of 3 wrong and 0 of 3 right\namend house/chance\n    except  could not be\n" in result.stdout
    assert "except  guests may" not in result.stdout
    (folder / "wrong.txt").write_text("Guests may swim.\n", "utf-8")
    result = propose("gold.jsonl", "--false-alarms", "wrong.txt")
    assert result.stdout == ""
    assert "factcheck: house/chance: 1 finding stays: what stands beside it stands beside right ones" in result.stderr
    assert result.stderr.endswith("factcheck: nothing is proposed, so nothing is written\n")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("all.jsonl", '{"text": "Guests may swim."}\n'),
        ("some.jsonl", '{"text": "Guests may swim.", "label": "Wrong"}\n{"text": "It may sink.", "label": "right"}\n'),
        ("some.csv", "text,label\nGuests may swim.,certain\nIt may sink.,\n"),
    ],
)
def test_rows(propose: Run, folder: Path, name: str, text: str) -> None:
    """Of rows those count that are labelled wrong, or all where none has a label."""
    (folder / name).write_text(text, "utf-8")
    assert (
        propose("--false-alarms", name).stdout.partition("amend ")[2] == "house/chance\n    except  guests may swim\n"
    )


def test_what_an_exception_uncovers(run: Run, folder: Path) -> None:
    """Where a longer match hid another rule, that is looked at, too."""
    (folder / "two.fact").write_text(
        "pack two\n\n"
        'rule could : possible\n    "So?"\n    match   could\n    flag    "It could."\n    pass    "No."\n\n'
        'rule could-be : possible\n    "So?"\n    match   could be\n    flag    "It could be."\n    pass    "No."\n',
        "utf-8",
    )
    (folder / "wrong.txt").write_text("Guests could be seen.\n", "utf-8")
    result = run("rules", "propose", "--no-builtin", "--rules", "two.fact", "--false-alarms", "wrong.txt")
    assert result.stdout.count("# silences 1 of 1 wrong and 0 of ") == 2
    amended = [line for line in result.stdout.splitlines() if line.startswith(("amend", "    except"))]
    assert amended == [
        "amend two/could-be",
        "    except  guests could be seen",
        "amend two/could",
        "    except  could be seen",
    ]


def test_names_and_signals(propose: Run, folder: Path) -> None:
    """Names never become part of an exception; --signal takes the rules that raise it, and no others."""
    (folder / "wrong.txt").write_text("Ada Moss may, Ada said.\nOfficials say so.\n", "utf-8")
    result = propose("--false-alarms", "wrong.txt", "--signal", "hedge")
    assert "house/chance: 1 finding stays" in result.stderr
    assert result.stdout == ""
    assert "house/unnamed" in propose("--false-alarms", "wrong.txt").stdout


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        ("", "there is nothing to learn from; name a file of labelled sentences, or one of --false-alarms", 2),
        ("--false-alarms gone.txt", "gone.txt: there is no such file or folder; check the path", 2),
        ("--false-alarms .", ".: this is a folder; name its files of sentences", 2),
        ("--false-alarms wrong.txt -o house.fact", "this is to be read and -o would replace it", 2),
        ("--false-alarms wrong.txt -o wrong.txt", "this is to be read and -o would replace it", 2),
        ("--false-alarms wrong.txt --signal hegde", "no loaded pack shows a signal `hegde`: did you mean `hedge`?", 2),
        ("--false-alarms article.txt --signal house", "in 3 sentences no rule raises the signal house", 0),
    ],
)
def test_wrong_usage(propose: Run, folder: Path, arguments: str, said: str, status: int) -> None:
    """What is wrong, and what to do instead."""
    (folder / "article.txt").write_text("One.\nTwo.\nThree.\n", "utf-8")
    result = propose(*arguments.split())
    assert said in result.stderr
    assert result.exit_code == status


def test_only_with_propose(run: Run) -> None:
    """`weigh` alone learns weights."""
    result = run("weigh", "--false-alarms", "wrong.txt")
    assert result.stderr == "factcheck: --false-alarms is about proposed rules; add --propose\n"
