"""`factcheck rules list` and `factcheck rules show`."""

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck.load import load
from factcheck.measured import Measured, in_all, measured
from factcheck.packs import optional_files

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

AMEND = "amend house/unnamed\n    weight 0.8\n    level  possible\n\ndisable house/chance\n"


def listed(run: Run, *arguments: str) -> list[str]:
    """The rules that are listed."""
    result = run("rules", "list", "--json", *arguments)
    assert (result.stderr, result.exit_code) == ("", 0)
    return [record["rule"] for record in json.loads(result.stdout)]


def test_page(run: Run, golden: Golden) -> None:
    """A row a rule, in the order they are loaded, and how many there are."""
    golden("cli/list.txt", run("rules", "list", "--rules", "house.fact", "--no-builtin").stdout)


def test_built_in_rules(run: Run) -> None:
    """All of them; opt-in ones are there when their pack is asked for."""
    assert listed(run) == [rule.id for rule in load().program.rules]
    assert set(listed(run, "--pack", "ipcc,hedge")) == {
        rule.id for rule in load(packs=["ipcc"]).program.rules if rule.pack in ("ipcc", "hedge")
    }
    assert listed(run, "--pack", "ipcc", "--no-builtin", "--level", "possible") == ["ipcc/as-likely-as-not"]
    assert listed(run, "--pack", "core") == []


HOUSE = ["--rules", "house.fact", "--no-builtin"]


@pytest.mark.parametrize(
    ("filters", "rules"),
    [
        ([], ["unnamed", "chance", "named"]),
        (["--level", "possible"], ["chance"]),
        (["--level", "possible,unverified"], ["unnamed", "chance"]),
        (["--level", "possible", "--level", "unverified"], ["unnamed", "chance"]),
        (["--tag", "sourcing"], ["unnamed"]),
        (["--min-weight", "0.8"], ["unnamed", "chance", "named"]),
        (["--min-weight", "0.81"], ["unnamed"]),
        (["--max-weight", "0.8", "--level", "attributed"], ["named"]),
        (["--min-weight", "0.8", "--max-weight", "0.8"], ["chance", "named"]),
        (["--tag", "sourcing", "--max-weight", "0.5"], []),
        (["--pack", "house"], ["unnamed", "chance", "named"]),
    ],
)
def test_filters(filters: list[str], rules: list[str], run: Run) -> None:
    """Each holds for what is listed, and all of them at once."""
    assert listed(run, *HOUSE, *filters) == [f"house/{name}" for name in rules]


def test_nothing_like_that(run: Run) -> None:
    """That there is no such rule is an answer, and no mistake."""
    result = run("rules", "list", *HOUSE, "--max-weight", "0.1")
    assert (result.stdout, result.exit_code) == ("no rule is like that\n", 0)


def test_rules_are_listed_as_they_are_now(run: Run, folder: Path, golden: Golden) -> None:
    """Amendments count for what is shown and for what is asked for; what is switched off says so."""
    (folder / "mine.fact").write_text(AMEND, "utf-8")
    amended = [*HOUSE, "--rules", "mine.fact"]
    golden("cli/list-amended.txt", run("rules", "list", *amended).stdout)
    golden("cli/list-amended.json", run("rules", "list", *amended, "--json").stdout)
    assert listed(run, *amended, "--level", "possible", "--max-weight", "0.8") == ["house/unnamed", "house/chance"]


def test_what_was_measured(run: Run) -> None:
    """Of a built-in rule how often it fired on labelled sentences, and how often rightly; a dash where it never did."""
    records = {one["rule"]: one for one in json.loads(run("rules", "list", "--json").stdout)}
    for name, record in records.items():
        assert record["measured"] == [asdict(one) for one in measured(name)]
    rows = {row.split()[0]: row.split() for row in run("rules", "list").stdout.splitlines() if "/" in row}
    assert list(rows) == list(records), "names are shown in full"
    for name, row in rows.items():
        found = in_all(measured(name))
        assert row[-2:] == ([f"{found.hits:,}", f"{found.right / found.hits:.3f}"] if found else ["–", "–"])
    assert {"–"} < {row[-1] for row in rows.values()}


def test_counts_of_several_sets_are_added() -> None:
    """One share of all of them, in which a larger set counts for more."""
    found = in_all([Measured("news", 8, 7), Measured("letters", 2, 1)])
    assert found == Measured("all sets", 10, 8)
    assert found.precision == 0.8
    assert in_all([]) is None


def test_a_namesake_was_not_measured(run: Run, folder: Path) -> None:
    """A rule of one's own that is called as a built-in one is another rule."""
    text = (
        'pack hedge\n\nrule may : possible\n    "So?"\n    match   may\n    flag    "It may."\n    pass    "It is."\n'
    )
    (folder / "mine.fact").write_text(text, "utf-8")
    mine = ["--rules", "mine.fact", "--no-builtin"]
    assert json.loads(run("rules", "list", *mine, "--json").stdout)[0]["measured"] == []
    assert "cases" not in run("rules", "list", *mine).stdout
    assert "measured" not in run("rules", "show", "may", *mine).stdout
    assert "  measured " in run("rules", "show", "hedge/may").stdout


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (["--pack", "huose"], "no pack is called `huose`: did you mean `house`?"),
        (["--level", "posible"], "no level is called `posible`: did you mean `possible`?"),
        (["--tag", "x"], "no tag is called `x`: it is one of `sourcing`"),
        (["--min-weight", "3"], "--min-weight 3: a weight is a number from 0 to 1"),
        (["--max-weight", "-0.1"], "--max-weight -0.1: a weight is a number from 0 to 1"),
        (["--min-weight", "nan"], "--min-weight nan: a weight is a number from 0 to 1"),
        (
            ["--min-weight", "0.9", "--max-weight", "0.5"],
            "--min-weight 0.9 is more than --max-weight 0.5: no rule has such a weight",
        ),
    ],
)
def test_what_is_not_there_is_told(filters: list[str], said: str, run: Run) -> None:
    """Nothing that nobody has is looked for: the nearest name, or those there are."""
    result = run("rules", "list", *HOUSE, *filters)
    assert (result.stdout, result.stderr, result.exit_code) == ("", f"factcheck: {said}\n", 2)


def test_a_weight_is_a_number(run: Run) -> None:
    """A word is none."""
    assert "This must be a number." in run("rules", "list", "--min-weight", "much").stderr


def test_wrong_rule_files_are_told(run: Run, folder: Path) -> None:
    """As by every other command."""
    (folder / "bad.fact").write_text("rle x\n", "utf-8")
    for command in (["list"], ["show", "named"]):
        result = run("rules", *command, "--rules", "bad.fact")
        assert "error[FC011]" in result.stderr
        assert (result.stdout, result.exit_code) == ("", 2)


# Cards ----------------------------------------------------------------------------------------------------------------


def test_a_card_has_two_names(run: Run) -> None:
    """What `rules show` shows of a rule is what `explain` explains."""
    for name in ("named", "house/chance"):
        explained = run("explain", name, *HOUSE)
        shown = run("rules", "show", name, *HOUSE)
        assert (shown.stdout, shown.exit_code) == (explained.stdout, 0)
    opted = run("rules", "show", "ipcc/likely", "--pack", "ipcc")
    assert opted.stdout == run("explain", "ipcc/likely", "--pack", "ipcc").stdout


def test_several_cards(run: Run) -> None:
    """One below the other in the order asked for, each once."""
    cards = [run("rules", "show", name, *HOUSE).stdout for name in ("named", "chance")]
    assert run("rules", "show", "named", "house/chance", "house/named", *HOUSE).stdout == "\n".join(cards)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("namd", "there is no rule `namd`: did you mean `named`?"),
        (
            "house",
            "there is no rule `house`, but a pack; name one of its rules: house/unnamed, house/chance, house/named",
        ),
        ("ipcc/likely", "there is no rule `ipcc/likely`: `--pack ipcc` loads the opt-in pack `ipcc`"),
    ],
)
def test_a_card_that_is_not_there(name: str, said: str, run: Run) -> None:
    """Nothing is shown when one of several is wrong."""
    result = run("rules", "show", "named", name, *HOUSE)
    assert (result.stdout, result.stderr, result.exit_code) == ("", f"factcheck: {said}\n", 2)


def test_every_rule_has_a_card(run: Run) -> None:
    """The built-in ones, and the opt-in ones with them."""
    packs = ",".join(optional_files())
    rules = [rule.id for rule in load(packs=optional_files()).program.rules]
    shown = run("rules", "show", *rules, "--pack", packs).stdout
    assert all(f"\n{rule}: " in f"\n{shown}" for rule in rules)
