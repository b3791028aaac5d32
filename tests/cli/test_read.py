"""`factcheck read`: texts as a scan sees them, with places, kinds, and what was left out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from factcheck import Scanner
from factcheck_cli.inputs.reading import texts
from factcheck_cli.inputs.text import How, Part
from factcheck_cli.log import Minutes
from factcheck_cli.read.seen import seen
from made_articles import FORMATS, articles, made, pdf

Run = Callable[..., Result]

PAGE = """\
<html lang="en"><head><title>Quay may close</title><meta name="author" content="Ruth Abara"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Quay may close</h1>
<p>Officials say the <em>old quay</em> could sink before the winter. The council will meet on Monday to hear the divers
and the harbour master, who had asked for a wall of stone.</p>
<p>“We moved the boats,” said Ada Voss. <del>She <b>resigned</b>.</del> The ferries went on as they had, to the island
and back, and nobody was hurt on the pier or in the boats.</p>
<figure><img src="q.jpg"><figcaption>The quay on Monday</figcaption></figure>
<ul><li>The mill stays shut</li></ul>
</article>
<aside><p>Ten things to do in the harbour.</p></aside>
</body></html>
"""
GERMAN = "Der Kai wurde am Montag geschlossen, weil die Mauer nach Angaben der Stadt einstürzen könnte. " * 3


def rows(result: Result) -> list[dict[str, Any]]:
    """The lines of its output."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_page_and_what_was_left_out(run: Run, folder: Path, golden: Callable[[str, str], None]) -> None:
    """Its paragraphs with their lines and kinds, then what is not read, and why."""
    (folder / "page.html").write_text(PAGE, "utf-8")
    result = run("read", "page.html")
    assert (result.exit_code, result.stderr) == (0, "")
    golden("cli/read.txt", result.stdout)
    whole = run("read", "page.html", "--whole-page").stdout
    assert "whole-page" not in whole
    assert "Home News" in whole
    assert "Left out: struck out" in whole


def test_a_page_as_data(run: Run, folder: Path) -> None:
    """A paragraph a line, with offsets, kinds, sentences and place; what the source says of itself is in the first."""
    (folder / "page.html").write_text(PAGE, "utf-8")
    found = rows(run("read", "page.html", "--format", "jsonl"))
    first, second, *_ = found
    assert first["kinds"] == ["heading"]
    assert first["about"] == {"type": "html", "title": "Quay may close", "byline": "Ruth Abara", "language": "en"}
    assert (second["index"], second["kinds"], len(second["sentences"])) == (1, [], 2)
    assert (second["place"]["line"], second["place"]["element"]) == (4, "/html/body/article/p")
    kinds = [one["kinds"] for one in found if "kinds" in one]
    assert kinds == [["heading"], [], [], ["caption"], ["block"]]
    left = [one for one in found if "left_out" in one]
    assert [one["left_out"] for one in left] == ["Home News", "She resigned.", "Ten things to do in the harbour."]
    assert left[1]["place"] == {"line": 6, "column": 41}


def test_a_pdf_tells_what_stood_around_the_text(run: Run, folder: Path) -> None:
    """Running heads and page numbers, each with its page."""
    body = ["The quay closed on Monday.", "The council met in the evening.", "The ferry went on."]
    shown = [[(760, 11, "Port Selby Post"), (600, 11, words), (30, 11, str(n))] for n, words in enumerate(body, 1)]
    (folder / "a.pdf").write_bytes(pdf(shown))
    out = run("read", "a.pdf").stdout
    assert out.startswith("a.pdf: PDF, 3 paragraphs, 3 sentences\n")
    assert "\n  page 2  The council met in the evening.\n" in out
    left = out.partition("Left out: ")[2].splitlines()
    assert left[0] == "at the top or foot of the page, as on others, or the page's number"
    assert left[2:4] == ["  page 1  Port Selby Post", "  page 1  1"]


@pytest.mark.parametrize("form", FORMATS)
def test_sentences_are_those_of_a_scan(folder: Path, form: str) -> None:
    """Of every format the same paragraphs and sentences as are graded."""
    house = Scanner(rules=["house.fact"], builtin=False)
    for number, blocks in enumerate(articles()[:4]):
        path = folder / f"{number}.{form}"
        path.write_bytes(made(blocks, form))
        (text,) = texts(Part(str(path), path.name), How(left=True), Minutes())
        found = [(number, *span) for number, one in enumerate(seen(text, "auto")) for span in one.sentences]
        graded = house.scan(text.text, marks=text.marks).sentences
        assert found == [(one.paragraph, one.span.start, one.span.end) for one in graded]


def test_texts_rows_and_standard_input(run: Run, folder: Path) -> None:
    """Text that is no format has lines, rows have their names, and a heading is told by its looks."""
    (folder / "rows.jsonl").write_text('{"body": "It sank. It rose.", "id": "b"}\n{"body": "No."}\n', "utf-8")
    result = run("read", "rows.jsonl", "--text-field", "body")
    assert result.stdout == (
        "rows.jsonl: b: 1 paragraph, 2 sentences\n\n  line 1  It sank.\n          It rose.\n\n"
        "rows.jsonl:2: 1 paragraph, 1 sentence\n\n  line 1  No.\n"
    )
    piped = run("read", text="Quay may close\n\nIt sank\nin May.\n")
    assert piped.stdout == (
        "-: 2 paragraphs, 2 sentences\n\n  line 1  heading  Quay may close\n\n  line 3           It sank in May.\n"
    )
    assert (
        len(rows(run("read", "-", "--segment", "lines", "--format", "jsonl", text="a b.\nc d.\n"))[0]["sentences"]) == 2
    )
    assert run("read", text="").stdout == "-: 0 paragraphs, 0 sentences\n"


def test_the_configuration_holds(run: Run, folder: Path) -> None:
    """It is read as a scan would read it; one that is wrong is told."""
    (folder / "rows.jsonl").write_text('{"body": "It sank."}\n', "utf-8")
    (folder / "factcheck.toml").write_text('text-field = "body"\n', "utf-8")
    assert "It sank." in run("read", "rows.jsonl").stdout
    assert run("read", "rows.jsonl", "--no-config").exit_code == 3
    (folder / "factcheck.toml").write_text('text-feild = "body"\n', "utf-8")
    result = run("read", "rows.jsonl")
    said = "factcheck: factcheck.toml:1: there is no key `text-feild`: did you mean `text-field`?\n"
    assert (result.stderr, result.exit_code) == (said, 2)


def test_what_cannot_be_read_is_told(run: Run, folder: Path) -> None:
    """The others are shown; what a scan would skip for its language is shown with a note."""
    (folder / "de.txt").write_text(GERMAN, "utf-8")
    result = run("read", "gone.txt", "de.txt")
    assert result.exit_code == 3
    assert result.stdout.startswith("de.txt: 1 paragraph, 3 sentences\n")
    said = "a scan without rules for it skips it, unless --any-language is given"
    assert result.stderr.splitlines() == [
        "factcheck: gone.txt: there is no such file or folder; check the path",
        f"factcheck: de.txt: note: this is German: {said}",
    ]


def test_in_colour(run: Run) -> None:
    """Places stand back, names stand out."""
    out = run("read", "article.txt", "--color", "always").stdout
    assert out.startswith("\x1b[1marticle.txt:\x1b[0m 2 paragraphs, 4 sentences\n")
    assert "\x1b[2m  line 1  \x1b[0mThe quay at Port Selby closed on Monday.\n" in out
