"""What people type who are new here: each slip is told with what to type instead."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]


def plain(text: str) -> str:
    """The text on one line, without the box that usage errors stand in."""
    return " ".join(re.sub(r"[╭╮╰╯│─]", " ", text).split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("check house.fact", "No such command 'check'. Did you mean `factcheck rules check`?"),
        ("new desk", "No such command 'new'. Did you mean `factcheck rules new`?"),
        (
            "rules list house.fact",
            "Got unexpected extra argument(s) (house.fact). A rule file stands behind --rules: `--rules house.fact`.",
        ),
        (
            "rules list house",
            "Got unexpected extra argument(s) (house). A pack stands behind --pack: `--pack house`.",
        ),
        ("rules list house/x", "extra argument(s) (house/x). `factcheck rules show house/x` shows a rule."),
        ("rules list note", "extra argument(s) (note). A level stands behind --level: `--level note`."),
        ("rules check", "Missing argument 'PATH'. For example: `factcheck rules check house.fact`."),
        ("explain", "Missing argument 'ARTICLE:LINE|RULE|CODE'. For example: `factcheck explain article.txt:12`."),
        (
            "rules show house.fact",
            "there is no rule `house.fact`, but a rule file is called so: add --rules house.fact, and name one of its",
        ),
        ("rules list --pack house", "`verification`, `weasel`; --rules adds the file of another"),
        ("scan article.txt --pack house", "`house`; a pack of your own is loaded with --rules (there are icd203,"),
        (
            "rules try the quay is closed article.txt",
            "a pattern of several words is quoted: factcheck rules try 'the quay is closed' article.txt",
        ),
        ("rules try the gone.txt article.txt", "gone.txt: there is no such file or folder"),
        ("scan article.txt --since main --since HEAD", "--since is given twice; give it once."),
        ("scan article.txt --baseline a.jsonl --baseline=a.jsonl", "--baseline is given twice; give it once."),
        ("scan article.txt --at-most possible --at-most probable", "--at-most is given twice; give it once."),
        ("scan article.txt -o a.csv --output=b.csv -ob.csv", "--output is given 3 times; give it once."),
        ("scan article.txt --color never --color always", "--color is given twice; give it once."),
        ("stats article.txt --by month --by year", "--by is given twice; give it once."),
        ("config show --config a.toml --config b.toml", "--config is given twice; give it once."),
    ],
)
def test_slip(run: Run, arguments: str, said: str) -> None:
    """The message says what was meant."""
    result = run(*arguments.split())
    assert result.exit_code in {2, 3}
    assert said in plain(result.stderr)


def test_what_may_be_given_again(run: Run) -> None:
    """Options of several values, and those that say the same however often they are given."""
    options = "--rules house.fact --select house --select sourcing,house --quiet -q --no-builtin --no-builtin"
    assert run("scan", "article.txt", *options.split()).exit_code == 0


@pytest.mark.parametrize(
    ("command", "text"), [("scan", "article.txt"), ("explain", "article.txt:1"), ("rules try quay", "article.txt")]
)
def test_a_rule_file_read_as_a_text(run: Run, command: str, text: str) -> None:
    """It is read, for it was named, and a note says what else it is good for."""
    note = "house.fact: note: this is a rule file, read here as a text; --rules house.fact loads it"
    wrong = run(*command.split(), text.replace("article.txt", "house.fact"))
    assert note in plain(wrong.stderr)
    assert wrong.exit_code == 0
    assert "note" not in run(*command.split(), text).stderr


def test_empty_lines_at_the_ends_of_a_file(run: Run, folder: Path) -> None:
    """Of an empty line the nearest with words are named, on whichever side there are some."""
    (folder / "short.txt").write_text("\n\nThe quay sank.\n\n", "utf-8")
    for line in (1, 4):
        said = f"factcheck: short.txt: there is no sentence on line {line}, which is empty; name line 3\n"
        assert run("explain", f"short.txt:{line}").stderr == said
    (folder / "empty.txt").write_text("\n\n", "utf-8")
    assert "there is no" in run("explain", "empty.txt:1").stderr
