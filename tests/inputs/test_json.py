"""JSON as input: arrays of objects, one object, and what is refused; places in tables of other formats."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from factcheck_cli.commands import app
from made_articles import articles, made, pdf

ROWS = [{"id": "one", "text": "Officials say it could sink."}, {"text": "It sank."}]


def run(*arguments: str, text: str | bytes | None = None) -> Result:
    """The program in this process."""
    return CliRunner().invoke(app, arguments, input=text, catch_exceptions=False)


def table(*arguments: str, text: str | bytes | None = None) -> list[dict[str, str]]:
    """The rows of a scan as CSV."""
    return list(csv.DictReader(run("scan", "--format", "csv", *arguments, text=text).stdout.splitlines()))


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_is_a_document_an_object(folder: Path, indent: int | None) -> None:
    """As JSON lines of the same objects are, written on one line or on many, named or told by the content."""
    (folder / "a.json").write_text(json.dumps(ROWS, indent=indent))
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, ROWS)))
    lines = run("scan", "a.json", "--format", "jsonl")
    assert lines.stdout == run("scan", "a.jsonl", "--format", "jsonl").stdout.replace("a.jsonl", "a.json")
    assert lines.stderr == ""
    assert [row["doc"] for row in table("-", text=json.dumps(ROWS, indent=indent))] == ["one", "'-:2"]


def test_fields_of_objects(folder: Path) -> None:
    """The options for rows name them; an object without text is told with what it has, and its number."""
    rows = [{"body": "It may sink.", "slug": 7}, {"headline": "Quay", "lead": "It sank."}, {"body": 3}, "text"]
    (folder / "a.json").write_text(json.dumps(rows))
    named = run("scan", "a.json", "--text-field", "body", "--id-field", "slug", "--format", "csv")
    assert [row["doc"] for row in csv.DictReader(named.stdout.splitlines())] == ["7"]
    remedy = "--text-field names the field with the text"
    assert named.stderr.splitlines() == [
        f"factcheck: a.json:2: this row has no `body`; it has `headline`, `lead`; {remedy}",
        "factcheck: a.json:3: `body` of this row is no text; --text-field names another field",
        "factcheck: a.json:4: this is no JSON object; an array is read that has one for each text",
        "factcheck: 3 could not be read, 1 scanned",
    ]
    assert named.exit_code == 3


def test_one_object_is_one_document(folder: Path) -> None:
    """Written over several lines; on one line it is a JSON line as ever, with the note."""
    (folder / "a.json").write_text(json.dumps({"headline": "Quay", "text": "It may sink."}, indent=1))
    assert [(row["doc"], row["level"]) for row in table("a.json")] == [("a.json:1", "possible")]
    (folder / "b.json").write_text('{"text": "It may sink."}\n{"text": "It sank."}\n')
    noted = run("scan", "b.json", "--format", "csv")
    assert noted.stdout.count("b.json:") == 2
    assert "b.json: note: this is JSON lines, so each line is a text" in noted.stderr


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b'["It may sink."]',
            'this is JSON, but no array of objects; write [{"text": "\u2026"}, \u2026], or read it as it is',
        ),
        (
            b'[{"text": "It may sink."},]',
            "this is not JSON (trailing comma is not allowed, line 1, column 26); mend it",
        ),
        (b'[{"text": "It may', "this is not JSON (unexpected end of data, line 1, column "),
        (b"[" * 100_000, "its lists and objects are nested too deeply; leave out all but the texts"),
        (b'[{"text": ' * 100_000, "its lists and objects are nested too deeply; leave out all but the texts"),
    ],
)
def test_other_json_is_refused(folder: Path, data: bytes, said: str) -> None:
    """With what is wrong with it, and a remedy."""
    (folder / "a.json").write_bytes(data)
    result = run("scan", "a.json")
    assert result.stderr.startswith(f"factcheck: a.json: {said}")
    assert result.exit_code == 3


def test_encodings_of_json(folder: Path) -> None:
    """Those that texts may be in; an empty array is noted, and prose with such a name is prose."""
    for name, codec in (("a.json", "utf-16"), ("b.json", "utf-8-sig"), ("c.json", "utf-8")):
        (folder / name).write_bytes(json.dumps([{"text": "Café may sink."}], ensure_ascii=False).encode(codec))
        assert [row["text"] for row in table(name)] == ["Café may sink."]
    (folder / "d.json").write_text("[]")
    assert run("scan", "d.json").stderr == "factcheck: d.json: note: there is no object in it\n"
    (folder / "e.json").write_text("It may sink.")
    assert [row["doc"] for row in table("e.json")] == ["e.json"]


def test_large_json_is_bounded(folder: Path) -> None:
    """What unfolds to more than the process that reads it may use is reported, and the next file is read."""
    said = "it is too large to be read as a whole; save it as JSON lines, which are read one by one"
    (folder / "a.json").write_bytes(b'[{"text": "It may sink."}' + b",{}" * 9_000_000 + b"]")
    (folder / "b.json").write_bytes(b'[{"text": "It may sink.", "a": [' + b"[]," * 2_400_000 + b"0]}]")
    (folder / "c.json").write_bytes(b'[{"text": "' + b"It may sink. " * 7_000_000 + b'"}]')
    (folder / "d.json").write_text(json.dumps(ROWS))
    result = run("scan", "a.json", "b.json", "c.json", "d.json", "--format", "csv")
    failed = [line for line in result.stderr.splitlines() if "json: " in line]
    assert failed == [f"factcheck: {name}: {said}" for name in ("a.json", "b.json", "c.json")]
    assert result.stdout.count("d.json:2") == 1


def test_what_is_just_not_too_large_is_read(folder: Path) -> None:
    """A million values fit the memory that there is, whatever they are; one of them is found wrong."""
    (folder / "a.json").write_bytes(b'[{"text": "It may sink.", "a": [' + b'{"a":{}},' * 330_000 + b"0]}]")
    (folder / "b.json").write_bytes(b'[{"text": "It may sink.", "a": [' + b'"abcd",' * 990_000 + b"0]}]")
    for name in ("a.json", "b.json"):
        assert [row["level"] for row in table(name)] == ["possible"]


def test_explain_takes_the_number_of_an_object(folder: Path) -> None:
    """As of a row, which is told with its file."""
    (folder / "a.json").write_text(json.dumps(ROWS))
    assert run("explain", "a.json:1").stdout.startswith("a.json: one:1: unverified, confidence 0.270\n")


def test_tables_tell_the_place_in_the_source(folder: Path) -> None:
    """Line, page, paragraph or chapter as people count; nothing of plain text, whose offsets suffice."""
    for form in ("md", "html", "docx", "odt", "epub", "eml", "txt"):
        (folder / f"a.{form}").write_bytes(made(articles()[0], form))
    (folder / "a.pdf").write_bytes(pdf([[(700, 12, "It may sink.")], [(700, 12, "It sank.")]]))
    places = {
        form: [row["place"] for row in table(f"a.{form}")] for form in ("md", "html", "docx", "odt", "epub", "pdf")
    }
    assert places["md"] == [f"line {n}" for n in (1, 3, 3, 5, 5, 7)]
    assert places["docx"] == places["odt"] == [f"paragraph {n}" for n in (1, 2, 2, 3, 3, 4)]
    assert places["epub"] == [f"chapter 1, paragraph {n}" for n in (1, 2, 2, 3, 3, 4)]
    assert places["pdf"] == ["page 1", "page 2"]
    assert places["html"][0].startswith("line ")
    assert {row["place"] for row in table("a.txt")} == {""}
