"""`factcheck rules profile`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from factcheck.render import width
from factcheck_cli.rules import profile as rules_profile

Run = Callable[..., Result]
Golden = Callable[[str, str], None]

SLOW = """\
pack slow

rule far : possible
    "It goes far."
    match   the ...12 (quay | boat) ...12 could
    except  <word> may
    flag    "The old boat could sink."
    pass    "It sank."

amend house/chance
    except  it could
"""
WARNED = "factcheck: slow.fact: 1 warning; `factcheck rules check slow.fact --no-builtin` shows it\n"
TEXT = """\
The quay at Port Selby closed on Monday. Officials say it could sink before the winter.
The harbour master said the wall had held for a hundred years, and the boat would be moved.
"""


@pytest.fixture(autouse=True)
def rules(folder: Path) -> Path:
    """A folder with a slow rule, a text, and a long one."""
    (folder / "slow.fact").write_text(SLOW, "utf-8")
    (folder / "quay.txt").write_text(TEXT, "utf-8")
    (folder / "long.txt").write_text(TEXT * 80, "utf-8")
    return folder


@pytest.fixture
def profiled(run: Run) -> Run:
    """Return `profiled(*arguments)`: what `factcheck rules profile` says of the two rule files."""

    def invoke(*arguments: str, text: bytes | str | None = None) -> Result:
        return run("rules", "profile", "house.fact", "slow.fact", "--no-builtin", *arguments, text=text)

    return invoke


def test_page(profiled: Run, golden: Golden) -> None:
    """A table of the most costly patterns, and why they are slow; the same every time."""
    result = profiled("--on", "long.txt")
    assert (result.stderr, result.exit_code) == (WARNED, 0)
    golden("cli/profile.txt", result.stdout)
    assert profiled("--on", "long.txt").stdout == result.stdout
    few = profiled("--on", "long.txt", "--most", "2").stdout
    assert few.endswith("\n\n6 more; --most shows more\n")


def test_without_texts(profiled: Run) -> None:
    """The rules' own examples are read, and words as frequent as in news."""
    record = json.loads(profiled("--json").stdout)
    assert record["words"] > 50_000
    far = next(row for row in record["patterns"] if row["line"] == "slow.fact:5")
    assert far["hits"] >= 1
    assert profiled().stdout.startswith("8 patterns on examples and a made text: ")


def test_narrow_terminal(profiled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than there is room for."""
    monkeypatch.setattr("factcheck_cli.rules.profile.sys", _Terminal)
    monkeypatch.setenv("COLUMNS", "50")
    assert max(map(width, profiled("--on", "long.txt", "--color", "never").stdout.splitlines())) <= 50


class _Terminal:
    """What the module asks of the system, where it writes to a terminal."""

    class stdout:  # noqa: N801 - as it is called
        """A terminal."""

        @staticmethod
        def isatty() -> bool:
            """Whether it is one."""
            return True


def test_files_among_others(run: Run) -> None:
    """Patterns of the named files are shown, and what they cost among all that are loaded; amendments are theirs."""
    rows = json.loads(run("rules", "profile", "house.fact", "slow.fact", "--no-builtin", "--json").stdout)["patterns"]
    found = {row["line"]: row["rule"] for row in rows if row["line"].startswith("slow")}
    assert found == {"slow.fact:5": "slow/far", "slow.fact:6": "slow/far", "slow.fact:11": "house/chance"}
    page = run("rules", "profile", "slow.fact", "--on", "quay.txt").stdout
    assert "The 2 patterns of\nthese files: " in page
    assert "factcheck_rules" not in page


def test_folder_of_rules(run: Run, folder: Path) -> None:
    """A folder stands for the files in it."""
    (folder / "packs" / "more").mkdir(parents=True)
    (folder / "house.fact").rename(folder / "packs" / "more" / "house.fact")
    page = run("rules", "profile", "packs", "--no-builtin").stdout
    assert page.startswith("5 patterns on examples and a made text: ")
    assert "packs/more/house.fact:8" in page


def test_json(profiled: Run) -> None:
    """All figures of all patterns."""
    record = json.loads(profiled("--on", "long.txt", "--json").stdout)
    assert record["words"] == 38 * 80
    far = next(row for row in record["patterns"] if row["line"] == "slow.fact:5")
    assert (far["rule"], far["field"], far["pattern"]) == ("slow/far", "match", "the ...12 (quay | boat) ...12 could")
    assert far["starts"] == [{"word": "could", "places": 80}]
    assert far["reasons"][0]["why"] == "it ends with what is common: “could” (100% of its places)"
    assert sum(row["share"] for row in record["patterns"]) == pytest.approx(1, abs=1e-4)
    assert len(record["patterns"]) == 8
    assert len(json.loads(profiled("--json", "--most", "2").stdout)["patterns"]) == 2


def test_standard_input_and_rows(profiled: Run) -> None:
    """Texts come from wherever a scan takes them."""
    rows = '{"body": "It could sink."}\n'
    assert json.loads(profiled("--on", "-", "--json", text="It could sink.").stdout)["words"] == 4
    assert json.loads(profiled("--on", "-", "--json", "--text-field", "body", text=rows).stdout)["words"] == 4


def test_enough_is_enough(profiled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very much text as much is read as tells what patterns cost."""
    monkeypatch.setattr(rules_profile, "_ENOUGH", 20)
    result = profiled("--on", "quay.txt", "--on", "article.txt")
    assert result.stderr == (
        f"{WARNED}factcheck: --on: note: the first 73 words are enough to tell; the rest is not read\n"
    )
    assert "for 73 words and marks" in result.stdout


def test_cheap_patterns_need_no_reasons(run: Run, folder: Path) -> None:
    """Where none is slow that is said."""
    (folder / "quick.fact").write_text(
        'pack quick\nrule one : note\n    "One."\n    match zebra\n    flag "A zebra."\n    pass "A boat."\n', "utf-8"
    )
    page = run("rules", "profile", "quick.fact", "--no-builtin", "--on", "quay.txt").stdout
    assert page.startswith("1 pattern: 0 steps for 38 words and marks, 0.00 each. These are too few words to")
    page = run("rules", "profile", "quick.fact", "--no-builtin", "--on", "long.txt").stdout
    assert page.startswith("1 pattern: 0 steps for 3,040 words and marks, 0.00 each. None is slow.\n\n  pattern")


def test_wrong_rules(run: Run, folder: Path) -> None:
    """They are shown with their problems; status 2."""
    (folder / "bad.fact").write_text("pack bad\n\nrle x : note\n", "utf-8")
    result = run("rules", "profile", "bad.fact")
    assert "error[FC011]" in result.stderr
    assert (result.stdout, result.exit_code) == ("", 2)


def test_unreadable_texts(profiled: Run) -> None:
    """They are named, all others are measured; status 3."""
    result = profiled("--on", "gone.txt", "--on", "quay.txt")
    assert result.stderr == (
        f"{WARNED}factcheck: gone.txt: there is no such file or folder; check the path\n"
        "factcheck: 1 could not be read, 38 words measured\n"
    )
    assert result.exit_code == 3
    assert "8 patterns: " in result.stdout
    assert profiled("--on", "gone.txt").stdout == ""


def test_nothing_to_measure_on(profiled: Run, folder: Path) -> None:
    """A text without a word tells nothing."""
    (folder / "empty.txt").write_text(" \n", "utf-8")
    result = profiled("--on", "empty.txt")
    assert result.stderr.endswith("factcheck: there is no word to measure on; name other texts with --on\n")
    assert (result.stdout, result.exit_code) == ("", 2)
