"""Files of labelled sentences: JSON lines and tables of spreadsheets become sets, and what is wrong is told."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import Result

from factcheck.evaluate.gold import Cue, Gold, Kind
from factcheck_cli.formats.csv_table import guarded, unguarded
from factcheck_cli.log import Log
from factcheck_cli.measure.gold_file import GoldSet, read

Run = Callable[..., Result]
Read = Callable[..., list[GoldSet]]
Told = pytest.CaptureFixture[str]

ROW = b'{"text": "It may rain.", "label": "uncertain", "fold": 1}\n'


@pytest.fixture
def reading(folder: Path) -> Read:
    """Return `reading(name, data, fold=…)`: the sets of a file with these bytes."""

    def sets(name: str, data: bytes, fold: int | None = None) -> list[GoldSet]:
        (folder / name).write_bytes(data)
        return read([name], Log(), fold=fold)

    return sets


def only(sets: Iterable[GoldSet]) -> tuple[Gold, ...]:
    """The sentences of the one set."""
    (one,) = sets
    return one.sentences


# JSON lines -----------------------------------------------------------------------------------------------------------


def test_rows_of_json(reading: Read, capsys: Told) -> None:
    """A gold sentence a row; blank lines and a byte order mark are none. A row without an id has its place for one."""
    found = reading("a.jsonl", b"\xef\xbb\xbf" + ROW + b"\n" + ROW)
    assert found[0].name == "a.jsonl"
    assert [one.id for one in only(found)] == ["a.jsonl:1", "a.jsonl:3"]
    assert capsys.readouterr().err == ""


def test_a_file_is_read_once(folder: Path) -> None:
    """However often it is named."""
    (folder / "a.jsonl").write_bytes(ROW)
    assert len(read(["a.jsonl", "a.jsonl"], Log())) == 1


def test_fold(reading: Read, capsys: Told) -> None:
    """Only the rows of the fold are kept; a fold that is not there is told with those that are."""
    assert len(only(reading("a.jsonl", ROW + ROW.replace(b": 1", b": 2"), fold=2))) == 1
    assert reading("a.jsonl", ROW + ROW.replace(b": 1", b": 2"), fold=3) == []
    assert reading("b.jsonl", b'{"text": "A.", "label": "certain"}\n', fold=0) == []
    assert capsys.readouterr().err.splitlines() == [
        "factcheck: a.jsonl: no row of this file is of fold 3; there are 1, 2",
        "factcheck: b.jsonl: no row of this file has a `fold`; leave --fold out",
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", ["there is no row in it; write one sentence a row, with its `label`"]),
        (b"\n \n", ["there is no row in it; write one sentence a row, with its `label`"]),
        (b'{"text": "A.", "label": ""}', ["no row of this file has a label yet; label some"]),
        ("x".encode("utf-16"), ["this is UTF-16; save it as UTF-8, which JSON lines are in"]),
    ],
)
def test_files_without_a_label(reading: Read, capsys: Told, data: bytes, said: list[str]) -> None:
    """Such a file is named, and makes no set."""
    assert reading("a.jsonl", data) == []
    assert capsys.readouterr().err.splitlines() == [f"factcheck: a.jsonl: {one}" for one in said]


def test_a_file_of_something_else_is_told_in_few_lines(reading: Read, capsys: Told) -> None:
    """Where no row is right the first three are named, and how many others there are."""
    log_lines = reading("a.txt", b"It rained.\n" * 50)
    assert log_lines == []
    *rows, last = capsys.readouterr().err.splitlines()
    assert [row.split(" ")[1] for row in rows] == ["a.txt:1:", "a.txt:2:", "a.txt:3:"]
    assert last == "factcheck: a.txt: nor is there a labelled sentence in the other 47 rows"


def test_sets_of_sentence_ends_are_refused(reading: Read, capsys: Told) -> None:
    """No rule decides where sentences end, so these are not measured, and that is said."""
    assert reading("a.jsonl", b'{"text": "A. B.", "sentences": [[0, 2], [3, 5]]}\n') == []
    said = "this row marks where sentences end, which no rule changes; give one sentence and its `label`"
    assert capsys.readouterr().err == f"factcheck: a.jsonl:1: {said}\n"


@pytest.mark.parametrize("name", ["gone.jsonl", "gone.csv"])
def test_files_that_are_not_there(name: str, capsys: Told) -> None:
    """They are named with the remedy."""
    assert read([name], Log()) == []
    assert capsys.readouterr().err == f"factcheck: {name}: there is no such file or folder; check the path\n"


def test_folders_are_refused(capsys: Told) -> None:
    """A folder may hold anything."""
    assert read(["."], Log()) == []
    assert capsys.readouterr().err == "factcheck: .: this is a folder; name its files of labelled sentences\n"


# Tables ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables(reading: Read, capsys: Told, mark: str, encoding: str) -> None:
    """Whatever parts its cells and however a spreadsheet has saved it; an empty label is none, an empty row nothing."""
    rows = [
        ["Text", " Label", "CUES", "fold", "doc"],
        ['"It may rain, “soon”; or snow."', "uncertain", "may | or", "2", "a"],
        ["", "", "", "", ""],
        ["It rained.", "", "", "", "a"],
    ]
    data = "\r\n".join(mark.join(row) for row in rows).encode(encoding)
    first, second = only(reading("a.csv", data))
    assert (first.id, first.text, first.label, first.fold) == (
        "a.csv:2",
        "It may rain, “soon”; or snow.",
        "uncertain",
        2,
    )
    assert [first.text[cue.start : cue.end] for cue in first.cues] == ["may", "or"]
    assert (second.id, second.label, second.fold, second.doc) == ("a.csv:4", "", None, "a")
    assert ("Windows-1252" in capsys.readouterr().err) is (encoding == "cp1252")


def test_sources_and_numbers_of_tables(reading: Read) -> None:
    """A column `source` has who vouches; cells that are numbers are read as such."""
    (voice, *_) = only(reading("a.tsv", b"text\tlabel\tsource\nAda said so.\tattributed\tAda\nSo.\tnone\t\n"))
    assert voice.cues == (Cue(0, 3, "source"),)
    sure, less = only(reading("b.csv", b"text,certainty\nIt sank.,6\nIt may.,2.5\n"))
    assert (sure.certainty, less.certainty) == (6, 2.5)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "a.csv: note: there is no text in it"),
        (b"sentence,label\nA.,certain\n", "a.csv: the first row names no column `text`; name the columns there, as in"),
        (b"text,label\nA.,sure\n", "a.csv:2: `sure` is no label: it is one of "),
        (b"text,certainty\nA.,high\n", "a.csv:2: `certainty` of this row is no number; write one, the higher"),
        (b"text,label,fold\nA.,certain,x\n", "a.csv:2: `fold` of this row is no whole number; write one, or leave"),
        (b"label,text\ncertain\n", "a.csv:2: the `text` of this row is empty; leave the row out"),
        (b"text,label\nA, too.,certain\n", "a.csv:2: this row has 3 cells, and the first one names 2 columns; put a"),
        (b"text,label,Label\nA.,certain,\n", "a.csv: two columns of it are called `label`; rename one"),
        (b"text,certainty\nA.," + b"9" * 400 + b"\n", "a.csv:2: `certainty` of this row is no number; write one"),
        (b"sep=;\n", "a.csv: the first row names no column `text`; name the columns there, as in text,label"),
        (b"text\nA.\n", "a.csv:2: this row has no `label`; write uncertain or certain"),
        (b"text,label\n\0,certain\n", "a.csv: this is a binary file"),
        (b'text,label\n"' + b"a" * 200_000 + b'",certain\n', "a.csv: this is no table as spreadsheets save it (field"),
    ],
)
def test_wrong_tables(reading: Read, capsys: Told, data: bytes, said: str) -> None:
    """They are told as rows of JSON are, by the numbers that a spreadsheet shows."""
    assert reading("a.csv", data) == []
    assert capsys.readouterr().err.startswith(f"factcheck: {said}")


def test_a_table_of_a_scan_is_labelled_as_it_is(run: Run, folder: Path, capsys: Told) -> None:
    """A column `label` is all that is added: the program's own level and cues do not count as people's."""
    (folder / "b.txt").write_text("It may sink. - So Ada Moss said.\n\nIt could not. Who knows?", "utf-8")
    none = 'pack odd\nrule ask : no-claim\n    "M."\n    match who\n    flag "Who?"\n    pass "So."\n'
    (folder / "odd.fact").write_text(none, "utf-8")
    assert (
        run("scan", "b.txt", "--no-builtin", "--rules", "house.fact", "--rules", "odd.fact", "-o", "b.csv").exit_code
        == 0
    )
    assert "no-claim,," in (folder / "b.csv").read_text("utf-8-sig")
    head, *rows = (folder / "b.csv").read_text("utf-8-sig").splitlines()
    labels = ["uncertain", "certain", "", "certain"]
    table = [f"{head},label", *(f"{row},{label}" for row, label in zip(rows, labels, strict=True))]
    (folder / "b.csv").write_text("\n".join(table), "utf-8")
    found = only(read(["b.csv"], Log()))
    assert [(one.text, one.label, one.cues) for one in found] == [
        ("It may sink.", "uncertain", ()),
        ("- So Ada Moss said.", "certain", ()),
        ("It could not.", "", ()),
        ("Who knows?", "certain", ()),
    ]
    (folder / "b.csv").write_text("\n".join(table).replace("polarity", "tone"), "utf-8")  # a column is another's now
    assert only(read(["b.csv"], Log()))[0].cues == ()
    (folder / "b.csv").write_text("\n".join([head, *rows]), "utf-8")
    assert read(["b.csv"], Log()) == []
    assert capsys.readouterr().err == "factcheck: b.csv: no row of this file has a label yet; label some\n"


def test_kind_is_told_by_the_whole_file(reading: Read, capsys: Told) -> None:
    """A fold of attributed sentences alone is still one of attribution; one without a label is told."""
    rows = b"text,label,fold\nAda said so.,attributed,0\nSo.,none,1\nSo it is.,,2\n"
    assert [reading("a.csv", rows, fold=fold)[0].kind for fold in (0, 1)] == [Kind.ATTRIBUTION] * 2
    assert reading("a.csv", rows, fold=2) == []
    assert capsys.readouterr().err == "factcheck: a.csv: no row of fold 2 has a label yet; label some\n"


@pytest.mark.parametrize(
    "data",
    [
        b"sep=;\r\ntext;certainty\r\nIt, too, may.;2,5\r\nSo.;\r\n",
        b"\r\n;\r\ntext;certainty\r\nIt, too, may.;2,5\r\nSo.;\r\n",
        b"text;certainty\rIt, too, may.;2,5\rSo.;\r",
        b'sep=,\ntext,certainty\n"It, too, may.",2.5\nSo.,\n',
        b"text\tcertainty\nIt, too, may.\t2,5\nSo.\n",
    ],
)
def test_tables_of_excel(reading: Read, capsys: Told, data: bytes) -> None:
    """Whatever it puts before the columns, between lines and into numbers; no number is no label yet."""
    first, second = only(reading("a.csv", data))
    assert (first.text, first.certainty) == ("It, too, may.", 2.5)
    assert (second.text, second.certainty, second.is_measured) == ("So.", None, False)
    assert first.id == ("a.csv:4" if data.startswith(b"\r\n") else "a.csv:2")
    assert capsys.readouterr().err == ""


@given(st.text(alphabet="a =+-@;'\t\n", max_size=20))
def test_guarded_cells_are_read_back(text: str) -> None:
    """What keeps a spreadsheet from running a formula is taken out again, unless it stood there before."""
    plain = " ".join(text.splitlines())
    if unguarded(plain) == plain:
        assert unguarded(guarded(plain)) == plain
