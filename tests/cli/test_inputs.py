"""Inputs of every kind: what is read, what is not, and what is said about it."""

import codecs
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck_cli.inputs.decoding import decode
from factcheck_cli.log import Log

Run = Callable[..., Result]


def texts(result: Result) -> list[str]:
    """The sentences on standard output."""
    return [json.loads(line)["text"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"It sank.\0\0", "this is a binary file (it holds NUL characters); name a file of text, or save it as UTF-8"),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\x81",
            "this is a binary file (it holds NUL characters); name a file of text, or save it as UTF-8",
        ),
        (b"It sank \x81\x8d.", "this is neither UTF-8 nor Windows-1252 text; save it as UTF-8"),
        (codecs.BOM_UTF16_LE + b"abc", "this begins as UTF-16 does, but is not UTF-16 all through; save it as UTF-8"),
    ],
)
def test_what_is_no_text_is_named_and_passed_over(scan: Run, folder: Path, data: bytes, said: str) -> None:
    """A file that is no text is one line on standard error; the others are scanned, and the status is 3."""
    (folder / "odd.txt").write_bytes(data)
    result = scan("odd.txt", "article.txt", "--fail-at", "established")
    reached = "4 of 4 sentences are at or below established"
    assert [line for line in result.stderr.splitlines() if "article.txt:" not in line] == [
        f"factcheck: {line}" for line in (f"odd.txt: {said}", reached, "… and 1 more", "1 could not be read, 1 scanned")
    ]
    assert len(texts(result)) == 4
    assert result.exit_code == 3


def test_missing_file_is_named(scan: Run) -> None:
    """A path that does not exist is an input that cannot be read."""
    result = scan("nowhere.txt", "article.txt")
    assert "factcheck: nowhere.txt: there is no such file or folder; check the path\n" in result.stderr
    assert result.exit_code == 3
    assert len(texts(result)) == 4


def test_folder_without_text_is_named(scan: Run, folder: Path) -> None:
    """A folder that holds no article is an input that cannot be read."""
    (folder / "empty").mkdir()
    result = scan("empty")
    assert (
        "factcheck: empty: there is no article in this folder, by the names of its files; name the files themselves\n"
        in result.stderr
    )
    assert result.exit_code == 3


def test_files_left_out_of_a_folder_are_counted(scan: Run, folder: Path) -> None:
    """A folder stands for its articles, whatever the case of their suffix; others are a note, hidden ones nothing."""
    (folder / "a" / ".git").mkdir(parents=True)
    for name in (
        "one.txt",
        "TWO.TXT",
        "page.MD",
        "deep.jsonl",
        "b.csv",
        "c.csv",
        "README",
        ".hidden.txt",
        ".git/x.txt",
    ):
        (folder / "a" / name).write_text(f"It sank {name}.", "utf-8")
    result = scan("a")
    assert texts(result) == ["It sank TWO.TXT.", "It sank one.txt.", "It sank page.MD."]
    left_out = "4 files left out, no articles by their names (2 .csv, 1 without a suffix, 1 .jsonl)"
    assert result.stderr == f"factcheck: a: note: {left_out}; name them to scan them\n"
    assert result.exit_code == 0
    for number in range(6):
        (folder / "a" / f"x.{number}").touch()
    assert "(2 .csv, 1 without a suffix, 1 .0, 1 .1, 1 .2, 4 others)" in scan("a").stderr


def test_addresses_are_not_fetched(scan: Run) -> None:
    """Nothing is read from the net."""
    result = scan("https://example.org/a")
    assert "https://example.org/a: addresses are not fetched; save the page, and scan the file" in result.stderr
    assert result.exit_code == 3


def test_links_in_a_circle_end(scan: Run, folder: Path) -> None:
    """A folder that links to itself is walked once."""
    (folder / "a").mkdir()
    (folder / "a" / "one.txt").write_text("It sank.", "utf-8")
    (folder / "a" / "again").symlink_to(folder / "a", target_is_directory=True)
    assert texts(scan("a")) == ["It sank."]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied"), "this may not be read; check its permissions"),
        (FileNotFoundError(2, "No such file"), "there is no such file or folder; check the path"),
        (OSError(5, "Input/output error"), "this cannot be read: Input/output error"),
    ],
)
def test_reading_that_fails_is_named(scan: Run, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str) -> None:
    """A file that may not be read, vanishes or breaks while the scan runs does not end it."""
    read = Path.open

    def broken(path: Path, mode: str = "r", buffering: int = -1) -> IO[Any]:
        if path.name == "article.txt":
            raise error
        return read(path, mode, buffering)

    monkeypatch.setattr(Path, "open", broken)
    result = scan("article.txt")
    assert f"factcheck: article.txt: {said}\n" in result.stderr
    assert result.exit_code == 3


def test_folder_that_may_not_be_read_is_named(scan: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be looked into is named, once; what else is there is scanned."""
    for name in ("a", "b"):
        (folder / name).mkdir()
        (folder / name / "one.txt").write_text("It sank.", "utf-8")
    listed = os.scandir

    def refuse(path: str) -> object:
        if path == "a":
            raise PermissionError(13, "Permission denied", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    result = scan("a", "b")
    assert result.stderr.startswith("factcheck: a: this may not be read; check its permissions\nfactcheck: 1 could not")
    assert texts(result) == ["It sank."]
    assert result.exit_code == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_are_heeded(scan: Run, folder: Path, encoding: str) -> None:
    """A file that says how it is encoded is read so, without the mark and without a word."""
    (folder / "marked.txt").write_bytes("The café sank.".encode(encoding))
    result = scan("marked.txt")
    assert texts(result) == ["The café sank."]
    assert result.stderr == ""


TAKEN = "factcheck: -: where a field is named, standard input is taken for JSON lines, which this is not; "


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("body,id\nIt may sink.,a\nIt rose.,b\n", "--type csv makes each row of the table a text"),
        ('\ufeff"id";"body"\r\n1;"It may sink."\r\n', "--type csv makes each row of the table a text"),
        ("id\tbody\n1\tIt may sink.\n", "--type tsv makes each row of the table a text"),
        ("It may sink.\nIt rose.\n", "--type text reads it as prose, --type csv as a table"),
        ('[\n{"body": "It may sink."}\n]\n', "--type json reads it as JSON"),
    ],
)
def test_rows_on_standard_input_that_are_none(run: Run, scan: Run, folder: Path, text: str, remedy: str) -> None:
    """It is told once, with the option that says what it is, which then reads it."""
    said = f"{TAKEN}{remedy}\n"
    result = run("read", "-", "--text-field", "body", text=text)
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", said)
    for jobs in ("1", "2"):
        result = scan("-", "--text-field", "body", "--jobs", jobs, text=text)
        assert (result.exit_code, result.stderr) == (3, f"{said}factcheck: 1 could not be read, 0 scanned\n")
    told = remedy.split()[:2]
    assert "It may sink." in run("read", "-", "--text-field", "body", *told, text=text).stdout
    (folder / "factcheck.toml").write_text('text-field = "body"\n')
    assert run("read", text=text).stderr == said


def test_one_wrong_row_on_standard_input_is_one(scan: Run) -> None:
    """Where the others are JSON lines."""
    result = scan("-", "--text-field", "text", text='oops\n{"text": "It may sink."}\n')
    assert result.stderr.startswith("factcheck: -:1: this row is not JSON (")
    assert texts(result) == ["It may sink."]


def test_a_table_that_is_read_as_prose_is_noted(scan: Run, folder: Path) -> None:
    """Where its name does not say what it is, and its head has the column; prose with commas is prose."""
    table, note = "id,text\n1,It may sink.\n", "note: this is read as prose, but looks like a table; --type csv"
    (folder / "a.txt").write_text(table, "utf-8")
    assert note in scan("-", text=table).stderr
    assert f"factcheck: a.txt: {note} makes each row a text\n" == scan("a.txt").stderr
    assert scan("a.txt", "--type", "text").stderr == scan("-", "--type", "csv", text=table).stderr == ""
    for prose in ("text, and more\nIt may sink.\n", "A text, and more\nIt rose, and sank.\n", "text,id\n"):
        assert scan("-", text=prose).stderr == ""


def test_windows_1252_is_read_with_a_note(scan: Run, folder: Path) -> None:
    """What is not UTF-8 is read as Windows-1252, and said so unless `--quiet`."""
    (folder / "old.txt").write_bytes("The “café” sank.".encode("cp1252"))
    result = scan("old.txt")
    assert texts(result) == ["The “café” sank."]
    assert result.exit_code == 0
    assert result.stderr == (
        "factcheck: old.txt: note: this is not UTF-8, so it is read as Windows-1252; "
        "save it as UTF-8 if letters look wrong\n"
    )
    assert scan("old.txt", "--quiet").stderr == ""


@pytest.mark.parametrize("data", [b"", b" \n\t\n", codecs.BOM_UTF8])
def test_empty_file_is_noted(scan: Run, folder: Path, data: bytes) -> None:
    """A file without text is no failure, only worth a note."""
    for name in ("blank.txt", "blank.md", "blank.html"):
        (folder / name).write_bytes(data)
        result = scan(name)
        assert result.stderr == f"factcheck: {name}: note: there is no text in it\n"
        assert result.stdout == ""
        assert result.exit_code == 0


@given(st.binary())
def test_decoding_never_fails(data: bytes) -> None:
    """Any bytes are text without NUL characters, or no text and logged."""
    log = Log(quiet=True)
    text = decode(data, "any", log)
    assert log.failures == (text is None)
    assert text is None or "\0" not in text


@given(st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"])))
def test_utf8_is_read_as_it_is(text: str) -> None:
    """UTF-8 comes back character by character."""
    assert decode(text.encode(), "any", Log(quiet=True)) == text


# Rows ----------------------------------------------------------------------------------------------------------------


def test_rows_are_documents(scan: Run, folder: Path) -> None:
    """A row's `id` is its document's name; without one it is the file and the line. Empty lines are passed over."""
    rows = [{"id": "a", "text": "It sank."}, {"text": "It rose."}, {"id": 7, "text": "It could float."}]
    (folder / "rows.jsonl").write_bytes(codecs.BOM_UTF8 + "\n\n".join(map(json.dumps, rows)).encode())
    result = scan("rows.jsonl")
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == ["a", "rows.jsonl:3", "7"]
    assert result.exit_code == 0


def test_fields_of_rows_can_be_named(scan: Run, folder: Path) -> None:
    """`--text-field` and `--id-field` say where text and name are."""
    (folder / "rows.jsonl").write_text('{"url": "u", "body": "It sank."}', "utf-8")
    result = scan("rows.jsonl", "--text-field", "body", "--id-field", "url")
    assert json.loads(result.stdout)["doc"] == "u"


def test_rows_on_standard_input_need_a_field(scan: Run) -> None:
    """Standard input has no name that says what is in it: a field says so, or what looks like rows with a text does."""
    rows = '{"id": "a", "text": "It sank."}\n\n{"id": "b", "text": "It could sink."}\n'
    assert texts(scan("--text-field", "text", text=rows)) == ["It sank.", "It could sink."]
    assert texts(scan("-", "--id-field", "id", text=rows)) == ["It sank.", "It could sink."]
    told = scan(text=rows)
    assert texts(told) == ["It sank.", "It could sink."]
    assert "-: note: this is JSON lines, so each line is a text; --type text reads it as prose" in told.stderr
    noted = scan(text=rows.replace('"text"', '"body"')).stderr
    assert (
        "-: note: this is read as prose, but looks like JSON lines; --text-field NAME makes each line a text" in noted
    )
    assert texts(scan("--type", "text", text="{}\n")) == ["{}"]
    assert scan(text="{curly} words.\n").stderr == scan(text="It sank.").stderr == ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('{"text": "It sank."', "this row is not JSON (unexpected end of data, character 21); write one object a line"),
        ('["It sank."]', "this row is no JSON object; write one object a line"),
        ('{"body": "It sank."}', "this row has no `text`; it has `body`; --text-field names the field with the text"),
        ("{}", "this row has no `text`; --text-field names the field with the text"),
        ('{"text": 3}', "`text` of this row is no text; --text-field names another field"),
        ('{"text": "It sank.", "id": [1]}', "`id` is no text or number; --id-field names another field"),
    ],
)
def test_bad_row_is_named_by_its_line(scan: Run, folder: Path, row: str, said: str) -> None:
    """A row in the middle that is wrong is named; those around it are scanned, and the status is 3."""
    (folder / "rows.jsonl").write_text(f'{{"text": "First."}}\n{row}\n{{"text": "Last."}}\n', "utf-8")
    result = scan("rows.jsonl")
    assert f"factcheck: rows.jsonl:2: {said}\n" in result.stderr
    assert texts(result) == ["First.", "Last."]
    assert result.exit_code == 3


def test_row_that_is_not_utf8_is_named(scan: Run, folder: Path) -> None:
    """Bytes that are no UTF-8 spoil their own row only."""
    (folder / "rows.jsonl").write_bytes(b'{"text": "caf\xe9"}\n{"text": "Last."}\n')
    result = scan("rows.jsonl")
    assert (
        "factcheck: rows.jsonl:1: this row is not UTF-8 (byte 14 of it is 0xe9); save the file as UTF-8\n"
        in result.stderr
    )
    assert texts(result) == ["Last."]


def test_names_cannot_steer_the_terminal(scan: Run, folder: Path) -> None:
    """Control characters in a file's name are shown as signs."""
    (folder / "a\x1b[2Jb.txt").write_bytes(b"\0")
    assert "factcheck: a␛[2Jb.txt: " in scan("a\x1b[2Jb.txt").stderr


def test_rows_that_lack_the_same_are_told_once_and_counted(scan: Run, folder: Path) -> None:
    """A table of which the wrong field was named is no flood; another row, or another fault, is told again."""
    rows = ['{"body": "It sank."}'] * 8 + ["{"] + ['{"body": "It sank."}'] * 2
    (folder / "rows.jsonl").write_text("\n".join(rows), "utf-8")
    told = scan("rows.jsonl", "--text-field", "nope").stderr.splitlines()
    lacks = "this row has no `nope`; it has `body`; --text-field names the field with the text"
    assert told[:5] == [f"factcheck: rows.jsonl:{number}: {lacks}" for number in range(1, 6)]
    assert told[5] == (
        "factcheck: rows.jsonl:6: the same; more rows in succession of which it is to be told are only counted"
    )
    assert [line.split(": ")[1] for line in told[6:9]] == ["rows.jsonl:9", "rows.jsonl:10", "rows.jsonl:11"]
    assert told[9:] == ["factcheck: 11 could not be read, 0 scanned"]
