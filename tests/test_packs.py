"""Opt-in packs: loaded where they are asked for, and whoever forgot to ask is told how."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from factcheck import Scanner, SelectionError
from factcheck.load import RuleError, load, optional_sources
from factcheck.packs import how_to_load, optional_titles

ALL = "(there are icd203, ipcc, numbers)"
LIKELY = "The ferry is highly likely to sail."


def packs(wanted: Iterable[str], *, builtin: bool = True) -> list[str]:
    """The names of the packs that are loaded in their order."""
    return [pack.name for pack in load(packs=wanted, builtin=builtin).program.packs]


def rules(scanner: Scanner) -> list[str]:
    """The rules that find something in the sentence above."""
    (sentence,) = scanner.scan(LIKELY).sentences
    return [finding.rule for finding in sentence.findings]


def test_nothing_is_loaded_unasked() -> None:
    """Without asking there are the built-in packs, as ever."""
    assert set(packs([])).isdisjoint(optional_titles())
    assert rules(Scanner()) == ["hedge/very-likely"]


def test_packs_are_added() -> None:
    """One name needs no list around it; the findings of a pack stand beside the others."""
    assert rules(Scanner(packs="icd203")) == ["hedge/very-likely", "icd203/very-likely"]
    assert rules(Scanner(packs=["icd203"], builtin=False)) == ["icd203/very-likely"]
    assert rules(Scanner(packs=("icd203",), select=["icd203"])) == ["icd203/very-likely"]
    assert rules(Scanner(packs=("icd203",), ignore=["likelihood"])) == ["hedge/very-likely"]


def test_order_is_built_in_opt_in_own(tmp_path: Path) -> None:
    """Opt-in packs stand by name between the built-in ones and the user's, each once, however they were asked for."""
    own = tmp_path / "own.fact"
    own.write_text("pack own\n", "utf-8")
    found = [pack.name for pack in load([own], packs=["numbers", "icd203", "numbers"]).program.packs]
    assert found[-4:] == ["weasel", "icd203", "numbers", "own"]
    assert load(packs=["numbers", "icd203"]).sources == load(packs=["icd203", "numbers"]).sources


def test_a_file_of_the_user_amends_them(tmp_path: Path) -> None:
    """They are loaded before the user's files, so that these may change them."""
    own = tmp_path / "own.fact"
    own.write_text("disable icd203/very-likely\n", "utf-8")
    assert rules(Scanner([own], packs="icd203")) == ["hedge/very-likely"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("icd2003", f"no opt-in pack is called `icd2003`: did you mean `icd203`? {ALL}"),
        ("ICD203", f"no opt-in pack is called `ICD203`: did you mean `icd203`? {ALL}"),
        ("sports", f"no opt-in pack is called `sports`; a pack of your own is loaded with --rules {ALL}"),
        ("house.fact", f"no opt-in pack is called `house.fact`; a rule file is loaded with --rules {ALL}"),
        ("hedge", "`hedge` is no opt-in pack, but a built-in one, which is loaded anyway: leave it out"),
    ],
)
def test_unknown_names(name: str, said: str) -> None:
    """The message names the one that was meant, where that can be guessed, and those there are."""
    with pytest.raises(SelectionError) as caught:
        Scanner(packs=name)
    assert str(caught.value) == said
    with pytest.raises(SelectionError):
        optional_sources(["ipcc", name])


@pytest.mark.parametrize("name", ["icd203", "icd203/very-likely", "icd203/no-such-rule"])
def test_selecting_what_is_not_loaded(name: str) -> None:
    """Whoever selects or ignores an opt-in pack, or a rule of it, is told how to load it."""
    said = f"no pack, rule or tag is called `{name}`: `--pack icd203` loads the opt-in pack `icd203`"
    with pytest.raises(SelectionError) as caught:
        Scanner(select=name)
    assert str(caught.value) == said
    with pytest.raises(SelectionError) as caught:
        Scanner(ignore=["hedge", name])
    assert str(caught.value) == said


def test_selecting_a_rule_that_a_loaded_pack_has_not() -> None:
    """Loading the pack again would not help."""
    with pytest.raises(SelectionError, match="did you mean `icd203/very-likely`"):
        Scanner(packs="icd203", select="icd203/very-likly")
    assert how_to_load("icd203", {"icd203"}) == ""
    assert how_to_load("hedge", ()) == ""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("amend numbers/record\n    weight 0.3\n", "there is no `numbers/record` to amend"),
        ("disable numbers\n", "there is no `numbers` to disable"),
        ("amend list numbers.study + essay\n", "there is no list `numbers.study` to amend"),
    ],
)
def test_changes_of_what_is_not_loaded(text: str, place: str, tmp_path: Path) -> None:
    """They are warnings, as for any pack, and say how to load it."""
    path = tmp_path / "own.fact"
    path.write_text(text, "utf-8")
    (warning,) = load([path], builtin=False).warnings
    assert (warning.message, warning.help) == (place, "`--pack numbers` loads the opt-in pack `numbers`")
    assert load([path], packs=["numbers"], builtin=False).warnings == ()


@pytest.mark.parametrize(
    ("line", "code"),
    [("match {numbers.study} of", "FC027"), ("when with numbers", "FC027"), ("signal numbers 0.5", "FC037")],
)
def test_rules_that_name_what_is_not_loaded(line: str, code: str, tmp_path: Path) -> None:
    """They are errors, and say how to load it."""
    path = tmp_path / "own.fact"
    rule = 'rule r : note\n    "M."\n    match quay of\n    {}\n    flag "A quay of ours."\n    pass "A quay."\n'
    path.write_text(f"pack own\n\n{rule.format(line)}", "utf-8")
    with pytest.raises(RuleError) as caught:
        load([path], builtin=False)
    (problem,) = caught.value.diagnostics
    assert (problem.code, problem.help) == (code, "`--pack numbers` loads the opt-in pack `numbers`")


def test_programs_with_them_are_kept_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the cache holds for some packs is not taken for others."""
    monkeypatch.setenv("FACTCHECK_CACHE", str(tmp_path / "cache"))
    for names in ([], ["icd203"], ["icd203", "ipcc"]):
        first, second = (packs(names, builtin=False) for _ in range(2))
        assert first == second == names
    assert len(list((tmp_path / "cache").iterdir())) == 3
