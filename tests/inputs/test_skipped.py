"""What a scan passes over for good reason: languages that no pack is for, and what factcheck wrote itself."""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from factcheck_cli.commands import app
from factcheck_cli.inputs.readers.types import made_here
from made_articles import articles, made

GERMAN = (
    "Der Kai wurde am Montag geschlossen, weil die Mauer nach Angaben der Stadt einstürzen könnte. Die Fähre fährt "
    "vorerst nicht mehr. Man weiß noch nicht, wann die Taucher ihre Arbeit beenden werden, und so lange bleibt auch "
    "die alte Mühle am Fluss zu, sagte die Hafenmeisterin."
)
FRENCH = "Le conseil a fermé le quai lundi, et les bateaux de la ville sont restés au port pendant la nuit. " * 5
PACK = """pack vorsicht
    language de

rule koennte : possible
    "Nur eine Möglichkeit."
    match   könnte | könnten
    because "Was sein könnte, ist nicht behauptet."
    flag    "Die Mauer könnte einstürzen."
    pass    "Die Mauer stürzt ein."
"""
OTHER = """pack forsigtig
    language da

rule maaske : possible
    "Kun en mulighed."
    match   måske
    because "Det er kun en mulighed."
    flag    "Det sker måske."
    pass    "Det sker."
"""
AS_GERMAN = "skipped: this is German, and the rules are for English; --any-language scans it"


def run(*arguments: str, text: str | None = None) -> Result:
    """The program in this process."""
    return CliRunner().invoke(app, arguments, input=text, catch_exceptions=False)


def levels(result: Result) -> list[tuple[str, str]]:
    """Documents and levels of a table."""
    return [(row["doc"], row["level"]) for row in csv.DictReader(result.stdout.splitlines())]


@pytest.fixture(autouse=True)
def _texts(folder: Path) -> None:
    (folder / "de.txt").write_text(GERMAN, "utf-8")
    (folder / "fr.txt").write_text(FRENCH, "utf-8")
    (folder / "en.txt").write_text("It may sink.", "utf-8")
    (folder / "vorsicht.fact").write_text(PACK, "utf-8")
    (folder / "forsigtig.fact").write_text(OTHER, "utf-8")


# Languages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_pack_of_a_language_has_its_texts_scanned(jobs: str) -> None:
    """Its rules are asked; texts in others are skipped as before, and the reason names what the rules are for."""
    found = run("scan", "de.txt", "fr.txt", "en.txt", "--rules", "vorsicht.fact", "--format", "csv", "--jobs", jobs)
    assert levels(found)[0] == ("de.txt", "possible")
    assert {name for name, _ in levels(found)} == {"de.txt", "en.txt"}
    assert found.stderr.splitlines() == [
        "factcheck: fr.txt: skipped: this is French, and the rules are for English and German; --any-language scans it",
        "factcheck: 1 skipped, 2 scanned",
    ]
    assert found.exit_code == 0


def test_all_languages_of_the_rules_are_named() -> None:
    """Each once; without the built-in packs English is none of them, and yet never skipped."""
    rules = ("--rules", "vorsicht.fact", "--rules", "forsigtig.fact")
    said = "factcheck: fr.txt: skipped: this is French, and the rules are for"
    assert run("scan", "fr.txt", *rules).stderr == f"{said} English, Danish and German; --any-language scans it\n"
    alone = run("scan", "fr.txt", "en.txt", *rules, "--no-builtin", "--format", "csv")
    assert alone.stderr.startswith(f"{said} Danish and German; --any-language scans it\n")
    assert levels(alone) == [("en.txt", "asserted")]


def test_a_pack_that_is_left_out_has_no_say() -> None:
    """Of a selection only the packs with rules in it count."""
    rules = ("--rules", "vorsicht.fact")
    for choice in (("--ignore", "vorsicht"), ("--select", "hedge")):
        assert AS_GERMAN in run("scan", "de.txt", *rules, *choice).stderr
    assert run("scan", "de.txt", *rules, "--select", "vorsicht").stderr == ""


def test_other_commands_read_the_languages_of_their_rules() -> None:
    """A search, a comparison, a profile and a check on a corpus."""
    assert run("rules", "try", "Kai", "de.txt", "--rules", "vorsicht.fact", "--count").stdout.startswith("1 match ")
    assert "de.txt: skipped" in run("rules", "try", "Kai", "de.txt", "--count").stderr
    assert "de.txt" not in run("rules", "diff", "builtin", "vorsicht.fact", "--on", "de.txt").stderr
    assert "de.txt" not in run("rules", "profile", "vorsicht.fact", "--on", "de.txt").stderr
    assert "de.txt" not in run("rules", "lint", "vorsicht.fact", "--on", "de.txt").stderr


def test_a_sentence_that_a_scan_skips_is_explained_with_a_note(folder: Path) -> None:
    """Whoever asks gets an answer, and is told that a scan has none; where it has one there is nothing to tell."""
    said = "this is German, and the rules are for English: a scan skips it, unless --any-language is given"
    found = run("explain", "de.txt:1")
    assert found.stdout.startswith("de.txt:1: ")
    assert (found.stderr, found.exit_code) == (f"factcheck: de.txt: note: {said}\n", 0)
    assert run("explain", "de.txt:1", "--rules", "vorsicht.fact").stderr == ""
    assert run("explain", "en.txt:1").stderr == ""
    (folder / "factcheck.toml").write_text("any-language = true\n", "utf-8")
    assert run("explain", "de.txt:1").stderr == ""


# Summed up -----------------------------------------------------------------------------------------------------------


def test_what_was_skipped_is_summed_up() -> None:
    """On one line with what could not be read; of a single text it is not said twice, and quietly not at all."""
    result = run("scan", "de.txt", "fr.txt", "en.txt", "no.txt")
    assert result.stderr.splitlines()[-1] == "factcheck: 2 skipped, 1 could not be read, 1 scanned"
    assert result.exit_code == 3
    assert run("scan", "de.txt", "fr.txt").stderr.splitlines()[-1] == "factcheck: 2 skipped, 0 scanned"
    assert run("scan", "de.txt").stderr == f"factcheck: de.txt: {AS_GERMAN}\n"
    assert run("scan", "de.txt", "en.txt", "--quiet").stderr == ""


@pytest.mark.parametrize("name", ["kept.csv", "kept.html"])
def test_where_all_was_skipped_a_former_result_is_kept(folder: Path, name: str) -> None:
    """It is left as it was, or not written, and either is said."""
    assert run("scan", "en.txt", "-o", name).exit_code == 0
    before = (folder / name).read_bytes()
    for quiet in ((), ("--quiet",)):
        result = run("scan", "de.txt", "-o", name, *quiet)
        assert result.stderr.splitlines()[-1] == f"factcheck: nothing was scanned; {name} is left as it was"
        assert result.exit_code == 0
        assert (folder / name).read_bytes() == before
    failed = run("scan", "de.txt", "no.txt", "-o", name)
    assert failed.stderr.splitlines()[-1] == f"factcheck: nothing could be scanned; {name} is left as it was"
    assert failed.exit_code == 3
    assert (folder / name).read_bytes() == before
    assert "nothing was scanned; other.csv is not written" in run("scan", "de.txt", "-o", "other.csv").stderr
    assert not (folder / "other.csv").exists()
    assert not [one.name for one in folder.iterdir() if one.name.endswith(".part")]


# What factcheck wrote ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("r.html", "this is a report that factcheck wrote; --type html scans it"),
        ("r.md", "this is a summary that factcheck wrote; --type markdown scans it"),
        ("r.json", "these are results that factcheck wrote; --type json scans it"),
        ("r.sarif", "these are results that factcheck wrote; --type text scans it"),
        ("r.txt", "these are results that factcheck wrote; --type jsonl scans it"),
    ],
)
def test_what_factcheck_wrote_is_skipped(folder: Path, name: str, said: str) -> None:
    """By its content, from a file as from a pipe; --type overrules."""
    run("scan", "en.txt", "-o", name)
    assert run("scan", name).stderr == f"factcheck: {name}: skipped: {said}\n"
    text = (folder / name).read_text("utf-8-sig")
    assert run("scan", "-", text=text).stderr == f"factcheck: -: skipped: {said}\n"
    kind = said.partition("--type ")[2].partition(" ")[0]
    assert "skipped" not in run("scan", name, "--type", kind).stderr


def test_a_report_in_a_folder_is_replaced_each_time(folder: Path) -> None:
    """It is no article of the folder, so -o may name it; an article there may not be named."""
    desk = folder / "desk"
    desk.mkdir()
    (desk / "a.txt").write_text("It may sink.")
    for result in (run("scan", "desk", "-o", "desk/report.html"), run("scan", "desk", "-o", "desk/report.html")):
        assert result.exit_code == 0
    assert "factcheck: desk/report.html: skipped: this is a report that factcheck wrote" in result.stderr
    assert result.stderr.splitlines()[-1] == "factcheck: 1 skipped, 1 scanned"
    (desk / "b.html").write_bytes(made(articles()[0], "html"))
    refused = run("scan", "desk", "-o", "desk/b.html")
    said = "desk/b.html: this is to be scanned with what is in desk, and -o would replace it; give -o another name"
    assert refused.stderr == f"factcheck: {said}\n"
    assert refused.exit_code == 2


def test_results_are_not_taken_from_folders(folder: Path) -> None:
    """Tables, JSON and SARIF are left out by their names, and the note says so."""
    desk = folder / "desk"
    desk.mkdir()
    (desk / "a.txt").write_text("It may sink.")
    for name in ("r.json", "r.jsonl", "r.csv", "r.sarif", "r.parquet"):
        run("scan", "en.txt", "-o", f"desk/{name}")
    result = run("scan", "desk", "--format", "csv")
    assert {name for name, _ in levels(result)} == {"desk/a.txt"}
    assert "desk: note: 5 files left out, no articles by their names" in result.stderr


def test_an_article_about_reports_is_an_article() -> None:
    """The mark of a report counts in the head of a page alone; rows and objects of others are theirs."""
    assert made_here(b'Write <meta name="generator" content="factcheck 1"> there.') == ("", "")
    assert made_here(b'[{"doc": "a", "text": "It may sink."}]') == ("", "")
    assert made_here(b'[{"doc":"a","index":0,"start":0,"end":12,"text":"It') == ("these are results", "json")
