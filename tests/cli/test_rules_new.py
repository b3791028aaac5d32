"""`factcheck rules new`."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck.language.format import formatted
from factcheck.language.layout import RULE_FIELDS
from factcheck.load import load
from factcheck.span import Source
from factcheck_cli.rules.new import STARTER

Run = Callable[..., Result]


def test_a_starter_is_right_as_it_is(run: Run, folder: Path, golden: Callable[[str, str], None]) -> None:
    """It loads without a warning, alone and beside the built-in packs, and is in canonical form."""
    result = run("rules", "new", "water-desk")
    assert (result.stdout, result.stderr, result.exit_code) == (
        "water-desk.fact: written; `factcheck rules check water-desk.fact` checks it\n",
        "",
        0,
    )
    for options in ([], ["--no-builtin"]):
        check = run("rules", "check", "water-desk.fact", *options)
        assert (check.stdout, check.stderr) == ("1 pack, 2 lists, 2 rules, 7 examples: no problems\n", "")
    text = (folder / "water-desk.fact").read_text("utf-8")
    assert formatted(Source("water-desk.fact", text), []) == text
    assert "starter" not in text.lower()
    assert max(map(len, text.splitlines())) <= 100
    golden("cli/new.fact", text)


def test_what_it_shows_to_amend_is_right(folder: Path) -> None:
    """The amendment at its end loads when the marks before it are taken away."""
    text = re.sub(r"^# ?(?=amend|    except|    pass)", "", STARTER.read_text("utf-8"), flags=re.MULTILINE)
    (folder / "mine.fact").write_text(text, "utf-8")
    assert text.count("\namend ") == 1
    assert load([folder / "mine.fact"], cached=False).warnings == ()


def test_it_has_the_main_fields() -> None:
    """Whoever reads it has met what most rules are made of; the rest stands in the reference."""
    rare = {"unless", "signal", "severity", "polarity", "range"}
    text = STARTER.read_text("utf-8")
    assert [name for name in RULE_FIELDS if f"\n    {name:<7} " not in text] == [
        name for name in RULE_FIELDS if name in rare | {"message"}
    ]
    assert '\n    "' in text


def test_output_may_be_named(run: Run, folder: Path) -> None:
    """`-o` names the file, which its comments name, too; `-` is standard output."""
    (folder / "my packs").mkdir()
    result = run("rules", "new", "water", "-o", "my packs/desk.fact")
    assert result.stdout == (
        f"{Path('my packs/desk.fact')}: written; `factcheck rules check 'my packs/desk.fact'` checks it\n"
    )
    written = (folder / "my packs" / "desk.fact").read_text("utf-8")
    assert "#     factcheck rules check 'my packs/desk.fact' " in written
    assert '\npack water\n    title    "Water"\n' in written
    printed = run("rules", "new", "water", "-o", "-")
    assert printed.stdout.replace("water.fact", "'my packs/desk.fact'") == written
    assert not (folder / "water.fact").exists()


def test_nothing_is_written_over(run: Run, folder: Path) -> None:
    """A file that is there stays as it is, however it is named."""
    before = (folder / "house.fact").read_bytes()
    for arguments in (["house"], ["other", "-o", "house.fact"]):
        result = run("rules", "new", *arguments)
        assert result.stderr == (
            "factcheck: house.fact: this file is there already, and is left as it is; name another with -o\n"
        )
        assert (result.stdout, result.exit_code) == ("", 2)
    assert (folder / "house.fact").read_bytes() == before


NO_NAME = "is no name for a pack: it takes letters, digits, - and _, a letter first, at most 80"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2nd"], f"`2nd` {NO_NAME}"),
        (["a b"], f"`a b` {NO_NAME}: name it a-b"),
        (["a" * 81], f"`{'a' * 81}` {NO_NAME}"),
        (["desk.fact"], f"`desk.fact` {NO_NAME}; `factcheck rules new desk -o desk.fact` writes this file"),
        (["hedge"], "pack `hedge` comes with factcheck: name yours otherwise; to change that one, write `amend hedge/"),
        (["ipcc"], "pack `ipcc` comes with factcheck: name yours otherwise"),
        (["x", "-o", "x.txt"], "x.txt: rule files end in .fact: name it x.txt.fact, or it will not be loaded"),
        (["x", "-o", "gone/x.fact"], f"{Path('gone/x.fact')}: there is no folder gone to write to; make it first"),
    ],
)
def test_what_cannot_be_is_told(arguments: list[str], said: str, run: Run, folder: Path) -> None:
    """No name for a pack, and no place for its file: a message with the remedy, and nothing on the disk."""
    before = sorted(folder.iterdir())
    result = run("rules", "new", *arguments)
    assert result.stderr.startswith(f"factcheck: {said}")
    assert (result.stdout, result.exit_code) == ("", 2)
    assert sorted(folder.iterdir()) == before
