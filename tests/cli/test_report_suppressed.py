"""`--report-suppressed`: what is suppressed is printed in every format that has a place for it, with the reason."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sarif_kit import validation_errors
from typer.testing import Result

from suppressed import records

Run = Callable[..., Result]

MILL = """\
# The mill

<!-- factcheck: ignore house/unnamed because the desk knows them -->
Officials say the wall could fall. The quay closed on Monday.

The boats may sink. <!-- factcheck: ignore all until 2999-03-01 because Ada Voss has seen the report -->
"""


def flat(result: Result) -> str:
    """The words, whatever the lines are."""
    return " ".join(result.stdout.split())


def reported(scan: Run, folder: Path, form: str, *more: str) -> Result:
    """The mill, with what is suppressed."""
    (folder / "mill.md").write_text(MILL, "utf-8")
    return scan("mill.md", "--format", form, "--report-suppressed", *more)


def test_pretty_says_why(scan: Run, folder: Path) -> None:
    """A line below what is said of the sentence."""
    out = flat(reported(scan, folder, "pretty"))
    assert "possible The boats may sink." in out
    assert "Suppressed: the desk knows them, mill.md:3" in out
    assert "Suppressed: Ada Voss has seen the report (until 2999-03-01), mill.md:6" in out
    assert "4 sentences (2 suppressed)" in out
    plain = flat(scan("mill.md", "--format", "pretty"))
    assert "boats" not in plain
    assert "Suppressed" not in plain
    assert "possible Officials say the wall could fall." in plain


def test_json_has_a_key(scan: Run, folder: Path) -> None:
    """The same in lines and in the array."""
    lines = records(reported(scan, folder, "jsonl"))
    first, *array = json.loads(reported(scan, folder, "json").stdout)
    assert first.pop("about") == {"type": "markdown", "title": "The mill"}
    assert lines == [first, *array]
    (sink,) = (one for one in lines if "boats" in one["text"])
    assert sink["reported"] is None
    assert sink["suppressed"] == [
        {"rules": "all", "reason": "Ada Voss has seen the report", "until": "2999-03-01", "place": "mill.md:6"}
    ]


def test_csv_has_columns(scan: Run, folder: Path) -> None:
    """Two more, at the end."""
    head, *rows = reported(scan, folder, "csv").stdout.splitlines()
    assert head.endswith(",text,place,reported,suppressed")
    assert rows[1].endswith(',possible,"the desk knows them, mill.md:3"')
    assert rows[3].endswith(',,"Ada Voss has seen the report (until 2999-03-01), mill.md:6"')
    assert scan("mill.md", "--format", "csv").stdout.splitlines()[0].endswith(",text,place")


def test_html_strikes_and_says_why(scan: Run, folder: Path) -> None:
    """The sentence stays in the text in any case."""
    out = reported(scan, folder, "html").stdout
    assert '<s class="sup" title="Suppressed (possible): Ada Voss has seen the report' in out
    assert '<small class="sup"> Suppressed: the desk knows them, mill.md:3 </small>' in out
    plain = scan("mill.md", "--format", "html").stdout
    assert "The boats may sink." in plain
    assert 'class="sup"' not in plain
    assert "2 suppressed" in plain


def test_markdown_has_a_section(scan: Run, folder: Path) -> None:
    """Behind what is to be read first."""
    out = reported(scan, folder, "markdown").stdout
    assert "4 sentences (2 suppressed) in 1 document" in out
    assert "### Suppressed\n\n- **possible** [mill.md:6](<mill.md#L6>): The boats may sink. – Ada Voss has seen" in out
    assert "Suppressed" not in scan("mill.md", "--format", "markdown").stdout


def test_sarif_has_suppressions(scan: Run, folder: Path) -> None:
    """Results with a suppression of its kind, which viewers do not count; without the option they are left out."""
    (folder / "mill.md.factcheck.toml").write_text("[[ignore]]\nrules = 'all'\nsentence = 'sink'\nreason = 'known'\n")
    log = json.loads(reported(scan, folder, "sarif").stdout)
    assert validation_errors(log) == []
    found = {one["ruleId"]: one.get("suppressions") for one in log["runs"][0]["results"] if "boats" not in str(one)}
    assert found == {
        "house/unnamed": [{"kind": "inSource", "status": "accepted", "justification": "the desk knows them"}],
        "house/chance": None,
    }
    (sink,) = (one for one in log["runs"][0]["results"] if "boats" in str(one))
    assert [one["kind"] for one in sink["suppressions"]] == ["inSource", "external"]
    plain = json.loads(scan("mill.md", "--format", "sarif").stdout)["runs"][0]["results"]
    assert [one["ruleId"] for one in plain] == ["house/chance"]
    every = {one["partialFingerprints"]["factcheckSentence/v1"] for one in log["runs"][0]["results"]}
    bare = json.loads(scan("mill.md", "--format", "sarif", "--no-suppressions").stdout)["runs"][0]["results"]
    assert {one["partialFingerprints"]["factcheckSentence/v1"] for one in bare} == every


def test_junit_skips(scan: Run, folder: Path) -> None:
    """A test that is skipped, and does not fail; without the option it has passed."""
    out = reported(scan, folder, "junit").stdout
    assert 'failures="1" errors="0" skipped="1"' in out
    assert '<skipped message="suppressed: Ada Voss has seen the report (until 2999-03-01), mill.md:6"/>' in out
    assert 'failures="1" errors="0" skipped="0"' in scan("mill.md", "--format", "junit").stdout


@pytest.mark.parametrize("form", ["github", "gitlab", "rdjson", "checkstyle", "annotations"])
def test_formats_without_a_place_for_it_leave_it_out(scan: Run, folder: Path, form: str) -> None:
    """A result there is to be mended; what is suppressed is not."""
    with_it = reported(scan, folder, form)
    plain = scan("mill.md", "--format", form)
    assert with_it.stdout == plain.stdout
    assert "house/chance" in plain.stdout or "house.chance" in plain.stdout
    assert "house/unnamed" not in plain.stdout
    said = f"factcheck: --report-suppressed: {form} has no place for what is suppressed, so it is left out\n"
    assert said in with_it.stderr


def test_suppressed_is_printed_up_to_the_limit(scan: Run, folder: Path) -> None:
    """`--at-most` goes by the level that a suppressed sentence has."""
    assert len(records(reported(scan, folder, "jsonl", "--at-most", "unverified"))) == 1
    assert len(records(reported(scan, folder, "jsonl", "--at-most", "possible"))) == 2
    assert records(scan("mill.md", "--at-most", "unverified")) == []


def test_parquet_leaves_out_what_is_silent(scan: Run, folder: Path) -> None:
    """Unless it is wanted; then a column says so, another why."""
    pq = pytest.importorskip("pyarrow.parquet")
    (folder / "mill.md").write_text(MILL, "utf-8")
    scan("mill.md", "-o", "mill.parquet")
    assert "The boats may sink." not in pq.read_table("mill.parquet")["text"].to_pylist()
    scan("mill.md", "-o", "mill.parquet", "--report-suppressed")
    rows = {row["text"]: row for row in pq.read_table("mill.parquet").to_pylist()}
    sink = rows["The boats may sink."]
    assert (sink["level"], sink["reported"]) == ("possible", None)
    (note,) = sink["suppressed"]
    assert note["rules"] is None
    assert (note["reason"], note["until"]) == ("Ada Voss has seen the report", "2999-03-01")
    wall = rows["Officials say the wall could fall."]
    assert (wall["level"], wall["reported"], wall["suppressed"][0]["until"]) == ("unverified", "possible", None)
    assert {row["reported"] for row in rows.values() if not row["suppressed"]} <= {"asserted", "no-claim", None}


def test_explain_tells_it(run: Run, folder: Path) -> None:
    """By which suppression, and what is left; as a record, too."""
    (folder / "mill.md").write_text(MILL, "utf-8")
    house = ("--no-builtin", "--rules", "house.fact")
    out = flat(run("explain", "mill.md:4-6", *house))
    assert " suppressed house/unnamed: the desk knows them, mill.md:3 reported as possible " in out
    reason = "Ada Voss has seen the report (until 2999-03-01), mill.md:6"
    assert f" suppressed all rules: {reason} reported not at all " in out
    lines = [json.loads(line) for line in run("explain", "mill.md:4", "--json", *house).stdout.splitlines()]
    assert lines[0]["reported"] == "possible"
    assert "reported" not in lines[1]
