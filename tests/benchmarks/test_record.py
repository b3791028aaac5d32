"""Records: what they hold, when they are begun anew, and how the page on speed reads them."""

import json
import sys
from argparse import Namespace
from pathlib import Path

import pytest

import record
from report import PLOTS, TABLES, Report, newest

ABOUT = {
    "date": "2031-05-04T10:00:00+00:00",
    "machine": {"name": "mill 2", "processor": "Mill", "cores": 2, "system": "Linux x86_64"},
    "commit": "abc",
    "corpus": "made news",
    "quick": False,
    "packages": {"python": "3.11.2", "numpy": "2.4.0"},
}
ROW = {"command": "`factcheck --help`", "ms": 100.0, "ratio": 10.0}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A record of one table."""
    found = tmp_path / "2031-05-04-mill-2.json"
    record.write(found, ABOUT, {"startup": [ROW]})
    return found


def test_figures_are_added(path: Path) -> None:
    """Another tool's figures stand beside the first one's, the same tool's replace them."""
    record.write(path, ABOUT, {"load": []})
    record.write(path, ABOUT, {"startup": [ROW, ROW]})
    assert json.loads(path.read_text("utf-8"))["figures"] == {"startup": [ROW, ROW], "load": []}


@pytest.mark.parametrize("key", ["commit", "corpus", "quick"])
def test_another_state_begins_anew(path: Path, key: str) -> None:
    """Figures of another commit or text are not mixed with these."""
    record.write(path, {**ABOUT, key: "other"}, {"load": []})
    assert json.loads(path.read_text("utf-8"))["figures"] == {"load": []}


def test_described() -> None:
    """The machine and the text have a name."""
    about = record.described(Namespace(machine=None, corpus=Path("folder/real.jsonl"), quick=True))
    assert about["corpus"] == "news of the file real.jsonl"
    assert about["machine"]["name"] == f"{record.processor()} {about['machine']['cores']}"
    assert about["packages"]["numpy"]


def test_tool_is_run_and_its_rows_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows of a tool by table, which it was told to keep in a file; it gets the corpus and what makes it quick."""
    script = "import json, sys\nopen(sys.argv[2], 'w').write(json.dumps({'startup': [{'command': sys.argv[3:]}]}))\n"
    (tmp_path / "startup.py").write_text(script, "utf-8")
    monkeypatch.setattr(record, "HERE", tmp_path)
    found = record.run("startup", Namespace(corpus=Path("real.jsonl"), quick=True))
    assert found == {"startup": [{"command": ["--rounds", "2", "--corpus", "real.jsonl"]}]}


def test_benchmarks_become_rows() -> None:
    """Of what pytest-benchmark writes, names, times and the cost of a byte."""
    one = {"fullname": "benchmarks/bench_scan.py::bench_first", "stats": {"min": 0.002}, "extra_info": {"bytes": 4_000}}
    (row,) = record.benches({"benchmarks": [one]})
    assert row == {"name": "scan: first", "ms": 2.0, "kilobytes": 4.0, "cost": 500.0}


def test_every_tool_has_a_quick_run() -> None:
    """Each tool that is no pytest run is a script of its name."""
    assert all((record.HERE / f"{tool}.py").is_file() for tool in record.TOOLS if tool != "bench")


def test_parts(path: Path) -> None:
    """Each table is a part of the page; what was not measured says so."""
    parts = Report(path).parts()
    assert set(parts) == {"speed-about", *(f"speed-{name.replace(' ', '-')}" for name in TABLES)}
    assert parts["speed-startup"]().endswith("| `factcheck --help` | 100.0 | 10.0 |")
    assert parts["speed-peers"]() == "Not measured for this record."
    assert parts["speed-about"]() == (
        "Measured on 2031-05-04 at commit `abc`, on Mill (2 cores, Linux x86_64), with python 3.11.2, numpy 2.4.0. "
        "The text: made news."
    )


def test_newest(path: Path) -> None:
    """The latest by its date."""
    record.write(path.with_name("a.json"), {**ABOUT, "date": "2032-01-01"}, {})
    record.write(path.with_name("z.json"), {**ABOUT, "date": "2030-01-01"}, {})
    assert newest(path.parent).record["date"] == "2032-01-01"


def test_no_record(tmp_path: Path) -> None:
    """A folder without a record is named with the remedy."""
    with pytest.raises(FileNotFoundError, match=r"holds no record: run `python benchmarks/record\.py`$"):
        newest(tmp_path)


def test_plots_need_the_extra(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Matplotlib nothing is drawn, and the caller is told."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ImportError):
        Report(path).draw(tmp_path)
    assert set(PLOTS) <= set(TABLES)
