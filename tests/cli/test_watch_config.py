"""`scan --watch`: whatever texts are scanned by is seen when it changes, comes or goes, wherever it is."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from factcheck_cli.watch.looked import Looked

Run = Callable[..., Result]
Watching = Callable[..., Any]

CONFIG = "factcheck.toml"
HOUSE = 'rules = ["house.fact"]\n'
SCAN = ("scan", "--format", "csv")
STAY = "factcheck: the rules of before stay until these are mended\n"


def put(path: Path, text: str) -> None:
    """Writes the file at one stroke, in a folder that is made for it, so that nobody sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = Path("new.part")
    new.write_text(text, "utf-8")
    new.replace(path)


def changed(path: str) -> str:
    """What is said of a change."""
    return f"factcheck: {Path(path)} has changed\n"


@pytest.fixture
def desk(folder: Path) -> Path:
    """A folder with two articles, in a repository with a configuration of the house rules."""
    (folder / ".git").mkdir()
    put(folder / CONFIG, HOUSE)
    put(folder / "desk" / "one.txt", "It could sink. It sank.\n")
    put(folder / "desk" / "two.txt", "Officials say it sank.\n")
    return folder / "desk"


# Configurations ------------------------------------------------------------------------------------------------------


def test_what_is_extended(watching: Watching, folder: Path, desk: Path) -> None:
    """At any depth; mistakes in it are told with their line, what held before does so until they are mended."""
    put(folder / CONFIG, f'extends = "house/base.toml"\n{HOUSE}')
    put(folder / "house" / "base.toml", 'extends = ["deep/most.toml"]\n')
    put(folder / "house" / "deep" / "most.toml", 'at-most = "possible"\n')
    one = watching(*SCAN, "desk")
    assert "It sank.," not in one.page("It could sink.")
    put(folder / "house" / "deep" / "most.toml", 'at-most = "unverified"\n')
    page = one.page(changed("house/deep/most.toml"), "Officials")
    assert "could sink" not in page
    put(folder / "house" / "deep" / "most.toml", '\nat-mots = "possible"\n')
    page = one.page("house/deep/most.toml:2: there is no key `at-mots`: did you mean `at-most`?\n", STAY)
    assert "Officials" not in page
    put(desk / "two.txt", "Experts say it could sink.\n")
    assert "at-mots" not in one.page(changed("desk/two.txt"), "Experts")
    put(folder / "house" / "deep" / "most.toml", 'at-most = "possible"\n')
    one.page(changed("house/deep/most.toml"), "It could sink.", "Experts")
    put(folder / CONFIG, f'extends = "other.toml"\n{HOUSE}')
    one.page("factcheck.toml:1: `extends` names other.toml, and there is no such file", STAY)
    put(folder / "other.toml", 'at-most = "unverified"\n')
    assert "It could sink." not in one.page(changed("other.toml"), "Experts")
    assert one.interrupt() == 130
    assert "Traceback" not in one.printed


def test_one_that_is_wrong_at_first(watching: Watching, folder: Path, desk: Path) -> None:
    """Nothing is scanned until what it extends, and then the rules that it names, are there."""
    put(folder / CONFIG, 'extends = "base.toml"\nrules = ["quay.fact"]\n')
    one = watching(*SCAN, "desk/one.txt")
    one.page("`extends` names base.toml", "`rules` names quay.fact")
    put(folder / "base.toml", 'at-most = "possible"\n')
    one.page(changed("base.toml"), "`rules` names quay.fact")
    put(folder / "quay.fact", (folder / "house.fact").read_text("utf-8").replace("pack house", "pack quay"))
    one.page(changed("quay.fact"), "desk/one.txt,0,", "quay/chance")
    assert STAY not in one.printed
    assert desk.is_dir()


def test_one_that_comes_and_goes_above(watching: Watching, folder: Path, desk: Path) -> None:
    """Nearer than the one that held: it holds then; once it is gone the other one does."""
    put(desk / "late" / "three.txt", "It could sink. It sank.\n")
    one = watching(*SCAN, "desk/late/three.txt")
    one.page("It could sink.", "It sank.")
    put(desk / CONFIG, 'at-most = "possible"\nextends = "../factcheck.toml"\n')
    assert ",It sank." not in one.page(changed("desk/factcheck.toml"), "It could sink.")
    (desk / CONFIG).unlink()
    one.page(changed("desk/factcheck.toml"), "It could sink.", ",It sank.")
    (folder / CONFIG).unlink()
    assert "house/chance" not in one.page(changed(CONFIG), "It could sink.")
    put(folder / "pyproject.toml", '[tool.factcheck]\nrules = ["house.fact"]\n')
    one.page(changed("pyproject.toml"), "house/chance")


def test_one_that_comes_in_a_folder_below(watching: Watching, folder: Path, desk: Path) -> None:
    """It holds there, and what it extends and names is seen from then on; wrong ones change nothing yet."""
    put(desk / "wire" / "three.txt", "It could sink. It sank.\n")
    one = watching(*SCAN, "desk")
    one.page("desk/wire/three.txt,1,", "desk/one.txt,1,")
    put(desk / "wire" / CONFIG, 'extends = "../../wire.toml"\n')
    one.page(changed("desk/wire/factcheck.toml"), "desk/wire/factcheck.toml:1: `extends` names wire.toml", STAY)
    put(desk / "wire" / "three.txt", "It may sink. It sank.\n")
    assert "wire.toml" not in one.page("desk/wire/three.txt,1,", "It may sink.")
    put(folder / "wire.toml", f'{HOUSE}at-most = "possible"\n')
    page = one.page(changed("wire.toml"), "desk/one.txt,1,", "desk/wire/three.txt,0,")
    assert "desk/wire/three.txt,1," not in page
    put(folder / "wire.toml", HOUSE)
    one.page(changed("wire.toml"), "desk/one.txt,1,", "desk/wire/three.txt,1,")
    put(desk / "new" / CONFIG, 'extends = "../../factcheck.toml"\nat-most = "possible"\n')
    put(desk / "new" / "four.txt", "It could burn. It burnt.\n")
    assert "It burnt." not in one.page("desk/new/four.txt,0,")


def test_rules_that_a_configuration_names(watching: Watching, folder: Path, desk: Path) -> None:
    """Files, and folders, in which others come and go."""
    house = (folder / "house.fact").read_text("utf-8")
    put(folder / "rules" / "house.fact", house)
    put(folder / CONFIG, 'rules = ["rules"]\n')
    one = watching(*SCAN, "desk")
    one.page("house/chance")
    put(folder / "rules" / "more" / "quay.fact", house.replace("pack house", "pack quay"))
    one.page("quay/chance")
    put(folder / "rules" / "more" / "quay.fact", "rule\n")
    one.page(changed("rules/more/quay.fact"), "error[FC010]", STAY)
    (folder / "rules" / "more" / "quay.fact").unlink()
    assert "quay/" not in one.page("house/chance")
    put(folder / "rules" / "notes.txt", "No rules.")
    put(desk / "one.txt", "It may burn.\n")
    assert one.page("It may burn.").startswith(changed("desk/one.txt"))


def test_what_is_included(watching: Watching, folder: Path, desk: Path) -> None:
    """Tables of a folder, also those that come, as long as the configuration takes them in."""
    put(folder / CONFIG, f'include = ["*.jsonl"]\n{HOUSE}')
    put(desk / "wire.jsonl", '{"text": "It could sink."}\n')
    one = watching(*SCAN, "desk")
    assert "desk/wire.jsonl:1" in one.page("Officials")
    put(desk / "wire.jsonl", '{"text": "It could rise."}\n')
    assert "It could rise." in one.page(changed("desk/wire.jsonl"))
    put(desk / "late.jsonl", '{"text": "It may rise."}\n')
    assert "It may rise." in one.page(changed("desk/late.jsonl"))
    put(folder / CONFIG, HOUSE)
    assert "jsonl:1" not in one.page("Officials")
    assert one.interrupt() == 130


def test_the_configuration_for_all(watching: Watching, folder: Path, desk: Path) -> None:
    """With --config that one is seen, and no other; with --no-config none is."""
    put(folder / "ci.toml", f'{HOUSE}at-most = "possible"\n')
    one = watching(*SCAN, "desk/one.txt", "--config", "ci.toml")
    none = watching("scan", "--format", "concise", "desk/two.txt", "--no-config", "--rules", "house.fact")
    one.page("It could sink.")
    none.page("Officials")
    put(folder / CONFIG, "fial-at = 3\n")
    put(folder / "ci.toml", HOUSE)
    assert CONFIG not in one.page(changed("ci.toml"), "It sank.")
    put(desk / "two.txt", "Experts say it sank.\n")
    assert none.page("Experts").startswith(changed("desk/two.txt"))
    assert CONFIG not in none.printed + one.printed


# What is left out, suppressed, known ---------------------------------------------------------------------------------


def test_ignore_files(watching: Watching, folder: Path, desk: Path) -> None:
    """In the folder, below it and above, as far as the repository goes."""
    put(desk / "late" / "three.txt", "It could burn.\n")
    one = watching(*SCAN, "desk")
    one.page("desk/one.txt", "desk/two.txt", "desk/late/three.txt")
    put(desk / ".gitignore", "one.*\n")
    assert "desk/one.txt," not in one.page(changed("desk/.gitignore"), "desk/two.txt,", "desk/late/three.txt,")
    put(desk / "late" / ".factcheckignore", "*.txt\n")
    page = one.page(changed("desk/late/.factcheckignore"), "desk/two.txt,")
    assert "three.txt," not in page
    put(folder / ".gitignore", "two.txt\n")
    put(desk / "late" / ".factcheckignore", "other.txt\n")
    assert "two.txt," not in one.page("desk/late/three.txt,")
    put(folder / "house.fact", "rule\n")
    one.page(changed("house.fact"), STAY)
    (desk / ".gitignore").unlink()
    (folder / ".gitignore").unlink()
    one.page("desk/one.txt", "desk/two.txt", "desk/late/three.txt")


@pytest.mark.parametrize("path", ["desk", "desk/two.txt"])
def test_sidecars(watching: Watching, desk: Path, path: str) -> None:
    """One that comes, changes or goes has its article scanned again, and no other; a wrong one is told."""
    one = watching("scan", path, "--format", "concise")
    one.page("Officials")
    sidecar = desk / "two.txt.factcheck.toml"
    put(sidecar, '[[ignore]]\nrules = "all"\nsentence = "Officials say it sank."\nreason = "They are named below."\n')
    page = one.page(changed("desk/two.txt.factcheck.toml"), "1 suppressed")
    assert "Officials" not in page
    assert "one.txt" not in page
    put(sidecar, '[[ignore]]\nrules = "all"\nsentence = "Officials say it sank."\n')
    one.page("desk/two.txt.factcheck.toml:1: warning: ")
    sidecar.unlink()
    assert "gone" not in one.page(changed("desk/two.txt.factcheck.toml"), "Officials say")


@pytest.mark.parametrize("given", ["option", "configuration"])
def test_a_baseline_that_is_brought_up_to_date(
    watching: Watching, run: Run, folder: Path, desk: Path, given: str
) -> None:
    """The new one counts at once; a damaged one is told, and the next one that is right is taken."""
    made = folder / "known.jsonl"
    options = ["--baseline", "known.jsonl"]
    if given == "configuration":
        put(folder / CONFIG, f'{HOUSE}baseline = "known.jsonl"\n')
        options = []
    one = watching("scan", "desk", *options, "--format", "concise")
    one.page("there is no", "known.jsonl")
    assert run("baseline", "create", "desk", "-o", "known.jsonl", "--no-builtin").exit_code == 0
    one.page(changed("known.jsonl"), "2 known, 0 new")
    put(desk / "two.txt", "Officials say it sank.\n\nExperts say it burnt.\n")
    one.page("Experts say", "1 known, 1 new")
    assert run("baseline", "update", "--baseline", "known.jsonl", "--no-builtin", "--add").exit_code == 0
    assert "Experts" not in one.page(changed("known.jsonl"), "3 known, 0 new")
    right = made.read_text("utf-8")
    put(made, right.replace('"path"', '"pth"'))
    one.page("known.jsonl:2: this is no entry of a baseline")
    put(made, right)
    one.page(changed("known.jsonl"), "3 known, 0 new")


# Folders -------------------------------------------------------------------------------------------------------------


def test_a_folder_that_comes_with_all_that_is_in_it(watching: Watching, folder: Path, desk: Path) -> None:
    """Articles that were in it before it was there are scanned, hidden ones are not; of many a few are named."""
    for number in range(8):
        put(folder / "elsewhere" / "deep" / f"{number}.txt", f"It could sink {number} times.\n")
    put(folder / "elsewhere" / ".cache" / "a.txt", "It could sink.\n")
    one = watching(*SCAN, "desk")
    one.page("desk/one.txt")
    (folder / "elsewhere").rename(desk / "late")
    page = one.page("and 3 more have changed\n", "desk/late/deep/0.txt,0,", "desk/late/deep/7.txt,0,")
    assert "desk/late/deep/0.txt, desk/late/deep/1.txt" in page
    assert "desk/one.txt" not in page
    assert ".cache" not in page


# How files are looked at ---------------------------------------------------------------------------------------------


def test_only_what_has_changed_is_told(folder: Path) -> None:
    """Files that come, change and go; once, and only those that are asked for now."""
    names = ["a.toml", "b.toml"]
    looked = Looked(lambda: names)
    put(folder / "a.toml", "x = 1\n")
    looked.renew()
    assert looked.changed() == []
    put(folder / "b.toml", "x = 1\n")
    put(folder / "c.toml", "x = 1\n")
    assert _next(looked) == ["b.toml"]
    names.append("c.toml")
    looked.renew()
    assert _next(looked) == []
    (folder / "a.toml").unlink()
    put(folder / "c.toml", "x = 2, y = 3\n")
    looked.renew()
    assert _next(looked) == ["a.toml", "c.toml"]


def test_what_is_gone_for_a_moment_is_not_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that empties a file first, and then fills it as it was, or with something else: that is one change."""
    file = folder / "a.toml"
    put(file, "x = 1\n")
    looked = Looked(lambda: ["a.toml"])
    looked.renew()
    file.write_text("", "utf-8")
    sleep, times = time.sleep, iter(range(100))

    def fill(seconds: float) -> None:
        if next(times) == 1:
            file.write_text("x = 22\n", "utf-8")
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", fill)
    assert _next(looked) == ["a.toml"]
    assert looked.changed() == _next(looked) == []


def _next(looked: Looked) -> list[str]:
    """What is told once it looks again."""
    time.sleep(0.02)
    return looked.changed()
