"""The formats for programs beside JSON lines: an array that is always whole, and a table that cannot bite."""

import codecs
import csv
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck_cli.formats.csv_table import guarded
from factcheck_cli.options import Format
from factcheck_cli.work.form import format_called

Run = Callable[..., Result]
Start = Callable[..., "subprocess.Popen[bytes]"]
PATIENCE = 60  # seconds
COLUMNS = ["doc", "index", "start", "end", "level", "confidence", "polarity"]
SIGNALS = ["hedge", "doubt", "weasel", "attribution", "booster", "forecast", "house"]


def table(data: str | bytes) -> list[dict[str, str]]:
    """The rows of CSV as a strict reader has them."""
    text = data if isinstance(data, str) else data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_formats_are_those_of_the_option() -> None:
    """Each value of `--format` has its module, and the other way round."""
    for name in get_args(Format):
        form = format_called(name)
        assert form.page or form.report or form.of_columns or form.of_parts or form.summed


# JSON ----------------------------------------------------------------------------------------------------------------


def test_json_is_an_array_of_what_the_lines_hold(scan: Run) -> None:
    """`--format json` is one value: the objects of the JSON lines, in their order, one a line."""
    (array, lines) = (scan("article.txt", "house.fact", "--format", name).stdout for name in ("json", "jsonl"))
    assert json.loads(array) == [json.loads(line) for line in lines.splitlines()]
    assert len(array.splitlines()) == len(lines.splitlines()) + 1


@pytest.mark.parametrize(
    ("arguments", "status"), [(["-"], 0), (["nowhere.txt"], 3), (["-", "--at-most", "unverified"], 0)]
)
def test_json_of_nothing_is_an_empty_array(scan: Run, arguments: list[str], status: int) -> None:
    """Without a document, without a sentence, or with none that is to be printed the array is there and empty."""
    result = scan(*arguments, "--format", "json", text="It sank." if "--at-most" in arguments else "")
    assert (result.stdout, result.exit_code) == ("[]\n", status)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_json_stays_whole_when_inputs_fail(start: Start, folder: Path, jobs: str) -> None:
    """Inputs that fail or that have no sentence, at both ends and between, leave no stray comma, in any process."""
    (folder / "blank.txt").touch()
    (folder / "bad.txt").write_bytes(b"\0\1")
    (folder / "rows.jsonl").write_text('{"text": "It sank."}\nno row\n{"text": ""}\n{"text": "It rose."}\n', "utf-8")
    names = ["blank.txt", "bad.txt", "rows.jsonl", "nowhere.txt", "article.txt", "blank.txt"]
    program = start(*names, "--format", "json", "--jobs", jobs, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    output, _ = program.communicate(timeout=PATIENCE)
    docs = list(dict.fromkeys(row["doc"] for row in json.loads(output)))
    assert docs == ["rows.jsonl:1", "rows.jsonl:4", "article.txt"]
    assert program.returncode == 3


# CSV -----------------------------------------------------------------------------------------------------------------


def test_csv_has_the_columns_of_the_contract(scan: Run) -> None:
    """A header, and for each sentence one row with the values of its JSON line."""
    rows = table(scan("article.txt", "--format", "csv").stdout)
    records = [json.loads(line) for line in scan("article.txt").stdout.splitlines()]
    after = ["source", "source_kind", "rules", "cues", "text", "place"]
    assert list(rows[0]) == [*COLUMNS, *(f"signal_{name}" for name in SIGNALS), *after]
    for row, record in zip(rows, records, strict=True):
        assert [row[name] for name in COLUMNS] == [str(record[name]) for name in COLUMNS]
        assert [float(row[f"signal_{name}"]) for name in SIGNALS] == list(record["signals"].values())
        assert row["text"] == record["text"].replace("\n", " ")
        assert len(row["text"]) == record["end"] - record["start"]
    assert {row["place"] for row in rows} == {""}
    assert rows[0]["source"] == rows[0]["source_kind"] == rows[0]["rules"] == rows[0]["cues"] == ""
    assert (rows[1]["source"], rows[1]["source_kind"]) == ("Officials", "anonymous")
    assert (rows[1]["rules"], rows[1]["cues"]) == ("house/unnamed house/chance", "Officials say | could")


def test_csv_of_no_claim_has_no_confidence(run: Run) -> None:
    """What is null in JSON is empty in a table."""
    (row,) = table(run("scan", "--format", "csv", text="Who sank it?").stdout)
    assert (row["level"], row["confidence"]) == ("no-claim", "")


def test_csv_is_what_rfc_4180_asks_for(scan: Run) -> None:
    """Lines end in CR LF; commas and quotation marks are within quotation marks, and the latter doubled."""
    output = scan("--format", "csv", text=b'The "quay", it sank.\r\nIt rose.').stdout_bytes
    assert output.count(b"\r\n") == output.count(b"\n") == 3
    assert b',"The ""quay"", it sank.",\r\n' in output
    assert len(table(output)) == 2


def test_csv_of_nothing_is_its_header(scan: Run) -> None:
    """Whoever reads the table finds its columns, even without a row."""
    assert scan("--format", "csv", text="").stdout.startswith("doc,index,start,")
    assert table(scan("--format", "csv", text="").stdout) == []


def test_csv_file_has_a_mark_and_a_pipe_has_none(scan: Run, folder: Path) -> None:
    """Excel reads a file as UTF-8 only with a byte order mark; in a pipe it would stick to the first column's name."""
    (folder / "cafe.txt").write_text("The “café” sank.", "utf-8")
    scan("cafe.txt", "-o", "out.csv")
    written = (folder / "out.csv").read_bytes()
    piped = scan("cafe.txt", "--format", "csv").stdout_bytes
    assert written == codecs.BOM_UTF8 + piped
    assert table(piped)[0]["text"] == "The “café” sank."


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+2 it sank.", "'=1+2 it sank."),
        ("+1 said no.", "'+1 said no."),
        ("-1 said no.", "'-1 said no."),
        ("@A1 said no.", "'@A1 said no."),
        ("＝1+2 sank.", "'＝1+2 sank."),  # noqa: RUF001 - a wide sign
        ("It sank;=1+2 it rose.", "It sank;'=1+2 it rose."),
        ("It sank - it rose.", "It sank - it rose."),
    ],
)
def test_csv_cells_are_no_formulas(scan: Run, text: str, cell: str) -> None:
    """What a spreadsheet would run gets a single quotation mark before it; JSON lines have it as it is."""
    assert [row["text"] for row in table(scan("--format", "csv", text=text).stdout)] == [cell]
    assert json.loads(scan(text=text).stdout)["text"] == text


def test_csv_names_are_no_formulas(scan: Run, folder: Path) -> None:
    """A document's name may come from a stranger, too; that of standard input is a sign alone, which is none."""
    (folder / "rows.jsonl").write_text(json.dumps({"id": "=cmd|'/C calc'!A0", "text": "It sank."}), "utf-8")
    assert table(scan("rows.jsonl", "--format", "csv").stdout)[0]["doc"] == "'=cmd|'/C calc'!A0"
    assert table(scan("--format", "csv", text="It sank.").stdout)[0]["doc"] == "-"


@given(st.text(st.sampled_from("=+-@\t\r\n ;'a")))
def test_no_cell_of_csv_begins_like_a_formula(text: str) -> None:
    """Neither a cell nor what a spreadsheet with other separators would take for one, unless it is a sign alone."""
    for part in guarded(text).replace("\n", ";").replace("\r", ";").split(";"):
        bare = part.lstrip()
        assert not (bare[:1] in {"=", "+", "-", "@"} and bare[1:])
        assert not part.startswith("\t")


# Which format --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "opening"),
    [
        (["-o", "out.csv"], b"\xef\xbb\xbfdoc,"),
        (["-o", "out.CSV"], b"\xef\xbb\xbfdoc,"),
        (["-o", "out.json"], b"[\n{"),
        (["-o", "out.jsonl"], b"{"),
        (["-o", "out.txt"], b"{"),
        (["-o", "out"], b"{"),
        (["-o", "out.csv", "--format", "json"], b"[\n{"),
        (["-o", "out.json", "--format", "pretty"], b"article.txt\n"),
    ],
)
def test_format_follows_the_name_of_the_file(scan: Run, folder: Path, arguments: list[str], opening: bytes) -> None:
    """What `--format` says holds; without it what the name of `-o` ends in, and JSON lines for any other name."""
    assert scan("article.txt", *arguments).exit_code == 0
    assert (folder / arguments[1]).read_bytes().startswith(opening)


def test_name_of_no_format_is_told(scan: Run) -> None:
    """A name that ends in something unknown gets JSON lines, and a note unless the format is given."""
    said = "factcheck: out.xyz: note: JSON lines are written, for .xyz says no format; --format chooses one\n"
    assert scan("article.txt", "-o", "out.xyz").stderr == said
    for arguments in (["out.xyz", "--format", "csv"], ["out.xyz", "--quiet"], ["out"], ["out.jsonl"]):
        assert scan("article.txt", "-o", *arguments).stderr == ""


def test_folder_of_a_report_without_a_slash(scan: Run, folder: Path) -> None:
    """Who names the folder that a report is in is told how to write it anew."""
    assert scan("article.txt", "-o", "report/").exit_code == 0
    result = scan("article.txt", "-o", "report")
    said = "this is a folder with a report; add / to write an HTML report into it, or name a file"
    assert (result.exit_code, result.stderr) == (2, f"factcheck: report: {said}\n")
    (folder / "report" / "index.html").write_text("<p>Mine.</p>", "utf-8")
    assert scan("article.txt", "-o", "report").stderr == "factcheck: report: this is a folder; name a file\n"


def test_name_of_another_format_is_refused(scan: Run, folder: Path) -> None:
    """Nobody who names a spreadsheet finds JSON lines in it; who says so gets them."""
    result = scan("article.txt", "-o", "out.xlsx")
    said = "give it a name in .csv, .html, .json, .jsonl, .md, .parquet or .sarif, or choose with --format"
    assert (result.exit_code, result.stderr) == (2, f"factcheck: out.xlsx: no .xlsx file is written; {said}\n")
    assert not (folder / "out.xlsx").exists()
    assert scan("article.txt", "-o", "out.xml", "--format", "jsonl").exit_code == 0
