"""The same article in every format: the same sentences and levels, and what a format marks is known to rules."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from factcheck_cli.commands import app
from factcheck_cli.inputs.readers.cage import stop
from made_articles import FORMATS, Block, articles, write

PLACES = """\
pack places
rule heading : note
    "A heading."
    match   LETTERS
    when    in heading
    flag    "Quay closed"
rule caption : note
    "A caption."
    match   LETTERS
    when    in caption
    flag    "Quay closed"
""".replace("LETTERS", " | ".join(f"*{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"))
"""Rules that find any word in a heading or caption."""
Rows = list[dict[str, object]]


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    """The lines that a scan of all articles in all formats prints, by the names of the files."""
    folder = tmp_path_factory.mktemp("articles")
    write(folder)
    rules = tmp_path_factory.mktemp("rules") / "places.fact"
    rules.write_text(PLACES, "utf-8")
    result = CliRunner().invoke(app, ["scan", str(folder), "--rules", str(rules)], catch_exceptions=False)
    stop()
    found: dict[str, Rows] = {}
    for line in result.stdout.splitlines():
        row = json.loads(line)
        found.setdefault(Path(row["doc"]).name, []).append(row)
    return found


def levels(rows: Rows) -> list[tuple[str, object]]:
    """The sentences with their levels; line ends are those of the format."""
    return [(" ".join(str(row["text"]).split()), row["level"]) for row in rows]


def test_every_file_is_read(scanned: dict[str, Rows]) -> None:
    """Forty articles in nine formats are as many documents."""
    assert len(articles()) == 40
    assert len(scanned) == 40 * len(FORMATS)


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in {"txt", "pdf"}])
def test_formats_agree(scanned: dict[str, Rows], form: str) -> None:
    """Each sentence has the level that it has in plain text, whatever format the article comes in."""
    for number in range(1, 41):
        assert levels(scanned[f"{number:02}.{form}"]) == levels(scanned[f"{number:02}.txt"])


def test_pdf_knows_no_cells(scanned: dict[str, Rows]) -> None:
    """A PDF holds letters at places, and no table: the cells of a row, which stand in one line, are one sentence."""
    for number, blocks in enumerate(articles(), 1):
        plain, rows = levels(scanned[f"{number:02}.txt"]), [block for block in blocks if block.kind == "row"]
        found = levels(scanned[f"{number:02}.pdf"])
        joined = [" ".join(row.cells) for row in rows]
        cells = [cell for row in rows for cell in row.cells]
        texts = [text for text, _ in found]
        assert [one for one in plain if one[0] not in cells] == [one for one in found if one[0] not in joined]
        assert [text for text in texts if text in joined] == joined


def _marked(rows: Rows, rule: str) -> list[str]:
    return [
        " ".join(str(row["text"]).split())
        for row in rows
        if any(finding["rule"] == f"places/{rule}" for finding in row["findings"])  # type: ignore[attr-defined]
    ]


@pytest.mark.parametrize("form", ["md", "rst", "html", "docx", "odt", "epub"])
@pytest.mark.parametrize("kind", ["heading", "caption"])
def test_marks_are_known(scanned: dict[str, Rows], form: str, kind: str) -> None:
    """`in heading` and `in caption` hold in what the format marks so, and nowhere else."""
    for number, blocks in enumerate(articles(), 1):
        assert _marked(scanned[f"{number:02}.{form}"], kind) == texts(blocks, kind)


def test_large_letters_are_a_heading(scanned: dict[str, Rows]) -> None:
    """A PDF marks no headings: they are told by the height of their letters, and captions are not told at all."""
    for number, blocks in enumerate(articles(), 1):
        assert _marked(scanned[f"{number:02}.pdf"], "heading") == texts(blocks, "heading")
        assert not _marked(scanned[f"{number:02}.pdf"], "caption")


def texts(blocks: list[Block], kind: str) -> list[str]:
    """The blocks of a kind."""
    return [block.text for block in blocks if block.kind == kind]


def test_places_are_those_of_the_format(scanned: dict[str, Rows]) -> None:
    """Each sentence stands somewhere in its source: lines, a page, a paragraph; plain text has offsets alone."""
    lines = {"line", "column", "end_line", "end_column"}
    keys = {
        "txt": set(),
        "pdf": {"page"},
        "docx": {"paragraph"},
        "odt": {"paragraph"},
        "epub": {"chapter", "paragraph"},
        "html": lines | {"element"},
    }
    for name, rows in scanned.items():
        form = name.partition(".")[2]
        for row in rows:
            place = row.get("place", {})
            assert set(place) == keys.get(form, lines)  # type: ignore[call-overload]
