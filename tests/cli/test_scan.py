"""`factcheck scan`: what it prints, in which order, and with which exit status."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import Result

from factcheck.language.program import LADDER
from factcheck_cli.options import Level

Run = Callable[..., Result]


def unboxed(text: str) -> str:
    """A message without its box."""
    return " ".join(text.replace("│", " ").split())


def records(result: Result) -> list[dict[str, Any]]:
    """The JSON lines on standard output."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_jsonl_has_the_keys_of_the_contract(scan: Run) -> None:
    """Every line has the promised keys in order, and offsets into the text as read."""
    result = scan("article.txt")
    rows = records(result)
    keys = ["doc", "index", "start", "end", "text", "level", "confidence", "polarity", "signals", "source", "findings"]
    assert result.exit_code == 0
    assert [list(row) for row in rows] == [keys] * 4
    assert [row["level"] for row in rows] == ["asserted", "unverified", "attributed", "attributed"]
    assert {row["doc"] for row in rows} == {"article.txt"}
    assert rows[1]["source"] == {"text": "Officials", "start": 41, "end": 50, "kind": "anonymous"}
    assert {"hedge", "doubt", "weasel", "attribution", "booster", "forecast", "house"} <= rows[1]["signals"].keys()


def test_offsets_count_line_ends_as_written(scan: Run) -> None:
    """A carriage return is a character of the text like any other."""
    text = "It sank.\r\nIt could float.\r\n"
    (first, second) = records(scan("-", text=text.encode()))
    assert text[second["start"] : second["end"]] == second["text"] == "It could float."
    assert first["doc"] == "-"


def test_standard_input_is_read_without_a_path(scan: Run) -> None:
    """A text that is piped in needs no argument."""
    assert [row["level"] for row in records(scan(text="It could sink."))] == ["possible"]


def test_segment_lines_takes_each_line_as_a_sentence(scan: Run) -> None:
    """With `--segment lines`, `index` counts the lines that are not empty."""
    rows = records(scan("--segment", "lines", text="one two\n\nthree. Four\n"))
    assert [(row["index"], row["text"]) for row in rows] == [(0, "one two"), (1, "three. Four")]


def test_select_and_ignore_take_names_with_commas(scan: Run) -> None:
    """Packs, rules and tags may be selected or left out."""
    selected = records(scan("article.txt", "--select", "house/chance,sourcing"))
    ignored = records(scan("article.txt", "--ignore", "house/named,house/unnamed", "--ignore", "house/chance"))
    assert {f["rule"] for row in selected for f in row["findings"]} == {"house/chance", "house/unnamed"}
    assert not any(row["findings"] for row in ignored)


def test_unknown_selection_is_named(scan: Run) -> None:
    """A name that is not loaded is an error with a suggestion."""
    result = scan("article.txt", "--select", "house/chanse")
    assert result.exit_code == 2
    assert result.stderr == "factcheck: no pack, rule or tag is called `house/chanse`: did you mean `house/chance`?\n"


def test_at_most_prints_the_lower_levels_only(scan: Run) -> None:
    """`--at-most` hides what stands higher, and what claims nothing."""
    assert [row["level"] for row in records(scan("article.txt", "--at-most", "possible"))] == ["unverified"]


@pytest.mark.parametrize(("level", "status"), [("unverified", 1), ("established", 1), ("possible", 1)])
def test_fail_at_is_status_1_when_reached(scan: Run, level: str, status: int) -> None:
    """`--fail-at` prints all the same, and exits 1 when a sentence is at the level or below."""
    result = scan("article.txt", "--fail-at", level)
    assert result.exit_code == status
    assert len(records(result)) == 4


def test_fail_at_says_what_it_found(scan: Run) -> None:
    """Status 1 is never without a word, and names the first sentences, unless with `--quiet`."""
    said = "factcheck: 1 of 4 sentences is at or below possible\n"
    said += "factcheck: article.txt:1: unverified: Officials say it could sink before the winter.\n"
    assert scan("article.txt", "--fail-at", "possible").stderr == said
    assert scan("article.txt", "--fail-at", "possible", "--quiet").stderr == ""


def test_fail_at_is_status_0_when_not_reached(scan: Run) -> None:
    """A firm text fails at no low level."""
    assert scan("--fail-at", "possible", text="It sank.").exit_code == 0


def test_no_claim_never_reaches_fail_at(run: Run) -> None:
    """A sentence without a claim stands on no ladder."""
    result = run("scan", "--fail-at", "established", text="Who sank it?")
    assert [row["level"] for row in records(result)] == ["no-claim"]
    assert result.exit_code == 0


def test_levels_are_those_of_the_engine() -> None:
    """The levels of the options are the ladder, in its order."""
    assert get_args(Level) == tuple(level.value for level in LADDER)


def test_documents_come_in_the_order_given(scan: Run, folder: Path) -> None:
    """Paths keep their order, folders are read by name, and nothing is scanned twice."""
    for name in ("b/two.txt", "b/a/one.txt", "b/three.TXT", "b/not.log", "z.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("It sank.", "utf-8")
    rows = records(scan("z.txt", "b", "article.txt", "z.txt"))
    assert list(dict.fromkeys(row["doc"] for row in rows)) == [
        "z.txt",
        "b/a/one.txt",
        "b/three.TXT",
        "b/two.txt",
        "article.txt",
    ]


def test_rule_errors_stop_the_scan(scan: Run, folder: Path) -> None:
    """A wrong rule file is shown with its problems, and nothing is scanned."""
    (folder / "bad.fact").write_text('pack bad\n\nrule r : sure\n    "M."\n    match x\n    flag "X."\n', "utf-8")
    result = scan("article.txt", "--rules", "bad.fact", "-o", "out.jsonl")
    assert result.exit_code == 2
    assert "error[FC030]: unknown level `sure`\n --> bad.fact:3:10" in result.stderr
    assert result.stdout == ""
    assert not (folder / "out.jsonl").exists()


def test_rule_warnings_are_counted_unless_quiet(scan: Run, folder: Path) -> None:
    """Warnings on one's own rules are one line, which names the command that shows them; `--quiet` hides it."""
    (folder / "odd.fact").write_text(
        'pack odd\n\nrule r : note\n    "M."\n    match quay\n    flag "A quay."\n', "utf-8"
    )
    loud, quiet = scan("article.txt", "--rules", "odd.fact"), scan("article.txt", "--rules", "odd.fact", "--quiet")
    assert loud.exit_code == quiet.exit_code == 0
    command = "factcheck rules check odd.fact --no-builtin"
    assert loud.stderr == f"factcheck: odd.fact: 1 warning; `{command}` shows it\n"
    assert quiet.stderr == ""


def test_built_in_rules_give_no_warnings(run: Run) -> None:
    """Nobody is told about rules that are not theirs."""
    result = run("scan", "article.txt")
    assert result.exit_code == 0
    assert result.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--jobs", "-1"], "'--jobs' / '-j': This must be 0 or more."),
        (["--jobs", "many"], "'--jobs' / '-j': This must be a whole number."),
        (["--fail-at", "probably"], "'--fail-at': 'probably' is not one of"),
        (["--fail-at", "probably"], "Did you mean 'probable'?"),
        (["--format", "xml"], "'--format': 'xml' is not one of 'pretty', 'jsonl', 'json', 'csv',"),
        (["--nonsense"], "--nonsense"),
    ],
)
def test_wrong_usage_is_status_2(scan: Run, arguments: list[str], words: str) -> None:
    """An option that is not understood is named."""
    result = scan("article.txt", *arguments)
    assert result.exit_code == 2
    assert words in unboxed(result.stderr)
    assert "Value error" not in result.stderr


@pytest.mark.parametrize(
    ("argument", "words"),
    [
        ("article.txt", "Did you mean `factcheck scan article.txt`?"),
        ("house.fact", "Did you mean `factcheck rules check house.fact`?"),
        ("scam", "No such command 'scam'. Did you mean 'scan'?"),
        ("lint", "No such command 'lint'. Did you mean `factcheck rules lint`?"),
    ],
)
def test_file_in_the_place_of_a_command_is_understood(run: Run, argument: str, words: str) -> None:
    """Whoever leaves the command out is told which one takes the file."""
    result = run(argument)
    assert result.exit_code == 2
    assert words in unboxed(result.stderr)


def test_no_cache_keeps_nothing(scan: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled rules are kept for the next time, but not with `--no-cache`; the output is the same."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(folder / "cache"))
    without = scan("article.txt", "--no-cache").stdout
    assert not (folder / "cache").exists()
    assert [scan("article.txt").stdout for _ in range(2)] == [without, without]
    assert len(list((folder / "cache").iterdir())) == 1
