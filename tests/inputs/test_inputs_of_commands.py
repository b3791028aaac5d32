"""Every command that takes texts reads all formats: it sees their marks, and tells places in their sources."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from factcheck_cli.commands import app
from made_articles import zipped

NOTE = """\
---
title: The quay
---
# Quay may close

Ada Voss *said* so.

> The ferry could
> **sink** soon.
"""
HEADS = """\
pack heads

rule head : possible
    "Possible, says a heading."
    match   may
    when    in heading
    flag    "Quay may close"
    pass    "It may close."
"""


def run(*arguments: str) -> Result:
    """The program in this process."""
    return CliRunner().invoke(app, arguments, catch_exceptions=False)


@pytest.fixture(autouse=True)
def note(folder: Path) -> None:
    """An article, a page and a letter that say the same, and a rule about headings."""
    (folder / "note.md").write_text(NOTE, "utf-8")
    (folder / "heads.fact").write_text(HEADS, "utf-8")
    (folder / "page.html").write_text("<html><body>\n<h1>Quay may close</h1>\n</body></html>", "utf-8")


def test_try() -> None:
    """Where a match stands is a line of the source, and in JSON its place."""
    assert run("rules", "try", "may close", "note.md").stdout.startswith("note.md:4:\n")
    (one,) = map(json.loads, run("rules", "try", "sink", "note.md", "--json").stdout.splitlines())
    assert one["place"]["line"] == 8
    assert one["matches"][0]["place"] == {"line": 9, "column": 5, "end_line": 9, "end_column": 9}
    near = run("rules", "try", "could drown", "note.md").stdout
    assert "in line 8 of note.md it" in near


def test_try_as_another_type() -> None:
    """`--type` and `--whole-page` are those of a scan."""
    assert run("rules", "try", "title", "note.md", "--type", "text", "--count").stdout.startswith("1 match")
    assert run("rules", "try", "title", "note.md", "--count").stdout.startswith("no match")
    assert run("rules", "try", "may", "page.html", "--whole-page", "--count").stdout.startswith("1 match")


def test_why() -> None:
    """A rule is followed on a line of the source, and sees that it is a heading."""
    out = run("rules", "why", "note.md:4", "--rule", "heads/head", "--rules", "heads.fact", "--no-builtin").stdout
    assert out.startswith("note.md:4: possible")
    assert "“may” stands in a heading" in out
    (one,) = map(json.loads, run("explain", "note.md:8", "--rule", "hedge/could", "--json").stdout.splitlines())
    assert (one["line"], one["place"]["line"], one["hits"][0]["place"]["line"]) == (8, 8, 8)


def test_why_counts_paragraphs(folder: Path) -> None:
    """In a document without lines the numbers are those of its paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("Fine.", "Ada Voss met “it may sink”."))
    xml = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    (folder / "a.docx").write_bytes(zipped({"word/document.xml": xml.encode()}))
    assert run("rules", "why", "a.docx:2", "--rule", "hedge/may").stdout.startswith("a.docx:2: ")


@pytest.mark.parametrize("as_json", [True, False])
def test_diff(as_json: bool) -> None:  # noqa: FBT001 - as pytest gives it
    """A change stands on a line of the source; marks count on both sides."""
    options = ["--json"] if as_json else []
    out = run("rules", "diff", "heads.fact", "builtin", "--on", "note.md", *options).stdout
    if as_json:
        places = [one["place"]["line"] for one in json.loads(out)["changes"]]
        assert places == [4]
    else:
        assert "note.md:4: " in out


def test_profile() -> None:
    """The words are those of the article, without its markup."""
    told = {
        name: json.loads(run("rules", "profile", "heads.fact", "--no-builtin", "--on", name, "--json").stdout)
        for name in ("note.md", "page.html")
    }
    assert told["page.html"]["words"] == 3
    assert told["note.md"]["words"] == 14


def test_lint() -> None:
    """A rule about headings fires in an article that has one, and never in plain text."""
    silent = "FC115"

    def lint(on: str) -> str:
        return run("rules", "lint", "heads.fact", "--no-builtin", "--on", on).stderr

    assert silent not in lint("note.md")
    Path("plain.txt").write_text("A quay.\n\nIt may close, and it may open.\n", "utf-8")
    assert silent in lint("plain.txt")
    refused = run("rules", "lint", "heads.fact", "--type", "html")
    said = "--type is about the texts of a corpus; name one with --on"
    assert (refused.exit_code, refused.stderr) == (2, f"factcheck: {said}\n")


def test_other_languages_are_passed_over(folder: Path) -> None:
    """As in a scan, unless they are asked for."""
    french = "Le conseil a fermé le quai lundi, et les bateaux de la ville sont restés au port pendant la nuit. " * 5
    (folder / "fr.txt").write_text(french, "utf-8")
    result = run("rules", "try", "quai", "fr.txt", "--count")
    assert "fr.txt: skipped: this is French" in result.stderr
    assert run("rules", "try", "quai", "fr.txt", "--count", "--any-language").stdout.startswith("5 matches")
